/**
 * Passage: what the order of loop edges says about the vehicle at the arm.
 *
 *   empty --arming--> atLoop --underArm--> underArm --closing--> clearing --all clear--> passed
 *                        ^------------------'  (moved back)  ^-------'
 *
 * A vehicle longer than the gaps covers two neighbouring loops while it moves, so an under-arm loop that rises
 * again while the first vehicle stands on the closing loop is a second vehicle if the arming loop is
 * covered before it, and the first one reversing if not.
 */
import type { Instant } from "../../kernel/instant.ts";
import { type LaneInputs, type LoopName, SETTLE_MS } from "./inputs.ts";

/**
 * `arrived`: a vehicle stands at the detection loop. `passed`: it has gone through in the lane's direction.
 * `passedUnseen`: it went forward, the closing loop never saw it. `cleared`: the loops are clear without a passage.
 * `synced`: all loops have been read for the first time.
 */
export type PassageSignal = "arrived" | "passed" | "passedUnseen" | "cleared" | "synced";

const level = (inputs: LaneInputs, loop: LoopName): boolean => inputs.loops[loop]?.occupied ?? false;

/** Takes an edge or a heartbeat; says what follows from it. */
export function senseLoop(inputs: LaneInputs, loop: LoopName, occupied: boolean, at: Instant): PassageSignal[] {
  const before = inputs.loops[loop];
  inputs.loops[loop] = { occupied, at };
  if (!inputs.synced) return sync(inputs);
  if (before && before.occupied === occupied) return [];
  return occupied ? rise(inputs, loop) : fall(inputs, loop, at);
}

/** A vehicle is concluded to be gone once the loops have been clear for SETTLE_MS. */
export function settlePassage(inputs: LaneInputs, now: Instant): PassageSignal[] {
  const { passage } = inputs;
  if (passage.clearSince === null || now < passage.clearSince + SETTLE_MS) return [];
  const seenUnderArm = passage.step === "underArm";
  passage.clearSince = null;
  passage.step = "empty";
  return [seenUnderArm ? "passedUnseen" : "cleared"];
}

function sync(inputs: LaneInputs): PassageSignal[] {
  const { arming, underArm, closing } = inputs.loops;
  if (!arming || !underArm || !closing) return [];
  inputs.synced = true;
  inputs.passage.step = closing.occupied ? "clearing" : underArm.occupied ? "underArm" : arming.occupied ? "atLoop" : "empty";
  return ["synced"];
}

function rise(inputs: LaneInputs, loop: LoopName): PassageSignal[] {
  const { passage } = inputs;
  passage.clearSince = null;
  switch (loop) {
    case "arming":
      if (passage.step !== "empty") return [];
      passage.step = "atLoop";
      return ["arrived"];
    case "underArm":
      if (passage.step === "clearing") {
        if (level(inputs, "arming")) passage.follower = true;
        return [];
      }
      if (passage.step === "empty") {
        passage.step = "underArm";
        return ["arrived"];
      }
      passage.step = "underArm";
      return [];
    case "closing":
      if (passage.step === "underArm" || passage.step === "atLoop") passage.step = "clearing";
      return [];
  }
}

function fall(inputs: LaneInputs, loop: LoopName, at: Instant): PassageSignal[] {
  const { passage } = inputs;
  switch (loop) {
    case "arming":
      // At this step nothing has come onto the closing loop: if it is covered, it has been stuck since before.
      if (passage.step === "atLoop" && !level(inputs, "underArm")) passage.clearSince = at;
      return [];
    case "underArm":
      if (passage.step !== "underArm") return [];
      if (level(inputs, "arming")) passage.step = "atLoop";
      else passage.clearSince = at;
      return [];
    case "closing":
      return passage.step === "clearing" ? leaveClosing(inputs) : [];
  }
}

function leaveClosing(inputs: LaneInputs): PassageSignal[] {
  const { passage } = inputs;
  if (level(inputs, "underArm")) {
    const follower = passage.follower;
    passage.follower = false;
    passage.step = "underArm";
    return follower ? ["passed", "arrived"] : [];
  }
  passage.follower = false;
  passage.step = level(inputs, "arming") ? "atLoop" : "empty";
  return passage.step === "atLoop" ? ["passed", "arrived"] : ["passed"];
}
