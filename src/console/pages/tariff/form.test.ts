import fc from "fast-check";
import { expect, test } from "vitest";
import { zoneOf } from "../../../kernel/zone.ts";
import { seed002Tariff } from "../../../tariff/examples/seed-002.ts";
import { lintTariff } from "../../../tariff/lint.ts";
import { totalOf } from "../../../tariff/quote.ts";
import { WEEKDAYS } from "../../../tariff/tariff.ts";
import { type BandTyped, type FlatTyped, type FormTyped, formOf, freshId, tariffOf } from "./form.ts";
import { placeOf, sameJson } from "./json.ts";

const sydney = zoneOf("Australia/Sydney");
if (!sydney.ok) throw new Error("zone");
const MONDAY = Date.UTC(2026, 2, 1, 21, 0);

const band: BandTyped = { id: "band-1", tableVersion: 1, name: "Always", days: WEEKDAYS, from: "00:00", to: "24:00", price: "2.50", minutes: "60", upToHours: "" };
const form: FormTyped = {
  id: "t", version: 1, name: "", currency: "AUD", taxPercent: "10", bands: [band], flats: [], freeMinutes: "", freeThen: "chargeAll",
  dailyMaximum: "", dailyFrom: "00:00", outsideHours: "", beyondLastLine: "", confirmed: [],
};

const time = fc.integer({ min: 0, max: 95 }).map((q) => `${String(Math.floor(q / 4)).padStart(2, "0")}:${String((q % 4) * 15).padStart(2, "0")}`);
const money = fc.integer({ min: 1, max: 99_999 }).map((minor) => (minor / 100).toFixed(2));
const days = fc.subarray([...WEEKDAYS], { minLength: 1 });
const name = fc.string({ minLength: 1, maxLength: 20 }).filter((text) => text.trim() !== "");
const twoTimes = fc.tuple(time, time).filter(([a, b]) => a !== b);
const bands = fc.array(fc.record({ name, days, times: fc.oneof(fc.constant(["00:00", "24:00"] as const), twoTimes), price: money, minutes: fc.integer({ min: 1, max: 1_440 }).map(String), upToHours: fc.oneof(fc.constant(""), fc.integer({ min: 1, max: 240 }).map(String)) }), { minLength: 1, maxLength: 5 })
  .map((all) => all.map(({ times: [from, to], ...rest }, i): BandTyped => ({ id: `band-${i + 1}`, tableVersion: 1, from, to, ...rest })));
const flats = fc.array(fc.record({ name, days, entry: twoTimes, exit: twoTimes, nextDay: fc.boolean(), price: money }), { maxLength: 3 })
  .map((all) => all.map(({ entry, exit, ...rest }, i): FlatTyped => ({ id: `flat-${i + 1}`, tableVersion: 1, entryFrom: entry[0], entryTo: entry[1], exitFrom: exit[0], exitTo: exit[1], ...rest })));
const forms: fc.Arbitrary<FormTyped> = fc.record({
  id: fc.constant("t"), version: fc.nat(9), name: fc.oneof(fc.constant(""), name), currency: fc.constant("AUD"), taxPercent: fc.constantFrom("", "10", "7.7"),
  bands, flats, freeMinutes: fc.oneof(fc.constant(""), fc.integer({ min: 1, max: 90 }).map(String)), freeThen: fc.constantFrom("chargeAll" as const, "chargeRest" as const),
  dailyMaximum: fc.oneof(fc.constant(""), money), dailyFrom: fc.oneof(fc.constant("rolling24h"), time), outsideHours: fc.constantFrom("" as const, "free" as const, "notPermitted" as const),
  beyondLastLine: fc.constantFrom("" as const, "notPermitted" as const, "repeatEach24h" as const), confirmed: fc.constant([]),
});

test("form -> tariff -> form gives the same form, and the engine refuses nothing of it", () => {
  fc.assert(fc.property(forms, (typed) => {
    const written = tariffOf(typed);
    if (!written.ok) throw new Error(JSON.stringify(written.error));
    // What belongs to an empty field is not kept: there is nothing it could say.
    const kept = { ...typed, ...(typed.freeMinutes === "" ? { freeThen: "chargeAll" as const } : {}), ...(typed.dailyMaximum === "" ? { dailyFrom: "00:00" } : {}) };
    expect(formOf(JSON.parse(JSON.stringify(written.value)))).toEqual(kept);
    const report = lintTariff(written.value, sydney.value, MONDAY);
    expect(report.findings.filter(({ severity, code }) => severity === "refused" || (severity === "guess" && code !== "timeWithoutTable"))).toEqual([]);
  }), { numRuns: 400 });
});

