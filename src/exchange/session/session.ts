/**
 * Sessions: the actual use of a place. A provider's session brings its right with it; an operator's session
 * names the right it chose, and its money is mirrored into that right.
 *
 *   provider  POST session          -> session + derived right, both or neither
 *   operator  POST session + right  -> session; the right's provider may read it from now on
 *   operator  PUT  end, amount due  -> session, right.monetaryValue
 *   provider  PUT  payment          -> session, right.payments
 */
import { err, ok, type Result } from "../../kernel/result.ts";
import { DAY, type Instant } from "../../kernel/instant.ts";
import { ORGANISATION_CLASS } from "../client/caller.ts";
import { credentialsIn } from "../credential.ts";
import { credentialsProblem } from "../assignedright/assignedright.ts";
import type { JsonObject } from "../json.ts";
import { objectOr, textOr } from "../json.ts";
import { type Decided, type Draft, NO_FACTS, type Noun, type PlaceRow } from "../noun.ts";
import { type Problem, problem } from "../problem.ts";
import type { Facts, ObjectKey, Reference, Stored } from "../stored.ts";
import { instantOf } from "../tolerance/instant.ts";
import { amountsProblem, majorAmounts, paymentProblem, sameButMoney } from "./money.ts";
import { completedSession, EMBEDDED_RIGHT, keptRights, movedEnd, placeNameOf, rightIdOf, segmentsOf, sessionAliases } from "./reading.ts";
import { keptCheck, PRICE_CHECK, priceCheck } from "./priceCheck.ts";
import { type Rights, rightsOf } from "./rights.ts";

/** Evening sessions are posted ahead; further ahead is a booking, which is a right. */
const AHEAD_MAX = DAY;
/** A stay of a year that pays daily. */
const SEGMENTS_MAX = 400;

export const session: Noun = {
  aliases: sessionAliases,
  received: (body, caller, lint, currency) => majorAmounts(body, caller.amountsInMinorUnits, currency, (at) => lint.add("T20", at)),
  merged: (current, changes, merged) => keptRights(current, changes, movedEnd(changes, merged)),
  complete: completedSession,

  needs: (body, current) => {
    const place = placeNameOf(body);
    const named = [...segmentsOf(body), ...segmentsOf(current?.body ?? {})].map(rightIdOf).filter((id) => id !== null);
    const embedded = segmentsOf(body).map((one) => objectOr(one[EMBEDDED_RIGHT])).filter((one) => one["id"] !== undefined);
    const objects: ObjectKey[] = [
      ...new Set([...named, ...embedded.map((one) => textOr(one["id"], ""))]),
    ].map((id) => ({ kind: "assignedRight", id }));
    const specs = embedded.map((one) => textOr(objectOr(one["rightSpecification"])["id"], ""));
    return { objects: [...objects, ...specs.map((id) => ({ kind: "rightSpecification" as const, id }))], places: place === null ? [] : [place], specs: true };
  },

  decide: (draft) => {
    const wrong = shapeProblem(draft) ?? whoProblem(draft) ?? moneyProblem(draft);
    if (wrong) return err(wrong);
    const where = placeOf(draft);
    const rights = rightsOf(draft, where);
    if (!rights.ok) return rights;
    return ok(checkedPrice(draft, decided(draft, where, rights.value)));
  },

  removal: (draft) => removed(draft),

  expandable: {
    credentials: ["identifiedCredentials"],
    vehicleAncillaryIdentification: ["identifiedVehicle"],
    segments: ["segments"],
    "segments.space": ["segments", "segments.spaceId"],
    "segments.assignedRight": ["segments", "segments.assignedRight"],
    "segments.financialTransactions": ["segments", "segments.financialTransactions"],
  },
};

function placeOf({ body, loaded, lint }: Draft): PlaceRow | undefined {
  const name = placeNameOf(body);
  const found = name === null ? undefined : loaded.place(name);
  if (found?.alias != null) lint.add("T10", "/hierarchyElement");
  return found;
}

