/**
 * A pay station made of metal, for stories and properties: hoppers with real coins, an acceptor with durable
 * counters, a note escrow, a card terminal. It obeys the orders of recorded events and reports by commands. Every
 * coin and note is in exactly one place: pocket, hopper, cash box, escrow or tray.
 */
import type { FacilityCommand } from "../../src/carpark/facility/command.ts";
import type { StationId } from "../../src/carpark/facility/config.ts";
import { desiredOutputs } from "../../src/carpark/facility/outputs.ts";
import type { Refusal } from "../../src/carpark/facility/refusal.ts";
import { type StationOrder, type StationOutput, stationOrdersOf } from "../../src/carpark/paystation/outputs.ts";
import type { CardOutcome, PayStation, Tender } from "../../src/carpark/paystation/paystation.ts";
import type { TicketNumber } from "../../src/carpark/ticket/ticket.ts";
import type { Site } from "./site.ts";

type Stock = Map<number, number>;
const add = (stock: Stock, value: number, count: number): void => { stock.set(value, (stock.get(value) ?? 0) + count); };
const total = (stock: Stock): number => [...stock].reduce((sum, [value, count]) => sum + value * count, 0);

export type Machine = ReturnType<typeof machineOf>;

export const APPROVED: CardOutcome = { result: "approved", scheme: "visa", reference: "T1", authorisation: "A1", lastDigits: "4242" };

export function machineOf(site: Site, id = "P1" as StationId, hopperCapacity = 200) {
  const hoppers: Stock = new Map(), cashBox: Stock = new Map(), tray: Stock = new Map();
  const toHopper: Stock = new Map(), toCashBox: Stock = new Map(), stacked: Stock = new Map(), paidOut: Stock = new Map();
  const jammed = new Set<number>();
  const given: StationOrder[] = [];
  let escrow: number[] = [];
  let returnedNotes = 0, notesRead = 0, from = site.log.length, deaf = false, lastPayout = 0;
  let sales: Map<number, CardOutcome | null> = new Map();
  let answer: CardOutcome | null = APPROVED;

  const send = (command: FacilityCommand): Refusal | null => site.give(command);
  const rows = (stock: Stock, key: string) => [...stock].map(([denominationMinor, count]) => ({ denominationMinor, [key]: count }));
  const coinCounts = () => [...new Set([...toHopper.keys(), ...toCashBox.keys()])].map((denominationMinor) =>
    ({ denominationMinor, toHopper: toHopper.get(denominationMinor) ?? 0, toCashBox: toCashBox.get(denominationMinor) ?? 0 }));
  const countPayout = (payout: number, finished: boolean): void => {
    send({ type: "CountPayout", station: id, payout, counts: rows(paidOut, "paidOut") as never, finished });
  };
  const dispense = (coins: readonly Tender[]): void => {
    for (const { denominationMinor: value, count } of coins) {
      const out = jammed.has(value) ? 0 : Math.min(count, hoppers.get(value) ?? 0);
      add(hoppers, value, -out);
      add(tray, value, out);
      add(paidOut, value, out);
    }
  };
  const obey = (order: StationOrder): void => {
    given.push(order);
    switch (order.type) {
      case "payOut":
        if (order.payout <= lastPayout) return;
        lastPayout = order.payout;
        dispense(order.coins);
        return countPayout(order.payout, true);
      case "readHoppers":
        lastPayout = Math.max(lastPayout, order.payout);
        return countPayout(order.payout, true);
      case "stackEscrow":
        for (const note of escrow) { add(cashBox, note, 1); add(stacked, note, 1); }
        escrow = [];
        return machine.countNotes();
      case "returnEscrow":
        returnedNotes += escrow.reduce((a, b) => a + b, 0);
        escrow = [];
        return;
      case "returnNote":
        returnedNotes += escrow.pop() ?? 0;
        return;
      case "cardSale": case "cardRefund":
        sales.set(order.operation, answer);
        if (answer) send({ type: "ReportCardOutcome", station: id, operation: order.operation, outcome: answer });
        return;
      case "cardStatus": {
        const known = sales.get(order.operation);
        const outcome: CardOutcome = known === undefined ? { result: "notFound" } : (known ?? { result: "unknown" });
        send({ type: "ReportCardOutcome", station: id, operation: order.operation, outcome });
        return;
      }
      case "validateTicket":
        send({ type: "ReportValidationPrinted", station: id, printed: true });
        return;
      case "cardAbort": case "ejectStationTicket": case "printChit": case "printReceipt":
        return;
    }
  };
  const machine = {
    id, hoppers, cashBox, tray, jammed, given, cashIn: { toHopper, toCashBox, stacked, paidOut },
    get escrow() { return escrow; },
    get returnedNotes() { return returnedNotes; },
    /** Orders are lost while it is deaf. */
    set deaf(on: boolean) { deaf = on; },
    set cardAnswer(outcome: CardOutcome | null) { answer = outcome; },
    /** The terminal learns the result of a sale it had no answer for. */
    resolve(operation: number, outcome: CardOutcome) { sales.set(operation, outcome); return machine; },
    forgetSales() { sales = new Map(); return machine; },
    get station(): PayStation { const s = site.state.stations.get(id); if (!s) throw new Error("station"); return s; },
    output: (healthy = true): StationOutput => {
      const output = desiredOutputs(site.state, site.core.inputs, site.now, healthy).stations.find((s) => s.station === id);
      if (!output) throw new Error("no output");
      return output;
    },
    /** Carries out what recorded events have ordered since the last time. */
    serve() {
      while (from < site.log.length) {
        const event = site.log[from++];
        if (event && !deaf) stationOrdersOf(event).filter((order) => order.station === id).forEach(obey);
      }
      return machine;
    },
    fill(value: number, count: number) {
      add(hoppers, value, count);
      site.give({ type: "FillHopper", station: id, denominationMinor: value, count }, "ann");
      return machine;
    },
    ticket(number: TicketNumber) { send({ type: "InsertTicket", station: id, read: site.read(number) }); return machine.serve(); },
    dropCoin(value: number) {
      const room = (hoppers.get(value) ?? 0) < hopperCapacity;
      add(room ? hoppers : cashBox, value, 1);
      add(room ? toHopper : toCashBox, value, 1);
      return machine;
    },
    countCoins() { return send({ type: "CountCoins", station: id, counts: coinCounts() }); },
    countNotes() { send({ type: "CountNotes", station: id, counts: rows(stacked, "stacked") as never }); },
    countPayout,
    coin(...values: number[]) { for (const value of values) { machine.dropCoin(value).countCoins(); machine.serve(); } return machine; },
    offer(value: number) {
      notesRead++;
      escrow.push(value);
      return machine.reoffer(value);
    },
    reoffer(value: number) { return send({ type: "OfferNote", station: id, note: notesRead, denominationMinor: value }); },
    note(...values: number[]) { for (const value of values) { machine.offer(value); machine.serve(); } return machine; },
    press(type: "ChooseCard" | "AcceptRetention" | "ExtendPayment" | "CancelPayment" | "PressReceipt" | "PressStationHelp") {
      const refusal = send({ type, station: id });
      machine.serve();
      return refusal;
    },
    wait(ms: number) { site.wait(ms); return machine.serve(); },
    /** All its counters, as sent when it connects. */
    report() { machine.countCoins(); machine.countNotes(); if (machine.station.payout) countPayout(machine.station.payout.payout, false); return machine.serve(); },
    paidOutMinor: () => total(tray),
    insideMinor: () => total(hoppers) + total(cashBox),
  };
  return machine;
}
