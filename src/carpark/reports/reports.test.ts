import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MONDAY, ZONE, cityMonday } from "../../../test/carpark/city-days.ts";
import { type ReadModelDatabase, readModelDatabase } from "../../../test/carpark/read-model-database.ts";
import { DAY, HOUR, MINUTE } from "../../kernel/instant.ts";
import type { Result } from "../../kernel/result.ts";
import { csvText } from "./csv.ts";
import { fixTimes } from "./fault-statistics.ts";
import { pdfOf } from "./pdf.ts";
import {
  type PeriodImpossible, type Report, type ReportCity, csvDownload, faultsOfMonth, guardVisitsOf, occupancyOf, revenueOf, seasonSalesOf,
} from "./reports.ts";

const JOURNAL = cityMonday(11, 60);
const NOW = MONDAY + 40 * DAY;
const level = { fixWithinMs: 3 * HOUR, hours: null, shareBp: 9_500 };
const CITY: ReportCity = {
  zone: ZONE, currency: "AUD", administration: ["City administration", "1 Town Hall Square"],
  levels: { maintenance: level, directLabour: null }, person: (actor) => actor, companies: new Map([["northguard", "Northguard Security"]]),
};

let base: ReadModelDatabase;
beforeAll(async () => {
  base = await readModelDatabase();
  await base.recreate();
  await base.follow(JOURNAL);
});
afterAll(() => base.stop());

async function made<T>(asked: Promise<Result<Report<T>, PeriodImpossible>>): Promise<Report<T>> {
  const result = await asked;
  if (!result.ok) throw new Error("no report");
  return result.value;
}

const MONTH = { month: "2026-03" };
const PERIOD = { from: "2026-03-01", to: "2026-03-03" };
const golden = (name: string): string => join(import.meta.dirname, "../../../test/carpark/golden", name);

describe("golden reports", () => {
  const asked = {
    faults: () => made(faultsOfMonth(base.db, CITY, MONTH, NOW)),
    guards: () => made(guardVisitsOf(base.db, CITY, PERIOD, NOW)),
    occupancy: () => made(occupancyOf(base.db, CITY, { day: "2026-03-02", facility: "central" }, NOW)),
    revenue: () => made(revenueOf(base.db, CITY, PERIOD, NOW)),
    seasons: () => made(seasonSalesOf(base.db, CITY, PERIOD, NOW)),
  };
  for (const [name, ask] of Object.entries(asked)) {
    it(`${name}: data, and a spreadsheet in both languages`, async () => {
      const report = await ask();
      await expect(JSON.stringify(report.data, null, 1)).toMatchFileSnapshot(golden(`${name}.json`));
      await expect(csvDownload(report.document("en"))).toMatchFileSnapshot(golden(`${name}.en.csv`));
      await expect(csvDownload(report.document("de"))).toMatchFileSnapshot(golden(`${name}.de.csv`));
    });
  }
});

