/**
 * The receipt (seed 002): City administration and its address, the car park's address, VAT number, date, amount;
 * and what became of the cash: change, and what could not be paid out.
 */
import type { Instant } from "../kernel/instant.ts";
import type { MinorUnits } from "../kernel/money.ts";
import { paymentRef } from "../carpark/paystation/reference.ts";
import { groupedTicketNumber } from "../carpark/ticket/ticket-number.ts";
import type { TicketNumber } from "../carpark/ticket/ticket.ts";
import type { FacilityConfig } from "../carpark/facility/config.ts";
import { dateTimeText, moneyText } from "../messages/format.ts";
import type { Locale } from "../messages/locale.ts";
import { BLANK, type Paper, RULE, centred, heading, left, paperOf, row, strongRow } from "./paper.ts";
import { DOCUMENT_WORDS } from "./words.ts";

export type PaidBy =
  | { readonly means: "cash"; readonly insertedMinor: MinorUnits; readonly changeMinor: MinorUnits; readonly retainedMinor: MinorUnits }
  | { readonly means: "card"; readonly scheme: string; readonly lastDigits: string | null }
  | { readonly means: "waived" };

export type Receipt = {
  readonly payment: number;
  readonly ticket: TicketNumber;
  readonly paidAt: Instant;
  /** The stay that was paid, when it is known. */
  readonly stay: { readonly from: Instant; readonly to: Instant } | null;
  readonly chargeMinor: MinorUnits;
  readonly taxMinor: MinorUnits;
  readonly paidBy: PaidBy;
};

/** Who prints it; taken from the facility's configuration. */
export type Letterhead = Pick<FacilityConfig, "name" | "address" | "administration" | "zone" | "currency" | "taxRateBp">;

export function receiptPaper(receipt: Receipt, site: Letterhead, locale: Locale): Paper {
  const words = DOCUMENT_WORDS[locale];
  const money = (amountMinor: MinorUnits): string => moneyText(locale, amountMinor, site.currency);
  const time = (at: Instant): string => dateTimeText(locale, at, site.zone);
  const title = `${words.receipt} ${paymentRef(receipt.payment)}`;
  return paperOf(title, [
    ...letterhead(site, words.vatNumber), heading(words.receipt), BLANK,
    row(words.receiptNumber, paymentRef(receipt.payment)), row(words.date, time(receipt.paidAt)),
    row(words.ticket, groupedTicketNumber(receipt.ticket)),
    ...(receipt.stay ? [row(words.from, time(receipt.stay.from)), row(words.to, time(receipt.stay.to))] : []),
    RULE, strongRow(words.total, money(receipt.chargeMinor)),
    row(`${words.vatContained} ${percent(site.taxRateBp, locale)}`, money(receipt.taxMinor)), RULE,
    ...paidByLines(receipt.paidBy, words, money),
  ]);
}

export function letterhead(site: Letterhead, vatWord: string): string[] {
  const { administration } = site;
  return [
    centred(administration.name), centred(administration.address), centred(`${vatWord} ${administration.vatNumber}`), BLANK,
    centred(site.name), centred(site.address), BLANK,
  ];
}

type Words = (typeof DOCUMENT_WORDS)[Locale];

function paidByLines(paidBy: PaidBy, words: Words, money: (amountMinor: MinorUnits) => string): string[] {
  switch (paidBy.means) {
    case "cash":
      return [
        row(`${words.cash}, ${words.given}`, money(paidBy.insertedMinor)), row(words.change, money(paidBy.changeMinor)),
        ...(paidBy.retainedMinor > 0 ? [strongRow(words.retained, money(paidBy.retainedMinor)), left(words.retainedNote)] : []),
      ];
    case "card":
      return [row(words.card, paidBy.lastDigits === null ? paidBy.scheme : `${paidBy.scheme} **** ${paidBy.lastDigits}`)];
    case "waived":
      return [left(words.waived)];
  }
}

/** Hundredths of a percent as "10 %", "19.5 %". */
const percent = (rateBp: number, locale: Locale): string =>
  `${String(rateBp / 100).replace(".", locale === "de" ? "," : ".")} %`;

