/**
 * Exit: paid and within the grace the arm rises and the ticket is captured; otherwise the intercom rings
 * with the ticket on the attendant's screen. Nobody is trapped: every refusal ends at the attendant.
 */
import { present } from "../../kernel/assert.ts";
import type { LaneId } from "../facility/config.ts";
import type { Deciding } from "../facility/deciding.ts";
import { dueFor, isProvidersNow } from "../facility/pricing.ts";
import type { Refusal } from "../facility/refusal.ts";
import { endCallOf, ring } from "../intercom/ring.ts";
import type { CredentialRef } from "../stay/stay.ts";
import { ticketOfRead } from "../ticket/reading.ts";
import { proveEntry } from "../ticket/settle.ts";
import type { Ticket, TicketNumber, TicketRead } from "../ticket/ticket.ts";
import type { ExitRefusal, Release } from "./lane.ts";
import { movementAt } from "./movement.ts";
import { mayBeTicketCar } from "./right-exit.ts";
import { CARD_LIMIT_MS, LANE_CLAIM_MS, REFUSED_SHOWN_MS } from "./timing.ts";
import type { DeepReadonly } from "../../kernel/readonly.ts";

/** Where a driver may show something: also after having been asked to pay. */
export const EXIT_STEPS: readonly string[] = ["approached", "refused", "attendant", "paymentDue"];

export function presentTicketAtExit(d: Deciding, lane: LaneId, read: TicketRead): Refusal | null {
  const found = movementAt(d, lane, "exit");
  if (!found.ok) return found.error;
  const movement = found.value;
  if (!EXIT_STEPS.includes(movement.phase.step)) return { type: "laneBusy", lane, step: movement.phase.step };
  const reading = ticketOfRead(d.state, read, d.now);
  if (!reading.ok) {
    refuseExit(d, lane, movement.id, reading.error.reason, reading.error.ticket);
    return null;
  }
  const ticket = reading.value;
  if (ticket.state === "void") proveEntry(d, ticket.number);
  const reason = exitReason(d, present(d.state.tickets.get(ticket.number), "ticket"));
  if (reason) {
    refuseExit(d, lane, movement.id, reason, ticket.number);
    return null;
  }
  const release: Release = { by: "ticket", ticket: ticket.number, stay: ticket.stay };
  d.emit({ type: "TicketClaimed", number: ticket.number, claim: { by: { kind: "lane", id: lane }, until: d.now + LANE_CLAIM_MS } });
  d.emit({ type: "ExitReleased", lane, movement: movement.id, pass: release, returnCardBy: null });
  endCallOf(d, lane, movement.id, "paid");
  return null;
}

/**
 * Why a readable ticket may not simply leave. Exactly at `leaveBy` it still may; after it the attendant is called even if
 * the price has not risen since (seed 002). A stay that costs nothing needs no
 * payment; one that a provider's right covers by now neither.
 */
function exitReason(d: Deciding, ticket: DeepReadonly<Ticket>): ExitRefusal | null {
  if (d.state.mode === "safe") return "notPaid";
  if (ticket.leaveBy !== null && d.now <= ticket.leaveBy) return null;
  if (ticket.leaveBy !== null && !isProvidersNow(d.state, ticket, d.now)) return "graceOver";
  const due = dueFor(d.state, ticket, d.now);
  return due.ok && due.value.dueMinor === 0 ? null : "notPaid";
}

function refuseExit(d: Deciding, lane: LaneId, movement: number, reason: ExitRefusal, ticket: TicketNumber | null): void {
  d.emit({ type: "ExitRefused", lane, movement, reason, medium: "ticket", ticket, card: null, until: d.now + REFUSED_SHOWN_MS });
  ring(d, { kind: "lane", lane, movement }, reason, ticket);
}

/**
 * A season or service card at an exit: known here is enough to leave (exit rule `known`), unless it may be the card of
 * somebody who came in by ticket.
 */
export function presentCardAtExit(d: Deciding, lane: LaneId, card: CredentialRef | null): Refusal | null {
  const found = movementAt(d, lane, "exit");
  if (!found.ok) return found.error;
  const movement = found.value;
  if (!EXIT_STEPS.includes(movement.phase.step)) return { type: "laneBusy", lane, step: movement.phase.step };
  const right = card === null ? undefined : d.state.cards.get(card);
  const stay = card === null ? undefined : d.state.staysByCard.get(card);
  const reason: ExitRefusal | null =
    card === null || (!right && !stay) ? "cardUnknown"
      : !stay && (!right?.facilities.includes(d.state.id) || mayBeTicketCar(d.state, { kind: "card" })) ? "notPresent" : null;
  if (reason || card === null) {
    const why = reason ?? "cardUnknown";
    d.emit({
      type: "ExitRefused", lane, movement: movement.id, reason: why, medium: "card", ticket: null, card,
      until: d.now + REFUSED_SHOWN_MS,
    });
    ring(d, { kind: "lane", lane, movement: movement.id }, why, null);
    return null;
  }
  d.emit({
    type: "ExitReleased", lane, movement: movement.id, pass: { by: "card", card, stay: stay ?? null },
    returnCardBy: d.now + CARD_LIMIT_MS,
  });
  endCallOf(d, lane, movement.id, "opened");
  return null;
}
