/**
 * `npm test`: installs what is missing, then types, lint and layers, unit and property tests, the browser
 * stories, and kill -9 under load. The last line is `N passed, N failed`. Names as arguments choose parts:
 * `npm test -- check unit e2e crash`.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { installMissing, requireNode } from "./install.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
process.chdir(root);
requireNode();
installMissing();

const PARTS = {
  check: async () => {
    const { CHECKS, runChecks } = await import("./check.mjs");
    const failed = runChecks().length;
    return { passed: CHECKS.length - failed, failed };
  },
  unit: () => vitest("vitest.config.ts"),
  e2e: async () => {
    if (!existsSync("test/e2e/vitest.config.ts")) return { passed: 0, failed: 0 };
    const { buildStale } = await import("./build.mjs");
    await buildStale();
    return vitest("test/e2e/vitest.config.ts");
  },
  crash: async () => {
    if (!existsSync("test/crash/vitest.config.ts")) return { passed: 0, failed: 0 };
    const { buildStale } = await import("./build.mjs");
    await buildStale();
    return vitest("test/crash/vitest.config.ts");
  },
};

/** A run that ended without a report counts as one failure, so that a crash is never silence. */
function vitest(config) {
  const folder = mkdtempSync(join(tmpdir(), "gatehouse-test-"));
  const report = join(folder, "report.json");
  const args = ["node_modules/vitest/vitest.mjs", "run", "--config", config, "--reporter=default", "--reporter=json", `--outputFile=${report}`];
  const done = spawnSync(process.execPath, args, { stdio: "inherit" });
  const read = existsSync(report) ? JSON.parse(readFileSync(report, "utf8")) : null;
  rmSync(folder, { recursive: true, force: true });
  if (!read) return { passed: 0, failed: 1 };
  const failedSuites = read.testResults.filter((suite) => suite.status === "failed" && suite.assertionResults.length === 0).length;
  const failed = read.numFailedTests + failedSuites;
  return { passed: read.numPassedTests, failed: failed === 0 && done.status !== 0 ? 1 : failed };
}

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in PARTS));
if (unknown.length > 0) {
  console.error(`No part ${unknown.join(", ")}; there are ${Object.keys(PARTS).join(", ")}.`);
  process.exit(2);
}
let passed = 0;
let failed = 0;
for (const name of Object.keys(PARTS).filter((part) => asked.length === 0 || asked.includes(part))) {
  const result = await PARTS[name]();
  passed += result.passed;
  failed += result.failed;
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
