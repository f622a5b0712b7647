/**
 * Money is an integer count of minor units (cents) with an ISO 4217 currency. JSON on the APDS wire
 * carries decimal major units; they are parsed and printed exactly, through text, never by float arithmetic.
 */
import { type Result, err, ok } from "./result.ts";

export type Currency = string;
export type MinorUnits = number;
export type Money = { readonly amountMinor: MinorUnits; readonly currency: Currency };

/** Digits after the point for currencies that do not have two (ISO 4217). */
const DIGITS: Readonly<Record<string, number>> = {
  BIF: 0, CLP: 0, DJF: 0, GNF: 0, ISK: 0, JPY: 0, KMF: 0, KRW: 0, PYG: 0, RWF: 0, UGX: 0, VND: 0,
  VUV: 0, XAF: 0, XOF: 0, XPF: 0, BHD: 3, IQD: 3, JOD: 3, KWD: 3, LYD: 3, OMR: 3, TND: 3,
};

export const minorDigits = (currency: Currency): number => DIGITS[currency] ?? 2;

/** Decimal major units ("12.30", 12.3) to minor units; refused if finer than the currency's minor unit. */
export function minorOf(major: number | string, currency: Currency): Result<MinorUnits, { readonly type: "notMoney"; readonly text: string }> {
  const text = typeof major === "number" ? decimalText(major) : major.trim();
  const match = /^(-?)(\d{1,13})(?:\.(\d*))?$/.exec(text);
  const digits = minorDigits(currency);
  if (!match) return err({ type: "notMoney", text });
  const fraction = (match[3] ?? "").replace(/0+$/, "");
  if (fraction.length > digits) return err({ type: "notMoney", text });
  const minor = Number(match[2]! + fraction.padEnd(digits, "0"));
  if (!Number.isSafeInteger(minor)) return err({ type: "notMoney", text });
  return ok(match[1] === "-" && minor !== 0 ? -minor : minor);
}

/** Minor units to decimal major units as text, "12.30". */
export function majorText(amountMinor: MinorUnits, currency: Currency): string {
  const digits = minorDigits(currency);
  const sign = amountMinor < 0 ? "-" : "";
  const text = String(Math.abs(amountMinor)).padStart(digits + 1, "0");
  return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

function decimalText(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const text = String(value);
  return text.includes("e") ? value.toFixed(12).replace(/\.?0+$/, "") : text;
}
