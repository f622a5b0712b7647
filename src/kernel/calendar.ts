/**
 * The Gregorian calendar as arithmetic on day numbers (days since 1970-01-01). No zone, no instant:
 * the second half of every wall-clock computation, the first being the zone's offset (zone.ts).
 */
export type DayNumber = number;
export type CalendarDate = { readonly year: number; readonly month: number; readonly day: number };

/** Days from 1970-01-01 to the date; the date must exist (see `isDate`). */
export function dayNumberOf(year: number, month: number, day: number): DayNumber {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

export function dateOf(dayNumber: DayNumber): CalendarDate {
  const z = dayNumber + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1_460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1,
  };
}

/** 1 Monday to 7 Sunday. */
export const weekdayOf = (dayNumber: DayNumber): number => ((((dayNumber + 3) % 7) + 7) % 7) + 1;

export function daysInMonth(year: number, month: number): number {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
}

export const isDate = (year: number, month: number, day: number): boolean =>
  Number.isInteger(year) && year >= 1 && year <= 9_999 && Number.isInteger(month) && month >= 1 && month <= 12 &&
  Number.isInteger(day) && day >= 1 && day <= daysInMonth(year, month);

/** The same day `months` later, or the last day of that month: 31 January + 3 = 30 April. */
export function addMonthsToDay(dayNumber: DayNumber, months: number): DayNumber {
  const { year, month, day } = dateOf(dayNumber);
  const index = year * 12 + (month - 1) + months;
  const newYear = Math.floor(index / 12);
  const newMonth = index - newYear * 12 + 1;
  return dayNumberOf(newYear, newMonth, Math.min(day, daysInMonth(newYear, newMonth)));
}

const two = (n: number): string => String(n).padStart(2, "0");

/** `2026-03-02`. */
export function dateText(dayNumber: DayNumber): string {
  const { year, month, day } = dateOf(dayNumber);
  return `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`;
}

/** The day number of `2026-03-02`, or undefined when the text is no date of the calendar. */
export function parseDate(text: string): DayNumber | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return undefined;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return isDate(year, month, day) ? dayNumberOf(year, month, day) : undefined;
}
