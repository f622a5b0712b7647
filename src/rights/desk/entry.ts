/**
 * Who may enter, and on what basis. The refusals are tested in the documented order; the first that applies is
 * the answer.
 *
 *   closed? blocked? inside already? no right? beyond the contingent? full?  --> admitted, with basis and payer
 *
 * A stay that this entry would supersede is taken as closed from rule 4 on, and closes only if the car is admitted.
 */
import type { Instant } from "../../kernel/instant.ts";
import { MINUTE } from "../../kernel/instant.ts";
import type { Cover, Sweep } from "../coverage/scene.ts";
import { overflowOf } from "../coverage/scene.ts";
import { contractFor, fittingOf } from "../coverage/matching.ts";
import { bookingToEnter } from "../timeline/booked.ts";
import { type Agreement, type Contract, type ContractId, type ParkerId, type StayId, admits, within } from "../timeline/facts.ts";
import { validSpanAt } from "../timeline/window.ts";
import { type Why, because } from "../why.ts";
import { type Shift, fullGroup } from "./counting.ts";
import { sceneOf, viewOf, viewWithout } from "./covering.ts";
import { type RightsDeciding, configOf, policyAt, zoneAt } from "./deciding.ts";
import type { Notice, ShownCredential } from "./event.ts";
import { type Own, hasOwn, ownRights } from "./granting.ts";
import { unpaidUntil } from "./hold.ts";
import type { EntryRefusal, NotAuthorisedReason, RightsRefusal } from "./refusal.ts";
import type { Room } from "./room.ts";
import {
  type Account, type Basis, type Credential, type CredentialKind, type OpenPlace, type Rights, type Stay, openStay, openStayOf, parkerKey,
} from "./state.ts";

export type Admission = {
  readonly basis: Basis; readonly group: string; readonly cover: Cover; readonly agreement: string | null;
  readonly notice: Notice | null; readonly why: Why;
};
type Refused = { readonly refusal: EntryRefusal; readonly why: Why };
type Judged = { readonly admitted: Admission } | { readonly refused: Refused };

const refused = (refusal: EntryRefusal, why: Why): Judged => ({ refused: { refusal, why } });

export function enter(d: RightsDeciding, credential: ShownCredential): null {
  const old = openStayOf(d.state, credential.ref);
  const judged = judgeEntry(d.state, credential, old, d.now, d.room);
  if ("refused" in judged) {
    d.emit({ type: "EntryRefused", credential, ...judged.refused });
    return null;
  }
  if (old) supersede(d, old.stay);
  openStayWith(d, credential, judged.admitted, false);
  return null;
}

export function supersede(d: RightsDeciding, old: Stay): void {
  d.emit({
    type: "StayClosed", stay: old.id, credential: old.credential, cause: "superseded", unpaidMinor: unpaidUntil(d, old, null),
    end: { type: "unseen", noticedAt: d.now, givenAt: null },
    why: because("superseded", {}, { key: "unknownExit", value: policyAt(d.state, d.now).unknownExit }),
  });
}

export function openStayWith(d: RightsDeciding, credential: ShownCredential, admission: Admission, irregular: boolean): void {
  const holder = d.state.credentials.get(credential.ref);
  const { basis, group, cover, agreement, notice, why } = admission;
  d.emit({
    type: "StayOpened", stay: `s${d.state.staysCount + 1}`, account: holder?.account ?? null, parker: holder?.parker ?? null,
    credential, basis, group, cover, agreement, irregular, notice, why,
    payer: agreement !== null ? "account" : basis === "external" ? "provider" : "machine",
  });
}

/** The stay that was opened at the decision never was; the one it superseded stays closed, its car was outside. */
export function backOut(d: RightsDeciding, id: StayId): RightsRefusal | null {
  const place = openStay(d.state, id);
  if (!place) return { type: "noStay" };
  d.emit({
    type: "StayClosed", stay: id, credential: place.stay.credential, cause: "backedOut", unpaidMinor: 0,
    end: { type: "seen", at: place.stay.enteredAt }, why: because("backedOut"),
  });
  return null;
}

export function judgeEntry(
  state: Rights, credential: ShownCredential, old: OpenPlace | null, now: Instant, room: Room,
): Judged {
  const policy = policyAt(state, now);
  const holder = state.credentials.get(credential.ref);
  if (!state.open) return refused({ type: "facilityClosed" }, because("facilityClosed"));
  const own = ownRights(state, credential.ref, now);
  if (holder?.blocked || own.card === "credentialBlocked") return refused({ type: "credentialBlocked", because: "blocked" }, because("credentialBlocked"));
  if (holder?.leaving) return refused({ type: "credentialBlocked", because: "leaving" }, because("credentialLeaving"));
  if (old && old.stay.neutralAt === null && !mayReenter(policy.doubleEntry, old.stay, credential)) {
    return refused({ type: "alreadyPresent", stay: old.stay.id, since: old.stay.enteredAt },
      because("alreadyPresent", { since: zoneAt(state).localText(old.stay.enteredAt) }, { key: "doubleEntry", value: policy.doubleEntry }));
  }
  const account = holder && state.accounts.get(holder.account);
  return account && holder
    ? judgeKnown(state, account, holder, old, now, own, room) : judgeUnknown(state, credential.kind, old, now, own, room);
}

