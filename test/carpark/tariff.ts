import type { TariffVersion } from "../../src/carpark/facility/pricing.ts";

const HOUR = 3_600_000;

/** Seed 002's table as hour bands. */
export const testTariff: TariffVersion = {
  version: 1, effectiveFrom: 0,
  tariff: {
    bands: [
      { days: [1, 2, 3, 4, 5], fromMs: 0, toMs: 10 * HOUR, perHourMinor: 250 },
      { days: [1, 2, 3, 4, 5], fromMs: 10 * HOUR, toMs: 24 * HOUR, perHourMinor: 500 },
      { days: [6, 7], fromMs: 0, toMs: 10 * HOUR, perHourMinor: 500 },
      { days: [6, 7], fromMs: 10 * HOUR, toMs: 24 * HOUR, perHourMinor: 1000 },
    ],
  },
};
