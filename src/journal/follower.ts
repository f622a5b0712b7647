/**
 * Followers: read models that are fed from the journal after the fact.
 *
 *   journal --append--> one loop: for each follower behind, for each stream:
 *               (and a poll every second)    begin; read after its position; apply; store position; commit
 *
 * Promise: each event is applied once, in order within its stream, because the position is committed with the
 * follower's own rows. An append never waits for a follower; a follower that fails keeps its place, tries again
 * with growing pauses, shows its error, and harms no other. All of it can be rebuilt from the journal.
 */
import type pg from "pg";
import { assert, present } from "../kernel/assert.ts";
import type { Journal, StoredEvent } from "./journal.ts";
import { openPool } from "./connections.ts";

export type FollowerTransaction = {
  query<Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]): Promise<readonly Row[]>;
};

export type Follower = {
  readonly name: string;
  /** Raise it when `create` or `apply` changes: the follower is then rebuilt at the next start. */
  readonly version: number;
  /** Only streams of these kinds; all when left out. */
  readonly kinds?: readonly string[];
  /** Statements that make the follower's tables, and that drop them if they exist. */
  readonly create: string;
  readonly drop: string;
  /** Events of one stream, in order. Whatever else happened to them before is undone. */
  apply(events: readonly StoredEvent[], transaction: FollowerTransaction): Promise<void>;
};

export type FollowerStatus = {
  readonly name: string;
  readonly state: "following" | "catchingUp" | "retrying";
  /** Failures since the last success, and the last one's message. */
  readonly failures: number;
  readonly error: string | undefined;
};

export type Followers = {
  /** Makes or rebuilds tables as needed, then follows. */
  start(): Promise<void>;
  /** True once the follower has applied the stream up to `seq`; false when it did not within the time. */
  waitFor(follower: string, stream: string, seq: number, withinMs?: number): Promise<boolean>;
  status(): readonly FollowerStatus[];
  /** Drops the follower's tables and feeds it from the beginning; resolves when it has caught up. */
  rebuild(follower: string): Promise<void>;
  close(): Promise<void>;
};

export type FollowersOptions = {
  readonly connectionString: string;
  /** Kicks after appends of this process; without it the poll alone drives. */
  readonly journal?: Journal;
  readonly followers: readonly Follower[];
  readonly log?: (message: string) => void;
};

/** Events applied in one transaction: keeps it below about 100 ms, and the process's other work waiting for less than that. */
const EVENTS_MAX = 500;
/** The same while nobody waits: lanes share the process, and a few milliseconds are what they can spare. */
const EVENTS_AT_REST_MAX = 60;
/** A rush of seconds is the lanes'; who has been behind for longer, or since the start, catches up in larger slices with less rest. */
const BEHIND_MS_MAX = 20_000;
const EVENTS_CATCHING_UP_MAX = 200;
const REST_FACTOR_CATCHING_UP = 1;
const POLL_MS = 1_000;
/** Lists may be this old unless somebody waits for them. */
const GATHER_MS = 250;
/** Under load the loop rests this many times as long as it worked, so that lanes keep the machine; whoever waits wakes it. */
const REST_FACTOR = 8;
const REST_MS_MAX = 1_000;
const RETRY_MS_MIN = 100;
const RETRY_MS_MAX = 30_000;
const WAIT_MS = 5_000;

export function openFollowers({ connectionString, journal, followers, log = () => {} }: FollowersOptions): Followers {
  const pool = openPool(connectionString, 1);
  const feeder = new Feeder(followers, pool, log);
  // Appends are gathered: one transaction of each follower for many events, not one for each.
  let gathering: NodeJS.Timeout | undefined;
  const stopListening = journal?.onAppended(() => {
    gathering ??= setTimeout(() => {
      gathering = undefined;
      feeder.kick();
    }, GATHER_MS);
  });
  return {
    start: () => feeder.start(),
    waitFor: (name, stream, seq, withinMs = WAIT_MS) => feeder.waitFor(name, stream, seq, withinMs),
    status: () => feeder.status(),
    rebuild: (name) => feeder.rebuild(name),
    close: async () => {
      stopListening?.();
      clearTimeout(gathering);
      await feeder.close();
      await pool.end();
    },
  };
}

