/** Every scenario runs through the real decider, journal and vault: those given as requirements, and ours. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openScenarioDesk } from "../../src/app/scenario-desk.ts";
import { runScenarioFile } from "../../src/rights/command.ts";

const folder = (name: string): readonly string[] => {
  const path = join("test/rights/scenarios", name);
  return readdirSync(path).filter((file) => file.endsWith(".yaml")).sort().map((file) => join(path, file));
};
const GIVEN_MIN = 36;
const OWN_MIN = 20;

describe.each([["given", GIVEN_MIN], ["own", OWN_MIN]] as const)("%s scenarios", (name, least) => {
  const files = folder(name);
  test("none is missing", () => expect(files.length).toBeGreaterThanOrEqual(least));
  test.each(files)("%s", async (file) => {
    expect(await runScenarioFile(file, openScenarioDesk)).toEqual([]);
  });
});
