/**
 * By what right a car may enter: rules 4 and 5 of the entry, then the first basis that applies.
 *
 *   booking, season ticket, contract, provider's right, service card, beyond the contingent, pay-as-you-go, short-term
 */
import type { Instant } from "../../kernel/instant.ts";
import type { Cover, Sweep } from "../coverage/scene.ts";
import { overflowOf } from "../coverage/scene.ts";
import { contractFor, fittingOf } from "../coverage/matching.ts";
import { bookingToEnter } from "../timeline/booked.ts";
import { type Agreement, type Contract, type ContractId, type ParkerId, type StayId, admits, within } from "../timeline/facts.ts";
import { validSpanAt } from "../timeline/window.ts";
import { type Why, because } from "../why.ts";
import { sceneOf, viewOf, viewWithout } from "./covering.ts";
import { configOf, policyAt, zoneAt } from "./deciding.ts";
import type { Notice } from "./event.ts";
import { type Own, hasOwn } from "./granting.ts";
import type { EntryRefusal, NotAuthorisedReason } from "./refusal.ts";
import type { Account, Basis, Credential, Rights } from "./state.ts";

export type Admission = {
  readonly basis: Basis; readonly group: string; readonly cover: Cover; readonly agreement: string | null;
  readonly notice: Notice | null; readonly why: Why;
};
type Refused = { readonly refusal: EntryRefusal; readonly why: Why };
export type Judged = { readonly admitted: Admission } | { readonly refused: Refused };

export const refused = (refusal: EntryRefusal, why: Why): Judged => ({ refused: { refusal, why } });

const UNCOVERED: Cover = { type: "uncovered" };
export const shortTermAdmission = (state: Rights): Admission => ({
  basis: "shortTerm", group: configOf(state).shortTermGroup, cover: UNCOVERED, agreement: null, notice: null, why: because("shortTerm"),
});

/** By the first of these that the credential's own rights give. */
export function ownAdmission(state: Rights, own: Own, order: readonly ("seasonTicket" | "external" | "service")[]): Admission | null {
  const { shortTermGroup, seasonGroup, serviceGroup } = configOf(state);
  const none = { agreement: null, notice: null };
  for (const basis of order) {
    if (basis === "seasonTicket" && own.season) {
      const { right } = own.season;
      return { ...none, basis, group: seasonGroup, cover: { type: basis, right }, why: because(basis, { right }) };
    }
    if (basis === "external" && own.external) {
      const { right, provider } = own.external;
      return { ...none, basis, group: shortTermGroup, cover: { type: basis, right, provider: provider ?? "" },
        why: because(basis, { right, provider: provider ?? "" }) };
    }
    if (basis === "service" && own.service) {
      const { right } = own.service;
      return { ...none, basis, group: serviceGroup, cover: { type: basis, right }, why: because(basis, { right }) };
    }
  }
  return null;
}

/** What is wrong with the card, or that a provider's right is over. */
export function ownReason({ card, expired }: Own): NotAuthorisedReason | null {
  switch (card) {
    case "wrongFacility": case "expired": case "outsideWindow": return card;
    case "notYetValid": case "credentialBlocked": return "noRight";
    case null: return expired ? "expired" : null;
  }
}

export const noRight = (reason: NotAuthorisedReason, policy: Why["policy"]): Judged =>
  refused({ type: "notAuthorised", reason }, because("noRight", { reason }, policy));

/** What an account's rights say now, with the stay to be superseded taken as closed. */
export type Standing = {
  readonly view: Sweep;
  /** Valid now, by id. */
  readonly valid: readonly Contract[];
  /** The one the parker would have; null: all that admit it are in use. */
  readonly contract: ContractId | null;
  readonly agreement: Agreement | undefined;
};

export function standingOf(state: Rights, account: Account, parker: ParkerId, old: StayId | null, now: Instant): Standing {
  const zone = zoneAt(state);
  const view = old === null ? viewOf(state, account, now) : viewWithout(state, account, old, now);
  const valid = validSpanAt(account.contracts, now, zone).contracts;
  return {
    view, valid, contract: contractFor(parker, view.live.values(), valid),
    agreement: account.agreements.findLast((one) => within(one, now) && admits(one, parker)),
  };
}

/** The booking whose interval, with its early tolerance, runs now. */
export const bookingNow = ({ booked }: Account, parker: ParkerId, now: Instant): string | null =>
  (booked.length === 0 ? null : bookingToEnter(booked, parker, now)?.booking ?? null);

