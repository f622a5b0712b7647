/** Handlers of the office: payments, replacement and lost tickets, chits, refunds, shifts of the till. */
import type { Recorded } from "../../carpark/facility/event.ts";
import { chits, type ChitRow } from "../../carpark/readmodels/chits.ts";
import { payments, type PaymentRow } from "../../carpark/readmodels/payments.ts";
import { shifts, type ShiftRow } from "../../carpark/readmodels/shifts.ts";
import type { ChitView, PaymentView, ShiftTotals } from "../contract/office.ts";
import type { officeRoutes } from "../contract/routes-office.ts";
import { trouble, type Trouble } from "../http/problem.ts";
import type { RouteHandler } from "../http/reply.ts";
import type { Site } from "../site.ts";
import { type Person, personOf, personOrNull } from "../views/person.ts";
import { shiftView } from "../views/shift-view.ts";
import { groupOf, stayOf, ticketOf } from "./acts.ts";
import { type Asking, carry, eventOf, facilityOf, recordedOf } from "./carry.ts";
import { loginTrouble, patiently } from "./logins.ts";

type Office = Pick<
  typeof officeRoutes,
  "payTicket" | "replaceTicket" | "lostTicket" | "chits" | "redeemChit" | "moveTillCash" | "refund" | "payments" | "openShift" | "closeShift" | "shifts"
>;

/** The till of an office that has only one. */
export const TILL = "office";

export function officeHandlers(site: Site): { readonly [N in keyof Office]: RouteHandler<Office[N]> } {
  return {
    payTicket: async (asked) => {
      const second = await secondOf(site, asked.body.secondPerson, asked);
      if ("trouble" in second) return second;
      const done = await carry(site, asked.params.facility, {
        type: "TakeOfficePayment", till: asked.body.till ?? TILL, ticket: ticketOf(asked.params.ticket), tender: asked.body.tender,
        ...given("reason", asked.body.reason), ...second.person,
      }, asked);
      if ("trouble" in done) return done;
      const paid = eventOf(done.carried.events, "OfficePaymentTaken");
      return {
        answer: {
          seq: done.carried.seq, at: done.carried.at, payment: String(paid.payment), ticket: paid.ticket, amountMinor: paid.chargeMinor,
          changeMinor: paid.changeMinor, leaveBy: paid.leaveBy,
        },
      };
    },
    replaceTicket: async (asked) => {
      const done = await carry(site, asked.params.facility, { type: "ReplaceTicket", ticket: ticketOf(asked.params.ticket), reason: asked.body.reason }, asked);
      return "trouble" in done ? done : { answer: replacementOf(done.carried.events, done.carried.seq, done.carried.at) };
    },
    lostTicket: async (asked) => {
      const { body } = asked;
      const second = await secondOf(site, body.secondPerson, asked);
      if ("trouble" in second) return second;
      const done = await carry(site, asked.params.facility, {
        type: "IssueLostTicket", till: body.till ?? TILL, tender: body.tender, reason: body.reason,
        ...(body.stay === undefined ? {} : { stay: stayOf(body.stay) }), ...(body.group === undefined ? {} : { group: groupOf(body.group) }),
        ...second.person,
      }, asked);
      return "trouble" in done ? done : { answer: replacementOf(done.carried.events, done.carried.seq, done.carried.at) };
    },
    chits: async ({ params }) => {
      const found = facilityOf(site, params.facility);
      if ("trouble" in found) return found;
      await site.reads.caughtUp("payments");
      const page = await chits(site.reads.db, { facility: params.facility, rows: 200 });
      return { answer: { rows: page.rows.map(chitView) } };
    },
    redeemChit: (asked) => recordedOf(site, asked.params.facility, { type: "RedeemChit", till: asked.body.till ?? TILL, chit: Number(asked.params.chit) }, asked),
    moveTillCash: (asked) => recordedOf(site, asked.params.facility, { type: "MoveTillCash", ...asked.body, till: asked.body.till ?? TILL }, asked),
    refund: async (asked) => {
      const { body } = asked;
      const second = await secondOf(site, body.secondPerson, asked);
      if ("trouble" in second) return second;
      return recordedOf(site, asked.params.facility, {
        type: "RefundPayment", till: body.till ?? TILL, payment: Number(body.payment), amountMinor: body.amountMinor, reason: body.reason,
        ...given("cardReference", body.cardReference), ...second.person,
      }, asked);
    },
    payments: async ({ params, query, locale }) => {
      const found = facilityOf(site, params.facility);
      if ("trouble" in found) return found;
      await site.reads.caughtUp("payments");
      const page = await payments(site.reads.db, { ...query, facility: params.facility });
      return { answer: { rows: page.rows.map((row) => paymentView(row, personOf(site.logins, locale))), next: page.next } };
    },
    openShift: async (asked) => {
      const done = await carry(site, asked.params.facility, { type: "OpenShift", till: asked.body.till, floatMinor: asked.body.floatMinor }, asked);
      if ("trouble" in done) return done;
      const shift = site.facilities.get(asked.params.facility)?.core.state.shifts.get(asked.body.till);
      if (!shift) return { trouble: trouble("ourError") };
      return { answer: { seq: done.carried.seq, at: done.carried.at, totals: { ...shiftView(shift, personOf(site.logins, asked.locale)), ...OPEN } } };
    },
    closeShift: async (asked) => {
      const { till, countedMinor, reason } = asked.body;
      const done = await carry(site, asked.params.facility, { type: "CloseShift", till, countedMinor, ...given("reason", reason) }, asked);
      if ("trouble" in done) return done;
      const closed = eventOf(done.carried.events, "ShiftClosed");
      const person = personOf(site.logins, asked.locale);
      const totals: ShiftTotals = {
        ...shiftView(closed, person), closedAt: closed.at, closedBy: personOrNull(person, closed.by ?? null), countedMinor: closed.countedMinor, varianceMinor: closed.varianceMinor,
      };
      return { answer: { seq: done.carried.seq, at: done.carried.at, totals } };
    },
    shifts: async ({ params, query, locale }) => {
      const found = facilityOf(site, params.facility);
      if ("trouble" in found) return found;
      await site.reads.caughtUp("payments");
      const page = await shifts(site.reads.db, { ...query, facility: params.facility });
      const person = personOf(site.logins, locale);
      const open = [...found.facility.core.state.shifts.values()];
      const rows = page.rows.map((row) => {
        const live = open.find(({ shift }) => shift === row.shift);
        return live ? { ...shiftView(live, person), ...OPEN } : closedShift(row, person);
      });
      return { answer: { rows, next: page.next } };
    },
  };
}

