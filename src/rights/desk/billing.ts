/**
 * What an account owes and what a stay owes at the machine: segments, priced on one tariff clock.
 */
import type { Instant } from "../../kernel/instant.ts";
import { DAY } from "../../kernel/instant.ts";
import type { MinorUnits } from "../../kernel/money.ts";
import { type Result, ok } from "../../kernel/result.ts";
import type { Interval } from "../../tariff/clock.ts";
import type { Tariff } from "../../tariff/tariff.ts";
import { chargeable } from "../coverage/coverage.ts";
import { type Price, type PriceRefusal, priceOf, totalOf } from "../coverage/price.ts";
import type { Segment } from "../coverage/scene.ts";
import type { Dated } from "../policy.ts";
import type { Why } from "../why.ts";
import type { CredentialRef } from "../timeline/facts.ts";
import { endInstant } from "../timeline/presence.ts";
import { segmentsOfAll, segmentsUntil, visitorSegments } from "./covering.ts";
import { configOf, zoneAt } from "./deciding.ts";
import type { Account, OpenPlace, Rights, Stay } from "./state.ts";

/** The tariff a stay is priced by: its agreement's own, else the facility's as it was at each instant. */
export function tariffsOf(state: Rights, account: Account | null, agreementId: string | null): readonly Dated<Tariff>[] {
  const own = account?.agreements.find(({ id }) => id === agreementId)?.tariff ?? null;
  return own === null ? state.tariffs : [{ from: 0, value: own }];
}

/** What the whole stay costs up to now, as if it had never been neutral: asked when it shows itself. */
export function machinePrice(state: Rights, { stay, account }: OpenPlace, now: Instant): Result<Price, PriceRefusal> {
  const intervals: readonly Interval[] = account === null
    ? chargeable(visitorSegments(state, stay, now)) : chargeable(segmentsUntil(state, account, stay, now, true));
  return priceOf(intervals, tariffsOf(state, account, stay.agreement), zoneAt(state));
}

/** Something the account is charged: a stay, or an exit without entry. */
export type Owed = {
  readonly id: string;
  readonly credential: CredentialRef;
  /** Null: an exit without entry, or a stay out of reach of corrections. */
  readonly stay: Stay | null;
  readonly incident: boolean;
  readonly from: Instant;
  /** Null: not over yet. */
  readonly to: Instant | null;
  /** What ran on the tariff clock. */
  readonly charged: readonly Interval[];
  readonly amountMinor: MinorUnits;
  /** Of a late correction. */
  readonly why?: Why;
};

/** Everything the account has been or will be charged, up to `until`; stays that nobody charged are in it with 0. */
export function owedBy(state: Rights, account: Account, until: Instant): Result<readonly Owed[], PriceRefusal> {
  const common = segmentsOfAll(state, account, until);
  const owed: Owed[] = account.incidents.map(({ id, at, credential, amountMinor }) =>
    ({ id, credential, stay: null, incident: true, from: at, to: at, charged: [], amountMinor }));
  for (const one of account.unbilled.values()) owed.push({ ...one, stay: null, incident: false });
  const ofStays = owedByThese(state, account, account.stays.values(), common, until);
  return ofStays.ok ? ok([...owed, ...ofStays.value]) : ofStays;
}

/** What goes on: stays that are over owe at any later instant what they owe now. */
export function owedByOpen(state: Rights, account: Account, until: Instant): Result<readonly Owed[], PriceRefusal> {
  const open = [...account.open].flatMap((id) => account.stays.get(id) ?? []);
  return owedByThese(state, account, open, segmentsOfAll(state, account, until), until);
}

function owedByThese(
  state: Rights, account: Account, stays: Iterable<Stay>, common: ReturnType<typeof segmentsOfAll>, until: Instant,
): Result<readonly Owed[], PriceRefusal> {
  const owed: Owed[] = [];
  for (const stay of stays) {
    if (stay.payer !== "account") continue;
    const segments = stay.neutralAt === null ? common(stay.id) : segmentsUntil(state, account, stay, until);
    const one = owedOf(state, account, stay, segments);
    if (!one.ok) return one;
    owed.push(one.value);
  }
  return ok(owed);
}

