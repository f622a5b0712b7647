/** Folds the events of a facility's rights into its state; with `evolve-stay.ts` the only code that changes it. */
import { present, unreachable } from "../../kernel/assert.ts";
import type { Instant } from "../../kernel/instant.ts";
import { BEGINNING } from "../coverage/scene.ts";
import type { Dated } from "../policy.ts";
import { type BookedSpan, spanOf } from "../timeline/booked.ts";
import { invalidate, judgedAt, moveHead, presenceChanged, refreshView } from "./settling.ts";
import type { RecordedRights } from "./event.ts";
import { evolveStay } from "./evolve-stay.ts";
import { pastSettled, pastTouched } from "./evolve-past.ts";
import { type Account, type RightElsewhere, type Rights, emptyAccount } from "./state.ts";

type Event<T extends RecordedRights["type"]> = Extract<RecordedRights, { readonly type: T }>;

export function evolveRights(s: Rights, e: RecordedRights): void {
  s.now = e.at;
  switch (e.type) {
    case "RightsConfigured":
      s.config = e.config;
      for (const { id } of e.config.groups) if (!s.groups.has(id)) s.groups.set(id, new Set());
      return;
    case "PolicySet": return policySet(s, e);
    case "TariffSet": return dated(s.tariffs, { from: e.from, value: e.tariff });
    case "OpeningSet": return void (s.open = e.open);
    case "AccountOpened": return void s.accounts.set(e.account, emptyAccount(e.account, e.terms, e.at));
    case "AccountTermsSet": return changed(s, e.account, e.at, ({ terms }) => { terms.push({ from: e.at, value: e.terms }); });
    case "ContractSigned": case "ContractEnded": return evolveContract(s, e);
    case "AgreementMade": return void accountOf(s, e.account).agreements.push(e.agreement);
    case "AgreementsEnded": return endAgreements(accountOf(s, e.account), e.until, e.agreement);
    case "RightElsewhereNoted": return rightElsewhere(accountOf(s, e.account), e.right);
    case "CardRightLearnt": return void s.cards.set(e.card, e.right);
    case "BookingMade": return bookingMade(s, e);
    case "BookingCancelled": return bookingCancelled(s, e);
    case "ParkerAdded": return void accountOf(s, e.account).parkers.set(e.parker, new Set());
    case "CredentialAdded":
      present(accountOf(s, e.account).parkers.get(e.parker), e.parker).add(e.credential.ref);
      s.credentials.set(e.credential.ref, { kind: e.credential.kind, account: e.account, parker: e.parker, blocked: false, leaving: false });
      return;
    case "CredentialBlocked": return void (present(s.credentials.get(e.credential), "credential").blocked = e.blocked);
    case "CredentialRemovalAwaited":
      present(s.credentials.get(e.credential), "credential").leaving = true;
      return void s.leaving.add(e.credential);
    case "CredentialRemoved": return credentialRemoved(s, e);
    case "StayOpened": case "StayClosed": case "ExitTimeGiven": case "StayPaid": case "NeutralSet": case "CoverageAdvanced":
    case "ExternalRightLearnt": case "ExternalRightRevoked":
      return evolveStay(s, e);
    case "CredentialHeld": {
      for (const [stay, { until }] of s.holds) if (until <= e.at) s.holds.delete(stay);
      return void s.holds.set(e.hold.stay, { ...e.hold, reason: e.reason });
    }
    case "CredentialHoldReleased": return void s.holds.delete(e.stay);
    case "ExitWithoutEntry":
      if (!e.charge || e.account === null) return;
      accountOf(s, e.account).incidentsMade += 1;
      return void accountOf(s, e.account).incidents.push({ ...e.charge, at: e.at, credential: e.credential.ref });
    case "StatementIssued": return statementIssued(s, e);
    case "PastTouched": return pastTouched(accountOf(s, e.account), e.since);
    case "PastSettled": return pastSettled(s, accountOf(s, e.account), e);
    case "OccupancyAdjusted": return void s.adjustments.set(e.group, (s.adjustments.get(e.group) ?? 0) + e.delta);
    case "EntryRefused": case "PaymentDemanded": case "AttendantCalled": return;
    default: unreachable(e);
  }
}

/** In order of their beginning; of one instant the later said holds. */
function dated<V extends Dated<unknown>>(list: V[], one: V): void {
  const index = list.findIndex(({ from }) => from > one.from);
  list.splice(index < 0 ? list.length : index, 0, one);
}

function rightElsewhere(account: Account, right: RightElsewhere): void {
  account.elsewhere = [...account.elsewhere.filter(({ id }) => id !== right.id), right];
}

const accountOf = (s: Rights, id: string): Account => present(s.accounts.get(id), `account ${id}`);

