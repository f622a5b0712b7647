/**
 * Gate decisions over HTTP: `gatehouse serve` in its own process, 16 callers that each drive one entry lane of
 * ten car parks as its devices would, every request answered when it is durable. Beside it, in the same run,
 * what pgbench inserts as single rows into the same journal table with 16 clients.
 *
 *   npm run bench gate
 */
import { execFile, spawn } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { createServer } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import pg from "pg";
import { Pool } from "undici";
import { readCity } from "../src/config/read.ts";

const CALLERS = 16;
const SECONDS = 8;
/** A server runs for months: what the compiler does in its first seconds is not what a gate waits for. */
const WARM_UP_SECONDS = 5;
/** Linux counts processor time in hundredths of a second. */
const TICK_MS = 10;
const TOKEN = "benchmark-device-token";

const root = join(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "gh-gate-"));
chmodSync(folder, 0o711);
const loadBefore = loadavg()[0]?.toFixed(1);
const configFile = join(folder, "city.yaml");
// The ten car parks of the demo, made so large that none is ever full.
writeFileSync(configFile, readFileSync(join(root, "config", "demo.yaml"), "utf8").replace(/^ {4}spaces: \d+$/gm, "    spaces: 100000"));
const city = readCity(readFileSync(configFile, "utf8"));
if (!city.ok) throw new Error(JSON.stringify(city.error));
const ids = city.value.facilities.map(({ config }) => config.id);
const lanes = city.value.facilities.filter(({ config }) => config.media?.includes("tickets") ?? true).flatMap(({ config }) => config.lanes.filter((l) => l.direction === "entry").map((l) => ({ facility: config.id, lane: l.id })));

const port = await freePort();
const began = performance.now();
const server = spawn(process.execPath, [join(root, "bin", "gatehouse"), "serve", "--config", configFile, "--data", join(folder, "data"), "--port", String(port)], {
  stdio: ["ignore", "ignore", "inherit"],
  env: { ...process.env, GATEHOUSE_LOG_LEVEL: "error", GATEHOUSE_DEVICE_TOKENS: ids.map((id) => `${id}=${TOKEN}`).join(",") },
});
const pool = new Pool(`http://127.0.0.1:${port}`, { connections: CALLERS, pipelining: 1 });
type Answer = { readonly events: readonly string[]; readonly ticket: string | null };
type Times = { all: number[]; durable: number[]; press: number[] };

try {
  await until(async () => (await get("/api/v1/health")).includes('"ok"'));
  const startMs = Math.round(performance.now() - began);
  await drive(WARM_UP_SECONDS, { all: [], durable: [], press: [] });
  const times: Times = { all: [], durable: [], press: [] };
  const before = cpuMs();
  const seconds = await drive(SECONDS, times);
  const after = cpuMs();
  const single = await pgbench();
  const durable = summary(times.durable, seconds);
  const perRequest = (ms: number): number => Math.round(ms * 1_000 / times.all.length);
  const figures = {
    measuredAt: new Date().toISOString().slice(0, 10), cpu: cpus()[0]?.model, cores: cpus().length, node: process.version, loadBefore,
    callers: CALLERS, carParks: ids.length, seconds: SECONDS, firstStartMs: startMs,
    requests: summary(times.all, seconds), durableDecisions: durable, pressToTicketOrdered: summary(times.press, seconds),
    cpuMicrosPerRequest: {
      server: perRequest(after.server - before.server), database: perRequest(after.database - before.database), callers: perRequest(after.callers - before.callers),
    },
    pgbenchSingleRow16Clients: { perSecond: single }, ratio: Number((durable.perSecond / single).toFixed(2)), serverMemoryMb: residentMb(),
  };
  console.log(JSON.stringify(figures, null, 2));
  if (process.argv.includes("--write")) writeFileSync(join(import.meta.dirname, "gate.json"), `${JSON.stringify(figures, null, 2)}\n`);
} finally {
  await pool.destroy();
  const gone = new Promise((resolve) => server.once("exit", resolve));
  server.kill("SIGTERM");
  await gone;
  rmSync(folder, { recursive: true, force: true });
}

/** Cars through all lanes for so long; answers how long it took. */
async function drive(seconds: number, times: Times): Promise<number> {
  const from = performance.now();
  const until = from + seconds * 1_000;
  await Promise.all(lanes.slice(0, CALLERS).map((at) => car(at, until, times)));
  return (performance.now() - from) / 1_000;
}

