/** Offers by time of entry and exit: early bird, night flat, day ticket. */
import type { Instant } from "../kernel/instant.ts";
import { DAY } from "../kernel/instant.ts";
import { weekdayOf } from "../kernel/calendar.ts";
import type { CompiledTable, CompiledTariff } from "./compile.ts";
import { readTimeOfDay } from "./table/duration.ts";
import { type Offer, type TimesOfDay, WEEKDAYS } from "./tariff.ts";

export function offersFor(
  compiled: CompiledTariff, entry: Instant, exit: Instant,
): readonly { readonly offer: Offer; readonly table: CompiledTable }[] {
  return (compiled.tariff.offers ?? []).flatMap((offer) => {
    const table = compiled.tables.find(({ source }) => source.id === offer.table);
    return table && applies(offer, compiled, entry, exit) ? [{ offer, table }] : [];
  });
}

function applies(offer: Offer, { zone }: CompiledTariff, entry: Instant, exit: Instant): boolean {
  const day = zone.dayNumberAt(entry);
  if (offer.weekdays && !offer.weekdays.includes(WEEKDAYS[weekdayOf(day) - 1]!)) return false;
  if (offer.entry) {
    const { from, to } = msOf(offer.entry);
    const time = zone.msOfDayAt(entry);
    const inside = (time >= from && time < to) || (time + DAY >= from && time + DAY < to);
    if (!inside) return false;
  }
  if (!offer.exit) return true;
  const { from, to } = msOf(offer.exit);
  const exitDay = day + (offer.exit.daysAfterEntry ?? 0);
  const opens = zone.boundaryOf(exitDay, from);
  const closes = to > DAY ? zone.boundaryOf(exitDay + 1, to - DAY) : zone.boundaryOf(exitDay, to);
  return exit >= opens && exit <= closes;
}

/** The compiler has read these times before and refused what is no time. */
function msOf(times: TimesOfDay): { readonly from: number; readonly to: number } {
  const from = readTimeOfDay(times.from) ?? 0;
  const to = readTimeOfDay(times.to) ?? 0;
  return { from, to: to <= from ? to + DAY : to };
}
