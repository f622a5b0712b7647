/**
 * The slow and obvious pricing that the engine is compared with: one increment at a time, each looked up by
 * its wall clock. For banded tariffs of one unlimited line per table, with a daily maximum.
 */
import { HOUR, type Instant, MINUTE } from "../../kernel/instant.ts";
import type { Tariff } from "../tariff.ts";

export type WallClock = (at: Instant) => { readonly weekday: number; readonly msOfDay: number; readonly dayNumber: number };

const msOf = (text: string): number => Number(text.slice(0, 2)) * HOUR + Number(text.slice(3, 5)) * MINUTE;

function lineOf(tariff: Tariff, id: string): { readonly unit: number; readonly minor: number } {
  const line = tariff.tables.find((table) => table.id === id)!.rateLineCollections[0]!.rateLines[0]!;
  return { unit: Number(/\d+/.exec(line.incrementPeriod!)![0]) * MINUTE, minor: Math.round(Number(line.value) * 100) };
}

export function stepwisePrice(tariff: Tariff, from: Instant, to: Instant, wallOf: WallClock): number {
  const [day, night, weekend] = [lineOf(tariff, "day"), lineOf(tariff, "night"), lineOf(tariff, "weekend")];
  const times = tariff.when![0]!.times![0]!;
  const [opens, closes] = [msOf(times.from), msOf(times.to)];
  const limit = tariff.dailyMaximum;
  const reset = limit?.window.type === "reset" ? msOf(limit.window.at) : 0;
  const windows = new Map<number, number>();
  for (let at = from; at < to; ) {
    const { weekday, msOfDay, dayNumber } = wallOf(at);
    const line = weekday > 5 ? weekend : msOfDay >= opens && msOfDay < closes ? day : night;
    const window = msOfDay >= reset ? dayNumber : dayNumber - 1;
    windows.set(window, (windows.get(window) ?? 0) + line.minor);
    at += line.unit;
  }
  const most = limit?.amountMinor ?? Infinity;
  return [...windows.values()].reduce((sum, amount) => sum + Math.min(amount, most), 0);
}
