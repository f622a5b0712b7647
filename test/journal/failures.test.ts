/** What happens to appends when the database refuses, loses the connection, or dies. */
import { mkdtempSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { digestAfter, GENESIS } from "../../src/journal/chain.ts";
import { migrate } from "../../src/journal/migrate.ts";
import type { Journal, NewEvent } from "../../src/journal/journal.ts";
import { openPostgresJournal } from "../../src/journal/postgresJournal.ts";
import { QUEUED_PER_STREAM_MAX } from "../../src/journal/writer.ts";
import { rngOf } from "../../src/kernel/random.ts";
import pg from "pg";
import { type TestServer, collect, query, testServer } from "./harness.ts";

let server: TestServer;
beforeAll(async () => void (server = await testServer()));
afterAll(() => server.stop());

const event = (type: string): NewEvent => ({ type, at: 1, payload: { type } });

test("content the database does not take is refused alone; its neighbours are written (F1)", async () => {
  const connectionString = await server.fresh();
  const journal = await openPostgresJournal({ connectionString, writers: 1 });
  for (const stream of ["a", "b"]) await journal.own(stream, "x");
  const bad = { openStays: { put: [{ stay: "no\u0000where", row: {} }] } };
  const results = await Promise.all([
    journal.append({ stream: "a", epoch: 1, expectedSeq: 0, events: [event("A1")] }),
    journal.append({ stream: "a", epoch: 1, expectedSeq: 1, events: [event("A2")], rows: bad }),
    journal.append({ stream: "a", epoch: 1, expectedSeq: 2, events: [event("A3")] }),
    journal.append({ stream: "b", epoch: 1, expectedSeq: 0, events: [event("B1")] }),
  ]);
  expect(results).toEqual([
    { ok: true, value: { seq: 1 } },
    { ok: false, error: { type: "unstorable", stream: "a", code: "22P05" } },
    { ok: false, error: { type: "abandoned", stream: "a", because: "unstorable" } },
    { ok: true, value: { seq: 1 } },
  ]);
  expect((await journal.append({ stream: "a", epoch: 1, expectedSeq: 1, events: [event("A4")] })).ok).toBe(true);
  expect((await collect(journal.read("a", 1))).map(({ type }) => type)).toEqual(["A1", "A4"]);
  await journal.close();
});

test("a stream too far behind is told so", async () => {
  const journal = await openPostgresJournal({ connectionString: await server.fresh() });
  await journal.own("a", "x");
  const appends = Array.from({ length: QUEUED_PER_STREAM_MAX + 1 }, (_, i) =>
    journal.append({ stream: "a", epoch: 1, expectedSeq: i, events: [event("A")] }));
  expect(await appends.at(-1)).toEqual({ ok: false, error: { type: "queueFull", stream: "a", limit: QUEUED_PER_STREAM_MAX } });
  expect((await Promise.all(appends)).filter(({ ok }) => ok)).toHaveLength(QUEUED_PER_STREAM_MAX);
  await journal.close();
});

/** Callers append until told to stop; returns what each stream was told is durable. */
function load(journal: Journal, streams: readonly string[], epochs: ReadonlyMap<string, number>): { stop(): Promise<Map<string, string[]>> } {
  let running = true;
  const acknowledged = new Map<string, string[]>(streams.map((stream) => [stream, []]));
  const callers = streams.map(async (stream) => {
    let epoch = epochs.get(stream) ?? 0;
    let seq = 0;
    for (let n = 0; running; n++) {
      const name = `${stream}-${n}`;
      const result = await journal.append({ stream, epoch, expectedSeq: seq, events: [event(name)] });
      if (result.ok) {
        acknowledged.get(stream)?.push(name);
        seq = result.value.seq;
      } else {
        expect(result.error.type).toBe("unavailable");
        const head = await journal.own(stream, "x");
        ({ epoch, seq } = head);
      }
    }
  });
  return {
    stop: async () => {
      running = false;
      await Promise.all(callers);
      return acknowledged;
    },
  };
}

async function expectExactly(journal: Journal, connectionString: string, acknowledged: ReadonlyMap<string, readonly string[]>): Promise<void> {
  for (const [stream, names] of acknowledged) {
    const stored = await collect(journal.read(stream, 1));
    expect(stored.map(({ seq }) => seq)).toEqual(stored.map((_, i) => i + 1));
    const types = stored.map(({ type }) => type);
    expect(new Set(types).size).toBe(types.length);
    const there = new Set(types);
    expect(names.filter((name) => !there.has(name))).toEqual([]);
    let digest = GENESIS;
    for (const row of await query<{ seq: string; at: string; type: string; version: number; payload: string; digest: Buffer }>(
      connectionString, "select * from journal where stream = $1 order by seq", [stream])) {
      digest = digestAfter(digest, { stream, seq: Number(row.seq), at: Number(row.at), type: row.type, version: row.version, payload: row.payload });
      expect(row.digest.toString("hex")).toBe(digest);
    }
  }
}

test("connections cut in the middle of commits lose nothing and write nothing twice (F1, F2, F3, F5)", async () => {
  const connectionString = await server.fresh();
  const journal = await openPostgresJournal({ connectionString });
  const streams = Array.from({ length: 8 }, (_, i) => `s/${i}`);
  const epochs = new Map<string, number>();
  for (const stream of streams) epochs.set(stream, (await journal.own(stream, "x")).epoch);
  const running = load(journal, streams, epochs);
  const random = rngOf("cuts");
  for (let cut = 0; cut < 20; cut++) {
    await delay(random.int(25));
    await query(connectionString,
      `select pg_terminate_backend(pid) from pg_stat_activity
       where application_name = 'gatehouse journal' and datname = current_database() and state = 'active'`);
  }
  const acknowledged = await running.stop();
  await expectExactly(journal, connectionString, acknowledged);
  expect([...acknowledged.values()].flat().length).toBeGreaterThan(100);
  await journal.close();
});

/** Passes everything on, until told to swallow the server's next answer and hang up. */
async function cuttingProxy(connectionString: string): Promise<{ url: string; cutNextAnswer(): void; close(): void }> {
  const folder = mkdtempSync(join(tmpdir(), "gh-proxy-"));
  const target = join(decodeURIComponent(/@([^/]+)/.exec(connectionString)?.[1] ?? ""), ".s.PGSQL.5432");
  let cut = false;
  const proxy = createServer((client) => {
    const upstream = connect(target);
    client.pipe(upstream);
    upstream.on("data", (bytes) => {
      if (!cut) return void client.write(bytes);
      cut = false;
      client.destroy();
      upstream.destroy();
    });
    for (const [one, other] of [[client, upstream], [upstream, client]] as const) {
      one.on("error", () => {});
      one.on("close", () => other.destroy());
    }
  });
  await new Promise<void>((done) => proxy.listen(join(folder, ".s.PGSQL.5432"), done));
  return {
    url: connectionString.replace(/@[^/]+/, `@${encodeURIComponent(folder)}`),
    cutNextAnswer: () => void (cut = true),
    close: () => void proxy.close(),
  };
}

test("an answer lost after the commit is learnt from the head: ok, and written once (F2)", async () => {
  const connectionString = await server.fresh();
  const proxy = await cuttingProxy(connectionString);
  const journal = await openPostgresJournal({ connectionString: proxy.url, writers: 1 });
  await journal.own("a", "x");
  const append = (seq: number) => journal.append({ stream: "a", epoch: 1, expectedSeq: seq, events: [event(`A${seq + 1}`)] });
  expect((await append(0)).ok).toBe(true);
  for (let seq = 1; seq < 6; seq++) {
    proxy.cutNextAnswer();
    expect(await append(seq)).toEqual({ ok: true, value: { seq: seq + 1 } });
  }
  expect((await collect(journal.read("a", 1))).map(({ type }) => type)).toEqual(["A1", "A2", "A3", "A4", "A5", "A6"]);
  await journal.close();
  proxy.close();
});

test("kill -9 of the server under load loses nothing acknowledged (F2, F3)", async () => {
  const connectionString = await server.fresh();
  const journal = await openPostgresJournal({ connectionString });
  const streams = Array.from({ length: 8 }, (_, i) => `s/${i}`);
  const epochs = new Map<string, number>();
  for (const stream of streams) epochs.set(stream, (await journal.own(stream, "x")).epoch);
  const running = load(journal, streams, epochs);
  const random = rngOf("kills");
  for (let kill = 0; kill < 3; kill++) {
    await delay(100 + random.int(100));
    const pid = server.postgres.pid();
    if (pid !== undefined) process.kill(pid, "SIGKILL");
    for (let i = 0; i < 1000 && (server.postgres.pid() === undefined || server.postgres.pid() === pid); i++) await delay(10);
  }
  await expectExactly(journal, connectionString, await running.stop());
  await journal.close();
});

test("a database of newer code is refused; running the steps again changes nothing", async () => {
  const client = new pg.Client({ connectionString: await server.fresh() });
  await client.connect();
  await migrate(client);
  await migrate(client);
  await client.query("insert into migration (id, name) values (99, 'from the future')");
  await expect(migrate(client)).rejects.toThrow("at migration 99 (from the future)");
  await client.end();
});

test("a step that fails leaves nothing behind", async () => {
  const client = new pg.Client({ connectionString: await server.fresh() });
  await client.connect();
  await expect(migrate(client, [{ id: 1, name: "half", sql: "create table half (a int); select nonsense" }])).rejects.toThrow();
  expect((await client.query("select to_regclass('half') as found")).rows).toEqual([{ found: null }]);
  await client.end();
});
