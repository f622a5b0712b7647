/** What comes from our exchange into a car park, over HTTP with the car park's own credentials. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { randomUUID } from "node:crypto";
import { type Departures, openDepartures } from "../../src/exchange-link/departure.ts";
import type { ExchangeClient } from "../../src/exchange-link/client.ts";
import { type EntryRights, openEntryRights } from "../../src/exchange-link/entry.ts";
import { type Follower, openFollower } from "../../src/exchange-link/follow.ts";
import { sessionSender } from "../../src/exchange-link/session-sender.ts";
import { dueOfStay } from "../../src/carpark/rights/payment.ts";
import { fetchQuestions, type Questions } from "../../src/exchange-link/questions.ts";
import { type Deliverer, startDeliverer } from "../../src/exchange/delivery/deliverer.ts";
import { Operators } from "../../src/exchange/departure/operator.ts";
import { type PaymentTeller, startPaymentTeller } from "../../src/exchange/departure/payments.ts";
import { registerQuestions } from "../../src/exchange/departure/questions.ts";
import { departureRelay } from "../../src/exchange/departure/relay.ts";
import { HOUR, MINUTE, SECOND } from "../../src/kernel/instant.ts";
import { booksViolations, foldBooks } from "../../src/carpark/books/books.ts";
import { violations } from "../../src/carpark/facility/invariants.ts";
import { type CityCarPark, cityCarPark } from "./city-car-park.ts";
import { linked } from "./link-harness.ts";
import { type Body, place, right, session, spec, World } from "./harness.ts";

let world: World;
let client: ExchangeClient;
let operators: Operators;
let teller: PaymentTeller;
let deliverer: Deliverer;
let park: CityCarPark;
let entry: EntryRights;
let follower: Follower;
let answer: Departures;
let questions: Questions;
let here = "";
let count = 0;
const positions = new Map<string, number>();
const warned: string[] = [];
const warn = (text: string): void => void warned.push(text);

beforeAll(async () => {
  let made: Operators | undefined;
  world = await World.open({
    relay: (query, caller) => departureRelay(world.exchange, made ?? expect.fail("not yet"), warn)(query, caller), more: [registerQuestions],
  });
  made = operators = new Operators(world.exchange.departures, world.clock);
  deliverer = startDeliverer({ parts: world.exchange, policy: { allowedOrigins: [] }, schedule: [], newId: () => randomUUID(), warn });
  teller = startPaymentTeller({ parts: world.exchange, operators, newId: () => randomUUID(), warn });
  ({ client } = await linked(world));
  await world.exchange.departures.setEndpoint("OP1", { base: null, token: null });
  await world.exchange.parties.connect("SP2", "OP1");
  await world.ok("OP1", "POST", "/places", place("elsewhere", { "x-capabilities": ["frictionless"] }));
  await world.ok("OP1", "POST", "/rights/specs", spec("elsewhere", ["elsewhere"], { type: "permitParking" }));
});
afterAll(async () => {
  await client.close();
  await teller.close();
  await deliverer.close();
  await operators.close();
  await world.close();
});
beforeEach(async () => {
  world.at += 5 * MINUTE;
  // A place of its own for each: stays begin with s1 everywhere.
  here = `HARBOUR-${(count += 1)}`;
  await world.ok("OP1", "POST", "/places", place(here, { "x-capabilities": ["frictionless", "podba"] }));
  await world.ok("OP1", "POST", "/rights/specs", spec(`${here}.stay`, [here]));
  await world.ok("OP1", "POST", "/rights/specs", spec(`${here}.account`, [here], { type: "permitParking" }));
  await world.ok("OP1", "POST", "/rights/specs", spec(`${here}.suspended`, [here], { type: "permitParking", validity: { validityStatus: "suspended" } }));
  park = await cityCarPark(world.clock, here);
  const options = { client, parks: park.parks, now: world.clock.now, elapsed: () => performance.now(), warn };
  entry = openEntryRights({ ...options, specs: (at) => follower.specs(at) });
  positions.clear();
  follower = openFollower({
    ...options, elapsed: () => world.at, entry, pause: { over: () => true, begin: () => {}, end: () => {} },
    positions: { read: async (at) => positions.get(at) ?? null, write: async (at, seconds) => void positions.set(at, seconds) },
  });
  park.cameras.askBeforeEntry((question) => entry.ask(question));
  answer = openDepartures(park.parks, world.clock.now);
  await follower.turn();
});

let number = 100;
const newPlate = (): string => `LK${number++}INW`;
const iso = (at: number): string => new Date(at).toISOString();
const allRight = (): void => {
  expect(violations(park.state)).toEqual([]);
  expect(booksViolations(foldBooks(park.log), park.state)).toEqual([]);
};
const basisOf = (stay: string) => park.state.rights.visitors.get(stay)?.basis;

describe("at an entry by plate", () => {
  test("a right of the exchange is what the stay is on: the provider pays, the exit opens", async () => {
    const plate = newPlate();
    await world.ok("SP1", "POST", "/rights/assigned", right(`acc-${plate.slice(2, 5)}`, `${here}.account`, plate));
    const stay = await park.enter(plate);
    expect([basisOf(stay), park.state.rights.visitors.get(stay)?.payer]).toEqual(["external", "provider"]);
    world.at += 3 * HOUR;
    await park.sense("X1", ["arming", true]);
    await park.see("X1", plate);
    expect(park.owner.output.lanes.find(({ lane }) => lane === "X1")?.barrier).toBe("open");
    await park.drive("X1");
    expect(JSON.stringify(park.log)).not.toContain(plate);
    allRight();
  });

  test("nobody sold anything, it is over, suspended, of another place, or of another car: as any stranger", async () => {
    const [none, over, suspended, other] = [newPlate(), newPlate(), newPlate(), newPlate()];
    await world.ok("SP1", "POST", "/rights/assigned", right("over", `${here}.account`, over, { expiry: "2026-01-12T00:00:00Z" }));
    await world.ok("SP1", "POST", "/rights/assigned", right("susp", `${here}.suspended`, suspended));
    await world.ok("SP1", "POST", "/rights/assigned", right("else", "elsewhere", other));
    for (const plate of [none, over, suspended, other]) expect(basisOf(await park.enter(plate)), plate).toBe("shortTerm");
    expect(park.state.rights.externals.size).toBe(0);
    allRight();
  });

  test("several rights: the oldest, then the lowest id, whoever sold it; the others are not touched (DEC-28)", async () => {
    const plate = newPlate();
    await world.ok("SP2", "POST", "/rights/assigned", right("several-c", `${here}.account`, plate, { issuanceTime: "2026-01-09T00:00:00Z" }));
    await world.ok("SP1", "POST", "/rights/assigned", right("several-a", `${here}.account`, plate, { issuanceTime: "2026-01-10T00:00:00Z" }));
    await world.ok("SP1", "POST", "/rights/assigned", right("several-b", `${here}.account`, plate, { issuanceTime: "2026-01-09T00:00:00Z" }));
    const stay = await park.enter(plate);
    expect(park.state.rights.visitors.get(stay)?.granted.map(({ right: id }) => id)).toEqual(["several-b"]);
  });

  test("nothing is asked for a plate with a right here", async () => {
    const plate = newPlate();
    await park.give({ type: "AskRights", command: { type: "LearnExternalRight", right: { provider: "APP", right: "own", credential: park.park.desk.refFor({ text: plate as never, country: null }).ref, from: 0, until: world.at + HOUR } } });
    let asked = 0;
    park.cameras.askBeforeEntry((question) => { asked += 1; return openEntryRights({ client: { ask: async () => expect.fail("asked") }, parks: park.parks, specs: () => null, now: world.clock.now, elapsed: () => 0, warn }).ask(question); });
    expect(basisOf(await park.enter(plate))).toBe("external");
    expect(asked).toBe(1);
  });
});

describe("payment on arrival", () => {
  const sale = (id: string, plate: string, minutes: number): Body => ({
    ...session(id, here, plate, { actualStart: iso(world.at), actualEnd: iso(world.at + minutes * MINUTE) }),
    segments: [{
      id: `${id}-a`, version: 1, actualStart: iso(world.at), actualEnd: iso(world.at + minutes * MINUTE), validationType: ["licensePlate"],
      financialTransactions: [{ segmentValue: 3.2, taxIncluded: true, dateCollected: iso(world.at), transactionId: `TX-${id}` }],
    }],
  });

  test("bought while inside: covered from the purchase on, the driver pays what was before; read again, nothing happens", async () => {
    const plate = newPlate();
    const stay = await park.enter(plate);
    world.at += 20 * MINUTE;
    await world.ok("SP1", "POST", "/sessions", sale("bought", plate, 120));
    await follower.turn();
    const learnt = park.log.filter((e) => e.type === "Rights" && e.rights.type === "ExternalRightLearnt");
    expect(learnt).toHaveLength(1);
    world.at += HOUR;
    await park.give({ type: "Tick" });
    const visitor = park.state.rights.visitors.get(stay);
    expect(visitor?.granted).toMatchObject([{ kind: "external", provider: "SP1" }]);
    await follower.turn();
    positions.clear();
    await follower.turn();
    expect(park.log.filter((e) => e.type === "Rights" && e.rights.type === "ExternalRightLearnt")).toHaveLength(1);
    allRight();
  });

  test("bought before it comes, extended, and cancelled: the car park has what the exchange has", async () => {
    const plate = newPlate();
    await world.ok("SP1", "POST", "/sessions", sale("ahead", plate, 60));
    await follower.turn();
    const held = () => [...park.state.rights.externals.values()].flat().filter(({ provider }) => provider === "SP1").map(({ until }) => until - world.at);
    expect(held()).toEqual([60 * MINUTE]);
    const extended = sale("ahead", plate, 60);
    await world.ok("SP1", "PUT", "/sessions/ahead", {
      ...extended, version: 2, actualEnd: iso(world.at + 90 * MINUTE), segments: [...extended.segments, { ...extended.segments[0], id: "ahead-b", actualStart: iso(world.at + 60 * MINUTE), actualEnd: iso(world.at + 90 * MINUTE), financialTransactions: [] }],
    });
    await follower.turn();
    expect(Math.max(...held())).toBe(90 * MINUTE);
    await world.ok("SP1", "DELETE", "/sessions/ahead");
    await follower.turn();
    expect(held().filter((left) => left > 0)).toEqual([]);
    expect(basisOf(await park.enter(plate))).toBe("shortTerm");
    allRight();
  });

  test("the plate of a car that never came is gone a day after its right", async () => {
    const plate = newPlate();
    await world.ok("SP1", "POST", "/sessions", sale("never", plate, 60));
    await follower.turn();
    const rows = [...park.store.vault.values()];
    expect(rows.map(({ eraseAt }) => eraseAt === undefined ? "kept" : eraseAt <= world.at + 25 * HOUR ? "soon" : "later")).toEqual(["soon"]);
  });
});

describe("pay on departure, behind NAT", () => {
  beforeAll(() => {
    const held: ExchangeClient = { ...client, ask: (ask) => client.ask(ask.path === "/operator/questions" ? { ...ask, query: { wait: 1 } } : ask) };
    questions = fetchQuestions({ client: held, answer: (question) => answer(question), warn, pause: () => new Promise((done) => { setTimeout(done, 20); }) });
  });
  afterAll(() => questions.close());

  const ask = (plate: string, client_: "SP1" | "SP2" = "SP1") => world.call(client_, "GET", `/sessions?place=${here}&credential_id=${plate}&start_before=now&end_after=now&expand=all`);
  const due = (found: Body): number => found.segments[0].financialTransactions.find((one: Body) => one.dateCollected === undefined)?.segmentValue;
  /** As apps do it: the segment with its money, and nothing of what the standard has no member for. */
  const pay = (found: Body, tx: string, amount = due(found), by: "SP1" | "SP2" = "SP1") => {
    const [{ id, version, actualStart, validationType, financialTransactions }] = found.segments;
    const paid = financialTransactions.filter((one: Body) => one.dateCollected !== undefined);
    const fresh = { segmentValue: amount, taxIncluded: true, dateCollected: iso(world.at), transactionId: tx, serviceProvider: [{ language: "en", string: `Provider ${by}` }] };
    const segment = { id, version, actualStart, validationType, actualEnd: iso(world.at), financialTransactions: [...paid, fresh] };
    return world.call(by, "PUT", `/sessions/${found.id}`, { id: found.id, actualEnd: iso(world.at), segments: [segment] });
  };
  const state = async (id: string, wanted: string): Promise<void> => {
    for (let n = 0; n < 100; n++) {
      if ((await world.ok("SP1", "GET", `/sessions/${id}?expand=all`))["x-operatorState"] === wanted) return;
      await new Promise((done) => { setTimeout(done, 50); });
    }
    expect.fail(`${id} is not ${wanted}: ${warned.join("; ")}`);
  };

  test("asked, paid once, told twice: the stay is settled, its provider owes, the exit opens", async () => {
    const plate = newPlate();
    const stay = await park.enter(plate);
    world.at += HOUR;
    const found = await ask(plate);
    expect([found.status, found.body.data.length]).toEqual([200, 1]);
    const [owed] = found.body.data;
    expect(owed).toMatchObject({ id: `${here}.${stay}`, segments: [{ financialTransactions: [{ "x-quoteValidUntil": iso(world.at + 3 * MINUTE).replace(".000", "") }] }] });
    // The driver at the exit was asked to pay there, too: nobody else collects now.
    await park.sense("X1", ["arming", true]);
    await park.see("X1", plate);
    expect(park.last("PaymentAsked")?.dueMinor).toBe(due(owed) * 100);
    expect(await park.give({ type: "PresentCredential", lane: "X1" as never, credential: { kind: "paymentCard", ref: "t-1" } })).toMatchObject({ ok: false, error: { type: "stayClaimed" } });
    expect((await pay(owed, "TX-1")).status).toBe(200);
    await state(owed.id, "told");
    expect(park.owner.output.lanes.find(({ lane }) => lane === "X1")?.barrier).toBe("open");
    expect((await pay(owed, "TX-1", due(owed))).status).toBe(200);
    expect(park.log.filter(({ type }) => type === "StayPaymentTaken")).toHaveLength(1);
    expect(park.last("StayPaymentTaken")).toMatchObject({ means: "provider", provider: "Provider SP1", amountMinor: due(owed) * 100, reference: "TX-1" });
    expect(foldBooks(park.log).balances.get("provider:Provider SP1")).toBe(due(owed) * 100);
    expect((await ask(plate)).body.data[0]?.segments[0].financialTransactions).toMatchObject([{ transactionId: "TX-1" }]);
    allRight();
  });

  test("nobody inside: an empty list; at the pay station already: never an empty list", async () => {
    expect((await ask(newPlate())).body.data).toEqual([]);
    const plate = newPlate();
    const stay = await park.enter(plate);
    world.at += HOUR;
    await park.give({ type: "ChooseStay", station: "P1" as never, stay });
    expect((await ask(plate)).status).toBe(502);
    allRight();
  });

  test("two apps are told, the first to pay wins, the other one's is 409; another amount and a late one are refused", async () => {
    const plate = newPlate();
    await park.enter(plate);
    world.at += HOUR;
    const [first, second] = [(await ask(plate)).body.data[0], (await ask(plate, "SP2")).body.data[0]];
    expect((await pay(first, "TX-X", due(first) + 1)).status).toBe(409);
    const replies = await Promise.all([pay(first, "TX-A"), pay(second, "TX-B", due(second), "SP2")]);
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409]);
    await state(first.id, "told");
    expect(park.log.filter(({ type }) => type === "StayPaymentTaken")).toHaveLength(1);
    const other = newPlate();
    await park.enter(other);
    world.at += HOUR;
    const late = (await ask(other)).body.data[0];
    world.at += 4 * MINUTE;
    expect((await pay(late, "TX-L")).status).toBe(409);
    allRight();
  });

  test("paid after the grace: the rest is asked, with what was paid before kept in the session", async () => {
    const plate = newPlate();
    await park.enter(plate);
    world.at += HOUR;
    const first = (await ask(plate)).body.data[0];
    await pay(first, "TX-F");
    await state(first.id, "told");
    world.at += 2 * HOUR;
    const again = (await ask(plate)).body.data[0];
    expect(again.segments[0].financialTransactions).toMatchObject([{ transactionId: "TX-F" }, { segmentValue: due(again) }]);
    expect((await pay(again, "TX-G")).status).toBe(200);
    for (let n = 0; n < 100 && park.log.filter(({ type }) => type === "StayPaymentTaken").length < 2; n++) await new Promise((done) => { setTimeout(done, 50); });
    expect(park.log.filter(({ type }) => type === "StayPaymentTaken")).toHaveLength(2);
    allRight();
  });

  test("paid at the exit's terminal and stayed on: the app asks for the rest and pays it; each payment stays whose it is", async () => {
    const plate = newPlate();
    const stay = await park.enter(plate);
    const tell = sessionSender({
      client, since: 0, now: world.clock.now, stayOf: async () => park.told(stay), plateOf: async () => plate,
      placeOf: () => ({ place: here, currency: park.state.config!.currency, published: true, priceOf: () => null }),
    });
    expect((await tell({})).type).toBe("delivered");
    world.at += HOUR;
    const owed = dueOfStay(park.state, stay, world.at);
    const amountMinor = owed.ok ? owed.value.dueMinor : 0;
    expect(await park.give({ type: "PayStay", stay, amountMinor, means: "terminal", reference: "T-1" })).toMatchObject({ ok: true });
    world.at += 2 * HOUR;
    // Asked before the car park's own payment is told, and told then.
    const found = (await ask(plate)).body.data[0];
    expect((await tell({})).type).toBe("delivered");
    const again = (await ask(plate)).body.data[0];
    expect(again.segments[0].financialTransactions).toMatchObject([{ transactionId: `${found.id}.p1`, segmentValue: amountMinor / 100 }, { segmentValue: due(found) }]);
    expect((await pay(again, "TX-REST")).status).toBe(200);
    await state(found.id, "told");
    expect(park.last("StayPaymentTaken")).toMatchObject({ means: "provider", amountMinor: due(found) * 100, reference: "TX-REST" });
    await park.sense("X1", ["arming", true]);
    await park.see("X1", plate);
    await park.drive("X1");
    expect((await tell({})).type).toBe("delivered");
    const done = await world.ok("OP1", "GET", `/sessions/${found.id}?expand=all`);
    expect(done.segments[0].financialTransactions.map((one: Body) => one.transactionId).sort()).toEqual([`${found.id}.p1`, "TX-REST"].sort());
    expect(done.actualEnd).toBe(iso(world.at).replace(".000", ""));
    allRight();
  });

  test("the car left otherwise before the news: the operator refuses, and the provider gives the money back", async () => {
    const plate = newPlate();
    await park.enter(plate);
    world.at += HOUR;
    const owed = (await ask(plate)).body.data[0];
    await park.give({ type: "DecideRights", command: { type: "StaffRelease", credential: { kind: "plate", ref: park.state.rights.visitors.get(owed.id.split(".").at(-1))!.credential }, reason: "x" } });
    await park.owner.execute({ type: "CloseStay", stay: [...park.state.stays.keys()][0]!, reason: "gone" }, { actor: "amy", at: world.at });
    expect((await pay(owed, "TX-GONE")).status).toBe(200);
    await state(owed.id, "disputed");
    expect(park.log.some(({ type }) => type === "StayPaymentTaken")).toBe(false);
  });
});

test("no plate in a word of warning", () => {
  expect(warned.join("\n")).not.toMatch(/LK\d+INW/);
  expect(SECOND).toBe(1_000);
});
