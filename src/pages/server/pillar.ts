/**
 * What a control pillar shows, and the sign at the entrance, as pages: one state in very large words.
 *
 *   GET page -> words now;  stream says something changed -> fetch the same page -> swap what is in <main>
 *
 * The wording stays on the server. Without JavaScript the page loads itself again every two seconds; when the
 * stream is cut, a mark says so and the words are kept until it is back.
 */
import type { PublicView } from "../../api/contract/live.ts";
import type { Locale } from "../../messages/locale.ts";
import { siteWordsOf } from "../../messages/site.ts";
import { t } from "../../messages/t.ts";
import { wordsText } from "../../messages/words.ts";
import { type Html, html, nonceOf, pageOf, trusted } from "./html.ts";

/** The parts of the public view a pillar needs. */
export type PillarView = Pick<PublicView, "id" | "name" | "zone" | "currency" | "sign" | "free" | "mode" | "lanes" | "demo">;
export type PillarOptions = { readonly locale: Locale; readonly nonce?: string };

/** Null: this car park has no such lane. */
export function pillarPage(view: PillarView, lane: string, options: PillarOptions): string | null {
  const found = view.lanes.find((one) => one.id === lane);
  if (!found) return null;
  const { locale } = options;
  const text = wordsText(locale, found.display, siteWordsOf({ ...view, groups: [], payStations: [], lanes: [] }));
  const hint = t(locale, found.direction === "entry" ? "pillar.entryHint" : "pillar.exitHint");
  const main = html`<main aria-live="polite" class="${lookOf(found.display.key)}"><p class="where">${hint} · ${found.name}</p>
<h1 class="${found.display.flashing ? "flash" : ""} ${sizeOf(text)}">${text}</h1></main>`;
  return displayPage(view, t(locale, "pillar.title", { lane: found.name, facility: view.name }), main, options);
}

export function signPage(view: PillarView, options: PillarOptions): string {
  const { locale } = options;
  const shown = view.mode === "open" ? view.sign : "closed";
  const text = t(locale, `sign.${shown}`);
  const free = shown === "spaces" ? html`<p class="free">${t(locale, "sign.free", { count: Math.max(0, view.free) })}</p>` : null;
  const main = html`<main aria-live="polite" class="${shown === "spaces" ? "go" : "stop"}"><p class="where">${view.name}</p>
<h1 class="${sizeOf(text)}">${text}</h1>${free}</main>`;
  return displayPage(view, t(locale, "sign.title", { facility: view.name }), main, options);
}

function displayPage(view: PillarView, title: string, main: Html, options: PillarOptions): string {
  return pageOf({
    locale: options.locale, title, style: STYLE,
    ...(options.nonce === undefined ? {} : { nonce: options.nonce }),
    head: html`<noscript><meta http-equiv="refresh" content="${RELOAD_SECONDS}"></noscript>`,
    body: html`${main}<p id="line" hidden>${t(options.locale, "pillar.connecting")}</p>
<script${nonceOf(options.nonce)}>${trusted(scriptFor(view.id))}</script>`,
  });
}

/** Words a driver must obey at once are red, those that let them go green, the rest amber. */
function lookOf(key: string): string {
  const go = ["display.driveIn", "display.driveOut", "display.open", "display.welcome"];
  const stop = ["display.full", "display.closed", "display.outOfService", "display.printerFault"];
  return go.includes(key) ? "go" : stop.includes(key) || key.startsWith("displayReason.") ? "stop" : "ask";
}

/** Words are never broken: the longest one decides the size, and a long sentence gets more lines. */
const WORD_LETTERS_MAX = 18;

function sizeOf(text: string): string {
  const longest = Math.max(...text.split(" ").map((word) => word.length));
  return `w${Math.min(WORD_LETTERS_MAX, Math.max(4, longest))}${text.length > 24 ? " long" : ""}`;
}

/** A bold letter is about 0.65 em wide. */
const SIZES = Array.from({ length: WORD_LETTERS_MAX + 1 }, (_, letters) =>
  `.w${letters}{font-size:min(${(135 / letters).toFixed(1)}vw,34vh)}.w${letters}.long{font-size:min(${(125 / letters).toFixed(1)}vw,17vh)}`,
).slice(4).join("");

const RELOAD_SECONDS = 2;

/** At most one flash a second: well under the three that can harm. Light comes from the words, not the room. */
const STYLE = `
*{box-sizing:border-box;margin:0}
html,body{height:100%;background:#000;color:#ffd75e;font-family:system-ui,"Noto Sans",Arial,sans-serif;overflow:hidden}
main{height:100%;display:flex;flex-direction:column;justify-content:center;align-items:center;gap:3vh;padding:4vmin;text-align:center}
.where{font-size:clamp(16px,3.4vmin,40px);color:#f2f2f2}
h1{font-weight:800;line-height:1.08;text-wrap:balance}
${SIZES}
.go h1{color:#7dff9b}.stop h1{color:#ff8d80}
.free{font-size:clamp(22px,7vmin,90px);color:#fff}
.flash{animation:flash 1.2s steps(1) infinite}
@keyframes flash{0%,100%{opacity:1}60%{opacity:.08}}
@media(prefers-reduced-motion:reduce){.flash{animation:none;text-decoration:underline}}
#line{position:fixed;right:2vmin;bottom:2vmin;padding:.3em .7em;background:#fff;color:#000;border-radius:.4em;font-size:clamp(14px,2.4vmin,28px)}
#line[hidden]{display:none}`;

/** The facility id is a plain word by its parser; JSON and the escape of `<` keep it one inside a script. */
function scriptFor(facility: string): string {
  const path = JSON.stringify(`/api/v1/public/facilities/${facility}/events`).replace(/</g, "\\u003c");
  return `
let shown="",busy=false,again=false;const line=document.getElementById("line");
async function swap(){if(busy){again=true;return}busy=true;
try{const r=await fetch(location.href,{cache:"no-store"});if(r.ok){const t=document.createElement("template");
t.innerHTML=(await r.text()).match(/<main[^]*<\\/main>/)?.[0]??"";
const now=document.querySelector("main"),next=t.content.querySelector("main");
if(next&&now.outerHTML!==next.outerHTML){now.className=next.className;now.replaceChildren(...next.childNodes)}}}catch{line.hidden=false}
busy=false;if(again){again=false;swap()}}
const events=new EventSource(${path});
events.addEventListener("open",()=>{line.hidden=true;swap()});
events.addEventListener("error",()=>{line.hidden=false;if(events.readyState===2)setTimeout(()=>location.reload(),2000)});
events.addEventListener("public",e=>{const v=JSON.parse(e.data);const s=JSON.stringify([v.mode,v.sign,v.free,v.lanes]);if(s!==shown){shown=s;swap()}});`;
}
