/**
 * The facts coverage is computed from. Each has its instant; none is ever changed, only added to.
 *
 *   stays, contracts, bookings, policy values  --coverage-->  segments
 */
import type { Instant } from "../../kernel/instant.ts";
import type { MinorUnits } from "../../kernel/money.ts";
import type { Tariff } from "../../tariff/tariff.ts";
import type { Overflow } from "../policy.ts";

export type AccountId = string;
export type ParkerId = string;
export type StayId = string;
export type ContractId = string;
export type BookingId = string;
/** A random reference; the plate or card number it stands for is in the vault, never in an event. */
export type CredentialRef = string;

/** Local times, half-open; `toMs` at or before `fromMs` runs over midnight and belongs to the day it starts. */
export type WeeklyWindow = { readonly days: readonly number[]; readonly fromMs: number; readonly toMs: number };

/** One space at a time for a flat fee, half-open; null: no beginning, no end, always, every parker. */
export type Contract = {
  readonly id: ContractId;
  readonly from: Instant | null;
  readonly until: Instant | null;
  readonly window: WeeklyWindow | null;
  readonly parkers: readonly ParkerId[] | null;
  /** The group a stay covered by it occupies. */
  readonly group: string;
  readonly overflow: Overflow | null;
  readonly overflowLimit: number | null;
  /** Per calendar month, tax included. */
  readonly monthlyFeeMinor: MinorUnits;
};

/** A parker pays per stay, on the account. `tariff` null: the facility's short-term tariff. */
export type Agreement = {
  readonly id: string;
  readonly from: Instant | null;
  readonly until: Instant | null;
  readonly parkers: readonly ParkerId[] | null;
  readonly tariff: Tariff | null;
};

export type Booking = {
  readonly id: BookingId;
  readonly parker: ParkerId;
  readonly from: Instant;
  readonly to: Instant;
  readonly madeAt: Instant;
};

/** How a stay ended: seen at the exit, or noticed later; a time given by staff then holds. */
export type StayEnd =
  | { readonly type: "seen"; readonly at: Instant }
  | { readonly type: "unseen"; readonly noticedAt: Instant; readonly givenAt: Instant | null };

export type StayFacts = {
  readonly id: StayId;
  /** Journal order; decides between stays that began at the same instant. */
  readonly order: number;
  readonly parker: ParkerId;
  readonly enteredAt: Instant;
  readonly end: StayEnd | null;
  /** Presence is in doubt from here. */
  readonly neutralAt: Instant | null;
  /** An exit, a given exit time or a payment proved that it was inside. */
  readonly provenAt: Instant | null;
  readonly granted: readonly GrantedSpan[];
};

/** Ends never, as a number that survives JSON. */
export const FOREVER: Instant = Number.MAX_SAFE_INTEGER;

/**
 * A right of one credential as it covers one stay, half-open: a season ticket or service card (seed 002), or what
 * a provider's app bought (seed 000, `provider` names it). `window` null: at all times.
 */
export type GrantedSpan = {
  readonly kind: "seasonTicket" | "external" | "service"; readonly right: string; readonly provider: string | null;
  readonly from: Instant; readonly to: Instant; readonly window: WeeklyWindow | null;
};

export const within = (range: { readonly from: Instant | null; readonly until: Instant | null }, at: Instant): boolean =>
  (range.from === null || range.from <= at) && (range.until === null || at < range.until);

export const admits = (right: { readonly parkers: readonly ParkerId[] | null }, parker: ParkerId): boolean =>
  right.parkers === null || right.parkers.includes(parker);
