/**
 * Brings an object at the exchange in line with ours.
 *
 *   GET -> not there: POST | the same in all that we say: nothing | else PUT with the next version, if nobody was faster
 *
 * What the exchange adds by itself (issuer, record) is not ours and not compared, so unchanged content makes no version.
 */
import { canonicalJson } from "../kernel/canonical.ts";
import { err, ok, type Result } from "../kernel/result.ts";
import { type ExchangeClient, type LinkFailure, pathTo } from "./client.ts";
import type { Published } from "./inventory.ts";
import { isObject, type Json, type JsonObject, objectOr } from "./json.ts";

export type Brought = "created" | "updated" | "unchanged";

/** Two writers of one object are an accident; after this many meetings the next turn tries again. */
const ATTEMPTS_MAX = 3;

export async function bringInLine(client: ExchangeClient, { resource, id, body }: Published): Promise<Result<Brought, LinkFailure>> {
  const path = pathTo(resource, id);
  for (let attempt = 1; ; attempt++) {
    const found = await client.ask({ method: "GET", path, query: { expand: "all" } });
    const missing = !found.ok && found.error.type === "refused" && found.error.status === 404;
    if (!found.ok && !missing) return found;
    const there = found.ok ? objectOr(found.value.body) : null;
    if (there && says(there, body)) return ok("unchanged");
    const version = versionOf(there) + 1;
    const sent = there ? await client.ask({ method: "PUT", path, body: { ...body, version } }) : await client.ask({ method: "POST", path: resource, body: { ...body, version } });
    if (sent.ok) return ok(there ? "updated" : "created");
    const met = sent.error.type === "refused" && (sent.error.status === 409 || sent.error.status === 412);
    if (!met || attempt >= ATTEMPTS_MAX) return err(sent.error);
  }
}

export const versionOf = (object: JsonObject | null): number => {
  const version = object?.["version"];
  return typeof version === "number" && Number.isSafeInteger(version) && version > 0 ? version : 0;
};

/** Whether `there` says at least what `ours` says. Versions inside references move on by themselves. */
export function says(there: Json | undefined, ours: Json): boolean {
  if (isObject(ours)) {
    return isObject(there) && Object.entries(ours).every(([member, value]) => member === "version" || says(there[member], value));
  }
  if (Array.isArray(ours)) {
    return Array.isArray(there) && there.length === ours.length && ours.every((one: Json, n) => says(there[n] as Json, one));
  }
  return there !== undefined && (sameInstant(there, ours) || canonicalJson(there) === canonicalJson(ours));
}

/** `...:00.000Z` and `...:00Z` are one instant. */
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;
const sameInstant = (a: Json, b: Json): boolean =>
  typeof a === "string" && typeof b === "string" && INSTANT.test(a) && INSTANT.test(b) && Date.parse(a) === Date.parse(b);
