/** Folds the events of a facility's rights into its state; the only code that changes it. */
import { present, unreachable } from "../../kernel/assert.ts";
import { DAY, type DurationMs } from "../../kernel/instant.ts";
import { FOREVER } from "../timeline/facts.ts";
import { bookedSpans } from "../timeline/booked.ts";
import type { Dated } from "../policy.ts";
import { advanceAccount, changeStay, invalidate, moveHorizon, visitorSegments } from "./covering.ts";
import { zoneAt } from "./deciding.ts";
import type { RecordedRights } from "./event.ts";
import { EXTERNAL_RIGHT_KEPT, grantedTo, isSame, spanOfExternal } from "./granting.ts";
import {
  type Account, type ExternalRight, type RightElsewhere, type Rights, type Stay, emptyAccount, openStay, parkerKey,
} from "./state.ts";
import { monthOf } from "./statement.ts";

/** Coverage further back than this is settled; later facts about it become corrections. */
export const HORIZON: DurationMs = 35 * DAY;
/** The horizon moves in steps, so that settling is not done at every entry. */
const HORIZON_STEP: DurationMs = 7 * DAY;

type Event<T extends RecordedRights["type"]> = Extract<RecordedRights, { readonly type: T }>;

export function evolveRights(s: Rights, e: RecordedRights): void {
  s.now = e.at;
  switch (e.type) {
    case "RightsConfigured":
      s.config = e.config;
      for (const { id } of e.config.groups) if (!s.groups.has(id)) s.groups.set(id, new Set());
      return;
    case "PolicySet": return dated(s.policy, { from: e.from, value: e.policy });
    case "TariffSet": return dated(s.tariffs, { from: e.from, value: e.tariff });
    case "OpeningSet": return void (s.open = e.open);
    case "AccountOpened": return void s.accounts.set(e.account, emptyAccount(e.account, e.terms, e.at));
    case "AccountTermsSet": return void accountOf(s, e.account).terms.push({ from: e.at, value: e.terms });
    case "ContractSigned": case "ContractEnded": return evolveContract(s, e);
    case "AgreementMade": return void accountOf(s, e.account).agreements.push(e.agreement);
    case "AgreementsEnded": return endAgreements(accountOf(s, e.account), e.until, e.agreement);
    case "RightElsewhereNoted": return rightElsewhere(accountOf(s, e.account), e.right);
    case "CardRightLearnt": return void s.cards.set(e.card, e.right);
    case "ExternalRightLearnt": case "ExternalRightRevoked": return externalRight(s, e);
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
    case "StayOpened": return stayOpened(s, e);
    case "StayClosed": return stayClosed(s, e);
    case "ExitTimeGiven": return exitTimeGiven(s, e);
    case "StayPaid": return stayPaid(s, e);
    case "NeutralSet": return neutralSet(s, e);
    case "CoverageAdvanced": return coverageAdvanced(s, e);
    case "ExitWithoutEntry":
      if (e.charge && e.account !== null) accountOf(s, e.account).incidents.push({ ...e.charge, at: e.at, credential: e.credential.ref });
      return;
    case "StatementIssued": return statementIssued(s, e);
    case "OccupancyAdjusted": return void s.adjustments.set(e.group, (s.adjustments.get(e.group) ?? 0) + e.delta);
    case "EntryRefused": case "PaymentDemanded": case "AttendantCalled": return;
    default: unreachable(e);
  }
}

/** In order of their beginning; of one instant the later said holds. */
function dated<T>(list: Dated<T>[], one: Dated<T>): void {
  const index = list.findIndex(({ from }) => from > one.from);
  list.splice(index < 0 ? list.length : index, 0, one);
}

function rightElsewhere(account: Account, right: RightElsewhere): void {
  account.elsewhere = [...account.elsewhere.filter(({ id }) => id !== right.id), right];
}

/** Holds from the right's own beginning, for the open stay of its credential too; a revoked one ends now. */
function externalRight(s: Rights, e: Event<"ExternalRightLearnt" | "ExternalRightRevoked">): void {
  const { credential } = e.right;
  const right: ExternalRight = e.type === "ExternalRightLearnt" ? e.right : { ...e.right, until: Math.min(e.right.until, e.at) };
  const others = (s.externals.get(credential) ?? [])
    .filter((one) => !isSame(one, right) && one.until > e.at - EXTERNAL_RIGHT_KEPT);
  const kept = right.until > right.from ? [...others, right] : others;
  if (kept.length > 0) s.externals.set(credential, kept);
  else s.externals.delete(credential);
  const id = s.openByCredential.get(credential);
  const place = id === undefined ? null : openStay(s, id);
  if (!place) return;
  const { stay, account } = place;
  const before = stay.granted.filter((span) => span.kind === "external" && isSame({ ...span, provider: span.provider ?? "" }, right));
  const after = right.until > right.from ? [spanOfExternal(right)] : [];
  stay.granted = [...stay.granted.filter((span) => !before.includes(span)), ...after];
  if (!account) return void (stay.cover = visitorSegments(s, stay, e.at + 1).at(-1)?.cover ?? stay.cover);
  invalidate(s, account, Math.max(stay.enteredAt, Math.min(...[...before, ...after].map(({ from }) => from))));
  advanceAccount(s, account, e.at);
}

