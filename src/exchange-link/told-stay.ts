/**
 * A stay as an exchange is told of it, folded from the car park's events.
 *
 *   StayOpened (known by plate) -> cover changes, payments -> StayClosed        plate misread, never came in -> withdrawn
 *
 * Told are stays that somebody outside may look for or pay: short-term ones and those of a provider's right. What is
 * between the car park and its own customers (contracts, season tickets, bookings, accounts, staff) stays there, and a
 * stay without a plate has nothing that others know it by.
 */
import { SECOND, type Instant } from "../kernel/instant.ts";
import type { MinorUnits } from "../kernel/money.ts";
import type { Recorded } from "../carpark/facility/event.ts";
import type { Basis, StayCredential } from "../carpark/stay/stay.ts";
import type { Cover } from "../rights/coverage/scene.ts";
import type { RightsEvent } from "../rights/desk/event.ts";
import { stayKeyOf } from "./session-id.ts";

/** From here on a provider's right covers it; null: none does. */
export type ProviderCover = { readonly since: Instant; readonly right: string | null };
/** Money that reached the car park; what a provider collected is the provider's to tell. */
export type TakenPayment = { readonly at: Instant; readonly amountMinor: MinorUnits };

export type ToldStay = {
  readonly key: string;
  /** The car park's own id and, of a ticket's stay, the ticket; null before the car is in. */
  readonly stay: string | null;
  readonly ticket: string | null;
  /** Reference into the vault. */
  readonly plate: string;
  readonly enteredAt: Instant | null;
  readonly exitedAt: Instant | null;
  readonly tariffVersion: number;
  readonly covers: readonly ProviderCover[];
  readonly payments: readonly TakenPayment[];
  /** Collected by a provider, and booked as paid in the next event: not to be told as ours. */
  readonly byProviderMinor: MinorUnits;
  /** It shall not be known there: the plate was another car's, or the car never came in. */
  readonly withdrawn: boolean;
};

const TOLD: readonly Basis[] = ["shortTerm", "external", "irregular"];

/** Which stay an event is about: by its key, the car park's own id, or its ticket. */
export type About = { readonly by: "key" | "stay" | "ticket"; readonly id: string };
export type Fold = { readonly about: About; readonly fold: (stay: ToldStay | null) => ToldStay | null };

/** What an event changes; nothing, mostly. */
export function foldsOf(e: Recorded): readonly Fold[] {
  switch (e.type) {
    case "Rights": return foldsOfRights(e.rights, e.at);
    case "StayOpened": {
      const plate = e.plate ?? plateOf(e.credential);
      if (plate === null || !TOLD.includes(e.basis)) return [];
      const opened = {
        stay: e.stay, ticket: e.credential.kind === "ticket" ? e.credential.ticket : null, plate, enteredAt: e.enteredAt, tariffVersion: e.tariffVersion,
      };
      const key = stayKeyOf({ id: e.stay, credential: e.credential });
      return [{ about: { by: "key", id: key }, fold: (stay) => ({ ...(stay ?? EMPTY), key, ...opened }) }];
    }
    case "StayClosed":
      return [changed("stay", e.stay, (stay) => ({ exitedAt: e.exitedAt, ...(lasted(stay.enteredAt, e.exitedAt) ? {} : { withdrawn: true }) }))];
    case "StayPlateCorrected": return [changed("stay", e.stay, () => ({ withdrawn: true }))];
    case "StayPaymentTaken":
      return e.means === "provider" ? [changed("key", e.stay, (stay) => ({ byProviderMinor: stay.byProviderMinor + e.amountMinor }))] : [];
    case "TicketPaid": return e.amountMinor === 0 ? [] : [changed("ticket", e.number, (stay) => paid(stay, e.amountMinor, e.at))];
    case "TicketReplaced": return [changed("ticket", e.old, () => ({ ticket: e.number }))];
    default: return [];
  }
}

function foldsOfRights(e: RightsEvent, at: Instant): readonly Fold[] {
  switch (e.type) {
    case "StayOpened": {
      if (e.credential.kind !== "plate" || !TOLD.includes(e.basis)) return [];
      const { ref } = e.credential;
      return [{ about: { by: "key", id: e.stay }, fold: (stay) => ({ ...(stay ?? EMPTY), key: e.stay, plate: ref, covers: [{ since: at, right: rightOf(e.cover) }] }) }];
    }
    case "CoverageAdvanced":
      return e.changes.map(({ stay: key, since, cover }) =>
        changed("key", key, ({ covers }) => ({ covers: [...covers.filter((one) => one.since < since), { since, right: rightOf(cover) }] })));
    case "ExitTimeGiven": return [changed("key", e.stay, () => ({ exitedAt: e.exitedAt }))];
    case "StayPaid": return e.amountMinor === 0 ? [] : [changed("key", e.stay, (stay) => paid(stay, e.amountMinor, at))];
    default: return [];
  }
}

const EMPTY: ToldStay = {
  key: "", stay: null, ticket: null, plate: "", enteredAt: null, exitedAt: null, tariffVersion: 0, covers: [], payments: [], byProviderMinor: 0, withdrawn: false,
};

const changed = (by: About["by"], id: string, change: (stay: ToldStay) => Partial<ToldStay>): Fold =>
  ({ about: { by, id }, fold: (stay) => stay && { ...stay, ...change(stay) } });

const plateOf = (credential: StayCredential): string | null =>
  (credential.kind === "right" && credential.credential.kind === "plate" ? credential.credential.ref : null);

const rightOf = (cover: Cover): string | null => (cover.type === "external" ? cover.right : null);

function paid(stay: ToldStay, amountMinor: MinorUnits, at: Instant): Partial<ToldStay> {
  return stay.byProviderMinor >= amountMinor ? { byProviderMinor: stay.byProviderMinor - amountMinor } : { payments: [...stay.payments, { at, amountMinor }] };
}

/** The wire knows whole seconds; what lasted none of them was no use of the place. */
const lasted = (from: Instant | null, to: Instant): boolean => from !== null && Math.floor(to / SECOND) > Math.floor(from / SECOND);
