/** The use cases as conversations: pay on arrival, check-in and check-out, frictionless, pay on departure. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Body, NOW, place, plate, rates, right, session, spec, World } from "./harness.ts";

let world: World;
beforeAll(async () => { world = await World.open(); });
afterAll(async () => { await world?.close(); });
beforeEach(() => { world.at = NOW; });

const seconds = (iso: string): number => Date.parse(iso) / 1000;
const rightsOf = async (place: string, vrm: string, more = ""): Promise<Body[]> => (await world.ok("OP1", "GET", `/rights/assigned?place=${place}&credential_id=${vrm}${more}`)).data;

describe("payment on arrival", () => {
  beforeAll(async () => { await world.parking("poa"); });

  test.each([
    ["an unknown place", { hierarchyElement: { id: "nowhere", version: 1 } }, 400, ["nowhere"]],
    ["no place", { hierarchyElement: null }, 400, undefined],
    ["no credential", { identifiedCredentials: [] }, 400, undefined],
    ["no segments", { segments: [] }, 400, undefined],
    ["an end before the start", { actualEnd: "2026-01-15T13:10:02Z" }, 400, undefined],
    ["a start two days ahead", { actualStart: "2026-01-17T13:10:02Z", actualEnd: "2026-01-17T14:10:02Z" }, 400, undefined],
    ["a right that is not there", { segments: [{ id: "s", version: 1, actualStart: "2026-01-15T13:10:02Z", validationType: ["licensePlate"], assignedRight: { id: "none", version: 1 } }] }, 400, ["none"]],
  ])("a session with %s is refused and leaves nothing", async (_name, more, code, ids) => {
    const answer = await world.call("SP1", "POST", "/sessions", session("refused", "poa", "REF1", more as Record<string, unknown>));
    expect(answer.body).toMatchObject({ status: "error", code, ...(ids ? { ids } : {}) });
    expect((await world.call("SP1", "GET", "/sessions/refused")).status).toBe(404);
    expect(await rightsOf("poa", "REF1")).toEqual([]);
  });

  test("who may not post is told so; who is not connected too", async () => {
    const body = session("who", "poa", "WHO1");
    expect((await world.call("ES1", "POST", "/sessions", body)).status).toBe(403);
    expect((await world.call("AD", "POST", "/sessions", body)).status).toBe(403);
    expect((await world.call("OP1", "POST", "/sessions", body)).status).toBe(403);
    expect((await world.call("SP2", "POST", "/sessions", body)).status).toBe(403);
  });

  test("an extension moves the expiry; leaving the first segment out takes its money along", async () => {
    await world.ok("SP1", "POST", "/sessions", session("ext", "poa", "EXT1"));
    const [before] = await rightsOf("poa", "EXT1");
    const [first] = session("ext", "poa", "EXT1").segments;
    const second = { ...first, id: "ext-b", actualStart: "2026-01-15T14:10:02Z", actualEnd: "2026-01-15T15:10:02Z", financialTransactions: [{ ...first.financialTransactions[0], transactionId: "TX-b" }] };
    await world.ok("SP1", "PUT", "/sessions/ext", { version: 2, actualEnd: "2026-01-15T15:10:02Z", segments: [first, second] });
    const [extended] = await rightsOf("poa", "EXT1");
    expect(extended).toMatchObject({ id: before.id, version: 2, expiry: "2026-01-15T15:10:02Z", monetaryValue: { value: { currencyValue: 6.4 } } });
    await world.ok("SP1", "PUT", "/sessions/ext", { version: 3, actualStart: "2026-01-15T14:10:02Z", segments: [second] });
    const [shortened] = await rightsOf("poa", "EXT1");
    expect(shortened).toMatchObject({ issuanceTime: "2026-01-15T14:10:02Z", monetaryValue: { value: { currencyValue: 3.2 } } });
    expect(shortened.payments.map((one: { transactionID: string }) => one.transactionID)).toEqual(["TX-b"]);
  });

  test("a session taken back takes its right along, and the trail stays", async () => {
    await world.ok("SP1", "POST", "/sessions", session("back", "poa", "BACK1"));
    const [found] = await rightsOf("poa", "BACK1");
    await world.ok("SP1", "DELETE", "/sessions/back");
    expect(await rightsOf("poa", "BACK1")).toEqual([]);
    expect((await world.call("AD", "GET", `/rights/assigned/${found.id}?version=1`)).body).toMatchObject({ id: found.id, "x-receivedAt": expect.any(String) });
  });

  test("two providers' rights for one plate are both there; a right sent inside its segment is made with it", async () => {
    const embedded = session("emb", "poa", "EMB1");
    embedded.segments[0].assignedRight = right("emb-right", "spec-poa", "EMB1", { expiry: "2026-01-15T14:10:02Z" });
    await world.ok("SP1", "POST", "/sessions", embedded);
    expect((await world.ok("SP1", "GET", "/sessions/emb?expand=all")).segments[0].assignedRight).toEqual({ id: "emb-right", version: 1 });
    await world.ok("SP1", "POST", "/sessions", session("emb-2", "poa", "EMB1"));
    expect(await rightsOf("poa", "EMB1")).toHaveLength(2);
  });

  test("the specification asked first by its priority is taken, and its choice is told", async () => {
    await world.ok("OP1", "POST", "/places", place("choice"));
    await world.ok("OP1", "POST", "/rights/specs", spec("c-late", ["choice"], { rateEligibility: [{ id: "e", version: 1, priority: 2 }] }));
    await world.ok("OP1", "POST", "/rights/specs", spec("c-first", ["choice"], { rateEligibility: [{ id: "e", version: 1, priority: 1 }] }));
    const answer = await world.call("SP1", "POST", "/sessions", session("cho", "choice", "CHO1"));
    expect([answer.status, answer.body.message, answer.headers["x-lint"]]).toEqual([201, expect.stringContaining("c-first"), expect.stringContaining("specChosen")]);
    expect((await rightsOf("choice", "CHO1"))[0].rightSpecification.id).toBe("c-first");
    await world.ok("OP1", "POST", "/places", place("empty"));
    expect((await world.call("SP1", "POST", "/sessions", session("emp", "empty", "EMP1"))).body).toMatchObject({ code: 400, ids: ["empty"] });
  });
});

describe("the posted price", () => {
  test.each([
    ["as the table says", 3.2, undefined], ["with a pound too much", 4.2, { differs: true, posted: 4.2, expected: 3.2, currency: "GBP", rateTable: { id: "pr-rates", version: 1 } }],
    ["for nothing", 0, { differs: true, posted: 0, expected: 3.2, currency: "GBP", rateTable: { id: "pr-rates", version: 1 } }],
  ])("%s is kept as posted, and a difference is told", async (_name, segmentValue, check) => {
    const id = `pr-${segmentValue}`;
    if (segmentValue === 3.2) {
      await world.ok("OP1", "POST", "/places", place("priced"));
      await world.ok("OP1", "POST", "/rates", rates("pr-rates"));
      await world.ok("OP1", "POST", "/rights/specs", spec("pr-spec", ["priced"], { rateEligibility: [{ rateTable: { id: "pr-rates", version: 1 } }] }));
    }
    const body = session(id, "priced", "PRC1", { "x-priceCheck": { differs: false } });
    body.segments[0].financialTransactions[0].segmentValue = segmentValue;
    const answer = await world.call("SP1", "POST", "/sessions", body);
    expect([answer.status, String(answer.headers["x-lint"]).includes("priceDiffers")]).toEqual([201, check !== undefined]);
    const stored = await world.ok("OP1", "GET", `/sessions/${id}?expand=all`);
    expect([stored["x-priceCheck"], stored.segments[0].financialTransactions[0].segmentValue]).toEqual([check, segmentValue]);
  });
});

describe("check-in and check-out", () => {
  beforeAll(async () => { await world.parking("cico"); });

  test("a running session holds a right with an end; checking out moves it", async () => {
    await world.ok("SP1", "POST", "/sessions", session("in", "cico", "IN1", { actualEnd: undefined }));
    expect((await rightsOf("cico", "IN1"))[0].expiry).toBe("2026-01-16T13:10:02Z");
    expect((await world.ok("ES1", "GET", `/sessions?credential_id=in1&end_after=${seconds("2030-01-01T00:00:00Z")}`)).meta.total).toBe(1);
    expect((await world.ok("ES1", "GET", `/sessions?credential_id=in1&end_before=${seconds("2030-01-01T00:00:00Z")}`)).meta.total).toBe(0);
    expect((await world.ok("SP1", "GET", "/sessions/in"))["x-overdue"]).toBeUndefined();
    await world.ok("SP1", "POST", "/sessions", session("late", "cico", "LATE1", { actualEnd: undefined, actualStart: "2026-01-14T10:00:00Z", "x-nominalEnd": "2026-01-14T12:00:00Z",
      segments: [{ id: "a", version: 1, actualStart: "2026-01-14T10:00:00Z", validationType: ["licensePlate"] }] }));
    expect(await world.ok("OP1", "GET", "/sessions/late")).toMatchObject({ "x-overdue": true });
    expect((await rightsOf("cico", "LATE1"))[0].expiry).toBe("2026-01-14T12:00:00Z");
    await world.ok("SP1", "PUT", "/sessions/in", { version: 2, actualEnd: "2026-01-15T16:00:00Z" });
    expect((await rightsOf("cico", "IN1"))[0]).toMatchObject({ expiry: "2026-01-15T16:00:00Z", version: 2 });
    expect((await world.call("SP1", "PUT", "/sessions/in", { version: 2, actualEnd: "2026-01-15T16:00:00Z" })).status).toBe(200);
    expect((await world.call("SP1", "PUT", "/sessions/in", { version: 2, actualEnd: "2026-01-15T17:00:00Z" })).status).toBe(409);
    expect((await world.call("SP1", "PUT", "/sessions/unknown", { version: 2, actualEnd: "2026-01-15T17:00:00Z" })).status).toBe(404);
  });
});

describe("frictionless", () => {
  beforeAll(async () => {
    await world.parking("fric", { "x-capabilities": ["frictionless"] });
    await world.ok("SP1", "POST", "/rights/assigned", right("fr-1", "spec-fric", "BD18 SMR"));
  });

  const entry = (id: string, vrm: string, rightId: string | null): object => ({
    id, version: 1, actualStart: "2026-01-15T13:05:00Z", hierarchyElement: { id: "fric", version: 1 }, identifiedCredentials: [plate(vrm)],
    segments: [{ id: `${id}-a`, version: 1, actualStart: "2026-01-15T13:05:00Z", validationType: ["licensePlate"], ...(rightId === null ? {} : { assignedRight: { id: rightId, version: 1 } }) }],
  });
  const exit = (id: string, money: object[], rightId = "fr-1"): object => ({
    actualEnd: "2026-01-15T15:23:01Z",
    segments: [{ id: `${id}-a`, version: 1, actualStart: "2026-01-15T13:05:00Z", actualEnd: "2026-01-15T15:23:01Z", validationType: ["licensePlate"], assignedRight: { id: rightId, version: 1 }, financialTransactions: money }],
  });
  const due = { segmentValue: 10.8, taxIncluded: true };
  const paid = (transactionId: string, value = 10.8): object => ({ segmentValue: value, taxIncluded: true, dateCollected: "2026-01-15T15:24:00Z", transactionId });

  test("the amount due and the payment show in the right; nobody pays twice, nobody changes what is paid", async () => {
    expect((await world.ok("OP1", "GET", "/rights/assigned?place=fric&credential_id=bd18smr&start_before=now&end_after=now")).data).toHaveLength(1);
    await world.ok("OP1", "POST", "/sessions", entry("f1", "BD18SMR", "fr-1"));
    expect((await world.call("SP1", "GET", "/sessions/f1")).status).toBe(200);
    expect((await world.call("SP2", "GET", "/sessions/f1")).status).toBe(404);
    expect((await world.call("SP1", "DELETE", "/rights/assigned/fr-1")).body).toMatchObject({ code: 409, ids: ["f1"] });
    await world.ok("OP1", "PUT", "/sessions/f1", { version: 2, ...exit("f1", [due]) });
    expect((await world.ok("SP1", "GET", "/rights/assigned/fr-1")).monetaryValue.value.currencyValue).toBe(10.8);
    expect((await world.call("SP1", "PUT", "/sessions/f1", { version: 3, ...exit("f1", [paid("T1", 9)]) })).body).toMatchObject({ code: 409, ids: ["f1"] });
    expect((await world.call("SP1", "PUT", "/sessions/f1", { version: 3, ...exit("f1", [paid("T1")]) })).status).toBe(200);
    expect((await world.ok("OP1", "GET", "/sessions/f1?expand=all")).segments[0].financialTransactions).toEqual([paid("T1")]);
    expect((await world.ok("OP1", "GET", "/rights/assigned/fr-1")).payments).toMatchObject([{ transactionID: "T1" }]);
    expect((await world.call("SP1", "PUT", "/sessions/f1", { version: 3, ...exit("f1", [paid("T1")]) })).status).toBe(200);
    expect((await world.call("SP1", "PUT", "/sessions/f1", { version: 4, ...exit("f1", [paid("T2")]) })).status).toBe(409);
    expect((await world.call("OP1", "PUT", "/sessions/f1", { version: 4, ...exit("f1", [due]) })).status).toBe(409);
    expect((await world.call("OP1", "PUT", "/sessions/f1", { version: 4, ...exit("f1", [paid("T1"), { segmentValue: -2, taxIncluded: true }]) })).status).toBe(200);
    expect((await world.ok("ES1", "GET", "/sessions/f1?expand=all")).segments[0].financialTransactions).toBeUndefined();
  });

  test("a provider changes nothing but its payment", async () => {
    await world.ok("OP1", "POST", "/sessions", entry("f2", "BD18SMR", "fr-1"));
    expect((await world.call("SP1", "PUT", "/sessions/f2", { version: 2, identifiedCredentials: [plate("OTHER1")] })).status).toBe(403);
    expect((await world.call("SP1", "DELETE", "/sessions/f2")).status).toBe(403);
    await world.ok("OP1", "DELETE", "/sessions/f2");
  });

  test.each([["another plate", "XX99 YYY", "fr-1"], ["no such right", "BD18SMR", "fr-none"]])("an entry with a right for %s is refused", async (_name, vrm, rightId) => {
    expect((await world.call("OP1", "POST", "/sessions", entry("f3", vrm, rightId))).body).toMatchObject({ code: 400, ids: [rightId] });
  });

  test("an expired right is not found and not usable; a session without a right is a fact", async () => {
    await world.ok("SP1", "POST", "/rights/assigned", right("fr-old", "spec-fric", "OLD1", { expiry: "2026-01-12T00:00:00Z" }));
    expect((await world.ok("OP1", "GET", "/rights/assigned?place=fric&credential_id=OLD1&start_before=now&end_after=now")).data).toEqual([]);
    expect((await world.call("OP1", "POST", "/sessions", entry("f4", "OLD1", "fr-old"))).status).toBe(400);
    expect((await world.call("OP1", "POST", "/sessions", entry("f5", "OLD1", null))).status).toBe(201);
  });
});

describe("pay on departure", () => {
  test("an amount stands as long as it says; the first of two payers wins", async () => {
    await world.parking("podba", { "x-capabilities": ["podba"] });
    const body = (money: object[]): object => ({
      id: "pod", actualStart: "2026-01-15T10:00:00Z", hierarchyElement: { id: "podba", version: 1 }, identifiedCredentials: [plate("POD1")],
      segments: [{ id: "a", version: 1, actualStart: "2026-01-15T10:00:00Z", validationType: ["licensePlate"], financialTransactions: money }],
    });
    const due = { segmentValue: 4.2, taxIncluded: true, "x-quoteValidUntil": "2026-01-15T13:05:00Z" };
    await world.ok("OP1", "POST", "/sessions", { version: 1, ...body([due]) });
    const paid = { segmentValue: 4.2, taxIncluded: true, dateCollected: "2026-01-15T13:01:00Z", transactionId: "P1" };
    // The provider that asked for the stay is a party to it: that is recorded by the relay.
    for (const provider of ["SP1", "SP2"]) await world.exchange.writes.admitReader("pod", provider);
    world.at = Date.parse("2026-01-15T13:06:00Z");
    expect((await world.call("SP1", "PUT", "/sessions/pod", { version: 2, ...body([paid]) })).body.message).toContain("amount expired");
    world.at = NOW;
    expect((await world.call("SP1", "PUT", "/sessions/pod", { version: 2, ...body([paid]) })).status).toBe(200);
    expect((await world.call("SP2", "PUT", "/sessions/pod", { version: 2, ...body([{ ...paid, transactionId: "P2" }]) })).status).toBe(409);
  });
});
