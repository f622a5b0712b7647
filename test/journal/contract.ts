/** What every journal does, whatever it is made of. Run over memory and over PostgreSQL. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Batch, type EssentialRows, type Journal, type NewEvent, PERIOD_CLOSED, loadStream } from "../../src/journal/journal.ts";
import { collect } from "./harness.ts";

export type JournalUnderTest = {
  /** Another process over the same stored data. */
  open(): Promise<Journal>;
  ledgerSum(account: string): Promise<number>;
  outboxOf(stream: string): Promise<readonly string[]>;
  close(): Promise<void>;
};

const event = (type: string, at = 1_000): NewEvent => ({ type, at, payload: { note: type } });
const batch = (stream: string, expectedSeq: number, events: readonly NewEvent[], rows?: EssentialRows, epoch = 1): Batch =>
  ({ stream, expectedSeq, epoch, events, ...(rows && { rows }) });

export function journalContract(name: string, make: () => Promise<JournalUnderTest>): void {
  const over = (what: string, story: (journal: Journal, under: JournalUnderTest) => Promise<void>): void => {
    test(what, async () => {
      const under = await make();
      const journal = await under.open();
      try {
        await story(journal, under);
      } finally {
        await journal.close();
        await under.close();
      }
    });
  };

  describe(`${name}: append and read`, () => {
    over("a new stream starts at 0 with epoch 1", async (journal) => {
      expect(await journal.own("f/1", "facility"))
        .toEqual({ stream: "f/1", kind: "facility", epoch: 1, seq: 0, at: 0, closedSeq: 0 });
      expect(await journal.head("f/none")).toBeUndefined();
    });

    over("events come back as they went in, in order, with their seq", async (journal) => {
      await journal.own("f/1", "facility");
      const payload = { text: "Wien \u0000 ä 🚗 \"quoted\" \\", deep: { list: [1, null, true] } };
      const result = await journal.append(batch("f/1", 0, [{ type: "A", at: 5, payload }, { type: "B", at: 5, version: 3, payload: {} }]));
      expect(result).toEqual({ ok: true, value: { seq: 2 } });
      expect(await collect(journal.read("f/1", 1))).toEqual([
        { stream: "f/1", seq: 1, at: 5, type: "A", version: 1, payload },
        { stream: "f/1", seq: 2, at: 5, type: "B", version: 3, payload: {} },
      ]);
      expect(await journal.head("f/1")).toMatchObject({ seq: 2, at: 5 });
    });

    over("reading starts anywhere, stops at the limit, and crosses batches and months without a gap (F1)", async (journal) => {
      await journal.own("f/1", "facility");
      const month = 31 * 86_400_000;
      for (let i = 0; i < 5; i++) {
        const events = Array.from({ length: 500 }, (_, n) => event(`E${i * 500 + n + 1}`, i * month + n));
        expect((await journal.append(batch("f/1", i * 500, events))).ok).toBe(true);
      }
      const all = await collect(journal.read("f/1", 1));
      expect(all.map(({ seq }) => seq)).toEqual(Array.from({ length: 2500 }, (_, n) => n + 1));
      expect((await collect(journal.read("f/1", 999, 4))).map(({ type }) => type)).toEqual(["E999", "E1000", "E1001", "E1002"]);
      expect(await collect(journal.read("f/1", 2501))).toEqual([]);
    });

    over("an append at the wrong place is a conflict and writes nothing", async (journal) => {
      await journal.own("f/1", "facility");
      await journal.append(batch("f/1", 0, [event("A")]));
      expect(await journal.append(batch("f/1", 0, [event("B")])))
        .toEqual({ ok: false, error: { type: "conflict", stream: "f/1", expectedSeq: 0, seq: 1 } });
      expect((await journal.append(batch("f/1", 1, [event("C")]))).ok).toBe(true);
    });

    over("time does not fall along a stream (F14)", async (journal) => {
      await journal.own("f/1", "facility");
      await journal.append(batch("f/1", 0, [event("A", 100)]));
      expect(await journal.append(batch("f/1", 1, [event("B", 99)])))
        .toEqual({ ok: false, error: { type: "timeWentBack", stream: "f/1", at: 99, headAt: 100 } });
      expect((await journal.append(batch("f/1", 1, [event("B", 100)]))).ok).toBe(true);
      await expect(journal.append(batch("f/1", 2, [event("C", 120), event("D", 110)]))).rejects.toThrow("must not fall");
    });

    over("postings that do not add up to zero are our bug, and nothing is written (E17)", async (journal) => {
      await journal.own("f/1", "facility");
      const ledger = [{ account: "cash", amountMinor: 100, currency: "EUR" }, { account: "sales", amountMinor: -90, currency: "EUR" }];
      await expect(journal.append(batch("f/1", 0, [event("A")], { ledger }))).rejects.toThrow("add up to 10");
      expect((await journal.append(batch("f/1", 0, [event("A")]))).ok).toBe(true);
    });

    over("listeners hear of what is durable until they stop listening", async (journal) => {
      await journal.own("f/1", "facility");
      const heard: string[] = [];
      const stop = journal.onAppended((stream, seq) => heard.push(`${stream}@${seq}`));
      await journal.append(batch("f/1", 0, [event("A"), event("B")]));
      stop();
      await journal.append(batch("f/1", 2, [event("C")]));
      expect(heard).toEqual(["f/1@2"]);
    });
  });

  describe(`${name}: queueing`, () => {
    over("appends queued without waiting keep their order", async (journal) => {
      await journal.own("f/1", "facility");
      const results = await Promise.all(Array.from({ length: 50 }, (_, i) => journal.append(batch("f/1", i, [event(`E${i + 1}`)]))));
      expect(results.map((r) => (r.ok ? r.value.seq : 0))).toEqual(Array.from({ length: 50 }, (_, i) => i + 1));
      expect((await collect(journal.read("f/1", 1))).map(({ type }) => type)).toEqual(Array.from({ length: 50 }, (_, i) => `E${i + 1}`));
    });

    over("when one is refused those queued behind it are refused, and other streams are not", async (journal) => {
      await journal.own("f/1", "facility");
      await journal.own("f/2", "facility");
      const key = [{ key: "k", bodyHash: "h", answer: 1 }];
      await journal.append(batch("f/1", 0, [event("A")], { idempotency: key }));
      const [first, second, third, other] = await Promise.all([
        journal.append(batch("f/1", 1, [event("B")])),
        journal.append(batch("f/1", 2, [event("C")], { idempotency: key })),
        journal.append(batch("f/1", 3, [event("D")])),
        journal.append(batch("f/2", 0, [event("Z")])),
      ]);
      expect(first).toEqual({ ok: true, value: { seq: 2 } });
      expect(second).toMatchObject({ ok: false, error: { type: "duplicateKey", key: "k" } });
      expect(third).toEqual({ ok: false, error: { type: "abandoned", stream: "f/1", because: "duplicateKey" } });
      expect(other).toEqual({ ok: true, value: { seq: 1 } });
      expect((await journal.append(batch("f/1", 2, [event("E")]))).ok).toBe(true);
      expect((await collect(journal.read("f/1", 1))).map(({ type }) => type)).toEqual(["A", "B", "E"]);
    });
  });

  describe(`${name}: ownership`, () => {
    over("a new owner raises the epoch; the old one is refused and changes nothing (G1, G2)", async (old, under) => {
      await old.own("f/1", "facility");
      await old.append(batch("f/1", 0, [event("A")]));
      const young = await under.open();
      expect(await young.own("f/1", "facility")).toMatchObject({ epoch: 2, seq: 1 });
      const stale = await Promise.all([old.append(batch("f/1", 1, [event("X")])), old.append(batch("f/1", 2, [event("Y")]))]);
      expect(stale[0]).toEqual({ ok: false, error: { type: "fenced", stream: "f/1", epoch: 2 } });
      expect(stale[1]?.ok).toBe(false);
      expect((await young.append(batch("f/1", 1, [event("B")], undefined, 2))).ok).toBe(true);
      expect((await collect(young.read("f/1", 1))).map(({ type }) => type)).toEqual(["A", "B"]);
      await young.close();
    });

    over("a process that never owned the stream is refused", async (journal) => {
      expect(await journal.append(batch("f/1", 0, [event("A")], undefined, 0)))
        .toMatchObject({ ok: false, error: { type: "fenced" } });
    });

    over("a stale stream harms no neighbour in the same group (G1)", async (old, under) => {
      for (const stream of ["f/1", "f/2", "f/3"]) await old.own(stream, "facility");
      const young = await under.open();
      await young.own("f/2", "facility");
      const results = await Promise.all(["f/1", "f/2", "f/3"].map((stream) => old.append(batch(stream, 0, [event("A")]))));
      expect(results.map(({ ok }) => ok)).toEqual([true, false, true]);
      expect(await collect(old.read("f/2", 1))).toEqual([]);
      await young.close();
    });
  });

  describe(`${name}: rows`, () => {
    over("open stays are put, replaced and closed with the events", async (journal) => {
      await journal.own("f/1", "facility");
      await journal.append(batch("f/1", 0, [event("A")], { openStays: { put: [{ stay: "s1", row: { lane: 1 } }, { stay: "s2", row: {} }] } }));
      await journal.append(batch("f/1", 1, [event("B")], { openStays: { put: [{ stay: "s1", row: { lane: 2 } }], close: ["s2"] } }));
      expect(await journal.openStays("f/1")).toEqual([{ stay: "s1", row: { lane: 2 } }]);
      // Opened and closed while waiting for the same commit.
      await Promise.all([
        journal.append(batch("f/1", 2, [event("C")], { openStays: { put: [{ stay: "s3", row: {} }] } })),
        journal.append(batch("f/1", 3, [event("D")], { openStays: { close: ["s3", "s1"] } })),
      ]);
      expect(await journal.openStays("f/1")).toEqual([]);
    });

    over("an answer is stored with the event, and its key is refused from then on (F10, F11)", async (journal) => {
      await journal.own("f/1", "facility");
      await journal.own("f/2", "facility");
      const idempotency = [{ key: "k1", bodyHash: "h1", answer: { status: 201, n: [1] } }];
      await journal.append(batch("f/1", 0, [event("A")], { idempotency }));
      expect(await journal.answerTo("f/1", "k1")).toEqual(idempotency[0]);
      expect(await journal.answerTo("f/2", "k1")).toBeUndefined();
      expect(await journal.append(batch("f/1", 1, [event("A")], { idempotency }))).toEqual({
        ok: false, error: { type: "duplicateKey", stream: "f/1", key: "k1", bodyHash: "h1", answer: { status: 201, n: [1] } },
      });
      expect((await journal.append(batch("f/2", 0, [event("A")], { idempotency }))).ok).toBe(true);
    });

    over("old answers are forgotten, young ones are kept", async (journal) => {
      await journal.own("f/1", "facility");
      const idempotency = (key: string) => ({ idempotency: [{ key, bodyHash: "h", answer: key }] });
      await journal.append(batch("f/1", 0, [event("A", 100)], idempotency("old")));
      await journal.append(batch("f/1", 1, [event("B", 200)], idempotency("young")));
      expect(await journal.forgetAnswers(200)).toBe(1);
      expect(await journal.answerTo("f/1", "old")).toBeUndefined();
      expect(await journal.answerTo("f/1", "young")).toMatchObject({ answer: "young" });
      expect((await journal.append(batch("f/1", 2, [event("C", 300)], idempotency("old")))).ok).toBe(true);
    });

    over("of two requests with one key at once, one is executed (F10)", async (journal) => {
      await journal.own("f/1", "facility");
      const idempotency = [{ key: "k", bodyHash: "h", answer: 1 }];
      const [a, b] = await Promise.all([
        journal.append(batch("f/1", 0, [event("A")], { idempotency })), journal.append(batch("f/1", 1, [event("B")], { idempotency })),
      ]);
      expect(a.ok).toBe(true);
      expect(b).toMatchObject({ ok: false, error: { type: "duplicateKey", key: "k" } });
      expect(await collect(journal.read("f/1", 1))).toHaveLength(1);
    });

    over("a refused append leaves none of its rows", async (journal, under) => {
      await journal.own("f/1", "facility");
      const young = await under.open();
      await young.own("f/1", "facility");
      const rows: EssentialRows = {
        openStays: { put: [{ stay: "s", row: {} }] }, outbox: [{ topic: "t", key: "k", payload: {} }],
        ledger: [{ account: "cash", amountMinor: 5, currency: "EUR" }, { account: "sales", amountMinor: -5, currency: "EUR" }],
        idempotency: [{ key: "k", bodyHash: "h", answer: 1 }],
      };
      expect((await journal.append(batch("f/1", 0, [event("A")], rows))).ok).toBe(false);
      expect(await young.openStays("f/1")).toEqual([]);
      expect(await young.answerTo("f/1", "k")).toBeUndefined();
      expect(await under.ledgerSum("cash")).toBe(0);
      expect(await under.outboxOf("f/1")).toEqual([]);
      await young.close();
    });

    over("money and messages are stored with the event", async (journal, under) => {
      await journal.own("f/1", "facility");
      const ledger = [{ account: "cash", amountMinor: 250, currency: "EUR", ref: "s1" }, { account: "sales", amountMinor: -250, currency: "EUR" }];
      const outbox = [{ topic: "t", key: "k", payload: { n: 1 } }, { topic: "t", key: "k", payload: { n: 2 } }];
      expect((await journal.append(batch("f/1", 0, [event("A")], { ledger, outbox }))).ok).toBe(true);
      expect(await under.ledgerSum("cash")).toBe(250);
      expect(await under.outboxOf("f/1")).toEqual(['{"n":1}', '{"n":2}']);
    });
  });

  describe(`${name}: start-up`, () => {
    over("a stream loads from its last closed period and the tail", async (journal) => {
      let head = await journal.own("f/1", "facility");
      expect((await loadStream(journal, head)).snapshot).toBeUndefined();
      await journal.append(batch("f/1", 0, [event("A"), { ...event(PERIOD_CLOSED), payload: { state: 1 } }, event("B")]));
      await journal.append(batch("f/1", 3, [event("C"), { ...event(PERIOD_CLOSED), payload: { state: 2 } }, event("D")]));
      await journal.append(batch("f/1", 6, [event("E")]));
      head = await journal.own("f/1", "facility");
      expect(head.closedSeq).toBe(5);
      const loaded = await loadStream(journal, head);
      expect(loaded.snapshot).toMatchObject({ seq: 5, type: PERIOD_CLOSED, payload: { state: 2 } });
      expect((await collect(loaded.tail)).map(({ type }) => type)).toEqual(["D", "E"]);
    });

    over("streams are listed by name", async (journal) => {
      for (const stream of ["o/1", "F/9", "f/2"]) await journal.own(stream, "x");
      expect((await journal.streams()).map(({ stream }) => stream)).toEqual(["F/9", "f/2", "o/1"]);
    });
  });

  over("whatever is appended, refused and taken over, each stream is 1, 2, 3 ... and holds exactly what was acknowledged (F1, F2, G1)", async (_, under) => {
    let run = 0;
    const step = fc.record({
      process: fc.nat(1), stream: fc.nat(2), events: fc.integer({ min: 1, max: 3 }), offset: fc.constantFrom(0, 0, 0, 0, 1),
      key: fc.option(fc.nat(5)), takeOver: fc.boolean(), wait: fc.boolean(),
    });
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 40 }), async (steps) => {
      const prefix = `run${++run}`;
      const processes = [await under.open(), await under.open()];
      const believed = [new Map<string, { epoch: number; seq: number }>(), new Map<string, { epoch: number; seq: number }>()];
      const acknowledged = new Map<string, string[]>();
      const answers: Promise<void>[] = [];
      for (const [index, { process, stream: n, events, offset, key, takeOver, wait }] of steps.entries()) {
        const stream = `${prefix}/${n}`;
        const journal = processes[process]!;
        const belief = believed[process]!;
        if (!belief.has(stream) || (takeOver && index % 5 === 0)) {
          const { epoch, seq } = await journal.own(stream, "x");
          belief.set(stream, { epoch, seq });
        }
        const { epoch, seq } = belief.get(stream)!;
        const names = Array.from({ length: events }, (__, i) => `${index}.${i}`);
        const rows = key === null ? {} : { idempotency: [{ key: String(key), bodyHash: "h", answer: index }] };
        belief.set(stream, { epoch, seq: seq + events });
        answers.push(journal.append(batch(stream, seq + offset, names.map((name_) => event(name_, 1)), rows, epoch)).then((result) => {
          if (result.ok) acknowledged.set(`${stream}@${result.value.seq}`, names);
          else belief.delete(stream);
        }));
        if (wait) await Promise.all(answers);
      }
      await Promise.all(answers);
      for (const n of [0, 1, 2]) {
        const stored = await collect(processes[0]!.read(`${prefix}/${n}`, 1));
        expect(stored.map(({ seq }) => seq)).toEqual(stored.map((__, i) => i + 1));
        const groups = [...acknowledged].filter(([id]) => id.startsWith(`${prefix}/${n}@`));
        const expected = groups.map(([id, names]) => ({ end: Number(id.split("@")[1]), names })).sort((a, b) => a.end - b.end);
        expect(stored.map(({ type }) => type)).toEqual(expected.flatMap(({ names }) => names));
      }
      for (const journal of processes) await journal.close();
    }), { numRuns: 30 });
  });
}
