/** A driver names the stay by its plate: the station takes the money, and nothing is in the slot. */
import { describe, expect, it } from "vitest";
import { HOUR, MINUTE } from "../../kernel/instant.ts";
import type { FacilityConfig } from "../facility/config.ts";
import { violations } from "../facility/invariants.ts";
import { account, parker, payAsYouGo } from "../../../test/carpark/account.ts";
import { machineOf } from "../../../test/carpark/machine.ts";
import { type Site, siteConfig, siteOf } from "../../../test/carpark/site.ts";
import { testTariff } from "../../../test/carpark/tariff.ts";

const config: FacilityConfig = {
  ...siteConfig({ ordinary: 3, season: 0 }), media: ["plates", "paymentCard"], lanes: siteConfig().lanes.map((lane) => ({ ...lane, camera: true, terminal: true })),
};
function scene() {
  const s: Site = siteOf(config, testTariff).at("11:00");
  s.comeIn("E1", "plate", "p-1");
  s.at(s.now + HOUR - 10 * MINUTE);
  const m = machineOf(s);
  const stay = s.state.rights.openByCredential.get("p-1") ?? "";
  const choose = (key = stay) => s.give({ type: "ChooseStay", station: m.id, stay: key });
  return { s, m, stay, choose };
}

describe("pay by plate at the station", () => {
  it("cash: charge, payment, change, time to leave; no ticket comes out; the exit lets it go", () => {
    const { s, m, choose } = scene();
    expect(choose()).toBeNull();
    expect(m.output().screen).toMatchObject({ key: "charge", dueMinor: 500 });
    m.coin(500);
    expect(m.output().screen).toMatchObject({ key: "paidByPlate", leaveBy: s.now + 15 * MINUTE });
    expect(m.serve().given.map(({ type }) => type)).not.toContain("validateTicket");
    expect(s.last("CashSettled")).toMatchObject({ chargeMinor: 500, insertedMinor: 500 });
    s.arrive("X1").show("X1", "plate", "p-1");
    expect(s.output("X1").barrier).toBe("open");
    s.driveThrough("X1");
    expect(violations(s.state)).toEqual([]);
  });

  it("paid already: the time to leave; after the grace only the rest (E21)", () => {
    const { s, m, choose } = scene();
    choose();
    m.coin(500);
    m.wait(MINUTE);
    choose();
    expect(m.output().screen).toMatchObject({ key: "alreadyPaid" });
    s.at(s.now + HOUR);
    choose();
    expect(m.output().screen).toMatchObject({ key: "charge", dueMinor: 500 });
  });

  it("cancelled: the money comes back, nothing is paid", () => {
    const { s, m, stay, choose } = scene();
    choose();
    m.coin(200);
    s.give({ type: "CancelPayment", station: m.id });
    expect(s.last("CashRefunded").insertedMinor).toBe(200);
    expect(s.give({ type: "PayStay", stay, amountMinor: 500, means: "phone", reference: "r" })).toBeNull();
  });

  it("one payment at a time: neither the phone nor the exit's terminal takes what the station is taking (E14)", () => {
    const { s, m, stay, choose } = scene();
    choose();
    m.coin(100);
    expect(s.give({ type: "PayStay", stay, amountMinor: 500, means: "phone", reference: "r" })).toMatchObject({ type: "stayClaimed", by: { kind: "payStation" } });
    s.arrive("X1").show("X1", "plate", "p-1").show("X1", "paymentCard", "t-1");
    expect(s.log.some(({ type }) => type === "LaneSaleOrdered")).toBe(false);
  });

  it("the car leaves meanwhile: the money comes back", () => {
    const { s, m, choose } = scene();
    choose();
    m.coin(100);
    s.give({ type: "CloseStay", stay: [...s.state.stays.keys()][0]!, reason: "gone" }, "anna");
    m.coin(100);
    expect(s.last("CashRefunded").insertedMinor).toBe(200);
  });

  it("card: the sale pays the stay", () => {
    const { s, m, choose } = scene();
    choose();
    s.give({ type: "ChooseCard", station: m.id });
    s.give({ type: "ReportCardOutcome", station: m.id, operation: 1, outcome: { result: "approved", scheme: "visa", reference: "S1", authorisation: "1", lastDigits: "1111" } });
    expect(m.output().screen.key).toBe("paidByPlate");
    s.arrive("X1").show("X1", "plate", "p-1");
    expect(s.output("X1").barrier).toBe("open");
  });

  it("what an account pays, and what is nobody's, is not for the machine", () => {
    const { s, choose } = scene();
    s.learn(account("acme"), ...parker("acme", "ann", "p-ann"), payAsYouGo("acme", "g1"));
    s.comeIn("E1", "plate", "p-ann");
    expect(choose(s.state.rights.openByParker.get([...s.state.rights.openByParker.keys()][0] ?? "") ?? "")).toMatchObject({ type: "stayUnknown" });
    expect(choose("s99")).toMatchObject({ type: "stayUnknown" });
  });

  it("a ticket's stay named by plate pays its ticket", () => {
    const s = siteOf({ ...config, media: ["tickets", "plates"] }, testTariff).at("11:00");
    s.arrive("E1").show("E1", "plate", "p-1").press("E1").print("E1");
    const ticket = s.ticketAt("E1");
    s.take("E1").driveThrough("E1");
    s.at(s.now + HOUR - 10 * MINUTE);
    const m = machineOf(s);
    expect(s.give({ type: "ChooseStay", station: m.id, stay: [...s.state.stays.keys()][0]! })).toBeNull();
    m.coin(500);
    expect(s.state.tickets.get(ticket)?.state).toBe("paid");
    s.arrive("X1").insertAtExit("X1", ticket);
    expect(s.output("X1").barrier).toBe("open");
  });
});
