/**
 * Lists in pages: rows behind a cursor, which is the sort key of the last row given. A row that existed
 * throughout is given exactly once, whatever is added meanwhile.
 */
import type { Database } from "./table.ts";

export type Page<T> = { readonly rows: readonly T[]; readonly next: string | null };

/** Rows of one page unless asked for fewer; more is a download. */
export const ROWS_MAX = 200;
export const ROWS_USUAL = 50;

/** One condition with `?` for its value; a value that is not given asks nothing. */
export type Condition = readonly [sql: string, value: string | number | boolean | undefined];

export type Listing = {
  readonly from: string;
  readonly where: readonly Condition[];
  /** Columns of the sort key, all in the same order, together unique. */
  readonly orderBy: readonly string[];
  readonly descending: boolean;
  readonly rows?: number | undefined;
  readonly after?: string | undefined;
};

/** Raw rows as JSON objects; a cursor that is not one of ours starts at the beginning. */
export async function pageOf<R>(db: Database, listing: Listing): Promise<Page<R>> {
  const limit = Math.max(1, Math.min(listing.rows ?? ROWS_USUAL, ROWS_MAX));
  const values: unknown[] = [];
  const bound = (value: unknown): string => `$${values.push(value)}`;
  const conditions = conditionsOf(listing.where, bound);
  const cursor = cursorOf(listing.after, listing.orderBy.length);
  if (cursor) {
    const compare = listing.descending ? "<" : ">";
    const marks = cursor.map((part) => bound(part) + (typeof part === "number" ? "::bigint" : "::text"));
    conditions.push(`(${listing.orderBy.join(", ")}) ${compare} (${marks.join(", ")})`);
  }
  const order = listing.orderBy.map((column) => `${column}${listing.descending ? " desc" : ""}`).join(", ");
  const sortKey = `jsonb_build_array(${listing.orderBy.join(", ")})`;
  const { rows } = await db.query(
    `select to_jsonb(t) as row, ${sortKey} as sort_key from ${listing.from} t${whereText(conditions)}
     order by ${order} limit ${limit + 1}`, values,
  );
  const given = rows.slice(0, limit);
  const last = rows.length > limit ? given.at(-1)?.["sort_key"] : undefined;
  return { rows: given.map(({ row }) => row as R), next: last ? Buffer.from(JSON.stringify(last)).toString("base64url") : null };
}

/** All rows that meet the conditions, in order; for reports over a bounded period. */
export async function allOf<R>(
  db: Database, from: string, where: readonly Condition[], orderBy: string,
): Promise<readonly R[]> {
  const values: unknown[] = [];
  const conditions = conditionsOf(where, (value) => `$${values.push(value)}`);
  const { rows } = await db.query(`select to_jsonb(t) as row from ${from} t${whereText(conditions)} order by ${orderBy}`, values);
  return rows.map(({ row }) => row as R);
}

const whereText = (conditions: readonly string[]): string => (conditions.length > 0 ? ` where ${conditions.join(" and ")}` : "");

function conditionsOf(where: readonly Condition[], bound: (value: unknown) => string): string[] {
  return where.flatMap(([sql, value]) => (value === undefined ? [] : [sql.replaceAll("?", bound(value))]));
}

function cursorOf(text: string | undefined, length: number): readonly (string | number)[] | null {
  if (text === undefined) return null;
  try {
    const parts: unknown = JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
    if (!Array.isArray(parts) || parts.length !== length) return null;
    return parts.every((part) => typeof part === "string" || Number.isSafeInteger(part)) ? parts : null;
  } catch {
    return null;
  }
}
