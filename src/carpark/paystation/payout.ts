/**
 * Paying out: one numbered order at a time, confirmed by the hoppers' own counters. When no confirmation comes
 * (a crash on either side) the counters are read; what they do not show is ordered anew under a new number,
 * from hoppers that work, and what cannot be paid becomes a chit. Nothing is paid twice.
 */
import type { MinorUnits } from "../../kernel/money.ts";
import { HOUR } from "../../kernel/instant.ts";
import type { StationId } from "../facility/config.ts";
import type { Deciding } from "../facility/deciding.ts";
import type { Refusal } from "../facility/refusal.ts";
import type { TicketNumber } from "../ticket/ticket.ts";
import { changeFrom } from "./change.ts";
import type { PaidOutCount, StationDeviceCommand } from "./command.ts";
import { payoutRestOf } from "./payout-evolve.ts";
import { type Payout, type PayoutPurpose, type Tender, valueOf } from "./paystation.ts";
import { refundStray } from "./settle.ts";
import { reportStationFault, stationOf } from "./station.ts";
import { PAYOUT_ANSWER_MS, PAYOUT_ASKS_MAX, PAYOUT_ATTEMPTS_MAX } from "./timing.ts";

type NewPayout = { readonly payment: number | null; readonly purpose: PayoutPurpose; readonly attempt: number; readonly coins: readonly Tender[] };

export function orderPayout(d: Deciding, id: StationId, payout: NewPayout): void {
  if (payout.coins.length === 0) return;
  d.emit({ type: "PayoutOrdered", station: id, payout: stationOf(d, id).next.payout, ...payout, askAt: d.now + PAYOUT_ANSWER_MS });
}

export function issueChit(d: Deciding, id: StationId, payment: number | null, ticket: TicketNumber | null, amountMinor: MinorUnits): void {
  if (amountMinor === 0) return;
  d.emit({ type: "ChitIssued", station: id, chit: d.state.next.chit, payment, ticket, amountMinor });
}

export function countPayout(d: Deciding, command: Extract<StationDeviceCommand, { type: "CountPayout" }>): Refusal | null {
  const { station: id, counts } = command;
  const station = stationOf(d, id);
  const coins = newlyPaidOut(d, id, counts);
  const answers = command.finished && station.payout?.payout === command.payout;
  if (coins.length === 0 && !answers) return { type: "nothingToDo", what: "payoutCounted" };
  if (coins.length > 0) countCoins(d, id, coins);
  const { payout } = stationOf(d, id);
  if (payout && (answers || payoutRestOf(payout) === 0)) finishPayout(d, id, payout as Payout, null);
  return null;
}

function newlyPaidOut(d: Deciding, id: StationId, counts: readonly PaidOutCount[]): Tender[] {
  const { counters, hoppers } = stationOf(d, id);
  return counts
    .map(({ denominationMinor, paidOut }) => ({ denominationMinor, count: paidOut - (counters.coinsPaidOut.get(denominationMinor) ?? 0) }))
    .filter((coin) => coin.count > 0 && hoppers.has(coin.denominationMinor));
}

function countCoins(d: Deciding, id: StationId, coins: readonly Tender[]): void {
  const station = stationOf(d, id);
  for (const coin of coins) {
    const unknown = coin.count - (station.hoppers.get(coin.denominationMinor)?.level ?? 0);
    if (unknown > 0) d.emit({ type: "CashVarianceFound", station: id, denominationMinor: coin.denominationMinor, count: unknown });
  }
  const amountMinor = valueOf(coins);
  const rest = station.payout ? payoutRestOf(station.payout) : 0;
  const excessMinor = Math.max(0, amountMinor - rest);
  d.emit({ type: "PayoutCounted", station: id, payout: station.payout?.payout ?? null, coins, amountMinor, excessMinor });
  if (excessMinor > 0) reportStationFault(d, id, "paidOutTooMuch", `Hoppers paid out ${excessMinor} minor units more than ordered.`);
}

/** Closes a payout; what is missing is tried from other hoppers, then goes on a chit. */
function finishPayout(d: Deciding, id: StationId, payout: Payout, reason: string | null): void {
  const missingMinor = payoutRestOf(payout);
  const suspects = payout.asks === 0 && reason === null ? shortHoppers(payout) : [];
  d.emit({ type: "PayoutFinished", station: id, payout: payout.payout, missingMinor, suspects, reason });
  for (const coin of suspects) reportStationFault(d, id, `hopper${coin}Short`, `The hopper for ${coin} paid out less than ordered.`);
  if (missingMinor > 0) {
    const again = reason === null && payout.attempt < PAYOUT_ATTEMPTS_MAX;
    const change = again ? changeFrom(stationOf(d, id).hoppers, missingMinor) : { coins: [], restMinor: missingMinor };
    if (change.restMinor > 0) {
      d.emit({ type: "PayoutRetained", station: id, payment: payout.payment, amountMinor: change.restMinor });
      issueChit(d, id, payout.payment, null, change.restMinor);
    }
    orderPayout(d, id, { payment: payout.payment, purpose: payout.purpose, attempt: payout.attempt + 1, coins: change.coins });
  }
  refundStray(d, id);
}

function shortHoppers(payout: Payout): MinorUnits[] {
  const paid = new Map(payout.paid.map((coin) => [coin.denominationMinor, coin.count]));
  return payout.ordered.filter((coin) => (paid.get(coin.denominationMinor) ?? 0) < coin.count).map((coin) => coin.denominationMinor);
}

/** Staff settle a payout whose hoppers do not answer. */
export function abandonPayout(d: Deciding, id: StationId, reason: string): Refusal | null {
  const { payout } = stationOf(d, id);
  if (!payout) return { type: "nothingToDo", what: "payout" };
  finishPayout(d, id, payout as Payout, reason);
  return null;
}

/** No confirmation in time: read the counters; after many times take the station out of service and go on hourly. */
export function askPayout(d: Deciding, id: StationId): void {
  const { payout, mode } = stationOf(d, id);
  if (!payout) return;
  const patient = payout.asks >= PAYOUT_ASKS_MAX;
  if (patient && mode === "inService") {
    d.emit({ type: "StationModeSet", station: id, mode: "outOfService", reason: "hoppersDoNotAnswer" });
    reportStationFault(d, id, "hoppersDoNotAnswer", `Payout ${payout.payout} is not confirmed by the hoppers.`);
  }
  d.emit({ type: "PayoutAsked", station: id, payout: payout.payout, askAt: d.now + (patient ? HOUR : PAYOUT_ANSWER_MS) });
}
