/**
 * How full a place is: a stream of its own beside the inventory, so that a count every minute makes no new
 * version of the place.
 */
import type { Instant } from "../../kernel/instant.ts";
import type { Json, JsonObject } from "../json.ts";
import { objectOr, objectsOf, without } from "../json.ts";
import type { Lint } from "../tolerance/deviations.ts";
import { instantOf } from "../tolerance/instant.ts";

export const OCCUPANCY_MEMBERS = ["hierarchyElementReference", "occupancyLevel"] as const;

export type Occupancy = {
  /** When the count was taken; of two counts the later one stands, whichever arrives last. */
  readonly recordedAt: Instant;
  readonly body: JsonObject;
};

/** Parts a place's body into inventory and occupancy; undefined when it says nothing of occupancy. */
export function parted(body: JsonObject): { readonly inventory: JsonObject; readonly occupancy: JsonObject | undefined } {
  const inventory = without(body, ...OCCUPANCY_MEMBERS);
  const members = Object.entries(body).filter(([name]) => (OCCUPANCY_MEMBERS as readonly string[]).includes(name));
  return { inventory, occupancy: members.length === 0 ? undefined : Object.fromEntries(members) };
}

/** Whether a body changes nothing but occupancy: its identity may be repeated. */
export const isOccupancyOnly = (body: JsonObject): boolean =>
  parted(body).occupancy !== undefined && Object.keys(parted(body).inventory).every((member) => ["id", "version", "type"].includes(member));

/** What is not sent this time (the number of places, mostly) stays as it was. */
export function occupancyOf(sent: JsonObject, before: Occupancy | undefined, now: Instant, lint: Lint): Occupancy {
  const reference = {
    ...objectOr(before?.body["hierarchyElementReference"]),
    ...without(objectOr(sent["hierarchyElementReference"]), "elementId")
  };
  const level = sent["occupancyLevel"] ?? before?.body["occupancyLevel"];
  const times = demandsOf(reference).flatMap((demand) => [
    instantOf(demand["recordDateTime"]), instantOf(demand["timestamp"]),
  ]);
  const known = times.filter((at): at is Instant => at !== undefined);
  const { supply, occupied } = countsOf(reference);
  if (supply !== null && occupied !== null && occupied > supply) lint.add("overCount", "/hierarchyElementReference");
  return {
    recordedAt: known.length > 0 ? Math.max(...known) : now,
    body: { hierarchyElementReference: reference, ...(level === undefined ? {} : { occupancyLevel: level }) },
  };
}

/** All demand entries, table and type together. */
function demandsOf(reference: JsonObject): readonly JsonObject[] {
  return objectsOf(reference["demandTable"]).flatMap((table) => {
    const types = objectsOf(table["demandType"]);
    return types.length === 0 ? [table] : types.map((type) => ({ timestamp: table["timestamp"] ?? "", ...type }));
  });
}

/** Supply and occupied places; null is not known. */
export function countsOf(reference: JsonObject): { readonly supply: number | null; readonly occupied: number | null; readonly free: number | null } {
  const supplies = objectsOf(reference["supply"]).map((one) => one["supplyQuantity"]).filter(isNumber);
  const supply = supplies.length === 0 ? null : Math.max(...supplies);
  const [demand] = demandsOf(reference);
  const { count, percentage } = demand ?? {};
  const occupied = isNumber(count) ? count : isNumber(percentage) && supply !== null ? supply - Math.round(supply * (1 - percentage / 100)) : null;
  return { supply, occupied, free: supply === null || occupied === null ? null : Math.max(0, supply - occupied) };
}

const isNumber = (value: Json | undefined): value is number => typeof value === "number";
