/** Guard visits, refused cards, and what each company owed each car park from when on. */
import type { Instant } from "../../kernel/instant.ts";
import { type Condition, type Page, allOf, pageOf } from "./page.ts";
import type { Change, Database, Table } from "./table.ts";

export type VisitRow = {
  readonly facility: string; readonly visit: number; readonly company: string; readonly card: string;
  readonly arrived_at: Instant;
  readonly left_at: Instant | null;
  /** No departure was read until the maximum visit had passed. */
  readonly departure_missing: boolean;
  readonly seq: number;
};

export const visitTable: Table<VisitRow> = {
  name: "read_guard_visit",
  columns: {
    facility: "text", visit: "integer", company: "text", card: "text", arrived_at: "bigint", left_at: "bigint",
    departure_missing: "boolean", seq: "bigint",
  },
  key: ["facility", "visit"],
  indexes: ["arrived_at, facility, visit"],
  changesOf: ({ facility, event: e }) => {
    switch (e.type) {
      case "GuardArrived":
        return [{
          key: { facility, visit: e.visit },
          fold: () => ({
            facility, visit: e.visit, company: e.company, card: e.card, arrived_at: e.at, left_at: null,
            departure_missing: false,
          }),
        }];
      case "GuardLeft":
        return [{ key: { facility, visit: e.visit }, fold: (row) => row && { ...row, left_at: e.at } }];
      case "GuardDepartureMissing":
        return [{ key: { facility, visit: e.visit }, fold: (row) => row && { ...row, departure_missing: true } }];
      default:
        return [];
    }
  },
};

/** A duty holds from `from_at` until the company's next contract; `due` false: it owes this car park nothing any more. */
export type DutyRow = {
  readonly company: string; readonly facility: string; readonly from_at: Instant; readonly visits_per_day: number;
  readonly min_visit_ms: number; readonly max_visit_ms: number; readonly seq: number;
};

/** One row for each contract and car park. */
export const dutyTable: Table<DutyRow> = {
  name: "read_guard_duty",
  columns: {
    company: "text", facility: "text", from_at: "bigint", visits_per_day: "integer", min_visit_ms: "bigint",
    max_visit_ms: "bigint", seq: "bigint",
  },
  key: ["company", "facility", "from_at"],
  indexes: [],
  changesOf: ({ event: e }) => {
    if (e.type !== "SecurityContractSet") return [];
    return e.contract.duties.map((duty): Change<DutyRow> => ({
      key: { company: e.company, facility: duty.facility, from_at: e.at },
      fold: () => ({
        company: e.company, facility: duty.facility, from_at: e.at, visits_per_day: duty.visitsPerDay,
        min_visit_ms: duty.minVisitMs, max_visit_ms: duty.maxVisitMs,
      }),
    }));
  },
};

/** The instants at which a company's contract changed: a duty not repeated there has ended. */
export type ContractRow = {
  readonly company: string; readonly from_at: Instant; readonly cards: number; readonly seq: number;
};

export const contractTable: Table<ContractRow> = {
  name: "read_guard_contract",
  columns: { company: "text", from_at: "bigint", cards: "integer", seq: "bigint" },
  key: ["company", "from_at"],
  indexes: [],
  changesOf: ({ event: e }) => e.type !== "SecurityContractSet" ? [] : [{
    key: { company: e.company, from_at: e.at },
    fold: () => ({ company: e.company, from_at: e.at, cards: e.contract.cards }),
  }],
};

export type VisitQuery = {
  readonly facility?: string | undefined; readonly company?: string | undefined; readonly from?: Instant | undefined;
  readonly to?: Instant | undefined; readonly rows?: number | undefined; readonly after?: string | undefined;
};

const visitConditions = (query: VisitQuery): Condition[] => [
  ["t.facility = ?", query.facility], ["t.company = ?", query.company], ["t.arrived_at >= ?", query.from], ["t.arrived_at < ?", query.to],
];

/** Newest arrival first. */
export const visits = (db: Database, query: VisitQuery): Promise<Page<VisitRow>> =>
  pageOf<VisitRow>(db, {
    from: "read_guard_visit", where: visitConditions(query), orderBy: ["t.arrived_at", "t.facility", "t.visit"],
    descending: true,
    rows: query.rows, after: query.after,
  });

export const allVisits = (db: Database, query: VisitQuery): Promise<readonly VisitRow[]> =>
  allOf<VisitRow>(db, "read_guard_visit", visitConditions(query), "t.arrived_at, t.facility, t.visit");

/** A duty with its end; half-open [from, until), `until` null while it holds. */
export type Duty = {
  readonly company: string; readonly facility: string; readonly from: Instant; readonly until: Instant | null;
  readonly visitsPerDay: number; readonly minVisitMs: number; readonly maxVisitMs: number;
};

export async function duties(
  db: Database, query: { readonly company?: string | undefined; readonly facility?: string | undefined },
): Promise<readonly Duty[]> {
  const contracts = await allOf<ContractRow>(db, "read_guard_contract", [["t.company = ?", query.company]], "t.company, t.from_at");
  const rows = await allOf<DutyRow>(
    db, "read_guard_duty", [["t.company = ?", query.company], ["t.facility = ?", query.facility]], "t.company, t.facility, t.from_at");
  return rows.map((row) => ({
    company: row.company, facility: row.facility, from: row.from_at,
    until: contracts.find(({ company, from_at }) => company === row.company && from_at > row.from_at)?.from_at ?? null,
    visitsPerDay: row.visits_per_day, minVisitMs: row.min_visit_ms, maxVisitMs: row.max_visit_ms,
  }));
}
