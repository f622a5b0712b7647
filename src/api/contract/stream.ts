/**
 * Server-sent events.
 *
 *   GET /api/v1/events                    overview of the city and its log book
 *   GET /api/v1/events?facility=central   one car park (`facility` may be repeated, at most STREAM_FACILITIES_MAX)
 *
 * Every event has `id`, the cursor of the facilities it shows; the browser gives it back as Last-Event-ID
 * and gets the log book lines it missed, then a fresh snapshot. When too much was missed, `resync` comes
 * first: read lists again. A comment line every HEARTBEAT_MS keeps the connection open.
 */
import type { DemoClock } from "./demo.ts";
import type { FacilityView, Overview, PublicView } from "./live.ts";
import type { LogEntry } from "./logbook.ts";

export const HEARTBEAT_MS = 15_000;
/** Car parks one stream may show in full: an attendant's wall, not a city's. */
export const STREAM_FACILITIES_MAX = 20;

export type StreamEvents = {
  readonly overview: Overview;
  readonly facility: FacilityView;
  readonly logbook: LogEntry;
  readonly clock: DemoClock;
  readonly public: PublicView;
  readonly resync: { readonly facility: string | null };
};
export type StreamEventName = keyof StreamEvents;