/** The group a stay occupies by what covers it. */
export function groupOf(state: Rights, account: Account, cover: Cover): string {
  const { shortTermGroup, contractGroup, seasonGroup, serviceGroup, groups } = configOf(state);
  switch (cover.type) {
    case "contract": case "kept": {
      const index = fittingOf(account.contracts).indexOf(cover.contract);
      const contract = index === undefined ? undefined : account.contracts[index];
      if (!contract) return seasonGroup;
      return groups.some(({ id }) => id === contract.group) ? contract.group : contractGroup;
    }
    case "seasonTicket": return seasonGroup;
    case "service": return serviceGroup;
    case "booking": case "external": case "reported": case "uncovered":
      return shortTermGroup;
  }
}

/** Rules 4 and 5, then the first basis that applies. */
export function basisOf(
  state: Rights, account: Account, holder: Credential, standing: Standing, now: Instant, own: Own,
): Judged {
  const { parker } = holder;
  const { valid, contract, agreement, view } = standing;
  const policy = policyAt(state, now);
  const booking = bookingNow(account, parker, now);
  const admission = (basis: Basis, cover: Cover, why: Why, notice: Notice | null = null): Judged => ({ admitted: {
    basis, cover, why, notice, group: groupOf(state, account, cover), agreement: agreement?.id ?? null,
  } });
  const withOwn = (admitted: Admission): Judged => ({ admitted: { ...admitted, agreement: agreement?.id ?? null } });
  if (booking === null && !hasOwn(own) && !valid.some((contract) => admits(contract, parker)) && !agreement) {
    const reason = ownReason(own) ?? reasonOf(account, parker, now);
    if (!policy.shortTermOffered) return noRight(reason, { key: "shortTermOffered", value: "false" });
    if (holder.kind !== "plate" && policy.cardWithoutRight === "refuse") return noRight(reason, { key: "cardWithoutRight", value: "refuse" });
  }
  if (booking !== null) return admission("booking", { type: "booking", booking }, because("booked", { booking }));
  const season = ownAdmission(state, own, ["seasonTicket"]);
  if (season) return withOwn(season);
  if (contract !== null) {
    return admission("contract", { type: "contract", contract },
      because("contractFree", { contract, covered: countOfCovers(view, ["contract"]), contracts: valid.length }));
  }
  const provided = ownAdmission(state, own, ["external", "service"]);
  if (provided) return withOwn(provided);
  if (valid.length > 0) return judgeOverflow(state, account, parker, standing, now, admission);
  if (agreement) return admission("payAsYouGo", UNCOVERED, because("payAsYouGo", { agreement: agreement.id }));
  return admission("shortTerm", UNCOVERED, because("shortTerm"));
}

function countOfCovers({ live }: Sweep, types: readonly Cover["type"][]): number {
  let count = 0;
  for (const { cover } of live.values()) if (types.includes(cover.type)) count += 1;
  return count;
}

function judgeOverflow(
  state: Rights, account: Account, parker: ParkerId, { valid, view, agreement }: Standing, now: Instant,
  admission: (basis: Basis, cover: Cover, why: Why, notice: Notice) => Judged,
): Judged {
  const { overflow, overflowLimit, setBy } = overflowOf(sceneOf(state, account), valid, parker, now);
  const uncovered = countOfCovers(view, ["uncovered", "reported"]);
  const facts = { contracts: valid.length, uncovered, setBy };
  const policy = { key: "overflow", value: overflow };
  if (overflow === "refuse") {
    return refused({ type: "overflowRefused", because: "refuse", uncovered }, because("overflowRefused", facts, policy));
  }
  if (overflow === "payAsYouGo" && !agreement) {
    return refused({ type: "overflowRefused", because: "noAgreement", uncovered }, because("overflowNoAgreement", facts, policy));
  }
  if (overflowLimit !== null && uncovered >= overflowLimit) {
    return refused({ type: "overflowRefused", because: "limit", uncovered },
      because("overflowLimit", facts, { key: "overflowLimit", value: String(overflowLimit) }));
  }
  return overflow === "report"
    ? admission("reportedOverflow", { type: "reported" }, because("overflowReported", facts, policy), "overflow")
    : admission("payAsYouGo", UNCOVERED, because("overflowPays", facts, policy), "overflow");
}

/** Why a known parker has no right: a right that will work again is named before one that is over. */
function reasonOf(account: Account, parker: ParkerId, now: Instant): NotAuthorisedReason {
  const own = account.contracts.filter((contract) => admits(contract, parker));
  if (own.some((contract) => within(contract, now))) return "outsideWindow";
  const over = [...own, ...account.agreements.filter((one) => admits(one, parker))]
    .some(({ until }) => until !== null && until <= now);
  if (over || account.bookings.some((booking) => booking.parker === parker && booking.to <= now)) return "expired";
  return account.elsewhere.some((right) => admits(right, parker) && within(right, now)) ? "wrongFacility" : "noRight";
}
