/** The terms of a facility and its accounts: configuration, policy, tariff, contracts, agreements, bookings. */
import { canonicalJson } from "../../kernel/canonical.ts";
import { DAY, type Instant } from "../../kernel/instant.ts";
import { zoneOf } from "../../kernel/zone.ts";
import type { Tariff } from "../../tariff/tariff.ts";
import { compiledOf } from "../coverage/price.ts";
import { DEFAULT_POLICY, ERASE_PLATE_AFTER_MAX, type OverflowTerms, POLICY_VALUES, type Policy } from "../policy.ts";
import type { Agreement, Contract, WeeklyWindow } from "../timeline/facts.ts";
import type { TermsCommand } from "./command.ts";
import { type RightsDeciding, configOf, policyAt, zoneAt } from "./deciding.ts";
import type { RightsRefusal } from "./refusal.ts";
import type { Account, GroupConfig } from "./state.ts";

/** Bookings of one account at a time; more is a machine gone wild. */
export const BOOKINGS_MAX = 10_000;

export function decideTerms(d: RightsDeciding, command: TermsCommand): RightsRefusal | null {
  switch (command.type) {
    case "ConfigureRights": return configure(d, command);
    case "SetPolicy": {
      const from = command.from ?? d.now;
      return setPolicy(d, { ...policyAt(d.state, from), ...command.policy }, from, command.reason);
    }
    case "SetTariff": return setTariff(d, command.tariff, command.from ?? d.now);
    case "SetOpening":
      d.emit({ type: "OpeningSet", open: command.open, reason: command.reason });
      return null;
    case "OpenAccount":
      if (d.state.accounts.has(command.account)) return { type: "accountExists", account: command.account };
      return withTerms(command.terms) ?? done(d.emit({ type: "AccountOpened", account: command.account, terms: command.terms }));
    default: {
      const account = d.state.accounts.get(command.account);
      return account ? decideAccount(d, account, command) : { type: "accountUnknown", account: command.account };
    }
  }
}

const done = (_: void): null => null;

type AccountCommand = Exclude<TermsCommand, { readonly type: "ConfigureRights" | "SetPolicy" | "SetTariff" | "SetOpening" | "OpenAccount" }>;

function decideAccount(d: RightsDeciding, account: Account, command: AccountCommand): RightsRefusal | null {
  switch (command.type) {
    case "SetAccountTerms":
      return withTerms(command.terms) ?? done(d.emit({ type: "AccountTermsSet", account: account.id, terms: command.terms }));
    case "SignContract": return signContract(d, account, command.contract);
    case "EndContract": return endContract(d, account, command.contract, command.until);
    case "MakeAgreement": return makeAgreement(d, account, command.agreement);
    case "EndAgreement": return endAgreement(d, account, command.agreement, command.until);
    case "SwitchPayAsYouGo": return switchPayAsYouGo(d, account, command.enabled);
    case "NoteRightElsewhere": {
      const { from, until } = command.right;
      if (from !== null && until !== null && until <= from) return { type: "rightImpossible", why: "period" };
      return done(d.emit({ type: "RightElsewhereNoted", account: account.id, right: command.right }));
    }
    case "MakeBooking": return makeBooking(d, account, command);
    case "CancelBooking": return cancelBooking(d, account, command.booking);
  }
}

const withTerms = ({ overflowLimit }: OverflowTerms): RightsRefusal | null =>
  limitPossible(overflowLimit) ? null : { type: "policyImpossible", key: "overflowLimit" };

const limitPossible = (limit: number | null): boolean => limit === null || (Number.isInteger(limit) && limit >= 0);

