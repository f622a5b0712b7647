/** Who sees what, behind both walls; and what a stranger's bytes can and cannot do. */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openExchange } from "../../src/exchange/application/open.ts";
import { keyFileOf, newKey, readKeys, writeKeys } from "../../src/journal/keyFile.ts";
import { type Client, place, plate, rates, right, session, spec, World } from "./harness.ts";

let world: World;
const PLATE = "QZ77 KXW";

beforeAll(async () => {
  world = await World.open();
  await world.parking("own");
  await world.ok("OP2", "POST", "/places", place("foreign"));
  await world.ok("OP1", "POST", "/rates", rates("public-rates"));
  await world.ok("OP1", "POST", "/rates", rates("private-rates", { availability: "private" }));
  await world.ok("OP2", "POST", "/rights/specs", spec("foreign-spec", ["foreign"]));
  await world.exchange.parties.connect("SP2", "OP2");
  await world.ok("SP1", "POST", "/sessions", session("s-own", "own", PLATE, { "x-note": `seen ${PLATE} twice` }));
  await world.ok("SP1", "POST", "/rights/assigned", right("r-own", "spec-own", PLATE));
  await world.ok("SP2", "POST", "/rights/assigned", right("r-foreign", "foreign-spec", PLATE));
  await world.ok("SP2", "POST", "/sessions", session("s-foreign", "foreign", PLATE));
});
afterAll(async () => { await world?.close(); });

/** What each role sees of each object: 1 all, m without money, 0 nothing. */
const MATRIX: readonly (readonly [string, Readonly<Record<Client, string>>])[] = [
  ["/places/own", { OP1: "1", OP2: "1", SP1: "1", SP2: "1", ES1: "1", AD: "1" }],
  ["/rights/specs/spec-own", { OP1: "1", OP2: "1", SP1: "1", SP2: "1", ES1: "1", AD: "1" }],
  ["/rates/public-rates", { OP1: "1", OP2: "1", SP1: "1", SP2: "1", ES1: "1", AD: "1" }],
  ["/rates/private-rates", { OP1: "1", OP2: "0", SP1: "1", SP2: "0", ES1: "0", AD: "1" }],
  ["/rights/assigned/r-own", { OP1: "1", OP2: "0", SP1: "1", SP2: "0", ES1: "1", AD: "1" }],
  ["/rights/assigned/r-foreign", { OP1: "0", OP2: "1", SP1: "0", SP2: "1", ES1: "0", AD: "1" }],
  ["/sessions/s-own", { OP1: "1", OP2: "0", SP1: "1", SP2: "0", ES1: "m", AD: "1" }],
  ["/sessions/s-foreign", { OP1: "0", OP2: "1", SP1: "0", SP2: "1", ES1: "0", AD: "1" }],
];

