/**
 * Chargeable time through the tables that are in force: the table at entry for all of it, each table its own
 * part, or increment by increment.
 */
import type { Instant } from "../kernel/instant.ts";
import { type Result, err, ok } from "../kernel/result.ts";
import { type Clock, clockOf, type Interval } from "./clock.ts";
import type { CompiledTable, CompiledTariff } from "./compile.ts";
import type { Sheet } from "./sheet.ts";
import { type NoPrice, walk } from "./walk.ts";

export type NoPriceReason =
  | NoPrice
  | { readonly type: "noTableInForce"; readonly at: Instant }
  | { readonly type: "tableNotValid"; readonly table: string; readonly at: Instant };
export type NotPermitted = { readonly type: "notPermitted"; readonly reason: NoPriceReason };

type TablesPriced = Result<readonly CompiledTable[], NotPermitted>;
const notPermitted = (
  reason: NoPriceReason,
): Result<never, NotPermitted> =>
  err({ type: "notPermitted", reason });

export function priceTables(compiled: CompiledTariff, clock: Clock, sheet: Sheet): TablesPriced {
  const { plan, tables, selection } = compiled;
  if (!plan) return fixed(tables[0]!, clock, sheet);
  if (compiled.coversAll && selection !== "split") {
    return selection === "entryTime"
      ? fixed(tables[plan.spanAt(clock.intervals[0]!.from).answer]!, clock, sheet)
      : atStart(compiled, clock, sheet);
  }
  const pieces = cutByPlan(compiled, clock);
  if (!pieces.ok) return pieces;
  if (pieces.value.length === 0) return ok([]);
  if (selection === "split") return split(compiled, pieces.value, clock.used, sheet);
  const charged = clockOf(mergeTouching(pieces.value), clock.used);
  if (!charged.ok) return notPermitted({ type: "noTableInForce", at: sheet.entry });
  return selection === "entryTime" ? fixed(tables[pieces.value[0]!.table]!, charged.value, sheet)
    : atStart(compiled, charged.value, sheet);
}

function fixed(table: CompiledTable, clock: Clock, sheet: Sheet): TablesPriced {
  const refused = priceFixed(table, clock, sheet, sheet.entry);
  return refused ? notPermitted(refused) : ok([table]);
}

export function priceFixed(
  table: CompiledTable, clock: Clock, sheet: Sheet, entry: Instant,
): NoPriceReason | undefined {
  const { validFrom, validUntil } = table.source;
  if ((validFrom !== undefined && entry < validFrom) || (validUntil !== undefined && entry >= validUntil)) {
    return { type: "tableNotValid", table: table.source.id, at: entry };
  }
  let valid = false;
  for (const collection of table.collections) {
    if (collection.validFrom !== undefined && entry < collection.validFrom) continue;
    if (collection.validUntil !== undefined && entry >= collection.validUntil) continue;
    valid = true;
    const refused = walk({ type: "fixed", collection }, clock, sheet);
    if (refused) return refused;
  }
  return valid ? undefined : { type: "tableNotValid", table: table.source.id, at: entry };
}

function atStart(compiled: CompiledTariff, clock: Clock, sheet: Sheet): TablesPriced {
  const plan = compiled.plan!;
  const { tables } = compiled;
  const opening = tables[plan.spanAt(clock.intervals[0]!.from).answer]!;
  const { validFrom, validUntil } = opening.source;
  if ((validFrom !== undefined && sheet.entry < validFrom)
    || (validUntil !== undefined && sheet.entry >= validUntil)) {
    return notPermitted({ type: "tableNotValid", table: opening.source.id, at: sheet.entry });
  }
  for (const slot of compiled.slots) {
    const refused = walk(slot, clock, sheet);
    if (refused) return notPermitted(refused);
  }
  if (!sheet.runs) return ok([opening]);
  const used = tables.filter((table) => sheet.runs!.some((run) => run.collection.table === table));
  return ok([opening, ...used.filter((table) => table !== opening)]);
}

type Piece = Interval & { readonly table: number };

/** Each table prices its own pieces as one sequence: resumed, its ladder goes on where it stopped. */
function split(compiled: CompiledTariff, pieces: readonly Piece[], used: number, sheet: Sheet): TablesPriced {
  const order = [...new Set(pieces.map((piece) => piece.table))];
  for (const [position, index] of order.entries()) {
    const own = clockOf(pieces.filter((piece) => piece.table === index), position === 0 ? used : 0);
    if (!own.ok) return notPermitted({ type: "noTableInForce", at: sheet.entry });
    const refused = priceFixed(compiled.tables[index]!, own.value, sheet, sheet.entry);
    if (refused) return notPermitted(refused);
  }
  return ok(order.map((index) => compiled.tables[index]!));
}

function cutByPlan(compiled: CompiledTariff, clock: Clock): Result<readonly Piece[], NotPermitted> {
  const pieces: Piece[] = [];
  for (const { from, to } of clock.intervals) {
    for (let at = from; at < to; ) {
      const span = compiled.plan!.spanAt(at);
      const until = Math.min(span.until, to);
      if (span.answer >= 0) pieces.push({ from: at, to: until, table: span.answer });
      else if (compiled.tariff.outsideHours !== "free") return notPermitted({ type: "noTableInForce", at });
      at = until;
    }
  }
  return ok(pieces);
}

function mergeTouching(pieces: readonly Interval[]): readonly Interval[] {
  const merged: Interval[] = [];
  for (const { from, to } of pieces) {
    const previous = merged[merged.length - 1];
    if (previous && previous.to === from) merged[merged.length - 1] = { from: previous.from, to };
    else merged.push({ from, to });
  }
  return merged;
}
