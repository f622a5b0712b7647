/**
 * What a vehicle's way over the loops causes: a movement begins, a stay opens or closes at the confirmed
 * passage, a car that backed out leaves everything as it was.
 */
import { assert, present, unreachable } from "../../kernel/assert.ts";
import type { Instant } from "../../kernel/instant.ts";
import type { ShownCredential } from "../../rights/desk/event.ts";
import { openStay as openPlace } from "../../rights/desk/state.ts";
import { freeSpaces } from "../counting/counting.ts";
import { type GroupId, type LaneConfig, type LaneId, offers } from "../facility/config.ts";
import type { Deciding } from "../facility/deciding.ts";
import { reportFault } from "../fault/fault.ts";
import { endCallOf } from "../intercom/ring.ts";
import { closeStay, openStay } from "../stay/open-close.ts";
import { decideAt } from "../rights/desk.ts";
import type { CredentialRef, StayFlag } from "../stay/stay.ts";
import { serveWaiting } from "../waiting/serve.ts";
import { interlocked, otherLaneBusy } from "./interlock.ts";
import type { Admission, Movement, MovementEnd, Phase, Release } from "./lane.ts";
import type { PassageSignal } from "./passage.ts";
import { RETRACT_LIMIT_MS } from "./timing.ts";
import type { DeepReadonly } from "../../kernel/readonly.ts";

export function applySignal(d: Deciding, config: DeepReadonly<LaneConfig>, signal: PassageSignal): void {
  switch (signal) {
    case "arrived": arrived(d, config); return;
    case "passed": passed(d, config, []); return;
    case "passedUnseen":
      reportFault(d, { asset: { kind: "loop", id: config.id }, code: "closingLoopDead", details: `Lane ${config.id}: a vehicle passed and the closing loop did not see it` });
      passed(d, config, ["closingLoopDead"]);
      return;
    case "cleared": cleared(d, config.id, "left"); return;
    case "synced": synced(d, config); return;
    default: unreachable(signal);
  }
}

function arrived(d: Deciding, config: DeepReadonly<LaneConfig>): void {
  const lane = present(d.state.lanes.get(config.id), `lane ${config.id}`);
  if (lane.movement !== null || otherLaneBusy(d.state, config)) return;
  if (lane.mode === "outOfService" || lane.mode === "heldOpen") return;
  const movement = d.state.next.movement;
  d.emit({ type: "VehicleApproached", lane: config.id, movement });
  const facility = present(d.state.config, "configuration");
  const { ticketGroup } = facility;
  // Without tickets a car waits by what it shows, and that the rights decide.
  const serves = offers(facility, "tickets") && config.direction === "entry" && lane.mode === "automatic" && d.state.mode === "open";
  if (serves && freeSpaces(d.state, ticketGroup, d.now) <= 0) d.emit({ type: "VehicleWaiting", lane: config.id, movement });
}

/** After a movement ended, a vehicle that stands on the loop of this lane or of one that shares its roadway is next. */
export function nextVehicle(d: Deciding, lane: LaneId): void {
  const config = present(d.state.config?.lanes.find((l) => l.id === lane), `lane ${lane}`);
  for (const candidate of [config, ...interlocked(d.state, config)]) {
    const inputs = d.inputs.get(candidate.id);
    if (inputs?.synced && inputs.passage.step === "atLoop") arrived(d, candidate);
  }
}

function passed(d: Deciding, config: DeepReadonly<LaneConfig>, flags: readonly StayFlag[]): void {
  const lane = present(d.state.lanes.get(config.id), `lane ${config.id}`);
  const movement = lane.movement;
  if (movement?.phase.step === "opening" && !usedUp(d, movement.phase.pass)) {
    const pass = movement.phase.pass;
    if (config.direction === "entry") enter(d, config.id, movement, pass as Admission, flags);
    else leave(d, config.id, movement, pass as Release, "passed");
    end(d, config.id, movement.id, "passed");
  } else {
    irregular(d, config, movement, flags);
  }
  serveWaiting(d);
  nextVehicle(d, config.id);
}

/** Its ticket has turned up inside meanwhile, or its parker came in elsewhere, so this is another vehicle. */
function usedUp(d: Deciding, pass: DeepReadonly<Admission | Release>): boolean {
  if (!("group" in pass)) return false;
  if (pass.by === "right") return !d.state.rights.accountOfOpen.has(pass.stay);
  if (pass.by !== "ticket") return false;
  return present(d.state.tickets.get(pass.ticket), `ticket ${pass.ticket}`).state !== "taken";
}

