/**
 * The reports of the city: asked for with a period, answered as data, which are worded as a document, which
 * is printed as a spreadsheet or on paper.
 */
import { type Result, err, ok } from "../../kernel/result.ts";
import { present } from "../../kernel/assert.ts";
import type { Instant } from "../../kernel/instant.ts";
import type { Currency } from "../../kernel/money.ts";
import { type Zone, zoneOf } from "../../kernel/zone.ts";
import type { Locale } from "../../messages/locale.ts";
import { facilityConfigs } from "../readmodels/facilities.ts";
import { faultsOpenIn } from "../readmodels/faults.ts";
import { allVisits, duties } from "../readmodels/guards.ts";
import { cardLines, countLines } from "../readmodels/money-lines.ts";
import { paymentSums } from "../readmodels/payments.ts";
import { seasonSales } from "../readmodels/seasons.ts";
import { allShifts } from "../readmodels/shifts.ts";
import { occupancyBetween } from "../readmodels/stays.ts";
import type { Database } from "../readmodels/table.ts";
import { csvOf } from "./csv.ts";
import { type Day, daysOf, monthOf } from "./day.ts";
import type { ReportDocument } from "./document.ts";
import { type FaultStatistics, type ServiceLevels, faultStatistics } from "./fault-statistics.ts";
import { type GuardReport, guardReport } from "./guard-compliance.ts";
import { type OccupancyReport, occupancySeries } from "./occupancy-day.ts";
import { type Reconciliation, readSettlement, reconcileCards, sumOf, withDifference } from "./reconciliation.ts";
import { type RevenueReport, revenueReport } from "./revenue.ts";
import { type SeasonReport, seasonReport } from "./season-sales.ts";
import { type ShiftReport, shiftReport } from "./shift-list.ts";
import {
  type Paper, faultDocument, guardDocument, occupancyDocument, revenueDocument, seasonDocument, shiftDocument,
} from "./wording.ts";

/** What the reports must know of the city. `companies` by id. */
export type ReportCity = {
  readonly zone: string; readonly currency: Currency; readonly administration: readonly string[];
  readonly levels: ServiceLevels;
  readonly companies: ReadonlyMap<string, string>;
  /** Name of a member of staff by the actor the journal has. */
  readonly person: (actor: string) => string;
};

export type Report<T> = { readonly data: T; readonly document: (locale: Locale) => ReportDocument };

/** Not a month or date, the last before the first, or more than `REPORT_DAYS_MAX` days. */
export type PeriodImpossible = { readonly type: "periodImpossible" };
type Asked<T> = Promise<Result<Report<T>, PeriodImpossible>>;

export type Period = { readonly from: string; readonly to: string; readonly facility?: string | undefined };

/** At most this many car parks in one occupancy report; each is a chart of its own. */
const OCCUPANCY_FACILITIES_MAX = 50;

/** `month`: `2026-03`. */
export async function faultsOfMonth(
  db: Database, city: ReportCity, asked: { readonly month: string; readonly facility?: string | undefined },
  now: Instant,
): Asked<FaultStatistics> {
  const zone = zoneFor(city);
  const interval = monthOf(asked.month, zone);
  if (!interval) return err({ type: "periodImpossible" });
  const faults = await faultsOpenIn(db, interval.from, interval.until, asked.facility);
  const data = faultStatistics(faults, { month: asked.month, interval, now, levels: city.levels, zone });
  const paper = await paperFor(db, city);
  return ok({ data, document: (locale) => faultDocument(data, paper(locale)) });
}

export async function guardVisitsOf(
  db: Database, city: ReportCity, asked: Period & { readonly company?: string | undefined }, now: Instant,
): Asked<GuardReport> {
  const days = daysOf(asked.from, asked.to, zoneFor(city));
  if (!days) return err({ type: "periodImpossible" });
  const { facility, company } = asked;
  const made = await allVisits(db, { facility, company, from: days[0]!.from, to: days.at(-1)!.until });
  const data = guardReport(made, await duties(db, { facility, company }), days, now);
  const paper = await paperFor(db, city);
  return ok({ data, document: (locale) => guardDocument(data, paper(locale)) });
}

