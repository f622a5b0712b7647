/**
 * The receipt on the driver's phone: ticket number and entry time as printed; both must agree, and which of
 * the two did not is never said. Tries are counted by address, so numbers cannot be fished for.
 */
import type { FastifyInstance, FastifyRequest } from "fastify";
import { randomBytes } from "node:crypto";
import { facilityZone } from "../../carpark/facility/clock.ts";
import { facilityNumberOf, parseTicketNumber, ticketDateText, ticketTimeText } from "../../carpark/ticket/ticket-number.ts";
import { tickets } from "../../carpark/readmodels/tickets.ts";
import type { PaymentRow } from "../../carpark/readmodels/payments.ts";
import { present } from "../../kernel/assert.ts";
import { type ReceiptFacts, type ReceiptInput, receiptFieldsWrong, receiptPage, type ReceiptPayment, type ReceiptState, RECEIPT_PATH } from "../../pages/server/receipt.ts";
import { receiptsOf } from "../handlers/documents.ts";
import { Attempts } from "../logins/attempts.ts";
import type { FacilityHandle, Site } from "../site.ts";
import { localeOfPage, sendMarkup } from "./displays.ts";

export function addReceiptPage(app: FastifyInstance, site: Site): void {
  const attempts = new Attempts();
  app.get(RECEIPT_PATH, async (request, reply) => {
    const nonce = randomBytes(16).toString("base64");
    const state = await stateOf(request, site, attempts);
    if (state.type === "tooMany") reply.status(429);
    return sendMarkup(reply, receiptPage(state, { locale: localeOfPage(request), nonce }), nonce);
  });
}

async function stateOf(request: FastifyRequest, site: Site, attempts: Attempts): Promise<ReceiptState> {
  const query = request.query as Readonly<Record<string, unknown>>;
  const input = { number: textOf(query["number"]), date: textOf(query["date"]), time: textOf(query["time"]) };
  if (input.number === "" && input.date === "" && input.time === "") return { type: "form" };
  const fields = receiptFieldsWrong(input);
  if (fields.length > 0) return { type: "badInput", input, fields };
  if (attempts.admit(input.number.replace(/ /g, ""), request.ip, Date.now()) > 0) return { type: "tooMany", input };
  const receipt = await find(site, input);
  return receipt ? { type: "found", receipt } : { type: "notFound", input };
}

/** Longer than any ticket number or time. */
const INPUT_CHARS_MAX = 40;
const textOf = (value: unknown): string => (typeof value === "string" ? value.slice(0, INPUT_CHARS_MAX) : "");

async function find(site: Site, input: ReceiptInput): Promise<ReceiptFacts | null> {
  const number = parseTicketNumber(input.number);
  if (!number.ok) return null;
  const facility = [...site.facilities.values()].find(({ core }) => core.state.config?.number === facilityNumberOf(number.value));
  if (!facility) return null;
  const row = (await tickets(site.reads.db, { facility: facility.id, number: number.value, rows: 1 })).rows[0];
  if (!row || !printedAs(facility, row.issued_at, input)) return null;
  const rows = await receiptsOf(site, facility.id, number.value);
  const paid = rows.filter(({ kind }) => kind === "payment");
  if (paid.length === 0) return null;
  return factsOf(facility, row.issued_at, row.leave_by, row.state === "paid", number.value, rows);
}

function printedAs(facility: FacilityHandle, issuedAt: number, { date, time }: ReceiptInput): boolean {
  const zone = facilityZone(facility.core.state);
  const typed = time.trim().replaceAll(":", "/");
  return ticketDateText(issuedAt, zone) === date.trim().replaceAll(".", "/") && ticketTimeText(issuedAt, zone).startsWith(typed);
}

function factsOf(facility: FacilityHandle, enteredAt: number, leaveBy: number | null, mayLeave: boolean, ticket: string, rows: readonly PaymentRow[]): ReceiptFacts {
  const config = present(facility.core.state.config, "configuration");
  const refunded = (payment: number | null): number =>
    rows.filter((row) => row.kind === "refund" && row.payment === payment).reduce((sum, row) => sum + row.amount_minor, 0);
  return {
    administration: { ...config.administration }, facility: { name: config.name, address: config.address }, zone: config.zone, currency: config.currency,
    ticket, enteredAt, leaveBy: mayLeave ? leaveBy : null,
    payments: rows.filter(({ kind }) => kind === "payment").map((row): ReceiptPayment => ({
      payment: String(row.payment), paidAt: row.at, means: row.means === "cash" || row.means === "provider" ? row.means : row.means === "waived" ? "nil" : "card",
      amountMinor: row.amount_minor, taxMinor: row.tax_minor, taxRateBp: config.taxRateBp, givenMinor: row.inserted_minor,
      changeMinor: row.change_minor, retainedMinor: row.retained_minor, refundedMinor: refunded(row.payment),
    })),
  };
}
