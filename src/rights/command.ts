/**
 * `gatehouse scenario FILE...`: runs scenarios through the real decider and a journal, and says what differs.
 *
 *   one line per failed expectation, then `N passed, N failed`; exit status 1 if any failed
 */
import { readFileSync } from "node:fs";
import type { Command } from "commander";
import { readScenario } from "./scenario/read.ts";
import { type OpenDesk, runScenario } from "./scenario/run.ts";

export type ScenarioReport = { readonly lines: readonly string[]; readonly passed: number; readonly failed: number };

/** `openDesk` is made when it is needed: a decider over a journal in memory. */
export function addScenarioCommand(program: Command, openDesk: () => Promise<OpenDesk>): void {
  program.command("scenario <file...>")
    .description("Run scenario files (who may park, who pays) and print what differs from what they expect")
    .action(async (files: readonly string[]) => {
      const { lines, passed, failed } = await runScenarioFiles(files, await openDesk());
      process.stdout.write(`${[...lines, `${passed} passed, ${failed} failed`].join("\n")}\n`);
      if (failed > 0) process.exitCode = 1;
    });
}

export async function runScenarioFiles(files: readonly string[], open: OpenDesk): Promise<ScenarioReport> {
  const lines: string[] = [];
  let failed = 0;
  for (const file of files) {
    const found = await runScenarioFile(file, open);
    lines.push(...found);
    if (found.length > 0) failed += 1;
  }
  return { lines, passed: files.length - failed, failed };
}

/** One line for each thing that is wrong; none: the scenario passed. */
export async function runScenarioFile(file: string, open: OpenDesk): Promise<readonly string[]> {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (failure) {
    return [`${file}: cannot be read: ${failure instanceof Error ? failure.message : String(failure)}`];
  }
  const scenario = readScenario(text);
  if (!scenario.ok) return scenario.error.map(({ line, message }) => `${file}:${line}: ${message}`);
  const failures = await runScenario(scenario.value, open);
  return failures.map(({ line, step, at, expected, got }) =>
    `${file}:${line}: step ${step} at ${at}: expected ${expected}, got ${got}`);
}
