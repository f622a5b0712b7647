/** The Rule lab: runs a scenario at a desk of its own. What is wrong with one is told with its line. */
import { setImmediate as pause } from "node:timers/promises";
import type { RecordedRights } from "../../rights/desk/event.ts";
import type { Policy } from "../../rights/policy.ts";
import { type Problem, readScenario } from "../../rights/scenario/read.ts";
import { type TraceRefusal, type TracedStep, traceScenario, withPolicy } from "../../rights/scenario/trace.ts";
import { type Why, whyText } from "../../rights/why.ts";
import type { Routes } from "../contract/routes.ts";
import type { LabStep } from "../contract/rule-lab.ts";
import type { WhyView } from "../contract/rights-words.ts";
import { type Trouble, trouble } from "../http/problem.ts";
import type { RouteHandler } from "../http/reply.ts";
import type { Site } from "../site.ts";

type LabRoutes = Pick<Routes, "runScenario">;

/** Runs at once in one process; each shares the lanes' processor. */
const RUNS_MAX = 2;
/** A page-long scenario takes some ten milliseconds. */
const RUN_MS_MAX = 2_000;
/** More mistakes than this do not help. */
const PROBLEMS_MAX = 20;

export function ruleLabHandlers(site: Site): { readonly [N in keyof LabRoutes]: RouteHandler<LabRoutes[N]> } {
  let running = 0;
  return {
    runScenario: async ({ body }) => {
      if (running >= RUNS_MAX) return { trouble: trouble("tooBusy", "Other scenarios are being run.", { retryAfterSeconds: 1 }) };
      const read = readScenario(body.scenario);
      if (!read.ok) return { trouble: mistakes(read.error) };
      const changed = withPolicy(read.value, body.policy);
      if (!changed.ok) return { trouble: mistakes(changed.error) };
      running += 1;
      try {
        const began = performance.now();
        const traced = await traceScenario(changed.value, site.openScenarioDesk, async () => {
          await pause();
          return performance.now() - began < RUN_MS_MAX;
        });
        if (!traced.ok) return { trouble: refusedRun(traced.error) };
        const { file, zone, currency } = changed.value;
        const steps = traced.value.steps.map(stepView);
        return { answer: { title: file.title, zone: zone.name, currency, policy: policyView(traced.value.policy), steps } };
      } finally {
        running -= 1;
      }
    },
  };
}

function mistakes(problems: readonly Problem[]): Trouble {
  const errors = problems.slice(0, PROBLEMS_MAX).map(({ line, message }) => ({ path: "/scenario", line, message }));
  const [first] = errors;
  return trouble("scenarioNotUnderstood", first ? `Line ${first.line}: ${first.message}` : undefined, {
    errors, next: "Put it right and run it again.",
  });
}

function refusedRun(refusal: TraceRefusal): Trouble {
  switch (refusal.type) {
    case "tooMuch":
      return trouble("scenarioTooLarge", `It has ${refusal.found} ${refusal.what}; the lab takes ${refusal.most}.`, {
        next: "Make it smaller, or run it with `gatehouse scenario`.",
      });
    case "tooLong":
      return trouble("scenarioTooLarge", `Step ${refusal.step} was not reached within ${RUN_MS_MAX / 1_000} s.`, {
        next: "Make it smaller, or run it with `gatehouse scenario`.",
      });
    case "notBegun":
      return mistakes([{ line: refusal.failure.line, message: `${refusal.failure.expected}: ${refusal.failure.got}` }]);
  }
}

const whyView = (why: Why): WhyView => ({
  rule: why.rule, rules: why.rules, policy: why.policy ?? null, facts: { ...why.facts }, text: { en: whyText(why, "en"), de: whyText(why, "de") },
});

function stepView(step: TracedStep): LabStep {
  return {
    number: step.number, line: step.line, at: step.at, name: step.name, act: step.act,
    expected: step.expected, got: step.got, fits: step.fits,
    events: step.events.map(eventView), why: step.why.map(whyView),
    groups: [...step.groups], owed: [...step.owed],
    bars: step.bars.map((bar) => ({
      stay: bar.stay, label: bar.label, account: bar.account, parker: bar.parker, from: bar.enteredAt, to: bar.endedAt,
      segments: bar.segments.map(({ from, to, cover, right }) => ({ from, to, cover: { type: cover, right } })),
      neutral: bar.neutralAt === null ? null : { from: bar.neutralAt, to: bar.provenAt ?? bar.endedAt },
      amountMinor: bar.amountMinor, paidMinor: bar.paidMinor, payer: bar.payer, why: bar.why.map(whyView),
    })),
  };
}

const eventView = ({ type, at: _at, ...data }: RecordedRights): LabStep["events"][number] =>
  ({ type, data: JSON.stringify(data, (key, value: unknown) => (key === "why" || key === "tariff" ? undefined : value)) });

/** Durations as the file writes them. */
function policyView(policy: Policy): Record<string, string | number | boolean | null> {
  const { bookingEarlyTolerance, bookingLateTolerance, exitGrace, erasePlateAfter, ...plain } = policy;
  const durations = { bookingEarlyTolerance, bookingLateTolerance, exitGrace, erasePlateAfter };
  return { ...plain, ...Object.fromEntries(Object.entries(durations).map(([key, ms]) => [key, `PT${ms / 1_000}S`])) };
}
