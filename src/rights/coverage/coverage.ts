/**
 * Which right covers which part of which stay: a pure function of the timeline.
 *
 *   timeline, until --> for each stay its segments, in order and without gaps
 *
 * A neutral stay that has proved it was inside is judged twice where policy waives: for others it was absent,
 * for itself it was never neutral.
 */
import type { Instant } from "../../kernel/instant.ts";
import type { Interval } from "../../tariff/clock.ts";
import type { StayFacts, StayId } from "../timeline/facts.ts";
import { type Presence, byEntry, presenceOf, provenForItselfOnly } from "../timeline/presence.ts";
import { BEGINNING, type Scene, type Segment, type Sweep } from "./scene.ts";
import { viewAt } from "./sweep.ts";

export type Timeline = { readonly scene: Scene; readonly stays: readonly StayFacts[] };

/** The segments of every stay up to `until`; a stay of no length has none. */
export function coverage({ scene, stays }: Timeline, until: Instant): ReadonlyMap<StayId, readonly Segment[]> {
  const common = segmentsOf(BEGINNING, scene, presencesOf(stays, scene), until);
  const result = new Map<StayId, readonly Segment[]>();
  for (const stay of stays) {
    const own = provenForItselfOnly(stay, scene.policy)
      ? segmentsOf(BEGINNING, scene, presencesOf(stays, scene, stay.id), until) : common;
    result.set(stay.id, own.get(stay.id) ?? []);
  }
  return result;
}

/** Presences in entry order; `sure` is the stay to be taken as never neutral. */
export const presencesOf = (stays: readonly StayFacts[], scene: Scene, sure?: StayId): readonly Presence[] =>
  stays.map((stay) => presenceOf(stay, scene.policy, stay.id === sure)).sort(byEntry);

/** Segments that end or stand after the sweep, up to `until`. */
export function segmentsOf(
  sweep: Sweep, scene: Scene, presences: readonly Presence[], until: Instant,
): ReadonlyMap<StayId, readonly Segment[]> {
  const found = new Map<StayId, Segment[]>();
  const add = (stay: StayId, segment: Segment): void => {
    const list = found.get(stay);
    if (list) list.push(segment);
    else found.set(stay, [segment]);
  };
  const { live } = viewAt(sweep, scene, presences, until, add);
  for (const [stay, { since, cover }] of live) if (since < until) add(stay, { from: since, to: until, cover });
  return found;
}

/** The time the tariff clock runs. */
export const chargeable = (segments: readonly Segment[]): readonly Interval[] =>
  segments.filter(({ cover }) => cover.type === "uncovered").map(({ from, to }) => ({ from, to }));
