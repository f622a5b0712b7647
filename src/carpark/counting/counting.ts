/**
 * Counting: the occupancy of a group is the number of its open stays plus the sum of its adjustments
 * (each a journal event with actor and reason). It is never a separate number and never clamped.
 *
 * Groups nest. Admission needs a space in the group and in every group around it; a space that has been
 * offered (ticket printing, barrier opening, a prompt to a waiting car) is reserved until it is used or
 * given back. Capacity follows the calendar; it belongs to admission, so Sunday's cars still inside on
 * Monday are counted where they stand.
 */
import type { GroupId } from "../facility/config.ts";

export type CountingEvent = {
  readonly type: "OccupancyAdjusted";
  readonly group: GroupId;
  readonly delta: number;
  readonly cause: "staff" | "heldOpen" | "lostTicket" | "recount";
  readonly reason: string;
};
