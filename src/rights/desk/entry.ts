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
import type { Sweep } from "../coverage/scene.ts";
import type { StayId } from "../timeline/facts.ts";
import { because } from "../why.ts";
import { type Admission, type Judged, basisOf, groupOf, noRight, ownAdmission, ownReason, refused, shortTermAdmission, standingOf } from "./basis.ts";
import { type Shift, fullGroup } from "./counting.ts";
import { viewWithout } from "./covering.ts";
import { type RightsDeciding, policyAt, zoneAt } from "./deciding.ts";
import type { ShownCredential } from "./event.ts";
import { type Own, ownRights } from "./granting.ts";
import { unpaidUntil } from "./hold.ts";
import type { RightsRefusal } from "./refusal.ts";
import type { Room } from "./room.ts";
import {
  type Account, type Credential, type CredentialKind, type OpenPlace, type Rights, type Stay, openStay, openStayOf, parkerKey,
} from "./state.ts";

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
