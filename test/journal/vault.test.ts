import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DAY, HOUR } from "../../src/kernel/instant.ts";
import { keyFileOf, readKeys, writeKeys } from "../../src/journal/keyFile.ts";
import type { Journal, VaultChanges } from "../../src/journal/journal.ts";
import { memoryJournal, memoryStore } from "../../src/journal/memory.ts";
import { openPostgresJournal } from "../../src/journal/postgresJournal.ts";
import { openPostgresVault } from "../../src/journal/postgresVault.ts";
import type { SealedRow } from "../../src/journal/sealer.ts";
import { padded, seal, unpadded, unseal } from "../../src/journal/seal.ts";
import { type TwoClocks, type Vault, memoryVault } from "../../src/journal/vault.ts";
import { type TestServer, collect, query, testServer } from "./harness.ts";

let server: TestServer;
let site = 0;
beforeAll(async () => void (server = await testServer()));
afterAll(() => server.stop());

const T0 = 1_772_438_400_000;
const clocks = (elapsed: number): TwoClocks => ({ wall: T0 + elapsed, mono: elapsed });

type UnderTest = {
  readonly vault: Vault;
  readonly journal: Journal;
  readonly keyFolder: string;
  readonly connectionString: string;
  change(vault: VaultChanges, at?: number): Promise<void>;
  reopen(): Promise<UnderTest>;
  close(): Promise<void>;
};

async function onPostgres(connectionString?: string, keyFolder = join(server.dataDir, `keys-${++site}`)): Promise<UnderTest> {
  const url = connectionString ?? await server.fresh();
  const vault = await openPostgresVault({ connectionString: url, keyFolder });
  const journal = await openPostgresJournal({ connectionString: url, sealer: vault });
  const { epoch, seq } = await journal.own("f/1", "facility");
  const close = async (): Promise<void> => {
    await journal.close();
    await vault.close();
  };
  const change = changing(journal, epoch, seq);
  return {
    vault, journal, keyFolder, connectionString: url, change, close,
    reopen: async () => {
      await close();
      return await onPostgres(url, keyFolder);
    },
  };
}

async function inMemory(): Promise<UnderTest> {
  const store = memoryStore();
  const journal = memoryJournal(store);
  const { epoch, seq } = journal.ownNow("f/1", "facility");
  const under: UnderTest = {
    vault: memoryVault(store), journal, keyFolder: "", connectionString: "", change: changing(journal, epoch, seq),
    reopen: async () => under, close: async () => {},
  };
  return under;
}

function changing(journal: Journal, epoch: number, start: number): (vault: VaultChanges, at?: number) => Promise<void> {
  let seq = start;
  return async (vault, at = T0) => {
    const result = await journal.append({ stream: "f/1", epoch, expectedSeq: seq, events: [{ type: "E", at, payload: {} }], rows: { vault } });
    if (!result.ok) throw new Error(result.error.type);
    seq = result.value.seq;
  };
}

for (const [name, make] of [["memory", inMemory], ["PostgreSQL", onPostgres]] as const) {
  describe(`${name}: vault`, () => {
    test("what is put with an event can be opened, listed and replaced", async () => {
      const { vault, change, close } = await make();
      await change({ put: [{ ref: "c1", class: "stay", text: "W-12345X" }, { ref: "c2", class: "holder", text: "Ä. Öst, +43 1 234\u0000" }] });
      expect(await vault.open("c1")).toBe("W-12345X");
      await change({ put: [{ ref: "c1", class: "stay", text: "W-12345Y" }] });
      expect(await collect(vault.entries())).toEqual([
        { ref: "c1", class: "stay", text: "W-12345Y" }, { ref: "c2", class: "holder", text: "Ä. Öst, +43 1 234\u0000" },
      ]);
      expect(await vault.open("nobody")).toBeUndefined();
      await close();
    });

    test("a sweep erases what is due and nothing else, once (H2)", async () => {
      const { vault, change, close } = await make();
      await vault.sweep(clocks(0));
      await change({ put: [
        { ref: "a", class: "stay", text: "A", eraseAt: T0 + HOUR }, { ref: "b", class: "stay", text: "B", eraseAt: T0 + 2 * HOUR },
        { ref: "c", class: "stay", text: "C" }, { ref: "d", class: "holder", text: "D" },
      ] });
      expect(await vault.sweep(clocks(HOUR - 1))).toEqual([]);
      expect(await vault.sweep(clocks(HOUR))).toEqual(["a"]);
      expect(await vault.sweep(clocks(HOUR))).toEqual([]);
      expect(await vault.open("a")).toBeUndefined();
      expect((await collect(vault.entries())).map(({ text }) => text)).toEqual(["B", "C", "D"]);
      // The car leaves: the deadline comes with the exit event.
      await change({ deadlines: [{ ref: "c", eraseAt: T0 + 90 * 60_000 }] }, T0 + HOUR);
      expect(await vault.sweep(clocks(2 * HOUR))).toEqual(["b", "c"]);
      expect(await vault.erase(["d", "nobody"])).toEqual(["d"]);
      expect(await collect(vault.entries())).toEqual([]);
      await close();
    });

    test("a hold keeps an entry until it is released or expires, then erasure follows (H5)", async () => {
      const { vault, change, close } = await make();
      await vault.sweep(clocks(0));
      const hold = { owner: "office", reason: "unpaid", until: T0 + DAY };
      await change({
        put: [{ ref: "a", class: "stay", text: "A", eraseAt: T0 + HOUR }, { ref: "b", class: "stay", text: "B", eraseAt: T0 + HOUR }],
        holds: [{ ref: "a", ...hold }, { ref: "b", ...hold }],
      });
      expect(await vault.sweep(clocks(2 * HOUR))).toEqual([]);
      expect(await vault.due(T0 + 2 * HOUR)).toEqual([
        { ref: "a", eraseAt: T0 + HOUR, heldUntil: T0 + DAY }, { ref: "b", eraseAt: T0 + HOUR, heldUntil: T0 + DAY },
      ]);
      await change({ releases: ["a"] });
      expect(await vault.sweep(clocks(3 * HOUR))).toEqual(["a"]);
      expect(await vault.sweep(clocks(DAY))).toEqual(["b"]);
      await expect(change({ holds: [{ ref: "c", owner: "office", reason: "case", until: T0 + 91 * DAY }] })).rejects.toThrow("90 days");
      await expect(change({ holds: [{ ref: "c", owner: "office", reason: "", until: T0 + DAY }] })).rejects.toThrow("reason");
      await close();
    });
  });
}

