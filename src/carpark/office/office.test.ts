import { describe, expect, it } from "vitest";
import { HOUR, MINUTE } from "../../kernel/instant.ts";
import { booksViolations, foldBooks } from "../books/books.ts";
import { evolve } from "../facility/evolve.ts";
import type { TicketNumber } from "../ticket/ticket.ts";
import { machineOf } from "../../../test/carpark/machine.ts";
import { type Site, siteConfig, siteOf } from "../../../test/carpark/site.ts";
import { testTariff } from "../../../test/carpark/tariff.ts";
import type { OfficeCommand } from "./office.ts";

const till = "office";
type Story = { readonly s: Site; readonly ticket: TicketNumber; readonly act: (command: OfficeCommand, actor?: string | null) => ReturnType<Site["give"]> };

function story(hours = 1): Story {
  const s = siteOf(siteConfig(), testTariff).at("11:00");
  const ticket = s.enter();
  s.at(s.now + hours * HOUR - 10 * MINUTE);
  return { s, ticket, act: (command, actor = "ann") => s.give(command, actor) };
}
const opened = (hours = 1): Story => {
  const scene = story(hours);
  scene.act({ type: "OpenShift", till, floatMinor: 10_000 });
  return scene;
};
const cash = (givenMinor: number) => ({ kind: "cash", givenMinor }) as const;
const waived = { kind: "waived" } as const;

describe("shifts", () => {
  it("money moves only in an open shift, by a person; it closes with totals and its difference", () => {
    const { s, ticket, act } = story();
    const pay: OfficeCommand = { type: "TakeOfficePayment", till, ticket, tender: cash(1000) };
    expect(act(pay, null)).toEqual({ type: "actorMissing" });
    expect(act(pay)).toEqual({ type: "shiftMissing", till });
    expect(act({ type: "OpenShift", till, floatMinor: 10_000 })).toBeNull();
    expect(act({ type: "OpenShift", till, floatMinor: 0 })).toEqual({ type: "shiftOpen", till });
    expect(act(pay)).toBeNull();
    expect(act({ type: "CloseShift", till, countedMinor: 10_400, reason: "a dollar short" })).toBeNull();
    expect(s.last("ShiftClosed")).toMatchObject({
      shift: 1, openedBy: "ann", floatMinor: 10_000, cashMinor: 500, payments: 1, expectedMinor: 10_500, countedMinor: 10_400, varianceMinor: -100,
    });
    expect(s.state.shifts.size).toBe(0);
  });
});

describe("cash between till and vault", () => {
  it("goes with a reason, is expected no more, and closes without a difference (E17)", () => {
    const { s, act } = opened();
    const move = (to: "vault" | "till", amountMinor: number, reason = "too much for one drawer") => act({ type: "MoveTillCash", till, to, amountMinor, reason });
    expect(act({ type: "MoveTillCash", till: "second", to: "vault", amountMinor: 1, reason: "x" })).toEqual({ type: "shiftMissing", till: "second" });
    expect(move("vault", 5_000, " ")).toEqual({ type: "reasonMissing" });
    expect(move("vault", 10_001)).toEqual({ type: "tillTooLow", till, availableMinor: 10_000 });
    expect(move("till", 0)).toEqual({ type: "countImpossible", count: 0 });
    expect(move("till", 2_500, "short of change")).toBeNull();
    expect(move("vault", 6_000)).toBeNull();
    expect(act({ type: "CloseShift", till, countedMinor: 6_500 })).toBeNull();
    expect(s.last("ShiftClosed")).toMatchObject({ addedMinor: 2_500, droppedMinor: 6_000, expectedMinor: 6_500, varianceMinor: 0 });
    expect(booksViolations(foldBooks(s.log), s.state)).toEqual([]);
  });
});

describe("season tickets at the till", () => {
  const sale = (operatorSeq: number, over: object = {}) => ({
    type: "LearnSeasonSale", season: "season-000001", kind: "sold", till, means: "cash", amountMinor: 20_000, soldBy: "ann", operatorSeq, ...over,
  } as const);

  it("cash is expected in the till, a card is not; each sale is booked once, with its tax (E17)", () => {
    const { s, act } = opened();
    expect(s.give(sale(7))).toBeNull();
    expect(s.give(sale(7))).toEqual({ type: "nothingToDo", what: "LearnSeasonSale" });
    expect(s.give(sale(9, { means: "visa", kind: "renewed" }))).toBeNull();
    expect(s.give(sale(10, { means: "visa", till: null }))).toBeNull();
    const { balances } = foldBooks(s.log);
    expect([balances.get("card"), balances.get("vat"), balances.get("revenue")]).toEqual([40_000, -3 * 1_818, -3 * 18_182]);
    expect(act({ type: "CloseShift", till, countedMinor: 29_000 })).toBeNull();
    expect(s.last("ShiftClosed")).toMatchObject({ seasonCashMinor: 20_000, seasonCardMinor: 20_000, seasons: 2, expectedMinor: 30_000, varianceMinor: -1_000 });
    expect(booksViolations(foldBooks(s.log), s.state)).toEqual([]);
  });

  it("a sale whose shift closed before it was booked explains that shift's difference", () => {
    const { s, act } = opened();
    act({ type: "CloseShift", till, countedMinor: 30_000, reason: "one sale not yet booked" });
    expect(s.last("ShiftClosed").varianceMinor).toBe(20_000);
    expect(s.give(sale(3))).toBeNull();
    const books = foldBooks(s.log);
    expect(books.balances.get(`variance:${till}`)).toBe(0);
    expect(booksViolations(books, s.state)).toEqual([]);
  });
});

