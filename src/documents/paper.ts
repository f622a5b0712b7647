/**
 * Paper of 80 mm: one text source becomes the bytes of an ESC/POS printer and the picture of what they print.
 * Equal sources give equal bytes; nothing is fetched from anywhere.
 */
import receiptline from "receiptline";

/** Characters on a line of 80 mm paper with the printer's standard font. */
export const LINE_CHARS = 42;

export type Paper = {
  /** Receiptline markup. */
  readonly source: string;
  /** A picture of the paper. */
  readonly svg: string;
  /** What an ESC/POS printer is sent. */
  readonly escpos: Uint8Array;
};

export function paperOf(title: string, lines: readonly string[]): Paper {
  const source = lines.join("\n");
  const printer = { cpl: LINE_CHARS, encoding: "multilingual" } as const;
  return {
    source,
    svg: plainSvg(receiptline.transform(source, { ...printer, command: "svg" }), title),
    escpos: Buffer.from(receiptline.transform(source, { ...printer, command: "escpos" }), "latin1"),
  };
}

/** Text as it stands: markup characters escaped, blanks that do not break made plain (printers lack them). */
export const text = (value: string): string =>
  value.replace(/[\u00a0\u2007\u202f]/g, " ").replace(/[\r\n\t]+/g, " ").replace(/[\\|{}~_"`^=-]/g, "\\$&");

/** Left and right on one line. */
export const row = (left: string, right: string): string => `${text(left)} | ${text(right)}`;
export const strongRow = (left: string, right: string): string => `"${text(left)}" | "${text(right)}"`;
export const centred = (value: string): string => text(value);
export const heading = (value: string): string => `^^^${text(value)}`;
export const left = (value: string): string => `${text(value)} |`;
export const RULE = "-";
export const BLANK = "";

/** White around the print, in dots of the printer. */
const BORDER = 24;
const SHEET = `x="${-BORDER}" y="${-BORDER}" width="100%" height="100%"`;

/** The library imports a web font and numbers its filters at random: neither belongs on paper. */
function plainSvg(svg: string, title: string): string {
  return svg
    .replace(/<style[^>]*><!\[CDATA\[@import[^\]]*\]\]><\/style>/g, "")
    .replace(/receipt-[0-9a-f-]{36}/g, "receipt-invert")
    .replaceAll("'Courier Prime', ", "")
    .replace(/<svg width="(\d+)px" height="(\d+)px" viewBox="[^"]*"/, (_, w: string, h: string) => {
      const [width, height] = [Number(w) + 2 * BORDER, Number(h) + 2 * BORDER];
      return `<svg width="${width}" height="${height}" viewBox="${-BORDER} ${-BORDER} ${width} ${height}"`;
    })
    .replace(/(<svg[^>]*)>/, `$1 role="img"><title>${xml(title)}</title><rect ${SHEET} fill="#fff"/>`);
}

export const xml = (value: string): string =>
  value.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