type Waiter = { readonly stream: string; readonly seq: number; readonly done: (reached: boolean) => void };

/** What the loop knows of one follower. */
type Fed = {
  readonly follower: Follower;
  readonly positions: Map<string, number>;
  readonly waiters: Set<Waiter>;
  failures: number;
  error: string | undefined;
  /** After a failure: not before this, by the process's own clock. */
  pausedUntil: number;
  caughtUp: boolean;
  /** Since when it has not caught up, by the process's own clock; from the beginning for one that never has. */
  behindSince: number;
  /** Asked to be rebuilt, and rebuilt but not caught up yet. */
  rebuilding: (() => void)[];
  rebuilt: (() => void)[];
};

const isCatchingUp = ({ behindSince }: Fed): boolean => performance.now() - behindSince > BEHIND_MS_MAX;

type Behind = { readonly fed: Fed; readonly streams: readonly string[] };

class Feeder {
  readonly #fed: ReadonlyMap<string, Fed>;
  readonly #pool: pg.Pool;
  readonly #log: (message: string) => void;
  /** The events read last of each stream: followers stand mostly at one place, so they are read and parsed once. */
  readonly #read = new Map<string, { readonly from: number; readonly events: readonly StoredEvent[] }>();
  #kicked = false;
  #closed = false;
  #wake: () => void = () => {};
  #running: Promise<void> = Promise.resolve();

