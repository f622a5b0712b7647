/**
 * Runs a scenario and keeps what each step did: what came back, why, who stands where, who owes what.
 *
 *   Scenario, changed policy --begin, take--> desk --after each step--> TracedStep
 *
 * Promise: limits are looked at before anything is run and between the steps, so a lab beside the lanes stays small.
 */
import { DAY, type Instant } from "../../kernel/instant.ts";
import type { MinorUnits } from "../../kernel/money.ts";
import { type Result, err, ok } from "../../kernel/result.ts";
import { owedBy } from "../desk/billing.ts";
import { countOf } from "../desk/counting.ts";
import { configOf, policyAt } from "../desk/deciding.ts";
import type { RecordedRights } from "../desk/event.ts";
import type { Rights } from "../desk/state.ts";
import type { Policy } from "../policy.ts";
import type { Why } from "../why.ts";
import { type Bar, barsOf } from "./picture.ts";
import { type Problem, type Scenario, type Step } from "./read.ts";
import { type Desk, type Failure, type Got, type OpenDesk, ScenarioRun, differs, plain } from "./run.ts";
import { type PolicyFile, policyFile } from "./schema.ts";

/** `amountMinor` null: the tariff has no price for it. */
export type Owing = {
  readonly account: string | null; readonly label: string; readonly amountMinor: MinorUnits | null; readonly paidMinor: MinorUnits;
};
export type TracedStep = {
  /** 0: the beginning. */
  readonly number: number; readonly line: number; readonly at: Instant; readonly name: string; readonly act: string;
  readonly expected: string | null; readonly got: string; readonly fits: boolean;
  readonly events: readonly RecordedRights[];
  readonly why: readonly Why[];
  readonly groups: readonly { readonly group: string; readonly stays: number; readonly adjustments: number; readonly spaces: number }[];
  readonly owed: readonly Owing[];
  readonly bars: readonly Bar[];
};
export type Trace = { readonly policy: Policy; readonly steps: readonly TracedStep[] };
export type TraceRefusal =
  | { readonly type: "tooMuch"; readonly what: keyof typeof TRACE_MAX; readonly found: number; readonly most: number }
  | { readonly type: "notBegun"; readonly failure: Failure }
  | { readonly type: "tooLong"; readonly step: number };

/** What a lab beside the lanes runs at most; scenarios are a page long, and the command line has no such limits. */
export const TRACE_MAX = { steps: 150, contracts: 200, parkers: 200, days: 400 } as const;

/** The policy's keys of `changes` instead of the scenario's own; or what is wrong with them. */
export function withPolicy(scenario: Scenario, changes: Readonly<Record<string, unknown>>): Result<Scenario, readonly Problem[]> {
  const policy = policyFile.safeParse({ ...scenario.file.policy, ...changes });
  if (policy.success) return ok({ ...scenario, file: { ...scenario.file, policy: policy.data satisfies PolicyFile } });
  return err(policy.error.issues.map((issue) => ({ line: 1, message: `policy.${issue.path.join(".")}: ${issue.message}` })));
}

/** `mayGoOn` is asked before each step; it may pause, and says whether there is time left. */
export async function traceScenario(scenario: Scenario, open: OpenDesk, mayGoOn: () => Promise<boolean>): Promise<Result<Trace, TraceRefusal>> {
  const over = overLimit(scenario);
  if (over) return err(over);
  const desk = await open();
  try {
    return await traceAt(scenario, desk, mayGoOn);
  } finally {
    await desk.close();
  }
}

async function traceAt(scenario: Scenario, desk: Desk, mayGoOn: () => Promise<boolean>): Promise<Result<Trace, TraceRefusal>> {
  const watched = new WatchedDesk(desk);
  const run = new ScenarioRun(scenario, watched);
  const failure = await run.begin();
  if (failure) return err({ type: "notBegun", failure });
  const [first] = scenario.steps;
  const policy = policyAt(desk.state, first?.at ?? 0);
  const steps = [stepOf(watched, null, first?.at ?? 0, {})];
  for (const step of scenario.steps) {
    if (!(await mayGoOn())) return err({ type: "tooLong", step: step.number });
    watched.forget();
    const got = await run.take(step);
    steps.push(stepOf(watched, step, step.at, got));
  }
  return ok({ policy, steps });
}

