/** What a pay station's devices report, drivers press and staff order. */
import type { MinorUnits } from "../../kernel/money.ts";
import type { StationId } from "../facility/config.ts";
import type { CredentialRef } from "../stay/stay.ts";
import type { TicketRead } from "../ticket/ticket.ts";
import type { CardOutcome, Tender } from "./paystation.ts";

/** The coin acceptor's own durable counters since it was built, by where the coin went. */
export type CoinCount = { readonly denominationMinor: MinorUnits; readonly toHopper: number; readonly toCashBox: number };
/** The note acceptor's: notes stacked. */
export type NoteCount = { readonly denominationMinor: MinorUnits; readonly stacked: number };
/** The hopper's: coins paid out. */
export type PaidOutCount = { readonly denominationMinor: MinorUnits; readonly paidOut: number };

/**
 * Counts may be partial (only what changed) or complete (after a restart of either side, for every
 * denomination); a count not above the last known one changes nothing.
 */
export type StationDeviceCommand =
  | { readonly type: "InsertTicket"; readonly station: StationId; readonly read: TicketRead }
  /** A season or guard card in the ticket slot; `null`: no card of this city. */
  | { readonly type: "InsertCard"; readonly station: StationId; readonly card: CredentialRef | null }
  | { readonly type: "ReportTicketRemoved"; readonly station: StationId }
  | { readonly type: "CountCoins"; readonly station: StationId; readonly counts: readonly CoinCount[] }
  /** A false or unknown coin went through to the tray, or a note came back out. */
  | { readonly type: "ReportTenderReturned"; readonly station: StationId; readonly tender: "coin" | "note" }
  /**
   * A note lies in escrow. `note`: the acceptor's durable count of notes read, so a repeat is known. Said again
   * every 2 s and when it connects, until the output's `notesKnown` has reached it.
   */
  | {
      readonly type: "OfferNote"; readonly station: StationId; readonly note: number;
      readonly denominationMinor: MinorUnits;
    }
  | { readonly type: "CountNotes"; readonly station: StationId; readonly counts: readonly NoteCount[] }
  /** The acceptor gave back, by itself, all it held in escrow. */
  | { readonly type: "ReportEscrowReturned"; readonly station: StationId }
  | {
      readonly type: "ReportCardOutcome"; readonly station: StationId; readonly operation: number;
      readonly outcome: CardOutcome;
    }
  /** `finished`: nothing of this payout will come any more; also the answer to `readHoppers`. */
  | {
      readonly type: "CountPayout"; readonly station: StationId; readonly payout: number;
      readonly counts: readonly PaidOutCount[]; readonly finished: boolean;
    }
  | { readonly type: "ReportValidationPrinted"; readonly station: StationId; readonly printed: boolean };

export type StationDriverCommand =
  /** A stay the driver found by plate: of the rights, or the car park's own id of a ticket's stay. */
  | { readonly type: "ChooseStay"; readonly station: StationId; readonly stay: string }
  | { readonly type: "ChooseCard"; readonly station: StationId }
  /** The driver agrees that part of the change comes as a chit. */
  | { readonly type: "AcceptRetention"; readonly station: StationId }
  | { readonly type: "ExtendPayment"; readonly station: StationId }
  | { readonly type: "CancelPayment"; readonly station: StationId }
  | { readonly type: "PressReceipt"; readonly station: StationId }
  /** Rings the intercom. */
  | { readonly type: "PressStationHelp"; readonly station: StationId };

/** By staff at the open machine, with an actor; a reason where it overrides something. */
export type StationStaffCommand =
  | {
      readonly type: "SetStationMode"; readonly station: StationId;
      readonly mode: "inService" | "outOfService"; readonly reason: string;
    }
  | {
      readonly type: "FillHopper"; readonly station: StationId; readonly denominationMinor: MinorUnits;
      readonly count: number;
    }
  /** All coins taken out; `counted` is what was found. */
  | {
      readonly type: "EmptyHopper"; readonly station: StationId; readonly denominationMinor: MinorUnits;
      readonly counted: number;
    }
  | { readonly type: "ExchangeCashBox"; readonly station: StationId; readonly counted: readonly Tender[] }
  /** A cash device was replaced: its counters start from zero. */
  | { readonly type: "ResetCashCounters"; readonly station: StationId; readonly reason: string }
  /** The hoppers do not answer: what is not counted as paid becomes a chit. */
  | { readonly type: "AbandonPayout"; readonly station: StationId; readonly reason: string };

export type PayStationCommand = StationDeviceCommand | StationDriverCommand | StationStaffCommand;
