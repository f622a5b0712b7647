/** Inventory and occupancy of a car park at our exchange, over HTTP with the car park's own credentials. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ExchangeClient } from "../../src/exchange-link/client.ts";
import { type LinkedFacility, openPublisher, type Publisher } from "../../src/exchange-link/publisher.ts";
import { SECOND } from "../../src/kernel/instant.ts";
import { seed002Tariff } from "../../src/tariff/examples/seed-002.ts";
import type { Tariff } from "../../src/tariff/tariff.ts";
import { World } from "./harness.ts";
import { demoFacility, linked } from "./link-harness.ts";

let world: World;
let client: ExchangeClient;
let facilities: LinkedFacility[];
let publisher: Publisher;
let elapsed = 0;
const warned: string[] = [];

const version = (n: number, tariff: Tariff, effectiveFrom = 0) => ({ version: n, effectiveFrom, tariff });
const linkedAs = (id: string, more: Partial<LinkedFacility> = {}): LinkedFacility => ({
  facility: id, config: demoFacility(id), tariffs: [version(1, seed002Tariff)], place: `HARBOUR-${id}`, coordinates: { latitude: -33.87, longitude: 151.21 }, language: "en",
  counted: { occupied: 10, spaces: 60 }, ...more,
});
const open = (): Publisher => openPublisher({ client, facilities: () => facilities, now: world.clock.now, elapsed: () => elapsed, warn: (text) => void warned.push(text) });
const change = (id: string, more: Partial<LinkedFacility>): void => { facilities = facilities.map((one) => (one.facility === id ? { ...one, ...more } : one)); };
const read = (path: string) => world.ok("OP1", "GET", `${path}?expand=all`);

beforeAll(async () => {
  world = await World.open();
  ({ client } = await linked(world));
  facilities = [linkedAs("museum"), linkedAs("market")];
  publisher = open();
});
afterAll(async () => {
  await client.close();
  await world.close();
});

describe("inventory", () => {
  test("a place with its spaces and point, its tables with their times, and what can be bought", async () => {
    await publisher.turn();
    expect(publisher.status()).toMatchObject([{ place: "HARBOUR-museum", inventory: "published", problem: null, notPublished: null }, { inventory: "published" }]);
    const place = await read("/places/HARBOUR-museum");
    expect(place).toMatchObject({
      version: 1, name: [{ language: "en", string: "Museum" }], timeZone: "Australia/Sydney", characteristics: { spacesTotal: 60 },
      indicativePlacePointLocation: [{ coordinates: [151.21, -33.87] }], "x-capabilities": ["frictionless", "podba"],
    });
    expect(place.rightSpecifications.map((one: { id: string }) => one.id).sort()).toEqual(["HARBOUR-museum.account", "HARBOUR-museum.stay"]);
    const spec = await read("/rights/specs/HARBOUR-museum.stay");
    expect(spec).toMatchObject({ type: "oneTimeUseParking", validity: { validityStatus: "active" } });
    expect(spec.rateEligibility.map((one: { rateTable: { id: string } }) => one.rateTable.id)).toEqual(seed002Tariff.tables.map(({ id }) => `HARBOUR-museum.${id}`));
    expect(await read("/rates/HARBOUR-museum.weekend-day")).toMatchObject({
      version: 1, "x-incrementPricing": "atStart", validity: { validityTimeSpecification: { validPeriods: [{ recurringTimePeriodOfDay: [{ startTimeOfPeriod: "10:00", endTimeOfPeriod: "24:00" }] }] } },
    });
  });

  test("where no camera knows a plate, prices are listed and nothing can be sold for one", async () => {
    expect(await read("/rights/specs/HARBOUR-market.stay")).toMatchObject({ validity: { validityStatus: "suspended" } });
    expect((await read("/places/HARBOUR-market"))["x-capabilities"]).toEqual([]);
    const sold = await world.call("SP1", "POST", "/sessions", {
      id: "sold", version: 1, actualStart: "2026-01-15T12:00:00Z", actualEnd: "2026-01-15T14:00:00Z", hierarchyElement: { id: "HARBOUR-market", version: 1 },
      identifiedCredentials: [{ type: "licensePlate", identifier: { id: "AB12XYZ", className: "Plate" } }],
      segments: [{ id: "a", version: 1, actualStart: "2026-01-15T12:00:00Z", actualEnd: "2026-01-15T14:00:00Z", validationType: ["licensePlate"] }],
    });
    expect(sold).toMatchObject({ status: 400, body: { message: expect.stringContaining("no one-time parking") } });
  });

  test("G7: published again by a process that knows nothing of the first, nothing changes; a change of name is the next version", async () => {
    publisher = open();
    await publisher.turn();
    for (const path of ["/places/HARBOUR-museum", "/rates/HARBOUR-museum.weekend-day", "/rights/specs/HARBOUR-museum.stay"]) expect((await read(path)).version, path).toBe(1);
    change("museum", { config: { ...demoFacility("museum"), name: "Museum and Gallery" } });
    await publisher.turn();
    expect(await read("/places/HARBOUR-museum")).toMatchObject({ version: 2, name: [{ string: "Museum and Gallery" }] });
    expect((await read("/rates/HARBOUR-museum.weekend-day")).version).toBe(1);
  });

  test("a tariff is published when it comes into force; one that cannot be said ends the sale and says why", async () => {
    const dearer: Tariff = JSON.parse(JSON.stringify(seed002Tariff).replace('"value":10', '"value":12')) as Tariff;
    change("museum", { tariffs: [version(1, seed002Tariff), version(2, dearer, world.at + 60 * SECOND)] });
    await publisher.turn();
    expect((await read("/rates/HARBOUR-museum.weekend-day")).version).toBe(1);
    world.at += 60 * SECOND;
    await publisher.turn();
    expect(await read("/rates/HARBOUR-museum.weekend-day")).toMatchObject({ version: 2, rateLineCollections: [{ rateLines: [{ value: 12 }] }] });
    change("museum", { tariffs: [version(3, { ...dearer, freeMinutes: { minutes: 15, then: "chargeAll" } })] });
    await publisher.turn();
    expect(publisher.status()[0]).toMatchObject({ inventory: "published", notPublished: { type: "notExpressible", reasons: ["freeMinutes"] } });
    expect(warned.at(-1)).toContain("freeMinutes");
    expect(await read("/rights/specs/HARBOUR-museum.stay")).toMatchObject({ validity: { validityStatus: "suspended" }, rateEligibility: [] });
    expect(await read("/rights/specs/HARBOUR-museum.account")).toMatchObject({ validity: { validityStatus: "active" }, rateEligibility: [] });
  });
});

describe("occupancy", () => {
  const free = async (): Promise<number> => {
    const { supply: [{ supplyQuantity }], demandTable: [{ demandType: [{ count }] }] } = (await read("/places/HARBOUR-museum")).hierarchyElementReference;
    return supplyQuantity - count;
  };

  test("is there after a turn, makes no version of the place, and a rush makes one message", async () => {
    expect(await free()).toBe(50);
    for (const [occupied, laterMs, told] of [[11, 4_000, 49], [12, 1_000, 49], [13, 1_000, 49], [14, 1_000, 46]] as const) {
      change("museum", { counted: { occupied, spaces: 60 } });
      world.at += laterMs;
      await publisher.turn();
      expect(await free()).toBe(told);
    }
    expect((await read("/places/HARBOUR-museum")).version).toBe(2);
  });

  test("G4: while the exchange is away nothing piles up; back again, the newest is told", async () => {
    let away = true;
    let asked = 0;
    const flaky: ExchangeClient = {
      ...client,
      ask: async (ask) => {
        asked += 1;
        return away ? { ok: false, error: { type: "unreachable", why: "notConnected", status: null } } : client.ask(ask);
      },
    };
    const other = openPublisher({ client: flaky, facilities: () => facilities, now: world.clock.now, elapsed: () => elapsed, warn: () => {} });
    for (let occupied = 0; occupied < 60; occupied++) {
      change("museum", { counted: { occupied, spaces: 60 } });
      world.at += 10 * SECOND;
      elapsed += 10 * SECOND;
      await other.turn();
    }
    // Ten minutes: tried after 10, 20 s and then every 30 s at most.
    expect(asked).toBeLessThan(30);
    away = false;
    elapsed += 30 * SECOND;
    world.at += 30 * SECOND;
    await other.turn();
    expect(await free()).toBe(1);
  });

  test("an exchange that has forgotten the place is told of it again", async () => {
    await world.ok("OP1", "DELETE", "/rights/specs/HARBOUR-market.stay");
    await world.ok("OP1", "DELETE", "/places/HARBOUR-market");
    world.at += 300 * SECOND;
    elapsed += 300 * SECOND;
    await publisher.turn();
    await publisher.turn();
    // Ids are never used again there: the problem is told, and the other car park goes on.
    expect(publisher.status().find(({ facility }) => facility === "market")).toMatchObject({ inventory: "refused", problem: expect.stringContaining("HARBOUR-market") });
    expect(publisher.status().find(({ facility }) => facility === "museum")?.occupancySentAt).toBe(world.at);
  });
});
