/** Who stands at a pay station. */
import { type Vehicle, type World, type WorldStation, nudge, vehicleOf } from "./world.ts";

/** The first in the queue stands at the machine. */
export const userOf = (world: World, station: WorldStation): Vehicle | null => {
  const id = station.queue[0];
  return id === undefined ? null : vehicleOf(world, id);
};

export function nudgeUser(world: World, station: WorldStation): void {
  const user = userOf(world, station);
  if (user) nudge(world, user);
}
