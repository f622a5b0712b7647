/** Shifts of the offices' tills opened in a period, with what was expected, counted and amiss. */
import type { Instant } from "../../kernel/instant.ts";
import type { Currency, MinorUnits } from "../../kernel/money.ts";
import type { ShiftRow } from "../readmodels/shifts.ts";

/** The amounts are null while the shift is open. */
export type ShiftLine = {
  readonly facility: string; readonly till: string; readonly shift: number; readonly openedBy: string;
  readonly openedAt: Instant;
  readonly closedAt: Instant | null; readonly floatMinor: MinorUnits; readonly payments: number | null;
  readonly cashMinor: MinorUnits | null;
  readonly cardMinor: MinorUnits | null; readonly expectedMinor: MinorUnits | null;
  readonly countedMinor: MinorUnits | null; readonly varianceMinor: MinorUnits | null;
};

export type ShiftReport = {
  readonly from: string; readonly to: string; readonly currency: Currency; readonly printedAt: Instant;
  readonly rows: readonly ShiftLine[]; readonly varianceMinor: MinorUnits;
};

export function shiftReport(
  shifts: readonly ShiftRow[],
  asked: { readonly from: string; readonly to: string; readonly currency: Currency; readonly now: Instant },
): ShiftReport {
  return {
    from: asked.from, to: asked.to, currency: asked.currency, printedAt: asked.now,
    rows: shifts.map((row) => ({
      facility: row.facility, till: row.till, shift: row.shift, openedBy: row.opened_by,
      openedAt: row.opened_at, closedAt: row.closed_at,
      floatMinor: row.float_minor, payments: row.payments, cashMinor: row.cash_minor, cardMinor: row.card_minor,
      expectedMinor: row.expected_minor, countedMinor: row.counted_minor, varianceMinor: row.variance_minor,
    })),
    varianceMinor: shifts.reduce((sum, { variance_minor }) => sum + (variance_minor ?? 0), 0),
  };
}
