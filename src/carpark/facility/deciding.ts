/**
 * The one shape every decider has:
 *
 *   decide(d: Deciding, command) -> Refusal | null
 *
 * `d.emit(event)` records an event and folds it into `d.state` at once, so the lines that follow decide on
 * the state they caused. A decider that refuses must not have emitted before. State changes through
 * `emit` alone; a replay of the emitted events gives the same state (property F9).
 */
import type { Instant } from "../../kernel/instant.ts";
import type { FacilityEvent } from "./event.ts";
import type { ReadonlyFacility } from "./state.ts";
import type { LaneInputs } from "../lane/inputs.ts";
import type { LaneId } from "./config.ts";

export type Deciding = {
  readonly state: ReadonlyFacility;
  /** What the lanes' sensors say now; not journalled, read again after a restart. */
  readonly inputs: ReadonlyMap<LaneId, LaneInputs>;
  readonly now: Instant;
  /** The member of staff who acts, or null for drivers and devices. */
  readonly actor: string | null;
  emit(event: FacilityEvent): void;
};
