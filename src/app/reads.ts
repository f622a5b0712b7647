/**
 * The read models follow the journal: each by itself, with its position beside its rows.
 *
 *   append -> kick -> read behind the position -> apply + position in one transaction
 *
 * A model whose version changed is emptied and filled again from the beginning. A failing one waits, with
 * growing pauses, and harms no other.
 */
import type pg from "pg";
import { readModels, type ReadModel } from "../carpark/readmodels/read-models.ts";
import type { Database, JournalEvent } from "../carpark/readmodels/table.ts";
import { READ_WAIT_MS, type ReadModelName, type Reads } from "../api/site.ts";
import type { Journal, StoredEvent } from "../journal/journal.ts";

/** Events in one transaction. */
const BATCH = 2_000;
const PAUSE_MS_MIN = 200;
const PAUSE_MS_MAX = 30_000;

type Progress = { readonly model: ReadModel; readonly positions: Map<string, number>; failing: string | null; pauseMs: number; turn: Promise<void>; wanted: boolean };

export type Followers = Reads & {
  kick(): void;
  /** Everything durable now is read. */
  settle(): Promise<void>;
  close(): Promise<void>;
};

export async function startReads(pool: pg.Pool, journal: Journal, report: (message: string) => void): Promise<Followers> {
  await pool.query("create table if not exists read_position (model text, stream text, seq bigint not null, primary key (model, stream))");
  await pool.query("create table if not exists read_version (model text primary key, version integer not null)");
  const all: Progress[] = [];
  for (const model of readModels) all.push(await prepare(pool, model));
  let closed = false;

  const follow = (progress: Progress): Promise<void> => {
    progress.wanted = true;
    progress.turn = progress.turn.then(async () => {
      while (progress.wanted && !closed) {
        progress.wanted = false;
        try {
          await catchUp(pool, journal, progress);
          progress.failing = null;
          progress.pauseMs = PAUSE_MS_MIN;
        } catch (error) {
          progress.failing = error instanceof Error ? error.message : String(error);
          report(`read model ${progress.model.name}: ${progress.failing}; tried again in ${progress.pauseMs} ms`);
          const timer = setTimeout(() => void follow(progress), progress.pauseMs);
          timer.unref();
          progress.pauseMs = Math.min(progress.pauseMs * 2, PAUSE_MS_MAX);
        }
      }
    });
    return progress.turn;
  };
  const kick = (): void => all.forEach((progress) => void follow(progress));
  const heads = new Map<string, number>();
  const stop = journal.onAppended((stream, seq) => {
    heads.set(stream, seq);
    kick();
  });
  kick();

  return {
    db: pool as Database,
    kick,
    settle: async () => void (await Promise.all(all.map(follow))),
    caughtUp: async (name: ReadModelName) => {
      const progress = all.find(({ model }) => model.name === name);
      if (!progress || progress.failing !== null) return;
      let timer: NodeJS.Timeout | undefined;
      const enough = new Promise<void>((resolve) => { timer = setTimeout(resolve, READ_WAIT_MS); });
      await Promise.race([follow(progress), enough]);
      clearTimeout(timer);
    },
    status: () => all.map(({ model, positions, failing }) => ({
      name: model.name, failing: failing !== null, detail: failing,
      behind: [...heads].reduce((sum, [stream, seq]) => sum + Math.max(0, seq - (positions.get(stream) ?? 0)), 0),
    })),
    close: async () => {
      closed = true;
      stop();
      await Promise.all(all.map(({ turn }) => turn));
    },
  };
}

async function prepare(pool: pg.Pool, model: ReadModel): Promise<Progress> {
  const { rows: [stored] } = await pool.query<{ version: number }>("select version from read_version where model = $1", [model.name]);
  if (stored?.version !== model.version) {
    await inTransaction(pool, async (db) => {
      for (const statement of [...model.drop, ...model.create]) await db.query(statement);
      await db.query("delete from read_position where model = $1", [model.name]);
      await db.query("insert into read_version (model, version) values ($1, $2) on conflict (model) do update set version = excluded.version", [model.name, model.version]);
    });
  }
  const { rows } = await pool.query<{ stream: string; seq: number }>("select stream, seq from read_position where model = $1", [model.name]);
  return {
    model, positions: new Map(rows.map(({ stream, seq }) => [stream, seq])), failing: null, pauseMs: PAUSE_MS_MIN, turn: Promise.resolve(), wanted: false,
  };
}

async function catchUp(pool: pg.Pool, journal: Journal, { model, positions }: Progress): Promise<void> {
  for (const { stream, seq: head } of await journal.streams()) {
    let position = positions.get(stream) ?? 0;
    while (position < head) {
      const events: JournalEvent[] = [];
      for await (const batch of journal.read(stream, position + 1, BATCH)) events.push(...batch.map(readable));
      const last = events.at(-1)?.seq;
      if (last === undefined) break;
      await inTransaction(pool, async (db) => {
        await model.apply(events, db);
        await db.query(
          "insert into read_position (model, stream, seq) values ($1, $2, $3) on conflict (model, stream) do update set seq = excluded.seq",
          [model.name, stream, last],
        );
      });
      position = last;
      positions.set(stream, position);
    }
  }
}

/** The journal says `facility/central`; people and read models say `central`. */
const readable = (stored: StoredEvent): JournalEvent => ({ ...stored, stream: stored.stream.slice(stored.stream.indexOf("/") + 1) });

async function inTransaction(pool: pg.Pool, work: (db: Database) => Promise<void>): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("begin");
    await work(client as Database);
    await client.query("commit");
  } catch (error) {
    await client.query("rollback").catch(() => {});
    throw error;
  } finally {
    client.release();
  }
}
