/** The movement a lane's device speaks of. */
import { type Result, err, ok } from "../../kernel/result.ts";
import type { DeepReadonly } from "../../kernel/readonly.ts";
import { present } from "../../kernel/assert.ts";
import type { LaneConfig, LaneDirection, LaneId } from "../facility/config.ts";
import type { Deciding } from "../facility/deciding.ts";
import type { Refusal } from "../facility/refusal.ts";
import type { ReadonlyFacility } from "../facility/state.ts";
import type { Movement } from "./lane.ts";

export function laneConfig(state: ReadonlyFacility, lane: LaneId): DeepReadonly<LaneConfig> | undefined {
  return state.config?.lanes.find((l) => l.id === lane);
}

/** The vehicle now at a lane of that direction, or why there is none to act for. */
export function movementAt(
  d: Deciding, lane: LaneId, direction: LaneDirection | null,
): Result<DeepReadonly<Movement>, Refusal> {
  const config = laneConfig(d.state, lane);
  if (!config) return err({ type: "laneUnknown", lane });
  if (direction !== null && config.direction !== direction) return err({ type: "laneWrongDirection", lane });
  const movement = present(d.state.lanes.get(lane), `lane ${lane}`).movement;
  return movement ? ok(movement) : err({ type: "noVehicle", lane });
}
