/**
 * One instant, everything looked at anew:
 *
 *   bookings and season tickets cover their own -> contracts cover the earliest -> what loses a right may keep it -> the rest
 */
import type { Instant } from "../../kernel/instant.ts";
import { inForce } from "../policy.ts";
import { type BookedSpan, bookedAt } from "../timeline/booked.ts";
import { type Contract, type GrantedSpan, type StayId, within } from "../timeline/facts.ts";
import { grantedAt } from "../timeline/granted.ts";
import type { Presence } from "../timeline/presence.ts";
import { validSpanAt } from "../timeline/window.ts";
import { type Wanting, accept, assign } from "./matching.ts";
import { type Cover, type Ended, type Kept, type Live, type Scene, type Sweep, coverWithout, sameCover } from "./scene.ts";

/** `active` are the stays present at the instant, in entry order. */
export function step(before: Sweep, scene: Scene, active: readonly Presence[], at: Instant, ended: Ended): Sweep {
  const { contracts: valid, ids } = validSpanAt(scene.contracts, at, scene.zone);
  const booked = new Map<StayId, BookedSpan>();
  const seasons = new Map<StayId, GrantedSpan>();
  for (const { stay, parker, granted } of active) {
    const span = bookedAt(scene.booked, parker, at);
    const season = granted.length > 0 ? grantedAt(granted, "seasonTicket", at, scene.zone) : undefined;
    if (span) booked.set(stay, span);
    else if (season) seasons.set(stay, season);
  }
  const candidates = active.filter(({ stay }) => !booked.has(stay) && !seasons.has(stay)).map(({ stay, parker }): Wanting => {
    const cover = before.live.get(stay)?.cover;
    return { stay, parker, current: cover?.type === "contract" ? cover.contract : null };
  });
  const newlyKept = before.valid === ids ? NOBODY : keepers(before, scene, candidates, valid, at);
  const assigned = assign(accept(candidates, valid), valid);
  const live = new Map<StayId, Live>();
  for (const presence of active) {
    const { stay } = presence;
    const was = before.live.get(stay);
    const span = booked.get(stay);
    const season = seasons.get(stay);
    const kept = was?.kept ?? newlyKept.get(stay) ?? (was && !season ? keptSeason(was, scene, at) : null);
    const contract = assigned.get(stay);
    const cover: Cover = span ? { type: "booking", booking: span.booking }
      : season ? { type: "seasonTicket", right: season.right }
      : contract !== undefined ? { type: "contract", contract }
      : coverWithout(presence, kept, scene, valid, at);
    if (was && sameCover(was.cover, cover)) {
      live.set(stay, was.presence === presence && was.kept === kept ? was : { ...was, presence, kept });
    } else {
      if (was && was.since < at) ended(stay, { from: was.since, to: at, cover: was.cover });
      live.set(stay, { presence, cover, since: at, kept });
    }
  }
  for (const [stay, was] of before.live) {
    if (!live.has(stay) && was.since < at) ended(stay, { from: was.since, to: at, cover: was.cover });
  }
  return { at, live, valid: ids };
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
