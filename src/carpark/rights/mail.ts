/** What came of an e-mail to an account, recorded in the car park it was about. No address, no name. */
import type { Currency, MinorUnits } from "../../kernel/money.ts";
import type { Deciding } from "../facility/deciding.ts";
import type { Refusal } from "../facility/refusal.ts";

/** `subject`: the stay or the number of the statement. `detail` holds no address. */
export type AccountMail = {
  readonly account: string; readonly cause: "overflow" | "uncovered" | "promoted" | "statement"; readonly subject: string;
  readonly delivered: boolean; readonly detail: string;
};
/** What the letter of a statement says; its lines are in the statement. */
export type StatementLetter = {
  readonly account: string; readonly number: string; readonly month: string; readonly totalMinor: MinorUnits; readonly currency: Currency;
};
export type AccountMailEvent =
  | { readonly type: "AccountMailRecorded" } & AccountMail
  /** Staff want it sent once more. */
  | { readonly type: "StatementMailAsked" } & StatementLetter;
export type AccountMailCommand = { readonly type: "RecordAccountMail" } & AccountMail;
export type SendStatementCommand = { readonly type: "SendStatement" } & StatementLetter;

/** The edge has read the statement; here it is only known whose it is. */
export function sendStatement(d: Deciding, { type: _type, ...letter }: SendStatementCommand): Refusal | null {
  if (!d.state.rights.accounts.has(letter.account)) return { type: "rightsRefused", because: { type: "accountUnknown", account: letter.account } };
  d.emit({ type: "StatementMailAsked", ...letter });
  return null;
}

export function recordMail(d: Deciding, { type: _type, ...mail }: AccountMailCommand): Refusal | null {
  d.emit({ type: "AccountMailRecorded", ...mail });
  return null;
}
