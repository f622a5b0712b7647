/**
 * Facts from before what a desk keeps: worked out again from the journal, they charge what a desk that forgets nothing
 * would have charged.
 */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalJson } from "../../kernel/canonical.ts";
import { DAY } from "../../kernel/instant.ts";
import { chargeable, coverage } from "../coverage/coverage.ts";
import { totalOf } from "../coverage/price.ts";
import { type Act, type Told, acts, allStays, live, policies } from "../testing/desks.ts";
import { runsOf, settingsOf } from "../testing/runs.ts";
import { chargesOf, tariffsOf } from "./billing.ts";
import { decideRights } from "./decide.ts";
import { sceneOf, segmentsUntil } from "./covering.ts";
import { zoneAt } from "./deciding.ts";
import type { RecordedRights } from "./event.ts";
import { evolveRights } from "./evolve.ts";
import { asOf, settlePast } from "./past.ts";
import { factOf } from "./past-facts.ts";
import { type Rights, emptyRights } from "./state.ts";

const RUNS = runsOf(process.env, 40);
const settings = settingsOf(process.env, RUNS);
const REACH_HERE = 5 * DAY;

const lateActs = fc.array(fc.tuple(acts, fc.array(fc.record({
  wait: fc.integer({ min: 0, max: 8 }), kind: fc.constantFrom(41, 42, 43, 44, 30, 0, 1, 9), back: fc.nat(100),
  who: fc.constantFrom("firm0", "firm1", "firm2", "mia0", "mia1"),
}), { minLength: 4, maxLength: 12 })), { minLength: 2, maxLength: 4 }).map((parts): readonly Act[] => parts.flatMap(([some, late]) => [
  ...some, { kind: 21, who: "firm0", wait: 2, back: 0 }, { kind: 21, who: "mia0", wait: 0, back: 0 },
  { kind: 37, who: "x1", wait: 700, back: 1 }, { kind: 0, who: "firm2", wait: 1, back: 0 }, { kind: 0, who: "mia2", wait: 1, back: 0 },
  { kind: 30, who: "firm0", wait: 1, back: 0 }, { kind: 30, who: "mia0", wait: 0, back: 0 }, ...late,
]));

/** Everything that is waiting is worked out from the events and told. */
function settleAll(state: Rights, events: RecordedRights[], now: number): number {
  let settled = 0;
  for (const account of state.accounts.values()) {
    const { past } = account;
    if (past === null) continue;
    const facts = emptyRights(REACH_HERE, false);
    for (const event of JSON.parse(JSON.stringify(events)) as RecordedRights[]) {
      const fact = factOf(facts, event, account.id);
      if (fact) evolveRights(facts, fact);
    }
    const work = settlePast(facts, state, account.id, past.since);
    let step = work.next();
    while (!step.done) step = work.next();
    if (!step.value.ok) throw new Error(step.value.error.type);
    const told = decideRights(state, { type: "SettlePast", account: account.id, asOf: asOf(account), settled: JSON.parse(JSON.stringify(step.value.value)) }, { now, actor: null });
    expect(told.refusal).toBeNull();
    expect(account.past).toBeNull();
    events.push(...told.events);
    settled += 1;
  }
  return settled;
}

type Opened = Extract<RecordedRights, { readonly type: "StayOpened" }>;

/** What every stay of an account should have been charged, and what statements and the desk say it was. */
function amountsOf({ state, memories, now }: Told, events: readonly RecordedRights[], id: string): { readonly should: object; readonly is: object } {
  const account = state.accounts.get(id);
  const memory = memories.get(id);
  if (!account || !memory) throw new Error("no account");
  const truth = coverage({ scene: { ...sceneOf(state, account), booked: [...memory.booked.values()] }, stays: [...memory.facts.values()] }, now);
  for (const stay of allStays(account)) expect(segmentsUntil(state, account, stay, now), stay.id).toEqual(truth.get(stay.id) ?? []);
  const stated = new Map<string, number>();
  for (const event of events) {
    if (event.type !== "StatementIssued" || event.statement.account !== id) continue;
    for (const line of event.statement.lines) if (line.type !== "contractFee") stated.set(line.item, (stated.get(line.item) ?? 0) + line.amountMinor);
  }
  const charges = chargesOf(state, account, now);
  if (!charges.ok) throw new Error("not priced");
  const open = new Map(charges.value.items.map((item) => [item.id, item.amountMinor]));
  const opened = events.filter((event): event is Opened => event.type === "StayOpened" && event.account === id && event.payer === "account" && memory.facts.has(event.stay));
  const priced = (event: Opened): number => {
    const charged = chargeable(truth.get(event.stay) ?? []);
    const total = charged.length === 0 ? 0 : totalOf(charged, tariffsOf(state, account, event.agreement), zoneAt(state));
    return typeof total === "number" ? total : total.ok ? total.value : -1;
  };
  return {
    should: Object.fromEntries(opened.map((event) => [event.stay, priced(event)])),
    is: Object.fromEntries(opened.map(({ stay }) => [stay, (stated.get(stay) ?? 0) + (open.get(stay) ?? 0)])),
  };
}

describe("a fact from before what the desk keeps", () => {
  test("late exits and contracts dated back charge what a desk that forgets nothing would have, and the journal folded anew says the same (I2, F7, F9)", () => {
    let settled = 0;
    let lines = 0;
    fc.assert(fc.property(policies, lateActs, (policy, list) => {
      const all: RecordedRights[] = [];
      const { state } = live(policy, list, (told, _command, events) => {
        all.push(...events);
        const count = settleAll(told.state, all, told.now);
        if (count === 0) return;
        settled += count;
        for (const id of ["firm", "mia"]) {
          const { should, is } = amountsOf(told, all, id);
          expect(is).toEqual(should);
        }
      }, REACH_HERE);
      const again = emptyRights(REACH_HERE);
      for (const event of JSON.parse(JSON.stringify(all)) as RecordedRights[]) evolveRights(again, event);
      expect(canonicalJson(again)).toBe(canonicalJson(state));
      lines += all.flatMap((event) => (event.type === "StatementIssued" ? event.statement.lines : [])).filter((line) => line.type === "correction" && line.why).length;
    }), settings);
    if (RUNS >= 40) expect([settled > 50, lines > 2]).toEqual([true, true]);
  });
});
