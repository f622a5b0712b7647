/**
 * The pay station:
 *
 *   idle -> ticketRead -> charge shown (claimed, fixed while money is in) -> collecting -> paid -> ticket returned [-> receipt]
 *
 * Cash is credited from the devices' own durable counters, so a lost or doubled message never loses or
 * doubles a coin. Notes wait in the acceptor's escrow and become ours only when the payment is settled.
 * Everything a station owes a driver is paid out of the hoppers by numbered payouts that are confirmed by
 * the hoppers' counters; what cannot be paid out is kept as a liability and printed on a chit.
 *
 * Books: inserted = charge + change + retained + refunded per transaction; per hopper and denomination
 * start + in + filled = end + out + collected. The table of states is docs/machines/pay-station.md.
 */
import type { Instant } from "../../kernel/instant.ts";
import type { MinorUnits } from "../../kernel/money.ts";
import type { DeepReadonly } from "../../kernel/readonly.ts";
import type { CardScheme, PayStationConfig, StationId } from "../facility/config.ts";
import type { Due } from "../facility/pricing.ts";
import type { ExitRefusal } from "../lane/lane.ts";
import type { TicketNumber } from "../ticket/ticket.ts";

/** So many coins or notes of one value. */
export type Tender = { readonly denominationMinor: MinorUnits; readonly count: number };

/** Why a ticket comes back unpaid. `overTrust`: the card answer is unknown and the amount too high to trust. */
export type StationNotice =
  | Extract<
      ExitRefusal,
      "ticketUnreadable" | "ticketUnknown" | "ticketOfOtherFacility" | "ticketMismatch" | "ticketVoid" | "ticketUsed" | "ticketClaimed"
    >
  | "notPriced" | "alreadyPaid" | "nothingDue" | "seasonCard" | "cardUnknown"
  | "cancelled" | "timedOut" | "payAtOffice";

/** Something about the last tender, shown for a moment beside the amount. */
export type TenderRemark =
  | "coinReturned" | "noteReturned" | "noteNotAccepted" | "escrowFull" | "noteNotStacked" | "cardDeclined" | "cardNotStarted";

/** One driver's payment from the charge to its settlement; the charge never changes meanwhile. */
export type OpenPayment = {
  readonly payment: number;
  readonly ticket: TicketNumber;
  readonly due: Due;
  readonly startedAt: Instant;
  /** Last thing the driver did: the reminder and the refund count from here. */
  readonly activeAt: Instant;
  readonly reminded: boolean;
  /** Money that is ours already: coins by counter, notes once stacked. */
  readonly creditedMinor: MinorUnits;
  /** Notes in the acceptor's escrow, oldest first; still the driver's. */
  readonly escrow: readonly EscrowedNote[];
  readonly remark: TenderRemark | null;
};

export type EscrowedNote = { readonly note: number; readonly denominationMinor: MinorUnits };

export type StationPhase =
  | { readonly step: "idle" }
  /** The ticket is given back without a payment; the screen says why. */
  | {
      readonly step: "notice"; readonly notice: StationNotice; readonly ticket: TicketNumber | null;
      readonly leaveBy: Instant | null; readonly refundedMinor: MinorUnits; readonly retainedMinor: MinorUnits;
      readonly until: Instant;
    }
  | { readonly step: "collecting"; readonly payment: OpenPayment }
  /** Enough is in, but change would be short: notes stay in escrow until the driver agrees. */
  | {
      readonly step: "asking"; readonly payment: OpenPayment; readonly changeMinor: MinorUnits;
      readonly retainedMinor: MinorUnits;
    }
  /** The acceptor is stacking the escrowed notes. */
  | { readonly step: "stacking"; readonly payment: OpenPayment; readonly until: Instant }
  /** The terminal has the sale; `aborting` after the driver cancelled. */
  | {
      readonly step: "card"; readonly payment: OpenPayment; readonly operation: number;
      readonly aborting: boolean; readonly until: Instant;
    }
  | {
      readonly step: "settled"; readonly payment: number; readonly ticket: TicketNumber; readonly by: "cash" | "card" | "trust";
      readonly chargeMinor: MinorUnits; readonly insertedMinor: MinorUnits;
      readonly changeMinor: MinorUnits; readonly retainedMinor: MinorUnits;
      readonly leaveBy: Instant; readonly ticketPrinted: boolean | null; readonly receiptOrdered: boolean; readonly until: Instant;
    };

/** `suspect`: paid out less than it should hold; not used for change until staff have looked. */
export type Hopper = { readonly level: number; readonly suspect: boolean };

