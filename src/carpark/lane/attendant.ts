/** What staff do at a lane: open it for the car that stands there, set its mode. Reason and actor always. */
import { present } from "../../kernel/assert.ts";
import type { DeepReadonly } from "../../kernel/readonly.ts";
import { openStayOf } from "../../rights/desk/state.ts";
import type { LaneId } from "../facility/config.ts";
import type { Deciding } from "../facility/deciding.ts";
import type { Refusal } from "../facility/refusal.ts";
import { endCallOf } from "../intercom/ring.ts";
import { decideAt } from "../rights/desk.ts";
import type { StayId } from "../stay/stay.ts";
import type { TicketNumber } from "../ticket/ticket.ts";
import { proveEntry } from "../ticket/settle.ts";
import { serveWaiting } from "../waiting/serve.ts";
import { giveUp, nextVehicle } from "./crossing.ts";
import type { LaneMode, Movement } from "./lane.ts";
import { laneConfig, movementAt } from "./movement.ts";
import { admit } from "./right-entry.ts";
import { LANE_CLAIM_MS } from "./timing.ts";

export type OpenByStaff = { readonly lane: LaneId; readonly reason: string; readonly ticket?: TicketNumber; readonly stay?: StayId };

export function openByStaff(d: Deciding, command: OpenByStaff): Refusal | null {
  const { lane, reason } = command;
  const found = movementAt(d, lane, null);
  if (!found.ok) return found.error;
  const movement = found.value;
  const step = movement.phase.step;
  if (step === "opening") return { type: "laneBusy", lane, step };
  const actor = present(d.actor, "actor");
  const config = present(laneConfig(d.state, lane), `lane ${lane}`);
  if (config.direction === "entry") {
    if (admitShown(d, lane, movement, reason)) return null;
    giveUp(d, lane, movement);
    const group = present(d.state.config, "configuration").ticketGroup;
    d.emit({ type: "EntryAdmitted", lane, movement: movement.id, pass: { by: "staff", actor, reason, group }, returnCardBy: null });
    endCallOf(d, lane, movement.id, "opened");
    return null;
  }
  const number = command.ticket ?? ticketOfCall(d, lane);
  const ticket = number === null ? undefined : d.state.tickets.get(number);
  if (number !== null && !ticket) return { type: "ticketUnknown", ticket: number };
  if (ticket && (ticket.state === "used" || (ticket.state === "void" && command.ticket))) {
    return { type: "ticketState", ticket: ticket.number, state: ticket.state };
  }
  if (command.stay && !d.state.stays.has(command.stay)) return { type: "stayUnknown", stay: command.stay };
  giveUp(d, lane, movement);
  const usable = ticket && ticket.state !== "void" ? ticket : undefined;
  if (usable && usable.stay === null && usable.machine.kind === "lane") proveEntry(d, usable.number);
  if (usable) {
    d.emit({ type: "TicketClaimed", number: usable.number, claim: { by: { kind: "lane", id: lane }, until: d.now + LANE_CLAIM_MS } });
  }
  const shown = movement.right?.stay ? d.state.staysByRight.get(movement.right.stay) ?? null : null;
  const stay = command.stay ?? (usable ? present(d.state.tickets.get(usable.number), "ticket").stay : shown);
  d.emit({
    type: "ExitReleased", lane, movement: movement.id, returnCardBy: null,
    pass: { by: "staff", actor, reason, ticket: usable?.number ?? null, stay },
  });
  endCallOf(d, lane, movement.id, "opened");
  return null;
}

/**
 * The car whose right was refused, or whose card was not taken, is let in as what it showed: its stay opens without
 * checks and is listed as irregular. One that is inside already is somebody else's business.
 */
function admitShown(d: Deciding, lane: LaneId, movement: DeepReadonly<Movement>, reason: string): boolean {
  const { phase, right } = movement;
  if (phase.step === "returningCard" && phase.pass.by === "right" && "group" in phase.pass) {
    d.emit({ type: "EntryAdmitted", lane, movement: movement.id, pass: phase.pass, returnCardBy: null });
    endCallOf(d, lane, movement.id, "opened");
    return true;
  }
  if (right === null || openStayOf(d.state.rights, right.credential.ref)) return false;
  const { events } = decideAt(d, { type: "StaffAdmit", credential: right.credential, reason }, lane);
  if (!admit(d, lane, movement.id, right.credential, events, false)) return false;
  endCallOf(d, lane, movement.id, "opened");
  return true;
}

/** The ticket of the call that rings for this lane: the driver's, as far as anybody knows. */
function ticketOfCall(d: Deciding, lane: LaneId): TicketNumber | null {
  for (const call of d.state.calls.values()) {
    if (call.origin.kind === "lane" && call.origin.lane === lane) return call.ticket;
  }
  return null;
}

export function setLaneMode(d: Deciding, lane: LaneId, mode: LaneMode, reason: string): Refusal | null {
  const state = d.state.lanes.get(lane);
  if (!state) return { type: "laneUnknown", lane };
  if (state.mode === mode) return { type: "nothingToDo", what: "SetLaneMode" };
  d.emit({ type: "LaneModeSet", lane, mode, reason });
  if (mode === "outOfService" || mode === "heldOpen") endMovement(d, lane);
  serveWaiting(d);
  if (mode === "automatic") nextVehicle(d, lane);
  return null;
}

/** A car that was let through before the mode changed may finish; anything else begins anew under the new mode. */
function endMovement(d: Deciding, lane: LaneId): void {
  const movement = d.state.lanes.get(lane)?.movement;
  if (!movement || movement.phase.step === "opening") return;
  giveUp(d, lane, movement);
  endCallOf(d, lane, movement.id, "advised");
  d.emit({ type: "MovementEnded", lane, movement: movement.id, how: "left", plate: movement.plate });
}
