/** The operator's lanes at the place with number plate entry: what a camera and a barrier would do. */
import { useEffect, useState } from "react";
import { moneyText, timeText } from "../messages/format.ts";
import { usePrefs } from "../kiosk/shared/prefs.tsx";
import * as bodies from "./bodies.ts";
import type { Exchange } from "./exchange.ts";
import { failureText } from "./failure.ts";
import { type Json, type Place, at, dataOf, placeOf, textAt } from "./read.ts";
import { type Offer, offerOf, priceOf } from "./tariff.ts";
import { say } from "./words.ts";

type Inside = { readonly session: string; readonly plate: string; readonly from: number; readonly right: Json };

export function Gate({ exchange }: { readonly exchange: Exchange }) {
  const { locale } = usePrefs();
  const id = exchange.world.places.find(({ frictionless }) => frictionless)?.id ?? "";
  const [place, setPlace] = useState<Place | null>(null);
  const [offer, setOffer] = useState<Offer | null>(null);
  const [typed, setTyped] = useState("");
  const [inside, setInside] = useState<readonly Inside[]>([]);
  const [said, setSaid] = useState("");
  const [problem, setProblem] = useState("");
  const failed = (failure: unknown) => setProblem(failureText(locale, failure));
  useEffect(() => {
    const load = async () => {
      const { json } = await exchange.call("op1", "GET", `/places/${id}`, { query: { expand: "rightSpecifications" } });
      const found = placeOf(json, locale);
      setPlace(found);
      setOffer(await offerOf(exchange, "op1", found));
    };
    load().catch((failure: unknown) => setProblem(failureText(locale, failure)));
  }, [exchange, id, locale]);
  const driveIn = async () => {
    const plate = bodies.plateOf(typed);
    if (plate === "") return;
    const from = Date.now();
    const query = { place: id, credential_id: plate, start_before: bodies.epoch(from) + 1, end_after: bodies.epoch(from), expand: "assignedRightIssuer" };
    const found = dataOf((await exchange.call("op1", "GET", "/rights/assigned", { query })).json)[0];
    if (found === undefined) return setSaid(say(locale, "gate.ticket"));
    const car = { session: bodies.newId(), plate, from, right: bodies.reference(textAt(found, "id"), Number(at(found, "version") ?? 1)) };
    const segment = bodies.segment(`${car.session}-1`, from, null, { assignedRight: car.right });
    await exchange.call("op1", "POST", "/sessions", { body: bodies.session(car.session, id, plate, from, null, [segment]) });
    setInside((before) => [...before, car]);
    setTyped("");
    const issuer = textAt(found, "assignedRightIssuer.id");
    return setSaid(say(locale, "gate.opened", { provider: exchange.world.actors.find(({ organisation }) => organisation === issuer)?.name ?? issuer }));
  };
  const driveOut = async (car: Inside) => {
    const to = Math.max(Date.now(), car.from + 1_000);
    const minor = offer === null ? null : priceOf(offer, car.from, to);
    if (offer === null || minor === null) return setProblem(say(locale, "gate.noPrice"));
    const financialTransactions = [bodies.due({ minor, currency: offer.currency, party: exchange.actor("op1").name })];
    const segments = [bodies.segment(`${car.session}-1`, car.from, to, { assignedRight: car.right, financialTransactions })];
    await exchange.call("op1", "PUT", `/sessions/${car.session}`, { body: { id: car.session, version: 2, actualEnd: bodies.instant(to), segments } });
    setInside((before) => before.filter((one) => one !== car));
    return setSaid(say(locale, "gate.left", { plate: car.plate, amount: moneyText(locale, minor, offer.currency) }));
  };
  const act = (doing: Promise<void>) => { setProblem(""); setSaid(""); doing.catch(failed); };
  return (
    <section className="card" aria-labelledby="gate-title">
      <h2 id="gate-title">{say(locale, "gate.title", { name: place?.name ?? id })}</h2>
      <form onSubmit={(event) => { event.preventDefault(); act(driveIn()); }}>
        <label>{say(locale, "gate.plate")}
          <input className="plate" value={typed} onChange={(event) => setTyped(event.target.value)} autoComplete="off" spellCheck={false} maxLength={12} required />
        </label>
        <button type="submit" className="primary">{say(locale, "gate.in")}</button>
      </form>
      <p role="status" className="said">{said}</p>
      <p className="problem" role="alert">{problem}</p>
      <h3>{say(locale, "gate.inside")}</h3>
      {inside.length === 0 && <p className="dim">{say(locale, "gate.empty")}</p>}
      <ul className="stays">
        {inside.map((car) => (
          <li key={car.session}>
            <span><b className="plate">{car.plate}</b> {say(locale, "gate.since", { time: timeText(locale, car.from, exchange.world.zone) })}</span>
            <button type="button" onClick={() => act(driveOut(car))}>{say(locale, "gate.out")}<span className="visuallyHidden"> {car.plate}</span></button>
          </li>
        ))}
      </ul>
    </section>
  );
}
