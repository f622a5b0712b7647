/**
 * What happened at a pay station. `TicketPaid`, `TicketClaimed` and `TicketUnclaimed` belong to the ticket.
 * Amounts are minor units of the facility's currency; every event that moves money says so completely, so the
 * books (books/posting.ts) need nothing but the event.
 */
import type { Instant } from "../../kernel/instant.ts";
import type { MinorUnits } from "../../kernel/money.ts";
import type { CardScheme, StationId } from "../facility/config.ts";
import type { Due } from "../facility/pricing.ts";
import type { CredentialRef } from "../stay/stay.ts";
import type { TicketNumber } from "../ticket/ticket.ts";
import type { PayoutPurpose, StationNotice, Tender, TenderRemark } from "./paystation.ts";

/** Coins that fell, by where they went. */
export type CoinsIn = { readonly denominationMinor: MinorUnits; readonly toHopper: number; readonly toCashBox: number };

/** `settles`: the driver waits for it. `late`: it settles a ticket still unpaid. `trusted`: the driver was let go. `surplus`: paid twice. */
export type CardSaleUse = "settles" | "late" | "trusted" | "surplus";

export type StationTicketEvent =
  | {
      readonly type: "StationNoticeShown"; readonly station: StationId; readonly notice: StationNotice;
      readonly ticket: TicketNumber | null; readonly card: CredentialRef | null;
      readonly leaveBy: Instant | null; readonly until: Instant;
    }
  | {
      readonly type: "ChargeShown"; readonly station: StationId; readonly payment: number;
      readonly ticket: TicketNumber; readonly due: Due;
    }
  | { readonly type: "PaymentReminded"; readonly station: StationId; readonly payment: number }
  | { readonly type: "PaymentExtended"; readonly station: StationId; readonly payment: number }
  | {
      readonly type: "ValidationPrinted"; readonly station: StationId; readonly ticket: TicketNumber;
      readonly printed: boolean;
    }
  | { readonly type: "ReceiptOrdered"; readonly station: StationId; readonly payment: number }
  | { readonly type: "StationCleared"; readonly station: StationId };

export type StationCashEvent =
  | {
      readonly type: "CoinsInserted"; readonly station: StationId; readonly payment: number | null;
      readonly coins: readonly CoinsIn[]; readonly amountMinor: MinorUnits;
    }
  | { readonly type: "TenderRemarked"; readonly station: StationId; readonly remark: TenderRemark }
  | {
      readonly type: "NoteHeld"; readonly station: StationId; readonly payment: number;
      readonly note: number; readonly denominationMinor: MinorUnits;
    }
  /** The acceptor shall give back this note; it never became ours. */
  | {
      readonly type: "NoteRefused"; readonly station: StationId; readonly note: number;
      readonly denominationMinor: MinorUnits; readonly why: "noPayment" | "noteNotAccepted" | "escrowFull";
    }
  | {
      readonly type: "RetentionAsked"; readonly station: StationId; readonly payment: number;
      readonly changeMinor: MinorUnits; readonly retainedMinor: MinorUnits;
    }
  /** The acceptor shall stack all it holds. */
  | {
      readonly type: "StackingOrdered"; readonly station: StationId; readonly payment: number;
      readonly notes: readonly Tender[]; readonly until: Instant;
    }
  | {
      readonly type: "NotesStacked"; readonly station: StationId; readonly payment: number | null;
      readonly notes: readonly Tender[]; readonly amountMinor: MinorUnits;
    }
  /** All notes in escrow go back; `byDevice`: it did so by itself, nothing is ordered. */
  | {
      readonly type: "EscrowReturned"; readonly station: StationId; readonly amountMinor: MinorUnits;
      readonly why: "cancelled" | "coinsSuffice" | "notStacked" | "byDevice";
    }
  /** inserted = charge + change + retained. */
  | {
      readonly type: "CashSettled"; readonly station: StationId; readonly payment: number; readonly ticket: TicketNumber;
      readonly dueMinor: MinorUnits; readonly insertedMinor: MinorUnits; readonly chargeMinor: MinorUnits; readonly taxMinor: MinorUnits;
      readonly changeMinor: MinorUnits; readonly retainedMinor: MinorUnits; readonly leaveBy: Instant; readonly until: Instant;
    }
  /** inserted = refunded + retained. `payment: null`: money without an open payment. */
  | {
      readonly type: "CashRefunded"; readonly station: StationId; readonly payment: number | null; readonly ticket: TicketNumber | null;
      readonly why: "cancelled" | "timedOut" | "stray"; readonly insertedMinor: MinorUnits; readonly refundedMinor: MinorUnits;
      readonly retainedMinor: MinorUnits; readonly until: Instant;
    }
  /** The hoppers shall pay out exactly these coins, once. */
  | {
      readonly type: "PayoutOrdered"; readonly station: StationId; readonly payout: number;
      readonly payment: number | null; readonly purpose: PayoutPurpose; readonly attempt: number;
      readonly coins: readonly Tender[]; readonly askAt: Instant;
    }
  /** The hoppers' counters moved. `excessMinor`: more than was owed, or without a payout. */
  | {
      readonly type: "PayoutCounted"; readonly station: StationId; readonly payout: number | null;
      readonly coins: readonly Tender[]; readonly amountMinor: MinorUnits; readonly excessMinor: MinorUnits;
    }
  /** The hopper paid out coins the books did not know of; named before they are counted out. */
  | {
      readonly type: "CashVarianceFound"; readonly station: StationId;
      readonly denominationMinor: MinorUnits; readonly count: number;
    }
  | {
      readonly type: "PayoutAsked"; readonly station: StationId; readonly payout: number;
      readonly askAt: Instant;
    }
  /** Nothing more will come of it. `suspects`: hoppers that paid less than ordered. */
  | {
      readonly type: "PayoutFinished"; readonly station: StationId; readonly payout: number;
      readonly missingMinor: MinorUnits; readonly suspects: readonly MinorUnits[];
      readonly reason: string | null;
    }
  /** Part of a payout could not be made: it turns from change (or refund) into retained. */
  | {
      readonly type: "PayoutRetained"; readonly station: StationId; readonly payment: number | null;
      readonly amountMinor: MinorUnits;
    }
  | {
      readonly type: "ChitIssued"; readonly station: StationId; readonly chit: number;
      readonly payment: number | null; readonly ticket: TicketNumber | null;
      readonly amountMinor: MinorUnits;
    };

