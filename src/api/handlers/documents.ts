/** Handlers of printed documents, as pictures of what the printer prints. */
import { facilityZone } from "../../carpark/facility/clock.ts";
import type { ReadonlyFacility } from "../../carpark/facility/state.ts";
import { expectedMinorOf } from "../../carpark/office/office.ts";
import type { Recorded } from "../../carpark/facility/event.ts";
import { logLine } from "../../carpark/readmodels/log-book.ts";
import { type PaymentRow, payments, paymentsOf } from "../../carpark/readmodels/payments.ts";
import { type ShiftRow, shifts } from "../../carpark/readmodels/shifts.ts";
import { cashPaper, isCashAct } from "../../documents/cash.ts";
import { type PaidBy, type Receipt, receiptPaper } from "../../documents/receipt.ts";
import { type ShiftPaper, shiftPaper } from "../../documents/shift.ts";
import { ticketSvg } from "../../documents/ticket.ts";
import { DOCUMENT_WORDS } from "../../documents/words.ts";
import { present } from "../../kernel/assert.ts";
import type { officeRoutes } from "../contract/routes-office.ts";
import { trouble } from "../http/problem.ts";
import type { RouteHandler } from "../http/reply.ts";
import type { FacilityHandle, Site } from "../site.ts";
import { type Person, personOf } from "../views/person.ts";
import { ticketOf } from "./acts.ts";
import { facilityOf } from "./carry.ts";

type Documents = Pick<typeof officeRoutes, "ticketDocument" | "receiptDocument" | "shiftDocument" | "cashDocument">;

const picture = (svg: string) => ({ document: { media: "image/svg+xml; charset=utf-8", body: svg } });

export function documentHandlers(site: Site): { readonly [N in keyof Documents]: RouteHandler<Documents[N]> } {
  return {
    ticketDocument: ({ params, locale }) => {
      const found = facilityOf(site, params.facility);
      if ("trouble" in found) return found;
      const { state } = found.facility.core;
      const ticket = state.tickets.get(ticketOf(params.ticket));
      if (!ticket) return { trouble: trouble("notFound", "The ticket has left; its record is in the ticket list.") };
      const config = present(state.config, "configuration");
      const paid = ticket.paidAt === null || ticket.leaveBy === null ? null : { at: ticket.paidAt, leaveBy: ticket.leaveBy };
      return picture(ticketSvg({
        number: ticket.number, issuedAt: ticket.issuedAt, zone: facilityZone(state), facilityName: config.name, address: config.address,
        replaces: ticket.replaces, paid,
      }, DOCUMENT_WORDS[locale]));
    },
    receiptDocument: async ({ params, locale }) => {
      const found = facilityOf(site, params.facility);
      if ("trouble" in found) return found;
      const row = await paymentRow(site, params.facility, params.payment);
      const receipt = row && receiptOf(found.facility.core.state, row);
      if (!receipt) return { trouble: trouble("notFound", `There is no payment ${params.payment} with a receipt.`) };
      return picture(receiptPaper(receipt, letterheadOf(found.facility), locale).svg);
    },
    shiftDocument: async ({ params, locale }) => {
      const found = facilityOf(site, params.facility);
      if ("trouble" in found) return found;
      const person = personOf(site.logins, locale);
      const open = [...found.facility.core.state.shifts.values()].find((shift) => String(shift.shift) === params.shift);
      const paper = open ? { ...open, openedBy: person(open.openedBy), expectedMinor: expectedMinorOf(open), closed: null }
        : await closedPaper(site, params.facility, params.shift, person);
      if (!paper) return { trouble: trouble("notFound", `There is no shift ${params.shift}.`) };
      return picture(shiftPaper(paper, letterheadOf(found.facility), locale).svg);
    },
    cashDocument: async ({ params, locale }) => {
      const found = facilityOf(site, params.facility);
      if ("trouble" in found) return found;
      await site.reads.caughtUp("log-book");
      const line = await logLine(site.reads.db, params.facility, Number(params.seq));
      // The log book keeps each event as the journal has it.
      const event = line === null ? null : (line.event as unknown as Recorded);
      if (event === null || !isCashAct(event)) return { trouble: trouble("notFound", `Event ${params.seq} of this car park moved no cash by hand.`) };
      const stations = found.facility.core.state.config?.payStations ?? [];
      const place = event.type === "TillCashMoved" ? event.till : stations.find(({ id }) => id === event.station)?.name ?? event.station;
      return picture(cashPaper(event, Number(params.seq), place, personOf(site.logins, locale)(event.by ?? ""), letterheadOf(found.facility), locale).svg);
    },
  };
}

