/**
 * Money by the events (E10, E12, E13, E14, E15, E18): each transaction closes to nothing, no ticket pays more than
 * its stay costs, a card operation goes only along its edges.
 */
import { dueFor } from "../../../carpark/facility/pricing.ts";
import type { Recorded } from "../../../carpark/facility/event.ts";
import type { ReadonlyFacility } from "../../../carpark/facility/state.ts";
import type { Oracle, Report, Step } from "./oracle.ts";

type Operation = "ordered" | "unknown" | "approved" | "declined";

const valueOf = (coins: readonly { readonly denominationMinor: number; readonly count: number }[]): number =>
  coins.reduce((sum, c) => sum + c.denominationMinor * c.count, 0);

export function moneyOracle(report: Report, journal: () => readonly Recorded[]): Oracle {
  let operations = new Map<string, Operation>();
  return {
    afterStep(step) {
      for (const event of step.events) {
        balance(event, report);
        edge(operations, event, report);
        if (event.type === "PayoutOrdered") checkStock(step, event, report);
        if (event.type === "TicketPaid") checkCharge(step, event, report);
      }
      checkPhases(step, report);
    },
    onRestart() {
      operations = new Map();
      for (const event of journal()) edge(operations, event, report);
    },
  };
}

function balance(event: Recorded, report: Report): void {
  if (event.type === "CashSettled") {
    const { insertedMinor, chargeMinor, changeMinor, retainedMinor, dueMinor } = event;
    if (insertedMinor !== chargeMinor + changeMinor + retainedMinor) report("E10", `payment ${event.payment}: ${JSON.stringify(event)}`);
    if (insertedMinor < dueMinor || chargeMinor !== dueMinor) report("E13", `payment ${event.payment} settled with ${insertedMinor} of ${dueMinor}`);
  }
  if (event.type === "CashRefunded" && event.insertedMinor !== event.refundedMinor + event.retainedMinor) {
    report("E10", `refund at ${event.station}: ${JSON.stringify(event)}`);
  }
  if (event.type === "PayoutFinished" && event.missingMinor < 0) report("E12", `payout ${event.payout} misses ${event.missingMinor}`);
}

/** Only along created -> {approved, declined, unknown}, unknown -> {approved, declined}. */
function edge(operations: Map<string, Operation>, event: Recorded, report: Report): void {
  const move = (key: string, from: readonly (Operation | undefined)[], to: Operation): void => {
    const before = operations.get(key);
    if (!from.includes(before)) report("E15", `operation ${key}: ${before ?? "none"} to ${to}`);
    operations.set(key, to);
  };
  switch (event.type) {
    case "CardSaleOrdered": move(`${event.station}/${event.operation}`, [undefined], "ordered"); return;
    case "CardUnknown": move(`${event.station}/${event.operation}`, ["ordered", "unknown"], "unknown"); return;
    case "CardSaleApproved": move(`${event.station}/${event.operation}`, ["ordered", "unknown"], "approved"); return;
    case "CardSaleDeclined": move(`${event.station}/${event.operation}`, ["ordered", "unknown"], "declined"); return;
    default: return;
  }
}

function checkStock(step: Step, event: Extract<Recorded, { type: "PayoutOrdered" }>, report: Report): void {
  const station = step.core.state.stations.get(event.station);
  for (const { denominationMinor, count } of event.coins) {
    const level = station?.hoppers.get(denominationMinor)?.level ?? 0;
    if (count > level) report("E12", `payout ${event.payout}: ${count} x ${denominationMinor} of ${level}`);
  }
  if (valueOf(event.coins) <= 0) report("E12", `payout ${event.payout} of nothing`);
}

/** All that was paid for a ticket is at most what the stay costs until now. */
function checkCharge(step: Step, event: Extract<Recorded, { type: "TicketPaid" }>, report: Report): void {
  const state: ReadonlyFacility = step.core.state;
  const ticket = state.tickets.get(event.number);
  if (!ticket) return;
  const due = dueFor(state, ticket, event.at);
  if (due.ok && ticket.paidMinor > due.value.totalMinor) report("E14", `ticket ${event.number}: ${ticket.paidMinor} paid of ${due.value.totalMinor}`);
}

/** Nobody stands before a machine with enough money in it that does not settle. */
function checkPhases(step: Step, report: Report): void {
  for (const station of step.core.state.stations.values()) {
    const { phase } = station;
    if (phase.step !== "collecting") continue;
    const inserted = phase.payment.creditedMinor + phase.payment.escrow.reduce((sum, n) => sum + n.denominationMinor, 0);
    if (inserted >= phase.payment.due.dueMinor) report("E13", `station ${station.id}: ${inserted} in for ${phase.payment.due.dueMinor}, still collecting`);
    for (const [value, hopper] of station.hoppers) if (hopper.level < 0) report("E11", `station ${station.id}: ${hopper.level} coins of ${value}`);
  }
}
