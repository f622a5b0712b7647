import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { changeFrom } from "./change.ts";

const stockOf = (levels: Readonly<Record<number, number>>, suspects: readonly number[] = []) =>
  new Map(Object.entries(levels).map(([coin, level]) => [Number(coin), { level, suspect: suspects.includes(Number(coin)) }]));

/** The highest amount payable and the fewest coins for it, by trying everything. */
function bestByTrying(coins: readonly (readonly [number, number])[], amount: number): readonly [number, number] {
  const [first, ...rest] = coins;
  if (!first) return [0, 0];
  let best: readonly [number, number] = [-1, 0];
  for (let n = 0; n <= first[1] && n * first[0] <= amount; n++) {
    const [paid, count] = bestByTrying(rest, amount - n * first[0]);
    const total = [paid + n * first[0], count + n] as const;
    if (total[0] > best[0] || (total[0] === best[0] && total[1] < best[1])) best = total;
  }
  return best;
}

describe("change from what the hoppers hold (E12)", () => {
  it.each<[string, Record<number, number>, number, Record<number, number>, number]>([
    ["the fewest coins", { 50: 9, 100: 9, 200: 9 }, 350, { 200: 1, 100: 1, 50: 1 }, 0],
    ["a greedy choice would fail", { 200: 3, 500: 1 }, 600, { 200: 3 }, 0],
    ["as much as there is", { 200: 2 }, 500, { 200: 2 }, 100],
    ["nothing there", {}, 500, {}, 500],
    ["nothing owed", { 100: 1 }, 0, {}, 0],
    ["no coin fits", { 500: 9 }, 450, {}, 450],
  ])("%s", (_, levels, amount, coins, rest) => {
    const change = changeFrom(stockOf(levels), amount);
    expect(Object.fromEntries(change.coins.map((c) => [c.denominationMinor, c.count]))).toEqual(coins);
    expect(change.restMinor).toBe(rest);
  });

  it("a suspect hopper is not counted on; a coin about to fall counts when there is room", () => {
    expect(changeFrom(stockOf({ 100: 5 }, [100]), 200).restMinor).toBe(200);
    expect(changeFrom(stockOf({ 100: 0 }), 100, { coin: 100, capacity: 1 }).restMinor).toBe(0);
    expect(changeFrom(stockOf({ 100: 1 }), 200, { coin: 100, capacity: 1 }).restMinor).toBe(100);
  });

  it("is the best there is, never more than a hopper holds: E12", () => {
    const levels = fc.record({ 50: fc.nat(5), 100: fc.nat(4), 200: fc.nat(4), 500: fc.nat(3), 130: fc.nat(2) });
    fc.assert(fc.property(levels, fc.nat(3_000), (stock, amount) => {
      const change = changeFrom(stockOf(stock), amount);
      const coins = Object.entries(stock).map(([coin, level]) => [Number(coin), level] as const);
      const [paid, count] = bestByTrying(coins, amount);
      expect([change.paidMinor, change.coins.reduce((sum, c) => sum + c.count, 0)]).toEqual([paid, count]);
      expect(change.paidMinor + change.restMinor).toBe(amount);
      for (const coin of change.coins) expect(coin.count).toBeLessThanOrEqual(new Map(coins).get(coin.denominationMinor) ?? 0);
    }), { numRuns: 300 });
  });
});
