/** Stays of a car park as sessions at our exchange: over HTTP, through journal, follower and outbox, on a clock of the test. */
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { FacilityEvent } from "../../src/carpark/facility/event.ts";
import type { CredentialRef, StayId } from "../../src/carpark/stay/stay.ts";
import type { Ask, ExchangeClient } from "../../src/exchange-link/client.ts";
import { openPublisher } from "../../src/exchange-link/publisher.ts";
import { enqueueOpen, readStay, SESSION_FOLLOWER, SESSION_TOPIC, sessionFollower } from "../../src/exchange-link/session-follower.ts";
import { SESSION_SCHEDULE, sessionSender } from "../../src/exchange-link/session-sender.ts";
import { type Followers, openFollowers } from "../../src/journal/follower.ts";
import type { Journal } from "../../src/journal/journal.ts";
import { type Deliverer, openDeliverer } from "../../src/journal/outbox.ts";
import { openPostgresJournal } from "../../src/journal/postgresJournal.ts";
import { DAY, HOUR, MINUTE } from "../../src/kernel/instant.ts";
import { seed002Tariff } from "../../src/tariff/examples/seed-002.ts";
import { right, World } from "./harness.ts";
import { demoFacility, linked } from "./link-harness.ts";

const PLACE = "HARBOUR-museum";
const STREAM = "facility/museum";

let world: World;
let real: ExchangeClient;
/** Between the car park and the exchange: what goes wrong there. */
let line: (ask: Ask, go: ExchangeClient["ask"]) => ReturnType<ExchangeClient["ask"]>;
const client = { ask: (ask: Ask) => line(ask, real.ask) };
let asked: string[] = [];
const plates = new Map<string, string>();
let car: CarPark;

type Write = Pick<Ask, "method" | "path" | "body">;
const writes: Write[] = [];

class CarPark {
  readonly journal: Journal;
  readonly followers: Followers;
  readonly pool: pg.Pool;
  deliverer: Deliverer;
  readonly #connectionString: string;
  readonly #since: number;
  #epoch = 0;
  #seq = 0;

  private constructor(connectionString: string, journal: Journal, since: number, followers: Followers, deliverer: Deliverer) {
    this.#connectionString = connectionString;
    this.journal = journal;
    this.#since = since;
    this.followers = followers;
    this.deliverer = deliverer;
    this.pool = new pg.Pool({ connectionString, max: 1 });
  }

  static async open(since: number): Promise<CarPark> {
    const connectionString = await world.server.fresh();
    const journal = await openPostgresJournal({ connectionString });
    const followers = openFollowers({ connectionString, journal, followers: [sessionFollower(since)] });
    await followers.start();
    const made = new CarPark(connectionString, journal, since, followers, undefined as unknown as Deliverer);
    made.deliverer = await made.openDeliverer();
    made.#epoch = (await journal.own(STREAM, "facility")).epoch;
    return made;
  }

  openDeliverer(crash: () => boolean = () => false): Promise<Deliverer> {
    const send = sessionSender({
      client, since: this.#since, now: () => world.at, plateOf: async (ref) => plates.get(ref) ?? null, stayOf: (message) => readStay(this.pool, message),
      placeOf: () => ({ place: PLACE, currency: "GBP", published: true, priceOf: (_version, from, to) => Math.ceil((to - from) / HOUR) * 310 }),
    });
    return openDeliverer({
      connectionString: this.#connectionString, topic: SESSION_TOPIC, schedule: SESSION_SCHEDULE, now: () => world.at,
      deliver: async ({ payload }) => {
        const outcome = await send(payload);
        return crash() ? new Promise(() => {}) : outcome;
      },
    });
  }

