/**
 * Coverage as a walk over the instants at which anything can change.
 *
 *   boundary: entries, exits, contract and booking edges, policy changes
 *      |
 *      v
 *   bookings cover their own parker -> contracts cover the earliest -> what loses a right may keep it -> the rest
 *
 * A sweep stands just before its instant `at`: everything earlier is settled, facts at `at` itself may still
 * come. So events of one instant give one result in whatever order they are told, and going on from a sweep
 * gives what walking from the beginning gives.
 */
import type { Instant } from "../../kernel/instant.ts";
import type { Zone } from "../../kernel/zone.ts";
import { type Dated, type OverflowTerms, type Policy, inForce } from "../policy.ts";
import { type BookedSpan, bookedAt } from "../timeline/booked.ts";
import {
  type BookingId, type Contract, type ContractId, type GrantedSpan, type ParkerId, type StayId, admits, within,
} from "../timeline/facts.ts";
import { grantedAt, nextGrantedEdge } from "../timeline/granted.ts";
import { type Presence, byEntry } from "../timeline/presence.ts";
import { validSpanAt } from "../timeline/window.ts";
import { type Wanting, accept, assign } from "./matching.ts";

/**
 * `kept`: the contract or season ticket named ended or its window closed, and policy lets the begun stay go on free.
 * `external`: a service provider's right; the provider pays for this time.
 */
export type Cover =
  | { readonly type: "booking"; readonly booking: BookingId }
  | { readonly type: "seasonTicket"; readonly right: string }
  | { readonly type: "contract"; readonly contract: ContractId }
  | { readonly type: "kept"; readonly contract: ContractId; readonly because: "expiredRight" | "windowEnd" }
  | { readonly type: "external"; readonly provider: string; readonly right: string }
  | { readonly type: "service"; readonly right: string }
  | { readonly type: "reported" }
  | { readonly type: "uncovered" };

/** A maximal run of one coverage, half-open. */
export type Segment = { readonly from: Instant; readonly to: Instant; readonly cover: Cover };

/** What coverage of one account's stays needs beside them. Contracts by id. */
export type Scene = {
  readonly zone: Zone;
  readonly policy: readonly Dated<Policy>[];
  readonly overflow: readonly Dated<OverflowTerms>[];
  readonly contracts: readonly Contract[];
  readonly booked: readonly BookedSpan[];
};

type Kept = { readonly contract: ContractId; readonly because: "expiredRight" | "windowEnd" };
export type Live = { readonly presence: Presence; readonly cover: Cover; readonly since: Instant; readonly kept: Kept | null };
export type Sweep = { readonly at: Instant; readonly live: ReadonlyMap<StayId, Live>; readonly valid: readonly ContractId[] };
export type Ended = (stay: StayId, segment: Segment) => void;

/** Before every fact. */
export const BEGINNING: Sweep = { at: Number.MIN_SAFE_INTEGER, live: new Map(), valid: [] };

/**
 * Walks on to just before `until`, telling each segment as it ends. `presences` in entry order: those that
 * are live in the sweep, as they are known now, and all that begin later.
 */
export function walk(sweep: Sweep, scene: Scene, presences: readonly Presence[], until: Instant, ended: Ended): Sweep {
  if (until <= sweep.at) return sweep;
  let here: Sweep = refreshed(sweep, presences);
  let active = presences.filter(({ stay }) => here.live.has(stay));
  const coming = presences.filter(({ stay, from }) => !here.live.has(stay) && from >= sweep.at);
  let next = 0;
  for (const at of boundaries(scene, presences, sweep.at, until)) {
    active = active.filter(({ to }) => to > at);
    const newcomers = next < coming.length && coming[next]!.from <= at;
    while (next < coming.length && coming[next]!.from <= at) {
      const one = coming[next++]!;
      if (one.to > at) active.push(one);
    }
    if (newcomers) active.sort(byEntry);
    if (active.length > 0 || here.live.size > 0) here = step(here, scene, active, at, ended);
  }
  return { ...here, at: until };
}

/** What holds at `at`, with everything of that instant: the walk up to it, and one step more. */
export function viewAt(sweep: Sweep, scene: Scene, presences: readonly Presence[], at: Instant, ended: Ended): Sweep {
  const before = walk(sweep, scene, presences, at, ended);
  const active = presences.filter(({ from, to }) => from <= at && to > at).sort(byEntry);
  return step(refreshed(before, presences), scene, active, at, ended);
}

