/** Piles of coins or notes by their value. */
import { assert } from "../../kernel/assert.ts";
import type { MinorUnits } from "../../kernel/money.ts";

export const add = (map: Map<MinorUnits, number>, key: MinorUnits, count: number): void => {
  map.set(key, (map.get(key) ?? 0) + count);
  assert(map.get(key)! >= 0, "a pile of coins is never negative");
};
