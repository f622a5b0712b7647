/** The patrol's device: a place and a plate in, one large answer out. Near misses are not its business. */
import { type FormEvent, useEffect, useState } from "react";
import { timeText } from "../messages/format.ts";
import { usePrefs } from "../kiosk/shared/prefs.tsx";
import { epoch, plateOf } from "./bodies.ts";
import type { Exchange } from "./exchange.ts";
import { failureText } from "./failure.ts";
import { type Place, type Right, dataOf, placeOf, rightOf } from "./read.ts";
import { say } from "./words.ts";

/** A right that ended so lately is shown, for the officer to be patient. */
const JUST_ENDED_S = 15 * 60;

type Found = { readonly plate: string; readonly place: string; readonly rights: readonly Right[]; readonly at: number };

export function Handheld({ exchange }: { readonly exchange: Exchange }) {
  const { locale } = usePrefs();
  const [places, setPlaces] = useState<readonly Place[]>([]);
  const [place, setPlace] = useState("");
  const [typed, setTyped] = useState("");
  const [found, setFound] = useState<Found | null>(null);
  const [problem, setProblem] = useState("");
  useEffect(() => {
    const mine = exchange.world.places.filter(({ operator }) => operator === "op1");
    Promise.all(mine.map(({ id }) => exchange.call("es1", "GET", `/places/${id}`))).then(
      (answers) => {
        const list = answers.map(({ json }) => placeOf(json, locale));
        setPlaces(list);
        setPlace((chosen) => chosen || (list[0]?.id ?? ""));
      },
      (failure: unknown) => setProblem(failureText(locale, failure)),
    );
  }, [exchange, locale]);
  const check = (event: FormEvent) => {
    event.preventDefault();
    const plate = plateOf(typed);
    if (plate === "") return;
    const now = Date.now();
    const query = { place, credential_id: plate, start_before: epoch(now) + 1, end_after: epoch(now) - JUST_ENDED_S };
    setProblem("");
    setFound(null);
    exchange.call("es1", "GET", "/rights/assigned", { query }).then(
      ({ json }) => setFound({ plate, place, at: now, rights: dataOf(json).map(rightOf).filter((one) => one !== null) }),
      (failure: unknown) => setProblem(failureText(locale, failure)),
    );
  };
  return (
    <section className="device" aria-labelledby="handheld-title">
      <h2 id="handheld-title">{say(locale, "hand.title")}</h2>
      <form onSubmit={check}>
        <label>{say(locale, "hand.place")}
          <select value={place} onChange={(event) => { setPlace(event.target.value); setFound(null); }}>
            {places.map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}
          </select>
        </label>
        <label>{say(locale, "hand.plate")}
          <input className="plate" value={typed} onChange={(event) => setTyped(event.target.value)} autoComplete="off" autoCapitalize="characters" spellCheck={false} maxLength={12} required />
        </label>
        <button type="submit" className="primary">{say(locale, "hand.check")}</button>
      </form>
      <div role="status">{found && <Answer found={found} place={places.find(({ id }) => id === found.place)?.name ?? found.place} zone={exchange.world.zone} />}</div>
      <p className="problem" role="alert">{problem}</p>
    </section>
  );
}

function Answer({ found, place, zone }: { readonly found: Found; readonly place: string; readonly zone: string }) {
  const { locale } = usePrefs();
  const [best, ...others] = found.rights.toSorted((a, b) => b.expiry - a.expiry);
  const where = say(locale, "hand.noneText", { plate: found.plate, place });
  if (best === undefined) return <div className="answer none"><strong>✕ {say(locale, "hand.none")}</strong><span>{where}</span></div>;
  const time = timeText(locale, best.expiry, zone);
  const valid = best.expiry > found.at;
  return (
    <div className={`answer ${valid ? "valid" : "ended"}`}>
      <strong>{valid ? "✓" : "!"} {say(locale, valid ? "hand.valid" : "hand.ended")}</strong>
      <span>{valid ? say(locale, "hand.validUntil", { time }) : say(locale, "hand.endedAt", { time })}</span>
      <span>{where}</span>
      {others.length > 0 && <span>{say(locale, "hand.more", { count: others.length })}</span>}
    </div>
  );
}
