/** A week at a glance: what one hour costs that starts at each hour of each day, for a heat map. */
import type { Instant } from "../kernel/instant.ts";
import { DAY, HOUR } from "../kernel/instant.ts";
import type { MinorUnits } from "../kernel/money.ts";
import type { CompiledTariff } from "./compile.ts";
import { totalOf } from "./quote.ts";

/** Absent where the hour has no price, or is skipped by a clock change. */
export type HourPrice = { readonly hour: number; readonly totalMinor?: MinorUnits };

/** Seven days from the local day of `at`; each row has 24 wall-clock hours. */
export function hourPrices(compiled: CompiledTariff, at: Instant): readonly (readonly HourPrice[])[] {
  const { zone } = compiled;
  const first = zone.dayNumberAt(at);
  return Array.from({ length: 7 }, (_, day) => Array.from({ length: 24 }, (_unused, hour): HourPrice => {
    const from = zone.boundaryOf(first + day, hour * HOUR);
    const skipped = zone.msOfDayAt(from) !== hour * HOUR;
    const total = skipped ? undefined : totalOf(compiled, [{ from, to: from + HOUR }]);
    return total?.ok ? { hour, totalMinor: total.value } : { hour };
  }));
}

/** What each stay would have cost under another tariff; absent where it has no price. */
export function wouldHaveCost(
  compiled: CompiledTariff, stays: readonly { readonly from: Instant; readonly to: Instant }[],
): readonly (MinorUnits | undefined)[] {
  return stays.map((stay) => {
    const total = stay.to - stay.from > 400 * DAY ? undefined : totalOf(compiled, [stay]);
    return total?.ok ? total.value : undefined;
  });
}
