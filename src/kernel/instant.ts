/** Instants are epoch milliseconds (UTC); durations are milliseconds. Wall-clock rules live in zone.ts. */
export type Instant = number;
export type DurationMs = number;

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** `2026-03-02T08:00:00.000Z`: for people and wires; never compared as text. */
export const isoOf = (at: Instant): string => new Date(at).toISOString();
