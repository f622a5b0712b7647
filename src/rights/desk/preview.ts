/**
 * What a staff act would change, before it is confirmed: who would owe what, and which stay would be covered how.
 *
 *   accounts concerned --copy--> the act is decided there --compare--> stays whose amount or cover differs
 *
 * Promise: the state that was asked is the state after.
 */
import type { Instant } from "../../kernel/instant.ts";
import type { Currency, MinorUnits } from "../../kernel/money.ts";
import { type Result, err, ok } from "../../kernel/result.ts";
import type { Cover } from "../coverage/scene.ts";
import { sameCover } from "../coverage/scene.ts";
import type { PriceRefusal } from "../coverage/price.ts";
import type { AccountId, CredentialRef, StayId } from "../timeline/facts.ts";
import { machinePrice, owedBy, owedByOpen } from "./billing.ts";
import type { StaffCommand } from "./command.ts";
import { copyFor } from "./copy.ts";
import { decideRights } from "./decide.ts";
import { configOf } from "./deciding.ts";
import { prepareCloseStay } from "./staff.ts";
import type { RightsRefusal } from "./refusal.ts";
import type { Payer, Rights, Stay } from "./state.ts";

export type PreviewedAct = Extract<StaffCommand, { readonly type: "SetNeutral" | "CloseStay" | "StaffAdmit" | "StaffRelease" }>;

/** What a stay costs; null: it is not charged to anybody yet, or does not exist. */
export type Owes = { readonly nowMinor: MinorUnits; readonly untilMinor: MinorUnits };
export type PreviewedStay = {
  readonly stay: StayId; readonly account: AccountId | null; readonly credential: CredentialRef; readonly payer: Payer;
  readonly before: Owes | null; readonly after: Owes | null;
  /** Of an open stay; null: it is not open. */
  readonly coverBefore: Cover | null; readonly coverAfter: Cover | null;
};
/** Only stays that would differ, in entry order; `until`: if nothing else happens until then. */
export type Preview = {
  readonly now: Instant; readonly until: Instant; readonly currency: Currency; readonly stays: readonly PreviewedStay[];
  readonly beforeMinor: MinorUnits; readonly afterMinor: MinorUnits;
};

/** Take one slice at a time and let others work between; after the first of an account it works on its copy. */
export function* previewOf(state: Rights, act: PreviewedAct, now: Instant, until: Instant): Generator<void, Result<Preview, RightsRefusal>> {
  const stays: Ordered[] = [];
  for (const part of partsOf(state, act)) {
    const found = yield* changedBy(state, part, now, until);
    if (!found.ok) return found;
    stays.push(...found.value);
  }
  return ok(previewed(configOf(state).currency, stays, now, until));
}

export type Ordered = PreviewedStay & { readonly order: number };
type Part = { readonly act: PreviewedAct; readonly accounts: readonly AccountId[]; readonly credential: CredentialRef | null };

export function previewed(currency: Currency, ordered: readonly Ordered[], now: Instant, until: Instant): Preview {
  const stays = [...ordered].sort((a, b) => a.order - b.order).map(({ order: _, ...stay }) => stay);
  const total = (side: "before" | "after"): number => stays.reduce((sum, stay) => sum + (stay[side]?.untilMinor ?? 0), 0);
  return { now, until, currency, stays, beforeMinor: total("before"), afterMinor: total("after") };
}

/** An account's coverage depends on no other account's, so an act on many is previewed one by one. */
function partsOf(state: Rights, act: PreviewedAct): readonly Part[] {
  if (act.type !== "SetNeutral") return [partOf(state, act, act.type === "CloseStay" ? act.credential : act.credential.ref)];
  const { scope } = act;
  if (scope.type === "stay") return [partOf(state, act, scope.credential)];
  if (scope.type === "account") return [{ act, accounts: [scope.account], credential: null }];
  const inDoubt = [...state.accounts.values()].filter(({ open, stays }) => [...open].some((id) => stays.get(id)?.neutralAt === null));
  return [
    ...inDoubt.map(({ id }): Part => ({ act: { ...act, scope: { type: "account", account: id } }, accounts: [id], credential: null })),
    { act, accounts: [], credential: null },
  ];
}

