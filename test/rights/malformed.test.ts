/** A scenario file with a mistake is not run; every mistake names its line. A wrong expectation is told with what came. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { openScenarioDesk } from "../../src/app/scenario-desk.ts";
import { runScenarioFiles } from "../../src/rights/command.ts";

const folder = mkdtempSync(join(tmpdir(), "gatehouse-scenario-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const step = '  - {at: "2026-03-02 08:00", enter: {plate: A}}';

test.each([
  ["no YAML", "title: [", 1],
  ["an unknown key", `title: x\nfacilty: {}\nsteps:\n${step}`, 2],
  ["a policy value nobody knows", `title: x\npolicy: {doubleEntry: maybe}\nsteps:\n${step}`, 2],
  ["a zone nobody knows", `title: x\nfacility: {timeZone: Europe/Atlantis}\nsteps:\n${step}`, 2],
  ["an alias", `title: &a x\nseed: *a\nsteps:\n${step}`, 2],
  ["an amount finer than a cent", `title: x\nfacility: {tariff: {perStartedHour: 0.125}}\nsteps:\n${step}`, 2],
  ["a step nobody knows", `title: x\nsteps:\n${step}\n  - {at: "2026-03-02 08:00", fly: {plate: A}}`, 4],
  ["two acts in one step", `title: x\nsteps:\n  - {at: "2026-03-02 08:00", enter: {plate: A}, exit: {plate: A}}`, 3],
  ["a day that is none", `title: x\nsteps:\n  - {at: "2026-02-30 08:00", enter: {plate: A}}`, 3],
  ["time that goes back", `title: x\nsteps:\n${step}\n  - {at: "2026-03-02 07:59", exit: {plate: A}}`, 4],
  ["an account nobody has", `title: x\nsteps:\n  - {at: "2026-03-02 08:00", charges: {account: z}}`, 3],
  ["what cannot be expected", `title: x\nsteps:\n  - {at: "2026-03-02 08:00", pay: {plate: A}, expect: {admit: contract}}`, 3],
  ["a duration that is none", `title: x\npolicy: {exitGrace: 15m}\nsteps:\n${step}`, 2],
])("%s is told with its line", async (name, text, line) => {
  const file = join(folder, `${name.replace(/\W/g, "-")}.yaml`);
  writeFileSync(file, text);
  const { lines, passed, failed } = await runScenarioFiles([file], openScenarioDesk);
  expect(lines[0]).toMatch(new RegExp(`^${file}:${line}: .`));
  expect([passed, failed]).toEqual([0, 1]);
});

test("a wrong expectation fails, with step, time, expected and got; the others still count", async () => {
  const wrong = join(folder, "wrong.yaml");
  const right = join(folder, "right.yaml");
  writeFileSync(wrong, `title: x\nsteps:\n  - {at: "2026-03-02 08:00", enter: {plate: A}, expect: {admit: contract}}`);
  writeFileSync(right, `title: x\nsteps:\n${step}`);
  expect(await runScenarioFiles([wrong, right, join(folder, "absent.yaml")], openScenarioDesk)).toMatchObject({
    passed: 1, failed: 2,
    lines: [`${wrong}:3: step 1 at 2026-03-02 08:00: expected {admit: contract}, got {admit: shortTerm, group: shortTerm}`, expect.stringContaining("cannot be read")],
  });
});
