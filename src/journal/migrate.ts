/** Brings the tables to the code's version at start; a database made by newer code is refused. */
import type { Client } from "pg";
import { MIGRATIONS, type Migration } from "./schema.ts";

/** Two processes may start over one database: the second waits here. Any number would do. */
const LOCK = 7_236_114;

export async function migrate(client: Client, migrations: readonly Migration[] = MIGRATIONS): Promise<void> {
  await client.query("select pg_advisory_lock($1)", [LOCK]);
  try {
    await client.query("create table if not exists migration (id int primary key, name text not null)");
    const { rows } = await client.query<{ id: number; name: string }>("select id, name from migration order by id");
    const newest = migrations.at(-1)?.id ?? 0;
    const found = rows.at(-1);
    if (found && found.id > newest) {
      throw new Error(
        `The database is at migration ${found.id} (${found.name}); this Gatehouse knows ${newest}. `
          + "Start the newer Gatehouse that made it.",
      );
    }
    const done = new Set(rows.map(({ id }) => id));
    for (const step of migrations) if (!done.has(step.id)) await runStep(client, step);
  } finally {
    await client.query("select pg_advisory_unlock($1)", [LOCK]);
  }
}

async function runStep(client: Client, step: Migration): Promise<void> {
  await client.query("begin");
  try {
    await client.query(step.sql);
    await client.query("insert into migration (id, name) values ($1, $2)", [step.id, step.name]);
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw error;
  }
}
