/**
 * The stays of a desk as bars: what covered each of them up to an instant, and what it owes.
 *
 *   facts + settled coverage --segmentsUntil, price--> bars, in order of entry
 */
import { MINUTE, type Instant } from "../../kernel/instant.ts";
import { type MinorUnits, majorText } from "../../kernel/money.ts";
import { chargeable } from "../coverage/coverage.ts";
import { priceOf } from "../coverage/price.ts";
import type { Cover } from "../coverage/scene.ts";
import { tariffsOf } from "../desk/billing.ts";
import { segmentsUntil, visitorSegments } from "../desk/covering.ts";
import { configOf, zoneAt } from "../desk/deciding.ts";
import type { Account, Rights, Stay } from "../desk/state.ts";
import { endInstant } from "../timeline/presence.ts";
import { type Why, because } from "../why.ts";

export type CoverName = Cover["type"];
export type PaintedSegment = { readonly from: Instant; readonly to: Instant; readonly cover: CoverName; readonly right: string | null };
export type Bar = {
  readonly stay: string; readonly label: string; readonly account: string | null; readonly parker: string | null;
  readonly enteredAt: Instant; readonly endedAt: Instant | null;
  readonly basis: string; readonly group: string; readonly payer: Stay["payer"];
  readonly neutralAt: Instant | null; readonly provenAt: Instant | null;
  /** Null: the tariff has no price. */
  readonly amountMinor: MinorUnits | null; readonly paidMinor: MinorUnits;
  readonly segments: readonly PaintedSegment[];
  readonly why: readonly Why[];
};

/** `labelOf`: what may be shown of a credential. `decided`: why each stay was admitted, closed, asked to pay. */
export function barsOf(
  state: Rights, until: Instant, labelOf: (ref: string) => string, decided: ReadonlyMap<string, readonly Why[]>,
): readonly Bar[] {
  const known = [...state.accounts.values()].flatMap((account) =>
    [...account.stays.values()].map((stay) => ({ stay, account })));
  const visitors = [...state.goneVisitors.values(), ...state.visitors.values()].map((stay) => ({ stay, account: null }));
  return [...known, ...visitors].sort((a, b) => a.stay.enteredAt - b.stay.enteredAt || a.stay.order - b.stay.order)
    .map(({ stay, account }) => barOf(state, stay, account, until, labelOf(stay.credential), decided.get(stay.id) ?? []));
}

function barOf(state: Rights, stay: Stay, account: Account | null, until: Instant, label: string, decided: readonly Why[]): Bar {
  const endedAt = stay.end === null ? null : endInstant(stay.enteredAt, stay.end, state.policy);
  const segments = account === null ? visitorSegments(state, stay, until) : segmentsUntil(state, account, stay, until);
  const price = priceOf(chargeable(segments), tariffsOf(state, account, stay.agreement), zoneAt(state));
  const { currency } = configOf(state);
  const charged = price.ok && price.value.amountMinor > 0 ? [because("due", {
    amount: `${majorText(price.value.amountMinor, currency)} ${currency}`, paid: majorText(stay.paidMinor, currency),
    minutes: Math.ceil(price.value.intervals.reduce((sum, { from, to }) => sum + (to - from), 0) / MINUTE),
  })] : [];
  return {
    stay: stay.id, label, account: stay.account, parker: stay.parker, enteredAt: stay.enteredAt, endedAt,
    basis: stay.basis, group: stay.group, payer: stay.payer, neutralAt: stay.neutralAt, provenAt: stay.provenAt,
    amountMinor: price.ok ? price.value.amountMinor : null, paidMinor: stay.paidMinor,
    segments: segments.map(({ from, to, cover }) => ({ from, to, cover: cover.type, right: rightOf(cover) })),
    why: [...decided, ...charged],
  };
}

const rightOf = (cover: Cover): string | null =>
  "contract" in cover ? cover.contract : "booking" in cover ? cover.booking : "right" in cover ? cover.right : null;
