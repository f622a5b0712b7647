/**
 * What enforcement waits for a look-up, and how many sessions a second the exchange takes, on this machine.
 *
 *   look-up    GET /rights/assigned?place=&credential_id=&end_after=now over HTTP, 500 a second, whether or not the
 *              answers keep up (open loop); half of the plates hold a right, half do not
 *   session    POST of a provider's session with its derived right, 64 at a time, each waits for its answer
 *   delivery   from the provider's 201 to the event at an enforcement supplier's address, 100 sessions a second
 *   growth     the look-up one after the other with 10^4 and with 10^6 rights stored
 *
 * The load generator, in a thread of its own, the server and PostgreSQL share the machine. Run with `npm run bench exchange`; figures go
 * to bench/exchange.json.
 */
import { randomUUID } from "node:crypto";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { isMainThread, parentPort, workerData } from "node:worker_threads";
import pino from "pino";
import { type OpenExchange, openExchange } from "../src/exchange/application/open.ts";
import type { Caller } from "../src/exchange/client/caller.ts";
import { hidden } from "../src/exchange/credential.ts";
import { startDeliverer } from "../src/exchange/delivery/deliverer.ts";
import { newSecret } from "../src/exchange/delivery/signature.ts";
import { createServer } from "../src/exchange/http/server.ts";
import type { JsonObject } from "../src/exchange/json.ts";
import { periodOf } from "../src/exchange/store/period.ts";
import { sealingPlace } from "../src/exchange/store/rows.ts";
import { lintOf } from "../src/exchange/tolerance/deviations.ts";
import { wireInstant } from "../src/exchange/tolerance/instant.ts";
import { startPostgres } from "../src/postgres/postgres.ts";
import {
  CALLERS, figuresOf, type Http, httpTo, inThread, type Load, type LoadKind, perform, placeOf, PLACES, plateOf, posts, rounded, SECONDS, SEQUENTIAL, sessionBody,
} from "./load/exchange.ts";

const FEW = 10_000;
const MANY = 1_000_000;
const BATCH = 5_000;
const DELIVERIES_PER_SECOND = 100;
/** What has not arrived by then counts as failed. */
const ARRIVAL_MS_MAX = 10_000;
const OPERATOR: Caller = { client: "op", organisation: "OP", role: "operator", amountsInMinorUnits: false };
const PROVIDER: Caller = { client: "sp", organisation: "SP", role: "serviceProvider", amountsInMinorUnits: false };
const HOUR = 3_600_000;
const TICK_MS = 10;

async function populate(exchange: OpenExchange): Promise<void> {
  const { parties, writes } = exchange;
  await parties.registerOrganisation({ id: "OP", role: "operator", name: "Operator" });
  await parties.registerOrganisation({ id: "SP", role: "serviceProvider", name: "Provider" });
  await parties.registerOrganisation({ id: "ES", role: "enforcement", name: "Enforcement" });
  await parties.connect("SP", "OP");
  await parties.contract("ES", "OP");
  const options = { caller: OPERATOR, lint: lintOf(), advisoryVersions: false, ifMatch: null };
  for (let i = 0; i < PLACES; i++) {
    const place = await writes.create("place", {
      id: placeOf(i), version: 1, type: "place", layer: 1, name: [{ language: "en", string: placeOf(i) }], timeZone: "Europe/London",
    }, options);
    const spec = await writes.create("rightSpecification", {
      id: `spec-${i}`, version: 1, type: "oneTimeUseParking", transferable: false, hierarchyElements: [{ id: placeOf(i), version: 1 }], validity: { validityStatus: "active" },
    }, options);
    if (!place.ok || !spec.ok) throw new Error("the world could not be made");
  }
}

