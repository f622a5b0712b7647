/**
 * Arms (B1, B2, B5, B6, B7). The oracle keeps its own record of what the owner has been told about the loops, in
 * true time, and looks at every level the moment it goes out.
 */
import type { FacilityConfig, LaneId } from "../../../carpark/facility/config.ts";
import { LOOP_FRESH_MS, type LoopName } from "../../../carpark/lane/inputs.ts";
import type { Instant } from "../../../kernel/instant.ts";
import type { Marks } from "../marks.ts";
import type { Oracle, Report, Step } from "./oracle.ts";

type Heard = Map<LoopName, { occupied: boolean; at: Instant }>;

/** `latencyMs`: how long a decision may take to go out; the input it was made from is that much older. */
export function barrierOracle(config: FacilityConfig, report: Report, marks: Marks, latencyMs: number): Oracle {
  let heard = new Map<LaneId, Heard>();
  let entered = new Map<number, number>();
  return {
    afterStep(step) {
      const { command } = step;
      if (command.type === "SenseLoop") {
        const lane = heard.get(command.lane) ?? new Map<LoopName, { occupied: boolean; at: Instant }>();
        lane.set(command.loop, { occupied: command.occupied, at: step.now });
        heard.set(command.lane, lane);
      }
      if (command.type === "StartOwner") heard = new Map();
      countPassages(step, entered, report);
      if (step.events.some((e) => e.type === "OwnerStarted")) entered = new Map();
    },
    onEffect(effect, durable, now) {
      for (const output of effect.output.lanes) {
        const direction = config.lanes.find((l) => l.id === output.lane)?.direction;
        const lane = durable.lanes.get(output.lane);
        if (output.barrier === "close") {
          checkClose(heard.get(output.lane), output.lane, now, latencyMs, report);
          marks.sometimes("close commanded");
        }
        const cause = lane?.movement?.phase.step === "opening" || lane?.mode === "heldOpen" || (durable.mode === "fire" && direction === "exit");
        if (output.barrier === "open" && !cause) report("B5", `lane ${output.lane} opens without a durable cause`);
        if (durable.mode === "fire" && direction === "exit" && output.barrier !== "open") {
          report("B7", `exit ${output.lane} is told ${output.barrier} in a fire`);
        }
      }
    },
  };
}

function checkClose(heard: Heard | undefined, lane: LaneId, now: Instant, latencyMs: number, report: Report): void {
  for (const name of ["underArm", "closing"] as const) {
    const loop = heard?.get(name);
    if (!loop) report("B2", `lane ${lane} closes and ${name} was never read`);
    else if (loop.occupied && now - loop.at > latencyMs) report("B1", `lane ${lane} closes and ${name} is occupied`);
    else if (now - loop.at > LOOP_FRESH_MS + latencyMs) report("B2", `lane ${lane} closes and ${name} is ${now - loop.at} ms old`);
  }
}

/** One authorisation, one vehicle: a movement opens or closes at most one regular stay. */
function countPassages(step: Step, entered: Map<number, number>, report: Report): void {
  let stays = 0;
  for (const event of step.events) {
    if (event.type === "StayOpened" && event.lane !== null && event.basis !== "irregular") stays++;
    if (event.type !== "MovementEnded") continue;
    const before = entered.get(event.movement) ?? 0;
    entered.set(event.movement, before + 1);
    if (before > 0) report("B6", `movement ${event.movement} ended ${before + 1} times`);
    if (stays > 1) report("B6", `movement ${event.movement}: ${stays} stays by one authorisation`);
    stays = 0;
  }
}
