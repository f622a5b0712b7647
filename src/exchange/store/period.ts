/**
 * Under which key a credential is kept: the month in which its right or session ends, or the year when that
 * is far ahead. The key goes when the period and the retention are over, and with it every plate of the
 * period, in tables, log files and backups.
 */
import type { Instant } from "../../kernel/instant.ts";

/** `2026-11` or `2031`. */
export type Period = string;

/** Ends within this many months have a key of their own month. */
const MONTHS_AHEAD_MAX = 13;
/** A right without an end, or with one nobody will see, is kept under this year. */
const LAST_YEAR = 2100;

const monthOf = (at: Instant): string => new Date(at).toISOString().slice(0, 7);

/** What ends in the past is kept under the month of now: its own key may be gone already. */
export function periodOf(endsAt: Instant | undefined, now: Instant): Period {
  const end = Math.max(endsAt ?? Number.POSITIVE_INFINITY, now);
  const limit = new Date(now);
  limit.setUTCMonth(limit.getUTCMonth() + MONTHS_AHEAD_MAX);
  if (end < limit.getTime()) return monthOf(end);
  const year = end < Date.UTC(LAST_YEAR, 0, 1) ? new Date(end).getUTCFullYear() : LAST_YEAR;
  return String(year);
}

/** The instant at which the period is over, exclusive. */
export function endOf(period: Period): Instant {
  const [year, month] = period.split("-").map(Number);
  return month === undefined ? Date.UTC((year ?? 0) + 1, 0, 1) : Date.UTC(year ?? 0, month, 1);
}
