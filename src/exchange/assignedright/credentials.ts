/** Credentials as partners send them: without a class, without a type, as a bare text. */
import type { Json, JsonObject } from "../json.ts";
import { isObject } from "../json.ts";
import type { Lint } from "../tolerance/deviations.ts";
import { eachObject } from "../tolerance/rename.ts";

const PLATE_CLASS = "UKNumberPlate";

export function completedCredentials(object: JsonObject, member: string, lint: Lint, at: string): JsonObject {
  const list = eachObject(object[member], (one, i) => completed(one, lint, `${at}/${member}/${i}`));
  return list === undefined ? object : { ...object, [member]: list };
}

function completed(one: JsonObject, lint: Lint, at: string): JsonObject {
  const sent = one["identifier"];
  const identifier: Json | undefined = typeof sent === "string" ? { id: sent } : sent;
  const named = isObject(identifier) ? identifier : undefined;
  const plate = named?.["className"] === PLATE_CLASS || named?.["className"] === undefined;
  let whole = one;
  if (one["type"] === undefined && plate) {
    lint.add("T32", `${at}/type`);
    whole = { ...whole, type: "licensePlate" };
  }
  if (named && named["className"] === undefined) {
    lint.add("T32", `${at}/identifier/className`);
    whole = {
      ...whole, identifier: { ...named, className: whole["type"] === "licensePlate" ? PLATE_CLASS : "Credential" },
    };
  }
  return whole;
}
