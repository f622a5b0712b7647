/** Log book, faults, security companies and reports. */
import { FIXERS, GUARD_WATCHERS, MANAGERS, OPERATORS, WATCHERS } from "./access.ts";
import { facilityParams, faultParams } from "./acts.ts";
import * as faults from "./faults.ts";
import * as guards from "./guards.ts";
import * as logbook from "./logbook.ts";
import * as reports from "./reports.ts";
import type { RouteShape } from "./route.ts";
import { recorded } from "./words.ts";

const downloads = ["text/csv", "application/pdf"] as const;

export const recordRoutes = {
  logbook: { method: "GET", path: "/logbook", access: WATCHERS, summary: "The log book", query: logbook.logbookQuery, answer: logbook.logbook },
  logbookCsv: {
    method: "GET", path: "/logbook.csv", access: OPERATORS, summary: "The same as a download", query: logbook.logbookQuery, answer: logbook.logbook, media: ["text/csv"],
  },
  faults: { method: "GET", path: "/faults", access: WATCHERS, summary: "Faults", query: faults.faultsQuery, answer: faults.faults },
  reportFault: {
    method: "POST", path: "/facilities/:facility/faults", access: FIXERS, summary: "Report a fault",
    params: facilityParams, body: faults.reportFaultBody, answer: faults.reportFaultAnswer,
  },
  acknowledgeFault: {
    method: "POST", path: "/facilities/:facility/faults/:fault/acknowledge", access: FIXERS, summary: "The organisation knows of it",
    params: faultParams, answer: recorded,
  },
  fixFault: {
    method: "POST", path: "/facilities/:facility/faults/:fault/fix", access: FIXERS, summary: "Fixed, with what was done",
    params: faultParams, body: faults.fixFaultBody, answer: recorded,
  },
  reopenFault: {
    method: "POST", path: "/facilities/:facility/faults/:fault/reopen", access: FIXERS, summary: "It is there again",
    params: faultParams, body: faults.reopenFaultBody, answer: recorded,
  },
  guardCompanies: { method: "GET", path: "/guards/companies", access: GUARD_WATCHERS, summary: "Security companies, contracts and cards", answer: guards.guardCompanies },
  setGuardCompany: { method: "POST", path: "/guards/companies", access: MANAGERS, summary: "Create or rename a company", body: guards.companyBody, answer: recorded },
  setGuardContract: {
    method: "POST", path: "/guards/companies/:company/contract", access: MANAGERS, summary: "Car parks, visits per day, durations, cards",
    params: guards.companyParams, body: guards.contractBody, answer: recorded,
  },
  issueGuardCard: {
    method: "POST", path: "/guards/companies/:company/cards", access: MANAGERS, summary: "Issue a card",
    params: guards.companyParams, answer: guards.guardCardAnswer,
  },
  blockGuardCard: {
    method: "POST", path: "/guards/companies/:company/cards/:card/block", access: MANAGERS, summary: "Block a card",
    params: guards.guardCardParams, body: guards.blockCardBody, answer: recorded,
  },
  guardVisits: { method: "GET", path: "/guards/visits", access: GUARD_WATCHERS, summary: "Visits", query: guards.visitsQuery, answer: guards.guardVisits },
  presentOfficeCard: {
    method: "POST", path: "/facilities/:facility/office/card-reader", access: OPERATORS, summary: "A card put into the office's reader",
    params: facilityParams, body: guards.officeCardBody, answer: guards.officeCardAnswer,
  },
  faultReport: {
    method: "GET", path: "/reports/faults", access: WATCHERS, summary: "Monthly fault statistics", query: reports.faultReportQuery,
    answer: reports.faultReport, media: downloads,
  },
  guardReport: {
    method: "GET", path: "/reports/guards", access: GUARD_WATCHERS, summary: "Visits made of due", query: reports.guardReportQuery,
    answer: reports.guardReport, media: downloads,
  },
  occupancyReport: {
    method: "GET", path: "/reports/occupancy", access: OPERATORS, summary: "Occupancy over the day", query: reports.dayQuery,
    answer: reports.occupancyReport, media: downloads,
  },
  revenueReport: {
    method: "GET", path: "/reports/revenue", access: MANAGERS, summary: "Revenue by means of payment", query: reports.periodQuery,
    answer: reports.revenueReport, media: downloads,
  },
  seasonReport: {
    method: "GET", path: "/reports/seasons", access: MANAGERS, summary: "Season ticket sales", query: reports.periodQuery,
    answer: reports.seasonReport, media: downloads,
  },
  shiftReport: {
    method: "GET", path: "/reports/shifts", access: MANAGERS, summary: "Shifts of the tills and their differences", query: reports.periodQuery,
    answer: reports.shiftReport, media: downloads,
  },
  reconciliation: {
    method: "POST", path: "/reports/reconciliation", access: MANAGERS, summary: "The card company's file and the counted cash against the books",
    body: reports.reconciliationBody, answer: reports.reconciliation,
  },
} as const satisfies Record<string, RouteShape>;
