/** One stay as its holder sees it: where, since when, what covers it, what it costs so far, and why. */
import type { RightStay } from "../../api/contract/right-stays.ts";
import { dateTimeText, moneyText } from "../../messages/format.ts";
import { usePrefs } from "../shared/prefs.tsx";
import type { Place } from "./places.ts";
import { say } from "./words.ts";

export function StayCard({ stay, place }: { readonly stay: RightStay; readonly place: Place }) {
  const { locale } = usePrefs();
  const time = (at: number) => dateTimeText(locale, at, place.zone);
  const covers = [...new Set(stay.segments.map(({ cover }) => say(locale, `cover.${cover.type}`)))].join(", ");
  return (
    <li className="card">
      <div className="head">
        <b className="plate">{stay.label ?? say(locale, "erased")}</b>
        <b className="money">{stay.amountMinor === null ? say(locale, "noPrice") : moneyText(locale, stay.amountMinor, place.currency)}</b>
      </div>
      <p>{place.name}, {stay.exitedAt === null ? say(locale, "now.since", { at: time(stay.enteredAt) }) : say(locale, "stays.range", { from: time(stay.enteredAt), to: time(stay.exitedAt) })}</p>
      <p className="dim">
        {say(locale, "now.covered")}: {covers === "" ? "–" : covers}. {stay.amountMinor !== 0 && `${say(locale, `payer.${stay.payer}`)}. `}
        {stay.neutralAt !== null && `${say(locale, "now.neutral")}. `}{stay.billed !== null && say(locale, "stays.billed", { statement: stay.billed.statement })}
      </p>
      <details>
        <summary>{say(locale, "why")}</summary>
        {stay.segments.length > 1 && (
          <ul className="why">{stay.segments.map(({ from, to, cover }) => <li key={from}><span className="dim">{say(locale, "stays.range", { from: time(from), to: time(to) })}</span>: {say(locale, `cover.${cover.type}`)}</li>)}</ul>
        )}
        <ul className="why">{stay.why.map(({ at, why }, i) => <li key={i}><span className="dim">{time(at)}</span> {why.text[locale]}</li>)}</ul>
        {stay.price.length > 0 && <><h3>{say(locale, "price")}</h3><ul className="why">{stay.price.map((line, i) => <li key={i}>{line.text[locale]}</li>)}</ul></>}
      </details>
    </li>
  );
}
