/** The shape of the deciders here; as `carpark/facility/deciding.ts`, for the stream of a facility's rights. */
import { present } from "../../kernel/assert.ts";
import type { Instant } from "../../kernel/instant.ts";
import { type Zone, zoneOf } from "../../kernel/zone.ts";
import { type Policy, inForce } from "../policy.ts";
import type { RightsEvent } from "./event.ts";
import type { Room } from "./room.ts";
import type { Rights, RightsConfig } from "./state.ts";

export type RightsDeciding = {
  /** Read only here; changed by `emit` alone. */
  readonly state: Rights;
  readonly now: Instant;
  readonly actor: string | null;
  readonly room: Room;
  emit(event: RightsEvent): void;
};

export const configOf = (state: Rights): RightsConfig => present(state.config, "configuration of rights");
export const policyAt = (state: Rights, at: Instant): Policy => inForce(state.policy, at);

export function zoneAt(state: Rights): Zone {
  const zone = zoneOf(configOf(state).zone);
  return present(zone.ok ? zone.value : null, "zone");
}
