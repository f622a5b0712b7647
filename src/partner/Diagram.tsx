/**
 * The messages as a sequence diagram: one column for each party, one row for each message, the latest at the end.
 * An ordered list with sentences for those who listen, arrows for those who look.
 */
import { type CSSProperties, useEffect, useRef } from "react";
import type { Locale } from "../messages/locale.ts";
import { usePrefs } from "../kiosk/shared/prefs.tsx";
import { pageWords } from "../kiosk/shared/words.ts";
import type { Message, Party, SandboxWorld } from "../sandbox/contract.ts";
import { type Messages, ofFlow } from "./messages.ts";
import { say } from "./words.ts";

/** The exchange stands between those who sell and those who run places. */
const COLUMNS: readonly Party[] = ["sp1", "sp2", "exchange", "op1", "op2", "es1"];

type DiagramProps = {
  readonly world: SandboxWorld; readonly messages: Messages; readonly flow: string | null; readonly tokens: boolean;
  readonly onFlow: (flow: string | null) => void; readonly onTokens: (tokens: boolean) => void;
};

export function Diagram({ world, messages, flow, tokens, onFlow, onTokens }: DiagramProps) {
  const { locale } = usePrefs();
  const shown = ofFlow(messages.messages, flow, tokens);
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => { end.current?.scrollTo({ top: end.current.scrollHeight }); }, [shown.length]);
  const name = (party: Party) => nameOf(locale, world, party);
  const others = shown.some(({ from }) => !COLUMNS.includes(from)) ? (["somebody"] as const) : [];
  const columns: readonly Party[] = [...COLUMNS, ...others];
  return (
    <section className="diagram" aria-labelledby="diagram-title">
      <header>
        <h2 id="diagram-title">{say(locale, "diagram.title")}</h2>
        {flow !== null && <button type="button" aria-pressed="true" onClick={() => onFlow(null)}>{say(locale, "diagram.flow")} {flow.toUpperCase()} ✕</button>}
        <label className="check"><input type="checkbox" checked={tokens} onChange={(event) => onTokens(event.target.checked)} /> {say(locale, "diagram.tokens")}</label>
        <button type="button" onClick={messages.clear}>{say(locale, "diagram.clear")}</button>
      </header>
      {messages.line !== "open" && <p role="status" className="dim">{pageWords(locale, messages.line === "lost" ? "line.lost" : "line.connecting")}</p>}
      <div className="rows" ref={end} tabIndex={0} role="region" aria-label={say(locale, "diagram.list")} style={columnsStyle(columns)}>
        <div className="parties" aria-hidden="true">
          {columns.map((party) => <span key={party} className={party === "exchange" ? "middle" : ""}>{name(party)}</span>)}
        </div>
        <ol>{shown.map((message) => <Row key={message.seq} message={message} columns={columns} name={name} locale={locale} />)}</ol>
      </div>
      {shown.length === 0 && <p className="dim">{say(locale, "diagram.empty")}</p>}
    </section>
  );
}

type RowProps = { readonly message: Message; readonly columns: readonly Party[]; readonly name: (party: Party) => string; readonly locale: Locale };

function Row({ message, columns, name, locale }: RowProps) {
  const column = (party: Party) => Math.max(0, columns.indexOf(columns.includes(party) ? party : "somebody"));
  const [from, to] = [column(message.from), column(message.to)];
  const [left, right] = [Math.min(from, to), Math.max(from, to)];
  const kind = message.status === 0 ? "bad" : message.status < 300 ? "good" : message.status < 500 ? "refused" : "bad";
  const status = message.status === 0 ? say(locale, "diagram.silent") : message.status;
  const style = { "--left": left, "--right": right, "--count": columns.length } as CSSProperties;
  const sentence = say(locale, "diagram.said", {
    from: name(message.from), to: name(message.to), method: message.method, route: message.route, status,
  });
  return (
    <li className={kind} style={style} title={`${message.method} ${message.route}`}>
      <span className="visuallyHidden">{sentence}</span>
      <span className={`arrow ${to > from ? "right" : "left"}`} aria-hidden="true" />
      <span className="label" aria-hidden="true">
        <b>{message.method}</b> {message.route.replace(/\?.*/, " ?…")} <span className="status">{status}</span> <span className="took">{say(locale, "diagram.took", { ms: message.ms })}</span>
      </span>
    </li>
  );
}

const columnsStyle = (columns: readonly Party[]): CSSProperties => ({ "--count": columns.length } as CSSProperties);

export function nameOf(locale: Locale, world: SandboxWorld, party: Party): string {
  if (party === "exchange") return say(locale, "diagram.exchange");
  return world.actors.find(({ id }) => id === party)?.name ?? say(locale, "diagram.somebody");
}
