/**
 * One session of the exchange on paper, as evidence: what is known now, every version with its sender and the time it was
 * received, what was paid, and the rights that followed. Times are those of the place; receipts are told to the second.
 */
import type { RecordVersion, SessionRecord } from "../exchange/pages/contract.ts";
import type { Cell, Column, ReportDocument, ReportTable } from "../carpark/reports/document.ts";
import { pdfOf } from "../carpark/reports/pdf.ts";
import { dateText, moneyText, timeSecondsText } from "../messages/format.ts";
import type { Locale } from "../messages/locale.ts";
import { type Catalogue, type TranslationOf, translator } from "../messages/message.ts";

const en = {
  title: "Parking session", head: "Parking exchange", facts: "At a glance", name: "What", value: "Value",
  plate: "Number plate", erased: "erased", place: "Place", operator: "Operator", provider: "Provider", from: "From", to: "Until", running: "still running",
  overdue: "not checked out, and its right is over", received: "Last version received", deleted: "Deleted", due: "Due", paid: "Paid", none: "none",
  price: "Price", priceDiffers: "the posted amount is not what the operator's table says",
  versions: "Versions", version: "Version", receivedAt: "Received", sender: "Sent by", payments: "Amounts", amount: "Amount", paidAt: "Paid at",
  transaction: "Transaction", rights: "Rights", right: "Right", issuer: "Issued by", segment: "From", notPaid: "due",
  zone: "Times are local times of {zone}. \u201cReceived\u201d is the moment from which the exchange could tell others.",
} as const satisfies Catalogue;

const de = {
  title: "Parkvorgang", head: "Parkplattform", facts: "Auf einen Blick", name: "Angabe", value: "Wert",
  plate: "Kennzeichen", erased: "gelöscht", place: "Parkplatz", operator: "Betreiber", provider: "Anbieter", from: "Von", to: "Bis", running: "läuft noch",
  overdue: "nicht beendet, die Berechtigung ist abgelaufen", received: "Letzte Fassung eingegangen", deleted: "Gelöscht", due: "Offen", paid: "Bezahlt", none: "keiner",
  price: "Preis", priceDiffers: "der gemeldete Betrag weicht von der Tabelle des Betreibers ab",
  versions: "Fassungen", version: "Fassung", receivedAt: "Eingegangen", sender: "Gesendet von", payments: "Beträge", amount: "Betrag", paidAt: "Bezahlt am",
  transaction: "Transaktion", rights: "Berechtigungen", right: "Berechtigung", issuer: "Ausgestellt von", segment: "Von", notPaid: "offen",
  zone: "Zeiten sind Ortszeiten ({zone}). \u201eEingegangen\u201c ist der Zeitpunkt, ab dem die Plattform Auskunft geben konnte.",
} as const satisfies TranslationOf<typeof en>;

const say = translator(en, de);

/** @param at when it is printed */
export const recordPdf = (record: SessionRecord, locale: Locale, at: number): Promise<Buffer> => pdfOf(recordDocument(record, locale, at));

const text = (title: string): Column => ({ title, kind: "text" });

export function recordDocument(record: SessionRecord, locale: Locale, at: number): ReportDocument {
  const { row } = record;
  const zone = row.place?.zone ?? "UTC";
  const paper: Paper = { record, locale, zone };
  const facts = factsTable(paper);
  return {
    locale, title: say(locale, "title"), subtitle: row.id, zone, currency: row.money?.currency ?? "GBP", printedAt: at,
    administration: [say(locale, "head"), ...(row.operator ? [row.operator.name] : [])],
    tables: [facts, versionsTable(paper), ...paymentsTable(paper), ...rightsTable(paper)], charts: [], sheet: facts,
    letter: { to: [], facts: [], closing: [say(locale, "zone", { zone })] },
  };
}

type Paper = { readonly record: SessionRecord; readonly locale: Locale; readonly zone: string };

const second = ({ locale, zone }: Paper, at: number): string => `${dateText(locale, at, zone)} ${timeSecondsText(locale, at, zone)}`;
const platesText = ({ locale }: Paper, plates: readonly string[]): string =>
  plates.join(", ") || say(locale, "erased");

function factsTable(paper: Paper): ReportTable {
  const { record, locale } = paper;
  const { row } = record;
  const { money } = row;
  const placeName = row.place?.names.find(({ language }) => language === locale) ?? row.place?.names[0];
  const end = row.end === null ? say(locale, row.overdue ? "overdue" : "running") : second(paper, row.end);
  const rows: (readonly Cell[])[] = [
    [say(locale, "plate"), platesText(paper, row.plates)],
    [say(locale, "place"), row.place ? [placeName?.string, row.place.id].filter((one) => one !== undefined).join(", ") : null],
    [say(locale, "operator"), row.operator?.name ?? null], [say(locale, "provider"), row.provider?.name ?? say(locale, "none")],
    [say(locale, "from"), second(paper, row.start)], [say(locale, "to"), end],
    ...(money ? [[say(locale, "paid"), moneyText(locale, money.paidMinor, money.currency)], [say(locale, "due"), moneyText(locale, money.dueMinor, money.currency)]] : []),
    ...(row.priceDiffers ? [[say(locale, "price"), say(locale, "priceDiffers")]] : []),
    [say(locale, "received"), second(paper, row.receivedAt)],
    ...(record.deletedAt === null ? [] : [[say(locale, "deleted"), second(paper, record.deletedAt)]]),
  ];
  return { heading: say(locale, "facts"), columns: [text(say(locale, "name")), text(say(locale, "value"))], rows };
}

function versionsTable(paper: Paper): ReportTable {
  const { record, locale } = paper;
  return {
    heading: say(locale, "versions"),
    columns: (["version", "receivedAt", "sender", "plate", "from", "to"] as const).map((word) => text(say(locale, word))),
    rows: record.versions.map((one) => [
      String(one.version), second(paper, one.receivedAt), one.by.name, platesText(paper, one.plates), second(paper, one.start),
      one.end === null ? say(locale, "running") : second(paper, one.end),
    ]),
  };
}

/** Of the version at hand; those before have theirs on the page. */
function paymentsTable(paper: Paper): readonly ReportTable[] {
  const { record, locale } = paper;
  const last: RecordVersion | undefined = record.versions.at(-1);
  const { currency } = record.row.money ?? {};
  const lines = (last?.segments ?? []).flatMap(({ start, transactions }) => (transactions ?? []).map((one) => [
    second(paper, start), one.minor === null || currency === undefined ? null : moneyText(locale, one.minor, currency),
    one.paidAt === null ? say(locale, "notPaid") : second(paper, one.paidAt), one.id === "" ? null : one.id,
  ]));
  return lines.length === 0 ? [] : [{
    heading: say(locale, "payments"), columns: (["segment", "amount", "paidAt", "transaction"] as const).map((word) => text(say(locale, word))), rows: lines,
  }];
}

function rightsTable(paper: Paper): readonly ReportTable[] {
  const { record, locale } = paper;
  const instant = (at: number | null): string | null => (at === null ? null : second(paper, at));
  return record.rights.length === 0 ? [] : [{
    heading: say(locale, "rights"), columns: (["right", "version", "issuer", "from", "to", "receivedAt"] as const).map((word) => text(say(locale, word))),
    rows: record.rights.map((one) => [one.id, String(one.version), one.issuer.name, instant(one.from), instant(one.until), second(paper, one.receivedAt)]),
  }];
}
