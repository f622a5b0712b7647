/** Civil days and months as half-open intervals of a zone. */
import { type DayNumber, addMonthsToDay, dateText, parseDate } from "../../kernel/calendar.ts";
import type { Instant } from "../../kernel/instant.ts";
import type { Zone } from "../../kernel/zone.ts";

export type Interval = { readonly from: Instant; readonly until: Instant };
export type Day = Interval & { readonly day: string };

/** More days than two years are a wrong date, and a report is read by people. */
export const REPORT_DAYS_MAX = 732;

/** `2026-03`, or undefined when it is no month. */
export function monthOf(text: string, zone: Zone): Interval | undefined {
  const first = parseDate(`${text}-01`);
  if (first === undefined) return undefined;
  return { from: zone.boundaryOf(first, 0), until: zone.boundaryOf(addMonthsToDay(first, 1), 0) };
}

export const dayOf = (day: DayNumber, zone: Zone): Day =>
  ({ day: dateText(day), from: zone.boundaryOf(day, 0), until: zone.boundaryOf(day + 1, 0) });

/** All days from the first to the last date, both inclusive; undefined when they are no period. */
export function daysOf(first: string, last: string, zone: Zone): readonly Day[] | undefined {
  const [from, to] = [parseDate(first), parseDate(last)];
  if (from === undefined || to === undefined || to < from || to - from >= REPORT_DAYS_MAX) return undefined;
  return Array.from({ length: to - from + 1 }, (_, index) => dayOf(from + index, zone));
}
