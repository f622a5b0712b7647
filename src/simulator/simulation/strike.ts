/** What a blow does to a site: to its world, its wires, its owner; and how each is put right again. */
import type { LaneId } from "../../carpark/facility/config.ts";
import { digestState } from "../../carpark/facility/snapshot.ts";
import { MINUTE } from "../../kernel/instant.ts";
import { cutPower } from "../world/power.ts";
import { readAll } from "../world/step.ts";
import { breakDevice } from "../world/trouble.ts";
import { decideOne, staffDoes, travel, wireOf } from "./deliver.ts";
import type { Blow } from "./faults.ts";
import { copies, linkDown, linkUp, placeOf, reboot } from "./network.ts";
import { crash, start } from "./owner.ts";
import { restorePlates } from "./plates.ts";
import { type Run, complain, resetDrift, stamp } from "./site-state.ts";
import { recountActs } from "./staff.ts";

export function strike(run: Run, blow: Blow): void {
  const { world, net, marks } = run;
  run.options.trace?.(`${stamp(run.now)} STRIKE ${JSON.stringify(blow)}`);
  switch (blow.do) {
    case "crash": die(run, blow); return;
    case "linkDown":
      linkDown(net, blow.place);
      marks.sometimes("link down");
      run.agenda.put(run.now + blow.forMs, { do: "linkUp", place: blow.place });
      return;
    case "reboot":
      for (const device of net.lines.keys()) if (placeOf(device) === blow.place) reboot(net, device);
      marks.sometimes("device reboot");
      readAll(world);
      return;
    case "trouble":
      breakDevice(world, blow.trouble, blow.forMs);
      marks.sometimes("camera silent", blow.trouble.kind === "cameraSilent");
      marks.sometimes("plate unreadable", blow.trouble.kind === "cameraDirty");
      marks.sometimes("terminal down", blow.trouble.kind === "terminalDown");
      marks.sometimes("arm stuck", blow.trouble.kind === "armStuck");
      marks.sometimes("silent loop", blow.trouble.kind === "loopSilent");
      if (blow.trouble.kind === "loopSilent" || blow.trouble.kind === "loopStuck") run.drift.physical += 4;
      return;
    case "fire":
      if (run.owner.core) decideOne(run, run.owner.core, { type: "RaiseFireAlarm" }, null);
      marks.sometimes("fire");
      run.agenda.put(run.now + blow.forMs, { do: "fireOver" });
      return;
    case "laneMode":
      staffDoes(run, { type: "SetLaneMode", lane: blow.lane, mode: blow.mode, reason: "drill" });
      run.agenda.put(run.now + blow.forMs, { do: "laneBack", lane: blow.lane });
      return;
  }
}

export function die(run: Run, blow: Extract<Blow, { do: "crash" }>): void {
  const { owner, marks, world } = run;
  if (!owner.core) return;
  const state = owner.mirror.state;
  marks.sometimes("crash");
  marks.sometimes("power cut", blow.power);
  marks.sometimes("full and crash", state.waiting.length > 0);
  marks.sometimes("crash while opening", [...state.lanes.values()].some((l) => l.movement?.phase.step === "opening"));
  marks.sometimes("crash while printing", [...state.lanes.values()].some((l) => l.movement?.phase.step === "printing"));
  marks.sometimes("crash while collecting", [...state.stations.values()].some((s) => s.phase.step === "collecting"));
  const { lost, silent } = crash(owner, blow.survivors);
  marks.sometimes("crash with work in flight", lost > 0);
  marks.sometimes("durable and never told", silent > 0);
  run.drift.physical += 2 * run.config.lanes.length;
  if (blow.power) {
    cutPower(world);
    for (const device of run.net.lines.keys()) reboot(run.net, device);
  }
  run.agenda.put(run.now + blow.downMs, { do: "restart" });
}

export function restart(run: Run): void {
  const { owner, swarm, rng, marks } = run;
  if (owner.core) return;
  const before = owner.clockOffset;
  const offset = swarm.clockStepMs > 0 ? rng.owner.int(2 * swarm.clockStepMs) - swarm.clockStepMs : 0;
  marks.sometimes("clock stepped back", offset < before);
  marks.sometimes("start from closed period", owner.closedAt >= 0);
  const core = start(owner, run.now, offset);
  run.inbox = new Map();
  const folded = digestState(core.state);
  if (folded !== digestState(owner.mirror.state)) complain(run, "F6", "the state after a restart differs from the journal's");
  for (const oracle of run.oracles) oracle.onRestart?.(owner.mirror.state, run.now);
  restorePlates(run, core);
  decideOne(run, core, { type: "StartOwner", epoch: owner.epoch }, null);
  readAll(run.world);
}

/** What the devices had kept while their link was down goes out, and every level again. */
export function linkBack(run: Run, place: string): void {
  for (const message of linkUp(run.net, place)) {
    for (const { at, message: copy } of copies(run.net, message, wireOf(run), run.now)) travel(run, at, copy);
  }
  readAll(run.world);
}

export function fireOver(run: Run): void {
  const { core } = run.owner;
  if (core?.state.mode === "fire") decideOne(run, core, { type: "ResetFireAlarm", reason: "all clear" }, "anna");
  if (!core) run.agenda.put(run.now + MINUTE, { do: "fireOver" });
  else if (core.state.mode === "closed") {
    for (const act of recountActs(core, run.world.inside, run.now)) decideOne(run, core, act.command, act.actor);
    resetDrift(run);
    decideOne(run, core, { type: "SetFacilityMode", mode: "open", reason: "recounted" }, "anna");
  }
}

export const laneBack = (run: Run, lane: LaneId): void =>
  staffDoes(run, { type: "SetLaneMode", lane, mode: "automatic", reason: "back in service" });
