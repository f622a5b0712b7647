/** The office: lost tickets, chits, shifts of the till. */
import { z } from "zod";
import { shiftView } from "./live.ts";
import { secondPerson, tender } from "./ticket.ts";
import { amountMinor, entityId, facilityId, freeText, groupId, instant, pageOf, queryInstant, queryRows, after, reason, stayId, TEXT_MAX } from "./words.ts";

/** With `stay` when the vehicle could be identified, without when only the fee settles it. */
export const lostTicketBody = z.strictObject({
  stay: stayId.optional(), group: groupId.optional(), till: entityId.optional(), tender, reason, secondPerson: secondPerson.optional(),
});
export type LostTicketBody = z.infer<typeof lostTicketBody>;

export const chitParams = z.strictObject({ facility: facilityId, chit: z.string().regex(/^\d{1,9}$/) });
export const redeemChitBody = z.strictObject({ till: entityId.optional() });
export const chitView = z.strictObject({
  chit: entityId, payment: z.string().nullable(), station: z.string(), amountMinor, issuedAt: instant, redeemedAt: instant.nullable(),
});
export type ChitView = z.infer<typeof chitView>;
export const chits = z.strictObject({ rows: z.array(chitView) });

/** `cardReference`: given back through the card terminal; without it from the till. */
export const refundBody = z.strictObject({
  payment: z.string().regex(/^\d{1,9}$/), amountMinor: z.int().min(1).max(100_000_000), till: entityId.optional(), cardReference: freeText(60).optional(),
  reason, secondPerson: secondPerson.optional(),
});
export type RefundBody = z.infer<typeof refundBody>;

/** Cash taken to the vault in the middle of a shift, or more change brought from it. */
export const tillCashBody = z.strictObject({
  till: entityId.optional(), to: z.enum(["vault", "till"]), amountMinor: z.int().min(1).max(10_000_000), reason,
});
export type TillCashBody = z.infer<typeof tillCashBody>;

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
  /** `surplus`: paid twice, goes back; `retained`: owed to a driver; `chit`: such a debt paid at the office; `season`: a season ticket. */
  payment: entityId, at: instant, kind: z.enum(["payment", "surplus", "refund", "retained", "chit", "season"]), ticket: z.string().nullable(), place: z.string(),
  means: z.string(), amountMinor, taxMinor: amountMinor, insertedMinor: amountMinor.nullable(), changeMinor: amountMinor.nullable(), retainedMinor: amountMinor.nullable(), by: z.string().nullable(),
});
export type PaymentView = z.infer<typeof paymentView>;
export const paymentsQuery = z.strictObject({ from: queryInstant.optional(), to: queryInstant.optional(), rows: queryRows, after });
export const payments = pageOf(paymentView);
