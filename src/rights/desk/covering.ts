/**
 * Coverage of one account as the facility keeps it: settled up to `head`, continued on demand.
 *
 *   base (horizon) --walk--> head (last event) --view--> now
 *
 * A fact about the past sets `head` back to `base`; one before the horizon thaws everything and starts from the
 * beginning. A view never changes the account.
 */
import type { Instant } from "../../kernel/instant.ts";
import { BEGINNING, type Scene, type Segment, type Sweep, viewAt, walk } from "../coverage/sweep.ts";
import { presencesOf, segmentsOf } from "../coverage/coverage.ts";
import { nextGrantedEdge } from "../timeline/granted.ts";
import { FOREVER, type StayFacts, type StayId } from "../timeline/facts.ts";
import { type Presence, byEntry, presenceOf, provenForItselfOnly } from "../timeline/presence.ts";
import { validSpanAt } from "../timeline/window.ts";
import { zoneAt } from "./deciding.ts";
import type { Account, Rights, Stay } from "./state.ts";

export const sceneOf = (state: Rights, account: Account): Scene => ({
  zone: zoneAt(state), policy: state.policy, overflow: account.terms, contracts: account.contracts, booked: account.booked,
});

/** Only stays of accounts are covered; they have a parker. */
export const factsOf = (stay: Stay): StayFacts => ({
  id: stay.id, order: stay.order, parker: stay.parker ?? "", enteredAt: stay.enteredAt, end: stay.end,
  neutralAt: stay.neutralAt, provenAt: stay.provenAt, granted: stay.granted,
});

/** Presences that matter at or after `head`, in entry order. */
export function currentPresences(state: Rights, account: Account): readonly Presence[] {
  const presences: Presence[] = [];
  for (const id of account.current) {
    const stay = account.stays.get(id);
    if (stay) presences.push(presenceOf(factsOf(stay), state.policy));
  }
  return presences.sort(byEntry);
}

/** What covers each stay at `at`, which is not before the last event; open neutral stays counted absent are left out. */
export function viewOf(state: Rights, account: Account, at: Instant, presences = currentPresences(state, account)): Sweep {
  return viewAt(account.head, sceneOf(state, account), presences, at, () => {});
}

/** Segments of a stay up to `until`; `sure`: as if it had never been neutral. */
export function segmentsUntil(state: Rights, account: Account, stay: Stay, until: Instant, sure = false): readonly Segment[] {
  const frozen = account.frozen.get(stay.id);
  if (frozen && !sure) return frozen.segments;
  const scene = sceneOf(state, account);
  const facts = factsOf(stay);
  if (stay.neutralAt !== null && (sure || provenForItselfOnly(facts, state.policy))) return ownSegments(account, scene, stay, until);
  const later = segmentsOf(account.head, scene, currentPresences(state, account), until).get(stay.id) ?? [];
  return [...(account.segments.get(stay.id) ?? []), ...later];
}

/** Of a parker nobody knows: what its credential's own rights cover, and the rest. */
export function visitorSegments(state: Rights, stay: Stay, until: Instant): readonly Segment[] {
  const scene: Scene = { zone: zoneAt(state), policy: state.policy, overflow: NO_TERMS, contracts: [], booked: [] };
  return segmentsOf(BEGINNING, scene, [presenceOf(factsOf(stay), state.policy, true)], until).get(stay.id) ?? [];
}
const NO_TERMS: Scene["overflow"] = [{ from: BEGINNING.at, value: { overflow: null, overflowLimit: null } }];

/** Its own coverage, others judged as they are. */
function ownSegments(account: Account, scene: Scene, stay: Stay, until: Instant): readonly Segment[] {
  const all = [...account.stays.values()].map(factsOf);
  if (stay.neutralAt !== null && stay.neutralAt >= account.base.sweep.at) {
    const later = segmentsOf(account.base.sweep, scene, presencesOf(all, scene, stay.id), until).get(stay.id) ?? [];
    return [...(account.base.segments.get(stay.id) ?? []), ...later];
  }
  const thawed = [...account.frozen.values()].map((one) => factsOf(one.stay));
  return segmentsOf(BEGINNING, scene, presencesOf([...thawed, ...all], scene, stay.id), until).get(stay.id) ?? [];
}

/** Common coverage of all stays after the horizon, up to `until`. */
export function segmentsOfAll(state: Rights, account: Account, until: Instant): ReadonlyMap<StayId, readonly Segment[]> {
  const result = new Map<StayId, readonly Segment[]>(account.segments);
  for (const [id, later] of segmentsOf(account.head, sceneOf(state, account), currentPresences(state, account), until)) {
    result.set(id, [...(account.segments.get(id) ?? []), ...later]);
  }
  return result;
}

