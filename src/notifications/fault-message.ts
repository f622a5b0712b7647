/**
 * What must be told about a fault, and to whom. Written into the outbox in the transaction of the event that
 * caused it, so that a fault on record is a fault that will be told.
 *
 *   FaultReported  -> the organisation it was allocated to
 *   FaultReopened  -> the same
 *   FaultEscalated -> the organisation again, and the City's own contact
 */
import type { EssentialRows, OutboxRow } from "../journal/journal.ts";
import { present } from "../kernel/assert.ts";
import type { Instant } from "../kernel/instant.ts";
import type { Asset, Organisation } from "../carpark/fault/fault.ts";
import type { Recorded } from "../carpark/facility/event.ts";
import type { ReadonlyFacility } from "../carpark/facility/state.ts";

export type FaultCause = "reported" | "reopened" | "escalated";
export type FaultAudience = Organisation | "escalation";

export type FaultMessage = {
  readonly cause: FaultCause;
  readonly audience: FaultAudience;
  readonly facility: string;
  readonly fault: number;
  readonly asset: Asset;
  readonly code: string;
  readonly details: string;
  readonly operational: boolean;
  readonly organisation: Organisation;
  readonly reportedAt: Instant;
  /** The report or the last reopening: what an acknowledgement answers. */
  readonly since: Instant;
};

export const FAULT_CHANNELS = ["email", "webhook"] as const;
export type FaultChannel = (typeof FAULT_CHANNELS)[number];

/** One topic for each channel: a dead mail server holds up no webhook. */
export const FAULT_TOPICS: Readonly<Record<FaultChannel, string>> = { email: "fault.email", webhook: "fault.webhook" };

/** Outbox rows of an event of a facility; `state` has folded the event. Messages of one fault leave in order. */
export function faultOutboxOf(event: Recorded, state: ReadonlyFacility): readonly OutboxRow[] {
  return messagesOf(event, state).flatMap((payload) => FAULT_CHANNELS.map((channel) =>
    ({ topic: FAULT_TOPICS[channel], key: `${payload.facility}/${payload.fault}/${payload.audience}`, payload })));
}

/** The same for the facility's owner, which commits them with the event. */
export function faultRows(
  _stream: string, event: Recorded, core: { readonly state: ReadonlyFacility },
): EssentialRows {
  const outbox = faultOutboxOf(event, core.state);
  return outbox.length === 0 ? {} : { outbox };
}

function messagesOf(event: Recorded, state: ReadonlyFacility): readonly FaultMessage[] {
  switch (event.type) {
    case "FaultReported":
      return [messageOf("reported", event.fault, event.at, state)];
    case "FaultReopened":
      return [messageOf("reopened", event.fault, event.at, state)];
    case "FaultEscalated": {
      const fault = present(state.faults.get(event.fault), `fault ${event.fault}`);
      const message = messageOf("escalated", event.fault, fault.reopenedAt ?? fault.reportedAt, state);
      return [message, { ...message, audience: "escalation" }];
    }
    default:
      return [];
  }
}

function messageOf(cause: FaultCause, id: number, since: Instant, state: ReadonlyFacility): FaultMessage {
  const { asset, code, details, operational, organisation, reportedAt } = present(state.faults.get(id), `fault ${id}`);
  return { cause, audience: organisation, facility: state.id, fault: id, asset, code, details, operational, organisation, reportedAt, since };
}
