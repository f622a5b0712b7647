/**
 * The answer to "what does this time cost, and why": a total in minor units with every charge that made it.
 *
 *   total = charges (after caps) + collection minimums + tax on top + adjustments
 *
 * Every sum is exact: amounts finer than a minor unit are rounded along their running sum, so the charges of
 * a quote always add up to its total and no window shows more than its cap.
 */
import type { Instant } from "../kernel/instant.ts";
import type { Currency, MinorUnits } from "../kernel/money.ts";
import { type Result, ok } from "../kernel/result.ts";
import type { Clock, Interval } from "./clock.ts";
import type { CompiledTariff } from "./compile.ts";
import {
  type Adjustment, type DiscountRefused, price, type Priced, type QuoteOptions, type QuoteRefusal,
} from "./price.ts";
import { halfUpToMinor, SCALE, type Scaled } from "./scaled.ts";
import type { TableSelection } from "./tariff.ts";
import type { TierMode } from "./table/table.ts";
import { percentText, taxWithin } from "./tax.ts";

export type Charge = {
  readonly table: string;
  readonly collection: string;
  readonly line: string;
  /** Start of the first increment. */
  readonly from: Instant;
  /** End of the time paid for, which may lie after the stay; for a charge without end, the stay's end. */
  readonly to: Instant;
  readonly units: number;
  /** After line limits and caps. */
  readonly amountMinor: MinorUnits;
  /** Before them: units times the line's value. */
  readonly uncappedMinor: MinorUnits;
};
export type CapApplied = {
  readonly by: "lineMaximum" | "lineMinimum" | "collectionMaximum" | "collectionMinimum";
  readonly collection: string;
  readonly line?: string;
  /** Start of the cap window. */
  readonly windowFrom: Instant;
  readonly limitMinor: MinorUnits;
  /** Below zero: taken off. Above: added by a minimum. */
  readonly amountMinor: MinorUnits;
};
export type TaxShare = {
  /** Percent as text, `7.7`; absent where the table states no rate. */
  readonly ratePercent?: string;
  readonly included: boolean;
  readonly grossMinor: MinorUnits;
  /** Absent where the table states no tax: unknown is not zero. */
  readonly netMinor?: MinorUnits;
  readonly taxMinor?: MinorUnits;
};
export type Quote = {
  readonly permitted: true;
  readonly totalMinor: MinorUnits;
  readonly currency: Currency;
  readonly taxes: readonly TaxShare[];
  readonly charges: readonly Charge[];
  readonly caps: readonly CapApplied[];
  readonly adjustments: readonly Adjustment[];
  readonly discountsRefused: readonly DiscountRefused[];
  /** The table in force at entry; absent when no table was needed (nothing chargeable). */
  readonly tableId?: string;
  readonly tableVersion?: number;
  readonly tables: readonly { readonly id: string; readonly version: number }[];
  readonly tariffId: string;
  readonly tariffVersion: number;
  readonly interpretation: Interpretation;
  /** Some table is read by a guess that nobody has confirmed. */
  readonly draft: boolean;
};
export type Interpretation = {
  readonly selection: TableSelection;
  readonly collections: readonly {
    readonly table: string;
    readonly collection: string;
    readonly tierMode: TierMode;
    /** 1 declared, 2 fixedDuration, 3 once or unlimited, 4 incrementPeriod, 5 rising totals, 6 none of these. */
    readonly rule: number;
  }[];
};

/** Prices chargeable time, one tariff clock over all intervals (in order, not overlapping), with explanation. */
export function quote(
  compiled: CompiledTariff, intervals: readonly Interval[], options?: QuoteOptions,
): Result<Quote, QuoteRefusal> {
  const priced = price(compiled, intervals, options, true);
  return priced.ok ? ok(explain(compiled, priced.value)) : priced;
}

/** The same amount without the explanation, several times faster. */
export function totalOf(
  compiled: CompiledTariff, intervals: readonly Interval[], options?: QuoteOptions,
): Result<MinorUnits, QuoteRefusal> {
  const priced = price(compiled, intervals, options, false);
  return priced.ok ? ok(priced.value.totalMinor) : priced;
}

function explain(compiled: CompiledTariff, priced: Priced): Quote {
  const { sheet, tables } = priced;
  const first = tables[0]?.source;
  const shares = roundShares([...(sheet.runs ?? []).map((run) => run.amount),
    ...sheet.totals.map(({ minimumAdded }) => minimumAdded)]);
  return {
    permitted: true,
    totalMinor: priced.totalMinor,
    currency: compiled.tariff.currency,
    taxes: taxesOf(priced),
    charges: chargesOf(priced, shares),
    caps: capsOf(priced, shares.slice(priced.sheet.runs?.length ?? 0)),
    adjustments: priced.adjustments,
    discountsRefused: priced.discountsRefused,
    ...(first ? { tableId: first.id, tableVersion: first.version } : {}),
    tables: tables.map(({ source }) => ({ id: source.id, version: source.version })),
    tariffId: compiled.tariff.id,
    tariffVersion: compiled.tariff.version,
    interpretation: {
      selection: compiled.selection,
      collections: sheet.totals.map(({ collection }) => ({
        table: collection.table.source.id, collection: collection.id,
        tierMode: collection.layout.mode, rule: collection.layout.modeRule,
      })),
    },
    draft: compiled.draft,
  };
}

