/** Folds what happens to stays: entries, exits, payments, doubt, and rights that become known while a car is inside. */
import { present } from "../../kernel/assert.ts";
import { DAY, type DurationMs, type Instant } from "../../kernel/instant.ts";
import type { GrantedSpan } from "../timeline/facts.ts";
import { presenceOf } from "../timeline/presence.ts";
import { factsOf, visitorSegments } from "./covering.ts";
import type { RecordedRights } from "./event.ts";
import { EXTERNAL_RIGHT_KEPT, grantedTo, isSame, spanOfExternal } from "./granting.ts";
import { forgetBeyondReach } from "./horizon.ts";
import { changeStay, invalidate, moveHead, reachBack, refreshView, viewAfterLeaving, viewWithNewcomer } from "./settling.ts";
import { type Account, type ExternalRight, type Rights, type Stay, openStay, parkerKey } from "./state.ts";

/** A closed stay of a parker nobody knows can be corrected for so long. */
export const GONE_VISITOR_KEPT: DurationMs = 35 * DAY;

type Event<T extends RecordedRights["type"]> = Extract<RecordedRights, { readonly type: T }>;
type StayEvent = Event<
  "StayOpened" | "StayClosed" | "ExitTimeGiven" | "StayPaid" | "NeutralSet" | "CoverageAdvanced"
  | "ExternalRightLearnt" | "ExternalRightRevoked"
>;

export function evolveStay(s: Rights, e: StayEvent): void {
  switch (e.type) {
    case "StayOpened": return stayOpened(s, e);
    case "StayClosed": return stayClosed(s, e);
    case "ExitTimeGiven": return exitTimeGiven(s, e);
    case "StayPaid": return stayPaid(s, e);
    case "NeutralSet": return neutralSet(s, e);
    case "CoverageAdvanced": return coverageAdvanced(s, e);
    case "ExternalRightLearnt": case "ExternalRightRevoked": return externalRight(s, e);
  }
}

function stayOpened(s: Rights, e: Event<"StayOpened">): void {
  s.staysCount += 1;
  const stay: Stay = {
    id: e.stay, order: s.staysCount, account: e.account, parker: e.parker, credential: e.credential.ref, kind: e.credential.kind,
    enteredAt: e.at, basis: e.basis, payer: e.payer, agreement: e.agreement, irregular: e.irregular, group: e.group, cover: e.cover,
    end: null, endedBy: null, neutralAt: null, provenAt: null, paidMinor: 0, paidAt: null, granted: grantedTo(s, e.credential.ref),
  };
  s.openByCredential.set(stay.credential, stay.id);
  s.accountOfOpen.set(stay.id, e.account);
  groupSet(s, stay.group).add(stay.id);
  if (e.account === null || e.parker === null) return void s.visitors.set(stay.id, stay);
  const account = present(s.accounts.get(e.account), `account ${e.account}`);
  s.openByParker.set(parkerKey(e.account, e.parker), stay.id);
  const quiet = moveHead(s, account, e.at);
  const presence = presenceOf(factsOf(stay), s.policy);
  account.stays.set(stay.id, stay);
  account.open.add(stay.id);
  account.current.set(stay.id, presence);
  if (quiet) viewWithNewcomer(s, account, presence);
  else refreshView(s, account, e.at);
  if (s.settles) forgetBeyondReach(s, account, e.at);
}

const groupSet = (s: Rights, group: string): Set<string> => present(s.groups.get(group), `group ${group}`);

function stayClosed(s: Rights, e: Event<"StayClosed">): void {
  const { stay, account } = present(openStay(s, e.stay), `open stay ${e.stay}`);
  if (s.openByCredential.get(stay.credential) === stay.id) s.openByCredential.delete(stay.credential);
  s.accountOfOpen.delete(stay.id);
  groupSet(s, stay.group).delete(stay.id);
  if (!account || stay.account === null || stay.parker === null) return visitorGone(s, stay, e);
  s.openByParker.delete(parkerKey(stay.account, stay.parker));
  account.open.delete(stay.id);
  if (e.cause === "superseded") account.supersededCount += 1;
  if (e.cause !== "backedOut") comeAndGone(s, account, stay, e.at);
  const proves = e.end.type === "seen" || e.end.givenAt !== null;
  const quiet = moveHead(s, account, e.at);
  const { head } = account;
  changeStay(s, account, stay, (changed) => {
    changed.end = e.end;
    changed.endedBy = e.cause;
    if (proves && changed.neutralAt !== null) changed.provenAt ??= e.at;
  });
  if (e.cause === "backedOut") forget(account, stay);
  if (quiet && account.head === head) viewAfterLeaving(s, account, stay.id, e.at);
  else refreshView(s, account, e.at);
}

