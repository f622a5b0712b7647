/**
 * A facility with one noun in it, for stories about that noun alone:
 *
 *   advance to the instant (its deadlines in order) -> decide -> emitted events folded at once
 */
import { canonicalJson } from "../../src/kernel/canonical.ts";
import type { Instant } from "../../src/kernel/instant.ts";
import type { Deciding } from "../../src/carpark/facility/deciding.ts";
import type { FacilityId } from "../../src/carpark/facility/config.ts";
import type { FacilityEvent, Recorded } from "../../src/carpark/facility/event.ts";
import type { Refusal } from "../../src/carpark/facility/refusal.ts";
import { emptyFacility, type Facility, type ReadonlyFacility } from "../../src/carpark/facility/state.ts";

export type Noun<C, E> = {
  readonly decide: (d: Deciding, command: C) => Refusal | null;
  readonly evolve: (f: Facility, event: Recorded<E>) => void;
  readonly next: (state: ReadonlyFacility) => Instant | null;
  readonly apply: (d: Deciding) => void;
};

export type Desk<C> = {
  readonly state: Facility;
  readonly log: Recorded[];
  /** Null actor: a device or the clock. */
  readonly give: (at: Instant, command: C | null, actor?: string | null) => Refusal | null;
  readonly with: (act: (d: Deciding) => void, at: Instant) => void;
  /** The canonical state after folding the whole log from the start. */
  readonly replayed: () => string;
};

export function deskOf<C, E>(noun: Noun<C, E>, facility: string, prepare: (f: Facility) => void = () => {}): Desk<C> {
  const id = facility as FacilityId;
  const state = emptyFacility(id);
  prepare(state);
  const log: Recorded[] = [];
  const fold = (f: Facility, event: Recorded): void => {
    f.now = event.at;
    noun.evolve(f, event as unknown as Recorded<E>);
  };
  const deciding = (now: Instant, actor: string | null): Deciding => ({
    state, inputs: new Map(), now, actor,
    emit: (event: FacilityEvent) => {
      const recorded: Recorded = { ...event, at: now, ...(actor === null ? {} : { by: actor }) };
      log.push(recorded);
      fold(state, recorded);
    },
  });
  const advance = (to: Instant): void => {
    for (let due = noun.next(state); due !== null && due <= to; due = noun.next(state)) noun.apply(deciding(due, null));
  };
  return {
    state, log,
    give: (at, command, actor = null) => {
      advance(at);
      return command === null ? null : noun.decide(deciding(at, actor), command);
    },
    with: (act, at) => {
      advance(at);
      act(deciding(at, null));
    },
    replayed: () => {
      const again = emptyFacility(id);
      prepare(again);
      for (const event of log) fold(again, event);
      return canonicalJson(again);
    },
  };
}
