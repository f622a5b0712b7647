/**
 * Price lines -> bands: what an increment costs that starts in [start, end).
 *
 *   3.70  3.00  2.50  5.30 once, per PT19H
 *   |--1h--|--1h--|--1h--|-------- 19 h --------|   stay longer: no price
 *
 * Lines without times follow the one before; cumulative totals become the difference to the tier before;
 * an end one minute or one second before the next start is that start; overlaps go to the earlier line.
 */
import { DAY, MINUTE } from "../../kernel/instant.ts";
import type { Scaled } from "../scaled.ts";
import type { Reader } from "./reader.ts";
import type { RateCollection, RateLine, TierMode } from "./table.ts";

export type Band = {
  readonly start: number;
  /** Infinity for a line that goes on for ever. */
  readonly end: number;
  /** Length of one increment; Infinity when the band is charged once. */
  readonly unit: number;
  readonly value: Scaled;
  /** Index into the collection's lines. */
  readonly line: number;
};
export type Layout = {
  /** Lines without any time: charged once, whatever the length of the stay. */
  readonly flats: readonly number[];
  readonly bands: readonly Band[];
  readonly mode: TierMode;
  /** Which of the six detection rules decided the mode. */
  readonly modeRule: number;
};

type Indexed = { readonly line: RateLine; readonly index: number };

const isFlat = (line: RateLine): boolean =>
  line.kind === "flat" && line.start === undefined && line.end === undefined && line.period === undefined;

export function layOut(collection: RateCollection, modeOption: TierMode | undefined, reader: Reader): Layout {
  const ordered: readonly Indexed[] = collection.lines.map((line, index) => ({ line, index }))
    .toSorted((a, b) => a.line.sequence - b.line.sequence || (a.line.start ?? 0) - (b.line.start ?? 0)
      || a.index - b.index);
  noteDuplicateSequences(ordered, reader);
  const flats = ordered.filter(({ line }) => isFlat(line)).map(({ index }) => index);
  const timed = ordered.filter(({ line }) => !isFlat(line));
  const { mode, rule } = tierModeOf(collection, timed.map(({ line }) => line), modeOption, reader);
  const wallClock = collection.axis.type === "wallClock";
  let bands: Band[] = [];
  let previousEnd = 0;
  timed.forEach((entry, position) => {
    const band = bandOf(entry, timed.slice(position + 1).map(({ line }) => line), previousEnd, wallClock,
      reader);
    if (!band) return;
    previousEnd = band.end;
    bands = place(bands, band, entry.line, reader);
  });
  bands.sort((a, b) => a.start - b.start);
  if (mode === "cumulative") bands = differences(bands, collection, reader);
  return { flats, bands, mode, modeRule: rule };
}

function noteDuplicateSequences(ordered: readonly Indexed[], reader: Reader): void {
  ordered.forEach(({ line }, position) => {
    if (position === 0 || ordered[position - 1]!.line.sequence !== line.sequence) return;
    const told = line.start !== undefined && ordered[position - 1]!.line.start !== undefined;
    reader.note(told ? "warning" : "guess", "duplicateSequence", `${line.path}.sequence`,
      `Sequence ${line.sequence} is used twice; ordered by start, then as written.`,
        "Number the lines 1, 2, 3.");
  });
}

/** Additive or cumulative: the first rule that applies decides; rules 5 and 6 are guesses. */
function tierModeOf(
  collection: RateCollection, timed: readonly RateLine[], option: TierMode | undefined, reader: Reader,
): { readonly mode: TierMode; readonly rule: number } {
  const declared = collection.tierMode ?? option;
  if (declared) return { mode: declared, rule: 1 };
  if (timed.some((line) => line.usage === "fixedDuration")) return { mode: "cumulative", rule: 2 };
  if (timed.some((line) => line.usage === "once"
    || line.usage === "unlimited")) return { mode: "additive", rule: 3 };
  if (timed.some((line) => line.period !== undefined)) return { mode: "additive", rule: 4 };
  const rising = timed.every((line, i) => i === 0 || line.value >= timed[i - 1]!.value);
  const varied = timed.some((line) => line.value !== timed[0]!.value);
  const bounded = timed.filter((line) => line.end !== undefined).length >= 2;
  const cumulative = bounded && rising && varied;
  if (timed.length >= 2) {
    reader.note("guess", "tierModeGuessed", collection.path,
      cumulative ? "The values are read as totals for a stay that ends in the tier (cumulative)."
        : "The values are read as amounts that add up (additive).",
      `Set x-tierMode to ${cumulative ? "cumulative, or to additive if the tiers add up" : "additive, or to cumulative"}.`);
  }
  return cumulative ? { mode: "cumulative", rule: 5 } : { mode: "additive", rule: 6 };
}

