/** Settling a ticket: paid until the grace is over; proved when it turns up although it was void. */
import { assert, present } from "../../kernel/assert.ts";
import type { MinorUnits } from "../../kernel/money.ts";
import type { Deciding } from "../facility/deciding.ts";
import { openStay } from "../stay/open-close.ts";
import type { TicketNumber } from "./ticket.ts";

/** What was due is settled by `payment`; from now on the driver has the exit grace, inclusive. */
export function markPaid(d: Deciding, number: TicketNumber, amountMinor: MinorUnits, payment: string): void {
  assert(amountMinor >= 0, "a payment is not negative");
  const graceMs = present(d.state.config, "configuration").policy.exitGraceMs;
  d.emit({ type: "TicketPaid", number, amountMinor, leaveBy: d.now + graceMs, payment });
}

/**
 * A ticket presented inside or at the exit although its car was taken to have backed out proves the entry:
 * its stay opens from its ticket time, flagged. A ticket that is live already but whose car is still
 * taken to be at the entry is proved the same way.
 */
export function proveEntry(d: Deciding, number: TicketNumber): void {
  const ticket = present(d.state.tickets.get(number), `ticket ${number}`);
  if (ticket.state === "void") d.emit({ type: "TicketRevived", number });
  if (ticket.stay !== null) return;
  openStay(d, {
    credential: { kind: "ticket", ticket: number }, basis: "shortTerm", group: ticket.group, enteredAt: ticket.issuedAt,
    lane: ticket.machine.kind === "lane" ? ticket.machine.lane : null, flags: ["enteredAgainstVoid"], plate: null,
  });
}
