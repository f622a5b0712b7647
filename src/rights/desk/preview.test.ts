/** The seed's example of neutral cars: what each act would change is told before anything changes. */
import { describe, expect, test } from "vitest";
import { canonicalJson } from "../../kernel/canonical.ts";
import { HOUR } from "../../kernel/instant.ts";
import { StoryDesk, contract } from "../testing/desks.ts";
import { previewOf } from "./preview.ts";

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
    const preview = previewOf(state, act, NOON, NOON + 2 * HOUR);
    if (!preview.ok) throw new Error(JSON.stringify(preview.error));
    expect(canonicalJson(state)).toBe(before);
    expect(preview.value.stays.map(({ credential, before: was, after, coverAfter }) => ({ credential, was, after, cover: coverAfter?.type })))
      .toEqual([{ credential: "C", was: { nowMinor: 800, untilMinor: 900 }, after: { nowMinor: 800, untilMinor: 800 }, cover: "contract" }]);
    expect([preview.value.beforeMinor, preview.value.afterMinor]).toEqual([900, 800]);
  });

  test("closing a stay whose exit nobody saw, at the time it really left", () => {
    const { state } = desk();
    const act = { type: "CloseStay", credential: "B", enteredAt: null, exitedAt: NOON - 3 * HOUR, reason: "camera" } as const;
    const preview = previewOf(state, act, NOON, NOON);
    if (!preview.ok) throw new Error(JSON.stringify(preview.error));
    expect(preview.value.stays.map(({ credential, before: was, after }) => [credential, was?.nowMinor, after?.nowMinor]))
      .toEqual([["B", 0, 0], ["C", 800, 200]]);
  });

  test("what would be refused is refused", () => {
    const { state } = desk();
    const act = { type: "CloseStay", credential: "nobody", enteredAt: null, exitedAt: null, reason: "r" } as const;
    expect(previewOf(state, act, NOON, NOON)).toEqual({ ok: false, error: { type: "noStay" } });
  });
});
