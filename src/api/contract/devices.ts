/**
 * Device agents in a car park that speak HTTP: what a lane's sensors, pillar and readers report, one
 * command a request, answered when it is durable. Authenticated by a token of the facility
 * (`Authorization: Bearer`), never by a login.
 */
import { z } from "zod";
import { credentialRef, freeText, instant, laneId, ticketNumber, words } from "./words.ts";

const lane = { lane: laneId };
const ticketRead = z.discriminatedUnion("readable", [
  z.strictObject({ readable: z.literal(true), number: freeText(40), date: freeText(20), time: freeText(20) }),
  z.strictObject({ readable: z.literal(false) }),
]);

export const laneCommand = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("SenseLoop"), ...lane, loop: z.enum(["arming", "underArm", "closing"]), occupied: z.boolean() }),
  z.strictObject({ type: z.literal("SenseBarrier"), ...lane, position: z.enum(["open", "closed", "moving", "unknown"]) }),
  z.strictObject({ type: z.literal("PressButton"), ...lane }),
  z.strictObject({ type: z.literal("PressHelp"), ...lane }),
  z.strictObject({ type: z.literal("ReportTicketPrinted"), ...lane, number: ticketNumber }),
  z.strictObject({ type: z.literal("ReportTicketNotPrinted"), ...lane, number: ticketNumber, cause: freeText(60) }),
  z.strictObject({ type: z.literal("ReportTicketTaken"), ...lane, number: ticketNumber }),
  z.strictObject({ type: z.literal("ReportTicketRetracted"), ...lane, number: ticketNumber, retracted: z.boolean() }),
  z.strictObject({ type: z.literal("PresentCard"), ...lane, card: credentialRef.nullable() }),
  z.strictObject({ type: z.literal("ReportCardTaken"), ...lane }),
  z.strictObject({ type: z.literal("PresentTicket"), ...lane, read: ticketRead }),
]);
export type LaneCommandBody = z.infer<typeof laneCommand>;

/** The levels the lane's devices are to show from now on, and the events behind them. */
export const laneAnswer = z.strictObject({
  seq: z.int(), at: instant, events: z.array(z.string()), ticket: ticketNumber.nullable(),
  display: words.extend({ flashing: z.boolean() }), barrier: z.enum(["open", "close", "hold"]),
});
export type LaneAnswer = z.infer<typeof laneAnswer>;
