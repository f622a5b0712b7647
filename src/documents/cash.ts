/** What staff printed at a pay station or a till: coins filled in, a hopper emptied, a cash box exchanged, cash moved. */
import type { Instant } from "../kernel/instant.ts";
import type { MinorUnits } from "../kernel/money.ts";
import type { FacilityEvent, Recorded } from "../carpark/facility/event.ts";
import { type Tender, valueOf } from "../carpark/paystation/paystation.ts";
import { dateTimeText, moneyText } from "../messages/format.ts";
import type { Locale } from "../messages/locale.ts";
import { BLANK, type Paper, RULE, heading, left, paperOf, row, strongRow } from "./paper.ts";
import { type Letterhead, letterhead } from "./receipt.ts";
import { DOCUMENT_WORDS, type DocumentWords } from "./words.ts";

const CASH_ACTS = ["HopperFilled", "HopperEmptied", "CashBoxExchanged", "TillCashMoved"] as const;
export type CashAct = Extract<FacilityEvent, { readonly type: (typeof CASH_ACTS)[number] }>;

export const isCashAct = (event: Recorded): event is Recorded<CashAct> => (CASH_ACTS as readonly string[]).includes(event.type);

/** @param placeName the pay station's or till's; @param by name of the member of staff who signs */
export function cashPaper(event: Recorded<CashAct>, seq: number, placeName: string, by: string, site: Letterhead, locale: Locale): Paper {
  const words = DOCUMENT_WORDS[locale];
  const money = (amountMinor: MinorUnits): string => moneyText(locale, amountMinor, site.currency);
  const at = (time: Instant): string => dateTimeText(locale, time, site.zone);
  const title = titleOf(event, words);
  return paperOf(`${title} ${seq}`, [
    ...letterhead(site, words.vatNumber), heading(title), BLANK,
    row(words.number, String(seq)), row(event.type === "TillCashMoved" ? words.till : words.station, placeName), row(words.date, at(event.at)), RULE,
    ...linesOf(event, words, money), RULE, BLANK, left(`${words.signature} ........................ ${by}`),
  ]);
}

function titleOf(event: CashAct, words: DocumentWords): string {
  switch (event.type) {
    case "HopperFilled": return words.hopperFilled;
    case "HopperEmptied": return words.hopperEmptied;
    case "CashBoxExchanged": return words.cashBoxExchanged;
    case "TillCashMoved": return event.to === "vault" ? words.cashDropped : words.cashAdded;
  }
}

function linesOf(event: CashAct, words: DocumentWords, money: (amountMinor: MinorUnits) => string): string[] {
  const pieces = (count: number, denominationMinor: MinorUnits) => row(`${count} x ${money(denominationMinor)}`, money(count * denominationMinor));
  const compared = (bookedMinor: MinorUnits, countedMinor: MinorUnits) =>
    [row(words.booked, money(bookedMinor)), strongRow(words.counted, money(countedMinor)), strongRow(words.variance, money(countedMinor - bookedMinor))];
  switch (event.type) {
    case "HopperFilled":
      return [pieces(event.count, event.denominationMinor), strongRow(words.total, money(event.count * event.denominationMinor))];
    case "HopperEmptied":
      return [pieces(event.counted, event.denominationMinor), ...compared(event.booked * event.denominationMinor, event.counted * event.denominationMinor)];
    case "CashBoxExchanged":
      return [...filled(event.counted).map(({ count, denominationMinor }) => pieces(count, denominationMinor)), ...compared(valueOf(event.booked), valueOf(event.counted))];
    case "TillCashMoved":
      return [strongRow(words.total, money(event.amountMinor)), left(`${words.reason}: ${event.reason}`)];
  }
}

const filled = (tenders: readonly Tender[]): readonly Tender[] => tenders.filter(({ count }) => count > 0);
