/** Queries of one request, under the settings its row-level security asks for. */
import { createHash } from "node:crypto";
import type pg from "pg";
import type { Reader } from "./visibility.ts";
import type { Sql } from "./sql.ts";

/** The server's own work, or a caller's; `adjacent` lets a provider see parts of others' sessions. */
export type As = "exchange" | (Reader & { readonly adjacent?: boolean });

export type Reading = { rows<Row extends pg.QueryResultRow>(as: As, query: Sql): Promise<Row[]> };

/** Statements are prepared once per connection; there are as many as combinations of filters in use. */
const PREPARED_MAX = 500;

/** @param own connections that stand under the server's own settings for good: callers' need not be set back and forth for it */
export function readingOf(pool: pg.Pool, own: pg.Pool): Reading {
  const settings = new WeakMap<pg.PoolClient, string>();
  const names = new Map<string, string>();
  return {
    rows: async <Row extends pg.QueryResultRow>(as: As, query: Sql) => {
      const { text, values } = query.query;
      const name = nameOf(names, text);
      const named = name === undefined ? { text, values } : { name, text, values };
      if (as === "exchange") return (await own.query<Row>(named)).rows;
      const client = await pool.connect();
      try {
        const wanted = [as.role, as.organisation, as.adjacent === true ? "on" : ""];
        const key = wanted.join("\0");
        if (settings.get(client) !== key) {
          settings.delete(client);
          await client.query({
            name: "caller", values: wanted,
            text: "select set_config('exchange.role', $1, false), set_config('exchange.organisation', $2, false), set_config('exchange.adjacent', $3, false)",
          });
          settings.set(client, key);
        }
        return (await client.query<Row>(named)).rows;
      } finally {
        client.release();
      }
    },
  };
}

function nameOf(names: Map<string, string>, text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= PREPARED_MAX) return known;
  const name = createHash("sha256").update(text).digest("base64url").slice(0, 24);
  names.set(text, name);
  return name;
}
