/**
 * Passwords: argon2id (RFC 9106, second recommended option scaled to a small PC: 19 MiB, 2 passes), with a
 * limit on how many are worked out at once, so that a flood of logins cannot take the memory of a gate.
 */
import { hash, verify } from "@node-rs/argon2";

/** The library hashes with argon2id unless told otherwise; a test reads it from the hash. */
const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
/** Two cores: one may hash while the other opens barriers. */
const AT_ONCE_MAX = 2;
/** Logins waiting behind those; more are refused at once. */
const WAITING_MAX = 20;

export class TooManyPasswords extends Error {
  override readonly name = "TooManyPasswords";
}

let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE_MAX) {
    if (waiting.length >= WAITING_MAX) throw new TooManyPasswords("too many logins at once");
    await new Promise<void>((resolve) => waiting.push(resolve));
  }
  running += 1;
  try {
    return await work();
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
}

export const hashPassword = (password: string): Promise<string> => inTurn(() => hash(password.normalize("NFKC"), OPTIONS));

export const passwordMatches = (stored: string, password: string): Promise<boolean> =>
  inTurn(() => verify(stored, password.normalize("NFKC")));

/** Compared against when the account does not exist, so that both answers take the same time. */
let decoy: Promise<string> | null = null;
export const decoyHash = (): Promise<string> => (decoy ??= hashPassword("no account has this password"));
