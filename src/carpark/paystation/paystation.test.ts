import { describe, expect, it } from "vitest";
import { HOUR, MINUTE, SECOND } from "../../kernel/instant.ts";
import type { TicketNumber, TicketRead } from "../ticket/ticket.ts";
import { type Machine, machineOf } from "../../../test/carpark/machine.ts";
import { type Site, siteConfig, siteOf } from "../../../test/carpark/site.ts";
import { testTariff } from "../../../test/carpark/tariff.ts";

type Scene = { readonly s: Site; readonly m: Machine; readonly ticket: TicketNumber };

/** A car drove in at 11:00 on a Monday and its driver comes after `hours`: 5.00 for each. */
function scene(hours = 1): Scene {
  const s = siteOf(siteConfig(), testTariff).at("11:00");
  const ticket = s.enter();
  s.at(s.now + hours * HOUR - 10 * MINUTE);
  s.seen();
  return { s, m: machineOf(s), ticket };
}

describe("reading a ticket", () => {
  it("shows the charge, claims the ticket and keeps the amount while time passes", () => {
    const { s, m, ticket } = scene();
    m.ticket(ticket);
    expect(s.seen()).toEqual(["TicketClaimed", "ChargeShown"]);
    expect(m.output().screen).toMatchObject({ key: "charge", dueMinor: 500, insertedMinor: 0, remainingMinor: 500 });
    m.coin(200);
    m.wait(50 * SECOND);
    m.coin(100);
    m.wait(50 * SECOND);
    expect(m.output().screen).toMatchObject({ key: "charge", dueMinor: 500, remainingMinor: 200 });
  });

  const readings: readonly [string, (scene: Scene) => TicketRead, string][] = [
    ["an unreadable bar code goes to the office", () => ({ readable: false }), "ticketUnreadable"],
    ["a date that differs goes to the office (seed 002)", ({ s, ticket }) => ({ ...s.read(ticket), date: "01/01/2020" }) as TicketRead, "ticketMismatch"],
    ["a mistyped number is unreadable", () => ({ readable: true, number: "07000000100", date: "", time: "" }), "ticketUnreadable"],
  ];
  it.each(readings)("%s", (_, read, reason) => {
    const story = scene();
    story.s.give({ type: "InsertTicket", station: story.m.id, read: read(story) });
    expect(story.m.output().screen).toMatchObject({ key: "notice", reason });
    expect(story.m.serve().given.map((o) => o.type)).toEqual(["ejectStationTicket"]);
    story.s.give({ type: "ReportTicketRemoved", station: story.m.id });
    expect(story.m.output().screen.key).toBe("insertTicket");
  });

  it("a paid ticket comes back with the time to leave; after the grace only the rest is charged (E21)", () => {
    const { s, m, ticket } = scene();
    m.ticket(ticket).coin(500);
    const { leaveBy } = s.last("TicketPaid");
    m.wait(MINUTE).ticket(ticket);
    expect(m.output().screen).toEqual({ key: "alreadyPaid", ticket, leaveBy });
    m.wait(30 * MINUTE).ticket(ticket);
    expect(m.output().screen).toMatchObject({ key: "charge", dueMinor: 500 });
    m.coin(500);
    expect(s.last("TicketPaid").leaveBy).toBe(s.now + 15 * MINUTE);
  });

  it("grace over within a paid hour costs nothing and gives the grace anew (E21)", () => {
    const { s, m, ticket } = scene();
    s.at(s.now + 15 * MINUTE);
    m.ticket(ticket).coin(500, 500);
    expect(s.last("CashSettled").chargeMinor).toBe(1000);
    m.wait(20 * MINUTE).ticket(ticket);
    expect(m.output().screen).toEqual({ key: "nothingDue", ticket, leaveBy: s.now + 15 * MINUTE });
  });

  it("a ticket claimed elsewhere, a used one and a season card come back with the reason", () => {
    const { s, m, ticket } = scene();
    m.ticket(ticket).coin(500);
    m.wait(MINUTE);
    s.arrive("X1").insertAtExit("X1", ticket);
    m.ticket(ticket);
    expect(m.output().screen).toMatchObject({ key: "notice", reason: "ticketClaimed" });
    s.driveThrough("X1");
    m.wait(MINUTE).ticket(ticket);
    expect(m.output().screen).toMatchObject({ key: "notice", reason: "ticketUsed" });
    s.give({ type: "InsertCard", station: m.id, card: null });
    expect(m.output().screen).toMatchObject({ key: "notice", reason: "ticketUnreadable" });
  });
});

