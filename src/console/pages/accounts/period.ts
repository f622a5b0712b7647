/** A period in whole days of the car park, as the address keeps it. */
import { DAY } from "../../../kernel/instant.ts";
import { type Zone, zoneOf } from "../../../kernel/zone.ts";
import { isoDay } from "../../words/format.ts";

export type PeriodSearch = { readonly from?: string; readonly to?: string };
export type Period = { readonly from: string; readonly to: string; readonly fromAt: number; readonly toAt: number; readonly zone: Zone };

/** A week, ending today, until somebody asks for another; null while the car park's zone is not known. */
const DAYS_SHOWN = 7;

export function periodOf(search: PeriodSearch, zoneName: string, now: number): Period | null {
  const zone = zoneOf(zoneName);
  if (!zone.ok) return null;
  const today = isoDay(now, zoneName);
  const to = search.to ?? today;
  const from = search.from ?? isoDay(zone.value.addDays(now, 1 - DAYS_SHOWN), zoneName);
  const [begin, end] = [zone.value.parseLocal(`${from} 00:00`), zone.value.parseLocal(`${to} 00:00`)];
  if (!begin.ok || !end.ok || end.value < begin.value) return null;
  return { from, to, fromAt: begin.value, toAt: zone.value.nextStartOfDay(end.value), zone: zone.value };
}

/** Days between, for a limit that is told before asking. */
export const daysOf = ({ fromAt, toAt }: Period): number => Math.round((toAt - fromAt) / DAY);
