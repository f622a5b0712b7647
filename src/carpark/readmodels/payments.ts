/** Money as it moved, by means of payment: what was charged, its tax, what was retained, what was refunded. */
import type { OfficeTender } from "../office/office.ts";
import { type Condition, type Page, allOf, pageOf } from "./page.ts";
import type { Database, Entry, Table } from "./table.ts";

/**
 * `payment` settled a charge; `surplus` was paid twice and goes back; `refund` went back after it was ours;
 * `season` paid for a season ticket; `retained` is change or a refund that could not be paid out and is owed; `chit` is such a debt paid at the office.
 */
export type PaymentKind = "payment" | "surplus" | "refund" | "retained" | "chit" | "season";

export type PaymentRow = {
  readonly facility: string; readonly seq: number; readonly at: number; readonly kind: PaymentKind;
  readonly means: string;
  /** Pay station or till. */
  readonly place: string; readonly ticket: string | null; readonly payment: number | null;
  readonly amount_minor: number; readonly tax_minor: number; readonly inserted_minor: number;
  readonly change_minor: number;
  readonly retained_minor: number; readonly by_staff: string | null;
};

export const paymentTable: Table<PaymentRow> = {
  name: "read_payment",
  columns: {
    facility: "text", seq: "bigint", at: "bigint", kind: "text", means: "text", place: "text", ticket: "text",
    payment: "integer",
    amount_minor: "bigint", tax_minor: "bigint", inserted_minor: "bigint", change_minor: "bigint",
    retained_minor: "bigint", by_staff: "text",
  },
  key: ["facility", "seq"],
  indexes: ["at, facility, seq", "facility, ticket"],
  changesOf: (entry) => {
    const row = paymentOf(entry);
    if (row === null) return [];
    const { facility, seq, event } = entry;
    return [{ key: { facility, seq }, fold: () => ({ ...NOTHING, facility, at: event.at, by_staff: event.by ?? null, ...row }) }];
  },
};

const NOTHING = { ticket: null, payment: null, amount_minor: 0, tax_minor: 0, inserted_minor: 0, change_minor: 0, retained_minor: 0 };

type Moved = Partial<PaymentRow> & Pick<PaymentRow, "kind" | "means" | "place">;

function paymentOf({ event: e }: Entry): Moved | null {
  switch (e.type) {
    case "CashSettled":
      return {
        kind: "payment", means: "cash", place: e.station, ticket: e.ticket, payment: e.payment,
        amount_minor: e.chargeMinor,
        tax_minor: e.taxMinor, inserted_minor: e.insertedMinor, change_minor: e.changeMinor,
        retained_minor: e.retainedMinor,
      };
    case "CashRefunded":
      return e.retainedMinor === 0 ? null : {
        kind: "retained", means: "cash", place: e.station, ticket: e.ticket, payment: e.payment,
        retained_minor: e.retainedMinor,
      };
    case "PayoutRetained":
      return { kind: "retained", means: "cash", place: e.station, payment: e.payment, retained_minor: e.amountMinor };
    case "CardSaleApproved":
      return {
        kind: e.use === "surplus" ? "surplus" : "payment", means: e.scheme, place: e.station, ticket: e.ticket,
        payment: e.payment,
        amount_minor: e.amountMinor, tax_minor: e.use === "surplus" ? 0 : e.taxMinor, inserted_minor: e.amountMinor,
      };
    case "CardRefunded":
      return { kind: "refund", means: "card", place: e.station, payment: e.payment, amount_minor: e.amountMinor };
    case "OfficePaymentTaken":
      return {
        kind: "payment", means: meansOf(e.tender), place: e.till, ticket: e.ticket, payment: e.payment,
        amount_minor: e.chargeMinor,
        tax_minor: e.taxMinor, inserted_minor: e.tender.kind === "cash" ? e.tender.givenMinor : e.chargeMinor,
        change_minor: e.changeMinor,
      };
    case "PaymentRefunded":
      return {
        kind: "refund", means: e.cardReference === null ? "cash" : "card", place: e.till, ticket: e.ticket,
        payment: e.payment,
        amount_minor: e.amountMinor, tax_minor: e.taxMinor,
      };
    case "StayPaymentTaken":
      return {
        kind: "payment", ...(e.means === "provider" ? { means: "provider", place: e.provider } : { means: "card", place: e.means }),
        ticket: e.ticket ?? null, payment: e.payment, amount_minor: e.amountMinor, tax_minor: e.taxMinor, inserted_minor: e.amountMinor,
      };
    case "SeasonSaleBooked":
      return {
        kind: "season", means: e.means, place: e.till ?? "", ticket: e.season, amount_minor: e.amountMinor,
        tax_minor: e.taxMinor, inserted_minor: e.amountMinor, by_staff: e.soldBy,
      };
    case "ChitRedeemed":
      return { kind: "chit", means: "cash", place: e.till, amount_minor: e.amountMinor };
    default:
      return null;
  }
}

