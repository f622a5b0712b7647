/**
 * Who may park, as it was decided: every decision of a car park's rights with its why, the stays they are about, and
 * the statements that were issued.
 *
 *   Rights { event } --> read_right_decision (one line each), read_right_stay, read_statement
 */
import type { Cover } from "../../rights/coverage/scene.ts";
import type { RightsEvent } from "../../rights/desk/event.ts";
import type { Statement } from "../../rights/desk/statement.ts";
import { type Why, because } from "../../rights/why.ts";
import { type Condition, type Page, allOf, pageOf } from "./page.ts";
import type { Change, Database, Entry, Json, Table } from "./table.ts";

/** What was decided; `stay` empty where there is none. */
export type DecisionRow = {
  readonly facility: string; readonly number: number; readonly stay: string; readonly at: number; readonly what: string;
  readonly credential: string | null; readonly by_staff: string | null; readonly irregular: boolean; readonly why: Json; readonly seq: number;
};

/** An event's own number and the stay make a line; one event may be about many stays. */
export const decisionTable: Table<DecisionRow> = {
  name: "read_right_decision",
  columns: {
    facility: "text", number: "bigint", stay: "text", at: "bigint", what: "text", credential: "text", by_staff: "text", irregular: "boolean",
    why: "jsonb", seq: "bigint",
  },
  key: ["facility", "number", "stay"],
  indexes: ["facility, stay, number", "facility, at", "at, facility, number, stay"],
  changesOf: (entry) => (entry.event.type === "Rights" ? decisionsOf(entry.event.rights).map((decided) => lineOf(entry, decided)) : []),
};

type Decided = {
  readonly what: string; readonly stay: string | null; readonly credential: string | null; readonly irregular: boolean; readonly why: Why; readonly at?: number;
};

function lineOf({ facility, seq, event }: Entry, { what, stay, credential, irregular, why, at }: Decided): Change<DecisionRow> {
  const key = { facility, number: seq, stay: stay ?? "" };
  return {
    key,
    fold: () => ({ ...key, at: at ?? event.at, what, credential, by_staff: event.by ?? null, irregular, why: why as unknown as Json }),
  };
}

const rightName = (cover: Cover): string =>
  "contract" in cover ? cover.contract : "booking" in cover ? cover.booking : "right" in cover ? cover.right : cover.type;

function decisionsOf(e: RightsEvent): readonly Decided[] {
  switch (e.type) {
    case "StayOpened":
      return [{ what: e.irregular ? "admittedByStaff" : "admitted", stay: e.stay, credential: e.credential.ref, irregular: e.irregular, why: e.why }];
    case "EntryRefused": return [{ what: "refused", stay: null, credential: e.credential.ref, irregular: false, why: e.why }];
    case "StayClosed":
      return [{
        what: e.cause, stay: e.stay, credential: e.credential, why: e.why,
        irregular: e.cause === "superseded" || e.cause === "closedByStaff" || e.cause === "releasedByStaff",
      }];
    case "ExitTimeGiven":
      return [{ what: "exitTimeGiven", stay: e.stay, credential: null, irregular: true, why: because("exitTimeGiven", { reason: e.reason }) }];
    case "PaymentDemanded": return [{ what: "paymentDemanded", stay: e.stay, credential: null, irregular: false, why: e.why }];
    case "StayPaid": return [{ what: "paid", stay: e.stay, credential: null, irregular: false, why: e.why }];
    case "AttendantCalled": return [{ what: "attendantCalled", stay: null, credential: e.credential.ref, irregular: false, why: e.why }];
    case "ExitWithoutEntry": return [{ what: "exitWithoutEntry", stay: null, credential: e.credential.ref, irregular: true, why: e.why }];
    case "NeutralSet":
      return e.stays.map((stay) => ({ what: "neutralSet", stay, credential: null, irregular: true, why: because("neutralSet", { reason: e.reason }) }));
    case "CoverageAdvanced":
      return e.changes.flatMap(({ stay, since, cover, notice }) => (notice !== "promoted" && notice !== "uncovered" ? [] : [{
        what: notice, stay, credential: null, irregular: false, at: since,
        why: notice === "promoted" ? because("promoted", { right: rightName(cover) }) : because("uncovered"),
      }]));
    default: return [];
  }
}

