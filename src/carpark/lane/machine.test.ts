/** The tables in docs/machines are the code: every row is driven through the decider and compared. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { SECOND } from "../../kernel/instant.ts";
import { evolve } from "../facility/decide.ts";
import type { GroupId, LaneId } from "../facility/config.ts";
import type { FacilityEvent } from "../facility/event.ts";
import type { CredentialRef } from "../stay/stay.ts";
import { markPaid } from "../ticket/settle.ts";
import type { TicketNumber } from "../ticket/ticket.ts";
import { type Site, local, siteConfig, siteOf } from "../../../test/carpark/site.ts";
import { APPROVED } from "../../../test/carpark/machine.ts";
import type { CardOutcome } from "../paystation/paystation.ts";
import { account, contract, parker } from "../../../test/carpark/account.ts";
import { testTariff } from "../../../test/carpark/tariff.ts";
import type { Phase } from "./lane.ts";

type Row = { readonly state: string; readonly input: string; readonly next: string; readonly events: readonly string[] };

function rowsOf(file: string): Row[] {
  const text = readFileSync(new URL(`../../../docs/machines/${file}`, import.meta.url), "utf8");
  const rows = text.split("\n").filter((line) => /^\| \w/.test(line) && !line.startsWith("| state"));
  return rows.map((line) => {
    const [state = "", input = "", next = "", events = ""] = line.split("|").slice(1).map((cell) => cell.trim());
    return { state, input, next, events: events === "" ? [] : events.split(", ") };
  });
}

const emitTo = (s: Site) => (event: FacilityEvent): void => {
  const recorded = { ...event, at: s.now };
  s.log.push(recorded);
  evolve(s.state, recorded);
};
const deciding = (s: Site) => ({ state: s.state, inputs: s.core.inputs, now: s.now, actor: null, emit: emitTo(s) });

type World = { readonly s: Site; readonly lane: string; ticket: TicketNumber | null };

function season(s: Site, card: string): void {
  s.give({
    type: "LearnCardRight", card: card as CredentialRef, operatorSeq: s.state.operatorSeq + 1,
    right: { right: "R1", kind: "season", facilities: ["north"], validFrom: 0, validUntil: local("2027-01-01 00:00"), days: [1, 2, 3, 4, 5], blocked: false },
  });
}

/** One account: two contract spaces for its plate and its card, a blocked plate, and pay-as-you-go for nobody. */
function rights(s: Site): void {
  s.learn(account("co"), ...parker("co", "ann", "p-ann"), ...parker("co", "bob", "k-bob"), ...parker("co", "cyd", "p-cyd"), contract("co", "c1"), contract("co", "c2"));
  s.learn({ type: "CredentialBlocked", credential: "p-cyd", blocked: true, reason: "unpaid" });
}

function fill(s: Site): void {
  s.give({ type: "AdjustCount", group: "ordinary" as GroupId, delta: 2, reason: "two cars" }, "amy");
}
const free = (s: Site): void => { s.give({ type: "AdjustCount", group: "ordinary" as GroupId, delta: -1, reason: "one left" }, "amy"); };

function world(lane: "E1" | "X1"): World {
  const s = siteOf(siteConfig({ ordinary: 2, season: 1 }), testTariff).at("08:00");
  season(s, "ours");
  rights(s);
  const w: World = { s, lane, ticket: null };
  if (lane === "X1") w.ticket = s.enter("E1");
  s.at("09:00");
  return w;
}

/** How a lane gets into a state of the tables. */
const REACH: Record<string, (w: World) => void> = {
  idle: () => {},
  approached: ({ s, lane }) => { s.arrive(lane); },
  waiting: ({ s }) => { fill(s); s.arrive("E1"); },
  offered: ({ s }) => { fill(s); s.arrive("E1"); free(s); },
  printing: ({ s }) => { s.arrive("E1").press("E1"); },
  offering: ({ s }) => { s.arrive("E1").press("E1").print("E1"); },
  retracting: ({ s }) => { s.arrive("E1").press("E1").print("E1").wait(30 * SECOND); },
  ticketInMouth: (w) => { REACH.retracting!(w); INPUT["not drawn back"]!(w); },
  refused: ({ s }) => { s.arrive("E1").card("E1", "ghost"); },
  returningCard: ({ s, lane }) => {
    if (lane === "X1") s.arrive("E1").card("E1", "ours").takeCard("E1").driveThrough("E1");
    s.arrive(lane).card(lane, "ours");
  },
  "waiting by right": ({ s }) => { fill(s); s.arrive("E1").show("E1", "plate", "p-ann"); },
  "refused by right": ({ s }) => { s.arrive("E1").show("E1", "plate", "p-cyd"); },
  "opening by right": ({ s, lane }) => {
    if (lane === "X1") s.comeIn("E1", "plate", "p-ann");
    s.arrive(lane).show(lane, "plate", "p-ann");
  },
  "paying by card": (w) => { REACH.paymentDue!(w); terminal(w.s); INPUT["payment card"]!(w); },
  paymentDue: (w) => { GIVEN["plate, payment due"]!(w); w.s.arrive("X1").show("X1", "plate", "p-visitor"); },
  opening: (w) => {
    w.s.arrive(w.lane);
    if (w.lane === "E1") w.s.press("E1").print("E1").take("E1");
    else { pay(w); w.s.insertAtExit("X1", w.ticket!); }
  },
  attendant: (w) => { w.s.arrive(w.lane); if (w.lane === "E1") INPUT.help!(w); else INPUT["unpaid ticket"]!(w); },
};

