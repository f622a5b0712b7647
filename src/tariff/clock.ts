/**
 * The tariff clock: chargeable intervals read as one sequence. It stands still between intervals.
 *
 *   intervals   |-----|        |---------|
 *   position    0     b        b         total
 *
 * Positions are milliseconds on the clock; increments and tiers are measured on it, instants are what bands,
 * caps and clock changes are looked up by.
 */
import { DAY, type Instant } from "../kernel/instant.ts";
import { type Result, err, ok } from "../kernel/result.ts";

export type Interval = { readonly from: Instant; readonly to: Instant };
export type IntervalsWrong = {
  readonly type: "intervalsWrong";
  readonly reason: "notInstants" | "endsBeforeStart" | "overlapOrOrder" | "tooMany" | "tooLong";
  readonly index: number;
};

/** A stay promoted and uncovered more often than this is a loop somewhere. */
export const INTERVALS_MAX = 10_000;
/** Some ten years; what was forgotten longer is settled by people. */
export const STAY_MS_MAX = 3_660 * DAY;

export type Clock = {
  readonly intervals: readonly Interval[];
  /** Position at which each interval starts. */
  readonly bases: readonly number[];
  /** Already on the clock before the first interval. */
  readonly used: number;
  /** Position at the end of the last interval. */
  readonly end: number;
};

export function clockOf(intervals: readonly Interval[], used: number): Result<Clock, IntervalsWrong> {
  if (intervals.length > INTERVALS_MAX) return wrong("tooMany", INTERVALS_MAX);
  const only = intervals[0];
  if (intervals.length === 1 && only !== undefined && only.from < only.to
    && only.to - only.from <= STAY_MS_MAX &&
    Number.isSafeInteger(only.from) && Number.isSafeInteger(only.to)) {
    return ok({ intervals, bases: [used], used, end: used + only.to - only.from });
  }
  const kept: Interval[] = [];
  const bases: number[] = [];
  let position = used;
  let previous = -Infinity;
  for (let index = 0; index < intervals.length; index++) {
    const interval = intervals[index]!;
    const { from, to } = interval;
    if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to)) return wrong("notInstants", index);
    if (to < from) return wrong("endsBeforeStart", index);
    if (from < previous) return wrong("overlapOrOrder", index);
    previous = to;
    if (to === from) continue;
    kept.push(interval);
    bases.push(position);
    position += to - from;
  }
  if (kept.length > 0 && previous - kept[0]!.from > STAY_MS_MAX) return wrong("tooLong", intervals.length - 1);
  return ok({ intervals: kept, bases, used, end: position });
}

const wrong = (reason: IntervalsWrong["reason"], index: number): Result<never, IntervalsWrong> =>
  err({ type: "intervalsWrong", reason, index });
