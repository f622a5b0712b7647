/** Decides what the office does: payments, replacement and lost tickets, chits, refunds; shifts are in till.ts. */
import { present, unreachable } from "../../kernel/assert.ts";
import type { MinorUnits } from "../../kernel/money.ts";
import type { DeepReadonly } from "../../kernel/readonly.ts";
import { type Result, err, ok } from "../../kernel/result.ts";
import type { GroupId } from "../facility/config.ts";
import type { Deciding } from "../facility/deciding.ts";
import { dueFor } from "../facility/pricing.ts";
import type { Refusal } from "../facility/refusal.ts";
import { markTicketPaid, taxWithin } from "../paystation/settle.ts";
import { usable } from "../ticket/reading.ts";
import { proveEntry } from "../ticket/settle.ts";
import { ticketNumberOf } from "../ticket/ticket-number.ts";
import type { Ticket, TicketNumber } from "../ticket/ticket.ts";
import type { OfficeCommand, OfficeTender } from "./office.ts";
import { closeShift, enoughInTill, isTillAmount, moveTillCash, openShift } from "./till.ts";

export function decideOffice(d: Deciding, command: OfficeCommand): Refusal | null {
  if (d.actor === null) return { type: "actorMissing" };
  if ("reason" in command && command.reason !== undefined && command.reason.trim() === "") return { type: "reasonMissing" };
  switch (command.type) {
    case "OpenShift": return openShift(d, command.till, command.floatMinor);
    case "CloseShift": return closeShift(d, command.till, command.countedMinor, command.reason ?? null);
    case "TakeOfficePayment": return takePayment(d, command);
    case "ReplaceTicket": return replaceTicket(d, command.ticket, command.reason);
    case "IssueLostTicket": return command.stay === undefined ? lostWithoutStay(d, command) : lostWithStay(d, command);
    case "MoveTillCash": return moveTillCash(d, command);
    case "RedeemChit": return redeemChit(d, command.till, command.chit);
    case "RefundPayment": return refundPayment(d, command);
    default: return unreachable(command);
  }
}

function takePayment(d: Deciding, command: Extract<OfficeCommand, { type: "TakeOfficePayment" }>): Refusal | null {
  const ticket = ticketFor(d, command.ticket);
  if (!ticket.ok) return ticket.error;
  const { state, leaveBy, number } = ticket.value;
  if (state === "paid" && leaveBy !== null && d.now <= leaveBy) return { type: "ticketState", ticket: number, state };
  const due = dueFor(d.state, ticket.value, d.now);
  if (!due.ok) return due.error;
  const accepted = accept(d, command, due.value.dueMinor);
  if (!accepted.ok) return accepted.error;
  proveStay(d, ticket.value);
  settle(d, number, "stay", command, accepted.value);
  return null;
}

/** A ticket that may be paid or replaced, unless another machine is at it. */
function ticketFor(d: Deciding, number: TicketNumber): Result<DeepReadonly<Ticket>, Refusal> {
  const ticket = d.state.tickets.get(number);
  if (!ticket) return err({ type: "ticketUnknown", ticket: number });
  const found = usable(ticket, d.now);
  if (found.ok) return ok(found.value);
  return err(found.error.reason === "ticketClaimed" && ticket.claim
    ? { type: "ticketClaimed", ticket: number, by: ticket.claim.by.id }
    : { type: "ticketState", ticket: number, state: ticket.state });
}

/** A ticket in the attendant's hand proves the entry, as it does at a machine. */
function proveStay(d: Deciding, ticket: DeepReadonly<Ticket>): void {
  if (ticket.machine.kind === "lane" && (ticket.state === "void" || ticket.stay === null)) proveEntry(d, ticket.number);
}

type Payable = { readonly till: string; readonly tender: OfficeTender; readonly reason?: string; readonly secondPerson?: string };
type Accepted = { readonly shift: number; readonly dueMinor: MinorUnits; readonly chargeMinor: MinorUnits; readonly changeMinor: MinorUnits };

/** Whether this tender settles the amount; nothing is recorded yet. */
function accept(d: Deciding, payable: Payable, dueMinor: MinorUnits): Result<Accepted, Refusal> {
  const shift = d.state.shifts.get(payable.till);
  if (!shift) return err({ type: "shiftMissing", till: payable.till });
  const paid = { shift: shift.shift, dueMinor, chargeMinor: dueMinor, changeMinor: 0 };
  const { tender } = payable;
  switch (tender.kind) {
    case "cash": {
      if (!isTillAmount(tender.givenMinor)) return err({ type: "countImpossible", count: tender.givenMinor });
      if (tender.givenMinor < dueMinor) return err({ type: "amountTooSmall", dueMinor, givenMinor: tender.givenMinor });
      return ok({ ...paid, changeMinor: tender.givenMinor - dueMinor });
    }
    case "card":
      return tender.terminalReference.trim() === "" ? err({ type: "reasonMissing" }) : ok(paid);
    case "waived": {
      if (!payable.reason) return err({ type: "reasonMissing" });
      const refusal = twoPeople(d, dueMinor, payable.secondPerson);
      return refusal ? err(refusal) : ok({ ...paid, chargeMinor: 0 });
    }
    default:
      return unreachable(tender);
  }
}

