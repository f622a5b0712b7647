/**
 * The owner of one stream: the only place where commands become durable events and then effects.
 *
 *   execute(command) -> decide (state moves on at once) -> append -> durable -> effects out -> answer
 *
 * Promise: no answer, no output and no listener learns of an event before it is durable. Several commands may be
 * in flight; they become durable in order or fail together, and then the state is folded anew from the
 * journal. An assertion failure of ours throws the state away, folds it anew and puts the stream into its safe
 * mode; no other stream notices. A process whose epoch is old stops; it never argues over a barrier.
 */
import { AssertionFailure } from "../../kernel/assert.ts";
import type { Instant } from "../../kernel/instant.ts";
import { type Result, err, ok } from "../../kernel/result.ts";
import {
  type AppendRefusal, type EssentialRows, type Journal, type StoredEvent, type VaultChanges, loadStream,
} from "../../journal/journal.ts";

/** What an owner must know about the kind of stream it owns. `Core` is the state with whatever else decisions need. */
export type StreamKind<Core, C, E extends RecordedEvent, R, Output> = {
  readonly kind: string;
  readonly create: (stream: string) => Core;
  /** The state of a PeriodClosed payload, or null when its version is not this code's. */
  readonly restore: (stream: string, payload: unknown) => Core | null;
  readonly fold: (core: Core, event: E) => void;
  readonly decide: (core: Core, command: C, context: Context) => { readonly events: readonly E[]; readonly refusal: R | null };
  /** Rows committed with these events. */
  readonly rowsOf: (stream: string, events: readonly E[], core: Core) => EssentialRows;
  /** What the outside shall see after these events; taken at once, handed out when they are durable. */
  readonly outputOf: (core: Core, now: Instant) => Output;
  readonly startCommand: (epoch: number) => C | null;
  readonly safeModeCommand: (reason: string) => C | null;
};

export type RecordedEvent = { readonly type: string; readonly at: Instant };
export type Context = { readonly now: Instant; readonly actor: string | null };

export type Numbered<E> = { readonly seq: number; readonly event: E };

/** Handed out in order, once durable; `events` may be empty when only sensor inputs changed. */
export type Durable<E, Output> = { readonly seq: number; readonly events: readonly Numbered<E>[]; readonly output: Output };

export type OwnerPorts<E, Output> = {
  readonly journal: Journal;
  readonly now: () => Instant;
  readonly onDurable: (durable: Durable<E, Output>) => void;
  /** Problems of ours or of the store, for the log and the alarm. */
  readonly report: (problem: OwnerProblem) => void;
};

export type OwnerProblem = { readonly type: "assertion" | "store" | "fenced" | "stopped"; readonly stream: string; readonly message: string };

export type StoreRefusal =
  | { readonly type: "storeUnavailable" }
  | { readonly type: "ownerStopped"; readonly why: string }
  | { readonly type: "overloaded"; readonly limit: number }
  | { readonly type: "assertionFailed" }
  | { readonly type: "keyReused"; readonly key: string };

/** `repeated`: the answer to a key from before a restart; its events are in the journal, up to `seq`. */
export type Executed<E> = { readonly seq: number; readonly events: readonly E[]; readonly repeated?: true };

export type ExecuteOptions = {
  readonly actor?: string | null;
  /** Virtual instant of the input; the owner's clock when left out. */
  readonly at?: Instant;
  /** A repetition with the same key and body gets the same answer and has no second effect. */
  readonly idempotency?: { readonly key: string; readonly bodyHash: string };
  readonly vault?: VaultChanges;
};

/** Commands in flight before new ones are refused: at 1 ms a commit, more than a second of delay. */
export const IN_FLIGHT_MAX = 1_000;
/** Answers kept in memory for quick repetitions; older ones are in the database. */
export const ANSWERS_KEPT_MAX = 1_000;

type Answer<E, R> = Result<Executed<E>, R | StoreRefusal>;

export class StreamOwner<Core, C, E extends RecordedEvent, R, Output> {
  readonly stream: string;
  readonly #kind: StreamKind<Core, C, E, R, Output>;
  readonly #ports: OwnerPorts<E, Output>;
  readonly #answers = new Map<string, { readonly bodyHash: string; readonly answer: Promise<Answer<E, R>> }>();
  #core: Core;
  #output: Output;
  #epoch = 0;
  /** Sequence after all that has been decided; `durableSeq` after all that is durable. */
  #seq = 0;
  #durableSeq = 0;
  #inFlight = 0;
  #reloading: Promise<void> | null = null;
  #stopped: string | null = null;
  #storeHealthy = true;

