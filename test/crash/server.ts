/** The real program as its own process over a data folder, killed without warning. */
import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { pause } from "./controller.ts";

const root = new URL("../..", import.meta.url).pathname;
const START_MS_MAX = 60_000;

export type RunningServer = {
  readonly url: string;
  readonly startMs: number;
  /** SIGKILL, and waits until it is gone. */
  kill(): Promise<void>;
  stop(): Promise<void>;
};

export async function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

export async function startServer(dataDir: string, port: number, env: Readonly<Record<string, string>>): Promise<RunningServer> {
  const began = performance.now();
  const child = spawn(process.execPath, [join(root, "bin/gatehouse"), "serve", "--config", join(root, "config/demo.yaml"), "--data", dataDir, "--port", String(port)], {
    env: { ...process.env, ...env }, stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => { said = (said + chunk.toString()).slice(-4_000); });
  const url = `http://127.0.0.1:${port}`;
  while (performance.now() - began < START_MS_MAX) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode} while starting: ${said}`);
    const healthy = await fetch(`${url}/api/v1/health`, { signal: AbortSignal.timeout(1_000) }).then((r) => r.ok, () => false);
    if (healthy) return { url, startMs: performance.now() - began, kill: () => end(child, "SIGKILL"), stop: () => end(child, "SIGTERM") };
    await pause(25);
  }
  await end(child, "SIGKILL");
  throw new Error(`the server did not start: ${said}`);
}

function end(child: ChildProcess, signal: "SIGKILL" | "SIGTERM"): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.kill(signal);
  });
}

const DATABASE_UP_MS_MAX = 30_000;

/** kill -9 of the postmaster, as soon as there is one; its children follow by themselves. False when none came up. */
export async function killDatabase(pidFile: string): Promise<boolean> {
  const until = Date.now() + DATABASE_UP_MS_MAX;
  while (Date.now() < until) {
    try {
      process.kill(Number(readFileSync(pidFile, "utf8").split("\n")[0]), "SIGKILL");
      return true;
    } catch {
      await pause(25);
    }
  }
  return false;
}
