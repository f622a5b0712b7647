/** The owners of the streams as the API sees them: commands with idempotency, refusals and our own troubles apart. */
import { facilityOfStream, type FacilityOwner } from "../carpark/application/facility-owner.ts";
import type { OperatorOwner, OperatorRecorded } from "../carpark/application/operator-owner.ts";
import { eventOf, type ExecuteOptions, type Executed, type StoreRefusal } from "../carpark/application/owner.ts";
import type { Recorded } from "../carpark/facility/event.ts";
import type { Caller, Carried, DeviceReport, FacilityHandle, NotCarried, OperatorHandle } from "../api/site.ts";
import type { AnyRefusal } from "../api/http/statuses.ts";
import type { Journal } from "../journal/journal.ts";
import { digestOf } from "../kernel/canonical.ts";
import { err, ok, type Result } from "../kernel/result.ts";
import type { Clock } from "./clock.ts";

/** Events looked at to give a repeated request the answer of the first. */
const ANSWER_EVENTS_MAX = 200;

export function facilityHandle(owner: FacilityOwner, journal: Journal, clock: Clock, devices: () => readonly DeviceReport[]): FacilityHandle {
  return {
    id: facilityOfStream(owner.stream),
    get core() { return owner.core; },
    get seq() { return owner.seq; },
    get owner() { return owner.stopped !== null ? "stopped" : owner.core.state.mode === "safe" ? "safe" : "running"; },
    get storeHealthy() { return owner.storeHealthy; },
    get outputs() { return owner.output; },
    devices,
    execute: async (command, caller) =>
      carriedOf<Recorded>(await owner.execute(command, optionsOf(command, caller)), owner.stream, caller, journal, clock),
  };
}

export function operatorHandle(owner: OperatorOwner, journal: Journal, clock: Clock): OperatorHandle {
  return {
    get state() { return owner.core; },
    get seq() { return owner.seq; },
    execute: async (command, caller) =>
      carriedOf<OperatorRecorded>(await owner.execute(command, optionsOf(command, caller)), owner.stream, caller, journal, clock),
  };
}

/** What makes two requests the same: the act and all that was sent, but not what the edge added by chance. */
function optionsOf(command: { readonly type: string }, caller: Caller): ExecuteOptions {
  const bodyHash = (): string => digestOf([command.type, caller.actor, caller.body ?? command]);
  return {
    actor: caller.actor,
    ...(caller.key ? { idempotency: { key: caller.key, bodyHash: bodyHash() } } : {}),
    ...(caller.vault ? { vault: caller.vault } : {}),
  };
}

async function carriedOf<E extends { readonly type: string; readonly at: number; readonly by?: string }>(
  answer: Result<Executed<E>, AnyRefusal | StoreRefusal>, stream: string, caller: Caller, journal: Journal, clock: Clock,
): Promise<Result<Carried<E>, NotCarried>> {
  if (!answer.ok) return err(notCarried(answer.error));
  const { seq } = answer.value;
  // The answer to a repeated key from before a restart knows its sequence; its events are in the journal.
  const events = answer.value.repeated ? await eventsUpTo<E>(journal, stream, seq) : answer.value.events;
  return ok({ seq, at: events.at(-1)?.at ?? clock.now(), events });
}

/** The events recorded together with the one at `seq`: same instant, same person. */
async function eventsUpTo<E extends { readonly at: number; readonly by?: string }>(journal: Journal, stream: string, seq: number): Promise<readonly E[]> {
  const events: E[] = [];
  const from = Math.max(1, seq - ANSWER_EVENTS_MAX);
  for await (const batch of journal.read(stream, from, seq - from + 1)) for (const stored of batch) events.push(eventOf<E>(stored));
  const last = events.at(-1);
  return events.filter((event) => event.at === last?.at && event.by === last.by);
}

function notCarried(refusal: AnyRefusal | StoreRefusal): NotCarried {
  switch (refusal.type) {
    case "storeUnavailable": return { kind: "edge", problem: "storeUnavailable" };
    case "ownerStopped": return { kind: "edge", problem: "notYet", detail: refusal.why };
    case "overloaded": return { kind: "edge", problem: "tooBusy" };
    case "assertionFailed": return { kind: "edge", problem: "ourError", detail: "We made an error with this act; the car park is in its safe mode." };
    case "keyReused": return { kind: "edge", problem: "keyReused" };
    default: return { kind: "refused", refusal };
  }
}
