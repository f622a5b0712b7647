/**
 * A tariff as the standard carries it: rate tables, each with the times it is in force, and the transition between them.
 *
 *   tariff --publishedTariff--> tables with validity --tariffOfTable, by whoever reads them--> the same prices
 *
 * What the standard has no words for is not published in other words: the whole tariff is refused, with every
 * reason. Discounts by code are left out: they are no part of the posted price.
 */
import { present } from "../kernel/assert.ts";
import { parseDate } from "../kernel/calendar.ts";
import { DAY, isoOf } from "../kernel/instant.ts";
import { type Result, err, ok } from "../kernel/result.ts";
import { type Zone, timeText, zoneOf } from "../kernel/zone.ts";
import type { ApdsRateTable } from "./apds.ts";
import { type CompiledTariff, compileTariff, type TariffRefused } from "./compile.ts";
import { type TableSelection, type TableValidity, type Tariff, type TimesOfDay, type Weekday, WEEKDAYS } from "./tariff.ts";

const MONTHS = [
  "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
] as const;

type PublishedPeriod = {
  readonly startOfPeriod?: string; readonly endOfPeriod?: string;
  readonly recurringDayWeekMonthPeriod?: readonly { readonly applicableDay?: readonly string[]; readonly applicableMonth?: readonly string[] }[];
  readonly recurringTimePeriodOfDay?: readonly { readonly startTimeOfPeriod: string; readonly endTimeOfPeriod: string }[];
};
export type PublishedTable = ApdsRateTable & {
  readonly validity?: { readonly validityStatus: string; readonly validityTimeSpecification?: { readonly validPeriods: readonly PublishedPeriod[] } };
};
export type PublishedTariff = { readonly tables: readonly PublishedTable[]; readonly rateTransition?: NonNullable<Tariff["rateTransition"]> };

export const NOT_EXPRESSIBLE = [
  "offers", "freeMinutes", "dailyMaximum", "minimumMinor", "maximumMinor", "repeatEach24h", "specialDays", "timeWithoutPrice", "overlap", "selection",
] as const;
export type NotExpressible = (typeof NOT_EXPRESSIBLE)[number];

export function publishedTariff(tariff: Tariff, zone: Zone): Result<PublishedTariff, readonly NotExpressible[] | TariffRefused> {
  const compiled = compileTariff(tariff, zone);
  if (!compiled.ok) return compiled;
  const { coversAll, selection } = compiled.value;
  const { rateTransition } = tariff;
  const weekly = isWeekly(tariff);
  const when = weekly ? weekOf(tariff) : tariff.when ?? [];
  const reasons: NotExpressible[] = [];
  const no = (reason: NotExpressible, is: boolean): void => { if (is) reasons.push(reason); };
  no("offers", (tariff.offers ?? []).length > 0);
  no("freeMinutes", tariff.freeMinutes !== undefined);
  no("dailyMaximum", tariff.dailyMaximum !== undefined);
  no("minimumMinor", tariff.minimumMinor !== undefined);
  no("maximumMinor", tariff.maximumMinor !== undefined);
  no("repeatEach24h", tariff.beyondLastLine === "repeatEach24h");
  no("specialDays", when.some(({ specialDays, exceptSpecialDays }) => specialDays !== undefined || exceptSpecialDays !== undefined));
  // Readers of a table take the time outside it for free.
  no("timeWithoutPrice", tariff.when !== undefined && !coversAll && tariff.outsideHours !== "free");
  no("overlap", !weekly && when.some((one, i) => one.table === null || when.some((other, j) => j > i && one.table !== other.table && overlap(one, other))));
  no("selection", tariff.tables.length > 1 && selection !== "atStart" && (selection === "split") !== (rateTransition?.followThroughAllowed === true));
  if (reasons.length > 0) return err(reasons);
  const used = tariff.when === undefined ? tariff.tables : tariff.tables.filter(({ id }) => when.some(({ table }) => table === id));
  return ok({
    tables: used.map((table) => publishedTable(table, tariff, selection, when.filter((one) => one.table === table.id), zone)),
    ...(rateTransition === undefined ? {} : { rateTransition }),
  });
}

const isWeekly = ({ when = [] }: Tariff): boolean =>
  when.every(({ months, dates, specialDays, exceptSpecialDays }) => !months && !dates && !specialDays && !exceptSpecialDays);

/** A Monday, in a zone without clock changes: any week is like it. */
const MONDAY = 4 * DAY;

