/**
 * What giving an exit time from before what the desk keeps would change, before it is confirmed.
 *
 *   desk --copy--> the act, then what the journal makes of it --compare--> stays whose amount or cover differs
 *
 * Promise: the desk that was asked is the desk after; `facts` are used up.
 */
import type { Instant } from "../../kernel/instant.ts";
import { type Result, err, ok } from "../../kernel/result.ts";
import type { AccountId, StayId } from "../timeline/facts.ts";
import type { StaffCommand } from "./command.ts";
import { copyFor } from "./copy.ts";
import { decideRights } from "./decide.ts";
import { configOf } from "./deciding.ts";
import { evolveRights } from "./evolve.ts";
import { factOf } from "./past-facts.ts";
import { type PastItem, settlePast } from "./past.ts";
import { type Ordered, type Preview, compared, previewed, standingOf } from "./preview.ts";
import type { RightsRefusal } from "./refusal.ts";
import type { Rights } from "./state.ts";

export type PastAct = Extract<StaffCommand, { readonly type: "CloseStay" | "GivePastExit" }>;

export function* previewPast(
  state: Rights, facts: Rights, account: AccountId, act: PastAct, now: Instant, until: Instant,
): Generator<void, Result<Preview, RightsRefusal>> {
  const copy = copyFor(state, [account], act.type === "CloseStay" ? act.credential : null);
  decideRights(copy, { type: "Advance" }, { now, actor: null });
  yield;
  const before = yield* standingOf(copy, [account], now, until);
  if (!before.ok) return before;
  const { refusal, events } = decideRights(copy, act, { now, actor: null });
  if (refusal) return err(refusal);
  for (const event of events) {
    const fact = factOf(facts, event, account);
    if (fact) evolveRights(facts, fact);
  }
  yield;
  const since = copy.accounts.get(account)?.past?.since;
  const settled = since === undefined ? null : yield* settlePast(facts, copy, account, since);
  if (settled && !settled.ok) return err({ type: "notPriced", because: settled.error.type });
  if (settled) evolveRights(copy, { type: "PastSettled", account, ...settled.value, at: now });
  yield;
  const after = yield* standingOf(copy, [account], now, until);
  if (!after.ok) return after;
  const found = new Map<StayId, Ordered>(compared(before.value, after.value).map((one) => [one.stay, one]));
  for (const item of settled?.value.items ?? []) {
    const row = rowOf(state, facts, account, item);
    if (row) found.set(item.id, row);
  }
  return ok(previewed(configOf(state).currency, [...found.values()].filter(differs), now, until));
}

/** Of a stay that is over, so that it owes the same now and later. */
function rowOf(state: Rights, facts: Rights, account: AccountId, { id, credential, amountMinor, billed }: PastItem): Ordered | null {
  const stay = facts.accounts.get(account)?.stays.get(id);
  if (!stay) return null;
  const known = state.accounts.get(account)?.unbilled.get(id)?.amountMinor ?? billed?.amountMinor ?? 0;
  return {
    stay: id, order: stay.order, account, credential, payer: stay.payer, coverBefore: null, coverAfter: null,
    before: { nowMinor: known, untilMinor: known }, after: { nowMinor: amountMinor, untilMinor: amountMinor },
  };
}

const differs = ({ before, after, coverBefore, coverAfter }: Ordered): boolean =>
  before?.nowMinor !== after?.nowMinor || before?.untilMinor !== after?.untilMinor || coverBefore !== coverAfter;
