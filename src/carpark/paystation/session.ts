/** The ticket slot: what the inserted ticket means, from "please insert" to the charge or the reason it comes back. */
import { present } from "../../kernel/assert.ts";
import type { Instant } from "../../kernel/instant.ts";
import type { DeepReadonly } from "../../kernel/readonly.ts";
import { claimantOf } from "../claim/claim.ts";
import { dueFor } from "../facility/pricing.ts";
import type { StationId } from "../facility/config.ts";
import type { Deciding } from "../facility/deciding.ts";
import type { Refusal } from "../facility/refusal.ts";
import { ring } from "../intercom/ring.ts";
import type { CredentialRef } from "../stay/stay.ts";
import { ticketOfRead } from "../ticket/reading.ts";
import { proveEntry } from "../ticket/settle.ts";
import type { Ticket, TicketNumber, TicketRead } from "../ticket/ticket.ts";
import { dueOfStay } from "../rights/payment.ts";
import { paidOfStay, payableOfStay, stayOfPayable } from "./payable.ts";
import { type StationNotice, openPaymentOf } from "./paystation.ts";
import { markTicketPaid } from "./settle.ts";
import { reportStationFault, stationOf } from "./station.ts";
import { CLAIM_MS, NOTICE_MS } from "./timing.ts";

type Notice = {
  readonly notice: StationNotice;
  readonly ticket?: TicketNumber | null;
  readonly card?: CredentialRef | null;
  readonly leaveBy?: Instant | null;
};

export function showNotice(d: Deciding, station: StationId, { notice, ticket, card, leaveBy }: Notice): null {
  d.emit({
    type: "StationNoticeShown", station, notice, ticket: ticket ?? null, card: card ?? null, leaveBy: leaveBy ?? null, until: d.now + NOTICE_MS,
  });
  return null;
}

/** A new driver may begin while the last one's message is still on the screen, not while coins still fall. */
function slotRefusal(d: Deciding, id: StationId): Refusal | null {
  const { mode, phase, payout } = stationOf(d, id);
  if (openPaymentOf(phase) || payout) return { type: "stationBusy", station: id };
  return mode === "inService" ? null : { type: "stationOutOfService", station: id };
}

export function insertTicket(d: Deciding, id: StationId, read: TicketRead): Refusal | null {
  const refusal = slotRefusal(d, id);
  if (refusal) return refusal;
  const found = ticketOfRead(d.state, read, d.now);
  if (!found.ok) return showNotice(d, id, { notice: found.error.reason, ticket: found.error.ticket });
  const { number } = found.value;
  if (found.value.machine.kind === "lane" && (found.value.state === "void" || found.value.stay === null)) proveEntry(d, number);
  return beginPayment(d, id, d.state.tickets.get(number) ?? found.value);
}

/** The charge, or why there is none to pay. */
function beginPayment(d: Deciding, id: StationId, ticket: DeepReadonly<Ticket>): null {
  const { number } = ticket;
  if (ticket.state === "paid" && ticket.leaveBy !== null && d.now <= ticket.leaveBy) {
    return showNotice(d, id, { notice: "alreadyPaid", ticket: number, leaveBy: ticket.leaveBy });
  }
  const due = dueFor(d.state, ticket, d.now);
  if (!due.ok) {
    reportStationFault(d, id, due.error.type, `A ticket could not be priced: ${due.error.type}.`);
    return showNotice(d, id, { notice: "notPriced", ticket: number });
  }
  if (due.value.dueMinor === 0) {
    const leaveBy = markTicketPaid(d, number, 0, null);
    return showNotice(d, id, { notice: "nothingDue", ticket: number, leaveBy });
  }
  d.emit({ type: "TicketClaimed", number, claim: { by: { kind: "payStation", id }, until: d.now + CLAIM_MS } });
  d.emit({ type: "ChargeShown", station: id, payment: d.state.next.payment, ticket: number, due: due.value });
  return null;
}