/** A live stay whose end has become known is the same stay. */
function refreshed(sweep: Sweep, presences: readonly Presence[]): Sweep {
  const known = new Map(presences.map((presence) => [presence.stay, presence]));
  const unchanged = [...sweep.live].every(([stay, { presence }]) => {
    const now = known.get(stay);
    return now?.to === presence.to && now.granted === presence.granted;
  });
  if (unchanged) return sweep;
  const live = new Map<StayId, Live>();
  for (const [stay, was] of sweep.live) {
    const presence = known.get(stay);
    if (presence) live.set(stay, { ...was, presence });
  }
  return { ...sweep, live };
}

function boundaries(scene: Scene, presences: readonly Presence[], from: Instant, until: Instant): readonly Instant[] {
  const first = presences.reduce((least, presence) => Math.min(least, presence.from), Infinity);
  const start = Math.max(from, first);
  if (start >= until) return [];
  const inside = new Set<Instant>();
  const add = (at: Instant): void => {
    if (at >= start && at < until) inside.add(at);
  };
  for (const presence of presences) {
    add(presence.from);
    add(presence.to);
  }
  add(start);
  for (let edge = start; edge < until; edge = validSpanAt(scene.contracts, edge, scene.zone).until) add(edge);
  for (const span of scene.booked) {
    add(span.from);
    add(span.to);
  }
  for (const { granted, from: enteredAt, to } of presences) {
    if (granted.length === 0) continue;
    let edge: Instant | null = Math.max(start, enteredAt);
    while (edge !== null && edge < until && edge < to) {
      add(edge);
      edge = nextGrantedEdge(granted, edge, scene.zone);
    }
  }
  for (const { from: changed } of [...scene.policy, ...scene.overflow]) add(changed);
  return [...inside].sort((a, b) => a - b);
}

/** The same stays, and nothing but contracts that could change: coverage goes on as it was. */
const isQuiet = ({ live }: Sweep, scene: Scene, active: readonly Presence[], at: Instant): boolean =>
  live.size === active.length && active.every(({ stay, granted }) => live.has(stay) && granted.length === 0) &&
  scene.booked.every(({ from, to }) => from !== at && to !== at) &&
  scene.policy.every(({ from }) => from !== at) && scene.overflow.every(({ from }) => from !== at);

/** One instant: `active` are the stays present at it, in entry order. */
function step(before: Sweep, scene: Scene, active: readonly Presence[], at: Instant, ended: Ended): Sweep {
  const { contracts: valid, ids } = validSpanAt(scene.contracts, at, scene.zone);
  if (before.valid === ids && isQuiet(before, scene, active, at)) return { ...before, at };
  const booked = new Map<StayId, BookedSpan>();
  for (const { stay, parker } of active) {
    const span = bookedAt(scene.booked, parker, at);
    if (span) booked.set(stay, span);
  }
  const season = (one: Presence): GrantedSpan | undefined => grantedAt(one.granted, "seasonTicket", at, scene.zone);
  const candidates = active.filter((one) => !booked.has(one.stay) && !season(one)).map(({ stay, parker }): Wanting => {
    const cover = before.live.get(stay)?.cover;
    return { stay, parker, current: cover?.type === "contract" ? cover.contract : null };
  });
  const newlyKept = before.valid === ids ? NOBODY : keepers(before, scene, candidates, valid, at);
  const assigned = assign(accept(candidates, valid), valid);
  const live = new Map<StayId, Live>();
  for (const presence of active) {
    const { stay, parker } = presence;
    const was = before.live.get(stay);
    const span = booked.get(stay);
    const ticket = season(presence);
    const kept = was?.kept ?? newlyKept.get(stay) ?? (was && !ticket ? keptSeason(was, scene, at) : null);
    const contract = assigned.get(stay);
    const cover: Cover = span ? { type: "booking", booking: span.booking }
      : ticket ? { type: "seasonTicket", right: ticket.right }
      : contract !== undefined ? { type: "contract", contract }
      : kept !== null ? { type: "kept", ...kept }
      : providedCover(presence, scene, at) ?? (isReported(scene, valid, parker, at) ? { type: "reported" } : { type: "uncovered" });
    if (was && sameCover(was.cover, cover)) {
      live.set(stay, was.presence === presence && was.kept === kept ? was : { ...was, presence, kept });
    }
    else {
      if (was && was.since < at) ended(stay, { from: was.since, to: at, cover: was.cover });
      live.set(stay, { presence, cover, since: at, kept });
    }
  }
  for (const [stay, was] of before.live) {
    if (!live.has(stay) && was.since < at) ended(stay, { from: was.since, to: at, cover: was.cover });
  }
  return { at, live, valid: ids };
}

