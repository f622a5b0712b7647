/**
 * What a walk adds up: sums of one price list per cap window and line, and the sheet of the whole price.
 *
 *   increments -> line limits -> cap of the window -> (at the end) minimum -> line tax -> collection tax
 */
import { DAY, type Instant } from "../kernel/instant.ts";
import type { CompiledCollection } from "./compile.ts";
import type { CapSpan } from "./plan.ts";
import { type Scaled, scaledOfMinor } from "./scaled.ts";
import type { Band } from "./table/bands.ts";
import { taxOnTop } from "./tax.ts";

/** Equal increments in a row. `amount` is after line limits and caps, `gross` before. */
export type Run = {
  readonly collection: CompiledCollection;
  readonly line: number;
  readonly from: Instant;
  readonly position: number;
  /** Where on the clock the time it pays for ends; Infinity for a charge without end. */
  readonly endPosition: number;
  /** Milliseconds of one increment; Infinity for a charge due once. */
  readonly unit: number;
  readonly units: number;
  readonly gross: Scaled;
  readonly amount: Scaled;
};
export type CapHit = {
  readonly collection: CompiledCollection;
  readonly by: "lineMaximum" | "collectionMaximum" | "lineMinimum";
  readonly line?: number;
  readonly from: Instant;
  readonly limit: Scaled;
  /** Taken off; negative for a minimum that adds. */
  reduction: Scaled;
};
/** What a walk adds to; `runs` and `hits` only when somebody wants to know why. */
export type Sheet = {
  net: Scaled;
  tax: Scaled;
  runs: Run[] | undefined;
  hits: CapHit[];
  totals: { collection: CompiledCollection; net: Scaled; lineTax: Scaled; tax: Scaled; minimumAdded: Scaled }[];
  /** Amount per window of the tariff's daily maximum; the first belongs to `dailyFirst`. */
  daily: Scaled[] | undefined;
  dailyFirst: number;
  dailyAt: ((at: Instant) => CapSpan) | undefined;
  /** Entry; what rolling windows count from. */
  entry: Instant;
};

/** Running sums of one collection during one walk. */
export type Sums = {
  readonly collection: CompiledCollection;
  windowUntil: Instant;
  windowFrom: Instant;
  windowSum: Scaled;
  total: Scaled;
  readonly lineWindow: Scaled[];
  /** Before the line's minimum; below zero until its first charge. */
  readonly lineTotal: Scaled[];
  readonly lineCharged: Scaled[];
};

/** Shared by collections that need no sums per line; never written to. */
const NO_LINES: Scaled[] = [];

export function sumsOf(collection: CompiledCollection): Sums {
  const perLine = collection.hasLineLimits || collection.hasLineTax ? collection.lines.length : 0;
  return {
    collection, windowUntil: -Infinity, windowFrom: 0, windowSum: 0, total: 0,
    lineWindow: perLine === 0 ? NO_LINES : new Array<Scaled>(perLine).fill(0),
    lineTotal: perLine === 0 ? NO_LINES : new Array<Scaled>(perLine).fill(-1),
    lineCharged: perLine === 0 ? NO_LINES : new Array<Scaled>(perLine).fill(0),
  };
}

export function sumsIn(others: Sums[], collection: CompiledCollection): Sums {
  for (const other of others) if (other.collection === collection) return other;
  const made = sumsOf(collection);
  others.push(made);
  return made;
}

export function openWindow(sums: Sums, at: Instant, entry: Instant): void {
  const { capWindow, resetAt } = sums.collection;
  sums.windowSum = 0;
  if (sums.lineWindow.length > 0) sums.lineWindow.fill(0);
  if (resetAt) {
    const span = resetAt(at);
    sums.windowFrom = span.from;
    sums.windowUntil = span.until;
  } else if (capWindow.type === "rolling24h") {
    const span = rollingSpan(at, entry);
    sums.windowFrom = span.from;
    sums.windowUntil = span.until;
  } else {
    sums.windowFrom = entry;
    sums.windowUntil = Infinity;
  }
}

export function rollingSpan(at: Instant, entry: Instant): CapSpan {
  const ordinal = Math.floor((at - entry) / DAY);
  return { ordinal, from: entry + ordinal * DAY, until: entry + (ordinal + 1) * DAY };
}

