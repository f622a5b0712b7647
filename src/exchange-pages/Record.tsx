/** One session as evidence: what is known now, and every version with its sender and the time it was received. */
import { useCallback } from "react";
import { dateText, durationText, moneyText, timeSecondsText } from "../messages/format.ts";
import type { Locale } from "../messages/locale.ts";
import { usePrefs } from "../kiosk/shared/prefs.tsx";
import type { RecordVersion, SessionRecord, Who } from "../exchange/pages/contract.ts";
import { nameIn, Table, useAsked } from "./parts.tsx";
import { tell } from "./recordWords.ts";
import { ask } from "./requests.ts";
import { moneyWords, platesText } from "./Sessions.tsx";
import { say } from "./words.ts";

export function Record({ id, who }: { readonly id: string; readonly who: Who }) {
  const { locale } = usePrefs();
  const question = useCallback(() => ask.record(id), [id]);
  const { answer, problem } = useAsked(question);
  return (
    <section className="record" aria-labelledby="record-title">
      <div className="head">
        <h1 id="record-title">{tell(locale, "record.title")}</h1>
        <a href="#/sessions">{tell(locale, "record.back")}</a>
        {answer !== null && <a href={ask.recordPdf(id, locale)} target="_blank" rel="noreferrer">{tell(locale, "record.pdf")}</a>}
      </div>
      {answer === null ? <p role={problem === "" ? "status" : "alert"}>{problem || say(locale, "page.loading")}</p> : <Told record={answer} who={who} />}
    </section>
  );
}

const second = (locale: Locale, at: number, zone: string): string => `${dateText(locale, at, zone)} ${timeSecondsText(locale, at, zone)}`;

/** Heads and names of facts. */
type PlainWord = `list.${"plate" | "place" | "operator" | "provider" | "from" | "to" | "money" | "received"}`
  | `record.${"version" | "sender" | "right" | "issuer" | "amount" | "paidAt" | "transaction" | "deletedAt" | "id"}`;

const words = (locale: Locale, ...names: readonly PlainWord[]): readonly string[] => names.map((name) => tell(locale, name));

function Told({ record, who }: { readonly record: SessionRecord; readonly who: Who }) {
  const { locale } = usePrefs();
  const { row, rights } = record;
  const zone = row.place?.zone ?? "UTC";
  const time = (at: number | null) => (at === null ? "–" : second(locale, at, zone));
  const end = row.end === null ? tell(locale, row.overdue ? "record.overdue" : "list.running") : time(row.end);
  const facts: readonly (readonly [PlainWord, string])[] = [
    ["list.plate", platesText(locale, row.plates)],
    ["list.place", row.place ? `${nameIn(row.place.names, locale, row.place.id)}, ${row.place.id}` : "–"],
    ["list.operator", row.operator?.name ?? "–"], ["list.provider", row.provider?.name ?? tell(locale, "record.none")],
    ["list.from", time(row.start)], ["list.to", end],
    ...(who.role === "enforcement" ? [] : [["list.money", moneyWords(locale, row)] as const]),
    ["list.received", time(row.receivedAt)], ...(record.deletedAt === null ? [] : [["record.deletedAt", time(record.deletedAt)] as const]),
    ["record.id", row.id],
  ];
  return (
    <>
      {row.priceDiffers && <p className="notice">{tell(locale, "record.price")}</p>}
      <h2>{tell(locale, "record.facts")}</h2>
      <dl className="facts">{facts.map(([name, value]) => <div key={name}><dt>{tell(locale, name)}</dt><dd>{value}</dd></div>)}</dl>
      <h2>{tell(locale, "record.versions")}</h2>
      <Table label={tell(locale, "record.versions")} heads={words(locale, "record.version", "list.received", "record.sender", "list.plate", "list.from", "list.to")}>
        {record.versions.map((one) => <Version key={one.version} version={one} time={time} />)}
      </Table>
      <Amounts record={record} time={time} />
      {rights.length > 0 && (
        <>
          <h2>{tell(locale, "record.rights")}</h2>
          <Table label={tell(locale, "record.rights")} heads={words(locale, "record.right", "record.version", "record.issuer", "list.from", "list.to", "list.received")}>
            {rights.map((one) => (
              <tr key={one.id}>
                <th scope="row"><code>{one.id}</code></th><td>{one.version}</td><td>{one.issuer.name}</td>
                <td>{time(one.from)}</td><td>{time(one.until)}</td><td>{time(one.receivedAt)}</td>
              </tr>
            ))}
          </Table>
        </>
      )}
      <p className="dim">{tell(locale, "record.zone", { zone })}</p>
    </>
  );
}

type Time = (at: number | null) => string;

function Version({ version: one, time }: { readonly version: RecordVersion; readonly time: Time }) {
  const { locale } = usePrefs();
  const late = durationText(locale, one.receivedAt - one.start);
  return (
    <tr>
      <th scope="row">{one.version}</th>
      <td>{time(one.receivedAt)}
        <small>{one.receivedAt < one.start ? tell(locale, "record.before") : tell(locale, "record.after", { time: late })}</small></td>
      <td>{one.by.name}</td><td>{platesText(locale, one.plates)}</td><td>{time(one.start)}</td>
      <td>{one.end === null ? tell(locale, "list.running") : time(one.end)}</td>
    </tr>
  );
}

/** Of every version: a correction is seen beside what it corrects. */
function Amounts({ record, time }: { readonly record: SessionRecord; readonly time: Time }) {
  const { locale } = usePrefs();
  const currency = record.row.money?.currency;
  const lines = record.versions.flatMap(({ version, segments }) => segments.flatMap(({ start, transactions }) =>
    (transactions ?? []).map((one, i) => ({ ...one, version, start, key: `${version} ${start} ${i}` }))));
  if (lines.length === 0 || currency === undefined) return null;
  return (
    <>
      <h2>{tell(locale, "record.amounts")}</h2>
      <Table label={tell(locale, "record.amounts")} heads={words(locale, "record.version", "list.from", "record.amount", "record.paidAt", "record.transaction")}>
        {lines.map((one) => (
          <tr key={one.key}>
            <th scope="row">{one.version}</th><td>{time(one.start)}</td><td>{one.minor === null ? "–" : moneyText(locale, one.minor, currency)}</td>
            <td>{one.paidAt === null ? tell(locale, "record.notPaid") : time(one.paidAt)}</td><td><code>{one.id || "–"}</code></td>
          </tr>
        ))}
      </Table>
    </>
  );
}
