/**
 * The attendant of a simulated site: answers calls, lets stuck drivers go, mends, closes the period at night,
 * reopens after a fire. Knows only what the console shows, except for the recount, for which staff walk
 * through the car park.
 */
import type { FacilityCommand } from "../../carpark/facility/command.ts";
import type { FacilityCore } from "../../carpark/facility/decide.ts";
import type { LaneId } from "../../carpark/facility/config.ts";
import type { ReadonlyFacility } from "../../carpark/facility/state.ts";
import { occupancy } from "../../carpark/counting/counting.ts";
import type { TicketNumber } from "../../carpark/ticket/ticket.ts";
import { type DurationMs, type Instant, MINUTE, SECOND } from "../../kernel/instant.ts";

export type StaffAct = { readonly command: FacilityCommand; readonly actor: string };
const anna = (command: FacilityCommand): StaffAct => ({ command, actor: "anna" });

/** What the attendant does now, calls first. `ask`: the number on the ticket the driver in that lane holds. */
export function staffActs(core: FacilityCore, now: Instant, slow: boolean, ask: (lane: LaneId) => TicketNumber | null): StaffAct[] {
  const patience: DurationMs = slow ? 90 * SECOND : 8 * SECOND;
  const state: ReadonlyFacility = core.state;
  const acts: StaffAct[] = [];
  for (const call of state.calls.values()) {
    if (now - call.ringingSince < patience) continue;
    if (call.answeredBy === null) acts.push(anna({ type: "AnswerCall", call: call.id }));
    const lane = call.origin.kind === "lane" ? call.origin.lane : null;
    const movement = lane === null ? null : state.lanes.get(lane)?.movement;
    if (lane === null || !movement || movement.phase.step === "opening") {
      acts.push(anna({ type: "EndCall", call: call.id, outcome: "advised" }));
      continue;
    }
    const exit = state.config?.lanes.find((l) => l.id === lane)?.direction === "exit";
    const help = exit || call.reason === "printerFault" || call.reason === "ticketInMouth" || now - call.ringingSince > 3 * MINUTE;
    const told = exit && call.ticket === null ? ask(lane) : null;
    const usable = told !== null && ["live", "paid", "taken"].includes(state.tickets.get(told)?.state ?? "");
    if (help) acts.push(anna({ type: "OpenByStaff", lane, reason: `call ${call.id}: ${call.reason}`, ...(usable && told ? { ticket: told } : {}) }));
    else acts.push(anna({ type: "EndCall", call: call.id, outcome: "advised" }));
  }
  for (const fault of state.faults.values()) {
    if (fault.fixedAt === null && now - fault.lastAt > 30 * MINUTE) acts.push(anna({ type: "FixFault", fault: fault.id, note: "done" }));
  }
  return acts;
}

/** Night work: what the loops got wrong is set right by counting the cars. */
export function recountActs(core: FacilityCore, inside: number, now: Instant): StaffAct[] {
  const { state } = core;
  const config = state.config;
  if (!config) return [];
  const acts: StaffAct[] = [];
  for (const stay of state.stays.values()) {
    const doubtful = stay.basis === "irregular" || stay.flags.length > 0;
    if (doubtful && now - stay.enteredAt > 20 * 60 * MINUTE) {
      acts.push(anna({ type: "CloseStay", stay: stay.id, reason: "not found in the car park" }));
    }
  }
  const closing = acts.length;
  const delta = inside - (occupancy(state, config.allGroup) - closing);
  if (delta !== 0) acts.push(anna({ type: "AdjustCount", group: config.ticketGroup, delta, reason: "recount" }));
  return acts;
}
