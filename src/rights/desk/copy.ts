/**
 * Copies to work on while the desk goes on: of an account's coverage, and of a whole desk as far as one act may change it.
 * What an act replaces and never changes in place is shared.
 */
import type { AccountId, CredentialRef } from "../timeline/facts.ts";
import type { Account, Rights, Stay } from "./state.ts";

/** Coverage may be changed; of the stays, `changing` are copies of their own. */
export function copyOfAccount(account: Account, changing: readonly Stay[]): Account {
  const segments = new Map(account.segments);
  for (const id of account.current.keys()) {
    const list = segments.get(id);
    if (list) segments.set(id, [...list]);
  }
  const stays = new Map(account.stays);
  for (const stay of changing) stays.set(stay.id, { ...stay });
  return {
    ...account, segments, stays, current: new Map(account.current), going: [...account.going],
    marks: account.marks.map(({ sweep, left }) => ({ sweep, left: [...left] })), viewEnded: [...account.viewEnded],
  };
}

/** A desk for one staff act on these accounts, on a stay of `credential`, or on cars of nobody known; the others are not in it. */
export function copyFor(state: Rights, ids: readonly AccountId[], credential: CredentialRef | null): Rights {
  const accounts = new Map(ids.flatMap((id) => {
    const account = state.accounts.get(id);
    return account ? [[id, staffCopyOf(account, credential)] as const] : [];
  }));
  const ofThese = <T>(map: ReadonlyMap<AccountId, T>): Map<AccountId, T> => new Map([...map].filter(([id]) => accounts.has(id)));
  return {
    ...state, accounts, checks: ofThese(state.checks), policy: [...state.policy], tariffs: [...state.tariffs],
    credentials: new Map([...state.credentials].map(([ref, one]) => [ref, accounts.has(one.account) ? { ...one } : one])),
    leaving: new Set([...state.leaving].filter((ref) => accounts.has(state.credentials.get(ref)?.account ?? ""))),
    cards: new Map(state.cards), externals: new Map(state.externals), visitors: new Map([...state.visitors].map(([id, stay]) => [id, { ...stay }])),
    goneVisitors: new Map([...state.goneVisitors].map(([id, stay]) => [id, stay.credential === credential ? { ...stay } : stay])),
    openByCredential: new Map(state.openByCredential), openByParker: new Map(state.openByParker),
    accountOfOpen: new Map([...state.accountOfOpen].filter(([, account]) => account === null || accounts.has(account))),
    groups: new Map([...state.groups].map(([id, stays]) => [id, new Set(stays)])), adjustments: new Map(state.adjustments),
    reservations: [...state.reservations], holds: new Map(state.holds), statementNumbers: new Map(state.statementNumbers),
  };
}

function staffCopyOf(account: Account, credential: CredentialRef | null): Account {
  const changing = [...account.stays.values()].filter((stay) => stay.end === null || stay.credential === credential || stay.end.type === "unseen");
  return {
    ...copyOfAccount(account, changing), terms: [...account.terms], open: new Set(account.open),
    parkers: new Map([...account.parkers].map(([parker, refs]) => [parker, new Set(refs)])), bookings: [...account.bookings],
    unbilled: new Map(account.unbilled), incidents: [...account.incidents], billed: new Map(account.billed),
    statements: new Map(account.statements), statedMonths: new Set(account.statedMonths),
  };
}
