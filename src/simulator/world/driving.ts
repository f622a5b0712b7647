/**
 * Vehicles in a lane: they stop at the pillar, go when the arm is up, keep their distance, back out, follow
 * closely. Their bodies, not messages, decide what the loops feel.
 */
import type { Instant } from "../../kernel/instant.ts";
import { PASSABLE_DEGREES, TOUCHING_DEGREES, degreesAt } from "./arm.ts";
import { liftOffVehicles } from "./barrier.ts";
import {
  ARM_X, BACKING_SPEED, COMMITTED_X, CREEP_SPEED, DRIVE_SPEED, LANE_END_X, LOOPS, LOOP_NAMES, type Motion,
  QUEUE_ENTRY_X, STOP_X, WAITING_GAP_M, covers, frontAt, nextChange, standing,
} from "./geometry.ts";
import { lookAt } from "./camera.ts";
import { type Vehicle, type World, type WorldLane, beat, happen, laneOf, nudge, say, vehicleOf } from "./world.ts";

/** More vehicles than this do not fit on the approach. */
export const QUEUE_MAX = 12;

type InLane = Extract<Vehicle["place"], { in: "lane" }>;

export function motionOf(vehicle: Vehicle): Motion | null {
  return vehicle.place.in === "lane" ? vehicle.place.motion : null;
}

/** A vehicle comes onto the approach, behind those that wait. */
export function joinLane(world: World, vehicle: Vehicle, lane: WorldLane): void {
  const last = lane.queue.at(-1);
  const behind = last === undefined ? QUEUE_ENTRY_X : Math.min(QUEUE_ENTRY_X, rearOf(world, vehicleOf(world, last)) - WAITING_GAP_M);
  vehicle.place = { in: "lane", lane: lane.config.id, motion: standing(behind, world.now) };
  vehicle.going = false;
  vehicle.tailgating = false;
  vehicle.waitingSince = world.now;
  lane.queue.push(vehicle.id);
  beat(world);
  moveOn(world, lane);
}

export function rearOf(world: World, vehicle: Vehicle): number {
  const motion = motionOf(vehicle);
  return motion === null ? LANE_END_X + 1 : frontAt(motion, world.now) - vehicle.lengthM;
}

/** Everybody in the lane goes as far as is free now. */
export function moveOn(world: World, lane: WorldLane): void {
  let ahead: Vehicle | null = null;
  for (const id of lane.queue) {
    const vehicle = vehicleOf(world, id);
    const place = vehicle.place as InLane;
    if (place.motion.speed >= 0) advance(world, lane, vehicle, place, ahead);
    ahead = vehicle;
  }
}

function advance(world: World, lane: WorldLane, vehicle: Vehicle, place: InLane, ahead: Vehicle | null): void {
  const front = frontAt(place.motion, world.now);
  const goal = Math.min(wishOf(world, lane, vehicle, front), limitBehind(world, vehicle, ahead));
  if (goal <= front + 1e-6) {
    if (place.motion.speed !== 0 && goal < place.motion.goal) setMotion(world, vehicle, place, standing(front, world.now));
    return;
  }
  if (place.motion.speed > 0 && Math.abs(place.motion.goal - goal) < 1e-6) return;
  const speed = goal > STOP_X ? DRIVE_SPEED : CREEP_SPEED;
  setMotion(world, vehicle, place, { x: front, at: world.now, speed, goal });
}

/** How far the driver wants to go: to the pillar, or all the way while the arm lets him. */
function wishOf(world: World, lane: WorldLane, vehicle: Vehicle, front: number): number {
  const end = LANE_END_X + vehicle.lengthM;
  if (front >= COMMITTED_X) return end;
  const up = lane.arm.goal === 90 && degreesAt(lane.arm, world.now) >= PASSABLE_DEGREES;
  return vehicle.going && up ? end : Math.max(STOP_X, Math.min(front, COMMITTED_X));
}

function limitBehind(world: World, vehicle: Vehicle, ahead: Vehicle | null): number {
  if (!ahead) return Infinity;
  const motion = motionOf(ahead);
  if (!motion || (vehicle.tailgating && motion.speed > 0)) return Infinity;
  return rearOf(world, ahead) - WAITING_GAP_M;
}

function setMotion(world: World, vehicle: Vehicle, place: InLane, motion: Motion): void {
  place.motion = motion;
  const at = nextChange(motion, vehicle.lengthM, world.now);
  if (at !== null) world.schedule.put(at, { what: "motion", vehicle: vehicle.id, since: motion.at });
}

/** Backwards out of the lane; those behind give way by as much and come forward again later. */
export function startBacking(world: World, vehicle: Vehicle): void {
  if (vehicle.place.in !== "lane") return;
  const lane = laneOf(world, vehicle.place.lane);
  const way = frontAt(vehicle.place.motion, world.now) - (QUEUE_ENTRY_X - 1);
  for (const id of lane.queue.slice(lane.queue.indexOf(vehicle.id))) {
    const other = vehicleOf(world, id);
    if (other.place.in !== "lane") continue;
    const front = frontAt(other.place.motion, world.now);
    other.going = false;
    other.tailgating = false;
    other.leaving = other === vehicle;
    setMotion(world, other, other.place, { x: front, at: world.now, speed: -BACKING_SPEED, goal: front - Math.max(0.5, way) });
  }
}

