/**
 * What the server must promise, and how the embedded one is tuned.
 *
 * An acknowledged event must survive a power cut, so the first three are asserted on every server at
 * every start, ours or not. The embedded server is sized for one site on a small computer.
 */
import type { Client } from "pg";

/** Money is stored here: a server that does not promise these is refused. */
const PROMISES: Readonly<Record<string, string>> = {
  fsync: "on",
  full_page_writes: "on",
  synchronous_commit: "on",
  data_checksums: "on",
};

/**
 * Connections of the embedded server: the car parks' pools (journal, followers, outbox topics, pages: 32 when all are
 * full), the demo's exchange with 14, and room for a person with psql.
 */
export const EMBEDDED_CONNECTIONS_MAX = 64;

export function embeddedSettings(socketFolder: string): readonly string[] {
  const settings: Readonly<Record<string, string>> = {
    listen_addresses: "",
    unix_socket_directories: socketFolder,
    unix_socket_permissions: "0700",
    max_connections: String(EMBEDDED_CONNECTIONS_MAX),
    fsync: "on",
    full_page_writes: "on",
    synchronous_commit: "on",
    // A site has a small computer and small tables; the whole server stays far below 200 MB.
    shared_buffers: "64MB",
    maintenance_work_mem: "32MB",
    max_wal_size: "512MB",
    min_wal_size: "64MB",
    max_parallel_workers: "0",
    max_parallel_workers_per_gather: "0",
    autovacuum_max_workers: "2",
    io_method: "sync",
    jit: "off",
    // One server without a standby: exports are the backup.
    wal_level: "minimal",
    max_wal_senders: "0",
    idle_in_transaction_session_timeout: "10s",
    timezone: "UTC",
    log_timezone: "UTC",
    // Statements and row values could hold what no log may hold: only the server's own messages are kept.
    log_min_error_statement: "panic",
    log_error_verbosity: "terse",
    log_parameter_max_length: "0",
    log_parameter_max_length_on_error: "0",
    log_checkpoints: "off",
    log_line_prefix: "%m [%p] ",
  };
  return Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

/** Throws with the remedy when the connected server does not keep what it acknowledges. */
export async function assertPromises(client: Client): Promise<void> {
  const { rows } = await client.query<{ name: string; setting: string }>(
    "select name, setting from pg_settings where name = any($1)",
    [Object.keys(PROMISES)],
  );
  const actual = new Map(rows.map((row) => [row.name, row.setting]));
  for (const [name, wanted] of Object.entries(PROMISES)) {
    const found = actual.get(name) ?? "unknown";
    if (found === wanted) continue;
    const remedy = name === "data_checksums"
      ? "Stop the server and run pg_checksums --enable on its data folder."
      : `Set ${name} = ${wanted} in its configuration.`;
    throw new Error(`The PostgreSQL server runs with ${name} = ${found}; Gatehouse stores money and needs ${wanted}. ${remedy}`);
  }
}
