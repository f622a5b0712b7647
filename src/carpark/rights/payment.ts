/**
 * Money taken by card for a stay of the rights: at the terminal of an exit, or on the phone.
 * What is due is asked of the rights at that moment; more or less than that is refused before it is taken.
 */
import { type Instant, MINUTE } from "../../kernel/instant.ts";
import type { MinorUnits } from "../../kernel/money.ts";
import { type Result, err, ok } from "../../kernel/result.ts";
import { inForce } from "../../rights/policy.ts";
import { dueFor } from "../facility/pricing.ts";
import { markPaid } from "../ticket/settle.ts";
import { dueNow } from "../../rights/desk/exit.ts";
import { openStay } from "../../rights/desk/state.ts";
import type { Deciding } from "../facility/deciding.ts";
import type { Refusal } from "../facility/refusal.ts";
import type { ReadonlyFacility } from "../facility/state.ts";
import { serveAsked } from "../lane/right-exit.ts";
import { isAtStation, payableOfStay } from "../paystation/payable.ts";
import { taxWithin } from "../paystation/settle.ts";
import { decideAt } from "./desk.ts";

export const STAY_PAYMENT_MEANS = ["terminal", "phone"] as const;
export type StayPaymentMeans = (typeof STAY_PAYMENT_MEANS)[number];

/** `reference`: the receipt of the card terminal or payment service; never a card number. */
export type StayPaymentEvent = {
  readonly type: "StayPaymentTaken"; readonly payment: number; readonly stay: string; readonly means: StayPaymentMeans;
  readonly amountMinor: MinorUnits; readonly taxMinor: MinorUnits; readonly reference: string;
};

export type StayPaymentCommand = {
  readonly type: "PayStay"; readonly stay: string; readonly amountMinor: MinorUnits; readonly means: StayPaymentMeans; readonly reference: string;
  /** When the amount was said; it holds for `QUOTE_MS`, however the clock goes on. Left out: now. */
  readonly quotedAt?: Instant;
};

/** The payment service has answered by then. */
export const QUOTE_MS = 2 * MINUTE;

/** Whether money for this stay is on its way at a terminal. */
export const salePending = (state: ReadonlyFacility, stay: string): boolean => [...state.lanes.values()].some(({ sale }) => sale?.stay === stay);

/** What a stay owes at the machine. `leaveBy`: paid, and until when it may leave. */
export type StayDue = { readonly dueMinor: MinorUnits; readonly enteredAt: Instant; readonly leaveBy: Instant | null };

/** `stay`: of the rights, or the car park's own id of a ticket's stay. A stay that an account or a provider pays is unknown here. */
export function dueOfStay(state: ReadonlyFacility, stay: string, at: Instant): Result<StayDue, Refusal> {
  const ticket = ticketOf(state, stay);
  if (ticket) {
    const due = ticket.leaveBy !== null && at <= ticket.leaveBy ? ok({ dueMinor: 0 }) : dueFor(state, ticket, at);
    return due.ok ? ok({ dueMinor: due.value.dueMinor, enteredAt: ticket.issuedAt, leaveBy: ticket.leaveBy }) : due;
  }
  const place = openStay(state.rights, stay);
  if (!place || place.stay.payer !== "machine") return err({ type: "stayUnknown", stay });
  const due = dueNow(state.rights, place, at);
  if (!due.ok) return err({ type: "notPriced", reason: due.error.type });
  const { paidAt, enteredAt } = place.stay;
  return ok({ dueMinor: due.value.dueMinor, enteredAt, leaveBy: paidAt === null ? null : paidAt + inForce(state.rights.policy, at).exitGrace });
}

const ticketOf = (state: ReadonlyFacility, stay: string) => {
  const credential = [...state.stays.values()].find(({ id }) => id === stay)?.credential;
  return credential?.kind === "ticket" ? state.tickets.get(credential.ticket) : undefined;
};

export function payStay(d: Deciding, { stay, amountMinor, means, reference, quotedAt }: StayPaymentCommand): Refusal | null {
  if (salePending(d.state, stay) || isAtStation(d.state, payableOfStay(stay))) return { type: "nothingToDo", what: "PayStay" };
  const ticket = ticketOf(d.state, stay);
  if (ticket?.claim) return { type: "ticketClaimed", ticket: ticket.number, by: ticket.claim.by.id };
  const due = dueOfStay(d.state, stay, quotedAt !== undefined && quotedAt <= d.now && d.now - quotedAt <= QUOTE_MS ? quotedAt : d.now);
  if (!due.ok) return due.error;
  const { dueMinor } = due.value;
  if (dueMinor === 0) return { type: "nothingToDo", what: "PayStay" };
  if (amountMinor < dueMinor) return { type: "amountTooSmall", dueMinor, givenMinor: amountMinor };
  if (amountMinor > dueMinor) return { type: "amountTooLarge", dueMinor, givenMinor: amountMinor };
  takeStayPayment(d, { stay, amountMinor, means, reference });
  return null;
}

/** Money that is ours: booked, whatever has become of the stay; paid for it while it is open. */
export function takeStayPayment(d: Deciding, { stay, amountMinor, means, reference }: Omit<StayPaymentCommand, "type" | "quotedAt">): void {
  d.emit({ type: "StayPaymentTaken", payment: d.state.next.payment, stay, means, amountMinor, taxMinor: taxWithin(d, amountMinor), reference });
  const ticket = ticketOf(d.state, stay);
  if (ticket) markPaid(d, ticket.number, amountMinor, reference);
  const place = openStay(d.state.rights, stay);
  if (!place) return;
  decideAt(d, { type: "Pay", credential: { ref: place.stay.credential, kind: place.stay.kind }, amountMinor });
  serveAsked(d, stay);
}