function chargesOf({ sheet, clock }: Priced, amounts: readonly MinorUnits[]): readonly Charge[] {
  const runs = sheet.runs ?? [];
  const uncapped = roundShares(runs.map((run) => run.gross));
  return runs.map((run, i) => ({
    table: run.collection.table.source.id,
    collection: run.collection.id,
    line: run.collection.lines[run.line]!.id,
    from: run.from,
    to: run.endPosition === Infinity ? instantOn(clock, clock.end)
      : Math.max(run.from, instantOn(clock, run.endPosition)),
    units: run.units,
    amountMinor: amounts[i]!,
    uncappedMinor: uncapped[i]!,
  }));
}

/** The instant at a position of the clock; the end of an interval rather than the start of the next. */
function instantOn(clock: Clock, position: number): Instant {
  let index = 0;
  while (index + 1 < clock.bases.length && clock.bases[index + 1]! < position) index += 1;
  const interval = clock.intervals[index];
  return interval ? interval.from + (position - clock.bases[index]!) : 0;
}

function capsOf({ sheet, clock }: Priced, minimumShares: readonly MinorUnits[]): readonly CapApplied[] {
  const hits = sheet.hits.map((hit): CapApplied => ({
    by: hit.by, collection: hit.collection.id,
    ...(hit.line === undefined ? {} : { line: hit.collection.lines[hit.line]!.id }),
    windowFrom: hit.from, limitMinor: halfUpToMinor(hit.limit), amountMinor: -roundEven(hit.reduction),
  }));
  const minimums = sheet.totals.flatMap(({ collection, minimumAdded },
    i): CapApplied[] => minimumAdded === 0 ? [] : [{
    by: "collectionMinimum", collection: collection.id, windowFrom: clock.intervals[0]?.from ?? sheet.entry,
    limitMinor: halfUpToMinor(collection.minimum ?? 0), amountMinor: minimumShares[i]!,
  }]);
  return [...hits, ...minimums];
}

const roundEven = (scaled: Scaled): MinorUnits => Math.sign(scaled) * halfUpToMinor(Math.abs(scaled)) || 0;

/**
 * Shares of the total by tax rate. What is on top of the price was rounded line by line; what is included is
 * taken out of the final gross, after limits and discounts.
 */
function taxesOf({ sheet, totalMinor }: Priced): readonly TaxShare[] {
  const groups = new Map<string, { rate: number | undefined; included: boolean; gross: Scaled; tax: Scaled }>();
  const add = (rate: number | undefined, included: boolean, gross: Scaled, tax: Scaled): void => {
    const key = `${rate} ${included}`;
    const group = groups.get(key) ?? { rate, included, gross: 0, tax: 0 };
    groups.set(key, { ...group, gross: group.gross + gross, tax: group.tax + tax });
  };
  for (const { collection, net, lineTax, tax } of sheet.totals) {
    const perLine = collection.lines.map(() => 0);
    for (const run of sheet.runs ?? []) if (run.collection === collection) perLine[run.line]! += run.amount;
    const taxedByLine = collection.lines.map((line, i) => (line.tax?.included && line.tax.rate !== undefined ? perLine[i]! : 0));
    collection.lines.forEach((line, i) => {
      if (taxedByLine[i]! > 0 && collection.tax.rate === undefined) add(line.tax!.rate, true,
        taxedByLine[i]!, 0);
    });
    const byLine = collection.tax.rate === undefined ? taxedByLine.reduce((a, b) => a + b, 0) : 0;
    const rest = net + lineTax + tax - byLine;
    const onTop = lineTax + tax;
    const rate = collection.tax.rate ?? (lineTax > 0
      ? collection.lines.find((line) => line.tax?.included === false)?.tax?.rate : undefined);
    if (rest > 0 || byLine === 0) add(rate, onTop === 0 && collection.tax.included, rest, onTop);
  }
  const shares = shareOut([...groups.values()].map((group) => group.gross), totalMinor);
  return [...groups.values()].map(({ rate, included, tax }, i): TaxShare => {
    const grossMinor = shares[i]!;
    const taxMinor = tax > 0 ? halfUpToMinor(tax) : rate === undefined ? undefined : included
      ? taxWithin(grossMinor * SCALE, rate) : 0;
    return {
      included, grossMinor, ...(rate === undefined ? {} : { ratePercent: percentText(rate) }),
      ...(taxMinor === undefined ? {} : { netMinor: grossMinor - taxMinor, taxMinor }),
    };
  });
}

/** Rounds parts to minor units along their running sum: the first n together are always rounded right. */
export function roundShares(parts: readonly Scaled[]): readonly MinorUnits[] {
  let sum = 0;
  let rounded = 0;
  return parts.map((part) => {
    sum += part;
    const share = halfUpToMinor(sum) - rounded;
    rounded += share;
    return share;
  });
}

/** Shares a total out in proportion to the parts, largest remainder first; all to the first when the parts are nothing. */
export function shareOut(parts: readonly Scaled[], totalMinor: MinorUnits): readonly MinorUnits[] {
  const sum = parts.reduce((a, b) => a + b, 0);
  if (sum === 0) return parts.map((_, i) => (i === 0 ? totalMinor : 0));
  return settle(parts.map((part) => (part / sum) * totalMinor), totalMinor);
}

function settle(exact: readonly number[], total: MinorUnits): readonly MinorUnits[] {
  const floors = exact.map(Math.floor);
  let left = total - floors.reduce((a, b) => a + b, 0);
  if (left === 0) return floors;
  const order = exact.map((value, i) => ({ i, remainder: value - floors[i]! })).sort((a, b) => b.remainder - a.remainder || a.i - b.i);
  for (const { i } of order) {
    if (left <= 0) break;
    floors[i]! += 1;
    left -= 1;
  }
  return floors;
}