/** The account of whoever shows the credential; of nobody known, those that had a stay of it. */
function partOf(state: Rights, act: PreviewedAct, credential: CredentialRef): Part {
  const holder = state.credentials.get(credential)?.account;
  if (holder !== undefined) return { act, accounts: [holder], credential };
  const had = [...state.accounts.values()].filter(({ stays }) => [...stays.values()].some((stay) => stay.credential === credential));
  return { act, accounts: had.map(({ id }) => id), credential };
}

type Standings = ReadonlyMap<StayId, Standing>;

function* changedBy(
  state: Rights, { act, accounts, credential }: Part, now: Instant, until: Instant,
): Generator<void, Result<readonly Ordered[], RightsRefusal>> {
  const copy = copyFor(state, accounts, credential);
  // What the clock alone has changed by now is not the act's doing.
  decideRights(copy, { type: "Advance" }, { now, actor: null });
  yield;
  const before = yield* standingOf(copy, accounts, now, until);
  if (!before.ok) return before;
  if (act.type === "CloseStay") yield* prepareCloseStay(copy, act, now);
  const { refusal } = decideRights(copy, act, { now, actor: null });
  if (refusal) return err(refusal);
  yield;
  const after = yield* standingOf(copy, accounts, now, until);
  return after.ok ? ok(compared(before.value, after.value)) : after;
}

export type Standing = { readonly stay: Stay; readonly owes: Owes | null; readonly cover: Cover | null };

export function compared(before: Standings, after: Standings): readonly Ordered[] {
  const found: Ordered[] = [];
  for (const id of new Set([...before.keys(), ...after.keys()])) {
    const [was, is] = [before.get(id), after.get(id)];
    const stay = is?.stay ?? was?.stay;
    if (!stay || (was && is && sameOwes(was.owes, is.owes) && bothCover(was.cover, is.cover))) continue;
    found.push({
      stay: id, order: stay.order, account: stay.account, credential: stay.credential, payer: stay.payer,
      before: was?.owes ?? null, after: is?.owes ?? null, coverBefore: was?.cover ?? null, coverAfter: is?.cover ?? null,
    });
  }
  return found;
}

const sameOwes = (a: Owes | null, b: Owes | null): boolean =>
  a === b || (a !== null && b !== null && a.nowMinor === b.nowMinor && a.untilMinor === b.untilMinor);
const bothCover = (a: Cover | null, b: Cover | null): boolean => a === b || (a !== null && b !== null && sameCover(a, b));

/** Every known stay of these accounts, and of nobody, with what it costs its account or at the machine. */
export function* standingOf(
  state: Rights, accounts: readonly AccountId[], now: Instant, until: Instant,
): Generator<void, Result<Standings, RightsRefusal>> {
  const found = new Map<StayId, Standing>();
  const notPriced = ({ type }: PriceRefusal): Result<never, RightsRefusal> => err({ type: "notPriced", because: type });
  const coverOf = (stay: Stay): Cover | null => (stay.end === null ? stay.cover : null);
  for (const account of accounts.flatMap((id) => state.accounts.get(id) ?? [])) {
    const owedNow = owedBy(state, account, now);
    if (!owedNow.ok) return notPriced(owedNow.error);
    yield;
    const owedUntil = owedByOpen(state, account, until);
    if (!owedUntil.ok) return notPriced(owedUntil.error);
    const later = new Map(owedUntil.value.map(({ id, amountMinor }) => [id, amountMinor]));
    for (const { id, stay, amountMinor } of owedNow.value) {
      if (stay) found.set(id, { stay, cover: coverOf(stay), owes: { nowMinor: amountMinor, untilMinor: later.get(id) ?? amountMinor } });
    }
    yield;
  }
  for (const [id, of] of state.accountOfOpen) {
    if (of !== null && !accounts.includes(of)) continue;
    const account = of === null ? null : state.accounts.get(of) ?? null;
    const stay = account ? account.stays.get(id) : state.visitors.get(id);
    if (!stay || found.has(id)) continue;
    if (stay.payer !== "machine") {
      found.set(id, { stay, cover: coverOf(stay), owes: null });
      continue;
    }
    const [atNow, atUntil] = [machinePrice(state, { stay, account }, now), machinePrice(state, { stay, account }, until)];
    if (!atNow.ok) return notPriced(atNow.error);
    if (!atUntil.ok) return notPriced(atUntil.error);
    found.set(id, { stay, cover: stay.cover, owes: { nowMinor: atNow.value.amountMinor, untilMinor: atUntil.value.amountMinor } });
  }
  return ok(found);
}
