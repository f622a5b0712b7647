/** Whether a contract or a pay-as-you-go agreement can be: its period, window, parkers, fee, group and tariff. */
import { DAY, type Instant } from "../../kernel/instant.ts";
import type { DeepReadonly } from "../../kernel/readonly.ts";
import { zoneOf } from "../../kernel/zone.ts";
import { compiledOf } from "../../rights/coverage/price.ts";
import type { OverflowTerms } from "../../rights/policy.ts";
import type { Agreement, Contract, WeeklyWindow } from "../../rights/timeline/facts.ts";
import type { ReadonlyAccount } from "./directory.ts";
import type { AgreementProblem, ContractProblem } from "./refusal.ts";
import type { OperatorFacility } from "./state.ts";

type Period = { readonly from: Instant | null; readonly until: Instant | null };

export const limitPossible = (limit: number | null): boolean => limit === null || (Number.isInteger(limit) && limit >= 0);
export const termsPossible = ({ overflowLimit }: OverflowTerms): boolean => limitPossible(overflowLimit);

const periodPossible = ({ from, until }: Period): boolean => from === null || until === null || from < until;
const periodsMeet = (a: Period, b: Period): boolean =>
  (a.from ?? -Infinity) < (b.until ?? Infinity) && (b.from ?? -Infinity) < (a.until ?? Infinity);

/** Ids are written into lists, statements and links. */
const ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$/;
export const idPossible = (id: string): boolean => ID.test(id);

export function contractProblem(
  account: ReadonlyAccount, facility: DeepReadonly<OperatorFacility>, contract: Contract,
): ContractProblem | null {
  if (!idPossible(contract.id)) return "id";
  if (!periodPossible(contract)) return "period";
  if (contract.window !== null && !windowPossible(contract.window)) return "window";
  if (contract.parkers?.length === 0 || contract.parkers?.some((parker) => !account.parkers.has(parker))) return "parkers";
  if (!Number.isSafeInteger(contract.monthlyFeeMinor) || contract.monthlyFeeMinor < 0) return "fee";
  if (!limitPossible(contract.overflowLimit)) return "overflowLimit";
  if (!facility.groups.includes(contract.group)) return "group";
  return isUseless(account, facility, contract) ? "overlap" : null;
}

/** More contracts at one time for the same few parkers than there are of them: one of them could never cover a car. */
function isUseless(account: ReadonlyAccount, facility: DeepReadonly<OperatorFacility>, contract: Contract): boolean {
  const own = contract.parkers;
  if (own === null) return false;
  const meet = (a: DeepReadonly<Contract>, b: DeepReadonly<Contract>): boolean => periodsMeet(a, b) && windowsMeet(a.window, b.window);
  const rivals = [...account.contracts.values()].flatMap(({ facility: where, contract: other }) =>
    (where === facility.id && other.parkers?.every((parker) => own.includes(parker)) && meet(other, contract) ? [other] : []));
  return rivals.some((one) => rivals.filter((other) => meet(one, other)).length >= new Set(own).size);
}

export const windowPossible = ({ days, fromMs, toMs }: WeeklyWindow): boolean =>
  days.length > 0 && days.every((day) => Number.isInteger(day) && day >= 1 && day <= 7) && new Set(days).size === days.length &&
  Number.isInteger(fromMs) && Number.isInteger(toMs) && fromMs >= 0 && fromMs < DAY && toMs >= 0 && toMs <= DAY;

const WEEK = 7 * DAY;

export function windowsMeet(a: DeepReadonly<WeeklyWindow> | null, b: DeepReadonly<WeeklyWindow> | null): boolean {
  if (a === null || b === null) return true;
  return spansOf(a).some((one) => spansOf(b).some((other) =>
    [-WEEK, 0, WEEK].some((week) => one.from < other.to + week && other.from + week < one.to)));
}

/** A window over midnight runs into the next day. */
const spansOf = ({ days, fromMs, toMs }: DeepReadonly<WeeklyWindow>): readonly { readonly from: number; readonly to: number }[] =>
  days.map((day) => ({ from: day * DAY + fromMs, to: day * DAY + (toMs <= fromMs ? toMs + DAY : toMs) }));

export function agreementProblem(
  account: ReadonlyAccount, facility: DeepReadonly<OperatorFacility>, agreement: Agreement,
): AgreementProblem | null {
  if (!idPossible(agreement.id)) return "id";
  if (!periodPossible(agreement)) return "period";
  if (agreement.parkers?.length === 0 || agreement.parkers?.some((parker) => !account.parkers.has(parker))) return "parkers";
  if (agreement.tariff !== null && !tariffPossible(agreement.tariff, facility)) return "tariff";
  const shares = (other: { readonly parkers: readonly string[] | null }): boolean =>
    other.parkers === null || agreement.parkers === null || other.parkers.some((parker) => agreement.parkers?.includes(parker));
  const rival = [...account.agreements.values()].some(({ facility: where, agreement: other }) =>
    where === facility.id && periodsMeet(other, agreement) && shares(other));
  return rival ? "overlap" : null;
}

function tariffPossible(tariff: NonNullable<Agreement["tariff"]>, facility: DeepReadonly<OperatorFacility>): boolean {
  const zone = zoneOf(facility.zone);
  return zone.ok && tariff.currency === facility.currency && compiledOf(tariff, zone.value).ok;
}
