import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DAY, HOUR } from "../../kernel/instant.ts";
import { zoneOf } from "../../kernel/zone.ts";
import { countedMs, serviceLevelProblem } from "./service-level.ts";

const made = zoneOf("Australia/Sydney");
if (!made.ok) throw new Error("no zone");
const zone = made.value;
const at = (text: string): number => {
  const read = zone.parseLocal(text);
  if (!read.ok) throw new Error(text);
  return read.value;
};
const OFFICE = { days: [1, 2, 3, 4, 5], fromMinute: 8 * 60, untilMinute: 17 * 60 };
const ALWAYS = { days: [1, 2, 3, 4, 5, 6, 7], fromMinute: 0, untilMinute: 1_440 };

describe("the contract's clock", () => {
  it.each([
    ["within one day", "2026-03-02 09:00", "2026-03-02 11:30", 2.5],
    ["over night", "2026-03-02 16:00", "2026-03-03 09:00", 2],
    ["over a weekend", "2026-03-06 16:00", "2026-03-09 08:30", 1.5],
    ["outside the hours", "2026-03-07 09:00", "2026-03-08 18:00", 0],
  ])("I8: counts office hours %s", (_, from, until, hours) => {
    expect(countedMs([{ from: at(from), until: at(until) }], OFFICE, zone)).toBe(hours * HOUR);
  });

  it("I8: a clock that always runs counts elapsed time, also over a clock change", () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 400 * DAY }), fc.integer({ min: 0, max: 20 * DAY }), (start, length) => {
      const interval = { from: at("2026-01-01 00:00") + start, until: at("2026-01-01 00:00") + start + length };
      expect(countedMs([interval], ALWAYS, zone)).toBe(length);
      expect(countedMs([interval], null, zone)).toBe(length);
    }));
  });

  it("I8: cutting an interval in two counts the same", () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 9 * DAY }), fc.integer({ min: 0, max: 9 * DAY }), (a, b) => {
      const from = at("2026-04-01 00:00");
      const whole = countedMs([{ from, until: from + a + b }], OFFICE, zone);
      expect(countedMs([{ from, until: from + a }, { from: from + a, until: from + a + b }], OFFICE, zone)).toBe(whole);
    }));
  });

  it.each([
    [{ fixWithinMs: 4 * HOUR, hours: OFFICE, shareBp: 9_500 }, null],
    [{ fixWithinMs: 0, hours: null, shareBp: 9_500 }, "fixWithin"],
    [{ fixWithinMs: HOUR, hours: null, shareBp: 10_001 }, "fixWithin"],
    [{ fixWithinMs: HOUR, hours: { ...OFFICE, untilMinute: 60 }, shareBp: 9_000 }, "serviceHours"],
    [{ fixWithinMs: HOUR, hours: { ...OFFICE, days: [0] }, shareBp: 9_000 }, "serviceHours"],
  ])("is checked: %j", (level, problem) => {
    expect(serviceLevelProblem(level)).toBe(problem);
  });
});
