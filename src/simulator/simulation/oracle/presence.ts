/**
 * Presence and tickets, counted again from the events alone (A1, A2, A7, A8, A13, C4, ticket totals). After a
 * restart the counts are taken from the journal's events, because what was lost was never acknowledged.
 */
import type { FacilityConfig, GroupId, LaneId } from "../../../carpark/facility/config.ts";
import type { Recorded } from "../../../carpark/facility/event.ts";
import type { ReadonlyFacility } from "../../../carpark/facility/state.ts";
import type { Oracle, Report, Step } from "./oracle.ts";

type Count = {
  stays: Map<string, { group: GroupId; enteredAt: number }>;
  closed: Set<string>;
  tickets: Map<string, "live" | "paid" | "used" | "void">;
  stayOfTicket: Map<string, string>;
};

const empty = (): Count => ({ stays: new Map(), closed: new Set(), tickets: new Map(), stayOfTicket: new Map() });

/** `journal` gives every durable event so far, for the recount after a restart. */
export function presenceOracle(config: FacilityConfig, report: Report, journal: () => readonly Recorded[]): Oracle {
  let count = empty();
  return {
    afterStep(step) {
      for (const event of step.events) fold(count, event, report);
      if (step.events.length > 0) compare(config, count, step.core.state, report);
      checkBackOut(step, report);
    },
    onRestart(durable) {
      count = empty();
      for (const event of journal()) fold(count, event, report);
      compare(config, count, durable, report);
    },
  };
}

function fold(count: Count, event: Recorded, report: Report): void {
  switch (event.type) {
    case "StayOpened":
      if (count.stays.has(event.stay) || count.closed.has(event.stay)) report("A7", `stay ${event.stay} opened twice`);
      count.stays.set(event.stay, { group: event.group, enteredAt: event.enteredAt });
      if (event.credential.kind === "ticket") {
        const before = count.stayOfTicket.get(event.credential.ticket);
        if (before !== undefined) report("C4", `ticket ${event.credential.ticket} opened ${before} and ${event.stay}`);
        count.stayOfTicket.set(event.credential.ticket, event.stay);
      }
      return;
    case "StayClosed": {
      const stay = count.stays.get(event.stay);
      if (!stay) report("A2", `stay ${event.stay} closed and not open`);
      else if (event.exitedAt < stay.enteredAt) report("A7", `stay ${event.stay} left before it came`);
      count.stays.delete(event.stay);
      count.closed.add(event.stay);
      return;
    }
    case "StayGroupChanged": {
      const stay = count.stays.get(event.stay);
      if (stay?.group !== event.from) report("A8", `stay ${event.stay} leaves ${event.from} and was in ${stay?.group}`);
      if (stay) stay.group = event.group;
      return;
    }
    case "TicketOrdered":
    case "LostTicketIssued":
      issue(count, event.number, event.type === "TicketOrdered" ? "live" : "paid", report);
      return;
    case "TicketReplaced":
      issue(count, event.number, count.tickets.get(event.old) ?? "live", report);
      count.tickets.set(event.old, "void");
      return;
    case "TicketPaid": count.tickets.set(event.number, "paid"); return;
    case "TicketRevived": count.tickets.set(event.number, "live"); return;
    case "TicketUsed":
      if (count.tickets.get(event.number) === "used") report("C4", `ticket ${event.number} left twice`);
      count.tickets.set(event.number, "used");
      return;
    case "TicketVoided": count.tickets.set(event.number, "void"); return;
    default: return;
  }
}

function issue(count: Count, number: string, state: "live" | "paid" | "used" | "void", report: Report): void {
  if (count.tickets.has(number)) report("C4", `ticket number ${number} issued twice`);
  count.tickets.set(number, state);
}

function compare(config: FacilityConfig, count: Count, state: ReadonlyFacility, report: Report): void {
  for (const group of config.groups) {
    const mine = [...count.stays.values()].filter((stay) => stay.group === group.id).length;
    const theirs = state.staysByGroup.get(group.id)?.size ?? 0;
    if (mine !== theirs) report("A1", `group ${group.id}: ${theirs} counted, ${mine} stays open`);
  }
  if (state.stays.size !== count.stays.size) report("A8", `${state.stays.size} stays in state, ${count.stays.size} open by events`);
  const totals = { issued: count.tickets.size, live: 0, paid: 0, used: 0, void: 0 };
  for (const ticket of count.tickets.values()) totals[ticket]++;
  for (const key of ["issued", "live", "paid", "used", "void"] as const) {
    if (totals[key] !== state.ticketTotals[key]) report("tickets", `${key}: ${state.ticketTotals[key]} kept, ${totals[key]} by events`);
  }
}

/** A car that backed out changes no count: its movement ends without a stay opening or closing at that lane. */
function checkBackOut(step: Step, report: Report): void {
  for (const event of step.events) {
    if (event.type !== "MovementEnded" || (event.how !== "backedOut" && event.how !== "left")) continue;
    const lane: LaneId = event.lane;
    const at = step.events.indexOf(event);
    const changed = step.events.slice(0, at).some((e) => (e.type === "StayOpened" || e.type === "StayClosed") && e.lane === lane);
    if (changed && !step.events.slice(0, at).some((e) => e.type === "MovementEnded" && e.lane === lane && e.how === "passed")) {
      report("A13", `lane ${lane}: movement ${event.movement} ${event.how} and a stay changed`);
    }
  }
}
