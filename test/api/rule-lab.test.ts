/** The Rule lab over HTTP: a scenario runs, mistakes come with their line, nothing reaches a car park. */
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { RunScenarioAnswer } from "../../src/api/contract/rule-lab.ts";
import { json, startTestSite, type TestSite } from "./harness.ts";

let site: TestSite;
beforeAll(async () => { site = await startTestSite(); });
afterAll(async () => site.stop());

const run = async (scenario: string, policy: Readonly<Record<string, unknown>> = {}) => site.app.inject({
  method: "POST", url: "/api/v1/rule-lab/run", headers: json(await site.cookie("attendant")), payload: JSON.stringify({ scenario, policy }),
});
const file = readFileSync("test/rights/scenarios/given/one-car-beyond-the-contingent.yaml", "utf8");

test("every step comes with its decision, its sentence in both languages, who is where, and the timeline", async () => {
  const answer = await run(file);
  expect(answer.statusCode).toBe(200);
  const { steps, policy, currency } = answer.json<RunScenarioAnswer>();
  expect([currency, policy["overflow"], policy["exitGrace"], steps[0]?.name]).toEqual(["EUR", "payAsYouGo", "PT900S", "begin"]);
  expect(steps.every(({ fits }) => fits)).toBe(true);
  const pays = steps.flatMap(({ why }) => why).find(({ rule }) => rule === "overflowPays");
  expect(pays?.text.en).toMatch(/contracts are in use/);
  expect(pays?.text.de).toMatch(/Verträge sind belegt/);
  expect(steps.at(-1)?.bars.length).toBeGreaterThan(1);
});

test("a changed policy changes what comes back", async () => {
  const got = (answer: RunScenarioAnswer): readonly string[] => answer.steps.map((step) => step.got);
  const [written, changed] = [await run(file), await run(file, { overflow: "refuse" })];
  expect(got(changed.json())).not.toEqual(got(written.json()));
});

test.each([
  ["no YAML", "title: [", 1],
  ["an unknown key", 'title: x\nfacilty: {}\nsteps:\n  - {at: "2026-03-02 08:00", enter: {plate: A}}', 2],
  ["a day that is none", 'title: x\nsteps:\n  - {at: "2026-02-30 08:00", enter: {plate: A}}', 3],
])("%s is a problem that names the line", async (_name, scenario, line) => {
  const answer = await run(scenario);
  expect(answer.statusCode).toBe(422);
  expect(answer.headers["content-type"]).toContain("application/problem+json");
  expect(answer.json()).toMatchObject({ code: "scenarioNotUnderstood", errors: [{ path: "/scenario", line }], next: expect.any(String) });
});

test("what is too large is told with the lab's limit", async () => {
  const answer = await run('title: x\naccounts: {a: {contracts: 5000}}\nsteps:\n  - {at: "2026-03-02 08:00", enter: {plate: A}}');
  expect([answer.statusCode, answer.json<{ code: string; detail: string }>().code]).toEqual([422, "scenarioTooLarge"]);
  expect(answer.json<{ detail: string }>().detail).toBe("It has 5000 contracts; the lab takes 200.");
});

test("no car park's journal moves", async () => {
  const before = site.running.owners.map(({ seq }) => seq);
  await run(file);
  expect(site.running.owners.map(({ seq }) => seq)).toEqual(before);
});
