/** Monthly statements: run for a month, listed, read as JSON, PDF or CSV. An issued one never changes. */
import { z } from "zod";
import { addressee, why } from "./rights-words.ts";
import { after, amountMinor, civilMonth, currency, entityId, facilityId, freeText, instant, locale, pageOf, queryRows } from "./words.ts";

const statementNumber = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,79}$/);
export const statementParams = z.strictObject({ facility: facilityId, number: statementNumber });
export const statementQuery = z.strictObject({ format: z.enum(["json", "csv", "pdf"]).optional(), locale: locale.optional() });

/** Tax included in the amounts: net + tax = gross in each line, and the gross amounts add up to the total. */
export const vatLine = z.strictObject({ ratePercent: z.string(), netMinor: amountMinor, taxMinor: amountMinor, grossMinor: amountMinor });
export const statementLine = z.strictObject({
  type: z.enum(["stay", "exitWithoutEntry", "correction", "contractFee"]),
  /** Stay, incident or contract. */
  item: z.string(),
  /** Plate or card number; null once erased. */
  label: z.string().nullable(),
  from: instant.nullable(), to: instant.nullable(), chargedMs: z.int().nullable(),
  /** The uncovered parts of a stay. */
  charged: z.array(z.strictObject({ from: instant, to: instant })),
  /** The statement a correction corrects, and what that had billed. */
  original: z.string().nullable(), billedMinor: amountMinor.nullable(),
  amountMinor,
  /** Of a correction by a fact from long ago. */
  why: why.nullable(),
});
export const statementHead = z.strictObject({
  number: z.string(), facility: z.string(), account: entityId, month: z.string(), issuedAt: instant, currency, totalMinor: amountMinor, lines: z.int(),
  /** Null once erased. */
  name: z.string().nullable(),
  /** The e-mail: waiting, gone, or why not. */
  mail: z.enum(["none", "waiting", "sent", "failed"]), mailDetail: z.string().nullable(),
});
export type StatementHead = z.infer<typeof statementHead>;
export const statement = z.strictObject({
  head: statementHead, issuer: z.strictObject({ name: z.string(), address: z.string(), vatNumber: z.string() }), recipient: addressee.nullable(),
  lines: z.array(statementLine), vat: z.array(vatLine), rules: z.int(),
});
export type StatementView = z.infer<typeof statement>;

export const statementsQuery = z.strictObject({ facility: facilityId.optional(), account: entityId.optional(), month: civilMonth.optional(), rows: queryRows, after });
export const statements = pageOf(statementHead);

/** For one account, or all of the car park. A month that is already stated is given as it is. */
export const runStatementsBody = z.strictObject({ month: civilMonth, account: entityId.optional() });
export const runStatementsAnswer = z.strictObject({
  month: z.string(), issued: z.array(statementHead), already: z.array(statementHead),
  /** Accounts with nothing to state, or which could not be. */
  without: z.array(z.strictObject({ account: entityId, because: freeText(500) })),
});
export type RunStatementsAnswer = z.infer<typeof runStatementsAnswer>;
