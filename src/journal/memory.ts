/**
 * The journal in memory, for simulation and tests: the same answers as over PostgreSQL, without I/O.
 *
 * The store is what survives a crash; a journal over it is one process. `crash` forgets what was not yet
 * acknowledged and makes the process useless, as a power cut does; a new journal over the same store goes on.
 */
import { type Result, err, ok } from "../kernel/result.ts";
import { type Prepared, atOf, lastClosedOffset, prepare } from "./batch.ts";
import { type ChainedEvent, GENESIS, chain } from "./chain.ts";
import type {
  AppendRefusal, Appended, Batch, EssentialRows, IdempotencyRow, Journal, OutboxRow, PostingRow, StayRow, StoredEvent, StreamHead,
  VaultHold, VaultRow,
} from "./journal.ts";

type Stream = { head: StreamHead; digest: string; readonly events: ChainedEvent[] };

export type MemoryStore = {
  readonly streams: Map<string, Stream>;
  readonly openStays: Map<string, Map<string, StayRow>>;
  readonly ledger: (PostingRow & { readonly stream: string; readonly seq: number })[];
  readonly outbox: (OutboxRow & { readonly stream: string; readonly seq: number })[];
  readonly idempotency: Map<string, Map<string, IdempotencyRow & { readonly at: number }>>;
  readonly vault: Map<string, VaultRow>;
  readonly holds: Map<string, VaultHold>;
};

export const memoryStore = (): MemoryStore => ({
  streams: new Map(), openStays: new Map(), ledger: [], outbox: [], idempotency: new Map(), vault: new Map(), holds: new Map(),
});

export type MemoryJournal = Journal & {
  /** The append without a promise, for a simulator that runs in one thread. */
  appendNow(batch: Batch): Result<Appended, AppendRefusal>;
  ownNow(stream: string, kind: string): StreamHead;
  eventsOf(stream: string): readonly StoredEvent[];
  /** Appends not yet acknowledged are lost and answered `unavailable`; so is every later one. */
  crash(): void;
};

type Pending = {
  readonly batch: Prepared;
  readonly answer: (result: Result<Appended, AppendRefusal>) => void;
};

export function memoryJournal(store: MemoryStore = memoryStore()): MemoryJournal {
  const listeners = new Set<(stream: string, seq: number) => void>();
  const owned = new Map<string, number>();
  let pending: Pending[] = [];
  let crashed = false;

  const ownNow = (stream: string, kind: string): StreamHead => {
    const before = store.streams.get(stream) ?? {
      head: { stream, kind, epoch: 0, seq: 0, at: 0, closedSeq: 0 }, digest: GENESIS, events: [],
    };
    const head = { ...before.head, epoch: before.head.epoch + 1 };
    store.streams.set(stream, { ...before, head });
    owned.set(stream, head.epoch);
    return head;
  };

  const appendNow = (batch: Batch): Result<Appended, AppendRefusal> => {
    if (crashed) return err({ type: "unavailable", stream: batch.stream });
    return appendPrepared(prepare(batch));
  };

  const appendPrepared = (batch: Prepared): Result<Appended, AppendRefusal> => {
    const result = commit(store, batch, owned.get(batch.stream) === batch.epoch);
    if (result.ok) for (const listener of listeners) listener(batch.stream, result.value.seq);
    return result;
  };

  /** Everything queued in one turn is committed at its end, as a group commit would. */
  const commitPending = (): void => {
    const batches = pending;
    pending = [];
    const refused = new Map<string, AppendRefusal["type"]>();
    for (const { batch, answer } of batches) {
      const because = refused.get(batch.stream);
      const result = because ? err({ type: "abandoned", stream: batch.stream, because } as const) : appendPrepared(batch);
      if (!result.ok && !because) refused.set(batch.stream, result.error.type);
      answer(result);
    }
  };

  return {
    ownNow,
    appendNow,
    own: async (stream, kind) => ownNow(stream, kind),
    append: async (given) => {
      const batch = prepare(given);
      return await new Promise((answer) => {
        if (crashed) return answer(err({ type: "unavailable", stream: batch.stream }));
        if (pending.push({ batch, answer }) === 1) queueMicrotask(commitPending);
      });
    },
    head: async (stream) => store.streams.get(stream)?.head,
    streams: async () => [...store.streams.values()].map(({ head }) => head)
      .sort((a, b) => (a.stream < b.stream ? -1 : 1)),
    read: (stream, fromSeq, limit = Infinity) => readMemory(store, stream, fromSeq, limit),
    eventsOf: (stream) => (store.streams.get(stream)?.events ?? []).map(storedEvent),
    openStays: async (stream) => [...(store.openStays.get(stream)?.values() ?? [])]
      .sort((a, b) => (a.stay < b.stay ? -1 : 1)),
    answerTo: async (stream, key) => {
      const found = store.idempotency.get(stream)?.get(key);
      return found && { key, bodyHash: found.bodyHash, answer: found.answer };
    },
    forgetAnswers: async (before) => {
      let forgotten = 0;
      for (const answers of store.idempotency.values()) {
        for (const { key, at } of answers.values()) if (at < before && answers.delete(key)) forgotten += 1;
      }
      return forgotten;
    },
    onAppended: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    crash: () => {
      crashed = true;
      for (const { batch, answer } of pending) answer(err({ type: "unavailable", stream: batch.stream }));
      pending = [];
    },
    close: async () => {
      if (pending.length > 0) await new Promise<void>((done) => queueMicrotask(done));
    },
  };
}

