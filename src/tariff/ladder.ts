/**
 * The price as a function of the length of a stay, as steps: for the display at the entry, for the upload
 * answer of a table, and to see at a glance whether a table was read as it was meant.
 *
 *   above 0 min 3.70 | above 60 min 6.70 | above 120 min 9.20 | above 24 h no price
 */
import { DAY, type Instant } from "../kernel/instant.ts";
import type { MinorUnits } from "../kernel/money.ts";
import { type Result, err, ok } from "../kernel/result.ts";
import type { CompiledTariff } from "./compile.ts";
import type { NoPriceReason } from "./in-force.ts";
import { type Partial, price, type QuoteOptions } from "./price.ts";
import { totalOf } from "./quote.ts";
import { readTimeOfDay } from "./table/duration.ts";

export type Step = {
  /** The step's price holds for stays longer than this, up to and including the next step's. */
  readonly afterMs: number;
  readonly price: { readonly type: "price"; readonly totalMinor: MinorUnits } | { readonly type: "noPrice"; readonly reason: NoPriceReason };
};
export type LadderTooLong = { readonly type: "ladderTooLong"; readonly stepsMax: number };

/** A display shows twenty lines; a check of 400 days by the quarter hour needs this many. */
export const STEPS_MAX = 50_000;

/** Steps for stays that start at `from` and last up to `horizonMs` (a day when not given). */
export function priceLadder(
  compiled: CompiledTariff, from: Instant, horizonMs: number = DAY, options?: QuoteOptions,
): Result<readonly Step[], LadderTooLong> {
  const edges = edgesOf(compiled, from, horizonMs, options);
  if (edges.length > STEPS_MAX) return err({ type: "ladderTooLong", stepsMax: STEPS_MAX });
  const steps: Step[] = [];
  for (const afterMs of edges) {
    const total = totalOf(compiled, [{ from, to: from + afterMs + 1 }], options);
    const step: Step["price"] = total.ok ? { type: "price", totalMinor: total.value }
      : { type: "noPrice", reason: reasonOf(total.error) };
    if (!samePrice(steps.at(-1)?.price, step)) steps.push({ afterMs, price: step });
  }
  return ok(steps);
}

const reasonOf = (refusal: { readonly type: string } & object): NoPriceReason =>
  "reason" in refusal && typeof refusal.reason === "object" && refusal.reason !== null
    ? (refusal.reason as NoPriceReason) : { type: "noTableInForce", at: 0 };

const samePrice = (a: Step["price"] | undefined, b: Step["price"]): boolean =>
  a !== undefined && (a.type === "price" ? b.type === "price" && a.totalMinor === b.totalMinor
    : b.type === "noPrice");

/** Every length after which the price can change: where increments start, and where offers and limits turn. */
function edgesOf(
  compiled: CompiledTariff, from: Instant, horizonMs: number, options: QuoteOptions | undefined,
): readonly number[] {
  const { tariff, zone } = compiled;
  const edges = new Set<number>([0]);
  const add = (length: number): void => {
    if (length > 0 && length < horizonMs) edges.add(length);
  };
  addRuns(compiled, from, horizonMs, options, add);
  const free = (tariff.freeMinutes?.minutes ?? 0) * 60_000;
  add(free);
  for (const collection of compiled.tables.flatMap(({ collections }) => collections)) {
    if (collection.maxTime !== undefined) for (const extra of [0,
      free]) add(collection.maxTime - (options?.usedBeforeMs ?? 0) + extra);
    if (collection.minTime !== undefined) add(collection.minTime);
  }
  for (const discount of tariff.discounts ?? []) if (discount.type === "minutes") add(discount.minutes * 60_000);
  for (const offer of tariff.offers ?? []) {
    const day = zone.dayNumberAt(from) + (offer.exit?.daysAfterEntry ?? 0);
    const times = offer.exit ? [readTimeOfDay(offer.exit.from) ?? 0, readTimeOfDay(offer.exit.to) ?? 0] : [];
    // Departure at the window's start is inside it, so the step begins just before.
    for (const time of times) for (const d of [day,
      day + 1]) { add(zone.boundaryOf(d, time) - from - 1); add(zone.boundaryOf(d, time) - from); }
  }
  return [...edges].sort((a, b) => a - b);
}

function addRuns(
  compiled: CompiledTariff, from: Instant, horizonMs: number, options: QuoteOptions | undefined,
    add: (length: number) => void,
): void {
  const tables = [undefined, ...(compiled.tariff.offers ?? []).map((offer) => offer.table)];
  for (const table of tables) {
    const alone = table === undefined ? compiled : only(compiled, table);
    if (!alone) continue;
    const recorded: Partial = {};
    const whole = price(alone, [{ from, to: from + horizonMs }], options, true, recorded);
    if (!whole.ok && whole.error.type === "notPermitted") addRefusal(whole.error.reason, from, horizonMs,
      alone, options, add);
    for (const run of recorded.sheet?.runs ?? []) {
      const count = run.unit === Infinity ? 1 : Math.min(run.units, STEPS_MAX);
      for (let unit = 0; unit < count; unit++) add(run.from - from + (run.unit === Infinity ? 0
        : unit * run.unit));
    }
  }
}

/** The refused stay stops being priced somewhere; up to there its runs are asked for again. */
function addRefusal(
  reason: NoPriceReason, from: Instant, horizonMs: number, compiled: CompiledTariff,
    options: QuoteOptions | undefined,
  add: (length: number) => void,
): void {
  const until = reason.type === "longerThanMaxTime" ? reason.maxTimeMs - (options?.usedBeforeMs ?? 0)
    : reason.type === "tableNotValid" ? 0 : reason.at - from;
  add(until);
  if (until > 0 && until < horizonMs) addRuns(compiled, from, until, options, add);
}

function only(compiled: CompiledTariff, tableId: string): CompiledTariff | undefined {
  const table = compiled.tables.find(({ source }) => source.id === tableId);
  if (!table) return undefined;
  const { offers: _offers, freeMinutes: _free, ...tariff } = compiled.tariff;
  return { ...compiled, tariff, tables: [table], plan: undefined, coversAll: true, selection: "entryTime" };
}