/** One payout at a time; `asks`: how often the hoppers' counters were asked for. */
export type Payout = {
  readonly payout: number;
  readonly payment: number | null;
  readonly purpose: PayoutPurpose;
  readonly attempt: number;
  readonly ordered: readonly Tender[];
  /** Counted by the hoppers since it was ordered. */
  readonly paid: readonly Tender[];
  readonly askAt: Instant;
  readonly asks: number;
};

/** `stray`: money that came in without an open payment. */
export type PayoutPurpose = "change" | "refund" | "stray";

/** A sale or refund at the card terminal without a final answer. Never repeated; only its status is asked. */
export type CardOperation = {
  readonly operation: number;
  readonly kind: "sale" | "refund";
  /** The sale a refund gives back, with the terminal's reference of it; `attempt` counts its refunds. */
  readonly of: number | null;
  readonly reference: string | null;
  readonly attempt: number;
  readonly payment: number;
  readonly ticket: TicketNumber;
  readonly amountMinor: MinorUnits;
  readonly taxMinor: MinorUnits;
  /** What had been paid for the ticket when the sale was ordered. */
  readonly paidBeforeMinor: MinorUnits;
  readonly state: "sent" | "unknown";
  /** The driver was let go although the answer is unknown. */
  readonly trusted: boolean;
  readonly orderedAt: Instant;
  readonly askAt: Instant;
  readonly asks: number;
};

export type CardOutcome =
  | {
      readonly result: "approved"; readonly scheme: CardScheme; readonly reference: string;
      readonly authorisation: string; readonly lastDigits: string;
    }
  | { readonly result: "declined"; readonly cause: string }
  /** No answer, or the terminal is still busy with it. */
  | { readonly result: "unknown" }
  /** The terminal has no record of it: it never happened. */
  | { readonly result: "notFound" };

/** What the cash devices had counted, since they were built, at their last message. */
export type CashCounters = {
  readonly coinsToHopper: Map<MinorUnits, number>;
  readonly coinsToCashBox: Map<MinorUnits, number>;
  readonly notesStacked: Map<MinorUnits, number>;
  readonly coinsPaidOut: Map<MinorUnits, number>;
  notesRead: number;
};

export type PayStation = {
  readonly id: StationId;
  mode: "inService" | "outOfService";
  phase: StationPhase;
  /** Coins by denomination. */
  readonly hoppers: Map<MinorUnits, Hopper>;
  /** Coins that found their hopper full, and stacked notes. */
  readonly cashBox: Map<MinorUnits, number>;
  readonly counters: CashCounters;
  payout: Payout | null;
  /** Came in without an open payment and is not yet given back. */
  strayMinor: MinorUnits;
  /** Owed to drivers from payouts that are ordered and not yet finished. */
  owedMinor: MinorUnits;
  readonly operations: Map<number, CardOperation>;
  next: { payout: number; operation: number };
};

/** Change or a refund that could not be paid out; redeemed once, at the office. */
export type Chit = {
  readonly chit: number;
  readonly station: StationId;
  readonly payment: number | null;
  readonly amountMinor: MinorUnits;
  readonly issuedAt: Instant;
};

/** Settled payments that the office can still refund. */
export type SettledPayment = {
  readonly payment: number;
  readonly ticket: TicketNumber;
  readonly means: "cash" | "card" | "nil";
  readonly chargeMinor: MinorUnits;
  readonly taxMinor: MinorUnits;
  readonly paidAt: Instant;
  refundedMinor: MinorUnits;
};

export function emptyPayStation(config: Pick<PayStationConfig, "id" | "coins">): PayStation {
  return {
    id: config.id, mode: "inService", phase: { step: "idle" },
    hoppers: new Map(config.coins.map((coin) => [coin, { level: 0, suspect: false }])),
    cashBox: new Map(),
    counters: { coinsToHopper: new Map(), coinsToCashBox: new Map(), notesStacked: new Map(), coinsPaidOut: new Map(), notesRead: 0 },
    payout: null, strayMinor: 0, owedMinor: 0, operations: new Map(), next: { payout: 1, operation: 1 },
  };
}

export const valueOf = (tenders: readonly Tender[]): MinorUnits =>
  tenders.reduce((sum, t) => sum + t.denominationMinor * t.count, 0);

/** The payment somebody stands before, if any. */
export const openPaymentOf = (phase: DeepReadonly<StationPhase>): DeepReadonly<OpenPayment> | null =>
  phase.step === "collecting" || phase.step === "asking" || phase.step === "stacking" || phase.step === "card" ? phase.payment : null;

export const escrowMinorOf = (payment: DeepReadonly<OpenPayment>): MinorUnits =>
  payment.escrow.reduce((sum, note) => sum + note.denominationMinor, 0);
