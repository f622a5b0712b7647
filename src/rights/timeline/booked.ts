/**
 * What a booking covers of its parker's stay.
 *
 *   made at      |--early--| from ... to |--late--|
 *
 * Nothing before it was made, except where it goes on from an earlier booking of the same parker: so an honest
 * extension joins, and a booking made just before the exit does not pay for the days before.
 */
import type { Instant } from "../../kernel/instant.ts";
import { type Dated, type Policy, inForce } from "../policy.ts";
import type { Booking, BookingId, ParkerId } from "./facts.ts";

/** Half-open. The tolerances are those in force when the booking was made. */
export type BookedSpan = { readonly booking: BookingId; readonly parker: ParkerId; readonly from: Instant; readonly to: Instant };

/** `bookings` in the order they were made. */
export function bookedSpans(bookings: readonly Booking[], policy: readonly Dated<Policy>[]): readonly BookedSpan[] {
  const spans: (BookedSpan & { readonly booked: Booking })[] = [];
  for (const booked of bookings) {
    const terms = inForce(policy, booked.madeAt);
    const ownStart = Math.max(booked.from - terms.bookingEarlyTolerance, booked.madeAt);
    const goesOn = spans
      .filter(({ parker, booked: earlier }) => parker === booked.parker && earlier.from <= booked.to && earlier.to >= booked.from)
      .map(({ from }) => Math.max(booked.from, from));
    spans.push({
      booking: booked.id, parker: booked.parker, booked,
      from: Math.min(ownStart, ...goesOn), to: booked.to + terms.bookingLateTolerance,
    });
  }
  return spans.map(({ booking, parker, from, to }) => ({ booking, parker, from, to }));
}

/** The booking that covers the parker at an instant; of several the one that began first. */
export function bookedAt(spans: readonly BookedSpan[], parker: ParkerId, at: Instant): BookedSpan | undefined {
  let best: BookedSpan | undefined;
  for (const span of spans) {
    if (span.parker !== parker || span.from > at || at >= span.to) continue;
    if (!best || span.from < best.from || (span.from === best.from && span.booking < best.booking)) best = span;
  }
  return best;
}