describe("G15 tenancy", () => {
  test.each(MATRIX)("%s is seen by those it concerns, in lists as by id", async (url, seen) => {
    const path = url.slice(0, url.lastIndexOf("/"));
    const id = url.slice(path.length + 1);
    for (const [client, how] of Object.entries(seen) as [Client, string][]) {
      const one = await world.call(client, "GET", `${url}?expand=all`);
      const listed = await world.ok(client, "GET", `${path}?expand=all&modified_since=0`);
      expect([client, one.status, listed.data.some((entry: { id?: string }) => entry.id === id)]).toEqual([client, how === "0" ? 404 : 200, how !== "0"]);
      if (how === "0") expect(one.body).toEqual({ status: "error", code: 404, message: "no such object", ids: [id] });
      if (path === "/sessions" && how !== "0") expect([client, JSON.stringify(one.body).includes("financialTransactions")]).toEqual([client, how === "1"]);
    }
  });

  test("the second wall stands when the first is forgotten", async () => {
    const client = new pg.Client({ connectionString: world.connectionString, options: "-c role=gatehouse_exchange -c search_path=exchange" });
    await client.connect();
    const seen = async (role: string, organisation: string): Promise<string[]> => {
      await client.query("select set_config('exchange.role', $1, false), set_config('exchange.organisation', $2, false)", [role, organisation]);
      return (await client.query<{ id: string }>("select id from object where kind in ('assignedRight', 'session', 'rateTable') and derived_from is null order by id")).rows.map(({ id }) => id);
    };
    expect(await seen("", "")).toEqual([]);
    expect(await seen("operator", "OP1")).toEqual(["private-rates", "public-rates", "r-own", "s-own"]);
    expect(await seen("operator", "OP2")).toEqual(["public-rates", "r-foreign", "s-foreign"]);
    expect(await seen("serviceProvider", "SP1")).toEqual(["private-rates", "public-rates", "r-own", "s-own"]);
    expect(await seen("serviceProvider", "SP2")).toEqual(["public-rates", "r-foreign", "s-foreign"]);
    expect(await seen("enforcement", "ES1")).toEqual(["public-rates", "r-own", "s-own"]);
    expect(await seen("enforcement", "ES9")).toEqual(["public-rates"]);
    expect((await client.query("select 1 from object_version where kind = 'session' and id = 's-own'")).rowCount).toBe(0);
    await seen("", "");
    expect((await client.query("select 1 from holding")).rowCount).toBe(0);
    await expect(client.query("update object set owner = 'ES9' where kind = 'session' returning id")).resolves.toMatchObject({ rowCount: 0 });
    await expect(client.query("delete from object_version")).rejects.toThrow("permission denied");
    await client.end();
  });

  test("a provider learns of others' sessions at a place of its operators only what tells how long", async () => {
    await world.exchange.parties.registerOrganisation({ id: "SP3", role: "serviceProvider", name: "Third" });
    await world.exchange.parties.connect("SP3", "OP1");
    const secret = await world.exchange.parties.registerClient({ id: "sp3", organisation: "SP3" });
    const token = (await world.call(null, "POST", "/auth", { grant_type: "client_credentials", client_id: "sp3", client_secret: secret })).body.access_token;
    const asked = await world.call(null, "GET", "/sessions?place=own&credential_id=qz77kxw", undefined, { authorization: `Bearer ${token}` });
    expect(asked.body.data).toEqual([{
      hierarchyElement: { id: "own", version: 1, className: "Place" }, identifiedCredentials: [plate(PLATE)],
      actualStart: "2026-01-15T13:10:02Z", actualEnd: "2026-01-15T14:10:02Z", "x-rightSpecification": { id: "spec-own", version: 1 },
    }]);
    expect((await world.call(null, "GET", "/sessions?place=own", undefined, { authorization: `Bearer ${token}` })).body.data).toEqual([]);
    expect((await world.call("SP2", "GET", "/sessions?place=own&credential_id=qz77kxw")).body.data).toEqual([]);
  });
});

describe("G16 every verb has its roles", () => {
  const bodies = { "/places": place("x"), "/rights/specs": spec("x", ["own"]), "/rates": rates("x"), "/sessions": session("x", "own", "X1"), "/rights/assigned": right("x", "spec-own", "X1") };
  const writers: Readonly<Record<keyof typeof bodies, readonly Client[]>> = {
    "/places": ["OP1", "OP2"], "/rights/specs": ["OP1", "OP2"], "/rates": ["OP1", "OP2"], "/sessions": ["SP1", "SP2"], "/rights/assigned": ["SP1", "SP2"],
  };
  test.each(Object.keys(bodies) as (keyof typeof bodies)[])("%s is written by nobody else", async (path) => {
    const others = (["OP1", "OP2", "SP1", "SP2", "ES1", "AD"] as const).filter((client) => !writers[path].includes(client) && !(path === "/sessions" && client.startsWith("OP")));
    for (const client of others) {
      for (const [method, url] of [["POST", path], ["PUT", `${path}/x`], ["PATCH", `${path}/x`], ["DELETE", `${path}/x`]] as const) {
        expect([client, method, (await world.call(client, method, url, method === "DELETE" ? undefined : bodies[path])).status]).toEqual([client, method, 403]);
      }
    }
  });
});

