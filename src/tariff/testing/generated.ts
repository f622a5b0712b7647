/**
 * Random rate tables and stays for the property tests, all from one seeded stream: a find is reported as its
 * seed and number, and comes back from them.
 */
import type { Rng } from "../../kernel/random.ts";
import { DAY, HOUR, type Instant, MINUTE } from "../../kernel/instant.ts";
import { type Zone, zoneOf } from "../../kernel/zone.ts";
import type { ApdsRateLine, ApdsRateLineCollection, ApdsRateTable } from "../apds.ts";
import type { Tariff } from "../tariff.ts";

export const ZONES: readonly Zone[] = [
  "Europe/Vienna", "Australia/Sydney", "Australia/Lord_Howe", "Africa/Casablanca", "America/Havana",
].map((name) => {
  const zone = zoneOf(name);
  if (!zone.ok) throw new Error(name);
  return zone.value;
});

const MINUTES = [3, 10, 15, 20, 30, 60, 90, 120];
const cents = (rng: Rng, below: number): number => rng.int(below) / 100;
/** Now and then finer than a cent. */
const fine = (
  rng: Rng, below: number,
): number =>
  (rng.chance(0.2) ? rng.int(below * 100) / 10_000 : cents(rng, below));
const clockText = (ms: number): string =>
  [Math.floor(ms / DAY), Math.floor((ms % DAY) / HOUR),
    Math.floor((ms % HOUR) / MINUTE)].map((n) => String(n).padStart(2, "0")).join(":");

/** Lines that add up: some once, the last for ever or bounded. */
export function additiveLines(rng: Rng): readonly ApdsRateLine[] {
  const once = rng.int(5);
  const lines: ApdsRateLine[] = Array.from({ length: once }, (_, i) => ({
    id: `once-${i}`, sequence: i + 1, rateLineType: rng.chance(0.5) ? "flatRateTier" : "incrementingRate",
    incrementPeriod: `PT${rng.pick(MINUTES)}M`, usageCondition: "once", value: fine(rng, 600),
  }));
  const forever: ApdsRateLine = {
    id: "on", sequence: once + 1, rateLineType: "incrementingRate", incrementPeriod: `PT${rng.pick(MINUTES)}M`,
    usageCondition: "unlimited", value: fine(rng, 400),
    ...(rng.chance(0.2) ? { maxValue: (400 + rng.int(2_000)) / 100 } : {}),
      ...(rng.chance(0.1) ? { minValue: cents(rng, 400) } : {}),
  };
  if (once === 0 || rng.chance(0.8)) lines.push(forever);
  if (rng.chance(0.1)) lines.push({ id: "fee", sequence: 90, rateLineType: "flatRate",
    value: cents(rng, 300) });
  return lines;
}

export function capOf(rng: Rng): Partial<ApdsRateLineCollection> {
  const kind = rng.int(4);
  if (kind === 0) return {};
  const maxValueCollection = (700 + rng.int(3_000)) / 100;
  if (kind === 1) return { maxValueCollection };
  if (kind === 2) return { maxValueCollection, "x-capWindow": "rolling24h" };
  return { maxValueCollection, resetTime: `${String(rng.int(24)).padStart(2, "0")}:${rng.pick(["00", "30"])}` };
}

export function tableOf(
  id: string, lines: readonly ApdsRateLine[], more: Partial<ApdsRateLineCollection> = {},
): ApdsRateTable {
  return { id, version: 1, rateLineCollections: [{ id: `${id}-c`, collectionSequence: 1,
    applicableCurrency: "EUR", ...more, rateLines: lines }] };
}

export function additiveTable(rng: Rng, id = "t"): ApdsRateTable {
  return tableOf(id, additiveLines(rng), {
    ...capOf(rng),
    ...(rng.chance(0.15) ? { minTime: `PT${rng.pick(MINUTES)}M` } : {}),
    ...(rng.chance(0.1) ? { minValueCollection: cents(rng, 500) } : {}),
    ...(rng.chance(0.1) ? { maxTime: `PT${4 + rng.int(90)}H` } : {}),
  });
}

/** Increments of one length whose price never rises: a stay cut in two is never cheaper. */
export function degressiveTable(rng: Rng, resetTime: string): ApdsRateTable {
  const incrementPeriod = `PT${rng.pick(MINUTES)}M`;
  let value = 100 + rng.int(500);
  const lines = Array.from({ length: 1 + rng.int(4) }, (_, i): ApdsRateLine => {
    value = Math.max(0, value - rng.int(120));
    return { id: `l${i}`, sequence: i + 1, rateLineType: "incrementingRate", incrementPeriod,
      usageCondition: "once", value: value / 100 };
  });
  lines.push({ id: "on", sequence: 9, rateLineType: "incrementingRate", incrementPeriod,
    usageCondition: "unlimited", value: Math.max(0, value - rng.int(50)) / 100 });
  return tableOf("degressive", lines,
    { resetTime, ...(rng.chance(0.7) ? { maxValueCollection: (600 + rng.int(2_000)) / 100 } : {}) });
}

