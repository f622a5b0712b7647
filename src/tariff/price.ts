/**
 * The stay through the tables: chargeable time cut at the tariff's hours, priced by the selection the tariff
 * chose, then offers, limits and discounts.
 *
 *   intervals -> free minutes -> charging hours -> tables (walk) -> daily maximum
 *             -> cheaper offer -> maximum -> minimum -> discounts -> minor units
 *
 * Internal: `quote` explains the result, `totalOf` returns only its amount.
 */
import { type Instant, MINUTE } from "../kernel/instant.ts";
import type { MinorUnits } from "../kernel/money.ts";
import { type Result, ok } from "../kernel/result.ts";
import { clockOf, type Clock, type Interval, type IntervalsWrong } from "./clock.ts";
import type { CompiledTable, CompiledTariff } from "./compile.ts";
import { type NotPermitted, priceFixed, priceTables } from "./in-force.ts";
import { offersFor } from "./offers.ts";
import { decimalDigits, halfUpToMinor, SCALE } from "./scaled.ts";
import type { Sheet } from "./sheet.ts";
import type { Discount } from "./tariff.ts";
import { TAX_RATE_DIGITS, taxOnTop } from "./tax.ts";

export type QuoteOptions = {
  /** Milliseconds already on the tariff clock and paid for elsewhere. */
  readonly usedBeforeMs?: number;
  /** Codes the parker has shown. */
  readonly discountCodes?: readonly string[];
};
export type QuoteRefusal = NotPermitted | IntervalsWrong;

export type Adjustment =
  | { readonly type: "freeMinutes"; readonly minutes: number; readonly amountMinor: MinorUnits }
  | { readonly type: "offer"; readonly id: string; readonly insteadOfMinor: MinorUnits | undefined; readonly amountMinor: MinorUnits }
  | { readonly type: "dailyMaximum" | "maximum" | "minimum"; readonly limitMinor: MinorUnits; readonly amountMinor: MinorUnits }
  | { readonly type: "discount"; readonly code: string; readonly amountMinor: MinorUnits };
export type DiscountRefused = { readonly code: string; readonly reason: "unknownCode" | "tableRefusesValidations" };

export type Priced = {
  readonly totalMinor: MinorUnits;
  /** The sheet that holds the charges the total was made of. */
  readonly sheet: Sheet;
  readonly clock: Clock;
  readonly tables: readonly CompiledTable[];
  readonly adjustments: readonly Adjustment[];
  readonly discountsRefused: readonly DiscountRefused[];
};

const NO_ADJUSTMENTS: readonly Adjustment[] = [];
const NO_OFFERS: ReturnType<typeof offersFor> = [];
const NONE_REFUSED: readonly DiscountRefused[] = [];

/** What was recorded until the price was refused; the ladder shows it. */
export type Partial = { sheet?: Sheet };

export function price(
  compiled: CompiledTariff, intervals: readonly Interval[], options: QuoteOptions | undefined, explain: boolean,
  partial?: Partial,
): Result<Priced, QuoteRefusal> {
  const { tariff } = compiled;
  const whole = clockOf(intervals, options?.usedBeforeMs ?? 0);
  if (!whole.ok) return whole;
  let clock = whole.value;
  const entry = clock.intervals[0]?.from ?? 0;
  if (clock.intervals.length === 0) return ok(nothing(compiled, clock, entry, explain, NO_ADJUSTMENTS));
  const exit = clock.intervals[clock.intervals.length - 1]!.to;
  if (tariff.freeMinutes) {
    const free = tariff.freeMinutes.minutes * MINUTE;
    const given: Adjustment = { type: "freeMinutes", minutes: tariff.freeMinutes.minutes, amountMinor: 0 };
    if (clock.end <= free) return ok(nothing(compiled, clock, entry, explain, [given]));
    if (tariff.freeMinutes.then === "chargeRest") clock = withoutFirst(clock, free);
  }

  const sheet = emptySheet(compiled, entry, explain);
  if (partial) partial.sheet = sheet;
  const base = priceTables(compiled, clock, sheet);
  if (!base.ok && !tariff.offers) return base;
  let total = base.ok ? halfUpToMinor(sheet.net + sheet.tax) : Infinity;
  if (!tariff.offers && !sheet.daily && !hasLimits(compiled) && !options?.discountCodes?.length) {
    return ok({ totalMinor: total, sheet, clock, tables: base.ok ? base.value : [],
      adjustments: NO_ADJUSTMENTS, discountsRefused: NONE_REFUSED });
  }

  const adjustments: Adjustment[] = [];
  if (sheet.daily && base.ok) total = capDaily(compiled, sheet, total, adjustments);
  let best: { sheet: Sheet; tables: readonly CompiledTable[] } | undefined = base.ok
    ? { sheet, tables: base.value } : undefined;
  for (const { offer, table } of tariff.offers ? offersFor(compiled, entry, exit) : NO_OFFERS) {
    const offered = emptySheet(compiled, entry, explain);
    offered.daily = undefined;
    const refused = priceFixed(table, clock, offered, entry);
    if (refused) continue;
    const amount = halfUpToMinor(offered.net + offered.tax);
    if (offer.applies === "cheaper" && amount >= total) continue;
    adjustments.length = 0;
    adjustments.push({ type: "offer", id: offer.id,
      insteadOfMinor: total === Infinity ? undefined : total, amountMinor: 0 });
    total = amount;
    best = { sheet: offered, tables: [table] };
    if (offer.applies === "always") break;
  }
  if (!best) return base as Result<never, QuoteRefusal>;
  total = limit(compiled, total, adjustments);
  const refusedCodes: DiscountRefused[] = [];
  for (const code of options?.discountCodes ?? []) {
    const discount = tariff.discounts?.find((d) => d.code === code);
    const refusal = refuseDiscount(discount, best.tables);
    if (!discount || refusal) { refusedCodes.push({ code, reason: refusal ?? "unknownCode" }); continue; }
    const off = Math.min(total, discountOf(discount, total, compiled, clock, options));
    adjustments.push({ type: "discount", code, amountMinor: -off });
    total -= off;
  }
  return ok({ totalMinor: total, sheet: best.sheet, clock, tables: best.tables, adjustments,
    discountsRefused: refusedCodes });
}

