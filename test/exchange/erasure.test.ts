/** H: a plate erased singly is nowhere, and every record stays: versions, deleted ones, corrected ones, deliveries, dead letters, logs. */
import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Deliverer, startDeliverer } from "../../src/exchange/delivery/deliverer.ts";
import { normalised } from "../../src/exchange/credential.ts";
import { registerWebhooks } from "../../src/exchange/http/webhooks.ts";
import type { Kind } from "../../src/exchange/kind.ts";
import { sealingPlace } from "../../src/exchange/store/rows.ts";
import { digestOf } from "../../src/kernel/canonical.ts";
import { type Body, plate, right, session, World } from "./harness.ts";

const PLATE = "ER12 ASE";
const OTHER = "KE99EPT";
const DAY = 86_400_000;

let world: World;
let deliverer: Deliverer;
let receiver: Server;
let accepts = false;
const received: string[] = [];
const bodies: Body[] = [];

const post = async (client: "SP1" | "SP2" | "OP1", url: string, body: object): Promise<void> => {
  bodies.push(body);
  await world.ok(client, "POST", url, body);
};

beforeAll(async () => {
  receiver = createServer((request, response) => {
    let text = "";
    request.on("data", (part: Buffer) => { text += part.toString(); }).on("end", () => {
      if (accepts) received.push(text);
      response.writeHead(accepts ? 204 : 500).end();
    });
  });
  await new Promise<void>((resolve) => { receiver.listen(0, "127.0.0.1", resolve); });
  const origin = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  const policy = { allowedOrigins: [origin] };
  const newId = (): string => randomUUID();
  world = await World.open({ more: [(server, parts, auth) => registerWebhooks(server, { parts, auth, policy, newId })] });
  await world.exchange.parties.connect("SP2", "OP1");
  await world.parking("car");
  await world.ok("SP1", "POST", "/webhooks", { endpoint: `${origin}/`, topics: ["SessionCreated"] });
  deliverer = startDeliverer({ parts: world.exchange, policy, schedule: [], newId, warn: () => {} });

  const withTicket: Body = session("extended", "car", PLATE);
  withTicket.identifiedCredentials.push({ type: "ticket", identifier: { id: "T-4711", className: "Ticket" } });
  withTicket.segments[0].notes = [{ language: "en", string: `Car ${PLATE} by the lift` }];
  await post("SP1", "/sessions", withTicket);
  await world.ok("SP1", "PUT", "/sessions/extended", { actualEnd: "2026-01-15T15:10:02Z" });
  await post("SP1", "/sessions", session("misread", "car", PLATE));
  await world.ok("SP1", "PUT", "/sessions/misread", { identifiedCredentials: [plate(OTHER)] });
  await post("SP1", "/sessions", session("deleted", "car", "er12ase"));
  await world.ok("SP1", "DELETE", "/sessions/deleted");
  await post("SP1", "/rights/assigned", right("permit", "spec-car", PLATE));
  await post("SP2", "/sessions", session("foreign", "car", PLATE));
  await post("SP1", "/sessions", session("beside", "car", OTHER));
  // Every delivery is dead after its one attempt.
  for (let n = 0; n < 100; n++) {
    if ((await world.ok("SP1", "GET", "/deliveries")).data.length >= 4) break;
    await new Promise((done) => { setTimeout(done, 50); });
  }
  world.at += DAY;
}, 60_000);
afterAll(async () => {
  await deliverer?.close();
  receiver?.closeAllConnections();
  await new Promise((resolve) => { receiver.close(resolve); });
  await world?.close();
});

