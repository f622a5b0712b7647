/** What time alone makes happen at a pay station, and what a restart of the owner does to half-finished things. */
import type { Instant } from "../../kernel/instant.ts";
import type { DeepReadonly } from "../../kernel/readonly.ts";
import { unreachable } from "../../kernel/assert.ts";
import type { StationId } from "../facility/config.ts";
import type { Deciding } from "../facility/deciding.ts";
import type { ReadonlyFacility } from "../facility/state.ts";
import { askCard, becomeUnknown, releaseUnknownCard } from "./card.ts";
import { askPayout } from "./payout.ts";
import { type PayStation, escrowMinorOf } from "./paystation.ts";
import { refundAtOf } from "./screen.ts";
import { considerSettling, refundPayment } from "./settle.ts";
import { reportStationFault, stationOf } from "./station.ts";
import { PAYOUT_ANSWER_MS, REMIND_AFTER_MS } from "./timing.ts";

export function nextStationDeadline(state: ReadonlyFacility): Instant | null {
  let next = Infinity;
  for (const station of state.stations.values()) {
    next = Math.min(next, phaseDeadline(station), station.payout?.askAt ?? Infinity);
    for (const operation of station.operations.values()) next = Math.min(next, askDeadline(station, operation.operation));
  }
  return next === Infinity ? null : next;
}

function phaseDeadline({ phase }: DeepReadonly<PayStation>): Instant {
  switch (phase.step) {
    case "idle":
      return Infinity;
    case "notice": case "settled": case "stacking": case "card":
      return phase.until;
    case "collecting": case "asking": {
      const refundAt = refundAtOf(phase.payment);
      return phase.payment.reminded ? refundAt : Math.min(refundAt, phase.payment.activeAt + REMIND_AFTER_MS);
    }
    default:
      return unreachable(phase);
  }
}

/** A sale the driver still waits for is watched by its phase until it is unknown. */
function askDeadline(station: DeepReadonly<PayStation>, number: number): Instant {
  const operation = station.operations.get(number);
  if (!operation) return Infinity;
  const watched = station.phase.step === "card" && station.phase.operation === number && operation.state === "sent";
  return watched ? Infinity : operation.askAt;
}

export function applyStationDeadline(d: Deciding): void {
  for (const id of [...d.state.stations.keys()]) {
    if (phaseDeadline(stationOf(d, id)) <= d.now) applyPhaseDeadline(d, id);
    if ((stationOf(d, id).payout?.askAt ?? Infinity) <= d.now) askPayout(d, id);
    for (const number of [...stationOf(d, id).operations.keys()]) {
      if (askDeadline(stationOf(d, id), number) <= d.now) askCard(d, id, number);
    }
  }
}

function applyPhaseDeadline(d: Deciding, id: StationId): void {
  const { phase } = stationOf(d, id);
  switch (phase.step) {
    case "idle":
      return;
    case "notice": case "settled":
      d.emit({ type: "StationCleared", station: id });
      return;
    case "collecting": case "asking":
      if (d.now >= refundAtOf(phase.payment)) refundPayment(d, id, "timedOut");
      else d.emit({ type: "PaymentReminded", station: id, payment: phase.payment.payment });
      return;
    case "stacking":
      d.emit({ type: "EscrowReturned", station: id, amountMinor: escrowMinorOf(phase.payment), why: "notStacked" });
      reportStationFault(d, id, "notesNotStacked", "The note acceptor did not stack its notes in time.");
      considerSettling(d, id);
      return;
    case "card":
      releaseUnknownCard(d, id);
      return;
    default:
      return unreachable(phase);
  }
}

/**
 * After the owner of the facility restarted: an order may or may not have reached its device. Payouts are asked
 * for by the hoppers' counters, card operations by their status; nothing is ordered again. Coins and notes
 * are made good by the complete counters the devices report when they connect.
 */
export function restartStations(d: Deciding): void {
  for (const id of [...d.state.stations.keys()]) {
    const { payout, operations } = stationOf(d, id);
    if (payout) d.emit({ type: "PayoutAsked", station: id, payout: payout.payout, askAt: d.now + PAYOUT_ANSWER_MS });
    for (const operation of [...operations.values()]) {
      if (operation.state === "sent") becomeUnknown(d, id, operation.operation);
    }
  }
}
