/** Deadlines of lanes: prints, prompts, cards left in the slot, arms that do not move, loops that settle. */
import { present } from "../../kernel/assert.ts";
import type { DeepReadonly } from "../../kernel/readonly.ts";
import { type Instant, SECOND } from "../../kernel/instant.ts";
import type { LaneId } from "../facility/config.ts";
import type { Deciding } from "../facility/deciding.ts";
import type { ReadonlyFacility } from "../facility/state.ts";
import { reportFault } from "../fault/fault.ts";
import { ring, ringsAt } from "../intercom/ring.ts";
import { applyEntryDeadline } from "./entry.ts";
import type { LaneInputs } from "./inputs.ts";
import type { Lane, Movement } from "./lane.ts";

/** The arm must report open this long after it was told to. */
export const ARM_OPEN_LIMIT_MS = 4 * SECOND;
/** An arm told to close, with clear loops, that is not closed after this is stuck. */
export const ARM_CLOSE_LIMIT_MS = 10 * SECOND;

function movementDeadline(state: ReadonlyFacility, lane: DeepReadonly<Lane>, inputs: DeepReadonly<LaneInputs> | undefined): Instant | null {
  const movement = lane.movement;
  if (!movement) return null;
  const phase = movement.phase;
  switch (phase.step) {
    case "printing": case "offering": case "retracting": case "offered": return phase.until;
    // Somebody is called already; the driver may still pay, or show the card once more.
    case "paymentDue": return ringsAt(state, lane.id) ? null : phase.until;
    case "returningCard": return movement.barrierFailed ? null : phase.until;
    case "opening":
      return movement.barrierFailed || inputs?.barrier.position === "open" ? null : phase.since + ARM_OPEN_LIMIT_MS;
    case "approached": case "waiting": case "ticketInMouth": case "printerFault": case "refused": case "attendant": return null;
  }
}

const armDeadline = (inputs: DeepReadonly<LaneInputs> | undefined): Instant | null =>
  inputs?.barrier.closeWantedSince == null ? null : inputs.barrier.closeWantedSince + ARM_CLOSE_LIMIT_MS;

const earliest = (a: Instant | null, b: Instant | null): Instant | null => (a === null ? b : b === null ? a : Math.min(a, b));

export function nextLaneDeadline(state: ReadonlyFacility, inputs: ReadonlyMap<LaneId, LaneInputs>): Instant | null {
  let next: Instant | null = null;
  for (const lane of state.lanes.values()) {
    const read = inputs.get(lane.id);
    next = earliest(next, movementDeadline(state, lane, read));
    next = earliest(next, armDeadline(read));
  }
  return next;
}

export function applyLaneDeadline(d: Deciding): void {
  for (const config of present(d.state.config, "configuration").lanes) {
    const lane = present(d.state.lanes.get(config.id), `lane ${config.id}`);
    const read = d.inputs.get(config.id);
    const due = movementDeadline(d.state, lane, read);
    if (due !== null && due <= d.now) applyMovementDeadline(d, config.id, present(lane.movement, "movement"));
    const arm = armDeadline(read);
    if (read && arm !== null && arm <= d.now) {
      read.barrier.closeWantedSince = null;
      d.emit({ type: "BarrierFailed", lane: config.id, symptom: "notClosed" });
      reportFault(d, { asset: { kind: "barrier", id: config.id }, code: "notClosed", details: `Lane ${config.id}: the arm did not close within 10 s of clear loops` });
    }
  }
}

function applyMovementDeadline(d: Deciding, lane: LaneId, movement: DeepReadonly<Movement>): void {
  const config = present(d.state.config?.lanes.find((l) => l.id === lane), `lane ${lane}`);
  if (movement.phase.step === "opening" || movement.phase.step === "returningCard") {
    const cardLeft = movement.phase.step === "returningCard";
    d.emit({ type: "BarrierFailed", lane, symptom: cardLeft ? "cardLeft" : "notOpen" });
    if (!cardLeft) {
      reportFault(d, { asset: { kind: "barrier", id: lane }, code: "notOpen", details: `Lane ${lane}: barrier did not report open within 4 s` });
    }
    ring(d, { kind: "lane", lane, movement: movement.id }, cardLeft ? "help" : "barrierFault", null);
    return;
  }
  if (movement.phase.step === "paymentDue") {
    ring(d, { kind: "lane", lane, movement: movement.id }, "paymentDue", null);
    return;
  }
  applyEntryDeadline(d, config, movement as Movement);
}
