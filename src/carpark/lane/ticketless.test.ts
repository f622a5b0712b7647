/** A car park without tickets: the plate or the payment card is the ticket, the terminal at the exit takes the money. */
import { describe, expect, it } from "vitest";
import { occupancy } from "../counting/counting.ts";
import type { FacilityConfig, GroupId, LaneId } from "../facility/config.ts";
import { ordersOf } from "../facility/outputs.ts";
import type { CardOutcome } from "../paystation/paystation.ts";
import type { CredentialRef } from "../stay/stay.ts";
import { account, parker, payAsYouGo } from "../../../test/carpark/account.ts";
import { type Site, siteConfig, siteOf } from "../../../test/carpark/site.ts";
import { testTariff } from "../../../test/carpark/tariff.ts";
import { SALE_ANSWER_MS } from "./sale.ts";

const ordinary = "ordinary" as GroupId;
const X1 = "X1" as LaneId;
const config: FacilityConfig = {
  ...siteConfig({ ordinary: 2, season: 0 }), media: ["plates", "paymentCard", "cards"],
  lanes: siteConfig().lanes.map((lane) => ({ ...lane, camera: true, terminal: true })),
};
const site = (more: Partial<FacilityConfig> = {}): Site => siteOf({ ...config, ...more }, testTariff).at("08:00");
const approved: CardOutcome = { result: "approved", scheme: "visa", reference: "T1", authorisation: "A1", lastDigits: "4242" };
const answer = (s: Site, outcome: CardOutcome, operation = s.last("LaneSaleOrdered").operation) =>
  s.give({ type: "ReportLaneSale", lane: X1, operation, outcome });
/** In by the plate or card at 08:00, at the exit two hours later. */
function atExit(kind: "plate" | "paymentCard", ref: string): Site {
  const s = site();
  s.comeIn("E1", kind, ref);
  expect(occupancy(s.state, ordinary)).toBe(1);
  return s.at("10:00").arrive("X1");
}

describe("in", () => {
  it("by plate alone: a short-term stay, paid at the machine; no ticket, no button", () => {
    const s = site().arrive("E1");
    expect(s.output("E1").display).toMatchObject({ key: "identify", flashing: true });
    s.show("E1", "plate", "p-1").driveThrough("E1");
    expect(s.last("StayOpened")).toMatchObject({ basis: "shortTerm", plate: "p-1", credential: { kind: "right" } });
    expect(s.state.ticketTotals.issued).toBe(0);
    s.arrive("E1").press("E1");
    expect(s.last("CallRang").reason).toBe("help");
  });

  it("by payment card where the camera saw nothing; not with a code, which is not offered here", () => {
    const s = site().arrive("E1").show("E1", "qr", "q-1");
    expect(s.last("EntryRefused").reason).toBe("mediumNotOffered");
    s.show("E1", "paymentCard", "t-1").driveThrough("E1");
    expect(occupancy(s.state, ordinary)).toBe(1);
  });

  it("full: it waits by its plate, and is let in when somebody has left", () => {
    const s = site();
    s.comeIn("E1", "plate", "p-1");
    s.comeIn("E1", "plate", "p-2");
    s.arrive("E1");
    expect(s.output("E1").display.key).toBe("full");
    s.show("E1", "plate", "p-3");
    expect(s.state.waiting).toHaveLength(1);
    s.give({ type: "CloseStay", stay: [...s.state.stays.keys()][0]!, reason: "gone" }, "anna");
    expect(s.output("E1").barrier).toBe("open");
  });

  it("a stale plate opens nothing", () => {
    const s = site().arrive("E1").show("E1", "plate", "p-1", site().now - 60_000);
    expect(s.output("E1").barrier).toBe("close");
  });

  it("where tickets are offered, a stranger's plate only names the car that takes one", () => {
    const s = site({ media: ["tickets", "plates"] }).arrive("E1").show("E1", "plate", "p-1");
    expect(s.output("E1")).toMatchObject({ display: { key: "pressButton" }, barrier: "close" });
    s.press("E1").print("E1").take("E1").driveThrough("E1");
    expect(s.last("StayOpened")).toMatchObject({ plate: "p-1", credential: { kind: "ticket" } });
  });
});

