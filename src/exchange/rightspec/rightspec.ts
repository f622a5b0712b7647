/** Right specifications: what can be bought or held, where, when, under which rate tables. */
import { err, ok } from "../../kernel/result.ts";
import type { Instant } from "../../kernel/instant.ts";
import { ORGANISATION_CLASS } from "../client/caller.ts";
import type { JsonObject } from "../json.ts";
import { isObject, objectOr, objectsOf, textOr, without } from "../json.ts";
import { type Draft, NO_FACTS, NO_NEEDS, NOTHING_ELSE, type Noun } from "../noun.ts";
import { type Problem, problem } from "../problem.ts";
import type { Lint } from "../tolerance/deviations.ts";
import { instantOf } from "../tolerance/instant.ts";
import { inList, renamed } from "../tolerance/rename.ts";

/** Priority 1 is asked first; without one, last. */
const RANK_LAST = 999;
/** What the store's column holds; nobody counts that far. */
const RANK_MAX = 2_147_483_647;
/** A permit for a city's whole inventory; each place is a row in the look-up of every right of it. */
export const PLACES_MAX = 500;

export const rightSpecification: Noun = {
  aliases: (sent, lint) => {
    const body = inList(sent, "rateEligibility", (one, i) => renamed(one, "rate", "rateTable", "T13", lint, `/rateEligibility/${i}`));
    return validityAliases(body, lint);
  },

  complete: (body) => body,

  needs: (body) => ({
    ...NO_NEEDS, places: placesIn(body), objects: ratesIn(body).map((id) => ({ kind: "rateTable", id })),
  }),

  decide: (draft) => {
    const problemFound = placesProblem(draft);
    if (problemFound) return err(problemFound);
    const { body, caller, current, loaded, lint } = draft;
    const owner = current?.owner ?? caller.organisation;
    const rates = ratesIn(body);
    const missing = rates.filter((id) => {
      const found = loaded.object("rateTable", id);
      return !found || found.deletedAt !== null;
    });
    if (missing.length > 0) lint.add("dangling", "/rateEligibility");
    const places = placesIn(body).map((name) => loaded.place(name)?.id ?? name);
    const elements = objectsOf(body["hierarchyElements"]).map((one, i) => {
      if (one["id"] !== places[i]) lint.add("T10", `/hierarchyElements/${i}`);
      return { ...one, id: places[i] ?? "" };
    });
    return ok({
      body: {
        ...body, hierarchyElements: elements, issuer: { id: owner, version: 1, className: ORGANISATION_CLASS.operator },
      },
      facts: {
        ...NO_FACTS, owner, operator: owner, places, type: textOr(body["type"], null), rank: rankOf(body),
        availability: isSuspended(body) ? "suspended" : "active", ...lifeOf(body),
      },
      credentials: [], place: null, also: NOTHING_ELSE,
      references: [
        ...places.map((id) => ({ kind: "place" as const, id, blocking: true })),
        ...rates.map((id) => ({ kind: "rateTable" as const, id, blocking: false })),
      ],
    });
  },

  removal: () => ok(NOTHING_ELSE),

  expandable: {
    rateEligibility: ["rateEligibility"], validity: ["validity"], credentials: ["credentials"],
    rightPools: ["rightPools"],
  },
};

export const placesIn = (body: JsonObject): readonly string[] =>
  [...new Set(objectsOf(body["hierarchyElements"]).map((one) => textOr(one["id"], "")))];

const ratesIn = (body: JsonObject): readonly string[] =>
  [...new Set(objectsOf(body["rateEligibility"]).map((one) => textOr(objectOr(one["rateTable"])["id"], "")).filter((id) => id !== ""))];

function placesProblem({ body, caller, loaded }: Draft): Problem | undefined {
  const named = placesIn(body);
  if (named.length > PLACES_MAX) return problem("tooMany", `hierarchyElements: at most ${PLACES_MAX} places`);
  const unknown = named.filter((name) => !loaded.place(name));
  if (unknown.length > 0) return problem(
    "unknownReference", "hierarchyElements names places that are not here", unknown
  );
  const foreign = named.filter((name) => loaded.place(name)?.operator !== caller.organisation);
  if (foreign.length > 0) return problem(
    "verbNotAllowed", "hierarchyElements names places of another operator", foreign
  );
  return undefined;
}

function rankOf(body: JsonObject): number {
  const priorities = objectsOf(body["rateEligibility"]).map((one) => one["priority"]).filter((one): one is number => typeof one === "number");
  return priorities.length === 0 ? RANK_LAST : Math.min(...priorities, RANK_MAX);
}

const isSuspended = (body: JsonObject): boolean => ["suspended", "planned"].includes(textOr(objectOr(body["validity"])["validityStatus"], ""));

/** From the overall times of the validity, and the expiry. Recurring periods narrow it further; those are for the tariff. */
function lifeOf(body: JsonObject): { readonly startAt: Instant | null; readonly endAt: Instant | null } {
  const times = objectOr(objectOr(body["validity"])["validityTimeSpecification"]);
  const ends = [
    instantOf(times["overallEndTime"]), instantOf(body["expiry"]),
  ].filter((at): at is Instant => at !== undefined);
  return { startAt: instantOf(times["overallStartTime"]) ?? null, endAt: ends.length === 0 ? null : Math.min(...ends) };
}

/** Periods sent beside the specification instead of in it. */
export function validityAliases(body: JsonObject, lint: Lint): JsonObject {
  const validity = body["validity"];
  if (!isObject(validity)) return body;
  const lifted = [
    "validPeriods", "exceptionPeriods", "overallStartTime", "overallEndTime",
  ].filter((member) => validity[member] !== undefined);
  if (lifted.length === 0) {
    if (validity["validityTimeSpecification"] === undefined) lint.add("T17", "/validity");
    return body;
  }
  lint.add("T17", "/validity");
  const times = {
    ...objectOr(validity["validityTimeSpecification"]),
    ...Object.fromEntries(lifted.map((member) => [member, validity[member] ?? null]))
  };
  return { ...body, validity: { ...without(validity, ...lifted), validityTimeSpecification: times } };
}
