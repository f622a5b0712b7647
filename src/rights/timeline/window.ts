/**
 * Weekly windows on the wall clock. A window over midnight belongs to the day it starts; its edges are
 * boundaries of the wall clock, so on a day with a clock change it is as long as the clock says.
 */
import { type DayNumber, weekdayOf } from "../../kernel/calendar.ts";
import { DAY, type Instant } from "../../kernel/instant.ts";
import type { Zone } from "../../kernel/zone.ts";
import type { Contract, ContractId, WeeklyWindow } from "./facts.ts";
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

/** The contracts valid from one change to the next; half-open. */
export type ValidSpan = {
  readonly from: Instant; readonly until: Instant; readonly contracts: readonly Contract[]; readonly ids: readonly ContractId[];
};

/** The span last asked for, of each list of contracts; it follows from the list and the zone alone. */
const lastSpans = new WeakMap<readonly Contract[], { readonly zone: Zone; readonly span: ValidSpan }>();

/** What is valid at an instant, and until when nothing changes: many instants of a sweep share one answer. */
export function validSpanAt(contracts: readonly Contract[], at: Instant, zone: Zone): ValidSpan {
  const last = lastSpans.get(contracts);
  if (last && last.zone === zone && last.span.from <= at && at < last.span.until) return last.span;
  const open = new Map<string, boolean>();
  let until = Infinity;
  const soonest = (edge: Instant | null): void => {
    if (edge !== null && edge > at) until = Math.min(until, edge);
  };
  const valid = contracts.filter((contract) => {
    soonest(contract.from);
    soonest(contract.until);
    const { window } = contract;
    if (window === null) return within(contract, at);
    const key = `${window.days.join("")} ${window.fromMs} ${window.toMs}`;
    const known = open.get(key);
    const isOpen = known ?? windowOpen(window, at, zone);
    if (known === undefined) {
      open.set(key, isOpen);
      soonest(nextEdgeOf(window, at, zone));
    }
    return isOpen && within(contract, at);
  });
  const span: ValidSpan = { from: at, until, contracts: valid, ids: valid.map(({ id }) => id) };
  lastSpans.set(contracts, { zone, span });
  return span;
}

/** A window opens on some weekday, so an edge lies within the next week and a day. */
export function nextEdgeOf(window: WeeklyWindow, at: Instant, zone: Zone): Instant {
  const today = zone.dayNumberAt(at);
  let next = Infinity;
  for (let day = today - 1; day <= today + 8 && (next === Infinity || day <= today + 1); day++) {
    if (!window.days.includes(weekdayOf(day))) continue;
    const { from, to } = spanOn(window, day, zone);
    for (const edge of [from, to]) if (edge > at && edge < next) next = edge;
  }
  return next;
}
