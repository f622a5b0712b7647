/** Coverage against the slow reference, and the rules of contingents (D) as properties. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { HOUR, type Instant } from "../../kernel/instant.ts";
import { type Zone, zoneOf } from "../../kernel/zone.ts";
import { type SlowTimeline, slowCoverage } from "../testing/reference.ts";
import { END, START, plainTimelines, timelines } from "../testing/timelines.ts";
import { bookedSpans } from "../timeline/booked.ts";
import { contractValid } from "../timeline/window.ts";
import { type Timeline, coverage, presencesOf } from "./coverage.ts";
import { BEGINNING, type Cover, type Segment } from "./scene.ts";
import { viewAt, walk } from "./sweep.ts";

const RUNS = Number(process.env["GATEHOUSE_PROPERTY_RUNS"] ?? 250);
const seed = process.env["GATEHOUSE_PROPERTY_SEED"];
const settings = { numRuns: RUNS, ...(seed === undefined ? {} : { seed: Number(seed) }) };
const utc = ((): Zone => {
  const zone = zoneOf("UTC");
  if (!zone.ok) throw new Error("no UTC");
  return zone.value;
})();

const timelineOf = ({ policy, overflow, contracts, bookings, stays }: SlowTimeline): Timeline =>
  ({ scene: { zone: utc, policy, overflow, contracts, booked: bookedSpans(bookings, policy) }, stays });

const coverText = (cover: Cover): string => {
  switch (cover.type) {
    case "booking": return `booking ${cover.booking}`;
    case "contract": return `contract ${cover.contract}`;
    case "kept": return `kept ${cover.contract} ${cover.because}`;
    case "seasonTicket": case "external": case "service": return `${cover.type} ${cover.right}`;
    case "reported": case "uncovered": return cover.type;
  }
};
const at = (segments: readonly Segment[] | undefined, instant: Instant): Cover | undefined =>
  segments?.find(({ from, to }) => from <= instant && instant < to)?.cover;
const hoursOf = (): readonly Instant[] => Array.from({ length: (END - START) / HOUR }, (_, i) => START + i * HOUR);

describe("coverage", () => {
  test("equals the slow reference in every hour of every stay", () => {
    const met = new Set<string>();
    fc.assert(fc.property(timelines, (slow) => {
      const fast = coverage(timelineOf(slow), END);
      for (const [stay, hours] of slowCoverage(slow, START, END)) {
        for (const instant of hoursOf()) {
          const cover = at(fast.get(stay), instant);
          expect(cover && coverText(cover), `${stay} at hour ${(instant - START) / HOUR}`).toBe(hours.get(instant));
          if (cover) met.add(cover.type);
        }
      }
    }), settings);
    if (RUNS >= 100) expect([...met].sort()).toEqual(["booking", "contract", "external", "kept", "reported", "seasonTicket", "service", "uncovered"]);
  }, 30_000 + RUNS * 50);

  test("segments are maximal runs, in order, without gaps", () => {
    fc.assert(fc.property(timelines, (slow) => {
      for (const segments of coverage(timelineOf(slow), END).values()) {
        segments.forEach((segment, i) => {
          expect(segment.from).toBeLessThan(segment.to);
          const next = segments[i + 1];
          if (!next) return;
          expect(next.from).toBe(segment.to);
          expect(coverText(next.cover)).not.toBe(coverText(segment.cover));
        });
      }
    }), settings);
  });

  test("going on from any instant gives what walking from the beginning gives (F7)", () => {
    fc.assert(fc.property(timelines, fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 5 }), (slow, stops) => {
      const { scene, stays } = timelineOf(slow);
      const presences = presencesOf(stays, scene);
      const whole: string[] = [];
      const parts: string[] = [];
      const note = (list: string[]) => (stay: string, segment: Segment): void => {
        list.push(`${stay} ${segment.from} ${segment.to} ${coverText(segment.cover)}`);
      };
      viewAt(BEGINNING, scene, presences, END, note(whole));
      let sweep = BEGINNING;
      for (const stop of [...stops].sort((a, b) => a - b)) sweep = walk(sweep, scene, presences, START + stop * HOUR, note(parts));
      viewAt(sweep, scene, presences, END, note(parts));
      expect(parts.sort()).toEqual(whole.sort());
    }), settings);
  });

  test("does not depend on the order in which facts of one instant are told (D8)", () => {
    fc.assert(fc.property(timelines, fc.integer(), (slow, turn) => {
      const timeline = timelineOf(slow);
      const turned = [...timeline.stays].sort((a, b) => ((a.order * 7919 + turn) % 13) - ((b.order * 7919 + turn) % 13));
      expect(coverage({ ...timeline, stays: turned }, END)).toEqual(new Map(turned.map(({ id }) => [id, coverage(timeline, END).get(id)])));
    }), { ...settings, numRuns: Math.ceil(RUNS / 4) });
  });
});

describe("contingents", () => {
  test("never more covered cars than spaces, and no space covers two (D1, D9)", () => {
    fc.assert(fc.property(fc.oneof(timelines, plainTimelines), (slow) => {
      const sure = { ...slow, stays: slow.stays.map((stay) => ({ ...stay, neutralAt: null, provenAt: null })) };
      const timeline = timelineOf(sure);
      const covered = coverage(timeline, END);
      for (const instant of hoursOf()) {
        const used = [...covered.values()].flatMap((segments) => {
          const cover = at(segments, instant);
          return cover?.type === "contract" ? [cover.contract] : [];
        });
        expect(new Set(used).size).toBe(used.length);
        for (const id of used) {
          const contract = sure.contracts.find((one) => one.id === id);
          expect(contract && contractValid(contract, instant, utc)).toBe(true);
        }
      }
    }), settings);
  });

  test("no contract space is idle while an overflow car pays (D3)", () => {
    fc.assert(fc.property(plainTimelines, (slow) => {
      const covered = coverage(timelineOf(slow), END);
      for (const instant of hoursOf()) {
        const covers = [...covered.values()].map((segments) => at(segments, instant)?.type);
        if (!covers.includes("uncovered")) continue;
        const spaces = slow.contracts.filter((contract) => contractValid(contract, instant, utc)).length;
        expect(covers.filter((type) => type === "contract").length).toBe(spaces);
      }
    }), settings);
  });

  test("the promoted car is the longest-standing charged one (D4), one for each space (D6)", () => {
    let promotions = 0;
    fc.assert(fc.property(plainTimelines, (slow) => {
      const covered = coverage(timelineOf(slow), END);
      for (const instant of hoursOf().slice(1)) {
        const of = (id: string, when: Instant): string | undefined => at(covered.get(id), when)?.type;
        const inOrder = [...slow.stays].sort((a, b) => a.enteredAt - b.enteredAt || a.order - b.order);
        const charged = inOrder.filter(({ id }) => of(id, instant - 1) === "uncovered" && of(id, instant) !== undefined);
        const promoted = charged.filter(({ id }) => of(id, instant) === "contract");
        promotions += promoted.length;
        expect(charged.slice(0, promoted.length)).toEqual(promoted);
      }
    }), settings);
    if (RUNS >= 100) expect(promotions).toBeGreaterThan(50);
  });

  test("a promotion stops charging from its instant; nothing accrued before is refunded (D5)", () => {
    fc.assert(fc.property(plainTimelines, fc.nat(7), fc.integer({ min: 0, max: 60 }), (slow, which, hour) => {
      const leaving = slow.stays[which % Math.max(1, slow.stays.length)];
      const leftAt = START + hour * HOUR;
      if (!leaving || leaving.end?.type !== "seen" || leftAt <= leaving.enteredAt || leftAt >= leaving.end.at) return;
      const earlier = { ...slow, stays: slow.stays.map((stay) => (stay === leaving ? { ...stay, end: { type: "seen" as const, at: leftAt } } : stay)) };
      const [before, after] = [coverage(timelineOf(slow), END), coverage(timelineOf(earlier), END)];
      for (const { id } of slow.stays) {
        for (const instant of hoursOf().filter((one) => one < leftAt)) {
          expect(at(after.get(id), instant)).toEqual(at(before.get(id), instant));
        }
        if (id === leaving.id) continue;
        const charged = (map: typeof before): number => (map.get(id) ?? []).reduce((sum, s) => sum + (s.cover.type === "uncovered" ? s.to - s.from : 0), 0);
        expect(charged(after)).toBeLessThanOrEqual(charged(before));
      }
    }), settings);
  });
});
