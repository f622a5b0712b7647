/** Devices that fail and are mended: what the world does to a site, drawn by the swarm or set by hand. */
import type { LaneId, StationId } from "../../carpark/facility/config.ts";
import { unreachable } from "../../kernel/assert.ts";
import type { DurationMs } from "../../kernel/instant.ts";
import type { LoopName } from "../../carpark/lane/inputs.ts";
import { setStuck } from "./arm.ts";
import { scheduleRest } from "./barrier.ts";
import { feelLoops, moveOn } from "./driving.ts";
import { type World, laneOf, stationOf } from "./world.ts";

export type Trouble =
  | { readonly kind: "printerOut" | "printerJam" | "printerSlow" | "retractFails" | "armStuck"; readonly lane: LaneId }
  | { readonly kind: "cameraSilent" | "cameraDirty" | "terminalDown"; readonly lane: LaneId }
  | { readonly kind: "loopStuck" | "loopSilent"; readonly lane: LaneId; readonly loop: LoopName }
  | { readonly kind: "payoutJam" | "stationPaperOut"; readonly station: StationId };

type Active = { readonly id: number; readonly trouble: Trouble };
const active = new WeakMap<World, Active[]>();

export const troublesOf = (world: World): readonly Trouble[] => (active.get(world) ?? []).map((a) => a.trouble);

/** Breaks something; it is mended after a while. */
export function breakDevice(world: World, trouble: Trouble, forMs: DurationMs): void {
  const id = world.next.trouble++;
  const list = active.get(world) ?? [];
  list.push({ id, trouble });
  active.set(world, list);
  set(world, trouble, true);
  world.schedule.put(world.now + forMs, { what: "mend", trouble: id });
}

export function mend(world: World, id: number): void {
  const list = active.get(world) ?? [];
  const found = list.find((a) => a.id === id);
  if (!found) return;
  active.set(world, list.filter((a) => a !== found));
  set(world, found.trouble, false);
}

export function mendAll(world: World): void {
  for (const { trouble } of active.get(world) ?? []) set(world, trouble, false);
  active.set(world, []);
}

function set(world: World, trouble: Trouble, broken: boolean): void {
  switch (trouble.kind) {
    case "printerOut": laneOf(world, trouble.lane).printer.paper = broken ? 0 : 4_000; return;
    case "printerJam": laneOf(world, trouble.lane).printer.jammed = broken; return;
    case "printerSlow": laneOf(world, trouble.lane).printer.slow = broken; return;
    case "retractFails": {
      const lane = laneOf(world, trouble.lane);
      lane.printer.wontRetract = broken;
      // Whoever mends the printer takes the sheet out of its mouth.
      if (!broken && lane.mouth.has === "ticket") lane.mouth = { has: "nothing" };
      return;
    }
    case "armStuck": {
      const lane = laneOf(world, trouble.lane);
      setStuck(lane.arm, broken, world.now);
      if (!broken) scheduleRest(world, lane);
      return;
    }
    case "loopStuck":
    case "loopSilent": {
      const lane = laneOf(world, trouble.lane);
      lane.loops[trouble.loop].troubleSince = world.now;
      lane.loops[trouble.loop].trouble = broken ? (trouble.kind === "loopStuck" ? "stuckOn" : "silent") : "none";
      feelLoops(world, lane);
      moveOn(world, lane);
      return;
    }
    case "cameraSilent": laneOf(world, trouble.lane).camera = broken ? "silent" : "clear"; return;
    case "cameraDirty": laneOf(world, trouble.lane).camera = broken ? "dirty" : "clear"; return;
    case "terminalDown": laneOf(world, trouble.lane).terminal.down = broken; return;
    case "payoutJam": stationOf(world, trouble.station).payoutJam = broken; return;
    case "stationPaperOut": stationOf(world, trouble.station).paper = broken ? 0 : 2_000; return;
    default: unreachable(trouble);
  }
}
