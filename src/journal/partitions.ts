/** The journal's partitions: one a month (UTC), made before the first event of the month arrives. */
import type { Client } from "pg";

const monthOf = (at: number): string => new Date(at).toISOString().slice(0, 7);
const startOf = (year: number, month: number): number => Date.UTC(year, month, 1);

export type Partitions = { ensure(client: Client, times: Iterable<number>): Promise<void> };

/** Remembers what exists, so that asking costs nothing on all but the first event of a month. */
export function partitions(): Partitions {
  const existing = new Set<string>();
  /** The last answered month's bounds: nearly every event falls into it. */
  let from = 1;
  let to = 0;
  return {
    ensure: async (client, times) => {
      for (const at of times) {
        if (at >= from && at < to) continue;
        const month = monthOf(at);
        if (!existing.has(month)) await create(client, at);
        existing.add(month);
        const date = new Date(at);
        from = startOf(date.getUTCFullYear(), date.getUTCMonth());
        to = startOf(date.getUTCFullYear(), date.getUTCMonth() + 1);
      }
    },
  };
}

/** This month and the next, so that the turn of the month meets a partition already there. */
async function create(client: Client, at: number): Promise<void> {
  const date = new Date(at);
  for (const ahead of [0, 1]) {
    const from = startOf(date.getUTCFullYear(), date.getUTCMonth() + ahead);
    const to = startOf(date.getUTCFullYear(), date.getUTCMonth() + ahead + 1);
    const name = `journal_${monthOf(from).replace("-", "_")}`;
    // Two writers may get here at once, so one waits for the other.
    await client.query(`do $$ begin
      perform pg_advisory_xact_lock(7236115);
      create table if not exists ${name} partition of journal for values from (${from}) to (${to});
    end $$`);
  }
}
