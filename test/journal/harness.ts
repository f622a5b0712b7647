/** A PostgreSQL of its own for a test file, and fresh databases in it. */
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { type Postgres, startPostgres } from "../../src/postgres/postgres.ts";

export type TestServer = {
  readonly postgres: Postgres;
  readonly dataDir: string;
  /** The URL of a new, empty database. */
  fresh(): Promise<string>;
  stop(): Promise<void>;
};

export async function testServer(): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), "gh-test-"));
  const dataDir = join(folder, "data");
  // The server runs under an account of its own, which must get through here.
  chmodSync(folder, 0o711);
  const postgres = await startPostgres({ dataDir });
  let databases = 0;
  return {
    postgres,
    dataDir,
    fresh: async () => {
      const name = `test_${++databases}`;
      await query(postgres.connectionString, `create database ${name}`);
      return postgres.connectionString.replace(/\/postgres$/, `/${name}`);
    },
    stop: async () => {
      // Nothing in here is kept, so the flush of a dozen databases at a clean stop is not waited for.
      const pid = postgres.pid();
      if (pid !== undefined) process.kill(pid, "SIGQUIT");
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export async function query<Row extends pg.QueryResultRow>(connectionString: string, text: string, values: unknown[] = []): Promise<Row[]> {
  const client = new pg.Client({ connectionString });
  client.on("error", () => {});
  await client.connect();
  try {
    return (await client.query<Row>(text, values)).rows;
  } finally {
    await client.end();
  }
}

export async function collect<T>(batches: AsyncIterable<readonly T[]>): Promise<T[]> {
  const all: T[] = [];
  for await (const batch of batches) all.push(...batch);
  return all;
}
