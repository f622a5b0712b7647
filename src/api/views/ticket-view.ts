/** A ticket as staff see it. */
import { facilityZone } from "../../carpark/facility/clock.ts";
import type { Due } from "../../carpark/facility/pricing.ts";
import type { ReadonlyFacility } from "../../carpark/facility/state.ts";
import { ticketDateText, ticketTimeText } from "../../carpark/ticket/ticket-number.ts";
import type { Ticket } from "../../carpark/ticket/ticket.ts";
import type { DeepReadonly } from "../../kernel/readonly.ts";
import type { DueView, TicketView } from "../contract/ticket.ts";

export const dueView = (due: DeepReadonly<Due>): DueView => ({ ...due, lines: due.lines.map((line) => ({ ...line })) });

export function ticketView(state: ReadonlyFacility, ticket: DeepReadonly<Ticket>): TicketView {
  const zone = facilityZone(state);
  return {
    number: ticket.number, state: ticket.state, issuedAt: ticket.issuedAt,
    printed: { date: ticketDateText(ticket.issuedAt, zone), time: ticketTimeText(ticket.issuedAt, zone) },
    machine: ticket.machine.kind === "lane" ? ticket.machine.lane : "office", group: ticket.group, stay: ticket.stay,
    paidMinor: ticket.paidMinor, paidAt: ticket.paidAt, leaveBy: ticket.leaveBy, voidReason: ticket.voidReason, replaces: ticket.replaces,
    claim: ticket.claim && { kind: ticket.claim.by.kind, id: ticket.claim.by.id, until: ticket.claim.until }, endedAt: ticket.endedAt,
  };
}
