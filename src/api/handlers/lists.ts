/** Handlers that read tickets, stays, log book, faults and guard visits from the read models. */
import type { z } from "zod";
import { dueFor } from "../../carpark/facility/pricing.ts";
import { faults, type FaultRow } from "../../carpark/readmodels/faults.ts";
import { visits, type VisitRow } from "../../carpark/readmodels/guards.ts";
import { logBook, type LogRow, type LogWord, logText } from "../../carpark/readmodels/log-book.ts";
import { stays, type StayRow } from "../../carpark/readmodels/stays.ts";
import { tickets, ticketHistory, type TicketRow } from "../../carpark/readmodels/tickets.ts";
import { facilityZone } from "../../carpark/facility/clock.ts";
import { ticketDateText, ticketTimeText } from "../../carpark/ticket/ticket-number.ts";
import { MINUTE } from "../../kernel/instant.ts";
import { siteWordsOf, type SiteWords } from "../../messages/site.ts";
import type { StayView } from "../contract/acts.ts";
import type { FaultView } from "../contract/faults.ts";
import type { GuardVisitView } from "../contract/guards.ts";
import type { LogEntry } from "../contract/logbook.ts";
import type { Routes } from "../contract/routes.ts";
import type { TicketView } from "../contract/ticket.ts";
import type { Locale } from "../contract/words.ts";
import { trouble } from "../http/problem.ts";
import type { RouteHandler } from "../http/reply.ts";
import type { FacilityHandle, Site } from "../site.ts";
import { type Person, actorsNamed, personOf, personOrNull } from "../views/person.ts";
import { ticketView } from "../views/ticket-view.ts";
import { dueView } from "../views/ticket-view.ts";
import { ticketOf } from "./acts.ts";
import { facilityOf } from "./carry.ts";

type Lists = Pick<Routes, "tickets" | "ticket" | "stays" | "logbook" | "logbookCsv" | "faults" | "guardVisits">;

export function listHandlers(site: Site): { readonly [N in keyof Lists]: RouteHandler<Lists[N]> } {
  return {
    tickets: async ({ params, query }) => {
      const found = facilityOf(site, params.facility);
      if ("trouble" in found) return found;
      await site.reads.caughtUp("tickets");
      const page = await tickets(site.reads.db, { ...query, facility: params.facility });
      return { answer: { rows: page.rows.map((row) => ticketRowView(found.facility, row)), next: page.next } };
    },
    ticket: async ({ params, locale }) => {
      const found = facilityOf(site, params.facility);
      if ("trouble" in found) return found;
      await site.reads.caughtUp("tickets");
      const history = await ticketHistory(site.reads.db, params.facility, params.ticket);
      const { state } = found.facility.core;
      const stored = state.tickets.get(ticketOf(params.ticket));
      const due = stored && dueFor(state, stored, site.now());
      const ticket = stored ? ticketView(state, stored) : await oldTicket(site, found.facility, params.ticket);
      if (!ticket) return { trouble: trouble("notFound", `There is no ticket ${params.ticket} in ${params.facility}.`) };
      const words = wordsOf(site, found.facility, locale);
      return {
        answer: {
          ticket, due: due?.ok ? dueView(due.value) : null, dueRefusal: due && !due.ok ? { ...due.error } : null,
          history: history.map((line) => ({
            seq: line.seq, at: line.at, type: line.type, by: personOrNull(words.person, line.by_staff), text: logText(locale, line, words), event: eventJson(line.event),
          })),
        },
      };
    },
    stays: async ({ params, query }) => {
      const found = facilityOf(site, params.facility);
      if ("trouble" in found) return found;
      await site.reads.caughtUp("stays");
      const maxStayMs = found.facility.core.state.config?.policy.maxStayMs;
      const checkBefore = query.check === true && maxStayMs !== undefined ? site.now() - maxStayMs : undefined;
      const page = await stays(site.reads.db, { facility: params.facility, open: query.open, from: query.from, to: query.to, checkBefore, rows: query.rows, after: query.after });
      return { answer: { rows: page.rows.map(stayView), next: page.next } };
    },
    logbook: async ({ query, locale }) => ({ answer: await logPage(site, query, locale) }),
    logbookCsv: async ({ query, locale }) => {
      const lines = [CSV_HEAD[locale]];
      let after = query.after;
      for (let i = 0; i < CSV_PAGES_MAX; i++) {
        const page = await logPage(site, { ...query, rows: 200, after }, locale);
        lines.push(...page.rows.map((row) => [new Date(row.at).toISOString(), row.facility, row.category, row.by ?? "", row.subject ?? "", row.text]));
        if (page.next === null) break;
        after = page.next;
      }
      return { document: { media: "text/csv; charset=utf-8", body: csvText(lines), fileName: "log-book.csv" } };
    },
    faults: async ({ query, locale }) => {
      await site.reads.caughtUp("faults");
      const page = await faults(site.reads.db, query);
      return { answer: { rows: page.rows.map((row) => faultView(row, personOf(site.logins, locale))), next: page.next } };
    },
    guardVisits: async ({ query, who }) => {
      await site.reads.caughtUp("guards");
      // A security company sees its own guards only, whatever it asks for.
      const own = who?.account.company ?? null;
      if (own !== null && query.company !== undefined && query.company !== own) return { answer: { rows: [], next: null } };
      const page = await visits(site.reads.db, { ...query, company: own ?? query.company });
      return { answer: { rows: page.rows.map((row) => visitView(site, row)), next: page.next } };
    },
  };
}

