/**
 * Published examples: rate tables and the price of given stays, so that two engines can be compared.
 *
 *   { rateTables: {id: table}, vectors: [{ id, rateTable, start, end | stay, tz?, usedBefore?, parts?, expected }] }
 *
 * Times are local in `tz` (Europe/London when absent); `parts` are priced one by one and summed; `usedBefore`
 * (seconds, or a duration) is on the clock already; `expected` is an amount or `notPermitted`.
 */
import { majorText, minorOf } from "../kernel/money.ts";
import { SECOND } from "../kernel/instant.ts";
import { type Result, err, ok } from "../kernel/result.ts";
import { type Zone, zoneOf } from "../kernel/zone.ts";
import { type CompiledTariff, compileTariff } from "./compile.ts";
import { named, tariffOfTable } from "./files.ts";
import { findingText, isRefused } from "./finding.ts";
import { totalOf } from "./quote.ts";
import { readIsoDuration } from "./table/duration.ts";
import { isJson, type Json } from "./table/reader.ts";

export type VectorDifference = { readonly id: string; readonly expected: string; readonly got: string };
export type VectorReport = {
  readonly passed: number;
  readonly failed: number;
  readonly differences: readonly VectorDifference[];
};
export type NotVectors = { readonly type: "notVectors"; readonly message: string };

const DEFAULT_ZONE = "Europe/London";

/** An answer that is no price, in words. */
type NoAnswer = { readonly type: "noAnswer"; readonly why: string };
type Priced = { readonly minor: number; readonly currency: string } | "notPermitted";

export function priceVectors(json: unknown): Result<VectorReport, NotVectors> {
  if (!isJson(json) || !Array.isArray(json["vectors"])) {
    return err({ type: "notVectors", message: "There is no list of vectors in the file." });
  }
  const tables = tablesById(json["rateTables"]);
  const compiled = new Map<string, Result<CompiledTariff, NoAnswer>>();
  const differences: VectorDifference[] = [];
  let passed = 0;
  json["vectors"].forEach((vector: unknown, index) => {
    const id = isJson(vector) && typeof vector["id"] === "string" ? vector["id"] : `#${index + 1}`;
    const expected = isJson(vector) ? String(vector["expected"]) : "";
    const got = isJson(vector) ? priceVector(vector, tables, compiled) : noAnswer("The vector is no object.");
    if (agrees(expected, got)) passed += 1;
    else differences.push({ id, expected, got: got.ok ? textOf(got.value) : got.error.why });
  });
  return ok({ passed, failed: differences.length, differences });
}

const noAnswer = (why: string): Result<never, NoAnswer> => err({ type: "noAnswer", why });
const textOf = (
  priced: Priced,
): string =>
  (priced === "notPermitted" ? priced : majorText(priced.minor, priced.currency));

function agrees(expected: string, got: Result<Priced, NoAnswer>): boolean {
  if (!got.ok) return false;
  if (got.value === "notPermitted" || expected === "notPermitted") return got.value === expected;
  const minor = minorOf(expected, got.value.currency);
  return minor.ok && minor.value === got.value.minor;
}

function tablesById(json: unknown): ReadonlyMap<string, unknown> {
  if (Array.isArray(json)) return new Map(json.filter(isJson).map((table) => [String(table["id"]), table]));
  return new Map(isJson(json) ? Object.entries(json) : []);
}

function priceVector(
  vector: Json, tables: ReadonlyMap<string, unknown>, compiled: Map<string, Result<CompiledTariff, NoAnswer>>,
): Result<Priced, NoAnswer> {
  const parts: readonly unknown[] = Array.isArray(vector["parts"]) ? vector["parts"] : [vector];
  if (parts.length === 0) return noAnswer("There are no parts.");
  let sum = 0;
  let currency: string | undefined;
  let permitted = true;
  for (const part of parts) {
    if (!isJson(part)) return noAnswer("A part is no object.");
    const priced = pricePart({ tz: vector["tz"], ...part }, tables, compiled);
    if (!priced.ok) return priced;
    if (priced.value === "notPermitted") { permitted = false; continue; }
    if (currency !== undefined
      && currency !== priced.value.currency) return noAnswer("The parts have different currencies.");
    currency = priced.value.currency;
    sum += priced.value.minor;
  }
  return permitted && currency !== undefined ? ok({ minor: sum, currency }) : ok("notPermitted");
}

function pricePart(
  part: Json, tables: ReadonlyMap<string, unknown>, compiled: Map<string, Result<CompiledTariff, NoAnswer>>,
): Result<Priced, NoAnswer> {
  const zoneName = typeof part["tz"] === "string" ? part["tz"] : DEFAULT_ZONE;
  const zone = zoneOf(zoneName);
  if (!zone.ok) return noAnswer(`There is no zone ${zoneName}.`);
  const tableId = String(part["rateTable"]);
  const key = `${tableId} in ${zoneName}`;
  const tariff = compiled.get(key) ?? compileFor(tables.get(tableId), tableId, zone.value);
  compiled.set(key, tariff);
  if (!tariff.ok) return tariff;
  const from = typeof part["start"] === "string" ? zone.value.parseLocal(part["start"]) : undefined;
  if (!from?.ok) return noAnswer(`${String(part["start"])} is no local time.`);
  const to = endOf(part, from.value, zone.value);
  const used = part["usedBefore"] === undefined || part["usedBefore"] === null ? 0
    : durationMs(part["usedBefore"]);
  if (to === undefined || used === undefined) return noAnswer("The end, the stay or usedBefore cannot be read.");
  const total = totalOf(tariff.value, [{ from: from.value, to }], { usedBeforeMs: used });
  if (total.ok) return ok({ minor: total.value, currency: tariff.value.tariff.currency });
  return total.error.type === "notPermitted" ? ok("notPermitted")
    : noAnswer(`${total.error.type}: ${total.error.reason}`);
}

function compileFor(table: unknown, id: string, zone: Zone): Result<CompiledTariff, NoAnswer> {
  if (table === undefined) return noAnswer(`There is no rate table ${id}.`);
  const { tariff, findings } = tariffOfTable(named(table, id), zone);
  const compiled = compileTariff(tariff, zone);
  if (compiled.ok && !isRefused(findings)) return compiled;
  const all = compiled.ok ? findings : compiled.error.findings;
  return noAnswer(`Table ${id} is refused: ${all.filter((f) => f.severity === "refused").map(findingText).join(" ")}`);
}

function endOf(part: Json, from: number, zone: Zone): number | undefined {
  if (typeof part["end"] === "string") {
    const end = zone.parseLocal(part["end"]);
    return end.ok ? end.value : undefined;
  }
  const stay = part["stay"] === undefined ? undefined : durationMs(part["stay"]);
  return stay === undefined ? undefined : from + stay;
}

/** Seconds as a number or digits, or an ISO 8601 duration without months and years. */
function durationMs(value: unknown): number | undefined {
  if (typeof value === "number" && value >= 0 && Number.isFinite(value)) return Math.round(value * SECOND);
  if (typeof value !== "string") return undefined;
  if (/^\d+$/.test(value)) return Number(value) * SECOND;
  const read = readIsoDuration(value);
  return read.type === "duration" ? read.ms : undefined;
}
