/** The lab's trace of a scenario: it says what the scenario's own run says, and it stays small. */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openScenarioDesk } from "../../src/app/scenario-desk.ts";
import { present } from "../../src/kernel/assert.ts";
import { readScenario } from "../../src/rights/scenario/read.ts";
import { type Trace, TRACE_MAX, traceScenario, withPolicy } from "../../src/rights/scenario/trace.ts";

const given = "test/rights/scenarios/given";
const goOn = async (): Promise<boolean> => true;

async function traceOf(text: string, policy: Readonly<Record<string, unknown>> = {}): Promise<Trace> {
  const read = readScenario(text);
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  const changed = withPolicy(read.value, policy);
  if (!changed.ok) throw new Error(JSON.stringify(changed.error));
  const traced = await traceScenario(changed.value, openScenarioDesk, goOn);
  if (!traced.ok) throw new Error(JSON.stringify(traced.error));
  return traced.value;
}
const fileOf = (name: string): string => readFileSync(join(given, `${name}.yaml`), "utf8");
const lastOf = (trace: Trace) => present(trace.steps.at(-1), "last step");

describe("a trace", () => {
  test.each(readdirSync(given))("of %s fits every expectation, and its bars have no gaps", async (file) => {
    const trace = await traceOf(readFileSync(join(given, file), "utf8"));
    expect(trace.steps.filter(({ fits }) => !fits)).toEqual([]);
    for (const { bars, at } of trace.steps) {
      for (const { segments, enteredAt, endedAt } of bars) {
        const joints = segments.slice(1).map((segment, i) => segment.from === segments[i]?.to);
        expect(joints.every((joined) => joined)).toBe(true);
        if (segments[0]) expect(segments[0].from).toBe(enteredAt);
        expect(segments.at(-1)?.to ?? enteredAt).toBeLessThanOrEqual(endedAt ?? at);
      }
    }
  });

  test("shows who owes what, why, and when charging stopped", async () => {
    const last = lastOf(await traceOf(fileOf("two-cars-beyond-the-contingent")));
    expect(last.owed.map(({ label, amountMinor }) => [label, amountMinor])).toEqual([["A", 0], ["B", 400], ["C", 400]]);
    expect(last.bars.map(({ label, segments }) => `${label}: ${segments.map(({ cover }) => cover).join(", ")}`)).toEqual([
      "A: contract", "B: uncovered, contract", "C: uncovered, contract",
    ]);
    expect(last.bars[1]?.why.map(({ rule }) => rule)).toEqual(["overflowPays", "onAccount", "due"]);
  });

  test("with a changed policy says what comes instead", async () => {
    const text = fileOf("neutral-pay-as-you-go-waived");
    const [waived, charged] = [lastOf(await traceOf(text)), lastOf(await traceOf(text, { neutralProof: "charge" }))];
    expect([waived.fits, charged.fits]).toEqual([true, false]);
    const sum = ({ owed }: typeof waived): number => owed.reduce((total, { amountMinor }) => total + (amountMinor ?? Number.NaN), 0);
    expect(sum(charged)).toBeGreaterThan(sum(waived));
  });
});

describe("limits", () => {
  const step = (at: string): string => `  - {at: "${at}", count: {}}`;
  test.each([
    ["steps", `title: x\nsteps:\n${Array.from({ length: TRACE_MAX.steps + 1 }, () => step("2026-03-02 08:00")).join("\n")}`],
    ["contracts", `title: x\naccounts: {a: {contracts: ${TRACE_MAX.contracts + 1}}}\nsteps:\n${step("2026-03-02 08:00")}`],
    ["days", `title: x\nsteps:\n${step("2026-03-02 08:00")}\n${step("2028-03-02 08:00")}`],
  ])("too many %s are refused before anything is run", async (what, text) => {
    const read = readScenario(text);
    if (!read.ok) throw new Error(JSON.stringify(read.error));
    const traced = await traceScenario(read.value, () => { throw new Error("a desk was opened"); }, goOn);
    expect(traced).toMatchObject({ ok: false, error: { type: "tooMuch", what } });
  });

  test("a run without time left ends between two steps and names the next", async () => {
    const read = readScenario(`title: x\nsteps:\n${step("2026-03-02 08:00")}\n${step("2026-03-02 09:00")}`);
    if (!read.ok) throw new Error(JSON.stringify(read.error));
    let left = 1;
    const traced = await traceScenario(read.value, openScenarioDesk, async () => (left -= 1) >= 0);
    expect(traced).toEqual({ ok: false, error: { type: "tooLong", step: 2 } });
  });

  test("a policy value nobody knows is told", () => {
    const read = readScenario(`title: x\nsteps:\n${step("2026-03-02 08:00")}`);
    if (!read.ok) throw new Error(JSON.stringify(read.error));
    expect(withPolicy(read.value, { overflow: "maybe" })).toMatchObject({ ok: false, error: [{ line: 1, message: expect.stringContaining("policy.overflow") }] });
  });
});
