/**
 * Countries of number plates and their rules: what a plate may look like, and which letters of a read may stand for
 * another. Sources: the formats of DE, AT and GB plates in force and still on the road; look-alikes as published by
 * makers of matching software and as seen on 1,776 wrong reads.
 *
 * Australia has no national format (each state its own, and personal ones), so there a read is never impossible.
 */

/** ISO 3166 alpha-2. */
export type Country = string;

type CountryRules = {
  /** A whole plate, separators left out; null where a format says too little to tell a wrong read. */
  readonly shapes: readonly RegExp[] | null;
  /** Signs printed beside the plate that cameras read as part of it (the band of the EU, the UK's identifier). */
  readonly bands: readonly string[];
  /** Groups of characters that look alike here; the first stands for all of them. */
  readonly lookAlikes: readonly string[];
};

/** Letters and digits taken for each other everywhere. */
const COMMON = ["0OQ", "1I", "2Z", "5S", "8B", "6G"];
/** Cameras made for other countries leave the dots out. */
const UMLAUTS = ["AÄ", "UÜ"];

const RULES: Readonly<Record<string, CountryRules>> = {
  AT: {
    // District of one or two letters; then digits and letters, or (chosen) letters and digits.
    shapes: [/^(?=.{4,8}$)[A-Z]{1,2}(?:[1-9]\d{0,4}[A-Z]{1,3}|[A-Z]{1,5}[1-9]\d{0,4})$/],
    bands: ["A"], lookAlikes: COMMON,
  },
  DE: {
    // District of one to three letters, one or two letters, one to four digits; E electric, H historic.
    shapes: [/^(?=.{3,8}$)[A-ZÄÖÜ]{1,3}[A-Z]{1,2}[1-9]\d{0,3}[EH]?$/],
    bands: ["D"], lookAlikes: ["0OQÖD", ...COMMON.slice(1), ...UMLAUTS],
  },
  GB: {
    // 2001 (AB12 CDE), 1983 (A123 BCD), 1963 (ABC 123D), older and Northern Ireland (ABC 1234, 1234 AB).
    shapes: [/^[A-Z]{2}\d{2}[A-Z]{3}$/, /^[A-Z]\d{1,3}[A-Z]{3}$/, /^[A-Z]{3}\d{1,3}[A-Z]$/, /^[A-Z]{1,3}\d{1,4}$/, /^\d{1,4}[A-Z]{1,3}$/],
    bands: ["GB", "UK"], lookAlikes: ["0OQD", ...COMMON.slice(1)],
  },
  AU: { shapes: null, bands: [], lookAlikes: COMMON },
};

const ANYWHERE: CountryRules = { shapes: null, bands: [], lookAlikes: ["0OQÖ", ...COMMON.slice(1), ...UMLAUTS] };

const rulesOf = (country: Country | null): CountryRules =>
  (country !== null && Object.hasOwn(RULES, country) ? RULES[country] : undefined) ?? ANYWHERE;

/** Names cameras give to countries, in small letters. Others are left as they are when they are two letters. */
const NAMES: Readonly<Record<string, Country>> = {
  a: "AT", aut: "AT", austria: "AT", d: "DE", deu: "DE", ger: "DE", germany: "DE",
  uk: "GB", gbr: "GB", eng: "GB", aus: "AU", australia: "AU", cze: "CZ", tur: "TR", bra: "BR",
};

/** The country a camera names, or null when it names none that is understood: unknown is not a guess. */
export function countryOf(name: string | null | undefined): Country | null {
  const text = (name ?? "").trim().toLowerCase();
  if (Object.hasOwn(NAMES, text)) return NAMES[text] ?? null;
  return /^[a-z]{2}$/.test(text) ? text.toUpperCase() : null;
}

/** Whether such a plate is issued in the country; true where that cannot be told. */
export function mayExist(text: string, country: Country | null): boolean {
  const { shapes } = rulesOf(country);
  return shapes === null || shapes.some((shape) => shape.test(text));
}

/** Whether the format of the country's plates tells possible from impossible ones. */
export const hasShapes = (country: Country | null): boolean => rulesOf(country).shapes !== null;

/** Without the band at its left edge, when it is no plate with it and one without. */
export function withoutBand(text: string, country: Country | null): string {
  if (!hasShapes(country) || mayExist(text, country)) return text;
  for (const band of rulesOf(country).bands) {
    const rest = text.slice(band.length);
    if (text.startsWith(band) && mayExist(rest, country)) return rest;
  }
  return text;
}

/** Every character replaced by the one that stands for all it looks like. */
export function folded(text: string, country: Country | null): string {
  const { lookAlikes } = rulesOf(country);
  return [...text].map((char) => lookAlikes.find((group) => group.includes(char))?.[0] ?? char).join("");
}

/** Every country's look-alikes at once: texts that any table makes equal are equal here, so an index can find them. */
const COARSE = ["0OQDÖ", "1I", "2Z", "5S", "8B", "6G", ...UMLAUTS];

export const coarseFold = (text: string): string =>
  [...text].map((char) => COARSE.find((group) => group.includes(char))?.[0] ?? char).join("");
