/** The buttons of a pay station, pressed by a driver of the virtual car park, through the real world and decider. */
import { expect, test } from "vitest";
import { STEP_MS, demoCarPark } from "../../../test/kiosk/demo-car-park.ts";
import { stationView } from "../../api/views/station-view.ts";
import { desiredOutputs } from "../../carpark/facility/outputs.ts";
import { present } from "../../kernel/assert.ts";
import { SECOND } from "../../kernel/instant.ts";
import type { ActionName } from "../../simulator/world/view.ts";
import { doables } from "./doable.ts";
import { isCalling } from "./guide.ts";

const NAMES = { lane: (id: string) => id, station: (id: string) => id, currency: "AUD" };
/** A way to the machine takes about a minute of the world's time. */
const WAY_MS_MAX = 180 * SECOND;

/** A driver whose ticket is in the machine, asked for 5.00. */
function driverAtStation(floatCoins?: number) {
  const park = demoCarPark(floatCoins);
  const arrived = park.city.act(park.config.id, { type: "arrive", lane: park.config.lanes[0]!.id });
  if (!arrived.ok) throw new Error(arrived.error.type);
  const id = arrived.value.vehicle;
  const car = () => present(park.view().vehicles.find((one) => one.id === id), "the car");
  const station = () => park.view().stations[0]!;
  const screen = () => present(station().output, "a screen").screen;
  const pass = (ms: number) => { for (let waited = 0; waited < ms; waited += STEP_MS) park.step(); };
  const list = () => doables("en", park.view(), car(), NAMES);
  const does = (name: ActionName, minor?: number) => {
    const found = list().find(({ action }) => action.type === name && (minor === undefined || ("denominationMinor" in action && action.denominationMinor === minor)));
    const done = park.city.act(park.config.id, present(found, `${name} among what can be done`).action);
    if (!done.ok) throw new Error(done.error.type);
    pass(2 * STEP_MS);
  };
  for (let waited = 0; waited < WAY_MS_MAX && screen().key !== "charge"; waited += STEP_MS) {
    const next = list()[0];
    if (next?.kind === "next") park.city.act(park.config.id, next.action);
    park.step();
  }
  const seen = () => {
    const output = desiredOutputs(park.core.state, park.core.inputs, park.now()).stations[0]!;
    return stationView({ state: park.core.state, inputs: park.core.inputs, devices: [], seq: 1, now: park.now(), storeHealthy: true, person: String }, output);
  };
  return { park, car, station, screen, pass, list, does, seen };
}

test("who needs more time gets it: money and ticket stay until two minutes after the press", () => {
  const { screen, seen, pass, does, station } = driverAtStation();
  does("insertCoin", 200);
  const before = present(seen().transaction?.until, "an end");
  pass(70 * SECOND);
  expect(screen().key).toBe("reminder");
  does("extendPayment");
  expect(screen().key).toBe("charge");
  expect(seen().transaction?.until).toBeGreaterThanOrEqual(before + 70 * SECOND);
  pass(60 * SECOND);
  expect(screen()).toMatchObject({ insertedMinor: 200 });
  expect(station().ticketIn).toBe(true);
  pass(70 * SECOND);
  expect(screen().key).toBe("returned");
  expect(station().tray).toEqual([{ denominationMinor: 200, count: 1 }]);
});

test("who agrees that part of the change comes as a slip presses Continue and finds the slip in the tray", () => {
  const { car, screen, pass, does, list, station } = driverAtStation(0);
  does("insertNote", 2_000);
  expect(screen()).toMatchObject({ key: "askRetention", changeMinor: 0, retainedMinor: 1_500 });
  expect(list()[0]).toMatchObject({ label: "Press Continue", kind: "next" });
  does("acceptRetention");
  pass(10 * SECOND);
  expect(screen()).toMatchObject({ key: "paid", changeMinor: 0, retainedMinor: 1_500 });
  expect([station().chitOut, station().ticketOut, station().noteBox]).toEqual([true, true, [{ denominationMinor: 2_000, count: 1 }]]);
  does("takeFromTray");
  expect(car().ticket?.paid).not.toBeNull();
});

test("who does not agree cancels and gets note and ticket back", () => {
  const { car, screen, does, station } = driverAtStation(0);
  does("insertNote", 2_000);
  does("cancel");
  expect(screen().key).toBe("returned");
  expect([station().tray, station().escrowMinor]).toEqual([[{ denominationMinor: 2_000, count: 1 }], 0]);
  does("takeFromTray");
  expect(car().ticket?.paid).toBeNull();
});

test("Help at the pay station rings the attendant with the ticket in the slot, and the screen says so until it is answered and ended", () => {
  const { park, car, does, seen } = driverAtStation();
  expect([seen().call, isCalling(park.view(), car())]).toEqual([null, false]);
  does("callHelp");
  const call = present([...park.core.state.calls.values()][0], "a call");
  expect(call).toMatchObject({ origin: { kind: "station", station: seen().id }, reason: "help", ticket: seen().transaction?.ticket });
  expect([seen().call, isCalling(park.view(), car())]).toEqual(["ringing", true]);
  park.run({ type: "AnswerCall", call: call.id }, "anna");
  expect(seen().call).toBe("answered");
  park.run({ type: "EndCall", call: call.id, outcome: "advised" }, "anna");
  expect(seen().call).toBeNull();
});
