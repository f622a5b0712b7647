/**
 * The command line of the rate engine: reads files, prints, sets the exit code. Everything it says comes from
 * the pure functions beside it.
 *
 *   gatehouse price --rates FILE --table ID --from LOCAL --to LOCAL --zone ZONE [--json]
 *   gatehouse price --vectors FILE
 *   gatehouse tariff lint FILE        gatehouse tariff ladder FILE
 */
import { readFileSync, statSync } from "node:fs";
import type { Command } from "commander";
import { HOUR, type Instant } from "../kernel/instant.ts";
import { majorText } from "../kernel/money.ts";
import { type Result, err, ok } from "../kernel/result.ts";
import { type Zone, zoneOf } from "../kernel/zone.ts";
import { type CompiledTariff, compileTariff } from "./compile.ts";
import { type Language, lengthText, quoteLines, refusalText } from "./explain.ts";
import { readRatesFile, tariffOfTable } from "./files.ts";
import { findingText, isRefused } from "./finding.ts";
import { priceLadder } from "./ladder.ts";
import { type LintReport, lintTable, lintTariff } from "./lint.ts";
import { type Quote, quote } from "./quote.ts";
import { priceVectors } from "./vectors.ts";

/** What a command prints and how it ends; the only writing is done in `show`. */
export type Output = { readonly lines: readonly string[]; readonly failed: boolean };
type Said = Result<Output, string>;

export type PriceOptions = {
  readonly rates?: string; readonly table?: string; readonly from?: string; readonly to?: string; readonly zone?: string;
  readonly json?: boolean; readonly vectors?: string; readonly discount?: readonly string[]; readonly language?: string;
};
export type TableOptions = { readonly zone?: string; readonly table?: string; readonly from?: string; readonly hours?: string; readonly json?: boolean };

/** A list of all car parks' rates of a country is some megabytes; more is the wrong file. */
const FILE_BYTES_MAX = 256 * 1024 * 1024;
/** The zone of the published vectors; any zone does for a table without times of day. */
const ZONE_DEFAULT = "Europe/London";

export function addTariffCommands(program: Command): void {
  program.command("price")
    .description("Price a stay by a rate table, or check published price vectors")
    .option("--rates <file>", "rate tables or a tariff, as JSON")
    .option("--table <id>", "the rate table; not needed when the file holds one table or a tariff")
    .option("--from <local>", "entry, local time, 2026-03-02 09:30")
    .option("--to <local>", "departure, local time")
    .option("--zone <zone>", "IANA time zone, Australia/Sydney")
    .option("--discount <code...>", "codes of discounts shown")
    .option("--language <code>", "en or de", "en")
    .option("--json", "print the whole quote as JSON")
    .option("--vectors <file>", "price all vectors of the file and print the differences")
    .action((options: PriceOptions) => show(priceCommand(options)));
  const tariff = program.command("tariff").description("Check rate tables and tariffs");
  tariff.command("lint <file>")
    .description("Everything ambiguous or wrong, with place, reason and fix")
    .option("--zone <zone>", "IANA time zone", ZONE_DEFAULT)
    .option("--json", "print the findings as JSON")
    .action((file: string, options: TableOptions) => show(lintCommand(file, options)));
  tariff.command("ladder <file>")
    .description("The price as steps of the length of a stay")
    .option("--table <id>", "only this rate table")
    .option("--from <local>", "entry, local time", "2026-03-02 00:00")
    .option("--hours <n>", "how far, in hours", "24")
    .option("--zone <zone>", "IANA time zone", ZONE_DEFAULT)
    .option("--json", "print the steps as JSON")
    .action((file: string, options: TableOptions) => show(ladderCommand(file, options)));
}

function show(said: Said): void {
  const output = said.ok ? said.value : { lines: [said.error], failed: true };
  const text = `${output.lines.join("\n")}\n`;
  if (said.ok) process.stdout.write(text);
  else process.stderr.write(text);
  if (output.failed) process.exitCode = 1;
}

const printed = (lines: readonly string[], failed = false): Said => ok({ lines, failed });

