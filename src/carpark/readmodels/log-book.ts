/**
 * The log book: all problems, overrides and staff notes in time order.
 *
 * Every act of a member of staff is in it; of what drivers do without trouble the entry, the payment and the
 * exit, as kinds of their own. A line keeps its event, so it can be worded in any language; it is searched by
 * the words of all of them.
 */
import { eventText } from "../../messages/eventText.ts";
import { LOCALES, type Locale } from "../../messages/locale.ts";
import { operatorEventText } from "../../messages/operatorEventText.ts";
import { type SiteWords, siteWordsOf } from "../../messages/site.ts";
import type { FacilityEvent } from "../facility/event.ts";
import type { OperatorEvent } from "../operator/operator.ts";
import { type Condition, type Page, allOf, pageOf } from "./page.ts";
import type { CityEvent, Database, Json, Table } from "./table.ts";

export type LogCategory = "problem" | "override" | "money" | "note" | "fault" | "guard" | "system" | "movement";

export type LogRow = {
  readonly facility: string; readonly seq: number; readonly at: number; readonly category: LogCategory;
  readonly by_staff: string | null;
  /** What it is about: `lane E1`, `station P1`, `ticket 01000000123`, `fault 7`. */
  readonly subject: string | null;
  readonly event: Json; readonly search: string;
};

export const logTable: Table<LogRow> = {
  name: "read_log",
  columns: {
    facility: "text", seq: "bigint", at: "bigint", category: "text", by_staff: "text", subject: "text",
    event: "jsonb", search: "text",
  },
  key: ["facility", "seq"],
  indexes: ["at, facility, seq", "facility, category, at"],
  changesOf: ({ facility, seq, event }) => {
    const category = categoryOf(event);
    if (category === null) return [];
    const subject = subjectOf(event);
    const by_staff = event.by ?? null;
    const search = [...LOCALES.map((locale) => sentenceOf(locale, event, NAMED_BY_ID)), subject, by_staff].join("\n").toLowerCase();
    // The journal's events are plain JSON.
    return [{ key: { facility, seq }, fold: () => ({ facility, at: event.at, category, by_staff, subject, event: event as unknown as Json, search }) }];
  },
};

/** Lines are found by the ids of lanes and stations; their names may change. */
const NAMED_BY_ID: SiteWords = siteWordsOf({ zone: "UTC", currency: "AUD", lanes: [], groups: [], payStations: [] });

const OPERATOR_EVENTS: { readonly [T in OperatorEvent["type"]]: LogCategory | null } = {
  OperatorConfigured: "system", PeriodClosed: null, SeasonTicketSold: "money", SeasonTicketRenewed: "money",
  SeasonCardReplaced: "override",
  SecurityCompanySet: "guard", SecurityContractSet: "guard", GuardCardIssued: "guard", ServiceCardIssued: "override",
  MaintenanceContractSet: "fault", CardBlocked: "override", CardUnblocked: "override", CardRightChanged: null,
  GuardCardChanged: null, DirectoryChanged: "override",
};

const isOperatorEvent = (event: CityEvent): event is CityEvent & OperatorEvent => Object.hasOwn(OPERATOR_EVENTS, event.type);

/** The line in words, with the car park's names of its parts. */
export const logText = (locale: Locale, row: Pick<LogRow, "event">, site: SiteWords): string =>
  sentenceOf(locale, row.event as unknown as CityEvent, site);

function sentenceOf(locale: Locale, event: CityEvent, site: SiteWords): string {
  return isOperatorEvent(event) ? operatorEventText(locale, event) : eventText(locale, event, site);
}

/** Null: no line. */
export function categoryOf(event: CityEvent): LogCategory | null {
  if (isOperatorEvent(event)) return OPERATOR_EVENTS[event.type];
  return facilityCategory(event) ?? (event.by === undefined ? null : "override");
}

