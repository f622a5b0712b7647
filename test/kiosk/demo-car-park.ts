/** A car park of the demo city: the simulated world on one side, the real decider on the other, in step. */
import { readFileSync } from "node:fs";
import { createFacility, decide } from "../../src/carpark/facility/decide.ts";
import type { FacilityCommand } from "../../src/carpark/facility/command.ts";
import { desiredOutputs, ordersOf } from "../../src/carpark/facility/outputs.ts";
import { readCity } from "../../src/config/read.ts";
import { present } from "../../src/kernel/assert.ts";
import { createCity } from "../../src/simulator/city.ts";
import type { WorldView } from "../../src/simulator/world/view.ts";
import { seed002Tariff } from "../../src/tariff/examples/seed-002.ts";

export const MONDAY_1130 = Date.UTC(2026, 10, 23, 0, 30);
export const STEP_MS = 200;

/** `floatCoins`: of each value in the hoppers; none means no change. */
export function demoCarPark(floatCoins = 20) {
  const read = readCity(readFileSync(new URL("../../config/demo.yaml", import.meta.url), "utf8"));
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  const { config } = present(read.value.facilities.find((one) => one.config.id === "harbour"), "harbour");
  const city = createCity([config], 7, MONDAY_1130);
  city.traffic.set(0);
  const core = createFacility(config.id);
  const agent = city.agentOf(config.id);
  let now = MONDAY_1130;
  let seq = 0;
  const run = (command: FacilityCommand, actor: string | null = null) => {
    const { events } = decide(core, command, { now: Math.max(now, core.clock.now), actor });
    for (const event of events) for (const order of ordersOf(config.id, ++seq, event)) agent.order(order);
    agent.apply(desiredOutputs(core.state, core.inputs, Math.max(now, core.clock.now)));
  };
  run({ type: "ConfigureFacility", config });
  run({ type: "PublishTariff", tariff: { version: 1, effectiveFrom: 0, tariff: seed002Tariff } });
  run({ type: "StartOwner", epoch: 1 });
  for (const station of config.payStations) {
    for (const denominationMinor of floatCoins > 0 ? station.coins : []) {
      city.fillHopper(config.id, station.id, denominationMinor, floatCoins);
      run({ type: "FillHopper", station: station.id, denominationMinor, count: floatCoins }, "anna");
    }
  }
  agent.onInput((command) => run(command));
  agent.readAll();
  const view = (): WorldView => {
    const seen = city.view(config.id);
    if (!seen.ok) throw new Error(seen.error.type);
    return seen.value;
  };
  return { config, core, city, view, run, now: () => now, step() { now += STEP_MS; city.step(now); run({ type: "Tick" }); } };
}
