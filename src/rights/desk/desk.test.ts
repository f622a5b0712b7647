/**
 * Random days at a facility's desk: whatever is done, in whatever order, what is kept is what the journal and the
 * timeline say.
 */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalJson } from "../../kernel/canonical.ts";
import { coverage } from "../coverage/coverage.ts";
import { sameCover } from "../coverage/scene.ts";
import { type Told, acts, allStays, goOn, live, policies } from "../testing/desks.ts";
import { runsOf, settingsOf } from "../testing/runs.ts";
import { whyText } from "../why.ts";
import { countOf } from "./counting.ts";
import { sceneOf, segmentsUntil, viewOf } from "./covering.ts";
import type { RecordedRights } from "./event.ts";
import { evolveRights } from "./evolve.ts";
import { type RightsSnapshot, restoreRights, snapshotOf } from "./snapshot.ts";
import { emptyRights } from "./state.ts";

const RUNS = runsOf(process.env, 80);
const settings = settingsOf(process.env, RUNS);

function checkCovered({ state, now, memories }: Told): void {
  for (const account of state.accounts.values()) {
    const memory = memories.get(account.id);
    if (!memory || memory.beyondReach) continue;
    const scene = { ...sceneOf(state, account), booked: [...memory.booked.values()] };
    const truth = coverage({ scene, stays: [...memory.facts.values()] }, now);
    for (const stay of allStays(account)) expect(segmentsUntil(state, account, stay, now), stay.id).toEqual(truth.get(stay.id) ?? []);
    for (const [id, { cover }] of viewOf(state, account, now).live) {
      const stay = account.stays.get(id);
      if (stay && stay.end === null) expect(sameCover(stay.cover, cover), `${id} ${JSON.stringify([stay.cover, cover])}`).toBe(true);
    }
  }
}

function checkCounted({ state }: Told): void {
  const open = [...state.accountOfOpen.keys()].sort();
  expect([...state.groups.values()].flatMap((stays) => [...stays]).sort()).toEqual(open);
  expect(countOf(state, "all").stays).toBe(open.length);
}

describe("a desk", () => {
  test("what is kept of coverage equals coverage of the whole timeline, after every command (F7)", () => {
    fc.assert(fc.property(policies, acts, (policy, list) => {
      live(policy, list, (told) => { checkCovered(told); checkCounted(told); });
    }), settings);
  });

  test("the journal folded anew gives the same state (F9)", () => {
    fc.assert(fc.property(policies, acts, (policy, list) => {
      const { state, events } = live(policy, list, () => {});
      const again = emptyRights();
      for (const event of JSON.parse(JSON.stringify(events)) as RecordedRights[]) evolveRights(again, event);
      expect(canonicalJson(again)).toBe(canonicalJson(state));
    }), settings);
  });

  test("a snapshot read back decides as the desk it was taken of (F7)", () => {
    fc.assert(fc.property(policies, acts, acts, (policy, before, after) => {
      const { state, now } = live(policy, before, () => {});
      const again = restoreRights(JSON.parse(JSON.stringify(snapshotOf(state))) as RightsSnapshot);
      if (!again) throw new Error("another version");
      expect(canonicalJson(again)).toBe(canonicalJson(state));
      const [one, other] = [state, again].map((from) => {
        const said: string[] = [];
        goOn(from, now, after, (_, __, events) => said.push(canonicalJson(events)));
        return [...said, canonicalJson(from)];
      });
      expect(other).toEqual(one);
    }), { ...settings, numRuns: Math.ceil(RUNS / 2) });
  });

  test("an entry is admitted only where there is space, an exit is never a bare refusal, and all is explained (A3, C8)", () => {
    fc.assert(fc.property(policies, acts, (policy, list) => {
      live(policy, list, ({ state }, command, events) => {
        for (const event of events) {
          if ("why" in event) for (const locale of ["en", "de"] as const) expect(whyText(event.why, locale)).not.toMatch(/[{}]/);
        }
        if (command.type === "Exit") {
          const outcomes = events.filter(({ type }) => ["StayClosed", "ExitWithoutEntry", "PaymentDemanded", "AttendantCalled"].includes(type));
          expect(outcomes.length).toBe(1);
        }
        const opened = events.find((event) => event.type === "StayOpened");
        if (command.type !== "Enter" || opened?.type !== "StayOpened") return;
        for (const [id, spaces] of [["all", 6], [opened.group, 4]] as const) expect(countOf(state, id).stays).toBeLessThanOrEqual(spaces);
      });
    }), settings);
  });

  test("one open stay of a parker, and of a credential (C1)", () => {
    fc.assert(fc.property(policies, acts, (policy, list) => {
      live(policy, list, ({ state }) => {
        for (const account of state.accounts.values()) {
          const parkers = [...account.open].map((id) => account.stays.get(id)?.parker);
          expect(new Set(parkers).size).toBe(parkers.length);
        }
      });
    }), { ...settings, numRuns: Math.ceil(RUNS / 2) });
  });
});
