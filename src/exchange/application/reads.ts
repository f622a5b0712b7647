/** Reading: one object, one of its versions, a list; each as this caller may see it, with the members asked for. */
import type { Instant } from "../../kernel/instant.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import type { Caller } from "../client/caller.ts";
import type { Json, JsonObject } from "../json.ts";
import { compact, objectOr, objectsOf, without } from "../json.ts";
import { KIND, type Kind } from "../kind.ts";
import { type LeftOut, leftOutOf, reduced, withoutNulls } from "../query/expand.ts";
import type { ListQuery } from "../query/listQuery.ts";
import { type Problem, problem } from "../problem.ts";
import type { Departures } from "../store/departures.ts";
import type { Inventory } from "../store/inventory.ts";
import { nominalEnd } from "../session/derive.ts";
import type { Clock, Store } from "../store/store.ts";
import type { Stored } from "../stored.ts";
import type { Lint } from "../tolerance/deviations.ts";
import { wireInstant } from "../tolerance/instant.ts";
import { inList } from "../tolerance/rename.ts";

export type Answered = { readonly body: JsonObject; readonly version: number };
export type AnsweredList = {
  readonly meta: { readonly referenceInstant: number; readonly offset: number; readonly pageSize: number; readonly total: number };
  readonly data: readonly JsonObject[];
  readonly deletedReferences?: readonly JsonObject[];
  /** Cursor of the next page, null on the last. */
  readonly next: number | null;
};

/** When the version at hand was received: an extension, because disputes turn on it. */
export const RECEIVED_AT = "x-receivedAt";

/** Of a session paid on departure: whether its operator knows. An extension, because the flows need it and the standard lacks it. */
export const OPERATOR_STATE = "x-operatorState";

/** Of an open session: nobody checked out, and its right is over. */
export const OVERDUE = "x-overdue";

export class Reads {
  readonly #store: Store;
  readonly #inventory: Inventory;
  readonly #departures: Departures;

  readonly #clock: Clock;

  constructor(store: Store, inventory: Inventory, departures: Departures, clock: Clock) {
    this.#store = store;
    this.#inventory = inventory;
    this.#departures = departures;
    this.#clock = clock;
  }

  async get(kind: Kind, id: string, version: number | null, expand: readonly string[], caller: Caller, lint: Lint): Promise<Result<Answered, Problem>> {
    const found = await this.#store.get(kind, id, caller, version) ?? (kind === "place" ? await this.#byAlias(id, caller, version, lint) : undefined);
    if (!found) return err(problem("notFound", "no such object", [id]));
    const [body] = await this.#shown([found], leftOutOf(kind, expand, lint), caller);
    return ok({ body: body ?? {}, version: found.version });
  }

  /** The whole object as the reader of an event sees it; undefined when it may not. */
  async inEvent(kind: Kind, id: string, version: number, caller: Caller): Promise<JsonObject | undefined> {
    const found = await this.#store.versionOf(kind, id, version, caller);
    return found && (await this.#shown([found], [], caller))[0];
  }

  async #byAlias(name: string, caller: Caller, version: number | null, lint: Lint): Promise<Stored | undefined> {
    const place = (await this.#inventory.places([name])).get(name);
    if (!place || place.alias === null) return undefined;
    lint.add("T10", "id");
    return await this.#store.get("place", place.id, caller, version);
  }

  async list(query: ListQuery, expand: readonly string[], caller: Caller, lint: Lint): Promise<Result<AnsweredList, Problem>> {
    const listed = await this.#store.list(query, caller, seesAdjacent(query, caller));
    if (!listed) return err(problem("tooFarBack", "modified_since lies too far back; read the whole list instead"));
    const { pageSize } = KIND[query.kind];
    const data = await this.#shown(listed.objects, leftOutOf(query.kind, expand, lint), caller);
    return ok({
      meta: { referenceInstant: listed.referenceInstant, offset: (query.page - 1) * pageSize, pageSize, total: listed.total },
      data, next: listed.next,
      ...(query.modifiedSince === null ? {} : {
        deletedReferences: listed.deleted.map(({ id, at }) => ({ id, className: KIND[query.kind].className, deleteTimestamp: wireInstant(at) })),
      }),
    });
  }

  async #shown(objects: readonly Stored[], leftOut: LeftOut, caller: Caller): Promise<readonly JsonObject[]> {
    const whole = objects[0]?.kind === "place" ? await this.#placesWhole(objects, leftOut)
      : objects[0]?.kind === "session" ? await this.#sessionsWhole(objects) : objects.map(({ body }) => body);
    const now = this.#clock.now();
    return objects.map((object, i) => shownTo(caller, object, whole[i] ?? object.body, leftOut, now));
  }

