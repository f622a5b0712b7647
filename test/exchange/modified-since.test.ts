/** G8 G9: whoever asks again from the last referenceInstant misses nothing, however long a write takes to commit. */
import fc from "fast-check";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type OpenExchange, openExchange } from "../../src/exchange/application/open.ts";
import { ANNOUNCED_FROM_SECOND, ANNOUNCEMENT_LOCK } from "../../src/exchange/store/saveFunction.ts";
import { lintOf } from "../../src/exchange/tolerance/deviations.ts";
import { readListQuery } from "../../src/exchange/query/listQuery.ts";
import type { Caller } from "../../src/exchange/client/caller.ts";
import { place, World } from "./harness.ts";

let world: World;
let exchange: OpenExchange;
let elapsed = 0;
const OP: Caller = { client: "OP1-client", organisation: "OP1", role: "operator", amountsInMinorUnits: false };
const RUNS = Number(process.env["GATEHOUSE_PROPERTY_RUNS"] ?? 25);

beforeAll(async () => {
  world = await World.open();
  // Every look at this clock is a second later: no horizon is shared between two questions.
  const clock = { now: () => Date.now(), elapsed: () => (elapsed += 1_000) };
  exchange = await openExchange({ connectionString: world.connectionString, keyFolder: world.keyFolder, clock, newId: () => "unused", currency: "GBP" });
});
afterAll(async () => {
  await exchange?.close();
  await world?.close();
});

/** A write that began `age` seconds ago: it has announced its second then, and commits when it is told to. */
async function slowWrite(id: string, age: number): Promise<{ commit(): Promise<void> }> {
  const client = new pg.Client({ connectionString: world.connectionString, options: "-c search_path=exchange" });
  client.on("error", () => {});
  await client.connect();
  await client.query("begin");
  const { rows: [clock] } = await client.query<{ second: string }>("select extract(epoch from clock_timestamp())::bigint as second");
  const second = Number(clock?.second) - age;
  await client.query("select pg_advisory_xact_lock_shared($1, $2)", [ANNOUNCEMENT_LOCK, second - ANNOUNCED_FROM_SECOND]);
  const write = {
    kind: "place", id, expected: 0, version: 1, body: JSON.stringify(place(id)), digest: "x", owner: "OP1", operator: "OP1", parties: [], places: [], deleted: false,
    references: [], holdings: [], place: { layer: 1, type: "place", names: id, capabilities: [], aliases: [] }, topic: null,
  };
  await client.query("select save($1)", [JSON.stringify({ organisation: "OP1", client: "c", guards: [], writes: [write] })]);
  await client.query("update object set changed_at = $2, created_at = $2 where id = $1", [id, second * 1_000]);
  return {
    commit: async () => {
      await client.query("commit");
      await client.end();
    },
  };
}

async function poll(since: number, seen: Set<string>, pages: "numbers" | "links"): Promise<number> {
  let reference: number | undefined;
  let after: number | null = null;
  for (let page = 1; ; page++) {
    const query = readListQuery("place", { modified_since: String(since), page: String(page), ...(after === null || pages === "numbers" ? {} : { after: String(after) }) }, lintOf(), Date.now());
    if (!query.ok) throw new Error(query.error.message);
    const listed = await exchange.reads.list(query.value, [], OP, lintOf());
    if (!listed.ok) throw new Error(listed.error.message);
    reference ??= listed.value.meta.referenceInstant;
    for (const one of listed.value.data) seen.add(String(one["id"]));
    after = listed.value.next;
    if (after === null) return reference;
  }
}

describe("modified_since", () => {
  test("no order of slow writes, commits and polls loses a change", async () => {
    let run = 0;
    const action = fc.oneof(
      fc.record({ type: fc.constant("begin" as const), age: fc.integer({ min: 0, max: 40 }) }),
      fc.record({ type: fc.constant("commit" as const), which: fc.nat(20) }), fc.record({ type: fc.constant("poll" as const) }),
    );
    await fc.assert(fc.asyncProperty(fc.array(action, { minLength: 4, maxLength: 14 }), async (actions) => {
      run++;
      const open: { id: string; commit(): Promise<void> }[] = [];
      const seen = new Set<string>();
      const written: string[] = [];
      // A client that last asked a minute ago.
      let since = Math.floor(Date.now() / 1_000) - 60;
      try {
        for (const one of actions) {
          if (one.type === "poll") since = await poll(since, seen, "links");
          else if (one.type === "commit") await open.splice(one.which % Math.max(1, open.length), 1)[0]?.commit();
          else {
            const id = `w-${run}-${written.length}`;
            // A writer never takes a time from before a horizon that was given out while it had announced nothing.
            const age = Math.min(one.age, Math.max(0, Math.floor(Date.now() / 1_000) - since - 2));
            open.push({ id, ...(await slowWrite(id, age)) });
            written.push(id);
          }
        }
      } finally {
        for (const one of open) await one.commit();
      }
      await poll(since, seen, "links");
      expect(written.filter((id) => !seen.has(id))).toEqual([]);
    }), { numRuns: RUNS });
  }, 120_000);

  test("a write that was under way when the list was read holds the reference instant back until it is committed", async () => {
    const slow = await slowWrite("slow", 5);
    const { rows: [clock] } = await world.exchange.database.owner.query<{ second: number }>("select extract(epoch from clock_timestamp())::bigint as second");
    const first = await poll(Number(clock?.second) + 1_000_000, new Set(), "links");
    expect(first).toBeLessThanOrEqual(Number(clock?.second) - 5);
    await slow.commit();
    const seen = new Set<string>();
    await poll(first, seen, "links");
    expect([...seen]).toContain("slow");
  });

  test("writers over HTTP beside a poller: every change arrives", async () => {
    const seen = new Set<string>();
    let since = 0;
    let done = false;
    const poller = (async () => {
      while (!done) since = await poll(since, seen, "numbers");
    })();
    const ids = Array.from({ length: 120 }, (_one, i) => `http-${i}`);
    await Promise.all(Array.from({ length: 6 }, async (_one, lane) => {
      for (const id of ids.filter((_id, i) => i % 6 === lane)) await world.ok("OP1", "POST", "/places", place(id));
    }));
    done = true;
    await poller;
    await poll(since, seen, "numbers");
    expect(ids.filter((id) => !seen.has(id))).toEqual([]);
  });
});

describe("paging", () => {
  test("250 places: the pages together are all, none twice; links stay exact while others are deleted", async () => {
    const all = await world.ok("OP2", "GET", "/places");
    expect(all.meta.total).toBeGreaterThan(0);
    for (let i = 0; i < 250; i++) await world.ok("OP2", "POST", "/places", place(`pg-${i}`, { name: [{ language: "en", string: "Paged" }] }));
    const first = await world.call("SP1", "GET", "/places?name=paged");
    const second = await world.call("SP1", "GET", "/places?name=paged&page=2");
    const ids = (answer: { body: { data: { id: string }[] } }): string[] => answer.body.data.map(({ id }) => id);
    expect([ids(first).length, ids(second).length, new Set([...ids(first), ...ids(second)]).size, first.body.meta.total, second.body.meta]).toEqual([200, 50, 250, 250, { ...second.body.meta, offset: 200, total: 250, pageSize: 200 }]);
    const next = /<([^>]+)>; rel="next"/.exec(String(first.headers["link"]))?.[1] ?? "";
    for (let i = 0; i < 10; i++) await world.ok("OP2", "DELETE", `/places/pg-${i}`);
    expect(ids(await world.call("SP1", "GET", next))).toEqual(Array.from({ length: 50 }, (_one, i) => `pg-${200 + i}`));
  });
});
