/** Many sites, one report: what was simulated, what it reached, what was wrong and how to see it again. */
import { digestOf } from "../../kernel/canonical.ts";
import { mergeMarks, missingMarks } from "./marks.ts";
import type { Violation } from "./oracle/oracle.ts";
import { type SiteResult, runSite } from "./site-run.ts";
import type { Sabotage } from "./site-state.ts";
import { calmSwarm } from "./swarm.ts";

export type SimulationOptions = {
  readonly seed: number | string;
  readonly days: number;
  readonly facilities: number;
  readonly stopFaults?: boolean;
  readonly trace?: (line: string) => void;
  readonly sabotage?: Sabotage;
  /** Told after each site. */
  readonly progress?: (site: number, result: SiteResult) => void;
};

export type SimulationResult = {
  readonly violations: readonly (Violation & { readonly site: number })[];
  readonly marks: ReadonlyMap<string, number>;
  readonly missing: readonly string[];
  readonly facilityDays: number;
  readonly steps: number;
  readonly events: number;
  readonly vehicles: number;
  /** Equal for equal seeds and code, on every machine. */
  readonly digest: string;
};

export function simulate(options: SimulationOptions): SimulationResult {
  const { seed, days, facilities } = options;
  const marks = new Map<string, number>();
  const results: SiteResult[] = [];
  for (let site = 1; site <= facilities; site++) {
    const result = runSite({
      seed, site, days, ...(options.stopFaults ? { swarm: calmSwarm } : {}), ...(options.trace ? { trace: options.trace } : {}),
      ...(options.sabotage ? { sabotage: options.sabotage } : {}),
    });
    mergeMarks(marks, result.marks.counts);
    results.push(result);
    options.progress?.(site, result);
  }
  const sum = (of: (result: SiteResult) => number): number => results.reduce((total, result) => total + of(result), 0);
  const facilityDays = days * facilities;
  return {
    violations: results.flatMap((result, i) => result.violations.map((violation) => ({ ...violation, site: i + 1 }))),
    marks, missing: options.stopFaults ? [] : missingMarks(marks, facilityDays), facilityDays,
    steps: sum((r) => r.steps), events: sum((r) => r.events), vehicles: sum((r) => r.totals.arrived),
    digest: digestOf(results.map((r) => [r.digest, r.steps, r.events, r.violations.length])),
  };
}
