/**
 * Reads a scenario file.
 *
 *   text -> YAML -> schema -> its zone, its times -> Scenario | problems with their line
 *
 * Promise: a file with any problem is not run at all, and every problem names its line and what is wrong.
 */
import { LineCounter, parseDocument, visit } from "yaml";
import type { z } from "zod";
import { DAY, HOUR, type Instant, MINUTE, SECOND } from "../../kernel/instant.ts";
import { minorOf } from "../../kernel/money.ts";
import { type Result, err, ok } from "../../kernel/result.ts";
import { type Zone, zoneOf } from "../../kernel/zone.ts";
import { type Path, lineOf } from "./place.ts";
import { type Act, STEPS, type ScenarioFile, type StepName, scenarioFile } from "./schema.ts";

export type Problem = { readonly line: number; readonly message: string };

/** A step does one thing; `expect` is compared with what came back. */
export type Step = {
  [K in StepName]: {
    readonly name: K; readonly act: Act<K>; readonly at: Instant; readonly expect: Readonly<Record<string, unknown>> | null;
    /** From 1, and its line in the file. */
    readonly number: number; readonly line: number;
  };
}[StepName];
export type Scenario = { readonly file: ScenarioFile; readonly zone: Zone; readonly currency: string; readonly steps: readonly Step[] };

/** Longest file read; the longest given has 2,000 characters. */
const FILE_CHARS_MAX = 1_000_000;
const CURRENCY_DEFAULT = "EUR";

export function readScenario(text: string): Result<Scenario, readonly Problem[]> {
  if (text.length > FILE_CHARS_MAX) return err([{ line: 1, message: `longer than ${FILE_CHARS_MAX} characters` }]);
  const lines = new LineCounter();
  const doc = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const problems: Problem[] = doc.errors.map((error) => ({ line: lines.linePos(error.pos[0]).line, message: error.message }));
  // A small file must not unfold into a large one.
  visit(doc, { Alias: (_key, node) => {
    problems.push({ line: lines.linePos(node.range?.[0] ?? 0).line, message: `alias *${node.source}: aliases are not used here` });
  } });
  if (problems.length > 0) return err(problems);
  const at = (path: Path): number => lineOf(doc, lines, path);
  const parsed = scenarioFile.safeParse(doc.toJS());
  if (!parsed.success) return err(issuesOf(parsed.error, [], at));
  const file = parsed.data;
  const zone = zoneOf(file.facility?.timeZone ?? "Europe/Vienna");
  if (!zone.ok) return err([{ line: at(["facility", "timeZone"]), message: `unknown time zone ${zone.error.name}` }]);
  const currency = file.facility?.tariff?.currency ?? CURRENCY_DEFAULT;
  const steps = file.steps.flatMap((step, index) => readStep(step, index, zone.value, at, problems));
  steps.forEach((step, i) => {
    const before = steps[i - 1];
    if (before && step.at < before.at) problems.push({ line: step.line, message: `at lies before the step above` });
  });
  checkValues(file, zone.value, currency, steps, at, problems);
  return problems.length > 0 ? err([...problems].sort((a, b) => a.line - b.line)) : ok({ file, zone: zone.value, currency, steps });
}

function issuesOf(error: z.ZodError, below: Path, at: (path: Path) => number): readonly Problem[] {
  return error.issues.flatMap((issue): readonly Problem[] => {
    const path = [...below, ...issue.path.filter((step) => typeof step !== "symbol")];
    const where = path.length === 0 ? "" : `${path.join(".")}: `;
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) => ({ line: at([...path, key]), message: `${where}unknown key \`${key}\`` }));
    }
    return [{ line: at(path), message: `${where}${issue.message}` }];
  });
}

