/**
 * Tariff + zone -> a form made for pricing: bands in milliseconds, windows as spans of instants, every
 * option decided. Done once; a compiled tariff keeps caches and may be shared by all stays of a facility.
 */
import { DAY, type Instant, MINUTE } from "../kernel/instant.ts";
import { type Result, err, ok } from "../kernel/result.ts";
import type { Zone } from "../kernel/zone.ts";
import { type Finding, isDraft, isRefused } from "./finding.ts";
import { type CapSpan, type Plan, planOf, resetWindows, type Window } from "./plan.ts";
import { type Scaled, scaledOfMinor } from "./scaled.ts";
import { type Band, type Layout, layOut } from "./table/bands.ts";
import { readTimeOfDay } from "./table/duration.ts";
import { Reader } from "./table/reader.ts";
import { readRateTable } from "./table/read.ts";
import type { CapWindow, RateCollection, RateLine, RateTable } from "./table/table.ts";
import type { Slot } from "./walk.ts";
import type { TableSelection, Tariff } from "./tariff.ts";
import { compileWhen, coversEveryWeek, readTimes } from "./when.ts";

export type CompiledLine = {
  readonly id: string;
  readonly path: string;
  readonly minimum: Scaled;
  readonly maximum: Scaled;
  readonly source: RateLine;
};
export type CompiledCollection = RateCollection & {
  readonly index: number;
  readonly layout: Layout;
  readonly bands: readonly Band[];
  readonly compiledLines: readonly CompiledLine[];
  readonly hasLineLimits: boolean;
  readonly hasLineTax: boolean;
  /** Cap of one window; Infinity when there is none. */
  readonly cap: Scaled;
  /** Cap windows by local reset; undefined for the whole stay and for 24 h from entry. */
  readonly resetAt?: (at: Instant) => CapSpan;
  /** Windows of the wall clock, for lines that are times of day. */
  readonly wallPlan?: Plan;
  /** 24 h (or the days the lines span) when they start again, else Infinity. */
  readonly repeatEvery: number;
  /** The only band, when it starts with the stay and never ends: the common case, looked up without a search. */
  readonly endless: Band | undefined;
  readonly table: CompiledTable;
};
export type CompiledTable = {
  readonly source: RateTable;
  readonly index: number;
  readonly collections: readonly CompiledCollection[];
};
export type CompiledTariff = {
  readonly tariff: Tariff;
  readonly zone: Zone;
  readonly tables: readonly CompiledTable[];
  /** Which table is in force when; answers are indexes into `tables`. Undefined: always the first. */
  readonly plan: Plan | undefined;
  /** Some table is in force at every instant, so nothing has to be cut out of a stay. */
  readonly coversAll: boolean;
  readonly selection: TableSelection;
  /** The price lists side by side, for increments priced by whichever table is in force. */
  readonly slots: readonly Slot[];
  readonly dailyMaximum: Scaled;
  readonly dailyWindow: ((at: Instant) => CapSpan) | "rolling24h" | undefined;
  readonly findings: readonly Finding[];
  /** Some reading is a guess that nobody has confirmed. */
  readonly draft: boolean;
};
export type TariffRefused = { readonly type: "tariffRefused"; readonly findings: readonly Finding[] };

/** A tariff with more tables is a mistake of the program that wrote it. */
const TABLES_MAX = 200;

export function compileTariff(tariff: Tariff, zone: Zone): Result<CompiledTariff, TariffRefused> {
  const reader = new Reader();
  if (tariff.tables.length === 0 || tariff.tables.length > TABLES_MAX) {
    reader.refuse("missing",
      "$.tables", `The tariff has ${tariff.tables.length} tables.`, `Give 1 to ${TABLES_MAX}.`);
  }
  const tables: CompiledTable[] = [];
  tariff.tables.forEach((json, index) => {
    const before = reader.findings.length;
    const table = readRateTable(json, `$.tables[${index}]`, reader);
    if (!table) return;
    if (table.currency !== tariff.currency) {
      reader.refuse("mixedCurrency", `${table.path}.rateLineCollections[0].applicableCurrency`,
        `${table.currency} in a tariff in ${tariff.currency}.`, "Use one currency in a tariff.");
    }
    if (tables.some(({ source }) => source.id === table.id)) {
      reader.refuse("duplicateTable",
        `${table.path}.id`, `There is already a table ${table.id}.`, "Use one version of a table.");
    }
    tables.push(compileTable(table, index, tariff, zone, reader));
    if (tariff.confirmed?.includes(`${table.id}@${table.version}`)) confirm(reader, before);
  });
  const plan = compileWhen(tariff, tables, zone, reader);
  const dailyMaximum = compileLimits(tariff, tables, reader);
  const dailyWindow = compileDailyWindow(tariff, zone, reader);
  checkOffers(tariff, tables, reader);
  if (isRefused(reader.findings)) return err({ type: "tariffRefused", findings: reader.findings });
  return ok({
    tariff, zone, tables, plan, coversAll: plan === undefined || coversEveryWeek(tariff, plan),
      selection: selectionOf(tariff, tables), dailyMaximum, dailyWindow,
    slots: plan === undefined ? []
      : Array.from({ length: Math.max(...tables.map(({ collections }) => collections.length)) },
      (_, slot): Slot => ({ type: "byPlan", plan, tables, slot })),
    findings: reader.findings, draft: isDraft(reader.findings),
  });
}