/** The driver has named a stay by its plate; nothing is in the slot. What an account pays is not for the machine. */
export function chooseStay(d: Deciding, id: StationId, key: string): Refusal | null {
  const refusal = slotRefusal(d, id);
  if (refusal) return refusal;
  const counted = [...d.state.stays.values()].find((stay) => stay.id === key)?.credential;
  const ticket = counted?.kind === "ticket" ? d.state.tickets.get(counted.ticket) : undefined;
  if (ticket) return claimantOf(d.state, key, d.now) ? showNotice(d, id, { notice: "ticketClaimed", ticket: ticket.number }) : beginPayment(d, id, ticket);
  const due = dueOfStay(d.state, key, d.now);
  if (!due.ok && due.error.type === "stayUnknown") return due.error;
  const payable = payableOfStay(key);
  if (!due.ok) {
    reportStationFault(d, id, due.error.type, `A stay could not be priced: ${due.error.type}.`);
    return showNotice(d, id, { notice: "notPriced" });
  }
  if (claimantOf(d.state, key, d.now)) return showNotice(d, id, { notice: "ticketClaimed" });
  const { dueMinor, enteredAt, leaveBy } = due.value;
  if (dueMinor === 0) {
    const until = leaveBy !== null && leaveBy >= d.now ? leaveBy : d.now + present(d.state.config, "configuration").policy.exitGraceMs;
    return showNotice(d, id, { notice: leaveBy === null ? "nothingDue" : "alreadyPaid", ticket: payable, leaveBy: until });
  }
  const paidMinor = paidOfStay(d.state, key) ?? 0;
  const { currency } = present(d.state.config, "configuration");
  d.emit({
    type: "ChargeShown", station: id, payment: d.state.next.payment, ticket: payable,
    due: { totalMinor: paidMinor + dueMinor, paidMinor, dueMinor, currency, from: enteredAt, to: d.now, lines: [] },
  });
  return null;
}

/** Season and guard cards pay nothing here: they go to the exit. A card of no right is none of this city's. */
export function insertCard(d: Deciding, id: StationId, card: CredentialRef | null): Refusal | null {
  const refusal = slotRefusal(d, id);
  if (refusal) return refusal;
  const known = card !== null && d.state.cards.has(card);
  return showNotice(d, id, { notice: known ? "seasonCard" : "ticketUnreadable", card: known ? card : null });
}

export function ticketRemoved(d: Deciding, id: StationId): Refusal | null {
  if (stationOf(d, id).phase.step !== "notice") return { type: "nothingToDo", what: "ticketRemoved" };
  d.emit({ type: "StationCleared", station: id });
  return null;
}

export function extendPayment(d: Deciding, id: StationId): Refusal | null {
  const { phase } = stationOf(d, id);
  if (phase.step !== "collecting" && phase.step !== "asking") return { type: "nothingToDo", what: "extendPayment" };
  d.emit({ type: "PaymentExtended", station: id, payment: phase.payment.payment });
  return null;
}

export function pressReceipt(d: Deciding, id: StationId): Refusal | null {
  const { phase } = stationOf(d, id);
  if (phase.step !== "settled" || phase.receiptOrdered) return { type: "nothingToDo", what: "receipt" };
  d.emit({ type: "ReceiptOrdered", station: id, payment: phase.payment });
  return null;
}

/** The attendant sees the ticket in the slot, if there is one; a stay named by plate is on the station's screen. */
export function pressHelp(d: Deciding, id: StationId): null {
  const { phase } = stationOf(d, id);
  const ticket = openPaymentOf(phase)?.ticket ?? (phase.step === "notice" || phase.step === "settled" ? phase.ticket : null);
  ring(d, { kind: "station", station: id }, "help", ticket !== null && stayOfPayable(ticket) === null ? ticket : null);
  return null;
}

export function validationPrinted(d: Deciding, id: StationId, printed: boolean): Refusal | null {
  const { phase } = stationOf(d, id);
  if (phase.step !== "settled" || phase.ticketPrinted !== null) return { type: "nothingToDo", what: "validationPrinted" };
  d.emit({ type: "ValidationPrinted", station: id, ticket: phase.ticket, printed });
  if (!printed) reportStationFault(d, id, "validationNotPrinted", "The payment could not be printed on the ticket.");
  return null;
}

