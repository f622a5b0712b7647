import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Follower } from "../../src/journal/follower.ts";
import { openFollowers } from "../../src/journal/follower.ts";
import type { Journal, NewEvent } from "../../src/journal/journal.ts";
import { openPostgresJournal } from "../../src/journal/postgresJournal.ts";
import { type TestServer, query, testServer } from "./harness.ts";

let server: TestServer;
beforeAll(async () => void (server = await testServer()));
afterAll(() => server.stop());

/** Counts events by type: applying one twice would show. */
const counting = (name: string, over: Partial<Follower> = {}): Follower => ({
  name,
  version: 1,
  create: `create table ${name} (type text primary key, count int not null)`,
  drop: `drop table if exists ${name}`,
  apply: async (events, { query: run }) => {
    for (const { type } of events) {
      await run(`insert into ${name} values ($1, 1) on conflict (type) do update set count = ${name}.count + 1`, [type]);
    }
  },
  ...over,
});

const event = (type: string): NewEvent => ({ type, at: 1, payload: {} });

async function appender(journal: Journal, stream: string, kind = "facility"): Promise<(...types: string[]) => Promise<number>> {
  let { seq } = await journal.own(stream, kind);
  const { epoch } = (await journal.head(stream))!;
  return async (...types) => {
    const result = await journal.append({ stream, epoch, expectedSeq: seq, events: types.map(event) });
    if (!result.ok) throw new Error(result.error.type);
    return (seq = result.value.seq);
  };
}

const counts = async (url: string, name: string): Promise<Record<string, number>> =>
  Object.fromEntries((await query<{ type: string; count: number }>(url, `select * from ${name} order by type`)).map(({ type, count }) => [type, count]));

describe("followers", () => {
  test("a follower applies what was there and what comes, and can be waited for (F8)", async () => {
    const connectionString = await server.fresh();
    const journal = await openPostgresJournal({ connectionString });
    const append = await appender(journal, "f/1");
    await append("A", "B");
    const followers = openFollowers({ connectionString, journal, followers: [counting("seen")] });
    await followers.start();
    const seq = await append("A");
    expect(await followers.waitFor("seen", "f/1", seq)).toBe(true);
    expect(await counts(connectionString, "seen")).toEqual({ A: 2, B: 1 });
    expect(await followers.waitFor("seen", "f/1", seq + 1, 20)).toBe(false);
    expect(followers.status()).toEqual([{ name: "seen", state: "following", failures: 0, error: undefined }]);
    await followers.close();
    await journal.close();
  });

  test("appends of another process are found by the poll", async () => {
    const connectionString = await server.fresh();
    const journal = await openPostgresJournal({ connectionString });
    const append = await appender(journal, "f/1");
    const followers = openFollowers({ connectionString, followers: [counting("seen")] });
    await followers.start();
    const seq = await append("A");
    expect(await followers.waitFor("seen", "f/1", seq)).toBe(true);
    await followers.close();
    await journal.close();
  });

  test("only streams of its kinds reach a follower", async () => {
    const connectionString = await server.fresh();
    const journal = await openPostgresJournal({ connectionString });
    const facility = await appender(journal, "f/1", "facility");
    const operator = await appender(journal, "o/1", "operator");
    const followers = openFollowers({ connectionString, journal, followers: [counting("seen", { kinds: ["operator"] })] });
    await followers.start();
    await facility("F");
    const seq = await operator("O");
    expect(await followers.waitFor("seen", "o/1", seq)).toBe(true);
    expect(await counts(connectionString, "seen")).toEqual({ O: 1 });
    await followers.close();
    await journal.close();
  });

  test("one that fails shows its error, keeps its place, harms no other, and goes on when it can (F8)", async () => {
    const connectionString = await server.fresh();
    const journal = await openPostgresJournal({ connectionString });
    const append = await appender(journal, "f/1");
    let broken = true;
    const sound = counting("sound");
    const sick = counting("sick", { apply: async (events, transaction) => {
      // Half of the work is done when it fails: none of it may stay.
      await counting("sick").apply(events, transaction);
      if (broken) throw new Error("column is missing");
    } });
    const followers = openFollowers({ connectionString, journal, followers: [sick, sound] });
    await followers.start();
    const seq = await append("A");
    expect(await followers.waitFor("sound", "f/1", seq)).toBe(true);
    expect(await followers.waitFor("sick", "f/1", seq, 150)).toBe(false);
    expect(followers.status()[0]).toMatchObject({ name: "sick", state: "retrying", error: "column is missing" });
    expect((await append("B"))).toBe(seq + 1);
    broken = false;
    expect(await followers.waitFor("sick", "f/1", seq + 1)).toBe(true);
    expect(await counts(connectionString, "sick")).toEqual({ A: 1, B: 1 });
    await followers.close();
    await journal.close();
  });

  test("a new version is rebuilt at start, and any can be rebuilt on demand", async () => {
    const connectionString = await server.fresh();
    const journal = await openPostgresJournal({ connectionString });
    const append = await appender(journal, "f/1");
    const seq = await append(...Array.from({ length: 900 }, (_, i) => `E${i % 3}`));
    let followers = openFollowers({ connectionString, journal, followers: [counting("seen")] });
    await followers.start();
    expect(await followers.waitFor("seen", "f/1", seq)).toBe(true);
    await query(connectionString, "delete from seen");
    await followers.rebuild("seen");
    expect(await counts(connectionString, "seen")).toEqual({ E0: 300, E1: 300, E2: 300 });
    await followers.close();

    const renamed = counting("seen", { version: 2, apply: async (events, { query: run }) => {
      for (const { type } of events) await run("insert into seen values ($1, 2) on conflict do nothing", [`v2 ${type}`]);
    } });
    followers = openFollowers({ connectionString, journal, followers: [renamed] });
    await followers.start();
    expect(await followers.waitFor("seen", "f/1", seq)).toBe(true);
    expect(await counts(connectionString, "seen")).toEqual({ "v2 E0": 2, "v2 E1": 2, "v2 E2": 2 });
    await followers.close();
    await journal.close();
  });

  test("two processes, connections cut, restarts: each event is applied once (F8)", async () => {
    const connectionString = await server.fresh();
    const journal = await openPostgresJournal({ connectionString });
    const appenders = [await appender(journal, "f/1"), await appender(journal, "f/2")];
    const expected: Record<string, number> = {};
    const last = [0, 0];
    await fc.assert(fc.asyncProperty(
      fc.array(fc.record({ stream: fc.nat(1), types: fc.array(fc.constantFrom("A", "B", "C"), { minLength: 1, maxLength: 20 }), cut: fc.boolean() }), { minLength: 1, maxLength: 8 }),
      async (steps) => {
        const both = [1, 2].map(() => openFollowers({ connectionString, journal, followers: [counting("seen")] }));
        for (const followers of both) await followers.start();
        for (const { stream, types, cut } of steps) {
          last[stream] = await appenders[stream]!(...types);
          for (const type of types) expected[type] = (expected[type] ?? 0) + 1;
          if (cut) await query(connectionString,
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query like '%follower_position%' and pid <> pg_backend_pid()");
        }
        for (const followers of both) {
          for (const stream of [0, 1]) expect(await followers.waitFor("seen", `f/${stream + 1}`, last[stream]!)).toBe(true);
        }
        expect(await counts(connectionString, "seen")).toEqual(expected);
        for (const followers of both) await followers.close();
      },
    ), { numRuns: 8 });
    await journal.close();
  });
});
