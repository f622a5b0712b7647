/** Two lanes on one roadway serve one car at a time. */
import type { LaneConfig } from "../facility/config.ts";
import type { ReadonlyFacility } from "../facility/state.ts";
import type { DeepReadonly } from "../../kernel/readonly.ts";

/** Lanes that share the roadway with this one. */
export function interlocked(state: ReadonlyFacility, lane: DeepReadonly<LaneConfig>): DeepReadonly<LaneConfig>[] {
  if (!lane.interlock || !state.config) return [];
  return state.config.lanes.filter((other) => other.id !== lane.id && other.interlock === lane.interlock);
}

export const otherLaneBusy = (state: ReadonlyFacility, lane: DeepReadonly<LaneConfig>): boolean =>
  interlocked(state, lane).some((other) => state.lanes.get(other.id)?.movement != null);
