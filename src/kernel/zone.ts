/**
 * Wall clocks of IANA zones.
 *
 *   instant --offsetAt--> instant + offset --calendar--> year, month, day, hour, weekday
 *   wall time --two candidate offsets--> instant        ("compatible": a gap moves on, an overlap is the first)
 *
 * A zone is a table of spans with one offset each, found once by bisection on Intl and kept in blocks of
 * about a year, made when first asked for. After that a conversion is a look-up and integer arithmetic,
 * some hundred times faster than Temporal, which the tests use as the oracle.
 */
import { assert } from "./assert.ts";
import {
  type DayNumber, addMonthsToDay, dateOf, dateText, dayNumberOf, isDate, parseDate, weekdayOf,
} from "./calendar.ts";
import { DAY, HOUR, type Instant, MINUTE, SECOND } from "./instant.ts";
import { type Result, err, ok } from "./result.ts";

export type WallTime = {
  readonly year: number;
  /** 1 to 12 */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly ms: number;
  /** 1 Monday to 7 Sunday */
  readonly weekday: number;
  /** days since 1970-01-01 of the local date */
  readonly dayNumber: DayNumber;
  /** wall-clock milliseconds since 00:00, also on days with a clock change */
  readonly msOfDay: number;
};
export type WallInput = {
  readonly year: number; readonly month: number; readonly day: number;
  readonly hour: number; readonly minute: number; readonly second?: number;
};

export type Zone = {
  readonly name: string;
  /** Milliseconds to add to the instant to read the wall clock as if it were UTC. */
  readonly offsetAt: (at: Instant) => number;
  readonly wallOf: (at: Instant) => WallTime;
  readonly dayNumberAt: (at: Instant) => DayNumber;
  readonly msOfDayAt: (at: Instant) => number;
  /** "compatible": a wall time skipped by a clock change moves on by the gap, a repeated one is the first. */
  readonly instantOf: (wall: WallInput) => Instant;
  /** A boundary of the wall clock: skipped by a clock change it is the change itself, repeated the first. */
  readonly boundaryOf: (dayNumber: DayNumber, msOfDay: number) => Instant;
  readonly startOfDay: (at: Instant) => Instant;
  readonly nextStartOfDay: (at: Instant) => Instant;
  /** The same wall time `days` later (or earlier, when negative). */
  readonly addDays: (at: Instant, days: number) => Instant;
  /** The same wall time `months` later, on the last day of a shorter month. */
  readonly addMonths: (at: Instant, months: number) => Instant;
  /** `2026-03-02 08:00`; seconds are left out. */
  readonly localText: (at: Instant) => string;
  /** Reads `2026-03-02 08:00`, with `T` and seconds tolerated. */
  readonly parseLocal: (text: string) => Result<Instant, NotLocalTime>;
};
export type UnknownZone = { readonly type: "unknownZone"; readonly name: string };
export type NotLocalTime = { readonly type: "notLocalTime"; readonly text: string };

/** IANA has some 600 names; more in one process are a caller's mistake, so the cache starts again. */
const ZONES_MAX = 1_000;
const zones = new Map<string, Zone>();

export function zoneOf(name: string): Result<Zone, UnknownZone> {
  const known = zones.get(name);
  if (known) return ok(known);
  const offsetByIntl = intlOffsets(name);
  if (!offsetByIntl) return err({ type: "unknownZone", name });
  if (zones.size >= ZONES_MAX) zones.clear();
  const zone = makeZone(name, spansBy(offsetByIntl));
  zones.set(name, zone);
  return ok(zone);
}

// --- offsets from Intl, as spans ---------------------------------------------------------------------------

type Span = { readonly from: Instant; readonly until: Instant; readonly offset: number };

const BLOCK = 366 * DAY;
/** Two changes closer than this that cancel out would be missed; the closest known are four weeks apart. */
const PROBE = 2 * DAY;
/** A process that asks for more than these years is walking through all of time; it starts again. */
const BLOCKS_MAX = 2_000;

/** The zone's offset in ms by Intl, or undefined for a name Intl does not know. */
function intlOffsets(name: string): ((at: Instant) => number) | undefined {
  // Newer engines also take "+01:00"; an offset is no place on earth and has no clock changes.
  if (!/^[A-Za-z]/.test(name)) return undefined;
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat("en-US", { timeZone: name, timeZoneName: "longOffset", year: "numeric" });
  } catch {
    return undefined;
  }
  return (at) => {
    const match = /GMT(?:([+-])(\d{2}):(\d{2})(?::(\d{2}))?)?$/.exec(format.format(at));
    assert(match, `Intl printed no offset for ${name}`);
    const ms = Number(match[2] ?? 0) * HOUR + Number(match[3] ?? 0) * MINUTE + Number(match[4] ?? 0) * SECOND;
    return match[1] === "-" ? -ms : ms;
  };
}

