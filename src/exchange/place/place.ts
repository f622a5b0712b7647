/** Places: the tree of campus, place, area and space with whatever does not change by the minute. */
import { err, ok } from "../../kernel/result.ts";
import { zoneOf } from "../../kernel/zone.ts";
import { ORGANISATION_CLASS } from "../client/caller.ts";
import type { Json, JsonObject } from "../json.ts";
import { compact, isObject, listOr, objectOr, objectsOf, textOr, without } from "../json.ts";
import { type Decided, type Draft, NO_FACTS, NO_NEEDS, NOTHING_ELSE, type Noun } from "../noun.ts";
import { type Problem, problem } from "../problem.ts";
import type { PlaceFacts } from "../stored.ts";
import type { Lint } from "../tolerance/deviations.ts";
import { wireInstant } from "../tolerance/instant.ts";
import { inList, renamed } from "../tolerance/rename.ts";

/** What an operator switches on for a place beyond the standard: it posts sessions itself. */
export const CAPABILITIES = "x-capabilities";

export const place: Noun = {
  aliases: (sent, lint) => {
    let body = renamed(sent, "parent", "parentId", "T9", lint);
    body = occupancyAliases(body, lint);
    if (body["type"] !== "space") body = renamed(
      body, "indicativePointLocation", "indicativePlacePointLocation", "T7", lint
    );
    body = pointAliases(body, lint);
    body = inList(body, "contacts", (one, i) => {
      if (one["contactType"] !== undefined) return one;
      lint.add("T30", `/contacts/${i}`);
      return { ...one, contactType: one["contactReference"] === undefined ? "contactPoint" : "contactByReference" };
    });
    const address = objectOr(body["placeStreetAddress"]);
    if (address["addressLines"] !== undefined) body = {
      ...body, placeStreetAddress: inList(address, "addressLines", (line) => line),
    };
    return body;
  },

  complete: (body) => body,

  needs: (body) => {
    const parent = parentOf(body);
    return { ...NO_NEEDS, places: parent === null ? [] : [parent] };
  },

  decide: (draft) => {
    const problemFound = shapeProblem(draft.body) ?? parentProblem(draft);
    if (problemFound) return err(problemFound);
    return ok(decided(draft));
  },

  removal: () => ok(NOTHING_ELSE),

  expandable: {
    rightSpecifications: ["rightSpecifications"],
    occupancy: ["hierarchyElementReference", "occupancyLevel"],
    areaLocation: ["placeBoundedZone", "areaBoundedZone", "spaceBoundedZone", "elementAreaLocation"],
    pointLocation: [
      "indicativePlacePointLocation", "indicativePointLocation", "indicativeIdentifiedAreaPointLocation",
      "notionalElementLocation",
    ],
    contacts: ["contacts", "responsibilityRoleAssignments"],
    operatingRestrictions: ["operatingRestrictions"],
    characteristics: ["characteristics"],
    paymentMethods: ["paymentMethods"],
    openingTimes: ["times"],
    streetAddress: ["placeStreetAddress", "streetAddress", "elementStreetAddress"],
  },
};

function decided({ body, caller, current, now, loaded, lint }: Draft): Decided {
  const owner = current?.owner ?? caller.organisation;
  const record = objectOr(current?.body["hierarchyElementRecord"]);
  const parent = parentOf(body);
  const above = parent === null ? undefined : loaded.place(parent);
  if (above?.alias != null) lint.add("T10", "/parentId");
  const stored: JsonObject = {
    ...body,
    ...(above ? { parentId: { ...objectOr(body["parentId"]), id: above.id } } : {}),
    hierarchyElementRecord: compact({
      creationTime: record["creationTime"] ?? wireInstant(now),
      creator: record["creator"] ?? { id: owner, version: 1, className: ORGANISATION_CLASS.operator },
    }),
  };
  return {
    body: stored,
    facts: { ...NO_FACTS, owner, operator: owner, type: textOr(body["type"], null), places: [], startAt: null },
    credentials: [], place: factsOf(stored),
    references: above ? [{ kind: "place", id: above.id, blocking: true }] : [],
    also: NOTHING_ELSE,
  };
}

export const parentOf = (body: JsonObject): string | null => textOr(objectOr(body["parentId"])["id"], null);

/** A space in a bay in a row on a level in a house on a campus is layer 5. */
const LAYER_MAX = 1_000;

