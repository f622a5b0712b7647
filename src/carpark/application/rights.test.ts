/** The directory teaches the car parks, and what the vault must keep of plates, over the real owners and a journal in memory. */
import { describe, expect, it } from "vitest";
import { memoryJournal, memoryStore } from "../../journal/memory.ts";
import { memoryVault } from "../../journal/vault.ts";
import { DAY, HOUR, type Instant, SECOND } from "../../kernel/instant.ts";
import { NEVER_ENDS } from "../operator/service-card.ts";
import { SEED_SEASON_PRICES } from "../../rights/season.ts";
import { kindOf } from "../../../test/carpark/account.ts";
import { local, siteConfig } from "../../../test/carpark/site.ts";
import { testTariff } from "../../../test/carpark/tariff.ts";
import type { FacilityCommand } from "../facility/command.ts";
import type { FacilityConfig, FacilityId, LaneId } from "../facility/config.ts";
import { digestState } from "../facility/snapshot.ts";
import type { OperatorCommand } from "../operator/operator.ts";
import type { HolderRef } from "../operator/season-ticket.ts";
import { startFacility } from "./facility-owner.ts";
import { finishRemovals, startOperator, teach } from "./operator-owner.ts";
import { credentialsOf, presentIn } from "./presence.ts";

const E1 = "E1" as LaneId;
const X1 = "X1" as LaneId;
const TERMS = { overflow: null, overflowLimit: null };

async function city(policies: Readonly<Record<string, FacilityConfig["rightsPolicy"]>> = { north: {}, south: {} }) {
  const store = memoryStore();
  const journal = memoryJournal(store);
  const vault = memoryVault(store);
  let now: Instant = local("08:00");
  const ports = { journal, now: () => now, onDurable: () => {}, report: ({ message }: { message: string }) => { throw new Error(message); } };
  const operator = await startOperator(() => ({}), ports);
  const ids = Object.keys(policies);
  const config = { facilities: ids.map((id) => ({ id: id as FacilityId, zone: siteConfig().zone, currency: "AUD", groups: ["all", "season", "ordinary"] })), seasonPrices: SEED_SEASON_PRICES };
  await operator.execute({ type: "ConfigureOperator", config });
  const owners = await Promise.all(ids.map((id) => startFacility(id as FacilityId, [], ports)));
  for (const owner of owners) {
    const id = owner.core.state.id;
    await owner.execute({ type: "ConfigureFacility", config: { ...siteConfig(), id, rightsPolicy: policies[id] ?? {} } });
    await owner.execute({ type: "PublishTariff", tariff: testTariff });
    for (const lane of [E1, X1]) for (const loop of ["arming", "underArm", "closing"] as const) await owner.execute({ type: "SenseLoop", lane, loop, occupied: false });
  }
  const say = async (command: OperatorCommand, vaultRows?: { readonly put: readonly { ref: string; class: "holder"; text: string }[] }): Promise<string> => {
    const done = await operator.execute(command, { actor: "mia", ...(vaultRows ? { vault: vaultRows } : {}) });
    return done.ok ? "ok" : done.error.type;
  };
  const at = (id: string) => owners.find(({ core }) => core.state.id === id)!;
  const give = (id: string, command: FacilityCommand, put: readonly string[] = []) =>
    at(id).execute(command, { vault: { put: put.map((ref) => ({ ref, class: "stay" as const, text: `TEXT ${ref}` })) } });
  const sense = async (id: string, lane: LaneId, ...edges: readonly (readonly ["arming" | "underArm" | "closing", boolean])[]) => {
    for (const [loop, occupied] of edges) await give(id, { type: "SenseLoop", lane, loop, occupied });
  };
  const drive = async (id: string, lane: LaneId, ref: string, put: readonly string[] = []) => {
    await sense(id, lane, ["arming", true]);
    await give(id, { type: "PresentCredential", lane, credential: { kind: kindOf(ref), ref } }, put);
    await sense(id, lane, ["underArm", true], ["arming", false], ["closing", true], ["underArm", false], ["closing", false]);
  };
  const driveAway = async (id: string, lane: LaneId) => {
    await sense(id, lane, ["arming", false]);
    now += 2 * SECOND;
    await give(id, { type: "Tick" });
  };
  const teachAll = async () => { for (const owner of owners) await teach(journal, owner); };
  const states = () => owners.map(({ core }) => core.state);
  const begin = async () => {
    await say({ type: "OpenAccount", account: "co", kind: "company", contact: "holder-co" as HolderRef, terms: TERMS });
    await say({ type: "AddParker", account: "co", parker: "ann", name: null, credentials: [{ ref: "p-ann", kind: "plate" }] },
      { put: [{ ref: "p-ann", class: "holder", text: "TEXT p-ann" }] });
    await say({ type: "SignContract", facility: "north" as FacilityId, account: "co", contract: {
      id: "c1", from: null, until: null, window: null, parkers: null, group: "ordinary", overflow: null, overflowLimit: null, monthlyFeeMinor: 9_000,
    } });
  };
  return {
    store, vault, operator, owners, journal, say, give, at, sense, drive, driveAway, teachAll, states, begin,
    pass: (ms: number) => { now += ms; }, now: () => now,
  };
}

