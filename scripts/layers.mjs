/**
 * The picture of the layers, made from the imports as they are: `node scripts/layers.mjs` writes docs/layers.md,
 * and a test fails when it says anything else than the code.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const IMPORT = /(?:^|\n)\s*(?:import|export)\s[^;]*?from\s+"(\.[^"]+)"|import\(\s*"(\.[^"]+)"\s*\)/g;

/** `src/carpark/lane/entry.ts` is of `carpark`; a file directly in src is of itself. */
const folderOf = (path) => {
  const parts = relative(join(root, "src"), path).split("/");
  return parts.length === 1 ? parts[0].replace(/[.]tsx?$/, "") : parts[0];
};

const sources = () => readdirSync(join(root, "src"), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /[.]tsx?$/.test(entry.name) && !/[.]test[.]tsx?$/.test(entry.name))
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name));

/** Folder -> folders it imports, by name. */
export function imports() {
  const found = new Map();
  for (const file of sources()) {
    const from = folderOf(file);
    const to = found.get(from) ?? found.set(from, new Set()).get(from);
    for (const [, plain, dynamic] of readFileSync(file, "utf8").matchAll(IMPORT)) {
      const target = join(dirname(file), plain ?? dynamic);
      if (!target.startsWith(join(root, "src"))) continue;
      const folder = folderOf(target);
      if (folder !== from) to.add(folder);
    }
  }
  return found;
}

/** Who needs nobody first, then who needs only those, and so on; a circle of types stays together. */
export function rows() {
  const graph = new Map([...imports()].map(([from, to]) => [from, new Set(to)]));
  const made = [];
  while (graph.size > 0) {
    const ready = [...graph].filter(([, to]) => [...to].every((one) => !graph.has(one))).map(([from]) => from);
    const least = Math.min(...[...graph.values()].map((to) => [...to].filter((one) => graph.has(one)).length));
    const row = ready.length > 0 ? ready : [...graph].filter(([, to]) => [...to].filter((one) => graph.has(one)).length === least).map(([from]) => from);
    made.push(row.sort());
    for (const one of row) graph.delete(one);
  }
  return made;
}

export function picture() {
  const graph = imports();
  const lines = rows().reverse().flatMap((row) => row.map((name) => `${name.padEnd(14)} -> ${[...graph.get(name)].sort().join(", ") || "nothing of ours"}`).concat(""));
  return [
    "# The layers", "",
    "Imports of the folders in `src`, types included, lowest last. Made by `node scripts/layers.mjs`; `.dependency-cruiser.cjs` says what is",
    "allowed, `test/layers` plants violations, and `test/docs.test.ts` fails when this picture is not the code.", "",
    "```", ...lines.slice(0, -1), "```", "",
  ].join("\n");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(join(root, "docs", "layers.md"), picture());
