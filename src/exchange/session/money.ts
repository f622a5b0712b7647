/**
 * Money of a segment: what is due and what was paid, as the flows carry it and the standard's model does not.
 *
 *   due    a transaction without dateCollected     paid    one with it
 *
 * Promise: an amount that was paid is never overwritten, and never paid twice; a correction is a transaction
 * of its own. Amounts on the wire are decimal major units; here they are compared as minor units.
 */
import type { Instant } from "../../kernel/instant.ts";
import { minorOf } from "../../kernel/money.ts";
import type { Json, JsonObject } from "../json.ts";
import { compact, objectsOf } from "../json.ts";
import { type Problem, problem } from "../problem.ts";
import { instantOf } from "../tolerance/instant.ts";
import { segmentsOf } from "./reading.ts";

export const transactionsOf = (segment: JsonObject): readonly JsonObject[] => objectsOf(segment["financialTransactions"]);
const isPaid = (one: JsonObject): boolean => one["dateCollected"] !== undefined;

/** Undefined when the amount is finer than the currency, or no number at all. */
export function minorIn(value: Json | undefined, currency: string): number | undefined {
  if (typeof value !== "number") return undefined;
  const minor = minorOf(value, currency);
  return minor.ok ? minor.value : undefined;
}

export function amountsProblem(session: JsonObject, currency: string): Problem | undefined {
  const odd = segmentsOf(session).flatMap(transactionsOf).some((one) => minorIn(one["segmentValue"], currency) === undefined);
  return odd ? problem("notUnderstood", `segmentValue: decimal major units of ${currency}`) : undefined;
}

export type Payer = "provider" | "operator";

/** What a change of money may not do, on a session that the operator opened. */
export function paymentProblem(
  before: JsonObject, after: JsonObject, by: Payer, id: string, now: Instant, currency: string
): Problem | undefined {
  for (const segment of segmentsOf(before)) {
    const changed = segmentsOf(after).find((one) => one["id"] === segment["id"]);
    const wrong = segmentProblem(transactionsOf(segment), changed ? transactionsOf(changed) : [], by, id, currency)
      ?? (changed && newlyPaid(segment, changed) ? expiryProblem(segment, id, now) : undefined);
    if (wrong) return wrong;
  }
  return undefined;
}

function segmentProblem(
  before: readonly JsonObject[], after: readonly JsonObject[], by: Payer, id: string, currency: string
): Problem | undefined {
  const paid = before.filter(isPaid);
  for (const one of paid) {
    const same = after.find((other) => other["transactionId"] === one["transactionId"] && isPaid(other));
    if (!same) {
      const replaced = after.some(isPaid);
      return replaced ? problem("alreadyPaid", "the segment is paid by another transaction", [id])
        : problem("changedAfterPayment", "a payment stays; corrections are added as transactions of their own", [id]);
    }
    if (minorIn(same["segmentValue"], currency) !== minorIn(one["segmentValue"], currency)) {
      return problem(
        "changedAfterPayment", "a paid amount stays; corrections are added as transactions of their own", [id]
      );
    }
  }
  const known = new Set(paid.map((one) => one["transactionId"]));
  const fresh = after.filter((one) => isPaid(one) && !known.has(one["transactionId"]));
  const due = before.filter((one) => !isPaid(one)).reduce(
    (sum, one) => sum + (minorIn(one["segmentValue"], currency) ?? 0), 0
  );
  const received = fresh.reduce((sum, one) => sum + (minorIn(one["segmentValue"], currency) ?? 0), 0);
  if (paid.length > 0 && received > 0 && due === 0) return problem(
    "alreadyPaid", "the segment is paid by another transaction", [id]
  );
  if (by === "provider" && fresh.length > 0 && received !== due) return problem(
    "amountMismatch", "the amount is not the amount due; ask again", [id]
  );
  return undefined;
}

const newlyPaid = (before: JsonObject, after: JsonObject): boolean =>
  transactionsOf(after).filter(isPaid).length > transactionsOf(before).filter(isPaid).length;

/** Until when the operator stands by the amount: an extension, because the standard has no member for it. */
export const QUOTE_VALID_UNTIL = "x-quoteValidUntil";

function expiryProblem(segment: JsonObject, id: string, now: Instant): Problem | undefined {
  const until = [segment, ...transactionsOf(segment)].map((one) => instantOf(one[QUOTE_VALID_UNTIL])).filter((at): at is Instant => at !== undefined);
  return until.some((at) => at < now) ? problem("amountExpired", "amount expired; ask again", [id]) : undefined;
}

/** The right's own members for money: what is due now, and every payment once. */
export function mirroredMoney(
  right: JsonObject, segments: readonly JsonObject[], provider: JsonObject, currency: string
): JsonObject {
  const all = segments.flatMap(transactionsOf);
  const total = all.reduce((sum, one) => sum + (minorIn(one["segmentValue"], currency) ?? 0), 0);
  const known = new Set(objectsOf(right["payments"]).map((one) => one["transactionID"]));
  const payments = all.filter((one) => isPaid(one) && !known.has(one["transactionId"])).map((one) => compact({
    dateCollected: one["dateCollected"], transactionID: one["transactionId"], serviceProvider: provider,
    paymentLines: [{
      paymentType: "payment", value: { currencyType: currency, currencyValue: one["segmentValue"] ?? 0 },
    }],
  }));
  if (all.length === 0) return right;
  return {
    ...right,
    monetaryValue: {
      taxIncluded: all.every((one) => one["taxIncluded"] !== false), serviceProvider: provider,
      value: { currencyType: currency, currencyValue: majorNumber(total, currency) },
    },
    ...(payments.length > 0 || right["payments"] !== undefined ? { payments: [...objectsOf(right["payments"]), ...payments] } : {}),
  };
}

/** Exact: minor units are safe integers, and the division of one is the nearest decimal, printed shortest. */
const majorNumber = (minor: number, currency: string): number => {
  const one = minorOf(1, currency);
  return minor / (one.ok ? one.value : 100);
};

/** A client that is known to send minor units is read so; anybody else is told when it looks like it. */
export function majorAmounts(
  session: JsonObject, minorUnits: boolean, currency: string, looksMinor: (at: string) => void
): JsonObject {
  const segments = segmentsOf(session).map((segment, i) => {
    if (segment["financialTransactions"] === undefined) return segment;
    const transactions = transactionsOf(segment).map((one) => {
      const value = one["segmentValue"];
      if (typeof value !== "number") return one;
      if (minorUnits && Number.isInteger(value)) return { ...one, segmentValue: majorNumber(value, currency) };
      if (Number.isInteger(value) && value >= LOOKS_MINOR_FROM) looksMinor(`/segments/${i}/financialTransactions`);
      return one;
    });
    return { ...segment, financialTransactions: transactions };
  });
  return session["segments"] === undefined ? session : { ...session, segments };
}

/** A stay of a hundred pounds, without pence, is rarer than a client that counts pence. */
const LOOKS_MINOR_FROM = 100;

export const sameButMoney = (session: JsonObject): string => JSON.stringify({
  ...session, version: 0, actualEnd: "",
  segments: segmentsOf(session).map((segment) => ({
    ...segment, version: 0, actualEnd: "", financialTransactions: [],
  })),
}, (_member, value: Json) => (typeof value === "object" && value !== null && !Array.isArray(value)
  ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value));
