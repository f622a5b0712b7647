/**
 * A demo city of its own for one test file: built server, fresh data folder, free port, no traffic, and a
 * browser beside it. Ended by `stop`, whatever happened.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, lstatSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Browser, chromium } from "playwright-core";

const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const QUIET = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
];
/** First start with initdb on a slow core. */
const START_MS_MAX = 60_000;

export type DemoCity = { readonly base: string; readonly browser: Browser; stop(): Promise<void> };

export async function startDemoCity(): Promise<DemoCity> {
  const executablePath = CHROMIUM.find((path) => existsSync(path));
  if (executablePath === undefined) throw new Error(`No browser found at ${CHROMIUM.join(", ")}; .ci/run installs one.`);
  const data = mkdtempSync(join(tmpdir(), "gatehouse-e2e-"));
  const port = await freePort();
  const server = spawn(process.execPath, ["dist/main.js", "demo", "--data", join(data, "data"), "--port", String(port), "--traffic", "0"], { stdio: "ignore" });
  const base = `http://127.0.0.1:${port}`;
  const stopServer = async () => {
    await ended(server);
    removeMovedDatabase(join(data, "data", "postgres"));
    rmSync(data, { recursive: true, force: true });
  };
  try {
    await answering(server, `${base}/api/v1/health`);
    const browser = await chromium.launch({ executablePath, args: QUIET });
    return { base, browser, stop: async () => { await browser.close(); await stopServer(); } };
  } catch (error) {
    await stopServer();
    throw error;
  }
}

/** Run by root, the database lives where its own user may enter, behind a link in the data folder. */
function removeMovedDatabase(link: string): void {
  if (!existsSync(link) || !lstatSync(link).isSymbolicLink()) return;
  rmSync(dirname(realpathSync(link)), { recursive: true, force: true });
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

async function answering(server: ChildProcess, url: string): Promise<void> {
  const until = Date.now() + START_MS_MAX;
  while (Date.now() < until && server.exitCode === null) {
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok === true) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`The demo server did not answer at ${url} within ${START_MS_MAX / 1000} s (exit code ${server.exitCode}).`);
}

async function ended(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return;
  const gone = new Promise((resolve) => server.once("exit", resolve));
  server.kill("SIGTERM");
  await gone;
}
