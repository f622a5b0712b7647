/** Which interesting situations a run has been in. */
import type { Effect } from "../owner.ts";
import type { Marks } from "../marks.ts";
import type { Oracle, Step } from "./oracle.ts";

export function reachedOracle(marks: Marks): Oracle {
  const mark = (name: string, condition = true): void => marks.sometimes(name, condition);
  return {
    afterStep: (step) => markStep(step, mark),
    onEffect: (effect: Effect) => {
      for (const order of effect.orders) mark(`order ${order.type}`);
    },
  };
}

function markStep({ events, command, actor }: Step, mark: (name: string, condition?: boolean) => void): void {
  for (const event of events) {
    switch (event.type) {
      case "StayOpened":
        mark("ticket entry", event.credential.kind === "ticket");
        mark("season entry", event.basis === "seasonTicket");
        mark("contract entry", event.basis === "contract");
        mark("irregular stay", event.basis === "irregular");
        mark("passage unknown", event.flags.includes("passageUnknown"));
        mark("closing loop dead", event.flags.includes("closingLoopDead"));
        break;
      case "StayClosed": mark("ticket exit", event.how === "passed"); break;
      case "StayGroupChanged": mark("stay changed its group"); break;
      case "Rights":
        mark("contract full and overflow", event.rights.type === "StayOpened" && event.rights.notice === "overflow");
        mark("overflow refused", event.rights.type === "EntryRefused" && event.rights.refusal.type === "overflowRefused");
        mark("promoted", event.rights.type === "CoverageAdvanced" && event.rights.changes.some(({ notice }) => notice === "promoted"));
        mark("right backed out", event.rights.type === "StayClosed" && event.rights.cause === "backedOut");
        break;
      case "PaymentAsked": mark("payment asked at the exit"); break;
      case "MovementEnded": mark("backed out", event.how === "backedOut"); break;
      case "CashSettled":
        mark("cash payment");
        mark("change paid", event.changeMinor > 0);
        mark("retained money", event.retainedMinor > 0);
        break;
      case "CashRefunded": mark("refund"); break;
      case "CardSaleApproved": mark("card payment"); break;
      case "CardUnknown": mark("card outcome unknown"); break;
      case "CardRefundOrdered": mark("card refund"); break;
      case "PayoutAsked": mark("payout asked"); break;
      case "EntryRefused": mark("card refused", event.card !== null); break;
      case "ExitRefused":
        mark("grace over", event.reason === "graceOver");
        mark("ticket unreadable", event.reason === "ticketUnreadable" || event.reason === "ticketMismatch");
        break;
      case "ExitReleased": mark("attendant opened", event.pass.by === "staff"); break;
      case "StayPaymentTaken": mark("paid at the lane", event.means === "terminal"); break;
      case "VehicleWaiting": mark("full"); break;
      case "SpaceOffered": mark("waiting car prompted"); break;
      case "OfferLapsed": mark("prompt lapsed"); break;
      case "TicketNotPrinted": mark("printer fault"); break;
      case "TicketVoided": mark("ticket retracted", event.reason === "notTaken"); break;
      case "TicketRevived": mark("void ticket proves entry"); break;
      case "TicketStuck": mark("ticket in mouth"); break;
      case "IrregularPassage": mark("tailgate seen", event.cause === "tailgate"); mark("forced passage", event.cause === "forced"); break;
      case "BarrierFailed": mark(`barrier ${event.symptom}`); break;
      case "PeriodClosed": mark("period closed"); break;
      default: break;
    }
  }
  mark("staff act", actor !== null && events.length > 0 && command.type !== "FixFault");
}
