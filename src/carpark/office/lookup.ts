/** Finding a ticket at the office: by number (or what is still legible of it), entry time or issuing machine. */
import type { DeepReadonly } from "../../kernel/readonly.ts";
import type { Instant } from "../../kernel/instant.ts";
import type { ReadonlyFacility } from "../facility/state.ts";
import type { Ticket, TicketState } from "../ticket/ticket.ts";

/** Every given part must hold. `machine`: a lane's id, or "office". Times are inclusive. */
export type TicketSearch = {
  readonly number?: string;
  readonly from?: Instant;
  readonly to?: Instant;
  readonly machine?: string;
  readonly state?: TicketState;
};

/** More than a person reads; a narrower search finds the rest. */
export const FOUND_MAX = 50;

export type TicketsFound = { readonly tickets: readonly DeepReadonly<Ticket>[]; readonly more: boolean };

/** Tickets the facility still knows (open ones, and ended ones for some days), newest entry first. */
export function ticketsFound(state: ReadonlyFacility, search: TicketSearch): TicketsFound {
  const digits = search.number?.replace(/[\s-]/g, "") ?? "";
  const found = [...state.tickets.values()]
    .filter((ticket) => ticket.number.includes(digits)
      && (search.from === undefined || ticket.issuedAt >= search.from)
      && (search.to === undefined || ticket.issuedAt <= search.to)
      && (search.machine === undefined || machineOf(ticket) === search.machine)
      && (search.state === undefined || ticket.state === search.state))
    .sort((a, b) => b.issuedAt - a.issuedAt || (a.number < b.number ? 1 : -1));
  return { tickets: found.slice(0, FOUND_MAX), more: found.length > FOUND_MAX };
}

const machineOf = (ticket: DeepReadonly<Ticket>): string => (ticket.machine.kind === "lane" ? ticket.machine.lane : "office");
