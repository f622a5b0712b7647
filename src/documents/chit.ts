/** The chit: change or a refund the machine could not pay out; the office pays it against this paper, once. */
import type { Instant } from "../kernel/instant.ts";
import type { MinorUnits } from "../kernel/money.ts";
import { chitRef, paymentRef } from "../carpark/paystation/reference.ts";
import { dateTimeText, moneyText } from "../messages/format.ts";
import type { Locale } from "../messages/locale.ts";
import { BLANK, type Paper, RULE, centred, heading, paperOf, row, strongRow } from "./paper.ts";
import { type Letterhead, letterhead } from "./receipt.ts";
import { DOCUMENT_WORDS } from "./words.ts";

export type ChitPaper = {
  readonly chit: number;
  readonly payment: number | null;
  readonly station: string;
  readonly amountMinor: MinorUnits;
  readonly issuedAt: Instant;
};

export function chitPaper(chit: ChitPaper, site: Letterhead, locale: Locale): Paper {
  const words = DOCUMENT_WORDS[locale];
  return paperOf(`${words.chit} ${chitRef(chit.chit)}`, [
    ...letterhead(site, words.vatNumber), heading(words.chit), BLANK,
    row(words.chit, chitRef(chit.chit)), row(words.date, dateTimeText(locale, chit.issuedAt, site.zone)),
    ...(chit.payment === null ? [] : [row(words.payment, paymentRef(chit.payment))]), centred(chit.station), RULE,
    strongRow(words.total, moneyText(locale, chit.amountMinor, site.currency)), RULE, centred(words.chitNote),
  ]);
}
