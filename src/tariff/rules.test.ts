/** The rules R1 to R30 of the rate model, one row each: table, stay, price. */
import { describe, expect, test } from "vitest";
import { type Zone, zoneOf } from "../kernel/zone.ts";
import type { ApdsRateLine, ApdsRateLineCollection, ApdsRateTable } from "./apds.ts";
import { type CompiledTariff, compileTariff } from "./compile.ts";
import { extensionPrice } from "./extension.ts";
import { tariffOfTable } from "./files.ts";
import { quote, totalOf } from "./quote.ts";
import { readIsoDuration } from "./table/duration.ts";
import type { Tariff } from "./tariff.ts";

const zone = (name: string): Zone => {
  const found = zoneOf(name);
  if (!found.ok) throw new Error(name);
  return found.value;
};
const utc = zone("Europe/London");
const at = (text: string, where = utc): number => {
  const read = where.parseLocal(text);
  if (!read.ok) throw new Error(text);
  return read.value;
};
const ms = (text: string): number => {
  const read = readIsoDuration(text);
  if (read.type !== "duration") throw new Error(text);
  return read.ms;
};
const START = at("2025-01-15 10:00");

type More = Partial<Omit<ApdsRateLine, "value">>;
type Line = More & { readonly value: number };
const flat = (value: number, more: More = {}): Line => ({ rateLineType: "flatRate", value, ...more });
const tier = (value: number, durationStart: string, durationEnd: string, more: More = {}): Line =>
  ({ rateLineType: "flatRateTier", value, durationStart, durationEnd, ...more });
const per = (value: number, incrementPeriod: string, more: More = {}): Line =>
  ({ rateLineType: "incrementingRate", value, incrementPeriod, ...more });
const collection = (
  lines: readonly Line[], more: Partial<ApdsRateLineCollection> = {}, index = 1,
): ApdsRateLineCollection =>
  ({
  id: `c${index}`, collectionSequence: index, applicableCurrency: "EUR", ...more,
  rateLines: lines.map((line, i) => ({ id: `l${i + 1}`, sequence: i + 1, rateLineType: "flatRate", ...line })),
});
const table = (lines: readonly Line[], more: Partial<ApdsRateLineCollection> = {}, id = "t"): ApdsRateTable =>
  ({ id, version: 1, rateLineCollections: [collection(lines, more)] });
const tariff = (tables: readonly ApdsRateTable[], more: Partial<Tariff> = {}): Tariff =>
  ({ id: "tariff", version: 1, currency: "EUR", tables, ...more });
const compile = (source: Tariff | ApdsRateTable, where = utc): CompiledTariff => {
  const compiled = compileTariff("tables" in source ? source : tariff([source]), where);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.error.findings, null, 1));
  return compiled.value;
};
const priceOf = (compiled: CompiledTariff, from: number, to: number): number | string => {
  const total = totalOf(compiled, [{ from, to }]);
  const explained = quote(compiled, [{ from, to }]);
  // The explanation always says the same, and its lines add up.
  expect(explained.ok ? explained.value.totalMinor : explained.error).toEqual(total.ok ? total.value
    : total.error);
  if (!total.ok) return total.error.type === "notPermitted" ? total.error.reason.type : total.error.reason;
  return total.value;
};

const sequential = [per(3.7, "PT1H"), per(3, "PT1H"), per(2.5, "PT1H"), per(5.3, "PT19H")];
const secheron = table([
  per(2, "PT1H", { usageCondition: "unlimited", durationStart: "00:00", durationEnd: "10:00", maxValue: 20 }),
  flat(1, { incrementPeriod: "PT5H", usageCondition: "once" }),
], { minTime: "PT1H" });
const combination = table([
  { rateLineType: "flatRateTier", value: 3, incrementPeriod: "PT30M", usageCondition: "once" },
  { rateLineType: "flatRateTier", value: 2, incrementPeriod: "PT30M", usageCondition: "once" },
  per(1, "PT1H", { usageCondition: "unlimited" }),
], { maxTime: "PT7H" });
const stadium = table([per(0.4, "PT15M", { usageCondition: "once" }),
  per(0.3, "PT15M", { usageCondition: "unlimited" })],
  { resetTime: "00:00", maxValueCollection: 6 });
