/**
 * The service level: within which time faults are to be fixed, counted by the contract's own hours.
 *
 *   fault open  |------------------|        |------|
 *   hours            |=====|   |=====|   |=====|
 *   counted          |=====|   |===|        |==|
 *
 * Time outside the hours, and between a fix and a reopening, does not count.
 */
import { HOUR, type DurationMs, type Instant, MINUTE } from "../../kernel/instant.ts";
import { weekdayOf } from "../../kernel/calendar.ts";
import type { Zone } from "../../kernel/zone.ts";

/** Minutes since midnight, wall clock; `untilMinute` up to 1,440. The clock runs on these days in between. */
export type ServiceHours = {
  readonly days: readonly number[]; readonly fromMinute: number; readonly untilMinute: number;
};

/** `hours: null`: the clock always runs. `shareBp`: this many of 10,000 faults are to be fixed in time. */
export type ServiceLevel = {
  readonly fixWithinMs: DurationMs; readonly hours: ServiceHours | null; readonly shareBp: number;
};

/** Half-open: from the report or reopening to the fix. */
export type OpenInterval = { readonly from: Instant; readonly until: Instant };

/** Ten years: a longer interval is a wrong date, and the walk over its days must end. */
const DAYS_MAX = 3_660;
const FIX_WITHIN_HOURS_MAX = 24 * 366;

export function serviceLevelProblem(level: ServiceLevel): "fixWithin" | "serviceHours" | null {
  const { fixWithinMs, hours, shareBp } = level;
  if (!Number.isInteger(fixWithinMs) || fixWithinMs <= 0 || fixWithinMs > FIX_WITHIN_HOURS_MAX * HOUR) return "fixWithin";
  if (!Number.isInteger(shareBp) || shareBp < 0 || shareBp > 10_000) return "fixWithin";
  if (hours === null) return null;
  const minutes = [hours.fromMinute, hours.untilMinute];
  if (!minutes.every(Number.isInteger) || hours.fromMinute < 0 || hours.untilMinute > 1_440) return "serviceHours";
  if (hours.untilMinute <= hours.fromMinute || hours.days.length === 0) return "serviceHours";
  return hours.days.every((day) => Number.isInteger(day) && day >= 1 && day <= 7) ? null : "serviceHours";
}

/** How long the contract's clock ran while the fault was open. Intervals do not overlap. */
export function countedMs(intervals: readonly OpenInterval[], hours: ServiceHours | null, zone: Zone): DurationMs {
  return intervals.reduce((sum, interval) => sum + countedIn(interval, hours, zone), 0);
}

function countedIn({ from, until }: OpenInterval, hours: ServiceHours | null, zone: Zone): DurationMs {
  if (until <= from) return 0;
  if (hours === null) return until - from;
  const first = zone.dayNumberAt(from);
  const last = Math.min(zone.dayNumberAt(until), first + DAYS_MAX);
  let sum = 0;
  for (let day = first; day <= last; day += 1) {
    if (!hours.days.includes(weekdayOf(day))) continue;
    const opens = zone.boundaryOf(day, hours.fromMinute * MINUTE);
    const closes = hours.untilMinute === 1_440 ? zone.boundaryOf(day + 1, 0) : zone.boundaryOf(day, hours.untilMinute * MINUTE);
    sum += Math.max(0, Math.min(until, closes) - Math.max(from, opens));
  }
  return sum;
}