function readStep(
  step: Readonly<Record<string, unknown>>, index: number, zone: Zone, lineAt: (path: Path) => number, problems: Problem[],
): readonly Step[] {
  const path: Path = ["steps", index];
  const line = lineAt(path);
  const no = (message: string): readonly Step[] => {
    problems.push({ line, message: `step ${index + 1}: ${message}` });
    return [];
  };
  const { at, expect, ...rest } = step;
  if (typeof at !== "string") return no("at is missing");
  const instant = zone.parseLocal(at);
  if (!instant.ok) return no(`at: not a local time: ${at}`);
  const [name, ...more] = Object.keys(rest);
  if (name === undefined || more.length > 0) return no("a step does one thing");
  if (!isStepName(name)) return no(`unknown step \`${name}\``);
  const act = STEPS[name].act.safeParse(rest[name]);
  if (!act.success) return problems.push(...issuesOf(act.error, [...path, name], lineAt)), [];
  if (expect !== undefined) {
    const expected = (STEPS[name].expect as z.ZodType).safeParse(expect);
    if (!expected.success) return no(`expect: ${JSON.stringify(expect)} cannot be expected of ${name}`);
  }
  return [{
    name, act: act.data, at: instant.value, number: index + 1, line,
    expect: expect === undefined ? null : (expect as Readonly<Record<string, unknown>>),
  } as Step];
}

const isStepName = (name: string): name is StepName => Object.hasOwn(STEPS, name);

/** Times and amounts that the schema cannot judge: a date of the calendar, whole cents. */
function checkValues(
  file: ScenarioFile, zone: Zone, currency: string, steps: readonly Step[], at: (path: Path) => number, problems: Problem[],
): void {
  const time = (text: string | undefined, path: Path): void => {
    if (text === undefined || zone.parseLocal(text).ok) return;
    problems.push({ line: at(path), message: `${path.join(".")}: not a local time: ${text}` });
  };
  const money = (value: number | undefined, path: Path): void => {
    if (value === undefined || minorOf(value, currency).ok) return;
    problems.push({ line: at(path), message: `${path.join(".")}: not an amount of ${currency}` });
  };
  money(file.facility?.tariff?.perStartedHour, ["facility", "tariff", "perStartedHour"]);
  money(file.facility?.tariff?.maxPerDay?.amount, ["facility", "tariff", "maxPerDay", "amount"]);
  for (const [id, account] of Object.entries(file.accounts ?? {})) {
    if (Array.isArray(account.contracts)) {
      account.contracts.forEach((contract, i) => {
        time(contract.from, ["accounts", id, "contracts", i, "from"]);
        time(contract.until, ["accounts", id, "contracts", i, "until"]);
      });
    }
    if (typeof account.payAsYouGo === "object") {
      time(account.payAsYouGo.from, ["accounts", id, "payAsYouGo", "from"]);
      time(account.payAsYouGo.until, ["accounts", id, "payAsYouGo", "until"]);
      money(account.payAsYouGo.tariff?.perStartedHour, ["accounts", id, "payAsYouGo", "tariff", "perStartedHour"]);
    }
  }
  for (const step of steps) {
    const path: Path = ["steps", step.number - 1, step.name];
    if (step.name === "book") { time(step.act.from, [...path, "from"]); time(step.act.to, [...path, "to"]); }
    if (step.name === "closeStay") { time(step.act.enteredAt, [...path, "enteredAt"]); time(step.act.exitedAt, [...path, "exitedAt"]); }
    const account = step.act !== null && "account" in step.act ? step.act.account : undefined;
    if (account !== undefined && !Object.hasOwn(file.accounts ?? {}, account)) {
      problems.push({ line: step.line, message: `step ${step.number}: there is no account ${account}` });
    }
  }
}

/** `PT1H30M` in milliseconds; the schema has checked the form. */
export function durationMs(text: string): number {
  const match = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(text);
  const part = (index: number): number => Number(match?.[index] ?? 0);
  return part(1) * DAY + part(2) * HOUR + part(3) * MINUTE + part(4) * SECOND;
}
