/**
 * Durations and times of day as rate tables spell them.
 *
 *   ISO 8601      PT1H30M, P1D, PT3599S       minTime, maxTime, incrementPeriod, tolerated in lines
 *   clock         hh:mm, dd:hh:mm             durationStart, durationEnd (not ISO: the standard's own)
 *   seconds       3599                        use case document
 *   pilot         P3599S                      a T is missing
 *
 * Calendar units (years, months) have no length and are refused: `P15M` is fifteen months, not minutes.
 */
import { DAY, HOUR, MINUTE, SECOND } from "../../kernel/instant.ts";

export type ReadDuration =
  | { readonly type: "duration"; readonly ms: number; readonly tolerated?: string }
  | { readonly type: "calendar" }
  | { readonly type: "unreadable" };

const unreadable: ReadDuration = { type: "unreadable" };

/** Longer than this is a slip of the pen: no price list speaks of more than ten years. */
const DURATION_MS_MAX = 3_660 * DAY;

const duration = (ms: number, tolerated?: string): ReadDuration =>
  ms > DURATION_MS_MAX ? unreadable
    : { type: "duration", ms, ...(tolerated === undefined ? {} : { tolerated }) };

export function readIsoDuration(text: string): ReadDuration {
  const pilot = /^P(\d+)S$/.exec(text);
  if (pilot) return duration(Number(pilot[1]) * SECOND, `${text} lacks its T; read as PT${pilot[1]}S.`);
  const iso = /^P(?!$)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d{1,3})?)S)?)?$/
    .exec(text);
  if (!iso) return unreadable;
  const [years, months, weeks, days, hours, minutes] = iso.slice(1, 7).map((part) => Number(part ?? 0));
  if (years! > 0 || months! > 0) return { type: "calendar" };
  const seconds = Math.round(Number(iso[7] ?? 0) * SECOND);
  return duration(weeks! * 7 * DAY + days! * DAY + hours! * HOUR + minutes! * MINUTE + seconds);
}

/** How three-part clock durations of one collection are meant; see `threePartReading`. */
export type ThreeParts = "dd:hh:mm" | "hh:mm:ss";

/** `durationStart`, `durationEnd` and whatever else a line may carry. */
export function readLineDuration(value: string | number, three: ThreeParts): ReadDuration {
  if (typeof value === "number") {
    return Number.isInteger(value) && value >= 0 ? duration(value * SECOND) : unreadable;
  }
  const text = value.trim();
  if (text.startsWith("P")) return readIsoDuration(text);
  if (/^\d+$/.test(text)) return duration(Number(text) * SECOND, `${text} is read as seconds.`);
  const parts = /^(\d{1,3}):(\d{2}(?:\.\d+)?)(?::(\d{2}(?:\.\d+)?))?$/.exec(text);
  if (!parts) return unreadable;
  const [a, b, c] = [Number(parts[1]), Number(parts[2]), parts[3] === undefined ? undefined : Number(parts[3])];
  if (c !== undefined) {
    if (three === "hh:mm:ss") return b < 60 && c < 60
      ? duration(a * HOUR + b * MINUTE + Math.round(c * SECOND)) : unreadable;
    return b < 24 && c < 60 ? duration(a * DAY + b * HOUR + Math.round(c * MINUTE)) : unreadable;
  }
  if (b >= 60) return unreadable;
  // Nobody writes 59 hours and 59 minutes for a tier; the sources do write 59 minutes and 59 seconds so.
  if (a > 24 && b === 59) return duration(a * MINUTE + b * SECOND, `${text} is read as minutes and seconds.`);
  return duration(a * HOUR + Math.round(b * MINUTE));
}

/**
 * Three parts are days, hours and minutes, unless that cannot be: an hour above 23 somewhere, or a last end
 * that equals the collection's maximum time only as hours, minutes and seconds (D-TRO writes it so).
 */
export function threePartReading(texts: readonly string[], maxTimeMs: number | undefined): ThreeParts {
  const three = texts.map((text) => /^(\d{1,3}):(\d{2}):(\d{2})$/.exec(text.trim())).filter((m) => m !== null);
  if (three.some((m) => Number(m[2]) > 23)) return "hh:mm:ss";
  const longest = Math.max(0,
    ...three.map((m) => Number(m[1]) * HOUR + Number(m[2]) * MINUTE + Number(m[3]) * SECOND));
  return maxTimeMs !== undefined && longest > 0 && longest === maxTimeMs ? "hh:mm:ss" : "dd:hh:mm";
}

/** An end is half-open: 3599 s, 59:59 and 17:59.999 all mean the full minute that follows. */
export const halfOpenEnd = (
  ms: number,
): number =>
  (ms % MINUTE >= 59 * SECOND ? Math.ceil(ms / MINUTE) * MINUTE : ms);

/** Milliseconds since midnight of `8:00`, `08:00`, `08:00:00`; `24:00` is the end of the day. */
export function readTimeOfDay(text: string): number | undefined {
  const match = /^(\d{1,2}):(\d{2}(?:\.\d+)?)(?::(\d{2}(?:\.\d+)?))?Z?$/.exec(text.trim());
  if (!match) return undefined;
  const [hour, minute, second] = [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)];
  if (minute >= 60 || second >= 60) return undefined;
  const ms = hour * HOUR + Math.round(minute * MINUTE + second * SECOND);
  return ms <= DAY ? ms : undefined;
}

/** RFC 3339 and the spellings seen in the field: a blank for the T, no zone (UTC), no seconds, date only. */
export function readInstant(text: string): number | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})(?:[T ]+(\d{1,2}:\d{2})(:\d{2}(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/i.exec(text.trim());
  if (!match) return undefined;
  const zone = (match[4] ?? "Z").toUpperCase().replace(/^([+-]\d{2})(\d{2})$/, "$1:$2");
  const at = Date.parse(`${match[1]}T${(match[2] ?? "00:00").padStart(5, "0")}${match[3] ?? ":00"}${zone}`);
  return Number.isNaN(at) ? undefined : at;
}