const hasLimits = ({ tariff }: CompiledTariff): boolean =>
  tariff.minimumMinor !== undefined || tariff.maximumMinor !== undefined;

/** Shared by sheets without explanation, which never write to them. */
const UNUSED: never[] = [];

function emptySheet(compiled: CompiledTariff, entry: Instant, explain: boolean): Sheet {
  const { dailyWindow } = compiled;
  return {
    net: 0, tax: 0, runs: explain ? [] : undefined, hits: explain ? [] : UNUSED,
      totals: explain ? [] : UNUSED, entry,
    daily: dailyWindow === undefined ? undefined : [], dailyFirst: 0,
    dailyAt: typeof dailyWindow === "function" ? dailyWindow : undefined,
  };
}

const nothing = (
  compiled: CompiledTariff, clock: Clock, entry: Instant, explain: boolean, adjustments: readonly Adjustment[],
): Priced => ({
  totalMinor: 0, sheet: emptySheet(compiled, entry, explain), clock, tables: [], adjustments,
    discountsRefused: NONE_REFUSED,
});

/** The clock without its first `free` milliseconds: the rest is charged as if it were the whole stay. */
function withoutFirst(clock: Clock, free: number): Clock {
  const used = Math.max(0, clock.used - free);
  let toCut = Math.max(0, free - clock.used);
  const rest: Interval[] = [];
  for (const { from, to } of clock.intervals) {
    const cut = Math.min(toCut, to - from);
    toCut -= cut;
    if (from + cut < to) rest.push({ from: from + cut, to });
  }
  const cut = clockOf(rest, used);
  return cut.ok ? cut.value : clock;
}

function capDaily(
  compiled: CompiledTariff, sheet: Sheet, total: MinorUnits, adjustments: Adjustment[],
): MinorUnits {
  let sum = 0;
  for (const amount of sheet.daily!) sum += Math.min(amount, compiled.dailyMaximum);
  const capped = halfUpToMinor(sum);
  if (capped < total) {
    adjustments.push({ type: "dailyMaximum", limitMinor: compiled.tariff.dailyMaximum!.amountMinor,
      amountMinor: capped - total });
  }
  return Math.min(capped, total);
}

function limit({ tariff }: CompiledTariff, total: MinorUnits, adjustments: Adjustment[]): MinorUnits {
  const { maximumMinor, minimumMinor } = tariff;
  let limited = total;
  if (maximumMinor !== undefined && limited > maximumMinor) {
    adjustments.push({ type: "maximum", limitMinor: maximumMinor, amountMinor: maximumMinor - limited });
    limited = maximumMinor;
  }
  if (minimumMinor !== undefined && limited < minimumMinor) {
    adjustments.push({ type: "minimum", limitMinor: minimumMinor, amountMinor: minimumMinor - limited });
    limited = minimumMinor;
  }
  return limited;
}

const refuseDiscount = (
  discount: Discount | undefined, tables: readonly CompiledTable[],
): DiscountRefused["reason"] | undefined =>
  {
  if (!discount) return "unknownCode";
  return discount.validation && !tables.every(({ source }) => source.acceptsValidation)
    ? "tableRefusesValidations" : undefined;
};

/** Minutes given by a shop are worth what a stay of that length from entry costs. */
function discountOf(
  discount: Discount, total: MinorUnits, compiled: CompiledTariff, clock: Clock,
    options: QuoteOptions | undefined,
): MinorUnits {
  switch (discount.type) {
    case "amount":
      return discount.amountMinor;
    case "percent": {
      const rate = decimalDigits(String(discount.percent), TAX_RATE_DIGITS) ?? 0;
      return taxOnTop(total * SCALE, rate);
    }
    case "minutes": {
      const given = firstOf(clock.intervals, discount.minutes * MINUTE);
      const worth = price(compiled, given,
        options?.usedBeforeMs ? { usedBeforeMs: options.usedBeforeMs } : undefined, false);
      return worth.ok ? worth.value.totalMinor : 0;
    }
  }
}

function firstOf(intervals: readonly Interval[], length: number): readonly Interval[] {
  const first: Interval[] = [];
  let left = length;
  for (const { from, to } of intervals) {
    if (left <= 0) break;
    const take = Math.min(left, to - from);
    first.push({ from, to: from + take });
    left -= take;
  }
  return first;
}
