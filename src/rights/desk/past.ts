/**
 * What lies before the first mark, worked out again from all facts of an account.
 *
 *   journal --factOf--> facts alone (a desk that settles nothing) --settlePast, in slices--> SettledPast --event--> desk
 *
 * Promise: a desk that is told so has, before and after its first mark, the coverage that a walk from the beginning
 * over the same facts gives; what that changes of stays it has let go of is on the next statement (property test).
 */
import { DAY, type Instant } from "../../kernel/instant.ts";
import { type Result, err, ok } from "../../kernel/result.ts";
import { chargeable } from "../coverage/coverage.ts";
import { type PriceRefusal, totalOf } from "../coverage/price.ts";
import { BEGINNING, type Live, type Scene, type Segment, type Sweep } from "../coverage/scene.ts";
import { walk } from "../coverage/sweep.ts";
import type { ContractId, StayId } from "../timeline/facts.ts";
import { type Presence, byEntry, endInstant, provenForItselfOnly } from "../timeline/presence.ts";
import { because } from "../why.ts";
import { tariffsOf } from "./billing.ts";
import type { RightsCommand } from "./command.ts";
import { addSegment, factsOf, presenceIn, sceneOf } from "./covering.ts";
import { type RightsDeciding, zoneAt } from "./deciding.ts";
import type { RightsRefusal } from "./refusal.ts";
import type { Account, Rights, Stay, Unbilled } from "./state.ts";

/** What statements have charged so far of a stay, and on which first. */
type Billed = { readonly statement: string; readonly amountMinor: number } | null;
/** What changed of a stay the desk has let go of, or lets go of now. */
export type PastItem = Unbilled & { readonly billed: Billed; readonly letGo: boolean };
export type SettledPast = {
  /** The first mark, and what holds just before it. */
  readonly horizon: Instant;
  readonly live: readonly (Omit<Live, "presence"> & { readonly stay: StayId })[];
  readonly valid: readonly ContractId[];
  /** Let go of, and now known to have lasted beyond it: the desk keeps them again. */
  readonly again: readonly { readonly stay: Stay; readonly billed: Billed }[];
  /** Of the stays the desk keeps, what ended before it. */
  readonly segments: readonly { readonly stay: StayId; readonly segments: readonly Segment[] }[];
  readonly items: readonly PastItem[];
  /** There are more items; they are settled next. */
  readonly more: boolean;
};

/** What must still be so when it is told; otherwise it was overtaken and is worked out again. */
export type AsOf = { readonly horizon: Instant; readonly pastFacts: number; readonly stated: number };
export const asOf = (account: Account): AsOf =>
  ({ horizon: account.marks[0]!.sweep.at, pastFacts: account.pastFacts, stated: account.statedMonths.size });

/** Whether the facts are those the desk has: the late ones, and what statements have charged. */
export function isAsOf(facts: Rights, account: string, { pastFacts, stated }: AsOf): boolean {
  const all = facts.accounts.get(account);
  return all !== undefined && all.pastFacts === pastFacts && all.statedMonths.size === stated;
}

/** Items of one event, so that it stays small. */
const ITEMS_MAX = 2_000;
/** Stays priced in one slice. */
const PRICED_AT_ONCE = 200;

export function decidePast(d: RightsDeciding, command: RightsCommand & { readonly type: "SettlePast" }): RightsRefusal | null {
  const account = d.state.accounts.get(command.account);
  if (!account) return { type: "accountUnknown", account: command.account };
  const now = asOf(account);
  const same = command.asOf.horizon === now.horizon && command.asOf.pastFacts === now.pastFacts && command.asOf.stated === now.stated;
  if (account.past === null || !same) return { type: "nothingToDo", what: "past" };
  d.emit({ type: "PastSettled", account: command.account, ...command.settled });
  return null;
}

/**
 * Works out what late facts have changed; take one slice at a time and let others work between. `facts` has all facts
 * of the account up to now, `desk` is the one to be told, `since` the earliest instant a late fact reached back to.
 */
