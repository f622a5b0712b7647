/**
 * The heart: one walk along the tariff clock, from increment to increment, in runs of equal price.
 *
 *   position --> band (by stay, event or wall clock) --> run up to the next edge --> line limits --> cap window
 *
 * An edge is whatever comes first of: band end, table change, interval end, cap reset, end of the stay. A run
 * of n increments is one multiplication, so a month costs little more than an hour. The same walk serves the
 * bare total and the explanation; only the latter keeps its runs.
 */
import { DAY, type Instant } from "../kernel/instant.ts";
import { assert, present } from "../kernel/assert.ts";
import type { Clock } from "./clock.ts";
import type { CompiledCollection, CompiledTable } from "./compile.ts";
import type { CapSpan, Plan, Span } from "./plan.ts";
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
export type NoPrice =
  | { readonly type: "longerThanMaxTime"; readonly maxTimeMs: number; readonly collection: string }
  | { readonly type: "noLineCovers"; readonly at: Instant; readonly position: number; readonly collection: string };

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

/** One price list of the stay: of one table, or of whichever table is in force (`atStart`). */
export type Slot =
  | { readonly type: "fixed"; readonly collection: CompiledCollection }
  | { readonly type: "byPlan"; readonly plan: Plan; readonly tables: readonly CompiledTable[]; readonly slot: number };

