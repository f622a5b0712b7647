import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { present } from "../../kernel/assert.ts";
import type { FacilityConfig } from "../facility/config.ts";
import { DAY, HOUR, MINUTE, SECOND } from "../../kernel/instant.ts";
import { booksViolations, foldBooks } from "../books/books.ts";
import type { TicketNumber } from "../ticket/ticket.ts";
import { APPROVED, type Machine, machineOf } from "../../../test/carpark/machine.ts";
import { type Site, siteConfig, siteOf } from "../../../test/carpark/site.ts";
import { testTariff } from "../../../test/carpark/tariff.ts";

type Scene = { readonly s: Site; readonly m: Machine; readonly ticket: TicketNumber };
const DECLINED = { result: "declined", cause: "funds" } as const;

function scene(hours = 1): Scene {
  const s = siteOf(siteConfig(), testTariff).at("11:00");
  const ticket = s.enter();
  s.at(s.now + hours * HOUR - 10 * MINUTE);
  return { s, m: machineOf(s), ticket };
}
const sales = (m: Machine): number => m.given.filter((order) => order.type === "cardSale").length;
const sound = (s: Site): void => { expect(booksViolations(foldBooks(s.log), s.state)).toEqual([]); };

describe("paying by card", () => {
  it("approved: the ticket is paid, printed and may leave", () => {
    const { s, m, ticket } = scene();
    m.ticket(ticket);
    expect(m.output().cards).toEqual(["mastercard", "visa", "debit"]);
    expect(m.press("ChooseCard")).toBeNull();
    expect(s.state.tickets.get(ticket)).toMatchObject({ state: "paid", paidMinor: 500, claim: null });
    expect(m.output().screen).toMatchObject({ key: "paid", chargeMinor: 500, changeMinor: 0 });
    expect(m.given.map((o) => o.type)).toEqual(["cardSale", "validateTicket"]);
    sound(s);
  });

  it("declined: the charge stands and cash or another card may follow", () => {
    const { s, m, ticket } = scene();
    m.ticket(ticket).cardAnswer = DECLINED;
    m.press("ChooseCard");
    expect(m.output().screen).toMatchObject({ key: "charge", remark: "cardDeclined", remainingMinor: 500 });
    m.coin(500);
    expect(s.state.tickets.get(ticket)?.state).toBe("paid");
    sound(s);
  });

  it("no card while cash is in, no cash while the terminal has the sale", () => {
    const { m, ticket } = scene();
    m.ticket(ticket).coin(50);
    expect(m.output().cards).toEqual([]);
    expect(m.press("ChooseCard")).toEqual({ type: "cashInserted", station: "P1", insertedMinor: 50 });
    m.press("CancelPayment");
    m.wait(30 * SECOND).ticket(ticket).cardAnswer = null;
    m.press("ChooseCard");
    expect(m.output()).toMatchObject({ cashEnabled: false, screen: { key: "card", amountMinor: 500 } });
  });

  it("cancel stops the sale at the terminal and gives the ticket back when it says so", () => {
    const { s, m, ticket } = scene();
    m.ticket(ticket).cardAnswer = null;
    m.press("ChooseCard");
    expect(m.press("CancelPayment")).toBeNull();
    expect(m.output().screen.key).toBe("cardAborting");
    s.give({ type: "ReportCardOutcome", station: m.id, operation: 1, outcome: { result: "declined", cause: "aborted" } });
    expect(m.output().screen).toMatchObject({ key: "returned", why: "cancelled" });
    expect(s.state.tickets.get(ticket)?.claim).toBeNull();
  });
});

