/** A booking is cancelled before it begins, and not after: what it covered stays covered. */
import { describe, expect, it } from "vitest";
import { HOUR, type Instant, MINUTE } from "../../kernel/instant.ts";
import { tariff } from "../testing/desks.ts";
import type { RightsCommand } from "./command.ts";
import { decideRights } from "./decide.ts";
import { type Rights, emptyRights } from "./state.ts";

const NOON: Instant = Date.UTC(2026, 2, 2, 11);

function desk() {
  const state: Rights = emptyRights();
  const give = (now: Instant, command: RightsCommand): string | null => decideRights(state, command, { now, actor: null }).refusal?.type ?? null;
  give(NOON, { type: "ConfigureRights", tariff, policy: { bookingEarlyTolerance: 15 * MINUTE, shortTermOffered: false }, config: {
    facility: "f", zone: "Europe/Vienna", currency: "EUR", issuer: "F", vatRatePercent: "20", lostTicketMinor: null,
    groups: [{ id: "shortTerm", within: null, spaces: 1 }, { id: "contract", within: null, spaces: 1 }],
    shortTermGroup: "shortTerm", contractGroup: "contract", seasonGroup: "contract", serviceGroup: "shortTerm",
  } });
  for (const account of ["a", "b"]) {
    give(NOON, { type: "OpenAccount", account, terms: { overflow: null, overflowLimit: null } });
    give(NOON, { type: "AddParker", account, parker: "p", credentials: [{ ref: `plate-${account}`, kind: "plate" }] });
  }
  const book = (now: Instant, account: string, from: Instant, to: Instant) => give(now, { type: "MakeBooking", account, parker: "p", from, to });
  const enter = (now: Instant, account: string) => {
    const { events } = decideRights(state, { type: "Enter", credential: { ref: `plate-${account}`, kind: "plate" } }, { now, actor: null });
    return events.find(({ type }) => type === "StayOpened" || type === "EntryRefused")?.type;
  };
  return { state, give, book, enter };
}

describe("cancelling a booking", () => {
  it("gives its space back, and its car has no right any more", () => {
    const { state, give, book, enter } = desk();
    book(NOON, "a", NOON + 2 * HOUR, NOON + 4 * HOUR);
    book(NOON, "b", NOON + 2 * HOUR, NOON + 4 * HOUR);
    expect(state.reservations).toHaveLength(2);
    expect(give(NOON + HOUR, { type: "CancelBooking", account: "a", booking: "a-b1" })).toBeNull();
    expect(state.reservations.map(({ account }) => account)).toEqual(["b"]);
    expect(enter(NOON + 2 * HOUR, "a")).toBe("EntryRefused");
    expect(enter(NOON + 2 * HOUR, "b")).toBe("StayOpened");
  });

  it("is refused once its early tolerance has begun, and for one that is not there", () => {
    const { give, book } = desk();
    book(NOON, "a", NOON + 2 * HOUR, NOON + 4 * HOUR);
    expect(give(NOON + 2 * HOUR - 15 * MINUTE, { type: "CancelBooking", account: "a", booking: "a-b1" })).toBe("bookingImpossible");
    expect(give(NOON, { type: "CancelBooking", account: "a", booking: "b-b1" })).toBe("bookingUnknown");
    expect(give(NOON, { type: "CancelBooking", account: "nobody", booking: "a-b1" })).toBe("accountUnknown");
  });

  it("leaves what it extended as it was, and its number to nobody", () => {
    const { state, give, book } = desk();
    book(NOON, "a", NOON + HOUR, NOON + 2 * HOUR);
    book(NOON, "a", NOON + 2 * HOUR, NOON + 3 * HOUR);
    expect(give(NOON + 90 * MINUTE, { type: "CancelBooking", account: "a", booking: "a-b2" })).toBeNull();
    book(NOON + 90 * MINUTE, "a", NOON + 2 * HOUR, NOON + 5 * HOUR);
    expect(state.accounts.get("a")?.bookings.map(({ id }) => id)).toEqual(["a-b1", "a-b3"]);
    expect(state.accounts.get("a")?.booked.map(({ booking, to }) => [booking, to])).toEqual([["a-b1", NOON + 2 * HOUR], ["a-b3", NOON + 5 * HOUR]]);
  });
});
