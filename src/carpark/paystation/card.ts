/**
 * Card payment. A sale is sent once. Its answer is approved, declined or unknown; an unknown one is only ever asked
 * about, never sent again. A driver who waited long enough is let go when the amount may be trusted; money
 * that turns out to be taken twice goes back by itself.
 */
import { claimAt } from "../ticket/reading.ts";
import { present, unreachable } from "../../kernel/assert.ts";
import { HOUR } from "../../kernel/instant.ts";
import type { DeepReadonly } from "../../kernel/readonly.ts";
import type { StationId } from "../facility/config.ts";
import type { Deciding } from "../facility/deciding.ts";
import type { Refusal } from "../facility/refusal.ts";
import type { TicketNumber } from "../ticket/ticket.ts";
import type { CardOperation, CardOutcome } from "./paystation.ts";
import { paidOfStay, stayOfPayable, stayStands } from "./payable.ts";
import { showNotice } from "./session.ts";
import { markTicketPaid, refundPayment, taxWithin, ticketStands, unclaim } from "./settle.ts";
import { reportStationFault, stationConfigOf, stationOf } from "./station.ts";
import {
  CARD_ANSWER_MS, CARD_ASK_FAST_TIMES, CARD_ASK_MS, CARD_ASK_SLOW_MS, CARD_REFUND_ATTEMPTS_MAX, CARD_TRUST_MINOR_USUAL, CARD_UNKNOWN_MS_MAX,
  CARD_UNKNOWN_WAIT_MS, SETTLED_MS,
} from "./timing.ts";

export function chooseCard(d: Deciding, id: StationId): Refusal | null {
  const { phase, next } = stationOf(d, id);
  if (phase.step !== "collecting") return { type: "nothingToDo", what: "chooseCard" };
  if (!stationConfigOf(d, id)?.cards.length) return { type: "nothingToDo", what: "chooseCard" };
  const { payment, ticket, due, creditedMinor, escrow } = phase.payment;
  if (creditedMinor > 0 || escrow.length > 0) return { type: "cashInserted", station: id, insertedMinor: creditedMinor };
  if (!ticketStands(d, ticket)) return { type: "ticketState", ticket, state: "void" };
  if (pendingSale(d, ticket)) return { type: "cardPending", ticket };
  d.emit({
    type: "CardSaleOrdered", station: id, operation: next.operation, payment, ticket, amountMinor: due.dueMinor,
    taxMinor: taxWithin(d, due.dueMinor), paidBeforeMinor: due.paidMinor, until: d.now + CARD_ANSWER_MS,
  });
  return null;
}

/** A sale for this ticket whose answer is still open, at any station: a second one could charge twice. */
const pendingSale = (d: Deciding, ticket: TicketNumber): boolean =>
  [...d.state.stations.values()].some((station) =>
    [...station.operations.values()].some((operation) => operation.kind === "sale" && operation.ticket === ticket));

export function cardOutcome(d: Deciding, id: StationId, number: number, outcome: CardOutcome): Refusal | null {
  const operation = stationOf(d, id).operations.get(number);
  if (!operation) return { type: "nothingToDo", what: "cardOutcome" };
  if (outcome.result === "unknown") {
    if (operation.state === "unknown") return { type: "nothingToDo", what: "cardOutcome" };
    becomeUnknown(d, id, number);
    return null;
  }
  if (operation.kind === "refund") refundAnswered(d, id, operation, outcome);
  else if (outcome.result === "approved") saleApproved(d, id, operation, outcome);
  else saleDeclined(d, id, operation, outcome.result === "declined" ? outcome.cause : "notFound");
  return null;
}

export function becomeUnknown(d: Deciding, station: StationId, operation: number): void {
  d.emit({ type: "CardUnknown", station, operation, askAt: d.now + CARD_ASK_MS, until: d.now + CARD_UNKNOWN_WAIT_MS });
}

type Approved = Extract<CardOutcome, { result: "approved" }>;
type Operation = DeepReadonly<CardOperation>;

function saleApproved(d: Deciding, id: StationId, operation: Operation, outcome: Approved): void {
  const { phase } = stationOf(d, id);
  const waiting = phase.step === "card" && phase.operation === operation.operation;
  const stands = ticketStands(d, operation.ticket);
  const use = operation.trusted ? "trusted" : waiting && stands ? "settles" : stillOwed(d, operation) ? "late" : "surplus";
  const { payment, ticket, amountMinor, taxMinor } = operation;
  const leaveBy = use === "settles" || use === "late" ? markTicketPaid(d, ticket, amountMinor, payment) : null;
  const { scheme, reference, authorisation, lastDigits } = outcome;
  d.emit({
    type: "CardSaleApproved", station: id, operation: operation.operation, payment, ticket, amountMinor, taxMinor, use,
    scheme, reference, authorisation, lastDigits, leaveBy, until: d.now + SETTLED_MS,
  });
  if (use !== "surplus") return;
  if (waiting) showNotice(d, id, { notice: "cancelled", ticket });
  orderRefund(d, id, { of: operation.operation, reference, payment, ticket, amountMinor, attempt: 1 });
}

