/** Stays under rights, and the timeline of an account: cars as bars, coverage in colours, charges on them. */
import { z } from "zod";
import { bookingView } from "./accounts.ts";
import { boundedTime, cover, credentialKind, priceLine, segment, why } from "./rights-words.ts";
import {
  after, amountMinor, credentialRef, currency, entityId, facilityId, freeText, instant, locale, pageOf, queryInstant, queryRows, reason, stayId,
} from "./words.ts";

export const rightStay = z.strictObject({
  facility: z.string(), stay: z.string(), account: z.string().nullable(), parker: z.string().nullable(),
  credential: credentialRef, kind: credentialKind,
  /** Plate or card number; null once erased. */
  label: z.string().nullable(),
  basis: z.string(), payer: z.enum(["account", "machine", "provider"]), group: z.string(), enteredAt: instant,
  /** When it counts as ended; null while inside. */
  exitedAt: instant.nullable(),
  end: z.enum(["open", "seen", "given", "inFavour", "untilNoticed"]),
  irregular: z.boolean(), neutralAt: instant.nullable(), provenAt: instant.nullable(),
  cover: cover.nullable(), segments: z.array(segment),
  /** What its uncovered time costs so far, on one tariff clock; null: the tariff has no price for it. */
  amountMinor: amountMinor.nullable(), paidMinor: amountMinor,
  /** The statement that billed it first, and what it billed. */
  billed: z.strictObject({ statement: z.string(), amountMinor }).nullable(),
  chargedMs: z.int(), price: z.array(priceLine),
  /** Every decision about it, oldest first. */
  why: z.array(z.strictObject({ at: instant, what: z.string(), why })),
});
export type RightStay = z.infer<typeof rightStay>;
export const rightStaysQuery = z.strictObject({ from: queryInstant.optional(), to: queryInstant.optional() });
/** Let go of by the car park; `unseen`: nobody saw its exit, and its time may still be given. */
export const olderStay = z.strictObject({
  stay: z.string(), label: z.string().nullable(), from: instant, to: instant.nullable(), amountMinor: amountMinor.nullable(), unseen: z.boolean(),
});
export const rightStays = z.strictObject({ at: instant, currency, zone: z.string(), rows: z.array(rightStay), older: z.array(olderStay) });
export type RightStays = z.infer<typeof rightStays>;

/** Longest period of one timeline: a month and its edges. */
export const TIMELINE_DAYS_MAX = 62;
export const timelineQuery = z.strictObject({ from: queryInstant, to: queryInstant });
/** How many spaces and cars there were from each instant on; in order. */
const level = z.strictObject({ at: instant, contracts: z.int(), covered: z.int(), uncovered: z.int() });
export const timelineBar = z.strictObject({
  stay: z.string(), label: z.string().nullable(), parker: z.string().nullable(), from: instant,
  /** Null: still inside. */
  to: instant.nullable(),
  segments: z.array(segment), neutral: z.strictObject({ from: instant, to: instant.nullable() }).nullable(),
  amountMinor: amountMinor.nullable(), payer: z.enum(["account", "machine", "provider"]), irregular: z.boolean(),
  why: z.array(z.strictObject({ at: instant, what: z.string(), why })),
});
export type TimelineBar = z.infer<typeof timelineBar>;
/** What a picture of the period is drawn from; the sandbox answers the same shape. */
export const timeline = z.strictObject({
  facility: z.string(), account: z.string(), zone: z.string(), currency, from: instant, to: instant, at: instant,
  bars: z.array(timelineBar), levels: z.array(level), bookings: z.array(bookingView.omit({ state: true })), totalMinor: amountMinor.nullable(),
});
export type Timeline = z.infer<typeof timeline>;

/** Decisions of the lanes under rights, newest first. */
export const decision = z.strictObject({
  facility: z.string(), seq: z.int(), at: instant, what: z.string(), stay: z.string().nullable(), account: z.string().nullable(),
  credential: credentialRef.nullable(), label: z.string().nullable(), by: z.string().nullable(), why,
});
export type DecisionView = z.infer<typeof decision>;
export const decisionsQuery = z.strictObject({
  account: entityId.optional(), stay: entityId.optional(), from: queryInstant.optional(), to: queryInstant.optional(), rows: queryRows, after,
});
export const decisions = pageOf(decision);

