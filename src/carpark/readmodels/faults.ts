/** Faults with all that their organisation's service level is measured by. */
import type { OpenInterval } from "../fault/service-level.ts";
import type { Asset } from "../fault/fault.ts";
import { type Condition, type Page, allOf, pageOf } from "./page.ts";
import type { Database, Table } from "./table.ts";

/** `until: null`: still open. */
export type FaultInterval = { readonly from: number; readonly until: number | null };
export type Notification = {
  readonly at: number; readonly channel: string; readonly delivered: boolean; readonly detail: string;
};

export type FaultRow = {
  readonly facility: string; readonly fault: number; readonly asset: Asset; readonly code: string;
  readonly details: string;
  readonly operational: boolean; readonly organisation: "maintenance" | "directLabour"; readonly reported_at: number;
  readonly reported_by: string | null; readonly count: number; readonly last_at: number;
  readonly notified_at: number | null;
  readonly acknowledged_at: number | null; readonly acknowledged_by: string | null;
  readonly escalated_at: number | null;
  readonly fixed_at: number | null; readonly fixed_by: string | null; readonly fix_note: string | null;
  readonly reopened_at: number | null;
  /** When it was open; the gaps between are not part of the time to fix. */
  readonly intervals: readonly FaultInterval[];
  /** When it was reported again, the first `REPEATS_KEPT_MAX` of them; `count` has all. */
  readonly repeated: readonly number[];
  readonly notifications: readonly Notification[];
  readonly seq: number;
};

/** Further ones are counted by the journal; a list of thousands tells nobody more. */
const NOTIFICATIONS_KEPT_MAX = 100;
const REPEATS_KEPT_MAX = 200;

export const faultTable: Table<FaultRow> = {
  name: "read_fault",
  columns: {
    facility: "text", fault: "integer", asset: "jsonb", code: "text", details: "text", operational: "boolean",
    organisation: "text",
    reported_at: "bigint", reported_by: "text", count: "integer", last_at: "bigint", notified_at: "bigint",
    acknowledged_at: "bigint",
    acknowledged_by: "text", escalated_at: "bigint", fixed_at: "bigint", fixed_by: "text", fix_note: "text",
    reopened_at: "bigint",
    intervals: "jsonb", repeated: "jsonb", notifications: "jsonb", seq: "bigint",
  },
  key: ["facility", "fault"],
  indexes: ["reported_at, facility, fault", "fixed_at"],
  changesOf: ({ facility, event: e }) => {
    switch (e.type) {
      case "FaultReported":
        return [{
          key: { facility, fault: e.fault },
          fold: () => ({
            facility, fault: e.fault, asset: e.asset, code: e.code, details: e.details, operational: e.operational,
            organisation: e.organisation, reported_at: e.at, reported_by: e.by ?? null, count: 1, last_at: e.at,
            notified_at: null,
            acknowledged_at: null, acknowledged_by: null, escalated_at: null, fixed_at: null, fixed_by: null,
            fix_note: null,
            reopened_at: null, intervals: [{ from: e.at, until: null }], repeated: [], notifications: [],
          }),
        }];
      case "FaultRepeated":
        return [{
          key: { facility, fault: e.fault },
          fold: (row) => row && {
            ...row, count: row.count + 1, last_at: e.at, repeated: [...row.repeated, e.at].slice(0, REPEATS_KEPT_MAX),
          },
        }];
      case "FaultNotified":
        return [{
          key: { facility, fault: e.fault },
          fold: (row) => row && {
            ...row,
            notified_at: e.delivered && row.fixed_at === null ? (row.notified_at ?? e.at) : row.notified_at,
            notifications: [...row.notifications, { at: e.at, channel: e.channel, delivered: e.delivered, detail: e.detail }]
              .slice(-NOTIFICATIONS_KEPT_MAX),
          },
        }];
      case "FaultAcknowledged":
        return [{
          key: { facility, fault: e.fault },
          fold: (row) => row && { ...row, acknowledged_at: e.at, acknowledged_by: e.acknowledgedBy },
        }];
      case "FaultEscalated":
        return [{ key: { facility, fault: e.fault }, fold: (row) => row && { ...row, escalated_at: e.at } }];
      case "FaultFixed":
        return [{
          key: { facility, fault: e.fault },
          fold: (row) => row && {
            ...row, fixed_at: e.at, fixed_by: e.by ?? null, fix_note: e.note,
            intervals: row.intervals.map((interval) => (interval.until === null ? { ...interval, until: e.at } : interval)),
          },
        }];
      case "FaultReopened":
        return [{
          key: { facility, fault: e.fault },
          fold: (row) => row && {
            ...row, fixed_at: null, fixed_by: null, fix_note: null, reopened_at: e.at, notified_at: null,
            acknowledged_at: null,
            acknowledged_by: null, escalated_at: null, intervals: [...row.intervals, { from: e.at, until: null }],
          },
        }];
      default:
        return [];
    }
  },
};

/** The intervals in which it was open, as far as `now`. */
export const openIntervals = (row: Pick<FaultRow, "intervals">, now: number): readonly OpenInterval[] =>
  row.intervals.map(({ from, until }) => ({ from, until: until ?? now }));

export type FaultQuery = {
  readonly facility?: string | undefined; readonly state?: "open" | "fixed" | undefined;
  readonly organisation?: "maintenance" | "directLabour" | undefined; readonly rows?: number | undefined;
  readonly after?: string | undefined;
};

/** Newest report first. */
export function faults(db: Database, query: FaultQuery): Promise<Page<FaultRow>> {
  const where: Condition[] = [
    ["t.facility = ?", query.facility], ["t.organisation = ?", query.organisation],
    ["(t.fixed_at is null) = ?", query.state === undefined ? undefined : query.state === "open"],
  ];
  return pageOf<FaultRow>(db, {
    from: "read_fault", where, orderBy: ["t.reported_at", "t.facility", "t.fault"], descending: true,
    rows: query.rows, after: query.after,
  });
}

/** Every fault that was open at some time in [from, to), oldest report first. */
export function faultsOpenIn(
  db: Database, from: number, to: number, facility?: string,
): Promise<readonly FaultRow[]> {
  return allOf<FaultRow>(db, "read_fault", [
    ["t.reported_at < ?", to], ["(t.fixed_at is null or t.fixed_at >= ?)", from], ["t.facility = ?", facility],
  ], "t.reported_at, t.facility, t.fault");
}
