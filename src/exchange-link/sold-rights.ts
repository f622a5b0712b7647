/**
 * Rights that providers sold, read from an exchange's list without trusting it. What is not understood is left out: a barrier that
 * stays with its own rules is better than one that opens by a guess.
 *
 *   AssignedRight --our specification? plate? times?--> SoldRight        several for one car: the oldest, then the lowest id (DEC-28)
 */
import type { Instant } from "../kernel/instant.ts";
import { type Plate, readPlate } from "../rights/plate/plate.ts";
import { type Json, type JsonObject, objectOr, objectsOf, textOf } from "./json.ts";

export type SoldRight = {
  readonly id: string;
  /** Organisation of the provider; it pays. */
  readonly provider: string;
  readonly spec: string;
  readonly plates: readonly Plate[];
  readonly issuedAt: Instant;
  /** Half-open; `until` null: no end is said. */
  readonly from: Instant;
  readonly until: Instant | null;
};

/** A provider's id or a right's, as our journal takes it. */
const ID = /^[\w.:@-]{1,120}$/;

/** Undefined: not one that we could use. */
export function soldRightIn(right: JsonObject): SoldRight | undefined {
  const [id, provider, spec] = [right["id"], objectOr(right["assignedRightIssuer"])["id"], objectOr(right["rightSpecification"])["id"]].map(textOf);
  const plates = objectsOf(objectOr(right["rightHolder"])["credentials"]).flatMap(plateIn);
  const times = timesOf(right);
  if (id == null || provider == null || spec == null || !ID.test(id) || !ID.test(provider) || !times || plates.length === 0) return undefined;
  // A plate in the place of an id would stand in our journal.
  if (plates.some(({ text }) => isIn(text, id) || isIn(text, provider))) return undefined;
  return { id, provider, spec, plates, ...times };
}

const isIn = (plate: string, id: string): boolean => id.toUpperCase().replace(/[^A-Z0-9ÄÖÜ]/g, "").includes(plate);

function plateIn({ type, identifier }: JsonObject): readonly Plate[] {
  const text = textOf(objectOr(identifier)["id"]);
  if (text === null || (type !== undefined && type !== "licensePlate")) return [];
  const plate = readPlate(text, null);
  return plate.ok ? [plate.value] : [];
}

function timesOf(right: JsonObject): Pick<SoldRight, "issuedAt" | "from" | "until"> | undefined {
  const issuedAt = instantIn(right["issuanceTime"]);
  const expiry = instantIn(right["expiry"]);
  const uses = objectsOf(right["plannedUses"]).map((use) => ({
    start: instantIn(use["startTime"]), end: instantIn(use["endTime"]), cancelled: instantIn(use["cancelTime"]),
  }));
  const read = [issuedAt, expiry, ...uses.flatMap(({ start, end, cancelled }) => [start, end, cancelled])];
  if (read.includes("odd")) return undefined;
  const known = (all: readonly (Instant | "odd" | null)[]): Instant[] => all.filter((one): one is Instant => typeof one === "number");
  const from = uses.length > 0 ? Math.min(...known(uses.map(({ start }) => start))) : known([issuedAt])[0];
  const over = uses.length > 0 && uses.every(({ cancelled }) => cancelled !== null) ? known(uses.map(({ cancelled }) => cancelled)) : [];
  const ends = known([expiry]).length > 0 ? known([expiry]) : uses.every(({ end }) => end !== null) ? known(uses.map(({ end }) => end)) : [];
  if (from === undefined || !Number.isFinite(from)) return undefined;
  const until = over.length > 0 ? Math.min(Math.max(...over), ...ends) : ends.length > 0 ? Math.max(...ends) : null;
  return { issuedAt: known([issuedAt])[0] ?? from, from, until };
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/;

/** Null: it is not there. A time without a zone is nobody's. */
export function instantIn(value: Json | undefined): Instant | "odd" | null {
  if (value === undefined || value === null) return null;
  const at = typeof value === "string" && INSTANT.test(value) ? Date.parse(value) : NaN;
  return Number.isNaN(at) ? "odd" : at;
}

/** By id, whether a specification of a place holds at an instant. A right of one that does not is not used. */
export type SpecsInForce = ReadonlyMap<string, boolean>;

export function specsInForce(list: readonly JsonObject[], now: Instant): SpecsInForce {
  return new Map(list.flatMap((spec) => {
    const id = textOf(spec["id"]);
    return id === null ? [] : [[id, isInForce(objectOr(spec["validity"]), now)] as const];
  }));
}

/** One that we have not read yet is the exchange's word: it was asked for this place. */
export const mayUse = ({ spec }: Pick<SoldRight, "spec">, specs: SpecsInForce | null): boolean => specs?.get(spec) !== false;

function isInForce(validity: JsonObject, now: Instant): boolean {
  const status = validity["validityStatus"];
  if (status === "suspended" || status === "planned") return false;
  if (status !== "definedByValidityTimeSpec") return true;
  const { overallStartTime, overallEndTime } = objectOr(validity["validityTimeSpecification"]);
  const [from, until] = [instantIn(overallStartTime), instantIn(overallEndTime)];
  return from !== "odd" && until !== "odd" && (from ?? now) <= now && now < (until ?? Infinity);
}

const isOf = (right: SoldRight, plate: Plate): boolean => right.plates.some(({ text }) => text === plate.text);

export const isValidAt = ({ from, until }: Pick<SoldRight, "from" | "until">, now: Instant): boolean => from <= now && (until === null || now < until);

/** Which right a car that comes in now is under; undefined: none. */
export function chosenRight(list: readonly JsonObject[], plate: Plate, specs: SpecsInForce | null, now: Instant): SoldRight | undefined {
  return list.flatMap((one) => soldRightIn(one) ?? [])
    .filter((right) => isOf(right, plate) && isValidAt(right, now) && mayUse(right, specs))
    .sort((a, b) => a.issuedAt - b.issuedAt || (a.id < b.id ? -1 : 1))[0];
}
