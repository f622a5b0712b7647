/** The seed's example of neutral cars: what each act would change is told before anything changes. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalJson } from "../../kernel/canonical.ts";
import { HOUR } from "../../kernel/instant.ts";
import type { Result } from "../../kernel/result.ts";
import { StoryDesk, acts, contract, live, policies } from "../testing/desks.ts";
import { runsOf, settingsOf } from "../testing/runs.ts";
import { decideRights } from "./decide.ts";
import { type Preview, type PreviewedAct, compared, previewOf, standingOf } from "./preview.ts";
import type { RightsRefusal } from "./refusal.ts";
import { restoreRights, snapshotOf } from "./snapshot.ts";
import type { Rights } from "./state.ts";

const settings = settingsOf(process.env, runsOf(process.env, 60));

function finished<T>(work: Generator<void, T>): T {
  let slice = work.next();
  while (!slice.done) slice = work.next();
  return slice.value;
}

function asked(state: Rights, act: PreviewedAct, now: number, until: number): Result<Preview, RightsRefusal> {
  return finished(previewOf(state, act, now, until));
}

const NOON = Date.UTC(2026, 2, 2, 12);
const desk = (): StoryDesk => {
  const story = new StoryDesk(NOON - 4 * HOUR, { neutralCountsAs: "absent" }, [
    { type: "SignContract", account: "firm", contract: contract("c1") },
    { type: "SignContract", account: "firm", contract: contract("c2") },
    { type: "MakeAgreement", account: "firm", agreement: { id: "p", from: null, until: null, parkers: null, tariff: null } },
  ]);
  for (const ref of ["A", "B", "C"]) expect(story.enter(ref)).toContain("in");
  story.now = NOON;
  return story;
};

describe("preview", () => {
  test("setting A neutral would stop the charge of C, and changes nothing by being asked", () => {
    const { state } = desk();
    const before = canonicalJson(state);
    const act = { type: "SetNeutral", scope: { type: "stay", credential: "A" }, reason: "doubt" } as const;
    const preview = asked(state, act, NOON, NOON + 2 * HOUR);
    if (!preview.ok) throw new Error(JSON.stringify(preview.error));
    expect(canonicalJson(state)).toBe(before);
    expect(preview.value.stays.map(({ credential, before: was, after, coverAfter }) => ({ credential, was, after, cover: coverAfter?.type })))
      .toEqual([{ credential: "C", was: { nowMinor: 800, untilMinor: 900 }, after: { nowMinor: 800, untilMinor: 800 }, cover: "contract" }]);
    expect([preview.value.beforeMinor, preview.value.afterMinor]).toEqual([900, 800]);
  });

  test("closing a stay whose exit nobody saw, at the time it really left", () => {
    const { state } = desk();
    const act = { type: "CloseStay", credential: "B", enteredAt: null, exitedAt: NOON - 3 * HOUR, reason: "camera" } as const;
    const preview = asked(state, act, NOON, NOON);
    if (!preview.ok) throw new Error(JSON.stringify(preview.error));
    expect(preview.value.stays.map(({ credential, before: was, after }) => [credential, was?.nowMinor, after?.nowMinor]))
      .toEqual([["B", 0, 0], ["C", 800, 200]]);
  });

  test("what would be refused is refused", () => {
    const { state } = desk();
    const act = { type: "CloseStay", credential: "nobody", enteredAt: null, exitedAt: null, reason: "r" } as const;
    expect(asked(state, act, NOON, NOON)).toEqual({ ok: false, error: { type: "noStay" } });
  });

  test("is what the act does to the whole car park, whoever it is about, and nothing is changed by asking", () => {
    let changed = 0;
    const reason = "r";
    const whole = fc.constantFrom<(ref: string, now: number) => PreviewedAct>(
      () => ({ type: "SetNeutral", scope: { type: "facility" }, reason }), () => ({ type: "SetNeutral", scope: { type: "account", account: "firm" }, reason }),
      (ref: string) => ({ type: "SetNeutral", scope: { type: "stay", credential: ref }, reason }),
      (ref: string) => ({ type: "CloseStay", credential: ref, enteredAt: null, exitedAt: null, reason }),
      (ref: string, now: number) => ({ type: "CloseStay", credential: ref, enteredAt: null, exitedAt: now - 2 * HOUR, reason }),
      (ref: string) => ({ type: "StaffAdmit", credential: { ref, kind: "plate" }, reason }), (ref: string) => ({ type: "StaffRelease", credential: { ref, kind: "plate" }, reason }),
    );
    fc.assert(fc.property(policies, acts, whole, fc.constantFrom("firm0", "firm1", "mia0", "mia2", "x1"), (policy, list, actOf, ref) => {
      const { state, now } = live(policy, list, () => {});
      const act = actOf(ref, now);
      const [before, copy, at] = [canonicalJson(state), restoreRights(snapshotOf(state)), now + HOUR];
      if (!copy) throw new Error("another version");
      const preview = asked(state, act, at, at + 5 * HOUR);
      expect(canonicalJson(state)).toBe(before);
      const everybody = [...state.accounts.keys()];
      decideRights(copy, { type: "Advance" }, { now: at, actor: null });
      const was = finished(standingOf(copy, everybody, at, at + 5 * HOUR));
      const { refusal } = decideRights(copy, act, { now: at, actor: null });
      if (refusal) return void expect(preview).toEqual({ ok: false, error: refusal });
      const is = finished(standingOf(copy, everybody, at, at + 5 * HOUR));
      if (!was.ok || !is.ok || !preview.ok) throw new Error("not priced");
      expect(preview.value.stays).toEqual([...compared(was.value, is.value)].sort((a, b) => a.order - b.order).map(({ order: _, ...stay }) => stay));
      changed += preview.value.stays.length;
    }), settings);
    expect(changed).toBeGreaterThan(10);
  });
});
