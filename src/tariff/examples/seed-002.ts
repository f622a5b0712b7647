/**
 * The tariff of the city's car parks: per hour or part of it, hours run from entry, each priced by the band
 * in force when it starts.
 *
 *                    midnight to 10:00   10:00 to midnight
 *   Monday-Friday          2.50                5.00
 *   Saturday, Sunday       5.00               10.00
 */
import type { ApdsRateTable } from "../apds.ts";
import type { Tariff, Weekday } from "../tariff.ts";

const hourly = (id: string, name: string, value: number): ApdsRateTable => ({
  id, version: 1, availability: "public", rateType: "hourly", validation: true,
  rateTableName: [{ language: "en", string: name }],
  "x-incrementPricing": "atStart",
  rateLineCollections: [{
    id: `${id}-hours`, collectionSequence: 1, applicableCurrency: "AUD", relativeTimes: true,
      taxIncluded: true, taxRate: 10,
    rateLines: [{
      id: `${id}-hour`, sequence: 1, rateLineType: "incrementingRate", incrementPeriod: "PT1H",
        usageCondition: "unlimited", value,
    }],
  }],
});

const WORKDAYS: readonly Weekday[] = ["monday", "tuesday", "wednesday", "thursday", "friday"];
const WEEKEND: readonly Weekday[] = ["saturday", "sunday"];
const NIGHT = { from: "00:00", to: "10:00" };
const DAYTIME = { from: "10:00", to: "24:00" };

export const seed002Tariff: Tariff = {
  id: "city-hourly",
  version: 1,
  name: "City car parks, per hour",
  currency: "AUD",
  selection: "atStart",
  tables: [
    hourly("workday-night", "Monday to Friday before 10:00", 2.5),
    hourly("workday-day", "Monday to Friday from 10:00", 5),
    hourly("weekend-night", "Saturday and Sunday before 10:00", 5),
    hourly("weekend-day", "Saturday and Sunday from 10:00", 10),
  ],
  when: [
    { table: "workday-night", weekdays: WORKDAYS, times: [NIGHT] },
    { table: "workday-day", weekdays: WORKDAYS, times: [DAYTIME] },
    { table: "weekend-night", weekdays: WEEKEND, times: [NIGHT] },
    { table: "weekend-day", weekdays: WEEKEND, times: [DAYTIME] },
  ],
};