function configure(d: RightsDeciding, command: TermsCommand & { readonly type: "ConfigureRights" }): RightsRefusal | null {
  const { config } = command;
  const zone = zoneOf(config.zone);
  if (!zone.ok) return { type: "zoneUnknown", zone: config.zone };
  const wrong = config.groups.find((group) => !groupPossible(group, config.groups));
  if (wrong) return { type: "groupsImpossible", group: wrong.id };
  const { shortTermGroup, contractGroup, seasonGroup, serviceGroup } = config;
  const unknown = [shortTermGroup, contractGroup, seasonGroup, serviceGroup].find((id) => !config.groups.some((group) => group.id === id));
  if (unknown !== undefined) return { type: "groupUnknown", group: unknown };
  if (d.state.config !== null) {
    if (canonicalJson(d.state.config) === canonicalJson(config)) return { type: "nothingToDo", what: "rightsConfigured" };
    d.emit({ type: "RightsConfigured", config });
    return null;
  }
  const { tariff } = command;
  const compiled = tariff === null ? null : compiledOf(tariff, zone.value);
  if (compiled && !compiled.ok) return { type: "tariffRefused", findings: compiled.error.findings.map(({ message }) => message) };
  const policy: Policy = { ...DEFAULT_POLICY, ...command.policy };
  const key = impossibleKey(policy);
  if (key !== null) return { type: "policyImpossible", key };
  d.emit({ type: "RightsConfigured", config });
  d.emit({ type: "PolicySet", policy, from: d.now });
  if (tariff !== null) d.emit({ type: "TariffSet", tariff, from: d.now });
  return null;
}

/** Named once, whole spaces, and around it a group that is not inside it. */
function groupPossible(group: GroupConfig, groups: readonly GroupConfig[]): boolean {
  if (!Number.isInteger(group.spaces) || group.spaces < 0 || groups.filter(({ id }) => id === group.id).length > 1) return false;
  let outer: GroupConfig | undefined = group;
  for (let depth = 0; depth <= groups.length; depth++) {
    if (outer === undefined) return false;
    if (outer.within === null) return true;
    const within: string = outer.within;
    outer = groups.find(({ id }) => id === within);
  }
  return false;
}

function impossibleKey(policy: Policy): string | null {
  const worded = (Object.keys(POLICY_VALUES) as (keyof typeof POLICY_VALUES)[])
    .find((key) => !(POLICY_VALUES[key] as readonly string[]).includes(policy[key]));
  if (worded !== undefined) return worded;
  for (const key of ["bookingEarlyTolerance", "bookingLateTolerance", "exitGrace", "erasePlateAfter"] as const) {
    if (!Number.isSafeInteger(policy[key]) || policy[key] < 0) return key;
  }
  if (policy.erasePlateAfter > ERASE_PLATE_AFTER_MAX) return "erasePlateAfter";
  return limitPossible(policy.overflowLimit) ? null : "overflowLimit";
}

/** Never in the past: what policy and tariff were decided with, and priced by, stays. */
function setPolicy(d: RightsDeciding, policy: Policy, from: Instant, reason?: string): RightsRefusal | null {
  const key = impossibleKey(policy);
  if (key !== null) return { type: "policyImpossible", key };
  if (from < d.now) return { type: "datedBack", from };
  d.emit({ type: "PolicySet", policy, from, ...(reason === undefined ? {} : { reason }) });
  return null;
}

function setTariff(d: RightsDeciding, tariff: Tariff, from: Instant): RightsRefusal | null {
  if (from < d.now) return { type: "datedBack", from };
  const compiled = compiledOf(tariff, zoneAt(d.state));
  if (!compiled.ok) return { type: "tariffRefused", findings: compiled.error.findings.map(({ message }) => message) };
  if (tariff.currency !== configOf(d.state).currency) return { type: "tariffRefused", findings: [`currency ${tariff.currency}`] };
  d.emit({ type: "TariffSet", tariff, from });
  return null;
}

function signContract(d: RightsDeciding, account: Account, contract: Contract): RightsRefusal | null {
  if (account.contracts.some(({ id }) => id === contract.id)) return { type: "contractExists", contract: contract.id };
  const { from, until, window, parkers } = contract;
  if (from !== null && until !== null && until <= from) return { type: "contractImpossible", why: "period" };
  if (window !== null && !windowPossible(window)) return { type: "contractImpossible", why: "window" };
  if (parkers?.some((parker) => !account.parkers.has(parker))) return { type: "contractImpossible", why: "parkers" };
  if (!Number.isInteger(contract.monthlyFeeMinor) || contract.monthlyFeeMinor < 0) return { type: "contractImpossible", why: "fee" };
  if (!limitPossible(contract.overflowLimit)) return { type: "contractImpossible", why: "overflowLimit" };
  const group = configOf(d.state).groups.find(({ id }) => id === contract.group);
  if (!group) return { type: "contractImpossible", why: "group" };
  const sold = [...d.state.accounts.values()]
    .reduce((sum, one) => sum + one.contracts.filter((other) => other.group === group.id && (other.until ?? Infinity) > d.now).length, 1);
  d.emit({
    type: "ContractSigned", account: account.id, contract,
    oversold: sold > group.spaces ? { group: group.id, contracts: sold, spaces: group.spaces } : null,
  });
  return null;
}