const accountOf = (s: Rights, id: string): Account => present(s.accounts.get(id), `account ${id}`);

/** A contract whose time has begun may cover what was settled without it. */
function evolveContract(s: Rights, e: Event<"ContractSigned" | "ContractEnded">): void {
  const account = accountOf(s, e.account);
  if (e.type === "ContractSigned") {
    account.contracts = [...account.contracts, e.contract].sort((a, b) => (a.id < b.id ? -1 : 1));
    if (account.stays.size + account.frozen.size > 0) invalidate(s, account, e.contract.from ?? -Infinity);
  } else {
    account.contracts = account.contracts.map((one) => (one.id === e.contract ? { ...one, until: e.until } : one));
  }
  advanceAccount(s, account, e.at);
}

function endAgreements(account: Account, until: number, only: string | undefined): void {
  account.agreements = account.agreements.map((one) =>
    ((only === undefined || one.id === only) && (one.until ?? Infinity) > until ? { ...one, until } : one));
}

function bookingMade(s: Rights, e: Event<"BookingMade">): void {
  const account = accountOf(s, e.account);
  account.bookings.push(e.booking);
  account.bookingsMade += 1;
  account.booked = bookedSpans(account.bookings, s.policy);
  const span = present(account.booked.find(({ booking }) => booking === e.booking.id), "booked span");
  s.reservations = s.reservations.filter(({ until }) => until > e.at);
  s.reservations.push({ booking: e.booking.id, account: e.account, parker: e.booking.parker, from: span.from, until: e.booking.to });
  invalidate(s, account, span.from);
  advanceAccount(s, account, e.at);
}

function bookingCancelled(s: Rights, e: Event<"BookingCancelled">): void {
  const account = accountOf(s, e.account);
  const index = account.bookings.findIndex(({ id }) => id === e.booking);
  const [booking] = account.bookings.splice(index, 1);
  account.booked = bookedSpans(account.bookings, s.policy);
  s.reservations = s.reservations.filter((one) => one.account !== e.account || one.booking !== e.booking);
  invalidate(s, account, present(booking, e.booking).from);
  advanceAccount(s, account, e.at);
}

function credentialRemoved(s: Rights, e: Event<"CredentialRemoved">): void {
  const { account, parker } = present(s.credentials.get(e.credential), "credential");
  accountOf(s, account).parkers.get(parker)?.delete(e.credential);
  s.credentials.delete(e.credential);
  s.leaving.delete(e.credential);
}

function stayOpened(s: Rights, e: Event<"StayOpened">): void {
  s.staysCount += 1;
  const stay: Stay = {
    id: e.stay, order: s.staysCount, account: e.account, parker: e.parker, credential: e.credential.ref, kind: e.credential.kind,
    enteredAt: e.at, basis: e.basis, payer: e.payer, agreement: e.agreement, irregular: e.irregular, group: e.group, cover: e.cover,
    end: null, neutralAt: null, provenAt: null, paidMinor: 0, paidAt: null, granted: grantedTo(s, e.credential.ref),
  };
  s.openByCredential.set(stay.credential, stay.id);
  s.accountOfOpen.set(stay.id, e.account);
  groupSet(s, stay.group).add(stay.id);
  if (e.account === null || e.parker === null) return void s.visitors.set(stay.id, stay);
  const account = accountOf(s, e.account);
  s.openByParker.set(parkerKey(e.account, e.parker), stay.id);
  account.stays.set(stay.id, stay);
  account.open.add(stay.id);
  advanceAccount(s, account, e.at);
  account.current.add(stay.id);
  advanceAccount(s, account, e.at);
  if (account.base.sweep.at < e.at - HORIZON - HORIZON_STEP) moveHorizon(s, account, e.at - HORIZON);
}

const groupSet = (s: Rights, group: string): Set<string> => present(s.groups.get(group), `group ${group}`);

