/**
 * How the writer gets vault rows sealed. A lease spans the statement that writes them: the vault destroys no
 * key under which a row may still be on its way.
 */
import type { Instant } from "../kernel/instant.ts";
import type { VaultClass, VaultRow } from "./journal.ts";

export type SealedRow = {
  readonly ref: string;
  readonly class: VaultClass;
  readonly generation: number;
  /** Hexadecimal. */
  readonly wrappedKey: string;
  readonly sealed: string;
};

export type SealLease = {
  seal(row: VaultRow): SealedRow;
  end(): void;
};

export type Sealer = {
  /** Several vaults may share a database; each has its own rows and keys. */
  readonly realm: string;
  lease(): SealLease;
  /**
   * The reading the vault's own clock must reach before something due at `eraseAt`, seen from `at`, is
   * erased.
   */
  progressAt(at: Instant, eraseAt: Instant): number;
};
