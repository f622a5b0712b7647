/** What a person at the screen, or a simulated driver, can do with a vehicle. */
import type { LaneId, StationId } from "../../carpark/facility/config.ts";
import type { CredentialRef } from "../../carpark/stay/stay.ts";
import type { CardScheme } from "../../carpark/facility/config.ts";
import type { MinorUnits } from "../../kernel/money.ts";

export type CityAction =
  /** A new vehicle at the end of the lane's queue; the answer names it. With a card: one the city handed out. */
  | { readonly type: "arrive"; readonly lane: LaneId; readonly card?: CredentialRef | "season" | "service" | "foreign";
      /** What its plate says; a drawn one when left out. */
      readonly plate?: string;
      /** Its driver has an account holder's code on the phone. */
      readonly code?: boolean }
  | VehicleAction;

/** `vehicle`: the number from `arrive` and of the view. */
export type VehicleAction =
  | { readonly type: "pressButton"; readonly vehicle: number }
  | { readonly type: "takeTicket"; readonly vehicle: number }
  | { readonly type: "presentCard"; readonly vehicle: number }
  | { readonly type: "takeCard"; readonly vehicle: number }
  /** The payment card to the terminal of the pillar, and what the bank will say to it. */
  | { readonly type: "showPaymentCard"; readonly vehicle: number; readonly answer?: "approve" | "decline" | "silent" }
  | { readonly type: "showCode"; readonly vehicle: number }
  /** Cover the plate, or wipe it clean. */
  | { readonly type: "coverPlate"; readonly vehicle: number }
  | { readonly type: "driveForward"; readonly vehicle: number }
  | { readonly type: "backOut"; readonly vehicle: number }
  /** Follow the vehicle in front through the open arm. */
  | { readonly type: "tailgate"; readonly vehicle: number }
  | { readonly type: "loseTicket"; readonly vehicle: number }
  | { readonly type: "damageTicket"; readonly vehicle: number }
  /** Into the slot of the station the driver stands at, or of the exit lane the car stands in. */
  | { readonly type: "insertTicket"; readonly vehicle: number }
  | { readonly type: "walkToStation"; readonly vehicle: number; readonly station?: StationId }
  | { readonly type: "walkBack"; readonly vehicle: number }
  | { readonly type: "insertCoin"; readonly vehicle: number; readonly denominationMinor: MinorUnits }
  | { readonly type: "insertNote"; readonly vehicle: number; readonly denominationMinor: MinorUnits }
  /** A foreign coin or a torn note: the machine gives it back. */
  | { readonly type: "insertInvalid"; readonly vehicle: number; readonly kind: "coin" | "note" }
  | { readonly type: "chooseCard"; readonly vehicle: number; readonly scheme: CardScheme; readonly answer?: "approve" | "decline" | "silent" }
  | { readonly type: "cancel"; readonly vehicle: number }
  | { readonly type: "pressReceipt"; readonly vehicle: number }
  /** "More time": money and ticket come back later. */
  | { readonly type: "extendPayment"; readonly vehicle: number }
  /** "Continue": part of the change comes as a chit. */
  | { readonly type: "acceptRetention"; readonly vehicle: number }
  /** Change, receipt, chit and ticket that lie ready at the station; the ticket at an exit pillar. */
  | { readonly type: "takeFromTray"; readonly vehicle: number }
  /** The intercom of the pillar or of the pay station. */
  | { readonly type: "callHelp"; readonly vehicle: number }
  | { readonly type: "driveToExit"; readonly vehicle: number; readonly lane?: LaneId }
  /** Give up the queue or the lane, backwards. */
  | { readonly type: "leave"; readonly vehicle: number };

/** Why the physical world does not allow it. */
export type ActionRefusal =
  | { readonly type: "facilityUnknown"; readonly facility: string }
  | { readonly type: "laneUnknown"; readonly lane: string }
  | { readonly type: "stationUnknown"; readonly station: string }
  | { readonly type: "vehicleUnknown"; readonly vehicle: number }
  | { readonly type: "laneQueueFull"; readonly lane: string; readonly vehiclesMax: number }
  | { readonly type: "notHere"; readonly needs: "entryPillar" | "exitPillar" | "pillar" | "station" | "bay" | "lane" | "car" }
  | { readonly type: "nothingThere"; readonly what: "ticket" | "card" | "tray" }
  | { readonly type: "handsEmpty"; readonly what: "ticket" | "card" }
  | { readonly type: "slotTaken" }
  | { readonly type: "armClosed"; readonly lane: string }
  | { readonly type: "wayBlocked" }
  | { readonly type: "moving" };
