/** An exchange that is slow, broken, lying or repeating itself: no lane waits for it, nothing false gets into a car park, nothing is lost. */
import { createHmac } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import type { Ask, Answer, LinkFailure } from "../../src/exchange-link/client.ts";
import { openDepartures } from "../../src/exchange-link/departure.ts";
import { type Heard, openDoorbell } from "../../src/exchange-link/doorbell.ts";
import { type EntryRights, LANE_WAIT_MS, openEntryRights } from "../../src/exchange-link/entry.ts";
import { type Follower, openFollower } from "../../src/exchange-link/follow.ts";
import type { Json, JsonObject } from "../../src/exchange-link/json.ts";
import { soldRightIn } from "../../src/exchange-link/sold-rights.ts";
import { subscribed, type Subscription } from "../../src/exchange-link/subscription.ts";
import { DAY, HOUR, MINUTE, SECOND } from "../../src/kernel/instant.ts";
import { err, ok, type Result } from "../../src/kernel/result.ts";
import { type CityCarPark, cityCarPark } from "./city-car-park.ts";

const NOW = Date.UTC(2026, 2, 2, 9, 0, 0);
const PLACE = "P";
type Say = (ask: Ask) => Promise<Result<Answer, LinkFailure>>;
const said = (body: Json, next?: Answer["next"]): Result<Answer, LinkFailure> => ok({ status: 200, body, ...(next ? { next } : {}) });
const list = (data: readonly Json[], more: JsonObject = {}): Json => ({ meta: { referenceInstant: Math.floor(at / SECOND), offset: 0, pageSize: 100, total: data.length }, data, ...more });
const pause = (ms: number) => new Promise<void>((done) => { setTimeout(done, ms); });

let at = NOW;
const clock = { now: () => at };
let park: CityCarPark;
let say: Say;
let entry: EntryRights;
let follower: Follower;
let positions: Map<string, number>;
let asked: Ask[];
const warned: string[] = [];

beforeEach(async () => {
  at = NOW;
  [asked, positions] = [[], new Map([[PLACE, 1]])];
  say = async () => said(list([]));
  const client = { ask: async (ask: Ask) => { asked.push(ask); return await say(ask); } };
  park = await cityCarPark(clock, PLACE);
  const options = { client, parks: park.parks, now: clock.now, elapsed: () => performance.now(), warn: (text: string) => void warned.push(text) };
  entry = openEntryRights({ ...options, specs: () => null });
  follower = openFollower({
    ...options, entry, pause: { over: () => true, begin: () => {}, end: () => {} },
    positions: { read: async (place) => positions.get(place) ?? null, write: async (place, seconds) => void positions.set(place, seconds) },
  });
  park.cameras.askBeforeEntry((question) => entry.ask(question));
});

const iso = (instant: number): string => new Date(instant).toISOString();
const right = (id: string, plate: string, more: JsonObject = {}): JsonObject => ({
  id, version: 1, rightSpecification: { id: "spec", version: 1 }, assignedRightIssuer: { id: "SP1", version: 1 }, issuanceTime: iso(NOW - HOUR), expiry: iso(NOW + 6 * HOUR),
  rightHolder: { credentials: [{ type: "licensePlate", identifier: { id: plate } }] }, ...more,
});
/** The camera looks at the last car for a while; the next one comes later. */
const come = async (plate: string): Promise<string> => { at += 2 * MINUTE; return await park.enter(plate); };
const basisOf = (stay: string) => park.state.rights.visitors.get(stay)?.basis;
const granted = (stay: string) => park.state.rights.visitors.get(stay)?.granted.map((one) => one.right);