describe("two clocks", () => {
  test("a wall clock set forward erases nothing early; a down-time counts, up to a day (H8)", async () => {
    let under = await onPostgres();
    await under.vault.sweep({ wall: T0, mono: 5 });
    await under.change({ put: [{ ref: "a", class: "stay", text: "A", eraseAt: T0 + 30 * HOUR }] });
    const tenYears = 3_650 * DAY;
    expect(await under.vault.sweep({ wall: T0 + tenYears, mono: 5 + HOUR })).toEqual([]);
    under = await under.reopen();
    // Started with the clock ten years later still: at most a day of it is believed.
    expect(await under.vault.sweep({ wall: T0 + 2 * tenYears, mono: 0 })).toEqual([]);
    expect(await under.vault.sweep({ wall: T0 + 2 * tenYears, mono: 5 * HOUR })).toEqual(["a"]);
    await under.close();
  });
});

const texts = ["WVP07X", "GRZ481Q"];
const forms = (text: string): Buffer[] => [
  Buffer.from(text), Buffer.from(text.toLowerCase()), Buffer.from(text, "utf16le"), Buffer.from(Buffer.from(text).toString("hex")),
  Buffer.from(Buffer.from(text).toString("base64").replace(/=+$/, "").slice(0, -1)),
];

function bytesBelow(folder: string): { readonly path: string; readonly bytes: Buffer }[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile())
    .map((path) => ({ path, bytes: readFileSync(path) }));
}

const filesWith = (needles: readonly Buffer[]): string[] =>
  bytesBelow(server.dataDir).filter(({ bytes }) => needles.some((needle) => bytes.includes(needle))).map(({ path }) => path);

const keyForms = (key: Buffer): Buffer[] =>
  [key, Buffer.from(key.toString("base64")), Buffer.from(key.toString("hex")), Buffer.from(key.toString("base64url"))];

