/**
 * Binds camera readings to the vehicle at the lane, and knows whose plates they are.
 *
 *   reading --fresh?--> whose plate? --which vehicle?--> command to the car park (+ rows of the vault)
 *              |                           |
 *              stale: moves nothing        none yet: kept for the vehicle that comes
 *                                          same as before: one vehicle is one reading
 *                                          better than before: corrects it
 *
 * One desk for each car park, in memory: plates are in the vault and here, in no event. It decides at once, without
 * waiting; the caller commits the command with the vault's rows and takes back what did not become durable.
 */
import type { VaultChanges } from "../../journal/journal.ts";
import { type DurationMs, type Instant, SECOND } from "../../kernel/instant.ts";
import { plateRegister, type PlateRegister } from "../../rights/plate/book.ts";
import { type MatchWhy, type PlateMatch, type Tier, matchPlate, sameByFold } from "../../rights/plate/match.ts";
import { type Plate, plateOfSealed, samePlate, sealedPlate } from "../../rights/plate/plate.ts";
import type { FacilityCommand } from "../facility/command.ts";
import type { LaneConfig, LaneId } from "../facility/config.ts";
import type { Recorded } from "../facility/event.ts";
import type { ReadonlyFacility } from "../facility/state.ts";
import type { CredentialRef } from "../stay/stay.ts";
import { PLATE_KEPT_MS } from "./facility-owner.ts";

/** A reading older than this may be of a vehicle that has gone: it never opens a barrier. */
export const READING_FRESH_MS: DurationMs = 10 * SECOND;
/** A camera's clock may run ahead by so much; beyond it, nothing says how old its readings are. */
export const CLOCK_AHEAD_MS: DurationMs = 5 * SECOND;
/** Cameras look at a vehicle until it is out of sight: so long after its passage its plate is still reported. */
export const ECHO_MS: DurationMs = 15 * SECOND;
/** Surer by at least this much is better; cameras' confidences waver by less from look to look. */
const SURER_BY = 0.05;

export type LaneReading = { readonly lane: LaneId; readonly plate: Plate; readonly confidence: number | null; readonly readAt: Instant };

/** Why a reading did or did not become a command. */
export type ReadingOutcome =
  | "presented" | "corrected" | "duplicate" | "worse" | "stale" | "clockAhead" | "noVehicle" | "laneUnknown";

export type ReadFacts = { readonly tier: Tier | null; readonly why: MatchWhy };

export type PlateDecision = {
  readonly outcome: ReadingOutcome;
  readonly facts: ReadFacts | null;
  /** To be carried out with its vault rows in one append; `undo` when that failed. */
  readonly carry: { readonly command: FacilityCommand; readonly vault: VaultChanges; readonly undo: () => void } | null;
};

type Bound = { readonly reading: LaneReading; readonly ref: CredentialRef; readonly match: PlateMatch<CredentialRef>; readonly fresh: boolean };
type AtLane = { movement: number | null; bound: Bound | null; waiting: LaneReading | null; gone: { readonly bound: Bound; readonly at: Instant } | null };

export type PlateDesk = {
  readonly register: PlateRegister<CredentialRef>;
  read(state: ReadonlyFacility, reading: LaneReading, now: Instant): PlateDecision;
  /** A durable event; a vehicle that came may have a reading that waited for it. */
  observe(state: ReadonlyFacility, event: Recorded): PlateDecision | null;
  /** What the vault holds, and who is inside now: at start. */
  restore(state: ReadonlyFacility, entries: Iterable<{ readonly ref: string; readonly text: string }>): void;
  erased(refs: readonly string[]): void;
};

