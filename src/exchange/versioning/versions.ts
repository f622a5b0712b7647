/**
 * When a change is accepted, repeated or refused: the rules of identity and version that all resources share.
 *
 *   create   new id -> stored; same sender, same content -> the first success again; anything else -> conflict
 *   update   c is the current version, v the one in the body:
 *              no v -> c + 1        v > c -> v, gaps allowed        v = c, same content -> nothing to do
 *              v = c, other content, or v < c -> conflict
 *   The pilot's prefix takes v as advice: every effective change becomes c + 1.
 */
import { canonicalJson } from "../../kernel/canonical.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import type { Json, JsonObject } from "../json.ts";
import { isObject, without } from "../json.ts";
import { type Problem, problem } from "../problem.ts";
import type { Stored } from "../stored.ts";

export const VERSION_MAX = 2_147_483_647;

export type Creation = "new" | "repeat";

export function creationOf(existing: Stored | undefined, sender: string, isSame: boolean, id: string): Result<Creation, Problem> {
  if (!existing) return ok("new");
  if (existing.deletedAt !== null) return err(problem("idUsedBefore", "an object with this id was deleted; ids are not used again", [id]));
  if (existing.createdBy === sender && isSame) return ok("repeat");
  return err(problem("duplicateId", "an object with this id exists", [id]));
}

/** The next version, or null when there is nothing to change. */
export function updateOf(current: Stored, sent: Json | undefined, merged: JsonObject, advisory: boolean): Result<number | null, Problem> {
  const same = sameContent(current.body, merged);
  if (advisory) return ok(same ? null : current.version + 1);
  // The same again without a version is a client that repeats itself: a payment must not be told twice for it.
  if (sent === undefined || sent === null) return ok(same ? null : current.version + 1);
  const version = versionIn(sent);
  if (version === undefined) return err(problem("badVersion", `version: a whole number from 1 to ${VERSION_MAX}`));
  if (version > current.version) return ok(version);
  if (version === current.version && same) return ok(null);
  return err(problem("versionConflict", `the object is at version ${current.version}`, [current.id]));
}

export function deletionOf(current: Stored, asked: number | null): Result<true, Problem> {
  if (asked !== null && asked !== current.version) return err(problem("versionConflict", `the object is at version ${current.version}`, [current.id]));
  return ok(true);
}

export const versionIn = (sent: Json | undefined): number | undefined =>
  (typeof sent === "number" && Number.isInteger(sent) && sent >= 1 && sent <= VERSION_MAX ? sent : undefined);

export const sameContent = (a: JsonObject, b: JsonObject): boolean =>
  canonicalJson(without(a, "version")) === canonicalJson(without(b, "version"));

/** Absent members stay, null removes, objects are merged member by member, everything else replaces: lists as a whole. */
export function mergedInto(current: JsonObject, changes: JsonObject): JsonObject {
  const merged: Record<string, Json> = { ...current };
  for (const [member, value] of Object.entries(changes)) {
    const before = merged[member];
    if (value === null) delete merged[member];
    else if (isObject(value) && isObject(before) && !isReference(value)) merged[member] = mergedInto(before, value);
    else merged[member] = value;
  }
  return merged;
}

/** A reference is one value: the version of one object never goes with the id of another. */
const isReference = (value: JsonObject): boolean => typeof value["id"] === "string";
