/**
 * What the sensors of a lane say now. Never journalled: raw loop edges go to a trace, and after a restart
 * every input is read again before anything is commanded. Lost or stale counts as occupied.
 */
import type { Instant } from "../../kernel/instant.ts";

export type LoopName = "arming" | "underArm" | "closing";

/** `at`: when the level was last confirmed by the device (edge or heartbeat). */
export type LoopInput = { occupied: boolean; at: Instant };

export type BarrierPosition = "open" | "closed" | "moving" | "unknown";

/** Where the vehicle stands in the passage, from the order of the edges. */
export type PassageStep = "empty" | "atLoop" | "underArm" | "clearing";

export type LaneInputs = {
  loops: { arming: LoopInput | null; underArm: LoopInput | null; closing: LoopInput | null };
  /** `closeWantedSince`: how long the arm has been told to close without being closed. */
  barrier: { position: BarrierPosition; at: Instant; closeWantedSince: Instant | null };
  /** All three loops have been read since the process started; before that nothing is concluded. */
  synced: boolean;
  passage: {
    step: PassageStep;
    /** A second vehicle came under the arm while the first stood on the closing loop. */
    follower: boolean;
    /** When the loops became all clear without a confirmed passage; concluded after SETTLE_MS. */
    clearSince: Instant | null;
  };
};

/** A loop not confirmed for this long counts as occupied: three missed heartbeats of 2 s. */
export const LOOP_FRESH_MS = 6_000;

/** Loops may flicker between two vehicles' parts; only after this long all clear is a vehicle taken to be gone. */
export const SETTLE_MS = 1_500;

export function emptyLaneInputs(): LaneInputs {
  return {
    loops: { arming: null, underArm: null, closing: null },
    barrier: { position: "unknown", at: 0, closeWantedSince: null },
    synced: false,
    passage: { step: "empty", follower: false, clearSince: null },
  };
}
