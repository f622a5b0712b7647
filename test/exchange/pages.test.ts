/** The server of the exchange's pages: who gets in, and that nobody sees there what they do not see through the API. */
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { applyParties, NOBODY } from "../../src/app/exchange-parties.ts";
import type { LookUpAnswer, SessionRecord, SessionRow, SessionsFound } from "../../src/exchange/pages/contract.ts";
import { registerPages } from "../../src/exchange/pages/server.ts";
import { recordPdf } from "../../src/documents/session-record.ts";
import pino from "pino";
import { createServer } from "../../src/exchange/http/server.ts";
import { type Answer, type Client, NOW, place, rates, right, session, spec, World } from "./harness.ts";

let world: World;
const cookies = new Map<Client, string>();
const PLATE = "QZ70 KXO";

beforeAll(async () => {
  world = await World.open({ more: [(app, parts) => registerPages(app, { parts, pagesFolder: "/nowhere", print: (record, _language, at) => recordPdf(record, "en", at) })] });
  await world.parking("own", { characteristics: { spacesTotal: 40 } });
  await world.ok("OP2", "POST", "/places", place("foreign", { name: [{ language: "en", string: "Harbour" }], indicativePlacePointLocation: [{ type: "Point", coordinates: [-2.3, 53.5] }] }));
  await world.ok("OP2", "POST", "/rights/specs", spec("spec-foreign", ["foreign"]));
  await world.ok("OP1", "POST", "/rates", rates("private-rates", { availability: "private", rateLineCollections: [{
    applicableCurrency: "GBP", collectionSequence: 1, maxValueCollection: 8, resetTime: "00:00",
    rateLines: [{ sequence: 1, rateLineType: "incrementingRate", value: 3.2, incrementPeriod: "PT1H", usageCondition: "unlimited", durationStart: "00:00", durationEnd: "08:00" }],
  }] }));
  await world.ok("OP1", "POST", "/rights/specs", spec("spec-priced", ["own"], {
    type: "permitParking", rateEligibility: [{ id: "e", version: 1, priority: 1, rateTable: { id: "private-rates", version: 1 } }],
  }));
  await world.exchange.parties.connect("SP2", "OP2");
  world.at = Date.UTC(2026, 0, 15, 13, 40);
  await world.ok("SP1", "POST", "/sessions", session("s-own", "own", PLATE));
  await world.ok("SP2", "POST", "/sessions", session("s-foreign", "foreign", PLATE));
  await world.ok("SP1", "POST", "/rights/assigned", right("r-permit", "spec-priced", "PE12 MIT"));
  for (const client of ["OP1", "OP2", "SP1", "SP2", "ES1", "AD"] as const) cookies.set(client, await signedIn(client));
});
afterAll(async () => { await world?.close(); });

async function signedIn(client: Client): Promise<string> {
  const id = `people-${client}-${cookies.size}`;
  const secret = await world.exchange.parties.addClient(id, client);
  const answer = await world.app.inject({ method: "POST", url: "/pages-api/login", headers: { "content-type": "application/json" }, payload: JSON.stringify({ client: id, secret }) });
  expect(answer.statusCode).toBe(200);
  return String(answer.headers["set-cookie"]).split(";")[0] ?? "";
}

