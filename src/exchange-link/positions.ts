/** How far the changes of each place have been read: one row each, in the car parks' own database. */
import type pg from "pg";
import type { Positions } from "./follow.ts";

/** @param exchange its address: the same place at another exchange is another list */
export async function openPositions(pool: Pick<pg.Pool, "query">, exchange: string): Promise<Positions> {
  await pool.query("create table if not exists exchange_position (exchange text not null, place text not null, seconds bigint not null, primary key (exchange, place))");
  return {
    async read(place) {
      const { rows } = await pool.query<{ seconds: string | number }>("select seconds from exchange_position where exchange = $1 and place = $2", [exchange, place]);
      return rows[0] ? Number(rows[0].seconds) : null;
    },
    async write(place, seconds) {
      await pool.query(
        "insert into exchange_position values ($1, $2, $3) on conflict (exchange, place) do update set seconds = excluded.seconds", [exchange, place, seconds]);
    },
  };
}
