/**
 * A rate table as the engine understands it: read, with one spelling for everything, durations in
 * milliseconds and amounts as scaled integers. Made only by the reader.
 */
import type { Currency } from "../../kernel/money.ts";
import type { DurationMs, Instant } from "../../kernel/instant.ts";
import type { Scaled } from "../scaled.ts";
import type { Tax } from "../tax.ts";

export type LineKind = "flat" | "tier" | "increment";
export type Usage = "once" | "unlimited" | "fixedDuration";

export type RateLine = {
  readonly path: string;
  readonly id: string;
  readonly sequence: number;
  readonly kind: LineKind;
  readonly start?: DurationMs;
  readonly end?: DurationMs;
  readonly period?: DurationMs;
  readonly value: Scaled;
  readonly usage?: Usage;
  readonly minimum?: Scaled;
  readonly maximum?: Scaled;
  readonly tax?: Tax;
};

/** What a line's times are measured on. */
export type Axis =
  | { readonly type: "stay" }
  | { readonly type: "event"; readonly from: Instant; readonly until?: Instant }
  | { readonly type: "wallClock" };

export type CapWindow =
  | { readonly type: "wholeStay" }
  | { readonly type: "reset"; readonly msOfDay: number }
  | { readonly type: "rolling24h" };

export type TierMode = "additive" | "cumulative";

export type RateCollection = {
  readonly path: string;
  readonly id: string;
  readonly sequence: number;
  readonly lines: readonly RateLine[];
  readonly axis: Axis;
  readonly capWindow: CapWindow;
  readonly minTime?: DurationMs;
  readonly maxTime?: DurationMs;
  readonly minimum?: Scaled;
  readonly maximum?: Scaled;
  readonly tax: Tax;
  readonly validFrom?: Instant;
  readonly validUntil?: Instant;
  readonly tierMode?: TierMode;
  readonly nonMonotone: boolean;
};

export type RateTable = {
  readonly path: string;
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly currency: Currency;
  readonly collections: readonly RateCollection[];
  readonly validFrom?: Instant;
  readonly validUntil?: Instant;
  readonly acceptsValidation: boolean;
  readonly incrementPricing?: "atStart";
};
