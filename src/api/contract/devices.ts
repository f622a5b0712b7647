/**
 * Device agents in a car park that speak HTTP: what a lane's sensors, pillar and readers report, one
 * command a request, answered when it is durable. Authenticated by a token of the facility
 * (`Authorization: Bearer`), never by a login.
 */
import { z } from "zod";
import { AMOUNT_MINOR_MAX, credentialRef, digits, freeText, instant, laneId, runningNumber, stationId, ticketNumber, words } from "./words.ts";

const lane = { lane: laneId };
const ticketRead = z.discriminatedUnion("readable", [
  z.strictObject({ readable: z.literal(true), number: freeText(40), date: freeText(20), time: freeText(20) }),
  z.strictObject({ readable: z.literal(false) }),
]);

const cardOutcome = z.discriminatedUnion("result", [
  z.strictObject({ result: z.literal("approved"), scheme: z.enum(["mastercard", "visa", "debit"]), reference: freeText(60), authorisation: freeText(20), lastDigits: z.string().regex(/^\d{4}$/) }),
  z.strictObject({ result: z.literal("declined"), cause: freeText(60) }),
  z.strictObject({ result: z.literal("unknown") }),
  z.strictObject({ result: z.literal("notFound") }),
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
  /** Codes and payment cards; plates come from cameras. */
  z.strictObject({ type: z.literal("PresentCredential"), ...lane, credential: z.strictObject({ kind: z.enum(["card", "qr", "paymentCard"]), ref: credentialRef }).nullable() }),
  z.strictObject({ type: z.literal("ReportLaneSale"), ...lane, operation: runningNumber, outcome: cardOutcome }),
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

const station = { station: stationId };
const denominationMinor = z.int().min(1).max(AMOUNT_MINOR_MAX);
/** A device's own counter since it was built. */
const counter = z.int().min(0).max(2_147_483_647);
/** Denominations a cash device has. */
const COUNTS_MAX = 20;

export const stationCommand = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("InsertTicket"), ...station, read: ticketRead }),
  z.strictObject({ type: z.literal("InsertCard"), ...station, card: credentialRef.nullable() }),
  z.strictObject({ type: z.literal("ReportTicketRemoved"), ...station }),
  z.strictObject({ type: z.literal("CountCoins"), ...station, counts: z.array(z.strictObject({ denominationMinor, toHopper: counter, toCashBox: counter })).max(COUNTS_MAX) }),
  z.strictObject({ type: z.literal("ReportTenderReturned"), ...station, tender: z.enum(["coin", "note"]) }),
  z.strictObject({ type: z.literal("OfferNote"), ...station, note: runningNumber, denominationMinor }),
  z.strictObject({ type: z.literal("CountNotes"), ...station, counts: z.array(z.strictObject({ denominationMinor, stacked: counter })).max(COUNTS_MAX) }),
  z.strictObject({ type: z.literal("ReportEscrowReturned"), ...station }),
  z.strictObject({ type: z.literal("ReportCardOutcome"), ...station, operation: runningNumber, outcome: cardOutcome }),
  z.strictObject({ type: z.literal("CountPayout"), ...station, payout: runningNumber, counts: z.array(z.strictObject({ denominationMinor, paidOut: counter })).max(COUNTS_MAX), finished: z.boolean() }),
  z.strictObject({ type: z.literal("ReportValidationPrinted"), ...station, printed: z.boolean() }),
  z.strictObject({ type: z.literal("ChooseCard"), ...station }),
  z.strictObject({ type: z.literal("ChooseStay"), ...station, stay: freeText(60) }),
  z.strictObject({ type: z.literal("AcceptRetention"), ...station }),
  z.strictObject({ type: z.literal("ExtendPayment"), ...station }),
  z.strictObject({ type: z.literal("CancelPayment"), ...station }),
  z.strictObject({ type: z.literal("PressReceipt"), ...station }),
  z.strictObject({ type: z.literal("PressStationHelp"), ...station }),
]);
export type StationCommandBody = z.infer<typeof stationCommand>;

export const stationAnswer = z.strictObject({ seq: z.int(), at: instant, events: z.array(z.string()) });

export const outputsQuery = z.strictObject({ after: digits(Number.MAX_SAFE_INTEGER).optional() });
/** Levels and orders as src/devices/port.ts has them. `link` changes when the server starts: report every level again. */
export const deviceOutputs = z.strictObject({
  link: z.string(), seq: z.int(), outputs: z.looseObject({}).nullable(),
  orders: z.array(z.strictObject({ n: z.int(), order: z.looseObject({ id: z.string(), type: z.string() }) })),
});

/** What a driver typed at a pay station, and the stays it may be: enough of each plate for its driver to know it. */
export const plateBody = z.strictObject({ plate: z.string().min(1).max(64) });
export const plateChoices = z.strictObject({ choices: z.array(z.strictObject({ stay: z.string(), enteredAt: instant, plate: z.string() })) });
export type PlateChoices = z.infer<typeof plateChoices>;
export const chooseStayBody = z.strictObject({ stay: z.string().min(1).max(60) });