describe("cash", () => {
  it("the last coin validates the ticket; change falls from the hoppers (E10, E13)", () => {
    const { s, m, ticket } = scene();
    m.fill(100, 5).fill(50, 5).ticket(ticket);
    m.coin(200, 200);
    expect(s.state.tickets.get(ticket)?.state).toBe("live");
    m.coin(200);
    expect(s.state.tickets.get(ticket)).toMatchObject({ state: "paid", paidMinor: 500, claim: null });
    expect(s.last("CashSettled")).toMatchObject({ insertedMinor: 600, chargeMinor: 500, taxMinor: 45, changeMinor: 100, retainedMinor: 0 });
    expect(m.paidOutMinor()).toBe(100);
    expect(m.output().screen).toMatchObject({ key: "paid", changeMinor: 100, leaveBy: s.now + 15 * MINUTE, receiptOffered: true });
    expect(m.given.map((o) => o.type)).toEqual(["validateTicket", "payOut"]);
    expect(m.press("PressReceipt")).toBeNull();
    expect(m.press("PressReceipt")).toMatchObject({ type: "nothingToDo" });
    expect(m.wait(MINUTE).output().screen.key).toBe("insertTicket");
  });

  it("a doubled or late coin message credits nothing twice (F12)", () => {
    const { s, m, ticket } = scene();
    m.ticket(ticket).dropCoin(200);
    expect(m.countCoins()).toBeNull();
    expect(m.countCoins()).toMatchObject({ type: "nothingToDo" });
    m.dropCoin(100).dropCoin(100);
    m.countCoins();
    expect(m.output().screen).toMatchObject({ insertedMinor: 400 });
    expect(s.seen().filter((type) => type === "CoinsInserted")).toHaveLength(2);
  });

  it("notes stay in escrow until enough is in and are stacked before the ticket is validated", () => {
    const { s, m, ticket } = scene(4);
    m.fill(500, 3).ticket(ticket);
    m.note(1000);
    expect(m.output().screen).toMatchObject({ key: "charge", dueMinor: 2000, insertedMinor: 1000 });
    expect(m.escrow).toEqual([1000]);
    m.offer(2000);
    expect(m.reoffer(2000)).toMatchObject({ type: "nothingToDo" });
    expect(s.state.tickets.get(ticket)?.state).toBe("live");
    expect(m.output().screen.key).toBe("stacking");
    m.serve();
    expect(s.last("CashSettled")).toMatchObject({ insertedMinor: 3000, chargeMinor: 2000, changeMinor: 1000, retainedMinor: 0 });
    expect(m.paidOutMinor()).toBe(1000);
  });

  it("short change is said before the note is taken; the rest comes on a chit (E12)", () => {
    const { s, m, ticket } = scene();
    m.fill(100, 2).ticket(ticket);
    expect(m.output().screen).toMatchObject({ retains: [{ denominationMinor: 1000, retainedMinor: 300 }, { denominationMinor: 2000, retainedMinor: 1300 }, { denominationMinor: 5000, retainedMinor: 4300 }] });
    m.note(1000);
    expect(m.output().screen).toMatchObject({ key: "askRetention", changeMinor: 200, retainedMinor: 300 });
    expect(m.press("AcceptRetention")).toBeNull();
    expect(s.last("CashSettled")).toMatchObject({ insertedMinor: 1000, chargeMinor: 500, changeMinor: 200, retainedMinor: 300 });
    expect(s.last("ChitIssued")).toMatchObject({ chit: 1, amountMinor: 300 });
    expect(m.given.map((o) => o.type)).toContain("printChit");
  });

  it("a driver who does not agree gets the very note back", () => {
    const { s, m, ticket } = scene();
    m.ticket(ticket).note(1000);
    expect(m.press("CancelPayment")).toBeNull();
    expect(m.returnedNotes).toBe(1000);
    expect(m.output().screen).toMatchObject({ key: "returned", refundedMinor: 0 });
    expect(s.state.tickets.get(ticket)).toMatchObject({ state: "live", claim: null });
  });

  it("coins that suffice send the waiting note back", () => {
    const { s, m, ticket } = scene(2);
    m.ticket(ticket).note(500).coin(200, 200);
    m.coin(500, 200);
    expect(s.last("CashSettled")).toMatchObject({ insertedMinor: 900 + 500 });
    expect(m.returnedNotes).toBe(0);
    const second = scene(2);
    second.m.fill(100, 9).ticket(second.ticket).note(500);
    second.m.dropCoin(500).dropCoin(500);
    second.m.countCoins();
    second.m.serve();
    expect(second.m.returnedNotes).toBe(500);
    expect(second.s.last("CashSettled")).toMatchObject({ insertedMinor: 1000, changeMinor: 0 });
  });

  it("cancel gives back what was inserted, after 120 s the machine does so itself (E10)", () => {
    const { s, m, ticket } = scene();
    m.ticket(ticket).coin(200, 100, 50);
    expect(m.wait(60 * SECOND).output().screen.key).toBe("reminder");
    expect(m.press("ExtendPayment")).toBeNull();
    expect(m.output().screen.key).toBe("charge");
    m.wait(120 * SECOND);
    expect(s.last("CashRefunded")).toMatchObject({ why: "timedOut", insertedMinor: 350, refundedMinor: 350, retainedMinor: 0 });
    expect([...m.tray].sort((a, b) => a[0] - b[0])).toEqual([[50, 1], [100, 1], [200, 1]]);
    expect(m.given.at(0)?.type).toBe("ejectStationTicket");
  });

  it("touching the screen for ever does not keep the charge for ever", () => {
    const { s, m, ticket } = scene();
    m.ticket(ticket);
    for (let i = 0; i < 9; i++) { m.wait(MINUTE); m.press("ExtendPayment"); }
    m.wait(MINUTE);
    expect(s.last("CashRefunded").why).toBe("timedOut");
  });

  it("refused notes and coins come back with a remark", () => {
    const { m, ticket } = scene();
    m.ticket(ticket).note(10000);
    expect(m.returnedNotes).toBe(10000);
    expect(m.output().screen).toMatchObject({ remark: "noteNotAccepted", insertedMinor: 0 });
    m.coin(50);
    expect(m.output().screen).toMatchObject({ remark: null });
  });

  it("a stay that staff close meanwhile is not charged: the next coin brings all of them back", () => {
    const { s, m, ticket } = scene();
    m.ticket(ticket).coin(200);
    const [stay] = s.state.stays.keys();
    if (stay !== undefined) s.give({ type: "CloseStay", stay, reason: "towed" }, "ann");
    m.coin(500);
    expect(s.state.tickets.get(ticket)).toMatchObject({ state: "void", paidMinor: 0 });
    expect(s.last("CashRefunded")).toMatchObject({ insertedMinor: 700, refundedMinor: 700 });
    expect(m.paidOutMinor()).toBe(700);
  });

  it("money without a payment is given back at once", () => {
    const { s, m } = scene();
    m.coin(200);
    expect(s.last("CashRefunded")).toMatchObject({ why: "stray", insertedMinor: 200, refundedMinor: 200 });
    expect(m.paidOutMinor()).toBe(200);
    expect(m.output().screen.key).toBe("insertTicket");
  });

  it("an acceptor that does not stack in time gives the notes back and a fault is reported", () => {
    const { s, m, ticket } = scene(2);
    m.ticket(ticket).note(500);
    m.offer(500);
    m.deaf = true;
    m.serve();
    m.deaf = false;
    m.wait(45 * SECOND);
    expect(m.returnedNotes).toBe(1000);
    expect(s.seen()).toContain("FaultReported");
    expect(m.output().screen).toMatchObject({ key: "charge", insertedMinor: 0, remark: "noteNotStacked" });
  });

  it("while the store cannot record, acceptors are off and escrow goes back", () => {
    const { m, ticket } = scene();
    m.ticket(ticket);
    expect(m.output()).toMatchObject({ cashEnabled: true, escrow: "hold", coins: [50, 100, 200, 500] });
    expect(m.output(false)).toMatchObject({ cashEnabled: false, coins: [], notes: [], cards: [], escrow: "return" });
  });
});