const dtro = table([
  tier(3.2, "00:00", "00:59", { usageCondition: "fixedDuration" }),
    tier(4.2, "01:00", "01:59", { usageCondition: "fixedDuration" }),
  tier(5, "02:00", "02:59", { usageCondition: "fixedDuration" }),
    tier(11, "03:00", "08:00", { usageCondition: "fixedDuration" }),
  tier(17, "08:00", "11:00", { usageCondition: "fixedDuration" }),
]);

const STAYS: readonly (readonly [string, ApdsRateTable, string, number | string])[] = [
  ["R1 exactly an hour is the first tier", table(sequential), "PT1H", 370],
  ["R1 a second more is the next", table(sequential), "PT1H1S", 670],
  ["R2 3599 s, 00:59 and 59:59 end at the full hour",
    table([tier(1, "00:00", "00:59"), { ...tier(2, "", ""), durationStart: 3600, durationEnd: 7199 },
      tier(3, "02:00", "03:00")],
      { "x-tierMode": "cumulative" }), "PT2H", 200],
  ["R3 sequential lines follow each other", table(sequential), "PT3H", 920],
  ["R4 longer than the last line has no price", table(sequential), "PT22H1S", "noLineCovers"],
  ["R6 flatRate with a period is a further tier", secheron, "PT11H", 2100],
  ["R6 and ends like one", secheron, "PT15H1M", "noLineCovers"],
  ["R6 flatRate without any time is always due",
    table([flat(31.2), per(1, "PT1H", { usageCondition: "unlimited" })]), "PT2H", 3320],
  ["R7 minTime rounds a short stay up", secheron, "PT30M", 200],
  ["R7 all increments of the minimum time are due",
    table([per(0.5, "PT15M", { usageCondition: "unlimited" })], { minTime: "PT1H" }), "PT20M", 200],
  ["R7 but not a stay of no time (R26)", secheron, "PT0S", 0],
  ["R8 maxTime", table([flat(6.5)], { maxTime: "PT8H" }), "PT8H", 650],
  ["R8 exceeded", table([flat(6.5)], { maxTime: "PT8H" }), "PT8H1S", "longerThanMaxTime"],
  ["R10 line maximum", secheron, "PT10H", 2000],
  ["R10 line maximum without reset holds over days",
    table([per(1.5, "PT30M", { usageCondition: "unlimited", maxValue: 7.5 })]), "P3D", 750],
  ["R10 and with reset per day",
    table([per(1.5, "PT30M", { usageCondition: "unlimited", maxValue: 7.5 })], { resetTime: "00:00" }),
      "P2D", 2250],
  ["two encodings of one tariff", combination, "PT31M", 500],
  ["two encodings of one tariff, 7 h", combination, "PT7H", 1100],
  ["two encodings of one tariff, over", combination, "PT7H1M", "longerThanMaxTime"],
  ["cumulative tiers with ends a minute short", dtro, "PT2H30M", 500],
  ["cumulative tiers 8 h", dtro, "PT8H", 1100],
  ["cumulative tiers 11 h 1 min", dtro, "PT11H1M", "noLineCovers"],
  ["R15 tax half up: 46.95 x 10 % = 4.695",
    table([flat(31.2), flat(15.75)], { taxIncluded: false, taxRate: 10 }), "PT1H", 5165],
  ["R15 values finer than a cent add up before rounding",
    table([per(0.0035, "PT1M", { usageCondition: "unlimited" })]), "PT10M", 4],
  ["R16 line tax first, then the collection's on both",
    table([flat(10, { rateLineTax: { taxIncluded: false, taxRate: 10 } })],
      { taxIncluded: false, taxRate: 20 }), "PT1H", 1320],
  ["R28 a day is 24 h, a week 168 h", table([per(5, "P1W", { usageCondition: "unlimited" })]), "P8D", 1000],
  ["line minimum", table([per(0.5, "PT15M", { usageCondition: "unlimited", minValue: 2 })]), "PT30M", 200],
  ["line minimum overtaken", table([per(0.5, "PT15M", { usageCondition: "unlimited", minValue: 2 })]),
    "PT2H", 400],
  ["collection minimum", table([per(0.5, "PT15M", { usageCondition: "unlimited" })],
    { minValueCollection: 3 }), "PT30M", 300],
  ["reservation fee and tiers are summed", { id: "t", version: 1, rateLineCollections: [
    collection([flat(2)]), collection([per(1.5, "PT1H", { usageCondition: "once" }),
      per(1, "PT1H", { usageCondition: "unlimited" })], {}, 2),
  ] }, "PT4H", 650],
];

