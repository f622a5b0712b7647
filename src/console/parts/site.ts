/** What the sentences about a car park need to know of it: zone, currency, names of its parts. */
import type { FacilityView } from "../../api/contract/live.ts";
import type { SiteWords } from "../../messages/site.ts";
import { useOverview } from "../shell/live.tsx";
import { useCarParks } from "./FacilityFilter.tsx";

type Named = { readonly id: string; readonly name: string };
/** Lines come from the server with the names of people in them; here nobody is called by an account's id. */
const person = (actor: string): string => actor;
const naming = (parts: readonly Named[]) => (id: string) => parts.find((part) => part.id === id)?.name ?? id;

export const siteOf = (view: FacilityView): SiteWords => ({
  zone: view.zone, currency: view.currency, lane: naming(view.lanes), group: naming(view.groups), station: naming(view.stations), person,
});

/** For lists over all car parks. `UTC` and `XXX` (no currency) only until the overview is here. */
export function useSites(): (facility: string) => SiteWords {
  const overview = useOverview();
  const carParks = useCarParks();
  return (id) => {
    const summary = overview.data?.facilities.find((each) => each.id === id);
    const names = carParks.data?.facilities.find((each) => each.id === id);
    return {
      zone: summary?.zone ?? "UTC", currency: summary?.currency ?? "XXX",
      lane: naming(names?.lanes ?? []), group: naming(summary?.groups ?? []), station: naming(names?.stations ?? []), person,
    };
  };
}

/** The city's zone for city-wide days: all its car parks share it. */
export function useCityZone(): string {
  return useOverview().data?.facilities[0]?.zone ?? "UTC";
}

/** The city's clock and zone; the browser's clock only until the overview is here (or for roles without it). */
export function useCityNow(): { readonly now: number; readonly zone: string } {
  const overview = useOverview();
  return { now: overview.data?.at ?? Date.now(), zone: overview.data?.facilities[0]?.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone };
}
