import fc from "fast-check";
import { expect, test } from "vitest";
import { HOUR } from "../../../kernel/instant.ts";
import { zoneOf } from "../../../kernel/zone.ts";
import { compileTariff } from "../../../tariff/compile.ts";
import { seed002Tariff } from "../../../tariff/examples/seed-002.ts";
import { priceLadder } from "../../../tariff/ladder.ts";
import { marksUpTo, pathOf } from "./curve.ts";
import { confirmReading, draftOf, isPending, readingOf, typeForm, typeText } from "./draft.ts";
import type { FormTyped } from "./form.ts";
import { compare, typicalStays } from "./typical.ts";

const sydney = zoneOf("Australia/Sydney");
if (!sydney.ok) throw new Error("zone");
const zone = sydney.value;
/** Monday 2 March 2026, midnight in Sydney. */
const MONDAY = Date.UTC(2026, 2, 1, 13);
const draft = draftOf(seed002Tariff);
const priced = (form: FormTyped, price: string): FormTyped => ({ ...form, bands: form.bands.map((band, i) => (i === 0 ? { ...band, price } : band)) });

test("a wrong field stays as typed and the text waits; once it is right, the text follows", () => {
  const wrong = typeForm(draft, priced(draft.form!, "three"));
  expect([wrong.form?.bands[0]?.price, wrong.text, isPending(wrong)]).toEqual(["three", draft.text, true]);
  const right = typeForm(wrong, priced(wrong.form!, "3"));
  expect([right.form?.bands[0]?.price, isPending(right), JSON.parse(right.text).tables[0].rateLineCollections[0].rateLines[0].value]).toEqual(["3", false, 3]);
});

test("whatever is typed as text is kept to the letter, with a form only when the form says all of it", () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
    expect(typeText(text).text).toBe(text);
    expect(() => readingOf(text, zone, "AUD", MONDAY)).not.toThrow();
  }), { numRuns: 300 });
  const richer = JSON.stringify({ ...seed002Tariff, minimumMinor: 100 });
  expect(typeText(richer)).toEqual({ text: richer, form: null });
  expect(typeText(draft.text)).toEqual(draft);
});

test("another currency than the car park's is refused at its place", () => {
  expect(readingOf(draft.text, zone, "EUR", MONDAY).findings.map(({ path, severity }) => [path, severity])).toEqual([["$.currency", "refused"]]);
});

test("a confirmed guess is a guess no more", () => {
  const free = draftOf({ ...seed002Tariff, tables: seed002Tariff.tables.map((table, i) => (i > 0 ? table : {
    ...table, rateLineCollections: table.rateLineCollections.map((list) => ({ ...list, rateLines: list.rateLines.map((line) => ({ ...line, value: 0 })) })),
  })) });
  const before = readingOf(free.text, zone, "AUD", MONDAY).findings;
  expect(before.map(({ code, severity }) => [code, severity])).toEqual([["freeTable", "guess"]]);
  const confirmed = confirmReading(free.text, before[0]!);
  expect(readingOf(confirmed!.text, zone, "AUD", MONDAY).findings.map(({ severity }) => severity)).toEqual(["warning"]);
  expect(confirmed?.form?.confirmed).toEqual(["workday-night@1"]);
});

test("the curve is the ladder: a step at each hour, a gap where there is no price", () => {
  const compiled = compileTariff(seed002Tariff, zone);
  const ladder = compiled.ok ? priceLadder(compiled.value, MONDAY + 8 * HOUR, 4 * HOUR) : compiled;
  if (!ladder.ok) throw new Error("no ladder");
  const frame = { width: 400, height: 100, left: 0, bottom: 0, top: 0 };
  // 2.50, 5.00, 10.00, 15.00 of 20.00 over four hours.
  expect(pathOf(ladder.value, frame, { horizonMs: 4 * HOUR, topMinor: 2_000 }))
    .toBe("M0.0 87.5L100.0 87.5L100.0 75.0L200.0 75.0L200.0 50.0L300.0 50.0L300.0 25.0L400.0 25.0");
  const gap = [ladder.value[0]!, { afterMs: HOUR, price: { type: "noPrice", reason: { type: "noTableInForce", at: 0 } } } as const];
  expect(pathOf(gap, frame, { horizonMs: 4 * HOUR, topMinor: 2_000 })).toBe("M0.0 87.5L100.0 87.5");
});

test("marks are round and reach the top", () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 10_000_000 }), (top) => {
    const marks = marksUpTo(top);
    expect(marks.at(-1)).toBeGreaterThanOrEqual(top);
    expect(marks.length).toBeLessThanOrEqual(6);
  }));
  expect(marksUpTo(16_800)).toEqual([0, 5_000, 10_000, 15_000, 20_000]);
});

test("typical stays are compared at the car park's wall clock", () => {
  const compiled = compileTariff(seed002Tariff, zone);
  if (!compiled.ok) throw new Error("does not compile");
  const rows = compare(compiled.value, compiled.value, typicalStays(compiled.value, MONDAY));
  // Monday 8:00 for half an hour, Saturday 11:00 for two hours.
  expect([rows[0]?.first, rows[18]?.second, zone.localText(rows[18]!.from)]).toEqual([250, 2_000, "2026-03-07 11:00"]);
});