describe("a stay from Wednesday 10:00", () => {
  test.each(STAYS)("%s", (_name, source, stay, expected) => {
    expect(priceOf(compile(source), START, START + ms(stay))).toBe(expected);
  });
});

describe("caps and resets", () => {
  const lisbon = zone("Europe/Lisbon");
  test("R9 the cap resets, the ladder does not: 4.90 + 1.80 over midnight", () => {
    expect(priceOf(compile(stadium, lisbon), at("2025-01-15 20:00", lisbon),
      at("2025-01-16 01:30", lisbon))).toBe(670);
  });
  test("R9 reset at 02:00 gives two windows of at most 10", () => {
    const reset = compile(table([per(2, "PT1H", { usageCondition: "unlimited" })],
      { resetTime: "02:00", maxValueCollection: 10 }));
    expect(priceOf(reset, at("2025-01-15 18:00"), at("2025-01-16 08:00"))).toBe(2000);
    expect(priceOf(reset, at("2025-01-15 20:00"), at("2025-01-16 04:00"))).toBe(1400);
  });
  test("24 h from entry instead of a time of day", () => {
    const rolling = compile(table([per(2, "PT1H", { usageCondition: "unlimited" })],
      { "x-capWindow": "rolling24h", maxValueCollection: 10 }));
    expect(priceOf(rolling, at("2025-01-15 18:00"), at("2025-01-16 18:00"))).toBe(1000);
    expect(priceOf(rolling, at("2025-01-15 18:00"), at("2025-01-16 19:00"))).toBe(1200);
  });
  test("a daily maximum over several tables", () => {
    const day = compile(tariff([table([per(2, "PT1H", { usageCondition: "unlimited" })], {}, "day"),
      table([per(1, "PT1H", { usageCondition: "unlimited" })], {}, "night")], {
      selection: "atStart", when: [{ table: "day", times: [{ from: "08:00", to: "20:00" }] },
        { table: "night" }],
      dailyMaximum: { amountMinor: 1500, window: { type: "reset", at: "00:00" } },
    }));
    expect(priceOf(day, at("2025-01-15 10:00"), at("2025-01-16 10:00"))).toBe(1500 + 1200);
    expect(priceOf(day, at("2025-01-15 10:00"), at("2025-01-17 10:00"))).toBe(1500 + 1500 + 1200);
  });
  test("R4 with the option, the lines start again each 24 h", () => {
    const again = compile(tariff([table([...sequential.slice(0, 3), per(5.3, "PT21H")])],
      { beyondLastLine: "repeatEach24h" }));
    expect(priceOf(again, START, START + ms("P1D"))).toBe(1450);
    expect(priceOf(again, START, START + ms("P1DT1S"))).toBe(1450 + 370);
    expect(priceOf(again, START, START + ms("P2DT2H"))).toBe(2900 + 670);
  });
});

