/** The pilot's dialect, for its prefix only: texts as maps, 200 for everything that worked, `credentials`. */
import type { Json, JsonObject } from "../json.ts";
import { isObject, objectOr } from "../json.ts";
import type { Kind } from "../kind.ts";
import type { Done } from "../application/outcome.ts";

const WORD: Readonly<Record<Kind, string>> = {
  place: "place", rightSpecification: "right", rateTable: "rate", assignedRight: "assigned right", session: "session",
};

export const pilotDone = (kind: Kind, done: Done): JsonObject =>
  ({ code: 200, status: "OK", message: `${WORD[kind]} ${done.id} ${done.what === "unchanged" ? "updated" : done.what}` });

/** Lists of `{language, string}` become `{language: string}`, wherever they stand. */
function mapTexts(value: Json): Json {
  if (Array.isArray(value)) {
    const entries = value as readonly Json[];
    const texts = entries.filter((one): one is { language: string; string: string } => isObject(one) && typeof one["language"] === "string" && typeof one["string"] === "string");
    if (entries.length > 0 && texts.length === entries.length) return Object.fromEntries(texts.map(({ language, string }) => [language, string]));
    return entries.map(mapTexts);
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([member, one]) => [member, mapTexts(one)]));
}

export function pilotBody(kind: Kind, body: JsonObject): JsonObject {
  const mapped = mapTexts(body) as JsonObject;
  if (kind === "session" && mapped["identifiedCredentials"] !== undefined) return {
    ...mapped, credentials: mapped["identifiedCredentials"],
  };
  if (kind !== "place" || mapped["hierarchyElementReference"] === undefined) return mapped;
  const reference = objectOr(mapped["hierarchyElementReference"]);
  return { ...mapped, occupancy: { supply: reference["supply"] ?? [], demand: reference["demandTable"] ?? [] } };
}
