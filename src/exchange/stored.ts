/** An object as the store keeps it, and a change as the store takes it. */
import type { Instant } from "../kernel/instant.ts";
import type { Credential } from "./credential.ts";
import type { JsonObject } from "./json.ts";
import type { Kind } from "./kind.ts";

/** What an object is found by and who may see it; the store keeps these beside the body. */
export type Facts = {
  /** The organisation that created it. */
  readonly owner: string;
  /** The operator of its place. */
  readonly operator: string | null;
  /** Providers that may read it. */
  readonly parties: readonly string[];
  readonly places: readonly string[];
  /** Type of the place or of the right. */
  readonly type: string | null;
  /** The right specification of an assigned right or session. */
  readonly spec: string | null;
  readonly availability: string | null;
  /** Of a right specification: its lowest rate priority, the first to be chosen. */
  readonly rank: number | null;
  readonly startAt: Instant | null;
  /** Null is without end. */
  readonly endAt: Instant | null;
  /** The session an assigned right was derived from. */
  readonly derivedFrom: string | null;
};

export type Stored = Facts & {
  readonly kind: Kind;
  readonly id: string;
  readonly seq: number;
  readonly version: number;
  readonly createdAt: Instant;
  readonly changedAt: Instant;
  readonly deletedAt: Instant | null;
  readonly createdBy: string;
  readonly createDigest: string;
  /** When the version at hand was received, from whom. */
  readonly receivedAt: Instant;
  readonly author: string;
  readonly body: JsonObject;
  /** Whether the caller it was loaded for may read it. */
  readonly visible: boolean;
  /** Whether that caller is a provider connected to the object's operator. */
  readonly connected: boolean;
};

export type ObjectKey = { readonly kind: Kind; readonly id: string };
export type Reference = ObjectKey & { readonly blocking: boolean };

export type PlaceFacts = {
  readonly parent: string | null;
  readonly layer: number;
  readonly type: string;
  readonly structureType: string | null;
  readonly structureGrade: string | null;
  /** All names in lower case. */
  readonly names: string;
  readonly lat: number | null;
  readonly lon: number | null;
  readonly zone: string | null;
  readonly capabilities: readonly string[];
  /** Other references partners use for it. */
  readonly aliases: readonly string[];
};

/** One object's new version; `version` equal to `expected` changes facts only, or deletes. */
export type ObjectWrite = ObjectKey & {
  /** The version this decision was made on; 0 when there was none. */
  readonly expected: number;
  readonly version: number;
  readonly deleted: boolean;
  readonly body: JsonObject;
  /** Digest of what the creator sent: the same again is a repeat. */
  readonly digest: string | null;
  readonly facts: Facts;
  readonly credentials: readonly Credential[];
  readonly references: readonly Reference[];
  readonly place: PlaceFacts | null;
  /** Null tells nobody. */
  readonly event: "Created" | "Updated" | "Deleted" | null;
};

export type Change = {
  readonly writes: readonly ObjectWrite[];
  /** Objects the decision rests on without changing them. */
  readonly guards: readonly (ObjectKey & { readonly version: number })[];
  /** The version of the inventory that the decision rests on, when it does. */
  readonly inventory?: number;
};
