/**
 * The instant up to which every change is visible. Lists give it out, and whoever asks again from there has
 * missed nothing.
 *
 *   writer   announces its second (a lock) -> takes the time -> writes -> commits, and with that the lock goes
 *   reader   takes the time -> looks which seconds are announced -> horizon = the earlier of both -> reads
 *
 * A writer the reader did not see took its time after the reader's; one it saw holds the horizon back; one that
 * has gone is committed, because locks go after the commit is visible.
 */
import type pg from "pg";
import type { Instant } from "../../kernel/instant.ts";
import { ANNOUNCED_FROM_SECOND, ANNOUNCEMENT_LOCK } from "./saveFunction.ts";

/** An older horizon is as safe as a new one, only less sharp: look-ups share it for this long. */
const KEPT_MS = 250;
/** Clocks of a database that was moved may step back a little. */
const SKEW_SECONDS = 1;

export type Horizon = { read(mono: number): Promise<{ readonly seconds: number; readonly now: Instant }> };

export function horizonOf(pool: pg.Pool): Horizon {
  let kept: { readonly at: number; readonly value: Promise<{ readonly seconds: number; readonly now: Instant }> } | undefined;
  return {
    read: (mono) => {
      if (kept && mono - kept.at < KEPT_MS) return kept.value;
      const value = look(pool);
      kept = { at: mono, value };
      value.catch(() => { kept = undefined; });
      return value;
    },
  };
}

async function look(pool: pg.Pool): Promise<{ readonly seconds: number; readonly now: Instant }> {
  // Two statements: the time must be taken before the locks are read.
  const { rows: [clock] } = await pool.query<{ now: number }>("select (extract(epoch from clock_timestamp()) * 1000)::bigint as now");
  const { rows: [announced] } = await pool.query<{ second: number | null }>(
    `select min(objid::bigint) as second from pg_locks
     where locktype = 'advisory' and classid = $1 and objsubid = 2 and database = (select oid from pg_database where datname = current_database())`,
    [ANNOUNCEMENT_LOCK]);
  const now = clock?.now ?? 0;
  const earliest = announced?.second === null || announced?.second === undefined ? Infinity : announced.second + ANNOUNCED_FROM_SECOND;
  return { seconds: Math.min(Math.floor(now / 1000), earliest) - SKEW_SECONDS, now };
}
