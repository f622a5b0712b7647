/** Instants of the wire: RFC 3339 in UTC out; in, what partners are known to send, and nothing else. */
import type { Instant } from "../../kernel/instant.ts";

export type ReadInstant = { readonly text: string; readonly repaired: boolean };

const SHAPE = /^(\d{4})-(\d{2})-(\d{2})(?:[T ] ?(\d{1,2}):(\d{2})(?::(\d{2})(\.\d{1,9})?)? ?(Z|z|[+-]\d{2}:?\d{2})?)?$/;

/** A missing zone is UTC, missing seconds are 00, a date alone is its midnight, an offset is carried over to Z. */
export function readInstant(sent: string): ReadInstant | undefined {
  const match = SHAPE.exec(sent.trim().replace(/ +/g, " "));
  if (!match) return undefined;
  const [, year, month, day, hour = "00", minute = "00", second = "00", fraction = "", zone = "Z"] = match;
  const offset = zone === "Z" || zone === "z" ? "Z" : zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone;
  const wall = Date.parse(`${year}-${month}-${day}T${hour.padStart(2, "0")}:${minute}:${second}Z`);
  // Date.parse carries 31 February over into March; what was not sent must not be stored.
  if (Number.isNaN(wall) || new Date(wall).toISOString().slice(0, 10) !== `${year}-${month}-${day}`) return undefined;
  const at = Date.parse(`${year}-${month}-${day}T${hour.padStart(2, "0")}:${minute}:${second}${offset}`);
  if (Number.isNaN(at)) return undefined;
  const text = `${new Date(at).toISOString().slice(0, 19)}${fraction}Z`;
  return { text, repaired: text !== sent };
}

/** Epoch milliseconds of an instant that was read before; undefined when there is none. */
export function instantOf(text: unknown): Instant | undefined {
  if (typeof text !== "string") return undefined;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : at;
}

/** `2026-01-15T13:10:02Z`: whole seconds, as the standard's examples. */
export const wireInstant = (at: Instant): string => `${new Date(at).toISOString().slice(0, 19)}Z`;