function enter(d: Deciding, lane: LaneId, movement: DeepReadonly<Movement>, pass: Admission, flags: readonly StayFlag[]): void {
  switch (pass.by) {
    case "ticket": {
      const ticket = present(d.state.tickets.get(pass.ticket), `ticket ${pass.ticket}`);
      openStay(d, {
        credential: { kind: "ticket", ticket: pass.ticket }, basis: "shortTerm", group: pass.group,
        enteredAt: ticket.issuedAt, lane, flags, plate: movement.plate,
      });
      return;
    }
    case "card":
      openStay(d, {
        credential: { kind: "card", card: pass.card, right: pass.right }, basis: pass.basis, group: pass.group,
        enteredAt: d.now, lane, flags, plate: movement.plate,
      });
      return;
    case "right": {
      const { stay } = present(openPlace(d.state.rights, pass.stay), `stay ${pass.stay} of the rights`);
      openStay(d, {
        credential: { kind: "right", stay: pass.stay, credential: pass.credential }, basis: pass.basis, group: stay.group as GroupId,
        enteredAt: stay.enteredAt, lane, flags: [...flags, ...flagsOf(stay)], plate: plateOf(movement, pass.credential),
      });
      return;
    }
    case "staff":
      openStay(d, {
        credential: { kind: "none" }, basis: "shortTerm", group: pass.group, enteredAt: d.now, lane,
        flags: [...flags, "manual"], plate: movement.plate, reason: pass.reason,
      });
      return;
    default: unreachable(pass);
  }
}

/** What happened to the stay between its decision and its passage. */
const flagsOf = ({ irregular, neutralAt }: { readonly irregular: boolean; readonly neutralAt: Instant | null }): readonly StayFlag[] =>
  [...(irregular ? ["manual" as const] : []), ...(neutralAt === null ? [] : ["neutral" as const])];

const plateOf = (movement: DeepReadonly<Movement>, credential: ShownCredential): CredentialRef | null =>
  (credential.kind === "plate" ? credential.ref as CredentialRef : movement.plate);

function leave(
  d: Deciding, lane: LaneId, movement: DeepReadonly<Movement>, pass: Release, how: "passed" | "passageUnknown",
): void {
  if (pass.by === "right") {
    leaveOfRight(d, lane, movement, pass, how);
    return;
  }
  const ticket = pass.by === "card" || pass.ticket === null ? undefined : d.state.tickets.get(pass.ticket);
  if (ticket && (ticket.state === "live" || ticket.state === "paid")) {
    d.emit({ type: "TicketUsed", number: ticket.number, lane: pass.by === "ticket" ? lane : null });
  }
  const stay = pass.stay === null ? undefined : d.state.stays.get(pass.stay);
  if (stay) {
    closeStay(d, { stay: stay.id, exitedAt: d.now, lane, how });
    if (stay.credential.kind === "right") {
      decideAt(d, { type: "StaffRelease", credential: stay.credential.credential, reason: pass.by === "staff" ? pass.reason : how }, lane);
    }
    return;
  }
  d.emit({ type: "AnomalousExit", lane, movement: movement.id });
  if (ticket && ticket.stay === null) {
    // The lost ticket's stay was never found: its car has left, so the count follows by an adjustment.
    d.emit({ type: "OccupancyAdjusted", group: ticket.group, delta: -1, cause: "lostTicket", reason: `ticket ${ticket.number}` });
  }
}

/** The car is counted out first; then its stay of the rights closes with what was judged at the read. */
function leaveOfRight(
  d: Deciding, lane: LaneId, movement: DeepReadonly<Movement>, pass: Extract<Release, { readonly by: "right" }>, how: "passed" | "passageUnknown",
): void {
  const stay = pass.stay === null ? undefined : d.state.staysByRight.get(pass.stay);
  const isOpen = pass.stay !== null && d.state.rights.accountOfOpen.has(pass.stay);
  if (stay !== undefined) closeStay(d, { stay, exitedAt: d.now, lane, how });
  else d.emit({ type: "AnomalousExit", lane, movement: movement.id });
  if (pass.stay === null || isOpen) decideAt(d, { type: "ConfirmExit", credential: pass.credential, stay: pass.stay, why: pass.why }, lane);
}

/** A vehicle passed that had not been let through. */
function irregular(
  d: Deciding, config: DeepReadonly<LaneConfig>, movement: DeepReadonly<Movement> | null, flags: readonly StayFlag[],
): void {
  const held = present(d.state.lanes.get(config.id), "lane").mode === "heldOpen" || d.state.mode === "fire";
  const cause = held ? "heldOpen" : movement ? "forced" : "tailgate";
  const group = present(d.state.config, "configuration").ticketGroup;
  d.emit({ type: "IrregularPassage", lane: config.id, movement: movement?.id ?? null, cause });
  if (movement) giveUp(d, config.id, movement);
  if (config.direction === "entry") {
    const flag: StayFlag = held ? "heldOpen" : "tailgate";
    openStay(d, {
      credential: { kind: "none" }, basis: "irregular", group, enteredAt: d.now, lane: config.id,
      flags: [...flags, flag], plate: movement?.plate ?? null,
    });
  } else if (held) {
    d.emit({ type: "OccupancyAdjusted", group, delta: -1, cause: "heldOpen", reason: `lane ${config.id}` });
  } else {
    d.emit({ type: "AnomalousExit", lane: config.id, movement: movement?.id ?? null });
  }
  if (movement) end(d, config.id, movement.id, "passed");
}

