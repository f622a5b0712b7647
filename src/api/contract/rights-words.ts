/** The small words of who may park: windows, overflow, credentials, covers, segments, and the answer to "why?". */
import { z } from "zod";
import { amountMinor, freeText, instant, locale } from "./words.ts";

export const line = (max: number) => freeText(max).refine((text) => text.trim() !== "", "is needed");

/** Times beyond these are a slip of the finger: 1970 to 2200. */
const TIME_MAX = 7_258_118_400_000;
export const boundedTime = z.int().min(0).max(TIME_MAX).meta({ description: "Epoch milliseconds, UTC, before the year 2200" });
export const facilityTime = boundedTime;

export const credentialKind = z.enum(["plate", "card", "qr", "paymentCard"]);

/** `from` and `to` on the wall clock of the car park; `to` at or before `from` runs over midnight. Days 1 = Monday ... 7. */
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
export const weeklyWindow = z.strictObject({
  days: z.array(z.int().min(1).max(7)).min(1).max(7), from: clock, to: z.union([clock, z.literal("24:00")]),
});
export type WeeklyWindowBody = z.infer<typeof weeklyWindow>;

/** What the account or contract says differently from the car park; null: as the car park. */
export const overflowTerms = z.strictObject({
  overflow: z.enum(["payAsYouGo", "refuse", "report"]).nullable(), overflowLimit: z.int().min(0).max(100_000).nullable(),
});

const email = z.string().regex(/^[^\s@<>"(),;:\\]{1,64}@[^\s@<>"(),;:\\]{1,190}$/, "no e-mail address");
export const emailAddress = email;
/** Where statements and warnings go, and in which language. Kept in the vault. */
export const addressee = z.strictObject({
  kind: z.enum(["person", "company"]), name: line(120), address: line(240),
  email: email.nullable(), phone: z.string().regex(/^[+0-9][0-9 ()/-]{3,29}$/).nullable(), locale,
});
export type Addressee = z.infer<typeof addressee>;

/** `right` names the contract, booking or provider's right that covers; null where nothing does. */
export const cover = z.strictObject({
  type: z.enum(["booking", "contract", "kept", "seasonTicket", "external", "service", "reported", "uncovered"]), right: z.string().nullable(),
});
export type CoverView = z.infer<typeof cover>;
/** A maximal run of one cover, half-open. */
export const segment = z.strictObject({ from: instant, to: instant, cover });
export type SegmentView = z.infer<typeof segment>;

/** Why: the rule, the facts and the policy value as data, and the sentence in both languages. */
export const why = z.strictObject({
  rule: z.string(), rules: z.int(), policy: z.strictObject({ key: z.string(), value: z.string() }).nullable(),
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
  text: z.strictObject({ en: z.string(), de: z.string() }),
});
export type WhyView = z.infer<typeof why>;

/** One step of a price: what began when and what it cost. `amountMinor` null: it explains the steps before it. */
export const priceLine = z.strictObject({ at: instant.nullable(), text: z.strictObject({ en: z.string(), de: z.string() }), amountMinor: amountMinor.nullable() });
