import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { ladderCommand, lintCommand, type Output, priceCommand } from "./command.ts";
import { seed002Tariff } from "./examples/seed-002.ts";
import { hourPrices, wouldHaveCost } from "./week.ts";
import { compileTariff } from "./compile.ts";
import { zoneOf } from "../kernel/zone.ts";

const folder = mkdtempSync(join(tmpdir(), "gatehouse-rates-"));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, json: unknown): string => {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(json));
  return path;
};
const vectors = fileURLToPath(new URL("./examples/vectors.json", import.meta.url));
const city = file("city.json", seed002Tariff);
const said = (
  result: { readonly ok: true; readonly value: Output } | { readonly ok: false; readonly error: string },
): string =>
  result.ok ? result.value.lines.join("\n") : result.error;
const zone = { zone: "Australia/Sydney" };

describe("gatehouse price", () => {
  test("explains a stay line by line", () => {
    const out = priceCommand({ rates: city, from: "2026-03-03 09:30", to: "2026-03-03 11:30", ...zone });
    expect(said(out)).toBe([
      "workday-night (version 1), workday-day (version 1): 2026-03-03 09:30 to 2026-03-03 11:30 Australia/Sydney, 2 h 00 min",
      "read as: workday-night-hours additive by rule 3, workday-day-hours additive by rule 3; tables by atStart",
      "      2.50  workday-night-hour, 1 increment, 2026-03-03 09:30 to 2026-03-03 10:30",
      "      5.00  workday-day-hour, 1 increment, 2026-03-03 10:30 to 2026-03-03 11:30",
      "      7.50  Total AUD",
      "            includes 10 % tax: 0.68",
    ].join("\n"));
  });
  test("speaks German", () => {
    const out = priceCommand({ rates: city, from: "2026-03-03 09:30", to: "2026-03-03 10:00", ...zone,
      language: "de" });
    expect(said(out)).toContain("1 Takt, 2026-03-03 09:30 bis 2026-03-03 10:30");
  });
  test("prints the whole quote as JSON", () => {
    const out = priceCommand({ rates: vectors, table: "stad1", from: "2025-01-15 16:00",
      to: "2025-01-15 17:30", zone: "Europe/Lisbon", json: true });
    expect(JSON.parse(said(out))).toMatchObject({ permitted: true, totalMinor: 190, currency: "EUR",
      tableId: "stad1" });
  });
  test("says why there is no price, and fails", () => {
    const out = priceCommand({ rates: vectors, table: "eur4h", from: "2025-01-15 16:00",
      to: "2025-01-15 21:00", zone: "Europe/Paris" });
    expect(out).toEqual({ ok: true,
      value: { failed: true, lines: ["Not permitted: eur4h-c1 offers at most 4 h 00 min."] } });
  });
  test("prices vectors and counts them", () => {
    expect(said(priceCommand({ vectors }))).toBe("64 passed, 0 failed");
    const wrong = file("wrong.json", {
      rateTables: { t: { version: 1,
        rateLineCollections: [{ applicableCurrency: "EUR",
          rateLines: [{ rateLineType: "flatRate", value: 2 }] }] } },
      vectors: [{ id: "A", rateTable: "t", start: "2025-01-15T10:00:00", stay: "PT1H", expected: "3.00" },
        { id: "B", rateTable: "t", start: "2025-01-15T10:00:00", stay: "PT1H", usedBefore: 60,
          expected: "0.00" },
        { id: "C", rateTable: "none", start: "2025-01-15T10:00:00", stay: "PT1H", expected: "0.00" }],
    });
    expect(priceCommand({ vectors: wrong })).toEqual({ ok: true, value: { failed: true, lines: [
      "A: expected 3.00, got 2.00", "C: expected 0.00, got There is no rate table none.",
        "1 passed, 2 failed"] } });
  });
  test.each([
    ["what is missing", {}, "price needs --rates, --from, --to and --zone"],
    ["an unknown zone", { rates: city, from: "2026-03-03 09:30", to: "2026-03-03 10:00",
      zone: "Mars/Olympus" }, "There is no time zone Mars/Olympus"],
    ["an unknown table, with those there are",
      { rates: vectors, table: "x", from: "2026-03-03 09:30", to: "2026-03-03 10:00", ...zone },
        "no table x: arndale-seq"],
    ["a file that is none", { rates: join(folder, "none.json"), from: "2026-03-03 09:30",
      to: "2026-03-03 10:00", ...zone }, "cannot be read as JSON"],
    ["a time that is none", { rates: city, from: "yesterday", to: "2026-03-03 10:00", ...zone },
      "--from yesterday is no local time"],
    ["a stay that ends before it starts",
      { rates: city, from: "2026-03-03 09:30", to: "2026-03-03 09:00", ...zone }, "--to lies before --from"],
  ] as const)("names %s", (_name, options, expected) => {
    expect(said(priceCommand(options))).toContain(expected);
  });
});

