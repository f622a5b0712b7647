/** `npm run bench [NAME...]`: bundles and runs the benchmarks of bench/; figures go to bench/NAME.json. */
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { buildStale } from "./build.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
process.chdir(root);
const all = readdirSync("bench").filter((file) => file.endsWith(".ts")).map((file) => file.replace(/\.ts$/, ""));
const asked = process.argv.slice(2).filter((name) => all.includes(name));
await buildStale();
mkdirSync("dist/bench", { recursive: true });
for (const name of asked.length > 0 ? asked : all) {
  const outfile = join("dist", "bench", `${name}.mjs`);
  // `import.meta.dirname` of the source, so that figures are written beside it.
  await build({
    entryPoints: [`bench/${name}.ts`], bundle: true, platform: "node", format: "esm", target: "node20", packages: "external", outfile,
    define: { "import.meta.dirname": JSON.stringify(join(root, "bench")) }, logLevel: "warning",
  });
  console.log(`\n${name}`);
  const done = spawnSync(process.execPath, [outfile, "--write"], { stdio: "inherit" });
  if (done.status !== 0) process.exitCode = 1;
}
