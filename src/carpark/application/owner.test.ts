import { describe, expect, it } from "vitest";
import { assert } from "../../kernel/assert.ts";
import { SECOND } from "../../kernel/instant.ts";
import { type MemoryStore, memoryJournal, memoryStore } from "../../journal/memory.ts";
import type { FacilityCommand } from "../facility/command.ts";
import type { FacilityId, LaneId } from "../facility/config.ts";
import { decide } from "../facility/decide.ts";
import type { Recorded } from "../facility/event.ts";
import type { DesiredOutputs } from "../facility/outputs.ts";
import { digestState } from "../facility/snapshot.ts";
import { local, siteConfig } from "../../../test/carpark/site.ts";
import { testTariff } from "../../../test/carpark/tariff.ts";
import { SEED_SEASON_PRICES } from "../../rights/season.ts";
import { digestOf } from "../../kernel/canonical.ts";
import { startOperator } from "./operator-owner.ts";
import { type FacilityDurable, facilityKind, ordersOfDurable, streamOfFacility } from "./facility-owner.ts";
import { type OwnerProblem, StreamOwner } from "./owner.ts";

const E1 = "E1" as LaneId;
const north = "north" as FacilityId;

/** The real decider with a planted bug: a note that says "boom" breaks an assertion after the count has moved. */
const kind = {
  ...facilityKind([]),
  decide: ((core, command, context) => {
    if (command.type === "WriteNote" && command.text === "boom") {
      core.state.adjustments.set("ordinary" as never, 99);
      assert(false, "planted");
    }
    return decide(core, command, context);
  }) as typeof decide,
};

async function start(store: MemoryStore = memoryStore(), id: FacilityId = north) {
  const durable: FacilityDurable[] = [];
  const problems: OwnerProblem[] = [];
  let now = local("08:00");
  const owner = await StreamOwner.start(streamOfFacility(id), kind, {
    journal: memoryJournal(store), now: () => now,
    onDurable: (d: FacilityDurable) => durable.push(d), report: (p) => problems.push(p),
  });
  const config = { ...siteConfig(), id };
  const give = (command: FacilityCommand, actor: string | null = null, key?: string) =>
    owner.execute(command, { actor, ...(key ? { idempotency: { key, bodyHash: JSON.stringify(command) } } : {}) });
  await give({ type: "ConfigureFacility", config });
  await give({ type: "PublishTariff", tariff: testTariff });
  const sense = (loop: "arming" | "underArm" | "closing", occupied: boolean) => give({ type: "SenseLoop", lane: E1, loop, occupied });
  const readAll = async () => { for (const loop of ["arming", "underArm", "closing"] as const) await sense(loop, false); };
  await readAll();
  return { owner, durable, problems, give, sense, readAll, pass: (ms: number) => { now += ms; } };
}