describe("which table prices the stay", () => {
  const day = table([per(3, "PT1H", { usageCondition: "once" }),
    per(2, "PT1H", { usageCondition: "unlimited" })], {}, "day");
  const event = table([per(5, "PT1H", { usageCondition: "unlimited" })], {}, "event");
  const when = [{ table: "event", times: [{ from: "20:00", to: "22:00" }] }, { table: "day" }];
  const from = at("2025-01-15 18:00");
  const to = at("2025-01-15 23:30");
  test.each([
    ["R12 entryTime: the table at entry for all of it", "entryTime", 300 + 5 * 200],
    ["R11 split: the resumed table's ladder goes on", "split", 300 + 200 + 1000 + 400],
    ["atStart: each increment by the table in force when it starts", "atStart", 300 + 200 + 1000 + 400],
  ] as const)("%s", (_name, selection, expected) => {
    expect(priceOf(compile(tariff([day, event], { when, selection })), from, to)).toBe(expected);
  });
  test("split starts a fresh increment at the boundary, atStart does not", () => {
    const [late, end] = [at("2025-01-15 19:30"), at("2025-01-15 20:30")];
    expect(priceOf(compile(tariff([day, event], { when, selection: "split" })), late, end)).toBe(300 + 500);
    expect(priceOf(compile(tariff([day, event], { when, selection: "atStart" })), late, end)).toBe(300);
  });
  test("R13 only charging hours count, when time outside is free", () => {
    const hours = tariff([day],
      { when: [{ table: "day", times: [{ from: "08:00", to: "18:00" }] }], outsideHours: "free" });
    expect(priceOf(compile(hours), at("2025-01-15 17:00"), at("2025-01-16 08:30"))).toBe(300 + 200);
    expect(priceOf(compile(hours), at("2025-01-15 19:00"), at("2025-01-15 23:00"))).toBe(0);
    expect(priceOf(compile({ ...hours, outsideHours: "notPermitted" }), at("2025-01-15 17:00"),
      at("2025-01-15 18:30"))).toBe("noTableInForce");
  });
  test("time without a table is never free by accident", () => {
    const { outsideHours: _, ...hours } = tariff([day],
      { when: [{ table: "day", weekdays: ["monday"] }], outsideHours: "free" });
    expect(priceOf(compile(hours), at("2025-01-15 17:00"), at("2025-01-15 18:30"))).toBe("noTableInForce");
  });
  test("R23, R29 special days come from the calendar, exceptions win, a night belongs to the day it starts", () => {
    const compiled = compile(tariff([day, event], {
      calendar: { "2025-12-25": ["publicHoliday"] }, outsideHours: "free",
      when: [{ table: null, specialDays: ["publicHoliday"] },
        { table: "event", weekdays: ["friday"], times: [{ from: "22:00", to: "02:00" }] }, { table: "day" }],
    }));
    expect(priceOf(compiled, at("2025-12-25 10:00"), at("2025-12-25 12:00"))).toBe(0);
    expect(priceOf(compiled, at("2025-12-20 01:00"), at("2025-12-20 02:00"))).toBe(500);
    expect(priceOf(compiled, at("2025-12-21 01:00"), at("2025-12-21 02:00"))).toBe(300);
  });
  test("R25 a table that is not valid at entry has no price", () => {
    const compiled = compile({ ...day, validityEnd: "2025-01-01T00:00:00Z" });
    expect(priceOf(compiled, from, to)).toBe("tableNotValid");
  });
});

describe("R19 what a line's times are measured on", () => {
  const bands = [per(2.5, "PT1H",
    { durationStart: "00:00", durationEnd: "10:00", usageCondition: "unlimited" }),
    per(5, "PT1H", { durationStart: "10:00", durationEnd: "24:00", usageCondition: "unlimited" })];
  test("times of day: increments run from entry, each by the band in force when it starts", () => {
    const wall = compile(table(bands, { relativeTimes: false }));
    expect(priceOf(wall, at("2025-01-15 09:30"), at("2025-01-15 11:30"))).toBe(750);
    expect(priceOf(wall, at("2025-01-15 22:30"), at("2025-01-16 01:30"))).toBe(500 + 500 + 250);
  });
  test("a night flat by time of day is due once a night, over midnight too", () => {
    const night = compile(table([per(2, "PT1H",
      { durationStart: "06:00", durationEnd: "20:00", usageCondition: "unlimited" }),
      tier(3, "20:00", "06:00", { usageCondition: "once" })], { relativeTimes: false }));
    expect(priceOf(night, at("2025-01-15 19:00"), at("2025-01-16 07:00"))).toBe(200 + 300 + 200);
    expect(priceOf(night, at("2025-01-15 21:00"), at("2025-01-17 05:00"))).toBe(300 + 14 * 200 + 300);
  });
  test("an event: windows are anchored at its start", () => {
    const match = compile(table([tier(10, "00:00", "03:00", { usageCondition: "once" }),
      per(2, "PT1H", { durationStart: "03:00", usageCondition: "unlimited" })],
      { referenceTimeStart: "2025-01-15T19:00:00Z" }));
    expect(priceOf(match, at("2025-01-15 19:30"), at("2025-01-15 21:00"))).toBe(1000);
    expect(priceOf(match, at("2025-01-15 19:30"), at("2025-01-15 23:30"))).toBe(1000 + 400);
    expect(priceOf(match, at("2025-01-15 18:30"), at("2025-01-15 21:00"))).toBe("noLineCovers");
  });
});

describe("R14 clock changes", () => {
  test("elapsed time is absolute: a skipped hour is not charged, a repeated one is", () => {
    const hourly = compile(table([per(1, "PT1H", { usageCondition: "unlimited" })]));
    expect(priceOf(hourly, at("2025-03-30 00:30"), at("2025-03-30 03:30"))).toBe(200);
    expect(priceOf(hourly, at("2025-10-26 00:30"), at("2025-10-26 03:30"))).toBe(400);
  });
  test("a boundary that the change skips is the change itself", () => {
    const compiled = compile(tariff([table([per(1, "PT30M", { usageCondition: "unlimited" })], {}, "a"),
      table([per(2, "PT30M", { usageCondition: "unlimited" })], {}, "b")],
      { selection: "atStart", when: [{ table: "a", times: [{ from: "00:00", to: "01:30" }] },
        { table: "b" }] }));
    expect(priceOf(compiled, at("2025-03-30 00:00"), at("2025-03-30 03:00"))).toBe(200 + 400);
  });
});

