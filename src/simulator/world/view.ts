/**
 * What the browser draws of one facility: a picture of the physical world, not of what the system believes.
 * Compact, because it is sent up to ten times a second; positions carry a speed so that the page can go on
 * drawing between two pictures.
 *
 *   lane, metres from the street (entry) or from the bays (exit):
 *
 *     0        9.5 === 13.0      14.6=15.2    16.0 === 19.0        26
 *     queue    arming loop  pillar  ARM 15      closing loop       gone into the car park / the street
 */
import type { LaneDirection, LaneId, StationId } from "../../carpark/facility/config.ts";
import type { Display, EntranceSign } from "../../carpark/facility/outputs.ts";
import type { StationOutput } from "../../carpark/paystation/outputs.ts";
import type { Instant } from "../../kernel/instant.ts";
import type { MinorUnits } from "../../kernel/money.ts";

/** What can be asked of a vehicle and its driver by hand; each maps to one `CityAction`. */
export type ActionName =
  | "arrive" | "pressButton" | "takeTicket" | "presentCard" | "takeCard" | "showPaymentCard" | "showCode" | "coverPlate" | "driveForward" | "backOut" | "tailgate"
  | "loseTicket" | "damageTicket" | "insertTicket" | "walkToStation" | "walkBack" | "insertCoin" | "insertNote"
  | "insertInvalid" | "chooseCard" | "cancel" | "pressReceipt" | "extendPayment" | "acceptRetention" | "takeFromTray" | "callHelp" | "driveToExit" | "leave";

export type TicketView = {
  readonly number: string;
  /** As printed: dd/mm/yyyy and hh/mm/ss. */
  readonly date: string;
  readonly time: string;
  /** Text printed on it at payment, or null. */
  readonly paid: string | null;
  readonly damaged: boolean;
};

export type VehicleView = {
  readonly id: number;
  readonly plate: string;
  readonly plateCovered: boolean;
  /** 0 to 359. */
  readonly hue: number;
  readonly lengthM: number;
  /** Driven by the person at the screen; the others drive themselves. */
  readonly manual: boolean;
  /** Front of the vehicle and its speed; a negative speed is backing out. */
  readonly place:
    | { readonly in: "lane"; readonly lane: LaneId; readonly x: number; readonly speed: number }
    /** On its way between a lane and a bay: 0 at the start, 1 at the end of the way. */
    | { readonly in: "aisle"; readonly bay: number; readonly from: "lane" | "bay"; readonly lane: LaneId | null; readonly done: number; readonly speed: number }
    | { readonly in: "bay"; readonly bay: number };
  readonly driver:
    | { readonly at: "car" }
    | { readonly at: "walking"; readonly to: "station" | "car"; readonly station: StationId; readonly done: number }
    | { readonly at: "station"; readonly station: StationId };
  readonly ticket: TicketView | null;
  readonly hasCard: boolean;
  /** Names of actions that would succeed now, for manual vehicles; empty for the others. */
  readonly can: readonly ActionName[];
  readonly mood: "driving" | "waiting" | "puzzled" | "impatient";
};

export type LaneView = {
  readonly lane: LaneId;
  readonly direction: LaneDirection;
  /** arming, under the arm, closing. */
  readonly loops: readonly [boolean, boolean, boolean];
  /** 0 closed, 90 open, and where it is going. */
  readonly armDegrees: number;
  readonly armMoving: "up" | "down" | null;
  readonly display: Display | null;
  /** What sticks out of the ticket mouth or stands in the card slot. */
  readonly mouth: "ticket" | "card" | "cardOut" | "printing" | null;
  readonly paper: number;
  readonly captured: number;
  readonly connected: boolean;
};

/** Coins of one denomination. */
export type CoinPile = { readonly denominationMinor: MinorUnits; readonly count: number };

export type StationView = {
  readonly station: StationId;
  /** What the screen shows; null before the first output. */
  readonly output: StationOutput | null;
  /** Vehicle whose driver stands here, and those who queue. */
  readonly user: number | null;
  readonly queue: readonly number[];
  readonly ticketIn: boolean;
  readonly ticketOut: boolean;
  readonly hoppers: readonly CoinPile[];
  readonly cashBox: readonly CoinPile[];
  readonly noteBox: readonly CoinPile[];
  readonly escrowMinor: MinorUnits;
  /** Lies in the return tray and waits to be taken. */
  readonly tray: readonly CoinPile[];
  readonly receiptOut: boolean;
  readonly chitOut: boolean;
  readonly terminal: "idle" | "asking" | "answered" | "silent";
  readonly paper: number;
  readonly connected: boolean;
};

/** One thing that just happened, in the order of `n`; the page words it. */
export type Happening = {
  readonly n: number;
  readonly at: Instant;
  readonly what: HappeningName;
  readonly vehicle: number | null;
  readonly where: string | null;
};

export type HappeningName =
  | "shownPaymentCard" | "shownCode" | "cardDeclined" | "plateRead"
  | "arrived" | "pressedButton" | "ticketPrinted" | "tookTicket" | "ticketRetracted" | "insertedCard" | "tookCard"
  | "droveIn" | "backedOut" | "tailgated" | "parked" | "walksToStation" | "insertedTicket" | "ticketRead" | "ticketEjected"
  | "ticketCaptured" | "insertedCoin" | "insertedNote" | "coinReturned" | "changeFell" | "paidByCard" | "tookChange"
  | "tookReceipt" | "lostTicket" | "damagedTicket" | "calledHelp" | "droveToExit" | "droveOut" | "gaveUp"
  | "armOpened" | "armClosed" | "armRefusedToClose";

export type WorldView = {
  readonly facility: string;
  readonly at: Instant;
  readonly lanes: readonly LaneView[];
  readonly vehicles: readonly VehicleView[];
  readonly stations: readonly StationView[];
  readonly sign: EntranceSign | null;
  readonly bays: number;
  /** Vehicles really inside. */
  readonly inside: number;
  /** Cars an hour relative to an ordinary day: 0 none, 1 ordinary, up to 5. */
  readonly traffic: number;
  /** The last `HAPPENINGS_MAX` of them. */
  readonly happenings: readonly Happening[];
};

/** A page shows about this many lines; more would only be sent and dropped. */
export const HAPPENINGS_MAX = 12;