function overLimit(scenario: Scenario): TraceRefusal | null {
  const { file: { accounts, steps }, steps: [first] } = scenario;
  const all = Object.values(accounts ?? {});
  const last = scenario.steps.at(-1);
  const found: Readonly<Record<keyof typeof TRACE_MAX, number>> = {
    steps: steps.length,
    contracts: all.reduce((sum, { contracts }) => sum + (typeof contracts === "number" ? contracts : contracts?.length ?? 0), 0),
    parkers: all.reduce((sum, { parkers }) => sum + Object.keys(parkers ?? {}).length, 0),
    days: first && last ? Math.ceil((last.at - first.at) / DAY) : 0,
  };
  for (const what of ["steps", "contracts", "parkers", "days"] as const) {
    if (found[what] > TRACE_MAX[what]) return { type: "tooMuch", what, found: found[what], most: TRACE_MAX[what] };
  }
  return null;
}

/** A desk that remembers what a step did and what each credential was called. */
class WatchedDesk implements Desk {
  readonly #desk: Desk;
  readonly #texts = new Map<string, string>();
  readonly decided = new Map<string, Why[]>();
  events: RecordedRights[] = [];

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  get state(): Rights { return this.#desk.state; }
  forget(): void { this.events = []; }
  textOf = (ref: string): string => this.#texts.get(ref) ?? ref;
  close(): Promise<void> { return this.#desk.close(); }
  find(...asked: Parameters<Desk["find"]>): Promise<boolean> { return this.#desk.find(...asked); }

  reference(...[kind, text]: Parameters<Desk["reference"]>): ReturnType<Desk["reference"]> {
    const shown = this.#desk.reference(kind, text);
    this.#texts.set(shown.ref, text);
    return shown;
  }

  async execute(...asked: Parameters<Desk["execute"]>): ReturnType<Desk["execute"]> {
    const done = await this.#desk.execute(...asked);
    if (!done.ok) return done;
    for (const event of done.value) {
      this.events.push(event);
      if (!("stay" in event) || !("why" in event)) continue;
      this.decided.set(event.stay, [...(this.decided.get(event.stay) ?? []), event.why]);
    }
    return done;
  }
}

function stepOf(desk: WatchedDesk, step: Step | null, at: Instant, got: Got): TracedStep {
  const { state, events } = desk;
  const bars = barsOf(state, at, desk.textOf, desk.decided);
  return {
    number: step?.number ?? 0, line: step?.line ?? 1, at, name: step?.name ?? "begin", act: step === null || step.act === null ? "" : plain(step.act),
    expected: step?.expect ? plain(step.expect) : null, got: step === null ? "" : plain(got), fits: step === null || !differs(step, got),
    events: step === null ? [] : events, why: events.flatMap((event) => ("why" in event ? [event.why] : [])),
    groups: configOf(state).groups.map(({ id, spaces }) => ({ group: id, ...countOf(state, id), spaces })),
    owed: owedAt(state, bars, at, desk.textOf), bars,
  };
}

/** By account and what is shown of the credential: everything charged, billed or not, and what was paid at the machine. */
function owedAt(state: Rights, bars: readonly Bar[], at: Instant, textOf: (ref: string) => string): readonly Owing[] {
  const sums = new Map<string, Owing>();
  const add = (account: string | null, label: string, amountMinor: MinorUnits | null, paidMinor: MinorUnits): void => {
    const key = JSON.stringify([account, label]);
    const before = sums.get(key) ?? { amountMinor: 0, paidMinor: 0 };
    const sum = amountMinor === null || before.amountMinor === null ? null : before.amountMinor + amountMinor;
    sums.set(key, { account, label, amountMinor: sum, paidMinor: before.paidMinor + paidMinor });
  };
  const labels = new Map(bars.map(({ stay, label }) => [stay, label]));
  for (const bar of bars) if (bar.payer !== "account") add(bar.account, bar.label, bar.amountMinor, bar.paidMinor);
  for (const account of state.accounts.values()) {
    const owed = owedBy(state, account, at);
    if (!owed.ok) add(account.id, "", null, 0);
    else for (const { id, credential, amountMinor } of owed.value) add(account.id, labels.get(id) ?? textOf(credential), amountMinor, 0);
  }
  return [...sums.values()];
}
