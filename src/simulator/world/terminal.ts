/**
 * The card terminal of a lane: it reads the payment card a driver shows and answers what it is told to take. It remembers
 * every operation, so that a second question gets the first answer; nothing is taken twice.
 */
import type { Order } from "../../carpark/facility/outputs.ts";
import type { LaneId } from "../../carpark/facility/config.ts";
import type { CredentialRef } from "../../carpark/stay/stay.ts";
import type { CardOutcome } from "../../carpark/paystation/paystation.ts";
import type { MinorUnits } from "../../kernel/money.ts";
import { SECOND } from "../../kernel/instant.ts";
import { type World, type WorldLane, happen, laneOf, nudge, say, vehicleOf } from "./world.ts";

export type LaneTerminal = {
  /** What the bank will say to the card shown next. */
  nextAnswer: "approve" | "decline" | "silent";
  /** Without power: it reads no card, takes no order and answers nothing. */
  down: boolean;
  readonly operations: Map<number, { readonly amountMinor: MinorUnits; outcome: "asking" | "approved" | "declined"; silent: boolean }>;
};

export const newTerminal = (): LaneTerminal => ({ nextAnswer: "approve", down: false, operations: new Map() });

export function showToTerminal(world: World, lane: WorldLane, card: CredentialRef, answer: LaneTerminal["nextAnswer"]): void {
  if (lane.terminal.down) return;
  lane.terminal.nextAnswer = answer;
  say(world, `${lane.config.id}/terminal`, { type: "PresentCredential", lane: lane.config.id, credential: { kind: "paymentCard", ref: card } });
}

export function orderTerminal(world: World, order: Extract<Order, { readonly type: "laneSale" | "laneSaleStatus" }>): void {
  const { terminal } = laneOf(world, order.lane);
  if (terminal.down) return;
  if (order.type === "laneSaleStatus") {
    answerSale(world, order.lane, order.operation);
    return;
  }
  if (terminal.operations.has(order.operation)) return;
  const answer = terminal.nextAnswer;
  terminal.nextAnswer = "approve";
  terminal.operations.set(order.operation, { amountMinor: order.amountMinor, outcome: "asking", silent: answer === "silent" });
  world.schedule.put(world.now + 2 * SECOND + world.rng.devices.int(3_000), {
    what: "saleDone", lane: order.lane, operation: order.operation, approve: answer !== "decline",
  });
}

export function onSaleDone(world: World, laneId: LaneId, operation: number, approve: boolean): void {
  const sale = laneOf(world, laneId).terminal.operations.get(operation);
  if (!sale || sale.outcome !== "asking") return;
  sale.outcome = approve ? "approved" : "declined";
  const first = laneOf(world, laneId).queue[0];
  if (first !== undefined) {
    happen(world, approve ? "paidByCard" : "cardDeclined", first, laneId);
    nudge(world, vehicleOf(world, first));
  }
  if (!sale.silent && !laneOf(world, laneId).terminal.down) answerSale(world, laneId, operation);
}

function answerSale(world: World, lane: LaneId, operation: number): void {
  say(world, `${lane}/terminal`, { type: "ReportLaneSale", lane, operation, outcome: outcomeOf(laneOf(world, lane), operation) });
}

function outcomeOf({ config, terminal }: WorldLane, operation: number): CardOutcome {
  switch (terminal.operations.get(operation)?.outcome) {
    case undefined: return { result: "notFound" };
    case "asking": return { result: "unknown" };
    case "declined": return { result: "declined", cause: "declined" };
    case "approved":
      return { result: "approved", scheme: "visa", reference: `T${config.id}-${operation}`, authorisation: String(100_000 + operation), lastDigits: "4242" };
  }
}
