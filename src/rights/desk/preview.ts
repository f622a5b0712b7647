/**
 * What a staff act would change, before it is confirmed: who would owe what, and which stay would be covered how.
 *
 *   state --copy--> the act is decided there --compare--> stays whose amount or cover differs
 *
 * Promise: the state that was asked is the state after.
 */
import type { Instant } from "../../kernel/instant.ts";
import type { Currency, MinorUnits } from "../../kernel/money.ts";
import { type Result, err, ok } from "../../kernel/result.ts";
import type { Cover } from "../coverage/scene.ts";
import { sameCover } from "../coverage/scene.ts";
import type { PriceRefusal } from "../coverage/price.ts";
import type { AccountId, CredentialRef, StayId } from "../timeline/facts.ts";
import { machinePrice, owedBy } from "./billing.ts";
import type { StaffCommand } from "./command.ts";
import { decideRights } from "./decide.ts";
import { configOf } from "./deciding.ts";
import type { RightsRefusal } from "./refusal.ts";
import type { Payer, Rights, Stay } from "./state.ts";

export type PreviewedAct = Extract<StaffCommand, { readonly type: "SetNeutral" | "CloseStay" | "StaffAdmit" | "StaffRelease" }>;

/** What a stay costs; null: it is not charged to anybody yet, or does not exist. */
export type Owes = { readonly nowMinor: MinorUnits; readonly untilMinor: MinorUnits };
export type PreviewedStay = {
  readonly stay: StayId; readonly account: AccountId | null; readonly credential: CredentialRef; readonly payer: Payer;
  readonly before: Owes | null; readonly after: Owes | null;
  /** Of an open stay; null: it is not open. */
  readonly coverBefore: Cover | null; readonly coverAfter: Cover | null;
};
/** Only stays that would differ, in entry order; `until`: if nothing else happens until then. */
export type Preview = {
  readonly now: Instant; readonly until: Instant; readonly currency: Currency; readonly stays: readonly PreviewedStay[];
  readonly beforeMinor: MinorUnits; readonly afterMinor: MinorUnits;
};

export function previewOf(
  state: Rights, act: PreviewedAct, now: Instant, until: Instant,
): Result<Preview, RightsRefusal> {
  const copy = structuredClone(state);
  const before = standingOfAll(state, now, until);
  if (!before.ok) return before;
  const { refusal } = decideRights(copy, act, { now, actor: null });
  if (refusal) return err(refusal);
  const after = standingOfAll(copy, now, until);
  if (!after.ok) return after;
  const stays = compared(before.value, after.value);
  const total = (side: "before" | "after"): number => stays.reduce((sum, stay) => sum + (stay[side]?.untilMinor ?? 0), 0);
  return ok({ now, until, currency: configOf(state).currency, stays, beforeMinor: total("before"), afterMinor: total("after") });
}

type Standing = { readonly stay: Stay; readonly owes: Owes | null; readonly cover: Cover | null };

function compared(before: ReadonlyMap<StayId, Standing>, after: ReadonlyMap<StayId, Standing>): readonly PreviewedStay[] {
  const found: (PreviewedStay & { readonly order: number })[] = [];
  for (const id of new Set([...before.keys(), ...after.keys()])) {
    const [was, is] = [before.get(id), after.get(id)];
    const stay = is?.stay ?? was?.stay;
    if (!stay || (was && is && sameOwes(was.owes, is.owes) && bothCover(was.cover, is.cover))) continue;
    found.push({
      stay: id, order: stay.order, account: stay.account, credential: stay.credential, payer: stay.payer,
      before: was?.owes ?? null, after: is?.owes ?? null, coverBefore: was?.cover ?? null, coverAfter: is?.cover ?? null,
    });
  }
  return found.sort((a, b) => a.order - b.order).map(({ order: _, ...stay }) => stay);
}

const sameOwes = (a: Owes | null, b: Owes | null): boolean =>
  a === b || (a !== null && b !== null && a.nowMinor === b.nowMinor && a.untilMinor === b.untilMinor);
const bothCover = (a: Cover | null, b: Cover | null): boolean => a === b || (a !== null && b !== null && sameCover(a, b));

/** Every stay that is known, with what it costs its account or at the machine. */
function standingOfAll(state: Rights, now: Instant, until: Instant): Result<ReadonlyMap<StayId, Standing>, RightsRefusal> {
  const found = new Map<StayId, Standing>();
  const notPriced = ({ type }: PriceRefusal): Result<never, RightsRefusal> => err({ type: "notPriced", because: type });
  const coverOf = (stay: Stay): Cover | null => (stay.end === null ? stay.cover : null);
  for (const account of state.accounts.values()) {
    const [owedNow, owedUntil] = [owedBy(state, account, now), owedBy(state, account, until)];
    if (!owedNow.ok) return notPriced(owedNow.error);
    if (!owedUntil.ok) return notPriced(owedUntil.error);
    const amounts = new Map(owedNow.value.map(({ id, amountMinor }) => [id, amountMinor]));
    for (const { id, stay, amountMinor } of owedUntil.value) {
      if (stay) found.set(id, { stay, cover: coverOf(stay), owes: { nowMinor: amounts.get(id) ?? 0, untilMinor: amountMinor } });
    }
  }
  for (const id of state.accountOfOpen.keys()) {
    const account = state.accounts.get(state.accountOfOpen.get(id) ?? "") ?? null;
    const stay = account ? account.stays.get(id) : state.visitors.get(id);
    if (!stay || found.has(id)) continue;
    if (stay.payer !== "machine") {
      found.set(id, { stay, cover: coverOf(stay), owes: null });
      continue;
    }
    const [atNow, atUntil] = [machinePrice(state, { stay, account }, now), machinePrice(state, { stay, account }, until)];
    if (!atNow.ok) return notPriced(atNow.error);
    if (!atUntil.ok) return notPriced(atUntil.error);
    found.set(id, { stay, cover: stay.cover, owes: { nowMinor: atNow.value.amountMinor, untilMinor: atUntil.value.amountMinor } });
  }
  return ok(found);
}