describe("payouts", () => {
  it("after a crash the hoppers' counters are read and nothing is paid twice", () => {
    const { s, m, ticket } = scene();
    m.fill(100, 5).ticket(ticket);
    m.dropCoin(500).dropCoin(200);
    m.countCoins();
    m.serve();
    expect(m.paidOutMinor()).toBe(200);
    // The same, but the answer of the hoppers is lost and the owner restarts.
    const again = scene();
    again.m.fill(100, 5).ticket(again.ticket).dropCoin(500).dropCoin(200);
    again.m.countCoins();
    const answers = again.s.give;
    again.s.give = (command, actor) => (command.type === "CountPayout" ? null : answers(command, actor));
    again.m.serve();
    again.s.give = answers;
    expect(again.m.paidOutMinor()).toBe(200);
    again.s.restart();
    again.m.serve();
    expect(again.m.paidOutMinor()).toBe(200);
    expect(again.m.station).toMatchObject({ payout: null, owedMinor: 0 });
    expect(s.state.stations.get(m.id)?.owedMinor).toBe(0);
  });

  it("an order the hoppers never saw is ordered anew under a new number", () => {
    const { s, m, ticket } = scene();
    m.fill(100, 5).ticket(ticket).dropCoin(500).dropCoin(200);
    m.countCoins();
    m.deaf = true;
    m.serve();
    m.deaf = false;
    m.wait(30 * SECOND);
    expect(m.paidOutMinor()).toBe(200);
    expect(s.log.filter((e) => e.type === "PayoutOrdered").map((e) => e.payout)).toEqual([1, 2]);
  });

  it("a jammed hopper is tried from others, then goes on a chit, and is not counted on again", () => {
    const { s, m, ticket } = scene();
    m.fill(200, 5).fill(50, 3);
    m.jammed.add(200);
    m.ticket(ticket).dropCoin(500).dropCoin(200);
    m.countCoins();
    m.serve();
    expect(m.paidOutMinor()).toBe(150);
    expect(s.last("ChitIssued").amountMinor).toBe(50);
    expect(m.output().screen).toMatchObject({ key: "paid", changeMinor: 150, retainedMinor: 50 });
    expect(m.station.hoppers.get(200)?.suspect).toBe(true);
    expect(m.station.owedMinor).toBe(0);
    expect(s.seen()).toContain("FaultReported");
  });

  it("hoppers that never answer take the station out of service; staff settle it with a chit", () => {
    const { s, m, ticket } = scene();
    m.fill(100, 5).ticket(ticket).dropCoin(500).dropCoin(200);
    m.countCoins();
    m.deaf = true;
    m.wait(4 * MINUTE);
    expect(m.station.mode).toBe("outOfService");
    expect(s.give({ type: "AbandonPayout", station: m.id, reason: "driver waits" })).toEqual({ type: "actorMissing" });
    expect(s.give({ type: "AbandonPayout", station: m.id, reason: "driver waits" }, "ann")).toBeNull();
    expect(s.last("ChitIssued").amountMinor).toBe(200);
    expect(m.station).toMatchObject({ payout: null, owedMinor: 0 });
  });
});

