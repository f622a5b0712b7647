/**
 * Which of several wall-clock windows is in force at an instant.
 *
 *   windows (first match wins)  x  calendar day  ->  spans of instants, kept per day
 *
 * A window belongs to the day it starts, also when it runs over midnight. A boundary skipped by a clock
 * change is the change itself, a repeated one its first pass. Pricing walks over spans and never converts.
 */
import { assert } from "../kernel/assert.ts";
import type { DayNumber } from "../kernel/calendar.ts";
import { DAY, type Instant } from "../kernel/instant.ts";
import type { Zone } from "../kernel/zone.ts";

export type Window = {
  /** Answers given back for spans of this window. */
  readonly answer: number;
  readonly onDay: (day: DayNumber) => boolean;
  /** Wall-clock milliseconds since midnight; `to` up to two days, half-open. */
  readonly from: number;
  readonly to: number;
};
export type Span = {
  readonly from: Instant;
  readonly until: Instant;
  /** The window's answer, or -1 where no window is in force. */
  readonly answer: number;
  /** The same for all spans of one occurrence of a window, over midnight too. */
  readonly occurrence: number;
  /** The span that starts where this ends, once somebody has asked: a walk goes along these. */
  next?: Span;
};
export type Plan = { readonly spanAt: (at: Instant) => Span };

/** Some five years of days; a process that prices further apart starts its cache again. */
const DAYS_MAX = 2_000;

export function planOf(windows: readonly Window[], zone: Zone): Plan {
  const days = new Map<DayNumber, readonly Span[]>();
  let last: Span = { from: 0, until: 0, answer: -1, occurrence: -1 };

  function spansOf(day: DayNumber): readonly Span[] {
    // Yesterday's windows reach into today by what lies beyond their midnight.
    const inForce = windows.flatMap((window, rank) => {
      const own = window.onDay(day)
        ? [{ window, rank, from: window.from, to: Math.min(window.to, DAY), started: day }] : [];
      const carried = window.to > DAY && window.onDay(day - 1)
        ? [{ window, rank, from: Math.max(window.from - DAY, 0), to: window.to - DAY, started: day - 1 }] : [];
      return [...own, ...carried];
    });
    const cuts = new Set([0, DAY, ...inForce.flatMap(({ from, to }) => [from, to])]);
    const edges = [...cuts].filter((cut) => cut >= 0 && cut <= DAY).sort((a, b) => a - b);
    const spans: Span[] = [];
    for (let i = 0; i + 1 < edges.length; i++) {
      const [from, to] = [edges[i]!, edges[i + 1]!];
      const winner = inForce.find((entry) => entry.from <= from && entry.to >= to);
      const answer = winner?.window.answer ?? -1;
      const occurrence = winner ? winner.started * windows.length + winner.rank : -1;
      const previous = spans.at(-1);
      const until = to === DAY ? zone.boundaryOf(day + 1, 0) : zone.boundaryOf(day, to);
      if (previous && previous.occurrence === occurrence) spans[spans.length - 1] = { ...previous, until };
      else spans.push({ from: zone.boundaryOf(day, from), until, answer, occurrence });
    }
    return spans;
  }

  function daySpans(day: DayNumber): readonly Span[] {
    let spans = days.get(day);
    if (!spans) {
      if (days.size >= DAYS_MAX) days.clear();
      spans = spansOf(day);
      days.set(day, spans);
    }
    return spans;
  }

  function find(at: Instant): Span {
    const today = zone.dayNumberAt(at);
    // In a clock change at midnight the spans of the day before may reach into today.
    for (let step = 0; step < 3; step++) {
      for (const span of daySpans(step === 0 ? today : step === 1 ? today - 1 : today + 1)) {
        if (at >= span.from && at < span.until) return span;
      }
    }
    // Days tile the time line by their boundaries.
    assert(false, `no span at ${at} in ${zone.name}`);
  }

  return {
    spanAt(at) {
      if (at >= last.from && at < last.until) return last;
      if (at === last.until && last.next) return (last = last.next);
      const span = find(at);
      if (at === last.until && last.from < last.until) last.next = span;
      return (last = span);
    },
  };
}

/** The cap windows between resets at one wall-clock time; `ordinal` rises by one from window to window. */
export type CapSpan = { readonly ordinal: number; readonly from: Instant; readonly until: Instant };

export function resetWindows(msOfDay: number, zone: Zone): (at: Instant) => CapSpan {
  const windows = new Map<DayNumber, CapSpan>();
  let last: CapSpan = { ordinal: 0, from: 0, until: 0 };

  function windowOf(day: DayNumber): CapSpan {
    let window = windows.get(day);
    if (!window) {
      if (windows.size >= DAYS_MAX) windows.clear();
      window = { ordinal: day, from: zone.boundaryOf(day, msOfDay), until: zone.boundaryOf(day + 1, msOfDay) };
      windows.set(day, window);
    }
    return window;
  }

  return (at) => {
    if (at >= last.from && at < last.until) return last;
    let window = windowOf(at === last.until ? last.ordinal + 1 : zone.dayNumberAt(at));
    while (window.from > at) window = windowOf(window.ordinal - 1);
    while (window.until <= at) window = windowOf(window.ordinal + 1);
    return (last = window);
  };
}
