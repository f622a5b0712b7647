/** An operator whose drivers pay when they leave: its cars, and the switch that takes it off the air. */
import { type FormEvent, useEffect, useState } from "react";
import { moneyText, timeText } from "../messages/format.ts";
import { usePrefs } from "../kiosk/shared/prefs.tsx";
import type { DepartureDesk, DeskAct, SandboxPlace } from "../sandbox/contract.ts";
import { CURRENCY } from "./app/due.ts";
import * as bodies from "./bodies.ts";
import { deskOf, type Exchange } from "./exchange.ts";
import { failureText } from "./failure.ts";
import { say } from "./words.ts";

/** @param latest of the messages: after each, the cars are looked at again */
type DeskProps = { readonly exchange: Exchange; readonly place: SandboxPlace; readonly latest: number };

/** Minutes since a car came in, to choose from. */
const AGO = [0, 59, 130] as const;

export function Desk({ exchange, place: { id, operator }, latest }: DeskProps) {
  const { locale } = usePrefs();
  const [desk, setDesk] = useState<DepartureDesk | null>(null);
  const [plate, setPlate] = useState("");
  const [ago, setAgo] = useState<number>(AGO[2]);
  const [problem, setProblem] = useState("");
  const title = say(locale, "desk.title", { name: exchange.actor(operator).name, place: id });
  const act = (wanted?: DeskAct) => {
    setProblem("");
    deskOf(operator, wanted).then(setDesk, (failure: unknown) => setProblem(failureText(locale, failure)));
  };
  useEffect(() => { deskOf(operator).then(setDesk, (failure: unknown) => setProblem(failureText(locale, failure))); }, [operator, latest, locale]);
  const park = (event: FormEvent) => {
    event.preventDefault();
    act({ type: "park", plate: bodies.plateOf(plate), minutesAgo: ago });
    setPlate("");
  };
  if (desk === null) return <p className="problem" role="alert">{problem}</p>;
  return (
    <section className="card" aria-label={title}>
      <h2>{title}</h2>
      <p className="dim">{say(locale, `desk.${desk.way}`)}</p>
      <button type="button" aria-pressed={!desk.reachable} onClick={() => act({ type: "setReachable", reachable: !desk.reachable })}>{say(locale, "desk.off")}</button>
      <form onSubmit={park}>
        <label>{say(locale, "app.plate")}
          <input className="plate" value={plate} onChange={(event) => setPlate(event.target.value)} autoComplete="off" spellCheck={false} maxLength={12} required />
        </label>
        <label>{say(locale, "desk.ago")}
          <select value={ago} onChange={(event) => setAgo(Number(event.target.value))}>
            {AGO.map((minutes) => <option key={minutes} value={minutes}>{minutes === 0 ? say(locale, "desk.now") : say(locale, "app.minutes", { count: minutes })}</option>)}
          </select>
        </label>
        <button type="submit" className="primary">{say(locale, "desk.park")}</button>
      </form>
      <p className="problem" role="alert">{problem}</p>
      {desk.cars.length === 0 && <p className="dim">{say(locale, "desk.empty")}</p>}
      <ul className="stays">
        {desk.cars.map((car) => (
          <li key={car.ticket}>
            <span><b className="plate">{car.plate}</b> {say(locale, "desk.car", { ticket: car.ticket, time: timeText(locale, car.from, exchange.world.zone) })}</span>
            <span>{car.paid ? say(locale, "desk.paid") : say(locale, "desk.due", { amount: moneyText(locale, car.dueMinor, CURRENCY) })}</span>
            {!car.paid && !car.validated && <button type="button" onClick={() => act({ type: "validate", ticket: car.ticket })}>
              {say(locale, "desk.validate")}<span className="visuallyHidden"> {car.plate}</span>
            </button>}
          </li>
        ))}
      </ul>
    </section>
  );
}