describe("an unknown card answer (E15, E16)", () => {
  const unknown = (hours = 1): Scene => {
    const story = scene(hours);
    story.m.ticket(story.ticket).cardAnswer = null;
    story.m.press("ChooseCard");
    story.m.wait(90 * SECOND);
    return story;
  };

  it("is resolved by asking for the status, never by a second sale; approved in time, it pays", () => {
    const { s, m, ticket } = unknown();
    expect(m.output().screen.key).toBe("cardWaiting");
    expect(m.press("CancelPayment")).toMatchObject({ type: "stationBusy" });
    m.resolve(1, APPROVED).wait(10 * SECOND);
    expect(s.state.tickets.get(ticket)?.state).toBe("paid");
    expect(sales(m)).toBe(1);
    sound(s);
  });

  it("a small amount lets the driver go after a capped wait; the answer is booked when it comes", () => {
    const { s, m, ticket } = unknown();
    m.wait(30 * SECOND);
    expect(m.output().screen.key).toBe("paid");
    expect(s.state.tickets.get(ticket)?.state).toBe("paid");
    sound(s);
    m.resolve(1, APPROVED).wait(MINUTE);
    expect(s.last("CardSaleApproved").use).toBe("trusted");
    expect(m.station.operations.size).toBe(0);
    sound(s);
  });

  it.each([[499, "notice"], [500, "settled"]])("a car park that trusts %i ends %s at a charge of 500", (cardTrustMinor, step) => {
    const { s, m } = unknown();
    const config = present(s.state.config, "configuration");
    s.give({ type: "ConfigureFacility", config: { ...(config as FacilityConfig), policy: { ...config.policy, cardTrustMinor } } });
    m.wait(30 * SECOND);
    expect(m.station.phase.step).toBe(step);
    sound(s);
  });

  it("let go and then declined is a named loss, not a second try", () => {
    const { s, m } = unknown();
    m.wait(30 * SECOND);
    m.resolve(1, DECLINED).wait(MINUTE);
    expect(s.last("CardSaleDeclined").trusted).toBe(true);
    expect(foldBooks(s.log).balances.get("cardLoss")).toBe(500);
    sound(s);
  });

  it("a high amount comes back unpaid; a second card is refused, cash is taken, and what was taken twice goes back", () => {
    const { s, m, ticket } = unknown(20);
    m.wait(30 * SECOND);
    expect(m.output().screen).toMatchObject({ key: "notice", reason: "cardUnknown" });
    m.ticket(ticket);
    expect(m.press("ChooseCard")).toEqual({ type: "cardPending", ticket });
    s.give({ type: "OpenShift", till: "office", floatMinor: 0 }, "ann");
    m.press("CancelPayment");
    expect(s.give({ type: "TakeOfficePayment", till: "office", ticket, tender: { kind: "cash", givenMinor: 50_000 } }, "ann")).toBeNull();
    m.cardAnswer = APPROVED;
    m.resolve(1, APPROVED).wait(2 * MINUTE);
    expect(s.last("CardSaleApproved").use).toBe("surplus");
    expect(s.last("CardRefunded").amountMinor).toBe(s.last("CardSaleApproved").amountMinor);
    expect(m.chargedMinor()).toBe(0);
    expect(sales(m)).toBe(1);
    sound(s);
  });

  it("a refund the terminal never got is ordered anew; one it declined is left to the office", () => {
    const { s, m } = unknown(20);
    const [stay] = s.state.stays.keys();
    if (stay !== undefined) s.give({ type: "CloseStay", stay, reason: "towed" }, "ann");
    m.resolve(1, APPROVED).wait(10 * SECOND);
    expect(s.last("CardSaleApproved").use).toBe("surplus");
    m.cardAnswer = APPROVED;
    s.give({ type: "ReportCardOutcome", station: m.id, operation: 2, outcome: { result: "notFound" } });
    expect(s.last("CardRefundOrdered")).toMatchObject({ of: 1, attempt: 2 });
    s.give({ type: "ReportCardOutcome", station: m.id, operation: 3, outcome: DECLINED });
    expect(s.log.some((e) => e.type === "FaultReported" && e.code === "cardRefundFailed")).toBe(true);
    expect(m.station.operations.size).toBe(0);
    sound(s);
  });

  it("a late approval settles a ticket nobody has paid since", () => {
    const { s, m, ticket } = unknown(20);
    m.wait(30 * SECOND);
    m.resolve(1, APPROVED).wait(2 * MINUTE);
    expect(s.last("CardSaleApproved").use).toBe("late");
    expect(s.state.tickets.get(ticket)?.state).toBe("paid");
    sound(s);
  });

  it("a sale the terminal never got is no sale", () => {
    const { s, m, ticket } = scene();
    m.ticket(ticket).deaf = true;
    m.press("ChooseCard");
    m.deaf = false;
    m.loseOrders();
    s.restart();
    m.serve();
    expect(m.output().screen).toMatchObject({ key: "charge", remark: "cardNotStarted" });
    expect(sales(m)).toBe(0);
    sound(s);
  });

  it("older than a day it is a fault for people", () => {
    const { s, m } = unknown();
    for (let i = 0; i < 26; i++) m.wait(HOUR);
    expect(s.now).toBeGreaterThan(DAY);
    expect(s.log.some((e) => e.type === "FaultReported" && e.code === "cardUnknown")).toBe(true);
  });
});

