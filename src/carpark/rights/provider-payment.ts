/**
 * A provider's app has collected for a stay, and tells us.
 *
 *   our quote stands, same amount -> paid, the driver has the exit grace      told again -> known, nothing happens
 *   quote over, paid otherwise, somebody else collects, car gone -> refused: the provider gives the money back
 *   a stay that the provider pays by its right -> booked, also after the exit
 *
 * The news may be late: the exchange took the payment in time and could not reach us. Then the moment of collection counts, as
 * long as nobody else has been paid since.
 */
import { DAY, type DurationMs, type Instant, SECOND } from "../../kernel/instant.ts";
import type { MinorUnits } from "../../kernel/money.ts";
import type { Rights, Stay } from "../../rights/desk/state.ts";
import { openStay } from "../../rights/desk/state.ts";
import { heldByOther, type OutsideClaimant } from "../claim/claim.ts";
import type { Deciding } from "../facility/deciding.ts";
import type { Refusal } from "../facility/refusal.ts";
import type { Facility, ReadonlyFacility } from "../facility/state.ts";
import { ticketOfStay } from "../ticket/reading.ts";
import { amountProblem, takeStayPayment } from "./payment.ts";

/** Apps ask through the exchange; from here they look like one. */
export const THROUGH_EXCHANGE: OutsideClaimant = { kind: "app", id: "exchange" };
/** A payment is known again for so long: longer than an exchange tries to tell it (14 days offline), and than a month's reconciliation. */
export const PROVIDER_PAYMENT_KEPT_MS: DurationMs = 45 * DAY;
/** News of a payment older than this finds a driver who has long been let out otherwise. */
export const NEWS_LATE_MS_MAX: DurationMs = DAY;

/** A provider's clock may be behind ours by so much. Less than `TELLING_MS`: a claim ends so long after its quote, and the next quote begins after that. */
const CLOCKS_APART_MS: DurationMs = 20 * SECOND;

export type ProviderPayment = { readonly stay: string; readonly provider: string; readonly amountMinor: MinorUnits; readonly at: Instant; readonly collectedAt: Instant };

export type ProviderPaymentCommand = {
  readonly type: "TakeProviderPayment"; readonly stay: string; readonly provider: string; readonly amountMinor: MinorUnits;
  /** The provider's transaction. */
  readonly reference: string; readonly collectedAt: Instant;
};

/** Transactions are the provider's own numbers: the same one for two stays are two payments. */
const keyOf = ({ stay, reference }: { readonly stay: string; readonly reference: string }): string => `${stay} ${reference}`;

export const providerPayment = (state: ReadonlyFacility, stay: string, reference: string): ProviderPayment | undefined =>
  state.providerPayments.get(keyOf({ stay, reference }));

/** Oldest first. */
export const providerPaymentsOf = (state: ReadonlyFacility, stay: string): readonly (ProviderPayment & { readonly reference: string })[] =>
  [...state.providerPayments].flatMap(([key, payment]) => (payment.stay === stay ? [{ ...payment, reference: key.slice(stay.length + 1) }] : []));

export function takeProviderPayment(d: Deciding, command: ProviderPaymentCommand): Refusal | null {
  const { stay, amountMinor } = command;
  const known = providerPayment(d.state, stay, command.reference);
  if (known) return { type: "paymentKnown", stay, same: known.amountMinor === amountMinor };
  const byRight = stayOfProvider(d.state.rights, stay);
  if (byRight) {
    if (amountMinor <= 0) return { type: "amountTooSmall", dueMinor: 1, givenMinor: amountMinor };
    take(d, { ...command, provider: providerOf(byRight) ?? command.provider });
    return null;
  }
  const refusal = notOwed(d, command);
  if (refusal) return refusal;
  take(d, command);
  return null;
}

const take = (d: Deciding, { stay, provider, amountMinor, reference, collectedAt }: ProviderPaymentCommand): void =>
  takeStayPayment(d, { stay, provider, amountMinor, reference, means: "provider", collectedAt });

/** Why what was collected is not owed by this stay. */
function notOwed(d: Deciding, { stay, amountMinor, collectedAt }: ProviderPaymentCommand): Refusal | null {
  const ticket = ticketOfStay(d.state, stay);
  const place = openStay(d.state.rights, stay);
  if (!ticket && place?.stay.payer !== "machine") return { type: "stayUnknown", stay };
  const other = heldByOther(d.state, stay, THROUGH_EXCHANGE, d.now);
  if (other) return other;
  const claim = d.state.claims.get(stay);
  const quote = claim?.by.kind === "app" ? claim.quote : null;
  const paidAt = ticket ? ticket.paidAt : place?.stay.paidAt ?? null;
  if (paidAt !== null && (quote === null || paidAt >= quote.at)) return { type: "paidOtherwise", stay, paidAt };
  // What was collected for an earlier quote is not paid for this one, though the amount be the same.
  const inTime = quote !== null && collectedAt >= quote.at - CLOCKS_APART_MS && collectedAt <= Math.min(quote.validUntil, d.now)
    && d.now - quote.at <= NEWS_LATE_MS_MAX;
  return inTime ? amountProblem(quote.amountMinor, amountMinor) : { type: "amountExpired", stay };
}

/** Open or over: its payer was settled at its entry. */
function stayOfProvider(rights: Rights, id: string): Stay | null {
  const known = openStay(rights, id)?.stay ?? rights.goneVisitors.get(id) ?? [...rights.accounts.values()].map(({ stays }) => stays.get(id)).find(Boolean);
  return known?.payer === "provider" ? known : null;
}

const providerOf = (stay: Stay): string | null => stay.granted.find(({ kind }) => kind === "external")?.provider ?? null;

/** For `evolve`. */
export function rememberProviderPayment(f: Facility, { stay, reference, provider, amountMinor, at, collectedAt }: ProviderPayment & { readonly reference: string }): void {
  f.providerPayments.set(keyOf({ stay, reference }), { stay, provider, amountMinor, at, collectedAt });
}

/** For `evolve`, at the end of a period. */
export function forgetProviderPayments(f: Facility, now: Instant): void {
  for (const [key, { at }] of f.providerPayments) if (at + PROVIDER_PAYMENT_KEPT_MS < now) f.providerPayments.delete(key);
}