describe("paying a ticket at the office", () => {
  const rows: readonly [string, Partial<Extract<OfficeCommand, { type: "TakeOfficePayment" }>>, object | null][] = [
    ["exact cash", { tender: cash(500) }, null],
    ["too little", { tender: cash(450) }, { type: "amountTooSmall", dueMinor: 500, givenMinor: 450 }],
    ["a negative amount", { tender: cash(-1) }, { type: "countImpossible", count: -1 }],
    ["by card", { tender: { kind: "card", scheme: "visa", terminalReference: "T9" } }, null],
    ["waived without a reason", { tender: waived }, { type: "reasonMissing" }],
    ["waived with a reason", { tender: waived, reason: "towed" }, null],
    ["an unknown ticket", { ticket: "07000099904" as TicketNumber, tender: cash(500) }, { type: "ticketUnknown", ticket: "07000099904" }],
  ];
  it.each(rows)("%s", (_, part, outcome) => {
    const { s, ticket, act } = opened();
    const before = s.digest();
    expect(act({ type: "TakeOfficePayment", till, ticket, tender: waived, ...part })).toEqual(outcome);
    if (outcome) expect(s.digest()).toBe(before);
    else expect(s.state.tickets.get(ticket)).toMatchObject({ state: "paid", leaveBy: s.now + 15 * MINUTE });
  });

  it("change is worked out, the ticket opens the exit", () => {
    const { s, ticket, act } = opened();
    act({ type: "TakeOfficePayment", till, ticket, tender: cash(2000) });
    expect(s.last("OfficePaymentTaken")).toMatchObject({ chargeMinor: 500, changeMinor: 1500, taxMinor: 45, by: "ann" });
    s.arrive("X1").insertAtExit("X1", ticket);
    expect(s.output("X1").barrier).toBe("open");
  });

  it("above the limit waiving and refunding need a second person who is not the first", () => {
    const { ticket, act } = opened(40);
    const waive = (secondPerson?: string) => act({ type: "TakeOfficePayment", till, ticket, tender: waived, reason: "ill", ...(secondPerson === undefined ? {} : { secondPerson }) });
    expect(waive()).toEqual({ type: "secondPersonMissing", aboveMinor: 10_000 });
    expect(waive("ann")).toEqual({ type: "secondPersonMissing", aboveMinor: 10_000 });
    expect(waive("bob")).toBeNull();
  });

  it("a ticket a machine is just charging is left alone; a paid one is not charged again (E14)", () => {
    const { s, ticket, act } = opened();
    const m = machineOf(s).ticket(ticket);
    expect(act({ type: "TakeOfficePayment", till, ticket, tender: cash(500) })).toEqual({ type: "ticketClaimed", ticket, by: "P1" });
    m.coin(500);
    expect(act({ type: "TakeOfficePayment", till, ticket, tender: cash(500) })).toMatchObject({ type: "ticketState", state: "paid" });
  });
});

describe("claims", () => {
  it("a claim of a lane that nothing gave back ends by itself (C4)", () => {
    const { s, ticket, act } = opened();
    const claim = { by: { kind: "lane", id: "X1" }, until: s.now + 30 * MINUTE } as const;
    // As after a release whose movement was lost with its lane.
    evolve(s.state, { type: "TicketClaimed", number: ticket, claim, at: s.now });
    const pay: OfficeCommand = { type: "TakeOfficePayment", till, ticket, tender: cash(2000) };
    s.at(claim.until);
    expect(act(pay)).toEqual({ type: "ticketClaimed", ticket, by: "X1" });
    s.at(claim.until + 1);
    expect(act(pay)).toBeNull();
    s.arrive("X1").insertAtExit("X1", ticket);
    expect(s.output("X1").barrier).toBe("open");
  });
});