export function priceCommand(options: PriceOptions): Said {
  if (options.vectors !== undefined) return vectorsCommand(options.vectors);
  const { rates, from, to } = options;
  if (rates === undefined || from === undefined || to === undefined || options.zone === undefined) {
    return err("price needs --rates, --from, --to and --zone, or --vectors. Example: " +
      "gatehouse price --rates rates.json --table arndale-seq --from '2026-03-02 09:30' --to '2026-03-02 11:30' --zone Europe/London");
  }
  const zone = readZone(options.zone);
  if (!zone.ok) return zone;
  const compiled = compileFrom(rates, options.table, zone.value);
  if (!compiled.ok) return compiled;
  const stay = readStay(from, to, zone.value);
  if (!stay.ok) return stay;
  const language: Language = options.language === "de" ? "de" : "en";
  const quoted = quote(compiled.value, [stay.value],
    options.discount ? { discountCodes: options.discount } : undefined);
  if (!quoted.ok) {
    const why = refusalText(quoted.error, zone.value, language);
    return printed(options.json
      ? [JSON.stringify({ permitted: false, message: why, refusal: quoted.error }, null, 2)] : [why], true);
  }
  if (options.json) return printed([JSON.stringify(quoted.value, null, 2)]);
  return printed([...headOf(quoted.value, stay.value, zone.value),
    ...quoteLines(quoted.value, zone.value, language)]);
}

function headOf(
  quoted: Quote, stay: { readonly from: Instant; readonly to: Instant }, zone: Zone,
): readonly string[] {
  const tables = quoted.tables.map(({ id, version }) => `${id} (version ${version})`).join(", ");
  const modes = quoted.interpretation.collections.map((c) => `${c.collection} ${c.tierMode} by rule ${c.rule}`).join(", ");
  return [
    `${tables || quoted.tariffId}: ${zone.localText(stay.from)} to ${zone.localText(stay.to)} ${zone.name}, ${lengthText(stay.to - stay.from)}`,
    ...(modes ? [`read as: ${modes}; tables by ${quoted.interpretation.selection}`] : []),
  ];
}

function vectorsCommand(file: string): Said {
  const json = readJson(file);
  if (!json.ok) return json;
  const report = priceVectors(json.value);
  if (!report.ok) return err(`${file}: ${report.error.message}`);
  const { passed, failed, differences } = report.value;
  return printed([
    ...differences.map(({ id, expected, got }) => `${id}: expected ${expected}, got ${got}`),
    `${passed} passed, ${failed} failed`,
  ], failed > 0);
}

export function lintCommand(file: string, options: TableOptions): Said {
  const zone = readZone(options.zone ?? ZONE_DEFAULT);
  if (!zone.ok) return zone;
  const json = readJson(file);
  if (!json.ok) return json;
  const rates = readRatesFile(json.value);
  if (!rates.ok) return err(`${file}: ${rates.error.message}`);
  const reports: readonly (readonly [string, LintReport])[] = rates.value.type === "tariff"
    ? [[rates.value.tariff.id, lintTariff(rates.value.tariff, zone.value, LINT_FROM)]]
    : rates.value.tables.map(({ id, json: table, path }) => [id,
      lintTable(table, zone.value, path, LINT_FROM)] as const);
  const refused = reports.some(([, report]) => report.refused);
  if (options.json) {
    const rows = reports.map(([id, { findings, draft, refused: none }]) => ({ id, draft, refused: none,
      findings }));
    return printed([JSON.stringify(rows, null, 2)], refused);
  }
  return printed(reports.flatMap(([id, report]) => [
    `${id}: ${report.refused ? "refused" : report.draft ? "draft, to be confirmed" : report.findings.length > 0 ? "clear, with warnings" : "clear"}`,
    ...report.findings.map((finding) => `  ${findingText(finding)}`),
  ]), refused);
}

/** An ordinary Monday: the week that is looked at for time without a table. */
const LINT_FROM: Instant = Date.UTC(2026, 2, 2);

