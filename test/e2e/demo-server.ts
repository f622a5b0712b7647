/**
 * `gatehouse demo` as a child process, on a port of its own with a data folder of its own, without traffic.
 *
 *   start -> "Gatehouse: ...: http://..." on standard output -> url;  stop -> SIGTERM, waits for the end
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, lstatSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A Monday morning in the city's zone: season tickets admit, and the first hour costs 2.50. */
export const MONDAY_MORNING = "2026-11-23T09:05";
/** First start includes making the database. */
const START_MS_MAX = 60_000;
/** The server gives itself ten seconds. */
const STOP_MS_MAX = 15_000;
/** Enough of the log to explain a failed start. */
const LOG_CHARS_MAX = 4_000;

export type DemoServer = {
  readonly url: string;
  /** The same installation again, on the same port. */
  restart(): Promise<void>;
  stop(): Promise<void>;
  /** Also removes the data folder. */
  end(): Promise<void>;
};

export async function startDemoServer(options: { readonly start?: string } = {}): Promise<DemoServer> {
  const dataDir = mkdtempSync(join(tmpdir(), "gatehouse-e2e-"));
  const start = options.start ?? MONDAY_MORNING;
  let running = await launch(dataDir, 0, start);
  const { url } = running;
  const stop = (): Promise<void> => stopProgram(running);
  return {
    url, stop,
    async restart() {
      await stop();
      running = await launch(dataDir, Number(new URL(url).port), start);
    },
    async end() {
      await stop();
      removeMovedDatabase(join(dataDir, "postgres"));
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export async function stopProgram({ child }: Launched): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  const late = setTimeout(() => child.kill("SIGKILL"), STOP_MS_MAX);
  await ended;
  clearTimeout(late);
}

/** Run by root, the database lives where its own user may enter, behind a link in the data folder. */
export function removeMovedDatabase(link: string): void {
  if (!existsSync(link) || !lstatSync(link).isSymbolicLink()) return;
  rmSync(dirname(realpathSync(link)), { recursive: true, force: true });
}

export type Launched = { readonly child: ChildProcess; readonly url: string };

function launch(dataDir: string, port: number, start: string): Promise<Launched> {
  return launchProgram(["demo", "--config", "config/demo.yaml", "--data", dataDir, "--port", String(port), "--seed", "7", "--traffic", "0", "--start", start, "--no-exchange"]);
}

/** Any of the programs that tell their address once they are ready. */
export async function launchProgram(args: readonly string[]): Promise<Launched> {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("GATEHOUSE_")));
  const child = spawn(process.execPath, ["bin/gatehouse", ...args], { env: { ...env, GATEHOUSE_LOG_LEVEL: "error" }, stdio: ["ignore", "pipe", "pipe"] });
  let log = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => { log = (log + text).slice(-LOG_CHARS_MAX); });
  const url = await new Promise<string>((resolve, reject) => {
    const failed = (why: string) => reject(new Error(`gatehouse ${args[0]} ${why}\n${log}`));
    const late = setTimeout(() => { child.kill("SIGKILL"); failed("did not start in time"); }, START_MS_MAX);
    child.once("exit", (code) => { clearTimeout(late); failed(`ended with ${code}`); });
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      const found = /https?:\/\/\S+/.exec(text);
      if (!found) return;
      clearTimeout(late);
      resolve(found[0]);
    });
  });
  child.removeAllListeners("exit");
  return { child, url };
}
