/** The Rule lab: runs a scenario at a desk of its own. What is wrong with one is told with its line. */
import { setImmediate as pause } from "node:timers/promises";
import type { RecordedRights } from "../../rights/desk/event.ts";
import type { Policy } from "../../rights/policy.ts";
import { translator } from "../../messages/message.ts";
import { type Problem, readScenario } from "../../rights/scenario/read.ts";
import { type TraceRefusal, type TracedStep, traceScenario, withPolicy } from "../../rights/scenario/trace.ts";
import { type Why, whyText } from "../../rights/why.ts";
import type { Routes } from "../contract/routes.ts";
import type { LabStep } from "../contract/rule-lab.ts";
import type { WhyView } from "../contract/rights-words.ts";
import type { Locale } from "../contract/words.ts";
import { type Trouble, trouble } from "../http/problem.ts";
import type { RouteHandler } from "../http/reply.ts";
import type { Site } from "../site.ts";

type LabRoutes = Pick<Routes, "runScenario">;

const t = translator({
  busy: "Other scenarios are being run.", mistake: "Line {line}: {message}.", mistakeNext: "Put it right and run it again.",
  "tooMany.steps": "It has {found} steps; the lab takes {most}.", "tooMany.contracts": "It has {found} contracts; the lab takes {most}.",
  "tooMany.parkers": "It has {found} parkers; the lab takes {most}.", "tooMany.days": "It goes over {found} days; the lab takes {most}.",
  tooLong: "Step {step} was not reached within {seconds} s.", tooLargeNext: "Make it smaller, or run it with `gatehouse scenario`.",
}, {
  busy: "Andere Szenarien laufen gerade.", mistake: "Zeile {line}: {message}.", mistakeNext: "Berichtigen und noch einmal laufen lassen.",
  "tooMany.steps": "Es hat {found} Schritte; das Labor nimmt {most}.", "tooMany.contracts": "Es hat {found} Verträge; das Labor nimmt {most}.",
  "tooMany.parkers": "Es hat {found} Parker; das Labor nimmt {most}.", "tooMany.days": "Es geht über {found} Tage; das Labor nimmt {most}.",
  tooLong: "Schritt {step} wurde in {seconds} s nicht erreicht.", tooLargeNext: "Kleiner machen oder mit `gatehouse scenario` laufen lassen.",
});

/** Runs at once in one process; each shares the lanes' processor. */
const RUNS_MAX = 2;
/** A page-long scenario takes some ten milliseconds. */
const RUN_MS_MAX = 2_000;
/** More mistakes than this do not help. */
const PROBLEMS_MAX = 20;

export function ruleLabHandlers(site: Site): { readonly [N in keyof LabRoutes]: RouteHandler<LabRoutes[N]> } {
  let running = 0;
  return {
    runScenario: async ({ body, locale }) => {
      if (running >= RUNS_MAX) return { trouble: trouble("tooBusy", t(locale, "busy"), { retryAfterSeconds: 1 }) };
      const read = readScenario(body.scenario);
      if (!read.ok) return { trouble: mistakes(read.error, locale) };
      const changed = withPolicy(read.value, body.policy);
      if (!changed.ok) return { trouble: mistakes(changed.error, locale) };
      running += 1;
      try {
        const began = performance.now();
        const traced = await traceScenario(changed.value, site.openScenarioDesk, async () => {
          await pause();
          return performance.now() - began < RUN_MS_MAX;
        });
        if (!traced.ok) return { trouble: refusedRun(traced.error, locale) };
        const { file, zone, currency } = changed.value;
        const steps = traced.value.steps.map(stepView);
        return { answer: { title: file.title, zone: zone.name, currency, policy: policyView(traced.value.policy), steps } };
      } finally {
        running -= 1;
      }
    },
  };
}

function mistakes(problems: readonly Problem[], locale: Locale): Trouble {
  const errors = problems.slice(0, PROBLEMS_MAX).map(({ line, message }) => ({ path: "/scenario", line, message }));
  const [first] = errors;
  return trouble("scenarioNotUnderstood", first && t(locale, "mistake", first), { errors, next: t(locale, "mistakeNext") });
}

function refusedRun(refusal: TraceRefusal, locale: Locale): Trouble {
  const next = t(locale, "tooLargeNext");
  switch (refusal.type) {
    case "tooMuch": return trouble("scenarioTooLarge", t(locale, `tooMany.${refusal.what}`, refusal), { next });
    case "tooLong": return trouble("scenarioTooLarge", t(locale, "tooLong", { step: refusal.step, seconds: RUN_MS_MAX / 1_000 }), { next });
    case "notBegun": return mistakes([{ line: refusal.failure.line, message: `${refusal.failure.expected}: ${refusal.failure.got}` }], locale);
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
