/**
 * What staff should look at: parkers whose exits are missed again and again, stays paid too much or too little at the
 * machine, groups with more contracts than spaces, acts out of the ordinary. Pure, over what is within reach.
 */
import type { Instant } from "../../kernel/instant.ts";
import type { MinorUnits } from "../../kernel/money.ts";
import { chargeable } from "../coverage/coverage.ts";
import { totalOf } from "../coverage/price.ts";
import type { AccountId, CredentialRef, ParkerId, StayId } from "../timeline/facts.ts";
import { contractValid } from "../timeline/window.ts";
import { endInstant } from "../timeline/presence.ts";
import { tariffsOf } from "./billing.ts";
import { segmentsUntil, visitorSegments } from "./covering.ts";
import { configOf, zoneAt } from "./deciding.ts";
import type { RecordedRights } from "./event.ts";
import type { Account, Rights, Stay } from "./state.ts";

/** Once may be a missed camera; the third time somebody should ask. */
export const SUPERSEDED_OFTEN = 3;

export type OftenSuperseded = { readonly account: AccountId; readonly parker: ParkerId; readonly times: number; readonly lastAt: Instant };

/** Parkers whose stay was closed by their next entry at least so often since `from`, most often first. */
export function oftenSuperseded(state: Rights, from: Instant, times = SUPERSEDED_OFTEN): readonly OftenSuperseded[] {
  const found: OftenSuperseded[] = [];
  for (const account of state.accounts.values()) {
    const byParker = new Map<ParkerId, Instant[]>();
    for (const { parker, end, endedBy } of account.stays.values()) {
      if (endedBy !== "superseded" || end?.type !== "unseen" || end.noticedAt < from || parker === null) continue;
      byParker.set(parker, [...(byParker.get(parker) ?? []), end.noticedAt]);
    }
    for (const [parker, at] of byParker) {
      if (at.length >= times) found.push({ account: account.id, parker, times: at.length, lastAt: Math.max(...at) });
    }
  }
  return found.sort((a, b) => b.times - a.times || b.lastAt - a.lastAt);
}

/** `differenceMinor` above zero: paid too little; below: too much. It is never collected or given back by itself. */
export type PaidDifference = {
  readonly stay: StayId; readonly account: AccountId | null; readonly credential: CredentialRef; readonly endedAt: Instant;
  readonly paidMinor: MinorUnits;
  /** Null: the tariff has no price. */
  readonly priceMinor: MinorUnits | null; readonly differenceMinor: MinorUnits | null;
};

/** Stays that the machine was to be paid for, ended since `from`, whose price by what is known now is not what was paid. */
export function paidDifferences(state: Rights, from: Instant): readonly PaidDifference[] {
  const found: PaidDifference[] = [];
  const look = (stay: Stay, account: Account | null): void => {
    if (stay.payer !== "machine" || stay.end === null) return;
    const endedAt = endInstant(stay.enteredAt, stay.end, state.policy);
    if ((stay.end.type === "seen" ? endedAt : stay.end.noticedAt) < from) return;
    const priceMinor = priceOfEnded(state, stay, account);
    if (priceMinor === stay.paidMinor) return;
    found.push({
      stay: stay.id, account: stay.account, credential: stay.credential, endedAt, paidMinor: stay.paidMinor, priceMinor,
      differenceMinor: priceMinor === null ? null : priceMinor - stay.paidMinor,
    });
  };
  for (const account of state.accounts.values()) for (const stay of account.stays.values()) look(stay, account);
  for (const stay of state.goneVisitors.values()) look(stay, null);
  return found.sort((a, b) => a.endedAt - b.endedAt || (a.stay < b.stay ? -1 : 1));
}

function priceOfEnded(state: Rights, stay: Stay, account: Account | null): MinorUnits | null {
  const segments = account === null ? visitorSegments(state, stay, state.now) : segmentsUntil(state, account, stay, state.now, true);
  const charged = chargeable(segments);
  if (charged.length === 0) return 0;
  // A payment holds for the time of grace after it: who left within it owes nothing more.
  const graceFrom = stay.end?.type === "seen" && stay.paidAt !== null && stay.end.at - stay.paidAt <= graceAt(state, stay.end.at) ? stay.paidAt : null;
  const until = graceFrom ?? Infinity;
  const counted = charged.map(({ from, to }) => ({ from, to: Math.min(to, until) })).filter(({ from, to }) => from < to);
  if (counted.length === 0) return 0;
  const total = totalOf(counted, tariffsOf(state, account, stay.agreement), zoneAt(state));
  return total.ok ? total.value : null;
}

