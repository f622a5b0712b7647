/**
 * Money taken outside the pay stations for a stay: by card at the terminal of an exit, on the phone, or by a provider's app.
 * What is due is asked of the rights at that moment, or was said and still stands; more or less than that is refused.
 *
 *   by card or phone   the money is ours by then: booked against the card company
 *   by a provider      it collected, and owes us: booked against the provider (rights/provider-payment.ts)
 */
import type { Instant } from "../../kernel/instant.ts";
import type { MinorUnits } from "../../kernel/money.ts";
import { type Result, err, ok } from "../../kernel/result.ts";
import { inForce } from "../../rights/policy.ts";
import { heldByOther, QUOTE_MS } from "../claim/claim.ts";
import { dueFor } from "../facility/pricing.ts";
import { markPaid } from "../ticket/settle.ts";
import { dueNow } from "../../rights/desk/exit.ts";
import { openStay } from "../../rights/desk/state.ts";
import type { Deciding } from "../facility/deciding.ts";
import type { Refusal } from "../facility/refusal.ts";
import type { ReadonlyFacility } from "../facility/state.ts";
import { serveAsked } from "../lane/right-exit.ts";
import { taxWithin } from "../paystation/settle.ts";
import { ticketOfStay } from "../ticket/reading.ts";
import type { TicketNumber } from "../ticket/ticket.ts";
import { decideAt } from "./desk.ts";

export const CARD_PAYMENT_MEANS = ["terminal", "phone"] as const;
type CardPaymentMeans = (typeof CARD_PAYMENT_MEANS)[number];

/**
 * `reference`: the receipt of the card terminal or payment service, or the provider's transaction; never a card number.
 * `ticket`: of a ticket's stay; absent in journals from before providers paid.
 */
export type StayPaymentEvent = {
  readonly type: "StayPaymentTaken"; readonly payment: number; readonly stay: string; readonly amountMinor: MinorUnits; readonly taxMinor: MinorUnits;
  readonly reference: string; readonly ticket?: TicketNumber | null;
} & ({ readonly means: CardPaymentMeans } | ProviderMeans);
/** `collectedAt`: when its app took the money, as the provider says. */
type ProviderMeans = { readonly means: "provider"; readonly provider: string; readonly collectedAt: Instant };

export type StayPaymentCommand = {
  readonly type: "PayStay"; readonly stay: string; readonly amountMinor: MinorUnits; readonly means: CardPaymentMeans; readonly reference: string;
  /** When the amount was said; it holds for `QUOTE_MS`, however the clock goes on. Left out: now. */
  readonly quotedAt?: Instant;
  /** The phone that has claimed the stay. */
  readonly claimant?: string;
};

/** What a stay owes at the machine. `leaveBy`: paid, and until when it may leave. */
export type StayDue = { readonly dueMinor: MinorUnits; readonly enteredAt: Instant; readonly leaveBy: Instant | null };

/** `stay`: of the rights, or the car park's own id of a ticket's stay. A stay that an account or a provider pays is unknown here. */
export function dueOfStay(state: ReadonlyFacility, stay: string, at: Instant): Result<StayDue, Refusal> {
  const ticket = ticketOfStay(state, stay);
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

export function payStay(d: Deciding, { stay, amountMinor, means, reference, quotedAt, claimant }: StayPaymentCommand): Refusal | null {
  const other = heldByOther(d.state, stay, claimant === undefined ? null : { kind: "phone", id: claimant }, d.now);
  if (other) return other;
  const due = dueOfStay(d.state, stay, quotedAt !== undefined && quotedAt <= d.now && d.now - quotedAt <= QUOTE_MS ? quotedAt : d.now);
  if (!due.ok) return due.error;
  const { dueMinor } = due.value;
  if (dueMinor === 0) return { type: "nothingToDo", what: "PayStay" };
  const wrong = amountProblem(dueMinor, amountMinor);
  if (wrong) return wrong;
  takeStayPayment(d, { stay, amountMinor, means, reference });
  return null;
}

export function amountProblem(dueMinor: MinorUnits, givenMinor: MinorUnits): Refusal | null {
  if (givenMinor < dueMinor) return { type: "amountTooSmall", dueMinor, givenMinor };
  return givenMinor > dueMinor ? { type: "amountTooLarge", dueMinor, givenMinor } : null;
}

type Taken = { readonly stay: string; readonly amountMinor: MinorUnits; readonly reference: string } & ({ readonly means: CardPaymentMeans } | ProviderMeans);

/** Money that is ours, or is owed us by a provider: booked, whatever has become of the stay; paid for it while it is open. */
export function takeStayPayment(d: Deciding, taken: Taken): void {
  const { stay, amountMinor, reference } = taken;
  const ticket = ticketOfStay(d.state, stay);
  d.emit({
    type: "StayPaymentTaken", payment: d.state.next.payment, ...taken, taxMinor: taxWithin(d, amountMinor), ticket: ticket?.number ?? null,
  });
  if (ticket) {
    markPaid(d, ticket.number, amountMinor, reference);
    if (ticket.claim?.by.kind === "app") d.emit({ type: "TicketUnclaimed", number: ticket.number, lane: null });
  }
  const place = openStay(d.state.rights, stay);
  if (!place || place.stay.payer !== "machine") return;
  decideAt(d, { type: "Pay", credential: { ref: place.stay.credential, kind: place.stay.kind }, amountMinor });
  serveAsked(d, stay);
}
