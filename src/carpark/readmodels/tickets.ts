/** Tickets as staff look them up, and everything that ever happened to each. */
import type { TicketState } from "../ticket/ticket.ts";
import { type Condition, type Page, allOf, pageOf } from "./page.ts";
import type { Change, CityEvent, Database, Json, Table } from "./table.ts";

export type TicketRow = {
  readonly facility: string; readonly number: string; readonly issued_at: number; readonly machine: string;
  readonly grp: string;
  readonly state: TicketState; readonly stay: string | null; readonly paid_minor: number;
  readonly paid_at: number | null;
  readonly leave_by: number | null; readonly void_reason: string | null; readonly replaces: string | null;
  readonly replaced_by: string | null; readonly ended_at: number | null; readonly seq: number;
};

/** Issuing machine of tickets printed in the office; lanes are named by their id. */
export const OFFICE_MACHINE = "office";

export const ticketTable: Table<TicketRow> = {
  name: "read_ticket",
  columns: {
    facility: "text", number: "text", issued_at: "bigint", machine: "text", grp: "text", state: "text", stay: "text",
    paid_minor: "bigint", paid_at: "bigint", leave_by: "bigint", void_reason: "text", replaces: "text",
    replaced_by: "text",
    ended_at: "bigint", seq: "bigint",
  },
  key: ["facility", "number"],
  indexes: ["issued_at, facility, number", "facility, machine, issued_at", "number"],
  changesOf: ({ facility, event: e }) => {
    const changed = (number: string, change: Partial<TicketRow>): Change<TicketRow>[] =>
      [{ key: { facility, number }, fold: (row) => row && { ...row, ...change } }];
    switch (e.type) {
      case "TicketOrdered":
        return [{ key: { facility, number: e.number }, fold: () => issued(facility, e.number, e.at, e.lane, e.group) }];
      case "LostTicketIssued":
        return [{ key: { facility, number: e.number }, fold: () => ({ ...issued(facility, e.number, e.at, OFFICE_MACHINE, e.group), state: "live" }) }];
      case "TicketPrinted":
        return changed(e.number, { state: "printed" });
      case "TicketTaken":
        return changed(e.number, { state: "taken" });
      case "StayOpened":
        return e.credential.kind === "ticket" ? [{
          key: { facility, number: e.credential.ticket },
          fold: (row) => row && { ...row, stay: e.stay, state: row.state === "taken" ? "live" : row.state },
        }] : [];
      case "TicketPaid":
        return [{
          key: { facility, number: e.number },
          fold: (row) => row && {
            ...row, state: "paid", paid_minor: row.paid_minor + e.amountMinor, paid_at: e.at, leave_by: e.leaveBy,
          },
        }];
      case "GraceExtended":
        return changed(e.number, { leave_by: e.leaveBy });
      case "TicketVoided":
        return changed(e.number, { state: "void", void_reason: e.reason, ended_at: e.at });
      case "TicketUsed":
        return changed(e.number, { state: "used", ended_at: e.at });
      case "TicketRevived":
        return changed(e.number, { state: "live", void_reason: null, ended_at: null });
      case "TicketReplaced":
        // The copy is made first: it stands for the same stay with the same payments.
        return [
          { key: { facility, number: e.number }, reads: { facility, number: e.old }, fold: (_, old) => old && replacement(old, e.number) },
          ...changed(e.old, { state: "void", void_reason: "replaced", replaced_by: e.number, ended_at: e.at }),
        ];
      default:
        return [];
    }
  },
};

function issued(
  facility: string, number: string, issued_at: number, machine: string, grp: string,
): Omit<TicketRow, "seq"> {
  return {
    facility, number, issued_at, machine, grp, state: "ordered", stay: null, paid_minor: 0, paid_at: null,
    leave_by: null,
    void_reason: null, replaces: null, replaced_by: null, ended_at: null,
  };
}

const replacement = (old: TicketRow, number: string): TicketRow =>
  ({ ...old, number, machine: OFFICE_MACHINE, replaces: old.number, replaced_by: null, void_reason: null, ended_at: null });

/** One line for each event that names the ticket. */
export type TicketHistoryRow = {
  readonly facility: string; readonly number: string; readonly seq: number; readonly at: number;
  readonly type: string;
  readonly by_staff: string | null; readonly event: Json;
};

export const ticketHistoryTable: Table<TicketHistoryRow> = {
  name: "read_ticket_history",
  columns: {
    facility: "text", number: "text", seq: "bigint", at: "bigint", type: "text", by_staff: "text",
    event: "jsonb",
  },
  key: ["facility", "number", "seq"],
  indexes: [],
  changesOf: ({ facility, seq, event }) => ticketsIn(event).map((number) => ({
    key: { facility, number, seq },
    // The journal's events are plain JSON.
    fold: () => ({ facility, number, at: event.at, type: event.type, by_staff: event.by ?? null, event: event as unknown as Json }),
  })),
};

/** The ticket numbers an event names, each once. */
export function ticketsIn(event: CityEvent): readonly string[] {
  if (event.type === "PeriodClosed") return [];
  const numbers = new Set<string>();
  const { number, old, ticket, credential, pass } = event as unknown as Record<string, unknown>;
  for (const value of [number, old, ticket, fieldOf(credential, "ticket"), fieldOf(pass, "ticket")]) {
    if (typeof value === "string" && /^\d{11}$/.test(value)) numbers.add(value);
  }
  return [...numbers];
}

const fieldOf = (value: unknown, field: string): unknown =>
  (typeof value === "object" && value !== null ? (value as Record<string, unknown>)[field] : undefined);

// --- queries -----------------------------------------------------------------------------------------------------

export type TicketQuery = {
  readonly facility?: string | undefined;
  /** The number or its beginning. */
  readonly number?: string | undefined; readonly from?: number | undefined; readonly to?: number | undefined;
  readonly machine?: string | undefined; readonly state?: TicketState | undefined;
  readonly rows?: number | undefined; readonly after?: string | undefined;
};

/** Newest first. */
export function tickets(db: Database, query: TicketQuery): Promise<Page<TicketRow>> {
  const where: Condition[] = [
    ["t.facility = ?", query.facility], ["starts_with(t.number, ?)", query.number], ["t.issued_at >= ?", query.from],
    ["t.issued_at < ?", query.to], ["t.machine = ?", query.machine], ["t.state = ?", query.state],
  ];
  return pageOf<TicketRow>(db, {
    from: "read_ticket", where, orderBy: ["t.issued_at", "t.facility", "t.number"], descending: true,
    rows: query.rows, after: query.after,
  });
}

/** Oldest first. */
export const ticketHistory = (db: Database, facility: string, number: string): Promise<readonly TicketHistoryRow[]> =>
  allOf<TicketHistoryRow>(db, "read_ticket_history", [["t.facility = ?", facility], ["t.number = ?", number]], "t.seq");