/** `newRef`: a random reference for a plate nobody knows. `isRegistered`: of a parker of an account. */
export function plateDesk(newRef: () => CredentialRef, isRegistered: (state: ReadonlyFacility, ref: CredentialRef) => boolean): PlateDesk {
  const register = plateRegister<CredentialRef>();
  const lanes = new Map<LaneId, AtLane>();
  const atLane = (lane: LaneId): AtLane => {
    const known = lanes.get(lane) ?? { movement: null, bound: null, waiting: null, gone: null };
    lanes.set(lane, known);
    return known;
  };
  const plain = (outcome: ReadingOutcome, facts: ReadFacts | null = null): PlateDecision => ({ outcome, facts, carry: null });

  function read(state: ReadonlyFacility, reading: LaneReading, now: Instant): PlateDecision {
    const config = state.config?.lanes.find(({ id }) => id === reading.lane);
    if (!config) return plain("laneUnknown");
    if (now - reading.readAt > READING_FRESH_MS) return plain("stale");
    if (reading.readAt - now > CLOCK_AHEAD_MS) return plain("clockAhead");
    const here = atLane(reading.lane);
    const movement = state.lanes.get(reading.lane)?.movement ?? null;
    if (here.gone && now - here.gone.at <= ECHO_MS && alike(here.gone.bound.reading.plate, reading.plate)) return plain("duplicate");
    if (!movement) {
      if (!here.waiting || isBetter(reading, here.waiting)) here.waiting = reading;
      return plain("noVehicle");
    }
    return bind(state, config, here, movement.id, reading, now);
  }

  function bind(
    state: ReadonlyFacility, config: Pick<LaneConfig, "id" | "direction">, here: AtLane, movement: number, reading: LaneReading, now: Instant,
  ): PlateDecision {
    const before = here.movement === movement ? here.bound : null;
    if (before && samePlate(before.reading.plate, reading.plate)) return plain("duplicate", factsOf(before.match));
    const replaced = before?.fresh && !isRegistered(state, before.ref) ? before : null;
    if (replaced) register.erase(replaced.ref);
    const match = matchPlate(reading.plate, register, config.direction);
    if (before && !supersedes(before, { reading, match })) {
      if (replaced) register.keep(replaced.ref, replaced.reading.plate);
      return plain("worse", factsOf(match));
    }
    const found = match.found === "one" ? match.key : null;
    const ref = found ?? newRef();
    if (found === null) register.keep(ref, reading.plate);
    here.movement = movement;
    here.bound = { reading, ref, match, fresh: found === null };
    const undo = (): void => {
      if (found === null) register.erase(ref);
      if (replaced) register.keep(replaced.ref, replaced.reading.plate);
      if (here.bound?.ref === ref) here.bound = before;
    };
    return {
      outcome: before ? "corrected" : "presented", facts: factsOf(match),
      carry: {
        undo, command: { type: "AttachPlate", lane: config.id, plate: ref },
        vault: {
          ...(found === null ? { put: [{ ref, class: "stay" as const, text: sealedPlate(reading.plate) }] } : {}),
          // What was taken for the plate before belongs to nobody: it goes as a plate of a car that left now.
          ...(replaced ? { deadlines: [{ ref: replaced.ref, eraseAt: now + PLATE_KEPT_MS }] } : {}),
        },
      },
    };
  }

  function observe(state: ReadonlyFacility, event: Recorded): PlateDecision | null {
    switch (event.type) {
      case "VehicleApproached": {
        const here = atLane(event.lane);
        here.movement = event.movement;
        here.bound = null;
        const { waiting } = here;
        here.waiting = null;
        const config = state.config?.lanes.find(({ id }) => id === event.lane);
        const still = state.lanes.get(event.lane)?.movement?.id === event.movement;
        if (!waiting || !config || !still || event.at - waiting.readAt > READING_FRESH_MS) return null;
        return bind(state, config, here, event.movement, waiting, event.at);
      }
      case "MovementEnded": {
        const here = atLane(event.lane);
        if (here.bound && here.movement === event.movement) here.gone = { bound: here.bound, at: event.at };
        here.movement = null;
        here.bound = null;
        if (event.plate !== null && !register.isInside(event.plate)) left(state, event.plate);
        return null;
      }
      case "StayOpened": {
        for (const ref of refsOf(event)) register.setInside(ref, true);
        return null;
      }
      case "StayClosed":
        if (event.plate !== null) left(state, event.plate);
        return null;
      default:
        return null;
    }
  }

  /** Somebody nobody knows is forgotten for matching as soon as it left; its next visit is a new one. */
  function left(state: ReadonlyFacility, ref: CredentialRef): void {
    register.setInside(ref, false);
    if (!isRegistered(state, ref)) register.erase(ref);
  }

  return {
    register, read, observe,
    restore(state, entries) {
      const inside = new Set<string>([...state.stays.values()].flatMap((stay) => refsOf(stay)));
      const atPillars = new Set<string>([...state.lanes.values()].flatMap(({ movement }) => (movement?.plate ? [movement.plate] : [])));
      for (const { ref: text, text: sealed } of entries) {
        const plate = plateOfSealed(sealed);
        // The vault's references are the journal's: made by us, read back as they were.
        const ref = text as CredentialRef;
        if (!plate || !(inside.has(ref) || atPillars.has(ref) || isRegistered(state, ref))) continue;
        register.keep(ref, plate);
        register.setInside(ref, inside.has(ref));
      }
    },
    erased(refs) {
      const gone = new Set<string>(refs);
      for (const ref of refs) register.erase(ref as CredentialRef);
      for (const here of lanes.values()) if (here.gone && gone.has(here.gone.bound.ref)) here.gone = null;
    },
  };
}

const refsOf = (stay: { readonly plate: CredentialRef | null }): readonly CredentialRef[] => (stay.plate === null ? [] : [stay.plate]);

const factsOf = (match: PlateMatch<CredentialRef>): ReadFacts => ({ tier: match.found === "none" ? null : match.tier, why: match.why });

const alike = (a: Plate, b: Plate): boolean => samePlate(a, b) || sameByFold(a, b);

const isBetter = (next: LaneReading, before: LaneReading): boolean =>
  next.confidence === null || before.confidence === null ? next.readAt >= before.readAt : next.confidence >= before.confidence;

const RANK: Readonly<Record<Tier, number>> = { exact: 3, folded: 2, edit: 1 };
const rankOf = (match: PlateMatch<CredentialRef>): number => (match.found === "one" ? RANK[match.tier] : 0);

/** A later look at the same vehicle counts when it finds somebody more surely, or nobody and is surer of its text. */
function supersedes(before: Bound, next: Pick<Bound, "reading" | "match">): boolean {
  const [was, is] = [rankOf(before.match), rankOf(next.match)];
  if (is !== was) return is > was;
  return (next.reading.confidence ?? 0) >= (before.reading.confidence ?? 0) + SURER_BY;
}
