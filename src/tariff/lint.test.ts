import { describe, expect, test } from "vitest";
import { zoneOf } from "../kernel/zone.ts";
import { compileTariff } from "./compile.ts";
import { seed002Tariff } from "./examples/seed-002.ts";
import type { FindingCode, Severity } from "./finding.ts";
import { lintTable, lintTariff } from "./lint.ts";
import { totalOf } from "./quote.ts";
import type { Tariff } from "./tariff.ts";

const found = zoneOf("Europe/Vienna");
if (!found.ok) throw new Error("zone");
const zone = found.value;
const MONDAY = Date.UTC(2026, 2, 2);
const C = "$.rateLineCollections[0]";

type Raw = Record<string, unknown>;
const hour: Raw = { sequence: 1, rateLineType: "incrementingRate", incrementPeriod: "PT1H",
  usageCondition: "unlimited", value: 2 };
const tableWith = (lines: readonly Raw[], more: Raw = {}): Raw =>
  ({ id: "t", version: 1, rateLineCollections: [{ collectionSequence: 1, applicableCurrency: "EUR",
    ...more, rateLines: lines }] });
const tier = (sequence: number, from: string, to: string, value: number, more: Raw = {}): Raw =>
  ({ sequence, rateLineType: "flatRateTier", durationStart: from, durationEnd: to, value, ...more });

const ROWS: readonly (readonly [string, unknown, Severity, FindingCode, string])[] = [
  ["no table", 7, "refused", "notATable", "$"],
  ["no price lists", { id: "t", version: 1 }, "refused", "missing", "$.rateLineCollections"],
  ["an unknown type", tableWith([{ ...hour, rateLineType: "perMinute" }]), "refused", "unknownValue",
    `${C}.rateLines[0].rateLineType`],
  ["perUnit", tableWith([{ ...hour, rateLineType: "perUnit" }]), "refused", "perUnitUnsupported",
    `${C}.rateLines[0].rateLineType`],
  ["a missing value", tableWith([{ ...hour, value: null }]), "refused", "missing", `${C}.rateLines[0].value`],
  ["a value that is no number", tableWith([{ ...hour, value: "two" }]), "refused", "notANumber",
    `${C}.rateLines[0].value`],
  ["a negative value", tableWith([{ ...hour, value: -1 }]), "refused", "negativeValue",
    `${C}.rateLines[0].value`],
  ["another currency in an amount",
    tableWith([hour], { maxValueCollection: { currencyType: "USD", currencyValue: 6 }, resetTime: "00:00" }),
    "refused", "mixedCurrency", `${C}.maxValueCollection.currencyType`],
  ["another currency in a second list", { ...tableWith([hour]), rateLineCollections: [
    { collectionSequence: 1, applicableCurrency: "EUR", rateLines: [hour] },
      { collectionSequence: 2, applicableCurrency: "USD", rateLines: [hour] }] },
    "refused", "mixedCurrency", "$.rateLineCollections[1].applicableCurrency"],
  ["no currency", tableWith([hour], { applicableCurrency: null }), "refused", "missing",
    `${C}.applicableCurrency`],
  ["fifteen months", tableWith([{ ...hour, incrementPeriod: "P15M" }]), "refused", "calendarDuration",
    `${C}.rateLines[0].incrementPeriod`],
  ["a bare number of what?", tableWith([{ ...hour, incrementPeriod: 15 }]), "refused", "notADuration",
    `${C}.rateLines[0].incrementPeriod`],
  ["a line without time", tableWith([{ sequence: 1, rateLineType: "flatRateTier", value: 2 }]), "refused",
    "lineWithoutTime", `${C}.rateLines[0]`],
  ["an empty line", tableWith([tier(1, "02:00", "01:00", 1)]), "refused", "emptyLine", `${C}.rateLines[0]`],
  ["fixedNumber without a number", tableWith([{ ...hour, usageCondition: "fixedNumber" }]), "refused",
    "usageWithoutLimit", `${C}.rateLines[0].usageCondition`],
  ["minimum above maximum", tableWith([{ ...hour, minValue: 3, maxValue: 2 }]), "refused",
    "minimumAboveMaximum", `${C}.rateLines[0].minValue`],
  ["overlapping lines", tableWith([tier(1, "00:00", "02:00", 1, { usageCondition: "once" }),
    tier(2, "01:00", "03:00", 1, { usageCondition: "once" })]),
    "guess", "overlappingLines", `${C}.rateLines[1]`],
  ["a gap", tableWith([tier(1, "00:00", "01:00", 1, { usageCondition: "once" }),
    tier(2, "02:00", "03:00", 1, { usageCondition: "once" })]),
    "warning", "gapBetweenLines", `${C}.rateLines[1]`],
  ["tiers of either kind", tableWith([tier(1, "00:00", "01:00", 1), tier(2, "01:00", "02:00", 2)]),
    "guess", "tierModeGuessed", C],
  ["totals that fall", tableWith([tier(1, "00:00", "01:00", 3),
    tier(2, "01:00", "02:00", 2, { usageCondition: "fixedDuration" })]),
    "guess", "decreasingTotals", `${C}.rateLines[1]`],
  ["a cap that never resets", tableWith([hour], { maxValueCollection: 6 }), "warning", "capWithoutReset", C],
  ["a single increment", tableWith([{ ...hour, usageCondition: null }]), "guess", "singleIncrement",
    `${C}.rateLines[0]`],
  ["a line after for ever", tableWith([hour, { ...hour, sequence: 2 }]), "guess", "unreachableLine",
    `${C}.rateLines[1]`],
  ["a price of nothing", tableWith([{ ...hour, value: 0 }]), "guess", "freeTable", "$"],
  ["P3600S", tableWith([{ ...hour, incrementPeriod: "P3600S" }]), "warning", "spellingTolerated",
    `${C}.rateLines[0].incrementPeriod`],
  ["an empty reset time", tableWith([hour], { resetTime: "" }), "warning", "spellingTolerated", `${C}.resetTime`],
  ["a longest time of zero", tableWith([hour], { maxTime: "PT0S" }), "guess", "spellingTolerated", `${C}.maxTime`],
  ["an increment of zero", tableWith([{ ...hour, incrementPeriod: "PT0S" }]), "refused", "notADuration",
    `${C}.rateLines[0].incrementPeriod`],
  ["an empty value", tableWith([{ ...hour, value: "" }]), "refused", "missing", `${C}.rateLines[0].value`],
  ["an amount as text", tableWith([{ ...hour, value: "2.00" }]), "warning", "spellingTolerated",
    `${C}.rateLines[0].value`],
  ["an amount with float dust", tableWith([{ ...hour, value: 12.280000000000001 }]), "warning",
    "spellingTolerated", `${C}.rateLines[0].value`],
];

