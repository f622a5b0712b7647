/**
 * Coverage of one account as the facility keeps it, brought on by events.
 *
 *   marks (a sweep at most days) --walk--> head (just before the last event) --its facts--> view (with them)
 *
 * A lane's fact goes on from the view and costs what it changes. A fact about the past goes back to the mark before
 * it. What lies further back than `reach` is settled: the first mark stands there. Stays that ended before are let go
 * of; what they still owe is kept until it is billed. A fact before the first mark counts from there on, until what it
 * changes has been worked out from the journal (`past.ts`).
 */
import { DAY, type Instant } from "../../kernel/instant.ts";
import { BEGINNING, type Segment } from "../coverage/scene.ts";
import { viewAt, walk } from "../coverage/sweep.ts";
import { Walker } from "../coverage/walker.ts";
import { FOREVER, type StayId } from "../timeline/facts.ts";
import { nextGrantedEdge } from "../timeline/granted.ts";
import { type Presence, provenForItselfOnly } from "../timeline/presence.ts";
import { validSpanAt } from "../timeline/window.ts";
import { addSegment, factsOf, isQuiet, markBefore, presenceIn, presencesSince, sceneOf } from "./covering.ts";
import { copyOfAccount } from "./copy.ts";
import { zoneAt } from "./deciding.ts";
import type { Account, Mark, Rights, Stay } from "./state.ts";

/** Marks further back than this are kept weekly, so that there are few. */
const DAILY_MARKS_MAX = 8;
const WEEK_DAYS = 7;

/** For `evolve`: a fact at `at` may follow. True: coverage goes on from the view, and nothing else happens at `at`. */
export function moveHead(state: Rights, account: Account, at: Instant): boolean {
  account.version += 1;
  if (at <= account.head.at || !state.settles) return false;
  const { view } = account;
  const quiet = view !== null && isQuiet(state, account, at);
  if (quiet) {
    for (const { stay, segment } of account.viewEnded) addSegment(account.segments, stay, segment);
    account.head = { ...view, at };
    account.view = account.head;
    account.viewEnded = [];
    leaveBehind(account, at);
    mark(account, at);
    return true;
  }
  account.view = null;
  account.viewEnded = [];
  const days = walkDays(state, account, at);
  while (!days.next().done);
  return false;
}

/** Day by day, so that marks stand where a later fact about the past may go back to; and so that it may be done in slices. */
function* walkDays(state: Rights, account: Account, at: Instant): Generator<void, void> {
  const scene = sceneOf(state, account);
  const keep = (stay: StayId, segment: Segment): void => addSegment(account.segments, stay, segment);
  const all = [...account.current.values()];
  let next = 0;
  let here: Presence[] = [];
  for (let to = firstStop(account, at); ; to = Math.min(at, to + DAY)) {
    while (next < all.length && all[next]!.from < to) here.push(all[next++]!);
    account.head = walk(account.head, scene, here, to, keep);
    if (to === at) break;
    yield;
    const { left } = account.marks.at(-1)!;
    here = here.filter((presence) => {
      if (presence.to >= to) return true;
      account.current.delete(presence.stay);
      left.push(presence.stay);
      return false;
    });
    mark(account, to);
  }
  leaveBehind(account, at);
  mark(account, at);
}

function firstStop(account: Account, at: Instant): Instant {
  const mark = account.marks.at(-1)!.sweep.at;
  return account.current.size === 0 || mark === BEGINNING.at ? at : Math.min(at, (Math.floor(account.head.at / DAY) + 1) * DAY);
}

/** Stays that ended before `at` matter only to facts about the past. */
function leaveBehind(account: Account, at: Instant): void {
  if (account.going.length === 0) return;
  const { left } = account.marks.at(-1)!;
  account.going = account.going.filter((id) => {
    const presence = account.current.get(id);
    if (!presence || presence.to >= at) return presence !== undefined;
    account.current.delete(id);
    left.push(id);
    return false;
  });
}

/** One for each day on which something happened. */
function mark(account: Account, at: Instant): void {
  const day = Math.floor(at / DAY);
  if (day > Math.floor(account.marks.at(-1)!.sweep.at / DAY)) {
    account.marks.push({ sweep: account.head, left: [] });
    thinMarks(account);
  }
}

