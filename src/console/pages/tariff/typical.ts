/** Typical stays, priced under two tariffs for comparison. */
import { DAY, HOUR, MINUTE } from "../../../kernel/instant.ts";
import type { CompiledTariff } from "../../../tariff/compile.ts";
import { totalOf } from "../../../tariff/quote.ts";

export type TypicalStay = { readonly from: number; readonly lengthMs: number };
/** Absent where there is no price. */
export type Compared = TypicalStay & { readonly first?: number; readonly second?: number };

const LENGTHS = [30 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR, 9 * HOUR, DAY, 3 * DAY, 7 * DAY] as const;
/** Days after Monday and wall-clock hour: a working morning, an evening, a Saturday of shopping, a Sunday night. */
const ENTRIES = [[0, 8], [2, 18], [5, 11], [6, 21]] as const;

/** In the week that begins with `monday`, the local start of a Monday. */
export function typicalStays(compiled: CompiledTariff, monday: number): readonly TypicalStay[] {
  const first = compiled.zone.dayNumberAt(monday);
  return ENTRIES.flatMap(([days, hour]) => LENGTHS.map((lengthMs) => ({ from: compiled.zone.boundaryOf(first + days, hour * HOUR), lengthMs })));
}

export function compare(first: CompiledTariff, second: CompiledTariff, stays: readonly TypicalStay[]): readonly Compared[] {
  return stays.map(({ from, lengthMs }) => {
    const [a, b] = [first, second].map((tariff) => totalOf(tariff, [{ from, to: from + lengthMs }]));
    return { from, lengthMs, ...(a?.ok ? { first: a.value } : {}), ...(b?.ok ? { second: b.value } : {}) };
  });
}
