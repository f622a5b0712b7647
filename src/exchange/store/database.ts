/**
 * The exchange's own connections. Requests run under a role that is no superuser; migrations, keys and
 * partitions run as the owner of the schema.
 */
import pg from "pg";
import { migrate } from "../../journal/migrate.ts";
import { APP_ROLE, EXCHANGE_MIGRATIONS } from "./schema.ts";

const APPLICATION = "gatehouse exchange";
/** Two cores answer no faster with more; the rest waits in the pool. */
const CONNECTIONS_MAX = 8;
const OWN_CONNECTIONS_MAX = 4;
const OWNER_CONNECTIONS_MAX = 2;
const STATEMENT_TIMEOUT_MS = 5_000;
const LOCK_TIMEOUT_MS = 3_000;
/** A server that is frozen, not slow. */
const QUERY_TIMEOUT_MS = 10_000;
const CONNECT_TIMEOUT_MS = 5_000;
const INT8 = 20;
/** Planning over partitions under row-level security takes ten times as long as running: plans are made once a connection. */
const PLANS = "-c plan_cache_mode=force_generic_plan -c jit=off";

const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: "text") =>
    (oid === INT8 ? Number : pg.types.getTypeParser(oid, format))) as pg.CustomTypesConfig["getTypeParser"],
};

export type Database = {
  /** Under the role with row-level security. */
  readonly pool: pg.Pool;
  /** The same, for the server's own reading: its connections stand under the settings of the role `exchange`. */
  readonly own: pg.Pool;
  readonly owner: pg.Pool;
  close(): Promise<void>;
};

export async function openDatabase(connectionString: string): Promise<Database> {
  await migrateExchange(connectionString);
  const base = {
    connectionString, application_name: APPLICATION, types, statement_timeout: STATEMENT_TIMEOUT_MS, lock_timeout: LOCK_TIMEOUT_MS,
    query_timeout: QUERY_TIMEOUT_MS, connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  };
  const options = `-c role=${APP_ROLE} -c search_path=exchange ${PLANS}`;
  const pool = heard(new pg.Pool({ ...base, max: CONNECTIONS_MAX, options }));
  const own = heard(new pg.Pool({ ...base, max: OWN_CONNECTIONS_MAX, options: `${options} -c exchange.role=exchange` }));
  const owner = heard(new pg.Pool({ ...base, max: OWNER_CONNECTIONS_MAX, options: "-c search_path=exchange" }));
  return { pool, own, owner, close: async () => { await Promise.all([pool.end(), own.end(), owner.end()]); } };
}

/** A lost connection fails the query that uses it, and one lost while idle is replaced: neither ends the process. */
function heard(pool: pg.Pool): pg.Pool {
  pool.on("error", () => {});
  pool.on("connect", (client) => { client.on("error", () => {}); });
  return pool;
}

async function migrateExchange(connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString, application_name: APPLICATION, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
  client.on("error", () => {});
  await client.connect();
  try {
    await client.query("create schema if not exists exchange");
    await client.query("set search_path = exchange");
    await migrate(client, EXCHANGE_MIGRATIONS);
  } finally {
    await client.end();
  }
}