export function chargeFlats(sums: Sums, at: Instant, sheet: Sheet): void {
  if (sums.collection.layout.flats.length === 0) return;
  openWindow(sums, at, sheet.entry);
  const daily = sheet.daily ? (sheet.dailyAt ? sheet.dailyAt(at) : rollingSpan(at, sheet.entry)).ordinal : 0;
  for (const line of sums.collection.layout.flats) {
    const value = sums.collection.lines[line]!.value;
    charge(sums, { start: 0, end: Infinity, unit: Infinity, value, line }, 1, at, 0, Infinity, sheet, daily);
  }
}

export function charge(
  sums: Sums, band: Band, units: number, at: Instant, position: number, endPosition: number, sheet: Sheet,
    daily: number,
): void {
  const { collection } = sums;
  const gross = band.value * units;
  let amount = gross;
  if (collection.hasLineLimits) amount = limitLine(sums, band.line, amount, sheet);
  const room = collection.cap - sums.windowSum;
  if (amount > room) {
    if (sheet.runs) hit(sheet,
      { collection, by: "collectionMaximum", from: sums.windowFrom, limit: collection.cap,
        reduction: amount - room });
    amount = room;
  }
  sums.windowSum += amount;
  sums.total += amount;
  if (collection.hasLineTax) sums.lineCharged[band.line]! += amount;
  if (sheet.daily) addDaily(sheet, sheet.daily, daily, amount);
  sheet.runs?.push({ collection, line: band.line, from: at, position, endPosition, unit: band.unit, units,
    gross, amount });
}

/** Entry opens the first window, so no ordinal lies before it. */
function addDaily(sheet: Sheet, daily: Scaled[], ordinal: number, amount: Scaled): void {
  if (daily.length === 0) sheet.dailyFirst = ordinal;
  const index = ordinal - sheet.dailyFirst;
  while (daily.length <= index) daily.push(0);
  daily[index]! += amount;
}

/** A line's own maximum holds per cap window; its minimum holds for the stay, from its first charge on. */
function limitLine(sums: Sums, line: number, gross: Scaled, sheet: Sheet): Scaled {
  const { collection } = sums;
  const { minimum, maximum } = collection.compiledLines[line]!;
  let amount = gross;
  const room = maximum - sums.lineWindow[line]!;
  if (amount > room) {
    if (sheet.runs) hit(sheet,
      { collection, by: "lineMaximum", line, from: sums.windowFrom, limit: maximum, reduction: amount - room });
    amount = room;
  }
  sums.lineWindow[line]! += amount;
  if (minimum === 0) return amount;
  const started = sums.lineTotal[line]! >= 0;
  const before = started ? sums.lineTotal[line]! : 0;
  sums.lineTotal[line] = before + amount;
  const charged = Math.max(minimum, before + amount) - (started ? Math.max(minimum, before) : 0);
  if (sheet.runs && charged !== amount) {
    hit(sheet, { collection, by: "lineMinimum", line, from: sums.windowFrom, limit: minimum,
      reduction: amount - charged });
  }
  return charged;
}

/** Hits of one limit in one window are one hit. */
function hit(sheet: Sheet, made: CapHit): void {
  const same = sheet.hits.find((h) => h.collection === made.collection && h.by === made.by
    && h.line === made.line && h.from === made.from);
  if (same) same.reduction += made.reduction;
  else sheet.hits.push(made);
}

/** Minimum, then the lines' taxes, then the collection's tax on both. */
export function finish(all: readonly Sums[], sheet: Sheet): undefined {
  for (const sums of all) {
    const { collection } = sums;
    const minimumAdded = Math.max(0, (collection.minimum ?? 0) - sums.total);
    const net = sums.total + minimumAdded;
    const lineTax = collection.hasLineTax ? lineTaxes(sums) : 0;
    const { included, rate, value } = collection.tax;
    const tax = included ? 0 : (rate === undefined ? 0
      : scaledOfMinor(taxOnTop(net + lineTax, rate))) + (value ?? 0);
    sheet.net += net;
    sheet.tax += lineTax + tax;
    if (sheet.daily && minimumAdded > 0) {
      addDaily(sheet, sheet.daily, sheet.dailyFirst, minimumAdded);
    }
    if (sheet.runs) sheet.totals.push({ collection, net, lineTax, tax, minimumAdded });
  }
  return undefined;
}

function lineTaxes(sums: Sums): Scaled {
  let total = 0;
  sums.collection.lines.forEach((line, index) => {
    const charged = sums.lineCharged[index]!;
    if (!line.tax || line.tax.included || charged === 0) return;
    total += line.tax.rate === undefined ? 0 : scaledOfMinor(taxOnTop(charged, line.tax.rate));
    total += line.tax.value ?? 0;
  });
  return total;
}
