/** The first page: who is inside, and what it costs so far. */
import type { MyOverview } from "../../api/contract/my.ts";
import { dateTimeText, moneyText } from "../../messages/format.ts";
import { usePrefs } from "../shared/prefs.tsx";
import { StayCard } from "./StayCard.tsx";
import { placeOf } from "./places.ts";
import { say } from "./words.ts";

export function Now({ overview, onReload }: { readonly overview: MyOverview; readonly onReload: () => void }) {
  const { locale } = usePrefs();
  const { stays, charges, contracts, places, at } = overview;
  const running = contracts.filter(({ state }) => state === "running");
  return (
    <>
      <section>
        <h1>{say(locale, "now.inside")}</h1>
        <p className="dim">{say(locale, "now.asOf", { at: dateTimeText(locale, at, places[0]?.zone ?? "UTC") })} <button type="button" className="plain" onClick={onReload}>{say(locale, "now.refresh")}</button></p>
        {stays.length === 0 ? <p className="card">{say(locale, "now.nobody")}</p> : (
          <ul className="cards">{stays.map((stay) => <StayCard key={`${stay.facility} ${stay.stay}`} stay={stay} place={placeOf(overview, stay.facility)} />)}</ul>
        )}
      </section>
      <section>
        <h2>{say(locale, "now.charges")}</h2>
        {charges.length === 0 ? <p className="card">{say(locale, "now.none")}</p> : (
          <dl className="card sums">
            {charges.map(({ facility, currency, totalMinor }) => (
              <div key={facility}><dt>{placeOf(overview, facility).name}</dt><dd>{totalMinor === null ? say(locale, "noPrice") : moneyText(locale, totalMinor, currency)}</dd></div>
            ))}
          </dl>
        )}
      </section>
      {running.length > 0 && (
        <section>
          <h2>{say(locale, "now.contracts")}</h2>
          <ul className="card">{[...new Set(running.map(({ facility }) => facility))].map((facility) => (
            <li key={facility}>{say(locale, "now.contract", { place: placeOf(overview, facility).name, count: running.filter((each) => each.facility === facility).length })}</li>
          ))}</ul>
        </section>
      )}
    </>
  );
}
