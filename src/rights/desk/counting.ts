/**
 * Counting: a group's occupancy is its set of open stays plus its adjustments, never clamped. Groups nest; a
 * newcomer needs space in the group and in every group around it. A booking keeps a space in the short-term
 * group until its car has come and gone.
 */
import type { Instant } from "../../kernel/instant.ts";
import { configOf } from "./deciding.ts";
import type { Room } from "./room.ts";
import { type GroupConfig, type Rights, parkerKey } from "./state.ts";

const inner = (groups: readonly GroupConfig[], id: string): readonly string[] =>
  [id, ...groups.filter((group) => group.within === id).flatMap((group) => inner(groups, group.id))];

function outer(groups: readonly GroupConfig[], id: string): readonly GroupConfig[] {
  const group = groups.find((one) => one.id === id);
  if (!group) return [];
  return group.within === null ? [group] : [group, ...outer(groups, group.within)];
}

export type Count = { readonly stays: number; readonly adjustments: number };

/** Of the group and the groups inside it; shown as stays + adjustments. */
export function countOf(state: Rights, group: string): Count {
  const ids = inner(configOf(state).groups, group);
  const sum = (of: (id: string) => number): number => ids.reduce((total, id) => total + of(id), 0);
  return { stays: sum((id) => state.groups.get(id)?.size ?? 0), adjustments: sum((id) => state.adjustments.get(id) ?? 0) };
}

/** Spaces kept for bookings of parkers who are not inside. */
export function reservedFor(state: Rights, at: Instant, except: string | null): number {
  const parkers = new Set<string>();
  for (const { account, parker, from, until } of state.reservations) {
    const key = parkerKey(account, parker);
    if (from <= at && at < until && key !== except && !state.openByParker.has(key)) parkers.add(key);
  }
  return parkers.size;
}

export type Shift = ReadonlyMap<string, number>;
export type Full = { readonly group: string; readonly spaces: number; readonly taken: number };

/**
 * The group without space for a newcomer, innermost first; null: there is space. `shift` is by how much each
 * group would change if what is assumed were so; `parker` is the newcomer, whose own reservation is for it.
 */
export function fullGroup(
  state: Rights, room: Room, group: string, at: Instant, shift: Shift, parker: string | null,
): Full | null {
  const { groups, shortTermGroup } = configOf(state);
  for (const { id } of outer(groups, group)) {
    const spaces = room.capacity(id, at);
    const ids = inner(groups, id);
    const shifted = ids.reduce((sum, one) => sum + (shift.get(one) ?? 0), 0);
    const reserved = ids.includes(shortTermGroup) ? reservedFor(state, at, parker) : 0;
    const taken = room.occupied(id) + shifted + reserved;
    if (taken >= spaces) return { group: id, spaces, taken };
  }
  return null;
}
