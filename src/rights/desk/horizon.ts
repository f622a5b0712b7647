/**
 * What is out of reach of corrections is forgotten, once a day and account: stays, incidents, bookings, statements.
 * What still has to be billed is kept as its amount until it is.
 */
import type { Instant } from "../../kernel/instant.ts";
import { owedFor } from "./billing.ts";
import { REACH, moveHorizon } from "./settling.ts";
import type { Account, Rights } from "./state.ts";

/** For `evolve`. */
export function forgetBeyondReach(state: Rights, account: Account, at: Instant): void {
  const next = account.marks[1];
  if (!next || next.sweep.at > at - REACH) return;
  for (const stay of moveHorizon(state, account, at - REACH)) {
    if (stay.payer === "account" && !account.billed.has(stay.id)) {
      const owed = owedFor(state, account, stay, at);
      if (!owed.ok || owed.value.to === null) {
        // Without a price it can neither be billed nor forgotten.
        account.marks[0]!.left.push(stay.id);
        continue;
      }
      const { id, credential, from, to, charged, amountMinor } = owed.value;
      account.unbilled.set(id, { id, credential, from, to, charged, amountMinor });
    }
    account.stays.delete(stay.id);
    account.segments.delete(stay.id);
    account.billed.delete(stay.id);
  }
  const horizon = account.marks[0]!.sweep.at;
  const over = account.incidents.filter((one) => one.at < horizon && account.billed.has(one.id));
  for (const { id } of over) account.billed.delete(id);
  account.incidents = account.incidents.filter((one) => !over.includes(one));
  const past = new Set(account.booked.filter(({ to }) => to < horizon).map(({ booking }) => booking));
  if (past.size > 0) {
    account.bookings = account.bookings.filter(({ id }) => !past.has(id));
    account.booked = account.booked.filter(({ booking }) => !past.has(booking));
  }
  for (const [month, { issuedAt }] of account.statements) if (issuedAt < horizon) account.statements.delete(month);
}
