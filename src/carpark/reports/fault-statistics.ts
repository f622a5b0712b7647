/**
 * The monthly statistical report of faults: reported, fixed, still open, by organisation, how long they took
 * to be fixed, against the service level.
 *
 * It is a fold of what had happened by the end of the month, or by now in the month that runs: what happens
 * later changes no report of an earlier month.
 */
import type { Instant } from "../../kernel/instant.ts";
import { MINUTE } from "../../kernel/instant.ts";
import type { Zone } from "../../kernel/zone.ts";
import type { Organisation } from "../fault/fault.ts";
import { type OpenInterval, type ServiceLevel, countedMs } from "../fault/service-level.ts";
import type { FaultRow } from "../readmodels/faults.ts";
import type { Interval } from "./day.ts";

export type FixTimes = {
  readonly minMinutes: number | null; readonly medianMinutes: number | null;
  readonly meanMinutes: number | null; readonly maxMinutes: number | null;
};

export type OrganisationFaults = {
  readonly organisation: Organisation; readonly reported: number; readonly fixed: number; readonly stillOpen: number;
  /** Of the faults fixed in the month: the time they were open. */
  readonly timeToFix: FixTimes;
  readonly serviceLevelMinutes: number | null;
  /** Fixed in the month within the level, by the contract's own hours. */
  readonly withinServiceLevel: number;
  /** Fixed in the month too late, or still open and already too late. */
  readonly beyondServiceLevel: number;
};

export type FaultLine = {
  readonly facility: string; readonly fault: number; readonly asset: string; readonly details: string;
  readonly organisation: Organisation;
  readonly reportedAt: Instant; readonly fixedAt: Instant | null; readonly minutesToFix: number | null;
  readonly count: number;
};

export type FaultStatistics = {
  readonly month: string; readonly printedAt: Instant; readonly organisations: readonly OrganisationFaults[];
  readonly rows: readonly FaultLine[];
};

const ORGANISATIONS: readonly Organisation[] = ["maintenance", "directLabour"];

/** A level that nobody has agreed to is null: nothing is within or beyond it. */
export type ServiceLevels = Readonly<Record<Organisation, ServiceLevel | null>>;

/** `faults`: all that were open at some time in the month, in the order of their report. */
export function faultStatistics(
  faults: readonly FaultRow[],
  asked: {
    readonly month: string; readonly interval: Interval; readonly now: Instant; readonly levels: ServiceLevels; readonly zone: Zone,
  },
): FaultStatistics {
  const asOf = Math.min(asked.interval.until, asked.now);
  const known = faults.filter((row) => row.reported_at < asOf).map((row) => asOfThen(row, asOf))
    .filter(({ fixedAt }) => fixedAt === null || fixedAt >= asked.interval.from);
  return {
    month: asked.month,
    printedAt: asked.now,
    organisations: ORGANISATIONS.map((organisation) => {
      const own = known.filter(({ row }) => row.organisation === organisation);
      return organisationFaults(organisation, own, asked.interval, asked.levels[organisation], asked.zone);
    }),
    rows: known.map(({ row, fixedAt, openMs, count }) => ({
      facility: row.facility, fault: row.fault, asset: `${row.asset.kind} ${row.asset.id}`, details: row.details,
      organisation: row.organisation, reportedAt: row.reported_at, fixedAt,
      minutesToFix: fixedAt === null ? null : minutes(openMs), count,
    })),
  };
}

type Then = {
  readonly row: FaultRow; readonly fixedAt: Instant | null; readonly intervals: readonly OpenInterval[];
  readonly openMs: number; readonly count: number;
};

/** The fault as it was known at `asOf`. */
function asOfThen(row: FaultRow, asOf: Instant): Then {
  const begun = row.intervals.filter(({ from }) => from < asOf);
  const last = begun.at(-1);
  const fixedAt = last?.until != null && last.until < asOf ? last.until : null;
  const intervals = begun.map(({ from, until }) => ({ from, until: Math.min(until ?? asOf, asOf) }));
  const openMs = intervals.reduce((sum, { from, until }) => sum + until - from, 0);
  return { row, fixedAt, intervals, openMs, count: 1 + row.repeated.filter((at) => at < asOf).length };
}

function organisationFaults(
  organisation: Organisation, faults: readonly Then[], month: Interval, level: ServiceLevel | null, zone: Zone,
): OrganisationFaults {
  const fixed = faults.filter(({ fixedAt }) => fixedAt !== null);
  const late = (fault: Then): boolean => level !== null && countedMs(fault.intervals, level.hours, zone) > level.fixWithinMs;
  return {
    organisation,
    reported: faults.filter(({ row }) => row.reported_at >= month.from).length,
    fixed: fixed.length,
    stillOpen: faults.length - fixed.length,
    timeToFix: fixTimes(fixed.map(({ openMs }) => openMs)),
    serviceLevelMinutes: level === null ? null : minutes(level.fixWithinMs),
    withinServiceLevel: level === null ? 0 : fixed.filter((fault) => !late(fault)).length,
    beyondServiceLevel: faults.filter(late).length,
  };
}

/** Whole minutes, cut off as on every clock of the product. */
export const minutes = (ms: number): number => Math.floor(ms / MINUTE);

export function fixTimes(durations: readonly number[]): FixTimes {
  if (durations.length === 0) return { minMinutes: null, medianMinutes: null, meanMinutes: null, maxMinutes: null };
  const sorted = [...durations].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
  const mean = sorted.reduce((sum, ms) => sum + ms, 0) / sorted.length;
  return { minMinutes: minutes(sorted[0]!), medianMinutes: minutes(median), meanMinutes: minutes(mean), maxMinutes: minutes(sorted.at(-1)!) };
}