  async tell(...events: FacilityEvent[]): Promise<void> {
    const done = await this.journal.append({
      stream: STREAM, epoch: this.#epoch, expectedSeq: this.#seq, events: events.map(({ type, ...payload }) => ({ type, at: world.at, payload })),
    });
    if (!done.ok) throw new Error(done.error.type);
    this.#seq = done.value.seq;
    expect(await this.followers.waitFor(SESSION_FOLLOWER, STREAM, this.#seq)).toBe(true);
  }

  async close(): Promise<void> {
    await this.deliverer.close();
    await this.followers.close();
    await this.pool.end();
    await this.journal.close();
  }
}

const WHY = { rule: "shortTerm" } as never;
const shown = (ref: string) => ({ kind: "plate" as const, ref });
const opened = (n: number, more: { basis?: "shortTerm" | "external" | "contract"; plate?: string; right?: string } = {}): FacilityEvent[] => {
  const { basis = "shortTerm", plate = `plate-${n}`, right: provided } = more;
  const cover = provided === undefined ? { type: "uncovered" as const } : { type: "external" as const, provider: "SP1", right: provided };
  return [
    { type: "Rights", rights: {
      type: "StayOpened", stay: `s${n}`, account: null, parker: null, credential: shown(plate), basis, group: "ordinary", cover,
      payer: basis === "external" ? "provider" : "machine", agreement: null, irregular: false, notice: null, why: WHY,
    } },
    { type: "StayOpened", stay: `museum-${n}` as StayId, credential: { kind: "right", stay: `s${n}`, credential: shown(plate) }, basis, group: "ordinary" as never,
      enteredAt: world.at, lane: null, flags: [], plate: plate as CredentialRef, tariffVersion: 1 },
  ];
};
const closed = (n: number, exitedAt = world.at): FacilityEvent =>
  ({ type: "StayClosed", stay: `museum-${n}` as StayId, exitedAt, lane: null, how: "passed", ticket: null, plate: `plate-${n}` as CredentialRef });
const paid = (n: number, amountMinor: number): FacilityEvent => ({ type: "Rights", rights: { type: "StayPaid", stay: `s${n}`, amountMinor, why: WHY } });

const paidTicket = (n: number, amountMinor: number): FacilityEvent => ({ type: "TicketPaid", number: `01-${n}` as never, amountMinor, leaveBy: world.at, payment: "p" });

const session = (n: number | string) => world.call("OP1", "GET", `/sessions/${PLACE}.s${n}?expand=all`);
const deliver = (): Promise<number> => car.deliverer.deliverDue();
const later = (ms: number): void => { world.at += ms; };

beforeAll(async () => {
  world = await World.open();
  ({ client: real } = await linked(world));
  const museum = { facility: "museum", config: demoFacility("museum"), tariffs: [{ version: 1, effectiveFrom: 0, tariff: seed002Tariff }], place: PLACE, coordinates: null, language: "en", counted: { occupied: 0, spaces: 60 } };
  line = (ask, go) => go(ask);
  await openPublisher({ client: { ...real, ask: client.ask }, facilities: () => [museum], now: world.clock.now, elapsed: () => 0, warn: () => {} }).turn();
  car = await CarPark.open(world.at);
});
afterAll(async () => {
  await car.close();
  await real.close();
  await world.close();
});
beforeEach(() => {
  [asked, writes.length] = [[], 0];
  line = (ask, go) => {
    asked.push(`${ask.method} ${ask.path}`);
    if (ask.method !== "GET") writes.push(ask);
    return go(ask);
  };
  for (let n = 1; n < 100; n++) plates.set(`plate-${n}`, `HC${String(n).padStart(2, "0")}XYZ`);
});

describe("a short stay known by its plate", () => {
  test("is opened, paid and completed, each once; what the exchange knows it is not told again", async () => {
    await car.tell(...opened(1));
    expect(await deliver()).toBe(1);
    expect((await session(1)).body).toMatchObject({
      version: 1, actualStart: "2026-01-15T13:00:00Z", hierarchyElement: { id: PLACE }, identifiedCredentials: [{ type: "licensePlate", identifier: { id: "HC01XYZ" } }],
      segments: [{ id: `${PLACE}.s1.1` }],
    });
    expect((await session(1)).body.actualEnd).toBeUndefined();
    later(2 * HOUR);
    await car.tell(paid(1, 1_080));
    await deliver();
    later(5 * MINUTE);
    await car.tell(closed(1));
    await deliver();
    const { body } = await session(1);
    expect(body).toMatchObject({
      version: 3, actualEnd: "2026-01-15T15:05:00Z",
      segments: [{ actualEnd: "2026-01-15T15:05:00Z", financialTransactions: [{ segmentValue: 10.8, dateCollected: "2026-01-15T15:00:00Z", transactionId: `${PLACE}.s1.p1` }] }],
    });
    expect(writes.map(({ method }) => method)).toEqual(["POST", "PUT", "PUT"]);
    writes.length = 0;
    await car.pool.query("insert into outbox select stream, seq, n + 1, topic, key, payload, at, due_at from (select 'x' as stream, 1::bigint as seq, 1 as n, $1 as topic, 'museum/s1' as key, $2 as payload, 0::bigint as at, 0::bigint as due_at) as again", [SESSION_TOPIC, JSON.stringify({ facility: "museum", key: "s1" })]);
    expect(await deliver()).toBe(1);
    expect(writes).toEqual([]);
    expect((await session(1)).body.version).toBe(3);
  });

  test("paid a second time after the grace: both payments arrive", async () => {
    await car.tell(...opened(2));
    later(HOUR);
    await car.tell(paid(2, 540));
    await deliver();
    later(HOUR);
    await car.tell(paid(2, 540));
    await deliver();
    expect((await session(2)).body.segments[0].financialTransactions.map((one: { transactionId: string }) => one.transactionId)).toEqual([`${PLACE}.s2.p1`, `${PLACE}.s2.p2`]);
    await car.tell(closed(2, world.at + 1_000));
    await deliver();
  });

  test("what a provider collected is told by the provider, and kept", async () => {
    await car.tell(...opened(3));
    await deliver();
    later(HOUR);
    const there = (await session(3)).body;
    const [segment] = there.segments;
    const due = { segmentValue: 5.4, taxIncluded: true };
    await world.ok("OP1", "PUT", `/sessions/${PLACE}.s3`, { id: `${PLACE}.s3`, segments: [{ ...segment, financialTransactions: [due] }] });
    const collected = { ...due, dateCollected: "2026-01-15T16:00:00Z", transactionId: "APP-77" };
    expect((await world.call("AD", "GET", `/sessions/${PLACE}.s3?expand=all`)).body.segments[0].financialTransactions).toHaveLength(1);
    await world.ok("OP1", "PUT", `/sessions/${PLACE}.s3`, { id: `${PLACE}.s3`, segments: [{ ...segment, financialTransactions: [collected] }] });
    await car.tell({ type: "StayPaymentTaken", payment: 9, stay: "s3", means: "provider", amountMinor: 540, taxMinor: 0, reference: "APP-77", provider: "SP1" } as never, paid(3, 540));
    await deliver();
    later(MINUTE);
    await car.tell(closed(3));
    await deliver();
    expect((await session(3)).body).toMatchObject({ actualEnd: expect.any(String), segments: [{ financialTransactions: [{ transactionId: "APP-77" }] }] });
    expect((await session(3)).body.segments[0].financialTransactions).toHaveLength(1);
  });

  test("an amount an app was just told stays due while the car park says something else", async () => {
    await car.tell(...opened(4));
    await deliver();
    const { segments: [segment] } = (await session(4)).body;
    await world.ok("OP1", "PUT", `/sessions/${PLACE}.s4`, { id: `${PLACE}.s4`, segments: [{ ...segment, "x-quoteValidUntil": "2026-01-15T18:00:00Z", financialTransactions: [{ segmentValue: 2.5, taxIncluded: true }] }] });
    await car.tell({ type: "Rights", rights: { type: "CoverageAdvanced", account: "a", changes: [{ why: WHY, stay: "s4", since: world.at, cover: { type: "uncovered" }, group: "ordinary", notice: null }] } });
    await deliver();
    expect((await session(4)).body.segments[0]).toMatchObject({ "x-quoteValidUntil": "2026-01-15T18:00:00Z", financialTransactions: [{ segmentValue: 2.5 }] });
    later(MINUTE);
    await car.tell(paid(4, 250));
    await deliver();
    expect((await session(4)).body.segments[0].financialTransactions).toMatchObject([{ transactionId: `${PLACE}.s4.p1`, dateCollected: expect.any(String) }]);
  });
});

test("what is between the car park and its own customers, and what has no plate, is not told", async () => {
  await car.tell(...opened(10, { basis: "contract" }));
  await car.tell({ type: "StayOpened", stay: "museum-11" as StayId, credential: { kind: "none" }, basis: "irregular", group: "ordinary" as never, enteredAt: world.at, lane: null, flags: [], plate: null, tariffVersion: 1 });
  expect(await deliver()).toBe(0);
  expect(asked).toEqual([]);
});

test("a misread plate, and a car that never came in, are withdrawn", async () => {
  await car.tell(...opened(12));
  await car.tell(...opened(13));
  await deliver();
  await car.tell({ type: "StayPlateCorrected", stay: "museum-12" as StayId, was: "plate-12" as CredentialRef, plate: "plate-99" as CredentialRef, read: {} as never });
  await car.tell(closed(13));
  await deliver();
  expect([(await session(12)).status, (await session(13)).status]).toEqual([404, 404]);
  expect(await car.deliverer.dead()).toEqual([]);
});

describe("a provider's right", () => {
  test("covers its time: the session names it from then on, and the provider sees the session", async () => {
    await world.ok("SP1", "POST", "/rights/assigned", right("bought-20", `${PLACE}.stay`, "HC20XYZ", { issuanceTime: new Date(world.at).toISOString().replace(".000Z", "Z"), expiry: "2026-01-17T00:00:00Z" }));
    await car.tell(...opened(20));
    await deliver();
    later(10 * MINUTE);
    await car.tell({ type: "Rights", rights: { type: "CoverageAdvanced", account: "", changes: [{ why: WHY, stay: "s20", since: world.at, cover: { type: "external", provider: "SP1", right: "bought-20" }, group: "ordinary", notice: null }] } });
    await deliver();
    later(HOUR);
    await car.tell(closed(20));
    await deliver();
    const seen = await world.call("SP1", "GET", `/sessions/${PLACE}.s20?expand=all`);
    expect(seen.body.segments.map((one: { assignedRight?: { id: string } }) => one.assignedRight?.id ?? null)).toEqual([null, "bought-20"]);
    expect(seen.body.segments[1].financialTransactions).toBeUndefined();
  });

  test("of an account: at the exit the exchange is told what the provider owes; its payment stays, and nothing more is due", async () => {
    await world.ok("SP1", "POST", "/rights/assigned", right("account-21", `${PLACE}.account`, "HC21XYZ"));
    await car.tell(...opened(21, { basis: "external", right: "account-21" }));
    await deliver();
    later(2 * HOUR + MINUTE);
    await car.tell(closed(21));
    await deliver();
    const { segments: [segment], version } = (await world.call("SP1", "GET", `/sessions/${PLACE}.s21?expand=all`)).body;
    expect(segment).toMatchObject({ assignedRight: { id: "account-21" }, financialTransactions: [{ segmentValue: 9.3 }] });
    const transaction = { ...segment.financialTransactions[0], dateCollected: "2026-01-16T00:00:00Z", transactionId: "SP1-21" };
    expect((await world.call("SP1", "PUT", `/sessions/${PLACE}.s21`, { version: version + 1, segments: [{ ...segment, financialTransactions: [transaction] }] })).status).toBe(200);
    await car.tell({ type: "Rights", rights: { type: "ExitTimeGiven", stay: "s21", exitedAt: world.at - MINUTE, reason: "seen on the film" } });
    await deliver();
    expect((await session(21)).body.segments[0].financialTransactions).toMatchObject([{ transactionId: "SP1-21" }]);
    expect(await car.deliverer.dead()).toEqual([]);
  });

  test("of a car that came in by ticket: bought before it came or while it is inside, its time is the provider's", async () => {
    await world.ok("SP1", "POST", "/rights/assigned", right("account-24", `${PLACE}.account`, "HC24XYZ"));
    await world.ok("SP1", "POST", "/rights/assigned", right("account-25", `${PLACE}.account`, "HC25XYZ"));
    const learnt = (n: number, from: number, until: number): FacilityEvent =>
      ({ type: "Rights", rights: { type: "ExternalRightLearnt", right: { provider: "SP1", right: `account-${n}`, credential: `plate-${n}`, from, until } } });
    const byTicket = (n: number): FacilityEvent => ({
      type: "StayOpened", stay: `museum-${n}` as StayId, credential: { kind: "ticket", ticket: `01-${n}` as never }, basis: "shortTerm", group: "ordinary" as never,
      enteredAt: world.at, lane: null, flags: [], plate: `plate-${n}` as CredentialRef, tariffVersion: 1,
    });
    const begun = world.at;
    await car.tell(learnt(24, begun - DAY, begun + 30 * DAY));
    await car.tell(byTicket(24));
    await car.tell(byTicket(25));
    await deliver();
    later(HOUR);
    await car.tell(learnt(25, begun + 30 * MINUTE, begun + 90 * MINUTE));
    await deliver();
    const rightsIn = async (n: number): Promise<(string | null)[]> =>
      (await world.call("OP1", "GET", `/sessions/${PLACE}.museum-${n}?expand=all`)).body.segments.map((one: { assignedRight?: { id: string } }) => one.assignedRight?.id ?? null);
    // What ends later is not said yet.
    expect([await rightsIn(24), await rightsIn(25)]).toEqual([["account-24"], [null, "account-25"]]);
    later(HOUR + 1_000);
    await car.tell(paidTicket(25, 310), closed(24), closed(25));
    await deliver();
    expect([await rightsIn(24), await rightsIn(25)]).toEqual([["account-24"], [null, "account-25", null]]);
    const owed = async (n: number) => (await world.call("SP1", "GET", `/sessions/${PLACE}.museum-${n}?expand=all`)).body.segments.flatMap((one: { assignedRight?: unknown; financialTransactions?: { segmentValue: number }[] }) =>
      (one.assignedRight ? one.financialTransactions ?? [] : []).map(({ segmentValue }) => segmentValue));
    // Three hours begun cost 9.30; of the second car's the driver paid 3.10.
    expect([await owed(24), await owed(25)]).toEqual([[9.3], [6.2]]);
    expect(await car.deliverer.dead()).toEqual([]);
  });

  test("that is for another plate does not keep the stay from being told", async () => {
    await world.ok("SP1", "POST", "/rights/assigned", right("account-22", `${PLACE}.account`, "OTHER1"));
    await car.tell(...opened(22, { basis: "external", right: "account-22" }));
    await deliver();
    expect((await session(22)).body.segments[0].assignedRight).toBeUndefined();
  });
});

describe("exactly once", () => {
  test("G10 G12: a crash between sending and writing it down sends again and changes nothing", async () => {
    await car.tell(...opened(30));
    await car.deliverer.close();
    const crashing = await car.openDeliverer(() => true);
    const never = crashing.deliverDue();
    await expect.poll(async () => (await session(30)).status).toBe(200);
    await crashing.close();
    void never.catch(() => {});
    car.deliverer = await car.openDeliverer();
    await expect.poll(deliver).toBe(1);
    expect(writes.filter(({ method }) => method === "POST")).toHaveLength(1);
    expect((await session(30)).body.version).toBe(1);
  });

  test("an answer that got lost, and the same request twice, have one effect", async () => {
    let lost = 2;
    const before = line;
    line = async (ask, go) => {
      const answer = await before(ask, go);
      if (ask.method !== "GET" && lost-- > 0) return { ok: false, error: { type: "unreachable", why: "late", status: null } };
      if (ask.method !== "GET") await go(ask);
      return answer;
    };
    await car.tell(...opened(31));
    expect(await deliver()).toBe(0);
    expect(await deliver()).toBe(1);
    later(HOUR);
    await car.tell(closed(31));
    expect(await deliver()).toBe(0);
    expect(await deliver()).toBe(1);
    expect((await session(31)).body).toMatchObject({ version: 2, actualEnd: expect.any(String) });
  });

  test("G11: one stay that the exchange cannot take (500) waits alone and is not given up; others go on", async () => {
    let broken = true;
    line = (ask, go) => (broken && ask.path.endsWith(".s32") ? Promise.resolve({ ok: false, error: { type: "unreachable", why: "failing", status: 500 } }) : go(ask));
    await car.tell(...opened(32));
    await car.tell(...opened(33));
    await deliver();
    expect([(await session(32)).status, (await session(33)).status]).toEqual([404, 200]);
    for (let hours = 0; hours < 15 * 24; hours += 8) {
      later(8 * HOUR);
      await deliver();
    }
    expect(await car.deliverer.dead()).toEqual([]);
    broken = false;
    later(HOUR);
    await deliver();
    expect((await session(32)).status).toBe(200);
  });

  test("what the exchange refuses is set aside for people, and delivered when it is put right", async () => {
    let refuses = true;
    const before = line;
    line = (ask, go) => (refuses && ask.method === "POST" ? Promise.resolve({ ok: false, error: { type: "refused", at: "resource", status: 403, detail: null } }) : before(ask, go));
    await car.tell(...opened(34));
    await deliver();
    const dead = await car.deliverer.dead();
    expect(dead).toMatchObject([{ reason: "refused (403)" }]);
    refuses = false;
    await car.deliverer.replay(dead.map(({ id }) => id));
    expect(await deliver()).toBe(1);
    expect((await session(34)).status).toBe(200);
  });
});

test("G3 G4: fourteen days without the exchange: then every stay arrives once, in order, whole; plates erased meanwhile do not", async () => {
  const first = 40;
  await car.tell(...opened(first));
  await deliver();
  const absent: Awaited<ReturnType<ExchangeClient["ask"]>> = { ok: false, error: { type: "unreachable", why: "notConnected", status: null } };
  let tries = 0;
  line = async () => {
    tries += 1;
    return absent;
  };
  for (let day = 0; day < 14; day++) {
    const n = first + 1 + day;
    await car.tell(...opened(n));
    later(3 * HOUR);
    await car.tell(paid(n, 930));
    later(5 * MINUTE);
    await car.tell(closed(n));
    for (let turn = 0; turn < 10; turn++) await deliver();
    later(DAY - 3 * HOUR - 5 * MINUTE);
    // A day after its exit the plate is gone from the vault.
    plates.delete(`plate-${n}`);
  }
  await car.tell(closed(first));
  plates.delete(`plate-${first}`);
  await car.tell(...opened(60));
  // A round ends with the first who finds nobody there; nothing is counted against a message.
  expect(tries).toBeGreaterThan(100);
  const waiting = await car.deliverer.waiting();
  expect((await car.pool.query("select max(attempts) as most, count(*) filter (where dead) as dead from outbox")).rows).toEqual([{ most: 0, dead: "0" }]);

  const order: string[] = [];
  line = (ask, go) => {
    if (ask.method !== "GET") order.push(`${ask.method} ${(ask.body as { id: string }).id.split(".s")[1]}`);
    return go(ask);
  };
  let done = 0;
  for (let turn = 0; turn < 20 && (await car.deliverer.waiting()) > 0; turn++) done += await deliver();
  expect(done).toBe(waiting);
  // Whole at once, each id once; the one that was known is completed.
  expect([...order].sort()).toEqual([`PUT ${first}`, ...Array.from({ length: 14 }, (_, n) => `POST ${first + 1 + n}`), "POST 60"].sort());
  for (let n = first + 1; n <= first + 14; n++) {
    const { body } = await session(n);
    expect(body).toMatchObject({
      version: 1, actualEnd: expect.any(String), identifiedCredentials: [{ type: "electronicID", identifier: { id: `stay museum-${n}` } }],
      segments: [{ financialTransactions: [{ segmentValue: 9.3, dateCollected: expect.any(String) }] }],
    });
  }
  expect((await session(first)).body).toMatchObject({ version: 2, identifiedCredentials: [{ identifier: { id: "HC40XYZ" } }], actualEnd: expect.any(String) });
  expect((await session(60)).body.identifiedCredentials).toMatchObject([{ type: "licensePlate" }]);
}, 60_000);

test("H1: no message, and no row kept for them, has a plate", async () => {
  const { rows } = await car.pool.query("select string_agg(s::text, ' ') as text from exchange_stay s");
  expect(String(rows[0]?.text).length).toBeGreaterThan(100);
  expect(String(rows[0]?.text)).not.toMatch(/HC\d\d|XYZ/);
});

test("linked on a later day: who is inside is told, who was gone is not", async () => {
  const other = await CarPark.open(world.at);
  later(-2 * HOUR);
  await other.tell(...opened(70), ...opened(71));
  later(HOUR);
  await other.tell(closed(70));
  later(HOUR);
  line = (ask, go) => go(ask);
  expect(await other.deliverer.deliverDue()).toBe(0);
  await enqueueOpen(other.pool, world.at);
  await enqueueOpen(other.pool, world.at);
  expect(await other.deliverer.deliverDue()).toBe(1);
  expect([(await session(70)).status, (await session(71)).status]).toEqual([404, 200]);
  await other.close();
}, 30_000);
