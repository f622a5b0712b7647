/**
 * The account the embedded server runs as. PostgreSQL refuses root, so a root process starts it as
 * `gatehouse`, `postgres` or `nobody`, whichever exists first; any other process starts it as itself.
 *
 * That account must be able to walk to the program files and to the data folder: a home folder with
 * mode 700 stops it. `reaches` answers this without trying, so that the caller can choose another place.
 */
import { readFileSync, realpathSync, statSync } from "node:fs";
import { dirname } from "node:path";

export type Account = { readonly name: string; readonly uid: number; readonly gid: number };

const CANDIDATES = ["gatehouse", "postgres", "nobody"] as const;

/**
 * The account to drop to, or undefined when this process is not root and needs no drop. A server folder that
 * exists already keeps its owner.
 */
export function accountBelowRoot(serverFolder: string, passwdFile = "/etc/passwd"): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const owner = statSync(serverFolder, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { name: `account ${owner.uid}`, uid: owner.uid, gid: owner.gid };
  const accounts = new Map<string, Account>();
  for (const line of readFileSync(passwdFile, "utf8").split("\n")) {
    const [name, , uid, gid] = line.split(":");
    if (name && uid && gid && Number(uid) > 0) accounts.set(name, { name, uid: Number(uid), gid: Number(gid) });
  }
  for (const name of CANDIDATES) {
    const account = accounts.get(name);
    if (account) return account;
  }
  throw new Error(
    "PostgreSQL refuses to run as root and none of the accounts gatehouse, postgres, nobody exists. "
      + "Start Gatehouse as an ordinary user, or set DATABASE_URL to a server of your own.",
  );
}

/** Whether the account may enter every folder on the way to `path`, symbolic links followed. */
export function reaches(account: Account, path: string): boolean {
  let folder = realpathSync(path);
  if (!mayEnter(account, folder)) return false;
  while (dirname(folder) !== folder) {
    folder = dirname(folder);
    if (!mayEnter(account, folder)) return false;
  }
  return true;
}

function mayEnter(account: Account, path: string): boolean {
  const { uid, gid, mode } = statSync(path);
  if (uid === account.uid) return (mode & 0o100) !== 0;
  if (gid === account.gid) return (mode & 0o010) !== 0;
  return (mode & 0o001) !== 0;
}
