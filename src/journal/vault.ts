/**
 * The plate vault: plates, and names and addresses of registered parkers, each under a key of its own.
 *
 *   event ---ref---> vault row: sealed text <--- key of the row <--- generation key in a file outside the database
 *
 * Promise: after erasure the text cannot be had back from any byte of the data folder. Deleted rows and the
 * database's log keep old bytes for long; so what must go is the generation key that opens them. Whatever is
 * not erased is wrapped again under the next generation, then the old generation key is destroyed.
 */
import { DAY, type DurationMs, type Instant } from "../kernel/instant.ts";
import type { VaultClass } from "./journal.ts";
import type { MemoryStore } from "./memory.ts";

/** Two clocks: the wall clock can be set wrong; `mono` only counts while the process runs. */
export type TwoClocks = { readonly wall: Instant; readonly mono: DurationMs };

export type VaultEntry = { readonly ref: string; readonly class: VaultClass; readonly text: string };

export type DueEntry = {
  readonly ref: string;
  readonly eraseAt: Instant;
  readonly heldUntil: Instant | undefined;
};

export type Vault = {
  /** The text, or undefined when there is none (any more). */
  open(ref: string): Promise<string | undefined>;
  /** All entries, in batches, for an index in memory. */
  entries(): AsyncIterable<readonly VaultEntry[]>;
  /** What is past its deadline by the wall clock, with the holds that keep it. */
  due(wall: Instant): Promise<readonly DueEntry[]>;
  /**
   * Erases what is past its deadline by both clocks and not held; returns the refs, so that the caller takes
   * them out of its index. To be called every few minutes; a deadline is met at the first call after it.
   */
  sweep(now: TwoClocks): Promise<readonly string[]>;
  /** Erases at once, whatever the deadline; holds do not stop it. */
  erase(refs: readonly string[]): Promise<readonly string[]>;
  close(): Promise<void>;
};

/**
 * Progress counts elapsed time that no wrong wall clock can push forward: what `mono` saw, plus down-times,
 * and a down-time counts for at most this long.
 */
export const DOWN_TIME_MAX: DurationMs = DAY;

export const progressed = (progress: number, last: TwoClocks | undefined, lastWall: Instant, now: TwoClocks): number =>
  progress + (last ? Math.max(0, now.mono - last.mono) : Math.min(Math.max(0, now.wall - lastWall), DOWN_TIME_MAX));

/** The vault over a memory store, for simulation: the same answers, nothing sealed. */
export function memoryVault(store: MemoryStore): Vault {
  const erase = async (refs: readonly string[]): Promise<readonly string[]> => refs.filter((ref) => {
    store.holds.delete(ref);
    return store.vault.delete(ref);
  });
  const due = (wall: Instant): readonly DueEntry[] => [...store.vault.values()]
    .flatMap(({ ref, eraseAt }) => {
      if (eraseAt === undefined || eraseAt > wall) return [];
      return [{ ref, eraseAt, heldUntil: store.holds.get(ref)?.until }];
    })
    .sort((a, b) => a.eraseAt - b.eraseAt || (a.ref < b.ref ? -1 : 1));
  return {
    open: async (ref) => store.vault.get(ref)?.text,
    entries: async function* () {
      const all = [...store.vault.values()].sort((a, b) => (a.ref < b.ref ? -1 : 1));
      if (all.length > 0) yield all.map(({ ref, class: group, text }) => ({ ref, class: group, text }));
    },
    due: async (wall) => due(wall),
    sweep: async ({ wall }) => {
      for (const { ref, until } of store.holds.values()) if (until <= wall) store.holds.delete(ref);
      return await erase(due(wall).filter(({ ref }) => !store.holds.has(ref)).map(({ ref }) => ref).sort());
    },
    erase,
    close: async () => {},
  };
}
