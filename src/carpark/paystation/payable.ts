/**
 * What a pay station takes money for: a ticket, or a stay that its driver named by plate. Such a stay has a key in the
 * place of a ticket number; no ticket is in the slot, none is printed on and none comes out.
 */
import { present } from "../../kernel/assert.ts";
import type { Instant } from "../../kernel/instant.ts";
import type { MinorUnits } from "../../kernel/money.ts";
import type { DeepReadonly } from "../../kernel/readonly.ts";
import { openStay } from "../../rights/desk/state.ts";
import type { Deciding } from "../facility/deciding.ts";
import type { ReadonlyFacility } from "../facility/state.ts";
import { serveAsked } from "../lane/right-exit.ts";
import { decideAt } from "../rights/desk.ts";
import type { TicketNumber } from "../ticket/ticket.ts";
import { openPaymentOf, type PayStation } from "./paystation.ts";

const PREFIX = "stay:";

/** The parser of these keys: ticket numbers are digits alone. */
export const payableOfStay = (stay: string): TicketNumber => `${PREFIX}${stay}` as TicketNumber;
/** The stay of the rights behind a key; null: a ticket. */
export const stayOfPayable = (payable: TicketNumber): string | null => (payable.startsWith(PREFIX) ? payable.slice(PREFIX.length) : null);

export const stayStands = (state: ReadonlyFacility, stay: string): boolean => state.rights.accountOfOpen.has(stay);

export const paidOfStay = (state: ReadonlyFacility, stay: string): MinorUnits | null => openStay(state.rights, stay)?.stay.paidMinor ?? null;

/** The station has it open, or waits for a card terminal about it. */
export function isAtStation({ phase, operations }: DeepReadonly<PayStation>, payable: TicketNumber): boolean {
  return openPaymentOf(phase)?.ticket === payable || [...operations.values()].some(({ kind, ticket }) => kind === "sale" && ticket === payable);
}

/** Paid; until when it may leave. Whoever stands at an exit with it already is let out. */
export function markStayPaid(d: Deciding, stay: string, amountMinor: MinorUnits): Instant {
  const { stay: open } = present(openStay(d.state.rights, stay), `stay ${stay} of the rights`);
  decideAt(d, { type: "Pay", credential: { ref: open.credential, kind: open.kind }, amountMinor });
  serveAsked(d, stay);
  return d.now + present(d.state.config, "configuration").policy.exitGraceMs;
}
