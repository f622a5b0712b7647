/** Sessions as partners send them, made into what the model says. */
import { tolerant } from "../tolerance/walk.ts";
import { SCHEMAS } from "../apds/schema.ts";
import { completedCredentials } from "../assignedright/credentials.ts";
import type { JsonObject } from "../json.ts";
import { compact, isObject, listOr, objectOr, objectsOf, textOr, without } from "../json.ts";
import type { Lint } from "../tolerance/deviations.ts";
import { inList, renamed } from "../tolerance/rename.ts";

/** Where a right sent inside its segment waits until it is made; never stored. */
export const EMBEDDED_RIGHT = "x-embeddedRight";

export function sessionAliases(sent: JsonObject, lint: Lint): JsonObject {
  let body = renamed(sent, "credentials", "identifiedCredentials", "T18", lint);
  body = renamed(body, "hierachyElement", "hierarchyElement", "T31", lint);
  return inList(body, "segments", (segment, i) => {
    const at = `/segments/${i}`;
    const right = segment["assignedRight"];
    const reused = without(segment, EMBEDDED_RIGHT);
    if (!isObject(right) || (right["rightHolder"] === undefined && right["rightSpecification"] === undefined)) {
      if (right === undefined && objectsOf(segment["financialTransactions"]).length > 0) lint.add("T19", at);
      return emptied(reused, lint, at);
    }
    const options = { language: "en", keepNulls: false };
    const embedded = tolerant(SCHEMAS["AssignedRight"] ?? {}, right, lint, options);
    return { ...emptied(without(reused, "assignedRight"), lint, at), [EMBEDDED_RIGHT]: embedded };
  });
}

/** The pilot sends an empty list where it has nothing to say. */
function emptied(segment: JsonObject, lint: Lint, at: string): JsonObject {
  if (listOr(segment["validationType"]).length > 0 || segment["validationType"] === undefined) return segment;
  lint.add("T32", `${at}/validationType`);
  return without(segment, "validationType");
}

/** Segment times come from the session, kinds of validation from the credentials, ids are numbered. */
export function completedSession(sent: JsonObject, lint: Lint): JsonObject {
  const body = completedCredentials(sent, "identifiedCredentials", lint, "");
  const types = [...new Set(objectsOf(body["identifiedCredentials"]).map((one) => textOr(one["type"], null)).filter((one) => one !== null))];
  const segments = objectsOf(body["segments"]);
  const last = segments.length - 1;
  return inList(body, "segments", (segment, i) => {
    const at = `/segments/${i}`;
    const start = segment["actualStart"] ?? (i === 0 ? body["actualStart"] : undefined);
    // Closing a session closes its last segment.
    const end = segment["actualEnd"] ?? (i === last ? body["actualEnd"] : undefined);
    if (segment["actualStart"] === undefined || segment["validationType"] === undefined || segment["id"] === undefined) lint.add("T32", at);
    return compact({
      ...segment,
      id: segment["id"] ?? `${textOr(body["id"], "session")}-${i + 1}`, version: segment["version"] ?? 1, actualStart: start, actualEnd: end,
      validationType: segment["validationType"] ?? (types.length > 0 ? types : undefined),
    });
  });
}

/** A new end without segments is the end of the last one: checking out closes it, a correction moves it. */
export function movedEnd(changes: JsonObject, merged: JsonObject): JsonObject {
  const end = changes["actualEnd"];
  if (changes["segments"] !== undefined || typeof end !== "string") return merged;
  const last = segmentsOf(merged).length - 1;
  return inList(merged, "segments", (segment, i) => (i === last ? { ...segment, actualEnd: end } : segment));
}

/** A segment that is sent again keeps the right it uses, unless another one is named. */
export function keptRights(current: JsonObject, changes: JsonObject, merged: JsonObject): JsonObject {
  if (changes["segments"] === undefined) return merged;
  return inList(merged, "segments", (segment) => {
    const before = segmentsOf(current).find((one) => one["id"] === segment["id"] && segment["id"] !== undefined);
    const right = before?.["assignedRight"];
    return segment["assignedRight"] === undefined && segment[EMBEDDED_RIGHT] === undefined && right !== undefined
      ? { ...segment, assignedRight: right } : segment;
  });
}

export const placeNameOf = (session: JsonObject): string | null => textOr(objectOr(session["hierarchyElement"])["id"], null);
export const segmentsOf = (session: JsonObject): readonly JsonObject[] => objectsOf(session["segments"]);
export const rightIdOf = (segment: JsonObject): string | null => textOr(objectOr(segment["assignedRight"])["id"], null);