/** Ids of objects in which the plate is found with every key that is there: sealed texts, tokens, digests of what was sent. */
async function findable(): Promise<readonly string[]> {
  const { store: { ring }, database: { owner } } = world.exchange;
  const { rows: versions } = await owner.query<{ kind: Kind; id: string; version: number; period: string; sealed: Buffer | null; body: string }>(
    "select kind, id, version, period, sealed, body from object_version");
  const wanted = normalised(PLATE);
  const texts = versions.filter(({ kind, id, version, period, sealed, body }) =>
    normalised(body).includes(wanted) || (sealed && (ring.unseal(period, sealed, sealingPlace(kind, id, version)) ?? []).some(({ text }) => normalised(text).includes(wanted))));
  const { rows: tokens } = await owner.query<{ id: string }>("select id from holding where token = any($1)", [ring.tokens(PLATE)]);
  const { rows: digests } = await owner.query<{ id: string; digest: string; of: string | null }>("select id, create_digest as digest, derived_from as of from object");
  const names = new Map(digests.map(({ id, of }) => [id, of === null ? id : `right of ${of}`]));
  const sent = new Set(bodies.filter((body) => normalised(JSON.stringify(body)).includes(wanted)).map((body) => digestOf(body)));
  const confirmed = digests.filter(({ digest }) => [...sent].some((one) => digest.includes(one) || world.exchange.store.isSameCreation({ createDigest: digest }, one)));
  return [...new Set([...texts, ...tokens, ...confirmed].map(({ id }) => names.get(id) ?? id))].sort();
}

const erase = (client: "SP1" | "SP2" | "AD" | "ES1" | "OP1", more: object = {}) =>
  world.call(client, "POST", "/erasures", { credentialId: "er12-ase", reason: "Request of the keeper, letter 17", ...more });

