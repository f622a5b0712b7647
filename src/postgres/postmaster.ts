/**
 * One server process over one data folder: make the folder, start, adopt, wait until it answers, stop.
 *
 *   no folder ----> initdb into `NAME.new`, rename ----+
 *   postmaster.pid names a living server of ours ------+--> answers on its socket --> Postmaster
 *   otherwise spawn, in its own session ---------------+
 *
 * The server runs in its own session, so Ctrl-C reaches us and not it, and it outlives a killed parent;
 * the next start adopts it.
 */
import { type ChildProcess, spawn } from "node:child_process";
import {
  chmodSync, chownSync, closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, readlinkSync, renameSync, rmSync, rmdirSync,
  statSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import type { Account } from "./account.ts";
import type { Binaries } from "./binaries.ts";
import { assertPromises, embeddedSettings } from "./settings.ts";

export type Site = {
  /** The server's own folder (PGDATA); a resolved path. */
  readonly folder: string;
  readonly socketFolder: string;
  readonly logFile: string;
  readonly account: Account | undefined;
  readonly binaries: Binaries;
};

export type Postmaster = {
  readonly pid: number;
  readonly adopted: boolean;
  /** Settles when the process is gone, for whatever reason. */
  readonly gone: Promise<void>;
  stop(): Promise<void>;
};

/** Recovery after a crash replays at most `max_wal_size`; on a slow disk that takes tens of seconds. */
const READY_WITHIN_MS = 120_000;
const POLL_MS = 10;
const ADOPTED_POLL_MS = 200;
const STOP_WITHIN_MS = 20_000;
/** The last log is kept once; a server that complains for years must not fill the disk. */
const LOG_BYTES_MAX = 5_000_000;

export const poolConfigOf = (site: Site): { host: string; user: string; database: string } =>
  ({ host: site.socketFolder, user: "gatehouse", database: "postgres" });

export async function makeFolder(site: Site): Promise<void> {
  if (existsSync(join(site.folder, "PG_VERSION"))) return refuseForeignMajor(site);
  const unfinished = `${site.folder}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  own(site, unfinished);
  const child = spawn(site.binaries.initdb, [
    "--pgdata", unfinished, "--username", "gatehouse", "--auth", "trust",
    "--encoding", "UTF8", "--locale", "C", "--data-checksums",
  ], { ...asAccount(site), cwd: unfinished, stdio: ["ignore", "ignore", "pipe"] });
  const complaint: Buffer[] = [];
  child.stderr.on("data", (chunk: Buffer) => complaint.push(chunk));
  const code = await exitOf(child);
  if (code !== 0) {
    throw new Error(`PostgreSQL could not make its data folder ${site.folder}: ${Buffer.concat(complaint).toString().trim()}`);
  }
  // Fails on a folder with something else in it, which is not ours to remove.
  if (existsSync(site.folder)) rmdirSync(site.folder);
  renameSync(unfinished, site.folder);
  syncFolder(dirname(site.folder));
}

function refuseForeignMajor(site: Site): void {
  const found = readFileSync(join(site.folder, "PG_VERSION"), "utf8").trim();
  if (Number(found) === site.binaries.major) return;
  throw new Error(
    `The data folder ${site.folder} was made by PostgreSQL ${found}; this Gatehouse brings PostgreSQL ${site.binaries.major} `
      + "and cannot open it. Run `gatehouse export FILE` with the Gatehouse that made it, then `gatehouse import FILE` "
      + "into an empty data folder with this one.",
  );
}

export async function startPostmaster(site: Site): Promise<Postmaster> {
  const living = livingPid(site);
  if (living !== undefined) {
    await ready(site, () => alive(living));
    return watch(site, living, true, pollUntilGone(living));
  }
  makeSocketFolder(site);
  rotateLog(site);
  const log = openSync(site.logFile, "a", 0o600);
  const child = spawn(site.binaries.postgres, ["-D", site.folder, ...embeddedSettings(site.socketFolder)], {
    ...asAccount(site), cwd: site.folder, stdio: ["ignore", log, log], detached: true,
  });
  closeSync(log);
  let exited = false;
  const gone = exitOf(child).then(() => void (exited = true));
  child.unref();
  await ready(site, () => !exited);
  return watch(site, child.pid ?? 0, false, gone);
}

function watch(site: Site, pid: number, adopted: boolean, gone: Promise<void>): Postmaster {
  return { pid, adopted, gone, stop: () => stop(site, pid, gone) };
}

async function stop(site: Site, pid: number, gone: Promise<void>): Promise<void> {
  signal(pid, "SIGINT");
  if (!(await within(gone, STOP_WITHIN_MS))) {
    // Immediate shutdown: durable all the same, the next start recovers from the log.
    signal(pid, "SIGQUIT");
    await within(gone, STOP_WITHIN_MS);
  }
  rmSync(site.socketFolder, { recursive: true, force: true });
}

/** The server alone does not keep this process alive; waiting for it does. */
async function within(gone: Promise<void>, ms: number): Promise<boolean> {
  const done = new AbortController();
  try {
    return await Promise.race([gone.then(() => true), delay(ms, false, { signal: done.signal })]);
  } finally {
    done.abort();
  }
}

/** The pid of a server that runs over this very folder; a number left behind by a dead one is removed. */
function livingPid(site: Site): number | undefined {
  const file = join(site.folder, "postmaster.pid");
  if (!existsSync(file)) return undefined;
  const pid = Number.parseInt(readFileSync(file, "utf8"), 10);
  if (alive(pid) && runsOver(pid, site.folder)) return pid;
  rmSync(file, { force: true });
  return undefined;
}

/**
 * A server's working folder is its data folder. Where that cannot be seen, PostgreSQL's own check
 * decides.
 */
function runsOver(pid: number, folder: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === folder;
  } catch {
    return process.platform !== "linux";
  }
}

async function ready(site: Site, running: () => boolean): Promise<void> {
  const until = Date.now() + READY_WITHIN_MS;
  while (Date.now() < until) {
    if (!running()) throw new Error(`PostgreSQL stopped while starting: ${lastLines(site.logFile)}`);
    if (!/^ready/m.test(statusOf(site))) {
      await delay(POLL_MS);
      continue;
    }
    const client = new pg.Client({ ...poolConfigOf(site), connectionTimeoutMillis: 5_000 });
    try {
      await client.connect();
    } catch {
      await delay(POLL_MS);
      continue;
    }
    try {
      return await assertPromises(client);
    } finally {
      await client.end();
    }
  }
  throw new Error(`PostgreSQL did not become ready within ${READY_WITHIN_MS / 1000} s: ${lastLines(site.logFile)}`);
}

const statusOf = (site: Site): string => {
  const file = join(site.folder, "postmaster.pid");
  return existsSync(file) ? readFileSync(file, "utf8") : "";
};

/**
 * Other accounts must not answer in the server's name, so a folder somebody else made there is refused.
 */
function makeSocketFolder(site: Site): void {
  rmSync(site.socketFolder, { recursive: true, force: true });
  mkdirSync(site.socketFolder, { mode: 0o700 });
  own(site, site.socketFolder);
  const { uid, mode } = statSync(site.socketFolder);
  if (uid !== (site.account?.uid ?? process.getuid?.()) || (mode & 0o077) !== 0) {
    throw new Error(`The socket folder ${site.socketFolder} is not private; remove it and start again.`);
  }
}

function own(site: Site, folder: string): void {
  chmodSync(folder, 0o700);
  if (site.account) chownSync(folder, site.account.uid, site.account.gid);
}

const asAccount = (site: Site): { uid?: number; gid?: number; env: NodeJS.ProcessEnv } => ({
  ...(site.account && { uid: site.account.uid, gid: site.account.gid }),
  env: { PATH: process.env["PATH"] ?? "/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" },
});

function exitOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => resolve(code ?? -1));
  });
}

async function pollUntilGone(pid: number): Promise<void> {
  while (alive(pid)) await delay(ADOPTED_POLL_MS, undefined, { ref: false });
}

function alive(pid: number): boolean {
  return signal(pid, 0);
}

function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}

function rotateLog(site: Site): void {
  const size = statSync(site.logFile, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LOG_BYTES_MAX) renameSync(site.logFile, `${site.logFile}.old`);
}

function lastLines(file: string): string {
  if (!existsSync(file)) return "it left no message";
  return readFileSync(file, "utf8").trim().split("\n").slice(-5).join(" | ");
}

function syncFolder(folder: string): void {
  const handle = openSync(folder, "r");
  fsyncSync(handle);
  closeSync(handle);
}
