/**
 * Random drivers, staff and device faults at one pay station: doubled, late and lost messages, lost orders,
 * crashes between order and confirmation, jams, power cuts, a card terminal that does not answer. After every
 * step the books must hold; in the end, with all devices back, nothing is owed and metal and books agree.
 */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HOUR, MINUTE, SECOND } from "../../kernel/instant.ts";
import { type Books, booksViolations, emptyBooks, enter } from "../books/books.ts";
import type { FacilityEvent } from "../facility/event.ts";
import type { TicketNumber } from "../ticket/ticket.ts";
import { APPROVED, type Machine, machineOf } from "../../../test/carpark/machine.ts";
import { type Site, siteConfig, siteOf } from "../../../test/carpark/site.ts";
import { testTariff } from "../../../test/carpark/tariff.ts";
import { openPaymentOf } from "./paystation.ts";

type Scene = { readonly s: Site; readonly m: Machine; readonly tickets: readonly TicketNumber[]; readonly pocket: { inMinor: number } };
type Step = readonly [string, (scene: Scene) => void];

const COINS = [50, 100, 200, 500], NOTES = [500, 1000, 2000, 5000, 10_000];
const DECLINED = { result: "declined", cause: "funds" } as const;

const dropCoin = ({ m, pocket }: Scene, value: number): void => {
  if (!m.output().cashEnabled && m.station.phase.step !== "idle") return;
  pocket.inMinor += value;
  m.dropCoin(value);
};
const offerNote = ({ m, pocket }: Scene, value: number): void => {
  if (!m.output().cashEnabled) return;
  pocket.inMinor += value;
  m.offer(value);
};
const pick = (i: number, list: readonly TicketNumber[]): TicketNumber => list[i % list.length] as TicketNumber;

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.nat(5).map((i): Step => [`ticket ${i}`, ({ m, tickets }) => { m.ticket(pick(i, tickets)); }]) },
  { weight: 8, arbitrary: fc.constantFrom(...COINS).map((v): Step => [`coin ${v}`, (x) => { dropCoin(x, v); x.m.countCoins(); x.m.serve(); }]) },
  { weight: 2, arbitrary: fc.constantFrom(...COINS).map((v): Step => [`coin ${v}, message lost`, (x) => { dropCoin(x, v); }]) },
  { weight: 2, arbitrary: fc.constant<Step>(["coin message doubled", ({ m }) => { m.countCoins(); m.countCoins(); m.serve(); }]) },
  { weight: 5, arbitrary: fc.constantFrom(...NOTES).map((v): Step => [`note ${v}`, (x) => { offerNote(x, v); x.m.serve(); }]) },
  { weight: 2, arbitrary: fc.constantFrom("CancelPayment", "ExtendPayment", "PressReceipt").map((p): Step => [p, ({ m }) => { m.press(p as "CancelPayment"); }]) },
  { weight: 3, arbitrary: fc.constant<Step>(["AcceptRetention", ({ m }) => { m.press("AcceptRetention"); }]) },
  { weight: 4, arbitrary: fc.constantFrom(APPROVED, DECLINED, null).map((a): Step => [`card ${a?.result ?? "silent"}`, ({ m }) => { m.cardAnswer = a; m.press("ChooseCard"); }]) },
  { weight: 2, arbitrary: fc.constantFrom(APPROVED, DECLINED).map((a): Step => [`terminal knows: ${a.result}`, ({ m }) => { m.resolveAll(a); }]) },
  { weight: 5, arbitrary: fc.constantFrom(5 * SECOND, 40 * SECOND, 2 * MINUTE, 20 * MINUTE, HOUR).map((ms): Step => [`wait ${ms}`, ({ m }) => { m.wait(ms); }]) },
  { weight: 2, arbitrary: fc.constantFrom(...COINS).map((v): Step => [`jam ${v}`, ({ m }) => { m.jammed.add(v); }]) },
  { weight: 2, arbitrary: fc.constant<Step>(["jams cleared", ({ m }) => { m.jammed.clear(); }]) },
  { weight: 2, arbitrary: fc.boolean().map((on): Step => [`deaf ${on}`, ({ m }) => { m.deaf = on; }]) },
  { weight: 2, arbitrary: fc.boolean().map((on): Step => [`mute ${on}`, ({ m }) => { m.mute = on; if (!on) m.report(); }]) },
  { weight: 2, arbitrary: fc.constant<Step>(["owner crashes, orders lost", ({ s, m }) => { m.loseOrders(); s.restart().readAll(); m.serve(); m.report(); }]) },
  { weight: 1, arbitrary: fc.constant<Step>(["power cut at the machine", ({ m }) => { m.powerCut(); }]) },
  { weight: 2, arbitrary: fc.constantFrom(...COINS).map((v): Step => [`fill ${v}`, ({ m }) => { m.fill(v, 3); }]) },
  { weight: 2, arbitrary: fc.nat(5).map((i): Step => [`office takes ${i}`, ({ s, tickets }) => {
    s.give({ type: "TakeOfficePayment", till: "office", ticket: pick(i, tickets), tender: { kind: "cash", givenMinor: 100_000 } }, "ann");
  }]) },
  { weight: 1, arbitrary: fc.constant<Step>(["staff close a stay", ({ s }) => {
    const [stay] = s.state.stays.keys();
    if (stay !== undefined) s.give({ type: "CloseStay", stay, reason: "towed" }, "ann");
  }]) },
  { weight: 1, arbitrary: fc.constant<Step>(["a chit is redeemed", ({ s }) => {
    const [chit] = s.state.chits.keys();
    if (chit !== undefined) s.give({ type: "RedeemChit", till: "office", chit }, "ann");
  }]) },
  { weight: 1, arbitrary: fc.constant<Step>(["the last payment is refunded", ({ s }) => {
    const payment = [...s.state.settled.values()].at(-1);
    if (payment) s.give({ type: "RefundPayment", till: "office", payment: payment.payment, amountMinor: payment.chargeMinor, reason: "r" }, "ann");
  }]) },
);

