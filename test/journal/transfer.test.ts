import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable, Writable } from "node:stream";
import { Command } from "commander";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { digestOf } from "../../src/kernel/canonical.ts";
import { type JournalCommandDeps, addJournalCommands } from "../../src/journal/command.ts";
import type { Follower } from "../../src/journal/follower.ts";
import { PERIOD_CLOSED, type Journal, type NewEvent } from "../../src/journal/journal.ts";
import { openPostgresJournal } from "../../src/journal/postgresJournal.ts";
import { openPostgresVault } from "../../src/journal/postgresVault.ts";
import { exportJournal, importJournal } from "../../src/journal/transfer.ts";
import { type Fold, verifyJournal } from "../../src/journal/verify.ts";
import { startPostgres } from "../../src/postgres/postgres.ts";
import { type TestServer, collect, query, testServer } from "./harness.ts";

let server: TestServer;
const scratch = mkdtempSync(join(tmpdir(), "gh-transfer-"));
beforeAll(async () => void (server = await testServer()));
afterAll(async () => {
  await server.stop();
  rmSync(scratch, { recursive: true, force: true });
});

type Sum = { readonly total: number };

const sums: Fold<Sum> = {
  kind: "facility",
  initial: () => ({ total: 0 }),
  evolve: ({ total }, { type, payload }) => (type === "Added" ? { total: total + (payload as { n: number }).n } : { total }),
  fromClosed: ({ payload }) => (payload as { state: Sum }).state,
  digest: digestOf,
};

const added = (n: number, at = 1): NewEvent => ({ type: "Added", at, payload: { n } });
const closed = (total: number, at = 1): NewEvent => ({ type: PERIOD_CLOSED, at, payload: { stateVersion: 1, state: { total } } });

async function filled(connectionString: string, keyFolder = join(scratch, "keys")): Promise<void> {
  const vault = await openPostgresVault({ connectionString, keyFolder });
  const journal: Journal = await openPostgresJournal({ connectionString, sealer: vault });
  const { epoch } = await journal.own("f/1", "facility");
  const month = 31 * 86_400_000;
  const parts: NewEvent[][] = [[added(1), added(2)], [closed(3, month), added(4, month)], [added(5, 3 * month)]];
  let seq = 0;
  for (const [index, events] of parts.entries()) {
    const result = await journal.append({ stream: "f/1", epoch, expectedSeq: seq, events, rows: {
      openStays: { put: [{ stay: `s"${index}'ä🚗`, row: { a: "\\ \"" } }] },
      ledger: [{ account: "cash", amountMinor: 9_007_199_254_740_991, currency: "EUR" }, { account: "sales", amountMinor: -9_007_199_254_740_991, currency: "EUR" }],
      outbox: [{ topic: "t", key: "k", payload: { index } }],
      idempotency: [{ key: `k${index}`, bodyHash: "h", answer: null }],
      vault: { put: [{ ref: `c${index}`, class: "stay", text: `PLATE${index}` }] },
    } });
    if (!result.ok) throw new Error(result.error.type);
    seq = result.value.seq;
  }
  await journal.own("o/1", "operator");
  await journal.close();
  await vault.close();
}

async function exported(connectionString: string): Promise<string> {
  const chunks: Buffer[] = [];
  await exportJournal(connectionString, new Writable({ write: (chunk: Buffer, _, done) => { chunks.push(chunk); done(); } }));
  return Buffer.concat(chunks).toString();
}

describe("verify", () => {
  test("a sound journal is sound, with the state of each stream (F1, F5, F7, F14)", async () => {
    const url = await server.fresh();
    await filled(url);
    expect(await verifyJournal(url, [sums])).toEqual([
      { stream: "f/1", kind: "facility", events: 5, state: digestOf({ total: 12 }), problems: [] },
      { stream: "o/1", kind: "operator", events: 0, state: undefined, problems: [] },
    ]);
  });

  for (const [what, damage, problem] of [
    ["a changed payload", `update journal set payload = '{"n":3}' where seq = 2`, "event 2 is not the one that was written"],
    ["a missing event", "delete from journal where seq = 2", "event 3 follows event 1"],
    ["a missing last event", "delete from journal where seq = 5", "the head says 5 events, 4 are there"],
    ["a changed time", "update journal set at = 0 where seq = 2", "event 2 is earlier"],
    ["money that does not add up", "update posting set amount_minor = 1 where seq = 2 and n = 0", "postings of event 2 add up to"],
    ["a follower ahead of the journal", "insert into follower_position values ('x', 'f/1', 9)", "follower x is at 9"],
    ["a head that was moved", "update stream set closed_seq = 1 where stream = 'f/1'", "the last period was closed at 1, it was at 3"],
  ] as const) {
    test(`${what} is found (F4)`, async () => {
      const url = await server.fresh();
      await filled(url);
      await query(url, damage);
      expect((await verifyJournal(url, [sums])).flatMap(({ problems }) => problems).join("\n")).toContain(problem);
    });
  }

  test("a closed period that carries another state than its events is found (F7)", async () => {
    const url = await server.fresh();
    const journal = await openPostgresJournal({ connectionString: url });
    const { epoch } = await journal.own("f/1", "facility");
    await journal.append({ stream: "f/1", epoch, expectedSeq: 0, events: [added(1), closed(2), added(3)] });
    await journal.close();
    expect((await verifyJournal(url, [sums]))[0]?.problems).toEqual(["the state from the period closed at 2 differs from the state from the beginning"]);
  });
});

