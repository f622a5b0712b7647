/**
 * Did the security companies do what they are paid for: visits made of those due, how long, and how regular,
 * for each company, car park and day.
 */
import type { Instant } from "../../kernel/instant.ts";
import type { Duty, VisitRow } from "../readmodels/guards.ts";
import type { Day } from "./day.ts";
import { minutes } from "./fault-statistics.ts";

export type GuardLine = {
  readonly company: string; readonly facility: string; readonly day: string;
  /** By contract; of a day on which the duty began or ended, or that is not over, the share of that time. */
  readonly due: number;
  readonly made: number;
  /** Made, but shorter than the contract's minimum. */
  readonly short: number;
  /** Made, but nobody can say how long. */
  readonly departureMissing: number;
  /** Of each visit with a departure, in order. */
  readonly minutes: readonly number[];
  /** The longest time without a visit, from the start to the end of the day; null while nothing of it has passed. */
  readonly longestGapMinutes: number | null;
  readonly fulfilled: boolean;
};

export type GuardReport = {
  readonly from: string; readonly to: string; readonly printedAt: Instant; readonly rows: readonly GuardLine[];
};

export function guardReport(
  visits: readonly VisitRow[], duties: readonly Duty[], days: readonly Day[], now: Instant,
): GuardReport {
  const places = [...new Set(duties.map(({ company, facility }) => JSON.stringify([company, facility])))].sort();
  const rows = days.filter(({ from }) => from < now).flatMap((day) => places.flatMap((place) => {
    const [company, facility] = JSON.parse(place) as [string, string];
    const own = duties.filter((duty) => duty.company === company && duty.facility === facility);
    const made = visits.filter((visit) =>
      visit.company === company && visit.facility === facility && visit.arrived_at >= day.from && visit.arrived_at < day.until);
    const due = dueOn(own, day, now);
    return due === null && made.length === 0 ? [] : [lineOf(company, facility, day, due ?? 0, own, made, now)];
  }));
  return { from: days[0]?.day ?? "", to: days.at(-1)?.day ?? "", printedAt: now, rows };
}

/** A contract that begins a few minutes after midnight owes the whole day. */
const ALMOST_A_VISIT = 0.02;

/** Null: no duty held on this day. */
function dueOn(duties: readonly Duty[], day: Day, now: Instant): number | null {
  const ends = Math.min(day.until, now);
  const shares = duties.flatMap(({ from, until, visitsPerDay }) => {
    const held = Math.min(until ?? ends, ends) - Math.max(from, day.from);
    return held > 0 ? [(held / (day.until - day.from)) * visitsPerDay] : [];
  });
  return shares.length === 0 ? null : Math.floor(shares.reduce((sum, share) => sum + share, ALMOST_A_VISIT));
}

function lineOf(
  company: string, facility: string, day: Day, due: number, duties: readonly Duty[], made: readonly VisitRow[],
  now: Instant,
): GuardLine {
  const minimumAt = (at: Instant): number => duties.find(({ from, until }) => from <= at && at < (until ?? Infinity))?.minVisitMs ?? 0;
  const lengths = made.flatMap(({ arrived_at, left_at }) =>
    (left_at === null ? [] : [{ ms: left_at - arrived_at, minimumMs: minimumAt(arrived_at) }]));
  const short = lengths.filter(({ ms, minimumMs }) => ms < minimumMs).length;
  return {
    company, facility, day: day.day, due, made: made.length, short,
    departureMissing: made.filter(({ departure_missing }) => departure_missing).length,
    minutes: lengths.map(({ ms }) => minutes(ms)),
    longestGapMinutes: longestGap(made, day, now),
    fulfilled: lengths.length - short >= due,
  };
}

/** A visit whose departure is missing is known only at its arrival. */
function longestGap(made: readonly VisitRow[], day: Day, now: Instant): number | null {
  const ends = Math.min(day.until, now);
  if (ends <= day.from) return null;
  let since = day.from;
  let longest = 0;
  for (const { arrived_at, left_at } of made) {
    longest = Math.max(longest, arrived_at - since);
    since = Math.max(since, left_at ?? arrived_at);
  }
  return minutes(Math.max(longest, ends - since));
}
