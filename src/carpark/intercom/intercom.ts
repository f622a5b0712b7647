/**
 * The intercom queue: a call rings at the attendant's screen with what is known about the driver, is
 * forwarded to the next contact when nobody answers, and ends with what was done.
 */
import type { Instant } from "../../kernel/instant.ts";
import type { LaneId, StationId } from "../facility/config.ts";
import type { ExitRefusal, EntryRefusal } from "../lane/lane.ts";
import type { TicketNumber } from "../ticket/ticket.ts";

export type CallReason = "help" | "ticketInMouth" | "printerFault" | "barrierFault" | EntryRefusal | ExitRefusal;

export type CallOrigin = { readonly kind: "lane"; readonly lane: LaneId; readonly movement: number | null } | { readonly kind: "station"; readonly station: StationId };

export type Call = {
  readonly id: number;
  readonly origin: CallOrigin;
  readonly reason: CallReason;
  readonly ticket: TicketNumber | null;
  readonly ringingSince: Instant;
  /** How often it was passed on to the next contact. */
  forwarded: number;
  forwardAt: Instant;
  answeredBy: string | null;
};

export type CallOutcome = "opened" | "graceExtended" | "paid" | "ticketReplaced" | "advised" | "driverLeft" | "gaveUp";

export type IntercomEvent =
  | { readonly type: "CallRang"; readonly call: number; readonly origin: CallOrigin; readonly reason: CallReason; readonly ticket: TicketNumber | null; readonly forwardAt: Instant }
  | { readonly type: "CallForwarded"; readonly call: number; readonly forwardAt: Instant }
  | { readonly type: "CallAnswered"; readonly call: number }
  | { readonly type: "CallEnded"; readonly call: number; readonly outcome: CallOutcome };