export type StationCardEvent =
  | {
      readonly type: "CardSaleOrdered"; readonly station: StationId; readonly operation: number;
      readonly payment: number; readonly ticket: TicketNumber; readonly amountMinor: MinorUnits;
      readonly taxMinor: MinorUnits; readonly paidBeforeMinor: MinorUnits; readonly until: Instant;
    }
  | { readonly type: "CardAbortOrdered"; readonly station: StationId; readonly operation: number }
  /** No answer in time, or the terminal says so: from here only its status is asked. */
  | {
      readonly type: "CardUnknown"; readonly station: StationId; readonly operation: number;
      readonly askAt: Instant; readonly until: Instant;
    }
  | {
      readonly type: "CardStatusAsked"; readonly station: StationId; readonly operation: number;
      readonly askAt: Instant;
    }
  | {
      readonly type: "CardSaleApproved"; readonly station: StationId; readonly operation: number; readonly payment: number; readonly ticket: TicketNumber;
      readonly amountMinor: MinorUnits; readonly taxMinor: MinorUnits; readonly use: CardSaleUse;
      readonly scheme: CardScheme; readonly reference: string; readonly authorisation: string; readonly lastDigits: string;
      readonly leaveBy: Instant | null; readonly until: Instant;
    }
  | {
      readonly type: "CardSaleDeclined"; readonly station: StationId; readonly operation: number;
      readonly payment: number; readonly ticket: TicketNumber; readonly amountMinor: MinorUnits;
      readonly cause: string; readonly trusted: boolean;
    }
  /** The driver may leave although the answer is unknown. */
  | {
      readonly type: "CardSaleTrusted"; readonly station: StationId; readonly operation: number;
      readonly payment: number; readonly ticket: TicketNumber; readonly amountMinor: MinorUnits;
      readonly taxMinor: MinorUnits; readonly leaveBy: Instant; readonly until: Instant;
    }
  | {
      readonly type: "CardRefundOrdered"; readonly station: StationId; readonly operation: number;
      readonly of: number; readonly reference: string; readonly payment: number;
      readonly ticket: TicketNumber; readonly attempt: number; readonly amountMinor: MinorUnits; readonly askAt: Instant;
    }
  | {
      readonly type: "CardRefunded"; readonly station: StationId; readonly operation: number;
      readonly payment: number; readonly amountMinor: MinorUnits; readonly reference: string;
    }
  /** The money is still the driver's: the office refunds it. */
  | {
      readonly type: "CardRefundFailed"; readonly station: StationId; readonly operation: number;
      readonly payment: number; readonly amountMinor: MinorUnits; readonly cause: string;
    };

export type StationStaffEvent =
  | {
      readonly type: "StationModeSet"; readonly station: StationId;
      readonly mode: "inService" | "outOfService"; readonly reason: string;
    }
  | {
      readonly type: "HopperFilled"; readonly station: StationId; readonly denominationMinor: MinorUnits;
      readonly count: number;
    }
  /** `booked` is what the books held; the difference is named, never adjusted silently. */
  | {
      readonly type: "HopperEmptied"; readonly station: StationId; readonly denominationMinor: MinorUnits;
      readonly booked: number; readonly counted: number;
    }
  | {
      readonly type: "CashBoxExchanged"; readonly station: StationId; readonly booked: readonly Tender[];
      readonly counted: readonly Tender[];
    }
  | { readonly type: "CashCountersReset"; readonly station: StationId; readonly reason: string };

export type PayStationEvent = StationTicketEvent | StationCashEvent | StationCardEvent | StationStaffEvent;