// --- staff acts ----------------------------------------------------------------------------------------------------

export const rightStayParams = z.strictObject({ facility: facilityId, stay: stayId });
export const neutralScope = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("facility") }), z.strictObject({ type: z.literal("account"), account: entityId }),
  z.strictObject({ type: z.literal("stay"), stay: stayId }),
]);
export const neutralBody = z.strictObject({ scope: neutralScope, reason });
export const neutralPreviewBody = z.strictObject({ scope: neutralScope });
/** `exitedAt` null: nobody knows; policy `unknownExit` says what it counts as. */
export const closeRightStayBody = z.strictObject({ exitedAt: boundedTime.nullable(), reason });
export const closePreviewBody = z.strictObject({ exitedAt: boundedTime.nullable() });
/**
 * Who would owe what, before it is confirmed; nothing is changed by asking. Only what differs is listed, as it would
 * stand `until` then if nothing else happened, and as it stands now.
 */
export const preview = z.strictObject({
  at: instant, until: instant, currency,
  rows: z.array(z.strictObject({
    account: z.string().nullable(), stay: z.string(), label: z.string().nullable(), beforeMinor: amountMinor.nullable(), afterMinor: amountMinor.nullable(),
    beforeNowMinor: amountMinor.nullable(), afterNowMinor: amountMinor.nullable(),
    coverBefore: cover.nullable(), coverAfter: cover.nullable(),
  })),
  beforeMinor: amountMinor.nullable(), afterMinor: amountMinor.nullable(), stays: z.int(),
});
export type Preview = z.infer<typeof preview>;
export const rightAdmitBody = z.strictObject({ kind: credentialKind, text: freeText(60), reason });
export const rightReleaseBody = z.strictObject({ reason });

// --- plates kept past their deadline ---------------------------------------------------------------------------------

export const holds = z.strictObject({
  at: instant,
  /** The next to expire first. `label` null: erased all the same; `owner`: who answers for it. */
  rows: z.array(z.strictObject({
    stay: z.string(), account: z.string().nullable(), label: z.string().nullable(), because: z.enum(["unpaid", "disputed"]), owner: z.string(),
    since: instant, until: instant, reason: z.string(),
  })),
});
export type Holds = z.infer<typeof holds>;
/** `until`: 90 days at most after it was first kept. */
export const holdBody = z.strictObject({ because: z.enum(["unpaid", "disputed"]), until: boundedTime, reason });
export const releaseHoldBody = z.strictObject({ reason });

// --- reports -------------------------------------------------------------------------------------------------------

export const rightsReportQuery = z.strictObject({ facility: facilityId.optional(), from: queryInstant.optional(), to: queryInstant.optional() });
export const rightsSheetQuery = rightsReportQuery.extend({ format: z.enum(["json", "csv"]).optional(), locale: locale.optional() });
export const supersedingReport = z.strictObject({
  rows: z.array(z.strictObject({ facility: z.string(), account: z.string(), name: z.string().nullable(), superseded: z.int(), stays: z.int(), lastAt: instant.nullable() })),
});
export const irregularReport = z.strictObject({
  rows: z.array(z.strictObject({
    facility: z.string(), at: instant, what: z.string(), stay: z.string().nullable(), account: z.string().nullable(), label: z.string().nullable(),
    by: z.string().nullable(), why,
  })),
});
/** Paid at the machine, and worth something else by what was learnt later: never collected again, never refunded by itself. */
export const machineDifferences = z.strictObject({
  rows: z.array(z.strictObject({ facility: z.string(), stay: z.string(), label: z.string().nullable(), closedAt: instant, paidMinor: amountMinor, worthMinor: amountMinor, differenceMinor: amountMinor, currency })),
});
export const oversoldReport = z.strictObject({
  rows: z.array(z.strictObject({ facility: z.string(), group: z.string(), contracts: z.int(), spaces: z.int() })),
});
