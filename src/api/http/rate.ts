/** How fast somebody may ask: a bucket of requests that fills again with time, for each key. */
import type { Instant } from "../../kernel/instant.ts";

export type Rate = { readonly burst: number; readonly perSecond: number };

/** Keys remembered; the one longest unused goes first, so memory stays flat under attack. */
const REMEMBERED_MAX = 10_000;

export class Buckets {
  readonly #rate: Rate;
  readonly #buckets = new Map<string, { left: number; at: Instant }>();

  constructor(rate: Rate) {
    this.#rate = rate;
  }

  /** Seconds to wait, or 0 when it may ask now; then it is counted. */
  take(key: string, now: Instant): number {
    const { burst, perSecond } = this.#rate;
    const known = this.#buckets.get(key);
    const left = known ? Math.min(burst, known.left + (Math.max(0, now - known.at) / 1_000) * perSecond) : burst;
    this.#buckets.delete(key);
    this.#buckets.set(key, { left: left >= 1 ? left - 1 : left, at: now });
    const oldest = this.#buckets.size > REMEMBERED_MAX ? this.#buckets.keys().next().value : undefined;
    if (oldest !== undefined) this.#buckets.delete(oldest);
    return left >= 1 ? 0 : Math.ceil((1 - left) / perSecond);
  }
}
