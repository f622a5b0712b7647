/** Commands to the operator that do not apply here and now. Closed list; each with the data a caller can use. */
import type { Currency, MinorUnits } from "../../kernel/money.ts";

export type OperatorRefusal =
  | { readonly type: "operatorNotConfigured" }
  | { readonly type: "facilityUnknown"; readonly facility: string }
  | { readonly type: "zoneUnknown"; readonly facility: string; readonly zone: string }
  | { readonly type: "facilityStillSold"; readonly facility: string }
  | { readonly type: "companyUnknown"; readonly company: string }
  | { readonly type: "contractMissing"; readonly company: string }
  | { readonly type: "contractImpossible"; readonly why: ContractProblem }
  | { readonly type: "cardsExhausted"; readonly company: string; readonly cards: number }
  | { readonly type: "seasonTicketUnknown"; readonly ticket: string }
  | { readonly type: "seasonTicketBlocked"; readonly ticket: string }
  | { readonly type: "notADate"; readonly text: string }
  | { readonly type: "startInPast"; readonly earliest: string }
  | { readonly type: "startTooFar"; readonly latest: string }
  | { readonly type: "priceChanged"; readonly priceMinor: MinorUnits; readonly currency: Currency }
  /** Cash without a till to put it into. */
  | { readonly type: "tillMissing" }
  | { readonly type: "shiftMissing"; readonly till: string }
  | { readonly type: "cardInUse" }
  | { readonly type: "cardUnknown" }
  | { readonly type: "cardReplaced"; readonly ticket: string }
  | { readonly type: "accountUnknown"; readonly account: string }
  | { readonly type: "accountExists"; readonly account: string }
  | { readonly type: "accountClosed"; readonly account: string }
  | { readonly type: "parkerUnknown"; readonly parker: string }
  | { readonly type: "parkerExists"; readonly parker: string }
  | { readonly type: "credentialUnknown" }
  | { readonly type: "credentialTaken" }
  /** Its car is inside these car parks, and they do not let it be removed before it leaves. */
  | { readonly type: "credentialPresent"; readonly facilities: readonly string[] }
  | { readonly type: "contractExists"; readonly contract: string }
  | { readonly type: "contractUnknown"; readonly contract: string }
  | { readonly type: "rightImpossible"; readonly why: AgreementProblem | "overflowLimit" }
  | { readonly type: "tooMany"; readonly what: "parkers" | "credentials" | "contracts"; readonly max: number }
  | { readonly type: "nothingToDo"; readonly what: string }
  | { readonly type: "reasonMissing" }
  | { readonly type: "textTooLong"; readonly max: number }
  | { readonly type: "actorMissing" };

export type ContractProblem =
  | "noFacility" | "facilityTwice" | "visitsPerDay" | "visitDuration" | "cards" | "serviceHours" | "fixWithin" | "name" | "seasonPrices"
  | "id" | "period" | "window" | "parkers" | "fee" | "overflowLimit" | "group" | "overlap";

/** `overlap`: another agreement of the account pays for one of the same parkers at the same time. */
export type AgreementProblem = "id" | "period" | "parkers" | "tariff" | "overlap";