type Refund = Pick<Operation, "payment" | "ticket" | "amountMinor" | "attempt"> & { readonly of: number; readonly reference: string };

function orderRefund(d: Deciding, id: StationId, refund: Refund): void {
  const operation = stationOf(d, id).next.operation;
  d.emit({ type: "CardRefundOrdered", station: id, operation, ...refund, askAt: d.now + CARD_ANSWER_MS });
}

/** Nobody has paid since, nobody is about to, and the ticket still stands: the late money settles it. */
function stillOwed(d: Deciding, operation: Operation): boolean {
  const stay = stayOfPayable(operation.ticket);
  if (stay !== null) return stayStands(d.state, stay) && paidOfStay(d.state, stay) === operation.paidBeforeMinor;
  const ticket = d.state.tickets.get(operation.ticket);
  if (!ticket || claimAt(ticket, d.now) || !ticketStands(d, operation.ticket)) return false;
  return ticket.paidMinor === operation.paidBeforeMinor && !replacedOf(d, operation.ticket);
}

const replacedOf = (d: Deciding, number: TicketNumber): boolean => [...d.state.tickets.values()].some((t) => t.replaces === number);

function saleDeclined(d: Deciding, id: StationId, operation: Operation, cause: string): void {
  const { phase } = stationOf(d, id);
  const aborted = phase.step === "card" && phase.operation === operation.operation && phase.aborting;
  const { payment, ticket, amountMinor, trusted } = operation;
  d.emit({ type: "CardSaleDeclined", station: id, operation: operation.operation, payment, ticket, amountMinor, cause, trusted });
  if (trusted) reportStationFault(d, id, "trustedCardDeclined", `Payment ${payment} was let go and then declined.`);
  if (aborted) refundPayment(d, id, "cancelled");
}

function refundAnswered(d: Deciding, id: StationId, operation: Operation, outcome: Exclude<CardOutcome, { result: "unknown" }>): void {
  const { payment, amountMinor } = operation;
  if (outcome.result === "approved") {
    d.emit({ type: "CardRefunded", station: id, operation: operation.operation, payment, amountMinor, reference: outcome.reference });
    return;
  }
  const cause = outcome.result === "declined" ? outcome.cause : "notFound";
  const { of, reference, attempt } = operation;
  d.emit({ type: "CardRefundFailed", station: id, operation: operation.operation, payment, amountMinor, cause });
  if (cause === "notFound" && of !== null && reference !== null && attempt < CARD_REFUND_ATTEMPTS_MAX) {
    // The terminal never got it, so no money moved: a new one cannot pay twice.
    return orderRefund(d, id, { of, reference, payment, ticket: operation.ticket, amountMinor, attempt: attempt + 1 });
  }
  reportStationFault(d, id, "cardRefundFailed", `Payment ${payment} was taken twice and could not be refunded: ${cause}.`);
}

/** The driver has waited for the terminal as long as policy allows. */
export function releaseUnknownCard(d: Deciding, id: StationId): void {
  const { phase, operations } = stationOf(d, id);
  if (phase.step !== "card") return;
  const operation = present(operations.get(phase.operation), "card operation");
  if (operation.state === "sent") return becomeUnknown(d, id, operation.operation);
  const { payment, ticket, amountMinor, taxMinor } = operation;
  if (phase.aborting || amountMinor > trustedMinor(d) || !ticketStands(d, ticket)) {
    unclaim(d, ticket);
    showNotice(d, id, { notice: "cardUnknown", ticket });
    return;
  }
  const leaveBy = markTicketPaid(d, ticket, amountMinor, payment);
  d.emit({
    type: "CardSaleTrusted", station: id, operation: operation.operation, payment, ticket, amountMinor, taxMinor, leaveBy, until: d.now + SETTLED_MS,
  });
}

const trustedMinor = (d: Deciding): number => present(d.state.config, "configuration").policy.cardTrustMinor ?? CARD_TRUST_MINOR_USUAL;

/** Asks for the status of what is unknown: often at first, then every minute, after a day hourly with a fault. */
export function askCard(d: Deciding, id: StationId, number: number): void {
  const operation = present(stationOf(d, id).operations.get(number), "card operation");
  switch (operation.state) {
    case "sent":
      return becomeUnknown(d, id, number);
    case "unknown": {
      const old = d.now - operation.orderedAt > CARD_UNKNOWN_MS_MAX;
      if (old) reportStationFault(d, id, "cardUnknown", `Card operation ${number} has no answer for a day.`);
      const wait = old ? HOUR : operation.asks < CARD_ASK_FAST_TIMES ? CARD_ASK_MS : CARD_ASK_SLOW_MS;
      d.emit({ type: "CardStatusAsked", station: id, operation: number, askAt: d.now + wait });
      return;
    }
    default:
      return unreachable(operation.state);
  }
}