/** Rows as `save` writes them, in batches: a million posts would take longer than all measurements. */
async function store(exchange: OpenExchange, from: number, to: number, now: number): Promise<void> {
  const { store: { ring }, database: { owner } } = exchange;
  // Nine of ten are over, a month back at most; the rest is valid now.
  const endAt = (n: number): number => (n % 10 === 0 ? now + (1 + (n % 100)) * HOUR : now - (n % 700) * HOUR);
  for (let first = from; first < to; first += BATCH) {
    const rows = [];
    for (let n = first; n < Math.min(first + BATCH, to); n++) {
      const id = `right-${n}`;
      const period = periodOf(endAt(n), endAt(n));
      await ring.ensure(period);
      const body: JsonObject = {
        id, version: 1, rightSpecification: { id: `spec-${n % PLACES}`, version: 1 },
        rightHolder: { credentials: [{ type: "licensePlate", identifier: { id: plateOf(n), className: "UKNumberPlate" } }] },
        issueMethod: "electronic", issuanceTime: wireInstant(endAt(n) - HOUR), expiry: wireInstant(endAt(n)),
      };
      const { body: left, texts } = hidden(body, [{ type: "licensePlate", text: plateOf(n) }]);
      rows.push({
        id, place: placeOf(n), spec: `spec-${n % PLACES}`, start_at: endAt(n) - HOUR, end_at: endAt(n), period, token: ring.token(period, plateOf(n)),
        body: JSON.stringify(left), sealed: ring.seal(period, texts, sealingPlace("assignedRight", id, 1)),
      });
    }
    await owner.query(`
      with r as materialized (select * from json_to_recordset($1) as r(id text, place text, spec text, start_at bigint, end_at bigint, period text, token text, body text, sealed text)),
      o as (insert into exchange.object (kind, id, seq, version, created_at, changed_at, created_by, create_digest, owner, operator, parties, places, type, spec, start_at, end_at)
        select 'assignedRight', id, nextval('exchange.object_seq'), 1, start_at, start_at, 'SP', '', 'SP', 'OP', array['SP'], array[place], 'oneTimeUseParking', spec, start_at, end_at from r),
      v as (insert into exchange.object_version (kind, id, version, at, author, client, body, sealed, period)
        select 'assignedRight', id, 1, start_at, 'SP', 'sp', body, decode(sealed, 'hex'), period from r)
      insert into exchange.holding (period, token, place, kind, id, credential_type, end_at)
        select period, decode(token, 'hex'), place, 'assignedRight', id, 'licensePlate', end_at from r`, [JSON.stringify(rows)]);
  }
  await owner.query("vacuum analyze exchange.object_right");
  await owner.query("vacuum analyze exchange.version_right");
  await owner.query("vacuum analyze exchange.holding");
}

/**
 * Processor time by process: this one (server and load generator together) and each connection of the database;
 * Linux only. A connection that ended meanwhile takes its time along, so the difference counts those that stayed.
 */
async function cpuMs({ database: { owner } }: OpenExchange): Promise<ReadonlyMap<number, number>> {
  const { user, system } = process.cpuUsage();
  const { rows } = await owner.query<{ pid: number }>(
    "select pid from pg_stat_activity where application_name = 'gatehouse exchange'");
  const connections = rows.map(({ pid }) => {
    const [, rest = ""] = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ");
    const fields = rest.split(" ");
    return [pid, (Number(fields[11]) + Number(fields[12])) * TICK_MS] as const;
  });
  return new Map([[process.pid, (user + system) / 1_000] as const, ...connections]);
}

const spent = (before: ReadonlyMap<number, number>, after: ReadonlyMap<number, number>): number =>
  [...after].reduce((sum, [pid, ms]) => sum + ms - (before.get(pid) ?? 0), 0);

/** Sessions are posted at their own pace; the subscriber's receiver answers at once. */
async function deliveries(exchange: OpenExchange, http: Http, now: number): Promise<object> {
  const arrived = new Map<string, number>();
  const receiver = createHttpServer((asked, answer) => {
    const parts: Buffer[] = [];
    asked.on("data", (part: Buffer) => parts.push(part)).on("end", () => {
      const at = performance.now();
      answer.writeHead(204).end();
      const { data } = JSON.parse(Buffer.concat(parts).toString("utf8")) as { readonly data: readonly { readonly rightHolder: { readonly credentials: readonly { readonly identifier: { readonly id: string } }[] } }[] };
      arrived.set(data[0]?.rightHolder.credentials[0]?.identifier.id ?? "", at);
    });
  });
  await new Promise<void>((resolve) => { receiver.listen(0, "127.0.0.1", resolve); });
  const address = receiver.address();
  const origin = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
  const enforcement: Caller = { client: "es", organisation: "ES", role: "enforcement", amountsInMinorUnits: false };
  await exchange.subscriptions.add("bench", enforcement, { endpoint: origin, topics: ["AssignedRightCreated"], places: [], children: false, style: "eventData" }, newSecret(), Date.now());
  const deliverer = startDeliverer({ parts: exchange, policy: { allowedOrigins: [origin] }, schedule: [], newId: randomUUID, warn: (text) => process.stderr.write(`${text}\n`) });
  const first = 20_000_000;
  const said = new Map<string, number>();
  const began = performance.now();
  const count = DELIVERIES_PER_SECOND * SECONDS;
  await Promise.all(Array.from({ length: count }, async (_one, n) => {
    await delay(Math.max(0, began + (n * 1_000) / DELIVERIES_PER_SECOND - performance.now()));
    if (await http.post("/sessions", sessionBody(first + n, now)) === 201) said.set(plateOf(first + n), performance.now());
  }));
  for (const until = performance.now() + ARRIVAL_MS_MAX; arrived.size < said.size && performance.now() < until;) await delay(20);
  await deliverer.close();
  await exchange.subscriptions.end("bench", Date.now());
  await new Promise((resolve) => { receiver.closeAllConnections(); receiver.close(resolve); });
  // One that overtakes its own 201 waits for nobody.
  const waits = [...said].flatMap(([plate, at]) => { const then = arrived.get(plate); return then === undefined ? [] : [Math.max(0, then - at)]; });
  return { sessionsPerSecond: DELIVERIES_PER_SECOND, sent: count, failed: count - waits.length, ...figuresOf(waits) };
}

