/** The running product linked to our exchange as `serve` links it: what the file says, what people see, what arrives. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ExchangeLink, linkAccessOf, startExchangeLink } from "../../src/app/exchange-link.ts";
import type { LaneId } from "../../src/carpark/facility/config.ts";
import type { City } from "../../src/config/city.ts";
import { MONDAY, startTestSite, type TestSite } from "../api/harness.ts";
import { World } from "./harness.ts";
import { linked, SECRET } from "./link-harness.ts";

let world: World;
let site: TestSite;
let link: ExchangeLink;
const folder = mkdtempSync(join(tmpdir(), "gh-link-"));
const log: string[] = [];

beforeAll(async () => {
  world = await World.open();
  world.at = MONDAY;
  const { url, client } = await linked(world);
  await client.close();
  site = await startTestSite((yaml) => `${yaml}\nexchange: { url: "${url}/", clientId: city, placePrefix: HARBOUR- }\n`);
  const { city } = site.running.site;
  const access = linkAccessOf(city, "config/demo.yaml", { GATEHOUSE_EXCHANGE_SECRET: SECRET } as never);
  if (!access) throw new Error("the file names an exchange");
  const say = (text: string): void => void log.push(text);
  link = startExchangeLink({ access, city, running: site.running, clock: { now: () => site.running.site.now(), elapsed: () => performance.now() }, dataDir: folder, ringAt: null, log: { info: say, warn: say } });
}, 60_000);
afterAll(async () => {
  await link.close();
  await site.stop();
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

const status = async () => {
  const answer = await site.app.inject({ url: "/api/v1/status", headers: { cookie: await site.cookie("administrator") } });
  return (answer.json() as { exchange: { state: string; waiting: number; facilities: { facility: string; place: string; inventory: string }[] } | null }).exchange;
};

test("the ten car parks are there under the ids of the file, and people see that they are", async () => {
  await expect.poll(async () => (await status())?.facilities.filter(({ inventory }) => inventory === "published").length, { timeout: 30_000 }).toBe(10);
  expect(await status()).toMatchObject({ state: "reachable", waiting: 0 });
  const places = await world.ok("SP1", "GET", "/places?expand=occupancy,rightSpecifications");
  expect(places.data.map(({ id }: { id: string }) => id).sort()).toEqual(site.running.site.city.facilities.map(({ config }) => `HARBOUR-${config.id}`).sort());
}, 40_000);

test("a car that the camera lets in is a session within seconds, and its place has one space less", async () => {
  const owner = site.running.owners.find(({ stream }) => stream === "facility/museum")!;
  const sense = (...edges: readonly (readonly ["arming" | "underArm" | "closing", boolean])[]) =>
    edges.reduce<Promise<unknown>>((before, [loop, occupied]) => before.then(() => owner.execute({ type: "SenseLoop", lane: "E1" as LaneId, loop, occupied })), Promise.resolve());
  await sense(["arming", false], ["underArm", false], ["closing", false], ["arming", true]);
  const now = site.running.site.now();
  await site.running.cameras.take("museum", "E1" as LaneId, { text: "HC 77 XYZ", confidence: 0.95, country: null, direction: null, readAt: now }, now);
  await sense(["underArm", true], ["arming", false], ["closing", true], ["underArm", false], ["closing", false]);
  site.pass(4_000);
  world.at += 4_000;
  const sessions = async () => (await world.ok("OP1", "GET", "/sessions?place=HARBOUR-museum&expand=all")).data;
  await expect.poll(async () => (await sessions()).length, { timeout: 15_000 }).toBe(1);
  expect((await sessions())[0]).toMatchObject({ id: expect.stringMatching(/^HARBOUR-museum\.s\d+$/), identifiedCredentials: [{ identifier: { id: "HC77XYZ" } }], hierarchyElement: { id: "HARBOUR-museum" } });
  const taken = async () => (await world.ok("SP1", "GET", "/places/HARBOUR-museum?expand=occupancy")).hierarchyElementReference.demandTable[0].demandType[0].count;
  // Ten seconds are promised.
  await expect.poll(taken, { timeout: 10_000 }).toBe(1);
  expect(log.join("\n")).not.toMatch(/HC ?77/);
}, 60_000);

describe("the client's secret", () => {
  const named = (exchange: City["exchange"]): City => ({ ...site.running.site.city, exchange });
  const access = { url: "https://exchange.example", clientId: "city", secretFile: null };

  test("comes from the environment, or from a file beside the configuration", () => {
    writeFileSync(join(folder, "secret"), "of the file\n");
    expect(linkAccessOf(named({ ...access, secretFile: "secret" }), join(folder, "city.yaml"), {})?.credentials).toEqual({ clientId: "city", secret: "of the file" });
    expect(linkAccessOf(named(null), "city.yaml", { GATEHOUSE_EXCHANGE_SECRET: "of nobody" })).toBeNull();
  });

  test("missing, it is said before anything starts", () => {
    expect(() => linkAccessOf(named(access), "city.yaml", {})).toThrow("GATEHOUSE_EXCHANGE_SECRET");
    expect(() => linkAccessOf(named({ ...access, secretFile: "nowhere" }), join(folder, "city.yaml"), {})).toThrow("cannot be read");
  });
});
