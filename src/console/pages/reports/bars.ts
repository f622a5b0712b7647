/** From the revenue report to the bars of the chart. */
import type { RevenueReport } from "../../../api/contract/reports.ts";
import type { Drawing } from "../../parts/drawing.ts";

/** One bar per day, one colour per means; car parks of the same day add up. */
export function barsOf(report: RevenueReport, nameOf: (means: string) => string): Pick<Drawing, "labels" | "series"> {
  const days = [...new Set(report.days.map((row) => row.day))].toSorted();
  const means = report.means.map((row) => row.means);
  const sums = new Map<string, number>();
  for (const row of report.days) {
    const key = `${row.means} ${row.day}`;
    sums.set(key, (sums.get(key) ?? 0) + row.amountMinor);
  }
  return { labels: days, series: means.map((each) => ({ name: nameOf(each), values: days.map((day) => sums.get(`${each} ${day}`) ?? 0) })) };
}
