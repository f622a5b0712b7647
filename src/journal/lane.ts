/** The queue of one stream: what waits, and what the next append must expect. */
import type { Result } from "../kernel/result.ts";
import type { Prepared } from "./batch.ts";
import type { AppendRefusal, Appended } from "./journal.ts";
import type { Tip } from "./statement.ts";

export type Entry = {
  readonly batch: Prepared;
  readonly answer: (result: Result<Appended, AppendRefusal>) => void;
  readonly fail: (bug: unknown) => void;
};

export type Lane = {
  readonly stream: string;
  tip: Tip;
  readonly queue: Entry[];
  /** What the next append must expect: the tip, and all that is queued. */
  nextSeq: number;
  nextAt: number;
  /** So many of the next appends go one by one: together the database refused them. */
  singly: number;
};

/** In order; a key used twice waits for the next statement, which then finds the first one stored. */
export function takeEntries(lane: Lane, eventsMax: number): readonly Entry[] {
  const keys = new Set<string>();
  let events = 0;
  let count = 0;
  const countMax = lane.singly > 0 ? 1 : Infinity;
  lane.singly = Math.max(0, lane.singly - 1);
  for (const { batch } of lane.queue) {
    if (count >= countMax) break;
    events += batch.events.length;
    if (count > 0 && events > eventsMax) break;
    const own = batch.rows?.idempotency ?? [];
    if (own.some(({ key }) => keys.has(key))) break;
    for (const { key } of own) keys.add(key);
    count += 1;
  }
  return lane.queue.splice(0, count);
}
