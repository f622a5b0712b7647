/**
 * The waiting order of a facility's entries. One function serves it after every change that can free a
 * space: it prompts as many waiting cars as there are spaces; a prompt is a reservation for 20 s. Unanswered
 * but still there: to the tail. Left the loop: out of the queue. Newcomers queue behind. A car that waits by its right
 * waits for its right's group, so a full ticket group does not keep a contract car out, nor the other way round.
 */
import type { Instant } from "../../kernel/instant.ts";
import type { GroupId, LaneId } from "../facility/config.ts";
import type { WaitingRight } from "../facility/state.ts";

export type WaitingEvent =
  /** `right`: it is let in by it as soon as its group has a space. */
  | { readonly type: "VehicleWaiting"; readonly lane: LaneId; readonly movement: number; readonly right?: WaitingRight }
  | { readonly type: "SpaceOffered"; readonly lane: LaneId; readonly movement: number; readonly group: GroupId; readonly until: Instant }
  | { readonly type: "OfferLapsed"; readonly lane: LaneId; readonly movement: number };
