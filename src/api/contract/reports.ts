/**
 * Reports. Each route answers JSON, or a download with `format=csv` or `format=pdf` in the language of
 * `locale`. Periods are civil dates and months of the facility.
 */
import { z } from "zod";
import { amountMinor, civilDate, civilMonth, currency, entityId, facilityId, instant, locale } from "./words.ts";

export const format = z.enum(["json", "csv", "pdf"]);
const asked = { format: format.optional(), locale: locale.optional() };

export const faultReportQuery = z.strictObject({ month: civilMonth, facility: facilityId.optional(), ...asked });
export const periodQuery = z.strictObject({ from: civilDate, to: civilDate, facility: facilityId.optional(), ...asked });
export const dayQuery = z.strictObject({ day: civilDate, facility: facilityId.optional(), ...asked });
export const guardReportQuery = z.strictObject({ from: civilDate, to: civilDate, facility: facilityId.optional(), company: entityId.optional(), ...asked });

const fixTimes = z.strictObject({ minMinutes: z.number().nullable(), medianMinutes: z.number().nullable(), meanMinutes: z.number().nullable(), maxMinutes: z.number().nullable() });
export const faultReport = z.strictObject({
  month: z.string(), printedAt: instant,
  organisations: z.array(z.strictObject({
    organisation: z.enum(["maintenance", "directLabour"]), reported: z.int(), fixed: z.int(), stillOpen: z.int(), timeToFix: fixTimes,
    serviceLevelMinutes: z.number().nullable(), withinServiceLevel: z.int(), beyondServiceLevel: z.int(),
  })),
  rows: z.array(z.strictObject({
    facility: z.string(), fault: z.int(), asset: z.string(), details: z.string(), organisation: z.string(), reportedAt: instant,
    fixedAt: instant.nullable(), minutesToFix: z.number().nullable(), count: z.int(),
  })),
});
export type FaultReport = z.infer<typeof faultReport>;

export const occupancyReport = z.strictObject({
  day: z.string(), zone: z.string(),
  series: z.array(z.strictObject({
    facility: z.string(), group: z.string(), name: z.string(), capacity: z.int(),
    /** Occupied at the start of every step of the day, null for steps to come. */
    stepMinutes: z.int(), occupied: z.array(z.int().nullable()),
  })),
});
export type OccupancyReport = z.infer<typeof occupancyReport>;

export const revenueReport = z.strictObject({
  from: z.string(), to: z.string(), currency, printedAt: instant,
  means: z.array(z.strictObject({ means: z.string(), payments: z.int(), amountMinor })),
  days: z.array(z.strictObject({ day: z.string(), facility: z.string(), means: z.string(), payments: z.int(), amountMinor })),
  totalMinor: amountMinor, taxMinor: amountMinor, retainedMinor: amountMinor, refundedMinor: amountMinor,
});
export type RevenueReport = z.infer<typeof revenueReport>;

/** `settlement`: the card company's file, with the columns `reference` and `amount` among others; compared only when given. */
export const reconciliationBody = z.strictObject({
  from: civilDate, to: civilDate, facility: facilityId.optional(), settlement: z.string().max(60_000).optional(),
});
export type ReconciliationBody = z.infer<typeof reconciliationBody>;
export const reconciliation = z.strictObject({
  from: z.string(), to: z.string(), currency, printedAt: instant,
  counts: z.array(z.strictObject({
    facility: z.string(), seq: z.int(), at: instant, place: z.string(), what: z.enum(["cashBox", "hopper", "till", "coinsFound"]),
    bookedMinor: amountMinor, countedMinor: amountMinor, differenceMinor: amountMinor,
  })),
  countedDifferenceMinor: amountMinor, bookedCardMinor: amountMinor,
  cards: z.strictObject({
    bookedMinor: amountMinor, settledMinor: amountMinor, matched: z.int(),
    items: z.array(z.strictObject({
      kind: z.enum(["amountDiffers", "onlyBooked", "onlySettled", "referenceMissing"]), reference: z.string(),
      bookedMinor: amountMinor.nullable(), settledMinor: amountMinor.nullable(), facility: z.string().nullable(), place: z.string().nullable(),
      at: instant.nullable(), line: z.int().nullable(),
    })),
  }).nullable(),
  unreadable: z.array(z.int()),
});
export type Reconciliation = z.infer<typeof reconciliation>;

export const shiftReport = z.strictObject({
  from: z.string(), to: z.string(), currency, printedAt: instant,
  rows: z.array(z.strictObject({
    facility: z.string(), till: z.string(), shift: z.int(), openedBy: z.string(), openedAt: instant, closedAt: instant.nullable(),
    floatMinor: amountMinor, payments: z.int().nullable(), cashMinor: amountMinor.nullable(), cardMinor: amountMinor.nullable(),
    expectedMinor: amountMinor.nullable(), countedMinor: amountMinor.nullable(), varianceMinor: amountMinor.nullable(),
  })),
  varianceMinor: amountMinor,
});
export type ShiftReport = z.infer<typeof shiftReport>;

export const guardReport = z.strictObject({
  from: z.string(), to: z.string(), printedAt: instant,
  rows: z.array(z.strictObject({
    company: z.string(), facility: z.string(), day: z.string(), due: z.int(), made: z.int(), short: z.int(), departureMissing: z.int(),
    minutes: z.array(z.number()), longestGapMinutes: z.number().nullable(), fulfilled: z.boolean(),
  })),
});
export type GuardReport = z.infer<typeof guardReport>;

export const seasonReport = z.strictObject({
  from: z.string(), to: z.string(), currency, printedAt: instant,
  rows: z.array(z.strictObject({ facility: z.string(), months: z.int(), sold: z.int(), renewed: z.int(), amountMinor })),
  totalMinor: amountMinor,
});
export type SeasonReport = z.infer<typeof seasonReport>;