describe("a rate table with", () => {
  test.each(ROWS)("%s", (_name, table, severity, code, path) => {
    const report = lintTable(table, zone, "$", MONDAY);
    expect(report.findings).toContainEqual(expect.objectContaining({ severity, code, path }));
    expect({ refused: report.refused, draft: severity === "guess" ? report.draft : false })
      .toEqual({ refused: severity === "refused", draft: severity === "guess" });
    for (const finding of report.findings) expect(finding.message.length * finding.fix.length).toBeGreaterThan(0);
  });

  test("nothing wrong is clear", () => {
    expect(lintTable(tableWith([hour]), zone, "$", MONDAY).findings).toEqual([]);
  });
});

describe("a tariff", () => {
  test("of the city is clear", () => {
    expect(lintTariff(seed002Tariff, zone, MONDAY).findings).toEqual([]);
  });
  test("with time that no table covers is a draft until somebody says what that time is", () => {
    const gap: Tariff = { ...seed002Tariff, when: seed002Tariff.when!.slice(0, 3) };
    expect(lintTariff(gap, zone, MONDAY)).toMatchObject({ draft: true });
    expect(lintTariff(gap, zone, MONDAY).findings.map(({ code }) => code)).toEqual(["timeWithoutTable",
      "tableNotUsed"]);
    expect(lintTariff({ ...gap, outsideHours: "free" }, zone, MONDAY).draft).toBe(false);
  });
  test("whose entries overlap says which wins", () => {
    const over: Tariff = { ...seed002Tariff,
      when: [...seed002Tariff.when!, { table: "weekend-day", weekdays: ["monday"] }] };
    expect(lintTariff(over, zone,
      MONDAY).findings).toMatchObject([{ code: "overlappingTables", path: "$.when[4]" }]);
  });
  test("that names no such table, zone day or date is refused with the path", () => {
    const refused = (more: Partial<Tariff>): unknown => {
      const compiled = compileTariff({ ...seed002Tariff, ...more }, zone);
      return compiled.ok ? "compiled" : compiled.error.findings.map(({ code, path }) => `${code} ${path}`);
    };
    expect(refused({ when: [{ table: "none" }] })).toEqual(["unknownTable $.when[0].table"]);
    expect(refused({ when: [{ table: "weekend-day",
      times: [{ from: "25:00", to: "26:00" }] }] })).toEqual(["notATime $.when[0].times[0]"]);
    expect(refused({ when: [{ table: "weekend-day",
      dates: [{ from: "2026-02-30", to: "2026-03-01" }] }] })).toEqual(["notADate $.when[0].dates"]);
    expect(refused({ currency: "EUR" })).toContain("mixedCurrency $.tables[0].rateLineCollections[0].applicableCurrency");
    expect(refused({ maximumMinor: 1.5 })).toEqual(["notANumber $.maximumMinor"]);
  });
  test("stays a draft until its guessed table is confirmed, and says so in every quote", () => {
    const guessed = tableWith([tier(1, "00:00", "01:00", 1),
      tier(2, "01:00", "02:00", 2)]) as unknown as Tariff["tables"][number];
    const tariff: Tariff = { id: "x", version: 1, currency: "EUR", tables: [guessed] };
    const draft = compileTariff(tariff, zone);
    const confirmed = compileTariff({ ...tariff, confirmed: ["t@1"] }, zone);
    expect([draft.ok && draft.value.draft, confirmed.ok && confirmed.value.draft]).toEqual([true, false]);
    expect(confirmed.ok && totalOf(confirmed.value,
      [{ from: MONDAY, to: MONDAY + 5_400_000 }])).toEqual({ ok: true, value: 200 });
  });
});
