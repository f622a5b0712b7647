/** What the pages need of the exchange's answers. A member that is missing stays missing: no free spaces are guessed. */
import { minorOf } from "../kernel/money.ts";

export type Place = {
  readonly id: string; readonly name: string; readonly latitude: number | null; readonly longitude: number | null;
  readonly free: number | null; readonly spaces: number | null; readonly specs: readonly string[];
};

export type Right = { readonly id: string; readonly version: number; readonly spec: string; readonly expiry: number; readonly startsAt: number };

export type Session = {
  readonly id: string; readonly version: number; readonly start: number; readonly end: number | null; readonly place: string;
  readonly segments: readonly Segment[];
};
export type Segment = { readonly id: string; readonly dueMinor: number | null; readonly paid: boolean; readonly json: Json };

export type Json = { readonly [member: string]: unknown };

const isJson = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value);

export function at(value: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((here, step) => (Array.isArray(here) ? here[Number(step)] : isJson(here) ? here[step] : undefined), value);
}

export const textAt = (value: unknown, path: string): string => { const found = at(value, path); return typeof found === "string" ? found : ""; };
const numberAt = (value: unknown, path: string): number | null => { const found = at(value, path); return typeof found === "number" ? found : null; };
const listAt = (value: unknown, path: string): readonly unknown[] => { const found = at(value, path); return Array.isArray(found) ? found : []; };
const instantAt = (value: unknown, path: string): number | null => { const found = Date.parse(textAt(value, path)); return Number.isNaN(found) ? null : found; };

export const dataOf = (json: unknown): readonly unknown[] => listAt(json, "data");

/** @param language the text in it when there is one, else the first */
export function nameIn(names: unknown, language: string): string {
  const list = Array.isArray(names) ? names : [];
  return textAt(list.find((one) => textAt(one, "language") === language) ?? list[0], "string");
}

export function placeOf(json: unknown, language: string): Place {
  const supply = numberAt(json, "hierarchyElementReference.supply.0.supplyQuantity");
  const taken = numberAt(json, "hierarchyElementReference.demandTable.0.demandType.0.count");
  return {
    id: textAt(json, "id"), name: nameIn(at(json, "name"), language),
    longitude: numberAt(json, "indicativePlacePointLocation.0.coordinates.0"), latitude: numberAt(json, "indicativePlacePointLocation.0.coordinates.1"),
    free: supply === null || taken === null ? null : Math.max(0, supply - taken),
    spaces: supply ?? numberAt(json, "characteristics.spacesTotal"),
    specs: listAt(json, "rightSpecifications").map((one) => textAt(one, "id")),
  };
}

export function rightOf(json: unknown): Right | null {
  const expiry = instantAt(json, "expiry");
  if (expiry === null) return null;
  return {
    id: textAt(json, "id"), version: numberAt(json, "version") ?? 1, spec: textAt(json, "rightSpecification.id"), expiry,
    startsAt: instantAt(json, "plannedUses.0.startTime") ?? instantAt(json, "issuanceTime") ?? 0,
  };
}

export function sessionOf(json: unknown, currency: string): Session | null {
  const start = instantAt(json, "actualStart");
  if (start === null) return null;
  return {
    id: textAt(json, "id"), version: numberAt(json, "version") ?? 1, start, end: instantAt(json, "actualEnd"),
    place: textAt(json, "hierarchyElement.id"),
    segments: listAt(json, "segments").filter(isJson).map((segment) => segmentOf(segment, currency)),
  };
}

function segmentOf(json: Json, currency: string): Segment {
  const value = numberAt(json, "financialTransactions.0.segmentValue");
  const minor = value === null ? null : minorOf(value, currency);
  return {
    id: textAt(json, "id"), dueMinor: minor?.ok ? minor.value : null, paid: textAt(json, "financialTransactions.0.dateCollected") !== "", json,
  };
}
