/** What one simulated site consists of while it runs, and how a finding is noted. */
import type { FacilityCommand } from "../../carpark/facility/command.ts";
import type { FacilityConfig } from "../../carpark/facility/config.ts";
import type { FacilityCore } from "../../carpark/facility/decide.ts";
import type { Recorded } from "../../carpark/facility/event.ts";
import type { Inbox } from "../../devices/inbox.ts";
import type { Instant } from "../../kernel/instant.ts";
import type { Rng } from "../../kernel/random.ts";
import type { Schedule } from "../world/schedule.ts";
import type { World } from "../world/world.ts";
import type { Marks } from "./marks.ts";
import type { InFlight, Network } from "./network.ts";
import type { SitePlates } from "./plates.ts";
import type { Oracle, Violation } from "./oracle/oracle.ts";
import type { Effect, Owner } from "./owner.ts";
import type { Strike, Swarm } from "./swarm.ts";

export type SiteOptions = {
  readonly seed: number | string;
  readonly site: number;
  readonly days: number;
  readonly swarm?: (rng: Rng) => Swarm;
  readonly trace?: (line: string) => void;
  /** For planted faults: stands between the inbox and the owner, or between the owner and the world. */
  readonly sabotage?: Sabotage;
};

export type Sabotage = {
  /** Tampers with the state after a decision. */
  readonly state?: (core: FacilityCore, events: readonly Recorded[]) => void;
  readonly command?: (command: FacilityCommand) => readonly FacilityCommand[];
  readonly effect?: (effect: Effect) => Effect;
  readonly noDedup?: boolean;
};

/** A run stops looking after this many findings; the first are what matters. */
export const VIOLATIONS_MAX = 20;

export type Item =
  | { readonly do: "arrive"; readonly message: InFlight }
  | { readonly do: "strike"; readonly strike: Strike }
  | { readonly do: "restart" }
  | { readonly do: "linkUp"; readonly place: string }
  | { readonly do: "fireOver" }
  | { readonly do: "laneBack"; readonly lane: FacilityConfig["lanes"][number]["id"] }
  | { readonly do: "staff" }
  | { readonly do: "night" }
  | { readonly do: "probe" };

export type Run = {
  now: Instant;
  readonly options: SiteOptions;
  readonly config: FacilityConfig;
  readonly swarm: Swarm;
  readonly rng: { readonly faults: Rng; readonly owner: Rng };
  readonly world: World;
  readonly owner: Owner;
  readonly net: Network;
  readonly plates: SitePlates;
  inbox: Inbox;
  readonly agenda: Schedule<Item>;
  inFlight: number;
  readonly oracles: Oracle[];
  readonly violations: Violation[];
  readonly marks: Marks;
  steps: number;
  faultsStop: Instant;
  filledMinor: number;
  /** Truth about drift: how many anomalies explain it, and up to which event they are counted. */
  drift: { base: number; fromSeq: number; physical: number };
};

export class StopRun extends Error {}

export function complain(run: Run, id: string, what: string): void {
  run.violations.push({ id, at: run.now, what });
  run.options.trace?.(`${stamp(run.now)} VIOLATION ${id}: ${what}`);
}

export const stamp = (at: Instant): string => new Date(at).toISOString();

export function resetDrift(run: Run): void {
  run.drift = { base: 0, fromSeq: run.owner.seq, physical: run.config.lanes.length };
}