/** The configuration is read only here; the printer's types do not say so. */
const letterheadOf = (facility: FacilityHandle) => present(facility.core.state.config, "configuration") as Parameters<typeof receiptPaper>[1];

/** Payments looked at for one receipt; older ones are found by their ticket. */
const RECENT_PAGES_MAX = 20;

async function paymentRow(site: Site, facility: string, payment: string): Promise<PaymentRow | null> {
  await site.reads.caughtUp("payments");
  let after: string | undefined;
  for (let i = 0; i < RECENT_PAGES_MAX; i++) {
    const page = await payments(site.reads.db, { facility, rows: 200, after });
    const row = page.rows.find((one) => String(one.payment) === payment && one.kind === "payment");
    if (row || page.next === null) return row ?? null;
    after = page.next;
  }
  return null;
}

export const receiptsOf = async (site: Site, facility: string, ticket: string): Promise<readonly PaymentRow[]> => {
  await site.reads.caughtUp("payments");
  return paymentsOf(site.reads.db, facility, ticket);
};

function receiptOf(state: ReadonlyFacility, row: PaymentRow): Receipt | null {
  // What a provider collected is receipted by the provider.
  if (row.payment === null || row.ticket === null || row.means === "provider") return null;
  const ticket = state.tickets.get(ticketOf(row.ticket));
  return {
    payment: row.payment, ticket: ticketOf(row.ticket), paidAt: row.at, stay: ticket ? { from: ticket.issuedAt, to: row.at } : null,
    chargeMinor: row.amount_minor, taxMinor: row.tax_minor, paidBy: paidBy(row),
  };
}

function paidBy(row: PaymentRow): PaidBy {
  if (row.means === "cash") return { means: "cash", insertedMinor: row.inserted_minor, changeMinor: row.change_minor, retainedMinor: row.retained_minor };
  return row.means === "waived" ? { means: "waived" } : { means: "card", scheme: row.means, lastDigits: null };
}

async function closedPaper(site: Site, facility: string, shift: string, person: Person): Promise<ShiftPaper | null> {
  await site.reads.caughtUp("payments");
  const page = await shifts(site.reads.db, { facility, rows: 200 });
  const row = page.rows.find((one) => String(one.shift) === shift);
  return row && row.closed_at !== null ? paperOf(row, row.closed_at, person) : null;
}

const paperOf = (row: ShiftRow, closedAt: number, person: Person): ShiftPaper => ({
  shift: row.shift, till: row.till, openedBy: person(row.opened_by), openedAt: row.opened_at, floatMinor: row.float_minor, cashMinor: row.cash_minor ?? 0,
  cardMinor: row.card_minor ?? 0, waivedMinor: row.waived_minor ?? 0, refundedMinor: row.refunded_minor ?? 0,
  cardRefundedMinor: row.card_refunded_minor ?? 0, chitsMinor: row.chits_minor ?? 0, seasonCashMinor: row.season_cash_minor ?? 0,
  seasonCardMinor: row.season_card_minor ?? 0, addedMinor: row.added_minor ?? 0, droppedMinor: row.dropped_minor ?? 0, seasons: row.seasons ?? 0,
  payments: row.payments ?? 0, chits: row.chits ?? 0,
  refunds: row.refunds ?? 0, expectedMinor: row.expected_minor ?? 0,
  closed: { at: closedAt, by: person(row.closed_by ?? ""), countedMinor: row.counted_minor ?? 0, varianceMinor: row.variance_minor ?? 0, reason: row.reason },
});
