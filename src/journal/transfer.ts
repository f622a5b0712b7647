/**
 * Export and import: the backup, the upgrade and the move to another server.
 *
 *   { header }                                    which migration, which tables
 *   { "t": "stream", "r": { one row } } ...       table after table, in key order, from one snapshot
 *   { "t": "end", counts, digest }                SHA-256 over every line before
 *
 * NDJSON, one row a line. Read models are left out, they are rebuilt. Vault rows are included as they are:
 * sealed, useless without the key file, which is not.
 *
 * Promise: an import is complete or leaves nothing; the target was empty before; exporting it again gives the
 * same lines.
 */
import { createHash } from "node:crypto";
import { once } from "node:events";
import type { Readable, Writable } from "node:stream";
import { createInterface } from "node:readline";
import type pg from "pg";
import { openPatientClient } from "./connections.ts";
import { migrate } from "./migrate.ts";
import { partitions } from "./partitions.ts";
import { MIGRATIONS } from "./schema.ts";

/** What the journal itself must have back. Others register theirs by name. */
const OWN_TABLES = [
  "stream", "journal", "open_stay", "posting", "outbox", "idempotency", "vault", "vault_hold", "vault_clock",
] as const;

const FORMAT = 1;
/** Rows read or written at a time. */
const BATCH = 1_000;

export type TransferReport = { readonly rows: Readonly<Record<string, number>>; readonly digest: string };

type Header = {
  readonly gatehouse: "export";
  readonly format: number;
  readonly migration: number;
  readonly tables: readonly string[];
};
type Line = { readonly t: string; readonly r: object };
type End = { readonly t: "end"; readonly rows: Readonly<Record<string, number>>; readonly digest: string };

/** The server may run and be written to meanwhile: the export is the state of one instant. */
export async function exportJournal(
  connectionString: string, to: Writable, tables: readonly string[] = [],
): Promise<TransferReport> {
  const client = await openPatientClient(connectionString);
  const digest = createHash("sha256");
  const write = async (line: string): Promise<void> => {
    digest.update(line).update("\n");
    if (!to.write(`${line}\n`)) await once(to, "drain");
  };
  try {
    await client.query("begin isolation level repeatable read read only");
    const { rows: [last] } = await client.query<{ id: number }>("select max(id) as id from migration");
    const all = [...OWN_TABLES, ...tables];
    const header: Header = { gatehouse: "export", format: FORMAT, migration: last?.id ?? 0, tables: all };
    await write(JSON.stringify(header));
    const rows: Record<string, number> = {};
    for (const table of all) rows[table] = await exportTable(client, table, write);
    const end: End = { t: "end", rows, digest: digest.copy().digest("hex") };
    to.write(`${JSON.stringify(end)}\n`);
    return { rows, digest: end.digest };
  } finally {
    await client.query("rollback").catch(() => {});
    await client.end();
  }
}

async function exportTable(client: pg.Client, table: string, write: (line: string) => Promise<void>): Promise<number> {
  const { rows: keys } = await client.query<{ name: string }>(
    `select quote_ident(a.attname) || case when a.attcollation <> 0 then ' collate "C"' else '' end as name
     from pg_index i cross join lateral unnest(i.indkey) with ordinality as k(attnum, n)
     join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
     where i.indrelid = $1::regclass and i.indisprimary order by k.n`, [table]);
  if (keys.length === 0) {
    throw new Error(`Table ${table} cannot be exported: it has no primary key to order its rows by.`);
  }
  await client.query(`declare lines no scroll cursor for
    select row_to_json(t)::text as line from ${quoted(table)} t order by ${keys.map(({ name }) => `t.${name}`).join(", ")}`);
  let count = 0;
  for (;;) {
    const { rows } = await client.query<{ line: string }>(`fetch ${BATCH} from lines`);
    if (rows.length === 0) break;
    for (const { line } of rows) await write(`{"t":${JSON.stringify(table)},"r":${line}}`);
    count += rows.length;
  }
  await client.query("close lines");
  return count;
}

/**
 * Into an empty database. An export of older code is taken into tables of its time, which are then brought up
 * to date; one of newer code is refused.
 */
