import { describe, expect, it } from "vitest";
import { SECOND } from "../../kernel/instant.ts";
import { markPaid } from "../ticket/settle.ts";
import { occupancy } from "../counting/counting.ts";
import type { GroupId, LaneId, StationId } from "../facility/config.ts";
import { createFacility, evolve } from "../facility/decide.ts";
import { decodeState, digestState, encodeState } from "../facility/snapshot.ts";
import type { CredentialRef } from "../stay/stay.ts";
import type { TicketNumber } from "../ticket/ticket.ts";
import { type Site, local, siteConfig, siteOf } from "../../../test/carpark/site.ts";
import { testTariff } from "../../../test/carpark/tariff.ts";

const ordinary = "ordinary" as GroupId;
const all = "all" as GroupId;
const site = (spaces?: { ordinary: number; season: number }): Site => siteOf(siteConfig(spaces), testTariff);
const pay = (s: Site, number: TicketNumber): void => {
  const emit = (event: Parameters<Parameters<typeof markPaid>[0]["emit"]>[0]): void => {
    const recorded = { ...event, at: s.now };
    s.log.push(recorded);
    evolve(s.state, recorded);
  };
  markPaid({ state: s.state, inputs: s.core.inputs, now: s.now, actor: null, emit }, number, 500, "test");
};
const season = (s: Site, card: string, facilities = ["north"], seq = s.state.operatorSeq + 1): void => {
  s.give({
    type: "LearnCardRight", card: card as CredentialRef, operatorSeq: seq,
    right: { right: `R-${card}`, kind: "season", facilities, validFrom: local("2026-01-01 00:00"), validUntil: local("2026-04-01 00:00"), days: [1, 2, 3, 4, 5], blocked: false },
  });
};