describe("gatehouse tariff", () => {
  test("lint tells clear tables from drafts and refused ones", () => {
    expect(said(lintCommand(city, zone))).toBe("city-hourly: clear");
    expect(said(lintCommand(vectors,
      {}))).toContain("uc-rt1: draft, to be confirmed\n  guess tierModeGuessed at $.rateTables.uc-rt1.rateLineCollections[0]:");
    const bad = file("bad.json",
      [{ id: "b", version: 1, rateLineCollections: [{ applicableCurrency: "EUR",
        rateLines: [{ rateLineType: "flatRate" }] }] }]);
    const out = lintCommand(bad, {});
    expect(out.ok && out.value.failed).toBe(true);
    expect(said(out)).toContain("b: refused\n  refused missing at $[0].rateLineCollections[0].rateLines[0].value:");
  });
  test("ladder prints the steps", () => {
    expect(said(ladderCommand(vectors, { table: "martim1" }))).toBe([
      "martim1 EUR, entry 2026-03-02 00:00",
      "  longer than   0 h 00 min        0.00", "  longer than   0 h 30 min        0.60",
        "  longer than   1 h 00 min        1.20",
      "  longer than   1 h 30 min        1.80", "  longer than   2 h 00 min  not permitted",
    ].join("\n"));
  });
});

test("a week's hours, and what stays would have cost", () => {
  const sydney = zoneOf("Australia/Sydney");
  const compiled = sydney.ok && compileTariff(seed002Tariff, sydney.value);
  if (!compiled || !compiled.ok) throw new Error("city");
  const week = hourPrices(compiled.value,
    Date.UTC(2026, 9, 4, 1)); // Sunday 4 October 2026: 02:00 does not exist
  expect(week[0]!.slice(0, 4)).toEqual([{ hour: 0, totalMinor: 500 }, { hour: 1, totalMinor: 500 },
    { hour: 2 }, { hour: 3, totalMinor: 500 }]);
  expect([week[0]![10]!.totalMinor, week[1]![9]!.totalMinor, week[1]![10]!.totalMinor]).toEqual([1000,
    250, 500]);
  expect(wouldHaveCost(compiled.value, [{ from: 0, to: 3_600_000 }, { from: 5, to: 4 }])).toEqual([500,
    undefined]);
});

test("the engine needs nothing but the kernel: no clock, no files, no process", () => {
  const here = fileURLToPath(new URL(".", import.meta.url));
  const imports = execFileSync("grep",
    ["-rnE", "(from \"node:|Date\\.now|Math\\.random|process\\.)", here, "--include=*.ts"],
      { encoding: "utf8" })
    .split("\n").filter((line) => line !== ""
      && !/(\.test\.ts|command\.ts|\/testing\/):?/.test(line.split(":")[0]! + ":"));
  expect(imports).toEqual([]);
});
