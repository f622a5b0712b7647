/**
 * One writer: a connection, and the queues of the streams that hash to it.
 *
 *   enqueue --> lane (one per stream, in order) --+--> one statement for all lanes --> answers
 *   enqueue --> lane ----------------------------+         (the next gathers meanwhile)
 *
 * While a statement is under way the next one gathers; that is the whole of group commit. One statement is in
 * flight, so one commit is in flight per stream.
 *
 * When it fails: an error of the database splits the statement by stream, then by append, so that one bad
 * append does not take its neighbours with it. A lost connection leaves the outcome unknown: the old backend
 * is ended, the heads are read again, and each group turns out written or not.
 */
import pg from "pg";
import { setTimeout as delay } from "node:timers/promises";
import { type Result, err, ok } from "../kernel/result.ts";
import { assert, present } from "../kernel/assert.ts";
import { EVENTS_PER_BATCH_MAX, prepare } from "./batch.ts";
import { APPLICATION } from "./connections.ts";
import type { AppendRefusal, Appended, Batch } from "./journal.ts";
import { type Entry, type Lane, takeEntries } from "./lane.ts";
import { type Partitions, partitions } from "./partitions.ts";
import type { Sealer } from "./sealer.ts";
import { type Group, type RefusedGroup, type Tip, groupOf, writeGroups } from "./statement.ts";

/** A statement this long takes about 30 ms; longer ones only add waiting. */
const EVENTS_PER_STATEMENT_MAX = EVENTS_PER_BATCH_MAX;
/** A stream that is this far behind is not served, it is told. */
export const QUEUED_PER_STREAM_MAX = 1_000;
/** The embedded server is back within a second of a crash; an external one fails over within this. */
const RECONNECT_WITHIN_MS = 15_000;
const RECONNECT_PAUSE_MS = 50;
/** Deadlocks and full locks pass; an error that stays for this many tries does not. */
const TRIES_MAX = 3;
/** SQLSTATE classes that may pass by themselves: rollback, lack of resources, operator, time-outs. */
const PASSING = /^(40|53|55|57|58)/;

export type Connect = () => Promise<pg.Client>;

type Sent = { readonly lane: Lane; readonly group: Group; readonly entries: readonly Entry[] };

export class Writer {
  readonly #connect: Connect;
  readonly #sealer: Sealer | undefined;
  readonly #onAppended: (stream: string, seq: number) => void;
  readonly #partitions: Partitions = partitions();
  readonly #lanes = new Map<string, Lane>();
  readonly #waiting = new Set<string>();
  #client: pg.Client | undefined;
  #backend = 0;
  #running: Promise<void> | undefined;

  constructor(connect: Connect, sealer: Sealer | undefined, onAppended: (stream: string, seq: number) => void) {
    this.#connect = connect;
    this.#sealer = sealer;
    this.#onAppended = onAppended;
  }

  /** This process owns the stream from now on, and continues after `tip`. */
  own(stream: string, tip: Tip): void {
    const before = this.#lanes.get(stream);
    if (before) this.#refuseLane(before, { type: "fenced", stream, epoch: tip.epoch });
    this.#lanes.set(stream, { stream, tip, queue: [], nextSeq: tip.seq, nextAt: tip.at, singly: 0 });
  }