/** For `evolve`: settles coverage up to just before `at`, and looks for the next edge. */
export function advanceAccount(state: Rights, account: Account, at: Instant): void {
  if (account.current.size > 0) {
    account.head = walk(account.head, sceneOf(state, account), currentPresences(state, account), at, (stay, segment) => {
      const list = account.segments.get(stay);
      if (list) list.push(segment);
      else account.segments.set(stay, [segment]);
    });
    for (const id of account.current) {
      const stay = account.stays.get(id);
      if (!stay || presenceOf(factsOf(stay), state.policy).to < at) account.current.delete(id);
    }
  } else account.head = { ...account.head, at: Math.max(account.head.at, at) };
  const next = account.open.size === 0 ? FOREVER : nextEdge(state, account, at);
  if (next < FOREVER) state.checks.set(account.id, next);
  else state.checks.delete(account.id);
}

function nextEdge(state: Rights, account: Account, at: Instant): Instant {
  const zone = zoneAt(state);
  let next = Math.min(validSpanAt(account.contracts, at, zone).until, FOREVER);
  const soonest = (edge: Instant): void => {
    if (edge > at && edge < next) next = edge;
  };
  for (const { from, to } of account.booked) {
    soonest(from);
    soonest(to);
  }
  for (const { from } of [...state.policy, ...account.terms]) soonest(from);
  for (const id of account.open) {
    const granted = account.stays.get(id)?.granted ?? [];
    if (granted.length > 0) soonest(nextGrantedEdge(granted, at, zone) ?? FOREVER);
  }
  return next;
}

/** For `evolve`: changes facts of a stay and takes back what had been settled too early. */
export function changeStay(state: Rights, account: Account, stay: Stay, change: (stay: Stay) => void): void {
  const before = presenceOf(factsOf(stay), state.policy);
  change(stay);
  const after = presenceOf(factsOf(stay), state.policy);
  account.current.add(stay.id);
  if (before.to === after.to) return;
  invalidate(state, account, Math.min(before.to, after.to));
}

/** Facts from `since` on are not what coverage was settled with. */
export function invalidate(state: Rights, account: Account, since: Instant): void {
  if (since >= account.head.at) return;
  if (since < account.base.sweep.at) {
    for (const [id, { stay }] of account.frozen) account.stays.set(id, stay);
    account.frozen.clear();
    account.base = { sweep: BEGINNING, segments: new Map() };
  }
  account.head = account.base.sweep;
  account.segments = copied(account.base.segments);
  account.current.clear();
  for (const [id, stay] of account.stays) {
    if (presenceOf(factsOf(stay), state.policy).to >= account.head.at) account.current.add(id);
  }
}

const copied = (segments: ReadonlyMap<StayId, readonly Segment[]>): Map<StayId, Segment[]> =>
  new Map([...segments].map(([id, list]) => [id, [...list]]));

/**
 * For `evolve`: what lies before the horizon is settled. Stays that ended before it keep their segments and are
 * looked at again only for a correction; cost from here on is bounded by what came later.
 */
export function moveHorizon(state: Rights, account: Account, horizon: Instant): void {
  if (horizon <= account.base.sweep.at || horizon > account.head.at) return;
  const scene = sceneOf(state, account);
  const segments = copied(account.base.segments);
  const stays = [...account.stays.values()];
  const common = segmentsOfAll(state, account, account.head.at);
  const frozen = stays.filter((stay) => stay.end !== null && presenceOf(factsOf(stay), state.policy, true).to < horizon);
  const settled = new Map(frozen.map((stay): [StayId, readonly Segment[]] =>
    [stay.id, stay.neutralAt === null ? common.get(stay.id) ?? [] : segmentsUntil(state, account, stay, account.head.at)]));
  const sweep = walk(account.base.sweep, scene, presencesOf(stays.map(factsOf), scene), horizon, (stay, segment) => {
    const list = segments.get(stay);
    if (list) list.push(segment);
    else segments.set(stay, [segment]);
  });
  for (const stay of frozen) {
    account.frozen.set(stay.id, { stay, segments: settled.get(stay.id) ?? [] });
    account.stays.delete(stay.id);
    account.segments.delete(stay.id);
    segments.delete(stay.id);
  }
  account.base = { sweep, segments };
}
