/** Two exchange processes on one database behave as one; one that is killed in a burst loses nothing it acknowledged. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { place, session, spec } from "../exchange/harness.ts";
import { type TestServer, query, testServer } from "../journal/harness.ts";
import { pause } from "./controller.ts";
import { freePort } from "./server.ts";

const root = new URL("../..", import.meta.url).pathname;
const START_MS_MAX = 60_000;
const SECRET = "a-secret-of-the-tests";
const SESSIONS = 300;
/** In the middle of the burst. */
const KILL_AFTER = 100;
const AT_ONCE = 10;

type Process = { readonly child: ChildProcess; readonly url: string };

let postgres: TestServer;
let folder: string;
let connectionString: string;
const processes: Process[] = [];
const tokens = new Map<string, string>();

beforeAll(async () => {
  postgres = await testServer();
  connectionString = await postgres.fresh();
  folder = mkdtempSync(join(tmpdir(), "gh-processes-"));
  const client = (id: string, organisation: string) => ({ id, organisation, secret: SECRET, requestsPerSecond: 5_000 });
  writeFileSync(join(folder, "parties.yaml"), JSON.stringify({
    organisations: [{ id: "OP1", role: "operator", name: "OP1" }, { id: "SP1", role: "serviceProvider", name: "SP1" }],
    clients: [client("op1", "OP1"), client("sp1", "SP1")], connections: [{ provider: "SP1", operator: "OP1" }],
  }));
  // The first makes the schema and the keys, the second finds them.
  for (let n = 0; n < 2; n++) processes.push(await start());
  for (const id of ["op1", "sp1"]) tokens.set(id, await tokenOf(id));
});

afterAll(async () => {
  for (const { child } of processes) child.kill("SIGKILL");
  await postgres?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function start(): Promise<Process> {
  const port = await freePort();
  const args = [join(root, "bin/gatehouse"), "exchange", "--data", folder, "--port", String(port), "--parties", join(folder, "parties.yaml")];
  const child = spawn(process.execPath, args, { env: { ...process.env, GATEHOUSE_DATABASE_URL: connectionString, GATEHOUSE_LOG_LEVEL: "error" }, stdio: "ignore" });
  const url = `http://127.0.0.1:${port}`;
  for (const until = Date.now() + START_MS_MAX; Date.now() < until; await pause(50)) {
    if (child.exitCode !== null) throw new Error(`the exchange ended with ${child.exitCode}`);
    if (await fetch(`${url}/health`).then(({ ok }) => ok, () => false)) return { child, url };
  }
  throw new Error("the exchange did not start");
}

async function tokenOf(id: string): Promise<string> {
  const body = new URLSearchParams({ grant_type: "client_credentials", client_id: id, client_secret: SECRET });
  return ((await (await fetch(`${processes[0]!.url}/auth`, { method: "POST", body })).json()) as { access_token: string }).access_token;
}

/** The status; 0 when the process was gone. */
async function post(url: string, client: string, path: string, body: object): Promise<number> {
  const headers = { authorization: `Bearer ${tokens.get(client)}`, "content-type": "application/json" };
  return fetch(url + path, { method: "POST", headers, body: JSON.stringify(body) }).then(({ status }) => status, () => 0);
}

const count = async (text: string): Promise<number> => Number((await query<{ n: string }>(connectionString, `select count(*) as n from exchange.${text}`))[0]?.n);

describe("two exchange processes", () => {
  test("are one to who posts the same to both at once", async () => {
    const [a, b] = processes.map(({ url }) => url) as [string, string];
    expect(await post(a, "op1", "/places", place("street"))).toBe(201);
    expect(await post(b, "op1", "/rights/specs", spec("spec", ["street"]))).toBe(201);
    const body = session("twin", "street", "AB12XYZ");
    expect(await Promise.all(Array.from({ length: 20 }, (_, n) => post(n % 2 ? a : b, "sp1", "/sessions", body)))).toEqual(Array(20).fill(201));
    expect([await count("object_session"), await count("object_right")]).toEqual([1, 1]);
    const others = await Promise.all(Array.from({ length: 20 }, (_, n) =>
      post(n % 2 ? a : b, "sp1", "/sessions", session("rivals", "street", `CD${n + 10}XYZ`))));
    expect(others.toSorted()).toEqual([201, ...Array<number>(19).fill(409)]);
    expect([await count("object_session"), await count("object_right")]).toEqual([2, 2]);
  });

  test("lose nothing acknowledged when one is killed in a burst, and double no right", async () => {
    const [a, b] = processes as [Process, Process];
    const acknowledged = new Set<string>();
    const unsure: string[] = [];
    const bodyOf = (id: string) => session(id, "street", `EF${id.slice(1)}XYZ`);
    let next = 0;
    const sender = async (): Promise<void> => {
      while (next < SESSIONS) {
        const id = `b${1_000 + next++}`;
        if (next === KILL_AFTER) a.child.kill("SIGKILL");
        const status = await post(a.url, "sp1", "/sessions", bodyOf(id));
        if (status === 201) acknowledged.add(id);
        else unsure.push(id);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, sender));
    expect(acknowledged.size).toBeGreaterThan(KILL_AFTER / 2);
    expect(unsure.length).toBeGreaterThan(0);
    const kept = await query<{ id: string }>(connectionString, "select id from exchange.object_session where id like 'b1%'");
    const ids = new Set(kept.map(({ id }) => id));
    expect([...acknowledged].filter((id) => !ids.has(id))).toEqual([]);
    // Who did not hear an answer posts the same again, to whoever lives.
    for (const id of unsure) expect(await post(b.url, "sp1", "/sessions", bodyOf(id))).toBe(201);
    expect(await count("object_session where id like 'b1%'")).toBe(SESSIONS);
    expect(await count("object_right where derived_from is not null")).toBe(SESSIONS + 2);
  });
});
