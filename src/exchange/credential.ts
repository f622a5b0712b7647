/**
 * What identifies a vehicle or a person on the wire. Two spellings are one credential when letters and
 * digits are the same: `ab12 xyz`, `AB-12-XYZ`. O and 0 are never taken for each other.
 */
import type { Json, JsonObject } from "./json.ts";
import { isObject, objectOr, objectsOf } from "./json.ts";

export type Credential = { readonly type: string; readonly text: string };

/** Longer than any plate, ticket number or token printed on one. */
export const CREDENTIAL_CHARS_MAX = 200;
/** A shorter text is found in half of all words: it is hidden only where a credential stands. */
const SPOTTED_CHARS_MIN = 4;

export const normalised = (text: string): string =>
  // Most texts are plain, and every text of a body is looked at.
  (/^[\x20-\x7e]*$/.test(text) ? text.toUpperCase().replace(/[^A-Z0-9]+/g, "") : text.normalize("NFKC").toUpperCase().replace(/[^\p{L}\p{N}]/gu, ""));

/** Letter O beside digit 0, or I beside 1: readers take one for the other, so the sender is told. */
export const mixesLookAlikes = (text: string): boolean => /O.*0|0.*O|I.*1|1.*I/.test(normalised(text));

export function credentialsIn(list: Json | undefined): readonly Credential[] {
  return objectsOf(list).flatMap((one) => {
    const { id } = objectOr(one["identifier"]);
    return typeof id === "string" && id !== "" ? [{ type: typeof one["type"] === "string" ? one["type"] : "other", text: id }] : [];
  });
}

type Path = readonly (string | number)[];
export type HiddenText = { readonly path: Path; readonly text: string };

/** Members under which only a credential can stand, whatever its length. */
const CREDENTIAL_MEMBERS = new Set(["identifier", "credentialId"]);

function stands(path: Path): boolean {
  const [parent, member] = [path.at(-2), path.at(-1)];
  return member === "validationId" || (member === "id" && typeof parent === "string" && CREDENTIAL_MEMBERS.has(parent));
}

/**
 * Takes every text that is or contains one of the credentials out of a body. What is left names nobody;
 * `shown` puts the texts back.
 */
export function hidden(body: JsonObject, credentials: readonly Credential[]): { readonly body: JsonObject; readonly texts: readonly HiddenText[] } {
  const spotted = [...new Set(credentials.map(({ text }) => normalised(text)))].filter((text) => text.length >= SPOTTED_CHARS_MIN);
  const exact = new Set(credentials.map(({ text }) => text));
  const texts: HiddenText[] = [];
  const hide = (value: Json, path: Path): Json => {
    if (typeof value === "string") {
      if (!stands(path) && !exact.has(value) && !containsOne(value, spotted)) return value;
      texts.push({ path, text: value });
      return "";
    }
    if (Array.isArray(value)) return (value as readonly Json[]).map((one, i) => hide(one, [...path, i]));
    if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([member, one]) => [member, hide(one, [...path, member])]));
    return value;
  };
  // The object's own id is a key of the tables; one that is a plate is refused before it gets here.
  const { id, ...rest } = body;
  const left = hide(rest, []) as JsonObject;
  return { body: id === undefined ? left : { id, ...left }, texts };
}

function containsOne(value: string, spotted: readonly string[]): boolean {
  if (value.length < SPOTTED_CHARS_MIN || spotted.length === 0) return false;
  const own = normalised(value);
  return spotted.some((one) => own.includes(one));
}

export function shown(body: JsonObject, texts: readonly HiddenText[]): JsonObject {
  if (texts.length === 0) return body;
  const copy = structuredClone(body) as Record<string, Json>;
  for (const { path, text } of texts) {
    let at: unknown = copy;
    for (const step of path.slice(0, -1)) at = (at as Record<string | number, unknown> | undefined)?.[step];
    const last = path.at(-1);
    if (typeof at === "object" && at !== null && last !== undefined) (at as Record<string | number, unknown>)[last] = text;
  }
  return copy;
}

/** Whether a text of a body is or contains the credential; a short one only where a credential stands. */
export function mentions({ path, text }: HiddenText, credential: string): boolean {
  const wanted = normalised(credential);
  return wanted.length >= SPOTTED_CHARS_MIN ? containsOne(text, [wanted]) : stands(path) && normalised(text) === wanted;
}

/** The body with an empty text for every one that mentions the credential; the same body when none does. */
export function withoutCredential(body: JsonObject, credential: string): JsonObject {
  let found = false;
  const blank = (value: Json, path: Path): Json => {
    if (typeof value === "string") {
      if (!mentions({ path, text: value }, credential)) return value;
      found = true;
      return "";
    }
    if (Array.isArray(value)) return (value as readonly Json[]).map((one, i) => blank(one, [...path, i]));
    return isObject(value) ? Object.fromEntries(Object.entries(value).map(([member, one]) => [member, blank(one, [...path, member])])) : value;
  };
  const { id, ...rest } = body;
  const left = blank(rest, []) as JsonObject;
  return found ? { ...(id === undefined ? {} : { id }), ...left } : body;
}
