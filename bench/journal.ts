/**
 * How many durable decisions a second the journal takes, beside what the same server does with single rows.
 *
 *   100 streams, 64 callers, each waits for its own append before the next (no HTTP)
 *   pgbench, 16 clients, one row of the same size per transaction into the same table
 *
 * Run with `npm run bench`; figures go to bench/journal.json.
 */
import { execFile } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { EssentialRows, Journal } from "../src/journal/journal.ts";
import { openPostgresJournal } from "../src/journal/postgresJournal.ts";
import { openPostgresVault } from "../src/journal/postgresVault.ts";
import { startPostgres } from "../src/postgres/postgres.ts";

const STREAMS = 100;
const CALLERS = 64;
const SECONDS = 3;
const RUNS = 3;
/** 2026-03-02T08:00:00Z */
const START = 1_772_438_400_000;

type Figures = { readonly perSecond: number; readonly p50Ms: number; readonly p99Ms: number };

const payload = {
  stay: "7hK2mQx9", lane: "L1", ticket: 104_233, group: "short-term", credential: "c_5f0a9d33b2e14c7e", reason: "ticketTaken",
  offer: { amountMinor: 0, currency: "EUR" }, movement: 88_120,
};

async function measure(journal: Journal, rowsOf: (n: number) => EssentialRows | undefined): Promise<Figures> {
  const heads: { stream: string; epoch: number; seq: number; at: number; busy: boolean }[] = [];
  for (let i = 0; i < STREAMS; i++) heads.push({ ...(await journal.own(`facility/${i}`, "facility")), busy: false });
  const waits: number[] = [];
  const until = performance.now() + SECONDS * 1000;
  let next = 0;
  let n = 0;
  const caller = async (): Promise<void> => {
    while (performance.now() < until) {
      let head = heads[next++ % STREAMS]!;
      while (head.busy) head = heads[next++ % STREAMS]!;
      head.busy = true;
      const from = performance.now();
      const rows = rowsOf(++n);
      const result = await journal.append({
        stream: head.stream, epoch: head.epoch, expectedSeq: head.seq,
        events: [{ type: "EntryAdmitted", at: Math.max(head.at, START + n), payload }], ...(rows && { rows }),
      });
      if (!result.ok) throw new Error(`refused: ${result.error.type}`);
      waits.push(performance.now() - from);
      Object.assign(head, { seq: result.value.seq, at: Math.max(head.at, START + n), busy: false });
    }
  };
  const from = performance.now();
  await Promise.all(Array.from({ length: CALLERS }, caller));
  const seconds = (performance.now() - from) / 1000;
  waits.sort((a, b) => a - b);
  const at = (share: number): number => Number((waits[Math.floor(waits.length * share)] ?? 0).toFixed(2));
  return { perSecond: Math.round(waits.length / seconds), p50Ms: at(0.5), p99Ms: at(0.99) };
}

async function pgbench(host: string, folder: string): Promise<number> {
  const script = join(folder, "single-row.sql");
  const text = JSON.stringify(payload);
  writeFileSync(script, `insert into journal (stream, seq, at, type, version, payload, digest)
values ('pgbench/' || :client_id, nextval('pgbench_seq'), ${START}, 'EntryAdmitted', 1, '${text}', decode('${"ab".repeat(32)}', 'hex'));\n`);
  const { stdout } = await promisify(execFile)("pgbench", [
    "-h", host, "-U", "gatehouse", "-n", "-M", "prepared", "-c", "16", "-j", "2", "-T", String(SECONDS), "-f", script, "postgres",
  ]);
  return Math.round(Number(/tps = ([\d.]+)/.exec(stdout)?.[1] ?? NaN));
}

/** Erasing one of many entries: how long until it is gone, by how many stay. */
async function sweep(
  connectionString: string, keyFolder: string,
): Promise<{ readonly entries: number; readonly ms: number }> {
  const vault = await openPostgresVault({ connectionString, keyFolder });
  const journal = await openPostgresJournal({ connectionString, sealer: vault });
  const { epoch } = await journal.own("vault", "facility");
  const entries = 10_000;
  let seq = 0;
  for (let n = 0; n < entries; n += 500) {
    const put = Array.from({ length: 500 }, (_, i) => ({ ref: `c${n + i}`, class: "stay" as const, text: `W-${n + i}X` }));
    const result = await journal.append({
      stream: "vault", epoch, expectedSeq: seq, events: [{ type: "E", at: START, payload: {} }], rows: { vault: { put } },
    });
    if (!result.ok) throw new Error(result.error.type);
    seq = result.value.seq;
  }
  const from = performance.now();
  await vault.erase(["c1"]);
  const ms = Math.round(performance.now() - from);
  await journal.close();
  await vault.close();
  return { entries, ms };
}

const median = <T>(list: readonly T[], of: (item: T) => number): T => [...list].sort((a, b) => of(a) - of(b))[list.length >> 1]!;

/** What else the machine did: above its number of cores the figures are those of a busy machine. */
const loadBefore = loadavg()[0]?.toFixed(1);
const folder = mkdtempSync(join(tmpdir(), "gh-bench-"));
chmodSync(folder, 0o711);
const postgres = await startPostgres({ dataDir: join(folder, "data") });
const { connectionString } = postgres;
const host = decodeURIComponent(/@([^/]+)/.exec(connectionString)?.[1] ?? "");
try {
  const journal = await openPostgresJournal({ connectionString });
  const plain: Figures[] = [];
  const withRows: Figures[] = [];
  const single: number[] = [];
  await promisify(execFile)("psql", ["-h", host, "-U", "gatehouse", "-c", "create sequence pgbench_seq cache 1000", "postgres"]);
  for (let run = 0; run < RUNS; run++) {
    plain.push(await measure(journal, () => undefined));
    withRows.push(await measure(journal, (n) => ({
      openStays: { put: [{ stay: `s${n % 5000}`, row: payload }] },
      idempotency: [{ key: `k${run}-${n}`, bodyHash: "h", answer: { status: 201 } }],
    })));
    single.push(await pgbench(host, folder));
  }
  await journal.close();
  const erasure = await sweep(connectionString, join(folder, "keys"));
  const events = median(plain, ({ perSecond }) => perSecond);
  const rows = median(withRows, ({ perSecond }) => perSecond);
  const rowsPerSecond = median(single, (n) => n);
  const figures = {
    measuredAt: new Date().toISOString().slice(0, 10), cpu: cpus()[0]?.model, cores: cpus().length, node: process.version, loadBefore,
    streams: STREAMS, callers: CALLERS, secondsPerRun: SECONDS, runs: RUNS,
    eventOnly: events, withStayAndIdempotencyKey: rows, pgbenchSingleRow16Clients: { perSecond: rowsPerSecond },
    eraseOneOf: erasure,
    ratioEventOnly: Number((events.perSecond / rowsPerSecond).toFixed(2)),
    ratioWithRows: Number((rows.perSecond / rowsPerSecond).toFixed(2)),
    allRuns: { plain: plain.map((r) => r.perSecond), withRows: withRows.map((r) => r.perSecond), single },
  };
  console.log(JSON.stringify(figures, null, 2));
  if (process.argv.includes("--write")) writeFileSync(join(import.meta.dirname, "journal.json"), `${JSON.stringify(figures, null, 2)}\n`);
} finally {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}