  async enqueue(given: Batch): Promise<Result<Appended, AppendRefusal>> {
    const batch = prepare(given);
    assert(this.#sealer || !batch.rows?.vault, "vault rows were given to a journal without a vault");
    const { stream, expectedSeq, epoch, events } = batch;
    const lane = this.#lanes.get(stream);
    if (!lane || lane.tip.epoch !== epoch) {
      return err({ type: "fenced", stream, epoch: lane?.tip.epoch ?? 0 });
    }
    if (lane.nextSeq !== expectedSeq) {
      return err({ type: "conflict", stream, expectedSeq, seq: lane.nextSeq });
    }
    const at = events[0]?.at ?? 0;
    if (at < lane.nextAt) return err({ type: "timeWentBack", stream, at, headAt: lane.nextAt });
    if (lane.queue.length >= QUEUED_PER_STREAM_MAX) {
      return err({ type: "queueFull", stream, limit: QUEUED_PER_STREAM_MAX });
    }
    lane.nextSeq += events.length;
    lane.nextAt = events.at(-1)?.at ?? at;
    return await new Promise((answer, fail) => {
      lane.queue.push({ batch, answer, fail });
      this.#waiting.add(stream);
      this.#running ??= Promise.resolve().then(() => this.#run());
    });
  }

  async close(): Promise<void> {
    while (this.#running) await this.#running;
    await this.#client?.end();
    this.#client = undefined;
  }

  async #run(): Promise<void> {
    while (this.#waiting.size > 0) await this.#write(this.#take());
    this.#running = undefined;
  }

  /** What goes into the next statement; lanes that still have something go to the end of the row. */
  #take(): readonly Sent[] {
    const sent: Sent[] = [];
    let events = 0;
    for (const stream of [...this.#waiting]) {
      if (events >= EVENTS_PER_STATEMENT_MAX) break;
      this.#waiting.delete(stream);
      const lane = this.#lanes.get(stream);
      if (!lane || lane.queue.length === 0) continue;
      const entries = takeEntries(lane, EVENTS_PER_STATEMENT_MAX - events);
      if (lane.queue.length > 0) this.#waiting.add(stream);
      const group = groupOf(stream, lane.tip, entries.map(({ batch }) => batch));
      events += group.events.length;
      sent.push({ lane, group, entries });
    }
    return sent;
  }

  async #write(sent: readonly Sent[], tries = 1): Promise<void> {
    if (sent.length === 0) return;
    const lease = this.#sealer?.lease();
    try {
      const client = await this.#connected();
      await this.#partitions.ensure(client, timesOf(sent));
      const refused = await writeGroups(client, sent.map(({ group }) => group), this.#sealer, lease);
      this.#settle(sent, new Map(refused.map((group) => [group.stream, group])));
    } catch (error) {
      if (error instanceof pg.DatabaseError && !isShutdown(error)) await this.#split(sent, error, tries);
      else if (isConnectionError(error)) await this.#findOut(sent, tries);
      else this.#failAll(sent, error);
    } finally {
      lease?.end();
    }
  }

  #settle(sent: readonly Sent[], refused: ReadonlyMap<string, RefusedGroup>): void {
    for (const one of sent) {
      const refusal = refused.get(one.group.stream);
      if (refusal) this.#refuse(one, refusal);
      else this.#written(one);
    }
  }

  #written({ lane, group, entries }: Sent): void {
    lane.tip = group.next;
    let seq = group.tip.seq;
    for (const { batch, answer } of entries) {
      seq += batch.events.length;
      answer(ok({ seq }));
    }
    this.#onAppended(group.stream, group.next.seq);
  }