function thinMarks(account: Account): void {
  const index = account.marks.length - 1 - DAILY_MARKS_MAX;
  const mark = account.marks[index];
  const before = account.marks[index - 1];
  if (!mark || !before || Math.floor(mark.sweep.at / DAY) - Math.floor(before.sweep.at / DAY) >= WEEK_DAYS) return;
  before.left.push(...mark.left);
  account.marks.splice(index, 1);
}

/** For `evolve`, after a fact at `at`. */
export function refreshView(state: Rights, account: Account, at: Instant): void {
  if (!state.settles) return;
  moveHead(state, account, at);
  account.viewEnded = [];
  account.view = viewAt(account.head, sceneOf(state, account), [...account.current.values()], at, noting(account));
  sortEnded(account);
  setCheck(state, account, at);
}

const noting = (account: Account) => (stay: StayId, segment: Segment): void => {
  account.viewEnded.push({ stay, segment });
};

/** For `evolve`: a car came in and nothing else happened at this instant. */
export function viewWithNewcomer(state: Rights, account: Account, presence: Presence): void {
  goOn(state, account, presence.from, [], [presence]);
  const known = state.checks.get(account.id);
  const own = presence.granted.length > 0 ? nextGrantedEdge(presence.granted, presence.from, zoneAt(state)) : null;
  if (known === undefined || own !== null) setCheck(state, account, presence.from);
}

/** For `evolve`: a car left and nothing else happened at this instant. */
export function viewAfterLeaving(state: Rights, account: Account, stay: StayId, at: Instant): void {
  goOn(state, account, at, [stay], []);
  if (account.open.size === 0) state.checks.delete(account.id);
}

function goOn(state: Rights, account: Account, at: Instant, leaving: readonly StayId[], coming: readonly Presence[]): void {
  account.viewEnded = [];
  const walker = new Walker(account.head, sceneOf(state, account), noting(account));
  walker.at(at, leaving, coming, false);
  account.view = walker.sweep(at);
  sortEnded(account);
}

/** One order however it was walked to, so that equal states have equal digests (F6). */
function sortEnded({ viewEnded }: Account): void {
  viewEnded.sort((x, y) => (x.stay < y.stay ? -1 : x.stay > y.stay ? 1 : x.segment.from - y.segment.from));
}

function setCheck(state: Rights, account: Account, at: Instant): void {
  const next = account.open.size === 0 ? FOREVER : nextEdge(state, account, at);
  if (next < FOREVER) state.checks.set(account.id, next);
  else state.checks.delete(account.id);
}

function nextEdge(state: Rights, account: Account, at: Instant): Instant {
  const zone = zoneAt(state);
  let next = Math.min(validSpanAt(account.contracts, at, zone).until, FOREVER);
  const soonest = (edge: Instant): void => {
    if (edge > at && edge < next) next = edge;
  };
  for (const { from, to } of account.booked) {
    soonest(from);
    soonest(to);
  }
  for (const { from } of state.policy) soonest(from);
  for (const { from } of account.terms) soonest(from);
  for (const id of account.open) {
    const granted = account.stays.get(id)?.granted ?? [];
    if (granted.length > 0) soonest(nextGrantedEdge(granted, at, zone) ?? FOREVER);
  }
  return next;
}

/** For `evolve`: changes facts of a stay and takes back what had been settled too early. */
export function changeStay(state: Rights, account: Account, stay: Stay, change: (stay: Stay) => void): void {
  if (!state.settles) return change(stay);
  const before = presenceIn(state, stay);
  change(stay);
  if (judgesItself(state, account, stay)) reachBack(account, stay.neutralAt ?? stay.enteredAt);
  const done = prepared.get(account);
  prepared.delete(account);
  const fits = done?.stay === stay.id && done.to === presenceIn(state, stay).to
    && done.account.version === account.version && done.account.head.at <= account.head.at;
  if (done && fits) adopt(account, done.account);
  else presenceChanged(state, account, stay, before);
}

/** Its own coverage reaches back before the first mark, while for everybody else it is absent there. */
export const judgesItself = (state: Rights, account: Account, stay: Stay): boolean =>
  stay.neutralAt !== null && stay.end !== null && stay.payer === "account" && stay.neutralAt < account.marks[0]!.sweep.at
  && provenForItselfOnly(factsOf(stay), state.policy);

type Prepared = { readonly account: Account; readonly stay: StayId; readonly to: Instant };
/** Coverage that has been worked out for a change to come. It only saves time: without it the change works it out again. */
const prepared = new WeakMap<Account, Prepared>();

