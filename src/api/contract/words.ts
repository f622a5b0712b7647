/**
 * The small words every route of the site API is made of: ids, instants, money, reasons, pages, problems.
 *
 * Instants are epoch milliseconds (UTC), money is integer minor units with the facility's currency. Ids in
 * paths are facility, lane, station, ticket and running numbers; never a plate, a name or a card number.
 */
import { z } from "zod";

/** Longest text a member of staff may type into a reason or note; a log book line, not a letter. */
export const TEXT_MAX = 500;
/** Largest amount of one act, in minor units: far above any stay, far below what an integer can hold. */
export const AMOUNT_MINOR_MAX = 100_000_000;
/** Rows of one page of any list; the next page is asked for with `after`. */
export const PAGE_ROWS_MAX = 200;

/** 13 to 19 digits that pass the check of payment cards: refused in every free text, so none is ever stored. */
export function holdsPaymentCardNumber(text: string): boolean {
  for (const match of text.matchAll(/\d(?:[ -]?\d){12,18}/g)) {
    const digits = match[0].replace(/[ -]/g, "");
    if (luhnHolds(digits)) return true;
  }
  return false;
}

function luhnHolds(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    const doubled = i % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** Text without NUL and lone surrogates, which PostgreSQL cannot store as typed. */
export const freeText = (max: number) =>
  z.string().max(max)
    .refine((text) => !/[\u0000\p{Surrogate}]/u.test(text), "holds characters that cannot be stored")
    .refine((text) => !holdsPaymentCardNumber(text), "looks like a payment card number; it must not be stored");

export const facilityId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/).meta({ description: "Facility id, `central`" });
export const laneId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,39}$/).meta({ description: "Lane id, `E1`" });
export const stationId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,39}$/).meta({ description: "Pay station id, `P1`" });
export const groupId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,39}$/).meta({ description: "Counting group id" });
export const stayId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/).meta({ description: "Stay id, `central-000123`" });
export const ticketNumber = z.string().regex(/^\d{11}$/).meta({ description: "Ticket number, 11 digits" });
export const credentialRef = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/).meta({ description: "Random reference to a card; says nothing about it" });
export const entityId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,59}$/).meta({ description: "Id given by the product" });
export const runningNumber = z.int().min(1).max(2_147_483_647);

export const instant = z.int().min(0).max(8_640_000_000_000_000).meta({ description: "Epoch milliseconds, UTC" });
export const amountMinor = z.int().min(-AMOUNT_MINOR_MAX).max(AMOUNT_MINOR_MAX).meta({ description: "Minor units of the facility's currency" });
export const positiveMinor = z.int().min(1).max(AMOUNT_MINOR_MAX);
export const currency = z.string().regex(/^[A-Z]{3}$/);
/** Civil date of the facility, `2026-03-02`. */
export const civilDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
/** Civil month of the facility, `2026-03`. */
export const civilMonth = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);

/** Why an override was made; recorded with the actor. */
export const reason = freeText(TEXT_MAX).refine((text) => text.trim() !== "", "a reason is needed");
export const locale = z.enum(["en", "de"]);
export type Locale = z.infer<typeof locale>;

/** A text to be worded by the reader's catalogue: a key of src/messages and its parameters. */
export const words = z.strictObject({
  key: z.string(),
  params: z.record(z.string(), z.unknown()),
});
export type Words = z.infer<typeof words>;

/** Numbers in query strings are text on the wire; only plain digits are read as a number. */
export const digits = (max: number) =>
  z.string().regex(/^\d{1,16}$/).transform(Number).refine((n) => n <= max, `at most ${max}`);
export const queryInstant = digits(8_640_000_000_000_000);
export const queryRows = digits(PAGE_ROWS_MAX).refine((n) => n >= 1, "at least 1").optional();
export const queryFlag = z.enum(["true", "false"]).transform((text) => text === "true");

/** A page of a list: `next` is given back as `after` to get the rows behind it; null at the end. */
export const pageOf = <T extends z.ZodType>(row: T) => z.strictObject({ rows: z.array(row), next: z.string().nullable() });
export const after = freeText(200).optional();

/**
 * RFC 9457. `type` is `urn:gatehouse:problem:CODE`; `refusal` carries the typed refusal with its data,
 * `errors` the places of a body or query that were not understood (`line`: within a text sent), `next` what to do.
 */
export const problem = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string(),
  refusal: z.looseObject({ type: z.string() }).optional(),
  errors: z.array(z.strictObject({ path: z.string(), message: z.string(), line: z.int().optional() })).optional(),
  next: z.string().optional(),
  request: z.string(),
});
export type Problem = z.infer<typeof problem>;

/** The answer to every act on a facility: recorded durably up to this sequence. */
export const recorded = z.strictObject({ seq: z.int(), at: instant });
export type RecordedAnswer = z.infer<typeof recorded>;
export const nothing = z.strictObject({});