/** The same tariff twice: tiers that add up, and tiers that state the total. */
export function bothEncodings(
  rng: Rng,
): { readonly additive: ApdsRateTable; readonly cumulative: ApdsRateTable; readonly lengthMs: number } {
  const added: ApdsRateLine[] = [];
  const totals: ApdsRateLine[] = [];
  let [start, total] = [0, 0];
  for (let i = 0; i < 2 + rng.int(7); i++) {
    const minutes = rng.pick(MINUTES);
    const value = rng.int(500);
    total += value;
    const end = start + minutes * MINUTE;
    added.push({ id: `a${i}`, sequence: i + 1, rateLineType: "incrementingRate",
      incrementPeriod: `PT${minutes}M`, usageCondition: "once", value: value / 100 });
    totals.push({ id: `c${i}`, sequence: i + 1, rateLineType: "flatRateTier", usageCondition: "fixedDuration",
      durationStart: clockText(start), durationEnd: clockText(end), value: total / 100 });
    start = end;
  }
  const more = capOf(rng);
  return { additive: tableOf("additive", added, more), cumulative: tableOf("cumulative", totals, more),
    lengthMs: start };
}

const WORKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday"] as const;

/** Three bands by day and time, as in a city: workday day, workday night, weekend. */
export function bandedTariff(rng: Rng): Tariff {
  const [opens, closes] = [6 + rng.int(5), 16 + rng.int(6)];
  const incrementPeriod = `PT${rng.pick([15, 30, 60])}M`;
  const list = (id: string): ApdsRateTable => tableOf(id, [{
    id: `${id}-l`, sequence: 1, rateLineType: "incrementingRate", usageCondition: "unlimited",
    incrementPeriod: rng.chance(0.7) ? incrementPeriod : `PT${rng.pick([10, 20, 60])}M`, value: cents(rng, 500),
  }]);
  const hour = (n: number): string => `${String(n).padStart(2, "0")}:${rng.pick(["00", "30"])}`;
  const day = { from: hour(opens), to: hour(closes) };
  return {
    id: "banded", version: 1, currency: "EUR", selection: "atStart",
      tables: [list("day"), list("night"), list("weekend")],
    when: [{ table: "day", weekdays: WORKDAYS, times: [day] }, { table: "night", weekdays: WORKDAYS },
      { table: "weekend" }],
    ...(rng.chance(0.6) ? { dailyMaximum: { amountMinor: 500 + rng.int(3_000),
      window: { type: "reset", at: hour(rng.int(24)) } } } : {}),
  };
}

const FROM: Instant = Date.UTC(2024, 0, 1);
const SPAN = 3 * 366 * DAY;

type Change = { readonly at: Instant; readonly back: boolean };

/** All clock changes of a zone from a month before the first entry to 14 months after the last, to the hour. */
const changesOf = new Map<Zone, readonly Change[]>(ZONES.map((zone) => {
  const changes: Change[] = [];
  for (let at = FROM - 30 * DAY; at < FROM + SPAN + 430 * DAY; at += HOUR) {
    const [before, after] = [zone.offsetAt(at), zone.offsetAt(at + HOUR)];
    if (before !== after) changes.push({ at: at + HOUR, back: after < before });
  }
  return [zone, changes];
}));

/** Does the zone change its clocks (or, with `backOnly`, set them back) between the instants? */
export const changesWithin = (zone: Zone, from: Instant, to: Instant, backOnly = false): boolean =>
  changesOf.get(zone)!.some(({ at, back }) => at >= from && at <= to && (back || !backOnly));

/** An entry, one in three within a day or two of a change of the zone's clocks. */
export function entryIn(rng: Rng, zone: Zone): Instant {
  if (rng.chance(0.33)) return rng.pick(changesOf.get(zone)!).at - 2 * DAY + rng.int(3 * 1_440) * MINUTE;
  return FROM + Math.floor(rng.next() * (SPAN / MINUTE)) * MINUTE;
}

/** Mostly hours, sometimes days, rarely the 400 days a price must be defined for; often exactly on an edge. */
export function lengthOf(rng: Rng): number {
  const scale = rng.int(20);
  const most = scale === 0 ? 400 * DAY : scale < 6 ? 4 * DAY : 10 * HOUR;
  const length = Math.floor(rng.next() * (most / MINUTE)) * MINUTE;
  return Math.max(0, rng.chance(0.3) ? length + rng.int(3) - 1 : length);
}
