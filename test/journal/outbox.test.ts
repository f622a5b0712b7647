import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { HOUR, MINUTE, SECOND } from "../../src/kernel/instant.ts";
import type { Journal } from "../../src/journal/journal.ts";
import {
  type DeadLetter, type Deliverer, type DeliveryOutcome, type OutboxMessage, STANDARD_WEBHOOKS_SCHEDULE, openDeliverer,
} from "../../src/journal/outbox.ts";
import { openPostgresJournal } from "../../src/journal/postgresJournal.ts";
import { type TestServer, testServer } from "./harness.ts";

let server: TestServer;
beforeAll(async () => void (server = await testServer()));
afterAll(() => server.stop());

type World = {
  now: number;
  readonly received: OutboxMessage[];
  readonly dead: DeadLetter[];
  answer: (message: OutboxMessage) => DeliveryOutcome;
  readonly deliverer: Deliverer;
  send(key: string, ...values: number[]): Promise<void>;
  close(): Promise<void>;
};

async function world(schedule = STANDARD_WEBHOOKS_SCHEDULE): Promise<World> {
  const connectionString = await server.fresh();
  const journal: Journal = await openPostgresJournal({ connectionString });
  const { epoch } = await journal.own("f/1", "facility");
  let seq = 0;
  const state = { now: 1_000, received: [] as OutboxMessage[], dead: [] as DeadLetter[], answer: (): DeliveryOutcome => ({ type: "delivered" }) };
  const open = (): Promise<Deliverer> => openDeliverer({
    connectionString, topic: "t", schedule, now: () => under.now, onDead: (letter) => state.dead.push(letter),
    deliver: async (message) => {
      state.received.push(message);
      return under.answer(message);
    },
  });
  const under: World = Object.assign(state, {
    deliverer: await open(),
    send: async (key: string, ...values: number[]) => {
      const result = await journal.append({
        stream: "f/1", epoch, expectedSeq: seq, events: [{ type: "E", at: under.now, payload: {} }],
        rows: { outbox: values.map((value) => ({ topic: "t", key, payload: { value } })) },
      });
      if (!result.ok) throw new Error(result.error.type);
      seq = result.value.seq;
    },
    close: async () => {
      await under.deliverer.close();
      await journal.close();
    },
  });
  return under;
}

const failed: DeliveryOutcome = { type: "failed", reason: "503" };
const valuesOf = (messages: readonly OutboxMessage[]): string[] => messages.map(({ key, payload }) => `${key}${(payload as { value: number }).value}`);

test("messages leave once, in order per key", async () => {
  const w = await world();
  await w.send("a", 1, 2, 3);
  await w.send("b", 1);
  await w.send("a", 4);
  expect(await w.deliverer.deliverDue()).toBe(5);
  expect(valuesOf(w.received).filter((v) => v.startsWith("a"))).toEqual(["a1", "a2", "a3", "a4"]);
  expect(await w.deliverer.deliverDue()).toBe(0);
  expect(await w.deliverer.waiting()).toBe(0);
  await w.close();
});

test("a failing message holds back its key and nobody else, with the same id at each attempt (G11, G12)", async () => {
  const w = await world();
  await w.send("a", 1, 2);
  await w.send("b", 1);
  w.answer = ({ key }) => (key === "a" ? failed : { type: "delivered" });
  expect(await w.deliverer.deliverDue()).toBe(1);
  expect(valuesOf(w.received).sort()).toEqual(["a1", "b1"]);
  w.now += 5 * SECOND - 1;
  expect(await w.deliverer.deliverDue()).toBe(0);
  w.answer = () => ({ type: "delivered" });
  w.now += 1;
  expect(await w.deliverer.deliverDue()).toBe(2);
  expect(valuesOf(w.received.slice(2))).toEqual(["a1", "a2"]);
  expect(new Set(w.received.filter((m) => valuesOf([m])[0] === "a1").map(({ id }) => id)).size).toBe(1);
  await w.close();
});

test("the standard schedule makes ten attempts in 75 h 35 min 5 s, then the message is dead, reported, and can be replayed (G10)", async () => {
  const w = await world();
  await w.send("a", 1);
  await w.send("a", 2);
  w.answer = ({ payload }) => ((payload as { value: number }).value === 1 ? failed : { type: "delivered" });
  const start = w.now;
  let died = 0;
  for (let minutes = 0; minutes < 80 * 60 && died === 0; minutes += 5) {
    await w.deliverer.deliverDue();
    if (w.dead.length > 0) died = w.now - start;
    w.now += 5 * MINUTE;
  }
  expect(w.received.filter((m) => valuesOf([m])[0] === "a1")).toHaveLength(10);
  expect(STANDARD_WEBHOOKS_SCHEDULE.reduce((sum, pause) => sum + pause, 0)).toBe(75 * HOUR + 35 * MINUTE + 5 * SECOND);
  expect(died).toBeGreaterThanOrEqual(75 * HOUR + 35 * MINUTE);
  expect(w.dead).toMatchObject([{ key: "a", attempts: 10, reason: "503" }]);
  // What was behind it has left.
  expect(valuesOf(w.received)).toContain("a2");
  const dead = await w.deliverer.dead();
  expect(dead).toHaveLength(1);
  w.answer = () => ({ type: "delivered" });
  expect(await w.deliverer.replay(dead.map(({ id }) => id))).toBe(1);
  expect(await w.deliverer.deliverDue()).toBe(1);
  expect(await w.deliverer.dead()).toEqual([]);
  await w.close();
});

