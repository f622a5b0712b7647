/** What was: stays with their reasons, and statements as files. */
import type { MyOverview } from "../../api/contract/my.ts";
import type { RightStay } from "../../api/contract/right-stays.ts";
import type { StatementHead } from "../../api/contract/statements.ts";
import { moneyText } from "../../messages/format.ts";
import { usePrefs } from "../shared/prefs.tsx";
import { StayCard } from "./StayCard.tsx";
import { Show, useLoaded } from "./parts.tsx";
import { placeOf } from "./places.ts";
import { fileUrl } from "./requests.ts";
import { say } from "./words.ts";

type RecordProps = { readonly overview: MyOverview };

export function Stays({ overview }: RecordProps) {
  const { locale } = usePrefs();
  const stays = useLoaded<{ readonly rows: readonly RightStay[] }>("/stays");
  return (
    <section>
      <h1>{say(locale, "stays.title")}</h1>
      <Show of={stays}>{({ rows }) => (rows.length === 0 ? <p className="card">{say(locale, "stays.none")}</p> : (
        <ul className="cards">{rows.toSorted((a, b) => b.enteredAt - a.enteredAt).map((stay) => <StayCard key={`${stay.facility} ${stay.stay}`} stay={stay} place={placeOf(overview, stay.facility)} />)}</ul>
      ))}</Show>
    </section>
  );
}

export function Statements({ overview }: RecordProps) {
  const { locale } = usePrefs();
  const statements = useLoaded<{ readonly rows: readonly StatementHead[] }>("/statements");
  return (
    <section>
      <h1>{say(locale, "statements.title")}</h1>
      <Show of={statements}>{({ rows }) => (rows.length === 0 ? <p className="card">{say(locale, "statements.none")}</p> : (
        <ul className="cards">{rows.map((head) => <Statement key={`${head.facility} ${head.number}`} head={head} place={placeOf(overview, head.facility).name} />)}</ul>
      ))}</Show>
    </section>
  );
}

function Statement({ head: { facility, number, month, totalMinor, currency }, place }: { readonly head: StatementHead; readonly place: string }) {
  const { locale } = usePrefs();
  const url = (format: string) => `${fileUrl(`/statements/${facility}/${number}`)}?format=${format}&locale=${locale}`;
  return (
    <li className="card">
      <div className="head"><b>{say(locale, "statements.month", { month, place })}</b><b className="money">{moneyText(locale, totalMinor, currency)}</b></div>
      <p className="dim">{number}</p>
      <p className="links">
        {(["pdf", "csv"] as const).map((format) => <a key={format} href={url(format)} download aria-label={say(locale, "statements.file", { format: format.toUpperCase(), number })}>{format.toUpperCase()}</a>)}
      </p>
    </li>
  );
}
