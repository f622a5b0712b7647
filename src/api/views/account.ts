/** Accounts as people see them: the directory, who of them is inside where, names and plates from the vault. */
import type { DeepReadonly } from "../../kernel/readonly.ts";
import { MINUTE, type Instant } from "../../kernel/instant.ts";
import type { ReadonlyAccount } from "../../carpark/operator/directory.ts";
import type { Rights } from "../../rights/desk/state.ts";
import type { Agreement, Booking, Contract, WeeklyWindow } from "../../rights/timeline/facts.ts";
import type { AccountDetails, AccountRow, AgreementView, BookingView, ContractView, ParkerView } from "../contract/accounts.ts";
import type { WeeklyWindowBody } from "../contract/rights-words.ts";
import type { Site } from "../site.ts";

type State = "future" | "running" | "ended";
type Period = { readonly from: Instant | null; readonly until: Instant | null };

const stateAt = ({ from, until }: Period, now: Instant): State =>
  until !== null && until <= now ? "ended" : from !== null && from > now ? "future" : "running";

const clockText = (ms: number): string => {
  const minutes = Math.floor(ms / MINUTE);
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
};

export const windowView = ({ days, fromMs, toMs }: DeepReadonly<WeeklyWindow>): WeeklyWindowBody =>
  ({ days: [...days], from: clockText(fromMs), to: clockText(toMs) });

/** The schema has checked the form. */
export function windowOf({ days, from, to }: WeeklyWindowBody): WeeklyWindow {
  const msOf = (text: string): number => {
    const [hours = 0, minutes = 0] = text.split(":").map(Number);
    return (hours * 60 + minutes) * MINUTE;
  };
  return { days: [...new Set(days)].sort((a, b) => a - b), fromMs: msOf(from), toMs: msOf(to) };
}

export function contractView(facility: string, contract: DeepReadonly<Contract>, currency: string, now: Instant): ContractView {
  const { id, from, until, window, parkers, group, overflow, overflowLimit, monthlyFeeMinor } = contract;
  return {
    contract: id, facility, from, until, window: window === null ? null : windowView(window), parkers: parkers === null ? null : [...parkers],
    group, overflow, overflowLimit, monthlyFeeMinor, currency, state: stateAt(contract, now),
  };
}

export function agreementView(facility: string, agreement: DeepReadonly<Agreement>, now: Instant): AgreementView {
  const { id, from, until, parkers, tariff } = agreement;
  return { agreement: id, facility, from, until, parkers: parkers === null ? null : [...parkers], tariff, state: stateAt(agreement, now) };
}

export const bookingView = (facility: string, account: string, { id, parker, from, to, madeAt }: Booking, now: Instant): BookingView =>
  ({ booking: id, facility, account, parker, from, to, madeAt, state: to <= now ? "over" : from > now ? "future" : "running" });

/** The rights of every car park that has any. */
export const rightsOf = (site: Site): readonly { readonly facility: string; readonly rights: Rights }[] =>
  [...site.facilities.values()].flatMap(({ id, core }) => (core.state.rights.config === null ? [] : [{ facility: id as string, rights: core.state.rights }]));

export const currencyOf = (site: Site, facility: string): string => site.facilities.get(facility)?.core.state.config?.currency ?? site.city.currency;

/** Where the car of a credential stands now. */
export function insideOf(site: Site, credential: string): { readonly facility: string; readonly stay: string; readonly since: Instant } | null {
  for (const { facility, rights } of rightsOf(site)) {
    const stay = rights.openByCredential.get(credential);
    if (stay === undefined) continue;
    const account = rights.accountOfOpen.get(stay) ?? null;
    const known = account === null ? rights.visitors.get(stay) : rights.accounts.get(account)?.stays.get(stay);
    if (known) return { facility, stay, since: known.enteredAt };
  }
  return null;
}

export async function parkerViews(site: Site, account: ReadonlyAccount, only?: string): Promise<readonly ParkerView[]> {
  const parkers = [...account.parkers.values()].filter(({ id }) => only === undefined || id === only);
  const labels = await site.credentials.labels(parkers.flatMap(({ credentials }) => [...credentials.keys()]));
  return Promise.all(parkers.map(async ({ id, name, credentials }): Promise<ParkerView> => ({
    parker: id, name: name === null ? null : await site.people.name(name),
    credentials: [...credentials].map(([credential, { kind, blocked, leaving }]) =>
      ({ credential, kind, text: labels.get(credential) ?? null, blocked, leaving, inside: insideOf(site, credential) })),
  })));
}

export const contractsOf = (site: Site, account: ReadonlyAccount): ContractView[] =>
  [...account.contracts.values()].map(({ facility, contract }) => contractView(facility, contract, currencyOf(site, facility), site.now()));

export const agreementsOf = (site: Site, account: ReadonlyAccount): AgreementView[] =>
  [...account.agreements.values()].map(({ facility, agreement }) => agreementView(facility, agreement, site.now()));

/** Car parks with a contract, an agreement, a booking or a stay of the account. */
export function facilitiesOf(site: Site, account: ReadonlyAccount): string[] {
  const agreed = [...account.contracts.values(), ...account.agreements.values()].map(({ facility }): string => facility);
  const used = rightsOf(site).filter(({ rights }) => {
    const here = rights.accounts.get(account.id);
    return here !== undefined && here.stays.size + here.bookings.length + here.incidents.length + here.statements.size > 0;
  });
  return [...new Set([...agreed, ...used.map(({ facility }) => facility)])].sort();
}

export const insideCount = (site: Site, account: string): number =>
  rightsOf(site).reduce((sum, { rights }) => sum + (rights.accounts.get(account)?.open.size ?? 0), 0);

export async function accountRow(site: Site, account: ReadonlyAccount): Promise<AccountRow> {
  const contact = await site.people.contact(account.contact);
  const now = site.now();
  return {
    account: account.id, name: contact?.name ?? null, kind: contact?.kind ?? null, openedAt: account.openedAt, parkers: account.parkers.size,
    inside: insideCount(site, account.id), contracts: [...account.contracts.values()].filter(({ contract }) => stateAt(contract, now) !== "ended").length,
    payAsYouGo: [...account.agreements.values()].some(({ agreement }) => stateAt(agreement, now) === "running"), facilities: facilitiesOf(site, account),
  };
}

export async function accountDetails(site: Site, account: ReadonlyAccount): Promise<AccountDetails> {
  const contact = await site.people.contact(account.contact);
  return {
    account: account.id, openedAt: account.openedAt, closedAt: account.closedAt, contact, terms: { ...account.terms },
    parkers: [...(await parkerViews(site, account))], contracts: contractsOf(site, account), agreements: agreementsOf(site, account),
    login: { ...site.holderLogins.stateOf(account.id), email: contact?.email ?? null }, facilities: facilitiesOf(site, account),
  };
}

export function bookingsOf(site: Site, account: string, facility?: string): readonly BookingView[] {
  return rightsOf(site).filter((one) => facility === undefined || one.facility === facility)
    .flatMap(({ facility: where, rights }) => (rights.accounts.get(account)?.bookings ?? []).map((booking) => bookingView(where, account, booking, site.now())))
    .sort((a, b) => b.from - a.from);
}
