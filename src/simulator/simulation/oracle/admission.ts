/**
 * Admission, reservations, the waiting order and the sign (A3, A5, A6, A9, A10, E20), judged with free spaces
 * counted here and not by the core.
 */
import { occupancy } from "../../../carpark/counting/counting.ts";
import type { FacilityConfig, GroupId, LaneId } from "../../../carpark/facility/config.ts";
import type { Admission } from "../../../carpark/lane/lane.ts";
import type { DeepReadonly } from "../../../kernel/readonly.ts";
import { openStay } from "../../../rights/desk/state.ts";
import type { ReadonlyFacility } from "../../../carpark/facility/state.ts";
import { present } from "../../../kernel/assert.ts";
import { type Instant, MINUTE, SECOND } from "../../../kernel/instant.ts";
import { zoneOf } from "../../../kernel/zone.ts";
import type { Marks } from "../marks.ts";
import type { Oracle, Report, Step } from "./oracle.ts";

export function admissionOracle(config: FacilityConfig, report: Report, marks: Marks): Oracle {
  const offered = new Map<LaneId, number>();
  const passedOver = new Map<number, number>();
  let signSeq = -1;
  return {
    afterStep(step) {
      const { state } = step.core;
      for (const event of step.events) {
        if (event.type === "SpaceOffered") {
          offered.set(event.lane, event.movement);
          countRounds(config, passedOver, event.movement, state, report);
        }
        if (event.type === "TicketOrdered" || (event.type === "EntryAdmitted" && event.pass.by === "card")) {
          const group = event.type === "TicketOrdered" ? event.group : (event.pass as { group: GroupId }).group;
          const prompted = offered.get(event.lane) === event.movement;
          if (!prompted) checkSpace(config, state, group, step.ownerNow, `${event.type} at ${event.lane}`, report);
          if (event.type === "TicketOrdered" && lastSpace(config, state, step.ownerNow)) marks.sometimes("last space taken");
        }
      }
      for (const event of step.events) if (event.type === "EntryAdmitted" && event.pass.by === "right") checkRight(config, step, event.pass, report);
      checkWaiting(config, step, report);
      checkReservations(step, report);
      checkGrace(step, report);
    },
    onEffect(effect, durable, now) {
      if (durable.mode !== "open" || !durable.config || effect.seq === signSeq) return;
      signSeq = effect.seq;
      // Two minutes around midnight both days' capacities may be what was decided with.
      const wanted = [now - 2 * MINUTE, now + 2 * MINUTE].map((at) => (freeIn(config, durable, config.ticketGroup, at) <= 0 ? "carParkFull" : "spaces"));
      if (!wanted.includes(effect.output.sign as "spaces")) report("A9", `sign says ${effect.output.sign}, ${wanted[0]} is true`);
    },
  };
}

export function capacityAt(config: FacilityConfig, group: GroupId, at: Instant): number {
  const zone = zoneOf(config.zone);
  const weekday = zone.ok ? zone.value.wallOf(at).weekday : 1;
  const found = present(config.groups.find((g) => g.id === group), "group");
  return present(found.capacity.find((r) => r.days === undefined || r.days.includes(weekday as never)), "capacity rule").spaces;
}

/** Spaces kept by lanes for cars that are not counted yet. */
function reservedIn(state: ReadonlyFacility, groups: readonly GroupId[]): number {
  let count = 0;
  for (const { movement } of state.lanes.values()) {
    const phase = movement?.phase;
    if (!phase) continue;
    const group = "group" in phase ? phase.group : "pass" in phase && "group" in phase.pass ? groupOfPass(state, phase.pass) : null;
    if (group !== null && groups.includes(group)) count++;
  }
  return count;
}

type Pass = Extract<Admission, { readonly group: GroupId }>;

/** A right that changed since it was decided keeps its space where it is covered now. */
function groupOfPass(state: ReadonlyFacility, pass: DeepReadonly<Pass>): GroupId | null {
  return pass.by === "right" ? (openStay(state.rights, pass.stay)?.stay.group ?? null) as GroupId | null : pass.group;
}

