/**
 * Settling a cash payment: enough is in, the ticket is validated and the change ordered in one step; or the
 * driver gets back all that was inserted. inserted = charge + change + retained + refunded, always.
 */
import { assert, present } from "../../kernel/assert.ts";
import type { MinorUnits } from "../../kernel/money.ts";
import type { StationId } from "../facility/config.ts";
import type { Deciding } from "../facility/deciding.ts";
import { markPaid } from "../ticket/settle.ts";
import type { TicketNumber } from "../ticket/ticket.ts";
import { changeFrom } from "./change.ts";
import { markStayPaid, stayOfPayable, stayStands } from "./payable.ts";
import { type OpenPayment, type Tender, escrowMinorOf, openPaymentOf } from "./paystation.ts";
import { orderPayout, issueChit } from "./payout.ts";
import { paymentRef } from "./reference.ts";
import { stationOf } from "./station.ts";
import { NOTICE_MS, SETTLED_MS, STACKING_MS } from "./timing.ts";

/** Tax contained in a gross amount; `rateBp` in hundredths of a percent, half a cent rounds up. */
export const halfUpTaxWithin = (grossMinor: MinorUnits, rateBp: number): MinorUnits =>
  Math.floor((2 * grossMinor * rateBp + 10_000 + rateBp) / (2 * (10_000 + rateBp)));

/** After money came in: settle, ask about short change, stack the escrow, or wait for more. */
export function considerSettling(d: Deciding, id: StationId): void {
  const { phase } = stationOf(d, id);
  if (phase.step !== "collecting" && phase.step !== "asking" && phase.step !== "stacking") return;
  const payment = phase.payment as OpenPayment;
  if (!ticketStands(d, payment.ticket)) return refundPayment(d, id, "cancelled");
  const dueMinor = payment.due.dueMinor;
  if (phase.step === "stacking" && payment.escrow.length > 0) return;
  if (payment.creditedMinor >= dueMinor) {
    if (payment.escrow.length > 0) d.emit({ type: "EscrowReturned", station: id, amountMinor: escrowMinorOf(payment), why: "coinsSuffice" });
    settleCash(d, id, payment);
    return;
  }
  const excess = payment.creditedMinor + escrowMinorOf(payment) - dueMinor;
  if (excess < 0 || phase.step === "stacking") return;
  const change = changeFrom(stationOf(d, id).hoppers, excess);
  if (change.restMinor > 0) {
    d.emit({ type: "RetentionAsked", station: id, payment: payment.payment, changeMinor: change.paidMinor, retainedMinor: change.restMinor });
    return;
  }
  orderStacking(d, id, payment);
}

/** False after staff closed the stay or voided the ticket meanwhile: then nothing is charged for it any more. */
export function ticketStands(d: Deciding, number: TicketNumber): boolean {
  const stay = stayOfPayable(number);
  if (stay !== null) return stayStands(d.state, stay);
  const state = d.state.tickets.get(number)?.state;
  return state !== undefined && state !== "used" && state !== "void";
}

export function orderStacking(d: Deciding, id: StationId, payment: OpenPayment): void {
  const notes = new Map<MinorUnits, number>();
  for (const note of payment.escrow) notes.set(note.denominationMinor, (notes.get(note.denominationMinor) ?? 0) + 1);
  const tenders = [...notes].map(([denominationMinor, count]): Tender => ({ denominationMinor, count }));
  d.emit({ type: "StackingOrdered", station: id, payment: payment.payment, notes: tenders, until: d.now + STACKING_MS });
}

function settleCash(d: Deciding, id: StationId, payment: OpenPayment): void {
  const { payment: number, ticket, creditedMinor } = payment;
  const { dueMinor } = payment.due;
  const change = changeFrom(stationOf(d, id).hoppers, creditedMinor - dueMinor);
  const leaveBy = markTicketPaid(d, ticket, dueMinor, number);
  assert(creditedMinor === dueMinor + change.paidMinor + change.restMinor, "inserted = charge + change + retained");
  d.emit({
    type: "CashSettled", station: id, payment: number, ticket, dueMinor, insertedMinor: creditedMinor, chargeMinor: dueMinor,
    taxMinor: taxWithin(d, dueMinor), changeMinor: change.paidMinor, retainedMinor: change.restMinor, leaveBy, until: d.now + SETTLED_MS,
  });
  orderPayout(d, id, { payment: number, purpose: "change", attempt: 1, coins: change.coins });
  issueChit(d, id, number, ticket, change.restMinor);
}

/** Gives back everything inserted and the ticket. Notes in escrow go back themselves; coins come from the hoppers. */
export function refundPayment(d: Deciding, id: StationId, why: "cancelled" | "timedOut"): void {
  const payment = present(openPaymentOf(stationOf(d, id).phase), "open payment") as OpenPayment;
  if (payment.escrow.length > 0) d.emit({ type: "EscrowReturned", station: id, amountMinor: escrowMinorOf(payment), why: "cancelled" });
  unclaim(d, payment.ticket);
  giveBack(d, id, payment.payment, payment.ticket, why, payment.creditedMinor);
}

/** Money that came in without an open payment goes back as soon as no other payout is under way. */
export function refundStray(d: Deciding, id: StationId): void {
  const station = stationOf(d, id);
  if (station.strayMinor > 0 && station.payout === null) giveBack(d, id, null, null, "stray", station.strayMinor);
}

function giveBack(
  d: Deciding, id: StationId, payment: number | null, ticket: TicketNumber | null,
  why: "cancelled" | "timedOut" | "stray", insertedMinor: MinorUnits,
): void {
  const change = changeFrom(stationOf(d, id).hoppers, insertedMinor);
  d.emit({
    type: "CashRefunded", station: id, payment, ticket, why, insertedMinor,
    refundedMinor: change.paidMinor, retainedMinor: change.restMinor, until: d.now + NOTICE_MS,
  });
  orderPayout(d, id, { payment, purpose: why === "stray" ? "stray" : "refund", attempt: 1, coins: change.coins });
  issueChit(d, id, payment, ticket, change.restMinor);
}

/** Stays named by plate are not claimed: an open payment at a station says the same. */
export function unclaim(d: Deciding, payable: TicketNumber): void {
  if (stayOfPayable(payable) === null) d.emit({ type: "TicketUnclaimed", number: payable, lane: null });
}

/** Marks it paid and gives back the claim; until when it may leave. */
export function markTicketPaid(d: Deciding, number: TicketNumber, amountMinor: MinorUnits, payment: number | null): number {
  const stay = stayOfPayable(number);
  if (stay !== null) return markStayPaid(d, stay, amountMinor);
  markPaid(d, number, amountMinor, payment === null ? "free" : paymentRef(payment));
  const ticket = present(d.state.tickets.get(number), `ticket ${number}`);
  if (ticket.claim) d.emit({ type: "TicketUnclaimed", number, lane: null });
  return present(ticket.leaveBy, "time to leave");
}

export const taxWithin = (d: Deciding, grossMinor: MinorUnits): MinorUnits =>
  halfUpTaxWithin(grossMinor, present(d.state.config, "configuration").taxRateBp);