/** Ten times the table's price is a client that counts pence, or a slip. */
const IMPLAUSIBLE_FACTOR = 10;

/** A provider's amounts beside the operator's table: told and kept when they differ, never changed. */
function checkedPrice({ caller, current, loaded, lint, currency }: Draft, made: Decided): Decided {
  const { [PRICE_CHECK]: _sent, ...body } = made.body;
  const own = caller.role === "serviceProvider" && (current === undefined || current.owner === caller.organisation);
  const table = own && made.facts.spec !== null ? loaded.postedTable(made.facts.spec) : undefined;
  const check = table && priceCheck(body, table, currency);
  if (!table || !check || check.postedMinor === check.expectedMinor) return { ...made, body };
  lint.add("priceDiffers", "/segments");
  if (check.postedMinor > check.expectedMinor * IMPLAUSIBLE_FACTOR) lint.add("T20", "/segments");
  return { ...made, body: { ...body, [PRICE_CHECK]: keptCheck(check, table, currency) } };
}

function decided({ body, caller, current }: Draft, where: PlaceRow | undefined, rights: Rights): Decided {
  const owner = current?.owner ?? caller.organisation;
  const role = current ? textOr(objectOr(current.body["initiator"])["className"], ORGANISATION_CLASS[caller.role]) : ORGANISATION_CLASS[caller.role];
  const segments = rights.segments.map(({ [EMBEDDED_RIGHT]: _embedded, ...segment }) => segment);
  const stored: JsonObject = {
    ...body, segments, initiator: { id: owner, version: 1, className: role },
    ...(where ? { hierarchyElement: { ...objectOr(body["hierarchyElement"]), id: where.id } } : {}),
  };
  const endAt = instantOf(body["actualEnd"]) ?? null;
  const facts: Facts = {
    ...NO_FACTS, owner, operator: where?.operator ?? null, places: where ? [where.id] : [],
    parties: [...new Set([...(isProvider(role) ? [owner] : []), ...(current?.parties ?? []), ...rights.providers])],
    startAt: instantOf(body["actualStart"]) ?? null, endAt, spec: rights.spec?.id ?? null, type: rights.spec?.type ?? null,
  };
  return {
    body: stored, facts, credentials: credentialsIn(body["identifiedCredentials"]), place: null,
    references: standsOn(facts, rights.used),
    also: rights.change, ...(rights.message === undefined ? {} : { message: rights.message }),
  };
}

/** What an open session stands on cannot be deleted under it. */
const standsOn = ({ endAt, places }: Pick<Facts, "endAt" | "places">, rights: readonly string[]): readonly Reference[] => (endAt === null ? [
  ...places.map((id) => ({ kind: "place" as const, id, blocking: true })),
  ...rights.map((id) => ({ kind: "assignedRight" as const, id, blocking: true })),
] : []);

/** The references of a session as it is stored. The right that follows from it goes with it, so it blocks nothing. */
export const referencesOf = (stored: Stored): readonly Reference[] =>
  standsOn(stored, segmentsOf(stored.body).map(rightIdOf).filter((id) => id !== null));

const isProvider = (className: string): boolean => className === ORGANISATION_CLASS.serviceProvider;

function shapeProblem({ body, id, now, lint, currency }: Draft): Problem | undefined {
  const credentials = credentialsIn(body["identifiedCredentials"]);
  if (credentials.length === 0) return problem("attributeMissing", "identifiedCredentials: at least one credential with an identifier");
  if (segmentsOf(body).length > SEGMENTS_MAX) return problem("tooMany", `segments: at most ${SEGMENTS_MAX}`);
  return credentialsProblem(credentials, id, "/identifiedCredentials", lint) ?? timesProblem(body, now, lint) ?? amountsProblem(body, currency);
}

