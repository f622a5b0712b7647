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
  | { readonly type: "cardInUse" }
  | { readonly type: "cardUnknown" }
  | { readonly type: "cardReplaced"; readonly ticket: string }
  | { readonly type: "nothingToDo"; readonly what: string }
  | { readonly type: "reasonMissing" }
  | { readonly type: "textTooLong"; readonly max: number }
  | { readonly type: "actorMissing" };

export type ContractProblem =
  | "noFacility" | "facilityTwice" | "visitsPerDay" | "visitDuration" | "cards" | "serviceHours" | "fixWithin" | "name" | "seasonPrices";