describe("out", () => {
  it("the plate says what is due, the card at the terminal pays exactly that, the arm rises", () => {
    const s = atExit("plate", "p-1").show("X1", "plate", "p-1");
    const { dueMinor } = s.last("PaymentAsked");
    expect(s.output("X1").display).toMatchObject({ key: "payHere", amountMinor: dueMinor });
    s.show("X1", "paymentCard", "t-9");
    expect(ordersOf(s.state.id, 1, s.last("LaneSaleOrdered"))).toMatchObject([{ type: "laneSale", lane: "X1", operation: 1, amountMinor: dueMinor }]);
    // Time goes on while the bank thinks; the amount that was asked stays what is paid.
    s.wait(20_000);
    expect(answer(s, approved)).toBeNull();
    expect(s.last("StayPaymentTaken")).toMatchObject({ amountMinor: dueMinor, means: "terminal", reference: "T1" });
    expect(s.output("X1")).toMatchObject({ display: { key: "driveOut" }, barrier: "open" });
    s.driveThrough("X1");
    expect(occupancy(s.state, ordinary)).toBe(0);
    expect(s.last("StayClosed").how).toBe("passed");
  });

  it("payment card in, payment card out: one touch at the exit", () => {
    const s = atExit("paymentCard", "t-1").show("X1", "paymentCard", "t-1");
    expect(s.last("LaneSaleOrdered").amountMinor).toBe(s.last("PaymentAsked").dueMinor);
    answer(s, approved);
    expect(s.output("X1").barrier).toBe("open");
    expect(JSON.stringify(s.log)).not.toContain("4242");
  });

  it("declined: the attendant is called; another card pays", () => {
    const s = atExit("plate", "p-1").show("X1", "plate", "p-1").show("X1", "paymentCard", "t-1");
    answer(s, { result: "declined", cause: "funds" });
    expect(s.last("ExitRefused").reason).toBe("cardDeclined");
    expect(s.last("CallRang").reason).toBe("cardDeclined");
    expect(s.output("X1").barrier).toBe("close");
    s.show("X1", "plate", "p-1").show("X1", "paymentCard", "t-2");
    answer(s, approved);
    expect(s.output("X1").barrier).toBe("open");
  });

  it("a terminal without an answer is asked for its status, never told to take again (E16)", () => {
    const s = atExit("plate", "p-1").show("X1", "plate", "p-1").show("X1", "paymentCard", "t-1");
    expect(s.give({ type: "PresentCredential", lane: X1, credential: { kind: "paymentCard", ref: "t-1" } })).toMatchObject({ type: "laneBusy" });
    s.wait(SALE_ANSWER_MS);
    expect(s.log.filter(({ type }) => type === "LaneSaleOrdered")).toHaveLength(1);
    expect(ordersOf(s.state.id, 1, s.last("LaneSaleAsked"))).toMatchObject([{ type: "laneSaleStatus", operation: 1 }]);
    expect(s.give({ type: "PayStay", stay: s.last("LaneSaleOrdered").stay, amountMinor: s.last("PaymentAsked").dueMinor, means: "phone", reference: "x" }))
      .toMatchObject({ type: "stayClaimed", by: { kind: "lane", id: "X1" } });
    answer(s, approved);
    expect(answer(s, approved, 1)).toMatchObject({ type: "nothingToDo" });
    expect(s.log.filter(({ type }) => type === "StayPaymentTaken")).toHaveLength(1);
    expect(s.output("X1").barrier).toBe("open");
  });

  it("money that arrives after the car has left is booked, and told", () => {
    const s = atExit("plate", "p-1").show("X1", "plate", "p-1").show("X1", "paymentCard", "t-1");
    s.give({ type: "CloseStay", stay: [...s.state.stays.keys()][0]!, reason: "let out by hand" }, "anna");
    answer(s, approved);
    expect(s.last("LaneSaleEnded").late).toBe(true);
    expect(s.last("StayPaymentTaken").reference).toBe("T1");
    expect([...s.state.faults.values()].some(({ code }) => code === "latePayment")).toBe(true);
  });

  it("after a restart the sale is still asked about, and its answer counts", () => {
    const s = atExit("plate", "p-1").show("X1", "plate", "p-1").show("X1", "paymentCard", "t-1");
    s.restart().sense("X1", "arming", true).sense("X1", "underArm", false).sense("X1", "closing", false).wait(SALE_ANSWER_MS);
    expect(s.last("LaneSaleAsked").operation).toBe(1);
    answer(s, approved, 1);
    expect(s.last("StayPaymentTaken").reference).toBe("T1");
  });

  it("a card nobody came in with, and nothing asked: the attendant", () => {
    const s = atExit("plate", "p-1").show("X1", "paymentCard", "t-7");
    expect(s.last("ExitRefused").reason).toBe("credentialUnknown");
    expect(s.log.some(({ type }) => type === "LaneSaleOrdered")).toBe(false);
  });
});