describe("staff at the machine", () => {
  it("fills, empties and exchanges; counted and booked are both recorded", () => {
    const { s, m, ticket } = scene();
    m.fill(100, 10).ticket(ticket).coin(500);
    expect(s.give({ type: "EmptyHopper", station: m.id, denominationMinor: 100, counted: 9 }, "ann")).toBeNull();
    expect(s.last("HopperEmptied")).toMatchObject({ booked: 10, counted: 9, by: "ann" });
    expect(s.give({ type: "FillHopper", station: m.id, denominationMinor: 25, count: 1 }, "ann")).toMatchObject({ type: "denominationRefused" });
    expect(s.give({ type: "FillHopper", station: m.id, denominationMinor: 100, count: -1 }, "ann")).toMatchObject({ type: "countImpossible" });
    expect(s.give({ type: "FillHopper", station: m.id, denominationMinor: 100, count: 1 })).toEqual({ type: "actorMissing" });
    expect(s.give({ type: "ExchangeCashBox", station: m.id, counted: [] }, "ann")).toBeNull();
    s.give({ type: "SetStationMode", station: m.id, mode: "outOfService", reason: "cleaning" }, "ann");
    m.wait(MINUTE).ticket(ticket);
    expect(m.output().screen.key).toBe("outOfService");
  });
});
