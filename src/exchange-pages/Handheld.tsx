/**
 * The patrol's device: a place and a plate in, one large answer out. Whoever puts it on a page says how to ask. Worked
 * with one thumb or a keyboard: the form is at the bottom, the plate stays marked for the next one.
 *
 * Promise: "not paid" is shown only when somebody who would know said so; anything else is "could not ask". The answer of
 * an earlier question never replaces that of a later one.
 */
import { type FormEvent, useEffect, useRef, useState } from "react";
import { timeText } from "../messages/format.ts";
import type { Locale } from "../messages/locale.ts";
import { usePrefs } from "../kiosk/shared/prefs.tsx";
import type { LookUpAnswer } from "../exchange/pages/contract.ts";
import { hand } from "./deviceWords.ts";
import { momentText, nameIn } from "./parts.tsx";

export type DeviceAnswer = LookUpAnswer;
export type DevicePlace = { readonly id: string; readonly name: string; readonly zone: string };

type HandheldProps = {
  readonly title: string;
  /** Whether it is the page's own heading. */
  readonly heading: "h1" | "h2"; readonly places: readonly DevicePlace[]; readonly ask: (place: string, plate: string) => Promise<DeviceAnswer>;
  readonly reasonOf: (failure: unknown) => string;
};

type Told = {
  readonly key: number; readonly plate: string; readonly place: DevicePlace; readonly at: number;
  readonly answer: LookUpAnswer | { readonly state: "failed"; readonly why: string };
};

/** A street's worth; the officer clears them with the street. */
const KEPT_MAX = 20;
const PLATE_CHARS_MAX = 12;

/** As it stands on the plate, without blanks, in capitals. */
const plateOf = (typed: string): string => typed.toUpperCase().replaceAll(/[^\p{L}\p{N}]/gu, "");

export function Handheld({ title, heading: Heading, places, ask, reasonOf }: HandheldProps) {
  const { locale } = usePrefs();
  const [chosen, setChosen] = useState("");
  const [typed, setTyped] = useState("");
  const [told, setTold] = useState<readonly Told[]>([]);
  const [asking, setAsking] = useState<string | null>(null);
  const online = useOnline();
  const latest = useRef(0);
  const input = useRef<HTMLInputElement>(null);
  // Nobody is asked about a place that was not chosen: an answer for another street is a wrong answer.
  const place = places.find(({ id }) => id === chosen) ?? (places.length === 1 ? places[0] : undefined);
  const check = (event: FormEvent) => {
    event.preventDefault();
    const plate = plateOf(typed);
    if (plate === "" || place === undefined) return;
    const key = ++latest.current;
    const tell = (answer: Told["answer"], at: number) => {
      if (key === latest.current) setAsking(null);
      setTold((before) => [{ key, plate, place, at, answer }, ...before].toSorted((a, b) => b.key - a.key).slice(0, KEPT_MAX));
    };
    setAsking(plate);
    input.current?.select();
    ask(place.id, plate).then((answer) => tell(answer, answer.at), (failure: unknown) => tell({ state: "failed", why: reasonOf(failure) }, Date.now()));
  };
  const clear = () => { latest.current++; setTold([]); setAsking(null); setTyped(""); input.current?.focus(); };
  const [newest, ...before] = told;
  return (
    <section className="device" aria-labelledby="handheld-title">
      <Heading id="handheld-title">{title}</Heading>
      {!online && <p className="offline" role="alert">{hand(locale, "hand.offline")}</p>}
      <div className="screen" role="status">
        {asking !== null ? <div className="answer asking"><strong>{hand(locale, "hand.asking")}</strong><span>{asking}</span></div>
          : newest === undefined ? <p className="dim">{hand(locale, "hand.empty")}</p> : <Answer told={newest} />}
      </div>
      {(before.length > 0 || (asking !== null && newest !== undefined)) && (
        <div className="lastAnswers">
          <h3>{hand(locale, "hand.last")}</h3>
          <ul>{(asking === null ? before : told).map((one) => (
            <li key={one.key} className={one.answer.state}><b className="plate">{one.plate}</b> {headOf(locale, one)}{" "}
              <small>{one.place.name}, {timeText(locale, one.at, one.place.zone)}</small></li>
          ))}</ul>
        </div>
      )}
      <form onSubmit={check}>
        <label>{hand(locale, "hand.place")}
          <select value={place?.id ?? ""} onChange={(event) => setChosen(event.target.value)} required>
            {places.length > 1 && <option value="" disabled>{hand(locale, "hand.choose")}</option>}
            {places.map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}
          </select>
        </label>
        <label>{hand(locale, "hand.plate")}
          <input ref={input} className="plate" value={typed} onChange={(event) => setTyped(event.target.value)} autoComplete="off" autoCapitalize="characters"
            autoCorrect="off" enterKeyHint="search" spellCheck={false} maxLength={PLATE_CHARS_MAX} required />
        </label>
        <div className="keys">
          {told.length > 0 && <button type="button" onClick={clear}>{hand(locale, "hand.clear")}</button>}
          <button type="submit" className="primary">{hand(locale, "hand.check")}</button>
        </div>
      </form>
    </section>
  );
}

const SIGN = { valid: "✓", ended: "!", none: "✕", failed: "?" } as const;

function headOf(locale: Locale, { answer }: Told): string {
  return hand(locale, answer.state === "valid" && answer.permit ? "hand.permit" : `hand.${answer.state}`);
}

function Answer({ told }: { readonly told: Told }) {
  const { locale } = usePrefs();
  const { answer, plate, place, at } = told;
  return (
    <div className={`answer ${answer.state}`}>
      <strong>{SIGN[answer.state]} {headOf(locale, told)}</strong>
      {answer.state === "failed" ? <span className="until">{answer.why}</span> : <Until answer={answer} />}
      <span>{hand(locale, "hand.where", { plate, place: place.name })}</span>
      <small>{hand(locale, "hand.asked", { time: timeText(locale, at, place.zone) })}</small>
    </div>
  );
}

function Until({ answer }: { readonly answer: LookUpAnswer }) {
  const { locale } = usePrefs();
  const { at, zone, until, state, rights, similar, elsewhere } = answer;
  const time = (when: number | null) => (when === null ? hand(locale, "hand.noEnd") : momentText(locale, when, zone, at));
  const untilWords = (when: number | null) => (when === null ? time(when) : hand(locale, "hand.until", { time: time(when) }));
  return (
    <>
      {state === "valid" && <span className="until">{untilWords(until)}</span>}
      {state === "ended" && <span className="until">{hand(locale, "hand.endedAt", { time: time(until) })}</span>}
      {rights > 1 && <span>{hand(locale, "hand.more", { count: rights - 1 })}</span>}
      {elsewhere.map((one) => (
        <span key={one.place.id} className="similar">
          {hand(locale, "hand.elsewhere", { place: nameIn(one.place.names, locale, one.place.id) })} {untilWords(one.until)}
        </span>
      ))}
      {similar.length > 0 && (
        <span className="similar">{hand(locale, "hand.similar")}: {similar.map((one) => `${one.plate} (${untilWords(one.until)})`).join(", ")}</span>
      )}
    </>
  );
}

function useOnline(): boolean {
  const [online, setOnline] = useState(() => navigator.onLine);
  useEffect(() => {
    const changed = () => setOnline(navigator.onLine);
    addEventListener("online", changed);
    addEventListener("offline", changed);
    return () => { removeEventListener("online", changed); removeEventListener("offline", changed); };
  }, []);
  return online;
}
