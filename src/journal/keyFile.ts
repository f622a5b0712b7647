/**
 * The generation keys of a vault, in one small file outside the database and outside its backups.
 *
 * It is replaced as a whole: new file, flush, rename, flush the folder, then the old file's bytes are
 * overwritten. A crash at any point leaves the old or the new file, complete.
 */
import { randomBytes } from "node:crypto";
import {
  closeSync, existsSync, fstatSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import type { VaultClass } from "./journal.ts";

/** `Class` groups keys that are replaced together: the vault's classes, or periods of the exchange. */
export type GenerationKey<Class extends string = VaultClass> = { readonly class: Class; readonly generation: number; readonly key: Buffer };

type Stored<Class extends string> = { readonly keys: readonly { readonly class: Class; readonly generation: number; readonly key: string }[] };

const KEY_BYTES = 32;

export const newKey = (): Buffer => randomBytes(KEY_BYTES);

export const keyFileOf = (folder: string, realm: string): string => join(folder, `${realm}.keys`);

export function readKeys<Class extends string = VaultClass>(file: string): readonly GenerationKey<Class>[] | undefined {
  if (!existsSync(file)) return undefined;
  const stored = JSON.parse(readFileSync(file, "utf8")) as Stored<Class>;
  return stored.keys.map(({ key, ...rest }) => ({ ...rest, key: Buffer.from(key, "base64") }));
}

export function writeKeys<Class extends string = VaultClass>(file: string, keys: readonly GenerationKey<Class>[]): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const stored: Stored<Class> = { keys: keys.map(({ key, ...rest }) => ({ ...rest, key: key.toString("base64") })) };
  const old = existsSync(file) ? openSync(file, "r+") : undefined;
  const unfinished = `${file}.new`;
  const handle = openSync(unfinished, "w", 0o600);
  writeAll(handle, Buffer.from(`${JSON.stringify(stored)}\n`));
  closeSync(handle);
  renameSync(unfinished, file);
  const folder = openSync(dirname(file), "r");
  fsyncSync(folder);
  closeSync(folder);
  if (old === undefined) return;
  writeAll(old, Buffer.alloc(fstatSync(old).size));
  closeSync(old);
}

/** A full disk shows first as a short write. */
function writeAll(handle: number, bytes: Buffer): void {
  const written = writeSync(handle, bytes, 0, bytes.length, 0);
  if (written !== bytes.length) {
    throw new Error(`the vault's key file was written in part (${written} of ${bytes.length} bytes): is the disk full?`);
  }
  fsyncSync(handle);
}
