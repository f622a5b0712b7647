/** Tickets as staff see them: found by number, entry time or machine; what is due and why. */
import { z } from "zod";
import { amountMinor, currency, entityId, freeText, instant, pageOf, queryInstant, queryRows, reason, ticketNumber, TEXT_MAX, after } from "./words.ts";

export const ticketState = z.enum(["ordered", "printed", "taken", "live", "paid", "used", "void"]);

export const chargeLine = z.strictObject({
  from: instant, to: instant, units: z.number(), amountMinor,
  /** Id of the rate table that priced it. */
  table: z.string(),
});
export type ChargeLineView = z.infer<typeof chargeLine>;

export const due = z.strictObject({
  totalMinor: amountMinor, paidMinor: amountMinor, dueMinor: amountMinor, currency,
  from: instant, to: instant, lines: z.array(chargeLine),
});
export type DueView = z.infer<typeof due>;

export const ticketView = z.strictObject({
  number: ticketNumber,
  state: ticketState,
  issuedAt: instant,
  /** Entry date and time as printed on the ticket and in its bar code. */
  printed: z.strictObject({ date: z.string(), time: z.string() }),
  machine: z.string(),
  group: z.string(),
  stay: z.string().nullable(),
  paidMinor: amountMinor,
  paidAt: instant.nullable(),
  leaveBy: instant.nullable(),
  voidReason: z.string().nullable(),
  replaces: ticketNumber.nullable(),
  claim: z.strictObject({ kind: z.string(), id: z.string(), until: instant }).nullable(),
  endedAt: instant.nullable(),
});
export type TicketView = z.infer<typeof ticketView>;

export const historyLine = z.strictObject({
  seq: z.int(), at: instant, type: z.string(), by: z.string().nullable(),
  /** The line in the language asked for. */
  text: z.string(),
  event: z.looseObject({ type: z.string() }),
});
export type HistoryLine = z.infer<typeof historyLine>;

/** `due` is null with `dueRefusal` saying why when no price can be given; it is never a silent 0. */
export const ticketDetails = z.strictObject({
  ticket: ticketView,
  due: due.nullable(),
  dueRefusal: z.looseObject({ type: z.string() }).nullable(),
  history: z.array(historyLine),
});
export type TicketDetails = z.infer<typeof ticketDetails>;

export const ticketQuery = z.strictObject({
  number: z.string().regex(/^\d{1,11}$/).optional(),
  from: queryInstant.optional(),
  to: queryInstant.optional(),
  machine: freeText(40).optional(),
  state: ticketState.optional(),
  rows: queryRows,
  after,
});
export const tickets = pageOf(ticketView);

export const extendGraceBody = z.strictObject({ minutes: z.int().min(1).max(240), reason });
export type ExtendGraceBody = z.infer<typeof extendGraceBody>;
export const voidTicketBody = z.strictObject({ reason });
export const replaceTicketBody = z.strictObject({ reason });

/** What was handed over. For cash, `givenMinor` is what the driver gave; change is worked out from it. */
export const tender = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("cash"), givenMinor: z.int().min(0).max(100_000_000) }),
  z.strictObject({ kind: z.literal("card"), scheme: z.enum(["mastercard", "visa", "debit"]), terminalReference: freeText(60) }),
  /** Nothing is taken; needs the reason. */
  z.strictObject({ kind: z.literal("waived") }),
]);
export type Tender = z.infer<typeof tender>;

/** `secondPerson` confirms with name and password when the act is above the facility's four-eyes limit. */
export const secondPerson = z.strictObject({ name: z.string().min(1).max(60), password: z.string().min(1).max(200) });

export const payTicketBody = z.strictObject({
  tender, till: entityId.optional(), reason: freeText(TEXT_MAX).optional(), secondPerson: secondPerson.optional(),
});
export type PayTicketBody = z.infer<typeof payTicketBody>;

export const paymentAnswer = z.strictObject({
  seq: z.int(), at: instant, payment: z.string(), ticket: ticketNumber,
  amountMinor, changeMinor: amountMinor, leaveBy: instant.nullable(),
});
export type PaymentAnswer = z.infer<typeof paymentAnswer>;
export const replacementAnswer = z.strictObject({ seq: z.int(), at: instant, old: ticketNumber.nullable(), number: ticketNumber });
export type ReplacementAnswer = z.infer<typeof replacementAnswer>;

/** The public look-up on the phone: number and entry time as printed; both must agree. */
export const receiptQuery = z.strictObject({
  number: z.string().regex(/^\d{11}$/).optional(),
  date: z.string().regex(/^\d{2}\/\d{2}\/\d{4}$/).optional(),
  time: z.string().regex(/^\d{2}[:/]\d{2}(?:[:/]\d{2})?$/).optional(),
  locale: z.enum(["en", "de"]).optional(),
});
