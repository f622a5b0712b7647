/** Occupancy over one day: how many vehicles each counting group held at the start of every five minutes. */
import { weekdayOf } from "../../kernel/calendar.ts";
import type { Instant } from "../../kernel/instant.ts";
import { MINUTE } from "../../kernel/instant.ts";
import type { Zone } from "../../kernel/zone.ts";
import type { CapacityRule, FacilityConfig, GroupConfig } from "../facility/config.ts";
import { BUCKET_MS, type OccupancyPoint } from "../readmodels/stays.ts";
import type { Day } from "./day.ts";

export type OccupancySeries = {
  readonly facility: string; readonly group: string; readonly name: string; readonly capacity: number;
  readonly stepMinutes: number;
  /** Null for steps to come. */
  readonly occupied: readonly (number | null)[];
};
export type OccupancyReport = {
  readonly day: string; readonly zone: string; readonly series: readonly OccupancySeries[];
};

/** `points`: of this car park and day, as `occupancyBetween` gives them. */
export function occupancySeries(
  config: FacilityConfig, points: readonly OccupancyPoint[], day: Day, now: Instant, zone: Zone,
): readonly OccupancySeries[] {
  const steps = Math.round((day.until - day.from) / BUCKET_MS);
  const weekday = weekdayOf(zone.dayNumberAt(day.from));
  const ownByGroup = new Map(config.groups.map(({ id }) => [id as string, ownCounts(points, id, day.from, steps)]));
  return config.groups.map((group) => {
    const inside = withInner(config.groups, group.id);
    const occupied = Array.from({ length: steps }, (_, step) =>
      (day.from + step * BUCKET_MS > now ? null : inside.reduce((sum, id) => sum + (ownByGroup.get(id)?.[step] ?? 0), 0)));
    return {
      facility: config.id, group: group.id, name: group.name, capacity: spacesOn(group.capacity, weekday),
      stepMinutes: BUCKET_MS / MINUTE, occupied,
    };
  });
}

/** A bucket's change is seen from the start of the next step on. */
function ownCounts(
  points: readonly OccupancyPoint[], group: string, from: Instant, steps: number,
): readonly number[] {
  const own = points.filter(({ grp }) => grp === group);
  let next = 0;
  let count = 0;
  return Array.from({ length: steps }, (_, step) => {
    const start = from + step * BUCKET_MS;
    while (next < own.length && own[next]!.bucket_at + BUCKET_MS <= start) {
      count = own[next]!.occupied;
      next += 1;
    }
    return count;
  });
}

const withInner = (groups: readonly GroupConfig[], id: string): readonly string[] =>
  [id, ...groups.filter(({ within }) => within === id).flatMap((group) => withInner(groups, group.id))];

function spacesOn(rules: readonly CapacityRule[], weekday: number): number {
  return rules.find(({ days }) => days === undefined || (days as readonly number[]).includes(weekday))?.spaces ?? 0;
}
