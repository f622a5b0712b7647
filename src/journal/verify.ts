/**
 * Verification: reads every stored event and compares it with everything that says something about it.
 *
 *   seq 1, 2, 3 ... - times that do not fall - hash chain - head - postings that add up - positions not ahead
 *   replay twice (fold from the beginning, fold from the last closed period): the same state
 *
 * It changes nothing and can run beside the owner of the streams: each stream is read in one snapshot.
 */
import type pg from "pg";
import { GENESIS, digestAfter } from "./chain.ts";
import { openPatientClient } from "./connections.ts";
import { PERIOD_CLOSED, type StoredEvent } from "./journal.ts";

/** How a kind of stream becomes state. The journal itself knows no state. */
export type Fold<State> = {
  readonly kind: string;
  initial(stream: string): State;
  evolve(state: State, event: StoredEvent): State;
  /** The state a PeriodClosed carries; null when another version of ours wrote it, which a start does not read. */
  fromClosed(event: StoredEvent): State | null;
  digest(state: State): string;
};

export type StreamReport = {
  readonly stream: string;
  readonly kind: string;
  readonly events: number;
  /** Digest of the replayed state; undefined when no fold is known for the kind. */
  readonly state: string | undefined;
  /** Empty when everything agrees. */
  readonly problems: readonly string[];
};

type Head = { stream: string; kind: string; seq: number; at: number; digest: string; closed_seq: number };
type Row = { seq: number; at: number; type: string; version: number; payload: string; digest: string };

/** Events fetched at a time. */
const BATCH = 2_000;
/** One cause makes every event after it wrong; the first ones say where it is. */
const PROBLEMS_MAX = 10;

export async function verifyJournal(
  connectionString: string, folds: readonly Fold<never>[] | readonly Fold<unknown>[],
): Promise<readonly StreamReport[]> {
  const client = await openPatientClient(connectionString);
  try {
    const { rows } = await client.query<{ stream: string }>(`select stream from stream order by stream collate "C"`);
    const reports: StreamReport[] = [];
    for (const { stream } of rows) reports.push(await verifyStream(client, stream, folds as readonly Fold<unknown>[]));
    return reports;
  } finally {
    await client.end();
  }
}

async function verifyStream(
  client: pg.Client, stream: string, folds: readonly Fold<unknown>[],
): Promise<StreamReport> {
  await client.query("begin isolation level repeatable read read only");
  try {
    const { rows: [head] } = await client.query<Head>(
      "select stream, kind, seq, at, encode(digest, 'hex') as digest, closed_seq from stream where stream = $1", [stream]);
    if (!head) return { stream, kind: "", events: 0, state: undefined, problems: ["the stream has no head"] };
    const replay = new Replay(head, folds.find(({ kind }) => kind === head.kind));
    await client.query(
      `declare events no scroll cursor for
       select seq, at, type, version, payload, encode(digest, 'hex') as digest
       from journal where stream = '${escaped(stream)}' order by seq, at`);
    for (;;) {
      const { rows } = await client.query<Row>(`fetch ${BATCH} from events`);
      if (rows.length === 0) break;
      for (const row of rows) replay.next(row);
    }
    return replay.finish(await rowProblems(client, stream, head.seq));
  } finally {
    await client.query("rollback");
  }
}

class Replay {
  readonly #head: Head;
  readonly #fold: Fold<unknown> | undefined;
  readonly #problems: string[] = [];
  #seq = 0;
  #at = 0;
  #digest = GENESIS;
  #closedSeq = 0;
  #state: unknown;
  /** The state as a start from the last closed period would have it. */
  #fromClosed: unknown = null;

  constructor(head: Head, fold: Fold<unknown> | undefined) {
    this.#head = head;
    this.#fold = fold;
    this.#state = fold?.initial(head.stream);
  }

  next(row: Row): void {
    const { seq, at, type } = row;
    if (seq !== this.#seq + 1) this.#problem(`event ${seq} follows event ${this.#seq}`);
    if (at < this.#at) this.#problem(`event ${seq} is earlier than the one before it`);
    if (digestAfter(this.#digest, { ...row, stream: this.#head.stream }) !== row.digest) {
      this.#problem(`event ${seq} is not the one that was written, or does not follow the one that was written before it`);
    }
    this.#seq = seq;
    this.#at = at;
    this.#digest = row.digest;
    if (type === PERIOD_CLOSED) this.#closedSeq = seq;
    this.#evolve(row);
  }

  #evolve({ seq, at, type, version, payload }: Row): void {
    const fold = this.#fold;
    if (!fold) return;
    try {
      const event: StoredEvent = { stream: this.#head.stream, seq, at, type, version, payload: JSON.parse(payload) as unknown };
      this.#state = fold.evolve(this.#state, event);
      if (type === PERIOD_CLOSED) this.#fromClosed = fold.fromClosed(event);
      else if (this.#fromClosed !== null) this.#fromClosed = fold.evolve(this.#fromClosed, event);
    } catch (error) {
      this.#problem(`event ${seq} (${type}) could not be applied: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  finish(rowProblems: readonly string[]): StreamReport {
    const { stream, kind, seq, at, digest, closed_seq } = this.#head;
    if (seq !== this.#seq) this.#problem(`the head says ${seq} events, ${this.#seq} are there`);
    else if (at !== this.#at || digest !== this.#digest) this.#problem("the head does not agree with the last event");
    if (closed_seq !== this.#closedSeq) {
      this.#problem(`the head says the last period was closed at ${closed_seq}, it was at ${this.#closedSeq}`);
    }
    const state = this.#fold?.digest(this.#state);
    if (this.#fold && this.#fromClosed !== null && this.#fold.digest(this.#fromClosed) !== state) {
      this.#problem(`the state from the period closed at ${this.#closedSeq} differs from the state from the beginning`);
    }
    return { stream, kind, events: this.#seq, state, problems: [...this.#problems, ...rowProblems] };
  }

  #problem(what: string): void {
    if (this.#problems.length < PROBLEMS_MAX) this.#problems.push(what);
  }
}

/** Rows beside the journal that contradict it. */
async function rowProblems(client: pg.Client, stream: string, seq: number): Promise<readonly string[]> {
  const { rows: sums } = await client.query<{ seq: number; currency: string; sum: string }>(
    `select seq, currency, sum(amount_minor) as sum from posting where stream = $1
     group by seq, currency having sum(amount_minor) <> 0 order by seq limit ${PROBLEMS_MAX}`, [stream]);
  const { rows: ahead } = await client.query<{ what: string; seq: number }>(
    `select 'follower ' || follower as what, seq from follower_position where stream = $1 and seq > $2
     union all select 'a posting', max(seq) from posting where stream = $1 having max(seq) > $2
     union all select 'an open stay', max(seq) from open_stay where stream = $1 having max(seq) > $2
     union all select 'a message', max(seq) from outbox where stream = $1 having max(seq) > $2`, [stream, seq]);
  return [
    ...sums.map((row) => `postings of event ${row.seq} add up to ${row.sum} minor units ${row.currency}, not 0`),
    ...ahead.map((row) => `${row.what} is at ${row.seq}, after the last event ${seq}`),
  ];
}

/** A cursor's query takes no parameters. */
const escaped = (text: string): string => text.replaceAll("'", "''");
