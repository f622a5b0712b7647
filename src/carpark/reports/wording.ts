/** Each report's data as a document in the reader's language. */
import { MINUTE } from "../../kernel/instant.ts";
import { type Currency, majorText } from "../../kernel/money.ts";
import { timeText } from "../../messages/format.ts";
import type { Locale } from "../../messages/locale.ts";
import { fill } from "../../messages/message.ts";
import { messagesOf } from "../../messages/t.ts";
import { isMessageKey } from "../../messages/words.ts";
import type { Column, ColumnKind, ReportDocument, ReportTable } from "./document.ts";
import type { FaultStatistics } from "./fault-statistics.ts";
import type { GuardReport } from "./guard-compliance.ts";
import type { OccupancyReport } from "./occupancy-day.ts";
import type { SeasonReport } from "./season-sales.ts";
import type { ShiftReport } from "./shift-list.ts";
import type { RevenueReport } from "./revenue.ts";
import { type ReportWord, isReportWord, t } from "./words.ts";

export type Paper = {
  readonly locale: Locale; readonly zone: string; readonly currency: Currency;
  readonly administration: readonly string[];
  /** Names of car parks and security companies by id; an id without one stands as it is. */
  readonly nameOf: (id: string) => string;
};

type Word = Exclude<ReportWord, "page" | "printed">;

const columnsOf = (locale: Locale, columns: readonly (readonly [Word, ColumnKind])[]): Column[] =>
  columns.map(([word, kind]) => ({ title: t(locale, word), kind }));

const frameOf = ({ locale, zone, currency, administration }: Paper, printedAt: number) => ({ locale, zone, currency, administration, printedAt });

export function faultDocument(report: FaultStatistics, paper: Paper): ReportDocument {
  const { locale: l } = paper;
  const word = (key: Word): string => t(l, key);
  const sheet: ReportTable = {
    heading: word("faultList"),
    columns: columnsOf(l, [
      ["facility", "text"], ["number", "count"], ["asset", "text"], ["details", "text"], ["organisation", "text"], ["reportedAt", "time"],
      ["fixedAt", "time"], ["timeToFix", "minutes"], ["timesReported", "count"],
    ]),
    rows: report.rows.map((row) => [
      paper.nameOf(row.facility), row.fault, assetText(l, row.asset), row.details, word(row.organisation), row.reportedAt, row.fixedAt, row.minutesToFix, row.count,
    ]),
  };
  return {
    ...frameOf(paper, report.printedAt), title: word("faults"), subtitle: report.month, sheet,
    charts: [{
      heading: word("byOrganisation"),
      kind: "bars",
      categories: report.organisations.map(({ organisation }) => word(organisation)),
      series: (["reported", "fixed", "stillOpen"] as const).map((key) => ({ name: word(key), values: report.organisations.map((row) => row[key]) })),
    }],
    tables: [
      {
        heading: word("timeToFix"),
        columns: columnsOf(l, [
          ["organisation", "text"], ["reported", "count"], ["fixed", "count"], ["stillOpen", "count"], ["shortest", "minutes"], ["median", "minutes"],
          ["mean", "minutes"], ["longest", "minutes"], ["serviceLevel", "minutes"], ["within", "count"], ["beyond", "count"],
        ]),
        rows: report.organisations.map((row) => [
          word(row.organisation), row.reported, row.fixed, row.stillOpen, row.timeToFix.minMinutes, row.timeToFix.medianMinutes,
          row.timeToFix.meanMinutes, row.timeToFix.maxMinutes, row.serviceLevelMinutes, row.withinServiceLevel, row.beyondServiceLevel,
        ]),
      },
      sheet,
    ],
  };
}

/** "barrier E1" with the kind of asset in the reader's language. */
function assetText(locale: Locale, asset: string): string {
  const [kind = "", ...rest] = asset.split(" ");
  const key = `asset.${kind}`;
  return isMessageKey(key) ? [fill(locale, messagesOf(locale)[key], {}), ...rest].join(" ") : asset;
}

export function guardDocument(report: GuardReport, paper: Paper): ReportDocument {
  const { locale: l } = paper;
  const sheet: ReportTable = {
    heading: t(l, "guards"),
    columns: columnsOf(l, [
      ["company", "text"], ["facility", "text"], ["day", "text"], ["due", "count"], ["made", "count"], ["short", "count"], ["missing", "count"],
      ["durations", "list"], ["longestGap", "minutes"], ["fulfilled", "yesNo"],
    ]),
    rows: report.rows.map((row) => [
      paper.nameOf(row.company), paper.nameOf(row.facility), row.day, row.due, row.made, row.short, row.departureMissing, row.minutes,
      row.longestGapMinutes, row.fulfilled,
    ]),
  };
  return {
    ...frameOf(paper, report.printedAt), title: t(l, "guards"),
    subtitle: `${report.from} ${t(l, "to")} ${report.to}`, charts: [], sheet,
    tables: [sheet],
  };
}