export async function importJournal(
  connectionString: string, from: Readable, tables: readonly string[] = [],
): Promise<TransferReport> {
  const client = await openPatientClient(connectionString);
  try {
    const lines = createInterface({ input: from, crlfDelay: Infinity })[Symbol.asyncIterator]();
    const first = await lines.next();
    const header = parseHeader(first.done ? "" : first.value);
    const known = new Set<string>([...OWN_TABLES, ...tables]);
    const strange = header.tables.find((table) => !known.has(table));
    if (strange) {
      throw new Error(`The export contains table ${strange}, which this Gatehouse does not know. Nothing was imported.`);
    }
    await prepareTarget(client, header);
    await client.query("begin");
    const report = await importLines(client, String(first.value), lines, new Set(header.tables));
    await client.query("commit");
    await migrate(client);
    return report;
  } catch (error) {
    await client.query("rollback").catch(() => {});
    throw error;
  } finally {
    await client.end();
  }
}

async function prepareTarget(client: pg.Client, header: Header): Promise<void> {
  const newest = MIGRATIONS.at(-1)?.id ?? 0;
  if (header.migration > newest) {
    throw new Error(
      `The export is of migration ${header.migration}, this Gatehouse knows ${newest}. `
        + "Import it with the Gatehouse that made it, or a newer one.",
    );
  }
  await migrate(client, MIGRATIONS.filter(({ id }) => id <= header.migration)).catch((error: unknown) => {
    throw new Error("The target database is in use or newer than the export. Import into a new, empty one.", { cause: error });
  });
  for (const table of header.tables) {
    const { rows } = await client.query(`select 1 from ${quoted(table)} limit 1`);
    if (rows.length > 0) {
      throw new Error(`The target database is not empty (table ${table} has rows). Import into a new, empty one.`);
    }
  }
}

async function importLines(
  client: pg.Client, headerLine: string, lines: AsyncIterator<string>, tables: ReadonlySet<string>,
): Promise<TransferReport> {
  const digest = createHash("sha256").update(headerLine).update("\n");
  const months = partitions();
  const counts: Record<string, number> = Object.fromEntries([...tables].map((table) => [table, 0]));
  let table = "";
  let batch: string[] = [];
  let times: number[] = [];
  const flush = async (): Promise<void> => {
    if (batch.length === 0) return;
    await months.ensure(client, times);
    await client.query(
      `insert into ${quoted(table)} select * from json_populate_recordset(null::${quoted(table)}, $1::json)`,
      [`[${batch.join(",")}]`]);
    counts[table] = (counts[table] ?? 0) + batch.length;
    batch = [];
    times = [];
  };
  for (let next = await lines.next(); !next.done; next = await lines.next()) {
    const line = parseLine(next.value);
    if (line.t === "end") {
      await flush();
      const end = line as unknown as End;
      const found = digest.digest("hex");
      if (found !== end.digest) {
        throw new Error("The export was changed or damaged: its digest does not agree. Nothing was imported.");
      }
      return { rows: counts, digest: found };
    }
    if (!tables.has(line.t)) {
      throw new Error(`The export has a row of table ${line.t}, which its header does not name. Nothing was imported.`);
    }
    if (line.t !== table || batch.length >= BATCH) await flush();
    table = line.t;
    digest.update(next.value).update("\n");
    batch.push(next.value.slice(next.value.indexOf(',"r":') + 5, -1));
    if (table === "journal") times.push((line.r as { at: number }).at);
  }
  throw new Error("The export ends too early. Nothing was imported.");
}

function parseHeader(text: string): Header {
  const header = parseJson(text) as Partial<Header>;
  if (header.gatehouse !== "export" || !Array.isArray(header.tables) || typeof header.migration !== "number") {
    throw new Error("This file is not a Gatehouse export. Nothing was imported.");
  }
  if (header.format !== FORMAT) {
    throw new Error(`The export has format ${header.format}, this Gatehouse reads ${FORMAT}. Nothing was imported.`);
  }
  return header as Header;
}

function parseLine(text: string): Line {
  const line = parseJson(text) as Partial<Line>;
  if (typeof line.t !== "string") {
    throw new Error("The export has a line that is not a row. Nothing was imported.");
  }
  return line as Line;
}

function parseJson(text: string): object {
  try {
    return JSON.parse(text) as object;
  } catch {
    throw new Error("The export has a line that is not JSON. Nothing was imported.");
  }
}

/** `schema.table` or `table`, each part quoted. */
const quoted = (name: string): string => name.split(".").map((part) => `"${part.replaceAll('"', '""')}"`).join(".");