describe("hostile input", () => {
  const token = (value: string): Record<string, string> => ({ authorization: value });

  test.each(["", "Bearer", "Bearer x", "Bearer ../../etc/passwd", `Bearer ${"a".repeat(43)}`, `Bearer ${"a".repeat(9000)}`, "Basic b3A6eA==", "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZCJ9."])(
    "a forged token (%#) lets nobody in", async (value) => {
      for (const url of ["/places", "/sessions/s-own", "/contacts", "/v1/parking/places"]) {
        const answer = await world.call(null, "GET", url, undefined, token(value));
        expect(answer.status).toBe(401);
        expect(answer.body).toMatchObject({ status: "error", code: 401 });
      }
    });

  test.each([
    ["no JSON", "{", 400], ["a list", "[]", 400], ["a text", '"x"', 400], ["nothing", "null", 400], ["a member twice", '{"id":"a","id":"b"}', 400],
    ["100,000 deep", "[".repeat(100_000), 400], ["a number too large", '{"id":"a","layer":1e400}', 400], ["__proto__", '{"__proto__":{"x":1},"id":"a"}', 400],
    ["a zero character", '{"id":"a\\u0000b"}', 400], ["half a character", '{"id":"a","name":"\\ud800"}', 400], ["an empty id", '{"id":" "}', 400],
    ["a number as id", '{"id":7}', 400], ["half a megabyte", `{"id":"${"x".repeat(500_000)}"}`, 413], ["a long id", JSON.stringify(place("y".repeat(256))), 400],
    ["a BOM", "\uFEFF{}", 400],
  ])("a body with %s is refused", async (_name, body, status) => {
    const answer = await world.call("OP1", "POST", "/places", body);
    expect([answer.status, answer.body.status, answer.body.code]).toEqual([status, "error", status]);
    expect(JSON.stringify(answer.body)).not.toMatch(/at .*\.ts|select |insert /);
  });

  test.each([
    "/places?latitude=x&longitude=1&radius=1", "/places?page=1e9", "/places?layer=-1", "/sessions?start_after=yesterday", "/sessions?end_before=-1", "/places?name=%00",
    "/rights/assigned?credential_id=%00", "/places?latitude=91&longitude=0&radius=1", "/places/x?version=1.5", "/places/%ff", "/places/x?version=99999999999", "/places?page=0",
  ])("%s is a 400 with a body", async (url) => {
    const answer = await world.call("SP1", "GET", url);
    expect([answer.status, answer.body.status]).toEqual([400, "error"]);
  });

  test("an expired token is none", async () => {
    const before = world.at;
    const ask = () => world.app.inject({ method: "GET", url: "/contacts", headers: { authorization: `Bearer ${world.token("SP1")}` } });
    expect((await ask()).statusCode).toBe(200);
    world.at += 24 * 3_600_000;
    expect((await ask()).statusCode).toBe(401);
    world.at = before;
  });

  test("other methods are refused with those that are there", async () => {
    expect(await world.call("SP1", "DELETE", "/contacts/x")).toMatchObject({ status: 405, headers: { allow: "GET" } });
    expect(await world.call("SP1", "PUT", "/places", {})).toMatchObject({ status: 405, headers: { allow: "GET, POST" } });
    expect((await world.call("OP1", "POST", "/places", "<x/>", { "content-type": "text/xml" })).status).toBe(415);
    expect((await world.call("OP1", "GET", "/nowhere")).body).toMatchObject({ code: 404, status: "error" });
  });

  test.each([1, true, [], {}, "x".repeat(5000), null, "2026-02-31T00:00:00Z", -1, 1e300])("no member takes %j where it does not belong, and none brings the server down", async (value) => {
    const whole: [string, string, Client, Record<string, unknown>][] = [
      ["/places", "POST", "OP1", place("h") as Record<string, unknown>], ["/rights/specs", "POST", "OP1", spec("h", ["own"]) as Record<string, unknown>],
      ["/rates", "POST", "OP1", rates("h") as Record<string, unknown>], ["/sessions", "POST", "SP1", session("h", "own", "H1") as Record<string, unknown>],
      ["/rights/assigned", "POST", "SP1", right("h", "spec-own", "H1") as Record<string, unknown>],
    ];
    for (const [url, method, client, body] of whole) {
      for (const member of Object.keys(body)) {
        const answer = await world.call(client, method as "POST", url, { ...body, id: `h-${member}-${JSON.stringify(value).slice(0, 9)}`, [member]: value });
        expect([url, member, answer.status < 500]).toEqual([url, member, true]);
      }
    }
  });
});