describe("entry by ticket", () => {
  it("a driver presses, takes the ticket, drives in; the count rises at the confirmed passage (A1, A13)", () => {
    const s = site().at("08:00");
    expect(s.output("E1").display.key).toBe("welcome");
    s.arrive("E1");
    expect(s.output("E1").display).toMatchObject({ key: "pressButton", flashing: true });
    s.press("E1").print("E1");
    expect(s.output("E1")).toMatchObject({ display: { key: "takeTicket", flashing: true }, barrier: "close" });
    s.take("E1");
    expect(s.output("E1").barrier).toBe("open");
    expect(occupancy(s.state, ordinary)).toBe(0);
    s.driveThrough("E1");
    expect(occupancy(s.state, ordinary)).toBe(1);
    expect(s.output("E1")).toMatchObject({ display: { key: "welcome" }, barrier: "close" });
    expect(s.last("StayOpened").enteredAt).toBe(local("08:00"));
    expect(s.state.ticketTotals).toEqual({ issued: 1, live: 1, paid: 0, used: 0, void: 0 });
  });

  it("a car that backs out after taking its ticket leaves everything as it was (A13)", () => {
    const s = site().at("08:00").arrive("E1").press("E1").print("E1").take("E1").armOpens("E1").backOut("E1");
    expect(occupancy(s.state, ordinary)).toBe(0);
    expect(s.last("MovementEnded").how).toBe("backedOut");
    expect(s.last("TicketVoided").reason).toBe("backedOut");
    expect(s.state.ticketTotals).toEqual({ issued: 1, live: 0, paid: 0, used: 0, void: 1 });
  });

  it("reversing from under the arm is no passage", () => {
    const s = site().at("08:00").arrive("E1").press("E1").print("E1").take("E1").armOpens("E1");
    s.sense("E1", "underArm", true).sense("E1", "arming", false).sense("E1", "arming", true).sense("E1", "underArm", false);
    expect(occupancy(s.state, ordinary)).toBe(0);
    expect(s.output("E1").barrier).toBe("open");
    s.backOut("E1");
    expect(s.last("MovementEnded").how).toBe("backedOut");
  });

  it("a printer that is late means a fault, a call and a void ticket; the lane a late print is drawn back", () => {
    const s = site().at("08:00").arrive("E1").press("E1").wait(5 * SECOND);
    expect(s.seen()).toEqual(expect.arrayContaining(["TicketNotPrinted", "TicketVoided", "FaultReported", "CallRang"]));
    const late = s.last("TicketVoided").number;
    s.give({ type: "ReportTicketPrinted", lane: "E1" as LaneId, number: late });
    expect(s.last("TicketRecalled").number).toBe(late);
  });

  it("a ticket nobody takes is drawn back and its space given on", () => {
    const s = site({ ordinary: 1, season: 0 }).at("08:00").arrive("E1").press("E1").print("E1");
    s.arrive("E2");
    expect(s.output("E2").display.key).toBe("full");
    s.wait(30 * SECOND);
    s.give({ type: "ReportTicketRetracted", lane: "E1" as LaneId, number: s.ticketAt("E1"), retracted: true });
    expect(s.output("E2").display.key).toBe("pressButton");
    expect(s.output("E1").display.key).toBe("full");
  });

  it("a tailgater opens an irregular stay (B6)", () => {
    const s = site().at("08:00").arrive("E1").press("E1").print("E1").take("E1").armOpens("E1");
    s.sense("E1", "underArm", true).sense("E1", "arming", false).sense("E1", "closing", true).sense("E1", "underArm", false);
    s.sense("E1", "arming", true).sense("E1", "underArm", true).sense("E1", "closing", false);
    expect(occupancy(s.state, ordinary)).toBe(1);
    s.sense("E1", "arming", false).sense("E1", "closing", true).sense("E1", "underArm", false).sense("E1", "closing", false);
    expect(occupancy(s.state, ordinary)).toBe(2);
    expect(s.last("StayOpened")).toMatchObject({ basis: "irregular", flags: ["tailgate"] });
  });

  it("a dead closing loop still counts the car, flagged, with a fault", () => {
    const s = site().at("08:00").arrive("E1").press("E1").print("E1").take("E1").armOpens("E1");
    s.sense("E1", "underArm", true).sense("E1", "arming", false).sense("E1", "underArm", false).wait(2 * SECOND);
    expect(s.last("StayOpened").flags).toEqual(["closingLoopDead"]);
    expect(s.last("FaultReported").code).toBe("closingLoopDead");
  });

  it("a closing loop stuck on does not keep the lane open for the next car (B6)", () => {
    const s = site().at("08:00").sense("E1", "closing", true).arrive("E1").press("E1").print("E1").take("E1").armOpens("E1");
    s.sense("E1", "underArm", true).sense("E1", "arming", false).sense("E1", "underArm", false).wait(2 * SECOND);
    expect(s.last("StayOpened").flags).toEqual(["closingLoopDead"]);
    expect(s.output("E1").display.key).toBe("welcome");
    s.arrive("E1").sense("E1", "arming", false).wait(2 * SECOND);
    expect(s.last("MovementEnded").how).toBe("left");
  });

  it("a ticket proved inside does not open a second stay at its lane (C4)", () => {
    const s = site().at("08:00").arrive("E1").press("E1").print("E1").take("E1").armOpens("E1");
    const number = s.last("TicketTaken").number;
    s.wait(600 * SECOND).give({ type: "InsertTicket", station: "P1" as StationId, read: s.read(number) });
    expect(s.last("StayOpened").flags).toEqual(["enteredAgainstVoid"]);
    s.sense("E1", "underArm", true).sense("E1", "arming", false).sense("E1", "closing", true);
    s.sense("E1", "underArm", false).sense("E1", "closing", false);
    expect(s.last("StayOpened")).toMatchObject({ basis: "irregular", credential: { kind: "none" } });
    expect(s.state.tickets.get(number)?.claim?.by.kind).toBe("payStation");
  });
});

describe("the arm (B1, B2)", () => {
  it("is never told to close over a covered, stale or unread loop", () => {
    const s = site().at("08:00").arrive("E1").press("E1").print("E1").take("E1").armOpens("E1");
    s.sense("E1", "underArm", true);
    s.give({ type: "SetLaneMode", lane: "E1" as LaneId, mode: "automatic", reason: "x" }, "amy");
    s.sense("E1", "arming", false).sense("E1", "closing", true).sense("E1", "underArm", false);
    expect(s.output("E1").barrier).toBe("open");
    s.sense("E1", "closing", false);
    expect(s.output("E1").barrier).toBe("close");
    s.silence(7 * SECOND);
    expect(s.output("E1").barrier).toBe("hold");
  });

  it("that does not report open within 4 s is a fault and a call", () => {
    const s = site().at("08:00").arrive("E1").press("E1").print("E1").take("E1").wait(4 * SECOND);
    expect(s.last("BarrierFailed").symptom).toBe("notOpen");
    expect(s.last("CallRang").reason).toBe("barrierFault");
  });
});

