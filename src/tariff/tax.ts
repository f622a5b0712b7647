/**
 * Tax of a line or a collection. Rates are held as ten-thousandths of a percent, so 7.7 % is exact, and the
 * one division is done on big integers: no float decides a cent.
 */
import type { MinorUnits } from "../kernel/money.ts";
import { SCALE, type Scaled } from "./scaled.ts";

/** 10 % is 100_000. */
export type TaxRate = number;
export const TAX_RATE_DIGITS = 4;
const WHOLE = 1_000_000n;

export type Tax = {
  readonly included: boolean;
  readonly rate?: TaxRate;
  /** A fixed amount of tax, instead of a rate. */
  readonly value?: Scaled;
};

/** `rate` of the amount, half up to the minor unit: what is added when the price does not include tax. */
export const taxOnTop = (amount: Scaled, rate: TaxRate): MinorUnits =>
  divideHalfUp(BigInt(amount) * BigInt(rate), WHOLE * BigInt(SCALE));

/** The tax inside an amount that includes it, half up to the minor unit. */
export const taxWithin = (amount: Scaled, rate: TaxRate): MinorUnits =>
  divideHalfUp(BigInt(amount) * BigInt(rate), (WHOLE + BigInt(rate)) * BigInt(SCALE));

function divideHalfUp(numerator: bigint, denominator: bigint): number {
  return Number((2n * numerator + denominator) / (2n * denominator));
}

/** `10`, `7.7`: the rate in percent as decimal text. */
export const percentText = (rate: TaxRate): string => String(rate / 10 ** TAX_RATE_DIGITS);
