/** Folds pay station events into the facility's state. */
import { assert, present, unreachable } from "../../kernel/assert.ts";
import type { MinorUnits } from "../../kernel/money.ts";
import type { FacilityConfig } from "../facility/config.ts";
import type { Recorded } from "../facility/event.ts";
import type { Facility } from "../facility/state.ts";
import { evolveCardOperation } from "./card-evolve.ts";
import type { CoinsIn, PayStationEvent, StationCardEvent, StationCashEvent, StationStaffEvent, StationTicketEvent } from "./event.ts";
import { type OpenPayment, type PayStation, type Tender, emptyPayStation, openPaymentOf } from "./paystation.ts";
import { type PayoutEvent, add, evolvePayout } from "./payout-evolve.ts";
import { rememberSettled } from "./settled.ts";
import { SETTLED_MS } from "./timing.ts";

/** New stations begin empty; those that stay keep their stock, those taken away keep their books. */
export function configureStations(f: Facility, config: FacilityConfig): void {
  for (const station of config.payStations) {
    const known = f.stations.get(station.id);
    if (!known) f.stations.set(station.id, emptyPayStation(station));
    else for (const coin of station.coins) if (!known.hoppers.has(coin)) known.hoppers.set(coin, { level: 0, suspect: false });
  }
}

export function evolvePayStation(f: Facility, e: Recorded<PayStationEvent>): void {
  const station = present(f.stations.get(e.station), `station ${e.station}`);
  switch (e.type) {
    case "StationNoticeShown": case "ChargeShown": case "PaymentReminded": case "PaymentExtended":
    case "ValidationPrinted": case "ReceiptOrdered": case "StationCleared":
      return evolveTicketSlot(f, station, e);
    case "CoinsInserted": case "NotesStacked": case "NoteHeld": case "NoteRefused": case "TenderRemarked":
    case "RetentionAsked": case "StackingOrdered": case "EscrowReturned": case "CashSettled": case "CashRefunded":
      return evolveCash(f, station, e);
    case "PayoutOrdered": case "CashVarianceFound": case "PayoutCounted": case "PayoutAsked": case "PayoutFinished":
    case "PayoutRetained": case "ChitIssued":
      return evolvePayout(f, station, e);
    case "StationModeSet": case "HopperFilled": case "HopperEmptied": case "CashBoxExchanged": case "CashCountersReset":
      return evolveStaff(station, e);
    default:
      return evolveCard(f, station, e);
  }
}

type MoneyInEvent = Exclude<StationCashEvent, PayoutEvent>;

function evolveTicketSlot(f: Facility, station: PayStation, e: Recorded<StationTicketEvent>): void {
  switch (e.type) {
    case "StationNoticeShown":
      station.phase = {
        step: "notice", notice: e.notice, ticket: e.ticket, leaveBy: e.leaveBy, refundedMinor: 0, retainedMinor: 0, until: e.until,
      };
      return;
    case "ChargeShown":
      f.next.payment++;
      station.phase = {
        step: "collecting",
        payment: {
          payment: e.payment, ticket: e.ticket, due: e.due, startedAt: e.at, activeAt: e.at, reminded: false,
          creditedMinor: 0, escrow: [], remark: null,
        },
      };
      return;
    case "PaymentReminded":
      return changePayment(station, { reminded: true });
    case "PaymentExtended":
      return changePayment(station, { reminded: false, activeAt: e.at, remark: null });
    case "ValidationPrinted":
      if (station.phase.step === "settled") station.phase = { ...station.phase, ticketPrinted: e.printed };
      return;
    case "ReceiptOrdered":
      if (station.phase.step === "settled") station.phase = { ...station.phase, receiptOrdered: true };
      return;
    case "StationCleared":
      station.phase = { step: "idle" };
      return;
    default:
      return unreachable(e);
  }
}

