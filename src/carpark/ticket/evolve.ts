/** Folds ticket events. The totals are moved with each change of state, so issued = live + paid + used + void. */
import { present } from "../../kernel/assert.ts";
import type { Recorded } from "../facility/event.ts";
import { type Facility, LIVE_STATES } from "../facility/state.ts";
import type { IssuingMachine, Ticket, TicketEvent, TicketNumber, TicketState } from "./ticket.ts";
import type { GroupId } from "../facility/config.ts";
import type { Instant } from "../../kernel/instant.ts";

const totalOf = (state: TicketState): "live" | "paid" | "used" | "void" =>
  state === "paid" || state === "used" || state === "void" ? state : "live";

function issue(
  f: Facility, number: TicketNumber, at: Instant, machine: IssuingMachine, group: GroupId, state: TicketState,
  replaces: TicketNumber | null,
): Ticket {
  const ticket: Ticket = {
    number, issuedAt: at, machine, group, state, stay: null, paidMinor: 0, paidAt: null, leaveBy: null,
    voidReason: null, replaces, claim: null, endedAt: null,
  };
  f.tickets.set(number, ticket);
  f.next.ticket++;
  f.ticketTotals.issued++;
  f.ticketTotals[totalOf(state)]++;
  return ticket;
}

export function setTicketState(f: Facility, ticket: Ticket, state: TicketState): void {
  f.ticketTotals[totalOf(ticket.state)]--;
  f.ticketTotals[totalOf(state)]++;
  ticket.state = state;
}

export function evolveTicket(f: Facility, e: Recorded<TicketEvent>): void {
  if (e.type === "TicketOrdered") {
    issue(f, e.number, e.at, { kind: "lane", lane: e.lane }, e.group, "ordered", null);
    movementOf(f, e.lane).phase = { step: "printing", ticket: e.number, group: e.group, until: e.until };
    f.waiting = f.waiting.filter((place) => place.lane !== e.lane);
    return;
  }
  if (e.type === "LostTicketIssued") {
    issue(f, e.number, e.at, { kind: "office" }, e.group, "live", null);
    return;
  }
  if (e.type === "TicketReplaced") {
    replace(f, e.old, e.number, e.at);
    return;
  }
  const ticket = present(f.tickets.get(e.number), `ticket ${e.number}`);
  switch (e.type) {
    case "TicketPrinted":
      setTicketState(f, ticket, "printed");
      movementOf(f, e.lane).phase = { step: "offering", ticket: e.number, group: ticket.group, until: e.until };
      return;
    case "TicketRecalled": {
      const movement = f.lanes.get(e.lane)?.movement;
      if (movement?.phase.step === "offering" && movement.phase.ticket === e.number) {
        movement.phase = { step: "retracting", ticket: e.number, group: ticket.group, until: e.until };
      }
      return;
    }
    case "TicketTaken":
      setTicketState(f, ticket, "taken");
      movementOf(f, e.lane).phase = {
        step: "opening", pass: { by: "ticket", ticket: e.number, group: ticket.group }, since: e.at,
      };
      return;
    case "TicketRevived":
      ticket.voidReason = null;
      ticket.endedAt = null;
      setTicketState(f, ticket, "live");
      return;
    case "TicketVoided": {
      setTicketState(f, ticket, "void");
      ticket.voidReason = e.reason;
      ticket.endedAt = e.at;
      ticket.claim = null;
      freeLane(f, e.number);
      return;
    }
    case "TicketClaimed":
      ticket.claim = e.claim;
      return;
    case "TicketUnclaimed":
      ticket.claim = null;
      return;
    case "TicketPaid":
      setTicketState(f, ticket, "paid");
      ticket.paidMinor += e.amountMinor;
      ticket.paidAt = e.at;
      ticket.leaveBy = e.leaveBy;
      return;
    case "GraceExtended":
      ticket.leaveBy = e.leaveBy;
      return;
    case "TicketUsed":
      setTicketState(f, ticket, "used");
      ticket.endedAt = e.at;
      ticket.claim = null;
      return;
  }
}

/** The new ticket stands for the same stay with the same payments; the old number is void. */
function replace(f: Facility, oldNumber: TicketNumber, number: TicketNumber, at: Instant): void {
  const old = present(f.tickets.get(oldNumber), `ticket ${oldNumber}`);
  const ticket = issue(f, number, old.issuedAt, { kind: "office" }, old.group, old.state, oldNumber);
  ticket.stay = old.stay;
  ticket.paidMinor = old.paidMinor;
  ticket.paidAt = old.paidAt;
  ticket.leaveBy = old.leaveBy;
  const stay = old.stay === null ? undefined : f.stays.get(old.stay);
  if (stay) stay.credential = { kind: "ticket", ticket: number };
  setTicketState(f, old, "void");
  old.voidReason = "replaced";
  old.endedAt = at;
  old.claim = null;
}

const movementOf = (f: Facility, lane: string) => present(f.lanes.get(lane as never)?.movement, `movement at lane ${lane}`);

/** A void ticket no longer holds its lane: the car there may begin anew. */
function freeLane(f: Facility, number: TicketNumber): void {
  for (const lane of f.lanes.values()) {
    const phase = lane.movement?.phase;
    if (!lane.movement || !phase || !("ticket" in phase) || phase.ticket !== number) continue;
    if (phase.step === "printing" || phase.step === "offering" || phase.step === "retracting" || phase.step === "ticketInMouth") {
      lane.movement.phase = { step: "approached" };
    }
  }
}

export const isLive = (ticket: Ticket): boolean => LIVE_STATES.includes(ticket.state);