  #refuse({ lane, group, entries }: Sent, found: RefusedGroup): void {
    const { stream, tip } = group;
    if (found.epoch !== tip.epoch) {
      lane.queue.unshift(...entries);
      return this.#refuseLane(lane, { type: "fenced", stream, epoch: found.epoch });
    }
    if (found.seq === tip.seq && found.key !== null) {
      const guilty = entries.findIndex(({ batch }) => batch.rows?.idempotency?.some(({ key }) => key === found.key));
      assert(guilty >= 0, "the database found a key nobody gave");
      const before = entries.slice(0, guilty);
      lane.queue.unshift(...entries.slice(guilty));
      this.#refuseQueue(lane, {
        type: "duplicateKey", stream, key: found.key, bodyHash: found.bodyHash ?? "",
        answer: JSON.parse(found.answer ?? "null") as unknown,
      });
      this.#putBack(lane, before);
      return;
    }
    // The owner's own picture of the head is wrong although the epoch is its own: it must load again.
    lane.queue.unshift(...entries);
    this.#refuseLane(lane, { type: "conflict", stream, expectedSeq: tip.seq, seq: found.seq });
  }

  /** The database refused the statement; nothing of it was written. */
  async #split(sent: readonly Sent[], error: pg.DatabaseError, tries: number): Promise<void> {
    if (sent.length > 1) {
      for (const one of sent) await this.#write([one]);
      return;
    }
    const { lane, group, entries } = present(sent[0], "a group in the statement");
    if (entries.length > 1) {
      lane.queue.unshift(...entries);
      lane.singly = entries.length;
      this.#waiting.add(group.stream);
      return;
    }
    if (PASSING.test(error.code ?? "") && tries < TRIES_MAX) return await this.#write(sent, tries + 1);
    lane.queue.unshift(...entries);
    this.#refuseQueue(lane, { type: "unstorable", stream: group.stream, code: error.code ?? "unknown" });
  }

  /** The connection went away: look which groups are there. */
  async #findOut(sent: readonly Sent[], tries: number): Promise<void> {
    const again: Sent[] = [];
    const heads = await this.#headsAfterLoss(sent.map(({ group }) => group.stream));
    if (!heads || tries >= TRIES_MAX) return this.#giveUp(sent);
    for (const one of sent) {
      const { stream, tip, next } = one.group;
      const head = heads.get(stream);
      if (head && head.epoch === tip.epoch && head.digest === next.digest) this.#written(one);
      else if (head && head.epoch === tip.epoch && head.digest === tip.digest) again.push(one);
      else {
        const { epoch = 0, seq = 0, at = 0 } = head ?? {};
        this.#refuse(one, { stream, epoch, seq, at, key: null, bodyHash: null, answer: null });
      }
    }
    await this.#write(again, tries + 1);
  }

  async #headsAfterLoss(streams: readonly string[]): Promise<ReadonlyMap<string, Tip> | undefined> {
    const lost = this.#backend;
    const until = performance.now() + RECONNECT_WITHIN_MS;
    this.#client?.end().catch(() => {});
    this.#client = undefined;
    while (performance.now() < until) {
      try {
        const client = await this.#connected();
        // The old backend may still be about to commit; after this it has or it never will.
        if (lost !== 0) await client.query(
          "select pg_terminate_backend($1, 5000) from pg_stat_activity where pid = $1 and application_name = $2",
          [lost, APPLICATION]);
        const { rows } = await client.query<Tip & { stream: string }>(
          "select stream, epoch, seq, at, encode(digest, 'hex') as digest from stream where stream = any($1)", [streams]);
        return new Map(rows.map((row) => [row.stream, row]));
      } catch {
        this.#client = undefined;
        await delay(RECONNECT_PAUSE_MS);
      }
    }
    return undefined;
  }

  #giveUp(sent: readonly Sent[]): void {
    for (const { lane, entries } of sent) lane.queue.unshift(...entries);
    const waiting = [...this.#lanes.values()].filter(({ queue }) => queue.length > 0);
    for (const lane of new Set([...sent.map((one) => one.lane), ...waiting])) {
      for (const { answer } of lane.queue.splice(0)) answer(err({ type: "unavailable", stream: lane.stream }));
      this.#forget(lane);
    }
  }

  async #connected(): Promise<pg.Client> {
    if (this.#client) return this.#client;
    const client = await this.#connect();
    client.on("error", () => {
      if (this.#client === client) this.#client = undefined;
    });
    const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
    this.#backend = rows[0]?.pid ?? 0;
    this.#client = client;
    return client;
  }

  /** Our own bug: whoever waits hears of it, and the streams are no longer served here. */
  #failAll(sent: readonly Sent[], bug: unknown): void {
    for (const { lane, entries } of sent) {
      for (const { fail } of [...entries, ...lane.queue.splice(0)]) fail(bug);
      this.#forget(lane);
    }
  }

  #putBack(lane: Lane, entries: readonly Entry[]): void {
    if (entries.length === 0) return;
    lane.queue.unshift(...entries);
    lane.nextSeq = entries.reduce((seq, { batch }) => seq + batch.events.length, lane.tip.seq);
    lane.nextAt = entries.at(-1)?.batch.events.at(-1)?.at ?? lane.tip.at;
    this.#waiting.add(lane.stream);
  }

  /**
   * The first queued append gets the reason, those behind it are abandoned; the lane goes on from its
   * tip.
   */
  #refuseQueue(lane: Lane, reason: AppendRefusal): void {
    const [first, ...behind] = lane.queue.splice(0);
    lane.nextSeq = lane.tip.seq;
    lane.nextAt = lane.tip.at;
    first?.answer(err(reason));
    for (const { answer } of behind) answer(err({ type: "abandoned", stream: reason.stream, because: reason.type }));
  }

  /** The stream is no longer served here until it is owned again. */
  #refuseLane(lane: Lane, reason: AppendRefusal): void {
    this.#refuseQueue(lane, reason);
    this.#forget(lane);
  }

  /** Unless the stream was owned anew meanwhile, which made another lane. */
  #forget(lane: Lane): void {
    if (this.#lanes.get(lane.stream) !== lane) return;
    this.#lanes.delete(lane.stream);
    this.#waiting.delete(lane.stream);
  }
}

function* timesOf(sent: readonly Sent[]): Iterable<number> {
  for (const { group } of sent) for (const { at } of group.events) yield at;
}

/** The server is going down or coming up: to us that is a lost connection. */
const isShutdown = (error: pg.DatabaseError): boolean => /^(57P0[1-5]|08)/.test(error.code ?? "");

/** `pg` reports these as plain errors, or as system errors with a code. Our own assertions are neither. */
const isConnectionError = (error: unknown): boolean =>
  error instanceof pg.DatabaseError
  || (error instanceof Error && (error.name === "Error" || error.name === "AggregateError" || "errno" in error));
