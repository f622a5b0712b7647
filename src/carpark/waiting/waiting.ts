/**
 * The waiting order of a facility's entries. One function serves it after every change that can free a
 * space: it prompts as many waiting cars as there are spaces; a prompt is a reservation for 20 s. Unanswered
 * but still there: to the tail. Left the loop: out of the queue. Newcomers queue behind.
 */
import type { Instant } from "../../kernel/instant.ts";
import type { GroupId, LaneId } from "../facility/config.ts";

export type WaitingEvent =
  | { readonly type: "VehicleWaiting"; readonly lane: LaneId; readonly movement: number }
  | { readonly type: "SpaceOffered"; readonly lane: LaneId; readonly movement: number; readonly group: GroupId; readonly until: Instant }
  | { readonly type: "OfferLapsed"; readonly lane: LaneId; readonly movement: number };
