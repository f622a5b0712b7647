/** Members under another name: taken when the right one is absent. */
import type { Json, JsonObject } from "../json.ts";
import { without } from "../json.ts";
import type { Deviation, Lint } from "./deviations.ts";

export function renamed(object: JsonObject, from: string, to: string, id: Deviation, lint: Lint, at = ""): JsonObject {
  const value = object[from];
  if (value === undefined) return object;
  lint.add(id, `${at}/${from}`);
  return object[to] === undefined ? { ...without(object, from), [to]: value } : without(object, from);
}

/** Applies a change to each object of a list; what is no object stays for the validator. */
export function eachObject(list: Json | undefined, change: (one: JsonObject, index: number) => JsonObject): Json | undefined {
  if (!Array.isArray(list)) return list;
  return (list as readonly Json[]).map((one, i) => (typeof one === "object" && one !== null && !Array.isArray(one) ? change(one as JsonObject, i) : one));
}

/** The same for one member of an object. */
export function inList(object: JsonObject, member: string, change: (one: JsonObject, index: number) => JsonObject): JsonObject {
  const list = eachObject(object[member], change);
  return list === undefined || list === object[member] ? object : { ...object, [member]: list };
}
