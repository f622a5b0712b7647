import { describe, expect, it } from "vitest";
import { createFacility, decide, nextDeadline } from "../carpark/facility/decide.ts";
import { desiredOutputs, ordersOf } from "../carpark/facility/outputs.ts";
import type { FacilityCommand } from "../carpark/facility/command.ts";
import type { LaneId } from "../carpark/facility/config.ts";
import { rngOf } from "../kernel/random.ts";
import { createCity } from "./city.ts";
import { SIMULATION_START, SITE_TARIFF, drawSite } from "./simulation/site.ts";
import type { CityAction } from "./world/action.ts";

/** A city of one car park with an owner that answers at once. */
function townOf(seed: string) {
  const config = drawSite(rngOf(seed), 1);
  const city = createCity([config], seed, SIMULATION_START);
  const core = createFacility(config.id);
  const agent = city.agentOf(config.id);
  let now = SIMULATION_START;
  let seq = 0;
  const give = (command: FacilityCommand, actor: string | null = null): void => {
    const { events } = decide(core, command, { now, actor });
    agent.apply(desiredOutputs(core.state, core.inputs, now));
    for (const event of events) for (const order of ordersOf(config.id, ++seq, event)) agent.order(order);
  };
  agent.onInput((command) => give(command));
  give({ type: "ConfigureFacility", config });
  give({ type: "PublishTariff", tariff: SITE_TARIFF });
  agent.readAll();
  const settling = {
    settled: async () => {}, wakeAt: () => nextDeadline(core), wake: (at: number) => { now = at; give({ type: "Tick" }); },
  };
  const pass = (ms: number): Promise<void> => city.advance(now + ms, settling, (at) => { now = at; });
  const act = (action: CityAction) => city.act(config.id, action);
  const view = () => {
    const result = city.view(config.id);
    if (!result.ok) throw new Error("view");
    return result.value;
  };
  return { config, core, city, pass, act, view };
}

const entry = (town: ReturnType<typeof townOf>): LaneId => town.config.lanes.find((l) => l.direction === "entry")!.id;

describe("the virtual car park, by hand", () => {
  it("a newcomer drives in, pays with coins, sees change fall and drives out", async () => {
    const town = townOf("newcomer");
    const arrived = town.act({ type: "arrive", lane: entry(town) });
    if (!arrived.ok) throw new Error("arrive");
    const { vehicle } = arrived.value;
    const me = () => town.view().vehicles.find((v) => v.id === vehicle);
    const station = () => town.view().stations[0]!;
    const does = async (type: "pressButton" | "takeTicket" | "driveForward" | "walkToStation" | "insertTicket" | "takeFromTray" | "walkBack" | "driveToExit", ms: number) => {
      expect(me()?.can).toContain(type);
      expect(town.act({ type, vehicle }).ok).toBe(true);
      await town.pass(ms);
    };
    await town.pass(8_000);
    await does("pressButton", 4_000);
    expect(town.view().lanes.find((l) => l.lane === entry(town))?.display?.key).toBe("takeTicket");
    await does("takeTicket", 3_000);
    await does("driveForward", 90_000);
    expect([town.view().inside, town.core.state.stays.size, me()?.place.in]).toEqual([1, 1, "bay"]);
    await town.pass(20 * 60_000);
    await does("walkToStation", 6_000);
    if (station().user !== vehicle) expect(town.view().stations.some((s) => s.user === vehicle)).toBe(true);
    await does("insertTicket", 1_000);
    expect(town.act({ type: "insertCoin", vehicle, denominationMinor: 200 }).ok).toBe(true);
    expect(town.act({ type: "insertCoin", vehicle, denominationMinor: 200 }).ok).toBe(true);
    await town.pass(10_000);
    expect(town.core.state.ticketTotals.paid).toBe(1);
    await does("takeFromTray", 1_000);
    expect(me()?.ticket?.paid).not.toBeNull();
    await does("walkBack", 6_000);
    await does("driveToExit", 15_000);
    await does("insertTicket", 4_000);
    await does("driveForward", 30_000);
    expect([me(), town.view().inside, town.core.state.stays.size, town.core.state.ticketTotals.used]).toEqual([undefined, 0, 0, 1]);
  });

  it("refuses what the world does not allow, and changes nothing", async () => {
    const town = townOf("refused");
    expect(town.act({ type: "pressButton", vehicle: 7 })).toEqual({ ok: false, error: { type: "vehicleUnknown", vehicle: 7 } });
    expect(town.city.view("elsewhere")).toEqual({ ok: false, error: { type: "facilityUnknown", facility: "elsewhere" } });
    const arrived = town.act({ type: "arrive", lane: entry(town) });
    const vehicle = arrived.ok ? arrived.value.vehicle : 0;
    await town.pass(8_000);
    expect(town.act({ type: "driveForward", vehicle })).toMatchObject({ ok: false, error: { type: "armClosed" } });
    expect(town.act({ type: "takeTicket", vehicle })).toMatchObject({ ok: false, error: { type: "nothingThere" } });
    expect(town.act({ type: "insertCoin", vehicle, denominationMinor: 100 })).toMatchObject({ ok: false, error: { type: "notHere" } });
  });

  it("its picture stays small enough to be sent ten times a second", async () => {
    const town = townOf("picture");
    town.city.traffic.set(3);
    town.city.quiet(true);
    await town.pass(6 * 60 * 60_000);
    expect(JSON.stringify(town.view()).length).toBeLessThan(20_000);
  });
});
