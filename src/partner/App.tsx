/**
 * The sandbox: who takes part on the left, the messages they exchange on the right. What the pages do goes over
 * HTTP to the exchange with the parties' own credentials; nothing here has a short cut.
 */
import { type ReactNode, useEffect, useMemo, useState } from "react";
import { PrefsSwitches, usePrefs } from "../kiosk/shared/prefs.tsx";
import { Desk } from "./Desk.tsx";
import { Diagram } from "./Diagram.tsx";
import { Exchange, readWorld } from "./exchange.ts";
import { failureText } from "./failure.ts";
import { Flows } from "./Flows.tsx";
import { Gate } from "./Gate.tsx";
import { Handheld } from "./Handheld.tsx";
import { Keys } from "./Keys.tsx";
import { useMessages } from "./messages.ts";
import { ProviderApp } from "./ProviderApp.tsx";
import { say } from "./words.ts";

const PAGES = ["flows", "app", "handheld", "gate", "keys"] as const;
type Page = (typeof PAGES)[number];
const TITLE = { flows: "page.flows", app: "page.app", handheld: "page.handheld", gate: "page.gate", keys: "page.keys" } as const satisfies Record<Page, string>;

export function App() {
  const { locale } = usePrefs();
  const [exchange, setExchange] = useState<Exchange | null>(null);
  const [problem, setProblem] = useState("");
  const page = usePage();
  const messages = useMessages();
  const [flow, setFlow] = useState<string | null>(null);
  const [tokens, setTokens] = useState(false);
  // What is done in an app belongs to no flow: the diagram shows everything again.
  useEffect(() => { if (page !== "flows") setFlow(null); }, [page]);
  useEffect(() => { document.title = `${say(locale, TITLE[page])} – ${say(locale, "page.title")}`; }, [locale, page]);
  useEffect(() => {
    readWorld().then((world) => setExchange(new Exchange(world)), (failure: unknown) => setProblem(failureText(locale, failure)));
  }, [locale]);
  return (
    <>
      <header className="top">
        <h1>{say(locale, "page.title")}</h1>
        <span className="simulated">{say(locale, "page.simulated")}</span>
        <nav aria-label={say(locale, "page.nav")}>
          {PAGES.map((one) => <a key={one} href={`#/${one}`} aria-current={one === page ? "page" : undefined}>{say(locale, TITLE[one])}</a>)}
        </nav>
        <a href="/pages">{say(locale, "page.pages")}</a>
        <a href="/docs">{say(locale, "page.docs")}</a>
        <PrefsSwitches />
      </header>
      {exchange === null ? <main><p role="status">{problem || say(locale, "page.loading")}</p></main> : (
        <main className="beside">
          <div className="tool">{toolsOf(page, exchange, flow, setFlow, messages.messages.at(-1)?.seq ?? 0)}</div>
          <Diagram world={exchange.world} messages={messages} flow={flow} tokens={tokens} onFlow={setFlow} onTokens={setTokens} />
        </main>
      )}
    </>
  );
}

/** A tool keeps what it knows while another is shown. */
function toolsOf(page: Page, exchange: Exchange, flow: string | null, setFlow: (flow: string | null) => void, latest: number): ReactNode {
  const shown = (one: Page, tool: ReactNode) => <div key={one} hidden={one !== page}>{tool}</div>;
  return [
    shown("flows", <Flows exchange={exchange} flow={flow} onFlow={setFlow} />), shown("app", <ProviderApp exchange={exchange} />),
    shown("handheld", <Handheld exchange={exchange} />), shown("gate", <div className="cards">
      <Gate exchange={exchange} />
      {exchange.world.places.filter(({ departures }) => departures).map((place) => (
        <Desk key={place.id} exchange={exchange} place={place} latest={page === "gate" ? latest : 0} />
      ))}
    </div>), shown("keys", <Keys world={exchange.world} />),
  ];
}

function usePage(): Page {
  const [hash, setHash] = useState(() => location.hash);
  useEffect(() => {
    const changed = () => setHash(location.hash);
    addEventListener("hashchange", changed);
    return () => removeEventListener("hashchange", changed);
  }, []);
  return useMemo(() => PAGES.find((one) => hash === `#/${one}`) ?? "flows", [hash]);
}
