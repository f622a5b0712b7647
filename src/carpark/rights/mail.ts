/** What came of an e-mail to an account, recorded in the car park it was about. No address, no name. */
import type { Deciding } from "../facility/deciding.ts";
import type { Refusal } from "../facility/refusal.ts";

/** `subject`: the stay or the number of the statement. `detail` holds no address. */
export type AccountMail = {
  readonly account: string; readonly cause: "overflow" | "uncovered" | "promoted" | "statement"; readonly subject: string;
  readonly delivered: boolean; readonly detail: string;
};
export type AccountMailEvent = { readonly type: "AccountMailRecorded" } & AccountMail;
export type AccountMailCommand = { readonly type: "RecordAccountMail" } & AccountMail;

export function recordMail(d: Deciding, { type: _type, ...mail }: AccountMailCommand): Refusal | null {
  d.emit({ type: "AccountMailRecorded", ...mail });
  return null;
}
