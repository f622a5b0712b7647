/**
 * Counting: the occupancy of a group is the number of its open stays plus the sum of its adjustments
 * (each a journal event with actor and reason). It is never a separate number and never clamped.
 *
 * Groups nest. Admission needs a space in the group and in every group around it; a space that has been
 * offered (ticket printing, barrier opening, a prompt to a waiting car) is reserved until it is used or
 * given back. Capacity follows the calendar; it belongs to admission, so Sunday's cars still inside on
 * Monday are counted where they stand.
 */
import { present } from "../../kernel/assert.ts";
import type { DeepReadonly } from "../../kernel/readonly.ts";
import type { Instant } from "../../kernel/instant.ts";
import { weekdayAt } from "../facility/clock.ts";
import { reservedFor } from "../../rights/desk/counting.ts";
import { openStay } from "../../rights/desk/state.ts";
import type { GroupConfig, GroupId, LaneId } from "../facility/config.ts";
import type { ReadonlyFacility } from "../facility/state.ts";
import type { Lane } from "../lane/lane.ts";

export type CountingEvent = {
  readonly type: "OccupancyAdjusted";
  readonly group: GroupId;
  readonly delta: number;
  readonly cause: "staff" | "heldOpen" | "lostTicket" | "recount";
  readonly reason: string;
};

type Group = DeepReadonly<GroupConfig>;

/** Nesting is asked for at every decision and changes only with the configuration. */
const innerOf = new WeakMap<readonly Group[], Map<GroupId, readonly GroupId[]>>();

/** The group and all groups inside it. */
function withInner(groups: readonly Group[], id: GroupId): readonly GroupId[] {
  const known = innerOf.get(groups) ?? new Map<GroupId, readonly GroupId[]>();
  innerOf.set(groups, known);
  const found = known.get(id) ?? nested(groups, id);
  known.set(id, found);
  return found;
}

function nested(groups: readonly Group[], id: GroupId): GroupId[] {
  const inner = groups.filter((group) => group.within === id);
  return [id, ...inner.flatMap((group) => nested(groups, group.id))];
}

/** The group and all groups around it, innermost first. */
export function withOuter(groups: readonly Group[], id: GroupId): Group[] {
  const group = present(groups.find((g) => g.id === id), `group ${id}`);
  return group.within === null ? [group] : [group, ...withOuter(groups, group.within)];
}

/** Open stays in the group and the groups inside it. */
export function staysIn(state: ReadonlyFacility, id: GroupId): number {
  const groups = present(state.config, "configuration").groups;
  return withInner(groups, id).reduce((sum, g) => sum + (state.staysByGroup.get(g)?.size ?? 0), 0);
}

/** Sum of the corrections made to the group and the groups inside it. */
export function adjustmentsOf(state: ReadonlyFacility, id: GroupId): number {
  const groups = present(state.config, "configuration").groups;
  return withInner(groups, id).reduce((sum, g) => sum + (state.adjustments.get(g) ?? 0), 0);
}

/** Vehicles counted in the group: stays plus adjustments; may be negative after wrong corrections, and shows so. */
export const occupancy = (state: ReadonlyFacility, id: GroupId): number => staysIn(state, id) + adjustmentsOf(state, id);

/** Spaces of the group on the calendar day of `at`. */
export function capacity(state: ReadonlyFacility, id: GroupId, at: Instant): number {
  const config = present(state.config, "configuration");
  const group = present(config.groups.find((g) => g.id === id), `group ${id}`);
  const weekday = weekdayAt(state, at);
  const rule = group.capacity.find((r) => r.days === undefined || (r.days as readonly number[]).includes(weekday));
  return present(rule, `capacity of group ${id} on weekday ${weekday}`).spaces;
}

/** The group a lane's movement keeps a space in, while its car is not yet counted. */
export function reservedGroup(state: ReadonlyFacility, lane: DeepReadonly<Lane>): GroupId | null {
  const phase = lane.movement?.phase;
  if (!phase) return null;
  switch (phase.step) {
    case "offered": case "printing": case "offering": case "retracting": case "ticketInMouth": return phase.group;
    case "opening": case "returningCard": {
      const { pass } = phase;
      if (!("group" in pass)) return null;
      // What covers it may have changed since it was admitted; a stay that closed meanwhile keeps no space.
      return pass.by === "right" ? (openStay(state.rights, pass.stay)?.stay.group ?? null) as GroupId | null : pass.group;
    }
    case "approached": case "waiting": case "printerFault": case "refused": case "attendant": case "paymentDue": return null;
  }
}

/** Spaces kept for cars that have been offered one, in the group and the groups inside it; `except`: this lane's own not. */
export function reserved(state: ReadonlyFacility, id: GroupId, except: LaneId | null = null): number {
  const inner = withInner(present(state.config, "configuration").groups, id);
  let count = 0;
  for (const lane of state.lanes.values()) {
    if (lane.id === except) continue;
    const group = reservedGroup(state, lane);
    if (group !== null && inner.includes(group)) count++;
  }
  return count;
}

/** Spaces kept for booked cars that have not come yet; they are kept among those of tickets. */
export function bookedSpaces(state: ReadonlyFacility, id: GroupId, at: Instant): number {
  const { config, rights } = state;
  if (!config || rights.reservations.length === 0 || !withInner(config.groups, id).includes(config.ticketGroup)) return 0;
  return reservedFor(rights, at, null);
}

/** Spaces a newcomer could have: the least over the group and every group around it; not clamped. */
export function freeSpaces(state: ReadonlyFacility, id: GroupId, at: Instant): number {
  const groups = present(state.config, "configuration").groups;
  const free = withOuter(groups, id).map((g) => capacity(state, g.id, at) - occupancy(state, g.id) - reserved(state, g.id) - bookedSpaces(state, g.id, at));
  return Math.min(...free);
}
