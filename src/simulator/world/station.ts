/**
 * The devices of a pay station, each with its own durable counters: coin acceptor and hoppers, note acceptor
 * with escrow, card terminal, ticket transport, printers. A coin is always in exactly one of: purse, hopper,
 * cash box, tray; the sums of all of them never change except by hand.
 */
import type { Order } from "../../carpark/facility/outputs.ts";
import type { CoinCount } from "../../carpark/paystation/command.ts";
import type { StationOrder, StationOutput } from "../../carpark/paystation/outputs.ts";
import type { CardOutcome, Tender } from "../../carpark/paystation/paystation.ts";
import { ticketDateText } from "../../carpark/ticket/ticket-number.ts";
import { present, unreachable } from "../../kernel/assert.ts";
import { type Instant, SECOND } from "../../kernel/instant.ts";
import { applyEscrow, offerAgain, returnEscrow, returnNote, sayNotes, stackEscrow } from "./note-acceptor.ts";
import { add } from "./piles.ts";
import { nudgeUser, userOf } from "./station-queue.ts";
import type { MinorUnits } from "../../kernel/money.ts";
import { type Zone, timeText } from "../../kernel/zone.ts";
import { type Operation, type World, type WorldStation, firstTime, happen, say, stationOf, zoneOfWorld } from "./world.ts";

/** Between two coins from a hopper. */
const COIN_MS = 250;

/** A ticket that no payment holds goes back after this long; printing a payment on it takes two seconds. */
const LET_GO_MS = 5 * SECOND;

export function applyStation(world: World, output: StationOutput): void {
  const station = world.stations.get(output.station);
  if (!station) return;
  const before = station.output;
  station.output = output;
  if (output.holdTicket) station.letGoAt = null;
  else if (station.ticket?.state === "in") letGoSoon(world, station);
  applyEscrow(world, station, output);
  if (before?.screen.key !== output.screen.key || before.slotOpen !== output.slotOpen) nudgeUser(world, station);
}

export function orderStation(world: World, order: StationOrder & Pick<Order, "id">): void {
  if (!world.stations.has(order.station) || !firstTime(world, order.id)) return;
  const station = stationOf(world, order.station);
  switch (order.type) {
    case "ejectStationTicket": eject(world, station); return;
    case "validateTicket": {
      const text = paidText(order.paidAt, zoneOfWorld(world));
      const at = world.now + 1_200 + world.rng.devices.int(900);
      world.schedule.put(at, { what: "validated", station: station.id, ticket: order.ticket, text });
      return;
    }
    case "returnNote": returnNote(world, station, order.note); return;
    case "returnEscrow": returnEscrow(world, station); return;
    case "stackEscrow": stackEscrow(world, station); return;
    case "payOut": startPayout(world, station, order.payout, order.coins); return;
    case "readHoppers": answerHoppers(world, station, order.payout); return;
    case "printChit": print(world, station, "chit"); return;
    case "printReceipt": print(world, station, "receipt"); return;
    case "cardSale": startSale(world, station, order.operation, order.amountMinor); return;
    case "cardAbort": abortSale(world, station, order.operation); return;
    case "cardStatus": answerCard(world, station, order.operation); return;
    case "cardRefund": {
      const reference = `R${station.id}-${order.operation}`;
      station.operations.set(order.operation, { amountMinor: order.amountMinor, outcome: "refunded", silent: false, reference });
      answerCard(world, station, order.operation);
      return;
    }
    default: unreachable(order);
  }
}

/** As printed at payment, by the clock on the car park's wall: dd/mm/yyyy hh:mm. */
export const paidText = (at: Instant, zone: Zone): string => `${ticketDateText(at, zone)} ${timeText(zone.wallOf(at).msOfDay)}`;

function eject(world: World, station: WorldStation): void {
  station.letGoAt = null;
  if (station.cardIn) {
    const user = userOf(world, station);
    if (user) user.card = station.cardIn;
    station.cardIn = null;
    nudgeUser(world, station);
  }
  if (station.ticket?.state !== "in") return;
  station.ticket.state = "out";
  happen(world, "ticketEjected", null, station.id);
  nudgeUser(world, station);
}

/** Unless it is told meanwhile to hold the ticket, the transport gives it back. */
export function letGoSoon(world: World, station: WorldStation): void {
  if (station.letGoAt !== null) return;
  station.letGoAt = world.now + LET_GO_MS;
  world.schedule.put(station.letGoAt, { what: "letGo", station: station.id, at: station.letGoAt });
}

/** Nobody holds the ticket: its reading never arrived, or the order to eject it was lost. */
export function onLetGo(world: World, station: WorldStation, at: Instant): void {
  if (station.letGoAt !== at) return;
  station.letGoAt = null;
  eject(world, station);
}

export function onValidated(world: World, station: WorldStation, number: string, text: string): void {
  const { ticket } = station;
  if (ticket?.state !== "in" || ticket.ticket.number !== number) return;
  const printed = station.paper > 0;
  if (printed) {
    station.paper--;
    ticket.ticket.paid = text;
  }
  say(world, `${station.id}/ticket`, { type: "ReportValidationPrinted", station: station.id, printed });
  eject(world, station);
}

