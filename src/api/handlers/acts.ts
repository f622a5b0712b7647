/**
 * Handlers of what staff order at lanes, calls, stations, counts and stays: each a command to the owner of
 * the facility's stream. The schemas have checked the form of ids; brands are given here, at the edge.
 */
import type { GroupId, LaneId, StationId } from "../../carpark/facility/config.ts";
import type { FacilityCommand } from "../../carpark/facility/command.ts";
import type { StayId } from "../../carpark/stay/stay.ts";
import type { TicketNumber } from "../../carpark/ticket/ticket.ts";
import type { actRoutes } from "../contract/routes-acts.ts";
import type { RouteHandler } from "../http/reply.ts";
import type { Site } from "../site.ts";
import { recordedOf } from "./carry.ts";

type Acts = typeof actRoutes;
type StationAct = "fillHopper" | "emptyHopper" | "exchangeCashBox" | "setStationMode" | "abandonPayout" | "resetCashCounters";
/** Acts with nothing to answer but that they are recorded. */
type Plain = Exclude<keyof Acts, "tickets" | "ticket" | "stays" | "laneInput" | "stationInput" | "deviceOutputs" | "plateChoices" | StationAct>;

export const laneOf = (id: string) => id as LaneId;
export const stationOf = (id: string) => id as StationId;
export const groupOf = (id: string) => id as GroupId;
export const stayOf = (id: string) => id as StayId;
export const ticketOf = (id: string) => id as TicketNumber;

export function actHandlers(site: Site): { readonly [N in Plain]: RouteHandler<Acts[N]> } {
  type Made = { readonly params: { readonly facility: string }; readonly actor: string | null; readonly key: string | null; readonly locale: "en" | "de"; readonly body: unknown };
  const order = <A extends Made>(make: (asked: A) => FacilityCommand) => (asked: A) => recordedOf(site, asked.params.facility, make(asked), asked);
  return {
    openLane: order(({ params, body }) => ({
      type: "OpenByStaff", lane: laneOf(params.lane), reason: body.reason, ...(body.ticket === undefined ? {} : { ticket: ticketOf(body.ticket) }),
    })),
    setLaneMode: order(({ params, body }) => ({ type: "SetLaneMode", lane: laneOf(params.lane), mode: body.mode, reason: body.reason })),
    setFacilityMode: order(({ body }) => ({ type: "SetFacilityMode", mode: body.mode, reason: body.reason })),
    raiseFireAlarm: order(() => ({ type: "RaiseFireAlarm" })),
    resetFireAlarm: order(({ body }) => ({ type: "ResetFireAlarm", reason: body.reason })),
    leaveSafeMode: order(({ body }) => ({ type: "LeaveSafeMode", reason: body.reason })),
    answerCall: order(({ params }) => ({ type: "AnswerCall", call: params.call })),
    endCall: order(({ params, body }) => ({ type: "EndCall", call: params.call, outcome: body.outcome })),
    extendGrace: order(({ params, body }) => ({ type: "ExtendGrace", ticket: ticketOf(params.ticket), minutes: body.minutes, reason: body.reason })),
    voidTicket: order(({ params, body }) => ({ type: "VoidTicket", ticket: ticketOf(params.ticket), reason: body.reason })),
    adjustCount: order(({ body }) => ({ type: "AdjustCount", group: groupOf(body.group), delta: body.delta, reason: body.reason })),
    closeStay: order(({ params, body }) => ({
      type: "CloseStay", stay: stayOf(params.stay), reason: body.reason, ...(body.exitedAt === undefined ? {} : { exitedAt: body.exitedAt }),
    })),
    setNeutral: order(({ params, body }) => ({ type: "SetNeutral", stay: stayOf(params.stay), reason: body.reason })),
    releaseByHand: order(({ params, body }) => ({
      type: "ReleaseByHand", stay: stayOf(params.stay), reason: body.reason, ...(body.at === undefined ? {} : { at: body.at }),
    })),
    admitByHand: order(({ body }) => ({ type: "AdmitByHand", reason: body.reason, ...(body.at === undefined ? {} : { at: body.at }) })),
    writeNote: order(({ body }) => ({ type: "WriteNote", text: body.text, ...(body.subject === undefined ? {} : { subject: body.subject }) })),
  };
}
