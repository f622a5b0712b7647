/**
 * `gatehouse journal verify | rebuild`, `gatehouse export FILE`, `gatehouse import FILE`.
 *
 * They work on the database of a data folder or of DATABASE_URL. The embedded server must not be in use by a
 * running Gatehouse; an external one may be.
 */
import { createReadStream, createWriteStream } from "node:fs";
import { open, rename } from "node:fs/promises";
import { finished } from "node:stream/promises";
import type { Command } from "commander";
import { type Follower, openFollowers } from "./follower.ts";
import { migrateDatabase } from "./postgresJournal.ts";
import { exportJournal, importJournal } from "./transfer.ts";
import { type Fold, verifyJournal } from "./verify.ts";

export type JournalCommandDeps = {
  /** Starts or reaches the database; `stop` lets it go. */
  connect(options: { readonly dataDir: string; readonly databaseUrl: string | undefined }): Promise<{
    readonly connectionString: string;
    stop(): Promise<void>;
  }>;
  readonly folds: readonly Fold<never>[] | readonly Fold<unknown>[];
  readonly followers: readonly Follower[];
  /** Authoritative tables of others that an export carries; `prepareTables` makes them in a new database. */
  readonly tables: readonly string[];
  prepareTables?(connectionString: string): Promise<void>;
  print(line: string): void;
  /** A command that found something wrong ends the process with this code. */
  fail(code: number): void;
  readonly databaseUrl: string | undefined;
};

type Options = { readonly data: string };

export function addJournalCommands(program: Command, deps: JournalCommandDeps): void {
  const journal = program.command("journal").description("look after the journal and its read models");

  withData(journal.command("verify"))
    .description("replay every stream and compare: order, hash chain, heads, money, closed periods")
    .action((options: Options) => over(deps, options, (url) => verify(deps, url)));

  withData(journal.command("rebuild"))
    .argument("[NAME]", "only this read model")
    .description("drop read models and make them again from the journal")
    .action((name: string | undefined, options: Options) => over(deps, options, (url) => rebuild(deps, url, name)));

  withData(program.command("export"))
    .argument("<FILE>", "NDJSON file to write")
    .description("write journal, money, messages and sealed plates to a file; the plates' key file is not in it")
    .action((file: string, options: Options) => over(deps, options, async (url) => {
      const unfinished = `${file}.part`;
      const to = createWriteStream(unfinished, { mode: 0o600 });
      const report = await exportJournal(url, to, deps.tables);
      to.end();
      await finished(to);
      const handle = await open(unfinished, "r");
      await handle.sync();
      await handle.close();
      await rename(unfinished, file);
      printRows(deps, "exported", report.rows);
    }));

  withData(program.command("import"))
    .argument("<FILE>", "NDJSON file made by export")
    .description("take an export into an empty database, then verify it")
    .action((file: string, options: Options) => over(deps, options, async (url) => {
      await deps.prepareTables?.(url);
      const report = await importJournal(url, createReadStream(file), deps.tables);
      printRows(deps, "imported", report.rows);
      await verify(deps, url);
    }, false));
}

const withData = (command: Command): Command =>
  command.option("--data <DIR>", "data folder (ignored with DATABASE_URL)", "data");

async function over(
  deps: JournalCommandDeps, { data }: Options, work: (url: string) => Promise<void>, tablesFirst = true,
): Promise<void> {
  const database = await deps.connect({ dataDir: data, databaseUrl: deps.databaseUrl });
  try {
    if (tablesFirst) await migrateDatabase(database.connectionString);
    await work(database.connectionString);
  } finally {
    await database.stop();
  }
}

async function verify(deps: JournalCommandDeps, url: string): Promise<void> {
  const reports = await verifyJournal(url, deps.folds);
  let wrong = 0;
  for (const { stream, kind, events, state, problems } of reports) {
    wrong += problems.length;
    const verdict = problems.length === 0 ? "sound" : "WRONG";
    deps.print(`${stream} (${kind}): ${events} events, ${verdict}${state ? `, state ${state.slice(0, 16)}` : ""}`);
    for (const problem of problems) deps.print(`  ${problem}`);
  }
  if (wrong === 0) return deps.print(`${reports.length} streams verified.`);
  deps.print(`${wrong} problems. Restore the streams above from an export or a replica.`);
  deps.fail(1);
}

async function rebuild(deps: JournalCommandDeps, url: string, name: string | undefined): Promise<void> {
  const chosen = deps.followers.filter((follower) => name === undefined || follower.name === name);
  if (chosen.length === 0) {
    const names = deps.followers.map((follower) => follower.name).join(", ");
    deps.print(`There is no read model ${name ?? ""}. There are: ${names}.`);
    return deps.fail(1);
  }
  const followers = openFollowers({ connectionString: url, followers: chosen, log: deps.print });
  try {
    await followers.start();
    for (const follower of chosen) {
      await followers.rebuild(follower.name);
      deps.print(`${follower.name} rebuilt.`);
    }
  } finally {
    await followers.close();
  }
}

function printRows(deps: JournalCommandDeps, what: string, rows: Readonly<Record<string, number>>): void {
  for (const [table, count] of Object.entries(rows)) deps.print(`${what} ${table}: ${count} rows`);
}