describe("erasure in the bytes of the data folder", () => {
  test("no text is ever there in plain, and after erasure the key that opens it is nowhere; the rest stays readable (H1, F15)", async () => {
    const { vault, journal, change, keyFolder, connectionString, close } = await onPostgres();
    await vault.sweep(clocks(0));
    await change({ put: [
      { ref: "gone", class: "stay", text: texts[0]!, eraseAt: T0 + HOUR }, { ref: "kept", class: "stay", text: texts[1]! },
      { ref: "person", class: "holder", text: "Canary Person, Ringstrasse 1" },
    ] });
    await query(connectionString, "checkpoint");
    const keyFile = keyFileOf(keyFolder, "site");
    const stayKey = readKeys(keyFile)!.find((key) => key.class === "stay")!.key;
    const [row] = await query<{ wrapped_key: Buffer; sealed: Buffer }>(connectionString, "select wrapped_key, sealed from vault where ref = 'gone'");
    // The search finds what is there, and with the key the text is had back: so the key is what must go.
    expect(filesWith(keyForms(stayKey))).toEqual([keyFile]);
    expect(filesWith([row!.sealed]).length).toBeGreaterThan(0);
    expect(unpadded(unseal(unseal(stayKey, row!.wrapped_key, "site/stay/gone"), row!.sealed, "site/stay/gone"))).toBe(texts[0]);

    const before = await collect(journal.read("f/1", 1));
    expect(await vault.sweep(clocks(HOUR))).toEqual(["gone"]);
    await query(connectionString, "checkpoint");

    expect(filesWith(keyForms(stayKey))).toEqual([]);
    expect(filesWith([...texts, "Canary Person"].flatMap(forms))).toEqual([]);
    expect(await vault.open("kept")).toBe(texts[1]);
    expect(await vault.open("person")).toBe("Canary Person, Ringstrasse 1");
    // H3: replay needs no plate.
    expect(await collect(journal.read("f/1", 1))).toEqual(before);
    await close();
  });

  test("a crash after any step of an erasure is finished by the next start (H2)", async () => {
    for (const crashedAfter of ["new key", "deleted", "some wrapped", "all wrapped"] as const) {
      let under = await onPostgres();
      await under.vault.sweep(clocks(0));
      await under.change({ put: [
        { ref: "gone", class: "stay", text: "G", eraseAt: T0 + HOUR }, { ref: "k1", class: "stay", text: "K1" }, { ref: "k2", class: "stay", text: "K2" },
      ] });
      const keyFile = keyFileOf(under.keyFolder, "site");
      const first = readKeys(keyFile)!;
      const stored = await query<{ ref: string; wrapped_key: Buffer; sealed: Buffer }>(under.connectionString, "select ref, wrapped_key, sealed from vault");
      const at = (ref: string) => stored.find((row) => row.ref === ref)!;
      if (crashedAfter === "new key" || crashedAfter === "deleted") {
        const stay = first.find((key) => key.class === "stay")!;
        writeKeys(keyFile, [...first, { ...stay, generation: 2, key: Buffer.alloc(32, 7) }]);
        if (crashedAfter === "deleted") await query(under.connectionString, "delete from vault where ref = 'gone'");
      } else {
        await under.vault.sweep(clocks(HOUR));
        const second = readKeys(keyFile)!;
        writeKeys(keyFile, [...second, first.find((key) => key.class === "stay")!]);
        if (crashedAfter === "some wrapped") {
          await query(under.connectionString, "update vault set generation = 1, wrapped_key = $1 where ref = 'k1'", [at("k1").wrapped_key]);
        }
      }
      under = await under.reopen();
      await under.vault.sweep(clocks(HOUR));
      expect(readKeys(keyFile)!.filter((key) => key.class === "stay"), crashedAfter).toHaveLength(1);
      expect(filesWith(keyForms(first.find((key) => key.class === "stay")!.key)), crashedAfter).toEqual([]);
      expect((await collect(under.vault.entries())).map(({ text }) => text), crashedAfter).toEqual(["K1", "K2"]);
      await under.close();
    }
  });

  test("a row sealed before an erasure and committed during it is still readable", async () => {
    const connectionString = await server.fresh();
    const vault = await openPostgresVault({ connectionString, keyFolder: join(server.dataDir, "keys-late") });
    const store = async ({ ref, class: group, generation, wrappedKey, sealed }: SealedRow): Promise<unknown> => await query(connectionString,
      `insert into vault (realm, ref, class, generation, wrapped_key, sealed)
       values ('site', $1, $2, $3, decode($4, 'hex'), decode($5, 'hex'))`, [ref, group, generation, wrappedKey, sealed]);
    const early = vault.lease();
    await store(early.seal({ ref: "old", class: "stay", text: "O" }));
    early.end();
    const lease = vault.lease();
    const underWay = lease.seal({ ref: "late", class: "stay", text: "L" });
    let erased = false;
    const erasing = vault.erase(["old"]).then(() => (erased = true));
    for (let rows: unknown[] = [0]; rows.length > 0;) rows = await query(connectionString, "select ref from vault");
    await store(underWay);
    expect(erased).toBe(false);
    lease.end();
    await erasing;
    expect(await vault.open("late")).toBe("L");
    await vault.close();
  });

  test("a lost key file is refused, not replaced", async () => {
    const under = await onPostgres();
    await under.change({ put: [{ ref: "a", class: "stay", text: "A" }] });
    await under.close();
    await expect(openPostgresVault({ connectionString: under.connectionString, keyFolder: join(under.keyFolder, "elsewhere") }))
      .rejects.toThrow("key file");
  });
});

test("what is sealed opens with its key at its place, and with nothing else", () => {
  fc.assert(fc.property(fc.string({ maxLength: 200 }), fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.nat(), (text, bytes, flip) => {
    const key = Buffer.from(bytes);
    const sealed = seal(key, padded(text), "here");
    expect(unpadded(unseal(key, sealed, "here"))).toBe(text);
    expect(() => unseal(key, sealed, "there")).toThrow();
    const changed = Buffer.from(sealed);
    changed[flip % changed.length]! ^= 1;
    expect(() => unseal(key, changed, "here")).toThrow();
  }), { numRuns: 200 });
});
