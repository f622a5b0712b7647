/**
 * A monthly statement on paper and as a spreadsheet.
 *
 *   issued figures (journal) + names and plates (vault, at rendering) --> letter, lines, VAT
 *
 * Promise: the figures are the issued ones and never worked out again, so the same statement gives the same bytes
 * as long as the vault says the same names.
 */
import type { Instant } from "../../kernel/instant.ts";
import type { Currency, MinorUnits } from "../../kernel/money.ts";
import { MINUTE } from "../../kernel/instant.ts";
import { moneyText } from "../../messages/format.ts";
import { dateText } from "../../messages/format.ts";
import type { Locale } from "../../messages/locale.ts";
import type { Statement, StatementLine } from "../../rights/desk/statement.ts";
import { type Why, whyText } from "../../rights/why.ts";
import type { Cell, ReportDocument, ReportTable } from "./document.ts";
import { t } from "./statement-words.ts";

/** Who says it to whom; `labelOf` is a plate or card number, null once erased. */
export type StatementParties = {
  readonly issuer: { readonly name: string; readonly address: string; readonly vatNumber: string };
  readonly facility: { readonly name: string; readonly address: string; readonly zone: string };
  /** Null once erased. */
  readonly recipient: { readonly name: string; readonly address: string } | null;
  readonly labelOf: (credential: string) => string | null;
};

export type VatLine = { readonly ratePercent: string; readonly netMinor: MinorUnits; readonly taxMinor: MinorUnits; readonly grossMinor: MinorUnits };

/** Net and tax of each line add up to its gross, and the gross amounts to the total. None: the operator states no tax. */
export const vatLinesOf = ({ vat, totalMinor }: Pick<Statement, "vat" | "totalMinor">): readonly VatLine[] =>
  (vat === null ? [] : [{ ...vat, grossMinor: totalMinor }]);

export function statementDocument(statement: Statement, parties: StatementParties, locale: Locale): ReportDocument {
  const { currency, issuedAt, totalMinor } = statement;
  const { issuer, facility, recipient } = parties;
  const day = (at: Instant): string => dateText(locale, at, facility.zone);
  return {
    locale, currency, zone: facility.zone, printedAt: issuedAt,
    title: t(locale, "title"), subtitle: `${facility.name}, ${monthText(locale, statement.month)}`,
    administration: [issuer.name, issuer.address, `${t(locale, "vatNumber")} ${issuer.vatNumber}`],
    letter: {
      to: recipient ? [recipient.name, ...recipient.address.split(/\s*[,\n]\s*/)] : [t(locale, "erased")],
      facts: [
        [t(locale, "number"), statement.number], [t(locale, "issued"), day(issuedAt)], [t(locale, "month"), monthText(locale, statement.month)],
        [t(locale, "account"), statement.account], [t(locale, "carPark"), `${facility.name}, ${facility.address}`],
      ],
      closing: [...(totalMinor < 0 ? [t(locale, "credit")] : []), t(locale, statement.vat === null ? "closingPlain" : "closing")],
    },
    tables: [linesTable(statement, parties, locale), ...vatTable(statement, locale)],
    charts: [], sheet: sheetOf(statement, parties, locale),
  };
}

/** "March 2026", "März 2026". */
export function monthText(locale: Locale, month: string): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  const format = new Intl.DateTimeFormat(locale === "de" ? "de-AT" : "en-GB", { month: "long", year: "numeric", timeZone: "UTC" });
  return format.format(Date.UTC(year, number - 1, 1));
}

const minutesOf = (ms: number): number => Math.round(ms / MINUTE);

function linesTable(statement: Statement, { labelOf }: StatementParties, locale: Locale): ReportTable {
  const label = (credential: string): string => labelOf(credential) ?? t(locale, "plateErased");
  return {
    heading: t(locale, "lines"),
    columns: [
      { title: t(locale, "what"), kind: "text" }, { title: t(locale, "credential"), kind: "text" }, { title: t(locale, "from"), kind: "time" },
      { title: t(locale, "to"), kind: "time" }, { title: t(locale, "minutes"), kind: "minutes" }, { title: t(locale, "amount"), kind: "money" },
    ],
    rows: statement.lines.flatMap((line): (readonly Cell[])[] => {
      const what = whatOf(line, statement, locale);
      switch (line.type) {
        case "stay":
          return [
            [what, label(line.credential), line.from, line.to, minutesOf(line.chargedMs), line.amountMinor],
            ...partsOf(line).map(({ from, to }): readonly Cell[] => [`– ${t(locale, "charged")}`, "", from, to, minutesOf(to - from), ""]),
          ];
        case "exitWithoutEntry": return [[what, label(line.credential), null, line.at, null, line.amountMinor]];
        case "correction":
          return [
            [what, label(line.credential), null, null, null, line.amountMinor],
            ...(line.why ? [[`– ${whyText(line.why, locale)}`, "", null, null, null, ""] as const] : []),
          ];
        case "contractFee": return [[what, "", null, null, null, line.amountMinor]];
      }
    }),
    totals: [t(locale, "total"), "", "", "", "", statement.totalMinor],
  };
}

