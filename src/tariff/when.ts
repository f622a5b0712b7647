/**
 * When which table is in force: the tariff's `when` as windows of the wall clock, checked entry by entry.
 */
import { type DayNumber, dateOf, parseDate, weekdayOf } from "../kernel/calendar.ts";
import { DAY, type Instant } from "../kernel/instant.ts";
import type { Zone } from "../kernel/zone.ts";
import type { CompiledTable } from "./compile.ts";
import { type Plan, planOf, type Window } from "./plan.ts";
import { readTimeOfDay } from "./table/duration.ts";
import type { Reader } from "./table/reader.ts";
import { type TableValidity, type Tariff, WEEKDAYS } from "./tariff.ts";

/** Undefined when the first table is always in force. */
export function compileWhen(
  tariff: Tariff, tables: readonly CompiledTable[], zone: Zone, reader: Reader,
): Plan | undefined {
  const entries = tariff.when ?? (tariff.tables.length === 1 && tables[0]
    ? [{ table: tables[0].source.id }] : []);
  if (tariff.when === undefined && tariff.tables.length > 1 && !tariff.offers) {
    reader.refuse("missing", "$.when", "Several tables, and nothing says when each applies.", "Give when.");
  }
  if (tariff.when !== undefined && tariff.when.length === 0) {
    reader.refuse("missing",
      "$.when", "No table is ever in force.", "Give at least one entry, or leave when out.");
  }
  const windows = entries.flatMap((entry, index) => windowsOf(entry, index, tariff, tables, reader));
  if (windows.length === 1 && windows[0]!.always) return undefined;
  return planOf(windows, zone);
}

/** Certain only when nothing but weekdays and times decides; then one ordinary week shows all. */
export function coversEveryWeek(tariff: Tariff, plan: Plan): boolean {
  const weekly = (tariff.when ?? []).filter((e) => !e.dates && !e.months && !e.specialDays
    && !e.exceptSpecialDays);
  if (weekly.length !== tariff.when?.length) return false;
  return uncoveredIn(plan, ORDINARY_WEEK, ORDINARY_WEEK + 8 * DAY) === undefined;
}

/** The first instant of a period without a table, or undefined. */
export function uncoveredIn(plan: Plan, from: Instant, until: Instant): Instant | undefined {
  for (let at = from; at < until; ) {
    const span = plan.spanAt(at);
    if (span.answer < 0) return at;
    at = span.until;
  }
  return undefined;
}

/** Monday to Sunday of a week in which hardly any zone changes its clocks. */
const ORDINARY_WEEK: Instant = Date.UTC(2025, 0, 12);

type RankedWindow = Window & { readonly always: boolean };

function windowsOf(
  entry: TableValidity, index: number, tariff: Tariff, tables: readonly CompiledTable[], reader: Reader,
): readonly RankedWindow[] {
  const path = `$.when[${index}]`;
  const table = tables.find(({ source }) => source.id === entry.table);
  if (!table && entry.table !== null) {
    const known = tariff.tables.some((json) => json.id === entry.table);
    if (!known) reader.refuse("unknownTable",
      `${path}.table`, `There is no table ${entry.table}.`, "Name a table of the tariff.");
    return [];
  }
  const onDay = dayTest(entry, path, tariff, reader);
  const times = entry.times ?? [{ from: "00:00", to: "24:00" }];
  return times.flatMap((time, i): RankedWindow[] => {
    const window = readTimes(time, `${path}.times[${i}]`, reader);
    if (!window) return [];
    const always = onDay === undefined && window.from === 0 && window.to === DAY && table?.index === 0;
    return [{ answer: table ? tables.indexOf(table) : -1, onDay: onDay ?? (() => true), ...window, always }];
  });
}

/** Milliseconds since midnight of a window, `to` beyond 24 h when it runs over midnight. */
export function readTimes(
  time: { readonly from: string; readonly to: string }, path: string, reader: Reader,
): { readonly from: number; readonly to: number } | undefined {
  const from = readTimeOfDay(time.from);
  const to = readTimeOfDay(time.to);
  if (from === undefined || to === undefined || from >= DAY) {
    return reader.refuse("notATime", path,
      `${time.from} to ${time.to} are no times of day.`, "Write from 08:00 to 18:00.");
  }
  if (from === to) return reader.refuse("neverInForce", path,
    "The window is empty.", "Write 00:00 to 24:00 for the whole day.");
  return { from, to: to <= from ? to + DAY : to };
}

/** Undefined when every day qualifies. */
function dayTest(
  entry: TableValidity, path: string, tariff: Tariff, reader: Reader,
): ((day: DayNumber) => boolean) | undefined {
  const tests: ((day: DayNumber) => boolean)[] = [];
  if (entry.weekdays) {
    const numbers = new Set(entry.weekdays.map((name) => WEEKDAYS.indexOf(name) + 1));
    if (numbers.has(0) || numbers.size === 0) reader.refuse("unknownValue",
      `${path}.weekdays`, "No such weekday.", "Write monday.");
    tests.push((day) => numbers.has(weekdayOf(day)));
  }
  if (entry.months) {
    const months = new Set(entry.months);
    if (entry.months.some((m) => !Number.isInteger(m) || m < 1 || m > 12)) {
      reader.refuse("unknownValue", `${path}.months`, "No such month.", "Write 1 to 12.");
    }
    tests.push((day) => months.has(dateOf(day).month));
  }
  if (entry.dates) {
    const ranges = entry.dates.map(({ from, to }) => ({ from: parseDate(from), to: parseDate(to) }));
    if (ranges.length === 0 || ranges.some(({ from, to }) => from === undefined || to === undefined
      || from > to)) {
      reader.refuse("notADate",
        `${path}.dates`, "A range of dates is wrong.", "Write from 2026-01-01 to 2026-01-31.");
    }
    tests.push((day) => ranges.some(({ from, to }) => from !== undefined && to !== undefined
      && day >= from && day <= to));
  }
  if (entry.specialDays || entry.exceptSpecialDays) tests.push(specialDayTest(entry, path, tariff, reader));
  return tests.length === 0 ? undefined : (day) => tests.every((test) => test(day));
}

function specialDayTest(
  entry: TableValidity, path: string, tariff: Tariff, reader: Reader,
): (day: DayNumber) => boolean {
  if (!tariff.calendar) {
    reader.note("warning",
      "calendarMissing", path, "Special days are named, but the tariff has no calendar: every day is ordinary.",
      "Give calendar with the dates.");
  }
  const typesByDay = new Map<DayNumber, ReadonlySet<string>>();
  for (const [date, types] of Object.entries(tariff.calendar ?? {})) {
    const day = parseDate(date);
    if (day === undefined) reader.refuse("notADate",
      `$.calendar.${date}`, `${date} is no date.`, "Write 2026-01-01.");
    else typesByDay.set(day, new Set(types));
  }
  return (day) => {
    const types = typesByDay.get(day);
    if (entry.exceptSpecialDays?.some((type) => types?.has(type))) return false;
    return entry.specialDays === undefined || entry.specialDays.some((type) => types?.has(type));
  };
}
