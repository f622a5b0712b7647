/**
 * From when to when a stay counts as inside: its end where seen or given, policy where nobody saw it, and
 * doubt where staff set it neutral.
 *
 *   unseen exit     inFavour: ended at its entry      untilNoticed: ended when it was noticed
 *   neutral         absent: ends where doubt began, until proof that may be charged; present: as if nothing
 */
import type { Instant } from "../../kernel/instant.ts";
import { type Dated, type Policy, inForce } from "../policy.ts";
import { FOREVER, type GrantedSpan, type ParkerId, type StayEnd, type StayFacts, type StayId } from "./facts.ts";

/** Half-open; `to` is FOREVER for a stay that goes on. */
export type Presence = {
  readonly stay: StayId; readonly parker: ParkerId; readonly order: number; readonly from: Instant; readonly to: Instant;
  readonly granted: readonly GrantedSpan[];
};

/** The instant a stay counts as ended. */
export function endInstant(enteredAt: Instant, end: StayEnd, policy: readonly Dated<Policy>[]): Instant {
  if (end.type === "seen") return end.at;
  if (end.givenAt !== null) return end.givenAt;
  switch (inForce(policy, end.noticedAt).unknownExit) {
    case "inFavour": return enteredAt;
    case "untilNoticed": return end.noticedAt;
  }
}

/** Doubt that takes the stay out of everybody's coverage. */
export function countsAbsent(stay: StayFacts, policy: readonly Dated<Policy>[]): boolean {
  if (stay.neutralAt === null || inForce(policy, stay.neutralAt).neutralCountsAs === "present") return false;
  return stay.provenAt === null || inForce(policy, stay.provenAt).neutralProof === "waive";
}

/** Its own charge is computed as if it had never been neutral, while others are not charged for it. */
export const provenForItselfOnly = (stay: StayFacts, policy: readonly Dated<Policy>[]): boolean =>
  stay.provenAt !== null && countsAbsent(stay, policy);

/** `sure`: as if it had never been neutral. */
export function presenceOf(stay: StayFacts, policy: readonly Dated<Policy>[], sure = false): Presence {
  const end = stay.end === null ? FOREVER : endInstant(stay.enteredAt, stay.end, policy);
  const to = !sure && stay.neutralAt !== null && countsAbsent(stay, policy) ? Math.min(end, stay.neutralAt) : end;
  return { stay: stay.id, parker: stay.parker, order: stay.order, from: stay.enteredAt, to, granted: stay.granted };
}

export const byEntry = (a: Presence, b: Presence): number => a.from - b.from || a.order - b.order;
