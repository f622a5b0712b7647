/**
 * A quote in words, for a receipt dispute, a terminal or a log: one line for each charge, cap and adjustment,
 * then the total. The lines add up to it.
 */
import { HOUR, MINUTE } from "../kernel/instant.ts";
import type { Instant } from "../kernel/instant.ts";
import { type MinorUnits, majorText } from "../kernel/money.ts";
import type { Zone } from "../kernel/zone.ts";
import type { IntervalsWrong } from "./clock.ts";
import type { NoPriceReason } from "./in-force.ts";
import type { Adjustment, QuoteRefusal } from "./price.ts";
import type { CapApplied, Quote } from "./quote.ts";

export type Language = "en" | "de";

type Words = {
  readonly total: string;
  readonly included: (rate: string, tax: string) => string;
  readonly onTop: (rate: string, tax: string) => string;
  readonly draft: string;
  readonly times: (units: number) => string;
  readonly cap: Readonly<Record<CapApplied["by"], (limit: string) => string>>;
  readonly adjustment: Readonly<Record<Adjustment["type"], (detail: string) => string>>;
  readonly until: string;
  readonly windowFrom: string;
};

const WORDS: Readonly<Record<Language, Words>> = {
  en: {
    total: "Total",
    included: (rate, tax) => `includes ${rate} % tax: ${tax}`,
    onTop: (rate, tax) => `with ${rate} % tax: ${tax}`,
    draft: "This price is a draft: the table can be read in two ways and nobody has confirmed the reading.",
    times: (units) => (units === 1 ? "1 increment" : `${units} increments`),
    cap: {
      lineMaximum: (limit) => `line costs at most ${limit}`,
      lineMinimum: (limit) => `line costs at least ${limit}`,
      collectionMaximum: (limit) => `at most ${limit}`,
      collectionMinimum: (limit) => `at least ${limit}`,
    },
    adjustment: {
      freeMinutes: (minutes) => `the first ${minutes} minutes are free`,
      offer: (id) => `offer ${id} instead of the ordinary price`,
      dailyMaximum: (limit) => `at most ${limit} a day`,
      maximum: (limit) => `at most ${limit} a stay`,
      minimum: (limit) => `at least ${limit} a stay`,
      discount: (code) => `discount ${code}`,
    },
    until: "to",
    windowFrom: "counted from",
  },
  de: {
    total: "Summe",
    included: (rate, tax) => `darin ${rate} % Steuer: ${tax}`,
    onTop: (rate, tax) => `mit ${rate} % Steuer: ${tax}`,
    draft: "Dieser Preis ist ein Entwurf: Die Tabelle ist zweideutig, und niemand hat die Lesart bestätigt.",
    times: (units) => (units === 1 ? "1 Takt" : `${units} Takte`),
    cap: {
      lineMaximum: (limit) => `Zeile kostet höchstens ${limit}`,
      lineMinimum: (limit) => `Zeile kostet mindestens ${limit}`,
      collectionMaximum: (limit) => `höchstens ${limit}`,
      collectionMinimum: (limit) => `mindestens ${limit}`,
    },
    adjustment: {
      freeMinutes: (minutes) => `die ersten ${minutes} Minuten sind frei`,
      offer: (id) => `Angebot ${id} statt des gewöhnlichen Preises`,
      dailyMaximum: (limit) => `höchstens ${limit} am Tag`,
      maximum: (limit) => `höchstens ${limit} je Aufenthalt`,
      minimum: (limit) => `mindestens ${limit} je Aufenthalt`,
      discount: (code) => `Rabatt ${code}`,
    },
    until: "bis",
    windowFrom: "gezählt ab",
  },
};

/** One step of a price: when it began and what it costs; `amountMinor` null: it explains the steps before it. */
export type QuotePart = { readonly at: Instant | null; readonly text: string; readonly amountMinor: MinorUnits | null };

/** Charges, caps and adjustments; the amounts add up to the quote's total. */
export function quoteParts(quote: Quote, zone: Zone, language: Language): readonly QuotePart[] {
  const words = WORDS[language];
  const money = (minor: number): string => majorText(minor, quote.currency);
  return [
    ...quote.charges.map((charge): QuotePart => ({
      at: charge.from, amountMinor: charge.amountMinor,
      text: `${charge.line}, ${words.times(charge.units)}, ` +
        `${zone.localText(charge.from)} ${words.until} ${zone.localText(charge.to)}` +
        (charge.uncappedMinor === charge.amountMinor ? "" : ` (${money(charge.uncappedMinor)})`),
    })),
    ...quote.caps.filter((cap) => cap.by === "collectionMinimum")
      .map((cap): QuotePart => ({ at: null, amountMinor: cap.amountMinor, text: `${cap.collection}: ${words.cap[cap.by](money(cap.limitMinor))}` })),
    ...quote.caps.filter((cap) => cap.by !== "collectionMinimum")
      .map((cap): QuotePart => ({
        at: null, amountMinor: null,
        text: `${cap.line ?? cap.collection}: ${words.cap[cap.by](money(cap.limitMinor))}, ${words.windowFrom} ${zone.localText(cap.windowFrom)}`,
      })),
    ...quote.adjustments.map((adjustment): QuotePart =>
      ({ at: null, amountMinor: adjustment.amountMinor, text: adjustmentText(adjustment, words, money) })),
  ];
}

