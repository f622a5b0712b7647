/** What a sentence needs to know of the car park: its clock, its money, and what its parts are called. */
import type { Currency } from "../kernel/money.ts";

export type SiteWords = {
  readonly zone: string;
  readonly currency: Currency;
  readonly lane: (id: string) => string;
  readonly group: (id: string) => string;
  readonly station: (id: string) => string;
  /** Who acted, by the account's id. */
  readonly person: (actor: string) => string;
};

type Named = { readonly id: string; readonly name: string };
type Parts = {
  readonly zone: string; readonly currency: Currency;
  readonly lanes: readonly Named[]; readonly groups: readonly Named[]; readonly payStations: readonly Named[];
};

/** From a facility's configuration or view. A part that is not in it (any more) is called by its id. */
export function siteWordsOf(parts: Parts, person: (actor: string) => string = (actor) => actor): SiteWords {
  const named = (among: readonly Named[]) => (id: string) => among.find((part) => part.id === id)?.name ?? id;
  return {
    zone: parts.zone, currency: parts.currency,
    lane: named(parts.lanes), group: named(parts.groups), station: named(parts.payStations), person,
  };
}
