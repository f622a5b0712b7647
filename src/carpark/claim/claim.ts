/**
 * Who is about to settle a stay. One settlement at a time:
 *
 *   free --ticket or plate at a station, card at an exit, phone, question of an app--> claimed --paid--> free
 *                                                            \--cancelled, backed out, or `until` is over--> free
 *
 * Promise: while somebody holds a claim, nobody else is told to take money for that stay. A pay station and an exit's terminal
 * hold it by what they are doing (the ticket's claim, an open payment, a sale under way); a phone and a provider, whose money
 * moves outside the car park, by a claim of their own in the stream. The table is docs/machines/claim.md.
 */
import { type DurationMs, type Instant, MINUTE, SECOND } from "../../kernel/instant.ts";
import type { MinorUnits } from "../../kernel/money.ts";
import type { DeepReadonly } from "../../kernel/readonly.ts";
import type { Recorded } from "../facility/event.ts";
import type { Refusal } from "../facility/refusal.ts";
import type { Facility, ReadonlyFacility } from "../facility/state.ts";
import { isAtStation, payableOfStay } from "../paystation/payable.ts";
import { claimAt, ticketOfStay } from "../ticket/reading.ts";
import type { Claim } from "../ticket/ticket.ts";

/** On the phone: the payment service has answered by then. */
export const QUOTE_MS: DurationMs = 2 * MINUTE;
/** An app's driver reads the amount, agrees, and the bank answers. */
export const PROVIDER_QUOTE_MS: DurationMs = 3 * MINUTE;
/** A payment in the quote's last second has to get here: the exchange tries after 1, 2, 5 and 10 seconds. */
export const TELLING_MS: DurationMs = 30 * SECOND;

/** `phone`: our own pay page. `app`: a provider, through the exchange; which one is known when it has paid. */
export type OutsideClaimant = { readonly kind: "phone" | "app"; readonly id: string };
export type Claimant = Claim["by"] | OutsideClaimant;

/** What was said to be due, and until when that stands. */
export type Quote = { readonly amountMinor: MinorUnits; readonly at: Instant; readonly validUntil: Instant };
export type StayClaim = { readonly by: OutsideClaimant; readonly quote: Quote; readonly until: Instant };

/** `stay`: of the rights, or the car park's own id of a ticket's stay. */
export type ClaimEvent =
  | { readonly type: "StayClaimed"; readonly stay: string; readonly claim: StayClaim }
  | { readonly type: "StayUnclaimed"; readonly stay: string; readonly claimant: OutsideClaimant; readonly why: "cancelled" | "notTaken" };

export type ClaimCommand =
  | { readonly type: "ClaimStay"; readonly stay: string; readonly by: OutsideClaimant }
  | { readonly type: "ReleaseStay"; readonly stay: string; readonly by: OutsideClaimant; readonly why: "cancelled" | "notTaken" };

export const isSame = (a: Claimant, b: Claimant): boolean => a.kind === b.kind && a.id === b.id;

/** Who settles this stay at an instant; null: nobody. */
export function claimantOf(state: ReadonlyFacility, stay: string, now: Instant): Claimant | null {
  const claim = state.claims.get(stay);
  if (claim && now <= claim.until) return claim.by;
  const ticket = ticketOfStay(state, stay);
  const held = ticket ? claimAt(ticket, now) : null;
  if (held) return held.by;
  for (const { id, sale } of state.lanes.values()) if (sale?.stay === stay) return { kind: "lane", id };
  const payable = ticket?.number ?? payableOfStay(stay);
  const station = [...state.stations.values()].find((one) => isAtStation(one, payable));
  return station ? { kind: "payStation", id: station.id } : null;
}

/** Refusal: somebody else is at it. */
export function heldByOther(state: ReadonlyFacility, stay: string, by: Claimant | null, now: Instant): Refusal | null {
  const holder = claimantOf(state, stay, now);
  return holder === null || (by !== null && isSame(holder, by)) ? null : { type: "stayClaimed", stay, by: holder };
}

/** What this claimant was told and may still pay. */
export function quoteOf(state: ReadonlyFacility, stay: string, by: OutsideClaimant, now: Instant): DeepReadonly<Quote> | null {
  const claim = state.claims.get(stay);
  return claim && isSame(claim.by, by) && now <= claim.quote.validUntil ? claim.quote : null;
}

/** Paid, or its car has left. A ticket's own events free the ticket. */
export function forgetClaim(f: Facility, stay: string): void {
  f.claims.delete(stay);
}

export function evolveClaim(f: Facility, e: Recorded<ClaimEvent>): void {
  const ticket = ticketOfStay(f, e.stay);
  const kept = ticket ? f.tickets.get(ticket.number) : undefined;
  switch (e.type) {
    case "StayClaimed":
      f.claims.set(e.stay, e.claim);
      // The ticket says so too: machines look at what is in their slot.
      if (kept) kept.claim = { by: { kind: "app", id: e.claim.by.id }, until: e.claim.until };
      return;
    case "StayUnclaimed":
      f.claims.delete(e.stay);
      if (kept?.claim?.by.kind === "app") kept.claim = null;
      return;
  }
}
