/** Places nearby as a list and a map, and the purchase of a stay. */
import { type FormEvent, useEffect, useState } from "react";
import { moneyText, timeText } from "../../messages/format.ts";
import { usePrefs } from "../../kiosk/shared/prefs.tsx";
import { NARROW_SHEET, PlaceMap } from "../../exchange-pages/PlaceMap.tsx";
import type { ActorId } from "../../sandbox/contract.ts";
import * as bodies from "../bodies.ts";
import type { Exchange } from "../exchange.ts";
import { failureText } from "../failure.ts";
import { type Place, dataOf, placeOf } from "../read.ts";
import { type Offer, offerOf, priceOf } from "../tariff.ts";
import { say } from "../words.ts";
import type { Stay } from "./stay.ts";

const RADIUS_M = 5_000;
const MINUTE = 60_000;
const LENGTHS = [30, 60, 120, 240] as const;
/** As often as the operators' counts are fresh. */
const POLL_MS = 20_000;

type FindProps = {
  readonly exchange: Exchange; readonly provider: ActorId; readonly plate: string; readonly onPlate: (plate: string) => void;
  readonly onStay: (stay: Stay) => void;
};

export function Find({ exchange, provider, plate, onPlate, onStay }: FindProps) {
  const { locale } = usePrefs();
  const [places, setPlaces] = useState<readonly Place[]>([]);
  const [chosen, setChosen] = useState<string | null>(null);
  const [problem, setProblem] = useState("");
  useEffect(() => {
    const query = { ...exchange.world.centre, radius: RADIUS_M, type: "place", expand: "pointLocation,characteristics,occupancy,rightSpecifications" };
    const load = () => exchange.call(provider, "GET", "/places", { query }).then(
      ({ json }) => { setPlaces(dataOf(json).map((one) => placeOf(one, locale))); setProblem(""); },
      (failure: unknown) => setProblem(failureText(locale, failure)),
    );
    void load();
    const timer = setInterval(() => void load(), POLL_MS);
    return () => clearInterval(timer);
  }, [exchange, provider, locale]);
  const place = places.find(({ id }) => id === chosen);
  return (
    <>
      <PlaceMap places={places.map((one) => ({ ...one, stale: false }))} chosen={chosen} label={say(locale, "app.map")} centre={exchange.world.centre} sheet={NARROW_SHEET} onChoose={setChosen} />
      <ul className="places">
        {places.map((one) => (
          <li key={one.id}>
            <button type="button" aria-pressed={one.id === chosen} onClick={() => setChosen(one.id)}>
              <b>{one.name}</b>
              <span className={one.free === 0 ? "full" : "free"}>
                {one.free === null ? say(locale, "app.unknown") : one.free === 0 ? say(locale, "app.full") : say(locale, "app.free", { count: one.free })}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {place && <Buy key={place.id} exchange={exchange} provider={provider} place={place} plate={plate} onPlate={onPlate} onStay={onStay} />}
      <p className="problem" role="alert">{problem}</p>
    </>
  );
}

function Buy({ exchange, provider, place, plate, onPlate, onStay }: FindProps & { readonly place: Place }) {
  const { locale } = usePrefs();
  const [offer, setOffer] = useState<Offer | null | "loading">("loading");
  const [minutes, setMinutes] = useState<number>(60);
  const [said, setSaid] = useState("");
  const [problem, setProblem] = useState("");
  const failed = (failure: unknown) => setProblem(failureText(locale, failure));
  useEffect(() => {
    offerOf(exchange, provider, place).then(setOffer, (failure: unknown) => { setOffer(null); setProblem(failureText(locale, failure)); });
    // The price list of a place is read when the place is chosen, not with every count.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [exchange, provider, place.id]);
  if (offer === "loading") return <p role="status">{say(locale, "page.loading")}</p>;
  if (offer === null) return <p role="alert">{problem || say(locale, "app.noTariff")}</p>;
  const now = Date.now();
  const price = priceOf(offer, now, now + minutes * MINUTE);
  const buy = async () => {
    const from = Date.now();
    const to = from + minutes * MINUTE;
    const minor = priceOf(offer, from, to);
    if (minor === null) return;
    const [id, car] = [bodies.newId(), bodies.plateOf(plate)];
    const money = { minor, currency: offer.currency, party: exchange.actor(provider).name };
    const segments = [bodies.segment(`${id}-1`, from, to, { financialTransactions: [bodies.paid(money, from)] })];
    await exchange.call(provider, "POST", "/sessions", { body: bodies.session(id, place.id, car, from, to, segments) });
    onStay({ id, provider, plate: car, place: place.name, from, to, version: 1, segments, offer });
    setSaid(say(locale, "app.bought", { time: timeText(locale, to, exchange.world.zone) }));
  };
  const submit = (event: FormEvent) => { event.preventDefault(); setProblem(""); setSaid(""); buy().catch(failed); };
  return (
    <form className="buy" onSubmit={submit} aria-label={place.name}>
      <label>{say(locale, "app.plate")}
        <input className="plate" value={plate} onChange={(event) => onPlate(event.target.value)} autoComplete="off" spellCheck={false} maxLength={12} required />
      </label>
      <fieldset>
        <legend>{say(locale, "app.length")}</legend>
        {LENGTHS.map((one) => (
          <button key={one} type="button" aria-pressed={one === minutes} onClick={() => { setMinutes(one); setSaid(""); }}>
            {one < 60 ? say(locale, "app.minutes", { count: one }) : say(locale, "app.hours", { count: one / 60 })}
          </button>
        ))}
      </fieldset>
      <button type="submit" className="primary" disabled={price === null}>
        {price === null ? say(locale, "app.notOffered") : say(locale, "app.pay", { amount: moneyText(locale, price, offer.currency) })}
      </button>
      <p role="status" className="said">{said}</p>
      <p className="problem" role="alert">{problem}</p>
    </form>
  );
}