function facilityCategory(e: CityEvent & FacilityEvent): LogCategory | null {
  switch (e.type) {
    case "NoteWritten":
      return "note";
    case "FaultReported": case "FaultRepeated": case "FaultNotified": case "FaultAcknowledged": case "FaultEscalated":
    case "FaultFixed": case "FaultReopened":
      return "fault";
    case "GuardArrived": case "GuardLeft": case "GuardDepartureMissing": case "GuardCardRefused":
      return "guard";
    case "FacilityConfigured": case "TariffPublished": case "OwnerStarted": case "PeriodClosed":
      return "system";
    case "EntryRefused": case "ExitRefused": case "TicketNotPrinted": case "TicketStuck": case "IrregularPassage": case "BarrierFailed":
    case "AnomalousExit": case "CallRang": case "CallForwarded": case "CallEnded": case "CashVarianceFound": case "CardUnknown":
    case "CardSaleTrusted": case "CardRefundFailed": case "PayoutRetained":
      return "problem";
    case "ChitIssued": case "CardRefunded": case "HopperFilled": case "HopperEmptied": case "CashBoxExchanged": case "CashCountersReset":
    case "CashSettled": case "CardSaleApproved":
    case "ShiftOpened": case "ShiftClosed": case "OfficePaymentTaken": case "ChitRedeemed": case "PaymentRefunded":
    case "TillCashMoved": case "SeasonSaleBooked":
      return "money";
    case "TicketVoided":
      return e.reason === "restart" || e.reason === "notPrinted" ? "problem" : null;
    case "MovementEnded":
      return e.how === "lost" ? "problem" : null;
    case "RightsLearnt":
      return e.problem === null ? null : "problem";
    case "Rights":
      if (e.rights.type === "ExternalRightLearnt" || e.rights.type === "ExternalRightRevoked") return "money";
      return e.rights.type === "ContractSigned" && e.rights.oversold ? "problem" : null;
    case "StatementMailAsked":
      return "system";
    case "AccountMailRecorded":
      return e.delivered ? "system" : "problem";
    case "StayPaymentTaken": case "LaneSaleEnded": case "StayClaimed":
      return "money";
    case "StayOpened":
      return e.flags.length > 0 || e.basis === "irregular" ? "problem" : "movement";
    case "StayClosed":
      return e.how === "passageUnknown" ? "problem" : "movement";
    case "FacilityModeSet": case "LaneModeSet": case "OccupancyAdjusted":
      return "override";
    default:
      return null;
  }
}

const SUBJECTS = ["lane", "station", "ticket", "number", "stay", "fault", "visit", "call", "company"] as const;

/** The first thing the event names. */
function subjectOf(event: CityEvent): string | null {
  const fields = event as unknown as Record<string, unknown>;
  for (const name of SUBJECTS) {
    const value = fields[name];
    if (typeof value === "string" || typeof value === "number") return `${name === "number" ? "ticket" : name} ${value}`;
  }
  return null;
}

// --- query -------------------------------------------------------------------------------------------------------

/** A word in lower case, or what it names: parts of car parks (ids in lower case) and accounts of staff. */
export type LogWord = {
  readonly word: string; readonly parts: readonly { readonly facility: string; readonly id: string }[]; readonly actors: readonly string[];
};

export type LogQuery = {
  readonly facility?: string | undefined; readonly from?: number | undefined; readonly to?: number | undefined;
  readonly category?: LogCategory | undefined; readonly by?: readonly string[] | undefined;
  /** All of them are in the line, in any language. */
  readonly words?: readonly LogWord[] | undefined; readonly rows?: number | undefined; readonly after?: string | undefined;
};

/** One line by its car park and sequence, or null. */
export async function logLine(db: Database, facility: string, seq: number): Promise<LogRow | null> {
  const [row] = await allOf<LogRow>(db, "read_log", [["t.facility = ?", facility], ["t.seq = ?", seq]], "t.seq");
  return row ?? null;
}

/** `?` is a `LogWord`; an id counts as a whole word only, in the line of its own car park. */
const HAS_WORD = `(position(?::jsonb->>'word' in t.search) > 0
  or t.by_staff in (select jsonb_array_elements_text(?::jsonb->'actors'))
  or exists (select 1 from jsonb_to_recordset(?::jsonb->'parts') as p(facility text, id text)
    where p.facility = t.facility and t.search ~ ('\\m' || p.id || '\\M')))`;

/** Newest first. */
export function logBook(db: Database, query: LogQuery): Promise<Page<LogRow>> {
  const where: Condition[] = [
    ["t.facility = ?", query.facility], ["t.at >= ?", query.from], ["t.at < ?", query.to], ["t.category = ?", query.category],
    ["t.by_staff in (select jsonb_array_elements_text(?::jsonb))", query.by && JSON.stringify(query.by)],
    ...(query.words ?? []).map((word): Condition => [HAS_WORD, JSON.stringify(word)]),
  ];
  return pageOf<LogRow>(db, {
    from: "read_log", where, orderBy: ["t.at", "t.facility", "t.seq"], descending: true, rows: query.rows,
    after: query.after,
  });
}
