/**
 * What happens when: a heap ordered by instant, ties broken by a seeded draw, so that different seeds try
 * different orders of simultaneous things and the same seed always the same.
 */
import type { Instant } from "../../kernel/instant.ts";
import type { Rng } from "../../kernel/random.ts";

type Entry<T> = { readonly at: Instant; readonly tie: number; readonly item: T };

export type Schedule<T> = {
  put(at: Instant, item: T): void;
  /** When the next thing is due, or null. */
  nextAt(): Instant | null;
  /** The next thing due at or before `now`, removed; or null. */
  take(now: Instant): { readonly at: Instant; readonly item: T } | null;
  readonly size: () => number;
};

export function scheduleOf<T>(rng: Rng): Schedule<T> {
  const heap: Entry<T>[] = [];
  const before = (a: Entry<T>, b: Entry<T>): boolean => a.at < b.at || (a.at === b.at && a.tie < b.tie);

  function put(at: Instant, item: T): void {
    heap.push({ at, tie: rng.next(), item });
    let i = heap.length - 1;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!before(heap[i]!, heap[parent]!)) break;
      [heap[i], heap[parent]] = [heap[parent]!, heap[i]!];
      i = parent;
    }
  }

  function sink(): void {
    let i = 0;
    for (;;) {
      const left = 2 * i + 1;
      if (left >= heap.length) return;
      const right = left + 1;
      const least = right < heap.length && before(heap[right]!, heap[left]!) ? right : left;
      if (!before(heap[least]!, heap[i]!)) return;
      [heap[i], heap[least]] = [heap[least]!, heap[i]!];
      i = least;
    }
  }

  function take(now: Instant): { at: Instant; item: T } | null {
    const top = heap[0];
    if (!top || top.at > now) return null;
    const last = heap.pop()!;
    if (heap.length > 0) {
      heap[0] = last;
      sink();
    }
    return { at: top.at, item: top.item };
  }

  return { put, take, nextAt: () => heap[0]?.at ?? null, size: () => heap.length };
}
