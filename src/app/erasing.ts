/** Plates past their deadline are erased, by the hours of the car parks' clock: in the demo those are virtual. */
import type { Vault } from "../journal/vault.ts";
import type { DurationMs } from "../kernel/instant.ts";
import type { Clock } from "./clock.ts";

/** Erased at most this long after the deadline, on a clock that runs like life ... */
const SWEEP_MS = 60_000;
/** ... and on a clock at 600 times at most 50 of its minutes after. */
const LOOK_MS = 5_000;

/** Sweeps when `SWEEP_MS` have passed on the clock since the last time; the first look only learns where it stands. */
export function sweeperOf(vault: Pick<Vault, "sweep">, clock: Clock): () => Promise<readonly string[]> {
  let sweptAt: DurationMs | null = null;
  return async () => {
    const mono = clock.elapsed();
    if (sweptAt !== null && mono - sweptAt < SWEEP_MS) return [];
    sweptAt = mono;
    return await vault.sweep({ wall: clock.now(), mono });
  };
}

/** `erased`: what is kept of them in memory goes too. */
export function eraseWhenDue(vault: Pick<Vault, "sweep">, clock: Clock, erased: (refs: readonly string[]) => void, warn: (text: string) => void): NodeJS.Timeout {
  const look = sweeperOf(vault, clock);
  return setInterval(() => { look().then(erased).catch((error: unknown) => warn(`erasing: ${String(error)}`)); }, LOOK_MS);
}
