/**
 * The whole state of a facility as JSON, for `PeriodClosed`: Maps and Sets become tagged entry lists. What is read
 * back equals what was written (property F7), in whatever order the entries lie.
 */
import { digestOf } from "../../kernel/canonical.ts";
import type { Facility, ReadonlyFacility } from "./state.ts";

type Encoded = null | string | number | boolean | readonly Encoded[] | { readonly [key: string]: Encoded };

export function encodeState(state: ReadonlyFacility): Encoded {
  return encode(state);
}

export function decodeState(encoded: unknown): Facility {
  return decode(encoded as Encoded) as Facility;
}

/** Equal for equal states on every machine; taken of what is folded from the journal, never of sensor inputs. */
export const digestState = (state: ReadonlyFacility): string => digestOf(state);

function encode(value: unknown): Encoded {
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  if (value instanceof Map) return { $map: [...value].map(([k, v]) => [encode(k), encode(v)]) };
  if (value instanceof Set) return { $set: [...value].map(encode) };
  if (Array.isArray(value)) return value.map(encode);
  const entries = Object.entries(value as object).filter(([, v]) => v !== undefined);
  return Object.fromEntries(entries.map(([k, v]) => [k, encode(v)]));
}

function decode(value: Encoded): unknown {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(decode);
  const object = value as { readonly [key: string]: Encoded };
  if (Array.isArray(object.$map)) return new Map(object.$map.map((pair) => (pair as Encoded[]).map(decode) as [unknown, unknown]));
  if (Array.isArray(object.$set)) return new Set(object.$set.map(decode));
  return Object.fromEntries(Object.entries(object).map(([k, v]) => [k, decode(v)]));
}
