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
import { type PlateMatch, type Tier, matchPlate, sameByFold, withinOneEdit } from "../../rights/plate/match.ts";
import { countriesAgree, type Plate, plateOfSealed, samePlate, sealedPlate } from "../../rights/plate/plate.ts";
import type { FacilityCommand } from "../facility/command.ts";
import type { LaneConfig, LaneId } from "../facility/config.ts";
import type { Recorded } from "../facility/event.ts";
import type { ReadonlyFacility } from "../facility/state.ts";
import type { PlateRead } from "../lane/lane.ts";
import { READ_FRESH_MS } from "../lane/timing.ts";
import type { CredentialRef } from "../stay/stay.ts";

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

export type ReadFacts = Pick<PlateRead, "tier" | "why">;

export type PlateDecision = {
  readonly outcome: ReadingOutcome;
  readonly facts: ReadFacts | null;
  /** To be carried out with its vault rows in one append; `undo` when that failed. */
  readonly carry: { readonly command: FacilityCommand; readonly vault: VaultChanges; readonly undo: () => void } | null;
};

type Bound = { readonly reading: LaneReading; readonly ref: CredentialRef; readonly match: PlateMatch<CredentialRef>; readonly fresh: boolean };
/** For correcting a stay: how long after the passage a better look at the same vehicle still counts. */
export const CORRECTION_MS: DurationMs = 60 * SECOND;
type AtLane = { movement: number | null; bound: Bound | null; waiting: LaneReading | null; gone: { readonly bound: Bound; readonly at: Instant } | null };

export type PlateDesk = {
  readonly register: PlateRegister<CredentialRef>;
  read(state: ReadonlyFacility, reading: LaneReading, now: Instant): PlateDecision;
  /** A durable event; a vehicle that came may have a reading that waited for it. */
  observe(state: ReadonlyFacility, event: Recorded): PlateDecision | null;
  /** What the vault holds, and who is inside now: at start. */
  restore(state: ReadonlyFacility, entries: Iterable<{ readonly ref: string; readonly text: string }>): void;
  /** Stays inside whose plate may be this one: the same or alike; `near`: also one character off. */
  staysOf(state: ReadonlyFacility, plate: Plate, near: boolean): readonly PlateStay[];
  /** Whose plate this is; `vault`: the row of one nobody knew, to be committed with the event that names it first. */
  refFor(plate: Plate): { readonly ref: CredentialRef; readonly vault: VaultChanges };
  /** A plate registered while we run. */
  know(ref: string, sealed: string): void;
  erased(refs: readonly string[]): void;
};

/** `key`: what its payment is told by; `masked`: enough for its driver to know it, not for anybody else. */
export type PlateStay = { readonly key: string; readonly enteredAt: Instant; readonly masked: string; readonly exact: boolean };

/** First and last character; in between nothing. */
const masked = (text: string): string => `${text.slice(0, 1)}${"\u2022".repeat(Math.max(1, text.length - 2))}${text.slice(-1)}`;

/** Of a parker of an account, or of a right that a provider has told of. */
const isRegistered = ({ rights }: ReadonlyFacility, ref: CredentialRef): boolean => rights.credentials.has(ref) || rights.externals.has(ref);

