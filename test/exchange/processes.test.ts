/** One database and several processes, killed processes, and years of rows: what nobody sees from outside. */
import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer as createSocketServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type OpenExchange, openExchange } from "../../src/exchange/application/open.ts";
import type { Caller } from "../../src/exchange/client/caller.ts";
import { readListQuery } from "../../src/exchange/query/listQuery.ts";
import { conditionsOf } from "../../src/exchange/store/listSql.ts";
import { joined, sql } from "../../src/exchange/store/sql.ts";
import { mayRead } from "../../src/exchange/store/visibility.ts";
import { lintOf } from "../../src/exchange/tolerance/deviations.ts";
import { type Body, NOW, right, session, spec, place, World } from "./harness.ts";

const root = new URL("../..", import.meta.url).pathname;
const SP: Caller = { client: "SP1-client", organisation: "SP1", role: "serviceProvider", amountsInMinorUnits: false };
const ES: Caller = { client: "ES1-client", organisation: "ES1", role: "enforcement", amountsInMinorUnits: false };

describe("two processes over one database", () => {
  let world: World;
  let other: OpenExchange;
  beforeAll(async () => {
    world = await World.open();
    await world.parking("two");
    other = await openExchange({ connectionString: world.connectionString, keyFolder: world.keyFolder, clock: world.clock, newId: () => randomUUID(), currency: "GBP" });
  });
  afterAll(async () => {
    await other?.close();
    await world?.close();
  });

  const options = { caller: SP, advisoryVersions: false, ifMatch: null };
  const found = async (exchange: OpenExchange, kind: "assignedRight" | "session", vrm: string): Promise<number> => {
    const query = readListQuery(kind, { place: "two", credential_id: vrm }, lintOf(), NOW);
    if (!query.ok) throw new Error(query.error.message);
    const listed = await exchange.reads.list(query.value, [], ES, lintOf());
    if (!listed.ok) throw new Error(listed.error.message);
    return listed.value.meta.total;
  };

  test("equal posts to both make one session and one right; what one stored the other finds at once, under a key it has not seen", async () => {
    const body = session("both", "two", "TWO1");
    const outcomes = await Promise.all([world.exchange, other, world.exchange, other, other].map((one) => one.writes.create("session", body, { ...options, lint: lintOf() })));
    expect(outcomes.map((one) => one.ok && one.value.what)).toEqual(Array.from({ length: 5 }, () => "created"));
    expect([await found(other, "session", "TWO1"), await found(world.exchange, "assignedRight", "TWO1")]).toEqual([1, 1]);
    const far = right("far", "spec-two", "TWO2", { expiry: "2031-06-01T00:00:00Z" }) as Body;
    expect((await other.writes.create("assignedRight", far, { ...options, lint: lintOf() })).ok).toBe(true);
    expect(await found(world.exchange, "assignedRight", "TWO2")).toBe(1);
    expect(await world.exchange.store.get("assignedRight", "far", SP, null)).toMatchObject({ body: { rightHolder: { credentials: [{ identifier: { id: "TWO2" } }] } } });
  });

  test("a right cannot go while a session that the other process is storing stands on it", async () => {
    await world.ok("OP1", "PUT", "/places/two", { "x-capabilities": ["frictionless"] });
    const operator: Caller = { client: "OP1-client", organisation: "OP1", role: "operator", amountsInMinorUnits: false };
    for (let i = 0; i < 15; i++) {
      await world.ok("SP1", "POST", "/rights/assigned", right(`sk-${i}`, "spec-two", `SKW${i}`));
      const entry: Body = session(`sk-s-${i}`, "two", `SKW${i}`, { actualEnd: undefined });
      entry.segments = [{ id: "a", version: 1, actualStart: entry.actualStart, validationType: ["licensePlate"], assignedRight: { id: `sk-${i}`, version: 1 } }];
      const [stored, removed] = await Promise.all([
        world.exchange.writes.create("session", JSON.parse(JSON.stringify(entry)), { caller: operator, advisoryVersions: false, ifMatch: null, lint: lintOf() }),
        other.writes.remove("assignedRight", `sk-${i}`, null, { ...options, lint: lintOf() }),
      ]);
      expect([stored.ok, removed.ok].filter(Boolean)).toHaveLength(1);
    }
  });

  test("F10 what is posted at once is saved together, and each has its own outcome", async () => {
    const post = (id: string, vrm: string, by: OpenExchange = world.exchange) => by.writes.create("session", session(id, "two", vrm), { ...options, lint: lintOf() });
    expect((await post("group-taken", "TAKEN1")).ok).toBe(true);
    const sent = Array.from({ length: 60 }, (_one, i) => ({ id: i % 20 === 7 ? "group-taken" : i % 20 === 13 ? "group-twice" : `group-${i}`, vrm: `GRP${i}` }));
    const outcomes = await Promise.all(sent.map(({ id, vrm }, i) => post(id, vrm, i % 3 === 0 ? other : world.exchange)));
    const made = (id: string): number => sent.filter((one, i) => one.id === id && outcomes[i]?.ok).length;
    expect([made("group-taken"), made("group-twice")]).toEqual([0, 1]);
    expect(sent.filter((one, i) => /\d/.test(one.id) && !outcomes[i]?.ok)).toEqual([]);
    for (const [i, { vrm }] of sent.entries()) {
      expect([vrm, await found(world.exchange, "session", vrm), await found(other, "assignedRight", vrm)]).toEqual([vrm, outcomes[i]?.ok ? 1 : 0, outcomes[i]?.ok ? 1 : 0]);
    }
  }, 30_000);

  test("what one process has kept of the inventory never decides against what the other has changed", async () => {
    const operator = { caller: { client: "OP1-client", organisation: "OP1", role: "operator", amountsInMinorUnits: false } as const, advisoryVersions: false, ifMatch: null };
    let n = 0;
    await fc.assert(fc.asyncProperty(fc.array(fc.record({ first: fc.boolean(), what: fc.constantFrom("post", "post", "suspended", "active") }), { minLength: 2, maxLength: 8 }), async (acts) => {
      const id = `kept-${++n}`;
      await world.parking(id);
      let active = true;
      for (const { first, what } of [{ first: true, what: "post" }, { first: false, what: "post" }, ...acts, { first: true, what: "post" }]) {
        const by = first ? world.exchange : other;
        if (what === "post") {
          const posted = await by.writes.create("session", session(`${id}-s${++n}`, id, `KEP${n}`), { ...options, lint: lintOf() });
          expect([what, posted.ok]).toEqual([what, active]);
        } else {
          active = what === "active";
          const changed = await by.writes.update("rightSpecification", `spec-${id}`, { validity: { validityStatus: what } }, { ...operator, lint: lintOf() });
          expect([what, changed.ok]).toEqual([what, true]);
        }
      }
    }), { numRuns: 8 });
    await world.parking("agreed");
    const stranger: Caller = { ...SP, client: "SP2-client", organisation: "SP2" };
    const post = (id: string) => other.writes.create("session", session(id, "agreed", "AGR1"), { ...options, caller: stranger, lint: lintOf() });
    expect((await post("agreed-1")).ok).toBe(false);
    await world.exchange.parties.connect("SP2", "OP1");
    expect((await post("agreed-2")).ok).toBe(true);
  }, 60_000);

  test("no look-up walks over all rights, sessions, versions or tokens", async () => {
    await world.ok("SP1", "POST", "/sessions", session("indexed", "two", "TWO9"));
    const client = await world.exchange.database.owner.connect();
    try {
      await client.query("set enable_seqscan = off");
      for (const kind of ["assignedRight", "session"] as const) {
        const query = readListQuery(kind, { place: "two", credential_id: "TWO1", end_after: "now" }, lintOf(), NOW);
        if (!query.ok) throw new Error(query.error.message);
        const { text, values } = sql`explain select o.id, v.body from object o join object_version v on v.kind = o.kind and v.id = o.id and v.version = o.version
          where ${joined([...conditionsOf(query.value, world.exchange.store.ring), mayRead(ES)], " and ")} and o.deleted_at is null order by o.seq limit 101`.query;
        const plan = (await client.query<Record<string, string>>(text, values)).rows.map((row) => row["QUERY PLAN"]).join("\n");
        expect(plan).toMatch(/Index Scan (using|on) holding_\w*token_place_idx/);
        expect(plan).toMatch(/id = ANY \(\(InitPlan/);
        expect(plan).not.toMatch(/Seq Scan on (object|version|holding)_/);
      }
    } finally {
      client.release(true);
    }
  });
});

describe("a process killed in a burst of posts", () => {
  let folder: string;
  let child: ChildProcess | undefined;
  afterAll(() => {
    child?.kill("SIGKILL");
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  async function freePort(): Promise<number> {
    return await new Promise((resolve) => {
      const socket = createSocketServer().listen(0, "127.0.0.1", () => {
        const address = socket.address();
        socket.close(() => resolve(typeof address === "object" && address ? address.port : 0));
      });
    });
  }

  async function start(main: string, port: number): Promise<ChildProcess> {
    const started = spawn(process.execPath, [main, "exchange", "--data", join(folder, "data"), "--port", String(port), "--parties", join(folder, "parties.yaml")], {
      cwd: folder, stdio: "ignore", env: { ...process.env, GATEHOUSE_LOG_LEVEL: "silent" },
    });
    for (let i = 0; i < 300; i++) {
      if (await fetch(`http://127.0.0.1:${port}/health`).then((answer) => answer.ok, () => false)) return started;
      await delay(100);
    }
    throw new Error("the exchange did not start");
  }

  test("F2 no acknowledged session is lost, each has one right, and the same posts again change nothing", async () => {
    const { bundleServer } = (await import("../../scripts/bundle.mjs" as string)) as { bundleServer(file: string): Promise<void> };
    const main = join(root, "dist", "exchange-crash", "main.js");
    await bundleServer(main);
    folder = mkdtempSync(join(tmpdir(), "gh-kill-"));
    chmodSync(folder, 0o711);
    writeFileSync(join(folder, "parties.yaml"), `
organisations:
  - { id: OP1, role: operator, name: One }
  - { id: SP1, role: serviceProvider, name: Two }
clients:
  - { id: op, organisation: OP1, secret: operator-secret-1, requestsPerSecond: 100000 }
  - { id: sp, organisation: SP1, secret: provider-secret-1, requestsPerSecond: 100000 }
connections: [{ provider: SP1, operator: OP1 }]
`);
    const port = await freePort();
    const call = async (client: string, method: string, path: string, body?: unknown): Promise<{ status: number; body: Body }> => {
      const token = client === "" ? "" : await tokenOf(client);
      const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method, headers: { authorization: `Bearer ${token}`, "content-type": "application/json" }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
      return { status: answer.status, body: await answer.json() };
    };
    const tokens = new Map<string, string>();
    const tokenOf = async (client: string): Promise<string> => {
      const known = tokens.get(client);
      if (known !== undefined) return known;
      const secret = client === "op" ? "operator-secret-1" : "provider-secret-1";
      const answer = await fetch(`http://127.0.0.1:${port}/auth`, { method: "POST", body: new URLSearchParams({ grant_type: "client_credentials", client_id: client, client_secret: secret }) });
      const { access_token: token } = (await answer.json()) as { access_token: string };
      tokens.set(client, token);
      return token;
    };
    child = await start(main, port);
    expect((await call("op", "POST", "/places", place("kill"))).status).toBe(201);
    expect((await call("op", "POST", "/rights/specs", spec("kill-spec", ["kill"]))).status).toBe(201);
    const acknowledged = new Set<string>();
    const sent: string[] = [];
    let alive = true;
    const lanes = Array.from({ length: 8 }, async (_one, lane) => {
      for (let i = 0; alive; i++) {
        const id = `k-${lane}-${i}`;
        sent.push(id);
        const answer = await call("sp", "POST", "/sessions", session(id, "kill", `KIL${lane}${i}`)).catch(() => undefined);
        if (answer?.status === 201) acknowledged.add(id);
        if (!answer) return;
        if (acknowledged.size >= 60 && alive) {
          alive = false;
          child?.kill("SIGKILL");
        }
      }
    });
    await Promise.all(lanes);
    expect(acknowledged.size).toBeGreaterThanOrEqual(60);
    child = await start(main, port);
    const rightsOf = async (id: string): Promise<number> => {
      const [, lane, i] = id.split("-");
      return (await call("sp", "GET", `/rights/assigned?place=kill&credential_id=KIL${lane}${i}`)).body.meta.total;
    };
    for (const id of sent) {
      const [, lane, i] = id.split("-");
      const stored = (await call("sp", "GET", `/sessions/${id}`)).status === 200;
      expect([id, stored || !acknowledged.has(id), await rightsOf(id)]).toEqual([id, true, stored ? 1 : 0]);
      expect((await call("sp", "POST", "/sessions", session(id, "kill", `KIL${lane}${i}`))).status).toBe(201);
      expect([id, await rightsOf(id)]).toEqual([id, 1]);
    }
    child.kill("SIGTERM");
    await new Promise((resolve) => child?.once("exit", resolve));
  }, 180_000);
});
