/** One whole visit by somebody who only ever does what the page recommends, through the real world and decider. */
import { expect, test } from "vitest";
import { demoCarPark } from "../../../test/kiosk/demo-car-park.ts";
import type { VehicleView } from "../../simulator/world/view.ts";
import { type Doable, doables, recommended } from "./doable.ts";
import { STAGES, type StageName, stageOf } from "./guide.ts";

/** A visit takes about two minutes of the world's time. */
const STEPS_MAX = 3_000;

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