async function run(): Promise<void> {
  const loadBefore = loadavg()[0]?.toFixed(1);
  const folder = mkdtempSync(join(tmpdir(), "gh-bench-"));
  chmodSync(folder, 0o711);
  const postgres = await startPostgres({ dataDir: join(folder, "data") });
  const now = Date.now();
  const exchange = await openExchange({
    connectionString: postgres.connectionString, keyFolder: join(folder, "keys"), clock: { now: () => Date.now(), elapsed: () => performance.now() },
    newId: () => randomUUID(), currency: "GBP",
  });
  const app = createServer({ parts: exchange, log: pino({ level: "silent" }), behindTls: false });
  try {
    await populate(exchange);
    const tokenOf = async (id: string, organisation: string): Promise<string> => {
      const secret = await exchange.parties.registerClient({ id, organisation, requestsPerSecond: 100_000 });
      const issued = await exchange.parties.issueToken(id, secret, undefined);
      if (typeof issued === "string") throw new Error(issued);
      return issued.token;
    };
    const tokens = { read: await tokenOf("es", "ES"), write: await tokenOf("sp", "SP") };
    await app.listen({ host: "127.0.0.1", port: 0 });
    const address = app.server.address();
    const port = typeof address === "object" && address ? address.port : 0;
    const http = httpTo(port, tokens);
    const load = async <T>(kind: LoadKind, stored: number): Promise<T> => await inThread<T>(fileURLToPath(import.meta.url), { kind, port, tokens, stored, now });

    await store(exchange, 0, FEW, now);
    const few = await load<number>("oneByOne", FEW);
    await store(exchange, FEW, MANY, now);
    const cpuBefore = await cpuMs(exchange);
    const many = await load<number>("oneByOne", MANY);
    const cpuPerLookup = spent(cpuBefore, await cpuMs(exchange)) / SEQUENTIAL;
    const lookups = await load<object>("openLoop", MANY);
    const delivered = await deliveries(exchange, http, now);
    const sessionsOverHttp = await load<object>("posts", MANY);
    const options = { caller: PROVIDER, lint: lintOf(), advisoryVersions: false, ifMatch: null };
    const cpuMid = await cpuMs(exchange);
    let made = 0;
    const sessions = await posts(async (n) => {
      made++;
      return (await exchange.writes.create("session", sessionBody(10_000_000 + n, now), options)).ok;
    });
    const cpuPerSession = spent(cpuMid, await cpuMs(exchange)) / made;
    const figures = {
      measuredAt: new Date().toISOString().slice(0, 10), cpu: cpus()[0]?.model.trim(), cores: cpus().length, node: process.version, loadBefore,
      rightsStored: MANY, lookupAt500PerSecondOverHttp: lookups,
      lookupMedianMs: { with10000Rights: few, with1000000Rights: many, growth: rounded(many / few - 1) },
      deliveryFrom201: delivered,
      cpuMsPerLookupOverHttp: rounded(cpuPerLookup), cpuMsPerSession: rounded(cpuPerSession),
      sessionsWithDerivedRightOverHttp: { callers: CALLERS, ...sessionsOverHttp }, sessionsWithDerivedRight: { callers: CALLERS, ...sessions },
    };
    process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
    if (process.argv.includes("--write")) writeFileSync(join(import.meta.dirname, "exchange.json"), `${JSON.stringify(figures, null, 2)}\n`);
  } finally {
    await app.close();
    await exchange.close();
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

if (isMainThread) await run();
else parentPort?.postMessage(await perform(workerData as Load));
