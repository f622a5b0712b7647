/** JSON as the wire carries it: what every object of the exchange is made of. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export type JsonObject = { readonly [member: string]: Json };

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const objectOr = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});
export const listOr = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? (value as readonly Json[]) : []);
export const objectsOf = (value: Json | undefined): readonly JsonObject[] => listOr(value).filter(isObject);
export const textOr = <T>(value: Json | undefined, other: T): string | T => (typeof value === "string" ? value : other);

/** Without the members that are undefined, so that what is absent stays absent. */
export function compact(members: Readonly<Record<string, Json | undefined>>): JsonObject {
  return Object.fromEntries(Object.entries(members).filter((entry): entry is [string, Json] => entry[1] !== undefined));
}

export function without(object: JsonObject, ...members: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !members.includes(name)));
}