  constructor(followers: readonly Follower[], pool: pg.Pool, log: (message: string) => void) {
    this.#fed = new Map(followers.map((follower): [string, Fed] => [follower.name, {
      follower, positions: new Map(), waiters: new Set(), failures: 0, error: undefined, pausedUntil: 0, caughtUp: false, behindSince: -Infinity, rebuilding: [], rebuilt: [],
    }]));
    assert(this.#fed.size === followers.length, "two followers have one name");
    this.#pool = pool;
    this.#log = log;
  }

  async start(): Promise<void> {
    const { rows } = await this.#pool.query<{ name: string; version: number }>("select name, version from follower");
    const versions = new Map(rows.map(({ name, version }) => [name, version]));
    for (const fed of this.#fed.values()) if (versions.get(fed.follower.name) !== fed.follower.version) await this.#reset(fed);
    this.#running = this.#run();
  }

  kick(): void {
    this.#kicked = true;
    this.#wake();
  }

  async waitFor(name: string, stream: string, seq: number, withinMs: number): Promise<boolean> {
    const fed = this.#of(name);
    if ((fed.positions.get(stream) ?? 0) >= seq) return true;
    return await new Promise((resolve) => {
      const waiter: Waiter = { stream, seq, done: (reached) => {
        clearTimeout(timer);
        fed.waiters.delete(waiter);
        resolve(reached);
      } };
      const timer = setTimeout(() => waiter.done(false), withinMs);
      fed.waiters.add(waiter);
      this.kick();
    });
  }

  status(): readonly FollowerStatus[] {
    return [...this.#fed.values()].map(({ follower: { name }, failures, error, caughtUp }) => ({
      name, state: failures > 0 ? "retrying" : caughtUp ? "following" : "catchingUp", failures, error,
    }));
  }

  /** The loop does it between two transactions of its own. */
  async rebuild(name: string): Promise<void> {
    const fed = this.#of(name);
    await new Promise<void>((done) => {
      fed.rebuilding.push(done);
      this.kick();
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#wake();
    await this.#running;
    for (const { waiters, rebuilding, rebuilt } of this.#fed.values()) {
      for (const waiter of waiters) waiter.done(false);
      for (const done of [...rebuilding, ...rebuilt]) done();
    }
  }

  #of(name: string): Fed {
    return present(this.#fed.get(name), `follower ${name}`);
  }

  /** Somebody waits for a list, or for a rebuilt one: then there is no rest. */
  #isUrgent(): boolean {
    return [...this.#fed.values()].some(({ waiters, rebuilding, rebuilt, failures }) =>
      failures === 0 && waiters.size + rebuilding.length + rebuilt.length > 0);
  }

  async #run(): Promise<void> {
    while (!this.#closed) {
      this.#kicked = false;
      const { more, retryAt } = await this.#pass().catch((error: unknown) => {
        // The database does not answer: nobody gets on.
        for (const fed of this.#fed.values()) this.#failed(fed, error);
        return { more: false, retryAt: Math.min(...[...this.#fed.values()].map(({ pausedUntil }) => pausedUntil)) };
      });
      if (this.#closed) return;
      if (!more) await this.#sleep(Math.max(0, Math.min(POLL_MS, retryAt - performance.now())), () => this.#kicked);
    }
  }

  /** Each follower once over each stream it is behind on; those somebody waits for come first. */
  async #pass(): Promise<{ readonly more: boolean; readonly retryAt: number }> {
    let more = false;
    let retryAt = Infinity;
    for (const { fed, streams } of await this.#behind()) {
      if (this.#closed) break;
      if (fed.pausedUntil > performance.now()) {
        retryAt = Math.min(retryAt, fed.pausedUntil);
        continue;
      }
      const done = await this.#guarded(fed, async () => {
        if (fed.rebuilding.length > 0) {
          await this.#reset(fed);
          fed.rebuilt.push(...fed.rebuilding.splice(0));
          more = true;
          return;
        }
        let unfinished = false;
        for (const stream of streams) if (!this.#closed && await this.#paced(fed, () => this.#advance(fed, stream))) unfinished = true;
        fed.caughtUp = !unfinished;
        fed.behindSince = unfinished ? Math.min(fed.behindSince, performance.now()) : Infinity;
        more ||= unfinished;
        if (fed.caughtUp) for (const rebuilt of fed.rebuilt.splice(0)) rebuilt();
      });
      if (!done) retryAt = Math.min(retryAt, fed.pausedUntil);
    }
    return { more, retryAt };
  }

  /** Works, then rests in proportion unless somebody waits. */
  async #paced(fed: Fed, work: () => Promise<boolean>): Promise<boolean> {
    const began = performance.now();
    const more = await work();
    const factor = isCatchingUp(fed) ? REST_FACTOR_CATCHING_UP : REST_FACTOR;
    if (!this.#isUrgent()) await this.#sleep(Math.min((performance.now() - began) * factor, REST_MS_MAX), () => this.#isUrgent());
    return more;
  }

  /** A follower's failure is its own: it is told, and tried again later. */
  async #guarded(fed: Fed, work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      fed.failures = 0;
      fed.error = undefined;
      return true;
    } catch (error) {
      this.#failed(fed, error);
      return false;
    }
  }

  #failed(fed: Fed, error: unknown): void {
    fed.failures += 1;
    fed.error = error instanceof Error ? error.message : String(error);
    const pause = Math.min(RETRY_MS_MIN * 2 ** (fed.failures - 1), RETRY_MS_MAX);
    fed.pausedUntil = performance.now() + pause;
    this.#log(`Follower ${fed.follower.name} failed (${fed.failures}): ${fed.error}; next try in ${pause} ms.`);
  }

  /** One transaction's worth; true when there may be more. */
  async #advance(fed: Fed, stream: string): Promise<boolean> {
    const { name } = fed.follower;
    const client = await this.#pool.connect();
    try {
      // What a power cut takes is read again from the journal, so nobody waits for the disk here.
      await client.query("begin; set local synchronous_commit to off");
      const { rows: [position] } = await client.query<{ seq: number }>(
        `insert into follower_position (follower, stream, seq) values ($1, $2, 0)
         on conflict (follower, stream) do update set seq = follower_position.seq returning seq`, [name, stream]);
      const from = present(position, "position").seq;
      const limit = this.#isUrgent() ? EVENTS_MAX : isCatchingUp(fed) ? EVENTS_CATCHING_UP_MAX : EVENTS_AT_REST_MAX;
      const events = await this.#eventsAfter(client, stream, from, limit);
      const last = events.at(-1)?.seq ?? from;
      assert(last - from === events.length, `the journal of ${stream} has a gap after ${from}`);
      if (events.length > 0) {
        const transaction: FollowerTransaction = {
          query: async (text, values = []) => (await client.query(text, [...values])).rows,
        };
        await fed.follower.apply(events, transaction);
        await client.query("update follower_position set seq = $3 where follower = $1 and stream = $2", [name, stream, last]);
      }
      await client.query("commit");
      fed.positions.set(stream, last);
      for (const waiter of fed.waiters) if (waiter.stream === stream && waiter.seq <= last) waiter.done(true);
      client.release();
      return events.length >= limit;
    } catch (error) {
      await client.query("rollback").catch(() => {});
      client.release(true);
      throw error;
    }
  }

  /** The journal never changes, so what one follower has read is what the next one would read. */
  async #eventsAfter(client: pg.PoolClient, stream: string, from: number, limit: number): Promise<readonly StoredEvent[]> {
    const read = this.#read.get(stream);
    if (read?.from === from && read.events.length > 0 && this.#covers(stream, read.events)) return read.events;
    const { rows } = await client.query<Omit<StoredEvent, "payload"> & { payload: string }>(
      `select stream, seq, at, type, version, payload from journal
       where stream = $1 and seq > $2 order by seq limit $3`, [stream, from, limit]);
    const events = rows.map((row): StoredEvent => ({ ...row, payload: JSON.parse(row.payload) as unknown }));
    this.#read.set(stream, { from, events });
    return events;
  }

  /** Nobody waits for more of the stream than these events. */
  #covers(stream: string, events: readonly StoredEvent[]): boolean {
    const last = events.at(-1)?.seq ?? 0;
    return events.length >= EVENTS_AT_REST_MAX || [...this.#fed.values()].every(({ waiters }) =>
      [...waiters].every((waiter) => waiter.stream !== stream || waiter.seq <= last));
  }

  /**
   * All followers, those somebody waits for first; with the streams on which the database says they are behind, and
   * those waited for: another process may have applied these.
   */
  async #behind(): Promise<readonly Behind[]> {
    const { rows } = await this.#pool.query<{ name: string; stream: string; kind: string }>(
      `select f.name, s.stream, s.kind from unnest($1::text[]) as f(name) cross join stream s
       left join follower_position p on p.follower = f.name and p.stream = s.stream
       where s.seq > coalesce(p.seq, 0) order by s.stream`, [[...this.#fed.keys()]]);
    const behind = [...this.#fed.values()].map((fed): Behind => {
      const { name, kinds } = fed.follower;
      const streams = rows.filter((row) => row.name === name && (!kinds || kinds.includes(row.kind))).map(({ stream }) => stream);
      return { fed, streams: [...new Set([...streams, ...[...fed.waiters].map(({ stream }) => stream)])] };
    });
    return behind.sort((a, b) => b.fed.waiters.size - a.fed.waiters.size);
  }

  async #reset({ follower: { name, version, create, drop }, positions }: Fed): Promise<void> {
    const client = await this.#pool.connect();
    try {
      await client.query("begin");
      await client.query(drop);
      await client.query(create);
      await client.query("delete from follower_position where follower = $1", [name]);
      await client.query(
        `insert into follower (name, version) values ($1, $2)
         on conflict (name) do update set version = excluded.version`, [name, version]);
      await client.query("commit");
      client.release();
    } catch (error) {
      await client.query("rollback").catch(() => {});
      client.release(true);
      throw error;
    }
    positions.clear();
  }

  /** Until the time is over, or woken while `ends` holds; closing always ends it. */
  async #sleep(ms: number, ends: () => boolean): Promise<void> {
    if (ms <= 0 || this.#closed || ends()) return;
    await new Promise<void>((done) => {
      const timer = setTimeout(done, ms);
      this.#wake = () => {
        if (!this.#closed && !ends()) return;
        clearTimeout(timer);
        done();
      };
    });
    this.#wake = () => {};
  }
}
