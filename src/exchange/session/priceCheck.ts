/**
 * Whether a provider charged what the operator's table says. A difference is told to the sender and kept with
 * the session; the amount stays as it was posted.
 *
 * An extended stay may be priced anew per segment or as one; either is what the table says.
 */
import { minorOf, type MinorUnits } from "../../kernel/money.ts";
import type { CompiledTariff } from "../../tariff/compile.ts";
import { quote } from "../../tariff/quote.ts";
import type { JsonObject } from "../json.ts";
import { instantOf } from "../tolerance/instant.ts";
import { minorIn, transactionsOf } from "./money.ts";
import { segmentsOf } from "./reading.ts";

/** Set by the server; a sender's own is left out. */
export const PRICE_CHECK = "x-priceCheck";

/** The one table a specification sells by, compiled for the place's zone. */
export type PostedTable = { readonly id: string; readonly version: number; readonly compiled: CompiledTariff };

export type PriceCheck = { readonly postedMinor: MinorUnits; readonly expectedMinor: MinorUnits };

/** Undefined when there is nothing to compare: no end, no amount, no price by the table. */
export function priceCheck(session: JsonObject, table: PostedTable, currency: string): PriceCheck | undefined {
  const [from, to] = [instantOf(session["actualStart"]), instantOf(session["actualEnd"])];
  const segments = segmentsOf(session);
  const amounts = segments.flatMap(transactionsOf).map((one) => minorIn(one["segmentValue"], currency));
  if (from === undefined || to === undefined || amounts.length === 0 || table.compiled.tariff.currency !== currency) return undefined;
  const postedMinor = amounts.reduce<number>((sum, one) => sum + (one ?? 0), 0);
  const whole = priced(table, from, to);
  if (whole === undefined) return undefined;
  const each = segments.map((segment) => priced(
    table, instantOf(segment["actualStart"]) ?? from, instantOf(segment["actualEnd"]) ?? to
  ));
  const fresh = each.every((one) => one !== undefined) ? each.reduce<number>((sum, one) => sum + (one ?? 0), 0) : whole;
  return { postedMinor, expectedMinor: postedMinor === fresh ? fresh : whole };
}

function priced({ compiled }: PostedTable, from: number, to: number): MinorUnits | undefined {
  const answer = quote(compiled, [{ from, to }]);
  return answer.ok ? answer.value.totalMinor : undefined;
}

/** What is kept with the session when the two differ, in the wire's decimal units. */
export function keptCheck(
  { postedMinor, expectedMinor }: PriceCheck, { id, version }: PostedTable, currency: string
): JsonObject {
  const one = minorOf(1, currency);
  const units = one.ok ? one.value : 100;
  return {
    differs: true, posted: postedMinor / units, expected: expectedMinor / units, currency, rateTable: { id, version },
  };
}
