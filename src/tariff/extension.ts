/** What more time costs: the rest of the ladder, or a fresh stay, as the tariff's `extensionPricing` says. */
import type { Instant } from "../kernel/instant.ts";
import type { MinorUnits } from "../kernel/money.ts";
import { type Result, ok } from "../kernel/result.ts";
import type { CompiledTariff } from "./compile.ts";
import type { QuoteOptions, QuoteRefusal } from "./price.ts";
import { totalOf } from "./quote.ts";

/** The price of going on from `paidUntil` to `to` for a stay that started at `from`; never below 0. */
export function extensionPrice(
  compiled: CompiledTariff,
    stay: { readonly from: Instant; readonly paidUntil: Instant; readonly to: Instant }, options?: QuoteOptions,
): Result<MinorUnits, QuoteRefusal> {
  const { from, paidUntil, to } = stay;
  if (compiled.tariff.extensionPricing === "fresh") return totalOf(compiled, [{ from: paidUntil, to }],
    options);
  const whole = totalOf(compiled, [{ from, to }], options);
  if (!whole.ok) return whole;
  const paid = totalOf(compiled, [{ from, to: paidUntil }], options);
  return paid.ok ? ok(Math.max(0, whole.value - paid.value)) : paid;
}
