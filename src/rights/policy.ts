/**
 * Policy: what a facility answers to the questions of seed 001. The first value of each key is the default.
 *
 *   changed policy --> a new dated value; what lies before it was decided, and is priced, by the one before
 */
import { DAY, type DurationMs, type Instant, MINUTE } from "../kernel/instant.ts";

export const OVERFLOW = ["payAsYouGo", "refuse", "report"] as const;
export type Overflow = (typeof OVERFLOW)[number];

/** Keys with a closed list of values, in the order of the documentation. */
export const POLICY_VALUES = {
  doubleEntry: ["refuse", "allowPlateReentry"],
  unknownExit: ["inFavour", "untilNoticed"],
  exitWithoutEntryCharge: ["none", "minimum", "lostTicket"],
  overflow: OVERFLOW,
  exitRule: ["known", "authorised", "present"],
  expiredRight: ["charge", "free"],
  windowEnd: ["charge", "free"],
  removePresentCredential: ["refuse", "afterExit"],
  neutralCountsAs: ["absent", "present"],
  neutralProof: ["waive", "charge"],
  cardWithoutRight: ["shortTerm", "refuse"],
} as const;
type Worded = { readonly [K in keyof typeof POLICY_VALUES]: (typeof POLICY_VALUES)[K][number] };

export type Policy = Worded & {
  /** The account's stays that may be uncovered at once; null: no limit of their own. */
  readonly overflowLimit: number | null;
  readonly bookingEarlyTolerance: DurationMs;
  readonly bookingLateTolerance: DurationMs;
  /** Inclusive: an exit exactly this long after the payment is still paid. */
  readonly exitGrace: DurationMs;
  readonly shortTermOffered: boolean;
  readonly unknownParkers: boolean;
  readonly erasePlateAfter: DurationMs;
};
export type PolicyKey = keyof Policy;

/** Seed 001: a plate is gone within 24 hours of the exit; a facility may only be quicker. */
export const ERASE_PLATE_AFTER_MAX: DurationMs = DAY;

export const DEFAULT_POLICY: Policy = {
  doubleEntry: "refuse",
  unknownExit: "inFavour",
  exitWithoutEntryCharge: "none",
  overflow: "payAsYouGo",
  overflowLimit: null,
  exitRule: "known",
  expiredRight: "charge",
  windowEnd: "charge",
  removePresentCredential: "refuse",
  neutralCountsAs: "absent",
  neutralProof: "waive",
  bookingEarlyTolerance: 0,
  bookingLateTolerance: 0,
  exitGrace: 15 * MINUTE,
  shortTermOffered: true,
  unknownParkers: true,
  cardWithoutRight: "shortTerm",
  erasePlateAfter: ERASE_PLATE_AFTER_MAX,
};

/** What an account says differently; null: as the facility. */
export type OverflowTerms = { readonly overflow: Overflow | null; readonly overflowLimit: number | null };

/** A value and the instant from which it is in force. */
export type Dated<T> = { readonly from: Instant; readonly value: T };

/** The value in force; `versions` is in order and not empty, and its first is in force for all time before. */
export function inForce<T>(versions: readonly Dated<T>[], at: Instant): T {
  let index = versions.length - 1;
  while (index > 0 && versions[index]!.from > at) index -= 1;
  return versions[index]!.value;
}