describe("R20 extension", () => {
  const cumulative = table([tier(3.2, "00:00", "01:00", { usageCondition: "fixedDuration" }),
    tier(6.7, "01:00", "02:00", { usageCondition: "fixedDuration" }),
    tier(9.7, "02:00", "03:00", { usageCondition: "fixedDuration" })]);
  const stay = { from: START, paidUntil: START + ms("PT2H"), to: START + ms("PT3H") };
  test("continues the ladder, or is a fresh stay", () => {
    expect(extensionPrice(compile(tariff([cumulative])), stay)).toEqual({ ok: true, value: 300 });
    expect(extensionPrice(compile(tariff([cumulative], { extensionPricing: "fresh" })),
      stay)).toEqual({ ok: true, value: 320 });
  });
  test("time already on the clock is not charged again", () => {
    const used = totalOf(compile(cumulative), [{ from: stay.paidUntil, to: stay.to }],
      { usedBeforeMs: ms("PT2H") });
    expect(used).toEqual({ ok: true, value: 300 });
    const within = totalOf(compile(cumulative), [{ from: START, to: START + ms("PT20M") }],
      { usedBeforeMs: ms("PT1H30M") });
    expect(within).toEqual({ ok: true, value: 0 });
  });
});

describe("what the operator adds", () => {
  const hourly = table([per(2, "PT1H", { usageCondition: "unlimited" })], {}, "hourly");
  const flat12 = table([flat(12)], {}, "flat12");
  const with_ = (more: Partial<Tariff>): CompiledTariff => compile(tariff([hourly, flat12],
    { when: [{ table: "hourly" }], ...more }));
  test("free minutes: all of the stay, or the rest only", () => {
    const all = with_({ freeMinutes: { minutes: 15, then: "chargeAll" } });
    expect([900_000, 900_001, 3_600_001].map((t) => priceOf(all, START, START + t))).toEqual([0, 200, 400]);
    const rest = with_({ freeMinutes: { minutes: 15, then: "chargeRest" } });
    expect([900_000, 900_001, 4_500_000,
      4_500_001].map((t) => priceOf(rest, START, START + t))).toEqual([0, 200, 200, 400]);
  });
  test("early bird by entry and exit", () => {
    const early = with_({ offers: [{ id: "early", table: "flat12", entry: { from: "06:00", to: "09:30" },
      exit: { from: "15:00", to: "19:00" }, applies: "cheaper" }] });
    expect(priceOf(early, at("2025-01-15 09:00"), at("2025-01-15 19:00"))).toBe(1200);
    expect(priceOf(early, at("2025-01-15 09:00"), at("2025-01-15 19:01"))).toBe(2200);
    expect(priceOf(early, at("2025-01-15 09:30"), at("2025-01-15 18:00"))).toBe(1800);
    expect(priceOf(early, at("2025-01-15 06:00"), at("2025-01-15 11:00"))).toBe(1000);
  });
  test("night flat, leaving the next morning", () => {
    const night = with_({ offers: [{ id: "night", table: "flat12", entry: { from: "17:00", to: "03:00" },
      exit: { from: "00:00", to: "09:00", daysAfterEntry: 1 }, applies: "cheaper" }] });
    expect(priceOf(night, at("2025-01-15 18:00"), at("2025-01-16 09:00"))).toBe(1200);
    expect(priceOf(night, at("2025-01-15 18:00"), at("2025-01-16 09:01"))).toBe(3200);
  });
  test("minimum, maximum, discounts in the order shown", () => {
    const limited = with_({ minimumMinor: 300, maximumMinor: 2000, discounts: [
      { code: "SHOP", type: "minutes", minutes: 60 }, { code: "TEN", type: "percent", percent: 12.5 },
        { code: "OFF", type: "amount", amountMinor: 500 }] });
    expect(priceOf(limited, START, START + 1)).toBe(300);
    expect(priceOf(limited, START, START + ms("P1D"))).toBe(2000);
    const shown = (codes: readonly string[]): unknown => {
      const quoted = quote(limited, [{ from: START, to: START + ms("PT5H") }], { discountCodes: codes });
      return quoted.ok && [quoted.value.totalMinor, quoted.value.discountsRefused.map(({ code }) => code)];
    };
    expect(shown(["SHOP"])).toEqual([700, []]);
    expect(shown(["TEN", "OFF"])).toEqual([1000 - 125 - 500, []]);
    expect(shown(["OFF", "TEN", "NONE"])).toEqual([500 - 63, ["NONE"]]);
  });
  test("a table that takes no validations refuses the shop's", () => {
    const compiled = with_({ discounts: [{ code: "SHOP", type: "amount", amountMinor: 100,
      validation: true }] });
    const quoted = quote(compiled, [{ from: START, to: START + 1 }], { discountCodes: ["SHOP"] });
    expect(quoted.ok && [quoted.value.totalMinor, quoted.value.discountsRefused]).toEqual([200,
      [{ code: "SHOP", reason: "tableRefusesValidations" }]]);
  });
});

