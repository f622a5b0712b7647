/**
 * A lane in metres, seen along the way a vehicle drives it:
 *
 *     0        9.5 === 13.0      14.6=15.2    16.0 === 19.0       22
 *     queue    arming loop  stop   ARM 15      closing loop       out of the lane
 *
 * Under the arm stands a short loop (0.6 m), so that the gap of 0.8 m and more between a vehicle and one that
 * follows it closely is seen. A vehicle covers [front - length, front].
 */
import type { LoopName } from "../../carpark/lane/inputs.ts";
import type { Instant } from "../../kernel/instant.ts";

export const LOOPS: Readonly<Record<LoopName, { readonly from: number; readonly to: number }>> = {
  arming: { from: 9.5, to: 13 },
  underArm: { from: 14.6, to: 15.2 },
  closing: { from: 16, to: 19 },
};
export const LOOP_NAMES = ["arming", "underArm", "closing"] as const;

/** Where a driver reaches the pillar: the front stands here. */
export const STOP_X = 13.2;
/** A driver whose front has come this far does not brake for a falling arm any more. */
export const COMMITTED_X = 14.3;
export const ARM_X = 15;
/** The rear has left the lane. */
export const LANE_END_X = 22;
/** New vehicles come in from here, behind those that wait. */
export const QUEUE_ENTRY_X = 8;
/** Bumper to bumper while waiting; one who tailgates keeps it while driving. */
export const WAITING_GAP_M = 1;

/** So far past an edge a vehicle is looked at, that rounding does not leave it before it. */
const PAST_M = 0.001;

/** Metres a second. */
export const CREEP_SPEED = 1.5;
export const DRIVE_SPEED = 2.5;
export const BACKING_SPEED = 1.2;

/** Uniform motion since `at`; `goal` is where it stops. */
export type Motion = { readonly x: number; readonly at: Instant; readonly speed: number; readonly goal: number };

export const standing = (x: number, at: Instant): Motion => ({ x, at, speed: 0, goal: x });

export function frontAt(motion: Motion, now: Instant): number {
  if (motion.speed === 0) return motion.x;
  const x = motion.x + (motion.speed * (now - motion.at)) / 1_000;
  return motion.speed > 0 ? Math.min(x, motion.goal) : Math.max(x, motion.goal);
}

/** When something about the loops or the end of this motion changes next; null while standing. */
export function nextChange(motion: Motion, lengthM: number, now: Instant): Instant | null {
  if (motion.speed === 0) return null;
  const front = frontAt(motion, now);
  const forward = motion.speed > 0;
  let nearest = Math.abs(motion.goal - front);
  for (const edge of edgesOf(lengthM)) {
    const ahead = forward ? edge - front : front - edge;
    if (ahead > 1e-9 && ahead < nearest) nearest = ahead;
  }
  return now + Math.ceil(((nearest + PAST_M) / Math.abs(motion.speed)) * 1_000);
}

/** Fronts at which a loop, the arm's line or the point of no return is crossed, for a vehicle of this length. */
function edgesOf(lengthM: number): number[] {
  const { arming, underArm, closing } = LOOPS;
  return [
    arming.from, underArm.from, closing.from, COMMITTED_X, arming.to + lengthM, underArm.to + lengthM,
    closing.to + lengthM,
  ];
}

export const covers = (front: number, lengthM: number, from: number, to: number): boolean =>
  front > from && front - lengthM < to;
