/**
 * The spaces of a facility, as an entry asks for them. A facility answers from its own counting, which knows the
 * cars of tickets too; rights that stand alone (scenarios) answer from the groups they are configured with.
 */
import { present } from "../../kernel/assert.ts";
import type { Instant } from "../../kernel/instant.ts";
import { countOf } from "./counting.ts";
import { configOf } from "./deciding.ts";
import type { Rights } from "./state.ts";

export type Room = {
  /** Spaces of the group at an instant. */
  capacity(group: string, at: Instant): number;
  /** Cars in the group and the groups inside it, corrections and spaces offered to others included; bookings not. */
  occupied(group: string): number;
};

export const ownRoom = (state: Rights): Room => ({
  capacity: (group) => present(configOf(state).groups.find(({ id }) => id === group), `group ${group}`).spaces,
  occupied: (group) => {
    const { stays, adjustments } = countOf(state, group);
    return stays + adjustments;
  },
});