/** `day`: `2026-03-02`. */
export async function occupancyOf(
  db: Database, city: ReportCity, asked: { readonly day: string; readonly facility?: string | undefined },
  now: Instant,
): Asked<OccupancyReport> {
  const zone = zoneFor(city);
  const day: Day | undefined = daysOf(asked.day, asked.day, zone)?.[0];
  if (!day) return err({ type: "periodImpossible" });
  const configs = (await facilityConfigs(db, asked.facility)).slice(0, OCCUPANCY_FACILITIES_MAX);
  const series = await Promise.all(configs.map(async (config) =>
    occupancySeries(config, await occupancyBetween(db, config.id, day.from, day.until), day, now, zone)));
  const data = { day: day.day, zone: city.zone, series: series.flat() };
  const paper = await paperFor(db, city);
  return ok({ data, document: (locale) => occupancyDocument(data, day.from, now, paper(locale)) });
}

export async function revenueOf(db: Database, city: ReportCity, asked: Period, now: Instant): Asked<RevenueReport> {
  const days = daysOf(asked.from, asked.to, zoneFor(city));
  if (!days) return err({ type: "periodImpossible" });
  const configs = await facilityConfigs(db, asked.facility);
  const own = configs.filter(({ currency }) => currency === city.currency).map(({ id }) => id);
  const data = revenueReport(await paymentSums(db, days, own), { from: asked.from, to: asked.to, currency: city.currency, now });
  const paper = await paperFor(db, city);
  return ok({ data, document: (locale) => revenueDocument(data, paper(locale)) });
}

export async function seasonSalesOf(
  db: Database, city: ReportCity, asked: Period, now: Instant,
): Asked<SeasonReport> {
  const days = daysOf(asked.from, asked.to, zoneFor(city));
  if (!days) return err({ type: "periodImpossible" });
  const sales = await seasonSales(db, days[0]!.from, days.at(-1)!.until, asked.facility);
  const data = seasonReport(sales, { from: asked.from, to: asked.to, currency: city.currency, now });
  const paper = await paperFor(db, city);
  return ok({ data, document: (locale) => seasonDocument(data, paper(locale)) });
}

export async function shiftsOf(db: Database, city: ReportCity, asked: Period, now: Instant): Asked<ShiftReport> {
  const days = daysOf(asked.from, asked.to, zoneFor(city));
  if (!days) return err({ type: "periodImpossible" });
  const rows = await allShifts(db, { facility: asked.facility, from: days[0]!.from, to: days.at(-1)!.until });
  const data = shiftReport(rows.map((row) => ({ ...row, opened_by: city.person(row.opened_by) })), { from: asked.from, to: asked.to, currency: city.currency, now });
  const paper = await paperFor(db, city);
  return ok({ data, document: (locale) => shiftDocument(data, paper(locale)) });
}

/** `settlement`: the card company's file as text, compared only when given; `settlementUnreadable` when it has no head line. */
export async function reconciliationOf(
  db: Database, city: ReportCity, asked: Period & { readonly settlement?: string | undefined }, now: Instant,
): Promise<Result<Reconciliation, PeriodImpossible | { readonly type: "settlementUnreadable" }>> {
  const days = daysOf(asked.from, asked.to, zoneFor(city));
  if (!days) return err({ type: "periodImpossible" });
  const file = asked.settlement === undefined ? undefined : readSettlement(asked.settlement, city.currency);
  if (file === null) return err({ type: "settlementUnreadable" });
  const period = { from: days[0]!.from, until: days.at(-1)!.until, facility: asked.facility };
  const booked = await cardLines(db, period);
  const counts = (await countLines(db, period)).map(withDifference);
  return ok({
    from: asked.from, to: asked.to, currency: city.currency, printedAt: now, counts,
    countedDifferenceMinor: counts.reduce((sum, { differenceMinor }) => sum + differenceMinor, 0), bookedCardMinor: sumOf(booked),
    cards: file ? reconcileCards(booked, file.lines) : null, unreadable: file?.unreadable ?? [],
  });
}

/** A download as CSV, with the separator and decimal sign of the document's language. */
export const csvDownload = (document: ReportDocument): string => csvOf(document, zoneFor(document));

/** The same on paper. What draws it is large and is loaded with the first one. */
export const pdfDownload = async (document: ReportDocument): Promise<Buffer> => (await import("./pdf.ts")).pdfOf(document);

function zoneFor({ zone }: { readonly zone: string }): Zone {
  const made = zoneOf(zone);
  return present(made.ok ? made.value : null, `zone ${zone}`);
}

async function paperFor(db: Database, city: ReportCity): Promise<(locale: Locale) => Paper> {
  const names = new Map<string, string>((await facilityConfigs(db)).map(({ id, name }) => [id, name]));
  const nameOf = (id: string): string => names.get(id) ?? city.companies.get(id) ?? id;
  return (locale) => ({ locale, zone: city.zone, currency: city.currency, administration: city.administration, nameOf });
}
