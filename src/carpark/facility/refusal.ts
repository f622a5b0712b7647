/**
 * Commands that do not apply here and now. Closed list; every entry carries the data a caller can use, is
 * worded in every language (messages) and has its HTTP status in one table (api).
 */
import type { Instant } from "../../kernel/instant.ts";
import type { MinorUnits } from "../../kernel/money.ts";
import type { RightsRefusal } from "../../rights/desk/refusal.ts";
import type { Finding } from "../../tariff/finding.ts";
import type { Claimant } from "../claim/claim.ts";
import type { EntryRefusal, ExitRefusal, LaneMode } from "../lane/lane.ts";
import type { TicketState } from "../ticket/ticket.ts";

export type Refusal =
  | { readonly type: "facilityNotConfigured" }
  | { readonly type: "facilityInSafeMode" }
  | { readonly type: "laneUnknown"; readonly lane: string }
  | { readonly type: "laneWrongDirection"; readonly lane: string }
  | { readonly type: "noVehicle"; readonly lane: string }
  | { readonly type: "laneBusy"; readonly lane: string; readonly step: string }
  | { readonly type: "laneNotAutomatic"; readonly lane: string; readonly mode: LaneMode }
  | { readonly type: "stationUnknown"; readonly station: string }
  | { readonly type: "stationBusy"; readonly station: string }
  | { readonly type: "stationOutOfService"; readonly station: string }
  | { readonly type: "nothingToDo"; readonly what: string }
  /** No card payment while cash is in: cancel first. */
  | { readonly type: "cashInserted"; readonly station: string; readonly insertedMinor: MinorUnits }
  /** The terminal has not answered an earlier sale for this ticket; a second could charge twice. */
  | { readonly type: "cardPending"; readonly ticket: string }
  | { readonly type: "countImpossible"; readonly count: number }
  | { readonly type: "denominationRefused"; readonly amountMinor: MinorUnits }
  | { readonly type: "ticketUnknown"; readonly ticket: string }
  | { readonly type: "ticketState"; readonly ticket: string; readonly state: TicketState }
  | { readonly type: "ticketClaimed"; readonly ticket: string; readonly by: string }
  /** Somebody else is about to settle it. */
  | { readonly type: "stayClaimed"; readonly stay: string; readonly by: Claimant }
  /** The provider's quote is over, or there was none. */
  | { readonly type: "amountExpired"; readonly stay: string }
  /** `same`: told again, and nothing is to be done; else its transaction stands for another amount. */
  | { readonly type: "paymentKnown"; readonly stay: string; readonly same: boolean }
  | { readonly type: "paidOtherwise"; readonly stay: string; readonly paidAt: Instant }
  | { readonly type: "amountTooSmall"; readonly dueMinor: MinorUnits; readonly givenMinor: MinorUnits }
  | { readonly type: "amountTooLarge"; readonly dueMinor: MinorUnits; readonly givenMinor: MinorUnits }
  /** The camera's reading is older than a car stands still; it opens nothing. */
  | { readonly type: "readStale"; readonly ageMs: number; readonly maxMs: number }
  /** Said by the rights of the car park. */
  | { readonly type: "rightsRefused"; readonly because: RightsRefusal }
  | { readonly type: "tariffMissing"; readonly facility: string }
  | { readonly type: "notPriced"; readonly reason: string }
  /** Somebody else has published meanwhile. */
  | { readonly type: "tariffNotNext"; readonly version: number; readonly next: number }
  | { readonly type: "tariffInPast"; readonly effectiveFrom: Instant; readonly now: Instant }
  /** It has no price, or is read by a guess nobody has confirmed: every place, with reason and fix. */
  | { readonly type: "tariffRefused"; readonly findings: readonly Finding[] }
  | { readonly type: "stayUnknown"; readonly stay: string }
  | { readonly type: "groupUnknown"; readonly group: string }
  | { readonly type: "callUnknown"; readonly call: number }
  | { readonly type: "faultUnknown"; readonly fault: number }
  | { readonly type: "faultState"; readonly fault: number; readonly state: "open" | "fixed" }
  | { readonly type: "reasonMissing" }
  | { readonly type: "textTooLong"; readonly max: number }
  | { readonly type: "actorMissing" }
  | { readonly type: "secondPersonMissing"; readonly aboveMinor: MinorUnits }
  | { readonly type: "shiftMissing"; readonly till: string }
  | { readonly type: "shiftOpen"; readonly till: string }
  | { readonly type: "tillTooLow"; readonly till: string; readonly availableMinor: MinorUnits }
  | { readonly type: "chitUnknown"; readonly chit: number }
  | { readonly type: "chitRedeemed"; readonly chit: number }
  | { readonly type: "paymentUnknown"; readonly payment: number }
  | { readonly type: "refundTooHigh"; readonly payment: number; readonly refundableMinor: MinorUnits }
  | { readonly type: "timeImpossible"; readonly why: string }
  | { readonly type: "entryRefused"; readonly reason: EntryRefusal }
  | { readonly type: "exitRefused"; readonly reason: ExitRefusal };
