import { describe, expect, it } from "vitest";
import { HOUR, MINUTE } from "../../kernel/instant.ts";
import { machineOf } from "../../../test/carpark/machine.ts";
import { siteConfig, siteOf } from "../../../test/carpark/site.ts";
import { testTariff } from "../../../test/carpark/tariff.ts";
import type { Recorded } from "../facility/event.ts";
import { booksViolations, foldBooks } from "./books.ts";
import { postingsOf } from "./posting.ts";

/** A day with cash, change, a chit, a card, the office, a refund and an exchanged cash box. */
function day() {
  const s = siteOf(siteConfig({ ordinary: 6, season: 1 }), testTariff).at("11:00");
  const [a, b, c] = [s.enter(), s.enter(), s.enter()];
  s.at(s.now + HOUR - 10 * MINUTE);
  s.give({ type: "OpenShift", till: "office", floatMinor: 20_000 }, "ann");
  const m = machineOf(s).fill(100, 2);
  m.ticket(a).note(1000).press("AcceptRetention");
  m.wait(2 * MINUTE).ticket(b).press("ChooseCard");
  m.wait(2 * MINUTE);
  s.give({ type: "TakeOfficePayment", till: "office", ticket: c, tender: { kind: "cash", givenMinor: 5000 } }, "ann");
  s.give({ type: "RedeemChit", till: "office", chit: 1 }, "ann");
  s.give({ type: "RefundPayment", till: "office", payment: s.last("OfficePaymentTaken").payment, amountMinor: 200, reason: "late" }, "ann");
  s.give({ type: "ExchangeCashBox", station: m.id, counted: [{ denominationMinor: 1000, count: 1 }] }, "ann");
  return { s, m };
}

/** One event of the day, falsified. */
const falsify = (log: readonly Recorded[], type: Recorded["type"], change: object): Recorded[] =>
  log.map((e) => (e.type === type ? ({ ...e, ...change } as Recorded) : e));

describe("the books of a day", () => {
  it("hold, and every event's postings add up to 0 (E17)", () => {
    const { s } = day();
    expect(booksViolations(foldBooks(s.log), s.state)).toEqual([]);
    for (const e of s.log) expect([e.type, postingsOf(e).reduce((sum, p) => sum + p.amountMinor, 0)]).toEqual([e.type, 0]);
    const { balances } = foldBooks(s.log);
    expect(balances.get("retained") ?? 0).toBe(0);
    expect(balances.get("revenue")).toBe(-(3 * 500 - 3 * 45));
    expect(balances.get("refunds")).toBe(200 - 18);
  });

  it.each<[string, Recorded["type"], object]>([
    ["E10", "CashSettled", { insertedMinor: 900 }],
    ["E10", "CashSettled", { retainedMinor: 0 }],
    ["E11", "CashBoxExchanged", { booked: [] }],
    ["E11", "HopperFilled", { count: 3 }],
    ["E14", "CashSettled", { chargeMinor: 600, changeMinor: 100 }],
    ["E14", "CardSaleApproved", { payment: 1 }],
    ["E17", "CoinsInserted", { amountMinor: 1 }],
    ["E17", "NotesStacked", { amountMinor: 1 }],
    ["E18", "PaymentRefunded", { amountMinor: 600 }],
  ])("a false figure is found: %s in %s %o", (invariant, type, change) => {
    const { s, m } = day();
    m.coin(50);
    expect(booksViolations(foldBooks(falsify(s.log, type, change)), s.state).map((v) => v.invariant)).toContain(invariant);
  });
});
