/** Registers a plate for number plate entry, and pays what an operator has asked for it. */
import { type FormEvent, useEffect, useState } from "react";
import { moneyText, timeText } from "../../messages/format.ts";
import { usePrefs } from "../../kiosk/shared/prefs.tsx";
import type { ActorId } from "../../sandbox/contract.ts";
import * as bodies from "../bodies.ts";
import type { Exchange } from "../exchange.ts";
import { failureText } from "../failure.ts";
import { type Session, dataOf, placeOf, sessionOf } from "../read.ts";
import { say } from "../words.ts";
import { CURRENCY, dueOf, paymentOf } from "./due.ts";

const YEAR_MS = 365 * 24 * 3_600_000;
/** Stays longer ago are settled or somebody's case. */
const LOOK_BACK_S = 24 * 3_600;

type AccountProps = { readonly exchange: Exchange; readonly provider: ActorId; readonly plate: string; readonly onPlate: (plate: string) => void };

export function Account({ exchange, provider, plate, onPlate }: AccountProps) {
  const { locale } = usePrefs();
  const id = exchange.world.places.find(({ frictionless }) => frictionless)?.id ?? "";
  const [name, setName] = useState("");
  const [sessions, setSessions] = useState<readonly Session[] | null>(null);
  const [said, setSaid] = useState("");
  const [problem, setProblem] = useState("");
  const car = bodies.plateOf(plate);
  useEffect(() => {
    exchange.call(provider, "GET", `/places/${id}`).then(({ json }) => setName(placeOf(json, locale).name), (failure: unknown) => setProblem(failureText(locale, failure)));
  }, [exchange, provider, id, locale]);
  const act = (doing: Promise<void>) => { setProblem(""); setSaid(""); doing.catch((failure: unknown) => setProblem(failureText(locale, failure))); };
  const register = async () => {
    const body = bodies.right(bodies.newId(), exchange.world.accountSpec, car, Date.now(), Date.now() + YEAR_MS);
    await exchange.call(provider, "POST", "/rights/assigned", { body });
    setSaid(say(locale, "app.registered", { plate: car }));
  };
  const look = async () => {
    const query = { place: id, credential_id: car, start_before: bodies.epoch(Date.now()) + 1, end_after: bodies.epoch(Date.now()) - LOOK_BACK_S, expand: "all" };
    const { json } = await exchange.call(provider, "GET", "/sessions", { query });
    setSessions(dataOf(json).map((one) => sessionOf(one, CURRENCY)).filter((one) => one !== null));
  };
  const pay = async (session: Session) => {
    const body = { ...paymentOf(exchange, provider, session, false), version: session.version + 1 };
    await exchange.call(provider, "PUT", `/sessions/${session.id}`, { body });
    await look();
    setSaid(say(locale, "app.dueSettled"));
  };
  const submit = (event: FormEvent) => { event.preventDefault(); act(register()); };
  const owing = (sessions ?? []).filter((one) => dueOf(one) !== null);
  const running = (sessions ?? []).filter((one) => one.end === null && dueOf(one) === null);
  return (
    <>
      <p>{say(locale, "app.accountText", { name: name || id })}</p>
      <form className="buy" onSubmit={submit}>
        <label>{say(locale, "app.plate")}
          <input className="plate" value={plate} onChange={(event) => { onPlate(event.target.value); setSessions(null); }} autoComplete="off" spellCheck={false} maxLength={12} required />
        </label>
        <button type="submit" className="primary">{say(locale, "app.register")}</button>
        <button type="button" onClick={() => act(look())}>{say(locale, "app.due")}</button>
      </form>
      {sessions !== null && owing.length === 0 && running.length === 0 && <p role="status">{say(locale, "app.nothingDue")}</p>}
      <ul className="stays">
        {running.map((one) => <li key={one.id}>{say(locale, "app.open", { plate: car, time: timeText(locale, one.start, exchange.world.zone) })}</li>)}
        {owing.map((one) => {
          const amount = moneyText(locale, dueOf(one) ?? 0, CURRENCY);
          return (
            <li key={one.id}>
              <span>{say(locale, "app.dueHere", { amount, plate: car })}</span>
              <button type="button" className="primary" onClick={() => act(pay(one))}>{say(locale, "app.payDue", { amount })}</button>
            </li>
          );
        })}
      </ul>
      <p role="status" className="said">{said}</p>
      <p className="problem" role="alert">{problem}</p>
    </>
  );
}