describe("random cards", { timeout: 120_000 }, () => {
  type Step = readonly [string, (scene: Scene & { readonly tickets: readonly TicketNumber[] }) => void];
  const step: fc.Arbitrary<Step> = fc.oneof(
    fc.nat(1).map((i): Step => [`ticket ${i}`, ({ m, tickets }) => { m.ticket(tickets[i] as TicketNumber); }]),
    fc.constantFrom(APPROVED, DECLINED, null, null).map((a): Step => [`card ${a?.result ?? "silent"}`, ({ m }) => { m.cardAnswer = a; m.press("ChooseCard"); }]),
    fc.constantFrom(APPROVED, DECLINED).map((a): Step => [`terminal knows ${a.result}`, ({ m }) => { m.resolveAll(a); }]),
    fc.nat(1).map((i): Step => [`office takes ${i}`, ({ s, tickets }) => {
      s.give({ type: "TakeOfficePayment", till: "office", ticket: tickets[i] as TicketNumber, tender: { kind: "cash", givenMinor: 100_000 } }, "ann");
    }]),
    fc.constantFrom(10 * SECOND, 2 * MINUTE, 3 * MINUTE, HOUR).map((ms): Step => [`wait ${ms}`, ({ m }) => { m.wait(ms); }]),
    fc.constant<Step>(["staff close a stay", ({ s }) => {
      const [stay] = s.state.stays.keys();
      if (stay !== undefined) s.give({ type: "CloseStay", stay, reason: "towed" }, "ann");
    }]),
    fc.constant<Step>(["cancel", ({ m }) => { m.press("CancelPayment"); }]),
    fc.boolean().map((on): Step => [`deaf ${on}`, ({ m }) => { m.deaf = on; }]),
    fc.constant<Step>(["crash", ({ s, m }) => { m.loseOrders(); s.restart().readAll(); m.serve(); }]),
  );

  it("no ticket has two sales open, nothing is taken twice and kept, every sale ends once: E14, E15, E16", () => {
    fc.assert(fc.property(fc.constantFrom(1, 20), fc.array(step, { minLength: 4, maxLength: 30 }), (hours, steps) => {
      const s = siteOf(siteConfig(), testTariff).at("11:00");
      const tickets = [s.enter(), s.enter()];
      s.at(s.now + hours * HOUR - 10 * MINUTE);
      s.give({ type: "OpenShift", till: "office", floatMinor: 0 }, "ann");
      const story = { s, m: machineOf(s), ticket: tickets[0] as TicketNumber, tickets };
      for (const [, act] of steps) {
        act(story);
        const open = [...story.m.station.operations.values()].filter((o) => o.kind === "sale");
        expect(new Set(open.map((o) => o.ticket)).size).toBe(open.length);
        sound(s);
      }
      const { m } = story;
      m.deaf = false;
      for (let i = 0; i < 30; i++) m.resolveAll(APPROVED).wait(2 * MINUTE);
      sound(s);
      expect(m.station.operations.size).toBe(0);
      const { balances } = foldBooks(s.log);
      expect(m.chargedMinor()).toBe(balances.get("card") ?? 0);
      const refused = s.log.reduce((sum, e) => sum + (e.type === "CardRefundFailed" && e.cause !== "notFound" ? e.amountMinor : 0), 0);
      expect(balances.get("refundsOwed") ?? 0).toBe(0 - refused);
    }), { numRuns: 100 * Number(process.env.PROPERTY_RUNS_FACTOR ?? 1) });
  });
});
