/** Chits: change or refunds that a machine could not pay out, owed until the office redeems them. */
import { type Condition, type Page, pageOf } from "./page.ts";
import type { Database, Table } from "./table.ts";

export type ChitRow = {
  readonly facility: string; readonly chit: number; readonly station: string; readonly payment: number | null;
  readonly ticket: string | null;
  readonly amount_minor: number; readonly issued_at: number; readonly redeemed_at: number | null;
  readonly redeemed_by: string | null;
  readonly seq: number;
};

export const chitTable: Table<ChitRow> = {
  name: "read_chit",
  columns: {
    facility: "text", chit: "integer", station: "text", payment: "integer", ticket: "text",
    amount_minor: "bigint", issued_at: "bigint",
    redeemed_at: "bigint", redeemed_by: "text", seq: "bigint",
  },
  key: ["facility", "chit"],
  indexes: ["issued_at, facility, chit"],
  changesOf: ({ facility, event: e }) => {
    switch (e.type) {
      case "ChitIssued":
        return [{
          key: { facility, chit: e.chit },
          fold: () => ({
            facility, chit: e.chit, station: e.station, payment: e.payment, ticket: e.ticket,
            amount_minor: e.amountMinor, issued_at: e.at,
            redeemed_at: null, redeemed_by: null,
          }),
        }];
      case "ChitRedeemed":
        return [{ key: { facility, chit: e.chit }, fold: (row) => row && { ...row, redeemed_at: e.at, redeemed_by: e.by ?? null } }];
      default:
        return [];
    }
  },
};

export type ChitQuery = {
  readonly facility?: string | undefined; readonly open?: boolean | undefined;
  readonly rows?: number | undefined; readonly after?: string | undefined;
};

/** Newest first. */
export function chits(db: Database, query: ChitQuery): Promise<Page<ChitRow>> {
  const where: Condition[] = [["t.facility = ?", query.facility], ["(t.redeemed_at is null) = ?", query.open]];
  return pageOf<ChitRow>(db, {
    from: "read_chit", where, orderBy: ["t.issued_at", "t.facility", "t.chit"], descending: true,
    rows: query.rows, after: query.after,
  });
}
