/**
 * How this folder talks to PostgreSQL: limits on every wait, integers as numbers, no error without a
 * listener.
 */
import pg from "pg";

/** Named so that only our own backends are ever ended. */
export const APPLICATION = "gatehouse journal";

const STATEMENT_TIMEOUT_MS = 5_000;
const LOCK_TIMEOUT_MS = 2_000;
/** A server that is frozen, not slow. */
const QUERY_TIMEOUT_MS = 10_000;
export const CONNECT_TIMEOUT_MS = 5_000;

const INT8 = 20;

/** `bigint` columns hold sequences, instants and minor units, all safe integers. */
const numbersAsNumbers: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: "text") =>
    (oid === INT8 ? safeInteger : pg.types.getTypeParser(oid, format))) as pg.CustomTypesConfig["getTypeParser"],
};

function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new Error(`a stored integer is not a safe integer: ${text}`);
  return value;
}

/** Limits for whoever opens a connection of their own; `openPool` is the safer way. */
export const clientConfig = (connectionString: string): pg.ClientConfig => ({
  connectionString,
  application_name: APPLICATION,
  types: numbersAsNumbers,
  statement_timeout: STATEMENT_TIMEOUT_MS,
  lock_timeout: LOCK_TIMEOUT_MS,
  query_timeout: QUERY_TIMEOUT_MS,
  connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
});

/**
 * A lost connection fails the query that uses it, and one lost while idle is replaced: neither ends the
 * process.
 */
const heard = <T extends { on(event: "error", listener: () => void): unknown }>(emitter: T): T => {
  emitter.on("error", () => {});
  return emitter;
};

export function openPool(connectionString: string, max: number): pg.Pool {
  const pool = heard(new pg.Pool({ ...clientConfig(connectionString), max }));
  pool.on("connect", heard);
  return pool;
}

export async function openClient(connectionString: string): Promise<pg.Client> {
  const client = heard(new pg.Client(clientConfig(connectionString)));
  await client.connect();
  return client;
}

/** For work that takes as long as it takes: migrations, exports, verification. */
export async function openPatientClient(connectionString: string): Promise<pg.Client> {
  const client = heard(new pg.Client({
    connectionString, application_name: APPLICATION, types: numbersAsNumbers, connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  }));
  await client.connect();
  return client;
}