function newScene(fill: number): Scene {
  const s = siteOf(siteConfig({ ordinary: 6, season: 1 }), testTariff).at("11:00");
  const tickets = [1, 2, 3, 4, 5].map(() => s.enter());
  const m = machineOf(s, undefined, 12);
  s.give({ type: "OpenShift", till: "office", floatMinor: 50_000 }, "ann");
  for (const coin of COINS) if (fill > 0) m.fill(coin, fill);
  m.wait(50 * MINUTE);
  return { s, m, tickets, pocket: { inMinor: 0 } };
}

/** All devices come back, everybody waits: nothing may stay half done. */
function heal({ s, m }: Scene): void {
  m.deaf = false;
  m.mute = false;
  m.jammed.clear();
  m.report();
  for (let i = 0; i < 40; i++) m.resolveAll(APPROVED).wait(2 * MINUTE);
  for (let i = 0; i < 4; i++) m.resolveAll(APPROVED).wait(HOUR);
  s.at(s.now + SECOND);
}

const run = (check: (scene: Scene) => void, end: (scene: Scene) => void, runs: number): void =>
  fc.assert(fc.property(fc.constantFrom(0, 2, 20), fc.array(step, { minLength: 5, maxLength: 60 }), (fill, steps) => {
    const scene = newScene(fill);
    for (const [, act] of steps) { act(scene); check(scene); }
    heal(scene);
    check(scene);
    end(scene);
  }), { numRuns: runs * Number(process.env.PROPERTY_RUNS_FACTOR ?? 1) });

/** E12: no payout orders a coin its hopper does not hold. */
function inStock(books: Books, station: string, event: FacilityEvent): void {
  if (event.type !== "PayoutOrdered") return;
  for (const { denominationMinor, count } of event.coins) {
    expect(denominationMinor * count).toBeLessThanOrEqual(books.balances.get(`hopper:${station}:${denominationMinor}`) ?? 0);
  }
}