/** The loops are clear and nothing passed: backed out if it had been let through or served, else it just left. */
export function cleared(d: Deciding, lane: LaneId, otherwise: MovementEnd): void {
  const movement = d.state.lanes.get(lane)?.movement;
  if (!movement) return;
  const backedOut = movement.phase.step === "opening" || movement.phase.step === "returningCard";
  giveUp(d, lane, movement);
  end(d, lane, movement.id, backedOut ? "backedOut" : otherwise);
  serveWaiting(d);
  nextVehicle(d, lane);
}

/** What a movement that ends without its passage gives back: its ticket, its space, its claim. */
export function giveUp(d: Deciding, lane: LaneId, movement: DeepReadonly<Movement>): void {
  const phase = movement.phase as Phase;
  switch (phase.step) {
    case "printing": case "retracting":
      d.emit({ type: "TicketVoided", number: phase.ticket, reason: "backedOut" });
      return;
    case "offering":
      d.emit({ type: "TicketRecalled", number: phase.ticket, lane, until: d.now + RETRACT_LIMIT_MS });
      d.emit({ type: "TicketVoided", number: phase.ticket, reason: "backedOut" });
      return;
    case "ticketInMouth":
      d.emit({ type: "TicketVoided", number: phase.ticket, reason: "notTaken" });
      return;
    case "opening": case "returningCard":
      if (phase.pass.by === "right") {
        if ("group" in phase.pass && d.state.rights.accountOfOpen.has(phase.pass.stay)) decideAt(d, { type: "BackOut", stay: phase.pass.stay }, lane);
        return;
      }
      if (phase.pass.by !== "card" && "ticket" in phase.pass && phase.pass.ticket !== null) {
        const ticket = d.state.tickets.get(phase.pass.ticket);
        if (ticket?.state === "taken") d.emit({ type: "TicketVoided", number: ticket.number, reason: "backedOut" });
        else if (ticket?.claim?.by.kind === "lane" && ticket.claim.by.id === lane) {
          d.emit({ type: "TicketUnclaimed", number: ticket.number, lane: phase.pass.by === "ticket" ? lane : null });
        }
      }
      return;
    case "approached": case "waiting": case "offered": case "printerFault": case "refused": case "attendant": case "paymentDue":
      return;
    default: unreachable(phase);
  }
}

function end(d: Deciding, lane: LaneId, movement: number, how: MovementEnd): void {
  endCallOf(d, lane, movement, how === "passed" ? "opened" : "driverLeft");
  const plate = present(d.state.lanes.get(lane)?.movement, `movement at lane ${lane}`).plate;
  d.emit({ type: "MovementEnded", lane, movement, how, plate });
  assert(d.state.lanes.get(lane)?.movement === null, "an ended movement leaves the lane");
}

/**
 * The loops have been read for the first time after a start. What was half finished becomes:
 *
 *   printing, offering, retracting, in mouth   ticket void (restart); a car still there begins anew
 *   opening, loops clear                       the stay opens or closes, flagged passageUnknown
 *   opening, car still on a loop               goes on
 *   everything else                            goes on while the car is there, ends (lost) when it is not
 */
function synced(d: Deciding, config: DeepReadonly<LaneConfig>): void {
  const inputs = present(d.inputs.get(config.id), "lane inputs");
  const movement = d.state.lanes.get(config.id)?.movement ?? null;
  const occupied = inputs.passage.step !== "empty";
  if (!movement) {
    if (occupied) arrived(d, config);
    return;
  }
  const step = movement.phase.step;
  if (movement.phase.step === "opening" && !occupied && !usedUp(d, movement.phase.pass)) {
    const pass = movement.phase.pass;
    if (config.direction === "entry") enter(d, config.id, movement, pass as Admission, ["passageUnknown"]);
    else leave(d, config.id, movement, pass as Release, "passageUnknown");
    end(d, config.id, movement.id, "lost");
    serveWaiting(d);
    return;
  }
  if (!occupied) {
    cleared(d, config.id, "lost");
    return;
  }
  if (step === "printing" || step === "offering" || step === "retracting") {
    const number = movement.phase.ticket;
    if (step !== "printing") d.emit({ type: "TicketRecalled", number, lane: config.id, until: d.now + RETRACT_LIMIT_MS });
    d.emit({ type: "TicketVoided", number, reason: "restart" });
    serveWaiting(d);
  }
}
