/**
 * What uncovered time costs: its intervals as one sequence on one tariff clock.
 *
 *   intervals --cut where the tariff changed--> pieces, each priced by the tariff then in force, clock going on
 *
 * A changed tariff never prices the past again: an increment begun under the old one stays the old one's.
 * Caps hold within one tariff; a stay over a change has the caps of both, each for its part.
 */
import type { Instant } from "../../kernel/instant.ts";
import type { Currency, MinorUnits } from "../../kernel/money.ts";
import { type Result, err, ok } from "../../kernel/result.ts";
import type { Zone } from "../../kernel/zone.ts";
import type { Interval } from "../../tariff/clock.ts";
import { type CompiledTariff, type TariffRefused, compileTariff } from "../../tariff/compile.ts";
import type { QuoteRefusal } from "../../tariff/price.ts";
import { type Quote, quote, totalOf as tariffTotalOf } from "../../tariff/quote.ts";
import type { Tariff } from "../../tariff/tariff.ts";
import type { Dated } from "../policy.ts";

export type Price = {
  readonly amountMinor: MinorUnits;
  readonly currency: Currency;
  readonly intervals: readonly Interval[];
  readonly quotes: readonly Quote[];
};
export type TariffMissing = { readonly type: "tariffMissing" };
export type PriceRefusal = QuoteRefusal | TariffRefused | TariffMissing;

/** Compiled forms follow from the tariff alone; they go when it does. */
const compiledForms = new WeakMap<Tariff, Map<string, CompiledTariff>>();

export function compiledOf(tariff: Tariff, zone: Zone): Result<CompiledTariff, TariffRefused> {
  const forms = compiledForms.get(tariff) ?? new Map<string, CompiledTariff>();
  compiledForms.set(tariff, forms);
  const known = forms.get(zone.name);
  if (known) return ok(known);
  const compiled = compileTariff(tariff, zone);
  if (compiled.ok) forms.set(zone.name, compiled.value);
  return compiled;
}

/** `tariffs` in order; the first is in force for all time before. */
export function priceOf(intervals: readonly Interval[], tariffs: readonly Dated<Tariff>[], zone: Zone): Result<Price, PriceRefusal> {
  const first = tariffs[0];
  if (!first) return err({ type: "tariffMissing" });
  const quotes: Quote[] = [];
  let amountMinor = 0;
  let usedBeforeMs = 0;
  for (let i = 0; i < tariffs.length; i++) {
    const from = i === 0 ? -Infinity : tariffs[i]!.from;
    const part = cut(intervals, from, tariffs[i + 1]?.from ?? Infinity);
    if (part.length === 0) continue;
    const compiled = compiledOf(tariffs[i]!.value, zone);
    if (!compiled.ok) return compiled;
    const priced = quote(compiled.value, part, usedBeforeMs > 0 ? { usedBeforeMs } : undefined);
    if (!priced.ok) return err(priced.error);
    quotes.push(priced.value);
    amountMinor += priced.value.totalMinor;
    usedBeforeMs += part.reduce((sum, interval) => sum + (interval.to - interval.from), 0);
  }
  return ok({ amountMinor, currency: first.value.currency, intervals, quotes });
}

/** The amount alone, for many stays at once. */
export function totalOf(intervals: readonly Interval[], tariffs: readonly Dated<Tariff>[], zone: Zone): Result<MinorUnits, PriceRefusal> {
  if (tariffs.length === 0) return err({ type: "tariffMissing" });
  let amountMinor = 0;
  let usedBeforeMs = 0;
  for (let i = 0; i < tariffs.length; i++) {
    const until = tariffs[i + 1]?.from ?? Infinity;
    const part = tariffs.length === 1 ? intervals : cut(intervals, i === 0 ? -Infinity : tariffs[i]!.from, until);
    if (part.length === 0) continue;
    const compiled = compiledOf(tariffs[i]!.value, zone);
    if (!compiled.ok) return compiled;
    const total = tariffTotalOf(compiled.value, part, usedBeforeMs > 0 ? { usedBeforeMs } : undefined);
    if (!total.ok) return total;
    amountMinor += total.value;
    if (until !== Infinity) usedBeforeMs += part.reduce((sum, interval) => sum + (interval.to - interval.from), 0);
  }
  return ok(amountMinor);
}

const cut = (intervals: readonly Interval[], from: Instant, until: Instant): readonly Interval[] =>
  intervals.map((one) => ({ from: Math.max(one.from, from), to: Math.min(one.to, until) })).filter((one) => one.from < one.to);
