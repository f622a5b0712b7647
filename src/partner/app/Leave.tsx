/** Pay on departure: the plate or the ticket, what the operator asks, the payment. Unknown is never taken for nothing due. */
import { type FormEvent, useState } from "react";
import { moneyText, timeText } from "../../messages/format.ts";
import { usePrefs } from "../../kiosk/shared/prefs.tsx";
import type { ActorId } from "../../sandbox/contract.ts";
import * as bodies from "../bodies.ts";
import { type Exchange, Refused } from "../exchange.ts";
import { failureText } from "../failure.ts";
import { type Session, dataOf, sessionOf, textAt } from "../read.ts";
import { say } from "../words.ts";
import { CURRENCY, dueOf, paymentOf } from "./due.ts";

type LeaveProps = { readonly exchange: Exchange; readonly provider: ActorId; readonly plate: string; readonly onPlate: (plate: string) => void };

const UNREACHABLE = 504;
const CONFLICT = 409;

export function Leave({ exchange, provider, plate, onPlate }: LeaveProps) {
  const { locale } = usePrefs();
  const places = exchange.world.places.filter(({ departures }) => departures);
  const [place, setPlace] = useState(places[0]?.id ?? "");
  const [sessions, setSessions] = useState<readonly Session[] | null>(null);
  const [said, setSaid] = useState("");
  const [problem, setProblem] = useState("");
  const failed = (failure: unknown) => {
    setSessions(null);
    const code = failure instanceof Refused ? failure.status : 0;
    setProblem(code === UNREACHABLE ? say(locale, "leave.unreachable") : code === CONFLICT ? say(locale, "leave.conflict") : failureText(locale, failure));
  };
  const act = (doing: Promise<void>) => { setProblem(""); setSaid(""); doing.catch(failed); };
  const look = async () => {
    setSessions(null);
    const query = { place, credential_id: bodies.plateOf(plate), start_before: "now", end_after: "now", expand: "all" };
    const { json } = await exchange.call(provider, "GET", "/sessions", { query });
    setSessions(dataOf(json).map((one) => sessionOf(one, CURRENCY)).filter((one) => one !== null));
  };
  const pay = async (session: Session) => {
    await exchange.call(provider, "PUT", `/sessions/${session.id}`, { body: paymentOf(exchange, provider, session, true) });
    setSessions(null);
    const { json } = await exchange.call(provider, "GET", `/sessions/${session.id}`, { query: { expand: "all" } });
    setSaid(say(locale, textAt(json, "x-operatorState") === "told" ? "leave.told" : "leave.pending"));
  };
  const submit = (event: FormEvent) => { event.preventDefault(); act(look()); };
  const owing = (sessions ?? []).filter((one) => dueOf(one) !== null);
  return (
    <>
      <form className="buy" onSubmit={submit}>
        <label>{say(locale, "leave.place")}
          <select value={place} onChange={(event) => { setPlace(event.target.value); setSessions(null); }}>
            {places.map(({ id, operator }) => <option key={id} value={id}>{exchange.actor(operator).name}, {id}</option>)}
          </select>
        </label>
        <label>{say(locale, "leave.plate")}
          <input className="plate" value={plate} onChange={(event) => { onPlate(event.target.value); setSessions(null); }} autoComplete="off" spellCheck={false} maxLength={12} required />
        </label>
        <button type="submit" className="primary">{say(locale, "app.due")}</button>
      </form>
      {sessions !== null && owing.length === 0 && <p role="status">{say(locale, "app.nothingDue")}</p>}
      <ul className="stays">
        {owing.map((one) => {
          const amount = moneyText(locale, dueOf(one) ?? 0, CURRENCY);
          return (
            <li key={one.id}>
              <span>{say(locale, "leave.due", { amount, time: timeText(locale, one.start, exchange.world.zone) })}</span>
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