function pay(w: World): void {
  markPaid(deciding(w.s), w.ticket!, 500, "P-1");
}

/** The lane of the tables has a terminal for payment cards. */
function terminal(s: Site): void {
  const { config } = s.state;
  s.give({ type: "ConfigureFacility", config: { ...config!, lanes: config!.lanes.map((lane) => ({ ...lane, terminal: true })) } });
}
const sale = (s: Site, outcome: CardOutcome): void => {
  s.give({ type: "ReportLaneSale", lane: "X1" as LaneId, operation: s.state.next.sale - 1, outcome });
};

const INPUT: Record<string, (w: World) => void> = {
  "payment card": ({ s }) => { s.show("X1", "paymentCard", "pc-1"); },
  "payment card, no terminal": ({ s }) => { s.show("X1", "paymentCard", "pc-1"); },
  "QR code, not offered": ({ s }) => { s.show("E1", "qr", "q-1"); },
  approved: ({ s }) => { sale(s, APPROVED); },
  declined: ({ s }) => { sale(s, { result: "declined", cause: "funds" }); },
  unknown: ({ s }) => { sale(s, { result: "unknown" }); },
  "45 s pass": ({ s }) => { s.silence(45 * SECOND); },
  "car arrives": ({ s, lane }) => { s.arrive(lane); },
  "car arrives, full": ({ s }) => { s.arrive("E1"); },
  button: ({ s }) => { s.press("E1"); },
  "button, closed": ({ s }) => { s.press("E1"); },
  "valid card": ({ s }) => { s.card("E1", "ours"); },
  "unknown card": ({ s, lane }) => { s.card(lane, "ghost"); },
  help: ({ s, lane }) => { s.give({ type: "PressHelp", lane: lane as LaneId }); },
  "staff open": ({ s, lane }) => { s.give({ type: "OpenByStaff", lane: lane as LaneId, reason: "queue" }, "amy"); },
  "car leaves": ({ s, lane }) => { s.sense(lane, "arming", false).silence(2 * SECOND); },
  "space freed": ({ s }) => { free(s); },
  "5 s pass": ({ s }) => { s.silence(5 * SECOND); },
  "20 s pass": ({ s }) => { s.silence(20 * SECOND); },
  "30 s pass": ({ s }) => { s.silence(30 * SECOND); },
  printed: ({ s }) => { s.print("E1"); },
  "printer fails": ({ s }) => { s.give({ type: "ReportTicketNotPrinted", lane: "E1" as LaneId, number: s.ticketAt("E1"), cause: "paperOut" }); },
  taken: ({ s }) => { s.take("E1"); },
  "drawn back": ({ s }) => { s.give({ type: "ReportTicketRetracted", lane: "E1" as LaneId, number: s.ticketAt("E1"), retracted: true }); },
  "not drawn back": ({ s }) => { s.give({ type: "ReportTicketRetracted", lane: "E1" as LaneId, number: s.ticketAt("E1"), retracted: false }); },
  "card taken": ({ s, lane }) => { s.takeCard(lane); },
  passage: ({ s, lane }) => { s.driveThrough(lane); },
  "closing loop dead": ({ s }) => { s.armOpens("E1").sense("E1", "underArm", true).sense("E1", "arming", false).sense("E1", "underArm", false).silence(2 * SECOND); },
  "arm not open in 4 s": ({ s }) => { s.silence(4 * SECOND); },
  "call ends": ({ s }) => { s.give({ type: "EndCall", call: s.state.next.call - 1, outcome: "advised" }, "amy"); },
  "paid ticket": (w) => { w.s.insertAtExit("X1", w.ticket!); },
  "unpaid ticket": (w) => { w.s.insertAtExit("X1", w.ticket!); },
  "late ticket": (w) => { w.s.insertAtExit("X1", w.ticket!); },
  "used ticket": (w) => { w.s.insertAtExit("X1", w.ticket!); },
  "claimed ticket": (w) => { w.s.insertAtExit("X1", w.ticket!); },
  "unreadable ticket": ({ s }) => { s.give({ type: "PresentTicket", lane: "X1" as LaneId, read: { readable: false } }); },
  "plate with right": ({ s }) => { s.show("E1", "plate", "p-ann"); },
  "parker's card": ({ s }) => { s.show("E1", "card", "k-bob"); },
  "plate blocked": ({ s }) => { s.show("E1", "plate", "p-cyd"); },
  "unknown code": ({ s }) => { s.show("E1", "qr", null); },
  "stale reading": ({ s }) => { s.show("E1", "plate", "p-ann", s.now - 11 * SECOND); },
  "plate, nothing due": ({ s }) => { s.show("X1", "plate", "p-ann"); },
  "plate, payment due": ({ s }) => { s.show("X1", "plate", "p-visitor"); },
  "plate of the ticket's car": ({ s }) => { s.show("X1", "plate", "p-ann"); },
  "unknown plate": ({ s }) => { s.show("X1", "plate", "p-nobody"); },
  "unreadable code": ({ s }) => { s.show("X1", "qr", null); },
  "plate, safe mode": ({ s }) => { s.show("X1", "plate", "p-ann"); },
  paid: ({ s }) => {
    const { right, dueMinor } = s.last("PaymentAsked");
    s.give({ type: "PayStay", stay: right.stay ?? "", amountMinor: dueMinor, means: "phone", reference: "R-1" });
  },
  "2 min pass": ({ s }) => { s.silence(120 * SECOND); },
  "card inside": ({ s }) => { s.card("X1", "ours"); },
  "card not inside, no ticket inside": ({ s }) => { s.card("X1", "ours"); },
  "card not inside": ({ s }) => { s.card("X1", "ours"); },
  "restart, car there": ({ s, lane }) => { s.restart().sense(lane, "arming", true).sense(lane, "underArm", false).sense(lane, "closing", false); },
  "restart, loops clear": ({ s, lane }) => { s.restart().sense(lane, "arming", false).sense(lane, "underArm", false).sense(lane, "closing", false); },
};

