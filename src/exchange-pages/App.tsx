/**
 * The exchange for people: who is signed in decides which pages there are. Each page keeps what it shows while another
 * one is looked at; nothing of it is in the address but its name and a record's id.
 */
import { useCallback, useEffect, useMemo, useState } from "react";
import { PrefsSwitches, usePrefs } from "../kiosk/shared/prefs.tsx";
import type { PageRole, Who } from "../exchange/pages/contract.ts";
import { Availability } from "./Availability.tsx";
import { Deliveries } from "./Deliveries.tsx";
import { HandheldPage } from "./HandheldPage.tsx";
import { Partners } from "./Partners.tsx";
import { ask } from "./requests.ts";
import { Sessions } from "./Sessions.tsx";
import { SignIn } from "./SignIn.tsx";
import { failureText, say } from "./words.ts";

const PAGES = ["availability", "sessions", "handheld", "partners", "deliveries"] as const;
type Page = (typeof PAGES)[number];

/** A provider sees its own rights only, so it has nothing to check on the street. */
const CHECKERS: readonly PageRole[] = ["enforcement", "operator", "administrator"];
const pagesOf = ({ role }: Who): readonly Page[] => PAGES.filter((page) => page !== "handheld" || CHECKERS.includes(role));
/** What somebody of the role came for. */
const FIRST: Readonly<Record<PageRole, Page>> = {
  enforcement: "handheld", operator: "availability", serviceProvider: "availability", administrator: "partners",
};

export function App() {
  const { locale } = usePrefs();
  const [who, setWho] = useState<Who | null | "asking">("asking");
  const [ended, setEnded] = useState(false);
  const [problem, setProblem] = useState("");
  const { page: wanted, record } = useAddress();
  const failed = useCallback((failure: unknown) => setProblem(failureText(locale, failure)), [locale]);
  const look = useCallback(() => ask.who().then(({ who: found }) => { setWho(found); setProblem(""); }, failed), [failed]);
  useEffect(() => { void look(); }, [look]);
  const pages = who === null || who === "asking" ? [] : pagesOf(who);
  const page = who === null || who === "asking" ? null : pages.find((one) => one === wanted) ?? FIRST[who.role];
  useEffect(() => {
    document.title = `${page === null ? say(locale, "login.title") : say(locale, `page.${page}`)} – ${say(locale, "page.title")}`;
  }, [locale, page]);
  useEffect(() => {
    if (who === null || who === "asking") return undefined;
    const end = () => { setWho(null); setEnded(true); };
    const timer = setTimeout(end, Math.max(0, Math.min(who.until - Date.now(), 2 ** 31 - 1)));
    return () => clearTimeout(timer);
  }, [who]);
  // A phone shows some of the names at a time.
  useEffect(() => { document.querySelector("nav a[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" }); }, [page]);
  const signOut = () => { void ask.signOut().then(() => { setEnded(false); setWho(null); }, failed); };
  return (
    <>
      <a className="skipLink" href="#main" onClick={(event) => { event.preventDefault(); document.getElementById("main")?.focus(); }}>
        {say(locale, "page.skip")}
      </a>
      <header className="top">
        <strong>{say(locale, "page.title")}</strong>
        {who !== null && who !== "asking" && (
          <>
            <nav aria-label={say(locale, "page.nav")}>
              {pages.map((one) => <a key={one} href={`#/${one}`} aria-current={one === page ? "page" : undefined}>{say(locale, `page.${one}`)}</a>)}
            </nav>
            <span className="who">{say(locale, "login.as", { name: who.name, role: say(locale, `role.${who.role}`) })}</span>
            <button type="button" onClick={signOut}>{say(locale, "login.out")}</button>
          </>
        )}
        <PrefsSwitches />
      </header>
      <main id="main" tabIndex={-1}>
        <p className="problem" role="alert">{problem}</p>
        {who === "asking" && problem === "" && <p role="status">{say(locale, "page.loading")}</p>}
        {who === null && <SignIn ended={ended} onIn={() => { setEnded(false); void look(); }} />}
        {who !== null && who !== "asking" && pages.map((one) => (
          <div key={`${who.client} ${one}`} hidden={one !== page}><Shown page={one} who={who} record={record} isOpen={one === page} /></div>
        ))}
      </main>
    </>
  );
}

/** A page is made when it is first looked at, and kept then. */
function Shown({ page, who, record, isOpen }: { readonly page: Page; readonly who: Who; readonly record: string | null; readonly isOpen: boolean }) {
  const [made, setMade] = useState(isOpen);
  useEffect(() => { if (isOpen) setMade(true); }, [isOpen]);
  if (!made && !isOpen) return null;
  switch (page) {
    case "availability": return <Availability isOpen={isOpen} />;
    case "sessions": return <Sessions who={who} record={record} />;
    case "handheld": return <HandheldPage />;
    case "partners": return <Partners who={who} />;
    case "deliveries": return <Deliveries />;
  }
}

/** `#/sessions/ID`: the page, and the record on it. */
function useAddress(): { readonly page: string; readonly record: string | null } {
  const [hash, setHash] = useState(() => location.hash);
  useEffect(() => {
    const changed = () => setHash(location.hash);
    addEventListener("hashchange", changed);
    return () => removeEventListener("hashchange", changed);
  }, []);
  return useMemo(() => {
    const [, page = "", id = ""] = hash.split("/", 3);
    return { page, record: id === "" ? null : decoded(id) };
  }, [hash]);
}

function decoded(text: string): string {
  try { return decodeURIComponent(text); } catch { return text; }
}