describe("a pay station under random faults", { timeout: 120_000 }, () => {
  it("keeps its books at every step: E10, E11, E12, E13, E14, E17, E18", () => {
    let books = emptyBooks(), seen = 0, site: Site | null = null;
    run(({ s, m }) => {
      if (site !== s) { books = emptyBooks(); seen = 0; site = s; }
      for (; seen < s.log.length; seen++) { const event = s.log[seen]; if (event) { inStock(books, m.id, event); enter(books, event); } }
      expect(booksViolations(books, s.state)).toEqual([]);
      const payment = openPaymentOf(m.station.phase);
      // While the stacker moves its notes are waited for; otherwise enough is enough at once.
      if (payment && m.station.phase.step !== "stacking") expect(payment.creditedMinor).toBeLessThan(payment.due.dueMinor);
    }, () => {}, 100);
  });

  it("ends with nothing owed, and metal, books and pockets agree: E10, E11", () => {
    run(() => {}, ({ m, s, pocket }) => {
      expect(m.station).toMatchObject({ payout: null, strayMinor: 0, owedMinor: 0, phase: { step: "idle" } });
      for (const [coin, count] of m.hoppers) expect([coin, m.station.hoppers.get(coin)?.level]).toEqual([coin, count]);
      for (const [value, count] of m.cashBox) expect([value, m.station.cashBox.get(value) ?? 0]).toEqual([value, count]);
      const charged = s.log.reduce((sum, e) => sum + (e.type === "CashSettled" ? e.chargeMinor : 0), 0);
      const chits = s.log.reduce((sum, e) => sum + (e.type === "ChitIssued" ? e.amountMinor : 0), 0);
      expect(pocket.inMinor).toBe(charged + chits + m.paidOutMinor() + m.returnedNotes);
    }, 100);
  });

  it("charges a card once: E14, E15, E16; paid twice goes back", () => {
    run(({ s }) => {
      const open = [...s.state.stations.values()].flatMap((station) => [...station.operations.values()]).filter((o) => o.kind === "sale");
      expect(new Set(open.map((o) => o.ticket)).size).toBe(open.length);
    }, ({ m, s }) => {
      const ordered = m.given.filter((o) => o.type === "cardSale" || o.type === "cardRefund").map((o) => o.operation);
      expect(new Set(ordered).size).toBe(ordered.length);
      expect(m.station.operations.size).toBe(0);
      const final = new Map<number, string[]>();
      for (const e of s.log) {
        if (e.type === "CardSaleApproved" || e.type === "CardSaleDeclined") final.set(e.operation, [...(final.get(e.operation) ?? []), e.type]);
      }
      for (const ends of final.values()) expect(ends).toHaveLength(1);
      const kept = s.log.reduce((sum, e) =>
        sum + (e.type === "CardSaleApproved" ? e.amountMinor : e.type === "CardRefunded" ? -e.amountMinor : 0), 0);
      expect(m.chargedMinor()).toBe(kept);
    }, 100);
  });

  it("never charges for a ticket that is used or void: C4, E14", () => {
    run(() => {}, ({ s }) => {
      const ended = new Set<string>();
      for (const e of s.log) {
        if (e.type === "TicketVoided" || e.type === "TicketUsed") ended.add(e.number);
        if (e.type === "TicketReplaced") ended.add(e.old);
        if (e.type === "TicketRevived") ended.delete(e.number);
        if (e.type === "TicketPaid") expect(ended.has(e.number)).toBe(false);
      }
      const { issued, live, paid, used, void: gone } = s.state.ticketTotals;
      expect(issued).toBe(live + paid + used + gone);
    }, 100);
  });

  it("replays to the same state, and a restart changes nothing but what it must: F6, F9", () => {
    run(() => {}, ({ s }) => { s.restart(); }, 40);
  });
});
