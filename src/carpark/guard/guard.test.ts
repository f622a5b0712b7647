import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deskOf, type Desk } from "../../../test/carpark/noun-desk.ts";
import { canonicalJson } from "../../kernel/canonical.ts";
import { HOUR, MINUTE } from "../../kernel/instant.ts";
import type { CredentialRef } from "../stay/stay.ts";
import {
  type GuardCommand, type GuardEvent, SAME_INSERTION_MS, applyGuardDeadline, decideGuard, evolveGuard, nextGuardDeadline,
} from "./guard.ts";

const ref = (text: string): CredentialRef => text as CredentialRef;
const MAX = 2 * HOUR;
const CARDS = [
  { card: ref("g1"), company: "alpha", facilities: ["central"], blocked: false, maxVisitMs: MAX },
  { card: ref("g2"), company: "beta", facilities: ["north"], blocked: false, maxVisitMs: MAX },
  { card: ref("g3"), company: "alpha", facilities: ["central"], blocked: true, maxVisitMs: MAX },
];

const desk = (): Desk<GuardCommand> =>
  deskOf<GuardCommand, GuardEvent>(
    { decide: decideGuard, evolve: evolveGuard, next: nextGuardDeadline, apply: applyGuardDeadline },
    "central",
    (f) => {
      for (const guard of CARDS) f.guardCards.set(guard.card, guard);
    },
  );

const inserted = (card: string | null): GuardCommand => ({ type: "PresentGuardCard", card: card === null ? null : ref(card) });

describe("a guard visit, told as a story", () => {
  type Row = { at: number; card: string | null; gives: string };
  const stories: Record<string, Row[]> = {
    "card in, card out, in again": [
      { at: 0, card: "g1", gives: "GuardArrived 1" },
      { at: 20 * MINUTE, card: "g1", gives: "GuardLeft 1" },
      { at: HOUR, card: "g1", gives: "GuardArrived 2" },
    ],
    "one insertion reported twice is one arrival": [
      { at: 0, card: "g1", gives: "GuardArrived 1" },
      { at: SAME_INSERTION_MS - 1, card: "g1", gives: "nothingToDo" },
      { at: SAME_INSERTION_MS, card: "g1", gives: "GuardLeft 1" },
    ],
    "at the maximum it is still a departure": [
      { at: 0, card: "g1", gives: "GuardArrived 1" },
      { at: MAX, card: "g1", gives: "GuardLeft 1" },
    ],
    "after the maximum the departure is missing and the next card-in an arrival": [
      { at: 0, card: "g1", gives: "GuardArrived 1" },
      { at: MAX + 1, card: "g1", gives: "GuardDepartureMissing 1, GuardArrived 2" },
    ],
    "refused and recorded": [
      { at: 0, card: "g2", gives: "GuardCardRefused notResponsible" },
      { at: 1, card: "g3", gives: "GuardCardRefused credentialBlocked" },
      { at: 2, card: "season", gives: "GuardCardRefused unknownCard" },
      { at: 3, card: null, gives: "GuardCardRefused unknownCard" },
    ],
  };
  for (const [title, rows] of Object.entries(stories)) {
    it(title, () => {
      const d = desk();
      for (const row of rows) {
        const before = d.log.length;
        const refusal = d.give(row.at, inserted(row.card));
        const told = d.log.slice(before).map((e) => {
          if (e.type === "GuardCardRefused") return `${e.type} ${e.reason}`;
          return "visit" in e ? `${e.type} ${e.visit}` : e.type;
        });
        expect(refusal ? refusal.type : told.join(", "), `at ${row.at}`).toBe(row.gives);
      }
    });
  }

  it("records the departure of a guard whose card was blocked during the visit", () => {
    const d = desk();
    d.give(0, inserted("g1"));
    d.state.guardCards.set(ref("g1"), { ...CARDS[0]!, blocked: true });
    d.give(MINUTE, inserted("g1"));
    expect(d.log.at(-1)).toMatchObject({ type: "GuardLeft", visit: 1 });
    d.give(2 * MINUTE, inserted("g1"));
    expect(d.log.at(-1)).toMatchObject({ type: "GuardCardRefused", reason: "credentialBlocked" });
  });
});

describe("invariants", () => {
  it("I10: every visit is one arrival and at most one end, by the reader alone; a missing departure is flagged, not guessed", () => {
    const anyStory = fc.array(
      fc.record({ after: fc.integer({ min: 0, max: 90 * MINUTE }), card: fc.constantFrom("g1", "g2", "g3", null) }),
      { maxLength: 60 },
    );
    fc.assert(fc.property(anyStory, (story) => {
      const d = desk();
      let now = 0;
      const read = new Set<number>();
      for (const { after, card } of story) {
        now += after;
        if (card === "g1") read.add(now);
        d.give(now, inserted(card));
      }
      d.give(now + MAX + 1, null);
      const arrivals = new Map<number, number>();
      const ended = new Set<number>();
      for (const e of d.log) {
        if (e.type === "GuardArrived") {
          expect(read.has(e.at)).toBe(true);
          arrivals.set(e.visit, e.at);
        }
        if (e.type === "GuardLeft" || e.type === "GuardDepartureMissing") {
          const arrived = arrivals.get(e.visit)!;
          expect(ended.has(e.visit)).toBe(false);
          ended.add(e.visit);
          if (e.type === "GuardLeft") {
            expect(read.has(e.at)).toBe(true);
            expect(e.at - arrived).toBeLessThanOrEqual(MAX);
          } else expect(e.at).toBe(arrived + MAX + 1);
        }
      }
      expect(ended).toEqual(new Set(arrivals.keys()));
      expect(d.state.openVisits.size).toBe(0);
      expect(d.replayed()).toBe(canonicalJson(d.state));
    }));
  });
});