function twoPeople(d: Deciding, amountMinor: MinorUnits, secondPerson: string | undefined): Refusal | null {
  const { fourEyesAboveMinor } = present(d.state.config, "configuration").policy;
  if (amountMinor <= fourEyesAboveMinor) return null;
  const second = secondPerson?.trim() ?? "";
  return second === "" || second === d.actor ? { type: "secondPersonMissing", aboveMinor: fourEyesAboveMinor } : null;
}

function settle(d: Deciding, ticket: TicketNumber, charge: "stay" | "lostTicket", payable: Payable, accepted: Accepted): void {
  const payment = d.state.next.payment;
  const leaveBy = markTicketPaid(d, ticket, accepted.chargeMinor, payment);
  d.emit({
    type: "OfficePaymentTaken", till: payable.till, payment, ticket, charge, tender: payable.tender, ...accepted,
    taxMinor: taxWithin(d, accepted.chargeMinor), leaveBy, reason: payable.reason ?? null, secondPerson: payable.secondPerson ?? null,
  });
}

const nextTicketNumber = (d: Deciding): TicketNumber =>
  ticketNumberOf(present(d.state.config, "configuration").number, d.state.next.ticket);

function replaceTicket(d: Deciding, old: TicketNumber, reason: string): Refusal | null {
  const ticket = ticketFor(d, old);
  if (!ticket.ok) return ticket.error;
  proveStay(d, ticket.value);
  d.emit({ type: "TicketReplaced", old, number: nextTicketNumber(d), reason });
  return null;
}

type LostTicket = Extract<OfficeCommand, { type: "IssueLostTicket" }>;

/** The vehicle was found: its stay is charged like any other, and its ticket replaced. */
function lostWithStay(d: Deciding, command: LostTicket): Refusal | null {
  const stay = command.stay === undefined ? undefined : d.state.stays.get(command.stay);
  if (!stay || stay.credential.kind !== "ticket") return { type: "stayUnknown", stay: command.stay ?? "" };
  const ticket = ticketFor(d, stay.credential.ticket);
  if (!ticket.ok) return ticket.error;
  const due = dueFor(d.state, ticket.value, d.now);
  if (!due.ok) return due.error;
  const accepted = accept(d, command, due.value.dueMinor);
  if (!accepted.ok) return accepted.error;
  const number = nextTicketNumber(d);
  d.emit({ type: "TicketReplaced", old: ticket.value.number, number, reason: command.reason });
  settle(d, number, "stay", command, accepted.value);
  return null;
}

function lostWithoutStay(d: Deciding, command: LostTicket): Refusal | null {
  const config = present(d.state.config, "configuration");
  const group = command.group ?? config.ticketGroup;
  if (!config.groups.some((g) => g.id === group)) return { type: "groupUnknown", group };
  const accepted = accept(d, command, config.policy.lostTicketFeeMinor);
  if (!accepted.ok) return accepted.error;
  const number = nextTicketNumber(d);
  d.emit({ type: "LostTicketIssued", number, group: group as GroupId, reason: command.reason });
  settle(d, number, "lostTicket", command, accepted.value);
  return null;
}

/** Each chit is paid out once; numbers below the next one that are not open were redeemed before. */
function redeemChit(d: Deciding, till: string, number: number): Refusal | null {
  const shift = d.state.shifts.get(till);
  if (!shift) return { type: "shiftMissing", till };
  const chit = d.state.chits.get(number);
  if (!chit) return { type: number >= 1 && number < d.state.next.chit ? "chitRedeemed" : "chitUnknown", chit: number };
  const refusal = enoughInTill(shift, chit.amountMinor);
  if (refusal) return refusal;
  d.emit({ type: "ChitRedeemed", till, shift: shift.shift, chit: number, amountMinor: chit.amountMinor });
  return null;
}

function refundPayment(d: Deciding, command: Extract<OfficeCommand, { type: "RefundPayment" }>): Refusal | null {
  const { till, payment: number, amountMinor } = command;
  const shift = d.state.shifts.get(till);
  if (!shift) return { type: "shiftMissing", till };
  const payment = d.state.settled.get(number);
  if (!payment) return { type: "paymentUnknown", payment: number };
  const refundableMinor = payment.chargeMinor - payment.refundedMinor;
  if (!Number.isSafeInteger(amountMinor) || amountMinor <= 0 || amountMinor > refundableMinor) {
    return { type: "refundTooHigh", payment: number, refundableMinor };
  }
  const refusal = twoPeople(d, amountMinor, command.secondPerson)
    ?? (command.cardReference === undefined ? enoughInTill(shift, amountMinor) : null);
  if (refusal) return refusal;
  const taxUpTo = (refunded: MinorUnits): MinorUnits => Math.floor((payment.taxMinor * refunded) / payment.chargeMinor);
  d.emit({
    type: "PaymentRefunded", till, shift: shift.shift, payment: number, ticket: payment.ticket, amountMinor,
    taxMinor: taxUpTo(payment.refundedMinor + amountMinor) - taxUpTo(payment.refundedMinor),
    cardReference: command.cardReference ?? null, reason: command.reason, secondPerson: command.secondPerson ?? null,
  });
  return null;
}
