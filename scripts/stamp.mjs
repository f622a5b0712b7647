/** One hash for the content of files and folders: what was built from equal content need not be built again. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

export function contentStamp(places) {
  const hash = createHash("sha256");
  for (const file of places.flatMap(filesIn).sort()) hash.update(`${file}\n`).update(readFileSync(file));
  return hash.digest("hex");
}

function filesIn(place) {
  if (!existsSync(place)) return [];
  if (statSync(place).isFile()) return [place];
  return readdirSync(place, { withFileTypes: true }).flatMap((entry) => {
    const path = join(place, entry.name);
    return entry.isDirectory() ? filesIn(path) : /\.test\.tsx?$/.test(entry.name) ? [] : [path];
  });
}

export const isFresh = (stampFile, stamp) => existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp;

export function writeStamp(stampFile, stamp) {
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, stamp);
}
