/** Handlers of contracts, pay-as-you-go agreements and bookings. */
import { present } from "../../kernel/assert.ts";
import type { GroupId } from "../../carpark/facility/config.ts";
import type { ReadonlyAccount } from "../../carpark/operator/directory.ts";
import type { Agreement, Contract } from "../../rights/timeline/facts.ts";
import type { Tariff } from "../../tariff/tariff.ts";
import type { SignContractBody } from "../contract/accounts.ts";
import type { Routes } from "../contract/routes.ts";
import type { RouteHandler } from "../http/reply.ts";
import type { FacilityHandle, Site } from "../site.ts";
import { agreementView, bookingsOf, bookingView, contractView, currencyOf, windowOf } from "../views/account.ts";
import { unknownTrouble } from "./account-words.ts";
import { type Asking, carry, facilityOf } from "./carry.ts";
import { accountOf, actsOf, carryDirectory, carryNew, nextId } from "./directory.ts";
import { facilityIdOf } from "./records.ts";
import type { Locale } from "../contract/words.ts";

type ContractRoutes = Pick<
  Routes, "signContract" | "endContract" | "makeAgreement" | "endAgreement" | "bookings" | "makeBooking" | "extendBooking" | "cancelBooking"
>;

export function contractHandlers(site: Site): { readonly [N in keyof ContractRoutes]: RouteHandler<ContractRoutes[N]> } {
  return {
    signContract: async (asked) => {
      const found = accountOf(site, asked.params.account, asked.locale);
      if ("trouble" in found) return found;
      const at = facilityOf(site, asked.body.facility);
      if ("trouble" in at) return at;
      const { account } = found;
      const make = (): Contract => contractFrom(asked.body, nextId(`${account.id}-C`, 1, account.contracts), at.facility);
      const facility = facilityIdOf(asked.body.facility);
      const done = await carryNew(site, () => ({ type: "SignContract", facility, account: account.id, contract: make() }), "contractExists", asked);
      if ("trouble" in done) return done;
      const { contract } = present(actsOf(done.carried).find((act) => act.type === "ContractSigned"), "ContractSigned");
      return { answer: {
        seq: done.carried.seq, at: done.carried.at, contract: contractView(facility, contract, currencyOf(site, facility), site.now()),
        oversold: oversoldOf(site, at.facility, contract.group),
      } };
    },
    endContract: async (asked) => {
      const until = asked.body.until ?? site.now();
      const done = await carryDirectory(site, { type: "EndContract", account: asked.params.account, contract: asked.params.contract, until }, asked);
      return "trouble" in done ? done : { answer: { seq: done.carried.seq, at: done.carried.at } };
    },
    makeAgreement: async (asked) => {
      const found = accountOf(site, asked.params.account, asked.locale);
      if ("trouble" in found) return found;
      const { account } = found;
      const facility = facilityIdOf(asked.body.facility);
      const { from, until, parkers, tariff } = asked.body;
      const make = (): Agreement => ({
        id: nextId(`${account.id}-G`, 1, account.agreements), from: from ?? null, until: until ?? null, parkers: parkers ?? null,
        // The directory's decider reads and compiles it.
        tariff: (tariff ?? null) as Tariff | null,
      });
      const done = await carryNew(site, () => ({ type: "MakeAgreement", facility, account: account.id, agreement: make() }), "contractExists", asked);
      if ("trouble" in done) return done;
      const { agreement } = present(actsOf(done.carried).find((act) => act.type === "AgreementMade"), "AgreementMade");
      return { answer: { seq: done.carried.seq, at: done.carried.at, agreement: agreementView(facility, agreement, site.now()) } };
    },
    endAgreement: async (asked) => {
      const until = asked.body.until ?? site.now();
      const done = await carryDirectory(site, { type: "EndAgreement", account: asked.params.account, agreement: asked.params.agreement, until }, asked);
      return "trouble" in done ? done : { answer: { seq: done.carried.seq, at: done.carried.at } };
    },
    bookings: ({ params, locale }) => {
      const found = accountOf(site, params.account, locale);
      if ("trouble" in found) return found;
      const at = facilityOf(site, params.facility);
      return "trouble" in at ? at : { answer: { rows: [...bookingsOf(site, params.account, params.facility)] } };
    },
    makeBooking: (asked) => book(site, { ...asked.params, ...asked.body }, asked, asked.locale),
    extendBooking: (asked) => extend(site, { ...asked.params, to: asked.body.to }, asked, asked.locale),
    cancelBooking: (asked) => cancel(site, asked.params, asked, asked.locale),
  };
}