/** A person has seen these guesses: they become warnings. */
function confirm(reader: Reader, from: number): void {
  for (let i = from; i < reader.findings.length; i++) {
    const finding = reader.findings[i]!;
    if (finding.severity === "guess") reader.findings[i] = { ...finding, severity: "warning" };
  }
}

function selectionOf(tariff: Tariff, tables: readonly CompiledTable[]): TableSelection {
  if (tariff.selection) return tariff.selection;
  if (tables.some(({ source }) => source.incrementPricing === "atStart")) return "atStart";
  return tariff.rateTransition?.followThroughAllowed === true ? "split" : "entryTime";
}

export function compileTable(
  table: RateTable, index: number, tariff: Pick<Tariff, "tierMode" | "beyondLastLine">, zone: Zone,
    reader: Reader,
): CompiledTable {
  const collections: CompiledCollection[] = [];
  const compiled: CompiledTable = { source: table, index, collections };
  table.collections.forEach((collection, position) => {
    const layout = layOut(collection, tariff.tierMode, reader);
    noteGaps(collection, layout, tariff.beyondLastLine === "repeatEach24h", reader);
    const lines = collection.lines.map((line): CompiledLine => ({
      id: line.id, path: line.path, source: line, minimum: line.minimum ?? 0, maximum: line.maximum ?? Infinity,
    }));
    collections.push({
      ...collection, index: position, table: compiled, layout, bands: layout.bands, compiledLines: lines,
      hasLineLimits: lines.some((line) => line.minimum > 0 || line.maximum < Infinity),
      hasLineTax: lines.some((line) => line.source.tax !== undefined),
      cap: collection.maximum ?? Infinity,
      endless: collection.axis.type === "stay" && layout.bands.length === 1 && layout.bands[0]!.start === 0 &&
        layout.bands[0]!.end === Infinity && layout.bands[0]!.unit < Infinity ? layout.bands[0] : undefined,
      repeatEvery: tariff.beyondLastLine === "repeatEach24h" ? repeatOf(layout.bands) : Infinity,
      ...resetOf(collection.capWindow, zone),
      ...(collection.axis.type === "wallClock" ? { wallPlan: wallPlanOf(layout.bands, zone) } : {}),
    });
  });
  return compiled;
}

const resetOf = (window: CapWindow, zone: Zone): { resetAt?: (at: Instant) => CapSpan } =>
  window.type === "reset" ? { resetAt: resetWindows(window.msOfDay, zone) } : {};

const wallPlanOf = (bands: readonly Band[], zone: Zone): Plan =>
  planOf(bands.map((band, answer): Window => ({ answer, onDay: () => true, from: band.start,
    to: band.end })), zone);

function repeatOf(bands: readonly Band[]): number {
  const end = Math.max(0, ...bands.map((band) => band.end));
  return end === Infinity ? Infinity : Math.ceil(end / DAY) * DAY;
}

