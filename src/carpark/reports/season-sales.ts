/** Season tickets sold and renewed, by car park and length. */
import type { Instant } from "../../kernel/instant.ts";
import type { Currency, MinorUnits } from "../../kernel/money.ts";
import { SEASON_MONTHS } from "../../rights/season.ts";
import type { SeasonSaleRow } from "../readmodels/seasons.ts";

export type SeasonLine = {
  readonly facility: string; readonly months: number; readonly sold: number; readonly renewed: number;
  readonly amountMinor: MinorUnits;
};
export type SeasonReport = {
  readonly from: string; readonly to: string; readonly currency: Currency; readonly printedAt: Instant;
  readonly rows: readonly SeasonLine[]; readonly totalMinor: MinorUnits;
};

/** Sales in another currency belong to another report. */
export function seasonReport(
  sales: readonly SeasonSaleRow[],
  asked: { readonly from: string; readonly to: string; readonly currency: Currency; readonly now: Instant },
): SeasonReport {
  const own = sales.filter(({ currency }) => currency === asked.currency);
  const facilities = [...new Set(own.map(({ facility }) => facility))].sort();
  const rows = facilities.flatMap((facility) => SEASON_MONTHS.flatMap((months) => {
    const lines = own.filter((sale) => sale.facility === facility && sale.months === months);
    if (lines.length === 0) return [];
    const sold = lines.filter(({ kind }) => kind === "sold").length;
    return [{ facility, months, sold, renewed: lines.length - sold, amountMinor: sumOf(lines) }];
  }));
  return { from: asked.from, to: asked.to, currency: asked.currency, printedAt: asked.now, rows, totalMinor: sumOf(own) };
}

const sumOf = (sales: readonly SeasonSaleRow[]): MinorUnits => sales.reduce((sum, { price_minor }) => sum + price_minor, 0);
