import { expect, test } from "vitest";
import type { SiteWords } from "../../messages/site.ts";
import { sayWords, wordOf } from "./say.ts";

const site: SiteWords = { zone: "Australia/Sydney", currency: "AUD", lane: (id) => `Lane ${id}`, group: String, station: (id) => `Station ${id}`, person: String };

test.each([
  [{ key: "display.pressButton", params: {} }, "Press Button"],
  [{ key: "screen.charge", params: { dueMinor: 750 } }, "To pay: $7.50"],
  [{ key: "event.VehicleApproached", params: { lane: "E1" } }, "Lane E1: vehicle – at the pillar."],
  [{ key: "event.FromTheFuture", params: { a: 1 } }, "event.FromTheFuture"],
])("%j", (words, wanted) => {
  expect(sayWords("en", words, site)).toBe(wanted);
});

test("a word of a closed list is worded, an unknown one shown as it is", () => {
  expect(wordOf("de", "reason", "graceOver")).toMatch(/Zahlung/);
  expect(wordOf("de", "reason", "somethingNew")).toBe("somethingNew");
});
