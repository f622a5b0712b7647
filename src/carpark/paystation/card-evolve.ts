/** Folds the card operations of a station: those without a final answer are kept, the others are done. */
import { present, unreachable } from "../../kernel/assert.ts";
import type { Recorded } from "../facility/event.ts";
import type { StationCardEvent } from "./event.ts";
import type { CardOperation, PayStation } from "./paystation.ts";

export function evolveCardOperation(station: PayStation, e: Recorded<StationCardEvent>): void {
  switch (e.type) {
    case "CardSaleOrdered":
      station.next.operation = e.operation + 1;
      station.operations.set(e.operation, {
        operation: e.operation, kind: "sale", of: null, reference: null, attempt: 1, payment: e.payment, ticket: e.ticket, amountMinor: e.amountMinor,
        taxMinor: e.taxMinor, paidBeforeMinor: e.paidBeforeMinor, state: "sent", trusted: false, orderedAt: e.at, askAt: e.until, asks: 0,
      });
      return;
    case "CardRefundOrdered":
      station.next.operation = e.operation + 1;
      station.operations.set(e.operation, {
        operation: e.operation, kind: "refund", of: e.of, reference: e.reference, attempt: e.attempt, payment: e.payment, ticket: e.ticket, amountMinor: e.amountMinor,
        taxMinor: 0, paidBeforeMinor: 0, state: "sent", trusted: false, orderedAt: e.at, askAt: e.askAt, asks: 0,
      });
      return;
    case "CardUnknown":
      return change(station, e.operation, { state: "unknown", askAt: e.askAt });
    case "CardStatusAsked":
      return change(station, e.operation, { askAt: e.askAt, asks: operationAt(station, e.operation).asks + 1 });
    case "CardSaleTrusted":
      return change(station, e.operation, { trusted: true });
    case "CardSaleApproved": case "CardSaleDeclined": case "CardRefunded": case "CardRefundFailed":
      station.operations.delete(e.operation);
      return;
    case "CardAbortOrdered":
      return;
    default:
      return unreachable(e);
  }
}

const operationAt = (station: PayStation, operation: number): CardOperation =>
  present(station.operations.get(operation), `card operation ${operation}`);

const change = (station: PayStation, operation: number, part: Partial<CardOperation>): void => {
  station.operations.set(operation, { ...operationAt(station, operation), ...part });
};
