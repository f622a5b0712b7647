/** What is published prices as the tariff does, read back by the reader everybody else uses; what cannot be said is refused. */
import { describe, expect, test } from "vitest";
import { DAY, HOUR, MINUTE } from "../kernel/instant.ts";
import { rngOf } from "../kernel/random.ts";
import { zoneOf } from "../kernel/zone.ts";
import { compileTariff } from "./compile.ts";
import { seed002Tariff } from "./examples/seed-002.ts";
import { tariffOfTables } from "./files.ts";
import { publishedTariff } from "./published.ts";
import { quote } from "./quote.ts";
import type { Tariff } from "./tariff.ts";
import { additiveTable, bandedTariff, ZONES } from "./testing/generated.ts";

const sydney = ZONES[1]!;

/** As a provider reads it: each table with its own validity; several make one tariff. */
function readBack(tariff: Tariff, zone: (typeof ZONES)[number]): Tariff {
  const published = publishedTariff(tariff, zone);
  if (!published.ok) throw new Error(JSON.stringify(published.error));
  const { tables, rateTransition } = published.value;
  return tariffOfTables(JSON.parse(JSON.stringify(tables)) as readonly unknown[], zone, rateTransition ? { rateTransition } : {}).tariff;
}

function samePrices(tariff: Tariff, runs: number, seed: number): void {
  for (const zone of [sydney, ZONES[0]!]) {
    const [one, other] = [compileTariff(tariff, zone), compileTariff(readBack(tariff, zone), zone)];
    if (!one.ok || !other.ok) throw new Error(JSON.stringify([one, other]));
    const rng = rngOf(seed);
    for (let run = 0; run < runs; run++) {
      const from = Date.UTC(2026, 0, 1) + rng.int(365 * 1_440) * MINUTE;
      const stay = [{ from, to: from + 1 + rng.int(50 * HOUR) }];
      const [a, b] = [quote(one.value, stay), quote(other.value, stay)];
      const told = (answer: typeof a): unknown => (answer.ok ? answer.value.totalMinor : answer.error.type);
      expect(told(b), `${tariff.id} ${seed}/${run} ${new Date(from).toISOString()}`).toEqual(told(a));
    }
  }
}

describe("published and read back, it prices the same", () => {
  test("the city's own tariff", () => samePrices(seed002Tariff, 300, 1));

  test("single tables of every kind", () => {
    for (let seed = 1; seed <= 20; seed++) {
      samePrices({ id: `t${seed}`, version: 1, currency: "EUR", tables: [additiveTable(rngOf(seed))] }, 20, seed);
    }
  });

  test("tables by day and time, where the first that holds wins", () => {
    for (let seed = 1; seed <= 20; seed++) {
      const { dailyMaximum: _cap, ...tariff } = bandedTariff(rngOf(seed));
      samePrices(tariff, 20, seed);
    }
  });

  test("windows over midnight, free hours, seasons of the year", () => {
    const [night, day] = seed002Tariff.tables;
    samePrices({ ...seed002Tariff, when: [{ table: night!.id, times: [{ from: "19:00", to: "07:00" }], weekdays: ["friday", "saturday"] }], outsideHours: "free", tables: [night!] }, 100, 3);
    samePrices({
      ...seed002Tariff, tables: [night!, day!],
      when: [{ table: night!.id, dates: [{ from: "2026-03-01", to: "2026-09-30" }] }, { table: day!.id, dates: [{ from: "2025-01-01", to: "2026-02-28" }, { from: "2026-10-01", to: "2027-12-31" }] }],
      outsideHours: "free",
    }, 200, 4);
  });
});

test.each([
  ["offers", { offers: [{ id: "early", table: "workday-day", applies: "cheaper" }] }],
  ["freeMinutes", { freeMinutes: { minutes: 15, then: "chargeAll" } }],
  ["dailyMaximum", { dailyMaximum: { amountMinor: 2_000, window: { type: "rolling24h" } } }],
  ["maximumMinor", { maximumMinor: 5_000 }],
  ["repeatEach24h", { beyondLastLine: "repeatEach24h" }],
  ["specialDays", { when: [{ table: "weekend-day", specialDays: ["publicHoliday"] }, ...seed002Tariff.when ?? []], calendar: { "2026-01-26": ["publicHoliday"] } }],
  ["timeWithoutPrice", { when: (seed002Tariff.when ?? []).slice(1) }],
  ["overlap", { when: [{ table: "weekend-day", months: [1, 2] }, { table: "workday-day" }] }],
  ["selection", { selection: "split" }],
] as const)("what the standard has no words for is refused: %s", (reason, more) => {
  const zone = zoneOf("Australia/Sydney");
  const published = zone.ok && publishedTariff({ ...seed002Tariff, ...more }, zone.value);
  expect(published && !published.ok ? published.error : published).toContain(reason);
});

test("a day more or less at the edge of a period is a whole day in the car park's zone", () => {
  const published = publishedTariff({ ...seed002Tariff, when: seed002Tariff.tables.map(({ id }, n) => ({ table: id, dates: [{ from: `202${n}-01-01`, to: `202${n}-12-31` }] })), outsideHours: "free" }, sydney);
  const [first] = published.ok ? published.value.tables : [];
  const period = first?.validity?.validityTimeSpecification?.validPeriods[0];
  expect([period?.startOfPeriod, period?.endOfPeriod]).toEqual(["2019-12-31T13:00:00.000Z", "2020-12-31T13:00:00.000Z"]);
  expect(Date.parse(period?.endOfPeriod ?? "") - Date.parse(period?.startOfPeriod ?? "")).toBe(366 * DAY);
});
