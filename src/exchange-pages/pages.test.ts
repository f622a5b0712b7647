/** What the pages work out in the browser: where a mark stands, what a price says, what a search asks for. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stepText } from "./Availability.tsx";
import { marksOf, placed, projectionOf, scaleLength } from "./projection.ts";
import { searchOf } from "./Sessions.tsx";

const SHEET = { width: 720, height: 400, margin: 60 };
const points = fc.array(fc.record({ latitude: fc.double({ min: -80, max: 80, noNaN: true }), longitude: fc.double({ min: -179, max: 179, noNaN: true }) }), { minLength: 1, maxLength: 30 });

describe("the map", () => {
  it("shows every place inside its margin, north above south, east right of west", () => {
    fc.assert(fc.property(points, (all) => {
      const { at } = projectionOf(all, SHEET);
      const drawn = all.map((one) => ({ ...one, ...at(one) }));
      for (const { x, y } of drawn) expect(x >= 59.9 && x <= 660.1 && y >= 59.9 && y <= 340.1).toBe(true);
      for (const [a, b] of drawn.slice(1).map((one, i) => [drawn[i]!, one] as const)) {
        if (a.latitude > b.latitude) expect(a.y).toBeLessThanOrEqual(b.y);
        if (a.longitude > b.longitude) expect(a.x).toBeGreaterThanOrEqual(b.x);
      }
    }), { numRuns: 100 });
  });

  it("tells distances: one hundredth of a degree of latitude is 1,112 metres", () => {
    const projection = projectionOf([{ latitude: 53.48, longitude: -2.24 }, { latitude: 53.49, longitude: -2.24 }], SHEET);
    const [a, b] = [projection.at({ latitude: 53.48, longitude: -2.24 }), projection.at({ latitude: 53.49, longitude: -2.24 })];
    expect(Math.round((a.y - b.y) * projection.metresPerUnit)).toBe(1_112);
    expect([scaleLength(180), scaleLength(999), scaleLength(50_000)]).toEqual([100, 500, 50_000]);
  });

  it("writes no name over a mark or another name", () => {
    const box = (left: number, top: number) => ({ left, top, right: left + 80, bottom: top + 12 });
    expect(placed([[box(0, 30), box(0, -30)], [box(40, 30), box(40, -30)], [box(60, 30), box(60, -30)]], [box(200, 0)])).toEqual([box(0, 30), box(40, -30), null]);
  });

  it("loses no place where marks would cover each other", () => {
    const place = (x: number, y: number, of: string) => ({ x, y, of });
    const marks = marksOf([place(10, 10, "a"), place(20, 12, "b"), place(200, 10, "c")], { x: 40, y: 30 });
    expect(marks.map(({ members }) => members)).toEqual([["a", "b"], ["c"]]);
  });
});

describe("a price in words", () => {
  const h = (hours: number): number => hours * 3_600_000;
  const steps = [
    { type: "upTo", toMs: h(0.5), totalMinor: 0 }, { type: "each", fromMs: 0, toMs: h(6), partMs: h(1), partMinor: 240, totalMinor: 1440 },
    { type: "each", fromMs: h(1), toMs: h(2), partMs: h(0.5), partMinor: 100, totalMinor: 500 }, { type: "upTo", toMs: h(24), totalMinor: 1600 }, { type: "none", fromMs: h(2) },
  ] as const;
  it("is English", () => {
    expect(steps.map((step) => stepText("en", step, "GBP"))).toEqual([
      "up to 30 min: free of charge", "£2.40 per hour begun, up to 6 h (£14.40)", "from 1 h on: £1.00 more per 30 min begun, up to 2 h (£5.00)", "up to 24 h: £16.00", "longer than 2 h: not offered",
    ]);
  });
  it("is German", () => {
    expect(steps.map((step) => stepText("de", step, "GBP").replaceAll("\u00a0", " "))).toEqual([
      "bis 30 min: kostenlos", "2,40 £ je angefangene Stunde, bis 6 h (14,40 £)", "ab 1 h: 1,00 £ mehr je angefangene 30 min, bis 2 h (5,00 £)", "bis 24 h: 16,00 £", "länger als 2 h: nicht erhältlich",
    ]);
  });
});

describe("a search", () => {
  const form = { plate: "", place: "", provider: "", span: "day", from: "", to: "", similar: false } as const;
  it("asks for what was filled in, and for nothing else", () => {
    const now = Date.UTC(2026, 0, 15);
    expect(searchOf(form, now)).toEqual({ from: now - 86_400_000 });
    expect(searchOf({ ...form, span: "all", similar: true }, now)).toEqual({});
    expect(searchOf({ ...form, plate: " AB12 XYZ ", span: "all", similar: true, place: "p", provider: "q" }, now)).toEqual({ plate: "AB12 XYZ", place: "p", provider: "q", similar: true });
    expect(searchOf({ ...form, span: "chosen", from: "2026-01-14T10:00", to: "" }, now)).toEqual({ from: new Date("2026-01-14T10:00").getTime() });
  });
});