export const owedFor = (state: Rights, account: Account, stay: Stay, until: Instant): Result<Owed, PriceRefusal> =>
  owedOf(state, account, stay, segmentsUntil(state, account, stay, until));

/** Of a stay that ended before the first mark and is judged with the others: all of its segments are settled. */
export const owedSettled = (state: Rights, account: Account, stay: Stay): Result<Owed, PriceRefusal> =>
  owedOf(state, account, stay, account.segments.get(stay.id) ?? []);

function owedOf(state: Rights, account: Account, stay: Stay, segments: readonly Segment[]): Result<Owed, PriceRefusal> {
  const amount = amountOf(state, account, stay, segments);
  if (!amount.ok) return amount;
  return ok({
    id: stay.id, credential: stay.credential, stay, incident: false, from: stay.enteredAt, ...amount.value,
    to: stay.end === null ? null : endInstant(stay.enteredAt, stay.end, state.policy),
  });
}

type Amount = { readonly charged: readonly Interval[]; readonly amountMinor: MinorUnits };
/** Of stays that are over: worked out again only when what runs on the clock changed; tariffs never change the past. */
const amounts = new WeakMap<Stay, { readonly segments: readonly Segment[]; readonly length: number; readonly amount: Amount }>();
const NOTHING: Amount = { charged: [], amountMinor: 0 };

function amountOf(state: Rights, account: Account, stay: Stay, segments: readonly Segment[]): Result<Amount, PriceRefusal> {
  const known = stay.end === null ? undefined : amounts.get(stay);
  if (known && known.segments === segments && known.length === segments.length) return ok(known.amount);
  const charged = chargeable(segments);
  let amount = NOTHING;
  if (known && sameIntervals(known.amount.charged, charged)) amount = known.amount;
  else if (charged.length > 0) {
    const total = totalOf(charged, tariffsOf(state, account, stay.agreement), zoneAt(state));
    if (!total.ok) return total;
    amount = { amountMinor: total.value, charged };
  }
  if (stay.end !== null) amounts.set(stay, { segments, length: segments.length, amount });
  return ok(amount);
}

const sameIntervals = (a: readonly Interval[], b: readonly Interval[]): boolean =>
  a.length === b.length && a.every(({ from, to }, i) => b[i]!.from === from && b[i]!.to === to);

export type ChargedItem = { readonly id: string; readonly credential: CredentialRef; readonly amountMinor: MinorUnits };

/** Pay-as-you-go charges up to now that no statement has billed; what was billed counts by its difference. */
export function chargesOf(
  state: Rights, account: Account, now: Instant,
): Result<{ readonly totalMinor: MinorUnits; readonly items: readonly ChargedItem[] }, PriceRefusal> {
  const owed = owedBy(state, account, now);
  if (!owed.ok) return owed;
  const items = owed.value.map(({ id, credential, amountMinor }) =>
    ({ id, credential, amountMinor: amountMinor - (account.billed.get(id)?.amountMinor ?? 0) }));
  return ok({ totalMinor: items.reduce((sum, { amountMinor }) => sum + amountMinor, 0), items });
}

/**
 * What an exit without entry costs by policy: the tariff's first increment, or the price of a lost ticket. It
 * stands for one unknown stay, so it is no more than the tariff asks of the shortest.
 */
export function unknownEntryPrice(
  state: Rights, account: Account, agreement: string | null, how: "minimum" | "lostTicket", now: Instant,
): Result<MinorUnits, PriceRefusal> {
  const { lostTicketMinor } = configOf(state);
  if (how === "lostTicket" && lostTicketMinor !== null) return ok(lostTicketMinor);
  const from = how === "minimum" ? now - 1 : now - DAY;
  const price = priceOf([{ from, to: now }], tariffsOf(state, account, agreement), zoneAt(state));
  return price.ok ? ok(price.value.amountMinor) : price;
}
