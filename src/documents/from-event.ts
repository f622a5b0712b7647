/** Documents straight from the recorded events that made them, so that a later print equals the first. */
import type { Instant } from "../kernel/instant.ts";
import type { Recorded } from "../carpark/facility/event.ts";
import type { ChitPaper } from "./chit.ts";
import type { Receipt } from "./receipt.ts";
import type { ShiftPaper } from "./shift.ts";

/**
 * The receipt of a settled payment, or null when the event settles none.
 * @param enteredAt entry printed on the ticket; null for a lost ticket, whose stay is unknown
 */
export function receiptOf(e: Recorded, enteredAt: Instant | null): Receipt | null {
  const stay = enteredAt === null ? null : { from: enteredAt, to: e.at };
  switch (e.type) {
    case "CashSettled":
      return {
        payment: e.payment, ticket: e.ticket, paidAt: e.at, stay, chargeMinor: e.chargeMinor, taxMinor: e.taxMinor,
        paidBy: { means: "cash", insertedMinor: e.insertedMinor, changeMinor: e.changeMinor, retainedMinor: e.retainedMinor },
      };
    case "CardSaleApproved":
      if (e.use === "surplus") return null;
      return {
        payment: e.payment, ticket: e.ticket, paidAt: e.at, stay, chargeMinor: e.amountMinor, taxMinor: e.taxMinor,
        paidBy: { means: "card", scheme: e.scheme, lastDigits: e.lastDigits },
      };
    case "OfficePaymentTaken":
      return {
        payment: e.payment, ticket: e.ticket, paidAt: e.at, stay: e.charge === "stay" ? stay : null,
        chargeMinor: e.chargeMinor, taxMinor: e.taxMinor, paidBy: officeTender(e),
      };
    default:
      return null;
  }
}

function officeTender(e: Extract<Recorded, { type: "OfficePaymentTaken" }>): Receipt["paidBy"] {
  switch (e.tender.kind) {
    case "cash":
      return { means: "cash", insertedMinor: e.tender.givenMinor, changeMinor: e.changeMinor, retainedMinor: 0 };
    case "card":
      return { means: "card", scheme: e.tender.scheme, lastDigits: null };
    case "waived":
      return { means: "waived" };
  }
}

/** Part of the change that could not be paid out after the receipt's event is told by `PayoutRetained`. */
export function withRetained(receipt: Receipt, e: Extract<Recorded, { type: "PayoutRetained" }>): Receipt {
  if (receipt.paidBy.means !== "cash" || e.payment !== receipt.payment) return receipt;
  const { insertedMinor, changeMinor, retainedMinor } = receipt.paidBy;
  return {
    ...receipt,
    paidBy: { means: "cash", insertedMinor, changeMinor: changeMinor - e.amountMinor, retainedMinor: retainedMinor + e.amountMinor },
  };
}

export const chitOf = (e: Extract<Recorded, { type: "ChitIssued" }>, stationName: string): ChitPaper =>
  ({ chit: e.chit, payment: e.payment, station: stationName, amountMinor: e.amountMinor, issuedAt: e.at });

export function shiftOf(e: Extract<Recorded, { type: "ShiftClosed" }>): ShiftPaper {
  const { countedMinor, varianceMinor, reason } = e;
  return { ...e, closed: { at: e.at, by: e.by ?? "", countedMinor, varianceMinor, reason } };
}
