/** What a sentence needs to know of the car park: its clock, its money, and what its parts are called. */
import type { FacilityConfig, GroupId, LaneId, StationId } from "../carpark/facility/config.ts";
import type { Currency } from "../kernel/money.ts";

export type SiteWords = {
  readonly zone: string;
  readonly currency: Currency;
  readonly lane: (id: LaneId | string) => string;
  readonly group: (id: GroupId | string) => string;
  readonly station: (id: StationId | string) => string;
};

/** The part's own name; one that is not in the configuration (any more) is called by its id. */
export function siteWordsOf(config: Pick<FacilityConfig, "zone" | "currency" | "lanes" | "groups" | "payStations">): SiteWords {
  const named = (parts: readonly { readonly id: string; readonly name: string }[]) => (id: string) =>
    parts.find((part) => part.id === id)?.name ?? id;
  return {
    zone: config.zone, currency: config.currency,
    lane: named(config.lanes), group: named(config.groups), station: named(config.payStations),
  };
}
