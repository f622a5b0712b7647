/** Policies of a car park: what it answers to each question of seed 001. Values are dated; the past keeps its own. */
import { z } from "zod";
import { instant, reason } from "./words.ts";

const value = z.union([z.string(), z.int(), z.boolean(), z.null()]);

/** A `choice` has its `values`; a `duration` is milliseconds; a `limit` is a number or null for none. */
export const policyKey = z.strictObject({
  key: z.string(), kind: z.enum(["choice", "duration", "limit", "flag"]),
  values: z.array(z.strictObject({ value: z.string(), text: z.strictObject({ en: z.string(), de: z.string() }) })),
  value, default: value, since: instant.nullable(), maxMs: z.int().nullable(),
  /** The seed's own German words, and ours in English. */
  question: z.strictObject({ heading: z.string(), de: z.string(), en: z.string() }),
  /** May be set differently by account or contract. */
  perAccount: z.boolean(),
  /** Oldest first; who changed it and why, null where the file says so. */
  history: z.array(z.strictObject({ from: instant, value, reason: z.string().nullable(), by: z.string().nullable() })),
});
export type PolicyKeyView = z.infer<typeof policyKey>;
export const policies = z.strictObject({ facility: z.string(), at: instant, keys: z.array(policyKey) });
export type Policies = z.infer<typeof policies>;

const ms = z.int().min(0).max(31 * 86_400_000);
/** From now on. Only what is named changes. */
export const setPolicyBody = z.strictObject({
  policy: z.strictObject({
    doubleEntry: z.enum(["refuse", "allowPlateReentry"]), unknownExit: z.enum(["inFavour", "untilNoticed"]),
    exitWithoutEntryCharge: z.enum(["none", "minimum", "lostTicket"]), overflow: z.enum(["payAsYouGo", "refuse", "report"]),
    overflowLimit: z.int().min(0).max(100_000).nullable(), exitRule: z.enum(["known", "authorised", "present"]),
    expiredRight: z.enum(["charge", "free"]), windowEnd: z.enum(["charge", "free"]), removePresentCredential: z.enum(["refuse", "afterExit"]),
    neutralCountsAs: z.enum(["absent", "present"]), neutralProof: z.enum(["waive", "charge"]),
    bookingEarlyTolerance: ms, bookingLateTolerance: ms, exitGrace: ms, shortTermOffered: z.boolean(), unknownParkers: z.boolean(),
    cardWithoutRight: z.enum(["shortTerm", "refuse"]), erasePlateAfter: ms,
  }).partial(),
  reason,
});
export type SetPolicyBody = z.infer<typeof setPolicyBody>;
