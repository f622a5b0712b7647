/**
 * Faults: equipment or building unfit for duty. Reported by staff or a device, allocated to the maintenance
 * company (operational) or the direct labour organisation (others), notified at once, acknowledged, fixed;
 * reopening adds to the same fault; repeated identical device errors are one fault with a count.
 */
import type { Instant } from "../../kernel/instant.ts";

export type AssetKind = "barrier" | "pillar" | "printer" | "cardReader" | "loop" | "payStation" | "camera" | "sign" | "intercom" | "system" | "building" | "other";

/** What is broken: a lane's or station's device, or anything with a name ("window, level 2"). */
export type Asset = { readonly kind: AssetKind; readonly id: string };

export type Organisation = "maintenance" | "directLabour";

export type Fault = {
  readonly id: number;
  readonly asset: Asset;
  /** Stable word for repeats, `notOpen`, `paperOut`; staff reports use `reported`. */
  readonly code: string;
  readonly details: string;
  readonly operational: boolean;
  readonly organisation: Organisation;
  readonly reportedAt: Instant;
  readonly reportedBy: string | null;
  count: number;
  lastAt: Instant;
  notifiedAt: Instant | null;
  acknowledgedAt: Instant | null;
  escalatedAt: Instant | null;
  fixedAt: Instant | null;
  /** Closed [fixed, reopened) gaps are not part of the time to fix. */
  reopenedAt: Instant | null;
};

export type FaultEvent =
  | { readonly type: "FaultReported"; readonly fault: number; readonly asset: Asset; readonly code: string; readonly details: string; readonly operational: boolean; readonly organisation: Organisation }
  | { readonly type: "FaultRepeated"; readonly fault: number }
  | { readonly type: "FaultNotified"; readonly fault: number; readonly channel: string; readonly delivered: boolean; readonly detail: string }
  | { readonly type: "FaultAcknowledged"; readonly fault: number; readonly acknowledgedBy: string }
  | { readonly type: "FaultEscalated"; readonly fault: number }
  | { readonly type: "FaultFixed"; readonly fault: number; readonly note: string }
  | { readonly type: "FaultReopened"; readonly fault: number; readonly reason: string };

export type FaultCommand =
  | { readonly type: "ReportFault"; readonly asset: Asset; readonly details: string; readonly operational: boolean }
  | { readonly type: "RecordFaultNotification"; readonly fault: number; readonly channel: string; readonly delivered: boolean; readonly detail: string }
  | { readonly type: "AcknowledgeFault"; readonly fault: number; readonly acknowledgedBy: string }
  | { readonly type: "FixFault"; readonly fault: number; readonly note: string }
  | { readonly type: "ReopenFault"; readonly fault: number; readonly reason: string };