test("a receiver's wish to be left alone is obeyed, and a hopeless message is dead at once", async () => {
  const w = await world();
  await w.send("a", 1);
  await w.send("b", 1);
  w.answer = ({ key }) => (key === "a" ? { type: "failed", reason: "429", retryAfterMs: HOUR } : { type: "hopeless", reason: "410" });
  await w.deliverer.deliverDue();
  expect(w.dead).toMatchObject([{ key: "b", reason: "410" }]);
  w.now += HOUR - 1;
  await w.deliverer.deliverDue();
  expect(w.received).toHaveLength(2);
  w.now += 1;
  await w.deliverer.deliverDue();
  expect(w.received).toHaveLength(3);
  await w.close();
});

test("of two processes one delivers a topic", async () => {
  const connectionString = await server.fresh();
  const journal = await openPostgresJournal({ connectionString });
  const { epoch } = await journal.own("f/1", "facility");
  await journal.append({ stream: "f/1", epoch, expectedSeq: 0, events: [{ type: "E", at: 1, payload: {} }], rows: { outbox: [{ topic: "t", key: "k", payload: {} }] } });
  const make = () => openDeliverer({ connectionString, topic: "t", schedule: [1, 1], now: () => now, deliver: async () => {
    attempts += 1;
    return { type: "failed", reason: "no" };
  } });
  let attempts = 0;
  let now = 10;
  const [first, second] = [await make(), await make()];
  await first.deliverDue();
  now = 20;
  await second.deliverDue();
  expect(attempts).toBe(1);
  await first.deliverDue();
  expect(attempts).toBe(2);
  await first.close();
  await second.close();
  await journal.close();
});

test("a receiver that is not there counts against no message, and the round ends with the first to find out", async () => {
  const w = await world([SECOND]);
  w.answer = () => ({ type: "notThere", reason: "no answer" });
  for (let n = 0; n < 40; n++) await w.send(`k${n}`, n);
  for (let round = 0; round < 20; round++) expect(await w.deliverer.deliverDue()).toBe(0);
  // Never more at once than are under way together.
  expect(w.received.length).toBeLessThanOrEqual(20 * 16);
  expect([await w.deliverer.waiting(), w.dead.length, Math.max(...w.received.map(({ attempts }) => attempts))]).toEqual([40, 0, 0]);
  w.answer = () => ({ type: "delivered" });
  expect(await w.deliverer.deliverDue()).toBe(40);
  await w.close();
});

test("whatever fails how often, first deliveries are in order per key and nothing is dropped (G10, G11)", async () => {
  const w = await world([SECOND, SECOND, SECOND]);
  let run = 0;
  await fc.assert(fc.asyncProperty(
    fc.array(fc.record({ key: fc.nat(2), failures: fc.nat(5) }), { minLength: 1, maxLength: 12 }), async (messages) => {
      const prefix = `r${++run}-`;
      const left = new Map<string, number>();
      w.received.length = 0;
      w.dead.length = 0;
      const first: string[] = [];
      w.answer = (message) => {
        const [id] = valuesOf([message]);
        const failures = left.get(id!) ?? 0;
        left.set(id!, failures - 1);
        if (failures > 0) return failed;
        first.push(id!);
        return { type: "delivered" };
      };
      for (const [value, { key, failures }] of messages.entries()) {
        left.set(`${prefix}${key}-${value}`, failures);
        await w.send(`${prefix}${key}-`, value);
      }
      for (let i = 0; i < 4 * messages.length + 1; i++) {
        await w.deliverer.deliverDue();
        w.now += SECOND;
      }
      const name = (value: number): string => `${prefix}${messages[value]!.key}-${value}`;
      const expected = messages.map((_, value) => value).filter((value) => messages[value]!.failures < 4);
      for (const key of [0, 1, 2]) {
        expect(first.filter((id) => id.startsWith(`${prefix}${key}-`))).toEqual(expected.filter((value) => messages[value]!.key === key).map(name));
      }
      expect(valuesOf(w.dead).sort()).toEqual(messages.map((_, value) => value).filter((value) => messages[value]!.failures >= 4).map(name).sort());
      expect(await w.deliverer.waiting()).toBe(0);
    }), { numRuns: 12 });
  await w.close();
});