  /** A payment that was made to us, and whether the operator knows of it. */
  async #sessionsWhole(objects: readonly Stored[]): Promise<readonly JsonObject[]> {
    const isPaidHere = ({ author, owner, operator }: Stored): boolean => owner === operator && author !== owner;
    const own = objects.filter(({ owner, operator }) => owner === operator);
    if (own.length === 0) return objects.map(({ body }) => body);
    const asked = await this.#departures.asked([...new Set(own.map(({ owner }) => owner))]);
    const states = await this.#departures.statesOf(own.filter(({ owner }) => asked.has(owner)).map(({ id }) => id));
    return objects.map((object) => {
      const state = states.get(object.id) ?? (asked.has(object.owner) && isPaidHere(object) ? "pendingOperator" : undefined);
      return state === undefined ? object.body : { ...object.body, [OPERATOR_STATE]: state };
    });
  }

  /** What a place's answer carries beyond its own body: children, what can be bought, how full it is. */
  async #placesWhole(objects: readonly Stored[], leftOut: LeftOut): Promise<readonly JsonObject[]> {
    const ids = objects.map(({ id }) => id);
    const wanted = (member: string): boolean => !leftOut.includes(member);
    const [children, specs, occupancies] = await Promise.all([
      this.#inventory.children(ids),
      wanted("rightSpecifications") ? this.#inventory.specsOf(ids) : [],
      wanted("hierarchyElementReference") ? this.#inventory.occupancies(ids) : new Map<string, { body: JsonObject }>(),
    ]);
    const referencesOf = (all: readonly { readonly of: string; readonly id: string; readonly version: number }[], id: string): Json | undefined => {
      const own = all.filter((one) => one.of === id).map((one) => ({ id: one.id, version: one.version }));
      return own.length > 0 ? own : undefined;
    };
    return objects.map(({ id, version, body }) => {
      const occupancy = occupancies.get(id)?.body;
      const reference = occupancy && { elementId: { id, version }, ...objectOr(occupancy["hierarchyElementReference"]) };
      return compact({
        ...body, childIds: referencesOf(children, id), rightSpecifications: referencesOf(specs, id),
        hierarchyElementReference: reference, occupancyLevel: occupancy?.["occupancyLevel"],
      });
    });
  }
}

/** A provider that asks for a plate at a place learns how long others sold time there, and nothing else. */
const seesAdjacent = (query: ListQuery, caller: Caller): boolean =>
  caller.role === "serviceProvider" && query.kind === "session" && query.credentialId.length > 0 && query.place.length > 0;

function shownTo(caller: Caller, object: Stored, whole: JsonObject, leftOut: LeftOut, now: Instant): JsonObject {
  if (!object.visible) return trimmed(object);
  const full = caller.role === "enforcement" ? withoutMoney(object.kind, whole) : whole;
  const isUse = object.kind === "assignedRight" || object.kind === "session";
  const received = isUse ? { [RECEIVED_AT]: new Date(object.receivedAt).toISOString() } : {};
  return withoutNulls({ ...reduced(full, leftOut), ...received, ...(isOverdue(object, now) ? { [OVERDUE]: true } : {}) }) as JsonObject;
}

/** Nobody checked out, and the right that came with the session is over. No end is invented. */
const isOverdue = ({ kind, parties, owner, endAt, body }: Stored, now: Instant): boolean =>
  kind === "session" && endAt === null && parties.includes(owner) && nominalEnd(body) <= now;

function trimmed({ body, spec }: Stored): JsonObject {
  return compact({
    hierarchyElement: body["hierarchyElement"], identifiedCredentials: body["identifiedCredentials"],
    actualStart: body["actualStart"], actualEnd: body["actualEnd"], "x-rightSpecification": spec === null ? undefined : { id: spec, version: 1 },
  });
}

const MONEY_OF_A_RIGHT = ["payments", "monetaryValue", "remainingValue", "totalRightValue"];

/** Enforcement learns that a right is there, never what it cost. */
export function withoutMoney(kind: Kind, body: JsonObject): JsonObject {
  if (kind === "assignedRight") return without(body, ...MONEY_OF_A_RIGHT);
  if (kind !== "session" || objectsOf(body["segments"]).length === 0) return body;
  return inList(body, "segments", (segment) => without(segment, "financialTransactions"));
}
