/** What a pay station shall show and accept, and the one-shots its events ask of its devices. */
import type { Instant } from "../../kernel/instant.ts";
import type { MinorUnits } from "../../kernel/money.ts";
import type { DeepReadonly } from "../../kernel/readonly.ts";
import type { CardScheme, StationId } from "../facility/config.ts";
import type { Recorded } from "../facility/event.ts";
import type { ReadonlyFacility } from "../facility/state.ts";
import type { TicketNumber } from "../ticket/ticket.ts";
import { type PayStation, type Tender, openPaymentOf } from "./paystation.ts";
import { stayOfPayable } from "./payable.ts";
import { type StationScreen, screenOf } from "./screen.ts";
import { ESCROW_NOTES_MAX } from "./timing.ts";

/** Levels of a station; asserted again after a restart. */
export type StationOutput = {
  readonly station: StationId;
  readonly screen: StationScreen;
  /** The ticket slot takes a ticket. */
  readonly slotOpen: boolean;
  /** Coin and note acceptors: only while a payment is open and the store is healthy. */
  readonly cashEnabled: boolean;
  readonly coins: readonly MinorUnits[];
  readonly notes: readonly MinorUnits[];
  /** `return`: the store cannot record money, so the acceptor gives back what it holds in escrow. */
  readonly escrow: "hold" | "return";
  /** Of the notes read up to `notesKnown` the acceptor holds exactly these; any other goes back, also after a lost order. */
  readonly heldNotes: readonly number[];
  readonly notesKnown: number;
  /** A payment is open for the ticket in the slot. A ticket left there while it is false goes back after 5 s. */
  readonly holdTicket: boolean;
  /** Card payment may be chosen; empty while cash is in. */
  readonly cards: readonly CardScheme[];
};

/** One-shots; each is carried out at most once and answered by the command named beside it. */
export type StationOrder =
  | { readonly type: "ejectStationTicket"; readonly station: StationId }
  /** Print the payment on the ticket, then eject it: ReportValidationPrinted. */
  | {
      readonly type: "validateTicket"; readonly station: StationId; readonly ticket: TicketNumber;
      readonly paidAt: Instant; readonly leaveBy: Instant; readonly amountMinor: MinorUnits;
    }
  /** ReportTenderReturned */
  | { readonly type: "returnNote"; readonly station: StationId; readonly note: number }
  | { readonly type: "returnEscrow"; readonly station: StationId }
  /** CountNotes */
  | { readonly type: "stackEscrow"; readonly station: StationId; readonly payment: number }
  /** CountPayout. A device that has seen a later payout or a `readHoppers` for this one ignores it. */
  | {
      readonly type: "payOut"; readonly station: StationId; readonly payout: number;
      readonly coins: readonly Tender[];
    }
  /** Abandon what is left of this payout and answer CountPayout with all counters, finished. */
  | { readonly type: "readHoppers"; readonly station: StationId; readonly payout: number }
  | {
      readonly type: "printChit"; readonly station: StationId; readonly chit: number;
      readonly amountMinor: MinorUnits; readonly ticket: TicketNumber | null; readonly issuedAt: Instant;
    }
  | { readonly type: "printReceipt"; readonly station: StationId; readonly payment: number }
  /** ReportCardOutcome, as for all card orders. */
  | {
      readonly type: "cardSale"; readonly station: StationId; readonly operation: number;
      readonly amountMinor: MinorUnits;
    }
  | { readonly type: "cardAbort"; readonly station: StationId; readonly operation: number }
  | { readonly type: "cardStatus"; readonly station: StationId; readonly operation: number }
  | {
      readonly type: "cardRefund"; readonly station: StationId; readonly operation: number;
      readonly of: number; readonly reference: string; readonly amountMinor: MinorUnits;
    };

