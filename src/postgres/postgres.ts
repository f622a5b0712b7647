/**
 * PostgreSQL, always: with a URL the server it names, without one our own over a folder.
 *
 *   DATA/postgres        the server's folder (a link when its account cannot reach DATA)
 *   DATA/postgres.log    its messages
 *
 * Promise: when `startPostgres` resolves, the server answers, and keeps what it acknowledges. If our own
 * server dies it is started again, with growing pauses, and given up after `RESTARTS_MAX` in a minute.
 */
import { createHash } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { type Account, accountBelowRoot, reaches } from "./account.ts";
import { findBinaries } from "./binaries.ts";
import { takeLock } from "./lock.ts";
import { type Postmaster, type Site, makeFolder, poolConfigOf, startPostmaster } from "./postmaster.ts";
import { assertPromises } from "./settings.ts";

export type Postgres = {
  /** A URL for `pg` and for libpq programs. */
  readonly connectionString: string;
  readonly embedded: boolean;
  /** A server left behind by a killed parent was found running and taken over. */
  readonly adopted: boolean;
  /** The embedded server's process id; undefined for an external server and while it is being restarted. */
  pid(): number | undefined;
  /** Stops the embedded server and gives the folder free; an external server is left alone. */
  stop(): Promise<void>;
};

export type PostgresOptions = {
  readonly dataDir: string;
  /** Use this server (DATABASE_URL) instead of the embedded one. */
  readonly databaseUrl?: string | undefined;
  readonly log?: (message: string) => void;
  /** The embedded server died too often and is not started again. */
  readonly onGivenUp?: (reason: Error) => void;
};

/** A server that dies this often within a minute has a cause that starting again does not cure. */
const RESTARTS_MAX = 5;
const RESTART_WINDOW_MS = 60_000;
const PAUSE_MS_MIN = 100;
/** Where a root process keeps what the server's account must reach. */
const REACHABLE_FOLDER = "/var/lib/gatehouse";

export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  return options.databaseUrl ? await external(options.databaseUrl) : await embedded(options);
}

async function external(databaseUrl: string): Promise<Postgres> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    await assertPromises(client);
  } finally {
    await client.end();
  }
  return { connectionString: databaseUrl, embedded: false, adopted: false, pid: () => undefined, stop: async () => {} };
}

async function embedded(options: PostgresOptions): Promise<Postgres> {
  const log = options.log ?? (() => {});
  mkdirSync(options.dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
  const dataDir = realpathSync(resolve(options.dataDir));
  const account = accountBelowRoot(join(dataDir, "postgres"));
  const lock = await takeLock(dataDir);
  if (!lock.ok) {
    throw new Error(`Another Gatehouse is running over ${dataDir}. Stop it first, or choose another --data folder.`);
  }
  try {
    const site = siteOf(dataDir, account, log);
    await makeFolder(site);
    const first = await startWithRetries(site, log);
    return supervise(site, first, options, log, lock.value.release);
  } catch (error) {
    await lock.value.release();
    throw error;
  }
}

function siteOf(dataDir: string, account: Account | undefined, log: (message: string) => void): Site {
  const tag = createHash("sha256").update(dataDir).digest("hex").slice(0, 16);
  return {
    folder: serverFolder(dataDir, account, log),
    // A socket's path may have 107 bytes, so it cannot live in a data folder of any depth.
    socketFolder: join(realpathSync(tmpdir()), `gatehouse-${tag}`),
    logFile: join(dataDir, "postgres.log"),
    account,
    binaries: findBinaries(account, account ? REACHABLE_FOLDER : join(dataDir, "programs")),
  };
}

/**
 * The server's folder inside `dataDir`; when its account cannot get there, a link to a place it can
 * reach.
 */
function serverFolder(dataDir: string, account: Account | undefined, log: (message: string) => void): string {
  const folder = join(dataDir, "postgres");
  if (existsSync(folder)) return realpathSync(folder);
  // An empty folder is ours to arrange: the server's account may walk through it, not look into it.
  if (account && readdirSync(dataDir).length === 0) chmodSync(dataDir, 0o711);
  if (account === undefined || reaches(account, dataDir)) return folder;
  mkdirSync(REACHABLE_FOLDER, { recursive: true });
  chmodSync(REACHABLE_FOLDER, 0o755);
  const parent = mkdtempSync(join(REACHABLE_FOLDER, `${basename(dataDir)}-`));
  chmodSync(parent, 0o711);
  const elsewhere = join(parent, "postgres");
  mkdirSync(elsewhere);
  symlinkSync(elsewhere, folder);
  log(`PostgreSQL runs as ${account.name}, who may not enter ${dataDir}; its files are in ${elsewhere}, linked from ${folder}.`);
  return elsewhere;
}

/**
 * Children of a killed server may hold its memory for a moment; the start is tried again until they are
 * gone.
 */
async function startWithRetries(site: Site, log: (message: string) => void): Promise<Postmaster> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await startPostmaster(site);
    } catch (error) {
      if (attempt >= RESTARTS_MAX) throw error;
      log(`PostgreSQL start ${attempt} of ${RESTARTS_MAX} failed: ${String(error)}`);
      await delay(PAUSE_MS_MIN * 2 ** attempt);
    }
  }
}

function supervise(
  site: Site, first: Postmaster, options: PostgresOptions, log: (message: string) => void, release: () => Promise<void>,
): Postgres {
  let current: Postmaster | undefined = first;
  let stopping = false;
  const exits: number[] = [];

  const keepRunning = async (): Promise<void> => {
    while (current) {
      await current.gone;
      current = undefined;
      if (stopping) return;
      const now = performance.now();
      exits.push(now);
      const recent = exits.filter((at) => now - at < RESTART_WINDOW_MS).length;
      if (recent > RESTARTS_MAX) {
        throw new Error(`PostgreSQL stopped ${recent} times within a minute; see ${site.logFile}.`);
      }
      log(`PostgreSQL stopped unexpectedly; starting it again (${recent} of ${RESTARTS_MAX}).`);
      await delay(PAUSE_MS_MIN * 2 ** (recent - 1));
      if (stopping) return;
      current = await startWithRetries(site, log);
      if (stopping) await current.stop();
    }
  };
  const supervision = keepRunning().catch((error: unknown) => {
    const reason = error instanceof Error ? error : new Error(String(error));
    log(reason.message);
    options.onGivenUp?.(reason);
  });

  const { host, user, database } = poolConfigOf(site);
  return {
    connectionString: `postgresql://${user}@${encodeURIComponent(host)}/${database}`,
    embedded: true,
    adopted: first.adopted,
    pid: () => current?.pid,
    stop: async () => {
      stopping = true;
      await current?.stop();
      await supervision;
      await release();
    },
  };
}