const windowPossible = ({ days, fromMs, toMs }: WeeklyWindow): boolean =>
  days.length > 0 && days.every((day) => Number.isInteger(day) && day >= 1 && day <= 7) &&
  fromMs >= 0 && fromMs < DAY && toMs >= 0 && toMs <= DAY;

/** Never in the past: what it covered stays covered. */
function endContract(d: RightsDeciding, account: Account, id: string, until: number): RightsRefusal | null {
  const contract = account.contracts.find((one) => one.id === id);
  if (!contract) return { type: "contractUnknown", contract: id };
  if (until < d.now || (contract.from !== null && until <= contract.from)) return { type: "contractImpossible", why: "period" };
  d.emit({ type: "ContractEnded", account: account.id, contract: id, until });
  return null;
}

function makeAgreement(d: RightsDeciding, account: Account, agreement: Agreement): RightsRefusal | null {
  const { from, until, parkers, tariff } = agreement;
  if (from !== null && until !== null && until <= from) return { type: "agreementImpossible", why: "period" };
  if (account.agreements.some(({ id }) => id === agreement.id)) return { type: "agreementImpossible", why: "overlap" };
  if (parkers?.some((parker) => !account.parkers.has(parker))) return { type: "agreementImpossible", why: "parkers" };
  if (tariff !== null) {
    if (tariff.currency !== configOf(d.state).currency) return { type: "agreementImpossible", why: "currency" };
    const compiled = compiledOf(tariff, zoneAt(d.state));
    if (!compiled.ok) return { type: "tariffRefused", findings: compiled.error.findings.map(({ message }) => message) };
  }
  d.emit({ type: "AgreementMade", account: account.id, agreement });
  return null;
}

/** Never in the past: the stays it began are paid by it. */
function endAgreement(d: RightsDeciding, account: Account, id: string, until: number): RightsRefusal | null {
  const known = account.agreements.find((one) => one.id === id);
  if (!known) return { type: "contractUnknown", contract: id };
  if (until < d.now || (known.until ?? Infinity) <= until) return { type: "agreementImpossible", why: "period" };
  d.emit({ type: "AgreementsEnded", account: account.id, until, agreement: id });
  return null;
}

function switchPayAsYouGo(d: RightsDeciding, account: Account, enabled: boolean): RightsRefusal | null {
  const last = account.agreements.at(-1);
  const running = account.agreements.some(({ until }) => (until ?? Infinity) > d.now);
  if (running === enabled) return { type: "nothingToDo", what: enabled ? "payAsYouGoEnabled" : "payAsYouGoDisabled" };
  if (!enabled) {
    d.emit({ type: "AgreementsEnded", account: account.id, until: d.now });
    return null;
  }
  return makeAgreement(d, account, {
    id: `payAsYouGo-${account.agreements.length + 1}`, from: d.now, until: null, parkers: last?.parkers ?? null, tariff: last?.tariff ?? null,
  });
}

function makeBooking(d: RightsDeciding, account: Account, command: TermsCommand & { readonly type: "MakeBooking" }): RightsRefusal | null {
  const { parker, from, to } = command;
  if (!account.parkers.has(parker)) return { type: "parkerUnknown", parker };
  if (to <= from) return { type: "bookingImpossible", why: "endsBeforeStart" };
  if (to <= d.now) return { type: "bookingImpossible", why: "over" };
  if (account.bookings.length >= BOOKINGS_MAX) return { type: "bookingImpossible", why: "tooMany" };
  const id = `${account.id}-b${account.bookingsMade + 1}`;
  d.emit({ type: "BookingMade", account: account.id, booking: { id, parker, from, to, madeAt: d.now } });
  return null;
}

/** What a booking that has begun covered stays covered, so it can only be cancelled before. */
function cancelBooking(d: RightsDeciding, account: Account, id: string): RightsRefusal | null {
  const booking = account.bookings.find((one) => one.id === id);
  if (!booking) return { type: "bookingUnknown", booking: id };
  const begins = Math.max(booking.from - policyAt(d.state, booking.madeAt).bookingEarlyTolerance, booking.madeAt);
  if (d.now >= begins) return { type: "bookingImpossible", why: "begun" };
  d.emit({ type: "BookingCancelled", account: account.id, booking: id });
  return null;
}
