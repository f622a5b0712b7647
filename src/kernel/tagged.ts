/**
 * Maps and Sets as JSON and back: `{"$map": [[k, v], ...]}`, `{"$set": [v, ...]}`. What is read back equals what was
 * written, in whatever order the entries lie.
 */
export type Tagged = null | string | number | boolean | readonly Tagged[] | { readonly [key: string]: Tagged };

export function encodeTagged(value: unknown): Tagged {
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  if (value instanceof Map) return { $map: [...value].map(([k, v]) => [encodeTagged(k), encodeTagged(v)]) };
  if (value instanceof Set) return { $set: [...value].map(encodeTagged) };
  if (Array.isArray(value)) return value.map(encodeTagged);
  const entries = Object.entries(value as object).filter(([, v]) => v !== undefined);
  return Object.fromEntries(entries.map(([k, v]) => [k, encodeTagged(v)]));
}

export function decodeTagged(value: Tagged): unknown {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(decodeTagged);
  const object = value as { readonly [key: string]: Tagged };
  if (Array.isArray(object.$map)) {
    return new Map(object.$map.map((pair) => (pair as Tagged[]).map(decodeTagged) as [unknown, unknown]));
  }
  if (Array.isArray(object.$set)) return new Set(object.$set.map(decodeTagged));
  return Object.fromEntries(Object.entries(object).map(([k, v]) => [k, decodeTagged(v)]));
}
