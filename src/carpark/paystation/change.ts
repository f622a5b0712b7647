/**
 * Change from what the hoppers really hold: exactly if it can be done, else as much as can be; among those
 * the fewest coins. A bounded knapsack over the common divisor of the coins.
 */
import { assert } from "../../kernel/assert.ts";
import type { MinorUnits } from "../../kernel/money.ts";
import type { Hopper, Tender } from "./paystation.ts";

export type Change = { readonly coins: readonly Tender[]; readonly paidMinor: MinorUnits; readonly restMinor: MinorUnits };

/** Largest table of the knapsack; a higher amount is paid up to here and the rest stays owed. */
export const CHANGE_STEPS_MAX = 10_000;

type Stock = ReadonlyMap<MinorUnits, Hopper>;

/**
 * @param extra a coin about to fall into its hopper; it counts when the hopper has room for it.
 */
export function changeFrom(
  stock: Stock, amountMinor: MinorUnits, extra: { readonly coin: MinorUnits; readonly capacity: number } | null = null,
): Change {
  assert(Number.isSafeInteger(amountMinor) && amountMinor >= 0, "an amount of change is a count of minor units");
  const available = [...stock]
    .filter(([, hopper]) => !hopper.suspect)
    .map(([denominationMinor, hopper]) => {
      const room = extra?.coin === denominationMinor && hopper.level < extra.capacity;
      return { denominationMinor, count: hopper.level + (room ? 1 : 0) };
    })
    .filter((tender) => tender.count > 0)
    .sort((a, b) => b.denominationMinor - a.denominationMinor);
  if (available.length === 0 || amountMinor === 0) return { coins: [], paidMinor: 0, restMinor: amountMinor };
  const unit = available.reduce((divisor, tender) => gcd(divisor, tender.denominationMinor), 0);
  const steps = Math.min(Math.floor(amountMinor / unit), CHANGE_STEPS_MAX);
  const coins = fill(available.map((t) => ({ steps: t.denominationMinor / unit, ...t })), steps);
  const paidMinor = coins.reduce((sum, t) => sum + t.denominationMinor * t.count, 0);
  return { coins, paidMinor, restMinor: amountMinor - paidMinor };
}

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

type Item = { readonly row: number; readonly count: number; readonly steps: number };

/** The fewest coins for the highest reachable number of steps. */
function fill(rows: readonly (Tender & { readonly steps: number })[], target: number): Tender[] {
  const items = rows.flatMap((row, index) => bundles(Math.min(row.count, Math.floor(target / row.steps)))
    .map((count): Item => ({ row: index, count, steps: count * row.steps })));
  const fewest = new Float64Array(target + 1).fill(Infinity);
  fewest[0] = 0;
  const taken = items.map((item) => {
    const took = new Uint8Array(target + 1);
    for (let at = target; at >= item.steps; at--) {
      const coins = fewest[at - item.steps]! + item.count;
      if (coins < fewest[at]!) {
        fewest[at] = coins;
        took[at] = 1;
      }
    }
    return took;
  });
  let at = target;
  while (fewest[at] === Infinity) at--;
  const counts = rows.map(() => 0);
  for (let i = items.length - 1; i >= 0; i--) {
    if (!taken[i]![at]) continue;
    counts[items[i]!.row]! += items[i]!.count;
    at -= items[i]!.steps;
  }
  assert(at === 0, "change adds up to its coins");
  return rows.flatMap((row, i) => (counts[i]! > 0 ? [{ denominationMinor: row.denominationMinor, count: counts[i]! }] : []));
}

/** Bundles that make every number from 0 to `count`: 1, 2, 4 ... and the rest. */
function bundles(count: number): number[] {
  const sizes: number[] = [];
  for (let size = 1, left = count; left > 0; size *= 2) {
    sizes.push(Math.min(size, left));
    left -= Math.min(size, left);
  }
  return sizes;
}
