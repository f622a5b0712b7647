/**
 * What a pay station's display says, as a key with its data. The words are in the message catalogues under
 * the same keys; texts in English and German that they start from:
 *
 *   insertTicket    Please insert your ticket                    Bitte Ticket einführen
 *   enterPlate      Please type your number plate                 Bitte Kennzeichen eingeben
 *   outOfService    Out of service. Please use another machine   Außer Betrieb. Bitte anderen Automaten benutzen
 *   charge          To pay {dueMinor}. Paid {insertedMinor}       Zu zahlen {dueMinor}. Bezahlt {insertedMinor}
 *   reminder        Please pay {remainingMinor} or press Cancel   Bitte {remainingMinor} zahlen oder Abbruch drücken
 *   askRetention    Only {changeMinor} of your change can be paid out. {retainedMinor} is printed on a slip the
 *                   office redeems. Continue?  |  Nur {changeMinor} Rückgeld möglich. {retainedMinor} erhalten Sie
 *                   gegen Beleg im Büro. Weiter?
 *   stacking        One moment                                    Einen Moment
 *   card            Please follow the card terminal: {amountMinor}  Bitte Kartenterminal beachten: {amountMinor}
 *   cardAborting    Card payment is being cancelled               Kartenzahlung wird abgebrochen
 *   cardWaiting     The card terminal does not answer yet. Please wait   Das Kartenterminal antwortet noch nicht. Bitte warten
 *   paid            Thank you. Take your ticket and leave by {leaveBy}. Press Receipt if you need one
 *                   Danke. Ticket entnehmen und bis {leaveBy} ausfahren. Für eine Quittung Taste drücken
 *   paidByPlate     Thank you. Leave by {leaveBy}                  Danke. Ausfahrt bis {leaveBy}
 *   paidNotPrinted  Thank you. Paid, but not printed on your ticket. Leave by {leaveBy}
 *                   Danke. Bezahlt, aber nicht auf das Ticket gedruckt. Ausfahrt bis {leaveBy}
 *   nothingDue      Nothing to pay. Leave by {leaveBy}             Nichts zu zahlen. Ausfahrt bis {leaveBy}
 *   alreadyPaid     Already paid. Leave by {leaveBy}               Bereits bezahlt. Ausfahrt bis {leaveBy}
 *   returned        Payment ended. {refundedMinor} is returned    Zahlung beendet. {refundedMinor} wird zurückgegeben
 *   notice          one sentence for each reason (StationNotice); all but seasonCard, ticketOfOtherFacility and
 *                   ticketClaimed end with "Please go to the office" / "Bitte ins Büro kommen"
 */
import { unreachable } from "../../kernel/assert.ts";
import type { Instant } from "../../kernel/instant.ts";
import type { Currency, MinorUnits } from "../../kernel/money.ts";
import type { DeepReadonly } from "../../kernel/readonly.ts";
import { offers } from "../facility/config.ts";
import type { ChargeLine } from "../facility/pricing.ts";
import type { ReadonlyFacility } from "../facility/state.ts";
import type { TicketNumber } from "../ticket/ticket.ts";
import { changeFrom } from "./change.ts";
import { stayOfPayable } from "./payable.ts";
import { type OpenPayment, type PayStation, type StationNotice, type TenderRemark, escrowMinorOf } from "./paystation.ts";
import { PAYMENT_MS_MAX, REFUND_AFTER_MS } from "./timing.ts";

/** What inserting this coin or note next would leave unpaid of the change: said before the money is taken. */
export type Retention = { readonly denominationMinor: MinorUnits; readonly retainedMinor: MinorUnits };

export type ChargeScreen = {
  readonly ticket: TicketNumber;
  readonly currency: Currency;
  readonly from: Instant;
  readonly to: Instant;
  readonly lines: readonly ChargeLine[];
  readonly dueMinor: MinorUnits;
  readonly insertedMinor: MinorUnits;
  readonly remainingMinor: MinorUnits;
  /** Denominations for which change would be short, with how much. Empty: exact change is there for everything. */
  readonly retains: readonly Retention[];
  readonly remark: TenderRemark | null;
  /** Money and ticket come back then unless the driver goes on. */
  readonly refundAt: Instant;
};

