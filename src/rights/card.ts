/**
 * Rights that live on a card (seed 002): season tickets and the free cards of guards and staff.
 * A facility keeps every card of the city in its own state, so a lane can say "wrong car park" or
 * "expired" without asking anybody.
 */
import type { Instant } from "../kernel/instant.ts";

/** `season`: prepaid, weekdays, designated spaces, one card one parker. `service`: every day, free. */
export type CardRight = {
  readonly right: string;
  readonly kind: "season" | "service";
  /** The facilities it opens; a season ticket names exactly one. */
  readonly facilities: readonly string[];
  /** Half-open: valid from the start of its first day to the end of its expiry day, facility time. */
  readonly validFrom: Instant;
  readonly validUntil: Instant;
  /** ISO weekdays on which it admits. */
  readonly days: readonly number[];
  readonly blocked: boolean;
};

export type CardRefusal = "credentialBlocked" | "wrongFacility" | "notYetValid" | "expired" | "outsideWindow";

/** Whether a card may enter now. `weekday`: 1 = Monday ... 7 = Sunday in facility time. */
export function cardRefusal(
  right: CardRight,
  facility: string,
  at: Instant,
  weekday: number,
): CardRefusal | null {
  if (right.blocked) return "credentialBlocked";
  if (!right.facilities.includes(facility)) return "wrongFacility";
  if (at < right.validFrom) return "notYetValid";
  if (at >= right.validUntil) return "expired";
  if (!right.days.includes(weekday)) return "outsideWindow";
  return null;
}
