/**
 * A report on paper: A4, the City administration in the head, page numbers and print date in the foot, the
 * head of a table repeated on each page. The font is embedded, so it looks the same everywhere.
 */
import pdfmake from "pdfmake";
import roboto from "pdfmake/fonts/Roboto.js";
import { dateTimeText, durationText, moneyText, numberText } from "../../messages/format.ts";
import { chartSvg } from "./chart.ts";
import type { Cell, Column, ColumnKind, ReportDocument, ReportTable } from "./document.ts";
import { t } from "./words.ts";

const FONT_FILES = new Set(Object.values(roboto["Roboto"] ?? {}));
pdfmake.setFonts(roboto);
// Nothing a report holds may make the server fetch or read anything but its own font.
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy((path) => FONT_FILES.has(path));

/** A table this wide needs the page on its side. */
const PORTRAIT_COLUMNS_MAX = 8;
const INK = "#1a1d21";
const FAINT = "#6b7280";
const LINE = "#d1d5db";

/**
 * The bytes of the PDF, the same for the same document: its date is the document's own. pdfmake writes into what
 * it is given, so it is given a definition of its own.
 */
export function pdfOf(document: ReportDocument): Promise<Buffer> {
  const landscape = document.tables.some(({ columns }) => columns.length > PORTRAIT_COLUMNS_MAX);
  const printed = t(document.locale, "printed", { at: dateTimeText(document.locale, document.printedAt, document.zone) });
  const width = (landscape ? 842 : 595) - 80;
  return pdfmake.createPdf({
    info: { title: `${document.title} ${document.subtitle}`, author: document.administration[0] ?? "", creationDate: new Date(document.printedAt) },
    lang: document.locale,
    pageSize: "A4",
    pageOrientation: landscape ? "landscape" : "portrait",
    pageMargins: [40, 64, 40, 56],
    defaultStyle: { font: "Roboto", fontSize: 9, color: INK, lineHeight: 1.15 },
    header: { text: document.administration.join(" · "), margin: [40, 28, 40, 0], color: FAINT, fontSize: 8 },
    footer: (page: number, pages: number) => ({
      columns: [{ text: printed }, { text: t(document.locale, "page", { page, pages }), alignment: "right" }],
      margin: [40, 20, 40, 0], color: FAINT, fontSize: 8,
    }),
    content: [
      { text: document.title, fontSize: 18, bold: true },
      { text: document.subtitle, fontSize: 11, color: FAINT, margin: [0, 2, 0, 10] },
      ...letterOf(document),
      ...document.charts.flatMap((chart) => [headingOf(chart.heading), { svg: chartSvg(chart), width, margin: [0, 0, 0, 8] }]),
      ...document.tables.flatMap((table) => [headingOf(table.heading), tableOf(table, document)]),
      ...(document.letter?.closing ?? []).map((text) => ({ text, margin: [0, 10, 0, 0] })),
    ],
  }).getBuffer();
}

function letterOf({ letter }: ReportDocument): object[] {
  if (!letter || letter.facts.length === 0) return [];
  const facts = letter.facts.map(([name, value]) => [{ text: name, color: FAINT }, { text: value }]);
  return [{
    columns: [
      { stack: [...letter.to], width: "*" },
      { table: { widths: ["auto", "auto"], body: facts }, layout: "noBorders", width: "auto" },
    ],
    margin: [0, 0, 0, 8],
  }];
}

const headingOf = (text: string): object => ({ text, fontSize: 11, bold: true, margin: [0, 8, 0, 4], headlineLevel: 1 });

function tableOf(table: ReportTable, document: ReportDocument): object {
  if (table.rows.length === 0) return { text: t(document.locale, "nothing"), color: FAINT };
  const line = (cells: readonly Cell[], bold: boolean): object[] => table.columns.map((column, index) =>
    ({ text: cellText(cells[index] ?? null, column, document), alignment: alignmentOf(column.kind), bold }));
  const head = table.columns.map(({ title, kind }) => ({ text: title, bold: true, alignment: alignmentOf(kind) }));
  const totals = table.totals ? [line(table.totals, true)] : [];
  return {
    table: {
      headerRows: 1, dontBreakRows: true,
      widths: table.columns.map(({ kind }, index) => (kind === "text" && index === widest(table) ? "*" : "auto")),
      body: [head, ...table.rows.map((row) => line(row, false)), ...totals],
    },
    layout: {
      hLineWidth: (row: number) => (row === 0 ? 0 : row === 1 ? 0.8 : 0.4), vLineWidth: () => 0,
      hLineColor: () => LINE, paddingLeft: () => 3, paddingRight: () => 3, paddingTop: () => 3,
      paddingBottom: () => 3,
    },
  };
}

/** The text column with the longest content takes the room that is left. */
function widest(table: ReportTable): number {
  const lengths = table.columns.map(({ kind }, index) =>
    (kind !== "text" ? 0 : Math.max(...table.rows.map((row) => String(row[index] ?? "").length))));
  return lengths.indexOf(Math.max(...lengths));
}

const alignmentOf = (kind: ColumnKind): "left" | "right" =>
  kind === "count" || kind === "money" || kind === "minutes" ? "right" : "left";

function cellText(cell: Cell, column: Column, { locale, currency, zone }: ReportDocument): string {
  if (cell === null) return "–";
  if (typeof cell === "boolean") return t(locale, cell ? "yes" : "no");
  if (typeof cell === "string") return cell;
  if (typeof cell !== "number") return cell.map((part) => durationText(locale, part * 60_000)).join(", ") || "–";
  switch (column.kind) {
    case "money":
      return moneyText(locale, cell, currency);
    case "minutes":
      return durationText(locale, cell * 60_000);
    case "time":
      return dateTimeText(locale, cell, zone);
    case "count":
    case "text":
    case "list":
    case "yesNo":
      return numberText(locale, cell);
  }
}
