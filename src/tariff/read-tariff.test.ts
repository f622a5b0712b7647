import { expect, test } from "vitest";
import { seed002Tariff } from "./examples/seed-002.ts";
import { readTariff } from "./read-tariff.ts";

const FULL = {
  ...seed002Tariff, effectiveFrom: 0, calendar: { "2026-12-25": ["publicHoliday"] }, outsideHours: "free", beyondLastLine: "repeatEach24h",
  tierMode: "additive", extensionPricing: "continue", rateTransition: { overpaymentPolicy: "rateEndCutOff", prepaymentAllowed: true },
  freeMinutes: { minutes: 15, then: "chargeAll" },
  offers: [{ id: "early", table: "workday-night", weekdays: ["monday"], entry: { from: "06:00", to: "09:00" }, exit: { from: "15:00", to: "19:00", daysAfterEntry: 0 }, applies: "cheaper" }],
  dailyMaximum: { amountMinor: 4_000, window: { type: "reset", at: "00:00" } }, minimumMinor: 0, maximumMinor: 100_000,
  discounts: [{ code: "SHOP", type: "amount", amountMinor: 500, validation: true }, { code: "HALF", type: "percent", percent: 50 }], confirmed: ["workday-day@1"],
};

test("a document with every member is a tariff, unchanged", () => {
  expect(readTariff(FULL)).toEqual({ ok: true, value: FULL });
});

test.each([
  [null, ["$"]],
  [[], ["$"]],
  ["tariff", ["$"]],
  [{}, ["$.id", "$.version", "$.currency", "$.tables"]],
  [{ ...FULL, tables: { a: 1 } }, ["$.tables"]],
  [{ ...FULL, currency: "aud" }, ["$.currency"]],
  [{ ...FULL, dailyMax: 4_000 }, ["$.dailyMax"]],
  [{ ...FULL, dailyMaximum: { amountMinor: 12.5, window: { type: "reset" } } }, ["$.dailyMaximum.amountMinor", "$.dailyMaximum.window.at"]],
  [{ ...FULL, dailyMaximum: { amountMinor: 1, window: { type: "rolling24h", at: "00:00" } } }, ["$.dailyMaximum.window.at"]],
  [{ ...FULL, when: [{ table: null }, { table: 3, weekdays: ["funday"], times: [{ from: "08:00" }] }] }, ["$.when[1].table", "$.when[1].weekdays[0]", "$.when[1].times[0].to"]],
  [{ ...FULL, freeMinutes: 15 }, ["$.freeMinutes"]],
  [{ ...FULL, offers: [{ ...FULL.offers[0], applies: "sometimes", exit: { from: "15:00", to: "19:00", daysAfterEntry: -1 } }] }, ["$.offers[0].exit.daysAfterEntry", "$.offers[0].applies"]],
  [{ ...FULL, discounts: [{ code: "X", type: "toString" }] }, ["$.discounts[0].type"]],
  [{ ...FULL, discounts: [{ code: "X", type: "percent", amountMinor: 1 }] }, ["$.discounts[0].percent", "$.discounts[0].amountMinor"]],
  [{ ...FULL, calendar: { "2026-12-25": "publicHoliday" } }, ["$.calendar.2026-12-25"]],
  [{ ...FULL, selection: "cheapest" }, ["$.selection"]],
])("%# is refused at each wrong place", (json, paths) => {
  const read = readTariff(json);
  expect(read.ok ? [] : read.error.findings.map(({ path }) => path)).toEqual(paths);
  if (!read.ok) for (const { message, fix } of read.error.findings) expect(message && fix).not.toBe("");
});
