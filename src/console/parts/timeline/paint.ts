/**
 * Where the bars of a timeline stand, free of what draws them.
 *
 *   bars --rowsOf--> one row for each car     from..until --ticksOf--> marks on whole hours or days of the car park
 */
import { DAY, HOUR, MINUTE, type Instant } from "../../../kernel/instant.ts";
import type { Zone } from "../../../kernel/zone.ts";
import type { SegmentView, WhyView } from "../../../api/contract/rights-words.ts";

/** One stay. `to` null: still inside. `amountMinor` null: no price. */
export type PictureBar = {
  readonly stay: string; readonly label: string | null; readonly account: string | null;
  readonly from: Instant; readonly to: Instant | null;
  readonly segments: readonly SegmentView[];
  readonly neutral: { readonly from: Instant; readonly to: Instant | null } | null;
  readonly amountMinor: number | null; readonly payer: "account" | "machine" | "provider";
  readonly why: readonly WhyView[];
};

export type Row = { readonly key: string; readonly label: string | null; readonly account: string | null; readonly bars: readonly PictureBar[]; readonly amountMinor: number | null };

/** Cars in the order in which they first came. */
export function rowsOf(bars: readonly PictureBar[]): readonly Row[] {
  const rows = new Map<string, Row>();
  for (const bar of bars.toSorted((a, b) => a.from - b.from)) {
    const key = JSON.stringify([bar.account, bar.label ?? bar.stay]);
    const row = rows.get(key);
    rows.set(key, {
      key, label: bar.label, account: bar.account, bars: [...(row?.bars ?? []), bar],
      amountMinor: bar.amountMinor === null || row?.amountMinor === null ? null : bar.amountMinor + (row?.amountMinor ?? 0),
    });
  }
  return [...rows.values()];
}

export type Frame = { readonly from: Instant; readonly until: Instant; readonly left: number; readonly right: number };

/** Outside the frame at its edge. */
export const xOf = ({ from, until, left, right }: Frame, at: Instant): number =>
  left + (Math.min(Math.max(at, from), until) - from) / Math.max(1, until - from) * (right - left);

/** A little room at both ends, so that what happens at the first and the last instant can be seen. */
export function widened(from: Instant, until: Instant): { readonly from: Instant; readonly until: Instant } {
  const room = Math.max((until - from) * 0.03, 5 * MINUTE);
  return { from: from - room, until: until + room };
}

export type Tick = { readonly at: Instant; readonly day: boolean };

const STEPS = [15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR];
const DAY_STEPS = [1, 2, 7, 14, 28];

/** At most `most` marks on round local times; `day` where a civil day begins. */
export function ticksOf(zone: Zone, from: Instant, until: Instant, most: number): readonly Tick[] {
  const [first, last] = [zone.dayNumberAt(from), zone.dayNumberAt(until)];
  const step = STEPS.find((ms) => (until - from) / ms <= most);
  const within = ({ at }: Tick): boolean => at >= from && at <= until;
  const days = (every: number): readonly number[] => Array.from({ length: Math.floor((last - first) / every) + 1 }, (_, i) => first + i * every);
  if (step === undefined) {
    const every = DAY_STEPS.find((n) => (last - first) / n <= most) ?? Math.ceil((last - first) / most);
    return days(every).map((day) => ({ at: zone.boundaryOf(day, 0), day: true })).filter(within);
  }
  const marks = days(1).flatMap((day) => Array.from({ length: DAY / step }, (_, i) => ({ at: zone.boundaryOf(day, i * step), day: i === 0 })));
  // A local time that the change to summer time leaves out falls on the next one.
  return marks.filter((tick, i) => within(tick) && tick.at !== marks[i - 1]?.at);
}
