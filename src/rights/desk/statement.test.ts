/** Random months at a desk: what is billed, when, and that nothing later changes it. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalJson } from "../../kernel/canonical.ts";
import { DAY, HOUR, MINUTE } from "../../kernel/instant.ts";
import { START, StoryDesk, acts, contract, live, longActs, policies } from "../testing/desks.ts";
import { runsOf, settingsOf } from "../testing/runs.ts";
import { chargesOf, owedBy } from "./billing.ts";
import type { RightsCommand } from "./command.ts";
import { decideRights } from "./decide.ts";

const RUNS = runsOf(process.env, 80);
const settings = settingsOf(process.env, RUNS);

describe("statements", () => {
  test("an issued statement never changes, numbers have no gap, each stay is on one (I2, I3, I4)", () => {
    let corrections = 0;
    let thawed = 0;
    fc.assert(fc.property(policies, longActs, (policy, list) => {
      const issued = new Map<string, string>();
      const numbers: string[] = [];
      const firstLines = new Set<string>();
      const told = live(policy, list, ({ state }, command, events) => {
        for (const event of events) {
          if (event.type !== "StatementIssued") continue;
          numbers.push(event.statement.number);
          for (const line of event.statement.lines) {
            if (line.type === "correction") corrections += 1;
            if (line.type !== "stay" && line.type !== "exitWithoutEntry") continue;
            const key = `${event.statement.account} ${line.item}`;
            expect(firstLines.has(key), key).toBe(false);
            firstLines.add(key);
          }
          const { vat, totalMinor, lines } = event.statement;
          expect(lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(totalMinor);
          if (vat) expect(vat.netMinor + vat.taxMinor).toBe(totalMinor);
        }
        for (const account of state.accounts.values()) {
          if (command.type === "CloseStay" && account.statements.size > 0 && (account.marks[0]?.sweep.at ?? 0) < START) thawed += 1;
          for (const [month, statement] of account.statements) {
            const key = `${account.id} ${month}`;
            const text = canonicalJson(statement);
            expect(issued.get(key) ?? text).toBe(text);
            issued.set(key, text);
          }
        }
        for (const year of new Set(numbers.map((number) => number.slice(2, 6)))) {
          const ofYear = numbers.filter((number) => number.startsWith(`I-${year}-`));
          expect(ofYear).toEqual(ofYear.map((_, i) => `I-${year}-${String(i + 1).padStart(6, "0")}`));
        }
      });
      for (const account of told.state.accounts.values()) {
        const owed = owedBy(told.state, account, told.now);
        const charges = chargesOf(told.state, account, told.now);
        if (!owed.ok || !charges.ok) throw new Error("not priced");
        // What is out of reach of corrections is neither owed nor charged again.
        const known = told.events.flatMap((event) => (event.type === "StatementIssued" && event.statement.account === account.id ? event.statement.lines : []))
          .filter((line) => line.type !== "contractFee" && account.billed.has(line.item));
        const stated = known.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
        expect(stated + charges.value.totalMinor).toBe(owed.value.reduce((sum, { amountMinor }) => sum + amountMinor, 0));
      }
    }), settings);
    if (RUNS >= 80) expect(corrections).toBeGreaterThan(0);
    if (RUNS >= 80) expect(thawed).toBeGreaterThan(0);
  });

  test("what happens at one instant, told in any order, gives the same charges and the same cover (D8)", () => {
    const at: readonly RightsCommand[] = [
      ...["firm0", "firm1", "mia0", "mia1"].map((ref): RightsCommand => ({ type: "Exit", credential: { ref, kind: "plate" } })),
      { type: "SignContract", account: "firm", contract: contract("a9", { from: START + 400 * DAY }) },
      { type: "SignContract", account: "mia", contract: contract("a0") },
      { type: "EndContract", account: "firm", contract: "c1", until: START + 500 * DAY },
    ];
    fc.assert(fc.property(policies, acts, fc.shuffledSubarray(at.map((_, i) => i)), (policy, list, order) => {
      const charged = (indexes: readonly number[]): string => {
        const { state, now } = live({ ...policy, exitWithoutEntryCharge: "none" }, list, () => {});
        for (const i of indexes) decideRights(state, at[i]!, { now: now + HOUR, actor: null });
        const covers = [...state.accounts.values()].flatMap(({ stays }) => [...stays.values()].map(({ id, cover, end }) => [id, end === null ? cover : null]));
        return canonicalJson([covers, [...state.accounts.values()].map((account) => chargesOf(state, account, now + 5 * HOUR))]);
      };
      expect(charged(order)).toBe(charged([...order].sort((a, b) => a - b)));
    }), { ...settings, numRuns: Math.ceil(RUNS / 2) });
  });

  test("of cars that leave and contracts that begin at one instant, any order promotes the same cars to the same contracts (D8)", () => {
    const agreement = { id: "p", from: null, until: null, parkers: null, tariff: null };
    const at: readonly RightsCommand[] = [
      ...["A", "B", "C"].map((ref): RightsCommand => ({ type: "Exit", credential: { ref, kind: "plate" } })),
      { type: "SignContract", account: "firm", contract: contract("c0") },
    ];
    fc.assert(fc.property(fc.shuffledSubarray(at.map((_, i) => i)), (order) => {
      const told = (indexes: readonly number[]): string => {
        const desk = new StoryDesk(START, {}, [
          { type: "SignContract", account: "firm", contract: contract("c1") }, { type: "SignContract", account: "firm", contract: contract("c2") },
          { type: "MakeAgreement", account: "firm", agreement },
        ]);
        for (const ref of ["A", "B", "C", "D", "E"]) desk.enter(ref);
        desk.now += HOUR;
        for (const i of indexes) desk.tell(at[i]!);
        const account = desk.state.accounts.get("firm");
        return canonicalJson([[...account?.stays.values() ?? []].map(({ id, cover, end }) => [id, end === null ? cover : null]), account && chargesOf(desk.state, account, desk.now + DAY)]);
      };
      expect(told(order)).toBe(told([...order].sort((a, b) => a - b)));
    }), { ...settings, numRuns: 60 });
  });

  test("what is out of reach is billed once from what is kept of it; then nothing of it is kept", () => {
    const desk = new StoryDesk(START, {}, [{ type: "MakeAgreement", account: "firm", agreement: { id: "p", from: null, until: null, parkers: null, tariff: null } }]);
    const account = desk.state.accounts.get("firm");
    if (!account) throw new Error("no account");
    for (let day = 0; day < 100; day++) {
      desk.enter("A");
      desk.now += 90 * MINUTE;
      desk.tell({ type: "Exit", credential: { ref: "A", kind: "plate" } });
      desk.now += DAY - 90 * MINUTE;
      if (day === 90) expect([account.stays.has("s1"), account.unbilled.get("s1")?.amountMinor]).toEqual([false, 400]);
    }
    const issued = desk.tell({ type: "IssueStatement", account: "firm", month: "2026-03" }).flatMap((event) => (event.type === "StatementIssued" ? [event.statement] : []));
    // 28 to 31 March; the first two days are out of reach by now.
    expect(issued.map(({ lines, totalMinor }) => [lines.map((line) => "item" in line && line.item), totalMinor])).toEqual([[["s1", "s2", "s3", "s4"], 1600]]);
    expect(issued[0]?.lines[0]).toMatchObject({ type: "stay", from: START, to: START + 90 * MINUTE, chargedMs: 90 * MINUTE, amountMinor: 400 });
    expect(account.unbilled.has("s1")).toBe(false);
    expect(account.marks.length).toBeLessThan(25);
    desk.tell({ type: "IssueStatement", account: "firm", month: "2026-04" });
    desk.tell({ type: "IssueStatement", account: "firm", month: "2026-05" });
    desk.enter("A");
    desk.now += 72 * DAY;
    desk.enter("B");
    // June, and July to the fifth.
    expect([account.unbilled.size, account.stays.size]).toEqual([35, 2]);
    expect(desk.refusalOf({ type: "CloseStay", credential: "A", enteredAt: START, exitedAt: START, reason: "late" })).toBe("noStay");
  });
});
