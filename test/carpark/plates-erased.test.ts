/**
 * Plates at the lanes, over the real database: none is ever in plain in any byte of the data folder, and once a stranger's
 * time is over the key that opens its row is nowhere; a registered parker's plate stays (H1, H3, F15).
 */
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startFacility } from "../../src/carpark/application/facility-owner.ts";
import { eventOf } from "../../src/carpark/application/owner.ts";
import { startOperator, teach } from "../../src/carpark/application/operator-owner.ts";
import type { FacilityCommand } from "../../src/carpark/facility/command.ts";
import type { LaneId } from "../../src/carpark/facility/config.ts";
import { createFacility, evolve } from "../../src/carpark/facility/decide.ts";
import type { Recorded } from "../../src/carpark/facility/event.ts";
import { digestState } from "../../src/carpark/facility/snapshot.ts";
import type { HolderRef } from "../../src/carpark/operator/season-ticket.ts";
import { keyFileOf, readKeys } from "../../src/journal/keyFile.ts";
import { openPostgresJournal } from "../../src/journal/postgresJournal.ts";
import { openPostgresVault } from "../../src/journal/postgresVault.ts";
import { DAY, HOUR, type Instant } from "../../src/kernel/instant.ts";
import { SEED_SEASON_PRICES } from "../../src/rights/season.ts";
import { type TestServer, collect, query, testServer } from "../journal/harness.ts";
import { NORTH } from "./account.ts";
import { local, siteConfig } from "./site.ts";
import { testTariff } from "./tariff.ts";

let server: TestServer;
beforeAll(async () => void (server = await testServer()));
afterAll(() => server.stop());

const PLATES = { stranger: "plate/AU/ZZQ987", shown: "plate/AU/YYX765", registered: "plate/AU/XXW543" } as const;
const forms = (text: string): Buffer[] => [
  Buffer.from(text), Buffer.from(text.toLowerCase()), Buffer.from(text, "utf16le"), Buffer.from(Buffer.from(text).toString("hex")),
];
const keyForms = (key: Buffer): Buffer[] => [key, ...(["base64", "hex", "base64url"] as const).map((as) => Buffer.from(key.toString(as)))];

function filesWith(needles: readonly Buffer[]): string[] {
  return readdirSync(server.dataDir, { recursive: true, encoding: "utf8" })
    .map((name) => join(server.dataDir, name))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile())
    .filter((path) => { const bytes = readFileSync(path); return needles.some((needle) => bytes.includes(needle)); });
}

