/** In which order the car parks of the city are shown. */
import type { FacilitySummary } from "../../../api/contract/live.ts";

export const ORDERS = ["name", "free", "alarms"] as const;
export type Order = (typeof ORDERS)[number];

/** People and cars that wait weigh more than things that are broken. */
export const toDo = (facility: FacilitySummary): number =>
  facility.openCalls * 100 + facility.waiting * 10 + facility.alarms.length * 2 + facility.openFaults + (facility.mode === "open" ? 0 : 1_000);

export function ordered(facilities: readonly FacilitySummary[], order: Order): readonly FacilitySummary[] {
  const byName = (a: FacilitySummary, b: FacilitySummary) => a.number - b.number;
  switch (order) {
    case "name": return facilities.toSorted(byName);
    case "free": return facilities.toSorted((a, b) => a.ticketFree - b.ticketFree || byName(a, b));
    case "alarms": return facilities.toSorted((a, b) => toDo(b) - toDo(a) || byName(a, b));
  }
}
