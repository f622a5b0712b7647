/**
 * What flows down the live streams. A change marks its facility; a moment later one snapshot goes to all who
 * watch it, so that a burst of events (or a clock at 600 times) costs one view, not one for each event.
 *
 *   events durable -> mark -> (PACE_MS) -> facility snapshot, log book lines, overview
 */
import { categoryOf, type LogRow } from "../../carpark/readmodels/log-book.ts";
import type { Recorded } from "../../carpark/facility/event.ts";
import type { Json } from "../../carpark/readmodels/table.ts";
import type { LogEntry } from "../contract/logbook.ts";
import type { Locale } from "../contract/words.ts";
import type { Sink } from "../http/reply.ts";
import { logView } from "../handlers/lists.ts";
import { overviewOf, publicViewOf, viewOf } from "../handlers/views.ts";
import type { Site } from "../site.ts";
import { cursorText, readCursor } from "./cursor.ts";

/** Snapshots of one facility are at least this far apart: quick to the eye, light on the wire. */
export const PACE_MS = 100;
/** The overview changes with every car of every facility. */
const OVERVIEW_PACE_MS = 500;
/** Statuses age also when nothing happens; seed 002 wants them at most 10 s old. */
const REFRESH_MS = 5_000;
/** Log book lines replayed to a stream that comes back; beyond it reads the list again. */
const REPLAY_LINES_MAX = 500;
/** Recent lines kept for that, for each facility. */
const RECENT_LINES_MAX = 500;

type Watcher = {
  readonly sink: Sink;
  readonly kind: "overview" | "facility" | "public";
  readonly facilities: readonly string[];
  readonly locale: Locale;
  sentAt: number;
};

export class Feed {
  readonly #site: Site;
  readonly #watchers = new Set<Watcher>();
  readonly #recent = new Map<string, LogRow[]>();
  readonly #oldestKept = new Map<string, number>();
  readonly #dirty = new Set<string>();
  readonly #sentAt = new Map<string, number>();
  readonly #timer: NodeJS.Timeout;
  readonly #stop: () => void;
  #overviewDirty = true;

  constructor(site: Site) {
    this.#site = site;
    for (const facility of site.facilities.values()) this.#oldestKept.set(facility.id, facility.seq);
    this.#stop = site.onChange((facility, firstSeq, events) => this.#changed(facility, firstSeq, events));
    this.#timer = setInterval(() => this.#flush(), PACE_MS);
    this.#timer.unref();
  }

  close(): void {
    clearInterval(this.#timer);
    this.#stop();
  }

  watch(kind: Watcher["kind"], facilities: readonly string[], locale: Locale, lastEventId: string | null, sink: Sink): void {
    const watcher: Watcher = { sink, kind, facilities, locale, sentAt: 0 };
    this.#watchers.add(watcher);
    sink.onClose(() => this.#watchers.delete(watcher));
    if (kind !== "public" && lastEventId !== null) this.#replay(watcher, lastEventId);
    for (const facility of facilities) this.#sendFacility(watcher, facility);
    if (kind === "overview") this.#sendOverview(watcher);
    const clock = this.#site.demoCity?.clock();
    if (clock) sink.send("clock", clock);
  }

  clockChanged(): void {
    const clock = this.#site.demoCity?.clock();
    if (clock) for (const watcher of this.#watchers) watcher.sink.send("clock", clock);
  }

  #changed(facility: string, firstSeq: number, events: readonly Recorded[]): void {
    this.#dirty.add(facility);
    this.#overviewDirty = true;
    const lines = events.flatMap((event, i) => rowOf(facility, firstSeq + i, event));
    if (lines.length === 0) return;
    const recent = this.#recent.get(facility) ?? [];
    recent.push(...lines);
    for (const row of recent.splice(0, Math.max(0, recent.length - RECENT_LINES_MAX))) this.#oldestKept.set(facility, row.seq);
    this.#recent.set(facility, recent);
    for (const watcher of this.#watchers) {
      if (watcher.kind === "public" || !this.#shows(watcher, facility)) continue;
      for (const row of lines) watcher.sink.send("logbook", this.#lineOf(row, watcher.locale), this.#idOf(watcher));
    }
  }

  #flush(): void {
    const now = Date.now();
    for (const facility of this.#site.facilities.keys()) {
      const waited = now - (this.#sentAt.get(facility) ?? 0);
      if (!this.#dirty.has(facility) && waited < REFRESH_MS) continue;
      this.#dirty.delete(facility);
      this.#sentAt.set(facility, now);
      for (const watcher of this.#watchers) if (watcher.facilities.includes(facility)) this.#sendFacility(watcher, facility);
    }
    for (const watcher of this.#watchers) {
      if (watcher.kind !== "overview") continue;
      const waited = now - watcher.sentAt;
      if ((this.#overviewDirty && waited >= OVERVIEW_PACE_MS) || waited >= REFRESH_MS) this.#sendOverview(watcher);
    }
    this.#overviewDirty = [...this.#watchers].some((watcher) => watcher.kind === "overview" && now - watcher.sentAt < OVERVIEW_PACE_MS && this.#overviewDirty);
  }

  #replay(watcher: Watcher, lastEventId: string): void {
    const missed: LogRow[] = [];
    for (const [facility, seq] of readCursor(lastEventId)) {
      if (!this.#shows(watcher, facility)) continue;
      if (seq < (this.#oldestKept.get(facility) ?? 0)) {
        watcher.sink.send("resync", { facility });
        continue;
      }
      missed.push(...(this.#recent.get(facility) ?? []).filter((row) => row.seq > seq));
    }
    missed.sort((a, b) => a.at - b.at || a.seq - b.seq);
    if (missed.length > REPLAY_LINES_MAX) watcher.sink.send("resync", { facility: null });
    for (const row of missed.slice(-REPLAY_LINES_MAX)) watcher.sink.send("logbook", this.#lineOf(row, watcher.locale), this.#idOf(watcher));
  }

  #sendFacility(watcher: Watcher, id: string): void {
    const facility = this.#site.facilities.get(id);
    if (!facility?.core.state.config) return;
    if (watcher.kind === "public") watcher.sink.send("public", publicViewOf(this.#site, facility), this.#idOf(watcher));
    else watcher.sink.send("facility", viewOf(this.#site, facility), this.#idOf(watcher));
  }

  #sendOverview(watcher: Watcher): void {
    watcher.sentAt = Date.now();
    watcher.sink.send("overview", overviewOf(this.#site), this.#idOf(watcher));
  }

  #shows = (watcher: Watcher, facility: string): boolean => watcher.kind === "overview" || watcher.facilities.includes(facility);

  #idOf(watcher: Watcher): string {
    const shown = watcher.kind === "overview" ? [...this.#site.facilities.values()] : watcher.facilities.flatMap((id) => this.#site.facilities.get(id) ?? []);
    return cursorText(new Map(shown.map((facility) => [facility.id, facility.seq])));
  }

  #lineOf = (row: LogRow, locale: Locale): LogEntry => logView(this.#site, row, locale);
}

function rowOf(facility: string, seq: number, event: Recorded): LogRow[] {
  const category = categoryOf(event);
  if (category === null) return [];
  // The journal's events are plain JSON.
  return [{ facility, seq, at: event.at, category, by_staff: event.by ?? null, subject: null, event: event as unknown as Json, search: "" }];
}
