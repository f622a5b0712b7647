/** How the simulated devices say they are. */
import type { DeviceCondition, DeviceHealth, DeviceStatus } from "../../devices/port.ts";
import type { AssetKind } from "../../carpark/fault/fault.ts";
import type { Instant } from "../../kernel/instant.ts";
import { LOOP_NAMES } from "./geometry.ts";
import { BIN_CAPACITY } from "./pillar.ts";
import type { World, WorldLane, WorldStation } from "./world.ts";

/** Sheets left when a printer says so. */
const PAPER_LOW = 100;
/** Coins left when a hopper says so. */
const HOPPER_LOW = 10;

const HEALTH: Readonly<Record<DeviceCondition, DeviceHealth>> = {
  ok: "ok", paperLow: "warning", hopperLow: "warning", paperOut: "fault", jammed: "fault", binFull: "fault",
  cashBoxFull: "fault", stuck: "fault", noAnswer: "offline",
};

export function statusOf(world: World): DeviceStatus[] {
  return [
    ...[...world.lanes.values()].flatMap((lane) => laneStatus(world, lane)),
    ...[...world.stations.values()].flatMap((station) => stationStatus(world, station)),
  ];
}

type Row = readonly [name: string, kind: AssetKind, condition: DeviceCondition, lastSeen?: Instant];

function laneStatus(world: World, lane: WorldLane): DeviceStatus[] {
  const entry = lane.config.direction === "entry";
  const { paper, jammed } = lane.printer;
  const printer: DeviceCondition = jammed ? "jammed" : paper === 0 ? "paperOut" : paper < PAPER_LOW ? "paperLow" : "ok";
  const rows: Row[] = [
    ["pillar", "pillar", !entry && lane.captured >= BIN_CAPACITY ? "binFull" : "ok"],
    ...(entry ? [["printer", "printer", printer] as Row] : []),
    ["card", "cardReader", "ok"],
    ["barrier", "barrier", lane.arm.stuck ? "stuck" : "ok"],
    ...LOOP_NAMES.map((name): Row => {
      const { trouble, troubleSince } = lane.loops[name];
      if (trouble === "silent") return [name, "loop", "noAnswer", troubleSince];
      return [name, "loop", trouble === "stuckOn" ? "stuck" : "ok"];
    }),
    ["camera", "camera", "ok"],
  ];
  return rows.map(([name, kind, condition, lastSeen]) => ({
    device: `${lane.config.id}/${name}`, kind, lane: lane.config.id, station: null, condition, health: HEALTH[condition],
    lastSeen: lastSeen ?? world.now,
  }));
}

function stationStatus(world: World, station: WorldStation): DeviceStatus[] {
  const low = [...station.hoppers.values()].some((count) => count < HOPPER_LOW);
  const paper: DeviceCondition = station.paper === 0 ? "paperOut" : station.paper < PAPER_LOW ? "paperLow" : "ok";
  const rows: Row[] = [
    ["screen", "payStation", "ok"], ["coins", "payStation", "ok"], ["notes", "payStation", "ok"],
    ["hoppers", "payStation", station.payoutJam ? "jammed" : low ? "hopperLow" : "ok"],
    ["terminal", "cardReader", "ok"], ["printer", "printer", paper],
  ];
  return rows.map(([name, kind, condition]) => ({
    device: `${station.id}/${name}`, kind, lane: null, station: station.id, condition, health: HEALTH[condition],
    lastSeen: world.now,
  }));
}
