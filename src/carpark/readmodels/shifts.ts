/** Shifts of the offices' tills, open and closed, with their totals. */
import { type Condition, type Page, allOf, pageOf } from "./page.ts";
import type { Database, Table } from "./table.ts";

export type ShiftRow = {
  readonly facility: string; readonly till: string; readonly shift: number; readonly opened_at: number;
  readonly opened_by: string;
  readonly closed_at: number | null; readonly closed_by: string | null; readonly float_minor: number;
  /** Null while it is open: the live totals are the facility's. */
  readonly cash_minor: number | null; readonly card_minor: number | null; readonly waived_minor: number | null;
  readonly refunded_minor: number | null;
  readonly card_refunded_minor: number | null; readonly chits_minor: number | null;
  readonly season_cash_minor: number | null; readonly season_card_minor: number | null;
  readonly added_minor: number | null; readonly dropped_minor: number | null; readonly seasons: number | null;
  readonly payments: number | null; readonly chits: number | null;
  readonly refunds: number | null; readonly expected_minor: number | null; readonly counted_minor: number | null;
  readonly variance_minor: number | null; readonly reason: string | null; readonly seq: number;
};

const OPEN = {
  closed_at: null, closed_by: null, cash_minor: null, card_minor: null, waived_minor: null,
  refunded_minor: null, card_refunded_minor: null,
  chits_minor: null, season_cash_minor: null, season_card_minor: null, added_minor: null, dropped_minor: null, seasons: null,
  payments: null, chits: null, refunds: null, expected_minor: null, counted_minor: null,
  variance_minor: null, reason: null,
};

/** Totals that a shift closed by an earlier version does not have. */
const NO_LATER_TOTALS = { seasonCashMinor: 0, seasonCardMinor: 0, addedMinor: 0, droppedMinor: 0, seasons: 0 };

const laterTotals = (totals: typeof NO_LATER_TOTALS) => ({
  season_cash_minor: totals.seasonCashMinor, season_card_minor: totals.seasonCardMinor,
  added_minor: totals.addedMinor, dropped_minor: totals.droppedMinor, seasons: totals.seasons,
});

export const shiftTable: Table<ShiftRow> = {
  name: "read_shift",
  columns: {
    facility: "text", till: "text", shift: "integer", opened_at: "bigint", opened_by: "text",
    closed_at: "bigint", closed_by: "text",
    float_minor: "bigint", cash_minor: "bigint", card_minor: "bigint", waived_minor: "bigint",
    refunded_minor: "bigint",
    card_refunded_minor: "bigint", chits_minor: "bigint", season_cash_minor: "bigint", season_card_minor: "bigint",
    added_minor: "bigint", dropped_minor: "bigint", seasons: "integer",
    payments: "integer", chits: "integer",
    refunds: "integer", expected_minor: "bigint",
    counted_minor: "bigint", variance_minor: "bigint", reason: "text", seq: "bigint",
  },
  key: ["facility", "shift"],
  indexes: ["opened_at, facility, shift"],
  changesOf: ({ facility, event: e }) => {
    switch (e.type) {
      case "ShiftOpened":
        return [{
          key: { facility, shift: e.shift },
          fold: () => ({
            ...OPEN, facility, till: e.till, shift: e.shift, opened_at: e.at, opened_by: e.by ?? "",
            float_minor: e.floatMinor,
          }),
        }];
      case "ShiftClosed":
        return [{
          key: { facility, shift: e.shift },
          fold: () => ({
            ...laterTotals({ ...NO_LATER_TOTALS, ...e }),
            facility, till: e.till, shift: e.shift, opened_at: e.openedAt, opened_by: e.openedBy,
            closed_at: e.at, closed_by: e.by ?? null,
            float_minor: e.floatMinor, cash_minor: e.cashMinor, card_minor: e.cardMinor, waived_minor: e.waivedMinor,
            refunded_minor: e.refundedMinor, card_refunded_minor: e.cardRefundedMinor,
            chits_minor: e.chitsMinor, payments: e.payments,
            chits: e.chits, refunds: e.refunds, expected_minor: e.expectedMinor, counted_minor: e.countedMinor,
            variance_minor: e.varianceMinor, reason: e.reason,
          }),
        }];
      default:
        return [];
    }
  },
};

export type ShiftQuery = {
  readonly facility?: string | undefined; readonly from?: number | undefined; readonly to?: number | undefined;
  readonly rows?: number | undefined; readonly after?: string | undefined;
};

const conditionsOf = ({ facility, from, to }: ShiftQuery): Condition[] =>
  [["t.facility = ?", facility], ["t.opened_at >= ?", from], ["t.opened_at < ?", to]];

/** Newest first. */
export const shifts = (db: Database, query: ShiftQuery): Promise<Page<ShiftRow>> =>
  pageOf<ShiftRow>(db, {
    from: "read_shift", where: conditionsOf(query), orderBy: ["t.opened_at", "t.facility", "t.shift"],
    descending: true,
    rows: query.rows, after: query.after,
  });

export const allShifts = (db: Database, query: ShiftQuery): Promise<readonly ShiftRow[]> =>
  allOf<ShiftRow>(db, "read_shift", conditionsOf(query), "t.opened_at, t.facility, t.shift");
