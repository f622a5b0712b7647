/** How payments and chits are named on paper and in addresses: a letter and a running number of the car park. */
import { type Result, err, ok } from "../../kernel/result.ts";

export const paymentRef = (payment: number): string => `P${String(payment).padStart(6, "0")}`;
export const chitRef = (chit: number): string => `C${String(chit).padStart(6, "0")}`;

export type NotAReference = { readonly type: "notAReference"; readonly text: string };

export const parsePaymentRef = (text: string): Result<number, NotAReference> => parse("P", text);
export const parseChitRef = (text: string): Result<number, NotAReference> => parse("C", text);

/** Accepts "P000042", "p42" and "42". */
function parse(letter: "P" | "C", text: string): Result<number, NotAReference> {
  const match = /^([A-Za-z]?)(\d{1,12})$/.exec(text.trim());
  const number = Number(match?.[2]);
  const fits = match !== null && (match[1] === "" || match[1]?.toUpperCase() === letter) && number > 0;
  return fits ? ok(number) : err({ type: "notAReference", text: text.slice(0, 40) });
}