function stayClosed(s: Rights, e: Event<"StayClosed">): void {
  const { stay, account } = present(openStay(s, e.stay), `open stay ${e.stay}`);
  if (s.openByCredential.get(stay.credential) === stay.id) s.openByCredential.delete(stay.credential);
  s.accountOfOpen.delete(stay.id);
  groupSet(s, stay.group).delete(stay.id);
  if (!account || stay.account === null || stay.parker === null) {
    stay.end = e.end;
    s.visitors.delete(stay.id);
    if (e.cause === "backedOut") return;
    s.goneVisitors.set(stay.id, stay);
    for (const [id, gone] of s.goneVisitors) {
      if (closedAt(gone) > e.at - HORIZON) break;
      s.goneVisitors.delete(id);
    }
    return;
  }
  s.openByParker.delete(parkerKey(stay.account, stay.parker));
  account.open.delete(stay.id);
  if (e.cause === "superseded") account.supersededCount += 1;
  const { parker } = stay;
  if (e.cause !== "backedOut") s.reservations = s.reservations.filter((one) => one.account !== account.id || one.parker !== parker || one.from > e.at || one.until <= e.at);
  const proves = e.end.type === "seen" || e.end.givenAt !== null;
  changeStay(s, account, stay, (changed) => {
    changed.end = e.end;
    if (proves && changed.neutralAt !== null) changed.provenAt ??= e.at;
  });
  if (e.cause === "backedOut") forget(account, stay);
  advanceAccount(s, account, e.at);
}

/** A stay that never was: it has no length, so no coverage knows it any more. */
function forget(account: Account, { id }: Stay): void {
  account.stays.delete(id);
  account.current.delete(id);
  account.segments.delete(id);
}

const closedAt = ({ end }: Stay): number =>
  (end === null ? FOREVER : end.type === "seen" ? end.at : end.noticedAt);

function exitTimeGiven(s: Rights, e: Event<"ExitTimeGiven">): void {
  const end = (stay: Stay): Stay["end"] =>
    stay.end?.type === "unseen" ? { ...stay.end, givenAt: e.exitedAt } : stay.end;
  const visitor = s.goneVisitors.get(e.stay);
  if (visitor) return void (visitor.end = end(visitor));
  for (const account of s.accounts.values()) {
    const stay = account.stays.get(e.stay) ?? account.frozen.get(e.stay)?.stay;
    if (!stay) continue;
    changeStay(s, account, stay, (changed) => {
      changed.end = end(changed);
      if (changed.neutralAt !== null) changed.provenAt ??= e.at;
    });
    return advanceAccount(s, account, e.at);
  }
  unreachable(e.stay as never);
}

function stayPaid(s: Rights, e: Event<"StayPaid">): void {
  const { stay, account } = present(openStay(s, e.stay), `open stay ${e.stay}`);
  const pay = (paid: Stay): void => {
    paid.paidMinor += e.amountMinor;
    paid.paidAt = e.at;
    if (paid.neutralAt !== null) paid.provenAt ??= e.at;
  };
  if (!account) return pay(stay);
  changeStay(s, account, stay, pay);
  advanceAccount(s, account, e.at);
}

function neutralSet(s: Rights, e: Event<"NeutralSet">): void {
  const touched = new Set<Account>();
  for (const id of e.stays) {
    const { stay, account } = present(openStay(s, id), `open stay ${id}`);
    if (!account) stay.neutralAt = e.at;
    else {
      changeStay(s, account, stay, (changed) => { changed.neutralAt = e.at; });
      touched.add(account);
    }
  }
  for (const account of touched) advanceAccount(s, account, e.at);
}

function coverageAdvanced(s: Rights, e: Event<"CoverageAdvanced">): void {
  const account = accountOf(s, e.account);
  for (const { stay: id, cover, group } of e.changes) {
    const stay = present(account.stays.get(id), `stay ${id}`);
    stay.cover = cover;
    if (stay.group === group) continue;
    groupSet(s, stay.group).delete(id);
    groupSet(s, group).add(id);
    stay.group = group;
  }
  advanceAccount(s, account, e.at);
}

function statementIssued(s: Rights, e: Event<"StatementIssued">): void {
  const { statement } = e;
  const account = accountOf(s, statement.account);
  account.statements.set(statement.month, statement);
  s.statementNumbers.set(statement.year, (s.statementNumbers.get(statement.year) ?? 0) + 1);
  for (const line of statement.lines) {
    if (line.type === "contractFee") continue;
    const before = account.billed.get(line.item);
    account.billed.set(line.item, {
      statement: before?.statement ?? statement.number, amountMinor: (before?.amountMinor ?? 0) + line.amountMinor,
    });
  }
  advanceAccount(s, account, e.at);
  const month = present(monthOf(s, statement.month), statement.month);
  moveHorizon(s, account, Math.min(month.until, zoneAt(s).startOfDay(e.at)));
}