/** `stepFrom`: the instant of the day's first step, for the clock along the chart. */
export function occupancyDocument(
  report: OccupancyReport, stepFrom: number, printedAt: number, paper: Paper,
): ReportDocument {
  const { locale: l } = paper;
  const facilities = [...new Set(report.series.map(({ facility }) => facility))];
  const clock = (step: number, stepMinutes: number): string => timeText(l, stepFrom + step * stepMinutes * MINUTE, paper.zone);
  const known = (occupied: readonly (number | null)[]): number[] => occupied.filter((count) => count !== null);
  const sheet: ReportTable = {
    heading: t(l, "vehicles"),
    columns: columnsOf(l, [["facility", "text"], ["group", "text"], ["time", "text"], ["vehicles", "count"]]),
    // A spreadsheet gets every change; paper has the chart.
    rows: report.series.flatMap(({ facility, name, occupied, stepMinutes }) => occupied.flatMap((count, step) =>
      (count === null || (step > 0 && occupied[step - 1] === count) ? [] : [[paper.nameOf(facility), name, clock(step, stepMinutes), count]]))),
  };
  return {
    ...frameOf(paper, printedAt), title: t(l, "occupancy"), subtitle: report.day, sheet,
    charts: facilities.map((facility) => {
      const series = report.series.filter((one) => one.facility === facility);
      const first = series[0];
      return {
        heading: paper.nameOf(facility),
        kind: "steps",
        categories: (first?.occupied ?? []).map((_, step) => clock(step, first?.stepMinutes ?? 0)),
        series: series.map(({ name, occupied }) => ({ name, values: occupied })),
      };
    }),
    tables: [
      {
        heading: t(l, "occupancy"),
        columns: columnsOf(l, [["facility", "text"], ["group", "text"], ["capacity", "count"], ["lowest", "count"], ["highest", "count"]]),
        rows: report.series.map(({ facility, name, capacity, occupied }) => {
          const counts = known(occupied);
          const none = counts.length === 0;
          return [paper.nameOf(facility), name, capacity, none ? null : Math.min(...counts), none ? null : Math.max(...counts)];
        }),
      },
    ],
  };
}

export function revenueDocument(report: RevenueReport, paper: Paper): ReportDocument {
  const { locale: l } = paper;
  const meansText = (means: string): string => (isReportWord(means) && means !== "page" && means !== "printed" ? t(l, means) : means);
  const sheet: ReportTable = {
    heading: t(l, "byDay"),
    columns: columnsOf(l, [["day", "text"], ["facility", "text"], ["means", "text"], ["payments", "count"], ["amount", "money"]]),
    rows: report.days.map((row) => [row.day, paper.nameOf(row.facility), meansText(row.means), row.payments, row.amountMinor]),
  };
  return {
    ...frameOf(paper, report.printedAt), currency: report.currency, title: t(l, "revenue"), sheet,
    subtitle: `${report.from} ${t(l, "to")} ${report.to}`,
    charts: [{
      heading: t(l, "byMeans"),
      kind: "bars",
      categories: report.means.map(({ means }) => meansText(means)),
      series: [{ name: `${t(l, "amount")} ${report.currency}`, values: report.means.map(({ amountMinor }) => Number(majorText(amountMinor, report.currency))) }],
    }],
    tables: [
      {
        heading: t(l, "byMeans"),
        columns: columnsOf(l, [["means", "text"], ["payments", "count"], ["amount", "money"]]),
        rows: report.means.map((row) => [meansText(row.means), row.payments, row.amountMinor]),
        totals: [t(l, "total"), report.means.reduce((sum, row) => sum + row.payments, 0), report.totalMinor],
      },
      {
        heading: t(l, "sums"),
        columns: columnsOf(l, [["sums", "text"], ["amount", "money"]]),
        rows: [[t(l, "tax"), report.taxMinor], [t(l, "retained"), report.retainedMinor], [t(l, "refunded"), report.refundedMinor]],
      },
      sheet,
    ],
  };
}

export function seasonDocument(report: SeasonReport, paper: Paper): ReportDocument {
  const { locale: l } = paper;
  const sheet: ReportTable = {
    heading: t(l, "seasons"),
    columns: columnsOf(l, [["facility", "text"], ["months", "count"], ["sold", "count"], ["renewed", "count"], ["amount", "money"]]),
    rows: report.rows.map((row) => [paper.nameOf(row.facility), row.months, row.sold, row.renewed, row.amountMinor]),
    totals: [t(l, "total"), null, sum(report.rows, "sold"), sum(report.rows, "renewed"), report.totalMinor],
  };
  return {
    ...frameOf(paper, report.printedAt), currency: report.currency, title: t(l, "seasons"),
    subtitle: `${report.from} ${t(l, "to")} ${report.to}`, charts: [], sheet,
    tables: [sheet],
  };
}

export function shiftDocument(report: ShiftReport, paper: Paper): ReportDocument {
  const { locale: l } = paper;
  const sheet: ReportTable = {
    heading: t(l, "shifts"),
    columns: columnsOf(l, [
      ["facility", "text"], ["till", "text"], ["number", "count"], ["staff", "text"], ["openedAt", "time"], ["closedAt", "time"], ["payments", "count"],
      ["cash", "money"], ["card", "money"], ["float", "money"], ["expected", "money"], ["counted", "money"], ["variance", "money"],
    ]),
    rows: report.rows.map((row) => [
      paper.nameOf(row.facility), row.till, row.shift, row.openedBy, row.openedAt, row.closedAt, row.payments, row.cashMinor, row.cardMinor,
      row.floatMinor, row.expectedMinor, row.countedMinor, row.varianceMinor,
    ]),
    totals: [t(l, "total"), null, null, null, null, null, null, null, null, null, null, null, report.varianceMinor],
  };
  return {
    ...frameOf(paper, report.printedAt), currency: report.currency, title: t(l, "shifts"),
    subtitle: `${report.from} ${t(l, "to")} ${report.to}`, charts: [], sheet, tables: [sheet],
  };
}

const sum = (rows: SeasonReport["rows"], field: "sold" | "renewed"): number => rows.reduce((total, row) => total + row[field], 0);