export function stationOutput(
  state: ReadonlyFacility, station: DeepReadonly<PayStation>, _now: Instant, storeHealthy: boolean,
): StationOutput {
  const config = state.config?.payStations.find((s) => s.id === station.id);
  const { phase } = station;
  const payment = phase.step === "collecting" ? phase.payment : null;
  const open = openPaymentOf(phase);
  const cashEnabled = storeHealthy && config !== undefined && payment !== null;
  const cashIn = payment !== null && (payment.creditedMinor > 0 || payment.escrow.length > 0);
  const resting = phase.step === "idle" || phase.step === "notice" || phase.step === "settled";
  return {
    station: station.id,
    screen: storeHealthy || !resting ? screenOf(state, station) : { key: "outOfService" },
    slotOpen: storeHealthy && resting && station.mode === "inService" && station.payout === null,
    cashEnabled,
    coins: cashEnabled ? config.coins : [],
    notes: cashEnabled && payment !== null && payment.escrow.length < ESCROW_NOTES_MAX ? config.notes : [],
    escrow: storeHealthy || open === null ? "hold" : "return",
    heldNotes: storeHealthy ? (open?.escrow.map((note) => note.note) ?? []) : [],
    notesKnown: station.counters.notesRead,
    holdTicket: open !== null,
    cards: cashEnabled && !cashIn ? config.cards : [],
  };
}

/** For a stay named by plate nothing lies in the slot. */
export function stationOrdersOf(event: Recorded): StationOrder[] {
  const about = "ticket" in event && typeof event.ticket === "string" ? stayOfPayable(event.ticket as TicketNumber) : null;
  return ordersAsIf(event).filter(({ type }) => about === null || (type !== "validateTicket" && type !== "ejectStationTicket"));
}

function ordersAsIf(event: Recorded): StationOrder[] {
  switch (event.type) {
    case "StationNoticeShown":
      return [{ type: "ejectStationTicket", station: event.station }];
    case "CashRefunded":
      return event.ticket === null ? [] : [{ type: "ejectStationTicket", station: event.station }];
    case "CashSettled":
      return [validation(event, event.chargeMinor, event.leaveBy)];
    case "CardSaleTrusted":
      return [validation(event, event.amountMinor, event.leaveBy)];
    case "CardSaleApproved":
      return event.use === "settles" && event.leaveBy !== null ? [validation(event, event.amountMinor, event.leaveBy)] : [];
    case "NoteRefused":
      return [{ type: "returnNote", station: event.station, note: event.note }];
    case "EscrowReturned":
      return event.why === "byDevice" ? [] : [{ type: "returnEscrow", station: event.station }];
    case "StackingOrdered":
      return [{ type: "stackEscrow", station: event.station, payment: event.payment }];
    case "PayoutOrdered":
      return [{ type: "payOut", station: event.station, payout: event.payout, coins: event.coins }];
    case "PayoutAsked":
      return [{ type: "readHoppers", station: event.station, payout: event.payout }];
    case "ChitIssued":
      return [{
        type: "printChit", station: event.station, chit: event.chit, amountMinor: event.amountMinor, ticket: event.ticket,
        issuedAt: event.at,
      }];
    case "ReceiptOrdered":
      return [{ type: "printReceipt", station: event.station, payment: event.payment }];
    case "CardSaleOrdered":
      return [{ type: "cardSale", station: event.station, operation: event.operation, amountMinor: event.amountMinor }];
    case "CardAbortOrdered":
      return [{ type: "cardAbort", station: event.station, operation: event.operation }];
    case "CardUnknown":
    case "CardStatusAsked":
      return [{ type: "cardStatus", station: event.station, operation: event.operation }];
    case "CardRefundOrdered":
      return [{
        type: "cardRefund", station: event.station, operation: event.operation, of: event.of,
        reference: event.reference, amountMinor: event.amountMinor,
      }];
    default:
      return [];
  }
}

type Settling = { readonly station: StationId; readonly ticket: TicketNumber; readonly at: Instant };

const validation = (event: Settling, amountMinor: MinorUnits, leaveBy: Instant): StationOrder =>
  ({ type: "validateTicket", station: event.station, ticket: event.ticket, paidAt: event.at, leaveBy, amountMinor });
