import { createServer as createHttp, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import fc from "fast-check";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { randomUUID } from "node:crypto";
import { type Deliverer, startDeliverer } from "../../src/exchange/delivery/deliverer.ts";
import { endpointOf, isPublicAddress } from "../../src/exchange/delivery/endpoint.ts";
import { registerWebhooks } from "../../src/exchange/http/webhooks.ts";
import { type Body, right, session, World } from "./harness.ts";

const RIGHTS = ["AssignedRightCreated", "AssignedRightUpdated", "AssignedRightDeleted"];
const SCHEDULE = [5_000, 300_000];

type Got = { readonly path: string; readonly method: string; readonly headers: Record<string, string>; readonly text: string; readonly json: Body };

/** A subscriber: keeps what it is sent, answers as told. */
class Receiver {
  readonly got: Got[] = [];
  answer: (got: Got) => number | null = () => 200;
  #server: Server | undefined;
  origin = "";

  async open(): Promise<this> {
    const server = createHttp((request, response) => {
      let text = "";
      request.on("data", (chunk: Buffer) => { text += chunk.toString(); });
      request.on("end", () => {
        const got = { path: request.url ?? "", method: request.method ?? "", headers: request.headers as Record<string, string>, text, json: JSON.parse(text) as Body };
        this.got.push(got);
        const status = this.answer(got);
        if (status !== null) response.writeHead(status).end();
      });
    });
    await new Promise<void>((done) => { server.listen(0, "127.0.0.1", done); });
    this.#server = server;
    this.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return this;
  }

  at = (path: string): readonly Got[] => this.got.filter((one) => one.path === path);
  topics = (path: string, id: string): readonly string[] => this.at(path).filter(({ json }) => json.data?.[0]?.id === id).map(({ json }) => json.topic as string);

  async close(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((done) => { this.#server?.close(done); });
  }
}

let world: World;
let receiver: Receiver;
const running: Deliverer[] = [];
const warned: string[] = [];
let names = 0;

beforeAll(async () => {
  receiver = await new Receiver().open();
  world = await World.open({ more: [(app, parts, auth) => registerWebhooks(app, { parts, auth, policy: { allowedOrigins: [receiver.origin] }, newId: () => randomUUID() })] });
  await world.parking("street");
  start();
});
vi.setConfig({ testTimeout: 60_000 });
afterAll(async () => {
  for (const one of running) await one.close();
  await world.close();
  await receiver.close();
});
beforeEach(() => { receiver.answer = () => 200; });

const start = (): void => void running.push(startDeliverer({
  parts: world.exchange, policy: { allowedOrigins: [receiver.origin] }, schedule: SCHEDULE, newId: () => randomUUID(), warn: (text) => void warned.push(text),
}));

async function subscribe(client: "OP1" | "OP2" | "SP1" | "SP2" | "ES1", path: string, topics: readonly string[], more: object = {}): Promise<{ id: string; secret: string }> {
  return await world.ok(client, "POST", "/webhooks", { endpoint: `${receiver.origin}${path}`, topics, ...more }) as { id: string; secret: string };
}

const newRight = async (): Promise<string> => {
  const id = `right-${++names}`;
  await world.ok("SP1", "POST", "/rights/assigned", right(id, "spec-street", `AB${names}XYZ`));
  return id;
};

/** Bounded: looks again until it holds. */
async function until(holds: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (let n = 0; n < 1_000; n++) {
    if (await holds()) return;
    await new Promise((done) => { setTimeout(done, 20); });
  }
  throw new Error(`not within 20 s: ${what}`);
}
/** An attempt counts once it is written down; a clock moved on before that would leave its delivery in the past. */
async function failedTimes(subscription: string, object: string, times: number): Promise<void> {
  await until(async () => {
    const { rows } = await world.exchange.database.owner.query<{ attempts: number }>(
      "select attempts from exchange.delivery where subscription = $1 and object_id = $2 order by id limit 1", [subscription, object]);
    return rows[0]?.attempts === times;
  }, `${times} failures of ${object}`);
}
const settled = (): Promise<void> => until(async () => (await world.exchange.subscriptions.waiting({ organisation: "", role: "administrator" })) === 0, "nothing waits");

describe("deliveries", () => {
  test("a change is delivered once, in full, signed as Standard Webhooks; a repeat delivers nothing", async () => {
    const { id, secret } = await subscribe("ES1", "/once", RIGHTS);
    const created = await newRight();
    await world.ok("SP1", "POST", "/rights/assigned", right(created, "spec-street", `AB${names}XYZ`));
    await until(() => receiver.at("/once").length > 0, "delivery");
    await settled();
    const [got, ...more] = receiver.at("/once");
    expect(more).toEqual([]);
    expect(got!.json).toMatchObject({ topic: "AssignedRightCreated", eventSubscriptionId: id, data: [{ id: created, rightHolder: { credentials: [{}] } }] });
    expect(JSON.stringify(got!.json)).not.toContain("monetaryValue");
    const oracle = new Webhook(secret);
    const checked = new Webhook(secret);
    const clock = { ...got!.headers, "webhook-timestamp": String(Math.floor(Date.now() / 1_000)) };
    expect(() => checked.verify(got!.text, clock)).toThrow();
    // The library knows no other time than now; so its own signature is compared for the time of the attempt.
    expect(got!.headers["webhook-signature"]).toBe(oracle.sign(got!.headers["webhook-id"]!, new Date(Number(got!.headers["webhook-timestamp"]) * 1_000), got!.text));
  });

  test("while an object's event fails its later ones wait, and other objects go on", async () => {
    const { id: subscription } = await subscribe("ES1", "/order", RIGHTS);
    let away = true;
    const slow = await newRight();
    receiver.answer = ({ path, json }) => (path === "/order" && away && json.data[0].id === slow ? 500 : 200);
    await world.ok("SP1", "PUT", `/rights/assigned/${slow}`, { expiry: "2028-11-30T00:00:00Z" });
    const other = await newRight();
    await until(() => receiver.topics("/order", other).length === 1, "the other object");
    expect(receiver.topics("/order", slow)).not.toContain("AssignedRightUpdated");
    await failedTimes(subscription, slow, 1);
    away = false;
    world.at += SCHEDULE[0]! + 1;
    await until(() => receiver.topics("/order", slow).includes("AssignedRightUpdated"), "the update");
    const seen = receiver.topics("/order", slow);
    expect(seen.indexOf("AssignedRightUpdated")).toBeGreaterThan(seen.lastIndexOf("AssignedRightCreated"));
    const ids = receiver.at("/order").filter(({ json }) => json.topic === "AssignedRightCreated" && json.data[0].id === slow).map(({ headers }) => headers["webhook-id"]);
    expect(new Set(ids).size).toBe(1);
  });

  test("a subscriber that never answers delays nobody else", async () => {
    const { id } = await subscribe("ES1", "/silent", RIGHTS);
    await subscribe("ES1", "/prompt", RIGHTS);
    receiver.answer = ({ path }) => (path === "/silent" ? null : 200);
    const made = [await newRight(), await newRight(), await newRight(), await newRight(), await newRight(), await newRight()];
    await until(() => made.every((one) => receiver.topics("/prompt", one).length === 1), "all of the prompt one");
    await world.ok("ES1", "DELETE", `/webhooks/${id}`);
  });

  test("after the last attempt it is dead, told to whoever asked for alerts, seen and replayed by its owner", async () => {
    await subscribe("ES1", "/alerts", ["SystemEvents"]);
    const { id } = await subscribe("ES1", "/dead", ["AssignedRightCreated"]);
    receiver.answer = ({ path }) => (path === "/dead" ? 503 : 200);
    const made = await newRight();
    for (let n = 1; n <= SCHEDULE.length + 1; n++) {
      await failedTimes(id, made, n);
      expect(receiver.topics("/dead", made)).toHaveLength(n);
      world.at += (SCHEDULE[n - 1] ?? 0) + 1;
    }
    await until(() => receiver.at("/alerts").length === 1, "the alert");
    expect(receiver.at("/alerts")[0]!.json).toMatchObject({ type: "triggered", affectedSystem: "ES1", metric: "webhook.delivery" });
    const dead = await world.ok("ES1", "GET", "/deliveries");
    expect(dead.data).toMatchObject([{ subscription: id, topic: "AssignedRightCreated", objectId: made, reason: "answered 503", attempts: SCHEDULE.length + 1 }]);
    expect((await world.ok("SP1", "GET", "/deliveries")).data).toEqual([]);
    expect((await world.call("SP1", "POST", `/deliveries/${dead.data[0].id}/replay`)).status).toBe(404);
    receiver.answer = () => 200;
    await world.ok("ES1", "POST", `/deliveries/${dead.data[0].id}/replay`);
    await until(() => receiver.topics("/dead", made).length === SCHEDULE.length + 2, "the replay");
    await settled();
    expect((await world.ok("ES1", "GET", "/deliveries")).data).toEqual([]);
  });

  test("nobody is told what it may not read; enforcement is told no money", async () => {
    for (const client of ["OP1", "OP2", "SP1", "SP2", "ES1"] as const) await subscribe(client, `/who/${client}`, ["SessionCreated", "AssignedRightCreated"]);
    await world.ok("SP1", "POST", "/sessions", session("sale-1", "street", "CD34EFG"));
    await until(() => ["OP1", "SP1", "ES1"].every((one) => receiver.topics(`/who/${one}`, "sale-1").length === 1), "those who may");
    await settled();
    expect([...receiver.at("/who/SP2"), ...receiver.at("/who/OP2")]).toEqual([]);
    expect(receiver.at("/who/SP1").map(({ text }) => text).join()).toContain("TX-sale-1");
    expect(receiver.at("/who/ES1").map(({ text }) => text).join()).not.toMatch(/TX-sale-1|segmentValue|monetaryValue/);
    expect(receiver.at("/who/ES1")).toHaveLength(2);
  });

  test("places select, their children only when asked", async () => {
    await world.parking("bay", { parentId: { id: "street", version: 1 }, layer: 2 });
    await subscribe("ES1", "/only", ["SessionCreated"], { hierarchyElements: [{ id: "street", className: "Place" }] });
    await subscribe("ES1", "/below", ["SessionCreated"], { hierarchyElements: [{ id: "street", className: "Place" }], includeChildrenEvents: true });
    await world.ok("SP1", "POST", "/sessions", session("in-bay", "bay", "EF56GHI"));
    await world.ok("SP1", "POST", "/sessions", session("in-street", "street", "GH78IJK"));
    await until(() => receiver.at("/below").length === 2 && receiver.at("/only").length === 1, "three deliveries");
    await settled();
    expect(receiver.topics("/only", "in-street")).toHaveLength(1);
  });

  test("the pilot's style is a PUT to /sessions/new with the pilot's body", async () => {
    await subscribe("SP1", "/pilot", ["SessionCreated"], { "x-deliveryStyle": "pilotPut" });
    await world.ok("SP1", "POST", "/sessions", session("pilot-1", "street", "IJ90KLM"));
    await until(() => receiver.at("/pilot/sessions/new").length === 1, "the put");
    expect(receiver.at("/pilot/sessions/new")[0]).toMatchObject({ method: "PUT", json: { id: "pilot-1", credentials: [{}] } });
  });

  test("a long queue is taken from in its order, the first of each object, at the cost of what is taken", async () => {
    const { id } = await subscribe("ES1", "/queue", ["AssignedRightCreated"]);
    const { owner } = world.exchange.database;
    const due = world.at + 30 * 86_400_000;
    // Every third waits behind another of its object. The statement may not take longer than any of ours: 5 s.
    await owner.query(`insert into exchange.delivery (subscription, topic, kind, object_id, version, at, due_at)
      select $1, 'AssignedRightUpdated', 'assignedRight', 'queued-' || (n - case when n % 3 = 0 then 1 else 0 end), n, 1, $2 from generate_series(1, 6000) n`, [id, due]);
    const taken: string[] = [];
    const began = performance.now();
    for (let n = 0; n < 10; n++) {
      const some = (await world.exchange.subscriptions.take(due + 1, 4, new Map())).filter(({ subscription }) => subscription.id === id);
      taken.push(...some.map(({ version }) => String(version)));
    }
    expect(taken).toEqual(Array.from({ length: 60 }, (_one, n) => n + 1).filter((n) => n % 3 !== 0).slice(0, 40).map(String));
    expect(performance.now() - began).toBeLessThan(5_000);
    await owner.query("delete from exchange.delivery where subscription = $1", [id]);
    await world.ok("ES1", "DELETE", `/webhooks/${id}`);
  });

  test("both secrets sign for a day after a rotation", async () => {
    const { id, secret } = await subscribe("ES1", "/rotated", ["AssignedRightCreated"]);
    const { secret: fresh } = await world.ok("ES1", "PUT", `/webhooks/${id}`, { "x-rotateSecret": true }) as { secret: string };
    await newRight();
    await until(() => receiver.at("/rotated").length === 1, "delivery");
    const { headers, text } = receiver.at("/rotated")[0]!;
    const when = new Date(Number(headers["webhook-timestamp"]) * 1_000);
    expect(headers["webhook-signature"]!.split(" ")).toEqual([fresh, secret].map((one) => new Webhook(one).sign(headers["webhook-id"]!, when, text)));
  });

  test("whatever fails how often, with two processes: each object's events arrive in order and none is left out", async () => {
    start();
    await subscribe("ES1", "/two", RIGHTS);
    await fc.assert(fc.asyncProperty(fc.array(fc.nat(2), { minLength: 1, maxLength: 12 }), fc.integer({ min: 2, max: 5 }), async (changes, everyNth) => {
      const objects = [await newRight(), await newRight(), await newRight()];
      const left = new Map<string, number>();
      receiver.answer = ({ headers, path }) => {
        if (path !== "/two") return 200;
        const id = headers["webhook-id"]!;
        const fails = left.get(id) ?? (Number(id.slice(4)) % everyNth === 0 ? 1 : 0);
        left.set(id, fails - 1);
        return fails > 0 ? 500 : 200;
      };
      const expected = new Map(objects.map((one) => [one, 1]));
      for (const object of changes) {
        const id = objects[object]!;
        const version = expected.get(id)! + 1;
        expected.set(id, version);
        await world.ok("SP1", "PUT", `/rights/assigned/${id}`, { version, expiry: `2028-11-${String(10 + version).padStart(2, "0")}T00:00:00Z` });
      }
      const versions = (id: string): number[] => receiver.at("/two").filter(({ json }) => json.data[0].id === id).map(({ json }) => json.data[0].version as number);
      for (let n = 0; n < 25 && objects.some((one) => Math.max(0, ...versions(one)) < expected.get(one)!); n++) {
        world.at += SCHEDULE[0]! + 1;
        await new Promise((done) => { setTimeout(done, 250); });
      }
      for (const id of objects) {
        const seen = versions(id);
        expect(new Set(seen).size, `versions of ${id}: ${seen.join()}`).toBe(expected.get(id)!);
        expect(seen).toEqual([...seen].sort((a, b) => a - b));
      }
    }), { numRuns: 3 });
  }, 120_000);
});

describe("addresses", () => {
  test.each([
    "http://example.org/x", "https://10.0.0.1/", "https://127.1/", "https://0x7f.1/", "https://2130706433/", "https://[::1]/", "https://[::ffff:10.0.0.1]/", "https://[fd00::1]/",
    "https://[fe80::1]/", "https://169.254.169.254/latest", "https://100.64.0.1/", "https://192.168.1.1/", "https://172.31.0.1/", "https://0.0.0.0/", "https://localhost/",
    "https://a.localhost/", "https://metadata.internal/", "https://user:pw@example.org/", "ftp://example.org/", "nonsense", "https://[64:ff9b::a00:1]/", "https://224.0.0.1/",
  ])("%s is not sent to", (text) => expect(endpointOf(text, { allowedOrigins: [] }).ok).toBe(false));

  test.each(["https://example.org/hook", "https://93.184.215.14/hook", "https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/"])(
    "%s is", (text) => expect(endpointOf(text, { allowedOrigins: [] }).ok).toBe(true));

  test("an address in IPv6 clothes is judged as what it is", () => {
    fc.assert(fc.property(fc.ipV4(), (address) => isPublicAddress(`::ffff:${address}`) === isPublicAddress(address)));
  });

  test("a subscription is its owner's; bad ones are refused with the reason", async () => {
    const { id } = await subscribe("ES1", "/own", ["AssignedRightCreated"]);
    for (const client of ["SP1", "OP1"] as const) {
      for (const method of ["GET", "PUT", "DELETE"] as const) expect((await world.call(client, method, `/webhooks/${id}`, method === "PUT" ? {} : undefined)).status).toBe(404);
    }
    expect((await world.call("AD", "GET", `/webhooks/${id}`)).status).toBe(200);
    expect((await world.call("AD", "DELETE", `/webhooks/${id}`)).status).toBe(403);
    expect(JSON.stringify(await world.ok("ES1", "GET", `/webhooks/${id}`))).not.toContain("whsec_");
    for (const body of [{}, { endpoint: "https://10.0.0.1/", topics: RIGHTS }, { endpoint: `${receiver.origin}/x`, topics: [] }, { endpoint: `${receiver.origin}/x`, topics: ["Weather"] },
      { endpoint: `${receiver.origin}/x`, topics: RIGHTS, hierarchyElements: [1] }]) {
      const answer = await world.call("ES1", "POST", "/webhooks", body);
      expect(answer.status).toBe(400);
      expect(answer.body.message).toMatch(/endpoint|topics|hierarchyElements/);
    }
    await world.ok("ES1", "DELETE", `/webhooks/${id}`);
    expect((await world.call("ES1", "GET", `/webhooks/${id}`)).status).toBe(404);
  });
});