  private constructor(stream: string, kind: StreamKind<Core, C, E, R, Output>, ports: OwnerPorts<E, Output>) {
    this.stream = stream;
    this.#kind = kind;
    this.#ports = ports;
    this.#core = kind.create(stream);
    this.#output = kind.outputOf(this.#core, ports.now());
  }

  /** Takes the stream over, folds its journal and settles what was half finished. */
  static async start<Core, C, E extends RecordedEvent, R, Output>(
    stream: string, kind: StreamKind<Core, C, E, R, Output>, ports: OwnerPorts<E, Output>,
  ): Promise<StreamOwner<Core, C, E, R, Output>> {
    const owner = new StreamOwner(stream, kind, ports);
    await owner.#takeOver();
    return owner;
  }

  /** For queries only; it may run ahead of what is durable by what is in flight. */
  get core(): Core { return this.#core; }
  /** The last output handed out: nothing in it is ahead of the journal. */
  get output(): Output { return this.#output; }
  get seq(): number { return this.#durableSeq; }
  get epoch(): number { return this.#epoch; }
  get storeHealthy(): boolean { return this.#storeHealthy && this.#stopped === null; }
  get stopped(): string | null { return this.#stopped; }

  async execute(command: C, options: ExecuteOptions = {}): Promise<Answer<E, R>> {
    if (this.#reloading) await this.#reloading;
    if (this.#stopped !== null) return err({ type: "ownerStopped", why: this.#stopped });
    if (this.#inFlight >= IN_FLIGHT_MAX) return err({ type: "overloaded", limit: IN_FLIGHT_MAX });
    const { idempotency } = options;
    if (!idempotency) return this.#decideAndAppend(command, options);
    const known = this.#answers.get(idempotency.key);
    if (known) return known.bodyHash === idempotency.bodyHash ? known.answer : err({ type: "keyReused", key: idempotency.key });
    const answer = this.#decideAndAppend(command, options);
    this.#answers.set(idempotency.key, { bodyHash: idempotency.bodyHash, answer });
    if (this.#answers.size > ANSWERS_KEPT_MAX) this.#answers.delete(this.#answers.keys().next().value ?? "");
    void answer.then((result) => { if (!result.ok) this.#answers.delete(idempotency.key); });
    return answer;
  }

  async #decideAndAppend(command: C, options: ExecuteOptions): Promise<Answer<E, R>> {
    const now = options.at ?? this.#ports.now();
    let decision: { readonly events: readonly E[]; readonly refusal: R | null };
    let output: Output;
    let rows: EssentialRows;
    try {
      decision = this.#kind.decide(this.#core, command, { now, actor: options.actor ?? null });
      output = this.#kind.outputOf(this.#core, now);
      rows = decision.events.length === 0 ? {} : this.#kind.rowsOf(this.stream, decision.events, this.#core);
    } catch (failure) {
      return this.#quarantine(failure);
    }
    const { events, refusal } = decision;
    if (events.length === 0) {
      // Nothing to record: levels may have changed all the same, but never ahead of what is in flight.
      if (this.#inFlight === 0) this.#handOut({ seq: this.#durableSeq, events: [], output });
      return refusal === null ? ok({ seq: this.#seq, events }) : err(refusal);
    }
    const answer = { ok: refusal === null, seq: this.#seq + events.length };
    const appended = await this.#append(events, {
      ...rows,
      ...(options.vault ? { vault: mergedVault(rows.vault, options.vault) } : {}),
      ...(options.idempotency && refusal === null ? { idempotency: [{ ...options.idempotency, answer }] } : {}),
    }, output);
    if (!appended.ok) return this.#storeFailure(appended.error, options);
    return refusal === null ? ok({ seq: appended.value, events }) : err(refusal);
  }

  async #append(events: readonly E[], rows: EssentialRows, output: Output): Promise<Result<number, AppendRefusal>> {
    const first = this.#seq + 1;
    const epoch = this.#epoch;
    this.#seq += events.length;
    this.#inFlight++;
    const result = await this.#ports.journal.append({
      stream: this.stream, expectedSeq: first - 1, epoch, rows,
      events: events.map(({ type, at, ...payload }) => ({ type, at, payload })),
    });
    this.#inFlight--;
    if (!result.ok) return result;
    this.#durableSeq = first + events.length - 1;
    this.#storeHealthy = true;
    this.#handOut({ seq: this.#durableSeq, output, events: events.map((event, i) => ({ seq: first + i, event })) });
    return ok(this.#durableSeq);
  }

  #handOut(durable: Durable<E, Output>): void {
    this.#output = durable.output;
    this.#ports.onDurable(durable);
  }

  async #storeFailure(refusal: AppendRefusal, options: ExecuteOptions): Promise<Answer<E, R>> {
    switch (refusal.type) {
      case "fenced":
        this.#stop(`stream ${this.stream} has another owner (epoch ${refusal.epoch})`, "fenced");
        return err({ type: "ownerStopped", why: "another process owns this car park" });
      case "duplicateKey": {
        await this.#reload();
        if (refusal.bodyHash !== options.idempotency?.bodyHash) return err({ type: "keyReused", key: refusal.key });
        return ok({ seq: (refusal.answer as { readonly seq: number }).seq, events: [], repeated: true });
      }
      case "unavailable":
        this.#storeHealthy = false;
        this.#ports.report({ type: "store", stream: this.stream, message: "the database does not answer" });
        await this.#reload();
        return err({ type: "storeUnavailable" });
      case "abandoned": case "queueFull": case "conflict": case "timeWentBack": case "unstorable":
        this.#ports.report({ type: "store", stream: this.stream, message: JSON.stringify(refusal) });
        await this.#reload();
        return err({ type: "storeUnavailable" });
    }
  }

  /** Our own bug: the state is thrown away and folded anew; the stream goes into its safe mode. */
  async #quarantine(failure: unknown): Promise<Answer<E, R>> {
    const message = failure instanceof Error ? failure.message : String(failure);
    const stack = failure instanceof AssertionFailure || failure instanceof Error ? failure.stack ?? message : message;
    this.#ports.report({ type: "assertion", stream: this.stream, message: stack });
    await this.#reload();
    const safe = this.#kind.safeModeCommand(message.slice(0, 400));
    if (safe === null || this.#stopped !== null) return err({ type: "assertionFailed" });
    try {
      const { events } = this.#kind.decide(this.#core, safe, { now: this.#ports.now(), actor: null });
      if (events.length > 0) {
        const output = this.#kind.outputOf(this.#core, this.#ports.now());
        const result = await this.#append(events, this.#kind.rowsOf(this.stream, events, this.#core), output);
        if (!result.ok) await this.#reload();
      }
    } catch (again) {
      this.#stop(`safe mode failed: ${again instanceof Error ? again.message : String(again)}`, "stopped");
    }
    return err({ type: "assertionFailed" });
  }

  #stop(why: string, type: "fenced" | "stopped"): void {
    if (this.#stopped !== null) return;
    this.#stopped = why;
    this.#ports.report({ type, stream: this.stream, message: why });
  }

  /** One reload at a time; whoever needs it waits for the same one. */
  #reload(): Promise<void> {
    this.#reloading ??= this.#takeOver()
      .catch((failure: unknown) => this.#stop(`reload failed: ${failure instanceof Error ? failure.message : String(failure)}`, "stopped"))
      .finally(() => { this.#reloading = null; });
    return this.#reloading;
  }

  async #takeOver(): Promise<void> {
    const head = await this.#ports.journal.own(this.stream, this.#kind.kind);
    this.#epoch = head.epoch;
    this.#answers.clear();
    const { snapshot, tail } = await loadStream(this.#ports.journal, head);
    const restored = snapshot ? this.#kind.restore(this.stream, snapshot.payload) : null;
    if (restored !== null && snapshot) {
      this.#core = restored;
      this.#kind.fold(this.#core, eventOf<E>(snapshot));
      for await (const batch of tail) for (const stored of batch) this.#kind.fold(this.#core, eventOf<E>(stored));
    } else {
      this.#core = this.#kind.create(this.stream);
      for await (const batch of this.#ports.journal.read(this.stream, 1)) {
        for (const stored of batch) this.#kind.fold(this.#core, eventOf<E>(stored));
      }
    }
    this.#seq = this.#durableSeq = head.seq;
    this.#storeHealthy = true;
    const start = this.#kind.startCommand(head.epoch);
    if (start === null) return;
    const now = this.#ports.now();
    const { events } = this.#kind.decide(this.#core, start, { now, actor: null });
    if (events.length === 0) return;
    const output = this.#kind.outputOf(this.#core, now);
    const result = await this.#append(events, this.#kind.rowsOf(this.stream, events, this.#core), output);
    if (!result.ok) this.#stop(`cannot start: ${result.error.type}`, result.error.type === "fenced" ? "fenced" : "stopped");
  }
}

export const eventOf = <E>(stored: StoredEvent): E => ({ ...(stored.payload as object), type: stored.type, at: stored.at }) as E;

export function mergedVault(a: VaultChanges | undefined, b: VaultChanges): VaultChanges {
  return {
    put: [...(a?.put ?? []), ...(b.put ?? [])],
    deadlines: [...(a?.deadlines ?? []), ...(b.deadlines ?? [])],
    holds: [...(a?.holds ?? []), ...(b.holds ?? [])],
    releases: [...(a?.releases ?? []), ...(b.releases ?? [])],
  };
}
