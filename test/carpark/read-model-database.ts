/** A PostgreSQL of our own with the read models' tables, for one test file. */
import { chmodSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { readModels } from "../../src/carpark/readmodels/read-models.ts";
import type { Database, JournalEvent } from "../../src/carpark/readmodels/table.ts";
import { startPostgres } from "../../src/postgres/postgres.ts";

export type ReadModelDatabase = {
  readonly db: Database;
  /** Empty tables again. */
  readonly recreate: () => Promise<void>;
  /** All models follow these events, in batches of this size. */
  readonly follow: (events: readonly JournalEvent[], batch?: number) => Promise<void>;
  /** Every row of every table, as sorted text. */
  readonly dump: () => Promise<readonly string[]>;
  readonly stop: () => Promise<void>;
};

export async function readModelDatabase(): Promise<ReadModelDatabase> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "gh-read-")));
  chmodSync(folder, 0o755);
  const postgres = await startPostgres({ dataDir: join(folder, "data") });
  const pool = new pg.Pool({ connectionString: postgres.connectionString, max: 2 });
  // The server is stopped at the end of a test; a connection it drops then is no error of the test.
  pool.on("error", () => {});
  pool.on("connect", (client) => void client.on("error", () => {}));
  const tables = readModels.flatMap(({ create }) => create).map((text) => /^create table (\w+)/.exec(text)?.[1] ?? "");
  return {
    db: pool,
    async recreate() {
      for (const model of readModels) for (const text of [...model.drop, ...model.create]) await pool.query(text);
    },
    async follow(events, batch = 100) {
      const client = await pool.connect();
      try {
        for (let from = 0; from < events.length; from += batch) {
          await client.query("begin");
          for (const model of readModels) await model.apply(events.slice(from, from + batch), client);
          await client.query("commit");
        }
      } finally {
        client.release();
      }
    },
    async dump() {
      const rows: string[] = [];
      for (const table of tables) {
        const result = await pool.query(`select to_jsonb(t)::text as row from ${table} t`);
        rows.push(...result.rows.map(({ row }) => `${table} ${String(row)}`));
      }
      return rows.sort();
    },
    async stop() {
      await pool.end();
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
