/**
 * The owner of a facility's stream in one thread and virtual time: the real decider, a journal that is
 * durable a little later, effects only after that, death at any moment and a start from the journal.
 *
 *   execute -> decide -> [pending] -- commit latency --> journal -> effects out
 *                            ^ lost by a crash               ^ kept by a crash
 *
 * Events go through JSON on their way into the journal, and a second state (`mirror`) is folded from what the
 * journal holds; after every start, and whenever nothing is pending, the states must be equal.
 */
import type { FacilityCommand } from "../../carpark/facility/command.ts";
import type { FacilityConfig } from "../../carpark/facility/config.ts";
import { type FacilityCore, createFacility, decide, evolve, nextDeadline } from "../../carpark/facility/decide.ts";
import type { Recorded } from "../../carpark/facility/event.ts";
import { type DesiredOutputs, type Order, desiredOutputs, ordersOf } from "../../carpark/facility/outputs.ts";
import type { Refusal } from "../../carpark/facility/refusal.ts";
import { decodeState, digestState } from "../../carpark/facility/snapshot.ts";
import type { DurationMs, Instant } from "../../kernel/instant.ts";

export type Numbered = { readonly seq: number; readonly event: Recorded };

type Pending = { readonly durableAt: Instant; readonly events: readonly Numbered[]; readonly output: DesiredOutputs };

/** What a flush hands out: in order, only durable. */
export type Effect = { readonly seq: number; readonly output: DesiredOutputs; readonly orders: readonly Order[] };

export type Owner = {
  readonly config: FacilityConfig;
  core: FacilityCore | null;
  mirror: FacilityCore;
  /** Lines as a store keeps them; line n is sequence n + 1. */
  readonly journal: string[];
  /** Index of the latest PeriodClosed line, or -1. */
  closedAt: number;
  pending: Pending[];
  seq: number;
  epoch: number;
  /** The wall clock of the process minus true time; read at each start, monotone in between. */
  clockOffset: DurationMs;
};

export function createOwner(config: FacilityConfig): Owner {
  return {
    config, core: null, mirror: createFacility(config.id), journal: [], closedAt: -1, pending: [], seq: 0, epoch: 0, clockOffset: 0,
  };
}

export type Executed = { readonly events: readonly Numbered[]; readonly refusal: Refusal | null };

/** Decides at once; what follows from it is handed out by a later `flush`. */
export function execute(
  owner: Owner, core: FacilityCore, command: FacilityCommand, actor: string | null, now: Instant, latency: DurationMs,
): Executed {
  const at = now + owner.clockOffset;
  const { events, refusal } = decide(core, command, { now: at, actor });
  const numbered = events.map((event) => ({ seq: ++owner.seq, event }));
  const last = owner.pending.at(-1);
  // Commits of one stream are in order; nothing to record is handed out behind what is in flight.
  const durableAt = Math.max(now + (events.length > 0 ? latency : 0), last?.durableAt ?? 0);
  owner.pending.push({ durableAt, events: numbered, output: desiredOutputs(core.state, core.inputs, at) });
  return { events: numbered, refusal };
}

/** When pending work becomes durable next, or null. */
export const nextDurable = (owner: Owner): Instant | null => owner.pending[0]?.durableAt ?? null;

/** The next deadline of the core in true time, or null. */
export function nextDue(owner: Owner): Instant | null {
  const due = owner.core ? nextDeadline(owner.core) : null;
  return due === null ? null : due - owner.clockOffset;
}

/** Makes the next batch that is due durable; its effect, or null when none is due. */
export function flush(owner: Owner, now: Instant): Effect | null {
  const next = owner.pending[0];
  if (!next || next.durableAt > now) return null;
  owner.pending.shift();
  store(owner, next.events);
  const orders = next.events.flatMap(({ seq, event }) => ordersOf(owner.config.id, seq, event));
  return { seq: owner.journal.length, output: next.output, orders };
}

function store(owner: Owner, events: readonly Numbered[]): void {
  for (const { seq, event } of events) {
    if (seq !== owner.journal.length + 1) throw new Error(`F1: event ${seq} follows ${owner.journal.length}`);
    const line = JSON.stringify(event);
    owner.journal.push(line);
    if (event.type === "PeriodClosed") owner.closedAt = owner.journal.length - 1;
    evolve(owner.mirror.state, JSON.parse(line) as Recorded);
  }
}

/**
 * The process dies. `survivors` of the batches in flight had reached the disk, although nobody was told.
 * Returns how many events were lost and how many were durable without effect.
 */
export function crash(owner: Owner, survivors: number): { readonly lost: number; readonly silent: number } {
  const kept = owner.pending.slice(0, survivors).flatMap((p) => p.events);
  const lost = owner.pending.slice(survivors).reduce((sum, p) => sum + p.events.length, 0);
  store(owner, kept);
  owner.pending = [];
  owner.core = null;
  return { lost, silent: kept.length };
}

/** A new process folds the journal, from the last closed period if there is one, and takes the stream over. */
export function start(owner: Owner, now: Instant, clockOffset: DurationMs): FacilityCore {
  const core = fold(owner, owner.closedAt);
  const last = core.state.now;
  // The clock is never before the last event, and runs on from there.
  owner.clockOffset = Math.max(clockOffset, last - now);
  owner.core = core;
  owner.seq = owner.journal.length;
  owner.epoch++;
  return core;
}

/** State from the journal: from line `closedAt` (a PeriodClosed) and what follows it, or from the beginning. */
export function fold(owner: Owner, closedAt: number): FacilityCore {
  const core = createFacility(owner.config.id);
  let from = 0;
  if (closedAt >= 0) {
    const closed = JSON.parse(owner.journal[closedAt]!) as Extract<Recorded, { type: "PeriodClosed" }>;
    const state = decodeState(closed.state);
    if (digestState(state) !== closed.digest) throw new Error("F7: a closed period does not read back as it was written");
    from = closedAt;
    const restored: FacilityCore = { state, inputs: new Map(), clock: { now: 0 } };
    for (const line of owner.journal.slice(from)) evolve(restored.state, JSON.parse(line) as Recorded);
    return restored;
  }
  for (const line of owner.journal.slice(from)) evolve(core.state, JSON.parse(line) as Recorded);
  return core;
}