/** The same `when` without precedence and without windows over midnight: what holds on each day of the week, by the plan itself. */
function weekOf(tariff: Tariff): readonly TableValidity[] {
  const utc = zoneOf("UTC");
  const compiled = utc.ok ? compileTariff(tariff, utc.value) : null;
  const plan = compiled?.ok === true ? compiled.value.plan : undefined;
  if (!plan) return [];
  return tariff.tables.flatMap(({ id }, index) => {
    const byTimes = new Map<string, Weekday[]>();
    WEEKDAYS.forEach((weekday, day) => {
      const times = timesOn(plan, MONDAY + day * DAY, index);
      if (times.length > 0) byTimes.set(JSON.stringify(times), [...(byTimes.get(JSON.stringify(times)) ?? []), weekday]);
    });
    return [...byTimes].map(([times, weekdays]) => ({ table: id, weekdays, times: JSON.parse(times) as readonly TimesOfDay[] }));
  });
}

function timesOn(plan: NonNullable<CompiledTariff["plan"]>, midnight: number, table: number): readonly TimesOfDay[] {
  const spans: { from: number; to: number }[] = [];
  for (let at = midnight; at < midnight + DAY;) {
    const { until, answer } = plan.spanAt(at);
    const to = Math.min(until, midnight + DAY) - midnight;
    const last = spans.at(-1);
    if (answer === table && last?.to === at - midnight) last.to = to;
    else if (answer === table) spans.push({ from: at - midnight, to });
    at = midnight + to;
  }
  return spans.map(({ from, to }) => ({ from: timeText(from), to: timeText(to) }));
}

function publishedTable(table: ApdsRateTable, tariff: Tariff, selection: TableSelection, when: readonly TableValidity[], zone: Zone): PublishedTable {
  const { "x-incrementPricing": _own, ...rest } = table;
  const collections = table.rateLineCollections.map((one) =>
    (tariff.tierMode === undefined || one["x-tierMode"] !== undefined ? one : { ...one, "x-tierMode": tariff.tierMode }));
  return {
    ...rest, rateLineCollections: collections, ...(selection === "atStart" ? { "x-incrementPricing": "atStart" as const } : {}),
    validity: when.length === 0 ? { validityStatus: "active" }
      : { validityStatus: "definedByValidityTimeSpec", validityTimeSpecification: { validPeriods: when.flatMap((one) => periodsOf(one, zone)) } },
  };
}

/** One period for each span of dates: a period of the standard has one. */
function periodsOf({ weekdays, months, times, dates }: TableValidity, zone: Zone): readonly PublishedPeriod[] {
  const recurring = {
    ...(weekdays === undefined && months === undefined ? {} : { recurringDayWeekMonthPeriod: [{
      ...(weekdays === undefined ? {} : { applicableDay: weekdays }), ...(months === undefined ? {} : { applicableMonth: months.map((n) => MONTHS[n - 1] ?? "") }),
    }] }),
    ...(times === undefined ? {} : { recurringTimePeriodOfDay: times.map(({ from, to }) => ({ startTimeOfPeriod: from, endTimeOfPeriod: to })) }),
  };
  return dates === undefined ? [recurring] : dates.map(({ from, to }) => ({
    startOfPeriod: isoOf(zone.boundaryOf(dayOf(from), 0)), endOfPeriod: isoOf(zone.boundaryOf(dayOf(to) + 1, 0)), ...recurring,
  }));
}

const dayOf = (date: string): number => present(parseDate(date), "a date that compiled");

function overlap(a: TableValidity, b: TableValidity): boolean {
  const share = <T>(one: readonly T[] | undefined, other: readonly T[] | undefined): boolean => !one || !other || one.some((value) => other.includes(value));
  const datesMeet = !a.dates || !b.dates || a.dates.some((one) => (b.dates ?? []).some((other) => one.from <= other.to && other.from <= one.to));
  const timesMeet = !a.times || !b.times || a.times.some((one) => (b.times ?? []).some((other) => timesOverlap(one, other)));
  return share(a.weekdays ?? WEEKDAYS, b.weekdays ?? WEEKDAYS) && share(a.months, b.months) && datesMeet && timesMeet;
}

const timesOverlap = (a: TimesOfDay, b: TimesOfDay): boolean =>
  spansOf(a).some((one) => spansOf(b).some((other) => one.from < other.to && other.from < one.to));

const spansOf = ({ from, to }: TimesOfDay): readonly TimesOfDay[] => (to > from ? [{ from, to }] : [{ from, to: "24:00" }, { from: "00:00", to }]);