/** Running sums of one collection during one walk. */
type Sums = {
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

function sumsOf(collection: CompiledCollection): Sums {
  const perLine = collection.hasLineLimits || collection.hasLineTax ? collection.lines.length : 0;
  return {
    collection, windowUntil: -Infinity, windowFrom: 0, windowSum: 0, total: 0,
    lineWindow: perLine === 0 ? NO_LINES : new Array<Scaled>(perLine).fill(0),
    lineTotal: perLine === 0 ? NO_LINES : new Array<Scaled>(perLine).fill(-1),
    lineCharged: perLine === 0 ? NO_LINES : new Array<Scaled>(perLine).fill(0),
  };
}

export function walk(slot: Slot, clock: Clock, sheet: Sheet): NoPrice | undefined {
  const { intervals, bases } = clock;
  const last = intervals.length - 1;
  const atEntry = slot.type === "fixed" ? slot.collection : collectionAt(slot, intervals[0]!.from);
  const opening = atEntry ?? firstInSlot(slot);
  if (opening.maxTime !== undefined && clock.end > opening.maxTime) {
    return { type: "longerThanMaxTime", maxTimeMs: opening.maxTime, collection: opening.id };
  }
  const end = Math.max(clock.end, opening.minTime ?? 0);
  let position = clock.used > 0 ? Math.max(clock.used, opening.minTime ?? 0) : 0;
  let sums = sumsOf(opening);
  const others: Sums[] = atEntry ? [sums] : [];
  let collection = opening;
  let interval = 0;
  let bandIndex = 0;
  let occurrence = NaN;
  let span: Span | undefined;
  let dailyUntil = -Infinity;
  let dailyOrdinal = 0;
  if (clock.used === 0 && atEntry) chargeFlats(sums, intervals[0]!.from, sheet);
  if (collection.bands.length === 0 && slot.type === "fixed") return finish(others, sheet);
  let aligned = clock.used === 0;

  while (position < end) {
    while (interval < last && position >= bases[interval + 1]!) interval += 1;
    const at = intervals[interval]!.from + (position - bases[interval]!);
    let edge = interval < last ? Math.min(bases[interval + 1]!, end) : end;
    if (slot.type === "byPlan") {
      if (!span || at >= span.until) span = slot.plan.spanAt(at);
      const found = span.answer < 0 ? undefined : slot.tables[span.answer]!.collections[slot.slot];
      const change = position + (span.until - at);
      if (change < edge) edge = change;
      if (span.answer >= 0 && found !== undefined && found !== collection) {
        collection = found;
        bandIndex = 0;
        sums = sumsIn(others, found);
      }
      if ((span.answer >= 0 && !found) || collection.bands.length === 0) { position = edge; continue; }
      if (others.length === 0) others.push(sums);
    }

    // The band in force here, how far it reaches on the clock, and which occurrence of it this is.
    let band: Band | undefined;
    let bandEnd: number;
    let here = NaN;
    if (collection.endless && aligned) {
      band = collection.endless;
      bandEnd = Infinity;
    } else if (collection.axis.type === "stay") {
      const { repeatEvery } = collection;
      const cycle = repeatEvery === Infinity ? 0 : Math.floor(position / repeatEvery) * repeatEvery;
      const inCycle = position - cycle;
      const { bands } = collection;
      let candidate = bands[bandIndex]!;
      if (bandIndex > 0 && inCycle < candidate.start) candidate = bands[(bandIndex = 0)]!;
      while (candidate.end <= inCycle && bandIndex < bands.length - 1) candidate = bands[(bandIndex += 1)]!;
      if (inCycle < candidate.start || inCycle >= candidate.end) {
        const next = cycle + candidate.start;
        if (collection.layout.mode === "cumulative" && inCycle < candidate.start && next < end) { position = next; continue; }
        return { type: "noLineCovers", at, position, collection: collection.id };
      }
      band = candidate;
      bandEnd = cycle + (candidate.end < repeatEvery ? candidate.end : repeatEvery);
      if (!aligned) {
        // Time already on the clock has paid for the increment it stopped in.
        aligned = true;
        const started = position - cycle - band.start;
        const next = band.unit === Infinity ? (started > 0 ? bandEnd : position)
          : position + ((band.unit - (started % band.unit)) % band.unit);
        if (next > position) { position = Math.min(next, bandEnd); continue; }
      }
    } else {
      const found = collection.axis.type === "event" ? eventBand(collection, at - collection.axis.from) : wallBand(collection, at);
      if (!found) return { type: "noLineCovers", at, position, collection: collection.id };
      band = found.band;
      here = found.occurrence;
      bandEnd = position + found.left;
    }
    if (bandEnd < edge) edge = bandEnd;

    if (at >= sums.windowUntil) openWindow(sums, at, sheet.entry);
    const reset = position + (sums.windowUntil - at);
    if (reset < edge) edge = reset;
    if (sheet.daily) {
      if (at >= dailyUntil) {
        const span = sheet.dailyAt ? sheet.dailyAt(at) : rollingSpan(at, sheet.entry);
        dailyUntil = span.until;
        dailyOrdinal = span.ordinal;
      }
      const dailyReset = position + (dailyUntil - at);
      if (dailyReset < edge) edge = dailyReset;
    }

    if (band.unit === Infinity) {
      if (Number.isNaN(here) || here !== occurrence) {
        occurrence = here;
        charge(sums, band, 1, at, position, bandEnd, sheet, dailyOrdinal);
      }
      position = Number.isNaN(here) ? bandEnd : edge;
      continue;
    }
    const units = Math.ceil((edge - position) / band.unit);
    assert(units > 0, "an edge at or before the position");
    const reached = position + units * band.unit;
    const next = Number.isNaN(here) ? Math.min(reached, bandEnd) : reached;
    charge(sums, band, units, at, position, next, sheet, dailyOrdinal);
    position = next;
  }
  return finish(others, sheet);
}

function sumsIn(others: Sums[], collection: CompiledCollection): Sums {
  for (const other of others) if (other.collection === collection) return other;
  const made = sumsOf(collection);
  others.push(made);
  return made;
}

function firstInSlot(slot: Slot): CompiledCollection {
  assert(slot.type === "byPlan", "a fixed slot has its collection");
  return present(slot.tables.find((table) => table.collections[slot.slot])?.collections[slot.slot], "a collection in the slot");
}

const collectionAt = (slot: Extract<Slot, { type: "byPlan" }>, at: Instant): CompiledCollection | undefined => {
  const { answer } = slot.plan.spanAt(at);
  return answer < 0 ? undefined : slot.tables[answer]!.collections[slot.slot];
};

type Found = { readonly band: Band; readonly left: number; readonly occurrence: number };

function eventBand(collection: CompiledCollection, offset: number): Found | undefined {
  const index = collection.bands.findIndex((band) => offset >= band.start && offset < band.end);
  const band = collection.bands[index];
  return band && { band, left: band.end - offset, occurrence: index };
}

function wallBand(collection: CompiledCollection, at: Instant): Found | undefined {
  const span = collection.wallPlan!.spanAt(at);
  const band = collection.bands[span.answer];
  return band && { band, left: span.until - at, occurrence: span.occurrence };
}

function openWindow(sums: Sums, at: Instant, entry: Instant): void {
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

function rollingSpan(at: Instant, entry: Instant): CapSpan {
  const ordinal = Math.floor((at - entry) / DAY);
  return { ordinal, from: entry + ordinal * DAY, until: entry + (ordinal + 1) * DAY };
}

function chargeFlats(sums: Sums, at: Instant, sheet: Sheet): void {
  if (sums.collection.layout.flats.length === 0) return;
  openWindow(sums, at, sheet.entry);
  const daily = sheet.daily ? (sheet.dailyAt ? sheet.dailyAt(at) : rollingSpan(at, sheet.entry)).ordinal : 0;
  for (const line of sums.collection.layout.flats) {
    const value = sums.collection.lines[line]!.value;
    charge(sums, { start: 0, end: Infinity, unit: Infinity, value, line }, 1, at, 0, Infinity, sheet, daily);
  }
}

function charge(
  sums: Sums, band: Band, units: number, at: Instant, position: number, endPosition: number, sheet: Sheet, daily: number,
): void {
  const { collection } = sums;
  const gross = band.value * units;
  let amount = gross;
  if (collection.hasLineLimits) amount = limitLine(sums, band.line, amount, sheet);
  const room = collection.cap - sums.windowSum;
  if (amount > room) {
    if (sheet.runs) hit(sheet, { collection, by: "collectionMaximum", from: sums.windowFrom, limit: collection.cap, reduction: amount - room });
    amount = room;
  }
  sums.windowSum += amount;
  sums.total += amount;
  if (collection.hasLineTax) sums.lineCharged[band.line]! += amount;
  if (sheet.daily) addDaily(sheet, sheet.daily, daily, amount);
  sheet.runs?.push({ collection, line: band.line, from: at, position, endPosition, unit: band.unit, units, gross, amount });
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
    if (sheet.runs) hit(sheet, { collection, by: "lineMaximum", line, from: sums.windowFrom, limit: maximum, reduction: amount - room });
    amount = room;
  }
  sums.lineWindow[line]! += amount;
  if (minimum === 0) return amount;
  const started = sums.lineTotal[line]! >= 0;
  const before = started ? sums.lineTotal[line]! : 0;
  sums.lineTotal[line] = before + amount;
  const charged = Math.max(minimum, before + amount) - (started ? Math.max(minimum, before) : 0);
  if (sheet.runs && charged !== amount) {
    hit(sheet, { collection, by: "lineMinimum", line, from: sums.windowFrom, limit: minimum, reduction: amount - charged });
  }
  return charged;
}

/** Hits of one limit in one window are one hit. */
function hit(sheet: Sheet, made: CapHit): void {
  const same = sheet.hits.find((h) => h.collection === made.collection && h.by === made.by && h.line === made.line && h.from === made.from);
  if (same) same.reduction += made.reduction;
  else sheet.hits.push(made);
}

/** Minimum, then the lines' taxes, then the collection's tax on both. */
function finish(all: readonly Sums[], sheet: Sheet): undefined {
  for (const sums of all) {
    const { collection } = sums;
    const minimumAdded = Math.max(0, (collection.minimum ?? 0) - sums.total);
    const net = sums.total + minimumAdded;
    const lineTax = collection.hasLineTax ? lineTaxes(sums) : 0;
    const { included, rate, value } = collection.tax;
    const tax = included ? 0 : (rate === undefined ? 0 : scaledOfMinor(taxOnTop(net + lineTax, rate))) + (value ?? 0);
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
