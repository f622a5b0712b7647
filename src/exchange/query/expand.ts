/** Which members an answer carries: everything but the expandable ones, plus those asked for. */
import type { Json, JsonObject } from "../json.ts";
import { without } from "../json.ts";
import type { Kind } from "../kind.ts";
import { NOUNS } from "../nouns.ts";
import type { Lint } from "../tolerance/deviations.ts";
import { inList } from "../tolerance/rename.ts";

/** Paths of members that stay out, as `segments.spaceId`. */
export type LeftOut = readonly string[];

/** The pilot's words. */
const ALIASES: Readonly<Record<string, string>> = {
  geo: "pointLocation", opening_times: "openingTimes", vehicleAncilliaryIdentification: "vehicleAncillaryIdentification",
};

export function leftOutOf(kind: Kind, asked: readonly string[], lint: Lint): LeftOut {
  const { expandable } = NOUNS[kind];
  const all = [...new Set(Object.values(expandable).flat())];
  if (asked.includes("all")) return [];
  const kept = new Set<string>();
  for (const token of asked) {
    const known = expandable[token] ?? expandable[ALIASES[token] ?? ""];
    if (expandable[token] === undefined && token !== "none") lint.add("T4", "expand", `expand: ${known ? "the pilot's word" : "unknown"}`);
    for (const path of known ?? []) kept.add(path);
  }
  return all.filter((path) => !kept.has(path));
}

export function reduced(body: JsonObject, leftOut: LeftOut): JsonObject {
  const top = leftOut.filter((path) => !path.includes("."));
  let left = top.length === 0 ? body : without(body, ...top);
  for (const path of leftOut) {
    const [list, member] = path.split(".", 2);
    if (list === undefined || member === undefined || top.includes(list)) continue;
    left = inList(left, list, (one) => without(one, member));
  }
  return left;
}

/** Without what is null, empty objects stay: nothing leaves as null. */
export function withoutNulls(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).filter((one) => one !== null).map(withoutNulls);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== null).map(([member, one]) => [member, withoutNulls(one)]));
}
