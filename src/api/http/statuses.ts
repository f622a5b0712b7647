/**
 * The HTTP status of every refusal, in this one file. A refusal that is missing here does not compile.
 *
 *   404 the thing named does not exist     409 it exists but its state does not allow this now
 *   422 understood, and not acceptable     403 somebody else must act or agree
 *   503 our side is not ready for it
 */
import type { Refusal } from "../../carpark/facility/refusal.ts";
import type { OperatorRefusal } from "../../carpark/operator/refusal.ts";
import type { Locale } from "../contract/words.ts";

export type AnyRefusal = Refusal | OperatorRefusal;

export const REFUSAL_STATUS: Readonly<Record<AnyRefusal["type"], 403 | 404 | 409 | 422 | 503>> = {
  facilityNotConfigured: 503,
  facilityInSafeMode: 503,
  laneUnknown: 404,
  laneWrongDirection: 409,
  noVehicle: 409,
  laneBusy: 409,
  laneNotAutomatic: 409,
  stationUnknown: 404,
  stationBusy: 409,
  cashInserted: 409,
  cardPending: 409,
  countImpossible: 422,
  stationOutOfService: 409,
  nothingToDo: 409,
  denominationRefused: 422,
  ticketUnknown: 404,
  ticketState: 409,
  ticketClaimed: 409,
  stayClaimed: 409,
  amountExpired: 409,
  paymentKnown: 409,
  paidOtherwise: 409,
  amountTooSmall: 422,
  amountTooLarge: 422,
  readStale: 409,
  rightsRefused: 409,
  tariffMissing: 503,
  notPriced: 503,
  tariffNotNext: 409,
  tariffInPast: 422,
  tariffRefused: 422,
  stayUnknown: 404,
  groupUnknown: 404,
  callUnknown: 404,
  faultUnknown: 404,
  faultState: 409,
  reasonMissing: 422,
  textTooLong: 422,
  actorMissing: 403,
  secondPersonMissing: 403,
  shiftMissing: 409,
  shiftOpen: 409,
  tillTooLow: 409,
  chitUnknown: 404,
  chitRedeemed: 409,
  paymentUnknown: 404,
  refundTooHigh: 422,
  timeImpossible: 422,
  entryRefused: 409,
  exitRefused: 409,

  operatorNotConfigured: 503,
  facilityUnknown: 404,
  zoneUnknown: 503,
  facilityStillSold: 409,
  companyUnknown: 404,
  contractMissing: 409,
  contractImpossible: 422,
  cardsExhausted: 409,
  seasonTicketUnknown: 404,
  seasonTicketBlocked: 409,
  notADate: 422,
  startInPast: 422,
  startTooFar: 422,
  priceChanged: 409,
  tillMissing: 409,
  cardInUse: 409,
  cardUnknown: 404,
  cardReplaced: 409,
  accountUnknown: 404,
  accountExists: 409,
  accountClosed: 409,
  parkerUnknown: 404,
  parkerExists: 409,
  credentialUnknown: 404,
  credentialTaken: 409,
  credentialPresent: 409,
  contractExists: 409,
  contractUnknown: 404,
  rightImpossible: 422,
  tooMany: 409,
};

/** The kind of a refusal in a few words; its own sentence follows as the detail. */
export const REFUSAL_TITLES: Readonly<Record<(typeof REFUSAL_STATUS)[AnyRefusal["type"]], Readonly<Record<Locale, string>>>> = {
  403: { en: "Somebody else must act or agree", de: "Jemand anderes muss handeln oder zustimmen" },
  404: { en: "Not found", de: "Nicht gefunden" },
  409: { en: "Not possible now", de: "Jetzt nicht möglich" },
  422: { en: "Not acceptable as it is", de: "So nicht möglich" },
  503: { en: "Not ready yet", de: "Noch nicht bereit" },
};

/** Refusals only the operator's stream has; those both have are worded as the facility's. */
type OnlyOperator = Exclude<OperatorRefusal, { readonly type: Refusal["type"] }>;
const ONLY_OPERATOR: Readonly<Record<OnlyOperator["type"], true>> = {
  operatorNotConfigured: true, facilityUnknown: true, zoneUnknown: true, facilityStillSold: true, companyUnknown: true, contractMissing: true,
  contractImpossible: true, cardsExhausted: true, seasonTicketUnknown: true, seasonTicketBlocked: true, notADate: true, startInPast: true,
  startTooFar: true, priceChanged: true, tillMissing: true, cardInUse: true, cardUnknown: true, cardReplaced: true,
  accountUnknown: true, accountExists: true, accountClosed: true, parkerUnknown: true, parkerExists: true, credentialUnknown: true,
  credentialTaken: true, credentialPresent: true, contractExists: true, contractUnknown: true, rightImpossible: true, tooMany: true,
};

export const isOperatorRefusal = (refusal: AnyRefusal): refusal is OnlyOperator => Object.hasOwn(ONLY_OPERATOR, refusal.type);
