/** The office: payments, replacement and lost tickets, chits, refunds, shifts, printed documents, season tickets. */
import { z } from "zod";
import { OPERATORS } from "./access.ts";
import { facilityParams, ticketParams } from "./acts.ts";
import * as office from "./office.ts";
import type { RouteShape } from "./route.ts";
import * as seasons from "./seasons.ts";
import * as ticket from "./ticket.ts";
import { entityId, facilityId, locale, recorded } from "./words.ts";

const documentQuery = z.strictObject({ locale: locale.optional() });
const paymentParams = z.strictObject({ facility: facilityId, payment: entityId });
const shiftParams = z.strictObject({ facility: facilityId, shift: entityId });
const cashActParams = z.strictObject({ facility: facilityId, seq: z.string().regex(/^\d{1,12}$/) });
const svg = ["image/svg+xml"] as const;

export const officeRoutes = {
  payTicket: {
    method: "POST", path: "/facilities/:facility/tickets/:ticket/pay", access: OPERATORS, summary: "Take payment and validate the ticket",
    params: ticketParams, body: ticket.payTicketBody, answer: ticket.paymentAnswer,
  },
  replaceTicket: {
    method: "POST", path: "/facilities/:facility/tickets/:ticket/replace", access: OPERATORS, summary: "Print a new ticket for a damaged one",
    params: ticketParams, body: ticket.replaceTicketBody, answer: ticket.replacementAnswer,
  },
  lostTicket: {
    method: "POST", path: "/facilities/:facility/office/lost-ticket", access: OPERATORS, summary: "Fee paid, exit ticket printed",
    params: facilityParams, body: office.lostTicketBody, answer: ticket.replacementAnswer,
  },
  chits: {
    method: "GET", path: "/facilities/:facility/office/chits", access: OPERATORS, summary: "Change still owed to drivers", params: facilityParams, answer: office.chits,
  },
  redeemChit: {
    method: "POST", path: "/facilities/:facility/office/chits/:chit/redeem", access: OPERATORS, summary: "Pay out retained change",
    params: office.chitParams, body: office.redeemChitBody, answer: recorded,
  },
  refund: {
    method: "POST", path: "/facilities/:facility/office/refunds", access: OPERATORS, summary: "Give money of a payment back",
    params: facilityParams, body: office.refundBody, answer: recorded,
  },
  payments: {
    method: "GET", path: "/facilities/:facility/payments", access: OPERATORS, summary: "Payments of a period",
    params: facilityParams, query: office.paymentsQuery, answer: office.payments,
  },
  openShift: {
    method: "POST", path: "/facilities/:facility/office/shifts/open", access: OPERATORS, summary: "Open the till with a float",
    params: facilityParams, body: office.openShiftBody, answer: office.shiftAnswer,
  },
  moveTillCash: {
    method: "POST", path: "/facilities/:facility/office/till-cash", access: OPERATORS, summary: "Cash between the till and the vault",
    params: facilityParams, body: office.tillCashBody, answer: recorded,
  },
  closeShift: {
    method: "POST", path: "/facilities/:facility/office/shifts/close", access: OPERATORS, summary: "Count and close the till",
    params: facilityParams, body: office.closeShiftBody, answer: office.shiftAnswer,
  },
  shifts: {
    method: "GET", path: "/facilities/:facility/office/shifts", access: OPERATORS, summary: "Shifts and their totals",
    params: facilityParams, query: office.shiftsQuery, answer: office.shifts,
  },
  ticketDocument: {
    method: "GET", path: "/facilities/:facility/tickets/:ticket/document", access: OPERATORS, summary: "The ticket as printed",
    params: ticketParams, query: documentQuery, answer: z.unknown(), media: svg,
  },
  receiptDocument: {
    method: "GET", path: "/facilities/:facility/payments/:payment/receipt", access: OPERATORS, summary: "The receipt as printed",
    params: paymentParams, query: documentQuery, answer: z.unknown(), media: svg,
  },
  shiftDocument: {
    method: "GET", path: "/facilities/:facility/office/shifts/:shift/document", access: OPERATORS, summary: "The totals of a shift as printed",
    params: shiftParams, query: documentQuery, answer: z.unknown(), media: svg,
  },
  cashDocument: {
    method: "GET", path: "/facilities/:facility/cash-acts/:seq/document", access: OPERATORS, summary: "Coins filled in or emptied, a cash box exchanged, till cash moved: as printed",
    params: cashActParams, query: documentQuery, answer: z.unknown(), media: svg,
  },
  seasonPrices: { method: "GET", path: "/seasons/prices", access: OPERATORS, summary: "Prices of season tickets", answer: seasons.seasonPrices },
  seasons: { method: "GET", path: "/seasons", access: OPERATORS, summary: "Season tickets", query: seasons.seasonsQuery, answer: seasons.seasons },
  season: {
    method: "GET", path: "/seasons/:season", access: OPERATORS, summary: "One season ticket with its holder", params: seasons.seasonParams, answer: seasons.seasonDetails,
  },
  searchSeasons: {
    method: "POST", path: "/seasons/search", access: OPERATORS, summary: "Find by holder; a POST so that no name stands in a URL",
    body: seasons.searchSeasonsBody, answer: seasons.seasonHits,
  },
  sellSeason: { method: "POST", path: "/seasons", access: OPERATORS, summary: "Sell", body: seasons.sellSeasonBody, answer: seasons.seasonAnswer },
  renewSeason: {
    method: "POST", path: "/seasons/:season/renew", access: OPERATORS, summary: "Renew", params: seasons.seasonParams, body: seasons.renewSeasonBody,
    answer: seasons.seasonAnswer,
  },
  replaceSeasonCard: {
    method: "POST", path: "/seasons/:season/replace-card", access: OPERATORS, summary: "New card, the old one blocked",
    params: seasons.seasonParams, body: seasons.replaceCardBody, answer: seasons.seasonAnswer,
  },
  unblockSeason: {
    method: "POST", path: "/seasons/:season/unblock", access: OPERATORS, summary: "Unblock the card", params: seasons.seasonParams,
    body: seasons.replaceCardBody, answer: seasons.seasonAnswer,
  },
  blockSeason: {
    method: "POST", path: "/seasons/:season/block", access: OPERATORS, summary: "Block the card", params: seasons.seasonParams,
    body: seasons.replaceCardBody, answer: seasons.seasonAnswer,
  },
} as const satisfies Record<string, RouteShape>;
