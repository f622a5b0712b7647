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
export type BookedSpan = {
  readonly booking: BookingId; readonly parker: ParkerId; readonly from: Instant; readonly to: Instant;
  /** Without the late tolerance, which is for those inside. */
  readonly entriesUntil: Instant;
};

/** `bookings` in the order they were made. */
export function bookedSpans(bookings: readonly Booking[], policy: readonly Dated<Policy>[]): readonly BookedSpan[] {
  const spans: BookedSpan[] = [];
  bookings.forEach((booking, i) => spans.push(spanOf(booking, bookings.slice(0, i), spans, policy)));
  return spans;
}

/** Of a booking made after the earlier ones, each of which has its span. */
export function spanOf(
  booking: Booking, earlier: readonly Booking[], spans: readonly BookedSpan[], policy: readonly Dated<Policy>[],
): BookedSpan {
  const terms = inForce(policy, booking.madeAt);
  let from = Math.max(booking.from - terms.bookingEarlyTolerance, booking.madeAt);
  earlier.forEach((one, i) => {
    if (one.parker !== booking.parker || one.from > booking.to || one.to < booking.from) return;
    from = Math.min(from, Math.max(booking.from, spans[i]!.from));
  });
  return { booking: booking.id, parker: booking.parker, from, to: booking.to + terms.bookingLateTolerance, entriesUntil: booking.to };
}

/** The booking by which the parker may enter now. */
export const bookingToEnter = (spans: readonly BookedSpan[], parker: ParkerId, at: Instant): BookedSpan | undefined =>
  bookedAt(spansOf(spans, parker).filter(({ entriesUntil }) => at < entriesUntil), parker, at);

/** Lists are asked about at every entry, and change only with a booking. */
const byParker = new WeakMap<readonly BookedSpan[], ReadonlyMap<ParkerId, readonly BookedSpan[]>>();
function spansOf(spans: readonly BookedSpan[], parker: ParkerId): readonly BookedSpan[] {
  if (spans.length === 0) return spans;
  const known = byParker.get(spans) ?? grouped(spans);
  byParker.set(spans, known);
  return known.get(parker) ?? [];
}

function grouped(spans: readonly BookedSpan[]): ReadonlyMap<ParkerId, readonly BookedSpan[]> {
  const groups = new Map<ParkerId, BookedSpan[]>();
  for (const span of spans) groups.set(span.parker, [...(groups.get(span.parker) ?? []), span]);
  return groups;
}

/** The booking that covers the parker at an instant; of several the one that began first. */
export function bookedAt(spans: readonly BookedSpan[], parker: ParkerId, at: Instant): BookedSpan | undefined {
  let best: BookedSpan | undefined;
  for (const span of spansOf(spans, parker)) {
    if (span.from > at || at >= span.to) continue;
    if (!best || span.from < best.from || (span.from === best.from && span.booking < best.booking)) best = span;
  }
  return best;
}