/** Staff may let in whom they like; the rights may not. */
function checkRight(config: FacilityConfig, { events, core, ownerNow }: Step, pass: Extract<Pass, { by: "right" }>, report: Report): void {
  const opened = events.find((event) => event.type === "Rights" && event.rights.type === "StayOpened" && event.rights.stay === pass.stay);
  const byStaff = opened?.type === "Rights" && opened.rights.type === "StayOpened" && opened.rights.irregular;
  if (opened && !byStaff) checkSpace(config, core.state, pass.group, ownerNow, `a right by ${pass.basis}`, report);
}

const around = (config: FacilityConfig, group: GroupId): GroupId[] => {
  const found = config.groups.find((g) => g.id === group);
  return found?.within ? [group, ...around(config, found.within)] : [group];
};
const inside = (config: FacilityConfig, group: GroupId): GroupId[] =>
  [group, ...config.groups.filter((g) => g.within === group).flatMap((g) => inside(config, g.id))];

export function freeIn(config: FacilityConfig, state: ReadonlyFacility, group: GroupId, at: Instant): number {
  const free = around(config, group).map((g) => {
    const groups = inside(config, g);
    const stays = [...state.stays.values()].filter((stay) => groups.includes(stay.group)).length;
    const adjusted = groups.reduce((sum, id) => sum + (state.adjustments.get(id) ?? 0), 0);
    return capacityAt(config, g, at) - stays - adjusted - reservedIn(state, groups);
  });
  return Math.min(...free);
}

/** After an admission its own space is reserved, so not below zero is enough. */
function checkSpace(config: FacilityConfig, state: ReadonlyFacility, group: GroupId, at: Instant, what: string, report: Report): void {
  const free = freeIn(config, state, group, at);
  if (free < 0) report("A3", `${what}: group ${group} is over by ${-free}, occupancy ${occupancy(state, group)}`);
}

const lastSpace = (config: FacilityConfig, state: ReadonlyFacility, at: Instant): boolean =>
  freeIn(config, state, config.ticketGroup, at) === 0;

/** While a space is free, nobody waits unprompted. */
function checkWaiting(config: FacilityConfig, step: Step, report: Report): void {
  const { state } = step.core;
  const waiting = state.waiting.filter((w) => state.lanes.get(w.lane)?.mode === "automatic");
  if (waiting.length === 0 || state.mode !== "open") return;
  const idle = waiting.filter(({ right }) => freeIn(config, state, right?.group ?? config.ticketGroup, step.ownerNow) > 0);
  if (idle.length > 0) report("A10", `${idle.length} wait while a space is free`);
}

/** No waiting car is passed over for more than two rounds. */
function countRounds(config: FacilityConfig, passedOver: Map<number, number>, movement: number, state: ReadonlyFacility, report: Report): void {
  passedOver.delete(movement);
  for (const place of state.waiting.filter(({ right }) => right === undefined)) {
    const times = (passedOver.get(place.movement) ?? 0) + 1;
    passedOver.set(place.movement, times);
    if (times > 2 * config.lanes.length) report("A10", `movement ${place.movement} passed over ${times} times`);
  }
}

/** An offered space is used or given back in its time. */
function checkReservations(step: Step, report: Report): void {
  for (const lane of step.core.state.lanes.values()) {
    const phase = lane.movement?.phase;
    if (!phase) continue;
    const bounded = phase.step === "offered" || phase.step === "printing" || phase.step === "offering" || phase.step === "retracting";
    if (bounded && phase.until + SECOND < step.ownerNow) report("A6", `lane ${lane.id}: ${phase.step} since ${step.ownerNow - phase.until} ms too long`);
  }
}

/** By ticket out: within the grace, inclusive, or nothing due; refused as over only when it is. */
function checkGrace(step: Step, report: Report): void {
  for (const event of step.events) {
    if (event.type !== "ExitRefused" || event.reason !== "graceOver" || event.ticket === null) continue;
    const ticket = step.core.state.tickets.get(event.ticket);
    if (ticket?.leaveBy != null && event.at <= ticket.leaveBy) report("E20", `ticket ${event.ticket} refused ${ticket.leaveBy - event.at} ms before its time`);
  }
}
