/** Season tickets as they stand, and each sale and renewal for the reports. Holders stay in the vault. */
import { dateText } from "../../kernel/calendar.ts";
import type { SeasonPeriod } from "../../rights/season.ts";
import { type Condition, type Page, allOf, pageOf } from "./page.ts";
import type { Database, Table } from "./table.ts";

export type SeasonPeriodRow = { readonly firstDay: string; readonly expiresOn: string; readonly months: number };

/** Dates are civil dates of the car park, `2026-03-02`, both inclusive. */
export type SeasonRow = {
  readonly ticket: string; readonly facility: string; readonly holder: string; readonly card: string;
  readonly months: number;
  readonly issued_at: number; readonly first_day: string; readonly expires_on: string;
  readonly price_minor: number; readonly currency: string;
  readonly blocked: boolean; readonly renewals: number; readonly periods: readonly SeasonPeriodRow[];
  readonly sold_by: string | null; readonly seq: number;
};

export const seasonTable: Table<SeasonRow> = {
  name: "read_season",
  columns: {
    ticket: "text", facility: "text", holder: "text", card: "text", months: "integer", issued_at: "bigint",
    first_day: "text",
    expires_on: "text", price_minor: "bigint", currency: "text", blocked: "boolean", renewals: "integer",
    periods: "jsonb", sold_by: "text", seq: "bigint",
  },
  key: ["ticket"],
  indexes: ["holder", "facility, expires_on", "card"],
  changesOf: ({ event: e }) => {
    switch (e.type) {
      case "SeasonTicketSold":
        return [{
          key: { ticket: e.ticket },
          fold: () => ({
            ticket: e.ticket, facility: e.facility, holder: e.holder, card: e.card, months: e.period.months,
            issued_at: e.at,
            first_day: dateText(e.period.firstDay), expires_on: dateText(e.period.expiryDay),
            price_minor: e.priceMinor,
            currency: e.currency, blocked: false, renewals: 0, periods: [periodRow(e.period)], sold_by: e.by ?? null,
          }),
        }];
      case "SeasonTicketRenewed":
        return [{
          key: { ticket: e.ticket },
          fold: (row) => row && {
            ...row, months: e.period.months, expires_on: dateText(e.period.expiryDay),
            price_minor: e.priceMinor, renewals: row.renewals + 1,
            periods: [...row.periods, periodRow(e.period)],
            // After a lapse it is valid from the renewal on, not from its first day.
            first_day: dateText(e.period.firstDay - 1) > row.expires_on ? dateText(e.period.firstDay) : row.first_day,
          },
        }];
      case "SeasonCardReplaced":
        return [{ key: { ticket: e.ticket }, fold: (row) => row && { ...row, card: e.card, blocked: false } }];
      case "CardRightChanged":
        return e.right.kind !== "season" ? [] : [{
          key: { ticket: e.right.right },
          fold: (row) => (row && row.card === e.card ? { ...row, blocked: e.right.blocked } : row),
        }];
      default:
        return [];
    }
  },
};

const periodRow = ({ firstDay, expiryDay, months }: SeasonPeriod): SeasonPeriodRow =>
  ({ firstDay: dateText(firstDay), expiresOn: dateText(expiryDay), months });

/** Money of a sale or renewal. */
export type SeasonSaleRow = {
  readonly sale: number; readonly ticket: string; readonly facility: string; readonly at: number;
  readonly kind: "sold" | "renewed";
  readonly months: number; readonly price_minor: number; readonly currency: string; readonly means: string;
  readonly by_staff: string | null;
  readonly seq: number;
};

export const seasonSaleTable: Table<SeasonSaleRow> = {
  name: "read_season_sale",
  columns: {
    sale: "bigint", ticket: "text", facility: "text", at: "bigint", kind: "text", months: "integer",
    price_minor: "bigint",
    currency: "text", means: "text", by_staff: "text", seq: "bigint",
  },
  key: ["sale"],
  indexes: ["at"],
  changesOf: ({ seq, event: e }) => {
    if (e.type !== "SeasonTicketSold" && e.type !== "SeasonTicketRenewed") return [];
    return [{
      key: { sale: seq },
      fold: () => ({
        sale: seq, ticket: e.ticket, facility: e.facility, at: e.at,
        kind: e.type === "SeasonTicketSold" ? "sold" : "renewed",
        months: e.period.months, price_minor: e.priceMinor, currency: e.currency, means: e.means,
        by_staff: e.by ?? null,
      }),
    }];
  },
};

export type SeasonQuery = {
  readonly facility?: string | undefined; readonly holder?: string | undefined;
  readonly ticket?: string | undefined; readonly card?: string | undefined;
  /** Civil date: only tickets that are not expired then. */
  readonly validOn?: string | undefined; readonly rows?: number | undefined; readonly after?: string | undefined;
};

/** Newest ticket first. */
export function seasons(db: Database, query: SeasonQuery): Promise<Page<SeasonRow>> {
  const where: Condition[] = [
    ["t.facility = ?", query.facility], ["t.holder = ?", query.holder], ["t.ticket = ?", query.ticket], ["t.card = ?", query.card],
    ["(t.first_day <= ? and t.expires_on >= ? and not t.blocked)", query.validOn],
  ];
  return pageOf<SeasonRow>(db, {
    from: "read_season", where, orderBy: ["t.issued_at", "t.ticket"], descending: true, rows: query.rows,
    after: query.after,
  });
}

/** Sales and renewals in [from, to), oldest first. */
export const seasonSales = (db: Database, from: number, to: number, facility?: string): Promise<readonly SeasonSaleRow[]> =>
  allOf<SeasonSaleRow>(db, "read_season_sale", [["t.at >= ?", from], ["t.at < ?", to], ["t.facility = ?", facility]], "t.at, t.sale");
