/**
 * Plates that are still needed: a stay that left unpaid, or that somebody disputes.
 *
 *   exit --unpaid--> held for 30 days --released, or expired--> erased like any other plate
 *
 * A hold has an owner, a reason and an end, and is never longer than 90 days.
 */
import { DAY, type DurationMs, type Instant } from "../../kernel/instant.ts";
import type { MinorUnits } from "../../kernel/money.ts";
import { chargeable } from "../coverage/coverage.ts";
import { totalOf } from "../coverage/price.ts";
import type { StayId } from "../timeline/facts.ts";
import { endInstant } from "../timeline/presence.ts";
import { tariffsOf } from "./billing.ts";
import type { StaffCommand } from "./command.ts";
import { segmentsUntil, visitorSegments } from "./covering.ts";
import { type RightsDeciding, zoneAt } from "./deciding.ts";
import type { RightsRefusal } from "./refusal.ts";
import { type Rights, type Stay, openStay } from "./state.ts";

/** Longest hold of a plate (property H5). */
export const HOLD_MAX: DurationMs = 90 * DAY;
/** A letter, a reminder and a week: then either it is paid or staff hold it on purpose. */
export const UNPAID_HOLD: DurationMs = 30 * DAY;

export function holdUnpaid(d: RightsDeciding, { id: stay, credential }: Stay, reason: string): void {
  const hold = { stay, credential, because: "unpaid", owner: d.actor ?? "barrier", since: d.now, until: d.now + UNPAID_HOLD } as const;
  d.emit({ type: "CredentialHeld", hold, reason });
}

export function holdCredential(d: RightsDeciding, command: StaffCommand & { readonly type: "HoldCredential" }): RightsRefusal | null {
  const stay = stayKnown(d.state, command.stay);
  if (!stay) return { type: "noStay" };
  const { because, until, reason } = command;
  if (until <= d.now) return { type: "holdImpossible", why: "past" };
  const since = d.state.holds.get(stay.id)?.since ?? d.now;
  if (until - since > HOLD_MAX) return { type: "holdImpossible", why: "tooLong" };
  d.emit({ type: "CredentialHeld", hold: { stay: stay.id, credential: stay.credential, because, owner: d.actor ?? "barrier", since, until }, reason });
  return null;
}

export function releaseHold(d: RightsDeciding, id: StayId, reason: string): RightsRefusal | null {
  const hold = d.state.holds.get(id);
  if (!hold) return { type: "nothingToDo", what: "hold" };
  d.emit({ type: "CredentialHoldReleased", stay: id, credential: hold.credential, reason });
  return null;
}

function stayKnown(state: Rights, id: StayId): Stay | null {
  const visitor = state.visitors.get(id) ?? state.goneVisitors.get(id);
  if (visitor) return visitor;
  for (const { stays } of state.accounts.values()) {
    const stay = stays.get(id);
    if (stay) return stay;
  }
  return null;
}

/**
 * What an open stay would leave unpaid at the machine if it ended unseen, and, where staff say so, at `givenAt`; null:
 * the price is unknown.
 */
export function unpaidUntil(d: RightsDeciding, stay: Stay, givenAt: Instant | null): MinorUnits | null {
  if (stay.payer !== "machine") return 0;
  const account = openStay(d.state, stay.id)?.account ?? null;
  const segments = account === null ? visitorSegments(d.state, stay, d.now) : segmentsUntil(d.state, account, stay, d.now, true);
  const end = endInstant(stay.enteredAt, { type: "unseen", noticedAt: d.now, givenAt }, d.state.policy);
  const charged = chargeable(segments).map(({ from, to }) => ({ from, to: Math.min(to, end) })).filter(({ from, to }) => from < to);
  if (charged.length === 0) return 0;
  const total = totalOf(charged, tariffsOf(d.state, account, stay.agreement), zoneAt(d.state));
  return total.ok ? Math.max(0, total.value - stay.paidMinor) : null;
}