describe("H4 H6 plates", () => {
  test("no byte of the data folder and no line of the log tells a plate", async () => {
    await world.ok("ES1", "GET", "/rights/assigned?place=own&credential_id=QZ77KXW&end_after=now");
    const admin = new pg.Client({ connectionString: world.connectionString });
    await admin.connect();
    await admin.query("checkpoint");
    await admin.end();
    const spellings = [PLATE, "QZ77KXW", "qz77kxw", "QZ77-KXW", "QZ77%20KXW"].flatMap((one) =>
      [Buffer.from(one), Buffer.from(one, "utf16le"), Buffer.from(Buffer.from(one).toString("hex")), Buffer.from(Buffer.from(one).toString("base64").replace(/=+$/, ""))]);
    const found = readdirSync(world.server.dataDir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
      .flatMap((entry) => {
        const bytes = readFileSync(join(entry.parentPath, entry.name));
        return spellings.filter((one) => bytes.includes(one)).map((one) => `${entry.name}: ${one.toString()}`);
      });
    expect(found).toEqual([]);
    expect(world.logged.length).toBeGreaterThan(50);
    expect(world.logged.filter((line) => spellings.some((one) => line.includes(one.toString())))).toEqual([]);
  });

  test("a process that stopped in the middle of a key's making or erasing is put right by the next", async () => {
    const { connectionString, keyFolder, clock } = world;
    const open = (): ReturnType<typeof openExchange> => openExchange({ connectionString, keyFolder, clock, newId: () => "unused", currency: "GBP" });
    const file = keyFileOf(keyFolder, "exchange");
    const keys = readKeys<string>(file) ?? [];
    // The key was written, its partition was not made.
    writeKeys<string>(file, [...keys, { class: "2033", generation: 1, key: newKey() }, { class: "2019", generation: 1, key: newKey() }]);
    // The partition was dropped, the key was not taken out.
    await world.exchange.database.owner.query("insert into key_period values ('2019', 1, 1)");
    const next = await open();
    expect(readKeys<string>(file)?.map((one) => one.class)).not.toContain("2019");
    await next.close();
    await world.ok("SP1", "POST", "/rights/assigned", right("r-2033", "spec-own", "YR2033", { expiry: "2033-06-01T00:00:00Z" }));
    expect((await world.ok("AD", "GET", "/rights/assigned?credential_id=YR2033")).data).toHaveLength(1);
    writeKeys<string>(file, keys.filter((one) => one.class !== "2028"));
    await expect(open()).rejects.toThrow("lacks the keys of");
    writeKeys<string>(file, [...keys, ...(readKeys<string>(file) ?? []).filter((one) => one.class === "2033")]);
  });

  test("when its period is erased, a plate is nowhere, and the record stays", async () => {
    expect((await world.ok("AD", "GET", "/sessions/s-own?expand=all")).identifiedCredentials[0].identifier.id).toBe(PLATE);
    const erased = await world.exchange.store.ring.erase(Date.UTC(2026, 1, 1));
    expect(erased).toEqual(["2026-01"]);
    const left = await world.ok("AD", "GET", "/sessions/s-own?expand=all");
    expect([left.identifiedCredentials[0].identifier.id, left.actualStart]).toEqual(["", "2026-01-15T13:10:02Z"]);
    expect((await world.ok("AD", "GET", "/sessions?credential_id=QZ77KXW")).data).toEqual([]);
    expect((await world.ok("AD", "GET", "/rights/assigned?credential_id=QZ77KXW")).data.map((one: { id: string }) => one.id)).toEqual(["r-own", "r-foreign"]);
  });
});
