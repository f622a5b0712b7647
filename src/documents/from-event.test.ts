import { expect, it } from "vitest";
import { HOUR, MINUTE } from "../kernel/instant.ts";
import { machineOf } from "../../test/carpark/machine.ts";
import { siteConfig, siteOf } from "../../test/carpark/site.ts";
import { testTariff } from "../../test/carpark/tariff.ts";
import { chitOf, receiptOf, shiftOf, withRetained } from "./from-event.ts";
import { shiftPaper } from "./shift.ts";

const scene = () => {
  const s = siteOf(siteConfig(), testTariff).at("11:00");
  const ticket = s.enter();
  const enteredAt = s.state.tickets.get(ticket)?.issuedAt ?? null;
  s.at(s.now + HOUR - 10 * MINUTE);
  return { s, m: machineOf(s), ticket, enteredAt };
};

it("a receipt says what the driver put in, got back and is still owed", () => {
  const { s, m, ticket, enteredAt } = scene();
  m.fill(50, 3);
  m.jammed.add(200);
  m.ticket(ticket).dropCoin(500).dropCoin(200);
  m.countCoins();
  m.serve();
  const settled = receiptOf(s.last("CashSettled"), enteredAt);
  expect(settled).toMatchObject({ chargeMinor: 500, stay: { from: enteredAt }, paidBy: { insertedMinor: 700, changeMinor: 200, retainedMinor: 0 } });
  if (settled) expect(withRetained(settled, s.last("PayoutRetained")).paidBy).toMatchObject({ changeMinor: 150, retainedMinor: 50 });
  expect(chitOf(s.last("ChitIssued"), "Pay station")).toMatchObject({ amountMinor: 50, payment: settled?.payment });
});

it("card and office payments have receipts, a refused one has none", () => {
  const { s, m, ticket, enteredAt } = scene();
  m.ticket(ticket).press("ChooseCard");
  expect(receiptOf(s.last("CardSaleApproved"), enteredAt)?.paidBy).toEqual({ means: "card", scheme: "visa", lastDigits: "4242" });
  s.give({ type: "OpenShift", till: "office", floatMinor: 100 }, "ann");
  s.give({ type: "IssueLostTicket", till: "office", tender: { kind: "cash", givenMinor: 7000 }, reason: "lost" }, "ann");
  expect(receiptOf(s.last("OfficePaymentTaken"), enteredAt)).toMatchObject({ stay: null, chargeMinor: 6000, paidBy: { insertedMinor: 7000, changeMinor: 1000 } });
  expect(receiptOf(s.last("ChargeShown"), enteredAt)).toBeNull();
  s.give({ type: "CloseShift", till: "office", countedMinor: 6100 }, "ann");
  expect(shiftPaper(shiftOf(s.last("ShiftClosed")), siteConfig(), "en").source).toContain("$61.00");
});