describe("the owner of a stream", () => {
  it("hands out outputs and orders only for durable events, in order (F2)", async () => {
    const { give, sense, durable, owner } = await start();
    await sense("arming", true);
    const pressed = give({ type: "PressButton", lane: E1 });
    expect(durable.flatMap((d) => d.events.map((e) => e.event.type))).not.toContain("TicketOrdered");
    expect((await pressed).ok).toBe(true);
    expect(ordersOfDurable(north, durable.at(-1)!)).toMatchObject([{ type: "printTicket", lane: "E1", id: `north:${owner.seq}:0` }]);
    expect(durable.map((d) => d.seq)).toEqual([...durable.map((d) => d.seq)].sort((a, b) => a - b));
  });

  it("answers a repeated key once and refuses it for another body (F10)", async () => {
    const { give, owner } = await start();
    const [first, again] = await Promise.all([
      give({ type: "WriteNote", text: "wet floor" }, "amy", "k1"), give({ type: "WriteNote", text: "wet floor" }, "amy", "k1"),
    ]);
    const seq = owner.seq;
    expect(first).toEqual(again);
    expect(await give({ type: "WriteNote", text: "other" }, "amy", "k1")).toEqual({ ok: false, error: { type: "keyReused", key: "k1" } });
    expect(owner.seq).toBe(seq);
  });

  it("knows the key after a restart too: same answer, no second effect (F11)", async () => {
    const store = memoryStore();
    const first = await (await start(store)).give({ type: "WriteNote", text: "wet floor" }, "amy", "k1");
    const second = await start(store);
    const seq = second.owner.seq;
    const again = await second.give({ type: "WriteNote", text: "wet floor" }, "amy", "k1");
    expect(first.ok && again.ok && again.value.seq === first.value.seq).toBe(true);
    expect(second.owner.seq).toBeGreaterThanOrEqual(seq);
    expect(second.owner.core.state.adjustments.size).toBe(0);
  });

  it("stops when somebody else owns the stream (G1, G2)", async () => {
    const store = memoryStore();
    const old = await start(store);
    const fresh = await start(store);
    const seq = fresh.owner.seq;
    expect(await old.give({ type: "WriteNote", text: "late" }, "amy")).toMatchObject({ ok: false, error: { type: "ownerStopped" } });
    expect(old.problems.at(-1)?.type).toBe("fenced");
    expect(await old.give({ type: "WriteNote", text: "again" }, "amy")).toMatchObject({ ok: false, error: { type: "ownerStopped" } });
    expect((await fresh.give({ type: "WriteNote", text: "mine" }, "amy")).ok).toBe(true);
    expect(fresh.owner.seq).toBe(seq + 1);
  });

  it("a broken assertion puts one facility into safe mode, exits with the attendant; no other notices", async () => {
    const store = memoryStore();
    const north_ = await start(store);
    const south = await start(store, "south" as FacilityId);
    const before = digestState(south.owner.core.state);
    expect(await north_.give({ type: "WriteNote", text: "boom" }, "amy")).toEqual({ ok: false, error: { type: "assertionFailed" } });
    expect(north_.owner.core.state.mode).toBe("safe");
    expect(north_.owner.core.state.adjustments.size).toBe(0);
    expect(north_.problems.map((p) => p.type)).toContain("assertion");
    await north_.readAll();
    await north_.sense("arming", true);
    expect(await north_.give({ type: "PressButton", lane: E1 })).toMatchObject({ ok: true });
    expect(north_.durable.at(-1)!.output.lanes[0]!.display).toMatchObject({ key: "refused", reason: "facilityClosed" });
    expect([...north_.owner.core.state.faults.values()].map((f) => f.code)).toContain("assertionFailed");
    expect(digestState(south.owner.core.state)).toBe(before);
    expect((await north_.give({ type: "LeaveSafeMode", reason: "checked" }, "amy")).ok).toBe(true);
  });

  it("a closed period and the tail behind it give the same state as the whole journal (F7)", async () => {
    const store = memoryStore();
    const { give, sense, owner, pass } = await start(store);
    await sense("arming", true);
    await give({ type: "PressButton", lane: E1 });
    await give({ type: "ClosePeriod" });
    pass(6 * SECOND);
    await give({ type: "Tick" });
    const again = await start(store);
    expect(again.owner.core.state.ticketTotals).toEqual(owner.core.state.ticketTotals);
    const whole = facilityKind([]).create(streamOfFacility(north));
    for await (const batch of memoryJournal(store).read(streamOfFacility(north), 1)) {
      for (const e of batch) facilityKind([]).fold(whole, { ...(e.payload as object), type: e.type, at: e.at } as Recorded);
    }
    expect(digestState(whole.state)).toBe(digestState(again.owner.core.state));
  });

  it("the operator's stream starts from its closed period too (F7)", async () => {
    const store = memoryStore();
    const ports = { journal: memoryJournal(store), now: () => local("08:00"), onDurable: () => {}, report: () => {} };
    const first = await startOperator(() => ({}), ports);
    const config = { facilities: [{ id: north, zone: "Australia/Sydney", currency: "AUD", groups: ["all", "season", "ordinary", "contract"] }], seasonPrices: SEED_SEASON_PRICES };
    expect((await first.execute({ type: "ConfigureOperator", config })).ok).toBe(true);
    expect((await first.execute({ type: "ClosePeriod" })).ok).toBe(true);
    const again = await startOperator(() => ({}), { ...ports, journal: memoryJournal(store) });
    expect(digestOf(again.core)).toBe(digestOf(first.core));
    expect(again.core.config).toEqual(config);
  });

  it("many commands in flight become durable in order", async () => {
    const { give, owner, durable } = await start();
    const answers = await Promise.all(Array.from({ length: 200 }, (_, i) => give({ type: "WriteNote", text: `note ${i}` }, "amy")));
    expect(answers.every((a) => a.ok)).toBe(true);
    const notes = durable.flatMap((d) => d.events).filter((e) => e.event.type === "NoteWritten");
    expect(notes.map((e) => (e.event as { text: string }).text)).toEqual(Array.from({ length: 200 }, (_, i) => `note ${i}`));
    expect(owner.seq).toBe(durable.at(-1)!.seq);
    const _levels: DesiredOutputs = durable.at(-1)!.output;
    expect(_levels.sign).toBe("spaces");
  });
});
