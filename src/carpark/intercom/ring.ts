/** Ringing, answering and ending intercom calls. A driver who asks again while it rings makes no second call. */
import { present } from "../../kernel/assert.ts";
import { type Instant, SECOND } from "../../kernel/instant.ts";
import type { LaneId } from "../facility/config.ts";
import type { Deciding } from "../facility/deciding.ts";
import type { Recorded } from "../facility/event.ts";
import type { Refusal } from "../facility/refusal.ts";
import type { Facility, ReadonlyFacility } from "../facility/state.ts";
import { PAYMENT_ASKED_MS } from "../lane/timing.ts";
import type { TicketNumber } from "../ticket/ticket.ts";
import type { CallOrigin, CallOutcome, CallReason, IntercomEvent } from "./intercom.ts";

/** Not answered within this, the call goes to the next contact. */
export const FORWARD_AFTER_MS = 30 * SECOND;
/** After so many contacts it stays with the last and goes on ringing. */
export const FORWARDS_MAX = 3;

const sameOrigin = (a: CallOrigin, b: CallOrigin): boolean =>
  a.kind === "lane" && b.kind === "lane" ? a.lane === b.lane : a.kind === "station" && b.kind === "station" && a.station === b.station;

export function ring(d: Deciding, origin: CallOrigin, reason: CallReason, ticket: TicketNumber | null): void {
  for (const call of d.state.calls.values()) {
    if (!sameOrigin(call.origin as CallOrigin, origin)) continue;
    if (call.reason === reason && call.ticket === ticket) return;
    d.emit({ type: "CallEnded", call: call.id, outcome: "advised" });
  }
  d.emit({ type: "CallRang", call: d.state.next.call, origin, reason, ticket, forwardAt: d.now + FORWARD_AFTER_MS });
}

export function ringsAt(state: ReadonlyFacility, lane: LaneId): boolean {
  for (const { origin } of state.calls.values()) if (origin.kind === "lane" && origin.lane === lane) return true;
  return false;
}

/** Ends what rings for a lane's movement, if anything does. */
export function endCallOf(d: Deciding, lane: LaneId, movement: number, outcome: CallOutcome): void {
  for (const call of [...d.state.calls.values()]) {
    if (call.origin.kind === "lane" && call.origin.lane === lane && call.origin.movement === movement) {
      d.emit({ type: "CallEnded", call: call.id, outcome });
    }
  }
}

export function answerCall(d: Deciding, call: number): Refusal | null {
  if (!d.state.calls.has(call)) return { type: "callUnknown", call };
  d.emit({ type: "CallAnswered", call });
  return null;
}

export function endCall(d: Deciding, call: number, outcome: CallOutcome): Refusal | null {
  if (!d.state.calls.has(call)) return { type: "callUnknown", call };
  d.emit({ type: "CallEnded", call, outcome });
  return null;
}

const forwardable = (call: { readonly answeredBy: string | null; readonly forwarded: number }): boolean =>
  call.answeredBy === null && call.forwarded < FORWARDS_MAX;

export function nextCallDeadline(state: ReadonlyFacility): Instant | null {
  let next: Instant | null = null;
  for (const call of state.calls.values()) {
    if (forwardable(call) && (next === null || call.forwardAt < next)) next = call.forwardAt;
  }
  return next;
}

export function applyCallDeadline(d: Deciding): void {
  for (const call of [...d.state.calls.values()]) {
    if (forwardable(call) && call.forwardAt <= d.now) {
      d.emit({ type: "CallForwarded", call: call.id, forwardAt: d.now + FORWARD_AFTER_MS });
    }
  }
}

export function evolveIntercom(f: Facility, e: Recorded<IntercomEvent>): void {
  switch (e.type) {
    case "CallRang":
      f.next.call++;
      f.calls.set(e.call, {
        id: e.call, origin: e.origin, reason: e.reason, ticket: e.ticket, ringingSince: e.at, forwarded: 0,
        forwardAt: e.forwardAt, answeredBy: null,
      });
      attend(f, e.origin, e.call);
      return;
    case "CallForwarded": {
      const call = present(f.calls.get(e.call), `call ${e.call}`);
      call.forwarded++;
      call.forwardAt = e.forwardAt;
      return;
    }
    case "CallAnswered":
      present(f.calls.get(e.call), `call ${e.call}`).answeredBy = e.by ?? null;
      return;
    case "CallEnded": {
      const call = present(f.calls.get(e.call), `call ${e.call}`);
      f.calls.delete(e.call);
      if (call.origin.kind !== "lane") return;
      const movement = f.lanes.get(call.origin.lane)?.movement;
      if (movement?.phase.step === "attendant" && movement.phase.call === e.call) movement.phase = { step: "approached" };
      // Shown again while it rang: the amount stands on the display, and there is time anew to pay it.
      if (movement?.phase.step === "paymentDue") movement.phase = { ...movement.phase, until: Math.max(movement.phase.until, e.at + PAYMENT_ASKED_MS) };
      return;
    }
  }
}

/** While it rings the lane shows so; a phase that holds a ticket or an open arm is not given up for it. */
function attend(f: Facility, origin: CallOrigin, call: number): void {
  if (origin.kind !== "lane") return;
  const movement = f.lanes.get(origin.lane)?.movement;
  if (!movement) return;
  const step = movement.phase.step;
  if (step === "approached" || step === "refused" || step === "attendant" || step === "printerFault" || step === "paymentDue") {
    movement.phase = { step: "attendant", call };
  }
}
