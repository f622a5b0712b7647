/** The live view of one car park, made from its state, its sensors and its devices; a pure mapping. */
import { adjustmentsOf, capacity, freeSpaces, occupancy, reserved, staysIn } from "../../carpark/counting/counting.ts";
import type { GroupConfig, LaneConfig } from "../../carpark/facility/config.ts";
import { type DesiredOutputs, desiredOutputs, type LaneOutput } from "../../carpark/facility/outputs.ts";
import { dueFor } from "../../carpark/facility/pricing.ts";
import type { ReadonlyFacility } from "../../carpark/facility/state.ts";
import type { Call } from "../../carpark/intercom/intercom.ts";
import { LOOP_FRESH_MS, type LoopInput } from "../../carpark/lane/inputs.ts";
import type { Movement } from "../../carpark/lane/lane.ts";
import { present } from "../../kernel/assert.ts";
import type { Instant } from "../../kernel/instant.ts";
import type { DeepReadonly } from "../../kernel/readonly.ts";
import { displayWords } from "../../messages/words.ts";
import type { CallView, FacilityView, GroupView, LaneView } from "../contract/live.ts";
import { personOrNull } from "./person.ts";
import { shiftView } from "./shift-view.ts";
import { dueView } from "./ticket-view.ts";
import { deviceView, type Seen } from "./seen.ts";
import { stationView } from "./station-view.ts";

export function facilityView(seen: Seen): FacilityView {
  const { state, now } = seen;
  const config = present(state.config, `configuration of ${state.id}`);
  const outputs = outputsOf(seen);
  return {
    id: config.id, name: config.name, address: config.address, zone: config.zone, currency: config.currency,
    seq: seen.seq, at: now, mode: state.mode, recountNeeded: recountNeeded(state), sign: outputs.sign, storeHealthy: seen.storeHealthy,
    lanes: config.lanes.map((lane) => laneView(seen, lane, outputs)),
    stations: outputs.stations.map((output) => stationView(seen, output)),
    groups: config.groups.map((group) => groupView(state, group, now)),
    waiting: state.waiting.map(({ lane, movement }) => {
      const at = movementOf(state, lane);
      return { lane, movement, since: at?.since ?? null, offeredUntil: at?.phase.step === "offered" ? at.phase.until : null };
    }),
    calls: [...state.calls.values()].map((call) => callView(seen, call)),
    shifts: [...state.shifts.values()].map((shift) => shiftView(shift, seen.person)), openFaults: state.openFaults.size, guardsInside: state.openVisits.size,
  };
}

export const outputsOf = ({ state, inputs, now, storeHealthy }: Seen): DesiredOutputs =>
  desiredOutputs(state, inputs as Parameters<typeof desiredOutputs>[1], now, storeHealthy);

/** After a fire alarm every stay is neutral; the car park stays closed until somebody has counted. */
export const recountNeeded = (state: ReadonlyFacility): boolean =>
  state.mode === "closed" && state.stays.size > 0 && [...state.stays.values()].every((stay) => stay.flags.includes("neutral"));

export function groupView(state: ReadonlyFacility, group: DeepReadonly<GroupConfig>, now: Instant): GroupView {
  return {
    id: group.id, name: group.name, within: group.within, capacity: capacity(state, group.id, now), occupied: occupancy(state, group.id),
    stays: staysIn(state, group.id), adjustments: adjustmentsOf(state, group.id), reserved: reserved(state, group.id),
    free: freeSpaces(state, group.id, now),
  };
}

const movementOf = (state: ReadonlyFacility, lane: string): DeepReadonly<Movement> | null =>
  [...state.lanes.values()].find(({ id }) => id === lane)?.movement ?? null;

function laneView(seen: Seen, config: DeepReadonly<LaneConfig>, outputs: DesiredOutputs): LaneView {
  const lane = seen.state.lanes.get(config.id);
  const inputs = seen.inputs.get(config.id);
  const output: LaneOutput = present(outputs.lanes.find((one) => one.lane === config.id), `outputs of lane ${config.id}`);
  const movement = lane?.movement ?? null;
  return {
    id: config.id, name: config.name, direction: config.direction, interlock: config.interlock ?? null,
    mode: lane?.mode ?? "outOfService", step: movement?.phase.step ?? "idle",
    movement: movement && movementView(movement),
    display: displayWords(output.display),
    barrier: {
      desired: output.barrier, reported: inputs?.barrier.position ?? "unknown", at: inputs && inputs.barrier.at > 0 ? inputs.barrier.at : null,
    },
    loops: {
      arming: loopView(inputs?.loops.arming, seen.now), underArm: loopView(inputs?.loops.underArm, seen.now),
      closing: loopView(inputs?.loops.closing, seen.now),
    },
    devices: seen.devices.filter((device) => device.lane === config.id).map(deviceView),
  };
}

function movementView(movement: DeepReadonly<Movement>): NonNullable<LaneView["movement"]> {
  const { phase } = movement;
  const pass = "pass" in phase ? phase.pass : null;
  return {
    id: movement.id, since: movement.since,
    ticket: "ticket" in phase ? phase.ticket : pass && "ticket" in pass ? pass.ticket : null,
    refusal: phase.step === "refused" ? phase.reason : null,
    until: "until" in phase ? phase.until : null,
    call: phase.step === "attendant" ? phase.call : null,
  };
}

const loopView = (loop: LoopInput | null | undefined, now: Instant): LaneView["loops"]["arming"] =>
  loop ? { occupied: loop.occupied, at: loop.at, fresh: now - loop.at <= LOOP_FRESH_MS } : null;

function callView({ state, now, person }: Seen, call: DeepReadonly<Call>): CallView {
  const config = present(state.config, "configuration");
  const { origin } = call;
  const id = origin.kind === "lane" ? origin.lane : origin.station;
  const parts: readonly { readonly id: string; readonly name: string }[] = origin.kind === "lane" ? config.lanes : config.payStations;
  const ticket = call.ticket === null ? undefined : state.tickets.get(call.ticket);
  const due = ticket && dueFor(state, ticket, now);
  return {
    call: call.id,
    origin: { kind: origin.kind, id, name: parts.find((part) => part.id === id)?.name ?? id, movement: origin.kind === "lane" ? origin.movement : null },
    reason: call.reason, ringingSince: call.ringingSince, forwarded: call.forwarded, answeredBy: personOrNull(person, call.answeredBy),
    ticket: ticket ? {
      number: ticket.number, state: ticket.state, issuedAt: ticket.issuedAt, paidAt: ticket.paidAt, paidMinor: ticket.paidMinor,
      leaveBy: ticket.leaveBy, due: due?.ok ? dueView(due.value) : null,
    } : null,
  };
}