function visitorGone(s: Rights, stay: Stay, e: Event<"StayClosed">): void {
  stay.end = e.end;
  stay.endedBy = e.cause;
  s.visitors.delete(stay.id);
  if (e.cause === "backedOut") return;
  s.goneVisitors.set(stay.id, stay);
  for (const [id, { end }] of s.goneVisitors) {
    const closedAt = end === null ? e.at : end.type === "seen" ? end.at : end.noticedAt;
    if (closedAt > e.at - GONE_VISITOR_KEPT) break;
    s.goneVisitors.delete(id);
  }
}

/** A booking whose car has come and gone keeps no space. */
function comeAndGone(s: Rights, account: Account, { parker }: Stay, at: Instant): void {
  if (s.reservations.length === 0) return;
  s.reservations = s.reservations.filter((one) => one.account !== account.id || one.parker !== parker || one.from > at || one.until <= at);
}

/** A stay that never was: it has no length, so no coverage knows it any more. */
function forget(account: Account, { id }: Stay): void {
  account.stays.delete(id);
  account.current.delete(id);
  account.segments.delete(id);
}

function exitTimeGiven(s: Rights, e: Event<"ExitTimeGiven">): void {
  const end = (stay: Stay): Stay["end"] =>
    stay.end?.type === "unseen" ? { ...stay.end, givenAt: e.exitedAt } : stay.end;
  const visitor = s.goneVisitors.get(e.stay);
  if (visitor) return void (visitor.end = end(visitor));
  for (const account of s.accounts.values()) {
    const stay = account.stays.get(e.stay);
    if (!stay) continue;
    moveHead(s, account, e.at);
    changeStay(s, account, stay, (changed) => {
      changed.end = end(changed);
      if (changed.neutralAt !== null) changed.provenAt ??= e.at;
    });
    return refreshView(s, account, e.at);
  }
  const { account, enteredAt } = present(e.past, `stay ${e.stay}`);
  reachBack(present(s.accounts.get(account), `account ${account}`), enteredAt);
}

function stayPaid(s: Rights, e: Event<"StayPaid">): void {
  const { stay, account } = present(openStay(s, e.stay), `open stay ${e.stay}`);
  const pay = (paid: Stay): void => {
    paid.paidMinor += e.amountMinor;
    paid.paidAt = e.at;
    if (paid.neutralAt !== null) paid.provenAt ??= e.at;
  };
  if (!account) return pay(stay);
  moveHead(s, account, e.at);
  changeStay(s, account, stay, pay);
  refreshView(s, account, e.at);
}

function neutralSet(s: Rights, e: Event<"NeutralSet">): void {
  const touched = new Set<Account>();
  for (const id of e.stays) {
    const { stay, account } = present(openStay(s, id), `open stay ${id}`);
    if (!account) stay.neutralAt = e.at;
    else {
      if (!touched.has(account)) moveHead(s, account, e.at);
      touched.add(account);
      changeStay(s, account, stay, (changed) => { changed.neutralAt = e.at; });
    }
  }
  for (const account of touched) refreshView(s, account, e.at);
}

function coverageAdvanced(s: Rights, e: Event<"CoverageAdvanced">): void {
  const account = present(s.accounts.get(e.account), `account ${e.account}`);
  for (const { stay: id, cover, group } of e.changes) {
    const stay = present(account.stays.get(id), `stay ${id}`);
    stay.cover = cover;
    if (stay.group === group) continue;
    groupSet(s, stay.group).delete(id);
    groupSet(s, group).add(id);
    stay.group = group;
  }
  if (account.view?.at !== e.at) refreshView(s, account, e.at);
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
  const isIt = (span: GrantedSpan): boolean => span.kind === "external" && isSame({ ...span, provider: span.provider ?? "" }, right);
  const before = stay.granted.filter(isIt);
  const after = right.until > right.from ? [spanOfExternal(right)] : [];
  const granted = [...stay.granted.filter((span) => !isIt(span)), ...after];
  if (!account) {
    stay.granted = granted;
    return void (stay.cover = visitorSegments(s, stay, e.at + 1).at(-1)?.cover ?? stay.cover);
  }
  moveHead(s, account, e.at);
  changeStay(s, account, stay, (changed) => { changed.granted = granted; });
  const since = [...before, ...after].map(({ from }) => from);
  if (since.length > 0) invalidate(s, account, Math.max(stay.enteredAt, Math.min(...since)));
  refreshView(s, account, e.at);
}