const ask = (client: Client, method: "GET" | "POST" | "DELETE", url: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
  world.call(null, method, `/pages-api${url}`, body, { cookie: cookies.get(client) ?? "", ...headers });

describe("signing in", () => {
  test("gives a cookie that scripts cannot read, and tells whose it is", async () => {
    const secret = await world.exchange.parties.addClient("one-more", "SP1");
    const sign = (headers: Record<string, string>, text = secret) => world.call(null, "POST", "/pages-api/login", { client: "one-more", secret: text }, headers);
    const cookie = String((await sign({})).headers["set-cookie"]);
    expect(cookie).toMatch(/^gatehouse-exchange=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=28800$/);
    const who = (await world.call(null, "GET", "/pages-api/login", undefined, { cookie })).body.who;
    expect(who).toEqual({ client: "one-more", organisation: "SP1", role: "serviceProvider", name: "Organisation SP1", until: world.at + 28_800_000 });
    expect(await sign({}, "wrong")).toMatchObject({ status: 401, body: { reason: "signInRefused" } });
    expect(await sign({ "sec-fetch-site": "cross-site" })).toMatchObject({ status: 403, body: { reason: "otherSite" } });
    expect(await sign({ origin: "https://evil.example" })).toMatchObject({ status: 403, body: { reason: "otherSite" } });
    await world.call(null, "DELETE", "/pages-api/login", undefined, { cookie });
    expect((await world.call(null, "GET", "/pages-api/login", undefined, { cookie })).body).toEqual({ who: null, offered: [] });
  });

  test("behind TLS gives a cookie that is bound to this host and to secure connections", async () => {
    const app = createServer({ parts: world.exchange, log: pino({ level: "silent" }), behindTls: true, more: [(server, parts) => registerPages(server, { parts, pagesFolder: "/nowhere", print: async () => Buffer.from("") })] });
    const secret = await world.exchange.parties.addClient("behind-tls", "SP1");
    const headers = { "content-type": "application/json", "x-forwarded-proto": "https", "x-forwarded-host": "exchange.example", origin: "https://exchange.example" };
    const cookie = String((await app.inject({ method: "POST", url: "/pages-api/login", headers, payload: JSON.stringify({ client: "behind-tls", secret }) })).headers["set-cookie"]);
    expect(cookie).toMatch(/^__Host-gatehouse-exchange=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=28800; Secure$/);
    const who = async (value: string) => ((await app.inject({ url: "/pages-api/login", headers: { cookie: value, "x-forwarded-proto": "https" } })).json() as { who: object | null }).who;
    expect([(await who(cookie)) !== null, await who(cookie.replace("__Host-", ""))]).toEqual([true, null]);
    await app.close();
  });

  test("a demo's clients are offered at the door, and not to whoever is in", async () => {
    const secret = await world.exchange.parties.addClient("for-all", "SP1");
    const offered = [{ client: "for-all", secret, name: "Organisation SP1", role: "serviceProvider" as const }];
    const app = createServer({ parts: world.exchange, log: pino({ level: "silent" }), behindTls: true, more: [(server, parts) => registerPages(server, { parts, pagesFolder: "/nowhere", print: async () => Buffer.from(""), offered })] });
    expect((await app.inject({ url: "/pages-api/login" })).json()).toEqual({ who: null, offered });
    const cookie = String((await app.inject({ method: "POST", url: "/pages-api/login", headers: { "content-type": "application/json" }, payload: JSON.stringify({ client: "for-all", secret }) })).headers["set-cookie"]);
    expect((await app.inject({ url: "/pages-api/login", headers: { cookie } })).json()).toMatchObject({ who: { client: "for-all" }, offered: [] });
    await app.close();
  });

  test("is needed for everything, and a bearer token is no login nor a login a bearer token", async () => {
    for (const url of ["/places", "/places/own/offers", "/sessions/s-own", "/sessions/s-own/pdf", "/look-up/places", "/partners", "/deliveries"]) {
      const bearer = await world.call("AD", "GET", `/pages-api${url}`);
      expect([url, bearer.status, bearer.body.reason]).toEqual([url, 401, "notSignedIn"]);
    }
    const token = (cookies.get("AD") ?? "").split("=")[1];
    expect((await world.call(null, "GET", "/places", undefined, { authorization: `Bearer ${token}` })).status).toBe(401);
  });

  test("is refused for a while after many tries from one address", async () => {
    const statuses = await Promise.all(Array.from({ length: 30 }, () =>
      world.app.inject({ method: "POST", url: "/pages-api/login", remoteAddress: "192.0.2.7", headers: { "content-type": "application/json" }, payload: { client: "x", secret: "y" } })));
    expect(statuses.filter(({ statusCode }) => statusCode === 429).length).toBeGreaterThan(5);
  });
});

describe("availability", () => {
  test("tells free spaces with their age, and what is stale", async () => {
    const count = (at: string) => world.ok("OP1", "PUT", "/places/own", { id: "own", hierarchyElementReference: {
      elementId: { id: "own", version: 1 }, supply: [{ supplyQuantity: 40, supplyViewType: "vehicleView" }],
      demandTable: [{ frequency: "PT3M", timestamp: at, demandType: [{ count: 31, occupancyCalculation: "counted", recordDateTime: at }] }],
    } });
    await count("2026-01-15T13:38:00Z");
    const [own, foreign] = (await ask("SP2", "GET", "/places")).body.places;
    expect(own).toMatchObject({ id: "own", operator: { id: "OP1", name: "Organisation OP1" }, free: 9, spaces: 40, stale: false, countedAt: Date.UTC(2026, 0, 15, 13, 38) });
    expect(foreign).toMatchObject({ id: "foreign", free: null, spaces: null, countedAt: null, stale: false });
    const before = world.at;
    world.at += 8 * 60_000;
    expect((await ask("SP2", "GET", "/places?free=1")).body.places).toMatchObject([{ id: "own", stale: true }]);
    world.at = before;
  });

  test("is narrowed by text, by code and by a point, the nearest first", async () => {
    const ids = async (query: string): Promise<string[]> => (await ask("ES1", "GET", `/places?${query}`)).body.places.map((one: { id: string }) => one.id);
    expect(await ids("text=harb")).toEqual(["foreign"]);
    expect(await ids("text=own")).toEqual(["own"]);
    expect(await ids("latitude=53.5&longitude=-2.3&radius=20000")).toEqual(["foreign", "own"]);
    expect(await ids("latitude=53.5&longitude=-2.3&radius=500")).toEqual(["foreign"]);
    expect(await ask("ES1", "GET", "/places?latitude=95&longitude=0&radius=1")).toMatchObject({ status: 400, body: { reason: "notUnderstood" } });
  });

  test("a price list reads as steps, and a private one only to those it is for", async () => {
    const priced = async (client: Client) => (await ask(client, "GET", "/places/own/offers")).body.offers.find((one: { id: string }) => one.id === "spec-priced");
    expect((await priced("SP1")).price).toEqual({ currency: "GBP", steps: [
      { type: "each", fromMs: 0, toMs: 2 * 3_600_000, partMs: 3_600_000, partMinor: 320, totalMinor: 640 }, { type: "upTo", toMs: 8 * 3_600_000, totalMinor: 800 },
      { type: "none", fromMs: 8 * 3_600_000 },
    ] });
    expect((await priced("SP2")).price).toBeNull();
    expect(await ask("SP1", "GET", "/places/nowhere/offers")).toMatchObject({ status: 404, body: { reason: "noPlace" } });
  });

  test("tables that share the day are one price: none of them is free because it is another one's time", async () => {
    const during = (id: string, value: number, startTimeOfPeriod: string, endTimeOfPeriod: string): object => rates(id, {
      "x-incrementPricing": "atStart", validity: { validityStatus: "definedByValidityTimeSpec", validityTimeSpecification: { validPeriods: [{ recurringTimePeriodOfDay: [{ startTimeOfPeriod, endTimeOfPeriod }] }] } },
      rateLineCollections: [{ applicableCurrency: "GBP", collectionSequence: 1, rateLines: [{ sequence: 1, rateLineType: "incrementingRate", value, incrementPeriod: "PT1H", usageCondition: "unlimited" }] }],
    });
    await world.ok("OP1", "POST", "/rates", during("half-1", 2, "00:00", "12:00"));
    await world.ok("OP1", "POST", "/rates", during("half-2", 3, "12:00", "24:00"));
    await world.ok("OP1", "POST", "/rights/specs", spec("spec-halves", ["own"], { rateEligibility: ["half-1", "half-2"].map((id) => ({ id: `e-${id}`, version: 1, priority: 1, rateTable: { id, version: 1 } })) }));
    const offers = (await ask("SP1", "GET", "/places/own/offers")).body.offers.filter((one: { id: string }) => one.id === "spec-halves");
    // It is 13:00: eleven hours at 3.00, then at 2.00.
    expect(offers).toMatchObject([{ table: [], price: { currency: "GBP", steps: [{ type: "each", fromMs: 0, toMs: 11 * 3_600_000, partMinor: 300 }, { type: "each", partMinor: 200 }, {}] } }]);
  });
});

describe("G15 the session viewer", () => {
  const find = async (client: Client, search: object): Promise<readonly SessionRow[]> => ((await ask(client, "POST", "/sessions/search", search)).body as SessionsFound).rows;
  const ids = async (client: Client, search: object): Promise<string[]> => (await find(client, search)).map(({ id }) => id).sort();

  test("shows each organisation its own sessions, by search as by record", async () => {
    const seen: Readonly<Record<Client, readonly string[]>> = { OP1: ["s-own"], OP2: ["s-foreign"], SP1: ["s-own"], SP2: ["s-foreign"], ES1: ["s-own"], AD: ["s-foreign", "s-own"] };
    for (const [client, expected] of Object.entries(seen) as [Client, string[]][]) {
      expect([client, await ids(client, { plate: "qz70-kxo" })]).toEqual([client, expected]);
      expect([client, await ids(client, {})]).toEqual([client, expected]);
      for (const id of ["s-own", "s-foreign"]) {
        const [record, pdf] = [await ask(client, "GET", `/sessions/${id}`), await world.app.inject({ url: `/pages-api/sessions/${id}/pdf`, headers: { cookie: cookies.get(client) ?? "" } })];
        expect([client, id, record.status, pdf.statusCode]).toEqual([client, id, ...(expected.includes(id) ? [200, 200] : [404, 404])]);
      }
    }
  });

  test("finds by place, provider and time", async () => {
    const hour = 3_600_000;
    expect(await ids("AD", { place: "own" })).toEqual(["s-own"]);
    expect(await ids("AD", { provider: "SP2" })).toEqual(["s-foreign"]);
    expect(await ids("AD", { from: NOW, to: NOW + hour })).toEqual(["s-foreign", "s-own"]);
    expect(await ids("AD", { from: NOW + 2 * hour })).toEqual([]);
    expect(await ids("AD", { plate: "QZ70KXX" })).toEqual([]);
    for (const wrong of [{ plate: "-" }, { plate: 7 }, { from: "now" }, { other: 1 }, []]) {
      expect([wrong, (await ask("AD", "POST", "/sessions/search", wrong)).status]).toEqual([wrong, 400]);
    }
  });

  test("near misses are an operator's alone, and of its own places", async () => {
    const near = async (plate: string) => (await find("OP1", { plate, similar: true })).map(({ id, similar }) => [id, similar]);
    expect(await near("QZ7OKX0")).toEqual([["s-own", true]]);
    expect(await near("QZ70KXOO")).toEqual([["s-own", true]]);
    expect(await near("QZ70KX")).toEqual([["s-own", true]]);
    expect(await near("QZ70KXO")).toEqual([["s-own", false]]);
    expect(await near("QZ71XXO")).toEqual([]);
    for (const client of ["SP1", "ES1", "AD"] as const) expect(await ask(client, "POST", "/sessions/search", { plate: PLATE, similar: true })).toMatchObject({ status: 403, body: { reason: "notForRole" } });
  });

  test("a record has every version, who sent it and when it was received; enforcement sees no money", async () => {
    world.at += 60_000;
    await world.ok("SP1", "PUT", "/sessions/s-own", { id: "s-own", version: 2, "x-note": "changed" });
    const record = (await ask("OP1", "GET", "/sessions/s-own")).body as SessionRecord;
    expect(record.versions.map(({ version, by, plates }) => [version, by.name, plates])).toEqual([[1, "Organisation SP1", [PLATE]], [2, "Organisation SP1", [PLATE]]]);
    // The receipt is the store's own clock, not the sender's.
    expect(record.versions.every(({ receivedAt }) => Math.abs(receivedAt - Date.now()) < 60_000)).toBe(true);
    expect(record.rights).toMatchObject([{ issuer: { id: "SP1" }, until: Date.UTC(2026, 0, 15, 14, 10, 2) }]);
    expect(record.row.money).toEqual({ currency: "GBP", dueMinor: 0, paidMinor: 320 });
    const patrol = (await ask("ES1", "GET", "/sessions/s-own")).body as SessionRecord;
    expect([patrol.row.money, JSON.stringify(patrol).includes("320"), patrol.versions[0]?.segments[0]?.transactions]).toEqual([null, false, null]);
  });
});

describe("the look-up", () => {
  const look = async (client: Client, plate: string, at = "own") => (await ask(client, "POST", "/look-up", { place: at, plate })) as Answer & { body: LookUpAnswer };

  test("says paid until, ended or none, and what is a permit", async () => {
    expect((await look("ES1", "qz70 kxo")).body).toMatchObject({ state: "valid", until: Date.UTC(2026, 0, 15, 14, 10, 2), permit: false, rights: 1, zone: "Europe/London" });
    expect((await look("ES1", "PE12MIT")).body).toMatchObject({ state: "valid", permit: true });
    expect((await look("ES1", "QZ70KX0")).body).toMatchObject({ state: "none", until: null, similar: [], elsewhere: [] });
    const before = world.at;
    world.at = Date.UTC(2026, 0, 15, 14, 15);
    expect((await look("ES1", PLATE)).body.state).toBe("ended");
    world.at = Date.UTC(2026, 0, 15, 14, 40);
    expect((await look("ES1", PLATE)).body.state).toBe("none");
    world.at = before;
  });

  test("never says none where the asker could not have seen a right", async () => {
    expect((await ask("ES1", "GET", "/look-up/places")).body.places.map((one: { id: string }) => one.id)).toEqual(["own"]);
    expect(await look("ES1", PLATE, "foreign")).toMatchObject({ status: 403, body: { reason: "noContract" } });
    expect(await look("OP1", PLATE, "foreign")).toMatchObject({ status: 403 });
    expect(await look("SP1", PLATE)).toMatchObject({ status: 403 });
    expect((await look("AD", PLATE, "foreign")).body.state).toBe("valid");
  });

  test("tells where the plate is paid for instead, among the places where the asker may look", async () => {
    await world.parking("next");
    const elsewhere = async (client: Client) => (await look(client, PLATE, client === "OP2" ? "foreign" : "next")).body.elsewhere.map((one: LookUpAnswer["elsewhere"][number]) => one.place.id);
    expect([await elsewhere("ES1"), await elsewhere("OP1"), (await elsewhere("AD")).sort()]).toEqual([["own"], ["own"], ["foreign", "own"]]);
  });

  test("tells operators which plate was perhaps meant", async () => {
    expect((await look("OP1", "QZ7OKX0")).body).toMatchObject({ state: "none", similar: [{ plate: PLATE, until: Date.UTC(2026, 0, 15, 14, 10, 2) }] });
  });
});

describe("the office", () => {
  test("shows each organisation its own clients, connections and contracts, the administrator all", async () => {
    const own = (await ask("SP1", "GET", "/partners")).body;
    expect(new Set(own.clients.map((one: { organisation: string }) => one.organisation))).toEqual(new Set(["SP1"]));
    expect([own.connections, own.contracts]).toEqual([[{ provider: "SP1", operator: "OP1" }], []]);
    expect(own.organisations.map((one: { id: string }) => one.id)).not.toContain("AD");
    const all = (await ask("AD", "GET", "/partners")).body;
    expect(new Set(all.clients.map((one: { organisation: string }) => one.organisation)).size).toBe(6);
    expect([all.connections.length, all.contracts]).toEqual([2, [{ enforcement: "ES1", operator: "OP1", place: null }]]);
  });

  test("clients are made, given a new secret and revoked by the administrator alone; each ends what the old secret opened", async () => {
    expect(await ask("SP1", "POST", "/clients", { id: "mine", organisation: "SP1" })).toMatchObject({ status: 403, body: { reason: "notForRole" } });
    const made = (await ask("AD", "POST", "/clients", { id: "desk-1", organisation: "SP2" })).body;
    expect(await ask("AD", "POST", "/clients", { id: "desk-1", organisation: "SP2" })).toMatchObject({ status: 409, body: { reason: "clientExists" } });
    expect(await ask("AD", "POST", "/clients", { id: "desk-2", organisation: "NOBODY" })).toMatchObject({ status: 404 });
    const sign = (secret: string) => world.call(null, "POST", "/pages-api/login", { client: "desk-1", secret });
    const cookie = String((await sign(made.secret)).headers["set-cookie"]).split(";")[0] ?? "";
    const open = async (): Promise<number> => (await world.call(null, "GET", "/pages-api/places", undefined, { cookie })).status;
    expect(await open()).toBe(200);
    expect(await ask("SP2", "POST", "/clients/desk-1/secret")).toMatchObject({ status: 403 });
    const next = (await ask("AD", "POST", "/clients/desk-1/secret")).body;
    expect([await open(), (await sign(made.secret)).status, (await sign(next.secret)).status]).toEqual([401, 401, 200]);
    expect((await ask("AD", "POST", "/clients/desk-1/revoke")).status).toBe(200);
    expect([(await sign(next.secret)).status, (await ask("AD", "POST", "/clients/desk-1/secret")).status]).toEqual([401, 404]);
    const told: string[] = [];
    const file = { ...NOBODY, clients: [{ id: "desk-1", organisation: "SP2", secret: next.secret }] };
    await applyParties(world.exchange, file, (line) => told.push(line));
    expect([(await sign(next.secret)).status, told]).toEqual([401, ["client desk-1 of SP2: revoked; the file does not bring it back"]]);
    const me = (await ask("AD", "GET", "/login")).body.who.client;
    expect(await ask("AD", "POST", `/clients/${me}/revoke`)).toMatchObject({ status: 409, body: { reason: "ownClient" } });
  });

  test("dead letters are their owner's and the administrator's, one or all sent again", async () => {
    const { subscriptions } = world.exchange;
    const owner = { client: "SP1-client", organisation: "SP1", role: "serviceProvider", amountsInMinorUnits: false } as const;
    await subscriptions.add("sub-1", owner, { endpoint: "https://sp1.example/hooks", topics: ["SystemEvents"], places: [], children: false, style: "eventData" }, "whsec_x", NOW);
    for (const id of ["a", "b", "c"]) await subscriptions.alert(id, "SP1", "{}", "SystemEvents", NOW);
    for (const one of await subscriptions.take(NOW, 10, new Map())) await subscriptions.dead(one.id, "answered 500", NOW);
    const dead = async (client: Client) => (await ask(client, "GET", "/deliveries")).body.dead;
    expect([(await dead("SP1")).length, (await dead("AD")).length, (await dead("SP2")).length, (await dead("OP1")).length]).toEqual([3, 3, 0, 0]);
    const [first] = await dead("SP1");
    expect(first).toMatchObject({ organisation: { id: "SP1" }, topic: "SystemEvents", attempts: 1, reason: "answered 500" });
    expect(await ask("SP2", "POST", `/deliveries/${first.id}/replay`)).toMatchObject({ status: 404, body: { reason: "noDeadLetter" } });
    expect((await ask("SP2", "POST", "/deliveries/replay")).body).toEqual({ count: 0 });
    expect((await ask("SP1", "POST", `/deliveries/${first.id}/replay`)).body).toEqual({ count: 1 });
    expect((await ask("AD", "POST", "/deliveries/replay")).body).toEqual({ count: 2 });
    expect(await dead("SP1")).toEqual([]);
  });
});

test("what no page sends is refused with a body, and nothing brings the server down", async () => {
  const bodies = [null, 1, "x", [], {}, { plate: "\u0000" }, { place: "own", plate: "x".repeat(5_000) }, { place: { id: "own" }, plate: ["A"] }, { client: "\u0000", secret: "x" }, { id: "../x", organisation: "SP1" }, { from: 1e300 }];
  const posts = ["/login", "/sessions/search", "/look-up", "/clients", "/clients/%00/secret", "/clients/x/revoke", "/deliveries/x/replay", "/deliveries/99999999999999999999/replay"];
  const gets = ["/places?text=%00", "/places?latitude=1", "/places?text[]=a&free=2", "/places/%00/offers", "/sessions/%00", "/sessions/%ff/pdf", "/sessions/s-own/pdf?lang=%00", "/nowhere", `/sessions/${"x".repeat(4_000)}`];
  world.at += 60_000;
  for (const url of posts) for (const body of bodies) {
    const { statusCode } = await world.app.inject({ method: "POST", url: `/pages-api${url}`, remoteAddress: `192.0.2.${bodies.indexOf(body)}`, headers: { cookie: cookies.get("SP1") ?? "", "content-type": "application/json" }, payload: JSON.stringify(body) });
    expect([url, body, statusCode < 500]).toEqual([url, body, true]);
  }
  for (const url of gets) expect([url, (await world.app.inject({ url: `/pages-api${url}`, headers: { cookie: cookies.get("AD") ?? "" } })).statusCode < 500]).toEqual([url, true]);
});

test("H4 H6 an erased plate is in no row, no record and no look-up, near or not", async () => {
  await world.ok("SP1", "POST", "/sessions", session("s-gone", "own", "ER45 ASE", { actualStart: "2026-01-15T12:00:00Z", actualEnd: "2026-01-15T12:30:00Z", segments: [{ id: "g" }] }));
  await world.ok("AD", "POST", "/erasures", { credentialId: "ER45ASE", reason: "asked for" });
  const record = (await ask("OP1", "GET", "/sessions/s-gone")).body as SessionRecord;
  expect([record.row.plates, ...record.versions.map(({ plates }) => plates)]).toEqual([[], [], []]);
  for (const search of [{ plate: "ER45ASE" }, { plate: "ER45ASF", similar: true }]) expect((await ask("OP1", "POST", "/sessions/search", search)).body.rows).toEqual([]);
  expect(JSON.stringify((await ask("AD", "POST", "/sessions/search", {})).body)).not.toContain("ER45");
});

test("H4 no plate in an address or a line of the log, and no file of the server outside its folder", async () => {
  expect(world.logged.filter((line) => /QZ70|PE12/i.test(line))).toEqual([]);
  for (const url of ["/assets/..%2f..%2fpackage.json", "/assets/x.ts"]) expect((await world.app.inject({ url })).statusCode).toBe(404);
  expect((await world.app.inject({ url: "/" })).headers.location).toBe("/pages");
  expect(readFileSync(new URL("../../src/exchange/pages/server.ts", import.meta.url), "utf8")).not.toMatch(/query[^;]*plate/);
});
