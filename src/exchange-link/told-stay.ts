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
import type { ExternalRight } from "../rights/desk/state.ts";
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

/** Which stay an event is about: by its key, the car park's own id, its ticket, or the plate of a ticket's stay that is inside. */
export type About = { readonly by: "key" | "stay" | "ticket" | "plate"; readonly id: string };
/** `reads`: the key of what else the fold must know. */
export type Fold = { readonly about: About; readonly reads?: string; readonly fold: (stay: ToldStay | null, read: ToldStay | null) => ToldStay | null };

/** Whether it is the one that is meant; the table is asked the same (session-follower.ts). */
export const isAbout = (stay: ToldStay, { by, id }: About): boolean =>
  (by === "plate" ? stay.plate === id && stay.ticket !== null && stay.exitedAt === null : stay[by] === id);

/**
 * What providers sold for a plate, before its car comes: no stay, kept like one. The rights of a stay that a ticket began are its
 * plate's; those of a stay that the plate began are told with the stay.
 */
const soldKey = (plate: string): string => `sold/${plate}`;

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
      const sold = (read: ToldStay | null): Partial<ToldStay> => (opened.ticket === null || !read ? {} : { covers: read.covers });
      return [{ about: { by: "key", id: key }, reads: soldKey(plate), fold: (stay, read) => ({ ...(stay ?? EMPTY), key, ...sold(read), ...opened }) }];
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
    case "ExternalRightLearnt": return foldsOfSold(e.right, e.right.until);
    case "ExternalRightRevoked": return foldsOfSold(e.right, Math.min(e.right.until, at));
    case "ExitTimeGiven": return [changed("key", e.stay, () => ({ exitedAt: e.exitedAt }))];
    case "StayPaid": return e.amountMinor === 0 ? [] : [changed("key", e.stay, (stay) => paid(stay, e.amountMinor, at))];
    default: return [];
  }
}

function foldsOfSold({ credential, right, from }: ExternalRight, until: Instant): readonly Fold[] {
  const covered = (covers: readonly ProviderCover[]): readonly ProviderCover[] =>
    [...covers.filter((one) => one.since < from && one.right !== right), ...(until > from ? [{ since: from, right }, { since: until, right: null }] : [])];
  const key = soldKey(credential);
  return [
    // As long as it may be asked for, like a stay that ended then.
    { about: { by: "key", id: key }, fold: (sold) => ({ ...(sold ?? EMPTY), key, plate: credential, exitedAt: until, covers: covered(sold?.covers ?? []) }) },
    changed("plate", credential, (stay) => ({ covers: covered(stay.covers) })),
  ];
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