describe("damaged and lost tickets", () => {
  it("a damaged ticket is replaced: same stay, same entry time, the old number void (seed 002)", () => {
    const { s, ticket, act } = opened();
    expect(act({ type: "ReplaceTicket", ticket, reason: " " })).toEqual({ type: "reasonMissing" });
    expect(act({ type: "ReplaceTicket", ticket, reason: "torn" })).toBeNull();
    const { number } = s.last("TicketReplaced");
    expect(s.state.tickets.get(ticket)).toMatchObject({ state: "void", voidReason: "replaced" });
    expect(s.state.tickets.get(number)).toMatchObject({ state: "live", issuedAt: s.state.tickets.get(ticket)?.issuedAt, replaces: ticket });
    const m = machineOf(s).ticket(ticket);
    expect(m.output().screen).toMatchObject({ key: "notice", reason: "ticketVoid" });
    m.ticket(number).coin(500);
    s.arrive("X1").insertAtExit("X1", number).driveThrough("X1");
    expect(s.state.stays.size).toBe(0);
    const { issued, live, paid, used, void: gone } = s.state.ticketTotals;
    expect(issued).toBe(live + paid + used + gone);
  });

  it("a lost ticket with a known stay costs the stay's own price", () => {
    const { s, ticket, act } = opened(2);
    const [stay] = s.state.stays.keys();
    expect(stay).toBeDefined();
    if (stay === undefined) return;
    expect(act({ type: "IssueLostTicket", till, stay, tender: cash(1000), reason: "lost" })).toBeNull();
    expect(s.last("OfficePaymentTaken")).toMatchObject({ charge: "stay", chargeMinor: 1000 });
    expect(s.state.tickets.get(ticket)?.state).toBe("void");
    expect(s.state.tickets.get(s.last("TicketReplaced").number)?.state).toBe("paid");
  });

  it("a lost ticket without a known stay costs the facility's fee", () => {
    const { s, act } = opened();
    expect(act({ type: "IssueLostTicket", till, tender: cash(500), reason: "lost" })).toEqual({ type: "amountTooSmall", dueMinor: 6000, givenMinor: 500 });
    expect(act({ type: "IssueLostTicket", till, group: "none" as never, tender: cash(6000), reason: "lost" })).toEqual({ type: "groupUnknown", group: "none" });
    expect(act({ type: "IssueLostTicket", till, tender: cash(10_000), reason: "lost" })).toBeNull();
    const { ticket } = s.last("OfficePaymentTaken");
    expect(s.last("OfficePaymentTaken")).toMatchObject({ charge: "lostTicket", chargeMinor: 6000, changeMinor: 4000 });
    s.arrive("X1").insertAtExit("X1", ticket);
    expect(s.output("X1").barrier).toBe("open");
  });
});

describe("chits and refunds", () => {
  it("a chit is redeemed once (E10)", () => {
    const { s, ticket, act } = opened();
    const m = machineOf(s).ticket(ticket).note(1000);
    m.press("AcceptRetention");
    const { chit } = s.last("ChitIssued");
    expect(act({ type: "RedeemChit", till, chit })).toBeNull();
    expect(s.last("ChitRedeemed").amountMinor).toBe(500);
    expect(act({ type: "RedeemChit", till, chit })).toEqual({ type: "chitRedeemed", chit });
    expect(act({ type: "RedeemChit", till, chit: 99 })).toEqual({ type: "chitUnknown", chit: 99 });
    expect(act({ type: "CloseShift", till, countedMinor: 9_500 })).toBeNull();
    expect(s.last("ShiftClosed").varianceMinor).toBe(0);
  });

  it("refunds never exceed what was taken, tax goes back with it (E18)", () => {
    const { s, ticket, act } = opened();
    act({ type: "TakeOfficePayment", till, ticket, tender: cash(500) });
    const { payment } = s.last("OfficePaymentTaken");
    const refund = (amountMinor: number, more: object = {}) => act({ type: "RefundPayment", till, payment, amountMinor, reason: "machine fault", ...more });
    expect(refund(501)).toEqual({ type: "refundTooHigh", payment, refundableMinor: 500 });
    expect(refund(200)).toBeNull();
    expect(refund(301)).toEqual({ type: "refundTooHigh", payment, refundableMinor: 300 });
    expect(refund(300, { cardReference: "T3" })).toBeNull();
    expect(s.log.filter((e) => e.type === "PaymentRefunded").map((e) => e.taxMinor)).toEqual([18, 27]);
    expect(act({ type: "RefundPayment", till, payment: 77, amountMinor: 1, reason: "x" })).toEqual({ type: "paymentUnknown", payment: 77 });
    expect(refund(0)).toMatchObject({ type: "refundTooHigh" });
  });

  it("a till pays out no more than it holds", () => {
    const { s, ticket, act } = story();
    act({ type: "OpenShift", till, floatMinor: 100 });
    act({ type: "TakeOfficePayment", till, ticket, tender: { kind: "card", scheme: "visa", terminalReference: "T" } });
    const { payment } = s.last("OfficePaymentTaken");
    expect(act({ type: "RefundPayment", till, payment, amountMinor: 500, reason: "x" })).toEqual({ type: "tillTooLow", till, availableMinor: 100 });
  });
});
