/** The rules every resource shares, over HTTP: identity, versions, deletion, lists, roles. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { place, plate, rates, session, spec, text, World } from "./harness.ts";

let world: World;
beforeAll(async () => { world = await World.open(); });
afterAll(async () => { await world?.close(); });

const seconds = (iso: string): number => Date.parse(iso) / 1000;

describe("identity and versions", () => {
  test("a place is created once, repeated idempotently, and its id is taken for anybody else", async () => {
    expect((await world.call("OP1", "POST", "/places", place("p1"))).status).toBe(201);
    const again = await world.call("OP1", "POST", "/places", place("p1"));
    expect([again.status, again.headers["idempotent-replay"]]).toEqual([201, "true"]);
    const other = await world.call("OP1", "POST", "/places", place("p1", { layer: 2 }));
    expect([other.status, other.body]).toMatchObject([409, { status: "error", code: 409, ids: ["p1"] }]);
    expect((await world.call("OP2", "POST", "/places", place("p1"))).status).toBe(409);
  });

  test("an update merges, counts up, and refuses what is stale", async () => {
    await world.ok("OP1", "POST", "/places", place("p2", { description: text("old") }));
    expect((await world.call("OP1", "PUT", "/places/p2", { name: text("New") })).status).toBe(200);
    const second = await world.call("OP1", "GET", "/places/p2");
    expect(second.body).toMatchObject({ version: 2, name: text("New"), description: text("old") });
    expect((await world.call("OP1", "PUT", "/places/p2", { version: 2, name: text("New") })).status).toBe(200);
    expect((await world.call("OP1", "GET", "/places/p2")).body.version).toBe(2);
    expect((await world.call("OP1", "PUT", "/places/p2", { version: 2, name: text("Other") })).status).toBe(409);
    expect((await world.call("OP1", "PUT", "/places/p2", { version: 1, name: text("Other") })).status).toBe(409);
    expect((await world.call("OP1", "PATCH", "/places/p2", { version: 9, description: null })).status).toBe(200);
    const last = (await world.call("OP1", "GET", "/places/p2")).body;
    expect([last.version, "description" in last]).toEqual([9, false]);
    expect((await world.call("OP1", "GET", "/places/p2?version=1")).body).toMatchObject({ version: 1, name: text("Place p2") });
    expect((await world.call("OP1", "GET", "/places/p2?version=99")).status).toBe(404);
    expect((await world.call("OP1", "GET", "/places/p2?version=0")).status).toBe(400);
    expect((await world.call("OP1", "PUT", "/places/p2", { id: "other", layer: 1 })).status).toBe(400);
    expect((await world.call("OP1", "PUT", "/places/nowhere", { layer: 1 })).status).toBe(404);
  });

  test("F10 twenty equal creations make one object, twenty different ones let one through", async () => {
    const equal = await Promise.all(Array.from({ length: 20 }, () => world.call("OP1", "POST", "/places", place("many"))));
    expect(equal.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 201));
    const different = await Promise.all(Array.from({ length: 20 }, (_one, i) => world.call("OP1", "POST", "/places", place("one", { layer: i + 1 }))));
    expect(different.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(different.filter(({ status }) => status === 409)).toHaveLength(19);
  });

  test("G7 of concurrent updates to one version exactly one wins", async () => {
    await world.ok("OP1", "POST", "/places", place("race"));
    const answers = await Promise.all(Array.from({ length: 10 }, (_one, i) => world.call("OP1", "PUT", "/places/race", { version: 2, layer: i + 2 })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 9 }, () => 409)]);
  });

  test("deletion is logical, once, and the id is not used again", async () => {
    await world.ok("OP1", "POST", "/places", place("gone"));
    expect((await world.call("OP1", "DELETE", "/places/gone?version=7")).status).toBe(409);
    expect((await world.call("OP1", "DELETE", "/places/gone")).status).toBe(200);
    expect((await world.call("OP1", "DELETE", "/places/gone")).status).toBe(404);
    expect((await world.call("OP1", "GET", "/places/gone")).status).toBe(404);
    expect((await world.call("AD", "GET", "/places/gone?version=1")).status).toBe(200);
    expect((await world.call("OP1", "POST", "/places", place("gone"))).status).toBe(409);
    const list = await world.call("OP1", "GET", `/places?modified_since=0`);
    expect(list.body.deletedReferences).toContainEqual({ id: "gone", className: "Place", deleteTimestamp: expect.stringMatching(/Z$/) });
  });

  test("ids of any shape survive the way through an address", async () => {
    for (const id of ["a/b c", "ümläut-☂", "x".repeat(255), "a%2Fb"]) {
      expect((await world.call("OP1", "POST", "/places", place(id))).status).toBe(201);
      expect((await world.call("OP1", "GET", `/places/${encodeURIComponent(id)}`)).body.id).toBe(id);
    }
  });
});

describe("places", () => {
  test("parents carry their children; a place with children stays; no place lies in itself", async () => {
    await world.ok("OP1", "POST", "/places", place("campus", { type: "campus", layer: 0 }));
    await world.ok("OP1", "POST", "/places", place("child", { parentId: { id: "campus", version: 1 } }));
    expect((await world.call("SP1", "GET", "/places/campus")).body.childIds).toEqual([{ id: "child", version: 1 }]);
    expect((await world.call("OP1", "DELETE", "/places/campus")).body).toMatchObject({ code: 409, ids: ["child"] });
    expect((await world.call("OP1", "PUT", "/places/campus", { parentId: { id: "child", version: 1 }, layer: 5 })).status).toBe(409);
    expect((await world.call("OP1", "POST", "/places", place("orphan", { parentId: { id: "nowhere", version: 1 } }))).body).toMatchObject({ code: 400, ids: ["nowhere"] });
    expect((await world.call("OP2", "POST", "/places", place("foreign", { parentId: { id: "campus", version: 1 } }))).status).toBe(403);
  });

  test("a count changes the occupancy and nothing else; an older one changes nothing", async () => {
    await world.ok("OP1", "POST", "/places", place("count"));
    const at = (minute: number, count: number): object => ({ id: "count", hierarchyElementReference: {
      supply: [{ supplyQuantity: 340, supplyViewType: "vehicleView" }],
      demandTable: [{ frequency: "PT3M", timestamp: `2026-01-15T10:${minute}:00Z`, demandType: [{ count, occupancyCalculation: "counted", recordDateTime: `2026-01-15T10:${minute}:00Z` }] }],
    } });
    const count = async (): Promise<number> =>
      (await world.call("SP2", "GET", "/places/count?expand=occupancy")).body.hierarchyElementReference.demandTable[0].demandType[0].count;
    expect((await world.call("OP1", "PUT", "/places/count", at(20, 125))).body).toMatchObject({ status: "ok", code: 200 });
    expect(await count()).toBe(125);
    await world.ok("OP1", "PATCH", "/places/count", at(10, 3));
    expect(await count()).toBe(125);
    expect((await world.call("OP1", "PUT", "/places/count", at(30, 400))).headers["x-lint"]).toContain("overCount");
    const place1 = (await world.call("OP1", "GET", "/places/count")).body;
    expect([place1.version, place1.hierarchyElementReference]).toEqual([1, undefined]);
    expect((await world.call("OP2", "PUT", "/places/count", at(40, 1))).status).toBe(403);
  });

  test("lists filter by distance, name, layer and tree", async () => {
    const at = (lat: number, lon: number): object => ({ indicativePlacePointLocation: [{ type: "Point", coordinates: [lon, lat] }] });
    await world.ok("OP1", "POST", "/places", place("geo-0", at(10, 20)));
    await world.ok("OP1", "POST", "/places", place("geo-999", at(10 + 999 / 111195, 20)));
    await world.ok("OP1", "POST", "/places", place("geo-1001", { ...at(10 + 1001 / 111195, 20), name: [{ language: "it", string: "Piazza Grande" }] }));
    const ids = async (query: string): Promise<string[]> => (await world.ok("SP1", "GET", `/places?${query}`)).data.map((one: { id: string }) => one.id);
    expect(await ids("latitude=10&longitude=20&radius=1000")).toEqual(["geo-0", "geo-999"]);
    expect(await ids("latitude=10&longitude=20&radius=0")).toEqual(["geo-0"]);
    expect(await ids("latitude=90&longitude=180&radius=10")).toEqual([]);
    expect(await ids("name=piazza")).toEqual(["geo-1001"]);
    expect(await ids("place=campus")).toEqual(["campus", "child"]);
    expect((await ids("layer=0"))).toEqual(["campus"]);
    expect((await world.call("SP1", "GET", "/places?latitude=10")).status).toBe(400);
    for (const page of ["0", "-1", "abc"]) expect((await world.call("SP1", "GET", `/places?page=${page}`)).status).toBe(400);
    expect((await world.call("SP1", "GET", "/places?page=900")).body.data).toEqual([]);
  });
});

describe("right specifications and rates", () => {
  test("a specification hangs on its place until it is deleted", async () => {
    await world.ok("OP1", "POST", "/places", place("ps"));
    expect((await world.call("OP1", "POST", "/rights/specs", spec("s1", []))).status).toBe(400);
    expect((await world.call("OP1", "POST", "/rights/specs", spec("s1", ["nowhere"]))).body).toMatchObject({ code: 400, ids: ["nowhere"] });
    expect((await world.call("OP1", "POST", "/rights/specs", spec("s1", ["ps"]))).status).toBe(201);
    expect((await world.call("SP1", "GET", "/places/ps?expand=rightSpecifications")).body.rightSpecifications).toEqual([{ id: "s1", version: 1 }]);
    expect((await world.call("SP1", "GET", "/rights/specs/s1?expand=all")).body).toMatchObject({ issuer: { id: "OP1" }, validity: { validityStatus: "active" } });
    expect((await world.call("OP1", "DELETE", "/places/ps")).status).toBe(409);
    await world.ok("OP1", "DELETE", "/rights/specs/s1");
    expect((await world.call("SP1", "GET", "/places/ps?expand=rightSpecifications")).body.rightSpecifications).toBeUndefined();
  });

  test("a rate table answers 200, keeps its numbers, and is hidden when it is private", async () => {
    expect((await world.call("OP1", "POST", "/rates", rates("r1"))).status).toBe(200);
    expect((await world.call("SP2", "GET", "/rates/r1?expand=all")).body.rateLineCollections[0].rateLines[0].value).toBe(3.2);
    await world.ok("OP1", "POST", "/rates", rates("r2", { availability: "private" }));
    const statuses = await Promise.all((["OP1", "SP1", "SP2", "ES1", "OP2"] as const).map(async (who) => (await world.call(who, "GET", "/rates/r2")).status));
    expect(statuses).toEqual([200, 200, 404, 404, 404]);
  });
});

describe("sessions bring their right", () => {
  test("a provider's session and its right are there together, and enforcement finds it", async () => {
    await world.parking("805430");
    expect((await world.call("SP1", "POST", "/sessions", session("ses-1", "805430", "AB12 XYZ"))).body).toMatchObject({ status: "ok", code: 201 });
    const found = await world.ok("ES1", "GET", `/rights/assigned?place=805430&credential_id=ab12-xyz&end_after=${seconds("2026-01-15T13:30:00Z")}`);
    expect(found.meta.total).toBe(1);
    expect(found.data[0]).toMatchObject({ expiry: "2026-01-15T14:10:02Z", issuanceTime: "2026-01-15T13:10:02Z", rightHolder: { credentials: [plate("AB12 XYZ")] } });
    expect(found.data[0].payments).toBeUndefined();
    const owner = (await world.ok("OP1", "GET", `/rights/assigned/${found.data[0].id}`));
    expect(owner).toMatchObject({ payments: [{ transactionID: "TX-ses-1" }], monetaryValue: { value: { currencyType: "GBP", currencyValue: 3.2 } } });
    expect((await world.ok("SP1", "GET", "/sessions/ses-1?expand=all")).segments[0].assignedRight.id).toBe(found.data[0].id);
    const expired = await world.ok("ES1", "GET", `/rights/assigned?place=805430&credential_id=AB12XYZ&end_after=${seconds("2026-01-15T14:10:02Z")}`);
    expect(expired.data).toEqual([]);
    expect((await world.call("SP2", "GET", `/rights/assigned/${found.data[0].id}`)).status).toBe(404);
  });
});