/** `newRef`: a random reference for a plate nobody knows. */
export function plateDesk(newRef: () => CredentialRef): PlateDesk {
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
    if (now - reading.readAt > READ_FRESH_MS) return plain("stale");
    if (reading.readAt - now > CLOCK_AHEAD_MS) return plain("clockAhead");
    const here = atLane(reading.lane);
    const movement = state.lanes.get(reading.lane)?.movement ?? null;
    const echo = echoOf(state, config, here, reading, now);
    if (echo) return echo;
    if (!movement) {
      if (!here.waiting || isBetter(reading, here.waiting)) here.waiting = reading;
      return plain("noVehicle");
    }
    return bind(state, config, here, movement.id, reading, now);
  }

  function bind(
    state: ReadonlyFacility, config: Pick<LaneConfig, "id" | "direction">, here: AtLane, movement: number, reading: LaneReading, now: Instant,
  ): PlateDecision {
    const before = (here.movement === movement ? here.bound : null) ?? attachedBefore(state, config.id);
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
      // An exchange may have told of a right for it meanwhile.
      if (found === null && !isRegistered(state, ref)) register.erase(ref);
      if (replaced) register.keep(replaced.ref, replaced.reading.plate);
      if (here.bound?.ref === ref) here.bound = before;
    };
    return {
      outcome: before ? "corrected" : "presented", facts: factsOf(match),
      carry: {
        undo, command: {
          type: "PresentCredential", lane: config.id, credential: { kind: "plate", ref }, readAt: Math.min(reading.readAt, now), read: readOf(match, reading),
        },
        vault: rowOf(found === null, ref, reading.plate),
      },
    };
  }

  /** Before this process started, somebody read this vehicle's plate already. */
  function attachedBefore(state: ReadonlyFacility, lane: LaneId): Bound | null {
    const ref = state.lanes.get(lane)?.movement?.plate ?? null;
    const plate = ref === null ? undefined : register.plateOf(ref);
    if (ref === null || !plate) return null;
    const fresh = !isRegistered(state, ref) && !register.isInside(ref);
    const match: PlateMatch<CredentialRef> = fresh ? { found: "none", why: "nobody" } : { found: "one", tier: "exact", why: "sameText", key: ref };
    return { ref, match, fresh, reading: { lane, plate, confidence: null, readAt: 0 } };
  }

  /** The vehicle that has just gone, still in sight: said again, or seen better now. */
  function echoOf(state: ReadonlyFacility, config: Pick<LaneConfig, "id" | "direction">, here: AtLane, reading: LaneReading, now: Instant): PlateDecision | null {
    const { gone } = here;
    if (!gone || now - gone.at > CORRECTION_MS) return null;
    const before = gone.bound;
    const same = alike(before.reading.plate, reading.plate);
    if (same && now - gone.at <= ECHO_MS && !isSurer(reading, before.reading)) return plain("duplicate", factsOf(before.match));
    if (config.direction !== "entry" || !register.isInside(before.ref) || !sameVehicle(before.reading.plate, reading.plate)) return null;
    if (samePlate(before.reading.plate, reading.plate)) return plain("duplicate", factsOf(before.match));
    const match = matchPlate(reading.plate, register, "entry");
    if (!supersedes(before, { reading, match })) return now - gone.at <= ECHO_MS ? plain("worse", factsOf(match)) : null;
    const found = match.found === "one" && match.key !== before.ref ? match.key : null;
    const ref = found ?? newRef();
    if (found === null) register.keep(ref, reading.plate);
    here.gone = { bound: { reading, ref, match, fresh: found === null }, at: gone.at };
    return {
      outcome: "corrected", facts: factsOf(match),
      carry: {
        command: { type: "CorrectPlate", lane: config.id, was: before.ref, plate: ref, read: readOf(match, reading) },
        vault: rowOf(found === null, ref, reading.plate),
        undo: () => {
          if (found === null) register.erase(ref);
          here.gone = gone;
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
        if (!waiting || !config || !still || event.at - waiting.readAt > READ_FRESH_MS) return null;
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
      case "Rights":
        if (event.rights.type === "CredentialRemoved") left(state, event.rights.credential as CredentialRef, register.isInside(event.rights.credential as CredentialRef));
        return null;
      case "StayPlateCorrected":
        left(state, event.was);
        register.setInside(event.plate, true);
        return null;
      case "StayClosed":
        if (event.plate !== null) left(state, event.plate);
        return null;
      default:
        return null;
    }
  }

  /** Somebody nobody knows is forgotten for matching as soon as it left; its next visit is a new one. */
  function left(state: ReadonlyFacility, ref: CredentialRef, stays = false): void {
    register.setInside(ref, stays);
    if (!stays && !isRegistered(state, ref)) register.erase(ref);
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
    staysOf(state, plate, near) {
      const found: PlateStay[] = [];
      for (const stay of state.stays.values()) {
        const of = stay.plate === null ? undefined : register.plateOf(stay.plate);
        if (!of || !(alike(of, plate) || (near && withinOneEdit(of, plate)))) continue;
        const { credential } = stay;
        if (credential.kind !== "right" && credential.kind !== "ticket") continue;
        found.push({ key: credential.kind === "right" ? credential.stay : stay.id, enteredAt: stay.enteredAt, masked: masked(of.text), exact: samePlate(of, plate) });
      }
      const exact = found.filter((one) => one.exact);
      return exact.length > 0 ? exact : found;
    },
    refFor(plate) {
      const known = [...register.sameText(plate.text)].find((one) => countriesAgree(one.plate, plate));
      if (known) return { ref: known.key, vault: {} };
      const ref = newRef();
      register.keep(ref, plate);
      return { ref, vault: rowOf(true, ref, plate) };
    },
    know(ref, sealed) {
      const plate = plateOfSealed(sealed);
      if (plate) register.keep(ref as CredentialRef, plate);
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

const readOf = (match: PlateMatch<CredentialRef>, { confidence }: LaneReading): PlateRead => ({ ...factsOf(match), confidence });

/** Rows are committed with the event that names the reference; when a plate goes, the car park's own rows say. */
const rowOf = (isNew: boolean, ref: CredentialRef, plate: Plate): VaultChanges =>
  (isNew ? { put: [{ ref, class: "stay", text: sealedPlate(plate) }] } : {});

const isSurer = (next: LaneReading, before: LaneReading): boolean => (next.confidence ?? 0) >= (before.confidence ?? 0) + SURER_BY;

/** A second look at one vehicle, as far as its text can say: not more than one edit from the first. */
const sameVehicle = (a: Plate, b: Plate): boolean => alike(a, b) || withinOneEdit(a, b);

const RANK: Readonly<Record<Tier, number>> = { exact: 3, folded: 2, edit: 1 };
const rankOf = (match: PlateMatch<CredentialRef>): number => (match.found === "one" ? RANK[match.tier] : 0);

/** A later look at the same vehicle counts when it finds somebody more surely, or nobody and is surer of its text. */
function supersedes(before: Bound, next: Pick<Bound, "reading" | "match">): boolean {
  const [was, is] = [rankOf(before.match), rankOf(next.match)];
  if (is !== was) return is > was;
  return isSurer(next.reading, before.reading);
}
