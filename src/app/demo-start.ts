/** What the demo city begins with: coins in the hoppers, and the cards of guards and season tickets in people's hands. */
import type { StationId } from "../carpark/facility/config.ts";
import type { City as SimulatedCity } from "../simulator/city.ts";
import type { RunningSite } from "./site.ts";

/** Coins of each value put into an empty hopper, as the round does every morning. */
const FLOAT_COINS = 60;

export async function demoStartOf(running: RunningSite, world: SimulatedCity): Promise<void> {
  for (const owner of running.owners) {
    const { state } = owner.core;
    for (const station of state.stations.values()) {
      for (const [denominationMinor, hopper] of station.hoppers) {
        if (hopper.level > 0) {
          world.fillHopper(state.id, station.id, denominationMinor, hopper.level);
          continue;
        }
        const done = await owner.execute(
          { type: "FillHopper", station: station.id as StationId, denominationMinor, count: FLOAT_COINS }, { actor: "demo" });
        if (done.ok) world.fillHopper(state.id, station.id, denominationMinor, FLOAT_COINS);
      }
    }
    for (const [card, right] of state.cards) world.issueCard(state.id, card, right.kind);
  }
}