/** A vehicle has come to a place where something changes. */
export function onMotion(world: World, vehicle: Vehicle, since: Instant): void {
  const place = vehicle.place;
  if (place.in !== "lane" || place.motion.at !== since) return;
  const lane = laneOf(world, place.lane);
  const front = frontAt(place.motion, world.now);
  checkArm(world, lane, vehicle, front);
  if (place.motion.speed > 0 && front - vehicle.lengthM >= LOOPS.closing.to) crossOver(world, lane, vehicle);
  const arrived = front === place.motion.goal;
  if (arrived && front >= LANE_END_X) leaveLane(world, lane, vehicle);
  else if (arrived && vehicle.leaving) leaveBackwards(world, lane, vehicle);
  else if (arrived) {
    setMotion(world, vehicle, place, standing(front, world.now));
    nudge(world, vehicle);
  } else setMotion(world, vehicle, place, { ...place.motion, x: front, at: world.now });
  feelLoops(world, lane);
  moveOn(world, lane);
}

/** The rear has left the closing loop: in this moment it is inside, or outside. */
function crossOver(world: World, lane: WorldLane, vehicle: Vehicle): void {
  const entry = lane.config.direction === "entry";
  if (entry === (vehicle.enteredAt !== null)) return;
  vehicle.enteredAt = entry ? world.now : null;
  world.inside += entry ? 1 : -1;
  world.totals[entry ? "entered" : "left"]++;
  if (vehicle.tailgating) world.totals[entry ? "tailgatedIn" : "tailgatedOut"]++;
  happen(world, vehicle.tailgating ? "tailgated" : entry ? "droveIn" : "droveOut", vehicle.id, lane.config.id);
}

function leaveLane(world: World, lane: WorldLane, vehicle: Vehicle): void {
  lane.queue = lane.queue.filter((id) => id !== vehicle.id);
  if (lane.config.direction === "exit") {
    forget(world, vehicle);
    return;
  }
  const bay = world.bays.indexOf(null);
  if (bay >= 0) world.bays[bay] = vehicle.id;
  const until = world.now + 15_000 + world.rng.hands.int(45_000);
  vehicle.place = { in: "aisle", bay, from: "lane", lane: lane.config.id, since: world.now, until };
  world.schedule.put(until, { what: "aisle", vehicle: vehicle.id });
}

/** Out of the lane by the way it came: back to the street, or back to a bay. */
function leaveBackwards(world: World, lane: WorldLane, vehicle: Vehicle): void {
  const at = lane.queue.indexOf(vehicle.id);
  lane.queue.splice(at, 1);
  vehicle.leaving = false;
  world.totals.backedOut++;
  happen(world, "backedOut", vehicle.id, lane.config.id);
  if (lane.config.direction === "entry") {
    forget(world, vehicle);
    return;
  }
  const bay = Math.max(0, world.bays.indexOf(null));
  world.bays[bay] = vehicle.id;
  vehicle.place = { in: "bay", bay };
  nudge(world, vehicle, 60_000);
}

function forget(world: World, vehicle: Vehicle): void {
  const carried = world.cards.find((c) => c.carrier === vehicle.id);
  if (carried) carried.carrier = null;
  world.vehicles.delete(vehicle.id);
}

export const physicallyOn = (world: World, lane: WorldLane, from: number, to: number): boolean =>
  lane.queue.some((id) => {
    const vehicle = vehicleOf(world, id);
    const motion = motionOf(vehicle);
    return motion !== null && covers(frontAt(motion, world.now), vehicle.lengthM, from, to);
  });

/** Loops report what they feel, when it changes. */
export function feelLoops(world: World, lane: WorldLane): void {
  for (const name of LOOP_NAMES) {
    const loop = lane.loops[name];
    const occupied = loop.trouble === "stuckOn" || physicallyOn(world, lane, LOOPS[name].from, LOOPS[name].to);
    if (occupied === loop.occupied) continue;
    loop.occupied = occupied;
    if (loop.trouble === "silent") continue;
    if (world.quiet) reportLoops(world, lane);
    else say(world, `${lane.config.id}/${name}`, { type: "SenseLoop", lane: lane.config.id, loop: name, occupied });
    if (name === "arming" && occupied) lookAt(world, lane);
  }
  liftOffVehicles(world, lane);
}

export function reportLoops(world: World, lane: WorldLane): void {
  for (const name of LOOP_NAMES) {
    const { occupied, trouble } = lane.loops[name];
    if (trouble === "silent") continue;
    say(world, `${lane.config.id}/${name}`, { type: "SenseLoop", lane: lane.config.id, loop: name, occupied });
  }
}

/** The arm must never be low over a vehicle; the controller sees to it, and this counts when it did not. */
function checkArm(world: World, lane: WorldLane, vehicle: Vehicle, front: number): void {
  if (!covers(front, vehicle.lengthM, ARM_X - 0.05, ARM_X + 0.05)) return;
  if (degreesAt(lane.arm, world.now) < TOUCHING_DEGREES && !lane.arm.stuck) world.totals.armHits++;
}