/** What must be so before the input of a row, beyond its state. */
const GIVEN: Record<string, (w: World) => void> = {
  "car arrives, full": ({ s }) => fill(s),
  "QR code, not offered": ({ s }) => { s.give({ type: "ConfigureFacility", config: { ...s.state.config!, media: ["tickets", "cards"] } }); },
  "payment card": ({ s }) => { terminal(s); },
  "button, closed": ({ s }) => { s.give({ type: "SetFacilityMode", mode: "closed", reason: "cleaning" }, "amy"); },
  "paid ticket": pay,
  "late ticket": (w) => { pay(w); w.s.wait(16 * 60 * SECOND); },
  "used ticket": (w) => { emitTo(w.s)({ type: "TicketUsed", number: w.ticket!, lane: null }); },
  "claimed ticket": (w) => { emitTo(w.s)({ type: "TicketClaimed", number: w.ticket!, claim: { by: { kind: "payStation", id: "P1" }, until: w.s.now + 60 * SECOND } }); },
  "card not inside, no ticket inside": ({ s }) => {
    const [stay] = [...s.state.stays.keys()];
    s.give({ type: "CloseStay", stay: stay!, reason: "gone" }, "amy");
  },
  "plate, nothing due": ({ s }) => { s.comeIn("E1", "plate", "p-ann"); },
  "plate, payment due": ({ s }) => { s.comeIn("E1", "plate", "p-visitor").wait(3_600 * SECOND); },
  "plate of the ticket's car": ({ s }) => {
    const [stay] = [...s.state.stays.values()];
    stay!.plate = "p-ann" as CredentialRef;
  },
  "plate, safe mode": ({ s }) => {
    s.comeIn("E1", "plate", "p-ann");
    s.give({ type: "EnterSafeMode", reason: "test" });
  },
  "card inside": ({ s }) => { s.arrive("E1").card("E1", "ours").takeCard("E1").driveThrough("E1"); },
};

/** Closed list of the phases; the compiler knows when one is missing. */
const STEPS: Record<Phase["step"], true> = {
  approached: true, waiting: true, offered: true, printing: true, offering: true, retracting: true, ticketInMouth: true,
  printerFault: true, refused: true, returningCard: true, opening: true, attendant: true, paymentDue: true,
};

describe.each([["lane-entry.md", "E1"], ["lane-exit.md", "X1"]] as const)("docs/machines/%s", (file, lane) => {
  const rows = rowsOf(file);

  it.each(rows)("$state + $input -> $next ($events)", (row) => {
    const w = world(lane);
    REACH[row.state]!(w);
    GIVEN[row.input]?.(w);
    const before = w.s.log.length;
    INPUT[row.input]!(w);
    const step = w.s.state.lanes.get(lane as LaneId)?.movement?.phase.step ?? "idle";
    expect({ next: step, events: w.s.log.slice(before).map((e) => e.type) }).toEqual({ next: row.next, events: row.events });
  });
});

it("every phase of the code has a row", () => {
  const rows = [...rowsOf("lane-entry.md"), ...rowsOf("lane-exit.md")];
  const missing = Object.keys(STEPS).filter((step) => step !== "printerFault" && !rows.some((row) => row.state === step));
  expect(missing).toEqual([]);
});