export function ladderCommand(file: string, options: TableOptions): Said {
  const zone = readZone(options.zone ?? ZONE_DEFAULT);
  if (!zone.ok) return zone;
  const from = zone.value.parseLocal(options.from ?? "2026-03-02 00:00");
  const hours = Number(options.hours ?? 24);
  if (!from.ok || !(hours > 0
    && hours <= 24 * 400)) return err("--from is no local time, or --hours not 1 to 9600.");
  const json = readJson(file);
  if (!json.ok) return json;
  const rates = readRatesFile(json.value);
  if (!rates.ok) return err(`${file}: ${rates.error.message}`);
  const ids = rates.value.type === "tariff" ? [undefined]
    : rates.value.tables.map(({ id }) => id).filter((id) => options.table === undefined
      || id === options.table);
  if (ids.length === 0) return err(`${file} has no table ${options.table}.`);
  const lines: string[] = [];
  const rows: unknown[] = [];
  for (const id of ids) {
    const compiled = compileFrom(file, id, zone.value);
    if (!compiled.ok) return compiled;
    const steps = priceLadder(compiled.value, from.value, hours * HOUR);
    if (!steps.ok) return err(`The ladder of ${id} has more than ${steps.error.stepsMax} steps; ask for fewer hours.`);
    const { currency } = compiled.value.tariff;
    rows.push({ id: compiled.value.tariff.id, currency, draft: compiled.value.draft, steps: steps.value });
    lines.push(`${compiled.value.tariff.id} ${currency}, entry ${zone.value.localText(from.value)}${compiled.value.draft ? " (draft)" : ""}`,
      ...steps.value.map(({ afterMs, price }) => `  longer than ${lengthText(afterMs).padStart(12)}  ${
        price.type === "price" ? majorText(price.totalMinor, currency).padStart(10) : "not permitted"}`));
  }
  return printed(options.json ? [JSON.stringify(rows, null, 2)] : lines);
}

// --- files and arguments ------------------------------------------------------------------------------------

function readJson(file: string): Result<unknown, string> {
  try {
    if (statSync(file).size > FILE_BYTES_MAX) return err(`${file} is larger than ${FILE_BYTES_MAX} bytes.`);
    return ok(JSON.parse(readFileSync(file, "utf8")) as unknown);
  } catch (error) {
    return err(`${file} cannot be read as JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function readZone(name: string): Result<Zone, string> {
  const zone = zoneOf(name);
  return zone.ok ? zone : err(`There is no time zone ${name}. Use an IANA name, Europe/Vienna.`);
}

function readStay(
  fromText: string, toText: string, zone: Zone,
): Result<{ readonly from: Instant; readonly to: Instant }, string> {
  const from = zone.parseLocal(fromText);
  const to = zone.parseLocal(toText);
  if (!from.ok) return err(`--from ${fromText} is no local time. Write 2026-03-02 09:30.`);
  if (!to.ok) return err(`--to ${toText} is no local time. Write 2026-03-02 11:30.`);
  return to.value < from.value ? err("--to lies before --from.") : ok({ from: from.value, to: to.value });
}

function compileFrom(file: string, table: string | undefined, zone: Zone): Result<CompiledTariff, string> {
  const json = readJson(file);
  if (!json.ok) return json;
  const rates = readRatesFile(json.value);
  if (!rates.ok) return err(`${file}: ${rates.error.message}`);
  if (rates.value.type === "tariff") return compileOrSay(compileTariff(rates.value.tariff, zone), file);
  const { tables } = rates.value;
  const chosen = table === undefined ? (tables.length === 1 ? tables[0] : undefined)
    : tables.find(({ id }) => id === table);
  if (!chosen) return err(`${file} has ${table === undefined ? `${tables.length} tables; name one with --table` : `no table ${table}`}: ` +
    `${tables.map(({ id }) => id).join(", ")}`);
  const { tariff, findings } = tariffOfTable(chosen.json, zone);
  if (isRefused(findings)) return err(findings.map(findingText).join("\n"));
  return compileOrSay(compileTariff(tariff, zone), file);
}

const compileOrSay = (
  compiled: ReturnType<typeof compileTariff>, file: string,
): Result<CompiledTariff, string> =>
  compiled.ok ? compiled
    : err([`${file} has no price:`,
      ...compiled.error.findings.filter((f) => f.severity === "refused").map(findingText)].join("\n"));