describe("full and the waiting order (A3, A5, A9, A10)", () => {
  it("the last space goes to one of two; the other waits and is prompted when a car leaves", () => {
    const s = site({ ordinary: 1, season: 0 }).at("08:00").arrive("E1").arrive("E2").press("E1").press("E2");
    expect(s.output("E2").display.key).toBe("full");
    s.print("E1");
    const ticket = s.ticketAt("E1");
    s.take("E1").driveThrough("E1");
    expect(s.sign()).toBe("carParkFull");
    s.at("08:30");
    pay(s, ticket);
    s.arrive("X1").insertAtExit("X1", ticket).driveThrough("X1");
    expect(s.output("E2").display).toMatchObject({ key: "pressButton", flashing: true });
    expect(s.sign()).toBe("carParkFull");
    s.press("E2").print("E2").take("E2").driveThrough("E2");
    expect(occupancy(s.state, ordinary)).toBe(1);
  });

  it("an unanswered prompt passes to the next; its car goes to the tail", () => {
    const s = site({ ordinary: 1, season: 0 });
    const ticket = s.at("08:00").enter("E1");
    s.arrive("E1").wait(SECOND).arrive("E2");
    pay(s, ticket);
    s.arrive("X1").insertAtExit("X1", ticket).driveThrough("X1");
    expect(s.output("E1").display.key).toBe("pressButton");
    s.wait(21 * SECOND);
    expect(s.output("E1").display.key).toBe("full");
    expect(s.output("E2").display.key).toBe("pressButton");
    s.backOut("E2");
    expect(s.output("E1").display.key).toBe("pressButton");
  });

  it("at the weekend everybody may use the season spaces; on Monday those inside count where they stand (A4)", () => {
    const s = siteOf(siteConfig({ ordinary: 1, season: 1 }), testTariff, local("2026-03-01 10:00"));
    s.enter("E1");
    s.enter("E1");
    expect(s.sign()).toBe("carParkFull");
    s.at("2026-03-02 00:10");
    expect(occupancy(s.state, ordinary)).toBe(2);
    s.arrive("E1");
    expect(s.output("E1").display.key).toBe("full");
  });
});

describe("season cards (C9)", () => {
  it.each([
    ["unknown card", "ghost", "08:00", "noRight"],
    ["another car park's", "other", "08:00", "wrongFacility"],
    ["after its expiry day", "ours", "2026-04-01 00:00", "expired"],
    ["on a Saturday", "ours", "2026-03-07 09:00", "outsideWindow"],
  ])("%s: %s at %s is refused: %s", (_, card, when, reason) => {
    const s = site();
    season(s, "ours");
    season(s, "other", ["south"]);
    s.at(when).arrive("E1").card("E1", card);
    expect(s.last("EntryRefused").reason).toBe(reason);
    expect(s.output("E1").display).toMatchObject({ key: "refused", reason });
    s.wait(9 * SECOND);
    expect(s.output("E1").display.key).toBe("pressButton");
  });

  it("enters in its own group, not twice, and leaves by card", () => {
    const s = site();
    season(s, "ours");
    s.at("08:00").arrive("E1").card("E1", "ours");
    expect(s.output("E1").display.key).toBe("takeCard");
    expect(s.output("E1").barrier).not.toBe("open");
    s.takeCard("E1").driveThrough("E1");
    expect([occupancy(s.state, "season" as GroupId), occupancy(s.state, ordinary), occupancy(s.state, all)]).toEqual([1, 0, 1]);
    s.arrive("E1").card("E1", "ours");
    expect(s.last("EntryRefused").reason).toBe("alreadyPresent");
    s.arrive("X1").card("X1", "ours").takeCard("X1").driveThrough("X1");
    expect(occupancy(s.state, all)).toBe(0);
  });
});

