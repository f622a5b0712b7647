/** A random secret of this installation, kept in the data folder with its keys: signs links in messages. */
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export function installationSecret(dataDir: string): string {
  const folder = join(dataDir, "keys");
  const file = join(folder, "link-secret");
  if (!existsSync(file)) {
    // The database's own user must be able to go through the data folder; nobody else may look into the keys.
    mkdirSync(dataDir, { recursive: true, mode: 0o711 });
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(file, randomBytes(32).toString("base64url"), { mode: 0o600, flag: "wx" });
  }
  return readFileSync(file, "utf8").trim();
}