describe("a plate erased singly", () => {
  test("before: it is in every record, and a digest of what was sent is none without its key", async () => {
    expect(await findable()).toEqual([
      "deleted", "extended", "foreign", "misread", "permit", "right of deleted", "right of extended", "right of foreign", "right of misread",
    ]);
    const { rows } = await world.exchange.database.owner.query<{ digest: string }>("select create_digest as digest from object where id = 'extended'");
    expect(bodies.map((body) => digestOf(body)).filter((one) => rows[0]?.digest.includes(one))).toEqual([]);
  });

  test("enforcement erases nothing, and the reason does not name the plate", async () => {
    expect((await erase("ES1")).status).toBe(403);
    expect((await erase("SP1", { reason: "Keeper of ER12ASE" })).status).toBe(400);
    for (const wrong of [{ credentialId: "" }, { credentialId: "--" }, { credentialId: 7 }, { reason: null }, { reason: "x".repeat(500) }, { credentialId: "x".repeat(500) }]) {
      expect([wrong, (await erase("SP1", wrong)).status]).toEqual([wrong, 400]);
    }
    expect(await findable()).toHaveLength(9);
  });

  test("an owner erases its own records that are over; what is in force and what is others' stays", async () => {
    const answer = await erase("SP1");
    expect([answer.status, answer.body.kept, answer.body.more]).toEqual([200, ["permit"], false]);
    expect(answer.body.erased).toEqual(expect.arrayContaining(["deleted", "extended", "misread"]));
    expect(await findable()).toEqual(["foreign", "permit", "right of foreign"]);
    expect((await world.ok("SP1", "GET", "/sessions?credential_id=ER12ASE")).data).toEqual([]);
    expect((await world.ok("ES1", "GET", "/rights/assigned?place=car&credential_id=ER12ASE&end_after=now")).data.map((one: Body) => one.id)).toEqual(["permit"]);
  });

  test("the records stay, with every version, the other credential and the place they are found by", async () => {
    const left = await world.ok("AD", "GET", "/sessions/extended?expand=all");
    expect(left.identifiedCredentials.map((one: Body) => one.identifier.id)).toEqual(["", "T-4711"]);
    expect([left.version, left["x-plateErased"], left.actualEnd, left.segments[0].financialTransactions[0].segmentValue]).toEqual([3, true, "2026-01-15T15:10:02Z", 3.2]);
    const first = await world.ok("AD", "GET", "/sessions/extended?version=1&expand=all");
    expect([first.identifiedCredentials[1].identifier.id, first.actualEnd, JSON.stringify(first).includes("ER12")]).toEqual(["T-4711", "2026-01-15T14:10:02Z", false]);
    expect((await world.ok("AD", "GET", "/sessions/misread?expand=all")).identifiedCredentials[0].identifier.id).toBe(OTHER);
    expect((await world.ok("AD", "GET", "/sessions/misread?version=1&expand=all")).identifiedCredentials[0].identifier.id).toBe("");
    expect((await world.ok("SP1", "GET", "/sessions?credential_id=T-4711")).data).toHaveLength(1);
    expect((await world.ok("OP1", "GET", "/sessions?place=car")).data.map((one: Body) => one.id)).toEqual(["extended", "misread", "foreign", "beside"]);
  });

  test("the same creation again is a conflict and brings nothing back", async () => {
    const answer = await world.call("SP1", "POST", "/sessions", bodies[0]);
    expect([answer.status, answer.body.ids]).toEqual([409, ["extended"]]);
    expect(await findable()).toEqual(["foreign", "permit", "right of foreign"]);
  });

  test("dead letters that are replayed tell no plate", async () => {
    accepts = true;
    const { data } = await world.ok("SP1", "GET", "/deliveries");
    expect(data.map((one: Body) => one.objectId ?? one.object)).toHaveLength(4);
    for (const { id } of data) await world.ok("SP1", "POST", `/deliveries/${id}/replay`);
    await expect.poll(() => received.length, { timeout: 10_000 }).toBeGreaterThanOrEqual(3);
    expect(received.filter((text) => normalised(text).includes("ER12ASE"))).toEqual([]);
    expect(received.some((text) => text.includes("extended"))).toBe(true);
  });

  test("an administrator erases everybody's; the list says who, why and where, and never which", async () => {
    world.at += 1_000;
    expect((await erase("AD")).body).toMatchObject({ kept: ["permit"] });
    expect(await findable()).toEqual(["permit"]);
    await world.ok("SP1", "PUT", "/rights/assigned/permit", { expiry: "2026-01-16T00:00:00Z" });
    world.at += DAY;
    expect((await erase("SP1")).body).toMatchObject({ erased: ["permit"], kept: [] });
    expect(await findable()).toEqual([]);
    const all = (await world.ok("AD", "GET", "/erasures")).data;
    expect(all.map((one: Body) => [one.organisation, one.reason, one.kept])).toEqual([
      ["SP1", "Request of the keeper, letter 17", 0], ["AD", "Request of the keeper, letter 17", 1], ["SP1", "Request of the keeper, letter 17", 1],
    ]);
    expect((await world.ok("SP2", "GET", "/erasures")).data).toEqual([]);
    expect((await world.call("ES1", "GET", "/erasures")).status).toBe(403);
  });

  test("no byte of the data folder and no line of the log tells it", async () => {
    await world.exchange.database.owner.query("checkpoint");
    const spellings = [PLATE, "ER12ASE", "er12ase", "er12-ase", "ER12%20ASE"].flatMap((one) => [Buffer.from(one), Buffer.from(one, "utf16le"), Buffer.from(Buffer.from(one).toString("hex"))]);
    const found = readdirSync(world.server.dataDir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).flatMap((entry) => {
      const bytes = readFileSync(join(entry.parentPath, entry.name));
      return spellings.filter((one) => bytes.includes(one)).map((one) => `${entry.name}: ${one.toString()}`);
    });
    expect(found).toEqual([]);
    expect(world.logged.filter((line) => spellings.some((one) => line.includes(one.toString())))).toEqual([]);
  });

  test("a write under way brings nothing back", async () => {
    for (let n = 0; n < 10; n++) {
      await world.ok("SP1", "POST", "/sessions", session(`race-${n}`, "car", "RA01CES"));
      world.at += 2 * DAY;
      const [, erased] = await Promise.all([
        world.call("SP1", "PUT", `/sessions/race-${n}`, { identifiedVehicle: undefined, "x-note": String(n) }), world.call("SP1", "POST", "/erasures", { credentialId: "RA01CES", reason: "race" }),
      ]);
      expect(erased.status).toBe(200);
      expect((await world.ok("SP1", "GET", "/sessions?credential_id=RA01CES")).data).toEqual([]);
      expect(JSON.stringify(await world.ok("AD", "GET", `/sessions/race-${n}?expand=all`))).not.toContain("RA01CES");
    }
  });
});
