/**
 * Builds what changed: the server into dist/main.js, the pages into dist/console. `--force` builds all.
 * Runs with Node's own modules until something has to be built.
 */
import { existsSync, rmSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { contentStamp, isFresh, writeStamp } from "./stamp.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

export async function buildStale({ force = false, say = console.log } = {}) {
  process.chdir(root);
  const stamp = contentStamp(["src", "test/rights/scenarios", "scripts/build.mjs", "scripts/bundle.mjs", "package-lock.json"]);
  await buildPart("server", "dist/.server-stamp", "dist/main.js", stamp, force, say, buildServer);
  if (existsSync("src/console/index.html")) {
    await buildPart("pages", "dist/.pages-stamp", "dist/console/index.html", stamp, force, say, buildPages);
  }
}

async function buildPart(name, stampFile, result, stamp, force, say, build) {
  if (!force && existsSync(result) && isFresh(stampFile, stamp)) return;
  const began = performance.now();
  await build();
  writeStamp(stampFile, stamp);
  say(`Built the ${name} in ${((performance.now() - began) / 1000).toFixed(1)} s.`);
}

async function buildServer() {
  rmSync("dist/chunks", { recursive: true, force: true });
  const { bundleServer } = await import("./bundle.mjs");
  await bundleServer();
}

async function buildPages() {
  const vite = join(root, "node_modules", "vite", "bin", "vite.js");
  const done = spawnSync(process.execPath, [vite, "build", "--config", "src/console/vite.config.ts", "--logLevel", "warn"], { stdio: "inherit" });
  if (done.status !== 0) throw new Error("The pages could not be built; see above.");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildStale({ force: process.argv.includes("--force") });
