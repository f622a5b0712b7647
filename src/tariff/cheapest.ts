/**
 * Which of several tariffs a parker is entitled to prices the stay.
 *
 *   all combinable    the least of: each alone, or for each piece between table changes the cheapest
 *   otherwise         the lowest priority number (1 first) that has a price
 *
 * A discount of an entitlement is taken off its own price; below zero is zero.
 */
import type { Instant } from "../kernel/instant.ts";
import type { MinorUnits } from "../kernel/money.ts";
import { type Result, err, ok } from "../kernel/result.ts";
import type { Interval } from "./clock.ts";
import type { CompiledTariff } from "./compile.ts";
import type { QuoteOptions, QuoteRefusal } from "./price.ts";
import { totalOf } from "./quote.ts";
import { decimalDigits, scaledOfMinor } from "./scaled.ts";
import { TAX_RATE_DIGITS, taxOnTop } from "./tax.ts";

export type Entitlement = {
  readonly id: string;
  readonly tariff: CompiledTariff;
  /** 1 is first; absent counts as 999. */
  readonly priority?: number;
  readonly combinable?: boolean;
  /** Positive takes off; with `surcharge` it adds (the standard's text allows both signs, its schema only one). */
  readonly discount?: { readonly fixedMinor?: MinorUnits; readonly percent?: number; readonly surcharge?: boolean };
};
export type CheapestPrice = {
  readonly totalMinor: MinorUnits;
  /** What each piece was priced by: one entry for a stay priced by one entitlement. */
  readonly parts: readonly { readonly entitlement: string; readonly intervals: readonly Interval[]; readonly totalMinor: MinorUnits }[];
};
export type NoEntitlement = { readonly type: "noEntitlement" } | QuoteRefusal;

const PRIORITY_ABSENT = 999;
/** More pieces than this is a stay of years; each alone is then compared. */
const PIECES_MAX = 2_000;

export function cheapestOf(
  entitlements: readonly Entitlement[], intervals: readonly Interval[], options?: QuoteOptions,
): Result<CheapestPrice, NoEntitlement> {
  if (entitlements.length === 0) return err({ type: "noEntitlement" });
  const combinable = entitlements.every((entitlement) => entitlement.combinable === true);
  const ordered = entitlements.toSorted((a, b) => (a.priority ?? PRIORITY_ABSENT) - (b.priority ?? PRIORITY_ABSENT));
  let refusal: QuoteRefusal | undefined;
  let best: CheapestPrice | undefined;
  for (const entitlement of ordered) {
    const total = priceBy(entitlement, intervals, options);
    if (!total.ok) { refusal ??= total.error; continue; }
    const alone = { totalMinor: total.value,
      parts: [{ entitlement: entitlement.id, intervals, totalMinor: total.value }] };
    if (!best || alone.totalMinor < best.totalMinor) best = alone;
    if (!combinable) return ok(best);
  }
  const mixed = combinable ? pieceByPiece(ordered, intervals, options) : undefined;
  if (mixed && (!best || mixed.totalMinor < best.totalMinor)) best = mixed;
  return best ? ok(best) : err(refusal ?? { type: "noEntitlement" });
}

function priceBy(
  entitlement: Entitlement, intervals: readonly Interval[], options: QuoteOptions | undefined,
): Result<MinorUnits, QuoteRefusal> {
  const total = totalOf(entitlement.tariff, intervals, options);
  if (!total.ok || !entitlement.discount || total.value === 0) return total;
  const { fixedMinor = 0, percent = 0, surcharge = false } = entitlement.discount;
  const rate = decimalDigits(String(percent), TAX_RATE_DIGITS) ?? 0;
  const change = fixedMinor + taxOnTop(scaledOfMinor(total.value), rate);
  return ok(Math.max(0, total.value + (surcharge ? change : -change)));
}

function pieceByPiece(
  entitlements: readonly Entitlement[], intervals: readonly Interval[], options: QuoteOptions | undefined,
): CheapestPrice | undefined {
  const pieces = cutAtChanges(entitlements, intervals);
  if (pieces.length < 2 || pieces.length > PIECES_MAX) return undefined;
  const parts: CheapestPrice["parts"][number][] = [];
  for (const piece of pieces) {
    const priced = entitlements.flatMap((entitlement) => {
      const total = priceBy(entitlement, [piece], options);
      return total.ok ? [{ entitlement: entitlement.id, intervals: [piece], totalMinor: total.value }] : [];
    });
    const cheapest = priced.toSorted((a, b) => a.totalMinor - b.totalMinor)[0];
    if (!cheapest) return undefined;
    parts.push(cheapest);
  }
  return { totalMinor: parts.reduce((sum, part) => sum + part.totalMinor, 0), parts };
}

function cutAtChanges(
  entitlements: readonly Entitlement[], intervals: readonly Interval[],
): readonly Interval[] {
  return intervals.flatMap(({ from, to }) => {
    const cuts = new Set<Instant>([to]);
    for (const { tariff } of entitlements) {
      for (let at = from; tariff.plan && at < to && cuts.size <= PIECES_MAX; ) {
        at = tariff.plan.spanAt(at).until;
        if (at < to) cuts.add(at);
      }
    }
    const ends = [...cuts].sort((a, b) => a - b);
    return ends.map((end, i) => ({ from: i === 0 ? from : ends[i - 1]!,
      to: end })).filter((piece) => piece.to > piece.from);
  });
}
