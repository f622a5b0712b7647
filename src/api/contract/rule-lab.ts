/**
 * The Rule lab: a scenario is run in memory through the real decider, with its policy as written or changed. Nothing
 * of it is kept, and no car park hears of it.
 */
import { z } from "zod";
import { OPERATORS } from "./access.ts";
import type { RouteShape } from "./route.ts";
import { segment, why } from "./rights-words.ts";
import { amountMinor, currency, instant } from "./words.ts";

/** Longest scenario; the longest of ours has 2,500 characters. */
export const SCENARIO_CHARS_MAX = 30_000;
/** Plates of the lab's cars; a statement line of so many charges stays readable. */
const NAME_CHARS_MAX = 60;

export const runScenarioBody = z.strictObject({
  /** YAML, in the form of `gatehouse scenario`. */
  scenario: z.string().max(SCENARIO_CHARS_MAX),
  /** Instead of what the scenario says of the same keys; values as in the file. */
  policy: z.record(z.string().max(NAME_CHARS_MAX), z.union([z.string().max(NAME_CHARS_MAX), z.number(), z.boolean(), z.null()])),
});
export type RunScenarioBody = z.infer<typeof runScenarioBody>;

/** Everything charged to an account, billed or not, or priced at the machine; null: the tariff has no price. */
const owed = z.strictObject({ account: z.string().nullable(), label: z.string(), amountMinor: amountMinor.nullable(), paidMinor: amountMinor });
export type LabOwed = z.infer<typeof owed>;
/** A car's stay up to the step; drawn as those of an account's timeline. */
const labBar = z.strictObject({
  stay: z.string(), label: z.string(), account: z.string().nullable(), parker: z.string().nullable(), from: instant,
  /** When it counts as ended; null: still inside. */
  to: instant.nullable(),
  segments: z.array(segment), neutral: z.strictObject({ from: instant, to: instant.nullable() }).nullable(),
  amountMinor: amountMinor.nullable(), paidMinor: amountMinor, payer: z.enum(["account", "machine", "provider"]), why: z.array(why),
});
export type LabBar = z.infer<typeof labBar>;
const labStep = z.strictObject({
  /** From 1; 0 is the beginning, before the first step. */
  number: z.int(), line: z.int(), at: instant, name: z.string(), act: z.string(),
  expected: z.string().nullable(), got: z.string(), fits: z.boolean(),
  events: z.array(z.strictObject({ type: z.string(), data: z.string() })),
  why: z.array(why),
  groups: z.array(z.strictObject({ group: z.string(), stays: z.int(), adjustments: z.int(), spaces: z.int() })),
  owed: z.array(owed),
  bars: z.array(labBar),
});
export type LabStep = z.infer<typeof labStep>;

export const runScenarioAnswer = z.strictObject({
  title: z.string(), zone: z.string(), currency,
  /** In force at the beginning, every key, as the file writes it. */
  policy: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  steps: z.array(labStep),
});
export type RunScenarioAnswer = z.infer<typeof runScenarioAnswer>;

export const ruleLabRoutes = {
  runScenario: {
    method: "POST", path: "/rule-lab/run", access: OPERATORS, summary: "Run a scenario in memory, with its policy as written or changed",
    body: runScenarioBody, answer: runScenarioAnswer,
  },
} as const satisfies Record<string, RouteShape>;