const OPEN = { closedAt: null, closedBy: null, countedMinor: null, varianceMinor: null } as const;

export const given = <K extends string>(name: K, value: string | undefined): { readonly [P in K]?: string } =>
  (value === undefined ? {} : { [name]: value } as { readonly [P in K]: string });

/** Above the facility's limit a second person agrees with name and password; it cannot be the one who asks. */
async function secondOf(
  site: Site, second: { readonly name: string; readonly password: string } | undefined, asked: Asking & { readonly address: string },
): Promise<{ readonly person: { readonly secondPerson?: string } } | { readonly trouble: Trouble }> {
  if (!second) return { person: {} };
  const done = await patiently(() => site.logins.confirm(second.name, second.password, asked.address));
  if ("trouble" in done) return done;
  if (!done.value.ok) return { trouble: { ...loginTrouble(done.value.error), status: 403 } };
  const { roles, id } = done.value.value;
  if (id === asked.actor) return { trouble: trouble("notAllowed", "The second person is somebody else.") };
  const may = roles.some((role) => role === "attendant" || role === "manager" || role === "administrator");
  return may ? { person: { secondPerson: id } } : { trouble: trouble("notAllowed", "The second person is not of the office.") };
}

function replacementOf(events: readonly Recorded[], seq: number, at: number) {
  const replaced = events.find((event) => event.type === "TicketReplaced");
  if (replaced) return { seq, at, old: replaced.old, number: replaced.number };
  return { seq, at, old: null, number: eventOf(events, "LostTicketIssued").number };
}

const closedShift = (row: ShiftRow, person: Person): ShiftTotals => ({
  shift: String(row.shift), till: row.till, openedBy: person(row.opened_by), openedAt: row.opened_at, floatMinor: row.float_minor,
  expectedMinor: row.expected_minor ?? 0, cashMinor: row.cash_minor ?? 0, cardMinor: row.card_minor ?? 0, refundedMinor: row.refunded_minor ?? 0,
  chitsMinor: row.chits_minor ?? 0, seasonCashMinor: row.season_cash_minor ?? 0, seasonCardMinor: row.season_card_minor ?? 0,
  addedMinor: row.added_minor ?? 0, droppedMinor: row.dropped_minor ?? 0, payments: row.payments ?? 0, seasons: row.seasons ?? 0, closedAt: row.closed_at, closedBy: personOrNull(person, row.closed_by),
  countedMinor: row.counted_minor, varianceMinor: row.variance_minor,
});

const chitView = (row: ChitRow): ChitView => ({
  chit: String(row.chit), payment: row.payment === null ? null : String(row.payment), station: row.station, amountMinor: row.amount_minor,
  issuedAt: row.issued_at, redeemedAt: row.redeemed_at,
});

const paymentView = (row: PaymentRow, person: Person): PaymentView => ({
  payment: row.payment === null ? `seq-${row.seq}` : String(row.payment), at: row.at, kind: row.kind, ticket: row.ticket, place: row.place, means: row.means,
  amountMinor: row.amount_minor, taxMinor: row.tax_minor, insertedMinor: row.inserted_minor, changeMinor: row.change_minor,
  retainedMinor: row.retained_minor, by: personOrNull(person, row.by_staff),
});