/** What was said of an account holds from now on; what was settled before stays. */
function changed(s: Rights, id: string, at: Instant, change: (account: Account) => void): void {
  const account = accountOf(s, id);
  moveHead(s, account, at);
  change(account);
  refreshView(s, account, at);
}

function policySet(s: Rights, e: Event<"PolicySet">): void {
  const accounts = [...s.accounts.values()].filter(({ stays }) => stays.size > 0);
  for (const account of accounts) moveHead(s, account, e.at);
  const judged = accounts.map((account) => judgedAt(s, account, e.at));
  dated(s.policy, { from: e.from, value: e.policy, ...(e.reason === undefined ? {} : { reason: e.reason }), ...(e.by === undefined ? {} : { by: e.by }) });
  accounts.forEach((account, i) => {
    for (const [stay, before] of judged[i] ?? []) presenceChanged(s, account, stay, before);
    refreshView(s, account, e.at);
  });
}

/** A contract whose time has begun may cover what was settled without it. */
function evolveContract(s: Rights, e: Event<"ContractSigned" | "ContractEnded">): void {
  changed(s, e.account, e.at, (account) => {
    if (e.type === "ContractSigned") {
      account.contracts = [...account.contracts, e.contract].sort((a, b) => (a.id < b.id ? -1 : 1));
      invalidate(s, account, e.contract.from ?? BEGINNING.at);
    } else {
      account.contracts = account.contracts.map((one) => (one.id === e.contract ? { ...one, until: e.until } : one));
    }
  });
}

function endAgreements(account: Account, until: number, only: string | undefined): void {
  account.agreements = account.agreements.map((one) =>
    ((only === undefined || one.id === only) && (one.until ?? Infinity) > until ? { ...one, until } : one));
}

function bookingMade(s: Rights, e: Event<"BookingMade">): void {
  const account = accountOf(s, e.account);
  moveHead(s, account, e.at);
  const span = spanOf(e.booking, account.bookings, account.booked, s.policy);
  account.bookingsMade += 1;
  account.bookings.push(e.booking);
  account.booked = [...account.booked, span];
  s.reservations = s.reservations.filter(({ until }) => until > e.at);
  s.reservations.push({ booking: e.booking.id, account: e.account, parker: e.booking.parker, from: span.from, until: e.booking.to });
  invalidate(s, account, span.from);
  refreshView(s, account, e.at);
}

function bookingCancelled(s: Rights, e: Event<"BookingCancelled">): void {
  const account = accountOf(s, e.account);
  moveHead(s, account, e.at);
  const index = account.bookings.findIndex(({ id }) => id === e.booking);
  const [booking] = account.bookings.splice(index, 1);
  const cancelled = present(account.booked[index], e.booking);
  account.booked = respanned(account, account.booked.filter((span) => span !== cancelled), index, cancelled.parker, s.policy);
  s.reservations = s.reservations.filter((one) => one.account !== e.account || one.booking !== e.booking);
  invalidate(s, account, Math.min(cancelled.from, present(booking, e.booking).from));
  refreshView(s, account, e.at);
}

/** Later bookings of the parker may have gone on from one that is no more. */
function respanned(
  { bookings }: Account, spans: readonly BookedSpan[], since: number, parker: string, policy: Rights["policy"],
): readonly BookedSpan[] {
  const done: BookedSpan[] = [];
  bookings.forEach((booking, i) => {
    const kept = i < since || booking.parker !== parker;
    done.push(kept ? present(spans[i], "booked span") : spanOf(booking, bookings.slice(0, i), done, policy));
  });
  return done;
}

function credentialRemoved(s: Rights, e: Event<"CredentialRemoved">): void {
  const { account, parker } = present(s.credentials.get(e.credential), "credential");
  accountOf(s, account).parkers.get(parker)?.delete(e.credential);
  s.credentials.delete(e.credential);
  s.leaving.delete(e.credential);
}

function statementIssued(s: Rights, e: Event<"StatementIssued">): void {
  const { statement } = e;
  const account = accountOf(s, statement.account);
  account.statements.set(statement.month, statement);
  account.statedMonths.add(statement.month);
  s.statementNumbers.set(statement.year, (s.statementNumbers.get(statement.year) ?? 0) + 1);
  for (const line of statement.lines) {
    if (line.type === "contractFee") continue;
    if (account.unbilled.delete(line.item)) {
      account.billed.delete(line.item);
      continue;
    }
    const before = account.billed.get(line.item);
    account.billed.set(line.item, {
      statement: before?.statement ?? statement.number, amountMinor: (before?.amountMinor ?? 0) + line.amountMinor,
    });
  }
}