describe("exit (E20)", () => {
  it.each([[15 * 60 * SECOND, "ExitReleased"], [15 * 60 * SECOND + 1, "ExitRefused"]])(
    "%d ms after payment: %s", (after, outcome) => {
      const s = site();
      const ticket = s.at("08:00").enter();
      s.at("09:00");
      pay(s, ticket);
      s.arrive("X1");
      s.at(local("09:00") + after).insertAtExit("X1", ticket);
      expect(s.seen().filter((t) => t.startsWith("Exit"))).toEqual([outcome]);
      if (outcome === "ExitRefused") expect(s.last("CallRang")).toMatchObject({ reason: "graceOver", ticket });
    },
  );

  it("the attendant opens with a reason; the stay closes and the ticket is used", () => {
    const s = site();
    const ticket = s.at("08:00").enter();
    s.at("09:00").arrive("X1").insertAtExit("X1", ticket);
    expect(s.output("X1").display.key).toBe("attendant");
    expect(s.give({ type: "OpenByStaff", lane: "X1" as LaneId, reason: " " }, "amy")).toEqual({ type: "reasonMissing" });
    expect(s.give({ type: "OpenByStaff", lane: "X1" as LaneId, reason: "queue" })).toEqual({ type: "actorMissing" });
    expect(s.give({ type: "OpenByStaff", lane: "X1" as LaneId, reason: "queue at the exit" }, "amy")).toBeNull();
    s.driveThrough("X1");
    expect(occupancy(s.state, all)).toBe(0);
    expect(s.state.ticketTotals).toEqual({ issued: 1, live: 0, paid: 0, used: 1, void: 0 });
    expect(s.state.calls.size).toBe(0);
  });

  it.each([
    ["unreadable", { readable: false } as const, "ticketUnreadable"],
    ["wrong check digits", { readable: true, number: "07000000199", date: "", time: "" } as const, "ticketUnreadable"],
  ])("a ticket that is %s rings the intercom", (_, read, reason) => {
    const s = site().at("09:00").arrive("X1");
    s.give({ type: "PresentTicket", lane: "X1" as LaneId, read });
    expect(s.last("ExitRefused").reason).toBe(reason);
    expect(s.last("CallRang").reason).toBe(reason);
  });

  it("a car that backs out of a released exit gets its ticket back and may try again within the grace", () => {
    const s = site();
    const ticket = s.at("08:00").enter();
    pay(s, ticket);
    s.arrive("X1").insertAtExit("X1", ticket).armOpens("X1").backOut("X1");
    expect(s.last("TicketUnclaimed")).toMatchObject({ number: ticket, lane: "X1" });
    s.arrive("X1").insertAtExit("X1", ticket).driveThrough("X1");
    expect(s.last("StayClosed").how).toBe("passed");
  });

  it("a ticket recorded as backed out proves the entry when it is presented (flagged)", () => {
    const s = site();
    s.at("08:00").arrive("E1").press("E1").print("E1");
    const ticket = s.ticketAt("E1");
    s.take("E1").armOpens("E1").backOut("E1");
    s.at("09:00").arrive("X1").insertAtExit("X1", ticket);
    expect(s.last("StayOpened")).toMatchObject({ flags: ["enteredAgainstVoid"], enteredAt: local("08:00") });
    expect(s.last("ExitRefused").reason).toBe("notPaid");
  });

  it("a vehicle that forces its way out is an anomaly, never a decrement (A2)", () => {
    const s = site();
    s.at("08:00").enter();
    s.at("09:00").arrive("X1").driveThrough("X1");
    expect(s.last("AnomalousExit").lane).toBe("X1");
    expect(occupancy(s.state, all)).toBe(1);
  });
});

describe("restart", () => {
  it("a ticket half offered is void; the car still there begins anew", () => {
    const s = site().at("08:00").arrive("E1").press("E1").print("E1");
    s.restart();
    expect(s.output("E1").barrier).toBe("hold");
    s.sense("E1", "arming", true).sense("E1", "underArm", false).sense("E1", "closing", false);
    expect(s.last("TicketVoided").reason).toBe("restart");
    expect(s.output("E1").display.key).toBe("pressButton");
  });

  it("an open arm with clear loops: the stay opens, flagged passageUnknown", () => {
    const s = site().at("08:00").arrive("E1").press("E1").print("E1").take("E1");
    s.restart().readAll();
    expect(s.last("StayOpened").flags).toEqual(["passageUnknown"]);
  });

  it("snapshot and replay agree (F6, F7)", () => {
    const s = site();
    season(s, "ours");
    s.at("08:00").enter();
    s.arrive("E1").card("E1", "ours");
    const copy = decodeState(JSON.parse(JSON.stringify(encodeState(s.state))));
    expect(digestState(copy)).toBe(s.digest());
    const again = createFacility(s.state.id).state;
    for (const event of s.log) evolve(again, JSON.parse(JSON.stringify(event)));
    expect(digestState(again)).toBe(s.digest());
  });
});
