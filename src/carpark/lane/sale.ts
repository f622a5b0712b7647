/**
 * The card terminal of an exit: what a stay owes is taken from the payment card shown there.
 *
 *   paymentDue --card shown--> ordered --approved--> stay paid, arm rises
 *                                |  \--declined---> "card declined": attendant, or a pay station
 *                                |---no answer----> its status is asked, never a second sale
 *
 * Promise: the amount is the one that was asked; one sale at a time for a stay; money that arrives late is booked to its
 * stay, and told when that stay needed it no more.
 */
import type { DeepReadonly } from "../../kernel/readonly.ts";
import { type Instant, MINUTE, SECOND } from "../../kernel/instant.ts";
import type { MinorUnits } from "../../kernel/money.ts";
import { openStay } from "../../rights/desk/state.ts";
import { heldByOther } from "../claim/claim.ts";
import type { LaneId } from "../facility/config.ts";
import type { Deciding } from "../facility/deciding.ts";
import type { Recorded } from "../facility/event.ts";
import type { Refusal } from "../facility/refusal.ts";
import type { Facility, ReadonlyFacility } from "../facility/state.ts";
import { reportFault } from "../fault/fault.ts";
import type { CardOutcome } from "../paystation/paystation.ts";
import { takeStayPayment } from "../rights/payment.ts";
import type { Movement } from "./lane.ts";
import { refuseExitOf } from "./right-exit.ts";

/** A terminal answers within this; then its status is asked. */
export const SALE_ANSWER_MS = 45 * SECOND;
/** Between two questions: a terminal that lost its line finds it in seconds or in an hour. */
const SALE_ASK_MS = 30 * SECOND;
const SALE_ASK_SLOW_MS = 10 * MINUTE;
const SALE_ASKS_FAST_MAX = 10;

export type LaneSale = {
  readonly operation: number; readonly movement: number; readonly stay: string; readonly amountMinor: MinorUnits;
  readonly askAt: Instant; readonly asks: number;
};

/** `late`: the driver had been let out otherwise before the terminal answered. */
export type LaneSaleEvent =
  | {
      readonly type: "LaneSaleOrdered"; readonly lane: LaneId; readonly movement: number; readonly operation: number; readonly stay: string;
      readonly amountMinor: MinorUnits; readonly askAt: Instant;
    }
  | { readonly type: "LaneSaleAsked"; readonly lane: LaneId; readonly operation: number; readonly askAt: Instant }
  | {
      readonly type: "LaneSaleEnded"; readonly lane: LaneId; readonly operation: number; readonly stay: string;
      readonly result: "approved" | "declined" | "notFound"; readonly late: boolean;
    };

export type LaneSaleCommand = { readonly type: "ReportLaneSale"; readonly lane: LaneId; readonly operation: number; readonly outcome: CardOutcome };

/** Takes what was asked of the movement's stay, if the lane has a terminal and nothing is under way for it. */
export function orderSale(d: Deciding, lane: LaneId, movement: DeepReadonly<Movement>): Refusal | null {
  const config = d.state.config?.lanes.find(({ id }) => id === lane);
  const stay = movement.right?.stay ?? null;
  if (!config?.terminal || movement.phase.step !== "paymentDue" || stay === null) return { type: "nothingToDo", what: "PresentCredential" };
  if (d.state.lanes.get(lane)?.sale) return { type: "laneBusy", lane, step: "paymentDue" };
  const other = heldByOther(d.state, stay, null, d.now);
  if (other) return other;
  d.emit({
    type: "LaneSaleOrdered", lane, movement: movement.id, operation: d.state.next.sale, stay, amountMinor: movement.phase.dueMinor,
    askAt: d.now + SALE_ANSWER_MS,
  });
  return null;
}

export function reportSale(d: Deciding, { lane, operation, outcome }: LaneSaleCommand): Refusal | null {
  const sale = d.state.lanes.get(lane)?.sale;
  if (sale?.operation !== operation) return { type: "nothingToDo", what: "ReportLaneSale" };
  if (outcome.result === "unknown") {
    ask(d, lane, sale);
    return null;
  }
  const movement = d.state.lanes.get(lane)?.movement;
  const waits = movement?.id === sale.movement && movement.right?.stay === sale.stay && (movement.phase.step === "paymentDue" || movement.phase.step === "attendant");
  const late = !openStay(d.state.rights, sale.stay);
  d.emit({ type: "LaneSaleEnded", lane, operation, stay: sale.stay, result: outcome.result, late: late && outcome.result === "approved" });
  if (outcome.result === "approved") {
    takeStayPayment(d, { stay: sale.stay, amountMinor: sale.amountMinor, means: "terminal", reference: outcome.reference });
    if (late) reportFault(d, { asset: { kind: "pillar", id: lane }, code: "latePayment", details: `Lane ${lane}: the terminal took money for stay ${sale.stay} after its car had left; check whether it is to be given back` });
  } else if (waits && movement) {
    refuseExitOf(d, lane, movement.id, "cardDeclined", movement.right?.credential ?? null, sale.stay, null);
  }
  return null;
}

function ask(d: Deciding, lane: LaneId, sale: DeepReadonly<LaneSale>): void {
  d.emit({ type: "LaneSaleAsked", lane, operation: sale.operation, askAt: d.now + (sale.asks < SALE_ASKS_FAST_MAX ? SALE_ASK_MS : SALE_ASK_SLOW_MS) });
}

export function nextSaleDeadline(state: ReadonlyFacility): Instant | null {
  let next: Instant | null = null;
  for (const { sale } of state.lanes.values()) if (sale && (next === null || sale.askAt < next)) next = sale.askAt;
  return next;
}

export function applySaleDeadline(d: Deciding): void {
  for (const { id, sale } of [...d.state.lanes.values()]) if (sale && sale.askAt <= d.now) ask(d, id, sale);
}

export function evolveSale(f: Facility, e: Recorded<LaneSaleEvent>): void {
  const lane = f.lanes.get(e.lane);
  if (!lane) return;
  switch (e.type) {
    case "LaneSaleOrdered":
      f.next.sale = e.operation + 1;
      lane.sale = { operation: e.operation, movement: e.movement, stay: e.stay, amountMinor: e.amountMinor, askAt: e.askAt, asks: 0 };
      return;
    case "LaneSaleAsked":
      if (lane.sale) lane.sale = { ...lane.sale, askAt: e.askAt, asks: lane.sale.asks + 1 };
      return;
    case "LaneSaleEnded":
      lane.sale = null;
      return;
  }
}
