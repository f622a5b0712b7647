/** The office: lost tickets, chits, shifts of the till. */
import { z } from "zod";
import { shiftView } from "./live.ts";
import { secondPerson, tender } from "./ticket.ts";
import { amountMinor, entityId, facilityId, freeText, groupId, instant, pageOf, queryInstant, queryRows, after, reason, stayId, TEXT_MAX } from "./words.ts";

/** With `stay` when the vehicle could be identified, without when only the fee settles it. */
export const lostTicketBody = z.strictObject({
  stay: stayId.optional(), group: groupId.optional(), tender, reason, secondPerson: secondPerson.optional(),
});
export type LostTicketBody = z.infer<typeof lostTicketBody>;

export const chitParams = z.strictObject({ facility: facilityId, chit: entityId });
export const redeemChitBody = z.strictObject({ reason: freeText(TEXT_MAX).optional() });
export const chitView = z.strictObject({
  chit: entityId, payment: z.string().nullable(), station: z.string(), amountMinor, issuedAt: instant, redeemedAt: instant.nullable(),
});
export type ChitView = z.infer<typeof chitView>;
export const chits = z.strictObject({ rows: z.array(chitView) });

export const refundBody = z.strictObject({ payment: entityId, amountMinor: z.int().min(1).max(100_000_000), reason, secondPerson: secondPerson.optional() });
export type RefundBody = z.infer<typeof refundBody>;

/** One till per office; `till` is its name, `office` unless the facility has several. */
export const openShiftBody = z.strictObject({ till: entityId, floatMinor: z.int().min(0).max(10_000_000) });
export const closeShiftBody = z.strictObject({ till: entityId, countedMinor: z.int().min(0).max(100_000_000), reason: freeText(TEXT_MAX).optional() });
export const shiftTotals = shiftView.extend({
  closedAt: instant.nullable(), closedBy: z.string().nullable(), countedMinor: amountMinor.nullable(), varianceMinor: amountMinor.nullable(),
});
export type ShiftTotals = z.infer<typeof shiftTotals>;
export const shiftAnswer = z.strictObject({ seq: z.int(), at: instant, totals: shiftTotals });
export const shiftsQuery = z.strictObject({ from: queryInstant.optional(), to: queryInstant.optional(), rows: queryRows, after });
export const shifts = pageOf(shiftTotals);

export const paymentView = z.strictObject({
  payment: entityId, at: instant, ticket: z.string().nullable(), place: z.string(), means: z.string(),
  amountMinor, insertedMinor: amountMinor.nullable(), changeMinor: amountMinor.nullable(), retainedMinor: amountMinor.nullable(), by: z.string().nullable(),
});
export type PaymentView = z.infer<typeof paymentView>;
export const paymentsQuery = z.strictObject({ from: queryInstant.optional(), to: queryInstant.optional(), rows: queryRows, after });
export const payments = pageOf(paymentView);
