/**
 * Coverage of one account as the facility keeps it, asked: what covers each stay now, and what covered it before.
 *
 *   marks (a sweep at most days) --> head (just before the last event) --> view (with its facts)
 *
 * Asking never changes the account; `settling.ts` does, for events.
 */
import type { Instant } from "../../kernel/instant.ts";
import { segmentsOf } from "../coverage/coverage.ts";
import { BEGINNING, type Scene, type Segment, type Sweep } from "../coverage/scene.ts";
import { viewAt } from "../coverage/sweep.ts";
import { Walker } from "../coverage/walker.ts";
import { FOREVER, type StayFacts, type StayId } from "../timeline/facts.ts";
import { type Presence, byEntry, presenceOf, provenForItselfOnly } from "../timeline/presence.ts";
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

export const presenceIn = (state: Rights, stay: Stay, sure = false): Presence =>
  (stay.neutralAt === null && stay.end?.type !== "unseen" ? plainPresence(stay) : presenceOf(factsOf(stay), state.policy, sure));

/** Of nearly every stay: entered, and gone when it was seen to go. */
const plainPresence = ({ id, parker, order, enteredAt, end, granted }: Stay): Presence => ({
  stay: id, parker: parker ?? "", order, from: enteredAt, to: end?.type === "seen" ? end.at : FOREVER, granted,
});

/** By the clock alone, nothing of the account's coverage changes after the view up to and at `at`. */
export const isQuiet = (state: Rights, account: Account, at: Instant): boolean => (state.checks.get(account.id) ?? FOREVER) > at;

/** What covers each stay at `at`, which is not before the last event; open neutral stays counted absent are left out. */
export function viewOf(state: Rights, account: Account, at: Instant): Sweep {
  const { view } = account;
  if (view && view.at <= at && (view.at === at || isQuiet(state, account, at))) return view;
  return viewAt(account.head, sceneOf(state, account), [...account.current.values()], at, () => {});
}

/** The same as if an open stay had just ended. */
export function viewWithout(state: Rights, account: Account, stay: StayId, at: Instant): Sweep {
  const { view } = account;
  if (view && view.at < at && isQuiet(state, account, at)) {
    const walker = new Walker(view, sceneOf(state, account), () => {});
    walker.at(at, [stay], [], false);
    return walker.sweep(at);
  }
  const presences = [...account.current.values()].map((one) => (one.stay === stay ? { ...one, to: Math.min(one.to, at) } : one));
  return viewAt(account.head, sceneOf(state, account), presences, at, () => {});
}

/** Segments of a stay up to `until`, which is not before the last event; `sure`: as if it had never been neutral. */
export function segmentsUntil(state: Rights, account: Account, stay: Stay, until: Instant, sure = false): readonly Segment[] {
  if (stay.neutralAt !== null && (sure || provenForItselfOnly(factsOf(stay), state.policy))) return ownSegments(state, account, stay, until);
  return segmentsOfAll(state, account, until)(stay.id);
}

/** Its own coverage, others judged as they are. */
function ownSegments(state: Rights, account: Account, stay: Stay, until: Instant): readonly Segment[] {
  const scene = sceneOf(state, account);
  const index = markBefore(account, stay.neutralAt ?? stay.enteredAt);
  const mark = account.marks[index]!;
  const presences = presencesSince(state, account, index)
    .map((one) => (one.stay === stay.id ? presenceIn(state, stay, true) : one));
  const later = segmentsOf(mark.sweep, scene, presences, until).get(stay.id) ?? [];
  return [...(account.segments.get(stay.id) ?? []).filter(({ to }) => to < mark.sweep.at), ...later];
}

/** Common coverage of all stays within reach, up to `until`. A list that did not change is the same list. */
export function segmentsOfAll(state: Rights, account: Account, until: Instant): (stay: StayId) => readonly Segment[] {
  const { view } = account;
  let later: ReadonlyMap<StayId, readonly Segment[]>;
  if (view && view.at <= until && (view.at === until || isQuiet(state, account, until))) {
    const found = new Map<StayId, Segment[]>();
    for (const { stay, segment } of account.viewEnded) addSegment(found, stay, segment);
    for (const [stay, { since, cover }] of view.live) if (since < until) addSegment(found, stay, { from: since, to: until, cover });
    later = found;
  } else later = segmentsOf(account.head, sceneOf(state, account), [...account.current.values()], until);
  return (stay) => {
    const [settled, more] = [account.segments.get(stay), later.get(stay)];
    return settled && more ? [...settled, ...more] : settled ?? more ?? NONE;
  };
}
const NONE: readonly Segment[] = [];

export function addSegment(map: Map<StayId, Segment[]>, stay: StayId, segment: Segment): void {
  const list = map.get(stay);
  if (list) list.push(segment);
  else map.set(stay, [segment]);
}

/** Of a parker nobody knows: what its credential's own rights cover, and the rest. */
export function visitorSegments(state: Rights, stay: Stay, until: Instant): readonly Segment[] {
  const scene: Scene = { zone: zoneAt(state), policy: state.policy, overflow: NO_TERMS, contracts: NO_CONTRACTS, booked: [] };
  return segmentsOf(BEGINNING, scene, [presenceIn(state, stay, true)], until).get(stay.id) ?? [];
}
const NO_TERMS: Scene["overflow"] = [{ from: BEGINNING.at, value: { overflow: null, overflowLimit: null } }];
const NO_CONTRACTS: Scene["contracts"] = [];

/** The last mark that stands at or before an instant; the first one stands for all before it. */
export function markBefore(account: Account, at: Instant): number {
  let index = account.marks.length - 1;
  while (index > 0 && account.marks[index]!.sweep.at > at) index -= 1;
  return index;
}

/** A part so small that sorting it is less work than looking at all. */
const FEW = 8;

/** Presences that end after a mark, and doubtful ones that may, in entry order. */
export function presencesSince(state: Rights, account: Account, index: number): readonly Presence[] {
  const ids = new Set(account.marks.slice(index).flatMap(({ left }) => left));
  for (const id of account.current.keys()) ids.add(id);
  const presences: Presence[] = [];
  if (ids.size > account.stays.size / FEW) {
    // Stays are kept in entry order.
    for (const stay of account.stays.values()) if (ids.has(stay.id)) presences.push(presenceIn(state, stay));
    return presences;
  }
  for (const id of ids) {
    const stay = account.stays.get(id);
    if (stay) presences.push(presenceIn(state, stay));
  }
  return presences.sort(byEntry);
}
