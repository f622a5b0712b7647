/**
 * Followers: read models that are fed from the journal after the fact.
 *
 *   journal --append--> kick --> follower: begin; read after my position; apply; store position; commit
 *               (and a poll every second, for what other processes append)
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

/** Events applied in one transaction: keeps it below about 100 ms. */
const EVENTS_MAX = 500;
const POLL_MS = 1_000;
/** Lists may be this old unless somebody waits for them. */
const GATHER_MS = 250;
/** Under load a follower rests this many times as long as it worked, so that lanes keep the machine; whoever waits wakes it. */
const REST_FACTOR = 8;
const REST_MS_MAX = 3_000;
const RETRY_MS_MIN = 100;
const RETRY_MS_MAX = 30_000;
const WAIT_MS = 5_000;

export function openFollowers({ connectionString, journal, followers, log = () => {} }: FollowersOptions): Followers {
  const pool = openPool(connectionString, Math.min(4, Math.max(1, followers.length)));
  const runners = new Map(followers.map((follower) => [follower.name, new Runner(follower, pool, log)]));
  assert(runners.size === followers.length, "two followers have one name");
  const runnerOf = (name: string): Runner => present(runners.get(name), `follower ${name}`);
  // Appends are gathered: one transaction of each follower for many events, not one for each.
  const appended = new Set<string>();
  let gathering: NodeJS.Timeout | undefined;
  const stopListening = journal?.onAppended((stream) => {
    appended.add(stream);
    gathering ??= setTimeout(() => {
      gathering = undefined;
      for (const runner of runners.values()) for (const one of appended) runner.kick(one);
      appended.clear();
    }, GATHER_MS);
  });
  return {
    start: async () => void (await Promise.all([...runners.values()].map((runner) => runner.start()))),
    waitFor: (name, stream, seq, withinMs = WAIT_MS) => runnerOf(name).waitFor(stream, seq, withinMs),
    status: () => [...runners.values()].map((runner) => runner.status()),
    rebuild: (name) => runnerOf(name).rebuild(),
    close: async () => {
      stopListening?.();
      clearTimeout(gathering);
      await Promise.all([...runners.values()].map((runner) => runner.close()));
      await pool.end();
    },
  };
}

type Waiter = { readonly stream: string; readonly seq: number; readonly done: (reached: boolean) => void };

class Runner {
  readonly #follower: Follower;
  readonly #pool: pg.Pool;
  readonly #log: (message: string) => void;
  readonly #positions = new Map<string, number>();
  readonly #behind = new Set<string>();
  readonly #waiters = new Set<Waiter>();
  #failures = 0;
  #error: string | undefined;
  #caughtUp = false;
  #closed = false;
  #rebuilding: (() => void)[] = [];
  #wake: () => void = () => {};
  #running: Promise<void> = Promise.resolve();

  constructor(follower: Follower, pool: pg.Pool, log: (message: string) => void) {
    this.#follower = follower;
    this.#pool = pool;
    this.#log = log;
  }

  async start(): Promise<void> {
    const { name, version } = this.#follower;
    const { rows } = await this.#pool.query<{ version: number }>("select version from follower where name = $1", [name]);
    if (rows[0]?.version !== version) await this.#reset();
    this.#running = this.#run();
  }

  kick(stream: string): void {
    this.#behind.add(stream);
    this.#wake();
  }

