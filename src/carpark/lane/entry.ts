/**
 * Entry: a driver asks to come in, by button or by card. A read is not a car, and a car at the arm is not a
 * car inside: whatever is decided here only raises the arm; the stay opens when the passage is confirmed.
 */
import { assert, present } from "../../kernel/assert.ts";
import { type Result, err, ok } from "../../kernel/result.ts";
import { cardRefusal } from "../../rights/card.ts";
import { freeSpaces } from "../counting/counting.ts";
import { weekdayAt } from "../facility/clock.ts";
import { type LaneConfig, type LaneId, offers } from "../facility/config.ts";
import type { Deciding } from "../facility/deciding.ts";
import type { Refusal } from "../facility/refusal.ts";
import { ring } from "../intercom/ring.ts";
import { reportFault } from "../fault/fault.ts";
import type { CredentialRef } from "../stay/stay.ts";
import { ticketNumberOf } from "../ticket/ticket-number.ts";
import type { TicketNumber } from "../ticket/ticket.ts";
import { serveWaiting } from "../waiting/serve.ts";
import type { Admission, EntryRefusal, Movement } from "./lane.ts";
import { movementAt } from "./movement.ts";
import { CARD_LIMIT_MS, PRINT_LIMIT_MS, REFUSED_SHOWN_MS, RETRACT_LIMIT_MS, TAKE_LIMIT_MS } from "./timing.ts";

/** Cars that come by themselves are served only while the car park and the lane are in service. */
export function closedReason(d: Deciding, lane: LaneId): EntryRefusal | null {
  if (d.state.mode !== "open") return "facilityClosed";
  return present(d.state.lanes.get(lane), `lane ${lane}`).mode === "automatic" ? null : "laneNotInService";
}

export function pressButton(d: Deciding, lane: LaneId): Refusal | null {
  const found = movementAt(d, lane, "entry");
  if (!found.ok) return found.error;
  const movement = found.value;
  const config = present(d.state.config, "configuration");
  const step = movement.phase.step;
  if (!offers(config, "tickets")) {
    // Without tickets the button calls somebody.
    ring(d, { kind: "lane", lane, movement: movement.id }, "help", null);
    return null;
  }
  const otherGroup = step === "waiting" && waitsForOtherGroup(d, movement.id);
  if (step !== "approached" && step !== "offered" && step !== "refused" && !otherGroup) return { type: "laneBusy", lane, step };
  const closed = closedReason(d, lane);
  if (closed) {
    d.emit({ type: "EntryRefused", lane, movement: movement.id, reason: closed, card: null, until: d.now + REFUSED_SHOWN_MS });
    return null;
  }
  if (step !== "offered" && freeSpaces(d.state, config.ticketGroup, d.now) <= 0) {
    d.emit({ type: "VehicleWaiting", lane, movement: movement.id });
    return null;
  }
  d.emit({
    type: "TicketOrdered", number: ticketNumberOf(config.number, d.state.next.ticket), lane, movement: movement.id,
    group: config.ticketGroup, until: d.now + PRINT_LIMIT_MS,
  });
  return null;
}

/** It waits for a space of its right; a ticket may be had all the same. */
function waitsForOtherGroup(d: Deciding, movement: number): boolean {
  const place = d.state.waiting.find((one) => one.movement === movement);
  return place?.right !== undefined && place.right.group !== d.state.config?.ticketGroup;
}

export function ticketPrinted(d: Deciding, lane: LaneId, number: TicketNumber): Refusal | null {
  const movement = d.state.lanes.get(lane)?.movement;
  if (movement?.phase.step === "printing" && movement.phase.ticket === number) {
    d.emit({ type: "TicketPrinted", number, lane, until: d.now + TAKE_LIMIT_MS });
    return null;
  }
  const ticket = d.state.tickets.get(number);
  if (ticket?.state !== "void") return { type: "nothingToDo", what: "ReportTicketPrinted" };
  // Too late: it is void already and must not leave the slot.
  d.emit({ type: "TicketRecalled", number, lane, until: d.now + RETRACT_LIMIT_MS });
  return null;
}

export function ticketNotPrinted(d: Deciding, lane: LaneId, number: TicketNumber, cause: string): Refusal | null {
  const movement = d.state.lanes.get(lane)?.movement;
  if (movement?.phase.step !== "printing" || movement.phase.ticket !== number) {
    return { type: "nothingToDo", what: "ReportTicketNotPrinted" };
  }
  failPrinting(d, lane, movement.id, number, cause);
  return null;
}

