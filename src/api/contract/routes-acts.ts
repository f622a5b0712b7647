/** What staff order at lanes, calls, tickets, stations, counts and stays. */
import { MANAGERS, OPERATORS, FIXERS } from "./access.ts";
import * as acts from "./acts.ts";
import { deviceOutputs, plateBody, plateChoices, laneAnswer, laneCommand, outputsQuery, stationAnswer, stationCommand } from "./devices.ts";
import type { RouteShape } from "./route.ts";
import * as ticket from "./ticket.ts";
import { recorded } from "./words.ts";

export const actRoutes = {
  laneInput: {
    method: "POST", path: "/devices/:facility/lane-inputs", access: "device", summary: "What a lane's devices report",
    params: acts.facilityParams, body: laneCommand, answer: laneAnswer,
  },
  stationInput: {
    method: "POST", path: "/devices/:facility/station-inputs", access: "device", summary: "What a pay station's devices report and its driver presses",
    params: acts.facilityParams, body: stationCommand, answer: stationAnswer,
  },
  plateChoices: {
    method: "POST", path: "/devices/:facility/stations/:station/plates", access: "device", summary: "Stays inside that a plate typed at a pay station may be",
    params: acts.stationParams, body: plateBody, answer: plateChoices,
  },
  deviceOutputs: {
    method: "GET", path: "/devices/:facility/outputs", access: "device", summary: "What the devices are to show now, and the orders after a number",
    params: acts.facilityParams, query: outputsQuery, answer: deviceOutputs,
  },
  openLane: {
    method: "POST", path: "/facilities/:facility/lanes/:lane/open", access: OPERATORS, summary: "Open the barrier for the car that stands there",
    params: acts.laneParams, body: acts.openLaneBody, answer: recorded,
  },
  setLaneMode: {
    method: "POST", path: "/facilities/:facility/lanes/:lane/mode", access: OPERATORS, summary: "Automatic, closed, held open or out of service",
    params: acts.laneParams, body: acts.setLaneModeBody, answer: recorded,
  },
  setFacilityMode: {
    method: "POST", path: "/facilities/:facility/mode", access: OPERATORS, summary: "Open or close the entries of the car park",
    params: acts.facilityParams, body: acts.setFacilityModeBody, answer: recorded,
  },
  raiseFireAlarm: {
    method: "POST", path: "/facilities/:facility/fire-alarm/raise", access: OPERATORS, summary: "Exits open until reset on site",
    params: acts.facilityParams, answer: recorded,
  },
  resetFireAlarm: {
    method: "POST", path: "/facilities/:facility/fire-alarm/reset", access: OPERATORS, summary: "Reset on site",
    params: acts.facilityParams, body: acts.reasonBody, answer: recorded,
  },
  leaveSafeMode: {
    method: "POST", path: "/facilities/:facility/safe-mode/leave", access: MANAGERS, summary: "Back to normal after our own error",
    params: acts.facilityParams, body: acts.reasonBody, answer: recorded,
  },
  answerCall: {
    method: "POST", path: "/facilities/:facility/calls/:call/answer", access: OPERATORS, summary: "Answer the intercom", params: acts.callParams, answer: recorded,
  },
  endCall: {
    method: "POST", path: "/facilities/:facility/calls/:call/end", access: OPERATORS, summary: "End the call with what was done",
    params: acts.callParams, body: acts.endCallBody, answer: recorded,
  },
  tickets: {
    method: "GET", path: "/facilities/:facility/tickets", access: OPERATORS, summary: "Tickets by number, entry time, machine or state",
    params: acts.facilityParams, query: ticket.ticketQuery, answer: ticket.tickets,
  },
  ticket: {
    method: "GET", path: "/facilities/:facility/tickets/:ticket", access: OPERATORS, summary: "One ticket: what is due and why, and its history",
    params: acts.ticketParams, answer: ticket.ticketDetails,
  },
  extendGrace: {
    method: "POST", path: "/facilities/:facility/tickets/:ticket/extend-grace", access: OPERATORS, summary: "More time to leave",
    params: acts.ticketParams, body: ticket.extendGraceBody, answer: recorded,
  },
  voidTicket: {
    method: "POST", path: "/facilities/:facility/tickets/:ticket/void", access: OPERATORS, summary: "Make a ticket worthless",
    params: acts.ticketParams, body: ticket.voidTicketBody, answer: recorded,
  },
  fillHopper: {
    method: "POST", path: "/facilities/:facility/stations/:station/hopper/fill", access: OPERATORS, summary: "Coins put into a hopper",
    params: acts.stationParams, body: acts.hopperFillBody, answer: recorded,
  },
  emptyHopper: {
    method: "POST", path: "/facilities/:facility/stations/:station/hopper/empty", access: OPERATORS, summary: "A hopper emptied",
    params: acts.stationParams, body: acts.hopperEmptyBody, answer: recorded,
  },
  exchangeCashBox: {
    method: "POST", path: "/facilities/:facility/stations/:station/cash-box/exchange", access: OPERATORS, summary: "The cash box taken and replaced",
    params: acts.stationParams, body: acts.cashBoxBody, answer: recorded,
  },
  setStationMode: {
    method: "POST", path: "/facilities/:facility/stations/:station/mode", access: OPERATORS, summary: "In or out of service",
    params: acts.stationParams, body: acts.stationModeBody, answer: recorded,
  },
  abandonPayout: {
    method: "POST", path: "/facilities/:facility/stations/:station/payout/abandon", access: OPERATORS,
    summary: "The hoppers do not answer: what is not counted as paid becomes a chit",
    params: acts.stationParams, body: acts.reasonBody, answer: recorded,
  },
  resetCashCounters: {
    method: "POST", path: "/facilities/:facility/stations/:station/counters/reset", access: OPERATORS,
    summary: "A cash device was replaced: its counters start from zero",
    params: acts.stationParams, body: acts.reasonBody, answer: recorded,
  },
  adjustCount: {
    method: "POST", path: "/facilities/:facility/counts/adjust", access: OPERATORS, summary: "Correct the count of a group",
    params: acts.facilityParams, body: acts.adjustCountBody, answer: recorded,
  },
  stays: {
    method: "GET", path: "/facilities/:facility/stays", access: OPERATORS, summary: "Vehicles inside, or stays of a period",
    params: acts.facilityParams, query: acts.staysQuery, answer: acts.stays,
  },
  closeStay: {
    method: "POST", path: "/facilities/:facility/stays/:stay/close", access: OPERATORS, summary: "The vehicle is not here any more",
    params: acts.stayParams, body: acts.closeStayBody, answer: recorded,
  },
  setNeutral: {
    method: "POST", path: "/facilities/:facility/stays/:stay/neutral", access: OPERATORS, summary: "Presence in doubt: the next movement decides",
    params: acts.stayParams, body: acts.reasonBody, answer: recorded,
  },
  releaseByHand: {
    method: "POST", path: "/facilities/:facility/stays/:stay/release", access: OPERATORS, summary: "Let out by hand, also entered late",
    params: acts.stayParams, body: acts.releaseByHandBody, answer: recorded,
  },
  admitByHand: {
    method: "POST", path: "/facilities/:facility/stays", access: OPERATORS, summary: "Let in by hand, also entered late",
    params: acts.facilityParams, body: acts.admitByHandBody, answer: recorded,
  },
  writeNote: {
    method: "POST", path: "/facilities/:facility/notes", access: FIXERS, summary: "A note in the log book",
    params: acts.facilityParams, body: acts.noteBody, answer: recorded,
  },
} as const satisfies Record<string, RouteShape>;
