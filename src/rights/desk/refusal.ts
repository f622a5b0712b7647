/** What is refused at the entry, in the order in which it is tested, and commands that do not apply. Closed lists. */
import type { MinorUnits } from "../../kernel/money.ts";
import type { Instant } from "../../kernel/instant.ts";
import type { PriceRefusal } from "../coverage/price.ts";

/** The documented order; a test keeps it. */
export const ENTRY_REFUSALS = [
  "facilityClosed", "credentialBlocked", "alreadyPresent", "notAuthorised", "overflowRefused", "groupFull",
] as const;

export type NotAuthorisedReason = "expired" | "outsideWindow" | "wrongFacility" | "noRight";

export type EntryRefusal =
  | { readonly type: "facilityClosed" }
  | { readonly type: "credentialBlocked"; readonly because: "blocked" | "leaving" }
  | { readonly type: "alreadyPresent"; readonly stay: string; readonly since: Instant }
  | { readonly type: "notAuthorised"; readonly reason: NotAuthorisedReason }
  | { readonly type: "overflowRefused"; readonly because: "refuse" | "noAgreement" | "limit"; readonly uncovered: number }
  | { readonly type: "groupFull"; readonly group: string; readonly spaces: number; readonly taken: number };

export type RightsRefusal =
  | { readonly type: "rightsNotConfigured" }
  | { readonly type: "zoneUnknown"; readonly zone: string }
  | { readonly type: "groupsImpossible"; readonly group: string }
  | { readonly type: "policyImpossible"; readonly key: string }
  | { readonly type: "tariffRefused"; readonly findings: readonly string[] }
  | { readonly type: "accountUnknown"; readonly account: string }
  | { readonly type: "accountExists"; readonly account: string }
  | { readonly type: "parkerUnknown"; readonly parker: string }
  | { readonly type: "parkerExists"; readonly parker: string }
  | { readonly type: "credentialUnknown" }
  | { readonly type: "credentialTaken" }
  | { readonly type: "credentialPresent"; readonly stay: string }
  | { readonly type: "contractExists"; readonly contract: string }
  | { readonly type: "contractUnknown"; readonly contract: string }
  | { readonly type: "contractImpossible"; readonly why: "period" | "window" | "group" | "fee" | "parkers" | "overflowLimit" }
  | { readonly type: "agreementImpossible"; readonly why: "period" | "overlap" | "parkers" | "currency" }
  | { readonly type: "bookingImpossible"; readonly why: "endsBeforeStart" | "over" | "tooMany" | "begun" }
  | { readonly type: "bookingUnknown"; readonly booking: string }
  | { readonly type: "rightImpossible"; readonly why: "period" | "tooMany" }
  | { readonly type: "rightUnknown"; readonly right: string }
  | { readonly type: "holdImpossible"; readonly why: "past" | "tooLong" | "erased" }
  | { readonly type: "noStay" }
  | { readonly type: "exitSeen"; readonly stay: string }
  | { readonly type: "timeImpossible"; readonly why: "beforeEntry" | "afterNoticed" }
  | { readonly type: "payerIsAccount"; readonly stay: string }
  | { readonly type: "payerIsProvider"; readonly stay: string }
  | { readonly type: "datedBack"; readonly from: Instant }
  | { readonly type: "notPriced"; readonly because: PriceRefusal["type"] }
  | { readonly type: "nothingDue"; readonly paidMinor: MinorUnits }
  | { readonly type: "nothingToDo"; readonly what: string }
  | { readonly type: "groupUnknown"; readonly group: string }
  | { readonly type: "notAMonth"; readonly text: string }
  | { readonly type: "monthNotOver"; readonly until: Instant }
  | { readonly type: "reasonMissing" };
