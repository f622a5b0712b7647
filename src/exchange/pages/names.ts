/** Names that pages show beside ids: of organisations, and of the places a caller may read. */
import type { Parts } from "../application/parts.ts";
import { ROLES } from "../client/caller.ts";
import type { JsonObject } from "../json.ts";
import { objectsOf, textOr } from "../json.ts";
import type { Reader } from "../store/visibility.ts";
import type { Names, Party, PlaceName } from "./contract.ts";

/** Places without a zone of their own lie in UTC, as times on the wire do. */
export const NO_ZONE = "UTC";

export function namesIn(body: JsonObject, member = "name"): Names {
  return objectsOf(body[member]).flatMap(({ language, string }) => (typeof string === "string" ? [{ language: textOr(language, ""), string }] : []));
}

export async function directoryOf({ parties }: Parts): Promise<(id: string) => Party> {
  const names = new Map((await parties.organisations(ROLES)).map(({ id, name }) => [id, name]));
  return (id) => ({ id, name: names.get(id) ?? id });
}

export async function placeNames({ store, inventory }: Parts, ids: readonly string[], reader: Reader): Promise<ReadonlyMap<string, PlaceName>> {
  const wanted = [...new Set(ids)];
  const [bodies, places] = await Promise.all([store.load(wanted.map((id) => ({ kind: "place", id })), reader), inventory.places(wanted)]);
  return new Map(bodies.filter(({ visible }) => visible).map(({ id, body }) =>
    [id, { id, names: namesIn(body), zone: places.get(id)?.zone ?? NO_ZONE }]));
}