describe("export and import", () => {
  test("what is exported and imported is exported again the same, and opens with the key file", async () => {
    const [from, to] = [await server.fresh(), await server.fresh()];
    await filled(from, join(scratch, "keys-moved"));
    const text = await exported(from);
    expect(text).not.toContain("PLATE");
    await importJournal(to, Readable.from([text]));
    expect(await exported(to)).toBe(text);
    expect(await verifyJournal(to, [sums])).toEqual(await verifyJournal(from, [sums]));
    const vault = await openPostgresVault({ connectionString: to, keyFolder: join(scratch, "keys-moved") });
    expect((await collect(vault.entries())).map((entry) => entry.text)).toEqual(["PLATE0", "PLATE1", "PLATE2"]);
    await vault.close();
    // The stream goes on where it was, under a new owner.
    const journal = await openPostgresJournal({ connectionString: to });
    expect(await journal.own("f/1", "facility")).toMatchObject({ epoch: 2, seq: 5, closedSeq: 3 });
    await journal.close();
  });

  test("tables of others travel when they are registered", async () => {
    const [from, to] = [await server.fresh(), await server.fresh()];
    await filled(from);
    for (const url of [from, to]) await query(url, "create schema staff; create table staff.login (name text primary key, hash text)");
    await query(from, "insert into staff.login values ('anna', 'x')");
    const lines: string[] = [];
    await exportJournal(from, new Writable({ write: (chunk: Buffer, _, done) => { lines.push(chunk.toString()); done(); } }), ["staff.login"]);
    await expect(importJournal(to, Readable.from([lines.join("")]))).rejects.toThrow("table staff.login");
    await importJournal(to, Readable.from([lines.join("")]), ["staff.login"]);
    expect(await query(to, "select * from staff.login")).toEqual([{ name: "anna", hash: "x" }]);
  });

  test("a damaged, cut, foreign or newer file leaves the target empty; so does a target in use", async () => {
    const from = await server.fresh();
    await filled(from);
    const text = await exported(from);
    const to = await server.fresh();
    const bad: [string, string][] = [
      [text.replace('"n\\":2', '"n\\":3'), "digest does not agree"],
      [text.split("\n").slice(0, -2).join("\n"), "ends too early"],
      [text.replace(/"migration":\d+/, '"migration":999'), "migration 999"],
      ["hello\n", "not JSON"],
      ["{}\n", "not a Gatehouse export"],
      ["", "not JSON"],
    ];
    for (const [content, problem] of bad) {
      expect(content).not.toBe(text);
      await expect(importJournal(to, Readable.from([content]))).rejects.toThrow(problem);
      const tables = await query<{ found: string | null }>(to, "select to_regclass('stream')::text as found");
      if (tables[0]?.found) expect(await query(to, "select * from stream")).toEqual([]);
    }
    await expect(importJournal(from, Readable.from([text]))).rejects.toThrow("not empty");
    await importJournal(to, Readable.from([text]));
    expect(await exported(to)).toBe(text);
  });
});

describe("commands", () => {
  const counting: Follower = {
    name: "seen", version: 1, create: "create table seen (seq bigint primary key)", drop: "drop table if exists seen",
    apply: async (events, { query: run }) => {
      for (const { seq } of events) await run("insert into seen values ($1)", [seq]);
    },
  };

  async function run(argv: readonly string[], databaseUrl?: string): Promise<{ readonly lines: string[]; readonly code: number }> {
    const lines: string[] = [];
    let code = 0;
    const deps: JournalCommandDeps = {
      connect: startPostgres, folds: [sums], followers: [counting], tables: [], databaseUrl,
      print: (line) => lines.push(line), fail: (failure) => (code = failure),
    };
    const program = new Command().exitOverride();
    addJournalCommands(program, deps);
    await program.parseAsync([...argv], { from: "user" });
    return { lines, code };
  }

  test("export, import into a data folder, verify, rebuild; on an external server and on the embedded one", async () => {
    // DATABASE_URL names a server that is not ours to start.
    const external = await server.fresh();
    await filled(external);
    const file = join(scratch, "export.ndjson");
    expect((await run(["export", file], external)).lines).toContain("exported journal: 5 rows");

    const dataDir = join(server.dataDir, "..", "moved");
    const imported = await run(["import", file, "--data", dataDir]);
    expect(imported.code).toBe(0);
    expect(imported.lines).toContain("2 streams verified.");
    expect((await run(["journal", "verify", "--data", dataDir])).lines[0]).toMatch(/^f\/1 \(facility\): 5 events, sound, state [0-9a-f]{16}$/);
    expect((await run(["journal", "rebuild", "--data", dataDir])).lines).toEqual(["seen rebuilt."]);
    expect((await run(["journal", "rebuild", "nothing", "--data", dataDir])).code).toBe(1);
    await expect(run(["import", file, "--data", dataDir])).rejects.toThrow("not empty");

    const again = join(scratch, "again.ndjson");
    await run(["export", again, "--data", dataDir]);
    expect(readFileSync(again, "utf8")).toBe(readFileSync(file, "utf8"));
  });

  test("a damaged journal makes verify fail and say where", async () => {
    const url = await server.fresh();
    await filled(url);
    await query(url, "delete from journal where seq = 2");
    const { lines, code } = await run(["journal", "verify"], url);
    expect(code).toBe(1);
    expect(lines.join("\n")).toContain("event 3 follows event 1");
  });

  test("a file that is no export is refused with a reason", async () => {
    const file = join(scratch, "notes.txt");
    writeFileSync(file, "shopping list\n");
    await expect(run(["import", file], await server.fresh())).rejects.toThrow("not JSON");
  });
});
