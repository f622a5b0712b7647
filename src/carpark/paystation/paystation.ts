/**
 * The pay station:
 *
 *   idle -> ticketRead -> charge shown (claimed, fixed while money is in) -> collecting -> paid -> ticket returned [-> receipt]
 *
 * Books: inserted = charge + change + retained + refunded per transaction; per hopper and denomination
 * start + in + filled = end + out + collected. The table of states is docs/machines/pay-station.md.
 */
import type { StationId } from "../facility/config.ts";

export type PayStation = {
  readonly id: StationId;
};

/** The pay station's own events; `TicketPaid` and `TicketClaimed` belong to the ticket. */
export type PayStationEvent = never;

export type PayStationCommand = never;

/** The level outputs of a station: its screen and what its acceptors may take. */
export type StationOutput = { readonly station: StationId };

/** One-shots: print, dispense, stack, return, capture. */
export type StationOrder = never;

export const emptyPayStation = (config: { readonly id: StationId }): PayStation => ({ id: config.id });
