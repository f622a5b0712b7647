/**
 * My parking, /my: what an account holder sees and does from a phone. One request brings everything of the first
 * page; the others are asked for when they are opened.
 *
 *   not signed in -> Login | signed in -> Now, Book, Cars, Stays, Statements, My data
 */
import { useEffect, useState } from "react";
import type { MyDeleteAnswer, MyMe, MyOverview } from "../../api/contract/my.ts";
import { PrefsSwitches, usePrefs } from "../shared/prefs.tsx";
import { pageWords } from "../shared/words.ts";
import { Book } from "./Book.tsx";
import { Cars } from "./Cars.tsx";
import { Login } from "./Login.tsx";
import { Deleted, MyData } from "./MyData.tsx";
import { Now } from "./Now.tsx";
import { Statements, Stays } from "./Records.tsx";
import { Show, problemText, useLoaded } from "./parts.tsx";
import { Refused, act, newKey, read } from "./requests.ts";
import { say } from "./words.ts";

const PAGES = ["now", "book", "cars", "stays", "statements", "data"] as const;
type Page = (typeof PAGES)[number];

const pageOfHash = (): Page => PAGES.find((page) => location.hash === `#${page}`) ?? "now";

/** Null: nobody. Undefined: not known yet. */
type Who = MyMe | null | undefined;

export function App() {
  const { locale } = usePrefs();
  const [who, setWho] = useState<Who>(undefined);
  const [failure, setFailure] = useState<unknown>(null);
  const [deleted, setDeleted] = useState<MyDeleteAnswer | null>(null);
  useEffect(() => { document.title = say(locale, "title"); }, [locale]);
  useEffect(() => {
    read<MyMe>("/me").then(setWho, (refused: unknown) => {
      if (refused instanceof Refused && refused.status === 401) setWho(null);
      else setFailure(refused);
    });
  }, []);
  return (
    <>
      <a className="skipLink" href="#main" onClick={(event) => { event.preventDefault(); document.getElementById("main")?.focus(); }}>{say(locale, "skip")}</a>
      <header className="top"><span className="brand">{say(locale, "title")}{who?.demo === true && <span className="simulated">Demo</span>}</span><PrefsSwitches /></header>
      {deleted !== null ? <Deleted answer={deleted} />
        : failure !== null ? <main id="main" className="narrow"><p className="problem" role="alert">{problemText(locale, failure)} <button type="button" onClick={() => location.reload()}>{say(locale, "retry")}</button></p></main>
        : who === undefined ? <main id="main" className="narrow"><h1>{pageWords(locale, "line.connecting")}</h1></main>
        : who === null ? <Login onLogin={setWho} />
        : <Holder who={who} onGone={() => setWho(null)} onDeleted={setDeleted} />}
    </>
  );
}

type HolderProps = { readonly who: MyMe; readonly onGone: () => void; readonly onDeleted: (answer: MyDeleteAnswer) => void };

function Holder({ who, onGone, onDeleted }: HolderProps) {
  const { locale } = usePrefs();
  const [page, setPage] = useState(pageOfHash);
  const overview = useLoaded<MyOverview>("/overview");
  useEffect(() => {
    const turn = () => setPage(pageOfHash());
    addEventListener("hashchange", turn);
    return () => removeEventListener("hashchange", turn);
  }, []);
  const leave = () => void act("/logout", {}, newKey()).finally(onGone);
  return (
    <>
      <nav className="pages" aria-label={say(locale, "nav")}>
        {PAGES.map((each) => <a key={each} href={`#${each}`} {...(each === page ? { "aria-current": "page" as const } : {})}>{say(locale, `page.${each}`)}</a>)}
      </nav>
      <main id="main" tabIndex={-1}>
        <Show of={overview}>{(data) => <Shown page={page} overview={data} onChange={overview.reload} onDeleted={onDeleted} />}</Show>
        <p className="leave"><span className="dim">{who.name ?? who.email}</span> <button type="button" onClick={leave}>{say(locale, "logout")}</button></p>
      </main>
    </>
  );
}

type ShownProps = { readonly page: Page; readonly overview: MyOverview; readonly onChange: () => void; readonly onDeleted: (answer: MyDeleteAnswer) => void };

function Shown({ page, overview, onChange, onDeleted }: ShownProps) {
  switch (page) {
    case "now": return <Now overview={overview} onReload={onChange} />;
    case "book": return <Book overview={overview} onChange={onChange} />;
    case "cars": return <Cars overview={overview} onChange={onChange} />;
    case "stays": return <Stays overview={overview} />;
    case "statements": return <Statements overview={overview} />;
    case "data": return <MyData overview={overview} onDeleted={onDeleted} />;
  }
}