describe("the numbers", () => {
  it("I8: the monthly report is a fold of events: asked again, and after later events, it is equal", async () => {
    const before = await made(faultsOfMonth(base.db, CITY, MONTH, NOW));
    const stillOpen = before.data.rows.find(({ facility, fixedAt }) => facility === "central" && fixedAt === null)?.fault;
    expect(stillOpen).toBeDefined();
    await base.follow([{
      stream: "facility/central", seq: 100_000, at: NOW, type: "FaultReopened",
      payload: { fault: 2, reason: "again", by: "anna" },
    }, {
      stream: "facility/central", seq: 100_001, at: NOW + 1, type: "FaultRepeated", payload: { fault: 2 },
    }, {
      stream: "facility/central", seq: 100_002, at: NOW + 2, type: "FaultFixed",
      payload: { fault: stillOpen, note: "", by: "bert" },
    }]);
    expect((await made(faultsOfMonth(base.db, CITY, MONTH, NOW))).data).toEqual(before.data);
    await base.recreate();
    await base.follow(JOURNAL, 13);
    expect((await made(faultsOfMonth(base.db, CITY, MONTH, NOW))).data).toEqual(before.data);
  });

  it("I8: every fault open in the month is fixed or still open, of one organisation", async () => {
    const { organisations, rows } = (await made(faultsOfMonth(base.db, CITY, MONTH, NOW))).data;
    expect(rows).toHaveLength(24);
    for (const { organisation, fixed, stillOpen } of organisations) {
      expect(fixed + stillOpen).toBe(rows.filter((row) => row.organisation === organisation).length);
    }
    expect((await made(faultsOfMonth(base.db, CITY, { month: "2026-02" }, NOW))).data.rows).toEqual([]);
  });

  it("median and mean of the times to fix lie between shortest and longest", () => {
    expect(fixTimes([])).toEqual({ minMinutes: null, medianMinutes: null, meanMinutes: null, maxMinutes: null });
    expect(fixTimes([3 * MINUTE, MINUTE, 8 * MINUTE, 4 * MINUTE])).toEqual({ minMinutes: 1, medianMinutes: 3, meanMinutes: 4, maxMinutes: 8 });
    fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 40 * DAY }), { minLength: 1 }), (durations) => {
      const { minMinutes, medianMinutes, meanMinutes, maxMinutes } = fixTimes(durations);
      for (const middle of [medianMinutes!, meanMinutes!]) {
        expect(middle).toBeGreaterThanOrEqual(minMinutes!);
        expect(middle).toBeLessThanOrEqual(maxMinutes!);
      }
    }));
  });

  it("I10: visits made of those due, short ones and missing departures not counted as fulfilled", async () => {
    const { rows } = (await made(guardVisitsOf(base.db, CITY, { ...PERIOD, facility: "central" }, NOW))).data;
    expect(rows.map(({ day, due, made: visits, short, departureMissing, fulfilled }) => [day, due, visits, short, departureMissing, fulfilled]))
      .toEqual([["2026-03-02", 4, 4, 1, 1, false], ["2026-03-03", 4, 0, 0, 0, false]]);
    expect(rows[1]?.longestGapMinutes).toBe(24 * 60);
  });

  it("a day that is not over owes a share, and its steps to come are unknown", async () => {
    const noon = MONDAY + 12 * HOUR;
    const { rows } = (await made(guardVisitsOf(base.db, CITY, { ...PERIOD, facility: "central" }, noon))).data;
    expect(rows.map(({ day, due }) => [day, due])).toEqual([["2026-03-02", 2]]);
    const { series } = (await made(occupancyOf(base.db, CITY, { day: "2026-03-02", facility: "central" }, noon))).data;
    expect(series[0]?.occupied).toHaveLength(288);
    expect(series[0]?.occupied.filter((count) => count === null)).toHaveLength(143);
  });

  it("counts a group around others as their sum at every step", async () => {
    const { series } = (await made(occupancyOf(base.db, CITY, { day: "2026-03-02", facility: "harbour" }, NOW))).data;
    const [all, season, ordinary] = series.map(({ occupied }) => occupied);
    expect(all).toEqual(season!.map((count, step) => count! + ordinary![step]!));
    expect(Math.max(...(all as number[]))).toBeGreaterThan(5);
  });

  it("revenue of the days is the revenue by means and the total", async () => {
    const { data } = await made(revenueOf(base.db, CITY, PERIOD, NOW));
    expect(data.days.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(data.totalMinor);
    expect(data.means.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(data.totalMinor);
    const settled = JOURNAL.filter(({ type }) => type === "CashSettled" || type === "CardSaleApproved").length;
    expect(data.totalMinor).toBe(settled * 500);
  });

  it("seasons: AUD 200 and 500 sold, 375 renewed", async () => {
    const { data } = await made(seasonSalesOf(base.db, CITY, PERIOD, NOW));
    expect(data.totalMinor).toBe(107_500);
    expect(data.rows.map(({ facility, months, sold, renewed }) => [facility, months, sold, renewed]))
      .toEqual([["central", 3, 1, 0], ["central", 6, 0, 1], ["harbour", 12, 1, 0]]);
  });

  it.each([[{ from: "2026-03-02", to: "2026-03-01" }], [{ from: "2026-02-30", to: "2026-03-01" }], [{ from: "2020-01-01", to: "2026-03-01" }]])(
    "refuses an impossible period %j", async (period) => {
      expect(await revenueOf(base.db, CITY, period, NOW)).toEqual({ ok: false, error: { type: "periodImpossible" } });
    });
});

describe("CSV", () => {
  it.each([
    ["=1+1", "'=1+1"], ["+61 2", "'+61 2"], ["@sum", "'@sum"], ["-2", "-2"], ["-cmd", "'-cmd"], ["-1,5", '"-1,5"'],
    ['say "hi"', '"say ""hi"""'], ["a,b", '"a,b"'], ["two\nlines", '"two\nlines"'], [" x", '" x"'], ["Störung", "Störung"],
  ])("%j is written as %j", (cell, written) => {
    expect(csvText([[cell]], { separator: ",", decimal: "." })).toBe(`\u{FEFF}${written}\r\n`);
  });
});

const hasPdfToText = (() => {
  try {
    execFileSync("pdftotext", ["-v"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();

describe.skipIf(!hasPdfToText)("PDF", () => {
  const textOf = (bytes: Buffer): string => {
    const folder = mkdtempSync(join(tmpdir(), "gh-pdf-"));
    try {
      writeFileSync(join(folder, "report.pdf"), bytes);
      return execFileSync("pdftotext", ["-layout", join(folder, "report.pdf"), "-"], { encoding: "utf8" });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };

  it("has the administration, the table, the chart, page numbers and the print date, in both languages", async () => {
    const report = await made(faultsOfMonth(base.db, CITY, MONTH, NOW));
    const english = textOf(await pdfOf(report.document("en")));
    expect(english).toMatch(/City administration · 1 Town Hall Square/);
    expect(english).toMatch(/Page 1 of 2/);
    expect(english).toMatch(/Printed 10\/04\/2026 23:00/);
    expect(english).toMatch(/Direct labour organisation/);
    expect(english.match(/does not open/g)).toHaveLength(24);
    const german = textOf(await pdfOf(report.document("de")));
    expect(german).toMatch(/Störungen des Monats/);
    expect(german).toMatch(/Seite 1 von 2/);
  });

  it("prints every report twice alike: making a PDF leaves the document as it was", async () => {
    const report = await made(revenueOf(base.db, CITY, PERIOD, NOW));
    const document = report.document("en");
    expect(textOf(await pdfOf(document))).toBe(textOf(await pdfOf(document)));
    expect(textOf(await pdfOf(document))).toMatch(/\$\d+\.\d\d/);
  });
});