/** A provider's right, else a service card. */
export function providedCover({ granted }: { readonly granted: readonly GrantedSpan[] }, scene: Scene, at: Instant): Cover | null {
  if (granted.length === 0) return null;
  const external = grantedAt(granted, "external", at, scene.zone);
  if (external) return { type: "external", provider: external.provider ?? "", right: external.right };
  const service = grantedAt(granted, "service", at, scene.zone);
  return service ? { type: "service", right: service.right } : null;
}

/** A season ticket that stopped covering just now, where policy lets the stay keep it. */
function keptSeason({ cover, presence }: Live, scene: Scene, at: Instant): Kept | null {
  if (cover.type !== "seasonTicket") return null;
  const span = presence.granted.find(({ kind, right }) => kind === "seasonTicket" && right === cover.right);
  const because = span && at < span.to ? "windowEnd" : "expiredRight";
  return inForce(scene.policy, at)[because] === "free" ? { contract: cover.right, because } : null;
}

const NOBODY: ReadonlyMap<StayId, Kept> = new Map();

/**
 * Stays that lose their cover because a contract ended (`expiredRight`) or its window closed (`windowEnd`), where
 * policy lets them keep it. Asked of those who were covered, before newcomers and with contracts that begin now.
 */
function keepers(
  before: Sweep, scene: Scene, candidates: readonly Wanting[], valid: readonly Contract[], at: Instant,
): ReadonlyMap<StayId, Kept> {
  const kept = new Map<StayId, Kept>();
  const was = new Set(before.valid);
  const is = new Set(valid);
  const lost = scene.contracts.filter((contract) => was.has(contract.id) && !is.has(contract));
  const covered = candidates.filter(({ current }) => current !== null);
  if (lost.length === 0 || covered.length === 0) return kept;
  const policy = inForce(scene.policy, at);
  const others = candidates.filter(({ stay }) => before.live.has(stay));
  const closing = lost.filter((contract) => within(contract, at));
  const afterExpiry = new Set(accept(others, byId([...valid, ...closing])).map(({ stay }) => stay));
  const afterClosing = new Set(accept(others, valid).map(({ stay }) => stay));
  for (const { stay, current } of covered) {
    if (afterClosing.has(stay)) continue;
    const because = afterExpiry.has(stay) ? "windowEnd" : "expiredRight";
    if (policy[because] === "free") kept.set(stay, { contract: current!, because });
  }
  return kept;
}

const byId = (contracts: readonly Contract[]): readonly Contract[] =>
  [...contracts].sort((a, b) => (a.id < b.id ? -1 : 1));

/** The terms of overflow for a parker: of the first contract that sets one, then the account's, then the facility's. */
export function overflowOf(
  scene: Scene, valid: readonly Contract[], parker: ParkerId, at: Instant,
): { readonly overflow: Policy["overflow"]; readonly overflowLimit: number | null; readonly setBy: "contract" | "account" | "facility" } {
  const account = inForce(scene.overflow, at);
  const facility = inForce(scene.policy, at);
  const own = valid.filter((contract) => admits(contract, parker));
  const byContract = own.find(({ overflow }) => overflow !== null)?.overflow ?? null;
  const limit = own.find(({ overflowLimit }) => overflowLimit !== null)?.overflowLimit ?? account.overflowLimit ?? facility.overflowLimit;
  return {
    overflow: byContract ?? account.overflow ?? facility.overflow, overflowLimit: limit,
    setBy: byContract !== null ? "contract" : account.overflow !== null ? "account" : "facility",
  };
}

const isReported = (scene: Scene, valid: readonly Contract[], parker: ParkerId, at: Instant): boolean =>
  valid.length > 0 && overflowOf(scene, valid, parker, at).overflow === "report";

export function sameCover(a: Cover, b: Cover): boolean {
  switch (a.type) {
    case "booking": return b.type === "booking" && a.booking === b.booking;
    case "contract": return b.type === "contract" && a.contract === b.contract;
    case "seasonTicket": case "service": return b.type === a.type && a.right === b.right;
    case "external": return b.type === "external" && a.provider === b.provider && a.right === b.right;
    case "kept": return b.type === "kept" && a.contract === b.contract && a.because === b.because;
    case "reported": case "uncovered": return a.type === b.type;
  }
}