const mayReenter = (doubleEntry: "refuse" | "allowPlateReentry", stay: Stay, { ref, kind }: ShownCredential): boolean =>
  doubleEntry === "allowPlateReentry" && kind === "plate" && stay.kind === "plate" && stay.credential === ref;

function judgeUnknown(
  state: Rights, kind: CredentialKind, old: OpenPlace | null, now: Instant, own: Own, room: Room,
): Judged {
  const admitted = ownAdmission(state, own, ["seasonTicket", "external", "service"]) ?? shortTermAdmission(state);
  if (admitted.basis === "shortTerm") {
    const { shortTermOffered, unknownParkers, cardWithoutRight } = policyAt(state, now);
    const reason = ownReason(own) ?? "noRight";
    if (!shortTermOffered) return noRight(reason, { key: "shortTermOffered", value: "false" });
    if (!unknownParkers) return noRight(reason, { key: "unknownParkers", value: "false" });
    if (own.card !== null && kind !== "plate" && cardWithoutRight === "refuse") {
      return noRight(reason, { key: "cardWithoutRight", value: "refuse" });
    }
  }
  const shift: Map<string, number> = new Map();
  if (old) shiftBy(shift, old.stay.group, -1);
  if (old?.account) shiftAsIf(state, old.account, viewWithout(state, old.account, old.stay.id, now), old.stay.id, shift);
  return ifSpace(state, room, now, shift, null, admitted);
}

const UNCOVERED: Cover = { type: "uncovered" };
const shortTermAdmission = (state: Rights): Admission => ({
  basis: "shortTerm", group: configOf(state).shortTermGroup, cover: UNCOVERED, agreement: null, notice: null, why: because("shortTerm"),
});

/** By the first of these that the credential's own rights give. */
function ownAdmission(state: Rights, own: Own, order: readonly ("seasonTicket" | "external" | "service")[]): Admission | null {
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
function ownReason({ card, expired }: Own): NotAuthorisedReason | null {
  switch (card) {
    case "wrongFacility": case "expired": case "outsideWindow": return card;
    case "notYetValid": case "credentialBlocked": return "noRight";
    case null: return expired ? "expired" : null;
  }
}

const noRight = (reason: NotAuthorisedReason, policy: Why["policy"]): Judged =>
  refused({ type: "notAuthorised", reason }, because("noRight", { reason }, policy));

/** What an account's rights say now, with the stay to be superseded taken as closed. */
type Standing = {
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

function judgeKnown(
  state: Rights, account: Account, holder: Credential, old: OpenPlace | null, now: Instant, own: Own, room: Room,
): Judged {
  const { parker } = holder;
  const standing = standingOf(state, account, parker, old?.account === account ? old.stay.id : null, now);
  const judged = basisOf(state, account, holder, standing, now, own);
  if ("refused" in judged) return judged;
  const shift: Map<string, number> = new Map();
  if (old) {
    shiftBy(shift, old.stay.group, -1);
    shiftAsIf(state, account, standing.view, old.stay.id, shift);
  }
  return ifSpace(state, room, now, shift, parkerKey(account.id, parker), judged.admitted);
}

function ifSpace(
  state: Rights, room: Room, now: Instant, shift: Shift, parker: string | null, admitted: Admission,
): Judged {
  const full = fullGroup(state, room, admitted.group, now, shift, parker);
  return full ? refused({ type: "groupFull", ...full }, because("groupFull", full)) : { admitted };
}

/** The account's other stays as they would be counted if the old one were closed. */
function shiftAsIf(state: Rights, account: Account, view: Sweep, old: StayId, shift: Map<string, number>): void {
  for (const { presence, cover } of view.live.values()) {
    const stay = account.stays.get(presence.stay);
    if (!stay || stay.id === old || stay.end !== null || stay.neutralAt !== null) continue;
    const group = groupOf(state, account, cover);
    if (group === stay.group) continue;
    shiftBy(shift, stay.group, -1);
    shiftBy(shift, group, 1);
  }
}

function shiftBy(shift: Map<string, number>, group: string, by: number): void {
  shift.set(group, (shift.get(group) ?? 0) + by);
}

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
function basisOf(
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

/** Let in by hand: no rule is asked, rights apply from now. */
export function staffAdmit(d: RightsDeciding, credential: ShownCredential, reason: string): null {
  const old = openStayOf(d.state, credential.ref);
  if (old) supersede(d, old.stay);
  const holder = d.state.credentials.get(credential.ref);
  const account = holder && d.state.accounts.get(holder.account);
  const why = because("admittedByStaff", { reason, at: Math.floor(d.now / MINUTE) });
  if (!account || !holder) {
    const own = ownAdmission(d.state, ownRights(d.state, credential.ref, d.now), ["seasonTicket", "external", "service"]);
    openStayWith(d, credential, { ...(own ?? shortTermAdmission(d.state)), why }, true);
    return null;
  }
  const standing = standingOf(d.state, account, holder.parker, null, d.now);
  const judged = basisOf(d.state, account, holder, standing, d.now, ownRights(d.state, credential.ref, d.now));
  const admission: Admission = "admitted" in judged ? judged.admitted : {
    ...shortTermAdmission(d.state), agreement: standing.agreement?.id ?? null, basis: standing.agreement ? "payAsYouGo" : "shortTerm",
  };
  openStayWith(d, credential, { ...admission, why }, true);
  return null;
}
