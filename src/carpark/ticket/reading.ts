/** What a reader's bar code means: the stored ticket, or why it cannot be used. */
import type { DeepReadonly } from "../../kernel/readonly.ts";
import type { Instant } from "../../kernel/instant.ts";
import { present } from "../../kernel/assert.ts";
import { type Result, err, ok } from "../../kernel/result.ts";
import { facilityZone } from "../facility/clock.ts";
import type { ReadonlyFacility } from "../facility/state.ts";
import type { StayId } from "../stay/stay.ts";
import { facilityNumberOf, parseTicketNumber, ticketDateText, ticketTimeText } from "./ticket-number.ts";
import type { Claim, Ticket, TicketNumber, TicketRead, VoidReason } from "./ticket.ts";

export type ReadingRefusal =
  | "ticketUnreadable" | "ticketUnknown" | "ticketOfOtherFacility" | "ticketMismatch" | "ticketVoid" | "ticketUsed" | "ticketClaimed";

export type ReadingProblem = { readonly reason: ReadingRefusal; readonly ticket: TicketNumber | null };

/** Void by a belief about the lane that the ticket itself now disproves. */
export const DISPROVED_BY_PRESENTING: readonly VoidReason[] = ["backedOut", "restart", "notPrinted", "notTaken"];

/**
 * A live or paid ticket, or one whose void reason is disproved by its being here. Date and time in the bar code
 * must be those stored (seed 002); otherwise the ticket is damaged and belongs to the office.
 */
export function ticketOfRead(state: ReadonlyFacility, read: TicketRead, now: Instant): Result<DeepReadonly<Ticket>, ReadingProblem> {
  if (!read.readable) return err({ reason: "ticketUnreadable", ticket: null });
  const parsed = parseTicketNumber(read.number);
  if (!parsed.ok) return err({ reason: "ticketUnreadable", ticket: null });
  const number = parsed.value;
  if (facilityNumberOf(number) !== present(state.config, "configuration").number) {
    return err({ reason: "ticketOfOtherFacility", ticket: number });
  }
  const ticket = state.tickets.get(number);
  if (!ticket) return err({ reason: "ticketUnknown", ticket: number });
  const zone = facilityZone(state);
  if (read.date !== ticketDateText(ticket.issuedAt, zone) || read.time !== ticketTimeText(ticket.issuedAt, zone)) {
    return err({ reason: "ticketMismatch", ticket: number });
  }
  return usable(ticket, now);
}

/** Who holds the ticket at an instant; a claim that nothing gave back ends by itself. */
export const claimAt = ({ claim }: DeepReadonly<Ticket>, now: Instant): DeepReadonly<Claim> | null =>
  (claim !== null && now <= claim.until ? claim : null);

/** `stay`: the car park's own id of it; undefined: it stands for no ticket. */
export function ticketOfStay(state: ReadonlyFacility, stay: string): DeepReadonly<Ticket> | undefined {
  // A key of the rights is none of the car park's, and finds nothing.
  const credential = state.stays.get(stay as StayId)?.credential;
  return credential?.kind === "ticket" ? state.tickets.get(credential.ticket) : undefined;
}

export function usable(ticket: DeepReadonly<Ticket>, now: Instant): Result<DeepReadonly<Ticket>, ReadingProblem> {
  if (ticket.state === "used") return err({ reason: "ticketUsed", ticket: ticket.number });
  if (ticket.state === "void") {
    const disproved = ticket.voidReason !== null && DISPROVED_BY_PRESENTING.includes(ticket.voidReason);
    return disproved ? ok(ticket) : err({ reason: "ticketVoid", ticket: ticket.number });
  }
  if (claimAt(ticket, now)) return err({ reason: "ticketClaimed", ticket: ticket.number });
  return ok(ticket);
}
