import { expect, test } from "vitest";
import { HOUR } from "../../../kernel/instant.ts";
import { zoneOf } from "../../../kernel/zone.ts";
import { type PictureBar, rowsOf, ticksOf, widened, xOf } from "./paint.ts";

const found = zoneOf("Europe/Vienna");
if (!found.ok) throw new Error("zone");
const zone = found.value;
const at = (text: string): number => {
  const read = zone.parseLocal(text);
  if (!read.ok) throw new Error(text);
  return read.value;
};
const bar = (stay: string, label: string, from: string, amountMinor: number | null): PictureBar => ({
  stay, label, account: "firm", from: at(from), to: null, segments: [], neutral: null, amountMinor, payer: "account", why: [],
});

test("a car is one row, in the order of arrival, and its amounts add up; an unknown one stays unknown", () => {
  const rows = rowsOf([
    bar("s2", "B", "2026-03-02 09:00", 100), bar("s1", "A", "2026-03-02 08:00", 0), bar("s3", "B", "2026-03-02 12:00", 250), bar("s4", "A", "2026-03-02 13:00", null),
  ]);
  expect(rows.map(({ label, amountMinor, bars }) => [label, amountMinor, bars.length])).toEqual([["A", null, 2], ["B", 350, 2]]);
});

test("marks stand on round local times, also over the change to summer time", () => {
  const marks = ticksOf(zone, at("2026-03-29 00:10"), at("2026-03-29 09:10"), 10);
  expect(marks.map((tick) => zone.localText(tick.at).slice(11, 16))).toEqual(["01:00", "03:00", "04:00", "05:00", "06:00", "07:00", "08:00", "09:00"]);
});

test.each([6, 12])("never more than %i marks and one, however long the period", (most) => {
  for (const hours of [1, 5, 30, 200, 1_500, 9_000]) {
    const from = at("2026-03-02 08:00");
    expect(ticksOf(zone, from, from + hours * HOUR, most).length).toBeLessThanOrEqual(most + 1);
  }
});

test("what lies outside the frame stands at its edge", () => {
  const frame = { from: 0, until: 100, left: 10, right: 110 };
  expect([-5, 0, 50, 100, 900].map((instant) => xOf(frame, instant))).toEqual([10, 10, 60, 110, 110]);
  expect(widened(1_000, 1_000).until).toBeGreaterThan(1_000);
});
