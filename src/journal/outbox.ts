/**
 * The outbox: messages that were committed with their events and must leave, in order per key.
 *
 *   row due and first of its (stream, topic, key) --deliver--> ok: the row goes
 *                                                   failed: this key waits, others go on
 *                                                   schedule at its end: dead letter, reported; replay on demand
 *
 * Promise: at least once, in order per key, the same id at every attempt. A failing key holds back itself only.
 * A receiver that is not there at all is no failure of a message: nothing is counted, and whoever drives the topic waits.
 */
import type pg from "pg";
import { present } from "../kernel/assert.ts";
import { type DurationMs, HOUR, type Instant, MINUTE, SECOND } from "../kernel/instant.ts";
import { openPool } from "./connections.ts";

export type OutboxMessage = {
  /** The same at each attempt: the receiver knows a repetition by it. */
  readonly id: string;
  readonly stream: string;
  readonly topic: string;
  readonly key: string;
  readonly payload: unknown;
  /** When it was committed. */
  readonly at: Instant;
  /** Attempts before this one. */
  readonly attempts: number;
};

export type DeliveryOutcome =
  | { readonly type: "delivered" }
  /** `retryAfterMs` when the receiver asked for a pause; the longer of it and the schedule counts. */
  | { readonly type: "failed"; readonly reason: string; readonly retryAfterMs?: DurationMs }
  /** The receiver is not there, for this message or any other: it stays as it is, and the rest of the topic waits with it. */
  | { readonly type: "notThere"; readonly reason: string }
  /** No attempt will ever succeed. */
  | { readonly type: "hopeless"; readonly reason: string };

export type DeadLetter = OutboxMessage & { readonly reason: string };

/** Pauses after the first, second ... failed attempt; after the last one the message is dead. */
export type RetrySchedule = readonly DurationMs[];

/** Standard Webhooks 1.0.0: ten attempts over 75 hours 35 minutes. */
export const STANDARD_WEBHOOKS_SCHEDULE: RetrySchedule =
  [5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR];

export type DelivererOptions = {
  readonly connectionString: string;
  readonly topic: string;
  readonly schedule: RetrySchedule;
  now(): Instant;
  deliver(message: OutboxMessage): Promise<DeliveryOutcome>;
  /** Somebody must look at it. */
  onDead?(letter: DeadLetter): void;
};

export type Deliverer = {
  /**
   * Delivers until nothing more is due or the receiver is not there; returns how many messages left. One process at a
   * time delivers a topic: in the others this does nothing.
   */
  deliverDue(): Promise<number>;
  dead(): Promise<readonly DeadLetter[]>;
  /** Puts dead letters back in their place, due now; returns how many. */
  replay(ids: readonly string[]): Promise<number>;
  /** Messages still waiting. */
  waiting(): Promise<number>;
  close(): Promise<void>;
};

/** Deliveries under way at once: one slow receiver must not hold up the others, nor we flood one. */
const CONCURRENT_MAX = 16;
/** A reason is for people; a receiver's page of HTML is not. */
const REASON_LENGTH_MAX = 300;

type Row = {
  stream: string;
  seq: number;
  n: number;
  topic: string;
  key: string;
  payload: string;
  at: number;
  attempts: number;
  last_error: string | null;
};

const COLUMNS = "stream, seq, n, topic, key, payload, at, attempts, last_error";

export async function openDeliverer(options: DelivererOptions): Promise<Deliverer> {
  const { topic, schedule, now, deliver, onDead } = options;
  const pool = openPool(options.connectionString, 4);
  let keeper: pg.PoolClient | undefined;

  /** The lock lives as long as the connection that took it. */
  const isMine = async (): Promise<boolean> => {
    if (keeper) return true;
    const client = await pool.connect();
    const { rows } = await client.query<{ mine: boolean }>(
      "select pg_try_advisory_lock(hashtextextended($1, 0)) as mine", [`outbox ${topic}`]);
    if (!rows[0]?.mine) {
      client.release();
      return false;
    }
    client.once("error", () => (keeper = undefined));
    client.once("end", () => (keeper = undefined));
    keeper = client;
    return true;
  };

  const firstDue = async (): Promise<readonly Row[]> => (await pool.query<Row>(
    `select ${COLUMNS} from outbox o
     where topic = $1 and due_at <= $2 and not dead and not exists (
       select 1 from outbox p where p.stream = o.stream and p.topic = o.topic and p.key = o.key and not p.dead
         and (p.seq, p.n) < (o.seq, o.n))
     order by due_at, stream, seq, n limit ${CONCURRENT_MAX}`, [topic, now()])).rows;

  const attempt = async (row: Row): Promise<"delivered" | "notThere" | "kept"> => {
    const outcome = await deliver(messageOf(row)).catch((error: unknown): DeliveryOutcome =>
      ({ type: "failed", reason: error instanceof Error ? error.message : String(error) }));
    if (outcome.type === "delivered") {
      await pool.query("delete from outbox where stream = $1 and seq = $2 and n = $3", [row.stream, row.seq, row.n]);
      return "delivered";
    }
    if (outcome.type === "notThere") return "notThere";
    const reason = outcome.reason.slice(0, REASON_LENGTH_MAX);
    const pause = outcome.type === "failed" ? schedule[row.attempts] : undefined;
    await pool.query(
      "update outbox set attempts = attempts + 1, last_error = $4, dead = $5 where stream = $1 and seq = $2 and n = $3",
      [row.stream, row.seq, row.n, reason, pause === undefined]);
    if (pause === undefined) {
      onDead?.({ ...messageOf(row), attempts: row.attempts + 1, reason });
      return "kept";
    }
    // The whole key waits, so that what is behind is not looked at again and again.
    const due = now() + Math.max(pause, outcome.type === "failed" ? outcome.retryAfterMs ?? 0 : 0);
    await pool.query(
      "update outbox set due_at = greatest(due_at, $4) where stream = $1 and topic = $2 and key = $3 and not dead",
      [row.stream, topic, row.key, due]);
    return "kept";
  };

  return {
    deliverDue: async () => {
      let delivered = 0;
      while (await isMine()) {
        const rows = await firstDue();
        if (rows.length === 0) break;
        const done = await Promise.all(rows.map(attempt));
        delivered += done.filter((one) => one === "delivered").length;
        if (done.includes("notThere")) break;
      }
      return delivered;
    },
    dead: async () => (await pool.query<Row>(
      `select ${COLUMNS} from outbox where topic = $1 and dead order by stream, seq, n`, [topic]))
      .rows.map((row) => ({ ...messageOf(row), reason: row.last_error ?? "" })),
    replay: async (ids) => (await pool.query(
      `update outbox set dead = false, attempts = 0, due_at = $3
       where topic = $1 and dead and stream || '/' || seq || '/' || n = any($2)`, [topic, ids, now()])).rowCount ?? 0,
    waiting: async () => present((await pool.query<{ count: number }>(
      "select count(*) as count from outbox where topic = $1 and not dead", [topic])).rows[0], "count").count,
    close: async () => {
      keeper?.release(true);
      await pool.end();
    },
  };
}

const messageOf = ({ stream, seq, n, topic, key, payload, at, attempts }: Row): OutboxMessage =>
  ({ id: `${stream}/${seq}/${n}`, stream, topic, key, payload: JSON.parse(payload) as unknown, at, attempts });