function failPrinting(d: Deciding, lane: LaneId, movement: number, number: TicketNumber, cause: string): void {
  d.emit({ type: "TicketNotPrinted", lane, movement, cause });
  d.emit({ type: "TicketVoided", number, reason: "notPrinted" });
  reportFault(d, { asset: { kind: "printer", id: lane }, code: cause, details: `Lane ${lane}: no ticket (${cause})` });
  ring(d, { kind: "lane", lane, movement }, "printerFault", null);
  serveWaiting(d);
}

export function ticketTaken(d: Deciding, lane: LaneId, number: TicketNumber): Refusal | null {
  const phase = d.state.lanes.get(lane)?.movement?.phase;
  const holds = phase && (phase.step === "offering" || phase.step === "retracting" || phase.step === "ticketInMouth");
  if (!holds || phase.ticket !== number) return { type: "nothingToDo", what: "ReportTicketTaken" };
  d.emit({ type: "TicketTaken", number, lane });
  return null;
}

export function ticketRetracted(d: Deciding, lane: LaneId, number: TicketNumber, retracted: boolean): Refusal | null {
  const movement = d.state.lanes.get(lane)?.movement;
  const ours = movement?.phase.step === "retracting" && movement.phase.ticket === number;
  if (ours && retracted) {
    d.emit({ type: "TicketVoided", number, reason: "notTaken" });
    serveWaiting(d);
    return null;
  }
  if (ours) {
    stuckInMouth(d, lane, movement.id, number);
    return null;
  }
  if (retracted) return { type: "nothingToDo", what: "ReportTicketRetracted" };
  reportFault(d, { asset: { kind: "printer", id: lane }, code: "ticketInMouth", details: `Lane ${lane}: void ticket left in the slot` });
  return null;
}

function stuckInMouth(d: Deciding, lane: LaneId, movement: number, number: TicketNumber): void {
  d.emit({ type: "TicketStuck", lane, movement, number });
  reportFault(d, { asset: { kind: "printer", id: lane }, code: "ticketInMouth", details: `Lane ${lane}: a ticket is stuck in the slot` });
  ring(d, { kind: "lane", lane, movement }, "ticketInMouth", number);
}

/** A season or service card at an entry. Refusals in the documented order. */
export function presentCardAtEntry(d: Deciding, lane: LaneId, card: CredentialRef | null): Refusal | null {
  const found = movementAt(d, lane, "entry");
  if (!found.ok) return found.error;
  const movement = found.value;
  const step = movement.phase.step;
  if (step !== "approached" && step !== "waiting" && step !== "offered" && step !== "refused") {
    return { type: "laneBusy", lane, step };
  }
  const decision = admissionByCard(d, lane, card);
  if (decision.ok) {
    d.emit({ type: "EntryAdmitted", lane, movement: movement.id, pass: decision.value, returnCardBy: d.now + CARD_LIMIT_MS });
  } else {
    d.emit({
      type: "EntryRefused", lane, movement: movement.id, reason: decision.error, card, until: d.now + REFUSED_SHOWN_MS,
    });
  }
  if (step === "offered") serveWaiting(d);
  return null;
}

function admissionByCard(d: Deciding, lane: LaneId, card: CredentialRef | null): Result<Admission, EntryRefusal> {
  const config = present(d.state.config, "configuration");
  const closed = closedReason(d, lane);
  if (closed) return err(closed);
  const right = card === null ? undefined : d.state.cards.get(card);
  if (card === null || right === undefined) return err("noRight");
  if (right.blocked) return err("credentialBlocked");
  if (d.state.staysByCard.has(card)) return err("alreadyPresent");
  const refusal = cardRefusal(right, d.state.id, d.now, weekdayAt(d.state, d.now));
  if (refusal) return err(refusal);
  const season = right.kind === "season";
  const group = season ? config.seasonGroup : config.allGroup;
  if (freeSpaces(d.state, group, d.now) <= 0) return err("groupFull");
  return ok({ by: "card", card, right: right.right, basis: season ? "seasonTicket" : "service", group });
}

/** Deadlines of an entry movement; called with d.now at the deadline. */
export function applyEntryDeadline(d: Deciding, config: LaneConfig, movement: Movement): void {
  const { phase } = movement;
  const lane = config.id;
  switch (phase.step) {
    case "printing":
      failPrinting(d, lane, movement.id, phase.ticket, "timeout");
      return;
    case "offering":
      d.emit({ type: "TicketRecalled", number: phase.ticket, lane, until: d.now + RETRACT_LIMIT_MS });
      return;
    case "retracting":
      stuckInMouth(d, lane, movement.id, phase.ticket);
      return;
    case "offered":
      d.emit({ type: "OfferLapsed", lane, movement: movement.id });
      serveWaiting(d);
      return;
    case "approached": case "waiting": case "ticketInMouth": case "printerFault": case "refused":
    case "returningCard": case "opening": case "attendant": case "paymentDue":
      assert(false, `entry phase ${phase.step} has no deadline of its own`);
  }
}
