/** Types, lint and the layers. Exits with 1 when one of them finds something. */
import { existsSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { dirname } from "node:path";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

const tool = (name, script, ...args) => ({ name, args: [`node_modules/${script}`, ...args] });

/** Pages have their own compiler options; an installation without their source has nothing to check. */
const pages = (name, folder) => (existsSync(`${root}/${folder}/tsconfig.json`) ? [tool(name, "tsc/bin/tsc", "-p", folder)] : []);

export const CHECKS = [
  tool("types of the server", "tsc/bin/tsc", "-p", "."),
  ...pages("types of the console", "src/console"),
  ...pages("types of kiosk and virtual car park", "src/kiosk"),
  ...pages("types of the exchange's sandbox pages", "src/partner"),
  ...pages("types of the exchange's own pages", "src/exchange-pages"),
  tool("lint", "oxlint/bin/oxlint", "--deny-warnings", "src", "test", "scripts", "bench"),
  tool("layers", "dependency-cruiser/bin/dependency-cruise.mjs", "src", "--config", ".dependency-cruiser.cjs", "--output-type", "err"),
];

/** The names of the checks that found something. */
export function runChecks(say = console.log) {
  const failed = [];
  for (const { name, args } of CHECKS) {
    const began = performance.now();
    const done = spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" });
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    say(`${done.status === 0 ? "ok    " : "FAILED"} ${name} (${seconds} s)`);
    if (done.status !== 0) failed.push(name);
  }
  return failed;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = runChecks().length === 0 ? 0 : 1;
