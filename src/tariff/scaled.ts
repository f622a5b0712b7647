/**
 * Amounts inside the engine: integers of a ten-thousandth of the minor unit, so that "0.0035 per minute" is
 * exact and sums never drift. They become minor units, half up, only where the rules say so.
 */
import type { MinorUnits } from "../kernel/money.ts";
import { minorDigits } from "../kernel/money.ts";

export type Scaled = number;
export const SCALE = 10_000;
const SCALE_DIGITS = 4;

export const scaledOfMinor = (minor: MinorUnits): Scaled => minor * SCALE;

/** Half up; the amounts of a quote are never negative, a refund's rounding is not this one. */
export const halfUpToMinor = (scaled: Scaled): MinorUnits => Math.floor((scaled + SCALE / 2) / SCALE);

/** Reads decimal major units exactly from their text; undefined when not a number or finer than the scale. */
export function scaledOfMajor(text: string, currency: string): Scaled | undefined {
  const digits = minorDigits(currency) + SCALE_DIGITS;
  const integer = decimalDigits(text, digits);
  return integer === undefined ? undefined : integer;
}

/** The decimal `text` times 10^digits as an integer; undefined when it is no decimal or is finer than that. */
export function decimalDigits(text: string, digits: number): number | undefined {
  const match = /^(-?)(\d{1,12})(?:\.(\d*))?$/.exec(text.trim());
  if (!match) return undefined;
  const fraction = (match[3] ?? "").replace(/0+$/, "");
  if (fraction.length > digits) return undefined;
  const value = Number(match[2]! + fraction.padEnd(digits, "0"));
  if (!Number.isSafeInteger(value)) return undefined;
  return match[1] === "-" && value !== 0 ? -value : value;
}

/** Decimal text of a JSON number, without exponent; undefined when it has none. */
export function decimalText(value: number): string | undefined {
  if (!Number.isFinite(value)) return undefined;
  const text = String(value);
  return text.includes("e") ? undefined : text;
}
