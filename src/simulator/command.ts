/** `gatehouse simulate`: seeded days of simulated car parks through the real decider, with faults. */
import { type Command, InvalidArgumentError } from "commander";
import { simulate, type SimulationResult } from "./simulation/run.ts";
import type { SiteResult } from "./simulation/site-run.ts";

type Flags = { readonly seed: string; readonly days: number; readonly facilities: number; readonly trace?: true; readonly stopFaults?: true };

/** More in one run only makes the report late; use several seeds. */
const DAYS_MAX = 365;
const FACILITIES_MAX = 10_000;

const countUpTo = (most: number) => (text: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > most) throw new InvalidArgumentError(`a whole number from 1 to ${most}`);
  return value;
};

export function addSimulateCommand(program: Command): void {
  program.command("simulate")
    .description("run seeded traffic and faults through the real decider and check its promises after every step")
    .option("--seed <n>", "the same seed gives the same run", "1")
    .option("--days <n>", "simulated days of each car park", countUpTo(DAYS_MAX), 1)
    .option("--facilities <n>", "simulated car parks, each with its own lanes and faults", countUpTo(FACILITIES_MAX), 10)
    .option("--trace", "print every decision with its events")
    .option("--stop-faults", "ordinary traffic without faults; no coverage is demanded")
    .action((flags: Flags) => {
      process.exitCode = report(flags);
    });
}

function report(flags: Flags): number {
  const started = process.hrtime.bigint();
  const print = (line: string): void => void process.stdout.write(`${line}\n`);
  print(`seed ${flags.seed}, ${flags.facilities} facilities, ${flags.days} days${flags.stopFaults ? ", no faults" : ""}, time zone data ${process.versions.tz ?? "unknown"}`);
  const { seed, days, facilities } = flags;
  const result = simulate({
    seed, days, facilities, stopFaults: flags.stopFaults === true, ...(flags.trace ? { trace: print } : {}),
    progress: (site, one) => { if (one.violations.length > 0) print(firstFinding(flags, site, one)); },
  });
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  for (const line of linesOf(result, seconds)) print(line);
  const failed = result.violations.length > 0 || result.missing.length > 0;
  if (result.missing.length > 0) print(`reached too little: ${result.missing.join(", ")}`);
  if (failed) print(`again: gatehouse simulate --seed ${flags.seed} --days ${flags.days} --facilities ${flags.facilities} --trace`);
  return failed ? 1 : 0;
}

function firstFinding(flags: Flags, site: number, result: SiteResult): string {
  const found = result.violations.map((v) => `  ${v.id} at ${new Date(v.at).toISOString()}: ${v.what}`);
  return [`site ${site} of seed ${flags.seed}, lanes ${result.config.lanes.map((l) => l.id).join(" ")}:`, ...found].join("\n");
}

function linesOf(result: SimulationResult, seconds: number): string[] {
  const marks = [...result.marks].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, count]) => `  ${String(count).padStart(8)}  ${name}`);
  return [
    `${result.facilityDays} facility-days, ${result.vehicles} vehicles, ${result.steps} commands, ${result.events} events in ${seconds.toFixed(1)} s: ${(result.facilityDays / seconds).toFixed(1)} facility-days/s`,
    `digest ${result.digest}`, "reached:", ...marks,
    result.violations.length === 0 ? "every promise held" : `${result.violations.length} violations`,
  ];
}
