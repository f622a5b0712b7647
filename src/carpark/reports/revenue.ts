/** Revenue by means of payment, from the payments at pay stations and tills. Season tickets have their own report. */
import type { Instant } from "../../kernel/instant.ts";
import type { Currency, MinorUnits } from "../../kernel/money.ts";
import type { PaymentSum } from "../readmodels/payments.ts";

export type MeansLine = { readonly means: string; readonly payments: number; readonly amountMinor: MinorUnits };
export type RevenueDay = MeansLine & { readonly day: string; readonly facility: string };

export type RevenueReport = {
  readonly from: string; readonly to: string; readonly currency: Currency; readonly printedAt: Instant;
  readonly means: readonly MeansLine[]; readonly days: readonly RevenueDay[];
  /** Charged; VAT contained in it; change and refunds owed but not paid out; paid back after it was ours. */
  readonly totalMinor: MinorUnits; readonly taxMinor: MinorUnits; readonly retainedMinor: MinorUnits;
  readonly refundedMinor: MinorUnits;
};

/** What was paid twice never was revenue, so neither it nor its refund is in the total. */
export function revenueReport(
  sums: readonly PaymentSum[],
  asked: { readonly from: string; readonly to: string; readonly currency: Currency; readonly now: Instant },
): RevenueReport {
  const paid = sums.filter(({ kind }) => kind === "payment");
  const means = [...new Set(paid.map((sum) => sum.means))].sort();
  return {
    from: asked.from, to: asked.to, currency: asked.currency, printedAt: asked.now,
    means: means.map((name) => {
      const own = paid.filter((sum) => sum.means === name);
      return { means: name, payments: total(own, "payments"), amountMinor: total(own, "amountMinor") };
    }),
    days: paid.map(({ day, facility, means: name, payments, amountMinor }) => ({ day, facility, means: name, payments, amountMinor })),
    totalMinor: total(paid, "amountMinor"),
    taxMinor: total(paid, "taxMinor"),
    retainedMinor: total(sums, "retainedMinor"),
    refundedMinor: total(sums.filter(({ kind }) => kind === "refund"), "amountMinor"),
  };
}

const total = (sums: readonly PaymentSum[], field: "payments" | "amountMinor" | "taxMinor" | "retainedMinor"): number =>
  sums.reduce((sum, row) => sum + row[field], 0);
