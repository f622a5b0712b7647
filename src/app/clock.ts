/** The car parks' clock: the machine's, or in the demo a virtual one that can be paused and sped up. */
import type { DurationMs, Instant } from "../kernel/instant.ts";

export type Clock = {
  readonly now: () => Instant;
  /** Counts what passes on this clock while the process runs, whoever sets the time of day; only differences mean anything. */
  readonly elapsed: () => DurationMs;
};

export const systemClock: Clock = { now: () => Date.now(), elapsed: () => performance.now() };

/**
 * Runs from `start`, `speed` times as fast as life. `now` is how far the simulated city has come; it follows
 * `target`, which is where the clock wants it to be, and falls behind rather than skip anything.
 */
export class VirtualClock implements Clock {
  #now: Instant;
  #base: Instant;
  #baseReal: number;
  #speed = 1;
  #paused = false;

  constructor(start: Instant) {
    this.#now = start;
    this.#base = start;
    this.#baseReal = performance.now();
  }

  now = (): Instant => this.#now;
  /** Nobody can set this clock back or forward while it runs. */
  elapsed = (): DurationMs => this.#now;
  get speed(): number { return this.#speed; }
  get paused(): boolean { return this.#paused; }

  target(): Instant {
    if (this.#paused) return this.#base;
    return Math.floor(this.#base + (performance.now() - this.#baseReal) * this.#speed);
  }

  /** Never backwards. */
  reach(at: Instant): void {
    if (at > this.#now) this.#now = at;
  }

  /** Begins at another instant: after a past has been played, or where an earlier run of the demo had come to. */
  beginAt(at: Instant): void {
    this.#now = Math.max(this.#now, at);
    this.fallBehind();
  }

  /** The city could not keep up: time goes on from where it is. */
  fallBehind(): void {
    this.#base = this.#now;
    this.#baseReal = performance.now();
  }

  set(change: { readonly speed?: number | undefined; readonly paused?: boolean | undefined }): void {
    this.#base = this.target();
    this.#baseReal = performance.now();
    this.#speed = change.speed ?? this.#speed;
    this.#paused = change.paused ?? this.#paused;
  }
}