describe("at the entry", () => {
  test("a slow exchange: the lane opens after 800 ms without it; the right that comes later is on the open stay, from its own beginning", async () => {
    let answer = (_: Result<Answer, LinkFailure>): void => {};
    say = () => new Promise((done) => { answer = done; });
    const began = performance.now();
    const stay = await park.enter("SLOW1");
    const took = performance.now() - began;
    expect([took >= LANE_WAIT_MS - 20, took < LANE_WAIT_MS + 700, basisOf(stay), granted(stay)]).toEqual([true, true, "shortTerm", []]);
    answer(said(list([right("late", "SLOW1")])));
    await entry.settled();
    expect(granted(stay)).toEqual(["late"]);
    at += 2 * HOUR;
    await park.sense("X1", ["arming", true]);
    await park.see("X1", "SLOW1");
    expect(park.owner.output.lanes.find(({ lane }) => lane === "X1")?.barrier).toBe("open");
  });

  test("late, and the car has backed out: nothing is learnt and its plate is not kept for it", async () => {
    let answer = (_: Result<Answer, LinkFailure>): void => {};
    say = () => new Promise((done) => { answer = done; });
    await park.sense("E1", ["arming", true]);
    await park.see("E1", "BACK1");
    await park.sense("E1", ["arming", false]);
    at += 10 * SECOND;
    await park.give({ type: "Tick" });
    answer(said(list([right("late", "BACK1")])));
    await entry.settled();
    expect(park.state.rights.externals.size).toBe(0);
  });

  test("three in a row without an answer: nobody waits any more, and everybody is still asked; one in time ends it", async () => {
    say = async () => { await pause(LANE_WAIT_MS + 100); return err({ type: "unreachable", why: "late", status: null }); };
    for (const plate of ["OUT1AA", "BB2OUT", "3CCOUT"]) await come(plate);
    const began = performance.now();
    await come("OU4DDT");
    expect([performance.now() - began < LANE_WAIT_MS - 300, asked.length]).toEqual([true, 4]);
    say = async () => said(list([right("back", "EE55OU")]));
    const quick = await come("EE55OU");
    await entry.settled();
    // Not waited for, but attached.
    expect([basisOf(quick), granted(quick)]).toEqual(["shortTerm", ["back"]]);
    say = async () => said(list([right("well", "6FFTUO")]));
    expect(basisOf(await come("6FFTUO"))).toBe("external");
  });

  test("500, refusals, not JSON, wrong shapes, rights of other plates and odd times: a stranger like any other", async () => {
    const answers: readonly ((plate: string) => Result<Answer, LinkFailure>)[] = [
      () => err({ type: "unreachable", why: "failing", status: 500 }), () => err({ type: "refused", at: "resource", status: 403, detail: null }),
      () => err({ type: "notUnderstood", why: "notJson", status: 200 }), () => said(null), () => said([]), () => said({ data: 7 }), () => said({ data: [null, 1, "x", {}, []] }),
      () => said(list([right("r", "OTHER")])), (plate) => said(list([right("r", plate, { expiry: "tomorrow" })])), (plate) => said(list([right("r", plate, { expiry: iso(NOW - MINUTE) })])),
      (plate) => said(list([right("r", plate, { issuanceTime: iso(NOW + 5 * HOUR) })])), (plate) => said(list([right("r", plate, { assignedRightIssuer: null })])),
      (plate) => said(list([right(`r ${plate}`, plate)])), (plate) => said(list([right(`r.${plate}`, plate)])),
      (plate) => said(list([right("r", plate, { plannedUses: [{ startTime: iso(NOW - HOUR), endTime: iso(NOW + HOUR), cancelTime: iso(NOW - MINUTE) }] })])),
      (plate) => said(list([right("r", plate, { rightHolder: { credentials: [{ type: "ticket", identifier: { id: plate } }] } })])),
    ];
    for (const [n, answer] of answers.entries()) {
      const plate = `${"ABCDEFGHIJKLMNPQ"[n]}${"QPNMLKJIHGFEDCBA"[n]}${n * 37 + 100}X`;
      say = async () => answer(plate);
      expect(basisOf(await come(plate)), `${n}`).toBe("shortTerm");
    }
    expect([park.state.rights.externals.size, asked.length]).toEqual([0, answers.length]);
  });

  test("a right whose id is the plate is not taken: it would stand in the journal", () => {
    expect(soldRightIn(right("r-ab12xyz-1", "AB12 XYZ"))).toBeUndefined();
    expect(soldRightIn(right("r-1", "AB12 XYZ"))).toMatchObject({ plates: [{ text: "AB12XYZ" }] });
  });

  test("away when the car came: asked again when it is back, once", async () => {
    say = async () => err({ type: "unreachable", why: "notConnected", status: null });
    const stay = await park.enter("AWAY1");
    say = async ({ path, query }) => said(list(path === "/rights/assigned" && query?.["credential_id"] === "AWAY1" ? [right("found", "AWAY1")] : []));
    await follower.turn();
    expect(granted(stay)).toEqual(["found"]);
    asked = [];
    await follower.turn();
    expect(asked.filter(({ query }) => query?.["credential_id"] !== undefined)).toEqual([]);
  });
});