describe("teaching", () => {
  it("a car park that was cut off catches up in order, and repeating teaches nothing twice", async () => {
    const c = await city();
    await c.begin();
    await teach(c.journal, c.at("south"));
    await c.say({ type: "BlockCredential", credential: "p-ann", blocked: true, reason: "unpaid" });
    await c.say({ type: "EndContract", account: "co", contract: "c1", until: c.now() });
    c.pass(HOUR);
    await c.teachAll();
    const north = c.at("north").core.state;
    expect(north.operatorSeq).toBe(c.operator.seq);
    expect(north.rights.credentials.get("p-ann")).toMatchObject({ account: "co", blocked: true });
    // It could not know before: until now the contract covered.
    expect(north.rights.accounts.get("co")?.contracts).toMatchObject([{ id: "c1", until: c.now() }]);
    const digests = c.states().map(digestState);
    await c.teachAll();
    expect(c.states().map(digestState)).toEqual(digests);
  });

  it("a contract of one car park is known elsewhere only to say so", async () => {
    const c = await city({ north: {}, south: { shortTermOffered: false } });
    await c.begin();
    await c.teachAll();
    await c.sense("south", E1, ["arming", true]);
    await c.give("south", { type: "PresentCredential", lane: E1, credential: { kind: "plate", ref: "p-ann" } });
    expect(c.at("south").core.state.lanes.get(E1)?.movement?.phase).toMatchObject({ step: "refused", reason: "wrongFacility" });
  });
});

describe("removing a plate that is inside any car park", () => {
  const remove = async (c: Awaited<ReturnType<typeof city>>): Promise<string> =>
    c.say({ type: "RemoveCredential", account: "co", credential: "p-ann", presentIn: presentIn(c.states(), ["p-ann"]) });

  it("is refused where one of them refuses", async () => {
    const c = await city();
    await c.begin();
    await c.teachAll();
    await c.drive("north", E1, "p-ann");
    expect(await remove(c)).toBe("credentialPresent");
    expect(await c.say({ type: "CloseAccount", account: "co", presentIn: presentIn(c.states(), credentialsOf(c.operator.core, "co")), reason: "moved" })).toBe("credentialPresent");
    await c.drive("north", X1, "p-ann");
    expect(await remove(c)).toBe("ok");
    expect(c.operator.core.directory.holders.has("p-ann")).toBe(false);
  });

  it("waits for the exit where policy says so: it may leave, not enter, and is erased in time", async () => {
    const c = await city({ north: { removePresentCredential: "afterExit" }, south: {} });
    await c.begin();
    await c.teachAll();
    await c.drive("north", E1, "p-ann");
    expect(await remove(c)).toBe("ok");
    await c.teachAll();
    expect(c.operator.core.directory.holders.has("p-ann")).toBe(true);
    await finishRemovals(c.operator, c.owners);
    expect(c.operator.core.directory.holders.has("p-ann")).toBe(true);
    await c.drive("north", X1, "p-ann");
    await finishRemovals(c.operator, c.owners);
    await c.teachAll();
    expect(c.operator.core.directory.holders.has("p-ann")).toBe(false);
    expect(c.states().map(({ rights }) => rights.credentials.has("p-ann"))).toEqual([false, false]);
    expect(c.store.vault.get("p-ann")?.eraseAt).toBe(c.now() + DAY);
  });

  it("a car that came in between the question and the answer leaves with its exit", async () => {
    const c = await city();
    await c.begin();
    await c.teachAll();
    const asked = presentIn(c.states(), ["p-ann"]);
    await c.drive("north", E1, "p-ann");
    expect(await c.say({ type: "RemoveCredential", account: "co", credential: "p-ann", presentIn: asked })).toBe("ok");
    await c.teachAll();
    expect(c.at("north").core.state.rights.credentials.get("p-ann")).toMatchObject({ leaving: true });
    await c.drive("north", X1, "p-ann");
    expect(c.at("north").core.state.rights.credentials.has("p-ann")).toBe(false);
    expect(c.at("north").core.state.stays.size).toBe(0);
  });
});

describe("the vault (H)", () => {
  const eraseAt = (c: Awaited<ReturnType<typeof city>>, ref: string): Instant | undefined => c.store.vault.get(ref)?.eraseAt;

  it("a registered plate is kept however often it comes and goes; a stranger's goes with the policy's time after its exit", async () => {
    const c = await city({ north: { erasePlateAfter: 2 * HOUR } });
    await c.begin();
    await c.teachAll();
    await c.drive("north", E1, "p-ann");
    await c.drive("north", X1, "p-ann");
    expect(eraseAt(c, "p-ann")).toBe(NEVER_ENDS);
    await c.drive("north", E1, "p-strange", ["p-strange"]);
    expect(eraseAt(c, "p-strange")).toBe(NEVER_ENDS);
    const [stay] = c.at("north").core.state.stays.keys();
    await c.at("north").execute({ type: "CloseStay", stay: stay!, reason: "gone" }, { actor: "mia" });
    expect(eraseAt(c, "p-strange")).toBe(c.now() + 2 * HOUR);
    await c.drive("north", E1, "p-strange");
    expect(eraseAt(c, "p-strange")).toBe(NEVER_ENDS);
  });

  it("a plate that was only shown is not kept longer than one that came in", async () => {
    const c = await city({ north: { unknownParkers: false } });
    await c.sense("north", E1, ["arming", true]);
    await c.give("north", { type: "PresentCredential", lane: E1, credential: { kind: "plate", ref: "p-shown" } }, ["p-shown"]);
    expect(eraseAt(c, "p-shown")).toBe(c.now() + DAY);
    await c.driveAway("north", E1);
    expect(await c.vault.sweep({ wall: c.now() + DAY, mono: c.now() + DAY })).toEqual(["p-shown"]);
    expect(JSON.stringify([...c.store.streams.values()].map(({ events }) => events))).not.toContain("TEXT");
  });
});