  async waitFor(stream: string, seq: number, withinMs: number): Promise<boolean> {
    if ((this.#positions.get(stream) ?? 0) >= seq) return true;
    return await new Promise((resolve) => {
      const waiter: Waiter = { stream, seq, done: (reached) => {
        clearTimeout(timer);
        this.#waiters.delete(waiter);
        resolve(reached);
      } };
      const timer = setTimeout(() => waiter.done(false), withinMs);
      this.#waiters.add(waiter);
      this.kick(stream);
    });
  }

  status(): FollowerStatus {
    const state = this.#failures > 0 ? "retrying" : this.#caughtUp ? "following" : "catchingUp";
    return { name: this.#follower.name, state, failures: this.#failures, error: this.#error };
  }

  /** The loop does it between two transactions of its own. */
  async rebuild(): Promise<void> {
    await new Promise<void>((done) => {
      this.#rebuilding.push(done);
      this.#wake();
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#wake();
    await this.#running;
    for (const waiter of this.#waiters) waiter.done(false);
    for (const done of this.#rebuilding) done();
  }

  async #run(): Promise<void> {
    let rebuilt: (() => void)[] = [];
    while (!this.#closed) {
      const began = performance.now();
      try {
        if (this.#rebuilding.length > 0) {
          await this.#reset();
          rebuilt = [...rebuilt, ...this.#rebuilding.splice(0)];
        }
        for (const stream of await this.#streamsBehind()) {
          this.#behind.delete(stream);
          let more = true;
          while (more && !this.#closed && this.#rebuilding.length === 0) more = await this.#advance(stream);
        }
        this.#caughtUp = this.#behind.size === 0 && this.#rebuilding.length === 0;
        this.#failures = 0;
        this.#error = undefined;
        if (this.#caughtUp) for (const done of rebuilt.splice(0)) done();
        const restMs = Math.min((performance.now() - began) * REST_FACTOR, REST_MS_MAX);
        if (!this.#closed && this.#waiters.size === 0 && this.#rebuilding.length === 0) await this.#rest(restMs);
        if (!this.#closed && this.#caughtUp) await this.#sleep(POLL_MS);
      } catch (error) {
        this.#failures += 1;
        this.#error = error instanceof Error ? error.message : String(error);
        const pause = Math.min(RETRY_MS_MIN * 2 ** (this.#failures - 1), RETRY_MS_MAX);
        this.#log(`Follower ${this.#follower.name} failed (${this.#failures}): ${this.#error}; next try in ${pause} ms.`);
        await this.#sleepFor(pause);
      }
    }
  }

  /** One transaction's worth; true when there may be more. */
  async #advance(stream: string): Promise<boolean> {
    const { name, apply } = this.#follower;
    const client = await this.#pool.connect();
    try {
      // What a power cut takes is read again from the journal, so nobody waits for the disk here.
      await client.query("begin; set local synchronous_commit to off");
      const { rows: [position] } = await client.query<{ seq: number }>(
        `insert into follower_position (follower, stream, seq) values ($1, $2, 0)
         on conflict (follower, stream) do update set seq = follower_position.seq returning seq`, [name, stream]);
      const from = present(position, "position").seq;
      const { rows } = await client.query<Omit<StoredEvent, "payload"> & { payload: string }>(
        `select stream, seq, at, type, version, payload from journal
         where stream = $1 and seq > $2 order by seq limit ${EVENTS_MAX}`, [stream, from]);
      const events = rows.map((row): StoredEvent => ({ ...row, payload: JSON.parse(row.payload) as unknown }));
      const last = events.at(-1)?.seq ?? from;
      assert(last - from === events.length, `the journal of ${stream} has a gap after ${from}`);
      if (events.length > 0) {
        const transaction: FollowerTransaction = {
          query: async (text, values = []) => (await client.query(text, [...values])).rows,
        };
        await apply.call(this.#follower, events, transaction);
        await client.query("update follower_position set seq = $3 where follower = $1 and stream = $2", [name, stream, last]);
      }
      await client.query("commit");
      this.#reached(stream, last);
      client.release();
      return events.length === EVENTS_MAX;
    } catch (error) {
      await client.query("rollback").catch(() => {});
      client.release(true);
      this.#behind.add(stream);
      throw error;
    }
  }

  #reached(stream: string, seq: number): void {
    this.#positions.set(stream, seq);
    for (const waiter of this.#waiters) if (waiter.stream === stream && waiter.seq <= seq) waiter.done(true);
  }

  /**
   * What was kicked, and what the database says is behind; a kick does not know the kinds, so they are
   * looked at here.
   */
  async #streamsBehind(): Promise<readonly string[]> {
    const { name, kinds } = this.#follower;
    const kicked = [...this.#behind];
    const { rows } = await this.#pool.query<{ stream: string; kind: string }>(
      `select s.stream, s.kind from stream s left join follower_position p on p.follower = $1 and p.stream = s.stream
       where s.seq > coalesce(p.seq, 0) or s.stream = any($2) order by s.stream`, [name, kicked]);
    for (const stream of kicked) this.#behind.delete(stream);
    return rows.filter(({ kind }) => !kinds || kinds.includes(kind)).map(({ stream }) => stream);
  }

  async #reset(): Promise<void> {
    const { name, version, create, drop } = this.#follower;
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
    this.#positions.clear();
    this.#caughtUp = false;
  }

  /** Until kicked, or the time is over. */
  async #sleep(ms: number): Promise<void> {
    if (this.#behind.size > 0 || this.#rebuilding.length > 0) return;
    await this.#sleepFor(ms);
  }

  /** Appends do not end it; somebody who waits, a rebuild or closing does. */
  async #rest(ms: number): Promise<void> {
    await new Promise<void>((done) => {
      const timer = setTimeout(done, ms);
      this.#wake = () => {
        if (this.#waiters.size === 0 && this.#rebuilding.length === 0 && !this.#closed) return;
        clearTimeout(timer);
        done();
      };
    });
    this.#wake = () => {};
  }

  async #sleepFor(ms: number): Promise<void> {
    const failed = this.#failures > 0;
    await new Promise<void>((done) => {
      const timer = setTimeout(done, ms);
      this.#wake = () => {
        // A kick does not shorten the pause after a failure; closing does.
        if (failed && !this.#closed) return;
        clearTimeout(timer);
        done();
      };
    });
    this.#wake = () => {};
  }
}
