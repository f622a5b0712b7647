/**
 * What is out of reach of corrections is forgotten, once a day and account: stays, incidents, bookings, statements.
 * What still has to be billed is kept as its amount until it is.
 */
import type { Instant } from "../../kernel/instant.ts";
import { owedFor, owedSettled } from "./billing.ts";
import { provenForItselfOnly } from "../timeline/presence.ts";
import { factsOf } from "./covering.ts";
import { judgesItself, moveHorizon, reachBack } from "./settling.ts";
import type { Account, Rights } from "./state.ts";

/** For `evolve`. */
export function forgetBeyondReach(state: Rights, account: Account, at: Instant): void {
  const next = account.marks[1];
  if (!next || next.sweep.at > at - state.reach) return;
  // Asked while the marks it is judged from are still there.
  const judged = [...account.stays.values()].filter((stay) => stay.neutralAt !== null && provenForItselfOnly(factsOf(stay), state.policy));
  const owedItself = new Map(judged.map((stay) => [stay.id, owedFor(state, account, stay, at)]));
  const over = moveHorizon(state, account, at - state.reach);
  for (const stay of judged) if (!over.includes(stay) && judgesItself(state, account, stay)) reachBack(account, stay.neutralAt ?? at);
  for (const stay of over) {
    const owed = stay.payer === "account" ? owedItself.get(stay.id) ?? owedSettled(state, account, stay) : null;
    if (owed && (!owed.ok || owed.value.to === null)) {
      // Without a price it can neither be billed nor forgotten.
      account.marks[0]!.left.push(stay.id);
      continue;
    }
    account.stays.delete(stay.id);
    account.segments.delete(stay.id);
    if (!owed || owed.value.to === null || account.billed.get(stay.id)?.amountMinor === owed.value.amountMinor) {
      account.billed.delete(stay.id);
      continue;
    }
    const { id, credential, from, to, charged, amountMinor } = owed.value;
    account.unbilled.set(id, { id, credential, from, to, charged, amountMinor });
  }
  const horizon = account.marks[0]!.sweep.at;
  const incidents = account.incidents.filter((one) => one.at < horizon && account.billed.has(one.id));
  for (const { id } of incidents) account.billed.delete(id);
  account.incidents = account.incidents.filter((one) => !incidents.includes(one));
  const past = new Set(account.booked.filter(({ to }) => to < horizon).map(({ booking }) => booking));
  if (past.size > 0) {
    account.bookings = account.bookings.filter(({ id }) => !past.has(id));
    account.booked = account.booked.filter(({ booking }) => !past.has(booking));
  }
  for (const [month, { issuedAt }] of account.statements) if (issuedAt < horizon) account.statements.delete(month);
}