function spansBy(offsetByIntl: (at: Instant) => number): (at: Instant) => Span {
  const blocks = new Map<number, readonly Span[]>();
  let last: Span = { from: 0, until: 0, offset: 0 };

  function blockOf(index: number): readonly Span[] {
    const spans: Span[] = [];
    const end = (index + 1) * BLOCK;
    let from = index * BLOCK;
    let offset = offsetByIntl(from);
    for (let probed = from; probed < end; ) {
      const probe = Math.min(probed + PROBE, end);
      const next = offsetByIntl(probe);
      if (next !== offset) {
        const change = bisect(probed, probe, (t) => offsetByIntl(t) === next);
        spans.push({ from, until: change, offset });
        from = change;
        offset = next;
      }
      probed = probe;
    }
    if (from < end) spans.push({ from, until: end, offset });
    return spans;
  }

  return (at) => {
    if (at >= last.from && at < last.until) return last;
    const index = Math.floor(at / BLOCK);
    let block = blocks.get(index);
    if (!block) {
      if (blocks.size >= BLOCKS_MAX) blocks.clear();
      block = blockOf(index);
      blocks.set(index, block);
    }
    for (const span of block) {
      if (at < span.until) return (last = span);
    }
    assert(false, `no offset for instant ${at}`);
  };
}

/** The first integer in (low, high] for which `holds`, given that it holds for high and all after the first. */
function bisect(low: number, high: number, holds: (value: number) => boolean): number {
  let [lo, hi] = [low, high];
  while (hi - lo > 1) {
    const mid = Math.floor((lo + hi) / 2);
    if (holds(mid)) hi = mid;
    else lo = mid;
  }
  return hi;
}

// --- the wall clock on top of them -------------------------------------------------------------------------

function makeZone(name: string, spanAt: (at: Instant) => Span): Zone {
  const offsetAt = (at: Instant): number => spanAt(at).offset;
  const dayNumberAt = (at: Instant): DayNumber => Math.floor((at + offsetAt(at)) / DAY);
  const msOfDayAt = (at: Instant): number => {
    const local = at + offsetAt(at);
    return local - Math.floor(local / DAY) * DAY;
  };

  /** `local` is the wall time read as if it were UTC. In a gap `skipped` says what it becomes. */
  function resolve(local: number, skipped: "movesOn" | "isTheChange"): Instant {
    // Offsets lie within a day, so these two see the zone before and after any change near the wall time.
    const before = offsetAt(local - DAY);
    const after = offsetAt(local + DAY);
    const byBefore = local - before;
    if (before === after || offsetAt(byBefore) === before) return byBefore;
    const byAfter = local - after;
    if (offsetAt(byAfter) === after) return byAfter;
    return skipped === "movesOn" ? byBefore : bisect(local - DAY, byBefore, (t) => offsetAt(t) === after);
  }

  const boundaryOf = (dayNumber: DayNumber, msOfDay: number): Instant =>
    resolve(dayNumber * DAY + msOfDay, "isTheChange");
  const atWall = (dayNumber: DayNumber, msOfDay: number): Instant => resolve(dayNumber * DAY + msOfDay, "movesOn");

  return {
    name, offsetAt, dayNumberAt, msOfDayAt, boundaryOf,
    wallOf: (at) => wallFrom(at + offsetAt(at)),
    instantOf: (wall) => {
      assert(isWall(wall), `not a wall time: ${JSON.stringify(wall)}`);
      const msOfDay = wall.hour * HOUR + wall.minute * MINUTE + (wall.second ?? 0) * SECOND;
      return atWall(dayNumberOf(wall.year, wall.month, wall.day), msOfDay);
    },
    startOfDay: (at) => boundaryOf(dayNumberAt(at), 0),
    nextStartOfDay: (at) => boundaryOf(dayNumberAt(at) + 1, 0),
    addDays: (at, days) => atWall(dayNumberAt(at) + days, msOfDayAt(at)),
    addMonths: (at, months) => atWall(addMonthsToDay(dayNumberAt(at), months), msOfDayAt(at)),
    localText: (at) => `${dateText(dayNumberAt(at))} ${timeText(msOfDayAt(at))}`,
    parseLocal: (text) => {
      const match = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}):(\d{2})(?::(\d{2}))?$/.exec(text.trim());
      const day = parseDate(match?.[1] ?? "");
      const [hour, minute, second] = [Number(match?.[2]), Number(match?.[3]), Number(match?.[4] ?? 0)];
      if (day === undefined || hour > 23 || minute > 59 || second > 59) return err({ type: "notLocalTime", text });
      return ok(atWall(day, hour * HOUR + minute * MINUTE + second * SECOND));
    },
  };
}

const isWall = (wall: WallInput): boolean =>
  isDate(wall.year, wall.month, wall.day) && wall.hour >= 0 && wall.hour < 24 && wall.minute >= 0 &&
  wall.minute < 60 && (wall.second ?? 0) >= 0 && (wall.second ?? 0) < 60;

function wallFrom(local: number): WallTime {
  const dayNumber = Math.floor(local / DAY);
  const msOfDay = local - dayNumber * DAY;
  const { year, month, day } = dateOf(dayNumber);
  return {
    year,
    month,
    day,
    hour: Math.floor(msOfDay / HOUR),
    minute: Math.floor((msOfDay % HOUR) / MINUTE),
    second: Math.floor((msOfDay % MINUTE) / SECOND),
    ms: msOfDay % SECOND,
    weekday: weekdayOf(dayNumber),
    dayNumber,
    msOfDay,
  };
}

/** `08:00` for milliseconds since midnight. */
export function timeText(msOfDay: number): string {
  const two = (n: number): string => String(n).padStart(2, "0");
  return `${two(Math.floor(msOfDay / HOUR))}:${two(Math.floor((msOfDay % HOUR) / MINUTE))}`;
}
