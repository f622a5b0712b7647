/**
 * Where a live stream is: the sequence of every facility it shows, `central.120~harbour.44`, given to the
 * browser as event id and back by it as Last-Event-ID.
 */
export type Cursor = ReadonlyMap<string, number>;

/** Longest id we read back; a browser sends only what we gave it. */
const CURSOR_CHARS_MAX = 4_000;

export const cursorText = (cursor: Cursor): string => [...cursor].map(([facility, seq]) => `${facility}.${seq}`).join("~");

/** Parts that are not ours are left out; what is missing is simply not resumed. */
export function readCursor(text: string | null): Cursor {
  const cursor = new Map<string, number>();
  if (text === null || text.length > CURSOR_CHARS_MAX) return cursor;
  for (const part of text.split("~")) {
    const match = /^([a-z0-9][a-z0-9-]{0,39})\.(\d{1,15})$/.exec(part);
    if (match?.[1] !== undefined) cursor.set(match[1], Number(match[2]));
  }
  return cursor;
}
