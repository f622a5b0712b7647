/** What staff do to a ticket outside the till: give more time, make it void. Reason and actor always. */
import { MINUTE } from "../../kernel/instant.ts";
import type { Deciding } from "../facility/deciding.ts";
import type { Refusal } from "../facility/refusal.ts";
import { claimAt } from "./reading.ts";
import type { TicketNumber } from "./ticket.ts";

/** More than an hour of grace is a new stay and belongs to the till. */
export const GRACE_MINUTES_MAX = 60;

export function extendGrace(d: Deciding, number: TicketNumber, minutes: number, reason: string): Refusal | null {
  const ticket = d.state.tickets.get(number);
  if (!ticket) return { type: "ticketUnknown", ticket: number };
  if (ticket.state !== "paid") return { type: "ticketState", ticket: number, state: ticket.state };
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > GRACE_MINUTES_MAX) {
    return { type: "timeImpossible", why: "graceMinutes" };
  }
  d.emit({ type: "GraceExtended", number, leaveBy: d.now + minutes * MINUTE, reason });
  return null;
}

/** Only a ticket nobody is inside with; a car inside gets a replacement instead. */
export function voidTicket(d: Deciding, number: TicketNumber): Refusal | null {
  const ticket = d.state.tickets.get(number);
  if (!ticket) return { type: "ticketUnknown", ticket: number };
  const inUse = ticket.stay !== null && d.state.stays.has(ticket.stay);
  if (ticket.state === "used" || ticket.state === "void" || inUse) {
    return { type: "ticketState", ticket: number, state: ticket.state };
  }
  const claim = claimAt(ticket, d.now);
  if (claim) return { type: "ticketClaimed", ticket: number, by: claim.by.id };
  d.emit({ type: "TicketVoided", number, reason: "staff" });
  return null;
}
