/** Bodies of the five resources as the primary profile wants them, with what an item changes. */
import type { Body } from "./json.ts";

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** UTC without fraction, as the profile writes instants. */
export function instant(ms: number): string {
  return new Date(Math.floor(ms / SECOND) * SECOND).toISOString().replace(".000Z", "Z");
}

export function seconds(ms: number): number {
  return Math.floor(ms / SECOND);
}

export function text(string: string, language = "en"): readonly Body[] {
  return [{ language, string }];
}

export function reference(id: string, version = 1): Body {
  return { id, version };
}

export function placeBody(id: string, more: Body = {}): Body {
  return { id, version: 1, type: "place", layer: 1, name: text(`Place ${id}`), timeZone: "Europe/London", ...more };
}

export function campusBody(id: string, more: Body = {}): Body {
  return { id, version: 1, type: "campus", layer: 0, name: text(`Campus ${id}`), ...more };
}

export function pointOf(latitude: number, longitude: number): readonly Body[] {
  return [{ type: "Point", coordinates: [longitude, latitude] }];
}

export function occupancyOf(id: string, taken: number, at: number, supply = 100): Body {
  return {
    elementId: reference(id), supply: [{ supplyQuantity: supply, supplyViewType: "vehicleView" }],
    demandTable: [{
      frequency: "PT3M", timestamp: instant(at),
      demandType: [{ count: taken, occupancyCalculation: "counted", recordDateTime: instant(at) }],
    }],
  };
}

/** What one PUT of a counted place carries. */
export function occupancyUpdate(id: string, taken: number, at: number, supply = 100): Body {
  return { id, hierarchyElementReference: occupancyOf(id, taken, at, supply) };
}

export function specBody(id: string, places: readonly string[], more: Body = {}): Body {
  return {
    id, version: 1, type: "oneTimeUseParking", transferable: false, validity: { validityStatus: "active" },
    hierarchyElements: places.map((place) => ({ ...reference(place), className: "Place" })), ...more,
  };
}

/** Two pounds for each started hour. */
export function rateBody(id: string, more: Body = {}): Body {
  return {
    id, version: 1, rateTableName: text(`Rates ${id}`), availability: "public",
    rateLineCollections: [{
      collectionSequence: 1, applicableCurrency: "GBP", relativeTimes: true, resetTime: "00:00", taxIncluded: true,
      validStart: "2020-01-01T00:00:00Z", rateLines: [line(1, { rateLineType: "incrementingRate", value: 2, incrementPeriod: "PT1H" })],
    }],
    ...more,
  };
}

export function line(sequence: number, more: Body): Body {
  return { id: `line-${sequence}`, version: 1, sequence, ...more };
}

export function credential(plate: string, type = "licensePlate"): Body {
  return { type, identifier: { id: plate, className: type === "licensePlate" ? "UKNumberPlate" : "Credential" } };
}

export function rightBody(id: string, spec: string, plate: string, from: number, to: number, more: Body = {}): Body {
  return {
    id, version: 1, rightSpecification: reference(spec), rightHolder: { credentials: [credential(plate)] },
    issuanceTime: instant(from), expiry: instant(to), issueMethod: "electronic", ...more,
  };
}

export function paid(value: number, at: number, transaction: string): Body {
  return { segmentValue: value, taxIncluded: true, dateCollected: instant(at), serviceProvider: text("Provider"), transactionId: transaction };
}

export function due(value: number): Body {
  return { segmentValue: value, taxIncluded: true, serviceProvider: text("Operator") };
}

export function segmentBody(id: string, from: number, to: number | null, more: Body = {}): Body {
  return { id, version: 1, actualStart: instant(from), ...(to === null ? {} : { actualEnd: instant(to) }), validationType: ["licensePlate"], ...more };
}

/** A session of one segment; open when `to` is null. */
export function sessionBody(id: string, place: string, plate: string, from: number, to: number | null, segment: Body = {}): Body {
  return {
    id, version: 1, actualStart: instant(from), ...(to === null ? {} : { actualEnd: instant(to) }),
    hierarchyElement: { ...reference(place), className: "Place" }, identifiedCredentials: [credential(plate)],
    segments: [segmentBody(`${id}-s1`, from, to, segment)],
  };
}

export function without(body: Body, member: string): Body {
  return Object.fromEntries(Object.entries(body).filter(([name]) => name !== member));
}
