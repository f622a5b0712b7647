/** A timeline of stays: each a bar of segments, what covered them, and what it owes. One picture for accounts and scenarios. */
import { z } from "zod";
import { amountMinor, currency, instant } from "./words.ts";

/** `kept`: the right ended, and policy lets the begun stay go on free. `reported`: overflow that is reported, not charged. */
export const COVERS = ["booking", "seasonTicket", "contract", "external", "service", "kept", "reported", "uncovered"] as const;
export type CoverName = (typeof COVERS)[number];

/** The sentence of a decision or an amount, with the rule and the facts it is made of. */
export const whySaid = z.strictObject({
  rule: z.string(), rules: z.int(), policy: z.strictObject({ key: z.string(), value: z.string() }).nullable(),
  facts: z.record(z.string(), z.union([z.string(), z.number()])), en: z.string(), de: z.string(),
});
export type WhySaid = z.infer<typeof whySaid>;

/** Half-open. `right` is the booking, contract or other right that covers it. */
export const timelineSegment = z.strictObject({ from: instant, to: instant, cover: z.enum(COVERS), right: z.string().nullable() });
export type TimelineSegment = z.infer<typeof timelineSegment>;

export const timelineBar = z.strictObject({
  stay: z.string(),
  /** What the reader may see of the credential: a plate, a masked plate, a card's short name. */
  label: z.string(),
  account: z.string().nullable(), parker: z.string().nullable(),
  enteredAt: instant,
  /** What it counts as; null: still inside. */
  endedAt: instant.nullable(),
  basis: z.string(), group: z.string(), payer: z.enum(["account", "machine", "provider"]),
  /** Presence in doubt from here, until the exit, the payment or the given time that proved it. */
  neutralAt: instant.nullable(), provenAt: instant.nullable(),
  /** Of the whole stay up to the timeline's end; null: the tariff has no price. */
  amountMinor: amountMinor.nullable(), paidMinor: amountMinor,
  segments: z.array(timelineSegment),
  why: z.array(whySaid),
});
export type TimelineBar = z.infer<typeof timelineBar>;

/** Up to `until`, which is now or the end of the asked period; instants are shown in `zone`. */
export const timeline = z.strictObject({ zone: z.string(), currency, from: instant, until: instant, bars: z.array(timelineBar) });
export type Timeline = z.infer<typeof timeline>;
