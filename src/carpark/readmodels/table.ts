/**
 * A read model is one table that folds the journal by key:
 *
 *   events --changesOf--> (key, fold) --rows of these keys--> folded --one upsert--> table
 *
 * Mapping and folds are pure; only this file talks to the database. Each row remembers the last sequence of
 * its stream that changed it, so an event met again changes nothing, and a rebuild gives equal rows.
 */
import type { Instant } from "../../kernel/instant.ts";
import type { FacilityEvent } from "../facility/event.ts";
import type { OperatorEvent } from "../operator/operator.ts";

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** What a query needs: a pool, or the transaction in which a follower's position is stored. */
export type Database = {
  query(text: string, values?: readonly unknown[]): Promise<{ readonly rows: readonly Record<string, unknown>[] }>;
};

/** An event as the journal keeps it. */
export type JournalEvent = {
  readonly stream: string;
  readonly seq: number;
  readonly at: Instant;
  readonly type: string;
  readonly payload: unknown;
};

export type CityEvent = (FacilityEvent | OperatorEvent) & { readonly at: Instant; readonly by?: string };

/** `facility` is its id; events of the operator's stream have `city` there. */
export type Entry = { readonly facility: string; readonly seq: number; readonly event: CityEvent };

/**
 * What the journal stored is what was emitted; its schemas are frozen by test. Streams are named by kind and
 * id, `facility/central`.
 */
export const entryOf = ({ stream, seq, at, type, payload }: JournalEvent): Entry =>
  ({ facility: stream.slice(stream.indexOf("/") + 1), seq, event: { ...(payload as object), type, at } as CityEvent });

export type ColumnType = "text" | "bigint" | "integer" | "boolean" | "jsonb";

/** Every row knows the last sequence that changed it; `seq` is a column of every table. */
export type Row = { readonly seq: number };

export type Change<R extends Row> = {
  readonly key: Partial<R>;
  /** Another row of the table that the fold reads. */
  readonly reads?: Partial<R>;
  /** Null for a row that is not there and shall not be. */
  readonly fold: (row: R | null, read: R | null) => Omit<R, "seq"> | null;
};

export type Table<R extends Row> = {
  readonly name: string;
  readonly columns: { readonly [C in keyof R]: ColumnType };
  readonly key: readonly (keyof R & string)[];
  /** Each a list of columns, `at desc` allowed. */
  readonly indexes: readonly string[];
  readonly changesOf: (entry: Entry, context: Context) => readonly Change<R>[];
  /** What the mapping must know of rows written before, read once for a batch. */
  readonly contextOf?: (entries: readonly Entry[], db: Database) => Promise<Context>;
};

/** Groups of stays by `facility stay`. */
export type Context = { readonly groupOfStay: ReadonlyMap<string, string> };
const NO_CONTEXT: Context = { groupOfStay: new Map() };

/** A table whatever its rows, for lists of tables. */
export type AnyTable = Pick<Table<Row>, "name"> & {
  readonly create: string;
  readonly apply: (entries: readonly Entry[], db: Database) => Promise<void>;
};

export function tableOf<R extends Row>(table: Table<R>): AnyTable {
  return { name: table.name, create: createText(table), apply: (entries, db) => applyTo(table, entries, db) };
}

function createText<R extends Row>({ name, columns, key, indexes }: Table<R>): string {
  const lines = Object.entries(columns).map(([column, type]) => `"${column}" ${String(type)}`);
  const made = indexes.map((columnList, index) => `create index ${name}_${index + 1} on ${name} (${columnList});`);
  return `create table ${name} (${lines.join(", ")}, primary key (${quoted(key)}));\n${made.join("\n")}`;
}

const quoted = (columns: readonly string[]): string => columns.map((column) => `"${column}"`).join(", ");

async function applyTo<R extends Row>(table: Table<R>, entries: readonly Entry[], db: Database): Promise<void> {
  const context = table.contextOf ? await table.contextOf(entries, db) : NO_CONTEXT;
  const changes = entries.flatMap((entry) => table.changesOf(entry, context).map((change) => ({ ...change, seq: entry.seq })));
  if (changes.length === 0) return;
  const idOf = (row: Partial<R>): string => JSON.stringify(table.key.map((column) => row[column]));
  const keys = new Map(changes.flatMap(({ key, reads }) => (reads ? [key, reads] : [key])).map((key) => [idOf(key), key]));
  const rows = new Map((await rowsOf(table, [...keys.values()], db)).map((row) => [idOf(row), row]));
  const changed = new Map<string, R>();
  for (const { key, reads, fold, seq } of changes) {
    const id = idOf(key);
    const before = rows.get(id) ?? null;
    if (before && before.seq >= seq) continue;
    const after = fold(before, (reads && rows.get(idOf(reads))) ?? null);
    if (!after) continue;
    // `Omit` of a generic row loses its shape for the compiler; with `seq` back it is the row again.
    const row = { ...after, seq } as unknown as R;
    rows.set(id, row);
    changed.set(id, row);
  }
  if (changed.size > 0) await upsert(table, [...changed.values()], db);
}

async function rowsOf<R extends Row>(
  table: Table<R>, keys: readonly Partial<R>[], db: Database,
): Promise<readonly R[]> {
  const definition = table.key.map((column) => `"${column}" ${table.columns[column]}`).join(", ");
  const on = table.key.map((column) => `t."${column}" = k."${column}"`).join(" and ");
  const { rows } = await db.query(
    `select to_jsonb(t) as row from jsonb_to_recordset($1::jsonb) as k(${definition}) join ${table.name} t on ${on}`,
    [JSON.stringify(keys)],
  );
  return rows.map(({ row }) => row as R);
}

async function upsert<R extends Row>(table: Table<R>, rows: readonly R[], db: Database): Promise<void> {
  const rest = Object.keys(table.columns).filter((column) => !(table.key as readonly string[]).includes(column));
  await db.query(
    `insert into ${table.name} select * from jsonb_populate_recordset(null::${table.name}, $1::jsonb)
     on conflict (${quoted(table.key)}) do update set ${rest.map((column) => `"${column}" = excluded."${column}"`).join(", ")}`,
    [JSON.stringify(rows)],
  );
}