function bandOf(
  { line, index }: Indexed, later: readonly RateLine[], previousEnd: number, wallClock: boolean, reader: Reader,
): Band | undefined {
  const start = line.start ?? previousEnd;
  if (start === Infinity) {
    reader.note("guess",
      "unreachableLine", line.path, "The line before never ends, so this one is never reached.",
      "Give the line before an end, or remove this one.");
    return undefined;
  }
  const end = endOf(line, start, later, wallClock, reader);
  if (end === undefined) return undefined;
  if (end <= start) return reader.refuse("emptyLine", line.path,
    "The line ends where it starts.", "Correct durationEnd.");
  return { start, end, unit: unitOf(line, end - start, reader), value: line.value, line: index };
}

function endOf(
  line: RateLine, start: number, later: readonly RateLine[], wallClock: boolean, reader: Reader,
): number | undefined {
  const nextStart = Math.min(...later.map((other) => other.start ?? Infinity).filter((other) => other > start));
  if (line.end !== undefined) {
    // An end one minute short of the next start, or of midnight, is meant to touch it.
    const touches = line.end + MINUTE === nextStart
      || (nextStart === Infinity && line.end % DAY === DAY - MINUTE);
    if (touches) {
      reader.note("warning",
        "endSnapped", `${line.path}.durationEnd`, "Read as touching what follows one minute later.",
        "Write ends half-open: the end is the next start.");
    }
    const end = touches ? line.end + MINUTE : line.end;
    return wallClock && end <= start ? end + DAY : end;
  }
  if (line.start === undefined) {
    if (line.usage === "unlimited" && line.period !== undefined) return Infinity;
    if (line.period === undefined) {
      return reader.refuse("lineWithoutTime", line.path,
        "The line says neither when nor how long it applies.",
        "Give incrementPeriod, or durationStart and durationEnd.");
    }
    if (later.length === 0 && start === 0) {
      reader.note("guess",
        "singleIncrement", line.path, "The only line is charged for one increment; longer has no price.",
        "Set usageCondition to unlimited if it repeats.");
    }
    return start + line.period;
  }
  if (line.usage === "once" && line.period !== undefined) return start + line.period;
  if (line.usage === undefined) {
    reader.note("guess",
      "openEnd", line.path, nextStart === Infinity ? "Without an end, the line goes on for ever."
      : "Without an end, the line goes on to the next start.",
        "Give durationEnd, or usageCondition unlimited.");
  }
  return wallClock && nextStart === Infinity ? DAY : nextStart;
}

/** Length of one increment, or Infinity for a charge that is due once. */
function unitOf(line: RateLine, length: number, reader: Reader): number {
  if (line.usage === "fixedDuration") return Infinity;
  if (line.usage === "unlimited") return line.period ?? Infinity;
  const placed = line.start !== undefined || line.end !== undefined;
  if (line.usage === "once" || !placed || line.period === undefined) {
    if (line.usage === "once" && placed && line.period !== undefined && line.period < length) {
      reader.note("warning",
        "onceWithinLongerTier", line.path, "Charged once for a tier longer than its increment.",
        "Let the tier be as long as incrementPeriod, or use unlimited.");
    }
    return Infinity;
  }
  if (line.kind === "increment") return line.period;
  if (line.period < length) {
    reader.note("guess",
      "periodInsideTier", line.path, "A tier is charged once, yet its increment is shorter than the tier.",
      "Use incrementingRate if it repeats, or once if it does not.");
  }
  return Infinity;
}

/** Adds a band; what an earlier line already covers stays with that line. */
function place(placed: readonly Band[], band: Band, line: RateLine, reader: Reader): Band[] {
  let pieces: Band[] = [band];
  for (const other of placed) {
    pieces = pieces.flatMap((piece) => {
      if (piece.end <= other.start || piece.start >= other.end) return [piece];
      const left = piece.start < other.start ? [{ ...piece, end: other.start }] : [];
      const right = piece.end > other.end ? [{ ...piece, start: other.end }] : [];
      return [...left, ...right];
    });
  }
  const whole = pieces.length === 1 && pieces[0]!.start === band.start && pieces[0]!.end === band.end;
  if (!whole) {
    reader.note("guess",
      "overlappingLines", line.path, "The line overlaps one with a lower sequence, which wins.",
      "Let one line end where the next starts.");
  }
  return [...placed, ...pieces];
}

function differences(bands: readonly Band[], collection: RateCollection, reader: Reader): Band[] {
  if (collection.axis.type === "wallClock") {
    reader.note("guess",
      "wallClockCumulative", collection.path, "Totals need a start; a time of day is none. Read as tiers.",
      "Use relativeTimes true, or x-tierMode additive.");
    return [...bands];
  }
  let total = 0;
  return bands.map((band) => {
    if (band.unit !== Infinity) return band;
    const difference = band.value - total;
    if (difference < 0 && !collection.nonMonotone) {
      reader.note("guess",
        "decreasingTotals", collection.lines[band.line]!.path, "A longer stay costs less than a shorter one.",
        "Correct the value, or declare it with x-nonMonotone.");
    }
    total = band.value;
    return { ...band, value: difference };
  });
}
