/**
 * The number-plate camera of a lane. It looks a few times at the vehicle on the detection loop, as real ones do: mostly
 * right and then says the same again, sometimes wrong and less sure, sometimes not at all, sometimes so late that it is
 * history. How often is chosen to be plausible, not taken from a maker's data sheet.
 */
import type { LaneId } from "../../carpark/facility/config.ts";
import type { CameraReading } from "../../devices/camera/reading.ts";
import type { Rng } from "../../kernel/random.ts";
import { LOOPS, covers, frontAt } from "./geometry.ts";
import { type World, type WorldLane, happen, laneOf, vehicleOf } from "./world.ts";

/** When it looks, after the loop felt the vehicle; each look may fail by itself. */
const LOOKS_MS = [250, 800, 2_500];
const BLIND_SHARE = 0.08;
const MISREAD_SHARE = 0.05;
/** A camera whose network hung sends what it saw before. */
const LATE_SHARE = 0.02;
const LATE_MS = 20_000;

/** What cameras take for each other. */
const LOOK_ALIKE: Readonly<Record<string, string>> = {
  O: "0", 0: "O", I: "1", 1: "I", B: "8", 8: "B", S: "5", 5: "S", Z: "2", 2: "Z", G: "6", 6: "8", D: "0", T: "1", M: "W", V: "W", E: "F",
};

/** A vehicle has come onto the detection loop. */
export function lookAt(world: World, lane: WorldLane): void {
  if (!lane.config.camera) return;
  const head = lane.queue.find((id) => onLoop(world, id));
  if (head === undefined) return;
  for (const after of LOOKS_MS) world.schedule.put(world.now + after, { what: "look", lane: lane.config.id, vehicle: head });
}

function onLoop(world: World, id: number): boolean {
  const vehicle = vehicleOf(world, id);
  const motion = vehicle.place.in === "lane" ? vehicle.place.motion : null;
  return motion !== null && covers(frontAt(motion, world.now), vehicle.lengthM, LOOPS.arming.from, LOOPS.arming.to);
}

export function onLook(world: World, laneId: LaneId, id: number): void {
  const lane = laneOf(world, laneId);
  const vehicle = world.vehicles.get(id);
  if (!vehicle || !lane.queue.includes(id) || !onLoop(world, id) || vehicle.plateHidden || lane.camera === "silent") return;
  const rng = world.rng.devices;
  if (rng.chance(BLIND_SHARE)) return;
  const slip = rng.chance(MISREAD_SHARE);
  const wrong = slip || lane.camera === "dirty";
  const reading: CameraReading = {
    text: wrong ? misread(vehicle.plate, rng) : vehicle.plate, confidence: (wrong ? 50 + rng.int(35) : 86 + rng.int(13)) / 100,
    country: world.plateCountry, direction: "towards", readAt: world.now,
  };
  if (!rng.chance(LATE_SHARE)) {
    world.seen.push({ lane: laneId, reading });
    happen(world, "plateRead", id, laneId);
  }
  else world.schedule.put(world.now + LATE_MS, { what: "seenLate", lane: laneId, reading });
}

function misread(plate: string, rng: Rng): string {
  const at = rng.int(plate.length);
  const char = plate[at] ?? "";
  const other = LOOK_ALIKE[char] ?? (/\d/.test(char) ? String((Number(char) + 3) % 10) : "H");
  return plate.slice(0, at) + other + plate.slice(at + 1);
}
