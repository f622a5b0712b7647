import { expect, test } from "vitest";
import { linesOf, outermost, peakOf, stepLabels } from "./series.ts";

const row = (facility: string, group: string, capacity: number, occupied: (number | null)[]) =>
  ({ facility, group, name: group, capacity, stepMinutes: 15, occupied });

test("each car park is one line: the group around the others", () => {
  const all = row("central", "all", 100, [1, 2, null]);
  expect(outermost([row("central", "season", 20, [1, 1, null]), all, row("north", "all", 50, [])])).toEqual([all, row("north", "all", 50, [])]);
  expect(linesOf([all], (each) => each.facility)).toEqual([{ name: "central", values: [1, 2, null] }]);
});

test("steps are named by the time they start", () => {
  expect(stepLabels(row("a", "all", 1, Array.from({ length: 96 }, () => 0))).at(-1)).toBe("23:45");
  expect(stepLabels(undefined)).toEqual([]);
});

test("the peak is the first of the highest; a day to come has none", () => {
  expect(peakOf(row("a", "all", 9, [3, 7, 7, null]))).toEqual({ occupied: 7, step: 1 });
  expect(peakOf(row("a", "all", 9, [null]))).toBeNull();
});