describe("a stay that cannot be read", () => {
  const hourly = compile(table([per(1, "PT1H", { usageCondition: "unlimited" })]));
  test.each([
    ["backwards", [{ from: 2, to: 1 }], "endsBeforeStart"],
    ["overlapping", [{ from: 0, to: 10 }, { from: 9, to: 20 }], "overlapOrOrder"],
    ["not instants", [{ from: 0, to: NaN }], "notInstants"],
    ["ten years and a day", [{ from: 0, to: 3_661 * 86_400_000 }], "tooLong"],
  ] as const)("%s is refused", (_name, intervals, reason) => {
    expect(totalOf(hourly, intervals)).toMatchObject({ ok: false, error: { type: "intervalsWrong", reason } });
  });
});

test("charges finer than a cent are rounded so that they add up (E9)", () => {
  const halves = compile(table([per(0.005, "PT1M", { usageCondition: "once" }),
    per(0.005, "PT1M", { usageCondition: "once" }), per(0.005, "PT1M", { usageCondition: "once" })],
    { minValueCollection: 0.03 }));
  const quoted = quote(halves, [{ from: START, to: START + ms("PT3M") }]);
  expect(quoted.ok && [quoted.value.totalMinor, quoted.value.charges.map((c) => c.amountMinor),
    quoted.value.caps.map((c) => c.amountMinor)])
    .toEqual([3, [1, 0, 1], [1]]);
});

test("tax inside and on top is split by rate, and the parts are the whole (E9)", () => {
  const two = compile({ id: "t", version: 1, rateLineCollections: [
    collection([flat(12)], { taxIncluded: true, taxRate: 20 }),
      collection([flat(10)], { taxIncluded: false, taxRate: 7.7 }, 2), collection([flat(1)], {}, 3)] });
  const quoted = quote(two, [{ from: START, to: START + 1 }]);
  expect(quoted.ok && quoted.value.totalMinor).toBe(1200 + 1077 + 100);
  expect(quoted.ok && quoted.value.taxes).toEqual([
    { ratePercent: "20", included: true, grossMinor: 1200, netMinor: 1000, taxMinor: 200 },
    { ratePercent: "7.7", included: false, grossMinor: 1077, netMinor: 1000, taxMinor: 77 },
    { included: true, grossMinor: 100 },
  ]);
});

test("the standard's validity becomes charging hours", () => {
  const source = { ...table([per(1, "PT1H", { usageCondition: "unlimited" })]),
    validity: { validityStatus: "active", validityTimeSpecification: {
    overallStartTime: "2020-01-01T00:00:00Z",
    validPeriods: [{ recurringDayWeekMonthPeriod: [{ applicableDay: ["monday", "tuesday", "wednesday"] }],
      recurringTimePeriodOfDay: [{ startTimeOfPeriod: "08:00", endTimeOfPeriod: "17:59.999" }] }],
    exceptionPeriods: [{ startOfPeriod: "2025-01-14T00:00:00Z", endOfPeriod: "2025-01-15T00:00:00Z" }],
  } } };
  const { tariff: made, findings } = tariffOfTable(source, utc);
  expect(findings).toEqual([]);
  const compiled = compile({ ...made, tables: [source] });
  expect(priceOf(compiled, at("2025-01-15 16:00"), at("2025-01-16 12:00"))).toBe(200);
  expect(priceOf(compiled, at("2025-01-14 10:00"), at("2025-01-14 12:00"))).toBe(0);
});
