/**
 * What one car park is: its spaces, lanes, machines, prices and rules. Comes from the city's YAML file,
 * is recorded in the journal (`FacilityConfigured`), so a replay needs no file.
 */
import type { Brand } from "../../kernel/brand.ts";
import type { DurationMs } from "../../kernel/instant.ts";
import type { Currency, MinorUnits } from "../../kernel/money.ts";
import type { Policy } from "../../rights/policy.ts";

export type FacilityId = Brand<string, "FacilityId">;
export type LaneId = Brand<string, "LaneId">;
export type StationId = Brand<string, "StationId">;
export type GroupId = Brand<string, "GroupId">;

/** 1 = Monday ... 7 = Sunday (ISO 8601). */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** The first rule whose days contain today holds; a rule without days holds always. */
export type CapacityRule = { readonly days?: readonly Weekday[]; readonly spaces: number };

/** A counting group; admission needs space in it and in every group around it. */
export type GroupConfig = {
  readonly id: GroupId;
  readonly name: string;
  readonly within: GroupId | null;
  readonly capacity: readonly CapacityRule[];
};

export type LaneDirection = "entry" | "exit";

export type LaneConfig = {
  readonly id: LaneId;
  readonly name: string;
  readonly direction: LaneDirection;
  /** A camera reads the plates of vehicles on the detection loop. */
  readonly camera?: boolean;
  /** Payment cards can be shown at the pillar; at an exit the terminal also charges them. */
  readonly terminal?: boolean;
  /** Lanes that share one roadway name the same interlock: only one of them serves a car at a time. */
  readonly interlock?: string;
};

/**
 * What a driver can be identified by. `tickets`: short-term parkers take one. `plates`, `paymentCard`: short-term
 * parkers may come without. `cards`, `qr`: known parkers, season and service cards.
 */
export const MEDIA = ["tickets", "plates", "cards", "qr", "paymentCard"] as const;
export type Medium = (typeof MEDIA)[number];
/** A car park of seed 002. */
export const DEFAULT_MEDIA: readonly Medium[] = ["tickets", "cards"];

/** Coins and notes a station takes, in minor units, smallest first. */
export type PayStationConfig = {
  readonly id: StationId;
  readonly name: string;
  readonly coins: readonly MinorUnits[];
  readonly notes: readonly MinorUnits[];
  readonly cards: readonly CardScheme[];
  /** Coins of one denomination a hopper holds; a full hopper sends further coins to the cash box. */
  readonly hopperCapacity: number;
};

export type CardScheme = "mastercard" | "visa" | "debit";

/** Policies of the car park; names and defaults as in the rights documentation. */
export type FacilityPolicy = {
  /** Time between payment and exit, inclusive. */
  readonly exitGraceMs: DurationMs;
  readonly lostTicketFeeMinor: MinorUnits;
  /** An irregular office act above this amount needs a second person. */
  readonly fourEyesAboveMinor: MinorUnits;
  /** Up to this amount a card payment without an answer lets the driver go; 50.00 where nothing is said. */
  readonly cardTrustMinor?: MinorUnits;
  /** A stay older than this appears on the list of stays to check. */
  readonly maxStayMs: DurationMs;
  /** The maintenance company acknowledges an operational fault within this time or it escalates. */
  readonly acknowledgeFaultWithinMs?: DurationMs;
};

export type FacilityConfig = {
  readonly id: FacilityId;
  /** 1 to 99, unique in the city; the first two digits of every ticket number. */
  readonly number: number;
  readonly name: string;
  readonly address: string;
  readonly administration: { readonly name: string; readonly address: string; readonly vatNumber: string };
  readonly zone: string;
  readonly currency: Currency;
  /** VAT in hundredths of a percent contained in every charge: 1000 = 10 %. */
  readonly taxRateBp: number;
  readonly groups: readonly GroupConfig[];
  /** The group a ticket customer occupies; the "Car Park Full" sign follows it. */
  readonly ticketGroup: GroupId;
  readonly seasonGroup: GroupId;
  /** The group a contract occupies that names no other; left out: the ticket group. */
  readonly contractGroup?: GroupId;
  /** What the file says differently from the default policy of rights; staff change it later, from then on. */
  readonly rightsPolicy?: Partial<Policy>;
  /** Outermost group: free cards of guards and staff are counted here only. */
  readonly allGroup: GroupId;
  /** Left out: `DEFAULT_MEDIA`. */
  readonly media?: readonly Medium[];
  readonly lanes: readonly LaneConfig[];
  readonly payStations: readonly PayStationConfig[];
  readonly policy: FacilityPolicy;
};

export const offers = (config: { readonly media?: readonly Medium[] }, medium: Medium): boolean =>
  (config.media ?? DEFAULT_MEDIA).includes(medium);
