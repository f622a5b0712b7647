/**
 * One text for one value: object keys sorted by code unit, Maps as sorted entry lists, Sets as sorted
 * lists. Digests of state are taken from it, so they are equal on every machine and after every replay.
 */
import { createHash } from "node:crypto";

export function canonicalJson(value: unknown): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value) ?? "null";
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (value instanceof Map) {
    const rows = [...value.entries()].map(([k, v]) => `[${canonicalJson(k)},${canonicalJson(v)}]`);
    return `[${rows.sort().join(",")}]`;
  }
  if (value instanceof Set) return `[${[...value].map(canonicalJson).sort().join(",")}]`;
  const entries = Object.entries(value).filter(([, v]) => v !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `{${entries.map(([k, v]) => `${JSON.stringify(k)}:${canonicalJson(v)}`).join(",")}}`;
}

/** SHA-256 of the canonical text, hexadecimal. */
export const digestOf = (value: unknown): string => createHash("sha256").update(canonicalJson(value)).digest("hex");