/** A coin falls in. Returns where it went. */
export function dropCoin(world: World, station: WorldStation, value: MinorUnits, good: boolean): "hopper" | "cashBox" | "tray" {
  const accepted = good && station.output?.cashEnabled === true && station.output.coins.includes(value);
  if (!accepted) {
    add(station.tray, value, 1);
    happen(world, "coinReturned", null, station.id);
    if (station.output?.cashEnabled) {
      say(world, `${station.id}/coins`, { type: "ReportTenderReturned", station: station.id, tender: "coin" });
    }
    return "tray";
  }
  const room = (station.hoppers.get(value) ?? 0) < station.hopperCapacity;
  add(room ? station.hoppers : station.cashBox, value, 1);
  add(room ? station.toHopper : station.toCashBox, value, 1);
  say(world, `${station.id}/coins`, { type: "CountCoins", station: station.id, counts: [coinCount(station, value)] });
  return room ? "hopper" : "cashBox";
}

const coinCount = (station: WorldStation, denominationMinor: MinorUnits): CoinCount => ({
  denominationMinor, toHopper: station.toHopper.get(denominationMinor) ?? 0, toCashBox: station.toCashBox.get(denominationMinor) ?? 0,
});

function startPayout(world: World, station: WorldStation, payout: number, coins: readonly Tender[]): void {
  if (payout <= station.lastPayout) return;
  station.lastPayout = payout;
  const queue = coins.flatMap((t) => new Array<MinorUnits>(t.count).fill(t.denominationMinor));
  station.payout = { id: payout, coins: queue };
  world.schedule.put(world.now + COIN_MS, { what: "coin", station: station.id, payout });
}

/** The next coin of a payout falls into the tray, or the payout ends. */
export function onCoin(world: World, station: WorldStation, payout: number): void {
  const running = station.payout;
  if (running?.id !== payout) return;
  const value = running.coins.pop();
  if (value === undefined || station.payoutJam || (station.hoppers.get(value) ?? 0) === 0) {
    station.payout = null;
    sayPayout(world, station, payout, true);
    nudgeUser(world, station);
    return;
  }
  add(station.hoppers, value, -1);
  add(station.tray, value, 1);
  add(station.paidOut, value, 1);
  happen(world, "changeFell", null, station.id);
  sayPayout(world, station, payout, false);
  world.schedule.put(world.now + COIN_MS, { what: "coin", station: station.id, payout });
}

function answerHoppers(world: World, station: WorldStation, payout: number): void {
  station.lastPayout = Math.max(station.lastPayout, payout);
  if (station.payout !== null && station.payout.id <= payout) station.payout = null;
  sayPayout(world, station, payout, true);
}

function sayPayout(world: World, station: WorldStation, payout: number, finished: boolean): void {
  const counts = [...station.paidOut].map(([denominationMinor, paidOut]) => ({ denominationMinor, paidOut }));
  say(world, `${station.id}/hoppers`, { type: "CountPayout", station: station.id, payout, counts, finished });
}

function print(world: World, station: WorldStation, what: "chit" | "receipt"): void {
  if (station.paper <= 0) return;
  station.paper--;
  station[what] = true;
  nudgeUser(world, station);
}

function startSale(world: World, station: WorldStation, operation: number, amountMinor: MinorUnits): void {
  if (station.operations.has(operation)) return;
  const answer = station.nextAnswer;
  station.nextAnswer = "approve";
  const reference = `S${station.id}-${operation}`;
  station.operations.set(operation, { amountMinor, outcome: "asking", silent: answer === "silent", reference });
  const at = world.now + 6 * SECOND + world.rng.devices.int(8_000);
  world.schedule.put(at, { what: "answer", station: station.id, operation, approve: answer !== "decline" });
}

export function onAnswer(world: World, station: WorldStation, operation: number, approve: boolean): void {
  const sale = present(station.operations.get(operation), `operation ${operation}`);
  if (sale.outcome !== "asking") return;
  sale.outcome = approve ? "approved" : "declined";
  if (!sale.silent) answerCard(world, station, operation);
}

function abortSale(world: World, station: WorldStation, operation: number): void {
  const sale = station.operations.get(operation);
  if (sale?.outcome === "asking") sale.outcome = "declined";
  answerCard(world, station, operation);
}

/** Says how an operation stands. One it never heard of will not be made later either. */
function answerCard(world: World, station: WorldStation, operation: number): void {
  const known = station.operations.get(operation);
  if (!known) station.operations.set(operation, { amountMinor: 0, outcome: "declined", silent: false, reference: "" });
  const outcome = known ? outcomeOf(known, operation) : { result: "notFound" as const };
  say(world, `${station.id}/terminal`, { type: "ReportCardOutcome", station: station.id, operation, outcome });
}

function outcomeOf(known: Operation, operation: number): CardOutcome {
  switch (known.outcome) {
    case "asking": return { result: "unknown" };
    case "declined": return { result: "declined", cause: "declined" };
    case "approved":
    case "refunded":
      return {
        result: "approved", scheme: "visa", reference: known.reference, authorisation: String(100_000 + operation),
        lastDigits: "4242",
      };
  }
}

/** Every durable counter again, for an owner that has just started. */
export function readStation(world: World, station: WorldStation): void {
  const counts = station.coins.map((value) => coinCount(station, value));
  say(world, `${station.id}/coins`, { type: "CountCoins", station: station.id, counts });
  sayNotes(world, station);
  offerAgain(world, station);
}