export function quoteLines(quote: Quote, zone: Zone, language: Language): readonly string[] {
  const words = WORDS[language];
  const money = (minor: number): string => majorText(minor, quote.currency);
  const column = (minor: number | null, text: string): string => `${(minor === null ? "" : money(minor)).padStart(10)}  ${text}`;
  return [
    ...quoteParts(quote, zone, language).map(({ amountMinor, text }) => column(amountMinor, text)),
    column(quote.totalMinor, `${words.total} ${quote.currency}`),
    ...quote.taxes.flatMap((share) => share.taxMinor === undefined || share.ratePercent === undefined ? []
      : [column(null, (share.included ? words.included : words.onTop)(share.ratePercent, money(share.taxMinor)))]),
    ...(quote.draft ? [words.draft] : []),
  ];
}

function adjustmentText(adjustment: Adjustment, words: Words, money: (minor: number) => string): string {
  const text = words.adjustment[adjustment.type];
  switch (adjustment.type) {
    case "freeMinutes": return text(String(adjustment.minutes));
    case "offer": return text(adjustment.id);
    case "discount": return text(adjustment.code);
    case "dailyMaximum":
    case "maximum":
    case "minimum": return text(money(adjustment.limitMinor));
  }
}

/** Why there is no price, and what to do next. */
export function refusalText(refusal: QuoteRefusal, zone: Zone, language: Language): string {
  return refusal.type === "notPermitted" ? reasonText(refusal.reason, zone, language)
    : wrongText(refusal, language);
}

function reasonText(reason: NoPriceReason, zone: Zone, language: Language): string {
  const en = language === "en";
  switch (reason.type) {
    case "longerThanMaxTime":
      return en ? `Not permitted: ${reason.collection} offers at most ${lengthText(reason.maxTimeMs)}.`
        : `Nicht erlaubt: ${reason.collection} gilt für höchstens ${lengthText(reason.maxTimeMs)}.`;
    case "noLineCovers":
      return en ? `Not permitted: ${reason.collection} has no price from ${zone.localText(reason.at)}, ${lengthText(reason.position)} into the stay.`
        : `Nicht erlaubt: ${reason.collection} hat keinen Preis ab ${zone.localText(reason.at)}, ${lengthText(reason.position)} nach Beginn.`;
    case "noTableInForce":
      return en ? `Not permitted: no rate table is in force at ${zone.localText(reason.at)}.`
        : `Nicht erlaubt: Um ${zone.localText(reason.at)} gilt keine Preistabelle.`;
    case "tableNotValid":
      return en ? `Not permitted: ${reason.table} is not valid at ${zone.localText(reason.at)}.`
        : `Nicht erlaubt: ${reason.table} ist um ${zone.localText(reason.at)} nicht gültig.`;
  }
}

const WRONG: Readonly<Record<IntervalsWrong["reason"], readonly [string, string]>> = {
  notInstants: ["is not made of instants in milliseconds", "besteht nicht aus Zeitpunkten in Millisekunden"],
  endsBeforeStart: ["ends before it starts", "endet vor seinem Beginn"],
  overlapOrOrder: ["starts before the one before it ends", "beginnt vor dem Ende des vorigen"],
  tooMany: ["is one too many", "ist eines zu viel"],
  tooLong: ["makes the stay longer than ten years", "macht den Aufenthalt länger als zehn Jahre"],
};

const wrongText = ({ reason, index }: IntervalsWrong, language: Language): string =>
  language === "en" ? `Interval ${index + 1} ${WRONG[reason][0]}.`
    : `Intervall ${index + 1} ${WRONG[reason][1]}.`;

/** `3 h 05 min`. */
export function lengthText(ms: number): string {
  const hours = Math.floor(ms / HOUR);
  const minutes = Math.floor((ms % HOUR) / MINUTE);
  const seconds = Math.round((ms % MINUTE) / 1_000);
  return `${hours} h ${String(minutes).padStart(2, "0")} min${seconds > 0 ? ` ${seconds} s` : ""}`;
}
