/** The books' postings of an event as rows of the journal's ledger, committed with it. */
import { postingsOf } from "../carpark/books/posting.ts";
import type { FacilityCore } from "../carpark/facility/decide.ts";
import type { Recorded } from "../carpark/facility/event.ts";
import type { EssentialRows } from "../journal/journal.ts";

export function ledgerRows(_stream: string, event: Recorded, core: FacilityCore): EssentialRows {
  const postings = postingsOf(event);
  const currency = core.state.config?.currency;
  if (postings.length === 0 || currency === undefined) return {};
  return { ledger: postings.map(({ account, amountMinor }) => ({ account, amountMinor, currency, ref: event.type })) };
}
