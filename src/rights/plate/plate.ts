/**
 * A number plate as text that can be compared.
 *
 *   " w-12345 x " --NFKC, capitals by a fixed table, separators out--> W12345X
 *
 * Promise: the same plate typed or read in any spelling is the same text; what is no plate is refused; made once
 * more, nothing changes (C5). Plates of different countries stay different.
 */
import type { Brand } from "../../kernel/brand.ts";
import { type Result, err, ok } from "../../kernel/result.ts";
import { type Country, withoutBand } from "./country.ts";

/** Capitals A to Z, Ä, Ö, Ü and digits. */
export type PlateText = Brand<string, "PlateText">;

/** `country` null: nobody said. */
export type Plate = { readonly text: PlateText; readonly country: Country | null };

/** The longest plate known has 10 characters; some countries' personal ones a little more. */
export const PLATE_LENGTH_MAX = 16;
/** What somebody types around it: blanks, hyphens. */
export const PLATE_RAW_LENGTH_MAX = 64;

export type PlateRefusal = { readonly type: "plateMissing" } | { readonly type: "plateTooLong"; readonly max: number } | { readonly type: "plateCharacter" };

const SEPARATORS = /[\s\-‐-―._:·•/]/gu;
const PLATE = /^[A-Z0-9ÄÖÜ]+$/;

/** The upper case of a fixed table: what a machine's locale thinks of `i` changes no plate. */
const capitals = (text: string): string =>
  text.replace(/[a-zäöü]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 32));

/** The plate in what a person typed or a camera read; errors never repeat the text. */
export function readPlate(raw: string, country: Country | null): Result<Plate, PlateRefusal> {
  if (raw.length > PLATE_RAW_LENGTH_MAX) return err({ type: "plateTooLong", max: PLATE_RAW_LENGTH_MAX });
  const text = withoutBand(capitals(raw.normalize("NFKC")).replace(SEPARATORS, ""), country);
  if (text === "") return err({ type: "plateMissing" });
  if (text.length > PLATE_LENGTH_MAX) return err({ type: "plateTooLong", max: PLATE_LENGTH_MAX });
  if (!PLATE.test(text)) return err({ type: "plateCharacter" });
  return ok({ text: text as PlateText, country });
}

/** Not known to be of different countries. */
export const countriesAgree = (a: Plate, b: Plate): boolean => a.country === null || b.country === null || a.country === b.country;

export const samePlate = (a: Plate, b: Plate): boolean => a.text === b.text && countriesAgree(a, b);

/** What a vault row of a plate holds, and how it is read back; undefined for a row that is no plate. */
export const sealedPlate = (plate: Plate): string => `plate/${plate.country ?? ""}/${plate.text}`;

export function plateOfSealed(text: string): Plate | undefined {
  const found = /^plate\/([A-Z]{2})?\/([A-Z0-9ÄÖÜ]{1,16})$/.exec(text);
  // This pattern is the parser of rows that `sealedPlate` wrote.
  return found ? { text: found[2] as PlateText, country: found[1] ?? null } : undefined;
}
