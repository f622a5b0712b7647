/**
 * The last metres of a fault message: sent, and what came of it recorded with the fault.
 *
 *   outbox row -> send -> RecordFaultNotification -> row goes
 *                 failed -> recorded at the first and the last attempt, tried again in between
 *
 * Promise: at least once. A message that was sent but could not be recorded is sent again, with the same id.
 */
import { type DurationMs, HOUR, MINUTE, SECOND } from "../kernel/instant.ts";
import type { FaultAudience, FaultChannel, FaultMessage } from "./fault-message.ts";

/** Addresses are configuration, never journal. */
export type Contact = { readonly name: string; readonly email: string | null; readonly webhook: string | null };
export type Contacts = Readonly<Record<FaultAudience, Contact>>;

export type Sent =
  | { readonly type: "sent"; readonly detail: string }
  /** It may work later. */
  | { readonly type: "failed"; readonly detail: string; readonly retryAfterMs?: DurationMs }
  /** It will not work however often it is tried. */
  | { readonly type: "refused"; readonly detail: string };

/** `id` is the same at every attempt. `detail` in the answer never holds an address: it goes into the journal. */
export type Sender = (message: FaultMessage, contact: Contact, id: string) => Promise<Sent>;

export type NotificationRecord = {
  readonly fault: number; readonly channel: string; readonly delivered: boolean; readonly detail: string;
};

export type FaultDeliveryPorts = {
  readonly channel: FaultChannel;
  readonly contacts: Contacts;
  readonly send: Sender;
  /** Executes RecordFaultNotification; false when it could not be made durable now. */
  readonly record: (facility: string, record: NotificationRecord) => Promise<boolean>;
  readonly schedule: readonly DurationMs[];
};

/** As the journal's outbox hands it over. */
export type OutboxLetter = { readonly id: string; readonly payload: unknown; readonly attempts: number };
export type LetterOutcome =
  | { readonly type: "delivered" }
  | { readonly type: "failed"; readonly reason: string; readonly retryAfterMs?: DurationMs }
  | { readonly type: "hopeless"; readonly reason: string };

/**
 * Somebody waits at a barrier: soon and often at first. The last attempt is a day later; after it the letter
 * is dead and shown to staff.
 */
export const FAULT_EMAIL_SCHEDULE: readonly DurationMs[] =
  [5 * SECOND, 15 * SECOND, MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 4 * HOUR, 18 * HOUR];

/** For one topic of the outbox. */
export function faultDelivery(ports: FaultDeliveryPorts): (letter: OutboxLetter) => Promise<LetterOutcome> {
  return async ({ id, payload, attempts }) => {
    const message = payload as FaultMessage;
    const contact = ports.contacts[message.audience];
    if (contact[ports.channel] === null) return undeliverable(ports, message, contact);
    const sent = await ports.send(message, contact, id);
    const last = attempts >= ports.schedule.length;
    const worthRecording = sent.type !== "failed" || attempts === 0 || last;
    if (worthRecording && !(await recorded(ports, message, sent.type === "sent", sent.detail))) {
      return { type: "failed", reason: `${sent.detail}; not recorded` };
    }
    switch (sent.type) {
      case "sent":
        return { type: "delivered" };
      case "failed":
        return { type: "failed", reason: sent.detail, ...(sent.retryAfterMs === undefined ? {} : { retryAfterMs: sent.retryAfterMs }) };
      case "refused":
        return { type: "hopeless", reason: sent.detail };
    }
  };
}

/** A channel nobody has set up is not a failure, unless the contact has no other; that is recorded once. */
async function undeliverable(
  ports: FaultDeliveryPorts, message: FaultMessage, contact: Contact,
): Promise<LetterOutcome> {
  const reachable = contact.email !== null || contact.webhook !== null;
  if (reachable || ports.channel !== "email") return { type: "delivered" };
  const known = await recorded(ports, message, false, `${message.audience}: no address configured`);
  return known ? { type: "hopeless", reason: "no address configured" } : { type: "failed", reason: "not recorded" };
}

function recorded(
  ports: FaultDeliveryPorts, message: FaultMessage, delivered: boolean, detail: string,
): Promise<boolean> {
  return ports.record(message.facility, { fault: message.fault, channel: ports.channel, delivered, detail });
}
