/** What several pages use: asking with an answer and a problem, names, times. */
import { type ReactNode, useCallback, useEffect, useRef, useState } from "react";
import { dateText, dateTimeText, timeText } from "../messages/format.ts";
import type { Locale } from "../messages/locale.ts";
import { usePrefs } from "../kiosk/shared/prefs.tsx";
import type { Names } from "../exchange/pages/contract.ts";
import { failureText } from "./words.ts";

/** The text in the language, else the first; an object without a name is called by its id. */
export const nameIn = (names: Names, locale: Locale, id: string): string =>
  (names.find(({ language }) => language === locale) ?? names[0])?.string ?? id;

/** The time alone when it is today there. */
export const momentText = (locale: Locale, at: number, zone: string, now: number): string =>
  (dateText(locale, at, zone) === dateText(locale, now, zone) ? timeText(locale, at, zone) : dateTimeText(locale, at, zone));

export type Asked<T> = { readonly answer: T | null; readonly problem: string; readonly asking: boolean; again(): void };

/** Asks at once and whenever `question` changes; a late answer to an older question is dropped, an older answer stays while asking. */
export function useAsked<T>(question: () => Promise<T>, everyMs?: number): Asked<T> {
  const { locale } = usePrefs();
  const [answer, setAnswer] = useState<T | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const [asking, setAsking] = useState(true);
  const number = useRef(0);
  const run = useCallback(() => {
    const own = ++number.current;
    setAsking(true);
    const done = (got: () => void) => { if (own === number.current) { setAsking(false); got(); } };
    question().then((value) => done(() => { setAnswer(value); setFailure(null); }), (reason: unknown) => done(() => setFailure(reason)));
  }, [question]);
  useEffect(() => {
    run();
    const timer = everyMs === undefined ? undefined : setInterval(() => { if (!document.hidden) run(); }, everyMs);
    return () => { number.current++; clearInterval(timer); };
  }, [run, everyMs]);
  return { answer, problem: failure === null ? "" : failureText(locale, failure), asking, again: run };
}

/** A table that scrolls within itself on a narrow screen. */
export function Table({ label, heads, children }: { readonly label: string; readonly heads: readonly string[]; readonly children: ReactNode }) {
  return (
    <div className="wide" tabIndex={0} role="region" aria-label={label}>
      <table>
        <thead><tr>{heads.map((head) => <th key={head} scope="col">{head}</th>)}</tr></thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