export type RightStayRow = {
  readonly facility: string; readonly stay: string; readonly account: string | null; readonly parker: string | null; readonly credential: string;
  readonly basis: string; readonly payer: string; readonly entered_at: number; readonly irregular: boolean;
  readonly closed_at: number | null; readonly cause: string | null; readonly seq: number;
};

export const rightStayTable: Table<RightStayRow> = {
  name: "read_right_stay",
  columns: {
    facility: "text", stay: "text", account: "text", parker: "text", credential: "text", basis: "text", payer: "text", entered_at: "bigint",
    irregular: "boolean", closed_at: "bigint", cause: "text", seq: "bigint",
  },
  key: ["facility", "stay"],
  indexes: ["facility, account, entered_at", "facility, cause, closed_at"],
  changesOf: ({ facility, event }) => {
    if (event.type !== "Rights") return [];
    const e = event.rights;
    if (e.type === "StayClosed") {
      return [{ key: { facility, stay: e.stay }, fold: (row) => row && { ...row, closed_at: event.at, cause: e.cause } }];
    }
    if (e.type !== "StayOpened") return [];
    return [{
      key: { facility, stay: e.stay },
      fold: () => ({
        facility, stay: e.stay, account: e.account, parker: e.parker, credential: e.credential.ref, basis: e.basis, payer: e.payer,
        entered_at: event.at, irregular: e.irregular, closed_at: null, cause: null,
      }),
    }];
  },
};

export type StatementRow = {
  readonly facility: string; readonly number: string; readonly account: string; readonly month: string; readonly issued_at: number;
  readonly currency: string; readonly total_minor: number; readonly statement: Statement;
  /** `waiting` until the letter is gone or given up. */
  readonly mail: "waiting" | "sent" | "failed"; readonly mail_detail: string | null; readonly seq: number;
};

export const statementTable: Table<StatementRow> = {
  name: "read_statement",
  columns: {
    facility: "text", number: "text", account: "text", month: "text", issued_at: "bigint", currency: "text", total_minor: "bigint",
    statement: "jsonb", mail: "text", mail_detail: "text", seq: "bigint",
  },
  key: ["facility", "number"],
  indexes: ["account, issued_at", "facility, month", "issued_at, facility, number"],
  changesOf: ({ facility, event }) => {
    if (event.type === "AccountMailRecorded" && event.cause === "statement") {
      const { subject, delivered, detail } = event;
      return [{ key: { facility, number: subject }, fold: (row) => row && { ...row, mail: delivered ? "sent" : "failed", mail_detail: detail } }];
    }
    if (event.type === "StatementMailAsked") {
      return [{ key: { facility, number: event.number }, fold: (row) => row && { ...row, mail: "waiting", mail_detail: null } }];
    }
    if (event.type !== "Rights" || event.rights.type !== "StatementIssued") return [];
    const { statement } = event.rights;
    const { number, account, month, issuedAt, currency, totalMinor } = statement;
    return [{
      key: { facility, number },
      fold: () => ({ facility, number, account, month, issued_at: issuedAt, currency, total_minor: totalMinor, statement, mail: "waiting", mail_detail: null }),
    }];
  },
};

// --- queries -----------------------------------------------------------------------------------------------------

const WITH_STAYS = `(select d.facility, d.number, d.stay, d.at, d.what, coalesce(d.credential, s.credential) as credential, d.by_staff, d.irregular, d.why, s.account
  from read_right_decision d left join read_right_stay s on s.facility = d.facility and s.stay = d.stay)`;
export type DecidedRow = Omit<DecisionRow, "seq"> & { readonly account: string | null };

export type DecisionQuery = {
  readonly facility?: string | undefined; readonly account?: string | undefined; readonly stay?: string | undefined;
  readonly from?: number | undefined; readonly to?: number | undefined; readonly irregular?: boolean | undefined;
  readonly rows?: number | undefined; readonly after?: string | undefined;
};

