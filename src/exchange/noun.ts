/**
 * What each resource brings to the common rules: how its body is read, what it needs to know of other
 * objects, and what follows from it.
 *
 *   sent -> aliases -> models (tolerance/walk.ts) -> merge -> complete -> validate -> load needs -> decide -> change
 */
import type { Instant } from "../kernel/instant.ts";
import type { Result } from "../kernel/result.ts";
import type { Caller } from "./client/caller.ts";
import type { Credential } from "./credential.ts";
import type { JsonObject } from "./json.ts";
import type { Problem } from "./problem.ts";
import type { Change, Facts, ObjectKey, PlaceFacts, Reference, Stored } from "./stored.ts";
import type { PostedTable } from "./session/priceCheck.ts";
import type { Lint } from "./tolerance/deviations.ts";

/** A place as others need it: whose it is, what it can do, what it lies in. */
export type PlaceRow = {
  readonly id: string;
  readonly operator: string;
  readonly zone: string | null;
  readonly layer: number;
  readonly capabilities: readonly string[];
  /** The place itself and all above it. */
  readonly ancestors: readonly string[];
  /** By which name the sender called it, when not by its id. */
  readonly alias: string | null;
};

/** A right specification that is offered at a place. */
export type SpecRow = {
  readonly id: string;
  readonly version: number;
  readonly seq: number;
  readonly type: string | null;
  readonly places: readonly string[];
  readonly operator: string;
  readonly rank: number | null;
  readonly startAt: Instant | null;
  readonly endAt: Instant | null;
  readonly suspended: boolean;
  /** The rate tables it sells by, at their current versions. */
  readonly rates: readonly { readonly id: string; readonly version: number }[];
};

export type Needs = {
  readonly objects: readonly ObjectKey[];
  readonly places: readonly string[];
  /** Also the right specifications offered at these places, or at what they lie in. */
  readonly specs: boolean;
};

export const NO_NEEDS: Needs = { objects: [], places: [], specs: false };

export type Loaded = {
  object(kind: ObjectKey["kind"], id: string): Stored | undefined;
  place(name: string): PlaceRow | undefined;
  readonly specs: readonly SpecRow[];
  /** The one table a specification sells by, when it can be told. */
  postedTable(spec: string): PostedTable | undefined;
  /** Whether the calling provider may sell for the operator. */
  connected(operator: string): boolean;
};

export type Draft = {
  readonly caller: Caller;
  readonly now: Instant;
  readonly id: string;
  /** Valid by the standard's model; readOnly members are not in it. */
  readonly body: JsonObject;
  readonly current: Stored | undefined;
  readonly lint: Lint;
  readonly loaded: Loaded;
  readonly currency: string;
  /** Fresh ids for objects that follow from this one. */
  newId(): string;
};

export type Decided = {
  readonly body: JsonObject;
  readonly facts: Facts;
  readonly credentials: readonly Credential[];
  readonly references: readonly Reference[];
  readonly place: PlaceFacts | null;
  /** What else changes with it, in the same transaction. */
  readonly also: Change;
  /** Told to the sender with the success. */
  readonly message?: string;
};

export const NOTHING_ELSE: Change = { writes: [], guards: [] };

export const NO_FACTS: Facts = {
  owner: "", operator: null, parties: [], places: [], type: null, spec: null, availability: null, rank: null, startAt: null, endAt: null, derivedFrom: null,
};

export type Noun = {
  /** Other spellings of members, before the models are applied. */
  aliases(sent: JsonObject, lint: Lint): JsonObject;
  /** After the models were applied, before anything is merged: amounts in the sender's own units. */
  received?(body: JsonObject, caller: Caller, lint: Lint, currency: string): JsonObject;
  /** After an update was merged: what follows from what was sent and what was not. */
  merged?(current: JsonObject, changes: JsonObject, merged: JsonObject): JsonObject;
  /** Required members that partners leave empty and that follow from others. */
  complete(body: JsonObject, lint: Lint): JsonObject;
  needs(body: JsonObject, current: Stored | undefined): Needs;
  decide(draft: Draft): Result<Decided, Problem>;
  /** What else goes when the object is deleted. */
  removal(draft: Omit<Draft, "body">): Result<Change, Problem>;
  /** Members that an unexpanded answer leaves out, by the token that brings them back. */
  readonly expandable: Readonly<Record<string, readonly string[]>>;
};