function evolveCash(f: Facility, station: PayStation, e: Recorded<MoneyInEvent>): void {
  switch (e.type) {
    case "CoinsInserted":
      for (const coin of e.coins) takeCoin(station, coin);
      return credit(station, e.payment, e.amountMinor, e.at);
    case "NotesStacked":
      for (const note of e.notes) {
        add(station.counters.notesStacked, note.denominationMinor, note.count);
        add(station.cashBox, note.denominationMinor, note.count);
      }
      if (e.payment !== null) leaveEscrow(station, e.notes);
      return credit(station, e.payment, e.amountMinor, e.at);
    case "NoteHeld": {
      station.counters.notesRead = e.note;
      const payment = present(openPaymentOf(station.phase), "open payment");
      const escrow = [...payment.escrow, { note: e.note, denominationMinor: e.denominationMinor }];
      return changePayment(station, { escrow, activeAt: e.at, reminded: false, remark: null });
    }
    case "NoteRefused":
      station.counters.notesRead = e.note;
      if (e.why !== "noPayment") changePayment(station, { remark: e.why, activeAt: e.at, reminded: false });
      return;
    case "TenderRemarked":
      return changePayment(station, { remark: e.remark, activeAt: e.at, reminded: false });
    case "RetentionAsked":
      station.phase = {
        step: "asking", payment: paymentAt(station), changeMinor: e.changeMinor, retainedMinor: e.retainedMinor,
      };
      return;
    case "StackingOrdered":
      station.phase = { step: "stacking", payment: { ...paymentAt(station), activeAt: e.at }, until: e.until };
      return;
    case "EscrowReturned": {
      const payment = openPaymentOf(station.phase);
      if (!payment) return;
      const remark = e.why === "notStacked" ? "noteNotStacked" : e.why === "byDevice" ? "noteReturned" : null;
      station.phase = { step: "collecting", payment: { ...paymentAt(station), escrow: [], remark } };
      return;
    }
    case "CashSettled":
      station.owedMinor += e.changeMinor;
      rememberSettled(f, {
        payment: e.payment, ticket: e.ticket, means: "cash", chargeMinor: e.chargeMinor, taxMinor: e.taxMinor, paidAt: e.at, refundedMinor: 0,
      });
      station.phase = {
        step: "settled", payment: e.payment, ticket: e.ticket, by: "cash", chargeMinor: e.chargeMinor, insertedMinor: e.insertedMinor,
        changeMinor: e.changeMinor, retainedMinor: e.retainedMinor, leaveBy: e.leaveBy, ticketPrinted: null,
        receiptOrdered: false, until: e.until,
      };
      return;
    case "CashRefunded":
      station.owedMinor += e.refundedMinor;
      if (e.why === "stray") {
        station.strayMinor -= e.insertedMinor;
        return;
      }
      station.phase = {
        step: "notice", notice: e.why, ticket: e.ticket, leaveBy: null, refundedMinor: e.refundedMinor,
        retainedMinor: e.retainedMinor, until: e.until,
      };
      return;
    default:
      return unreachable(e);
  }
}

function evolveCard(f: Facility, station: PayStation, e: Recorded<StationCardEvent>): void {
  evolveCardOperation(station, e);
  switch (e.type) {
    case "CardSaleOrdered":
      station.phase = {
        step: "card", payment: { ...paymentAt(station), activeAt: e.at, remark: null }, operation: e.operation,
        aborting: false, until: e.until,
      };
      return;
    case "CardAbortOrdered":
      if (station.phase.step === "card") station.phase = { ...station.phase, aborting: true };
      return;
    case "CardUnknown":
      if (station.phase.step === "card" && station.phase.operation === e.operation) station.phase = { ...station.phase, until: e.until };
      return;
    case "CardSaleApproved":
      if (e.use === "settles" || e.use === "late" || e.use === "trusted") {
        rememberSettled(f, {
          payment: e.payment, ticket: e.ticket, means: "card", chargeMinor: e.amountMinor, taxMinor: e.taxMinor, paidAt: e.at, refundedMinor: 0,
        });
      }
      if (e.use === "settles" && e.leaveBy !== null) showCardPaid(station, e, "card", e.leaveBy);
      return;
    case "CardSaleTrusted":
      return showCardPaid(station, e, "trust", e.leaveBy);
    case "CardSaleDeclined":
      if (station.phase.step === "card" && station.phase.operation === e.operation) {
        const remark = e.cause === "notFound" ? "cardNotStarted" : "cardDeclined";
        station.phase = { step: "collecting", payment: { ...station.phase.payment, activeAt: e.at, remark } };
      }
      return;
    case "CardStatusAsked": case "CardRefundOrdered": case "CardRefunded": case "CardRefundFailed":
      return;
    default:
      return unreachable(e);
  }
}