function commit(store: MemoryStore, batch: Prepared, mine: boolean): Result<Appended, AppendRefusal> {
  const { stream, expectedSeq, events } = batch;
  const found = store.streams.get(stream);
  if (!found || !mine || found.head.epoch !== batch.epoch) {
    return err({ type: "fenced", stream, epoch: found?.head.epoch ?? 0 });
  }
  const { head, digest } = found;
  if (head.seq !== expectedSeq) return err({ type: "conflict", stream, expectedSeq, seq: head.seq });
  const firstAt = events[0]?.at ?? 0;
  if (firstAt < head.at) return err({ type: "timeWentBack", stream, at: firstAt, headAt: head.at });
  for (const { key } of batch.rows?.idempotency ?? []) {
    const known = store.idempotency.get(stream)?.get(key);
    if (known) {
      return err({ type: "duplicateKey", stream, key, bodyHash: known.bodyHash, answer: known.answer });
    }
  }

  const chained = chain(stream, expectedSeq, digest, events, batch.texts);
  found.events.push(...chained);
  const seq = expectedSeq + events.length;
  const closed = lastClosedOffset(batch);
  store.streams.set(stream, {
    head: { ...head, seq, at: atOf(batch), closedSeq: closed === undefined ? head.closedSeq : expectedSeq + 1 + closed },
    digest: chained.at(-1)?.digest ?? digest,
    events: found.events,
  });
  if (batch.rows) putRows(store, stream, seq, atOf(batch), batch.rows);
  return ok({ seq });
}

function putRows(store: MemoryStore, stream: string, seq: number, at: number, rows: EssentialRows): void {
  const stays = inner(store.openStays, stream);
  for (const row of rows.openStays?.put ?? []) stays.set(row.stay, row);
  for (const stay of rows.openStays?.close ?? []) stays.delete(stay);
  for (const row of rows.ledger ?? []) store.ledger.push({ ...row, stream, seq });
  for (const row of rows.outbox ?? []) store.outbox.push({ ...row, stream, seq });
  const answers = inner(store.idempotency, stream);
  for (const row of rows.idempotency ?? []) answers.set(row.key, { ...row, at });
  for (const row of rows.vault?.put ?? []) store.vault.set(row.ref, row);
  for (const { ref, eraseAt } of rows.vault?.deadlines ?? []) {
    const entry = store.vault.get(ref);
    if (entry) store.vault.set(ref, { ...entry, eraseAt });
  }
  for (const hold of rows.vault?.holds ?? []) store.holds.set(hold.ref, hold);
  for (const ref of rows.vault?.releases ?? []) store.holds.delete(ref);
}

function inner<V>(maps: Map<string, Map<string, V>>, key: string): Map<string, V> {
  const found = maps.get(key) ?? new Map<string, V>();
  maps.set(key, found);
  return found;
}

const storedEvent = ({ digest: _, payload, ...event }: ChainedEvent): StoredEvent =>
  ({ ...event, payload: JSON.parse(payload) as unknown });

/** Events per batch when reading; the same as over PostgreSQL, so that callers meet the same shape. */
const READ_BATCH = 1_000;

async function* readMemory(
  store: MemoryStore, stream: string, fromSeq: number, limit: number,
): AsyncIterable<readonly StoredEvent[]> {
  let next = Math.max(fromSeq, 1);
  const last = next + limit - 1;
  for (;;) {
    const events = store.streams.get(stream)?.events.slice(next - 1, Math.min(next - 1 + READ_BATCH, last)) ?? [];
    if (events.length === 0) return;
    yield events.map(storedEvent);
    next += events.length;
  }
}