/** The uncovered parts, where they are not simply the whole stay. */
function partsOf(line: Extract<StatementLine, { readonly type: "stay" }>): readonly { readonly from: Instant; readonly to: Instant }[] {
  const whole = line.charged.length === 1 && line.charged[0]!.from === line.from && line.charged[0]!.to === line.to;
  return whole ? [] : line.charged;
}

function whatOf(line: StatementLine, { currency, month }: { readonly currency: Currency; readonly month: string }, locale: Locale): string {
  switch (line.type) {
    case "stay": return t(locale, "stay", { item: line.item });
    case "exitWithoutEntry": return t(locale, "exitWithoutEntry", { item: line.item });
    case "correction":
      return t(locale, "correction", { original: line.original, item: line.item, billed: moneyText(locale, line.billedMinor, currency) });
    case "contractFee": return t(locale, "contractFee", { item: line.contract, month: monthText(locale, month) });
  }
}

function vatTable(statement: Statement, locale: Locale): readonly ReportTable[] {
  const lines = vatLinesOf(statement);
  if (lines.length === 0) return [];
  return [{
    heading: t(locale, "vat"),
    columns: [
      { title: t(locale, "rate"), kind: "text" }, { title: t(locale, "net"), kind: "money" }, { title: t(locale, "tax"), kind: "money" },
      { title: t(locale, "gross"), kind: "money" },
    ],
    rows: lines.map(({ ratePercent, netMinor, taxMinor, grossMinor }) =>
      [`${locale === "de" ? ratePercent.replace(".", ",") : ratePercent} %`, netMinor, taxMinor, grossMinor]),
  }];
}

/** For machines: one line each, with the number of the statement in every line. */
function sheetOf(statement: Statement, { labelOf }: StatementParties, locale: Locale): ReportTable {
  const columns = [
    ["number", "text"], ["month", "text"], ["account", "text"], ["line", "count"], ["type", "text"], ["item", "text"], ["credential", "text"],
    ["from", "time"], ["to", "time"], ["minutes", "count"], ["original", "text"], ["amount", "money"], ["currency", "text"],
  ] as const;
  // Older statements have no such line and keep their bytes.
  const explained = statement.lines.some((line) => whyOf(line) !== null);
  return {
    heading: t(locale, "lines"),
    columns: [...columns, ...(explained ? [["why", "text"] as const] : [])].map(([word, kind]) => ({ title: t(locale, word), kind })),
    rows: statement.lines.map((line, index): readonly Cell[] => {
      const of = sheetParts(line, labelOf);
      return [
        statement.number, statement.month, statement.account, index + 1, line.type, of.item, of.label, of.from, of.to, of.minutes, of.original,
        line.amountMinor, statement.currency, ...(explained ? [textOf(whyOf(line), locale)] : []),
      ];
    }),
  };
}

const whyOf = (line: StatementLine): Why | null => (line.type === "correction" ? line.why ?? null : null);
const textOf = (why: Why | null, locale: Locale): string => (why === null ? "" : whyText(why, locale));

type SheetParts = {
  readonly item: string; readonly label: string | null; readonly from: Instant | null; readonly to: Instant | null;
  readonly minutes: number | null; readonly original: string | null;
};

function sheetParts(line: StatementLine, labelOf: StatementParties["labelOf"]): SheetParts {
  const none = { label: null, from: null, to: null, minutes: null, original: null };
  switch (line.type) {
    case "stay":
      return { ...none, item: line.item, label: labelOf(line.credential), from: line.from, to: line.to, minutes: minutesOf(line.chargedMs) };
    case "exitWithoutEntry": return { ...none, item: line.item, label: labelOf(line.credential), to: line.at };
    case "correction": return { ...none, item: line.item, label: labelOf(line.credential), original: line.original };
    case "contractFee": return { ...none, item: line.contract };
  }
}
