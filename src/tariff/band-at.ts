/**
 * Which band of a price list a walk stands in, how far it reaches on the clock, and which occurrence of a
 * recurring one it is. Bands are measured on the stay, on an event or on the wall clock.
 */
import type { Instant } from "../kernel/instant.ts";
import type { CompiledCollection } from "./compile.ts";
import type { Band } from "./table/bands.ts";

/** One per walk; written by `locate`. */
export type Cursor = {
  index: number;
  /** False until the walk has passed the increment that time already on the clock has paid for. */
  aligned: boolean;
  band: Band;
  /** Position at which the band ends. */
  end: number;
  /** NaN on the stay, where a band occurs once; else the same for all of one occurrence. */
  occurrence: number;
  /** Where to go on when nothing is due here. */
  skipTo: number;
};

const NOWHERE: Band = { start: 0, end: 0, unit: Infinity, value: 0, line: 0 };

export const cursorOf = (aligned: boolean): Cursor =>
  ({ index: 0, aligned, band: NOWHERE, end: 0, occurrence: NaN, skipTo: 0 });

export function locate(
  cursor: Cursor, collection: CompiledCollection, at: Instant, position: number, stayEnd: number,
): "band" | "skip" | "none" {
  if (collection.endless && cursor.aligned) {
    cursor.band = collection.endless;
    cursor.end = Infinity;
    cursor.occurrence = NaN;
    return "band";
  }
  if (collection.axis.type === "stay") return onStay(cursor, collection, position, stayEnd);
  const found = collection.axis.type === "event" ? onEvent(collection, at - collection.axis.from)
    : onWallClock(collection, at);
  if (!found) return "none";
  cursor.band = found.band;
  cursor.end = position + found.left;
  cursor.occurrence = found.occurrence;
  return "band";
}

function onStay(
  cursor: Cursor, collection: CompiledCollection, position: number, stayEnd: number,
): "band" | "skip" | "none" {
  const { bands, repeatEvery } = collection;
  const cycle = repeatEvery === Infinity ? 0 : Math.floor(position / repeatEvery) * repeatEvery;
  const inCycle = position - cycle;
  let band = bands[cursor.index] ?? NOWHERE;
  if (cursor.index > 0 && inCycle < band.start) band = bands[(cursor.index = 0)]!;
  while (band.end <= inCycle && cursor.index < bands.length - 1) band = bands[(cursor.index += 1)]!;
  if (inCycle < band.start || inCycle >= band.end) {
    cursor.skipTo = cycle + band.start;
    // A total says what the whole stay costs, so only a stay that ends in the gap has no price.
    return collection.layout.mode === "cumulative" && inCycle < band.start && cursor.skipTo < stayEnd
      ? "skip" : "none";
  }
  cursor.band = band;
  cursor.end = cycle + (band.end < repeatEvery ? band.end : repeatEvery);
  cursor.occurrence = NaN;
  if (cursor.aligned) return "band";
  cursor.aligned = true;
  const started = inCycle - band.start;
  const next = band.unit === Infinity ? (started > 0 ? cursor.end : position)
    : position + ((band.unit - (started % band.unit)) % band.unit);
  cursor.skipTo = Math.min(next, cursor.end);
  return next > position ? "skip" : "band";
}

type Found = { readonly band: Band; readonly left: number; readonly occurrence: number };

function onEvent(collection: CompiledCollection, offset: number): Found | undefined {
  const index = collection.bands.findIndex((band) => offset >= band.start && offset < band.end);
  const band = collection.bands[index];
  return band && { band, left: band.end - offset, occurrence: index };
}

function onWallClock(collection: CompiledCollection, at: Instant): Found | undefined {
  const span = collection.wallPlan?.spanAt(at);
  const band = span && collection.bands[span.answer];
  return band && { band, left: span.until - at, occurrence: span.occurrence };
}
