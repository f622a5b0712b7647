/** What strikes a simulated site: carried out on its world, its wires and its owner. */
import type { FacilityConfig } from "../../carpark/facility/config.ts";
import type { LoopName } from "../../carpark/lane/inputs.ts";
import { unreachable } from "../../kernel/assert.ts";
import { type DurationMs, type Instant, DAY, MINUTE, SECOND } from "../../kernel/instant.ts";
import type { Rng } from "../../kernel/random.ts";
import type { Trouble } from "../world/trouble.ts";
import { STRIKES, type Strike, type Swarm, TICKETLESS_STRIKES } from "./swarm.ts";

/** A strike with its details, drawn when it falls. */
export type Blow =
  | { readonly do: "crash"; readonly downMs: DurationMs; readonly survivors: number; readonly power: boolean }
  | { readonly do: "linkDown"; readonly place: string; readonly forMs: DurationMs }
  | { readonly do: "reboot"; readonly place: string }
  | { readonly do: "trouble"; readonly trouble: Trouble; readonly forMs: DurationMs }
  | { readonly do: "fire"; readonly forMs: DurationMs }
  | { readonly do: "laneMode"; readonly lane: FacilityConfig["lanes"][number]["id"]; readonly mode: "closed" | "heldOpen" | "outOfService"; readonly forMs: DurationMs };

/** When each kind of strike falls next after `at`; kinds this seed leaves out never do. */
export function nextStrike(rng: Rng, swarm: Swarm, strike: Strike, at: Instant): Instant | null {
  const rate = swarm.rates[strike];
  return rate > 0 ? at + Math.ceil((-Math.log(1 - rng.next()) * DAY) / rate) : null;
}

export const strikesOf = (swarm: Swarm): Strike[] => [...STRIKES, ...TICKETLESS_STRIKES].filter((strike) => swarm.rates[strike] > 0);

export function drawBlow(rng: Rng, config: FacilityConfig, strike: Strike): Blow {
  const minutes = (most: number): DurationMs => MINUTE + rng.int(most * MINUTE);
  const entries = config.lanes.filter((l) => l.direction === "entry");
  const lane = rng.pick(config.lanes).id;
  const entry = rng.pick(entries).id;
  const station = rng.pick(config.payStations).id;
  const place = rng.chance(0.7) ? lane : station;
  switch (strike) {
    case "crash": return { do: "crash", downMs: 500 + rng.int(60 * SECOND), survivors: rng.int(3), power: false };
    case "powerCut": return { do: "crash", downMs: 20 * SECOND + rng.int(3 * MINUTE), survivors: rng.int(3), power: true };
    case "linkDown": return { do: "linkDown", place, forMs: 5 * SECOND + rng.int(4 * MINUTE) };
    case "reboot": return { do: "reboot", place };
    case "printerOut": case "printerJam": case "printerSlow": case "retractFails":
      return { do: "trouble", trouble: { kind: strike, lane: entry }, forMs: minutes(20) };
    case "cameraSilent": case "cameraDirty": case "terminalDown": return { do: "trouble", trouble: { kind: strike, lane }, forMs: minutes(30) };
    case "armStuck": return { do: "trouble", trouble: { kind: "armStuck", lane }, forMs: minutes(6) };
    case "loopStuck": case "loopSilent": {
      const loop = rng.pick<LoopName>(["arming", "underArm", "closing"]);
      return { do: "trouble", trouble: { kind: strike, lane, loop }, forMs: minutes(10) };
    }
    case "payoutJam": case "stationPaperOut": return { do: "trouble", trouble: { kind: strike, station }, forMs: minutes(20) };
    case "fire": return { do: "fire", forMs: minutes(8) };
    case "laneMode": {
      const mode = rng.pick(["closed", "heldOpen", "outOfService"] as const);
      return { do: "laneMode", lane, mode, forMs: minutes(10) };
    }
    default: return unreachable(strike);
  }
}
