/**
 * One moment of the world after the other. `advance` carries out everything due at the next instant; what the
 * devices said is in `world.out` for the caller to take.
 */
import type { LaneId } from "../../carpark/facility/config.ts";
import type { DesiredOutputs, Order } from "../../carpark/facility/outputs.ts";
import { HEARTBEAT_MS } from "../../devices/port.ts";
import { unreachable } from "../../kernel/assert.ts";
import { type Instant, MINUTE } from "../../kernel/instant.ts";
import { onArmRest, report, commandArm } from "./barrier.ts";
import { onLook } from "./camera.ts";
import { lookUp, think } from "./driver.ts";
import { moveOn, onMotion, reportLoops } from "./driving.ts";
import { onAisle, onWalked } from "./hands.ts";
import { onPrinted, onRetract, onSlotWait, orderPillar } from "./pillar.ts";
import { onOffer } from "./note-acceptor.ts";
import { applyStation, onAnswer, onCoin, onLetGo, onValidated, orderStation, readStation } from "./station.ts";
import { CALM_QUIRKS, type QuirkRates, nextArrival, sendVehicle } from "./traffic.ts";
import { onSaleDone } from "./terminal.ts";
import { mend } from "./trouble.ts";
import { type Due, type OutMessage, type World, type WorldLane, laneOf, stationOf } from "./world.ts";

export type StepOptions = { readonly quirks: QuirkRates };
const CALM: StepOptions = { quirks: CALM_QUIRKS };

/** When something happens next; a world always has a heartbeat to come. */
export const nextAt = (world: World): Instant => world.schedule.nextAt() ?? world.now + HEARTBEAT_MS;

/** Carries out what is due at the next instant, if that is not after `limit`. */
export function advance(world: World, limit: Instant, options: StepOptions = CALM): boolean {
  const at = world.schedule.nextAt();
  if (at === null || at > limit) {
    world.now = Math.max(world.now, limit);
    return false;
  }
  world.now = at;
  for (let due = world.schedule.take(at); due; due = world.schedule.take(at)) carryOut(world, due.item, options);
  return true;
}

/** What the devices said since the last call. */
export function takeOut(world: World): OutMessage[] {
  const out = world.out;
  world.out = [];
  return out;
}

function carryOut(world: World, due: Due, options: StepOptions): void {
  switch (due.what) {
    case "motion": return withVehicle(world, due.vehicle, (v) => onMotion(world, v, due.since));
    case "think": return withVehicle(world, due.vehicle, (v) => v.thinkAt === world.now && think(world, v));
    case "aisle": return withVehicle(world, due.vehicle, (v) => onAisle(world, v));
    case "walked": return withVehicle(world, due.vehicle, (v) => onWalked(world, v));
    case "arm": {
      const lane = laneOf(world, due.lane);
      if (onArmRest(world, lane, due.since)) moveOn(world, lane);
      return;
    }
    case "printed": onPrinted(world, laneOf(world, due.lane), due.order); return;
    case "retract": onRetract(world, laneOf(world, due.lane), due.number); return;
    case "slotWait": onSlotWait(world, laneOf(world, due.lane), due.since); return;
    case "coin": onCoin(world, stationOf(world, due.station), due.payout); return;
    case "validated": onValidated(world, stationOf(world, due.station), due.ticket, due.text); return;
    case "letGo": onLetGo(world, stationOf(world, due.station), due.at); return;
    case "offer": onOffer(world, stationOf(world, due.station), due.note); return;
    case "answer": onAnswer(world, stationOf(world, due.station), due.operation, due.approve); return;
    case "look": onLook(world, due.lane, due.vehicle); return;
    case "seenLate": world.seen.push({ lane: due.lane, reading: due.reading }); return;
    case "saleDone": onSaleDone(world, due.lane, due.operation, due.approve); return;
    case "heartbeat": heartbeat(world); return;
    case "traffic": traffic(world, options); return;
    case "mend": mend(world, due.trouble); return;
    default: unreachable(due);
  }
}

function withVehicle(world: World, id: number, then: (vehicle: NonNullable<ReturnType<World["vehicles"]["get"]>>) => void): void {
  const vehicle = world.vehicles.get(id);
  if (vehicle) then(vehicle);
}

/**
 * Every device confirms its levels. A quiet world leaves out lanes in which nothing can change before their
 * next report, and has no heartbeat at all while all of them rest.
 */
function heartbeat(world: World): void {
  let awake = !world.quiet;
  for (const lane of world.lanes.values()) {
    if (world.quiet && atRest(lane)) continue;
    awake = true;
    readLane(world, lane);
  }
  world.beating = awake;
  if (awake) world.schedule.put(world.now + HEARTBEAT_MS, { what: "heartbeat" });
}

const atRest = (lane: WorldLane): boolean => lane.queue.length === 0 && lane.arm.degrees === 0 && lane.arm.goal === 0;

/** Every level of a lane, as after a question. */
export function readLane(world: World, lane: WorldLane): void {
  reportLoops(world, lane);
  report(world, lane);
}

export function readAll(world: World): void {
  for (const lane of world.lanes.values()) readLane(world, lane);
  for (const station of world.stations.values()) readStation(world, station);
}

function traffic(world: World, options: StepOptions): void {
  const spaces = world.bays.length - 20;
  if (world.traffic > 0) sendVehicle(world, options.quirks);
  world.schedule.put(nextArrival(world, world.now, spaces) ?? world.now + MINUTE, { what: "traffic" });
}

/** Levels from the owner. A display that changes makes drivers look. */
export function apply(world: World, outputs: DesiredOutputs): void {
  world.sign = outputs.sign;
  for (const output of outputs.lanes) {
    const lane = world.lanes.get(output.lane);
    if (!lane) continue;
    const changed = lane.display?.key !== output.display.key || lane.display.reason !== output.display.reason;
    lane.display = output.display;
    if (output.barrier !== "hold") {
      const goal = lane.arm.goal;
      commandArm(world, lane, output.barrier);
      if (lane.arm.goal !== goal) moveOn(world, lane);
    }
    if (changed) lookUp(world, lane);
  }
  for (const output of outputs.stations) applyStation(world, output);
}

/** A one-shot from the owner; a repeated id has no second effect. */
export function order(world: World, one: Order): void {
  if ("lane" in one) orderPillar(world, one);
  else orderStation(world, one);
}

export const laneIds = (world: World): LaneId[] => [...world.lanes.keys()];
