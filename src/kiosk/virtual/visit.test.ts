/** One whole visit by somebody who only ever does what the page recommends, through the real world and decider. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { createFacility, decide } from "../../carpark/facility/decide.ts";
import type { FacilityCommand } from "../../carpark/facility/command.ts";
import { desiredOutputs, ordersOf } from "../../carpark/facility/outputs.ts";
import { readCity } from "../../config/read.ts";
import { present } from "../../kernel/assert.ts";
import { createCity } from "../../simulator/city.ts";
import { seed002Tariff } from "../../tariff/examples/seed-002.ts";
import type { VehicleView, WorldView } from "../../simulator/world/view.ts";
import { type Doable, doables, recommended } from "./doable.ts";
import { STAGES, type StageName, stageOf } from "./guide.ts";

const MONDAY_1130 = Date.UTC(2026, 10, 23, 0, 30);
const STEP_MS = 200;
/** A visit takes about two minutes of the world's time. */
const STEPS_MAX = 3_000;

function demoCarPark() {
  const read = readCity(readFileSync(new URL("../../../config/demo.yaml", import.meta.url), "utf8"));
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
    for (const denominationMinor of station.coins) {
      city.fillHopper(config.id, station.id, denominationMinor, 20);
      run({ type: "FillHopper", station: station.id, denominationMinor, count: 20 }, "anna");
    }
  }
  agent.onInput((command) => run(command));
  agent.readAll();
  const view = (): WorldView => {
    const seen = city.view(config.id);
    if (!seen.ok) throw new Error(seen.error.type);
    return seen.value;
  };
  return { config, city, view, step() { now += STEP_MS; city.step(now); run({ type: "Tick" }); } };
}

const NAMES = { lane: (id: string) => id, station: (id: string) => id, currency: "AUD" };

test("a newcomer who presses key 1 drives in, pays with coins, gets change and drives out, stage by stage", () => {
  const park = demoCarPark();
  const arrived = park.city.act(park.config.id, { type: "arrive", lane: park.config.lanes[0]!.id });
  if (!arrived.ok) throw new Error(arrived.error.type);
  const id = arrived.value.vehicle;
  const stages: StageName[] = ["arrive"];
  const labels: string[] = [];
  let change = 0;
  let paid: string | null = null;
  for (let i = 0; i < STEPS_MAX && stages.at(-1) !== "done"; i++) {
    const world = park.view();
    const vehicle = world.vehicles.find((one) => one.id === id) ?? null;
    paid = vehicle?.ticket?.paid ?? paid;
    const stage = stageOf(world, vehicle, vehicle === null);
    if (stage !== stages.at(-1)) stages.push(stage);
    for (const pile of world.stations[0]!.tray) change = Math.max(change, pile.denominationMinor * pile.count);
    const next = vehicle && doables("en", world, vehicle, NAMES)[0];
    if (next?.kind === "next" && park.city.act(park.config.id, next.action).ok) labels.push(next.label);
    park.step();
  }
  expect(stages).toEqual(STAGES);
  expect(labels).toEqual([
    "Press the button", "Take the ticket", "Drive in", "Walk to the pay station", "Insert the ticket",
    "Insert $2.00", "Insert $2.00", "Insert $2.00", "Take everything out", "Walk back to the car", "Drive to the exit", "Insert the ticket", "Drive out",
  ]);
  expect(change).toBe(100);
  // Printed by the clock on the wall in Sydney, eleven hours ahead of UTC.
  expect(paid).toMatch(/^23\/11\/2026 11:3\d$/);
});

const AT_ENTRY = (over: Partial<VehicleView>) => ({
  id: 1, plate: "ABC-123", hue: 1, lengthM: 4.5, manual: true, place: { in: "lane", lane: "E1", x: 13, speed: 0 }, driver: { at: "car" },
  ticket: null, hasCard: false, can: ["pressButton", "backOut", "callHelp", "loseTicket"], mood: "driving", ...over,
}) as VehicleView;

test("trouble is never what is recommended, and comes last in the list", () => {
  const park = demoCarPark();
  const list: readonly Doable[] = doables("en", park.view(), AT_ENTRY({}), NAMES);
  expect(list.map((one) => [one.label, one.kind])).toEqual([
    ["Press the button", "next"], ["Call for help", "also"], ["Back out", "trouble"], ["Lose the ticket", "trouble"],
  ]);
});

test("who has a card is shown the card slot first", () => {
  const world = demoCarPark().view();
  expect(recommended(world, AT_ENTRY({ hasCard: true, can: ["pressButton", "presentCard"] }))).toEqual({ type: "presentCard" });
  expect(recommended(world, AT_ENTRY({ can: ["backOut"] }))).toBeNull();
});
