/** What the running product counts of itself: decisions made durable, how long that took, messages that still wait. */
import type { Measured, Measures } from "../api/site.ts";
import type { Database } from "../carpark/readmodels/table.ts";
import type { Journal } from "../journal/journal.ts";

/** Upper bounds in seconds: around the 10 ms within which a gate decision shall be durable. */
export const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5] as const;

/** The same journal, each append counted and timed. */
export function measured(journal: Journal): { readonly journal: Journal; readonly appends: () => Measured["appends"] } {
  const counts = BUCKETS.map(() => 0);
  let [durable, refused, events, seconds] = [0, 0, 0, 0];
  return {
    journal: {
      own: (stream, kind) => journal.own(stream, kind),
      async append(batch) {
        const began = performance.now();
        const done = await journal.append(batch);
        if (!done.ok) {
          refused += 1;
          return done;
        }
        const took = (performance.now() - began) / 1_000;
        durable += 1;
        events += batch.events.length;
        seconds += took;
        for (const [index, bound] of BUCKETS.entries()) if (took <= bound) counts[index]! += 1;
        return done;
      },
      head: (stream) => journal.head(stream),
      streams: () => journal.streams(),
      read: (stream, fromSeq, limit) => journal.read(stream, fromSeq, limit),
      openStays: (stream) => journal.openStays(stream),
      answerTo: (stream, key) => journal.answerTo(stream, key),
      forgetAnswers: (before) => journal.forgetAnswers(before),
      onAppended: (listener) => journal.onAppended(listener),
      close: () => journal.close(),
    },
    appends: () => ({ durable, refused, events, seconds, buckets: BUCKETS.map((bound, index) => ({ bound, count: counts[index]! })) }),
  };
}

export const measuresOf = (appends: () => Measured["appends"], db: Database): Measures => async () => {
  const { rows } = await db.query(
    `select topic, (count(*) filter (where not dead))::int as waiting, (count(*) filter (where dead))::int as dead from outbox group by topic order by topic`);
  return {
    appends: appends(),
    outbox: rows.map((row) => ({ topic: String(row["topic"]), waiting: Number(row["waiting"]), dead: Number(row["dead"]) })),
  };
};
