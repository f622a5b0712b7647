/**
 * The heart: one walk along the tariff clock, from increment to increment, in runs of equal price.
 *
 *   position --> band (by stay, event or wall clock) --> run up to the next edge --> line limits --> cap window
 *
 * An edge is whatever comes first of: band end, table change, interval end, cap reset, end of the stay. A run
 * of n increments is one multiplication, so a month costs little more than an hour. The same walk serves the
 * bare total and the explanation; only the latter keeps its runs.
 */
import { assert, present } from "../kernel/assert.ts";
import type { Instant } from "../kernel/instant.ts";
import { cursorOf, locate } from "./band-at.ts";
import type { Clock } from "./clock.ts";
import type { CompiledCollection, CompiledTable } from "./compile.ts";
import type { Plan, Span } from "./plan.ts";
import {
  charge, chargeFlats, finish, openWindow, rollingSpan, type Sheet, type Sums, sumsIn, sumsOf,
} from "./sheet.ts";

export type NoPrice =
  | { readonly type: "longerThanMaxTime"; readonly maxTimeMs: number; readonly collection: string }
  | { readonly type: "noLineCovers"; readonly at: Instant; readonly position: number; readonly collection: string };

/** One price list of the stay: of one table, or of whichever table is in force (`atStart`). */
export type Slot =
  | { readonly type: "fixed"; readonly collection: CompiledCollection }
  | { readonly type: "byPlan"; readonly plan: Plan; readonly tables: readonly CompiledTable[]; readonly slot: number };

/** Adds one price list of the stay to the sheet, or says from where on there is no price. */
export function walk(slot: Slot, clock: Clock, sheet: Sheet): NoPrice | undefined {
  const { intervals, bases } = clock;
  const last = intervals.length - 1;
  const atEntry = slot.type === "fixed" ? slot.collection : collectionAt(slot, intervals[0]!.from);
  let collection = atEntry ?? firstInSlot(slot);
  const { minTime = 0, maxTime = Infinity } = collection;
  if (clock.end > maxTime) return { type: "longerThanMaxTime", maxTimeMs: maxTime, collection: collection.id };
  const end = Math.max(clock.end, minTime);
  let position = clock.used > 0 ? Math.max(clock.used, minTime) : 0;
  let sums = sumsOf(collection);
  const touched: Sums[] = atEntry ? [sums] : [];
  if (clock.used === 0 && atEntry) chargeFlats(sums, intervals[0]!.from, sheet);
  if (collection.bands.length === 0 && slot.type === "fixed") return finish(touched, sheet);
  const cursor = cursorOf(clock.used === 0);
  let occurrence = NaN;
  let interval = 0;
  let span: Span | undefined;
  let dailyUntil = -Infinity;
  let daily = 0;

  while (position < end) {
    while (interval < last && position >= bases[interval + 1]!) interval += 1;
    const at = intervals[interval]!.from + (position - bases[interval]!);
    let edge = interval < last ? Math.min(bases[interval + 1]!, end) : end;
    if (slot.type === "byPlan") {
      if (!span || at >= span.until) span = slot.plan.spanAt(at);
      const inForce = span.answer < 0 ? collection : slot.tables[span.answer]!.collections[slot.slot];
      edge = least(edge, position + (span.until - at));
      if (!inForce || inForce.bands.length === 0) { position = edge; continue; }
      if (inForce !== collection) {
        collection = inForce;
        sums = sumsIn(touched, inForce);
        cursor.index = 0;
        occurrence = NaN;
      }
      if (touched.length === 0) touched.push(sums);
    }
    const place = locate(cursor, collection, at, position, end);
    if (place === "none") return { type: "noLineCovers", at, position, collection: collection.id };
    if (place === "skip") { position = cursor.skipTo; continue; }
    const { band, end: bandEnd } = cursor;
    const recurs = !Number.isNaN(cursor.occurrence);
    edge = least(edge, bandEnd);

    if (at >= sums.windowUntil) openWindow(sums, at, sheet.entry);
    edge = least(edge, position + (sums.windowUntil - at));
    if (sheet.daily) {
      if (at >= dailyUntil) ({ until: dailyUntil, ordinal: daily } = sheet.dailyAt ? sheet.dailyAt(at)
        : rollingSpan(at, sheet.entry));
      edge = least(edge, position + (dailyUntil - at));
    }

    if (band.unit === Infinity) {
      if (!recurs || cursor.occurrence !== occurrence) charge(sums, band, 1, at, position, bandEnd,
        sheet, daily);
      occurrence = cursor.occurrence;
      position = recurs ? edge : bandEnd;
      continue;
    }
    const units = Math.ceil((edge - position) / band.unit);
    assert(units > 0, "an edge at or before the position");
    const reached = position + units * band.unit;
    const next = recurs ? reached : least(reached, bandEnd);
    charge(sums, band, units, at, position, next, sheet, daily);
    position = next;
  }
  return finish(touched, sheet);
}

const least = (a: number, b: number): number => (b < a ? b : a);

function firstInSlot(slot: Slot): CompiledCollection {
  assert(slot.type === "byPlan", "a fixed slot has its collection");
  return present(slot.tables.find((table) => table.collections[slot.slot])?.collections[slot.slot],
    "a collection in the slot");
}

const collectionAt = (
  slot: Extract<Slot, { type: "byPlan" }>, at: Instant,
): CompiledCollection | undefined =>
  {
  const { answer } = slot.plan.spanAt(at);
  return answer < 0 ? undefined : slot.tables[answer]!.collections[slot.slot];
};
