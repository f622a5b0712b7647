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
  let escrow: { readonly note: number; readonly value: number }[] = [];
  const giveBack = (which: (note: number) => boolean): void => {
    returnedNotes += escrow.filter((n) => which(n.note)).reduce((sum, n) => sum + n.value, 0);
    escrow = escrow.filter((n) => !which(n.note));
  };
  let returnedNotes = 0, notesRead = 0, from = site.log.length, deaf = false, mute = false, lastPayout = 0;
  const sales: Map<number, CardOutcome | null> = new Map();
  let answer: CardOutcome | null = APPROVED;
  let charged = 0;
  const truth = new Map<number, { readonly sign: number; readonly amountMinor: number }>();
  const learn = (operation: number, outcome: CardOutcome | null): void => {
    const known = truth.get(operation);
    if (sales.get(operation) || !known) return;
    sales.set(operation, outcome);
    if (outcome?.result === "approved") charged += known.sign * known.amountMinor;
  };

  const send = (command: FacilityCommand): Refusal | null => (mute ? null : site.give(command));
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
        for (const { value } of escrow) { add(cashBox, value, 1); add(stacked, value, 1); }
        escrow = [];
        return machine.countNotes();
      case "returnEscrow":
        return giveBack(() => true);
      case "returnNote":
        return giveBack((note) => note === order.note);
      case "cardSale": case "cardRefund":
        sales.set(order.operation, null);
        truth.set(order.operation, { sign: order.type === "cardSale" ? 1 : -1, amountMinor: order.amountMinor });
        learn(order.operation, answer);
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
    get escrow() { return escrow.map((n) => n.value); },
    get returnedNotes() { return returnedNotes; },
    /** Orders are lost while it is deaf. */
    set deaf(on: boolean) { deaf = on; },
    /** Its messages are lost while it is mute. */
    set mute(on: boolean) { mute = on; },
    /** What was ordered before now never reaches it. */
    loseOrders() { from = site.log.length; return machine; },
    /** Its power fails: it gives back what lay in escrow, and says so when it is back. */
    powerCut() {
      const held = escrow.length > 0;
      giveBack(() => true);
      if (held) send({ type: "ReportEscrowReturned", station: id });
      return machine.report();
    },
    /** Sales the card company has really charged, less what it gave back. */
    chargedMinor: () => charged,
    set cardAnswer(outcome: CardOutcome | null) { answer = outcome; },
    /** The terminal learns the result of a sale it had no answer for. */
    resolve(operation: number, outcome: CardOutcome) { learn(operation, outcome); return machine; },
    resolveAll(outcome: CardOutcome) { for (const operation of truth.keys()) learn(operation, outcome); return machine; },
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
      const { heldNotes, notesKnown } = machine.output();
      if (!deaf) giveBack((note) => note <= notesKnown && !heldNotes.includes(note));
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
      escrow.push({ note: notesRead, value });
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
    report() {
      for (const { note, value } of escrow) send({ type: "OfferNote", station: id, note, denominationMinor: value });
      machine.countCoins(); machine.countNotes(); if (machine.station.payout) countPayout(machine.station.payout.payout, false);
      return machine.serve();
    },
    paidOutMinor: () => total(tray),
    insideMinor: () => total(hoppers) + total(cashBox),
  };
  return machine;
}