function timesProblem(body: JsonObject, now: Instant, lint: Draft["lint"]): Problem | undefined {
  const start = instantOf(body["actualStart"]) ?? now;
  const end = instantOf(body["actualEnd"]);
  if (end !== undefined && end <= start) return problem("impossibleTime", "actualEnd: after actualStart");
  if (start > now + AHEAD_MAX) return problem("impossibleTime", "actualStart: a session starts at most a day ahead");
  if (start > now + 5 * 60_000) lint.add("startsAhead", "/actualStart");
  let free = start;
  for (const [i, segment] of segmentsOf(body).entries()) {
    const from = instantOf(segment["actualStart"]) ?? free;
    const to = instantOf(segment["actualEnd"]);
    if (from < free) return problem("impossibleTime", `segments/${i}: begins within the session, after the segment before it`);
    if (to !== undefined && to <= from) return problem("impossibleTime", `segments/${i}: actualEnd after actualStart`);
    if (end !== undefined && (to ?? end) > end) return problem("impossibleTime", `segments/${i}: ends within the session`);
    free = to ?? from;
  }
  return undefined;
}

/** Who may write it here. What a caller may not see is told apart before this. */
function whoProblem({ caller, body, current, loaded }: Draft): Problem | undefined {
  const name = placeNameOf(body);
  if (name === null && (caller.role === "serviceProvider" || current === undefined)) return problem("attributeMissing", "missing attribute hierarchyElement: a session has a place");
  const where = name === null ? undefined : loaded.place(name);
  if (name !== null && !where) return problem("unknownReference", "hierarchyElement names no place", [name]);
  if (current && current.owner !== caller.organisation) return strangerProblem({ caller, body, current });
  if (caller.role === "serviceProvider") {
    return where && !loaded.connected(where.operator) ? problem("notConnected", "no agreement with the operator of this place", [where.id]) : undefined;
  }
  if (where?.operator !== caller.organisation) return problem("verbNotAllowed", "the place belongs to another operator", [name ?? ""]);
  const may = where.capabilities.includes("frictionless") || where.capabilities.includes("podba");
  return may ? undefined : problem("notFrictionless", "the place is neither frictionless nor pay on departure: its operator posts no sessions", [where.id]);
}

/** A provider whose right was chosen adds its payment; everything else stays the operator's. */
function strangerProblem({ caller, body, current }: Required<Pick<Draft, "caller" | "body">> & { readonly current: NonNullable<Draft["current"]> }): Problem | undefined {
  if (caller.role !== "serviceProvider" || !current.parties.includes(caller.organisation)) return problem("verbNotAllowed", "this session is another organisation's");
  if (sameButMoney(body) === sameButMoney(current.body)) return undefined;
  return problem("verbNotAllowed", "a provider adds its payment to an operator's session and changes nothing else", [current.id]);
}

function moneyProblem({ caller, body, current, id, now, currency }: Draft): Problem | undefined {
  if (!current || isProvider(textOr(objectOr(current.body["initiator"])["className"], ""))) return undefined;
  return paymentProblem(current.body, body, caller.role === "operator" ? "operator" : "provider", id, now, currency);
}

function removed({ current, caller, loaded }: Omit<Draft, "body">): Result<Decided["also"], Problem> {
  if (!current) return ok({ writes: [], guards: [] });
  if (current.owner !== caller.organisation) return err(problem("verbNotAllowed", "this session is another organisation's"));
  const derived = segmentsOf(current.body).map(rightIdOf).filter((id) => id !== null)
    .map((id) => loaded.object("assignedRight", id)).filter((right) => right?.derivedFrom === current.id && right.deletedAt === null);
  const unique = [...new Map(derived.map((right) => [right?.id, right])).values()];
  return ok({
    guards: [],
    writes: unique.flatMap((right) => (right ? [{
      kind: "assignedRight" as const, id: right.id, expected: right.version, version: right.version, deleted: true, body: right.body, digest: null,
      facts: right, credentials: [], references: [], place: null, event: "Deleted" as const,
    }] : [])),
  });
}
