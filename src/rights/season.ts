/**
 * The season ticket as a product (seed 002): prepaid for 3, 6 or 12 calendar months in one car park, Monday
 * to Friday, in the designated spaces.
 *
 *   first day --n calendar months--> expiry date, the last day on which it is valid
 *
 * 31 January + 3 months = 30 April: a month that lacks the day ends the ticket on its last day.
 */
import { type DayNumber, addMonthsToDay } from "../kernel/calendar.ts";
import type { Currency, MinorUnits } from "../kernel/money.ts";
import type { Zone } from "../kernel/zone.ts";
import type { Instant } from "../kernel/instant.ts";
import type { CardRight } from "./card.ts";

export const SEASON_MONTHS = [3, 6, 12] as const;
export type SeasonMonths = (typeof SEASON_MONTHS)[number];

/** One price for each length; a length without a price is not sold, so none may be missing. */
export type SeasonPrices = {
  readonly currency: Currency; readonly priceMinor: Readonly<Record<SeasonMonths, MinorUnits>>;
};

/** Seed 002: AUD 200, 375 and 500. */
export const SEED_SEASON_PRICES: SeasonPrices = { currency: "AUD", priceMinor: { 3: 20_000, 6: 37_500, 12: 50_000 } };

/** Both days inclusive, in the car park's calendar. */
export type SeasonPeriod = {
  readonly firstDay: DayNumber; readonly expiryDay: DayNumber; readonly months: SeasonMonths;
};

export const WEEKDAYS_OF_SEASON: readonly number[] = [1, 2, 3, 4, 5];

export const seasonPeriod = (firstDay: DayNumber, months: SeasonMonths): SeasonPeriod =>
  ({ firstDay, months, expiryDay: addMonthsToDay(firstDay, months) });

/** A renewal follows without a gap while the ticket is valid, and starts today once it has expired. */
export const renewalStart = (expiryDay: DayNumber, today: DayNumber): DayNumber => Math.max(expiryDay + 1, today);

/**
 * What a lane must know: one half-open interval [start of the first day, end of the expiry day) in the car
 * park's zone. Periods that follow each other without a gap are one; `periods` is in order and not empty.
 */
export function validityOf(
  periods: readonly SeasonPeriod[], zone: Zone,
): { readonly validFrom: Instant; readonly validUntil: Instant } {
  const last = periods[periods.length - 1]!;
  let firstDay = last.firstDay;
  for (const period of [...periods].reverse()) {
    if (period.expiryDay + 1 >= firstDay) firstDay = Math.min(firstDay, period.firstDay);
  }
  return { validFrom: zone.boundaryOf(firstDay, 0), validUntil: zone.boundaryOf(last.expiryDay + 1, 0) };
}

/** The right that goes on the card. */
export function seasonRight(
  right: string, facility: string, periods: readonly SeasonPeriod[], zone: Zone, blocked: boolean,
): CardRight {
  return { right, kind: "season", facilities: [facility], ...validityOf(periods, zone), days: WEEKDAYS_OF_SEASON, blocked };
}
