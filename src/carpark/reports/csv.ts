/**
 * Comma-separated values (RFC 4180) that spreadsheets open without harm:
 *
 *   BOM           so that umlauts survive
 *   ; and ,       as separator and decimal sign where the reader's spreadsheet expects them
 *   '=1+1         a text that a spreadsheet would take for a formula gets an apostrophe in front
 *
 * Values are for machines: instants as local time with offset-free ISO text, money in major units.
 */
import { majorText } from "../../kernel/money.ts";
import type { Zone } from "../../kernel/zone.ts";
import type { Cell, Column, ReportDocument } from "./document.ts";

export type CsvStyle = { readonly separator: "," | ";"; readonly decimal: "." | "," };

/** What a spreadsheet of that language expects. */
export const csvStyleOf = (locale: "en" | "de"): CsvStyle =>
  locale === "de" ? { separator: ";", decimal: "," } : { separator: ",", decimal: "." };

const BOM = "\u{FEFF}";

export function csvOf(document: ReportDocument, zone: Zone, style: CsvStyle = csvStyleOf(document.locale)): string {
  const table = document.sheet;
  const head = table.columns.map(({ title }) => title);
  const body = table.rows.map((row) => row.map((cell, index) => plain(cell, table.columns[index]!, document, zone, style)));
  return csvText([head, ...body], style);
}

/** Lines of cells as they shall stand there; every line ends with CR LF. */
export function csvText(lines: readonly (readonly string[])[], style: CsvStyle): string {
  return BOM + lines.map((line) => `${line.map((cell) => quoted(guarded(cell), style)).join(style.separator)}\r\n`).join("");
}

function plain(cell: Cell, column: Column, document: ReportDocument, zone: Zone, style: CsvStyle): string {
  if (cell === null) return "";
  if (typeof cell === "boolean") return cell ? "1" : "0";
  if (typeof cell === "string") return cell;
  if (typeof cell !== "number") return cell.map((part) => numberText(part, style)).join(" ");
  if (column.kind === "money") return majorText(cell, document.currency).replace(".", style.decimal);
  if (column.kind === "time") return zone.localText(cell);
  return numberText(cell, style);
}

const numberText = (value: number, style: CsvStyle): string => String(value).replace(".", style.decimal);

/** Numbers may begin with a minus; any other text that begins like a formula is made a text for good. */
function guarded(cell: string): string {
  if (/^-?\d+([.,]\d+)?$/.test(cell)) return cell;
  return /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
}

function quoted(cell: string, { separator }: CsvStyle): string {
  return cell.includes('"') || cell.includes(separator) || /[\r\n]/.test(cell) || cell !== cell.trim()
    ? `"${cell.replaceAll('"', '""')}"` : cell;
}
