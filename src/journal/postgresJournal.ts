/**
 * The journal over PostgreSQL: writers for appends, a small pool for everything else.
 *
 *   append --hash of stream--> writer 1..N --one statement--> PostgreSQL <--pool-- read, head, own
 */
import type pg from "pg";
import { present } from "../kernel/assert.ts";
import { GENESIS } from "./chain.ts";
import { openClient, openPatientClient, openPool } from "./connections.ts";
import {
  type Journal, JournalCorrupt, type StayRow, type StoredEvent, type StreamHead,
} from "./journal.ts";
import { migrate } from "./migrate.ts";
import type { Sealer } from "./sealer.ts";
import { Writer } from "./writer.ts";

export { clientConfig } from "./connections.ts";

export type PostgresJournalOptions = {
  readonly connectionString: string;
  /** Needed as soon as vault rows are appended. */
  readonly sealer?: Sealer;
  /** Connections that append; 2 to 4. */
  readonly writers?: number;
};

/** Two writers keep two cores busy; more only make the groups smaller. */
const WRITERS = 2;
const READERS_MAX = 4;
/** Events in one batch when reading: about 300 kB. */
const READ_BATCH = 1_000;

/** Brings the tables up to date and opens the journal. */
export async function openPostgresJournal(options: PostgresJournalOptions): Promise<Journal> {
  await migrateDatabase(options.connectionString);
  const pool = openPool(options.connectionString, READERS_MAX);
  const listeners = new Set<(stream: string, seq: number) => void>();
  const onAppended = (stream: string, seq: number): void => {
    for (const listener of listeners) listener(stream, seq);
  };
  const connect = async (): Promise<pg.Client> => {
    const client = await openClient(options.connectionString);
    // The append is planned once, on a nearly empty database, for ever: it must not learn to scan whole
    // tables.
    await client.query(`
      set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off;
      set plan_cache_mode = force_generic_plan; set jit = off`);
    return client;
  };
  const writers = Array.from({ length: options.writers ?? WRITERS }, () => new Writer(connect, options.sealer, onAppended));
  const writerOf = (stream: string): Writer => present(writers[hashOf(stream) % writers.length], "writer");

  return {
    own: async (stream, kind) => {
      const { rows } = await pool.query<StreamHead & { digest: string }>(
        `insert into stream (stream, kind, epoch, digest) values ($1, $2, 1, decode($3, 'hex'))
         on conflict (stream) do update set epoch = stream.epoch + 1
         returning ${HEAD}, encode(digest, 'hex') as digest`,
        [stream, kind, GENESIS],
      );
      const { digest, ...head } = present(rows[0], "head");
      writerOf(stream).own(stream, { epoch: head.epoch, seq: head.seq, at: head.at, digest });
      return head;
    },
    append: (batch) => writerOf(batch.stream).enqueue(batch),
    head: async (stream) => (await pool.query<StreamHead>(`select ${HEAD} from stream where stream = $1`, [stream])).rows[0],
    streams: async () => (await pool.query<StreamHead>(`select ${HEAD} from stream order by stream collate "C"`)).rows,
    read: (stream, fromSeq, limit = Infinity) => readEvents(pool, stream, fromSeq, limit),
    openStays: async (stream) => {
      const { rows } = await pool.query<{ stay: string; row: string }>(
        `select stay, row from open_stay where stream = $1 order by stay collate "C"`, [stream]);
      return rows.map(({ stay, row }): StayRow => ({ stay, row: JSON.parse(row) as object }));
    },
    answerTo: async (stream, key) => {
      const { rows } = await pool.query<{ bodyHash: string; answer: string }>(
        `select body_hash as "bodyHash", answer from idempotency where stream = $1 and key = $2`, [stream, key]);
      const [found] = rows;
      return found && { key, bodyHash: found.bodyHash, answer: JSON.parse(found.answer) as unknown };
    },
    forgetAnswers: async (before) => (await pool.query("delete from idempotency where at < $1", [before])).rowCount ?? 0,
    onAppended: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => {
      await Promise.all(writers.map((writer) => writer.close()));
      await pool.end();
    },
  };
}

export async function migrateDatabase(connectionString: string): Promise<void> {
  const client = await openPatientClient(connectionString);
  try {
    await migrate(client);
  } finally {
    await client.end();
  }
}

const HEAD = `stream, kind, epoch, seq, at, closed_seq as "closedSeq"`;

type EventRow = { seq: number; at: number; type: string; version: number; payload: string };

async function* readEvents(
  pool: pg.Pool, stream: string, fromSeq: number, limit: number,
): AsyncIterable<readonly StoredEvent[]> {
  let next = Math.max(fromSeq, 1);
  const end = next + limit;
  // Times never fall along a stream, so the partitions before the first event read need not be looked at.
  let notBefore = 0;
  let missing = 0;
  while (next < end) {
    const { rows } = await pool.query<EventRow>({
      name: "read-events",
      text: `select seq, at, type, version, payload from journal
             where stream = $1 and seq >= $2 and seq < $3 and at >= $4 order by seq`,
      values: [stream, next, Math.min(next + READ_BATCH, end), notBefore],
    });
    if (rows.length === 0) {
      const { rows: [head] } = await pool.query<{ seq: number }>("select seq from stream where stream = $1", [stream]);
      if (!head || head.seq < next) return;
      // The head may have moved between the two questions: the second time it has not.
      if (missing === next) throw new JournalCorrupt(stream, next, "the event is missing");
      missing = next;
      continue;
    }
    yield rows.map((row, index): StoredEvent => {
      if (row.seq !== next + index) throw new JournalCorrupt(stream, next + index, "the event is missing");
      return { stream, seq: row.seq, at: row.at, type: row.type, version: row.version, payload: parsePayload(stream, row) };
    });
    next += rows.length;
    notBefore = rows.at(-1)?.at ?? notBefore;
  }
}

function parsePayload(stream: string, { seq, payload }: EventRow): unknown {
  try {
    return JSON.parse(payload) as unknown;
  } catch {
    throw new JournalCorrupt(stream, seq, "its payload is not JSON");
  }
}

/** FNV-1a: which writer a stream goes to, the same in every process. */
function hashOf(text: string): number {
  let h = 2166136261;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 16777619);
  return h >>> 0;
}
