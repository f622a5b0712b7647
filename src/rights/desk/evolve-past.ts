/** Folds what a late fact changed before the first mark, as it was worked out from the journal. */
import type { Instant } from "../../kernel/instant.ts";
import type { Live, Sweep } from "../coverage/scene.ts";
import type { StayId } from "../timeline/facts.ts";
import { presenceIn } from "./covering.ts";
import type { SettledPast } from "./past.ts";
import { goBackTo, moveHead, refreshView } from "./settling.ts";
import type { Account, Rights } from "./state.ts";

export function pastTouched(account: Account, since: Instant): void {
  account.reachedBack = null;
  account.past = { since: Math.min(account.past?.since ?? since, since) };
  account.pastFacts += 1;
}

export function pastSettled(s: Rights, account: Account, e: SettledPast & { readonly at: Instant }): void {
  if (!e.more) account.past = null;
  if (!s.settles) return;
  moveHead(s, account, e.at);
  for (const { billed, letGo, ...item } of e.items) {
    if (letGo) {
      account.stays.delete(item.id);
      account.segments.delete(item.id);
    }
    if (billed?.amountMinor === item.amountMinor) {
      account.unbilled.delete(item.id);
      account.billed.delete(item.id);
      continue;
    }
    account.unbilled.set(item.id, item);
    if (billed) account.billed.set(item.id, billed);
    else account.billed.delete(item.id);
  }
  if (e.again.length > 0) keepAgain(account, e.again);
  standAnew(s, account, e);
  account.journalUntil = Math.max(account.journalUntil, ...e.items.filter(({ letGo }) => letGo).map(({ to }) => to));
  refreshView(s, account, e.at);
}

function keepAgain(account: Account, again: SettledPast["again"]): void {
  for (const { stay, billed } of again) {
    account.unbilled.delete(stay.id);
    if (billed) account.billed.set(stay.id, billed);
    account.marks[0]!.left.push(stay.id);
  }
  const inOrder = [...account.stays.values(), ...again.map(({ stay }) => ({ ...stay }))].sort((a, b) => a.order - b.order);
  account.stays.clear();
  for (const stay of inOrder) account.stays.set(stay.id, stay);
}

/** The first mark as the journal knows it; everything after it is walked again. */
function standAnew(s: Rights, account: Account, { horizon, live, valid, segments }: SettledPast): void {
  const standing = new Map<StayId, Live>();
  for (const { stay: id, ...was } of live) {
    const stay = account.stays.get(id);
    if (stay) standing.set(id, { ...was, presence: presenceIn(s, stay) });
  }
  const sweep: Sweep = { at: horizon, live: standing, valid };
  account.marks[0] = { sweep, left: account.marks[0]!.left };
  if (account.head.at <= horizon) account.head = sweep;
  for (const { stay, segments: list } of segments) {
    if (!account.stays.has(stay) || list.length === 0) account.segments.delete(stay);
    else account.segments.set(stay, [...list]);
  }
  goBackTo(s, account, horizon);
}
