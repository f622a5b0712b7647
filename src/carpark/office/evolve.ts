/** Folds office events: shifts, and what the office did to payments and chits. */
import { present, unreachable } from "../../kernel/assert.ts";
import type { Recorded } from "../facility/event.ts";
import type { Facility } from "../facility/state.ts";
import { rememberSettled } from "../paystation/settled.ts";
import type { OfficeEvent, Shift } from "./office.ts";

export function evolveOffice(f: Facility, e: Recorded<OfficeEvent>): void {
  switch (e.type) {
    case "ShiftOpened":
      f.next.shift++;
      f.shifts.set(e.till, {
        shift: e.shift, till: e.till, openedBy: e.by ?? "", openedAt: e.at, floatMinor: e.floatMinor, cashMinor: 0, cardMinor: 0,
        waivedMinor: 0, refundedMinor: 0, cardRefundedMinor: 0, chitsMinor: 0, seasonCashMinor: 0, seasonCardMinor: 0, addedMinor: 0, droppedMinor: 0,
        payments: 0, chits: 0, refunds: 0, seasons: 0,
      });
      return;
    case "ShiftClosed":
      f.shifts.delete(e.till);
      return;
    case "OfficePaymentTaken": {
      const shift = shiftAt(f, e.till);
      f.next.payment++;
      shift.payments++;
      if (e.tender.kind === "cash") shift.cashMinor += e.chargeMinor;
      else if (e.tender.kind === "card") shift.cardMinor += e.chargeMinor;
      else shift.waivedMinor += e.dueMinor;
      rememberSettled(f, {
        payment: e.payment, ticket: e.ticket, means: e.tender.kind === "waived" ? "nil" : e.tender.kind,
        chargeMinor: e.chargeMinor, taxMinor: e.taxMinor, paidAt: e.at, refundedMinor: 0,
      });
      return;
    }
    case "TillCashMoved": {
      const shift = shiftAt(f, e.till);
      if (e.to === "vault") shift.droppedMinor += e.amountMinor;
      else shift.addedMinor += e.amountMinor;
      return;
    }
    case "SeasonSaleBooked": {
      f.operatorSeq = e.operatorSeq;
      if (e.till === null || e.shift === null) return;
      const shift = shiftAt(f, e.till);
      shift.seasons++;
      if (e.means === "cash") shift.seasonCashMinor += e.amountMinor;
      else shift.seasonCardMinor += e.amountMinor;
      return;
    }
    case "ChitRedeemed": {
      const shift = shiftAt(f, e.till);
      shift.chits++;
      shift.chitsMinor += e.amountMinor;
      f.chits.delete(e.chit);
      return;
    }
    case "PaymentRefunded": {
      const shift = shiftAt(f, e.till);
      shift.refunds++;
      if (e.cardReference === null) shift.refundedMinor += e.amountMinor;
      else shift.cardRefundedMinor += e.amountMinor;
      present(f.settled.get(e.payment), `payment ${e.payment}`).refundedMinor += e.amountMinor;
      return;
    }
    default:
      return unreachable(e);
  }
}

const shiftAt = (f: Facility, till: string): Shift => present(f.shifts.get(till), `shift at ${till}`);