describe("how sure the camera is", () => {
  const read = { tier: "edit", why: "oneEdit", confidence: 0.7 } as const;
  it("one character off opens for a car that pays itself", () => {
    const s = atExit("plate", "p-1");
    s.give({ type: "PresentCredential", lane: X1, credential: { kind: "plate", ref: "p-1" }, read });
    expect(s.last("PaymentAsked").dueMinor).toBeGreaterThan(0);
  });

  it("one character off never ends a stay that an account pays for: the attendant looks", () => {
    const s = site();
    s.learn(account("acme"), ...parker("acme", "ann", "p-ann"), payAsYouGo("acme", "g1"));
    s.comeIn("E1", "plate", "p-ann");
    s.at("10:00").arrive("X1");
    s.give({ type: "PresentCredential", lane: X1, credential: { kind: "plate", ref: "p-ann" }, read });
    expect(s.output("X1").barrier).toBe("close");
    expect(s.last("CallRang").reason).toBe("credentialUnknown");
    expect(s.last("PlateAttached")).toMatchObject({ plate: "p-ann", read });
    s.give({ type: "PresentCredential", lane: X1, credential: { kind: "plate", ref: "p-ann" }, read: { tier: "exact", why: "sameText", confidence: 0.9 } });
    expect(s.output("X1").barrier).toBe("open");
  });

  it("a better look while the arm is up makes the stay the account's; after the passage too", () => {
    for (const moment of ["armUp", "passed"] as const) {
      const s = site();
      s.learn(account("acme"), ...parker("acme", "ann", "p-ann"), payAsYouGo("acme", "g1"));
      s.arrive("E1").show("E1", "plate", "p-misread");
      const better = { tier: "exact", why: "sameText", confidence: 0.95 } as const;
      if (moment === "armUp") s.give({ type: "PresentCredential", lane: "E1" as LaneId, credential: { kind: "plate", ref: "p-ann" }, read: better });
      s.driveThrough("E1");
      if (moment === "passed") s.give({ type: "CorrectPlate", lane: "E1" as LaneId, was: "p-misread" as CredentialRef, plate: "p-ann" as CredentialRef, read: better });
      const stays = [...s.state.stays.values()];
      expect(stays.map(({ basis, plate }) => [basis, plate]), moment).toEqual([["payAsYouGo", "p-ann"]]);
      expect(occupancy(s.state, ordinary), moment).toBe(1);
      expect(s.state.rights.openByCredential.has("p-misread"), moment).toBe(false);
    }
  });
});