function meansOf(tender: OfficeTender): string {
  switch (tender.kind) {
    case "cash":
    case "waived":
      return tender.kind;
    case "card":
      return tender.scheme;
  }
}

export type PaymentQuery = {
  readonly facility?: string | undefined; readonly ticket?: string | undefined;
  readonly from?: number | undefined; readonly to?: number | undefined;
  readonly means?: string | undefined; readonly rows?: number | undefined; readonly after?: string | undefined;
};

const conditionsOf = (query: PaymentQuery): Condition[] => [
  ["t.facility = ?", query.facility], ["t.ticket = ?", query.ticket], ["t.at >= ?", query.from], ["t.at < ?", query.to], ["t.means = ?", query.means],
];

/** Newest first. */
export const payments = (db: Database, query: PaymentQuery): Promise<Page<PaymentRow>> =>
  pageOf<PaymentRow>(db, {
    from: "read_payment", where: conditionsOf(query), orderBy: ["t.at", "t.facility", "t.seq"],
    descending: true, rows: query.rows, after: query.after,
  });

/** Sums of one day, car park, kind and means; the day is cut at the instants given. */
export type PaymentSum = {
  readonly day: string; readonly facility: string; readonly kind: PaymentKind; readonly means: string;
  readonly payments: number;
  readonly amountMinor: number; readonly taxMinor: number; readonly retainedMinor: number;
};

export async function paymentSums(
  db: Database, days: readonly { readonly day: string; readonly from: number; readonly until: number }[],
  facilities: readonly string[],
): Promise<readonly PaymentSum[]> {
  const { rows } = await db.query(
    `select d.day, t.facility, t.kind, t.means, count(*)::int as payments, sum(t.amount_minor)::bigint as amount,
       sum(t.tax_minor)::bigint as tax, sum(t.retained_minor)::bigint as retained
     from jsonb_to_recordset($1::jsonb) as d(day text, "from" bigint, "until" bigint)
     join read_payment t on t.at >= d."from" and t.at < d."until"
     where t.facility = any($2)
     group by 1, 2, 3, 4 order by 1, 2, 3, 4`,
    [JSON.stringify(days), facilities],
  );
  return rows.map((row) => ({
    day: String(row["day"]), facility: String(row["facility"]), kind: row["kind"] as PaymentKind,
    means: String(row["means"]),
    payments: Number(row["payments"]), amountMinor: Number(row["amount"]), taxMinor: Number(row["tax"]),
    retainedMinor: Number(row["retained"]),
  }));
}

/** Every movement of one ticket, oldest first. */
export const paymentsOf = (db: Database, facility: string, ticket: string): Promise<readonly PaymentRow[]> =>
  allOf<PaymentRow>(db, "read_payment", [["t.facility = ?", facility], ["t.ticket = ?", ticket]], "t.seq");
