/** What the pages' server works out by itself: near misses of a plate, and a price list as a reader says it. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nearMisses } from "./nearMiss.ts";
import { priceSteps } from "./availability.ts";

describe("near misses", () => {
  it.each([
    ["AB12XYZ", "AB12XYZ", false], ["ab-12 xyz", "AB12XYZ", false], ["AB10XYO", "AB1OXY0", true], ["II11111", "1111111", true], ["AB12XYZ", "AB12XY", true],
    ["AB12XYZ", "AB12XXYZ", true], ["AB12XYZ", "AB12XYY", true], ["AB12XYZ", "BA12XYZ", false], ["AB12XYZ", "AB12XXX", false], ["AB1", "AB2", false],
    ["TICKET-0001-0002-0003", "TICKET00010002000", false],
  ])("%s may be meant by %s: %s", (plate, typed, near) => { expect(nearMisses(typed).includes(plate.replace(/[^A-Za-z0-9]/g, "").toUpperCase())).toBe(near); });

  const plates = fc.stringMatching(/^[A-Z0-9]{4,8}$/);

  it("are mutual, for one character wrong, missing or too many", () => {
    fc.assert(fc.property(plates, fc.nat(7), fc.constantFrom(..."A0O1IZ9"), fc.constantFrom("replace", "insert", "drop"), (plate, at, sign, how) => {
      const i = at % plate.length;
      const other = how === "replace" ? plate.slice(0, i) + sign + plate.slice(i + 1) : how === "insert" ? plate.slice(0, i) + sign + plate.slice(i) : plate.slice(0, i) + plate.slice(i + 1);
      if (other === plate || other.length < 4) return;
      expect([nearMisses(plate).includes(other), nearMisses(other).includes(plate)]).toEqual([true, true]);
    }), { numRuns: 100 });
  });

  it("stay few enough to be looked up at once, and never hold the plate itself", () => {
    fc.assert(fc.property(fc.stringMatching(/^[A-Z0-9]{4,12}$/), (plate) => {
      const near = nearMisses(plate);
      expect([near.length < 1_000, near.includes(plate)]).toEqual([true, false]);
    }), { numRuns: 100 });
  });
});

const price = (afterMinutes: number, totalMinor: number) => ({ afterMs: afterMinutes * 60_000, price: { type: "price" as const, totalMinor } });
const none = (afterMinutes: number) => ({ afterMs: afterMinutes * 60_000, price: { type: "noPrice" as const, reason: "tooLong" as never } });
const h = (hours: number): number => hours * 3_600_000;

describe("a price list in steps", () => {
  it.each([
    ["one price for the day", [price(0, 650)], [{ type: "upTo", toMs: h(24), totalMinor: 650 }]],
    ["equal parts are said once", [price(0, 160), price(30, 320), price(60, 480), none(90)], [
      { type: "each", fromMs: 0, toMs: h(1.5), partMs: h(0.5), partMinor: 160, totalMinor: 480 }, { type: "none", fromMs: h(1.5) }]],
    ["tiers stay tiers, free time too", [price(0, 0), price(30, 250), price(120, 400)], [
      { type: "upTo", toMs: h(0.5), totalMinor: 0 }, { type: "upTo", toMs: h(2), totalMinor: 250 }, { type: "upTo", toMs: h(24), totalMinor: 400 }]],
    ["a dearer first hour, then parts, then the day's maximum", [price(0, 300), price(60, 400), price(120, 500), price(180, 600), price(240, 650)], [
      { type: "upTo", toMs: h(1), totalMinor: 300 }, { type: "each", fromMs: h(1), toMs: h(4), partMs: h(1), partMinor: 100, totalMinor: 600 }, { type: "upTo", toMs: h(24), totalMinor: 650 }]],
    ["nothing", [], []],
  ])("%s", (_name, ladder, steps) => { expect(priceSteps(ladder)).toEqual(steps); });
});