/** Pages of one download: 10,000 lines; a longer period is asked for in parts. */
const CSV_PAGES_MAX = 50;
const CSV_HEAD: Readonly<Record<Locale, readonly string[]>> = {
  en: ["time (UTC)", "car park", "category", "by", "subject", "entry"],
  de: ["Zeit (UTC)", "Parkhaus", "Art", "von", "Betreff", "Eintrag"],
};

/** RFC 4180 with a byte order mark; a cell that a spreadsheet would take for a formula gets an apostrophe. */
export function csvText(rows: readonly (readonly string[])[]): string {
  const cell = (text: string): string => {
    const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\r\n;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return `\uFEFF${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

export function wordsOf(site: Site, facility: FacilityHandle | undefined, locale: Locale): SiteWords {
  const config = facility?.core.state.config;
  return siteWordsOf((config ?? { zone: "UTC", currency: "AUD", lanes: [], groups: [], payStations: [] }) as Parameters<typeof siteWordsOf>[0], personOf(site.logins, locale));
}

// The read models keep the journal's events, which are objects with a type.
const eventJson = (event: unknown): { readonly type: string } => event as { readonly type: string };

type LogQuery = Routes["logbook"] extends { readonly query: infer Q extends z.ZodType } ? z.infer<Q> : never;

async function logPage(site: Site, query: LogQuery, locale: Locale): Promise<{ rows: LogEntry[]; next: string | null }> {
  await site.reads.caughtUp("log-book");
  const { by, search, ...rest } = query;
  const page = await logBook(site.reads.db, {
    ...rest,
    ...(by === undefined ? {} : { by: [by, ...actorsNamed(site.logins, by)] }),
    ...(search === undefined ? {} : { words: search.toLowerCase().split(/\s+/).filter((word) => word !== "").map((word) => wordAsked(site, word)) }),
  });
  return { rows: page.rows.map((row) => logView(site, row, locale)), next: page.next };
}

/** The log book has ids; people type the names they read. */
function wordAsked(site: Site, word: string): LogWord {
  const parts = [...site.facilities.values()].flatMap(({ id: facility, core }) => {
    const { lanes, payStations } = core.state.config ?? { lanes: [], payStations: [] };
    return [...lanes, ...payStations].filter(({ name }) => name.toLowerCase().includes(word)).map(({ id }) => ({ facility, id: id.toLowerCase() }));
  });
  return { word, parts, actors: actorsNamed(site.logins, word) };
}

export function logView(site: Site, row: LogRow, locale: Locale): LogEntry {
  const words = wordsOf(site, site.facilities.get(row.facility), locale);
  return {
    facility: row.facility, seq: row.seq, at: row.at, category: row.category, by: personOrNull(words.person, row.by_staff), subject: row.subject,
    text: logText(locale, row, words), event: eventJson(row.event),
  };
}

function ticketRowView(facility: FacilityHandle, row: TicketRow): TicketView {
  const stored = facility.core.state.tickets.get(ticketOf(row.number));
  if (stored) return ticketView(facility.core.state, stored);
  const zone = facilityZone(facility.core.state);
  return {
    number: row.number, state: row.state, issuedAt: row.issued_at,
    printed: { date: ticketDateText(row.issued_at, zone), time: ticketTimeText(row.issued_at, zone) },
    machine: row.machine, group: row.grp, stay: row.stay, paidMinor: row.paid_minor, paidAt: row.paid_at, leaveBy: row.leave_by,
    voidReason: row.void_reason, replaces: row.replaces, claim: null, endedAt: row.ended_at,
  };
}

/** Used and void tickets leave the facility's state after a while; the read model keeps them. */
async function oldTicket(site: Site, facility: FacilityHandle, number: string): Promise<TicketView | null> {
  const page = await tickets(site.reads.db, { facility: facility.id, number, rows: 1 });
  const row = page.rows.find((one) => one.number === number);
  return row ? ticketRowView(facility, row) : null;
}

const BASES = ["booking", "seasonTicket", "contract", "external", "service", "payAsYouGo", "reportedOverflow", "shortTerm", "irregular"] as const;

const stayView = (row: StayRow): StayView => ({
  stay: row.stay, ticket: row.ticket, card: row.card !== null, basis: BASES.find((basis) => basis === row.basis) ?? "irregular", group: row.grp,
  enteredAt: row.entered_at, exitedAt: row.exited_at, lane: row.entry_lane, flags: [...row.flags], end: row.how,
});

const faultView = (row: FaultRow, person: Person): FaultView => ({
  facility: row.facility, fault: row.fault, asset: { ...row.asset }, code: row.code, details: row.details, operational: row.operational,
  organisation: row.organisation, state: row.fixed_at === null ? "open" : "fixed", reportedAt: row.reported_at, reportedBy: personOrNull(person, row.reported_by),
  count: row.count, lastAt: row.last_at, notifiedAt: row.notified_at, acknowledgedAt: row.acknowledged_at, escalatedAt: row.escalated_at,
  fixedAt: row.fixed_at, reopenedAt: row.reopened_at,
});

function visitView(site: Site, row: VisitRow): GuardVisitView {
  const minutes = row.left_at === null ? null : (row.left_at - row.arrived_at) / MINUTE;
  const duty = site.operator.state.companies.get(row.company)?.contract?.duties.find((one) => one.facility === row.facility);
  const short = minutes !== null && duty !== undefined && minutes * MINUTE < duty.minVisitMs;
  const state = row.departure_missing ? "departureMissing" : minutes === null ? "inside" : short ? "short" : "complete";
  return { facility: row.facility, visit: row.visit, company: row.company, card: row.card, arrivedAt: row.arrived_at, leftAt: row.left_at, minutes, state };
}