/** Time that no line covers has no price; an author who means free writes a line with value 0. */
function noteGaps(collection: RateCollection, layout: Layout, repeats: boolean, reader: Reader): void {
  if (layout.bands.length === 0) return;
  let covered = 0;
  const wall = collection.axis.type === "wallClock";
  const over = wall ? Math.max(0, ...layout.bands.map((band) => band.end - DAY)) : 0;
  covered = over;
  for (const band of layout.bands) {
    if (band.start > covered) {
      reader.note("warning", "gapBetweenLines", collection.lines[band.line]!.path,
        `No line covers ${minutes(covered)} to ${minutes(band.start)} min: a stay that reaches it has no price.`,
        "Close the gap; a free time is a line with value 0.");
    }
    covered = Math.max(covered, band.end);
  }
  const needed = wall || repeats ? DAY : 0;
  if (covered < needed) {
    reader.note("warning", repeats && !wall ? "repeatLeavesGap" : "gapBetweenLines", collection.path,
      `The lines end at ${minutes(covered)} min of 1440; the rest of the day has no price.`,
        "Let the last line end at 24 h.");
  }
}

const minutes = (ms: number): number => ms / MINUTE;

function compileLimits(tariff: Tariff, tables: readonly CompiledTable[], reader: Reader): Scaled {
  const amounts: readonly [string, number | undefined][] = [
    ["$.dailyMaximum.amountMinor", tariff.dailyMaximum?.amountMinor],
    ["$.minimumMinor", tariff.minimumMinor], ["$.maximumMinor", tariff.maximumMinor],
  ];
  for (const [path, amount] of amounts) {
    if (amount !== undefined && !(Number.isSafeInteger(amount) && amount >= 0)) {
      reader.refuse("notANumber", path,
        `${amount} is no amount in minor units.`, "Write whole minor units, 1250 for 12.50.");
    }
  }
  if ((tariff.minimumMinor ?? 0) > (tariff.maximumMinor ?? Infinity)) {
    reader.refuse("minimumAboveMaximum",
      "$.minimumMinor", "The minimum is above the maximum.", "Exchange them.");
  }
  const limited = amounts.some(([, amount]) => amount !== undefined) || (tariff.discounts?.length ?? 0) > 0;
  const net = tables.flatMap(({ collections }) => collections).find((c) => !c.tax.included
    || c.lines.some((l) => l.tax?.included === false));
  if (limited && net) {
    reader.refuse("limitsNeedTaxIncluded", net.path,
      "Limits and discounts are amounts with tax, and this price is without.",
      "State the prices with taxIncluded true.");
  }
  return tariff.dailyMaximum === undefined ? Infinity : scaledOfMinor(tariff.dailyMaximum.amountMinor);
}

function compileDailyWindow(tariff: Tariff, zone: Zone, reader: Reader): CompiledTariff["dailyWindow"] {
  const window = tariff.dailyMaximum?.window;
  if (!window) return undefined;
  if (window.type === "rolling24h") return "rolling24h";
  const at = readTimeOfDay(window.at);
  if (at !== undefined) return resetWindows(at % DAY, zone);
  return reader.refuse("notATime",
    "$.dailyMaximum.window.at", `${window.at} is no time of day.`, "Write it as 00:00.");
}

function checkOffers(tariff: Tariff, tables: readonly CompiledTable[], reader: Reader): void {
  (tariff.offers ?? []).forEach((offer, index) => {
    const path = `$.offers[${index}]`;
    if (!tables.some(({ source }) => source.id === offer.table)) {
      reader.refuse("unknownTable",
        `${path}.table`, `There is no table ${offer.table}.`, "Name a table of the tariff.");
    }
    if (offer.entry) readTimes(offer.entry, `${path}.entry`, reader);
    if (offer.exit) readTimes(offer.exit, `${path}.exit`, reader);
    if (!offer.entry && !offer.exit && !offer.weekdays) {
      reader.note("warning",
        "badOption", path, "The offer applies to every stay.", "Give entry, exit or weekdays.");
    }
  });
  (tariff.discounts ?? []).forEach((discount, index) => {
    const value = discount.type === "percent" ? discount.percent : discount.type === "amount"
      ? discount.amountMinor : discount.minutes;
    const top = discount.type === "percent" ? 100 : Number.MAX_SAFE_INTEGER;
    const whole = discount.type !== "amount" || Number.isSafeInteger(value);
    if (!(value >= 0 && value <= top && whole)) {
      reader.refuse("notANumber",
        `$.discounts[${index}]`, `${value} is no ${discount.type}.`, "Write 0 to 100 percent, or an amount.");
    }
  });
  const free = tariff.freeMinutes?.minutes;
  if (free !== undefined && !(free >= 0 && free <= 100_000)) {
    reader.refuse("notANumber", "$.freeMinutes.minutes", `${free} is no number of minutes.`, "Write 15.");
  }
}
