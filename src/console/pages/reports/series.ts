/** From the occupancy report to the lines of the chart. */
import type { OccupancyReport } from "../../../api/contract/reports.ts";
import type { Series } from "../../parts/drawing.ts";

type Row = OccupancyReport["series"][number];

/** "00:00", "00:05" ... for every step of the day; a day of 23 or 25 hours has its own count of steps. */
export function stepLabels(row: Row | undefined): readonly string[] {
  if (row === undefined) return [];
  return row.occupied.map((_, n) => {
    const minutes = n * row.stepMinutes;
    return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
  });
}

/** The group that all others of its car park lie within: the one with most spaces. */
export function outermost(series: readonly Row[]): readonly Row[] {
  const best = new Map<string, Row>();
  for (const row of series) {
    const before = best.get(row.facility);
    if (before === undefined || row.capacity > before.capacity) best.set(row.facility, row);
  }
  return [...best.values()];
}

export const linesOf = (rows: readonly Row[], nameOf: (row: Row) => string): readonly Series[] =>
  rows.map((row) => ({ name: nameOf(row), values: row.occupied }));

export function peakOf(row: Row): { readonly occupied: number; readonly step: number } | null {
  let peak: { occupied: number; step: number } | null = null;
  row.occupied.forEach((occupied, step) => {
    if (occupied !== null && (peak === null || occupied > peak.occupied)) peak = { occupied, step };
  });
  return peak;
}
