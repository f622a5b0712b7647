/**
 * HTML by template: every value is escaped unless it is itself `Html`, so text from a ticket or a
 * configuration file can never become markup.
 */
export type Html = { readonly markup: string };

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => ESCAPES[sign]!);

type Piece = string | number | Html | readonly Html[] | null;

export function html(parts: TemplateStringsArray, ...values: readonly Piece[]): Html {
  return { markup: parts.reduce((text, part, i) => text + markupOf(values[i - 1] ?? null) + part) };
}

function markupOf(value: Piece): string {
  if (value === null) return "";
  if (typeof value === "string" || typeof value === "number") return escaped(String(value));
  return "markup" in value ? value.markup : value.map((one) => one.markup).join("");
}

/** Only for text written in this repository: styles and scripts. */
export const trusted = (markup: string): Html => ({ markup });

export type PageParts = {
  readonly locale: string;
  readonly title: string;
  readonly style: string;
  readonly head?: Html;
  readonly body: Html;
  /** For servers whose Content-Security-Policy asks for one on inline styles and scripts. */
  readonly nonce?: string;
};

export const nonceOf = (nonce: string | undefined): Html => (nonce === undefined ? html`` : html` nonce="${nonce}"`);

export function pageOf(page: PageParts): string {
  return html`<!doctype html>
<html lang="${page.locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark"><title>${page.title}</title><link rel="icon" href="data:,">
<style${nonceOf(page.nonce)}>${trusted(page.style)}</style>${page.head ?? null}</head>
<body>${page.body}</body></html>
`.markup;
}