test("tariff -> form -> tariff gives the same tariff: the city's own one", () => {
  const typed = formOf(seed002Tariff);
  expect(typed?.bands.map(({ from, to, price }) => [from, to, price])).toEqual([["00:00", "10:00", "2.50"], ["10:00", "24:00", "5.00"], ["00:00", "10:00", "5.00"], ["10:00", "24:00", "10.00"]]);
  const written = typed && tariffOf(typed);
  expect(written?.ok && sameJson(written.value, seed002Tariff)).toBe(true);
});

test.each([
  ["a second price list", { ...seed002Tariff, tables: seed002Tariff.tables.map((t) => ({ ...t, rateLineCollections: [...t.rateLineCollections, ...t.rateLineCollections] })) }],
  ["a minimum", { ...seed002Tariff, minimumMinor: 100 }],
  ["months", { ...seed002Tariff, when: seed002Tariff.when?.map((w) => ({ ...w, months: [1] })) }],
  ["a note of the author in a table", { ...seed002Tariff, tables: seed002Tariff.tables.map((t) => ({ ...t, "x-note": "keep me" })) }],
  ["no tariff", { tables: null }],
  ["broken tables", { ...seed002Tariff, tables: [null, 3] }],
])("%s has no form, so nothing of it can get lost", (_name, json) => {
  expect(formOf(json)).toBe(null);
});

test("whatever is typed gives a tariff or says which field is wrong", () => {
  const junk = fc.oneof(fc.string(), fc.constantFrom("", "-1", "1e3", "2,50", "0.005", "25:00", "NaN", " 3 "));
  fc.assert(fc.property(junk, fc.constantFrom("price", "minutes", "from", "to", "upToHours", "name"), (text, field) => {
    const written = tariffOf({ ...form, bands: [{ ...band, [field]: text }] });
    if (!written.ok) expect(Object.keys(written.error)).toEqual([`bands.0.${field}`]);
  }), { numRuns: 400 });
});

test.each([
  [{ bands: [{ ...band, price: "2,5" }] }, {}],
  [{ bands: [{ ...band, price: "2.555" }] }, { "bands.0.price": "notMoney" }],
  [{ bands: [{ ...band, days: [] }] }, { "bands.0.days": "noDays" }],
  [{ bands: [{ ...band, from: "8 am" }] }, { "bands.0.from": "notATime" }],
  [{ bands: [{ ...band, minutes: "0" }] }, { "bands.0.minutes": "notANumber" }],
  [{ bands: [] }, { bands: "missing" }],
  [{ freeMinutes: "x", dailyMaximum: "0", taxPercent: "101" }, { freeMinutes: "notANumber", dailyMaximum: "notMoney", taxPercent: "notANumber" }],
])("%j", (typed, problems) => {
  const written = tariffOf({ ...form, ...typed });
  expect(written.ok ? {} : written.error).toEqual(problems);
});

test("the fields mean what they say", () => {
  const night: FlatTyped = { id: freshId(form, "flat"), tableVersion: 1, name: "Night", days: WEEKDAYS, entryFrom: "18:00", entryTo: "23:00", exitFrom: "04:00", exitTo: "09:00", nextDay: true, price: "6" };
  const written = tariffOf({ ...form, bands: [{ ...band, upToHours: "24" }], flats: [night], freeMinutes: "15", dailyMaximum: "20", beyondLastLine: "repeatEach24h" });
  const report = written.ok ? lintTariff(written.value, sydney.value, MONDAY) : null;
  const price = (fromHour: number, hours: number) => {
    const from = MONDAY - 8 * 3_600_000 + fromHour * 3_600_000;
    const total = report?.compiled && totalOf(report.compiled, [{ from, to: from + hours * 3_600_000 }]);
    return total?.ok ? total.value : total;
  };
  // Quarter of an hour, an hour, a day, two days (its second day begins a new list), a night.
  expect([price(8, 0.25), price(8, 1), price(0, 24), price(0, 48), price(19, 12)]).toEqual([0, 250, 2_000, 4_000, 600]);
});

test.each([
  ["$.tables[0].version", "1"], ["$.name", '"a}\\"b"'], ["$.tables[1]", "[2 ]"], ["$.missing.deeper", null], ["$", null],
])("a path is found in the text: %s", (path, wanted) => {
  const text = '{\n  "name": "a}\\"b",\n "tables": [ {"version": 1}, [2 ] ]\n}';
  const place = placeOf(text, path);
  expect(place && text.slice(place.start, place.end)).toBe(wanted ?? text);
});

test("a place names its line, and a text that is no JSON has none", () => {
  expect(placeOf('{\n "a": 1,\n "b": [\n 7]}', "$.b[0]")?.line).toBe(4);
  for (const text of ['{"a": 1', '{"a" 1}', "", "{,}", '["a" "b"]']) expect(placeOf(text, "$.a")).toBe(null);
});
