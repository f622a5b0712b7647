/**
 * The standard's `validity` of a rate table as entries of `when`: valid periods minus exception periods.
 * Exceptions come first, because the first entry that holds wins. Ends are half-open.
 */
import { dateText } from "../kernel/calendar.ts";
import { DAY, MINUTE } from "../kernel/instant.ts";
import type { Zone } from "../kernel/zone.ts";
import { isJson, type Place, type Reader } from "./table/reader.ts";
import { halfOpenEnd, readTimeOfDay } from "./table/duration.ts";
import { timeText } from "../kernel/zone.ts";
import { type TableValidity, type TimesOfDay, type Weekday, WEEKDAYS } from "./tariff.ts";

const MONTHS = [
  "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
] as const;

/** Undefined when the table states no validity: it is then always in force. */
export function whenOfTable(
  table: unknown, path: string, zone: Zone, reader: Reader,
): readonly TableValidity[] | undefined {
  if (!isJson(table) || typeof table["id"] !== "string" || !isJson(table["validity"])) return undefined;
  const validity: Place = { json: table["validity"], path: `${path}.validity` };
  const nested = validity.json["validityTimeSpecification"];
  const at: Place = isJson(nested) ? { json: nested, path: `${validity.path}.validityTimeSpecification` }
    : validity;
  const valid = reader.list(at, "validPeriods");
  const exceptions = reader.list(at, "exceptionPeriods");
  if (valid.length === 0 && exceptions.length === 0) return undefined;
  const id = table["id"];
  return [
    ...exceptions.flatMap((period) => entriesOf(period, null, zone, reader)),
    ...(valid.length === 0 ? [{ table: id }] : valid.flatMap((period) => entriesOf(period, id, zone, reader))),
  ];
}

/** One entry for each recurring day rule; the rule's days, months, times and special days all hold together. */
function entriesOf(
  period: Place, table: string | null, zone: Zone, reader: Reader,
): readonly TableValidity[] {
  const times = reader.list(period, "recurringTimePeriodOfDay").flatMap((time) => timesOf(time, reader));
  const dates = datesOf(period, zone, reader);
  const shared = { table, ...(times.length > 0 ? { times } : {}), ...(dates ? { dates: [dates] } : {}) };
  const specials = reader.list(period, "recurringSpecialDay");
  const rules = reader.list(period, "recurringDayWeekMonthPeriod").map((rule) => dayRule(rule, reader));
  const onSpecial = specials.map(({ json }) => String(json["specialDayType"] ?? ""));
  const intersect = specials.length > 0
    && specials.every(({ json }) => json["intersectWithApplicableDays"] === true);
  if (specials.length === 0) return (rules.length > 0 ? rules : [{}]).map((rule) => ({ ...shared, ...rule }));
  if (intersect && rules.length > 0) return rules.map((rule) => ({ ...shared, ...rule,
    specialDays: onSpecial }));
  return [...rules.map((rule) => ({ ...shared, ...rule })), { ...shared, specialDays: onSpecial }];
}

function dayRule(rule: Place, reader: Reader): { weekdays?: readonly Weekday[]; months?: readonly number[] } {
  if (rule.json["applicableWeek"] || rule.json["dayInMonth"] || rule.json["weekInMonth"]) {
    reader.refuse("unknownValue", rule.path,
      "Weeks within a month are not supported.", "Give the dates in the tariff's when.");
  }
  const days = namesIn(rule, "applicableDay", WEEKDAYS, reader);
  const months = namesIn(rule, "applicableMonth", MONTHS, reader);
  return {
    ...(days.length > 0 ? { weekdays: days } : {}),
    ...(months.length > 0 ? { months: months.map((name) => MONTHS.indexOf(name) + 1) } : {}),
  };
}

function namesIn<T extends string>(
  at: Place, member: string, allowed: readonly T[], reader: Reader,
): readonly T[] {
  const found = reader.member(at, member);
  if (!found) return [];
  const names: readonly unknown[] = Array.isArray(found.value) ? found.value : [found.value];
  return names.flatMap((name) => {
    const known = allowed.find((value) => value === String(name).toLowerCase());
    if (known !== undefined) return [known];
    reader.refuse("unknownValue", found.path, `${String(name)} is unknown.`, `Use ${allowed.join(", ")}.`);
    return [];
  });
}

function timesOf(time: Place, reader: Reader): readonly TimesOfDay[] {
  const from = reader.timeOfDay(time, "startTimeOfPeriod");
  const text = time.json["endTimeOfPeriod"];
  const end = typeof text === "string" ? readTimeOfDay(text) : undefined;
  if (end === undefined) reader.refuse("notATime",
    `${time.path}.endTimeOfPeriod`, `${String(text)} is no time of day.`, "Write 18:00.");
  if (from === undefined || end === undefined) return [];
  if (end === DAY - MINUTE) {
    reader.note("warning",
      "endSnapped", `${time.path}.endTimeOfPeriod`, "23:59 is read as the end of the day.", "Write 24:00.");
  }
  return [{ from: timeText(from), to: timeText(end === DAY - MINUTE ? DAY : halfOpenEnd(end)) }];
}

function datesOf(
  period: Place, zone: Zone, reader: Reader,
): { readonly from: string; readonly to: string } | undefined {
  const from = reader.instant(period, "startOfPeriod");
  const until = reader.instant(period, "endOfPeriod");
  if (from === undefined && until === undefined) return undefined;
  for (const at of [from, until]) {
    if (at !== undefined && zone.msOfDayAt(at) !== 0) {
      reader.note("guess",
        "notADate", period.path, "The period does not start and end at midnight; whole days are taken.",
        "Use recurringTimePeriodOfDay for times of day.");
    }
  }
  return {
    from: from === undefined ? "0001-01-01" : dateText(zone.dayNumberAt(from)),
    to: until === undefined ? "9999-12-31" : dateText(zone.dayNumberAt(until - 1)),
  };
}
