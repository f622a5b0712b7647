/** The totals of a till's shift as printed when it is closed. */
import type { Instant } from "../kernel/instant.ts";
import type { MinorUnits } from "../kernel/money.ts";
import type { Shift } from "../carpark/office/office.ts";
import { dateTimeText, moneyText } from "../messages/format.ts";
import type { Locale } from "../messages/locale.ts";
import { BLANK, type Paper, RULE, heading, left, paperOf, row, strongRow } from "./paper.ts";
import { type Letterhead, letterhead } from "./receipt.ts";
import { DOCUMENT_WORDS } from "./words.ts";

/** `closed: null`: an interim print of a shift that is still open. */
export type ShiftPaper = Readonly<Shift> & {
  readonly expectedMinor: MinorUnits;
  readonly closed: {
    readonly at: Instant; readonly by: string; readonly countedMinor: MinorUnits; readonly varianceMinor: MinorUnits; readonly reason: string | null;
  } | null;
};

export function shiftPaper(shift: ShiftPaper, site: Letterhead, locale: Locale): Paper {
  const words = DOCUMENT_WORDS[locale];
  const money = (amountMinor: MinorUnits): string => moneyText(locale, amountMinor, site.currency);
  const time = (at: Instant): string => dateTimeText(locale, at, site.zone);
  const { closed } = shift;
  return paperOf(`${words.shift} ${shift.shift}`, [
    ...letterhead(site, words.vatNumber), heading(`${words.shift} ${shift.shift}`), BLANK,
    row(words.till, shift.till), row(words.opened, `${time(shift.openedAt)} ${shift.openedBy}`),
    ...(closed ? [row(words.closed, `${time(closed.at)} ${closed.by}`)] : []), RULE,
    row(words.payments, String(shift.payments)), row(words.float, money(shift.floatMinor)), row(words.cashTaken, money(shift.cashMinor)),
    ...(shift.seasons > 0 ? [row(`${words.seasonsCash} (${shift.seasons})`, money(shift.seasonCashMinor))] : []),
    ...(shift.addedMinor > 0 ? [row(words.cashAdded, money(shift.addedMinor))] : []),
    ...(shift.droppedMinor > 0 ? [row(words.cashDropped, money(-shift.droppedMinor))] : []),
    row(words.refunds, money(-shift.refundedMinor)), row(words.chits, money(-shift.chitsMinor)),
    strongRow(words.expected, money(shift.expectedMinor)),
    ...(closed ? [strongRow(words.counted, money(closed.countedMinor)), strongRow(words.variance, money(closed.varianceMinor))] : []),
    ...(closed?.reason ? [left(`${words.reason}: ${closed.reason}`)] : []), RULE,
    row(words.cardTaken, money(shift.cardMinor)),
    ...(shift.seasons > 0 ? [row(words.seasonsCard, money(shift.seasonCardMinor))] : []), row(words.cardRefunds, money(-shift.cardRefundedMinor)),
    row(words.waivedTotal, money(shift.waivedMinor)), BLANK, BLANK, left(`${words.signature} ........................`),
  ]);
}