describe("following", () => {
  const learnt = () => park.log.filter((e) => e.type === "Rights" && e.rights.type === "ExternalRightLearnt").length;
  const follow = (data: readonly Json[], more: JsonObject = {}): void => { say = async ({ path }) => said(path === "/rights/assigned" ? list(data, more) : list([{ id: "spec" }])); };

  test("doubled, out of order, on two pages, again and again: learnt once, as it was last", async () => {
    const stay = await park.enter("DUP1");
    const first = right("dup", "DUP1", { expiry: iso(NOW + HOUR) });
    const second = right("dup", "DUP1", { expiry: iso(NOW + 3 * HOUR) });
    say = async ({ path, query }) => said(path !== "/rights/assigned" ? list([{ id: "spec" }]) : list([query?.["after"] ? second : first]), path === "/rights/assigned" && !query?.["after"] ? { after: "1" } : undefined);
    await follower.turn();
    const once = learnt();
    follow([second, second]);
    await follower.turn();
    await follower.turn();
    expect([once, learnt(), granted(stay), positions.get(PLACE)]).toEqual([2, 2, ["dup"], NOW / SECOND]);
  });

  test("a specification that was published after we had read them, and one that is suspended by then", async () => {
    const stay = await come("NEW1SP");
    const second = await come("TW2SUS");
    say = async () => said(list([]));
    await follower.turn();
    say = async ({ path }) => said(list(path === "/rights/assigned"
      ? [right("new", "NEW1SP", { rightSpecification: { id: "young" } }), right("off", "TW2SUS", { rightSpecification: { id: "off" } })]
      : [{ id: "young", validity: { validityStatus: "active" } }, { id: "off", validity: { validityStatus: "suspended" } }]));
    await follower.turn();
    expect([granted(stay), granted(second)]).toEqual([["new"], []]);
  });

  test("the position stays where it was until all is in the journal, and when a page is broken", async () => {
    await park.enter("POS1");
    say = async ({ path, query }) => (path !== "/rights/assigned" ? said(list([{ id: "spec" }])) : query?.["after"] ? err({ type: "unreachable", why: "gateway", status: 502 }) : said(list([right("p", "POS1")]), { after: "1" }));
    await follower.turn();
    expect([positions.get(PLACE), learnt()]).toEqual([1, 0]);
    say = async () => said({ data: [], meta: {} });
    await follower.turn();
    expect(positions.get(PLACE)).toBe(1);
    follow([right("p", "POS1")]);
    await follower.turn();
    expect([positions.get(PLACE), learnt()]).toEqual([NOW / SECOND, 1]);
  });

  test("deleted, and deleted before we knew it: revoked once; a right for years is not held for who is not here", async () => {
    await park.enter("DEL1");
    follow([right("del", "DEL1"), right("years", "NOTHERE", { expiry: iso(NOW + 900 * DAY) })]);
    await follower.turn();
    expect(park.state.rights.externals.size).toBe(1);
    follow([], { deletedReferences: [{ id: "del" }, { id: "never" }] });
    await follower.turn();
    await follower.turn();
    expect(park.log.filter((e) => e.type === "Rights" && e.rights.type === "ExternalRightRevoked")).toHaveLength(1);
  });

  test("so far back that nobody says what was deleted: what we hold is asked one by one", async () => {
    await park.enter("FAR1");
    follow([right("far", "FAR1")]);
    await follower.turn();
    say = async ({ path, query }) => {
      if (path === "/rights/assigned/far") return err({ type: "refused", at: "resource", status: 404, detail: null });
      if (path === "/rights/assigned" && Number(query?.["modified_since"]) < NOW / SECOND + 100) return err({ type: "refused", at: "resource", status: 400, detail: null });
      return said(list([]));
    };
    at += 30 * DAY;
    positions.set(PLACE, 1);
    await follower.turn();
    at -= 30 * DAY;
    positions.set(PLACE, 1);
    at += 5 * MINUTE;
    await follower.turn();
    expect(park.log.filter((e) => e.type === "Rights" && e.rights.type === "ExternalRightRevoked")).toHaveLength(1);
    expect(positions.get(PLACE)).toBeGreaterThan(1);
  });
});

