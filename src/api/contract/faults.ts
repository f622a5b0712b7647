/** Faults: reported, allocated, notified, acknowledged, fixed, reopened. */
import { z } from "zod";
import { after, facilityId, freeText, instant, pageOf, queryRows, reason, TEXT_MAX } from "./words.ts";

export const assetKind = z.enum([
  "barrier", "pillar", "printer", "cardReader", "loop", "payStation", "camera", "sign", "intercom", "system", "building", "other",
]);
export const faultView = z.strictObject({
  facility: z.string(), fault: z.int(), asset: z.strictObject({ kind: assetKind, id: z.string() }), code: z.string(), details: z.string(),
  operational: z.boolean(), organisation: z.enum(["maintenance", "directLabour"]), state: z.enum(["open", "fixed"]),
  reportedAt: instant, reportedBy: z.string().nullable(), count: z.int(), lastAt: instant,
  notifiedAt: instant.nullable(), acknowledgedAt: instant.nullable(), escalatedAt: instant.nullable(),
  fixedAt: instant.nullable(), reopenedAt: instant.nullable(),
});
export type FaultView = z.infer<typeof faultView>;
export const faultsQuery = z.strictObject({
  facility: facilityId.optional(), state: z.enum(["open", "fixed"]).optional(), organisation: z.enum(["maintenance", "directLabour"]).optional(),
  rows: queryRows, after,
});
export const faults = pageOf(faultView);
export const reportFaultBody = z.strictObject({
  asset: z.strictObject({ kind: assetKind, id: freeText(60) }), details: freeText(TEXT_MAX).refine((t) => t.trim() !== "", "details are needed"),
  operational: z.boolean(),
});
export type ReportFaultBody = z.infer<typeof reportFaultBody>;
export const reportFaultAnswer = z.strictObject({ seq: z.int(), at: instant, fault: z.int() });
export const fixFaultBody = z.strictObject({ note: freeText(TEXT_MAX) });
export const reopenFaultBody = z.strictObject({ reason });
/** The link in a notification; the token proves it was received. */
export const acknowledgeQuery = z.strictObject({ facility: facilityId, fault: z.string().regex(/^\d{1,9}$/).transform(Number), token: z.string().regex(/^[A-Za-z0-9_-]{10,100}$/) });
