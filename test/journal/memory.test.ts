import { describe, expect, test } from "vitest";
import { memoryJournal, memoryStore } from "../../src/journal/memory.ts";
import { journalContract } from "./contract.ts";
import { collect } from "./harness.ts";

journalContract("memory", async () => {
  const store = memoryStore();
  return {
    open: async () => memoryJournal(store),
    ledgerSum: async (account) => store.ledger.filter((row) => row.account === account).reduce((sum, row) => sum + row.amountMinor, 0),
    outboxOf: async (stream) => store.outbox.filter((row) => row.stream === stream).map(({ payload }) => JSON.stringify(payload)),
    close: async () => {},
  };
});

describe("memory: crash", () => {
  test("what was not acknowledged is lost, what was is kept, and a new process goes on (F3)", async () => {
    const store = memoryStore();
    const journal = memoryJournal(store);
    await journal.own("f/1", "facility");
    const append = (expectedSeq: number) => journal.append({ stream: "f/1", expectedSeq, epoch: 1, events: [{ type: "A", at: 1, payload: {} }] });
    expect((await append(0)).ok).toBe(true);
    const lost = append(1);
    await Promise.resolve().then(() => journal.crash());
    const after = append(2);
    const results = [await lost, await after];
    const again = memoryJournal(store);
    const head = await again.own("f/1", "facility");
    expect(results[1]).toEqual({ ok: false, error: { type: "unavailable", stream: "f/1" } });
    expect(head.seq).toBe(results[0]?.ok ? 2 : 1);
    expect(await collect(again.read("f/1", 1))).toHaveLength(head.seq);
  });

  test("without promises the answer is there at once", () => {
    const journal = memoryJournal();
    const { epoch } = journal.ownNow("f/1", "facility");
    const result = journal.appendNow({ stream: "f/1", expectedSeq: 0, epoch, events: [{ type: "A", at: 1, payload: { a: 1 } }] });
    expect(result).toEqual({ ok: true, value: { seq: 1 } });
    expect(journal.eventsOf("f/1")).toEqual([{ stream: "f/1", seq: 1, at: 1, type: "A", version: 1, payload: { a: 1 } }]);
  });
});
