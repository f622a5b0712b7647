import { expect, test } from "vitest";
import type { RevenueReport } from "../../../api/contract/reports.ts";
import { barsOf } from "./bars.ts";

test("one bar per day, car parks of the same day add up, a day without a means is 0", () => {
  const report: RevenueReport = {
    from: "2026-11-21", to: "2026-11-22", currency: "AUD", printedAt: 0, totalMinor: 1750, taxMinor: 0, retainedMinor: 0, refundedMinor: 0,
    means: [{ means: "cash", payments: 3, amountMinor: 1250 }, { means: "card", payments: 1, amountMinor: 500 }],
    days: [
      { day: "2026-11-22", facility: "a", means: "cash", payments: 1, amountMinor: 250 },
      { day: "2026-11-22", facility: "b", means: "cash", payments: 1, amountMinor: 750 },
      { day: "2026-11-21", facility: "a", means: "cash", payments: 1, amountMinor: 250 },
      { day: "2026-11-21", facility: "a", means: "card", payments: 1, amountMinor: 500 },
    ],
  };
  expect(barsOf(report, (means) => means.toUpperCase())).toEqual({
    labels: ["2026-11-21", "2026-11-22"], series: [{ name: "CASH", values: [250, 1000] }, { name: "CARD", values: [500, 0] }],
  });
});