export function* settlePast(
  facts: Rights, desk: Rights, accountId: string, since: Instant,
): Generator<void, Result<SettledPast, PriceRefusal>> {
  const [all, kept] = [facts.accounts.get(accountId), desk.accounts.get(accountId)];
  if (!all || !kept) return ok({ horizon: BEGINNING.at, live: [], valid: [], again: [], segments: [], items: [], more: false });
  const horizon = kept.marks[0]!.sweep.at;
  const scene = sceneOf(facts, all);
  const stays = [...all.stays.values()];
  const common = yield* covered(scene, stays.map((stay) => presenceIn(facts, stay)).sort(byEntry), horizon);
  const again = stays.filter((stay) => !kept.stays.has(stay.id) && presenceIn(facts, stay).to >= horizon);
  const keptThen = new Set([...kept.stays.keys(), ...again.map(({ id }) => id)]);
  const items: PastItem[] = [];
  let priced = 0;
  for (const stay of stays) {
    const place = placeOf(stay, facts, keptThen, horizon, since);
    if (place === "elsewhere") continue;
    const segments = place === "itself" ? yield* ownOf(facts, scene, stays, stay) : common.segments.get(stay.id) ?? [];
    const item = itemOf(facts, all, kept, stay, segments, since);
    if (!item.ok) return item;
    if (item.value && items.push({ ...item.value, letGo: kept.stays.has(stay.id) }) >= ITEMS_MAX) break;
    priced += 1;
    if (priced % PRICED_AT_ONCE === 0) yield;
  }
  return ok({
    horizon, valid: common.sweep.valid,
    again: again.map((stay) => ({ stay, billed: all.billed.get(stay.id) ?? null })),
    live: [...common.sweep.live].filter(([id]) => keptThen.has(id)).map(([stay, { cover, since: from, kept: held }]) => ({ stay, cover, since: from, kept: held })),
    segments: stays.filter(({ id, enteredAt }) => keptThen.has(id) && enteredAt < horizon)
      .map(({ id }) => ({ stay: id, segments: common.segments.get(id) ?? [] })),
    items, more: items.length >= ITEMS_MAX,
  });
}

/**
 * How a stay is settled here: with the others, as it judges itself (proved, while it counts absent for them), or not
 * here, because the desk does it.
 */
function placeOf(stay: Stay, facts: Rights, kept: ReadonlySet<StayId>, horizon: Instant, since: Instant): "common" | "itself" | "elsewhere" {
  if (stay.payer !== "account" || stay.end === null || endInstant(stay.enteredAt, stay.end, facts.policy) < since) return "elsewhere";
  const itself = stay.neutralAt !== null && stay.neutralAt < horizon && provenForItselfOnly(factsOf(stay), facts.policy);
  if (kept.has(stay.id)) return itself ? "itself" : "elsewhere";
  return provenForItselfOnly(factsOf(stay), facts.policy) ? "itself" : "common";
}

function itemOf(
  facts: Rights, all: Account, kept: Account, stay: Stay, segments: readonly Segment[], since: Instant,
): Result<Omit<PastItem, "letGo"> | null, PriceRefusal> {
  const charged = chargeable(segments);
  const total = charged.length === 0 ? ok(0) : totalOf(charged, tariffsOf(facts, all, stay.agreement), zoneAt(facts));
  if (!total.ok) return err(total.error);
  const billed = all.billed.get(stay.id) ?? null;
  const known = kept.unbilled.get(stay.id)?.amountMinor ?? (kept.stays.has(stay.id) ? null : billed?.amountMinor);
  if (known === total.value || stay.end === null) return ok(null);
  return ok({
    id: stay.id, credential: stay.credential, from: stay.enteredAt, to: endInstant(stay.enteredAt, stay.end, facts.policy), charged,
    amountMinor: total.value, billed, why: because("correctedLate", { since: dayText(facts, Math.max(since, stay.enteredAt)), told: dayText(facts, facts.now) }),
  });
}

function dayText(facts: Rights, at: Instant): string {
  const { year, month, day } = zoneAt(facts).wallOf(at);
  return `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

type Covered = { readonly sweep: Sweep; readonly segments: ReadonlyMap<StayId, readonly Segment[]> };

/** Coverage from the beginning to just before `until`, a week at a time. */
function* covered(scene: Scene, presences: readonly Presence[], until: Instant): Generator<void, Covered> {
  const segments = new Map<StayId, Segment[]>();
  const keep = (stay: StayId, segment: Segment): void => addSegment(segments, stay, segment);
  let sweep = BEGINNING;
  let next = 0;
  let here: Presence[] = [];
  for (let to = Math.min(until, (presences[0]?.from ?? until) + WALKED_AT_ONCE); ; to = Math.min(until, to + WALKED_AT_ONCE)) {
    while (next < presences.length && presences[next]!.from < to) here.push(presences[next++]!);
    sweep = walk(sweep, scene, here, to, keep);
    if (to >= until) return { sweep, segments };
    here = here.filter((presence) => presence.to >= to);
    yield;
  }
}
const WALKED_AT_ONCE = 7 * DAY;

/** To its end, with everybody else judged as they are. */
function* ownOf(facts: Rights, scene: Scene, stays: readonly Stay[], own: Stay): Generator<void, readonly Segment[]> {
  if (own.end === null) return [];
  const presences = stays.map((stay) => presenceIn(facts, stay, stay === own)).sort(byEntry);
  const end = endInstant(own.enteredAt, own.end, facts.policy);
  const { segments } = yield* covered(scene, presences, end + 1);
  return segments.get(own.id) ?? [];
}