it("a stranger's plate is gone a day after its car, a parker's is not, and the journal never had one", async () => {
  const connectionString = await server.fresh();
  const keyFolder = join(server.dataDir, "keys-lanes");
  const vault = await openPostgresVault({ connectionString, keyFolder });
  const journal = await openPostgresJournal({ connectionString, sealer: vault });
  let now: Instant = local("08:00");
  const started = now;
  const clocks = () => ({ wall: now, mono: now - started });
  await vault.sweep(clocks());
  const ports = { journal, now: () => now, onDurable: () => {}, report: ({ message }: { message: string }) => { throw new Error(message); } };
  const operator = await startOperator(() => ({}), ports);
  const owner = await startFacility(NORTH, [], ports);
  const give = async (command: FacilityCommand, put: readonly (keyof typeof PLATES)[] = []): Promise<void> => {
    await owner.execute(command, { vault: { put: put.map((ref) => ({ ref, class: "stay" as const, text: PLATES[ref] })) } });
  };
  const sense = async (lane: string, ...edges: readonly (readonly ["arming" | "underArm" | "closing", boolean])[]): Promise<void> => {
    for (const [loop, occupied] of edges) await give({ type: "SenseLoop", lane: lane as LaneId, loop, occupied });
  };
  const drive = async (lane: string, ref: keyof typeof PLATES, put: readonly (keyof typeof PLATES)[] = []): Promise<void> => {
    await sense(lane, ["arming", true]);
    await give({ type: "PresentCredential", lane: lane as LaneId, credential: { kind: "plate", ref } }, put);
    const { movement } = owner.core.state.lanes.get(lane as LaneId)!;
    if (movement?.phase.step === "paymentDue") {
      await give({ type: "PayStay", stay: movement.right!.stay!, amountMinor: movement.phase.dueMinor, means: "terminal", reference: "R" });
    }
    await sense(lane, ["underArm", true], ["arming", false], ["closing", true], ["underArm", false], ["closing", false]);
  };
  await operator.execute({ type: "ConfigureOperator", config: { facilities: [{ id: NORTH, zone: siteConfig().zone, currency: "AUD", groups: ["ordinary"] }], seasonPrices: SEED_SEASON_PRICES } });
  await operator.execute({ type: "OpenAccount", account: "co", kind: "person", contact: "holder-co" as HolderRef, terms: { overflow: null, overflowLimit: null } });
  await operator.execute({ type: "AddParker", account: "co", parker: "ann", name: null, credentials: [{ ref: "registered", kind: "plate" }] },
    { vault: { put: [{ ref: "registered", class: "holder", text: PLATES.registered }] } });
  await operator.execute({ type: "SignContract", facility: NORTH, account: "co", contract: {
    id: "c1", from: null, until: null, window: null, parkers: null, group: "ordinary", overflow: null, overflowLimit: null, monthlyFeeMinor: 0,
  } });
  await give({ type: "ConfigureFacility", config: siteConfig() });
  await give({ type: "PublishTariff", tariff: testTariff });
  for (const lane of ["E1", "X1"]) await sense(lane, ["arming", false], ["underArm", false], ["closing", false]);
  await teach(journal, owner);

  await drive("E1", "registered");
  await drive("E1", "stranger", ["stranger"]);
  await owner.execute({ type: "SetFacilityMode", mode: "closed", reason: "cleaning" }, { actor: "amy" });
  await sense("E1", ["arming", true]);
  await give({ type: "PresentCredential", lane: "E1" as LaneId, credential: { kind: "plate", ref: "shown" } }, ["shown"]);
  await sense("E1", ["arming", false]);
  now += HOUR;
  await give({ type: "Tick" });
  await drive("X1", "stranger");
  await drive("X1", "registered");
  expect(owner.core.state.stays.size).toBe(0);
  await query(connectionString, "checkpoint");
  const keyFile = keyFileOf(keyFolder, "site");
  const stayKey = readKeys(keyFile)!.find((key) => key.class === "stay")!.key;
  const [row] = await query<{ sealed: Buffer }>(connectionString, "select sealed from vault where ref = 'stranger'");
  // The search finds what is there.
  expect(filesWith(keyForms(stayKey))).toEqual([keyFile]);
  expect(filesWith([row!.sealed]).length).toBeGreaterThan(0);
  expect(await Promise.all(["stranger", "shown", "registered"].map((ref) => vault.open(ref)))).toEqual([PLATES.stranger, PLATES.shown, PLATES.registered]);

  now += DAY;
  const digest = digestState(owner.core.state);
  expect([...await vault.sweep(clocks())].sort()).toEqual(["shown", "stranger"]);
  await query(connectionString, "checkpoint");
  expect(filesWith(keyForms(stayKey))).toEqual([]);
  expect(filesWith(Object.values(PLATES).map((text) => text.slice("plate/AU/".length)).flatMap(forms))).toEqual([]);
  expect(await vault.open("registered")).toBe(PLATES.registered);
  // H3: what was decided needs no plate.
  const again = createFacility(NORTH);
  for (const stored of (await collect(journal.read(owner.stream, 1)))) evolve(again.state, eventOf<Recorded>(stored));
  expect(digestState(again.state)).toBe(digest);
  await journal.close();
  await vault.close();
}, 60_000);
