/**
 * The linter: everything ambiguous or wrong in a table or tariff, with place, reason and fix. What compiling
 * notes anyway, and what only a look at the whole can find: time without a table, tables nobody uses, windows
 * that overlap, prices that are zero throughout.
 */
import { DAY, type Instant } from "../kernel/instant.ts";
import type { Zone } from "../kernel/zone.ts";
import { type CompiledTariff, compileTariff } from "./compile.ts";
import { tariffOfTable } from "./files.ts";
import { type Finding, isDraft, isRefused } from "./finding.ts";
import type { Tariff } from "./tariff.ts";
import { uncoveredIn } from "./when.ts";

export type LintReport = {
  readonly findings: readonly Finding[];
  /** There is no price at all. */
  readonly refused: boolean;
  /** A reading was guessed: not to be used before a person confirms it. */
  readonly draft: boolean;
  readonly compiled?: CompiledTariff;
};

export function lintTariff(tariff: Tariff, zone: Zone, from: Instant): LintReport {
  const compiled = compileTariff(tariff, zone);
  if (!compiled.ok) return reportOf(compiled.error.findings, undefined);
  return reportOf([...compiled.value.findings, ...wholeFindings(compiled.value, from)], compiled.value);
}

/** A single rate table; `path` is where it stands in its file. */
export function lintTable(table: unknown, zone: Zone, path: string, from: Instant): LintReport {
  const { tariff, findings } = tariffOfTable(table, zone);
  const compiled = compileTariff(tariff, zone);
  const all = [...findings,
    ...(compiled.ok ? [...compiled.value.findings, ...wholeFindings(compiled.value, from)]
      : compiled.error.findings)];
  return reportOf(all.map((f) => ({ ...f, path: f.path.replace("$.tables[0]", path) })),
    compiled.ok ? compiled.value : undefined);
}

const reportOf = (findings: readonly Finding[], compiled: CompiledTariff | undefined): LintReport => ({
  findings, refused: isRefused(findings), draft: isDraft(findings), ...(compiled ? { compiled } : {}),
});

function wholeFindings(compiled: CompiledTariff, from: Instant): readonly Finding[] {
  return [...uncovered(compiled, from), ...unused(compiled), ...overlapping(compiled, from), ...free(compiled)];
}

function uncovered({ tariff, plan, zone }: CompiledTariff, from: Instant): readonly Finding[] {
  if (!plan || tariff.outsideHours !== undefined) return [];
  const at = uncoveredIn(plan, from, from + 8 * DAY);
  if (at === undefined) return [];
  return [{
    severity: "guess", code: "timeWithoutTable", path: "$.when",
    message: `No table is in force at ${zone.localText(at)}: a stay that touches this time has no price.`,
    fix: "Set outsideHours to free if it is not charged, or to notPermitted, or add a table.",
  }];
}

function unused({ tariff, tables }: CompiledTariff): readonly Finding[] {
  if (!tariff.when) return [];
  const used = new Set([...tariff.when.map((entry) => entry.table),
    ...(tariff.offers ?? []).map((offer) => offer.table)]);
  return tables.filter(({ source }) => !used.has(source.id)).map(({ source }) => ({
    severity: "warning", code: "tableNotUsed", path: source.path,
    message: `Table ${source.id} is never in force and belongs to no offer.`,
      fix: "Name it in when, or remove it.",
  }));
}

/** Overlaps are legal (the first entry wins), but an author should have meant them. */
function overlapping({ tariff, zone }: CompiledTariff, from: Instant): readonly Finding[] {
  const weekly = (tariff.when ?? []).map((entry, index) => ({ entry, index }))
    .filter(({ entry }) => !entry.dates && !entry.months && !entry.specialDays && !entry.exceptSpecialDays
      && entry.table !== null);
  const single = weekly.map(({ entry }) => {
    const alone = compileTariff({ ...tariff, when: [entry], offers: [] }, zone);
    return alone.ok ? alone.value.plan : undefined;
  });
  return weekly.flatMap(({ entry, index }, i) => {
    const earlier = weekly.slice(0, i).find((_, j) => meet(single[j], single[i], from));
    if (!earlier || earlier.entry.table === entry.table) return [];
    return [{
      severity: "warning", code: "overlappingTables", path: `$.when[${index}]`,
      message: `Overlaps entry ${earlier.index}, which wins.`,
        fix: "Keep the order if that is meant, or make the times meet.",
    } satisfies Finding];
  });
}

function meet(a: CompiledTariff["plan"], b: CompiledTariff["plan"], from: Instant): boolean {
  if (!a || !b) return true;
  for (let at = from; at < from + 8 * DAY; ) {
    const [first, second] = [a.spanAt(at), b.spanAt(at)];
    if (first.answer >= 0 && second.answer >= 0) return true;
    at = Math.min(first.until, second.until);
  }
  return false;
}

function free({ tables, tariff }: CompiledTariff): readonly Finding[] {
  return tables.filter(({ source }) => source.collections.every(({ lines, minimum }) => !minimum
    && lines.every((line) => line.value === 0 && !line.minimum)))
    .map(({ source }) => ({
      severity: tariff.confirmed?.includes(`${source.id}@${source.version}`) === true ? "warning" : "guess", code: "freeTable", path: source.path,
        message: `Table ${source.id} charges nothing, ever.`,
      fix: "Give its values, or confirm that it is free.",
    }));
}
