/**
 * How often somebody may try to log in: per account and per address, counted in windows. A success clears
 * the account's count but not the address's.
 */
import { MINUTE, type Instant } from "../../kernel/instant.ts";

const WINDOW_MS = 15 * MINUTE;
/** A person who has forgotten which password it was needs fewer. */
const PER_ACCOUNT_MAX = 10;
/** An office behind one address. */
const PER_ADDRESS_MAX = 50;
/** Names and addresses remembered; the oldest go first, so memory stays flat under attack. */
const REMEMBERED_MAX = 20_000;

type Window = { from: Instant; count: number };

export class Attempts {
  readonly #windows = new Map<string, Window>();

  /** Seconds to wait, or 0 when the attempt may be made; it is counted then. */
  admit(account: string, address: string, now: Instant): number {
    const wait = Math.max(this.#waitOf(`a:${account}`, PER_ACCOUNT_MAX, now), this.#waitOf(`i:${address}`, PER_ADDRESS_MAX, now));
    if (wait > 0) return wait;
    this.#count(`a:${account}`, now);
    this.#count(`i:${address}`, now);
    return 0;
  }

  succeeded(account: string): void {
    this.#windows.delete(`a:${account}`);
  }

  #waitOf(key: string, max: number, now: Instant): number {
    const window = this.#windows.get(key);
    if (!window || now - window.from >= WINDOW_MS || window.count < max) return 0;
    return Math.ceil((window.from + WINDOW_MS - now) / 1_000);
  }

  #count(key: string, now: Instant): void {
    const window = this.#windows.get(key);
    if (window && now - window.from < WINDOW_MS) {
      window.count += 1;
      return;
    }
    this.#windows.delete(key);
    this.#windows.set(key, { from: now, count: 1 });
    const oldest = this.#windows.size > REMEMBERED_MAX ? this.#windows.keys().next().value : undefined;
    if (oldest !== undefined) this.#windows.delete(oldest);
  }
}