function adopt(account: Account, done: Account): void {
  const { head, marks, segments, current, going, reachedBack } = done;
  Object.assign(account, { head, marks, segments, current, going, reachedBack, view: null, viewEnded: [] });
}

/**
 * Works out in slices, on a copy, what a stay's end at `to` will change, so that the decision that follows finds it
 * done. Between two slices anything may happen; a fact of the account makes the work void, and the decision does it
 * itself. Answers whether there was anything to prepare.
 */
export function* prepareEnd(state: Rights, account: Account, stay: Stay, to: Instant, now: Instant): Generator<void, boolean> {
  if (stay.neutralAt !== null || to < stay.enteredAt || to >= account.head.at) return false;
  const end: Stay["end"] = { type: "unseen", noticedAt: stay.end?.type === "unseen" ? stay.end.noticedAt : now, givenAt: to };
  const copy = copyOfAccount(account, [{ ...stay, end }]);
  yield;
  moveHead(state, copy, now);
  const { version } = copy;
  presenceChanged(state, copy, copy.stays.get(stay.id) ?? stay, presenceIn(state, stay));
  yield;
  yield* walkDays(state, copy, now);
  prepared.set(account, { account: { ...copy, version }, stay: stay.id, to });
  return true;
}

/** Stays whose presence the policy of exactly this instant decides. */
export function judgedAt(state: Rights, account: Account, at: Instant): readonly (readonly [Stay, Presence])[] {
  return [...account.stays.values()]
    .filter(({ end, neutralAt, provenAt }) => neutralAt === at || provenAt === at || (end?.type === "unseen" && end.noticedAt === at))
    .map((stay) => [stay, presenceIn(state, stay)]);
}

/** For `evolve`. */
export function presenceChanged(state: Rights, account: Account, stay: Stay, before: Presence): void {
  if (!state.settles) return;
  const after = presenceIn(state, stay);
  if (before.to !== after.to) invalidate(state, account, Math.min(before.to, after.to));
  if (after.to >= account.head.at) {
    account.current.set(stay.id, after);
    if (after.to < FOREVER && !account.going.includes(stay.id)) account.going.push(stay.id);
  }
  account.view = null;
}

/** Facts from `since` on are not what coverage was settled with. */
export function invalidate(state: Rights, account: Account, since: Instant): void {
  if (!state.settles) return;
  if (since < Math.max(account.marks[0]!.sweep.at, account.journalUntil)) reachBack(account, since);
  goBackTo(state, account, since);
}

/** For `evolve`: a fact changes what the desk has let go of. */
export function reachBack(account: Account, since: Instant): void {
  account.reachedBack = Math.min(account.reachedBack ?? since, since);
}

/** For `evolve`: what was settled from `since` on is worked out anew. */
export function goBackTo(state: Rights, account: Account, since: Instant): void {
  account.view = null;
  account.viewEnded = [];
  if (since >= account.head.at) return;
  const index = markBefore(account, since);
  const { sweep } = account.marks[index]!;
  const presences = presencesSince(state, account, index);
  account.head = sweep;
  account.marks = account.marks.slice(0, index + 1).map((mark, i) => (i < index ? mark : { sweep, left: [] }));
  account.current.clear();
  account.going = [];
  for (const presence of presences) {
    const { stay, to } = presence;
    const settled = account.segments.get(stay)?.filter((segment) => segment.to < sweep.at) ?? [];
    if (settled.length > 0) account.segments.set(stay, settled);
    else account.segments.delete(stay);
    if (to < sweep.at) {
      account.marks[index]!.left.push(stay);
      continue;
    }
    account.current.set(stay, presence);
    if (to < FOREVER) account.going.push(stay);
  }
}

/** For `evolve`: marks beyond reach go; tells the stays that ended before what is then the first. */
export function moveHorizon(state: Rights, account: Account, horizon: Instant): readonly Stay[] {
  const index = markBefore(account, horizon);
  if (index === 0 || account.marks[index]!.sweep.at > horizon) return [];
  const first: Mark = account.marks[index]!;
  const over: Stay[] = [];
  for (const id of account.marks.slice(0, index).flatMap(({ left }) => left)) {
    const stay = account.stays.get(id);
    if (!stay || over.includes(stay)) continue;
    if (stay.end !== null && presenceIn(state, stay, true).to < first.sweep.at) over.push(stay);
    else first.left.push(id);
  }
  account.marks = account.marks.slice(index);
  return over;
}

