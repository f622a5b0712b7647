/**
 * The journal: many streams of events, one owner each.
 *
 *   own(stream) ---> { epoch, seq }          a new owner raises the epoch, the old one is fenced
 *   append(batch, expected seq, epoch) ----> all of it durable, or none of it and a reason
 *   read(stream, from) --------------------> 1, 2, 3 ... without a gap
 *
 * Promise: an append answered with `ok` survives kill and power cut, together with its rows. Appends of one
 * stream may be queued one behind the other without waiting: they keep their order, and when one is refused
 * those behind it are refused too. The journal knows no car park: an event is a type and a JSON object.
 */
import type { Instant } from "../kernel/instant.ts";
import type { Result } from "../kernel/result.ts";

export type NewEvent = {
  readonly type: string;
  /** Never before the stream's last event: `max(previous, clock)` is the caller's duty. */
  readonly at: Instant;
  /** Version of this type's payload; 1 when left out. */
  readonly version?: number;
  readonly payload: object;
};

export type StoredEvent = {
  readonly stream: string;
  readonly seq: number;
  readonly at: Instant;
  readonly type: string;
  readonly version: number;
  readonly payload: unknown;
};

/** The event type that carries the full state of its stream; start-up reads from the last one. */
export const PERIOD_CLOSED = "PeriodClosed";

export type StayRow = { readonly stay: string; readonly row: object };

/** One line of double entry. The postings of an append add up to zero in each currency. */
export type PostingRow = {
  readonly account: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly ref?: string;
};

/** A message that must leave. Messages of one (topic, key) leave in order; a key belongs to one stream. */
export type OutboxRow = { readonly topic: string; readonly key: string; readonly payload: object };

/** What was answered to a request, so that its repetition gets the same answer and has no second effect. */
export type IdempotencyRow = { readonly key: string; readonly bodyHash: string; readonly answer: unknown };

/** `stay` keys are changed every hour; `holder` keys when a holder is erased. */
export type VaultClass = "stay" | "holder";

export type VaultRow = {
  /** The random reference events carry in place of the plate or name. */
  readonly ref: string;
  readonly class: VaultClass;
  readonly text: string;
  /** Undefined: kept until a deadline is set. */
  readonly eraseAt?: Instant;
};

export type VaultDeadline = { readonly ref: string; readonly eraseAt: Instant };

/** Keeps an entry past its deadline: somebody answers for it, with a reason, for at most 90 days. */
export type VaultHold = {
  readonly ref: string;
  readonly owner: string;
  readonly reason: string;
  readonly until: Instant;
};

export type VaultChanges = {
  readonly put?: readonly VaultRow[];
  readonly deadlines?: readonly VaultDeadline[];
  readonly holds?: readonly VaultHold[];
  /** Refs whose hold ends now. */
  readonly releases?: readonly string[];
};

/** Rows that are committed with the events or not at all. */
export type EssentialRows = {
  readonly openStays?: { readonly put?: readonly StayRow[]; readonly close?: readonly string[] };
  readonly ledger?: readonly PostingRow[];
  readonly outbox?: readonly OutboxRow[];
  readonly idempotency?: readonly IdempotencyRow[];
  readonly vault?: VaultChanges;
};

export type Batch = {
  readonly stream: string;
  readonly expectedSeq: number;
  readonly epoch: number;
  readonly events: readonly NewEvent[];
  readonly rows?: EssentialRows;
};

export type AppendRefusal =
  /** Somebody else owns the stream. Stop; never argue over a barrier. */
  | { readonly type: "fenced"; readonly stream: string; readonly epoch: number }
  | { readonly type: "conflict"; readonly stream: string; readonly expectedSeq: number; readonly seq: number }
  | { readonly type: "timeWentBack"; readonly stream: string; readonly at: Instant; readonly headAt: Instant }
  /** The answer given then is to be given again, if the body is the same. */
  | {
    readonly type: "duplicateKey";
    readonly stream: string;
    readonly key: string;
    readonly bodyHash: string;
    readonly answer: unknown;
  }
  /** An append queued before this one was refused. */
  | { readonly type: "abandoned"; readonly stream: string; readonly because: AppendRefusal["type"] }
  | { readonly type: "queueFull"; readonly stream: string; readonly limit: number }
  /** The database does not take this content; nothing was written. `code` is its SQLSTATE. */
  | { readonly type: "unstorable"; readonly stream: string; readonly code: string }
  /** The database does not answer. Whether this was written is unknown: `own` the stream again and reload. */
  | { readonly type: "unavailable"; readonly stream: string };

export type StreamHead = {
  readonly stream: string;
  readonly kind: string;
  readonly epoch: number;
  readonly seq: number;
  /** Time of the last event, 0 before the first. */
  readonly at: Instant;
  /** Position of the last PeriodClosed, 0 before the first. */
  readonly closedSeq: number;
};

export type Appended = { readonly seq: number };

export type Journal = {
  /** Makes this process the owner of the stream, created when new; the owner before is fenced. */
  own(stream: string, kind: string): Promise<StreamHead>;
  append(batch: Batch): Promise<Result<Appended, AppendRefusal>>;
  head(stream: string): Promise<StreamHead | undefined>;
  /** By name. */
  streams(): Promise<readonly StreamHead[]>;
  /** Events with `seq >= fromSeq` in batches, up to the end as it is when reading gets there. */
  read(stream: string, fromSeq: number, limit?: number): AsyncIterable<readonly StoredEvent[]>;
  openStays(stream: string): Promise<readonly StayRow[]>;
  answerTo(stream: string, key: string): Promise<IdempotencyRow | undefined>;
  /**
   * Forgets answers given before; returns how many. Keep at least the 7 days a site may be offline: a repetition
   * after that is executed again.
   */
  forgetAnswers(before: Instant): Promise<number>;
  /** Called after each durable append; returns how to stop listening. */
  onAppended(listener: (stream: string, seq: number) => void): () => void;
  /** Waits for what is queued, then lets go of every resource. */
  close(): Promise<void>;
};

export type LoadedStream = {
  readonly head: StreamHead;
  /** The last PeriodClosed, when there is one. */
  readonly snapshot: StoredEvent | undefined;
  /** What came after it; everything when there is none. */
  readonly tail: AsyncIterable<readonly StoredEvent[]>;
};

/** The last closed period and the events after it: what an owner needs to get its state back. */
export async function loadStream(journal: Journal, head: StreamHead): Promise<LoadedStream> {
  let snapshot: StoredEvent | undefined;
  if (head.closedSeq > 0) {
    for await (const [first] of journal.read(head.stream, head.closedSeq, 1)) snapshot = first;
    if (snapshot?.type !== PERIOD_CLOSED) {
      throw new JournalCorrupt(head.stream, head.closedSeq, `no ${PERIOD_CLOSED} where the head says so`);
    }
  }
  return { head, snapshot, tail: journal.read(head.stream, head.closedSeq + 1) };
}

/**
 * Stored events are not what was written. Nothing is skipped or repaired by guessing: restore, then go
 * on.
 */
export class JournalCorrupt extends Error {
  override readonly name = "JournalCorrupt";
  readonly stream: string;
  readonly seq: number;
  constructor(stream: string, seq: number, what: string) {
    super(`Journal of ${stream} at ${seq}: ${what}. Restore the stream from an export or a replica.`);
    this.stream = stream;
    this.seq = seq;
  }
}