/** Without a group it occupies the one the car park's configuration names for contracts. */
function contractFrom(body: SignContractBody, id: string, { core }: FacilityHandle): Contract {
  const { config } = core.state;
  const group: GroupId | string = body.group ?? core.state.rights.config?.contractGroup ?? config?.ticketGroup ?? "";
  return {
    id, from: body.from ?? null, until: body.until ?? null, window: body.window ? windowOf(body.window) : null, parkers: body.parkers ?? null,
    group, overflow: body.overflow ?? null, overflowLimit: body.overflowLimit ?? null, monthlyFeeMinor: body.monthlyFeeMinor,
  };
}

/** More contracts running or to come than their group ever has spaces; null: not so. */
export function oversoldOf(site: Site, { id, core }: FacilityHandle, group: string) {
  const spaces = core.state.rights.config?.groups.find((one) => one.id === group)?.spaces ?? null;
  const now = site.now();
  const sold = [...site.operator.state.directory.accounts.values()].reduce((sum, account: ReadonlyAccount) =>
    sum + [...account.contracts.values()].filter(({ facility, contract }) => facility === id && contract.group === group && (contract.until ?? Infinity) > now).length, 0);
  return spaces !== null && sold > spaces ? { group, contracts: sold, spaces } : null;
}

type Wanted = { readonly facility: string; readonly account: string };

export async function book(
  site: Site, wanted: Wanted & { readonly parker: string; readonly from: number; readonly to: number }, asking: Asking, locale: Locale,
) {
  const { facility, account, parker, from, to } = wanted;
  const found = accountOf(site, account, locale);
  if ("trouble" in found) return found;
  const at = facilityOf(site, facility);
  if ("trouble" in at) return at;
  if (!found.account.parkers.has(parker)) return { trouble: unknownTrouble({ parker }, locale) };
  const done = await carry(site, facility, { type: "AskRights", command: { type: "MakeBooking", account, parker, from, to } }, asking);
  if ("trouble" in done) return done;
  const made = done.carried.events.flatMap((event) => (event.type === "Rights" && event.rights.type === "BookingMade" ? [event.rights.booking] : []))[0];
  return { answer: { seq: done.carried.seq, at: done.carried.at, booking: bookingView(facility, account, present(made, "BookingMade"), site.now()) } };
}

/** A booking that goes on where the other ends: the two are one to whoever parks. */
export async function extend(site: Site, wanted: Wanted & { readonly booking: string; readonly to: number }, asking: Asking, locale: Locale) {
  const found = bookingOf(site, wanted, locale);
  if ("trouble" in found) return found;
  const { parker, to: from } = found.booking;
  return book(site, { facility: wanted.facility, account: wanted.account, parker, from, to: wanted.to }, asking, locale);
}

export async function cancel(site: Site, wanted: Wanted & { readonly booking: string }, asking: Asking, locale: Locale) {
  const found = bookingOf(site, wanted, locale);
  if ("trouble" in found) return found;
  const { account, booking } = wanted;
  const done = await carry(site, wanted.facility, { type: "AskRights", command: { type: "CancelBooking", account, booking } }, asking);
  return "trouble" in done ? done : { answer: { seq: done.carried.seq, at: done.carried.at } };
}

function bookingOf(site: Site, { facility, account, booking }: Wanted & { readonly booking: string }, locale: Locale) {
  const at = facilityOf(site, facility);
  if ("trouble" in at) return at;
  const known = at.facility.core.state.rights.accounts.get(account)?.bookings.find(({ id }) => id === booking);
  return known ? { booking: known } : { trouble: unknownTrouble({ booking }, locale) };
}