export type StationScreen =
  | { readonly key: "insertTicket" | "enterPlate" | "outOfService" | "stacking" | "cardAborting" | "cardWaiting" }
  | ({ readonly key: "charge" | "reminder" } & ChargeScreen)
  | {
      readonly key: "askRetention"; readonly currency: Currency; readonly changeMinor: MinorUnits;
      readonly retainedMinor: MinorUnits; readonly refundAt: Instant;
    }
  | { readonly key: "card"; readonly currency: Currency; readonly amountMinor: MinorUnits }
  | {
      readonly key: "paid" | "paidNotPrinted" | "paidByPlate"; readonly ticket: TicketNumber; readonly currency: Currency;
      readonly chargeMinor: MinorUnits; readonly changeMinor: MinorUnits; readonly retainedMinor: MinorUnits;
      readonly leaveBy: Instant; readonly receiptOffered: boolean;
    }
  | { readonly key: "nothingDue" | "alreadyPaid"; readonly ticket: TicketNumber; readonly leaveBy: Instant }
  | {
      readonly key: "returned"; readonly why: "cancelled" | "timedOut"; readonly currency: Currency;
      readonly refundedMinor: MinorUnits; readonly retainedMinor: MinorUnits;
    }
  | {
      readonly key: "notice";
      readonly reason: Exclude<StationNotice, "nothingDue" | "alreadyPaid" | "cancelled" | "timedOut">;
      readonly ticket: TicketNumber | null;
    };

export type ScreenKey = StationScreen["key"];

export function screenOf(state: ReadonlyFacility, station: DeepReadonly<PayStation>): StationScreen {
  const { phase } = station;
  const currency = state.config?.currency ?? "";
  switch (phase.step) {
    case "idle":
      if (station.mode !== "inService") return { key: "outOfService" };
      return { key: state.config === null || offers(state.config, "tickets") ? "insertTicket" : "enterPlate" };
    case "notice":
      return noticeScreen(phase, currency);
    case "collecting":
      return chargeScreen(state, station, phase.payment);
    case "asking":
      return { key: "askRetention", currency, changeMinor: phase.changeMinor, retainedMinor: phase.retainedMinor, refundAt: refundAtOf(phase.payment) };
    case "stacking":
      return { key: "stacking" };
    case "card": {
      if (station.operations.get(phase.operation)?.state === "unknown") return { key: "cardWaiting" };
      if (phase.aborting) return { key: "cardAborting" };
      return { key: "card", currency, amountMinor: phase.payment.due.dueMinor };
    }
    case "settled":
      return {
        key: stayOfPayable(phase.ticket) !== null ? "paidByPlate" : phase.ticketPrinted === false ? "paidNotPrinted" : "paid", ticket: phase.ticket, currency,
        chargeMinor: phase.chargeMinor, changeMinor: phase.changeMinor, retainedMinor: phase.retainedMinor,
        leaveBy: phase.leaveBy, receiptOffered: !phase.receiptOrdered,
      };
    default:
      return unreachable(phase);
  }
}

type NoticePhase = Extract<PayStation["phase"], { step: "notice" }>;

function noticeScreen(phase: DeepReadonly<NoticePhase>, currency: Currency): StationScreen {
  const { notice, ticket, leaveBy, refundedMinor, retainedMinor } = phase;
  switch (notice) {
    case "nothingDue":
    case "alreadyPaid":
      return ticket && leaveBy !== null ? { key: notice, ticket, leaveBy } : { key: "notice", reason: "payAtOffice", ticket };
    case "cancelled":
    case "timedOut":
      return { key: "returned", why: notice, currency, refundedMinor, retainedMinor };
    default:
      return { key: "notice", reason: notice, ticket };
  }
}

function chargeScreen(state: ReadonlyFacility, station: DeepReadonly<PayStation>, payment: DeepReadonly<OpenPayment>): StationScreen {
  const { due } = payment;
  const insertedMinor = payment.creditedMinor + escrowMinorOf(payment);
  return {
    key: payment.reminded ? "reminder" : "charge",
    ticket: payment.ticket, currency: due.currency, from: due.from, to: due.to, lines: due.lines,
    dueMinor: due.dueMinor, insertedMinor, remainingMinor: due.dueMinor - insertedMinor,
    retains: retentionsOf(state, station, payment), remark: payment.remark, refundAt: refundAtOf(payment),
  };
}

/** For every accepted coin and note: what would be retained if it came next. */
export function retentionsOf(
  state: ReadonlyFacility, station: DeepReadonly<PayStation>, payment: DeepReadonly<OpenPayment>,
): Retention[] {
  const config = state.config?.payStations.find((s) => s.id === station.id);
  if (!config) return [];
  const inserted = payment.creditedMinor + escrowMinorOf(payment);
  return [...config.coins, ...config.notes].flatMap((denominationMinor) => {
    const excess = inserted + denominationMinor - payment.due.dueMinor;
    if (excess <= 0) return [];
    const isCoin = config.coins.includes(denominationMinor);
    const change = changeFrom(station.hoppers, excess, isCoin ? { coin: denominationMinor, capacity: config.hopperCapacity } : null);
    return change.restMinor > 0 ? [{ denominationMinor, retainedMinor: change.restMinor }] : [];
  });
}

export const refundAtOf = (payment: DeepReadonly<OpenPayment>): Instant =>
  Math.min(payment.activeAt + REFUND_AFTER_MS, payment.startedAt + PAYMENT_MS_MAX);
