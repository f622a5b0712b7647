/**
 * What a number-plate camera said, in one shape for all makers.
 *
 *   HTTP body --family's parser--> readings of vehicles | a sign of life --> binding to the vehicle at the lane
 *
 * A reading is not a car, and nothing is sure about it: text as the camera wrote it, confidence when it told one,
 * its own clock's time. Images are skipped, never kept.
 */
import type { Instant } from "../../kernel/instant.ts";
import type { Result } from "../../kernel/result.ts";
import type { Zone } from "../../kernel/zone.ts";

export type CameraReading = {
  readonly text: string;
  /** 0 to 1; null when the camera gives none. */
  readonly confidence: number | null;
  /** As the camera names it: a code, a name, or nothing. */
  readonly country: string | null;
  /** `away`: the vehicle drives away from the camera's side; null: not told. */
  readonly direction: "towards" | "away" | null;
  /** By the camera's clock; null when it tells no time. */
  readonly readAt: Instant | null;
};

/** One message may hold several vehicles; more than these are not in one picture of a lane. */
export const READINGS_PER_MESSAGE_MAX = 8;

/** No readings: the camera is alive, or saw a vehicle without a plate. */
export type CameraMessage = { readonly type: "readings"; readonly readings: readonly CameraReading[] } | { readonly type: "alive" };

/** `where`: the part of the message that was not as expected; never its content. */
export type NotUnderstood = { readonly type: "messageNotUnderstood"; readonly where: string };

/** `value`: the JSON of a JSON body; `text`: any other body. `zone`: cameras that tell local time mean their own. */
export type RawMessage = { readonly media: string; readonly text: string; readonly value: unknown; readonly zone: Zone };

export type CameraParser = (raw: RawMessage) => Result<CameraMessage, NotUnderstood>;

/** Cameras that read nothing write one of these. */
const NO_PLATE = new Set(["", "unknown", "noplate", "no_plate", "no plate", "notread", "-"]);
export const isPlateText = (text: string): boolean => !NO_PLATE.has(text.trim().toLowerCase());

/** The scales in use: 0 to 1, and 0 to 100. */
export function confidenceOf(value: unknown): number | null {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  if (typeof number !== "number" || !Number.isFinite(number) || number < 0 || number > 100) return null;
  return number > 1 ? number / 100 : number;
}

/** A time with its offset or `Z`, or a camera's local time; null when it is neither. */
export function instantOf(text: string | null | undefined, zone: Zone): Instant | null {
  const given = (text ?? "").trim();
  if (/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/.test(given)) {
    const at = Date.parse(given.replace(/(\.\d{3})\d+/, "$1"));
    return Number.isFinite(at) ? at : null;
  }
  if (/ (GMT|UTC)$/.test(given)) return instantOf(given.replace(/ (GMT|UTC)$/, "Z").replace(" ", "T"), zone);
  const local = /^(\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}:\d{2})(?:\.(\d{1,3}))?\d*$/.exec(given);
  const at = local ? zone.parseLocal(local[1] ?? "") : null;
  return at?.ok ? at.value + Number((local?.[2] ?? "").padEnd(3, "0")) : null;
}

/** Milliseconds since 1970 as digits or number; null for anything not of this century. */
export function epochMsOf(value: unknown): Instant | null {
  const number = typeof value === "string" && /^\d{1,16}$/.test(value) ? Number(value) : value;
  return typeof number === "number" && Number.isInteger(number) && number >= 946_684_800_000 && number < 4_102_444_800_000 ? number : null;
}