const graceAt = (state: Rights, at: Instant): number => state.policy.findLast(({ from }) => from <= at)?.value.exitGrace ?? 0;

/** More contracts valid at an instant than the group has spaces: on a full day somebody finds none. */
export type OversoldGroup = { readonly group: string; readonly contracts: number; readonly spaces: number };

export function oversoldGroups(state: Rights, at: Instant): readonly OversoldGroup[] {
  const zone = zoneAt(state);
  const sold = new Map<string, number>();
  for (const { contracts } of state.accounts.values()) {
    for (const contract of contracts) {
      if (contractValid(contract, at, zone)) sold.set(contract.group, (sold.get(contract.group) ?? 0) + 1);
    }
  }
  return configOf(state).groups.flatMap(({ id, spaces }) => {
    const contracts = sold.get(id) ?? 0;
    return contracts > spaces ? [{ group: id, contracts, spaces }] : [];
  });
}

export type IrregularAct = {
  readonly act: "admitted" | "released" | "releasedWithoutEntry" | "exitWithoutEntry" | "closed" | "timeGiven" | "neutral" | "adjusted" | "held" | "holdReleased";
  readonly at: Instant; readonly by: string | null; readonly reason: string | null;
  readonly stays: readonly StayId[]; readonly credential: CredentialRef | null;
  readonly group: string | null;
  /** Left unpaid by it; null: nothing, or unknown. */
  readonly unpaidMinor: MinorUnits | null;
};

/** What an event was, if it was out of the ordinary; a list is made by asking every event of a journal. */
export function irregularActOf(event: RecordedRights): IrregularAct | null {
  const base = { at: event.at, by: event.by ?? null, reason: null, stays: [], credential: null, group: null, unpaidMinor: null };
  switch (event.type) {
    case "StayOpened":
      return event.irregular ? { ...base, act: "admitted", stays: [event.stay], credential: event.credential.ref, reason: reasonOf(event.why) } : null;
    case "StayClosed": {
      const act = event.cause === "releasedByStaff" ? "released" : event.cause === "closedByStaff" ? "closed" : null;
      return act === null ? null
        : { ...base, act, stays: [event.stay], credential: event.credential, reason: reasonOf(event.why), unpaidMinor: event.unpaidMinor };
    }
    case "ExitWithoutEntry":
      return { ...base, act: event.irregular ? "releasedWithoutEntry" : "exitWithoutEntry", credential: event.credential.ref, reason: reasonOf(event.why) };
    case "ExitTimeGiven": return { ...base, act: "timeGiven", stays: [event.stay], reason: event.reason };
    case "NeutralSet": return { ...base, act: "neutral", stays: event.stays, reason: event.reason };
    case "OccupancyAdjusted": return { ...base, act: "adjusted", group: event.group, reason: event.reason };
    case "CredentialHeld": return { ...base, act: "held", stays: [event.hold.stay], credential: event.hold.credential, reason: event.reason };
    case "CredentialHoldReleased": return { ...base, act: "holdReleased", stays: [event.stay], credential: event.credential, reason: event.reason };
    case "RightsConfigured": case "PolicySet": case "TariffSet": case "OpeningSet": case "AccountOpened": case "AccountTermsSet":
    case "ContractSigned": case "ContractEnded": case "AgreementMade": case "AgreementsEnded": case "RightElsewhereNoted": case "BookingMade":
    case "BookingCancelled": case "ParkerAdded": case "CredentialAdded": case "CredentialBlocked": case "CredentialRemovalAwaited":
    case "CredentialRemoved": case "CardRightLearnt": case "ExternalRightLearnt": case "ExternalRightRevoked": case "EntryRefused":
    case "PaymentDemanded": case "StayPaid": case "AttendantCalled": case "CoverageAdvanced": case "StatementIssued":
    case "PastTouched": case "PastSettled":
      return null;
  }
}

const reasonOf = ({ facts }: { readonly facts: Readonly<Record<string, string | number>> }): string | null =>
  (facts["reason"] === undefined ? null : String(facts["reason"]));
