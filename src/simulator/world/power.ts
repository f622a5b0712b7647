/** A power cut: what was in motion stops, what was held falls where it falls, counters keep their values. */
import { type World, say } from "./world.ts";

export function cutPower(world: World): void {
  for (const lane of world.lanes.values()) {
    // A half-printed sheet is drawn in when the printer starts again.
    if (lane.mouth.has === "printing") lane.mouth = { has: "nothing" };
  }
  for (const station of world.stations.values()) {
    station.payout = null;
    if (station.escrow.length > 0) {
      for (const { denominationMinor } of station.escrow) {
        station.tray.set(denominationMinor, (station.tray.get(denominationMinor) ?? 0) + 1);
      }
      station.escrow = [];
      say(world, `${station.id}/notes`, { type: "ReportEscrowReturned", station: station.id });
    }
  }
}
