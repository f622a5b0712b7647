/** The read models as followers of the journal, and how long a reader waits for what was just done. */
import type pg from "pg";
import { readModels, type ReadModel } from "../carpark/readmodels/read-models.ts";
import type { Database, JournalEvent } from "../carpark/readmodels/table.ts";
import { READ_WAIT_MS, type ReadModelName, type Reads } from "../api/site.ts";
import type { Journal, StoredEvent } from "../journal/journal.ts";
import { type Follower, type Followers, openFollowers } from "../journal/follower.ts";

export const followersOf = (models: readonly ReadModel[]): readonly Follower[] => models.map((model) => ({
  name: model.name, version: model.version, create: model.create.join(";\n"), drop: model.drop.join(";\n"),
  apply: (events, transaction) => model.apply(events.map(readable), { query: async (text, values = []) => ({ rows: await transaction.query(text, values) }) }),
}));

/** The journal says `facility/central`; people and read models say `central`. */
const readable = (stored: StoredEvent): JournalEvent => ({ ...stored, stream: stored.stream.slice(stored.stream.indexOf("/") + 1) });

export type RunningReads = Reads & { readonly followers: Followers; close(): Promise<void> };

export async function startReads(connectionString: string, pool: pg.Pool, journal: Journal, log: (message: string) => void): Promise<RunningReads> {
  const followers = openFollowers({ connectionString, journal, followers: followersOf(readModels), log });
  const heads = new Map((await journal.streams()).map(({ stream, seq }) => [stream, seq]));
  const stop = journal.onAppended((stream, seq) => void heads.set(stream, seq));
  await followers.start();
  return {
    followers,
    db: pool as Database,
    caughtUp: async (name: ReadModelName) => {
      const waits = [...heads].map(([stream, seq]) => followers.waitFor(name, stream, seq, READ_WAIT_MS));
      await Promise.all(waits);
    },
    status: async () => {
      const behind = await eventsBehind(pool);
      return followers.status().map(({ name, state, failures, error }) => ({
        name, behind: behind.get(name) ?? 0, state, failing: failures > 0, detail: error ?? null,
      }));
    },
    close: async () => {
      stop();
      await followers.close();
    },
  };
}

/** Durable events each follower has still to read, over all streams. */
async function eventsBehind(pool: pg.Pool): Promise<ReadonlyMap<string, number>> {
  const { rows } = await pool.query<{ name: string; behind: number }>(
    `select f.name, coalesce(sum(s.seq - coalesce(p.seq, 0)), 0)::bigint as behind
     from follower f cross join stream s left join follower_position p on p.follower = f.name and p.stream = s.stream group by f.name`);
  return new Map(rows.map(({ name, behind }) => [name, behind]));
}