function shapeProblem(body: JsonObject): Problem | undefined {
  const zone = body["timeZone"];
  if (typeof body["layer"] === "number" && body["layer"] > LAYER_MAX) return problem("notUnderstood", `layer: at most ${LAYER_MAX}`);
  if (body["type"] === "place" && zone === undefined) return problem("attributeMissing", "missing attribute timeZone");
  if (typeof zone === "string" && !zoneOf(zone).ok) return problem("notUnderstood", "timeZone: no IANA time zone");
  if (body["type"] === "space" && body["spaceId"] === undefined) return problem("attributeMissing", "missing attribute spaceId");
  return undefined;
}

function parentProblem({ body, id, caller, current, loaded }: Draft): Problem | undefined {
  const parent = parentOf(body);
  if (parent === null) return undefined;
  const above = loaded.place(parent);
  if (!above) return problem("unknownReference", "parentId names no place", [parent]);
  if (above.operator !== caller.organisation) return problem(
    "verbNotAllowed", "the parent belongs to another operator", [parent]
  );
  if (current && above.ancestors.includes(id)) return problem("cycle", "a place cannot lie in itself", [parent]);
  const layer = body["layer"];
  if (typeof layer === "number" && layer <= above.layer) return problem(
    "notUnderstood", "layer: below the parent's layer, which is smaller", [parent]
  );
  return undefined;
}

function factsOf(body: JsonObject): PlaceFacts {
  const traits = objectOr(body["characteristics"]);
  const point = pointOf(body);
  const own = objectOr(body["operatorDefinedReference"])["id"];
  return {
    parent: parentOf(body),
    layer: typeof body["layer"] === "number" ? body["layer"] : 0,
    type: textOr(body["type"], "place"),
    structureType: textOr(traits["structureType"], null),
    structureGrade: textOr(traits["structureGrade"], null),
    names: [...objectsOf(body["name"]), ...listOr(body["aliases"]).flatMap((one) => objectsOf(one))]
      .map((one) => textOr(one["string"], "").toLowerCase()).join("\n"),
    lat: point?.[1] ?? null,
    lon: point?.[0] ?? null,
    zone: textOr(body["timeZone"], null),
    capabilities: listOr(body[CAPABILITIES]).filter((one): one is string => typeof one === "string"),
    aliases: typeof own === "string" ? [own] : [],
  };
}

/** Longitude, latitude of the first point there is. */
function pointOf(body: JsonObject): readonly [number, number] | undefined {
  for (const member of [
    "indicativePlacePointLocation", "indicativeIdentifiedAreaPointLocation", "notionalElementLocation",
    "indicativePointLocation",
  ]) {
    const points = isObject(body[member]) ? [body[member] as JsonObject] : objectsOf(body[member]);
    for (const one of points) {
      const [lon, lat] = listOr(one["coordinates"]);
      if (typeof lon === "number" && typeof lat === "number") return [lon, lat];
      const named = objectOr(one["pointCoordinates"]);
      const { x, y, epsgCode } = named;
      if (epsgCode === "EPSG:4326" && typeof x === "number" && typeof y === "number") return [x, y];
    }
  }
  return undefined;
}

/** A GeoJSON point alone, or wrapped in a Feature. */
function pointAliases(body: JsonObject, lint: Lint): JsonObject {
  const sent = body["indicativePlacePointLocation"];
  if (sent === undefined || sent === null) return body;
  const unwrapped = (one: Json): Json => (isObject(one) && one["type"] === "Feature" ? one["geometry"] ?? one : one);
  const points = (Array.isArray(sent) ? (sent as readonly Json[]) : [sent]).map(unwrapped);
  if (!Array.isArray(sent) || points.some((one, i) => one !== (sent as readonly Json[])[i])) lint.add("T7", "/indicativePlacePointLocation");
  return { ...body, indicativePlacePointLocation: points };
}

/** The pilot's `occupancy: { supply, demand }`. */
function occupancyAliases(body: JsonObject, lint: Lint): JsonObject {
  const sent = body["occupancy"];
  if (!isObject(sent)) return body;
  lint.add("T8", "/occupancy");
  const asList = (value: Json | undefined): readonly Json[] => (value === undefined || value === null ? [] : Array.isArray(value) ? (value as readonly Json[]) : [value]);
  const demand = asList(sent["demandTable"] ?? sent["demand"]).map((one) => {
    if (!isObject(one) || one["demandType"] !== undefined) return one;
    const { timestamp, frequency, ...type } = one as Record<string, Json>;
    return compact({ timestamp: timestamp ?? type["recordDateTime"], frequency, demandType: [type] });
  });
  const supply = asList(sent["supply"]);
  const reference = { ...(supply.length > 0 ? { supply } : {}), ...(demand.length > 0 ? { demandTable: demand } : {}) };
  return { ...without(body, "occupancy"), hierarchyElementReference: reference };
}
