/** The controller of a lane's arm: obeys "open", tries "close" once, lifts off whatever comes near. */
import { LOOPS, covers, frontAt } from "./geometry.ts";
import { type Arm, degreesAt, positionAt, restsAt, turn } from "./arm.ts";
import { type World, type WorldLane, beat, happen, nudge, say, vehicleOf } from "./world.ts";

/** What the controller's own light curtain and loops see, whatever the reported loops say. */
function passageFree(world: World, lane: WorldLane): boolean {
  return !lane.queue.some((id) => {
    const vehicle = vehicleOf(world, id);
    if (vehicle.place.in !== "lane") return false;
    const front = frontAt(vehicle.place.motion, world.now);
    return covers(front, vehicle.lengthM, LOOPS.underArm.from - 0.1, LOOPS.closing.to);
  });
}

export function commandArm(world: World, lane: WorldLane, command: "open" | "close"): void {
  const arm = lane.arm;
  if (command === "open") {
    if (arm.goal !== 90) start(world, lane, 90);
    return;
  }
  if (arm.goal === 0) return;
  if (!passageFree(world, lane)) {
    happen(world, "armRefusedToClose", null, lane.config.id);
    return;
  }
  start(world, lane, 0);
}

function start(world: World, lane: WorldLane, goal: Arm["goal"]): void {
  turn(lane.arm, goal, world.now);
  beat(world);
  scheduleRest(world, lane);
  report(world, lane);
}

export function scheduleRest(world: World, lane: WorldLane): void {
  const at = restsAt(lane.arm, world.now);
  if (at !== null) world.schedule.put(at, { what: "arm", lane: lane.config.id, since: lane.arm.since });
}

/** A falling arm lifts again when something comes under it. */
export function liftOffVehicles(world: World, lane: WorldLane): void {
  if (lane.arm.goal === 0 && degreesAt(lane.arm, world.now) > 0 && !passageFree(world, lane)) start(world, lane, 90);
}

/** The arm has come to rest. Returns whether it did. */
export function onArmRest(world: World, lane: WorldLane, since: number): boolean {
  if (lane.arm.since !== since || lane.arm.stuck) return false;
  lane.arm.degrees = lane.arm.goal;
  report(world, lane);
  happen(world, lane.arm.goal === 90 ? "armOpened" : "armClosed", null, lane.config.id);
  for (const id of lane.queue.slice(0, 2)) nudge(world, vehicleOf(world, id), 300 + world.rng.hands.int(1_200));
  return true;
}

export function report(world: World, lane: WorldLane): void {
  const position = positionAt(lane.arm, world.now);
  lane.arm.reported = position;
  say(world, `${lane.config.id}/barrier`, { type: "SenseBarrier", lane: lane.config.id, position });
}
