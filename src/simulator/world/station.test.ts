/** What the devices of a pay station promise by themselves, whatever becomes of messages and orders. */
import { describe, expect, it } from "vitest";
import type { FacilityCommand } from "../../carpark/facility/command.ts";
import type { StationOutput } from "../../carpark/paystation/outputs.ts";
import { present } from "../../kernel/assert.ts";
import { rngOf } from "../../kernel/random.ts";
import { SIMULATION_START, drawSite } from "../simulation/site.ts";
import { act } from "./hands.ts";
import { applyStation } from "./station.ts";
import { advance, takeOut } from "./step.ts";
import { parkWithTicket } from "./traffic.ts";
import { createWorld, stationOf, vehicleOf } from "./world.ts";

const NOTE = 1_000;

/** A driver with a ticket at a machine whose owner only says what the test says. */
function atMachine() {
  const config = drawSite(rngOf("station"), 1);
  const world = createWorld(config, "station", SIMULATION_START);
  const station = stationOf(world, present(config.payStations[0], "a pay station").id);
  const paper = { number: "010000001000", date: "01/01/2026", time: "10/00/00", paid: null, damaged: false };
  const vehicle = vehicleOf(world, present(parkWithTicket(world, paper), "a parked car").id);
  const before: StationOutput = {
    station: station.id, screen: { key: "insertTicket" }, slotOpen: true, cashEnabled: true, coins: [], notes: [NOTE], escrow: "hold",
    heldNotes: [], notesKnown: 0, holdTicket: false, cards: [],
  };
  vehicle.driver = { at: "station", station: station.id };
  station.queue.push(vehicle.id);
  const level = (change: Partial<StationOutput>): void => applyStation(world, { ...before, ...change });
  const pass = (ms: number): FacilityCommand["type"][] => {
    const until = world.now + ms;
    while (advance(world, until)) { /* one moment after the other */ }
    return takeOut(world).map(({ command }) => command.type).filter((type) => type !== "SenseLoop" && !type.startsWith("ReportBarrier"));
  };
  level({});
  takeOut(world);
  return { station, level, pass, does: (type: "insertNote" | "insertTicket") => act(world, vehicle, type === "insertNote"
    ? { type, vehicle: vehicle.id, denominationMinor: NOTE } : { type, vehicle: vehicle.id }) };
}

const offers = (said: readonly string[]): number => said.filter((type) => type === "OfferNote").length;

describe("the note acceptor", () => {
  it("offers a note every 2 s until the owner knows it", () => {
    const { station, level, pass, does } = atMachine();
    does("insertNote");
    expect(offers(pass(0))).toBe(1);
    expect(offers(pass(6_000))).toBe(3);
    level({ notesKnown: 1, heldNotes: [1] });
    expect(offers(pass(20_000))).toBe(0);
    expect(station.escrow).toHaveLength(1);
  });

  it("gives back a note that is known and not held, though the order to return it was lost", () => {
    const { station, level, pass, does } = atMachine();
    does("insertNote");
    does("insertNote");
    pass(0);
    level({ notesKnown: 2, heldNotes: [2] });
    expect(pass(0)).toEqual(["ReportTenderReturned"]);
    expect(station.escrow.map(({ note }) => note)).toEqual([2]);
    expect(station.tray.get(NOTE)).toBe(1);
  });
});

describe("the ticket slot", () => {
  it("gives a ticket back after 5 s when no payment holds it", () => {
    const { station, pass, does } = atMachine();
    does("insertTicket");
    pass(4_999);
    expect(station.ticket?.state).toBe("in");
    pass(1);
    expect(station.ticket?.state).toBe("out");
  });

  it("holds it as long as a payment does, and 5 s longer when the order to eject it is lost", () => {
    const { station, level, pass, does } = atMachine();
    does("insertTicket");
    level({ holdTicket: true });
    pass(600_000);
    level({});
    pass(3_000);
    level({});
    expect(station.ticket?.state).toBe("in");
    pass(2_000);
    expect(station.ticket?.state).toBe("out");
  });
});