describe("the doorbell", () => {
  const SECRET = `whsec_${Buffer.from("a secret of a test, 32 bytes long").toString("base64")}`;
  let rung: number;
  const bell = () => openDoorbell(() => SECRET, clock.now, () => { rung += 1; });
  const sign = (id: string, time: number, body: string, secret = SECRET): string =>
    `v1,${createHmac("sha256", Buffer.from(secret.slice(6), "base64")).update(`${id}.${time}.${body}`).digest("base64")}`;
  beforeEach(() => { rung = 0; });

  test("rings for what is signed, now, and new; nothing else", () => {
    const here = bell();
    const time = NOW / SECOND;
    const hear = (id: string, timestamp: string, signature: string, body = "{}"): Heard => here.hear({ id, timestamp, signature, body });
    expect(hear("m1", String(time), sign("m1", time, "{}"))).toBe("rung");
    expect(hear("m1", String(time), sign("m1", time, "{}"))).toBe("repeated");
    expect(hear("m2", String(time), `v1,AAAA ${sign("m2", time, "{}")}`)).toBe("rung");
    expect(hear("m3", String(time), sign("m3", time, "{}"), "{\"x\":1}")).toBe("forged");
    expect(hear("m4", String(time), sign("m4", time, "{}", `whsec_${Buffer.from("another").toString("base64")}`))).toBe("forged");
    expect(hear("m5", String(time - 301), sign("m5", time - 301, "{}"))).toBe("stale");
    expect(hear("m6", "soon", sign("m6", time, "{}"))).toBe("unsigned");
    expect(hear("m7", String(time), "v1a,xx")).toBe("forged");
    expect(rung).toBe(2);
    expect(openDoorbell(() => null, clock.now, () => { rung += 1; }).hear({ id: "m", timestamp: String(time), signature: sign("m", time, "{}"), body: "{}" })).toBe("unsigned");
  });

  test("a subscription is made once, and anew when it is gone or we have moved; one without a secret is none", async () => {
    let kept: Subscription | null = null;
    const store = { read: () => kept, write: (one: Subscription) => { kept = one; } };
    const client = { ask: async (ask: Ask) => { asked.push(ask); return await say(ask); } };
    say = async ({ method }) => said(method === "POST" ? { id: `s${asked.length}`, secret: SECRET } : {});
    expect(await subscribed(client, store, "https://city.example/exchange/events", [PLACE])).toMatchObject({ ok: true, value: { id: "s1" } });
    await subscribed(client, store, "https://city.example/exchange/events", [PLACE]);
    expect(asked.map(({ method }) => method)).toEqual(["POST", "GET"]);
    await subscribed(client, store, "https://moved.example/exchange/events", [PLACE]);
    expect(asked.slice(2).map(({ method }) => method)).toEqual(["DELETE", "POST"]);
    kept = null;
    say = async () => said({ id: "s" });
    expect(await subscribed(client, store, "https://city.example/exchange/events", [PLACE])).toMatchObject({ ok: false });
    expect(kept).toBeNull();
  });
});