function showCardPaid(
  station: PayStation, e: Recorded<Extract<StationCardEvent, { type: "CardSaleApproved" | "CardSaleTrusted" }>>, by: "card" | "trust", leaveBy: number,
): void {
  station.phase = {
    step: "settled", payment: e.payment, ticket: e.ticket, by, chargeMinor: e.amountMinor, insertedMinor: e.amountMinor,
    changeMinor: 0, retainedMinor: 0, leaveBy, ticketPrinted: null, receiptOrdered: false, until: e.at + SETTLED_MS,
  };
}

function evolveStaff(station: PayStation, e: Recorded<StationStaffEvent>): void {
  switch (e.type) {
    case "StationModeSet":
      station.mode = e.mode;
      return;
    case "HopperFilled": {
      const hopper = station.hoppers.get(e.denominationMinor) ?? { level: 0, suspect: false };
      station.hoppers.set(e.denominationMinor, { level: hopper.level + e.count, suspect: false });
      return;
    }
    case "HopperEmptied":
      station.hoppers.set(e.denominationMinor, { level: 0, suspect: false });
      return;
    case "CashBoxExchanged":
      station.cashBox.clear();
      return;
    case "CashCountersReset":
      station.counters.coinsToHopper.clear();
      station.counters.coinsToCashBox.clear();
      station.counters.notesStacked.clear();
      station.counters.coinsPaidOut.clear();
      station.counters.notesRead = 0;
      return;
    default:
      return unreachable(e);
  }
}

function takeCoin(station: PayStation, coin: CoinsIn): void {
  const hopper = station.hoppers.get(coin.denominationMinor) ?? { level: 0, suspect: false };
  station.hoppers.set(coin.denominationMinor, { ...hopper, level: hopper.level + coin.toHopper });
  add(station.cashBox, coin.denominationMinor, coin.toCashBox);
  add(station.counters.coinsToHopper, coin.denominationMinor, coin.toHopper);
  add(station.counters.coinsToCashBox, coin.denominationMinor, coin.toCashBox);
}

function credit(station: PayStation, payment: number | null, amountMinor: MinorUnits, at: number): void {
  if (payment === null) {
    station.strayMinor += amountMinor;
    return;
  }
  const open = paymentAt(station);
  assert(open.payment === payment, "money is credited to the payment that is open");
  changePayment(station, { creditedMinor: open.creditedMinor + amountMinor, activeAt: at, reminded: false, remark: null });
}

/** Stacked notes are no longer in escrow; the acceptor stacks in any order, so they are matched by value. */
function leaveEscrow(station: PayStation, notes: readonly Tender[]): void {
  const stacked = new Map(notes.map((note) => [note.denominationMinor, note.count]));
  const escrow = paymentAt(station).escrow.filter((note) => {
    const left = stacked.get(note.denominationMinor) ?? 0;
    if (left > 0) stacked.set(note.denominationMinor, left - 1);
    return left === 0;
  });
  changePayment(station, { escrow });
}

const paymentAt = (station: PayStation): OpenPayment => present(openPaymentOf(station.phase), "open payment") as OpenPayment;

function changePayment(station: PayStation, change: Partial<OpenPayment>): void {
  const { phase } = station;
  if (phase.step === "collecting" || phase.step === "asking" || phase.step === "stacking" || phase.step === "card") {
    station.phase = { ...phase, payment: { ...phase.payment, ...change } };
  }
}
