/**
 * The shapes a file of rates comes in: one table, a list, an APDS list envelope, a map of tables by id, or a
 * whole tariff with its `when`. Pure: the text has been read and parsed by the caller.
 */
import { type Result, err, ok } from "../kernel/result.ts";
import type { Zone } from "../kernel/zone.ts";
import type { ApdsRateTable } from "./apds.ts";
import type { Finding } from "./finding.ts";
import { isJson, Reader } from "./table/reader.ts";
import type { Tariff } from "./tariff.ts";
import { whenOfTable } from "./validity.ts";

export type RatesFile =
  | { readonly type: "tariff"; readonly tariff: Tariff }
  | { readonly type: "tables"; readonly tables: readonly { readonly id: string; readonly json: unknown; readonly path: string }[] };
export type NoRates = { readonly type: "noRates"; readonly message: string };

export function readRatesFile(json: unknown): Result<RatesFile, NoRates> {
  if (Array.isArray(json)) return tablesOf(json.map((table: unknown,
    i) => ({ id: idOf(table), json: table, path: `$[${i}]` })));
  if (!isJson(json)) return err({ type: "noRates", message: "The file holds no JSON object or list." });
  // A tariff is our own document: its shape is checked by compileTariff, member by member.
  if (Array.isArray(json["tables"])) return ok({ type: "tariff", tariff: json as unknown as Tariff });
  if (Array.isArray(json["rateLineCollections"])) return tablesOf([{ id: idOf(json), json, path: "$" }]);
  for (const member of ["data", "rateTables", "rates"]) {
    const inner = json[member];
    if (Array.isArray(inner)) {
      return tablesOf(inner.map((table: unknown,
        i) => ({ id: idOf(table), json: table, path: `$.${member}[${i}]` })));
    }
    if (isJson(inner)) {
      return tablesOf(Object.entries(inner).map(([id, table]) => ({ id, json: named(table, id),
        path: `$.${member}.${id}` })));
    }
  }
  return err({ type: "noRates", message: "The file holds neither rate tables nor a tariff." });
}

/** A table kept in a map by its id need not repeat it. */
export const named = (
  table: unknown, id: string,
): unknown =>
  (isJson(table) && table["id"] === undefined ? { ...table, id } : table);

const tablesOf = (
  tables: readonly { readonly id: string; readonly json: unknown; readonly path: string }[],
): Result<RatesFile, NoRates> =>
  ok({ type: "tables", tables });

const idOf = (
  table: unknown,
): string =>
  (isJson(table) && typeof table["id"] === "string" ? table["id"] : "");

/** One table as a tariff of its own: in force by its own validity, free outside its charging hours. */
export function tariffOfTable(
  table: unknown, zone: Zone,
): { readonly tariff: Tariff; readonly findings: readonly Finding[] } {
  const reader = new Reader();
  const when = whenOfTable(table, "$.tables[0]", zone, reader);
  const json: { readonly [key: string]: unknown } = isJson(table) ? table : {};
  const collections: unknown = json["rateLineCollections"];
  const first: unknown = Array.isArray(collections)
    ? collections.find((c: unknown) => isJson(c) && typeof c["applicableCurrency"] === "string") : undefined;
  return {
    tariff: {
      id: idOf(table), version: typeof json["version"] === "number" ? json["version"] : 1,
      currency: isJson(first) ? String(first["applicableCurrency"]).toUpperCase() : "",
      // Untrusted until compileTariff has read it; nothing else looks inside.
      tables: [table as ApdsRateTable],
      outsideHours: "free",
      ...(when ? { when } : {}),
    },
    findings: reader.findings,
  };
}

/** The tables that one specification sells by, as one tariff: each in force by its own validity. */
export function tariffOfTables(
  tables: readonly unknown[], zone: Zone, more: Pick<Tariff, "rateTransition"> = {},
): { readonly tariff: Tariff; readonly findings: readonly Finding[] } {
  const each = tables.map((table) => tariffOfTable(table, zone));
  const [first] = each;
  const findings = each.flatMap((one) => one.findings);
  if (!first || each.length === 1) return { tariff: { ...tariffOfTable(tables[0], zone).tariff, ...more }, findings };
  // A table without times is in force whenever no other is.
  const when = [...each.flatMap(({ tariff }) => tariff.when ?? []), ...each.flatMap(({ tariff: { id, when: own } }) => (own ? [] : [{ table: id }]))];
  return { tariff: { ...first.tariff, ...more, tables: each.flatMap(({ tariff }) => tariff.tables), when }, findings };
}
