/** A correction that was worked out in slices beforehand is the correction; one made void by a fact is worked out anew. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalJson } from "../../kernel/canonical.ts";
import { HOUR, MINUTE } from "../../kernel/instant.ts";
import { acts, live, policies } from "../testing/desks.ts";
import { runsOf, settingsOf } from "../testing/runs.ts";
import { decideRights } from "./decide.ts";
import { restoreRights, snapshotOf } from "./snapshot.ts";
import { prepareCloseStay } from "./staff.ts";
import type { Rights } from "./state.ts";

const settings = settingsOf(process.env, runsOf(process.env, 60));

const copyOf = (state: Rights): Rights => {
  const copy = restoreRights(snapshotOf(state));
  if (!copy) throw new Error("another version");
  return copy;
};

describe("a prepared correction", () => {
  test("gives the same events and the same state, whatever happens while it is prepared (F9)", () => {
    let prepared = 0;
    let meanwhile = 0;
    fc.assert(fc.property(policies, acts, fc.nat(), fc.nat(60), fc.constantFrom(null, "firm0", "mia1", "x1"), (policy, list, which, minutes, comes) => {
      const { state, now } = live(policy, list, () => {});
      const stays = [...state.accounts.values()].flatMap((account) => [...account.stays.values()]).filter(({ end }) => end?.type !== "seen");
      const stay = stays[which % Math.max(1, stays.length)];
      if (!stay) return;
      const act = { credential: stay.credential, enteredAt: stay.enteredAt, exitedAt: stay.enteredAt + minutes * 10 * MINUTE };
      const at = now + HOUR;
      const told = (desk: Rights, inSlices: boolean): string => {
        const said: unknown[] = [];
        const tell = (command: Parameters<typeof decideRights>[1]): void => { said.push(decideRights(desk, command, { now: at, actor: "amy" })); };
        const before = canonicalJson(desk);
        const work = prepareCloseStay(desk, act, at);
        let step = inSlices ? work.next() : null;
        while (step && !step.done) step = work.next();
        if (inSlices) expect(canonicalJson(desk)).toBe(before);
        if (step?.value === true) prepared += 1;
        if (comes !== null) {
          meanwhile += 1;
          tell({ type: "Enter", credential: { ref: comes, kind: "plate" } });
        }
        tell({ type: "CloseStay", ...act, reason: "found" });
        return canonicalJson([said, desk]);
      };
      expect(told(copyOf(state), true)).toBe(told(copyOf(state), false));
    }), settings);
    expect(prepared).toBeGreaterThan(5);
    expect(meanwhile).toBeGreaterThan(5);
  });
});
