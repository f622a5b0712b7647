/**
 * Belief against truth, taken when nothing is under way: coins in the machines against the hoppers of the
 * state (E11), money in books against money taken from drivers, cards charged against sales recorded (E14, E16),
 * vehicles inside against the count, as far as recorded anomalies explain.
 */
import { occupancy } from "../../../carpark/counting/counting.ts";
import type { Recorded } from "../../../carpark/facility/event.ts";
import type { ReadonlyFacility } from "../../../carpark/facility/state.ts";
import type { World } from "../../world/world.ts";
import type { Report } from "./oracle.ts";

/** Each coin and note where the state says it is. */
export function compareCash(world: World, state: ReadonlyFacility, report: Report): void {
  for (const station of world.stations.values()) {
    const believed = state.stations.get(station.id);
    if (!believed) continue;
    for (const [value, count] of station.hoppers) {
      const level = believed.hoppers.get(value)?.level ?? 0;
      if (level !== count) report("E11", `${station.id} hopper ${value}: ${level} believed, ${count} there`);
    }
    const there = new Map(station.cashBox);
    for (const [value, count] of station.noteBox) there.set(value, (there.get(value) ?? 0) + count);
    for (const [value, count] of there) {
      const level = believed.cashBox.get(value) ?? 0;
      if (level !== count) report("E11", `${station.id} cash box ${value}: ${level} believed, ${count} there`);
    }
  }
}

export type Takings = { readonly cashMinor: number; readonly retainedMinor: number; readonly cardMinor: number; readonly laneMinor: number };

/** What the events say was kept. */
export function takingsOf(events: readonly Recorded[]): Takings {
  let cashMinor = 0;
  let retainedMinor = 0;
  let cardMinor = 0;
  let laneMinor = 0;
  for (const e of events) {
    if (e.type === "CashSettled") {
      cashMinor += e.chargeMinor;
      retainedMinor += e.retainedMinor;
    } else if (e.type === "CashRefunded") retainedMinor += e.retainedMinor;
    else if (e.type === "PayoutRetained") retainedMinor += e.amountMinor;
    else if (e.type === "PayoutCounted") retainedMinor -= e.excessMinor;
    else if (e.type === "CardSaleApproved") cardMinor += e.amountMinor;
    else if (e.type === "CardRefunded") cardMinor -= e.amountMinor;
    else if (e.type === "StayPaymentTaken" && e.means === "terminal") laneMinor += e.amountMinor;
  }
  return { cashMinor, retainedMinor, cardMinor, laneMinor };
}

/** `filledMinor`: put in by hand at the beginning. Only at rest: nothing owed, nothing in escrow. */
export function compareTakings(world: World, events: readonly Recorded[], filledMinor: number, report: Report): void {
  const takings = takingsOf(events);
  let cash = -filledMinor;
  let card = 0;
  for (const station of world.stations.values()) {
    for (const piles of [station.hoppers, station.cashBox, station.noteBox]) for (const [value, count] of piles) cash += value * count;
    for (const { amountMinor, outcome } of station.operations.values()) {
      if (outcome === "approved") card += amountMinor;
      if (outcome === "refunded") card -= amountMinor;
    }
  }
  if (cash !== takings.cashMinor + takings.retainedMinor) {
    report("E17", `machines hold ${cash} more than filled in, books say ${takings.cashMinor} charged and ${takings.retainedMinor} retained`);
  }
  let lanes = 0;
  for (const { terminal } of world.lanes.values()) {
    for (const { amountMinor, outcome } of terminal.operations.values()) if (outcome === "approved") lanes += amountMinor;
  }
  if (lanes !== takings.laneMinor) report("E16", `terminals of the lanes charged ${lanes}, books say ${takings.laneMinor}`);
  if (card !== takings.cardMinor) report("E16", `terminals charged ${card}, books say ${takings.cardMinor}`);
}

/** How far the count is from the truth, and how much of that somebody has been told. */
export function driftOf(world: World, state: ReadonlyFacility): number {
  return state.config ? occupancy(state, state.config.allGroup) - world.inside : 0;
}

/** Events after which the count may be wrong by one. */
export function anomaliesIn(events: readonly Recorded[]): number {
  let count = 0;
  for (const e of events) {
    if (e.type === "AnomalousExit" || e.type === "IrregularPassage") count++;
    else if (e.type === "StayOpened" && e.flags.length > 0) count++;
    else if (e.type === "StayClosed" && e.how !== "passed") count++;
    else if (e.type === "MovementEnded" && e.how === "lost") count++;
    else if (e.type === "OccupancyAdjusted" && e.cause !== "recount") count++;
  }
  return count;
}