describe("questions that no app would ask", () => {
  const answerTo = (method: string, path: string, body: string | null = null) => openDepartures(park.parks, clock.now)({ method, path, body });

  test("wrong places, paths, ids, bodies and amounts: 4xx with a body, and nothing happens", async () => {
    const stay = await park.enter("ODD1");
    at += HOUR;
    const before = park.log.length;
    const paid = (more: JsonObject): string => JSON.stringify({ segments: [{ financialTransactions: [{ segmentValue: 5, dateCollected: iso(at), transactionId: "T", ...more }] }] });
    const odd: readonly (readonly [string, string, string | null])[] = [
      ["GET", "/sessions?place=Q&credential_id=ODD1", null], ["GET", "/elsewhere", null], ["DELETE", `/sessions/${PLACE}.${stay}`, null], ["GET", "//", null], ["PUT", "/sessions/%E0%A4%A", "{}"],
      ["PUT", "/sessions/Q.s1", "{}"], ["PUT", `/sessions/${PLACE}.${stay}`, "[1"], ["PUT", `/sessions/${PLACE}.${stay}`, null], ["PUT", `/sessions/${PLACE}.${stay}`, "{\"a\":1,\"a\":2}"],
      ["PUT", `/sessions/${PLACE}.${stay}`, paid({ segmentValue: "5" })], ["PUT", `/sessions/${PLACE}.${stay}`, paid({ segmentValue: -5 })], ["PUT", `/sessions/${PLACE}.${stay}`, paid({ segmentValue: 5.001 })],
      ["PUT", `/sessions/${PLACE}.${stay}`, paid({ dateCollected: "now" })], ["PUT", `/sessions/${PLACE}.${stay}`, paid({ transactionId: "a b\n" })], ["PUT", `/sessions/${PLACE}.${stay}`, paid({})], ["PUT", `/sessions/${PLACE}.s99`, paid({})],
    ];
    for (const [method, path, body] of odd) {
      const { status, body: answer } = await answerTo(method, path, body);
      expect([status >= 400 && status < 500, typeof answer["message"]], `${method} ${path} ${body}`).toEqual([true, "string"]);
    }
    expect(park.log).toHaveLength(before);
  });

  test("a stranger's look-alike plate is not told what this one owes; a ticket is found by its number", async () => {
    await park.enter("AB12OOO");
    at += HOUR;
    expect((await answerTo("GET", `/sessions?place=${PLACE}&credential_id=AB120OO`)).body).toMatchObject({ data: [] });
    expect((await answerTo("GET", `/sessions?place=${PLACE}&credential_id=ab12%20ooo`)).body).toMatchObject({ data: [{ identifiedCredentials: [{ identifier: { id: "AB12OOO" } }] }] });
  });

  test("a stay that a provider pays by its right: its payment is booked, before the exit and after, once", async () => {
    say = async () => said(list([right("acc", "PROV1")]));
    const stay = await park.enter("PROV1");
    at += HOUR;
    await park.sense("X1", ["arming", true]);
    await park.see("X1", "PROV1");
    await park.sense("X1", ["underArm", true], ["arming", false], ["closing", true], ["underArm", false], ["closing", false]);
    expect(park.state.rights.openByCredential.size).toBe(0);
    const body = JSON.stringify({ segments: [{ financialTransactions: [{ segmentValue: 10.8, dateCollected: iso(at), transactionId: "TX-9", serviceProvider: [{ language: "en", string: "Provider 1" }] }] }] });
    expect((await answerTo("PUT", `/sessions/${PLACE}.${stay}`, body)).status).toBe(200);
    expect((await answerTo("PUT", `/sessions/${PLACE}.${stay}`, body)).status).toBe(200);
    expect(park.log.filter(({ type }) => type === "StayPaymentTaken")).toMatchObject([{ means: "provider", provider: "SP1", amountMinor: 1080 }]);
  });
});

test("no plate is in a warning or in the journal", () => {
  expect(warned.join("\n")).not.toMatch(/SLOW1|OUT1AA|BB2OUT|AQ100X|AWAY1|POS1|FAR1/);
  expect(JSON.stringify(park.log)).not.toMatch(/PROV1|AB12/);
});