/** Newest first. */
export function decisions(db: Database, query: DecisionQuery): Promise<Page<DecidedRow>> {
  const where: Condition[] = [
    ["t.facility = ?", query.facility], ["t.account = ?", query.account], ["t.stay = ?", query.stay], ["t.at >= ?", query.from],
    ["t.at < ?", query.to], ["t.irregular = ?", query.irregular],
  ];
  return pageOf<DecidedRow>(db, {
    from: WITH_STAYS, where, orderBy: ["t.at", "t.facility", "t.number", "t.stay"], descending: true, rows: query.rows, after: query.after,
  });
}

/** Every decision about these stays of a car park, oldest first. */
export async function decisionsAbout(db: Database, facility: string, stays: readonly string[]): Promise<readonly DecisionRow[]> {
  if (stays.length === 0) return [];
  const { rows } = await db.query(
    "select to_jsonb(t) as row from read_right_decision t where t.facility = $1 and t.stay = any($2) order by t.number, t.stay", [facility, stays]);
  return rows.map(({ row }) => row as DecisionRow);
}

/** Null: never opened. */
export async function rightStayOf(db: Database, facility: string, stay: string): Promise<RightStayRow | null> {
  const [row] = await allOf<RightStayRow>(db, "read_right_stay", [["t.facility = ?", facility], ["t.stay = ?", stay]], "t.stay");
  return row ?? null;
}

/** Stays of an account at one car park that touch the period, oldest first; stays that are over only. */
export async function closedStaysOf(
  db: Database, of: { readonly facility: string; readonly account: string; readonly from: number; readonly to: number }, rowsMax: number,
): Promise<readonly RightStayRow[]> {
  const { rows } = await db.query(
    `select to_jsonb(t) as row from read_right_stay t
     where t.facility = $1 and t.account = $2 and t.entered_at < $4 and t.closed_at >= $3 order by t.entered_at, t.stay limit $5`,
    [of.facility, of.account, of.from, of.to, rowsMax]);
  return rows.map(({ row }) => row as RightStayRow);
}

export type SupersedingRow = {
  readonly facility: string; readonly account: string; readonly superseded: number; readonly stays: number; readonly last_at: number | null;
};

/** Accounts with superseded stays of the period, the most first. */
export async function supersedings(
  db: Database, query: { readonly facility?: string | undefined; readonly from?: number | undefined; readonly to?: number | undefined }, rowsMax: number,
): Promise<readonly SupersedingRow[]> {
  const { rows } = await db.query(
    `select facility, account, count(*) filter (where cause = 'superseded')::int as superseded, count(*)::int as stays,
       max(closed_at) filter (where cause = 'superseded') as last_at
     from read_right_stay
     where account is not null and ($1::text is null or facility = $1) and ($2::bigint is null or entered_at >= $2) and ($3::bigint is null or entered_at < $3)
     group by facility, account having count(*) filter (where cause = 'superseded') > 0
     order by superseded desc, facility, account limit $4`,
    [query.facility ?? null, query.from ?? null, query.to ?? null, rowsMax],
  );
  return rows.map((row) => ({
    facility: String(row["facility"]), account: String(row["account"]), superseded: Number(row["superseded"]), stays: Number(row["stays"]),
    last_at: row["last_at"] === null ? null : Number(row["last_at"]),
  }));
}

export type StatementQuery = {
  readonly facility?: string | undefined; readonly account?: string | undefined; readonly month?: string | undefined;
  readonly rows?: number | undefined; readonly after?: string | undefined;
};

/** Newest first. */
export function statements(db: Database, query: StatementQuery): Promise<Page<StatementRow>> {
  const where: Condition[] = [["t.facility = ?", query.facility], ["t.account = ?", query.account], ["t.month = ?", query.month]];
  return pageOf<StatementRow>(db, {
    from: "read_statement", where, orderBy: ["t.issued_at", "t.facility", "t.number"], descending: true, rows: query.rows, after: query.after,
  });
}

export async function statementOf(db: Database, facility: string, number: string): Promise<StatementRow | null> {
  const [row] = await allOf<StatementRow>(db, "read_statement", [["t.facility = ?", facility], ["t.number = ?", number]], "t.number");
  return row ?? null;
}
