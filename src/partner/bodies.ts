/** The bodies the mock provider, operator and enforcement send. */
import { majorNumber } from "./tariff.ts";
import type { Json } from "./read.ts";

/** UTC without fraction, as the profile writes instants. */
export const instant = (ms: number): string => new Date(Math.floor(ms / 1_000) * 1_000).toISOString().replace(".000Z", "Z");
export const epoch = (ms: number): number => Math.floor(ms / 1_000);

/** Ids are the client's own. */
export function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export const reference = (id: string, version = 1): Json => ({ id, version });
export const credential = (plate: string): Json => ({ type: "licensePlate", identifier: { id: plate, className: "UKNumberPlate" } });

export type Money = { readonly minor: number; readonly currency: string; readonly party: string };

export function paid({ minor, currency, party }: Money, at: number): Json {
  return { ...due({ minor, currency, party }), dateCollected: instant(at), transactionId: `TX-${newId().slice(0, 8)}` };
}

export function due({ minor, currency, party }: Money): Json {
  return { segmentValue: majorNumber(minor, currency), taxIncluded: true, serviceProvider: [{ language: "en", string: party }] };
}

export function segment(id: string, from: number, to: number | null, more: Json = {}): Json {
  return { id, version: 1, actualStart: instant(from), ...(to === null ? {} : { actualEnd: instant(to) }), validationType: ["licensePlate"], ...more };
}

export function session(id: string, place: string, plate: string, from: number, to: number | null, segments: readonly Json[]): Json {
  return {
    id, version: 1, actualStart: instant(from), ...(to === null ? {} : { actualEnd: instant(to) }),
    hierarchyElement: { ...reference(place), className: "Place" }, identifiedCredentials: [credential(plate)], segments,
  };
}

export function right(id: string, spec: string, plate: string, from: number, to: number): Json {
  return {
    id, version: 1, rightSpecification: reference(spec), rightHolder: { credentials: [credential(plate)] },
    issuanceTime: instant(from), expiry: instant(to), issueMethod: "electronic",
  };
}

export function occupancy(id: string, taken: number, supply: number, at: number): Json {
  return {
    id, hierarchyElementReference: {
      elementId: reference(id), supply: [{ supplyQuantity: supply, supplyViewType: "vehicleView" }],
      demandTable: [{ frequency: "PT3M", timestamp: instant(at), demandType: [{ count: taken, occupancyCalculation: "counted", recordDateTime: instant(at) }] }],
    },
  };
}

/** As a driver types it, without blanks, in capitals. */
export const plateOf = (typed: string): string => typed.toUpperCase().replaceAll(/[^A-Z0-9]/g, "");
