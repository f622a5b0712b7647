/** Prices of a facility: which tariff version holds for a stay, and what is due for it. */
import type { Instant } from "../../kernel/instant.ts";
import type { Currency, MinorUnits } from "../../kernel/money.ts";

/** A stay is priced by the version valid at its entry; later versions never touch it. */
export type TariffVersion = { readonly version: number; readonly effectiveFrom: Instant; readonly tariff: unknown };

/** One charge that made the amount, for displays, receipts and disputes. */
export type ChargeLine = { readonly from: Instant; readonly to: Instant; readonly units: number; readonly amountMinor: MinorUnits; readonly label: string };

export type Due = {
  /** Price of the whole stay so far. */
  readonly totalMinor: MinorUnits;
  readonly paidMinor: MinorUnits;
  /** max(0, total - paid). */
  readonly dueMinor: MinorUnits;
  readonly currency: Currency;
  readonly from: Instant;
  readonly to: Instant;
  readonly lines: readonly ChargeLine[];
};
