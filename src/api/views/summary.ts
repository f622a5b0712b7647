/** One car park in the overview of the city: how full it is and what is wrong. */
import { capacity, freeSpaces, occupancy } from "../../carpark/counting/counting.ts";
import { present } from "../../kernel/assert.ts";
import type { AlarmView, FacilitySummary } from "../contract/live.ts";
import { groupView, outputsOf, recountNeeded } from "./facility-view.ts";
import type { Seen } from "./seen.ts";

/** Alarms of one car park shown in the overview; its own page shows all. */
const ALARMS_MAX = 20;

export function facilitySummary(seen: Seen): FacilitySummary {
  const { state, now } = seen;
  const config = present(state.config, `configuration of ${state.id}`);
  const total = capacity(state, config.allGroup, now);
  const occupied = occupancy(state, config.allGroup);
  return {
    id: config.id, number: config.number, name: config.name, address: config.address, zone: config.zone, currency: config.currency,
    seq: seen.seq, at: now, mode: state.mode, sign: outputsOf(seen).sign,
    groups: config.groups.map((group) => groupView(state, group, now)),
    capacity: total, occupied, free: freeSpaces(state, config.allGroup, now), ticketFree: freeSpaces(state, config.ticketGroup, now),
    lanes: config.lanes.length, stations: config.payStations.length, openCalls: state.calls.size, openFaults: state.openFaults.size,
    waiting: state.waiting.length, alarms: alarmsOf(seen).slice(0, ALARMS_MAX),
  };
}

/** The worst first. */
export function alarmsOf(seen: Seen): AlarmView[] {
  const { state } = seen;
  const alarms: AlarmView[] = [];
  const raise = (kind: AlarmView["kind"], subject: string, detail: string, since: number | null): void =>
    void alarms.push({ kind, subject, detail, since });
  if (state.mode === "fire") raise("fire", state.id, "fire", null);
  if (state.mode === "safe") raise("safe", state.id, "safe", null);
  if (!seen.storeHealthy) raise("store", state.id, "store", null);
  if (recountNeeded(state)) raise("recount", state.id, "recount", null);
  for (const call of state.calls.values()) {
    raise("call", call.origin.kind === "lane" ? call.origin.lane : call.origin.station, call.reason, call.ringingSince);
  }
  for (const lane of state.lanes.values()) {
    const step = lane.movement?.phase.step;
    if (step === "ticketInMouth" || step === "printerFault") raise("laneBlocked", lane.id, step, lane.movement?.since ?? null);
  }
  for (const id of state.openFaults) {
    const fault = state.faults.get(id);
    if (fault) raise("fault", `${fault.asset.kind} ${fault.asset.id}`, fault.code, fault.reportedAt);
  }
  for (const device of seen.devices) {
    if (device.health === "offline") raise("deviceLost", device.device, device.condition, device.lastSeen);
  }
  return alarms;
}
