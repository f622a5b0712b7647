/** Folds payouts and chits: what was ordered, what the hoppers counted, what is still owed. */
import { present, unreachable } from "../../kernel/assert.ts";
import type { MinorUnits } from "../../kernel/money.ts";
import type { Recorded } from "../facility/event.ts";
import type { Facility } from "../facility/state.ts";
import type { StationCashEvent } from "./event.ts";
import { type Hopper, type PayStation, type Tender, valueOf } from "./paystation.ts";

export type PayoutEvent = Extract<StationCashEvent, {
  type: "PayoutOrdered" | "CashVarianceFound" | "PayoutCounted" | "PayoutAsked" | "PayoutFinished" | "PayoutRetained" | "ChitIssued";
}>;

export function evolvePayout(f: Facility, station: PayStation, e: Recorded<PayoutEvent>): void {
  switch (e.type) {
    case "PayoutOrdered":
      station.next.payout = e.payout + 1;
      station.payout = {
        payout: e.payout, payment: e.payment, purpose: e.purpose, attempt: e.attempt, ordered: e.coins, paid: [], askAt: e.askAt, asks: 0,
      };
      return;
    case "CashVarianceFound": {
      const hopper = hopperOf(station, e.denominationMinor);
      station.hoppers.set(e.denominationMinor, { ...hopper, level: hopper.level + e.count });
      return;
    }
    case "PayoutCounted": {
      for (const coin of e.coins) {
        const hopper = hopperOf(station, coin.denominationMinor);
        station.hoppers.set(coin.denominationMinor, { ...hopper, level: hopper.level - coin.count });
        add(station.counters.coinsPaidOut, coin.denominationMinor, coin.count);
      }
      station.owedMinor -= e.amountMinor - e.excessMinor;
      if (e.payout !== null && station.payout) station.payout = { ...station.payout, paid: merge(station.payout.paid, e.coins) };
      return;
    }
    case "PayoutAsked":
      if (station.payout) station.payout = { ...station.payout, asks: station.payout.asks + 1, askAt: e.askAt };
      return;
    case "PayoutFinished":
      for (const coin of e.suspects) station.hoppers.set(coin, { ...hopperOf(station, coin), suspect: true });
      station.payout = null;
      return;
    case "PayoutRetained":
      station.owedMinor -= e.amountMinor;
      if (station.phase.step === "settled" && station.phase.payment === e.payment) {
        station.phase = {
          ...station.phase, changeMinor: station.phase.changeMinor - e.amountMinor, retainedMinor: station.phase.retainedMinor + e.amountMinor,
        };
      } else if (station.phase.step === "notice" && station.phase.refundedMinor >= e.amountMinor) {
        station.phase = {
          ...station.phase, refundedMinor: station.phase.refundedMinor - e.amountMinor, retainedMinor: station.phase.retainedMinor + e.amountMinor,
        };
      }
      return;
    case "ChitIssued":
      f.next.chit++;
      f.chits.set(e.chit, { chit: e.chit, station: e.station, payment: e.payment, amountMinor: e.amountMinor, issuedAt: e.at });
      return;
    default:
      return unreachable(e);
  }
}

const hopperOf = (station: PayStation, coin: MinorUnits): Hopper => present(station.hoppers.get(coin), `hopper ${coin}`);

export const add = (counter: Map<MinorUnits, number>, key: MinorUnits, count: number): void => {
  if (count !== 0) counter.set(key, (counter.get(key) ?? 0) + count);
};

function merge(a: readonly Tender[], b: readonly Tender[]): Tender[] {
  const sum = new Map<MinorUnits, number>();
  for (const tender of [...a, ...b]) add(sum, tender.denominationMinor, tender.count);
  return [...sum].map(([denominationMinor, count]) => ({ denominationMinor, count })).sort((x, y) => x.denominationMinor - y.denominationMinor);
}

/** What a payout still owes: value ordered less value counted, never below zero. */
export const payoutRestOf = (payout: { readonly ordered: readonly Tender[]; readonly paid: readonly Tender[] }): MinorUnits =>
  Math.max(0, valueOf(payout.ordered) - valueOf(payout.paid));
