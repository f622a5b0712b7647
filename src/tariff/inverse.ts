/**
 * The inverse of the price: how long an amount pays for.
 *
 * The price of a stay never falls with its length (unless a table declares otherwise), so the latest
 * departure is found by bisection to the millisecond; where it may fall, the steps of the ladder are searched.
 */
import { DAY, type Instant } from "../kernel/instant.ts";
import type { MinorUnits } from "../kernel/money.ts";
import { type Result, err, ok } from "../kernel/result.ts";
import type { CompiledTariff } from "./compile.ts";
import { priceLadder } from "./ladder.ts";
import type { QuoteOptions } from "./price.ts";
import { totalOf } from "./quote.ts";

export type LatestDeparture = {
  /** The latest instant at which leaving costs no more than the amount. */
  readonly until: Instant;
  readonly totalMinor: MinorUnits;
  /** The amount would pay for longer than was searched (`horizonMs`). */
  readonly beyondHorizon: boolean;
};
export type InverseRefusal =
  | { readonly type: "amountTooSmall"; readonly leastMinor: MinorUnits }
  | { readonly type: "noPriceAtAll" }
  | { readonly type: "chargingNotBegun"; readonly beginsAt: Instant | undefined };

/** Nobody buys more than this at a machine, and a free table pays for ever. */
export const HORIZON_MS_DEFAULT = 31 * DAY;

/**
 * The latest departure whose price, from `from` on, is at most the amount. The tariff's rateTransition decides
 * what happens at the end of charging hours; without it the surplus counts in the next charging period.
 */
export function latestDeparture(
  compiled: CompiledTariff, from: Instant, amountMinor: MinorUnits,
    options?: QuoteOptions & { readonly horizonMs?: number },
): Result<LatestDeparture, InverseRefusal> {
  const horizon = options?.horizonMs ?? HORIZON_MS_DEFAULT;
  const transition = compiled.tariff.rateTransition;
  const chargingNow = !compiled.plan || compiled.plan.spanAt(from).answer >= 0;
  if (transition?.prepaymentAllowed === false && !chargingNow) {
    return err({ type: "chargingNotBegun", beginsAt: nextCharging(compiled, from, horizon) });
  }
  const policy = chargingNow ? transition?.overpaymentPolicy : undefined;
  if (policy === "fullTimePurchased") return search(withoutHours(compiled, from), from, amountMinor,
    horizon, options);
  const found = search(compiled, from, amountMinor, horizon, options);
  if (!found.ok || policy !== "rateEndCutOff") return found;
  const end = endOfCharging(compiled, from, horizon);
  if (end === undefined || found.value.until <= end) return found;
  const total = totalOf(compiled, [{ from, to: end }], options);
  return ok({ until: end, totalMinor: total.ok ? total.value : found.value.totalMinor, beyondHorizon: false });
}

function search(
  compiled: CompiledTariff, from: Instant, amountMinor: MinorUnits, horizon: number,
    options: QuoteOptions | undefined,
): Result<LatestDeparture, InverseRefusal> {
  if (mayFall(compiled)) return searchSteps(compiled, from, amountMinor, horizon, options);
  const affordable = (length: number): boolean => {
    const total = totalOf(compiled, [{ from, to: from + length }], options);
    return total.ok && total.value <= amountMinor;
  };
  if (!affordable(1)) return tooSmall(compiled, from, options);
  let [low, high] = [1, horizon];
  if (affordable(horizon)) low = horizon;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (affordable(middle)) low = middle;
    else high = middle;
  }
  const total = totalOf(compiled, [{ from, to: from + low }], options);
  return ok({ until: from + low, totalMinor: total.ok ? total.value : 0, beyondHorizon: low === horizon });
}

function tooSmall(
  compiled: CompiledTariff, from: Instant, options: QuoteOptions | undefined,
): Result<never, InverseRefusal> {
  const least = totalOf(compiled, [{ from, to: from + 1 }], options);
  return err(least.ok ? { type: "amountTooSmall", leastMinor: least.value } : { type: "noPriceAtAll" });
}

/** Offers by exit time and declared tables may make a longer stay cheaper. */
export const mayFall = (compiled: CompiledTariff): boolean =>
  (compiled.tariff.offers ?? []).some((offer) => offer.exit !== undefined || offer.applies === "always") ||
  compiled.tables.some(({ collections }) => collections.some((c) => c.bands.some((band) => band.value < 0)));

function searchSteps(
  compiled: CompiledTariff, from: Instant, amountMinor: MinorUnits, horizon: number,
    options: QuoteOptions | undefined,
): Result<LatestDeparture, InverseRefusal> {
  const steps = priceLadder(compiled, from, horizon, options);
  if (!steps.ok) return err({ type: "noPriceAtAll" });
  for (let i = steps.value.length - 1; i >= 0; i--) {
    const { price } = steps.value[i]!;
    if (price.type === "noPrice" || price.totalMinor > amountMinor) continue;
    const next = steps.value[i + 1]?.afterMs;
    return ok({ until: from + (next ?? horizon), totalMinor: price.totalMinor,
      beyondHorizon: next === undefined });
  }
  return tooSmall(compiled, from, options);
}

/** The table in force goes on for ever: minutes bought are kept past the end of charging hours. */
function withoutHours(compiled: CompiledTariff, from: Instant): CompiledTariff {
  const table = compiled.plan ? compiled.tables[compiled.plan.spanAt(from).answer] : undefined;
  return table ? { ...compiled, tables: [table], plan: undefined, coversAll: true,
    selection: "entryTime" } : compiled;
}

function endOfCharging(compiled: CompiledTariff, from: Instant, horizon: number): Instant | undefined {
  if (!compiled.plan) return undefined;
  const follows = compiled.tariff.rateTransition?.followThroughAllowed === true;
  const table = compiled.plan.spanAt(from).answer;
  for (let at = from; at < from + horizon; ) {
    const span = compiled.plan.spanAt(at);
    if (span.answer < 0 || (!follows && span.answer !== table)) return at;
    at = span.until;
  }
  return undefined;
}

function nextCharging(compiled: CompiledTariff, from: Instant, horizon: number): Instant | undefined {
  for (let at = from; at < from + horizon; ) {
    const span = compiled.plan!.spanAt(at);
    if (span.answer >= 0) return at;
    at = span.until;
  }
  return undefined;
}
