/**
 * A barrier arm with its own controller:
 *
 *   closed 0 --open--> rising --> open 90 --close, nothing near--> falling --> closed
 *                         ^-------- something comes near --------------'
 *
 * The controller looks at the physical passage itself. It refuses to close on a vehicle and lifts again when
 * one comes under the falling arm, whatever it is told. A refused close lapses; it is not remembered.
 */
import type { BarrierPosition } from "../../carpark/lane/inputs.ts";
import type { DurationMs, Instant } from "../../kernel/instant.ts";

export const RISE_MS: DurationMs = 1_500;
export const FALL_MS: DurationMs = 2_000;
/** A driver goes when the arm is at least this high. */
export const PASSABLE_DEGREES = 80;
/** Lower than this, the arm would touch a vehicle under it. */
export const TOUCHING_DEGREES = 30;

export type Arm = {
  degrees: number;
  since: Instant;
  goal: 0 | 90;
  /** Blocked where it is: gear, wind or a crooked arm. */
  stuck: boolean;
  reported: BarrierPosition;
};

export const closedArm = (): Arm => ({ degrees: 0, since: 0, goal: 0, stuck: false, reported: "closed" });

export function degreesAt(arm: Arm, now: Instant): number {
  if (arm.stuck || arm.degrees === arm.goal) return arm.degrees;
  const passed = now - arm.since;
  if (arm.goal === 90) return Math.min(90, arm.degrees + (90 * passed) / RISE_MS);
  return Math.max(0, arm.degrees - (90 * passed) / FALL_MS);
}

/** When it will have come to rest, or null when it rests. */
export function restsAt(arm: Arm, now: Instant): Instant | null {
  const degrees = degreesAt(arm, now);
  if (arm.stuck || degrees === arm.goal) return null;
  const way = Math.abs(arm.goal - degrees) / 90;
  return now + Math.ceil(way * (arm.goal === 90 ? RISE_MS : FALL_MS));
}

export function positionAt(arm: Arm, now: Instant): BarrierPosition {
  const degrees = degreesAt(arm, now);
  if (degrees >= 90) return "open";
  if (degrees <= 0) return "closed";
  return "moving";
}

export function turn(arm: Arm, goal: 0 | 90, now: Instant): boolean {
  if (arm.goal === goal) return false;
  arm.degrees = degreesAt(arm, now);
  arm.since = now;
  arm.goal = goal;
  return true;
}

/** It stops where it is, or goes on from there. */
export function setStuck(arm: Arm, stuck: boolean, now: Instant): void {
  arm.degrees = degreesAt(arm, now);
  arm.since = now;
  arm.stuck = stuck;
}
