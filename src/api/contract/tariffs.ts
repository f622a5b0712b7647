/** Tariff versions of a car park: listed with who published them, checked, published, and tried on a past month. */
import { z } from "zod";
import { MANAGERS, OPERATORS } from "./access.ts";
import { facilityParams } from "./acts.ts";
import type { RouteShape } from "./route.ts";
import { civilMonth, currency, holdsPaymentCardNumber, instant, reason, runningNumber } from "./words.ts";

const count = z.int().min(0);
/** Sums of a month; one act's limit does not bind them. */
const sumMinor = z.int().min(0);

/** A place of the tariff's JSON that is wrong, doubtful or unusual: `$.tables[0].rateLineCollections[0].rateLines[1].value`. */
export const finding = z.strictObject({
  severity: z.enum(["refused", "guess", "warning"]), code: z.string(), path: z.string(), message: z.string(), fix: z.string(),
});

/** Any JSON object: the tariff reader names each place that is wrong. Only what no database can keep is refused here. */
export const tariffJson = z.record(z.string(), z.unknown())
  .refine((json) => everyText(json, (text) => !/[\u0000\p{Surrogate}]/u.test(text)), "holds characters that cannot be stored")
  .refine((json) => everyText(json, (text) => !holdsPaymentCardNumber(text)), "looks like it holds a payment card number; it must not be stored")
  .meta({ description: "A tariff: rate tables and when each applies (src/tariff/README.md)" });

function everyText(value: unknown, test: (text: string) => boolean): boolean {
  if (typeof value === "string") return test(value);
  if (typeof value !== "object" || value === null) return true;
  return Object.entries(value).every(([key, inner]) => (Array.isArray(value) || test(key)) && everyText(inner, test));
}

/** `published` is null while the log book has not read it yet. */
const tariffVersion = z.strictObject({
  version: runningNumber, effectiveFrom: instant, state: z.enum(["past", "inForce", "future"]), tariff: z.unknown(),
  published: z.strictObject({ at: instant, by: z.string().nullable(), reason: z.string().nullable() }).nullable(),
});
/** By effective date. A version that starts when another does, or before it started, has replaced it and is past. */
export const tariffVersions = z.strictObject({
  facility: z.string(), zone: z.string(), currency, at: instant, next: runningNumber, rows: z.array(tariffVersion),
});
export type TariffVersions = z.infer<typeof tariffVersions>;
export type TariffVersionView = z.infer<typeof tariffVersion>;

/** `version` is the next one the publisher has seen; `effectiveFrom` null is from now on. */
export const publishTariffBody = z.strictObject({ version: runningNumber, effectiveFrom: instant.nullable(), tariff: tariffJson, reason });
export type PublishTariffBody = z.infer<typeof publishTariffBody>;
export const publishTariffAnswer = z.strictObject({ seq: z.int(), at: instant, version: runningNumber, effectiveFrom: instant });
export type PublishTariffAnswer = z.infer<typeof publishTariffAnswer>;

export const checkTariffBody = z.strictObject({ tariff: tariffJson });
/** `refused`: it has no price. `draft`: a reading is guessed and nobody has confirmed it. */
export const checkTariffAnswer = z.strictObject({ refused: z.boolean(), draft: z.boolean(), findings: z.array(finding) });
export type CheckTariffAnswer = z.infer<typeof checkTariffAnswer>;

export const repriceBody = z.strictObject({ month: civilMonth, tariff: tariffJson });
export const repriceAnswer = z.strictObject({
  month: civilMonth, from: instant, until: instant, currency,
  stays: count, oldMinor: sumMinor, newMinor: sumMinor, cheaper: count, same: count, dearer: count,
  byLength: z.array(z.strictObject({ upToMinutes: count.nullable(), stays: count, oldMinor: sumMinor, newMinor: sumMinor })),
  notPricedThen: count, notPricedNow: count,
  leftOut: z.strictObject({ seasonTicket: count, service: count, irregular: count, stillInside: count, notReached: count }),
});
export type RepriceAnswer = z.infer<typeof repriceAnswer>;

export const tariffRoutes = {
  tariffs: {
    method: "GET", path: "/facilities/:facility/tariffs", access: OPERATORS, summary: "Tariff versions, past, in force and future, and who published them",
    params: facilityParams, answer: tariffVersions,
  },
  publishTariff: {
    method: "POST", path: "/facilities/:facility/tariffs", access: MANAGERS, summary: "Publish the next version; stays are priced by the version valid at their entry",
    params: facilityParams, body: publishTariffBody, answer: publishTariffAnswer,
  },
  checkTariff: {
    method: "POST", path: "/facilities/:facility/tariffs/check", access: MANAGERS, summary: "What is wrong or doubtful in a tariff, with place and fix",
    params: facilityParams, body: checkTariffBody, answer: checkTariffAnswer,
  },
  repriceMonth: {
    method: "POST", path: "/facilities/:facility/tariffs/reprice", access: MANAGERS, summary: "What a month's closed short-term stays would have cost",
    params: facilityParams, body: repriceBody, answer: repriceAnswer,
  },
} as const satisfies Record<string, RouteShape>;
