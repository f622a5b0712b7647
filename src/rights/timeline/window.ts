/**
 * Weekly windows on the wall clock. A window over midnight belongs to the day it starts; its edges are
 * boundaries of the wall clock, so on a day with a clock change it is as long as the clock says.
 */
import { type DayNumber, weekdayOf } from "../../kernel/calendar.ts";
import { DAY, type Instant } from "../../kernel/instant.ts";
import type { Zone } from "../../kernel/zone.ts";
import type { Contract, WeeklyWindow } from "./facts.ts";
import { within } from "./facts.ts";

function spanOn(window: WeeklyWindow, day: DayNumber, zone: Zone): { readonly from: Instant; readonly to: Instant } {
  const overMidnight = window.toMs <= window.fromMs;
  return {
    from: zone.boundaryOf(day, window.fromMs),
    to: window.toMs === DAY ? zone.boundaryOf(day + 1, 0) : zone.boundaryOf(overMidnight ? day + 1 : day, window.toMs),
  };
}

export function windowOpen(window: WeeklyWindow, at: Instant, zone: Zone): boolean {
  const today = zone.dayNumberAt(at);
  return [today - 1, today].some((day) => {
    if (!window.days.includes(weekdayOf(day))) return false;
    const { from, to } = spanOn(window, day, zone);
    return from <= at && at < to;
  });
}

/** Valid here and now: its period runs and its window is open. */
export const contractValid = (contract: Contract, at: Instant, zone: Zone): boolean =>
  within(contract, at) && (contract.window === null || windowOpen(contract.window, at, zone));

/** Instants in [from, until) at which the contract may begin or cease to be valid. */
export function contractEdges(contract: Contract, from: Instant, until: Instant, zone: Zone): readonly Instant[] {
  const edges = [contract.from, contract.until].filter((edge) => edge !== null);
  const { window } = contract;
  if (window !== null) {
    const first = Math.max(from, contract.from ?? from);
    const last = Math.min(until, contract.until ?? until);
    for (let day = zone.dayNumberAt(first) - 1; first < last && day <= zone.dayNumberAt(last); day++) {
      if (!window.days.includes(weekdayOf(day))) continue;
      const span = spanOn(window, day, zone);
      edges.push(span.from, span.to);
    }
  }
  return edges.filter((edge) => edge >= from && edge < until);
}
