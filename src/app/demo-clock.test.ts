/** The demo's clock after a restart, and what is measured by it. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { testServer } from "../../test/journal/harness.ts";
import { readCity } from "../config/read.ts";
import { memoryJournal, memoryStore } from "../journal/memory.ts";
import { openPostgresJournal } from "../journal/postgresJournal.ts";
import { openPostgresVault } from "../journal/postgresVault.ts";
import { DAY, HOUR, MINUTE } from "../kernel/instant.ts";
import { VirtualClock } from "./clock.ts";
import { demoWorldFor } from "./demo-world.ts";
import { sweeperOf } from "./erasing.ts";

const configFile = new URL("../../config/demo.yaml", import.meta.url).pathname;
const T0 = Date.UTC(2026, 10, 23);

test("a demo that ran fast goes on from its last event, not from today", async () => {
  const read = readCity(readFileSync(configFile, "utf8"));
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  const journal = memoryJournal(memoryStore());
  const ahead = Date.now() + 9 * DAY;
  for (const [stream, at] of [["f/1", ahead - HOUR], ["f/2", ahead]] as const) {
    const { epoch, seq } = journal.ownNow(stream, "facility");
    const done = await journal.append({ stream, epoch, expectedSeq: seq, events: [{ type: "E", at, payload: {} }], rows: {} });
    if (!done.ok) throw new Error(done.error.type);
  }
  const clock = new VirtualClock(Date.now());
  const demoWorld = demoWorldFor({ city: read.value, configFile, seed: 1, traffic: 0, log: { info() {} } }, clock);
  await demoWorld.prepare(journal);
  const world = demoWorld.city();
  expect([demoWorld.isNew(), clock.now(), world.nextAt() >= ahead]).toEqual([false, ahead, true]);
  const facility = world.facilities[0]!;
  expect(world.park(facility, { number: "010000001000", date: "22/11/2026", time: "10/00/00", paid: null, damaged: false })).toBe(true);
  expect(world.view(facility)).toMatchObject({ value: { inside: 1 } });
});

test("plates are erased by the hours of the demo's clock, not by those of the machine", async () => {
  const server = await testServer();
  const keyFolder = mkdtempSync(join(tmpdir(), "gh-keys-"));
  const connectionString = await server.fresh();
  const vault = await openPostgresVault({ connectionString, keyFolder });
  const journal = await openPostgresJournal({ connectionString, sealer: vault });
  try {
    const clock = new VirtualClock(T0);
    const look = sweeperOf(vault, clock);
    await look();
    const { epoch, seq } = await journal.own("f/1", "facility");
    const plate = { ref: "cr-1", class: "stay" as const, text: "ABC-123", eraseAt: T0 + 48 * HOUR };
    const done = await journal.append({ stream: "f/1", epoch, expectedSeq: seq, events: [{ type: "E", at: T0, payload: {} }], rows: { vault: { put: [plate] } } });
    if (!done.ok) throw new Error(done.error.type);
    clock.reach(T0 + 47 * HOUR);
    expect(await look()).toEqual([]);
    expect(await vault.open("cr-1")).toBe("ABC-123");
    clock.reach(T0 + 48 * HOUR + MINUTE / 2);
    expect(await look()).toEqual(["cr-1"]);
    expect(await vault.open("cr-1")).toBeUndefined();
  } finally {
    await journal.close();
    await vault.close();
    await server.stop();
    rmSync(keyFolder, { recursive: true, force: true });
  }
}, 60_000);