async function car({ facility, lane }: { facility: string; lane: string }, until: number, times: Times): Promise<void> {
  const say = async (command: object): Promise<Answer> => {
    const from = performance.now();
    const answer = await post(`/api/v1/devices/${facility}/lane-inputs`, { ...command, lane });
    const ms = performance.now() - from;
    times.all.push(ms);
    if (answer.events.length > 0) times.durable.push(ms);
    if (answer.events.includes("TicketOrdered")) times.press.push(ms);
    return answer;
  };
  const sense = (loop: string, occupied: boolean) => say({ type: "SenseLoop", loop, occupied });
  for (const loop of ["arming", "underArm", "closing"]) await sense(loop, false);
  while (performance.now() < until) {
    await sense("arming", true);
    const { ticket } = await say({ type: "PressButton" });
    if (ticket === null) throw new Error(`no ticket at ${facility} ${lane}`);
    await say({ type: "ReportTicketPrinted", number: ticket });
    await say({ type: "ReportTicketTaken", number: ticket });
    await sense("underArm", true);
    await sense("arming", false);
    await sense("closing", true);
    await sense("underArm", false);
    await sense("closing", false);
  }
}

function summary(list: readonly number[], seconds: number) {
  const sorted = [...list].sort((a, b) => a - b);
  const at = (share: number): number => Number((sorted[Math.floor(sorted.length * share)] ?? Number.NaN).toFixed(2));
  return { perSecond: Math.round(list.length / seconds), p50Ms: at(0.5), p99Ms: at(0.99) };
}

async function post(path: string, body: object): Promise<Answer> {
  const text = JSON.stringify(body);
  const answer = await pool.request({ path, method: "POST", headers: { "content-type": "application/json", authorization: `Bearer ${TOKEN}` }, body: text });
  const said = await answer.body.text();
  if (answer.statusCode !== 200) throw new Error(`${text}: ${answer.statusCode} ${said}`);
  return JSON.parse(said) as Answer;
}

async function get(path: string): Promise<string> {
  return (await fetch(`http://127.0.0.1:${port}${path}`)).text();
}

async function until(ready: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 600; i++) {
    if (await ready().catch(() => false)) return;
    await new Promise((resolve) => { setTimeout(resolve, 50); });
  }
  throw new Error("the server did not start");
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => { probe.listen(0, "127.0.0.1", resolve); });
  const address = probe.address();
  await new Promise((resolve) => { probe.close(resolve); });
  return typeof address === "object" && address ? address.port : 0;
}

/** The same table, 16 clients, one durable row a transaction. */
async function pgbench(): Promise<number> {
  const socketFolder = socketOf();
  const client = new pg.Client({ host: socketFolder, user: "gatehouse", database: "postgres" });
  await client.connect();
  await client.query("create sequence if not exists pgbench_seq cache 1000");
  const { rows: [row] } = await client.query<{ payload: string }>("select payload::text from journal where type = 'EntryAdmitted' limit 1");
  await client.end();
  const script = join(folder, "single-row.sql");
  writeFileSync(script, `insert into journal (stream, seq, at, type, version, payload, digest)
values ('pgbench/' || :client_id, nextval('pgbench_seq'), ${Date.now()}, 'EntryAdmitted', 1, '${row?.payload ?? "{}"}', decode('${"ab".repeat(32)}', 'hex'));\n`);
  const { stdout } = await promisify(execFile)("pgbench", [
    "-h", socketFolder, "-U", "gatehouse", "-n", "-M", "prepared", "-c", "16", "-j", "2", "-T", String(SECONDS), "-f", script, "postgres",
  ]);
  return Math.round(Number(/tps = ([\d.]+)/.exec(stdout)?.[1] ?? Number.NaN));
}

/** The embedded server's socket folder is the fifth line of its postmaster.pid. */
function socketOf(): string {
  return readFileSync(join(folder, "data", "postgres", "postmaster.pid"), "utf8").split("\n")[4] ?? "";
}

/** Processor time spent so far, which other work on the machine changes less than it changes what the clock says. */
function cpuMs(): { readonly server: number; readonly database: number; readonly callers: number } {
  const ticks = (pid: number | string): number => {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^.*\) /, "").split(" ");
    return Number(fields[11]) + Number(fields[12]);
  };
  const postmaster = readFileSync(join(folder, "data", "postgres", "postmaster.pid"), "utf8").split("\n")[0] ?? "";
  const backends = readFileSync(`/proc/${postmaster}/task/${postmaster}/children`, "utf8").trim().split(" ");
  return {
    server: ticks(server.pid ?? 0) * TICK_MS, callers: process.cpuUsage().user / 1_000 + process.cpuUsage().system / 1_000,
    database: backends.reduce((sum, pid) => sum + ticks(pid), 0) * TICK_MS,
  };
}

function residentMb(): number {
  const status = readFileSync(`/proc/${server.pid}/status`, "utf8");
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1_024);
}
