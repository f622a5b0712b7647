/** The table of docs/machines/pay-station.md is the code: every row is driven through the decider and compared. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { HOUR, MINUTE, SECOND } from "../../kernel/instant.ts";
import type { CredentialRef } from "../stay/stay.ts";
import type { TicketNumber } from "../ticket/ticket.ts";
import { APPROVED, type Machine, machineOf } from "../../../test/carpark/machine.ts";
import { type Site, local, siteConfig, siteOf } from "../../../test/carpark/site.ts";
import { testTariff } from "../../../test/carpark/tariff.ts";
import type { StationPhase } from "./paystation.ts";

type Row = { readonly state: string; readonly input: string; readonly next: string; readonly events: readonly string[] };
type World = { readonly s: Site; readonly m: Machine; readonly ticket: TicketNumber; readonly other: TicketNumber };

const text = readFileSync(new URL("../../../docs/machines/pay-station.md", import.meta.url), "utf8").split("## What a device")[0] ?? "";
const rows: Row[] = text.split("\n").filter((line) => /^\| \w/.test(line) && !line.startsWith("| state")).map((line) => {
  const [state = "", input = "", next = "", events = ""] = line.split("|").slice(1).map((cell) => cell.trim());
  return { state, input, next, events: events === "" ? [] : events.split(", ") };
});

function world(row: Row): World {
  const s = siteOf(siteConfig(), testTariff).at("11:00");
  s.give({
    type: "LearnCardRight", card: "ours" as CredentialRef, operatorSeq: 1,
    right: { right: "R1", kind: "season", facilities: ["north"], validFrom: 0, validUntil: local("2027-01-01 00:00"), days: [1, 2, 3, 4, 5], blocked: false },
  });
  const ticket = s.enter("E1"), other = s.enter("E2");
  const m = machineOf(s);
  if (!row.input.includes("no change") && row.state !== "asking") m.fill(50, 20).fill(100, 20);
  const hours = row.input.includes("10.00 due") ? 2 : row.input.includes("above trust") ? 15 : 1;
  s.at(s.now + hours * HOUR - 20 * MINUTE);
  return { s, m, ticket, other };
}

const coins = (w: World, ...values: number[]): void => { for (const value of values) w.m.dropCoin(value); w.m.countCoins(); };
const insert = (w: World, ticket: TicketNumber): void => { w.s.give({ type: "InsertTicket", station: w.m.id, read: w.s.read(ticket) }); };
const outcome = (w: World, result: typeof APPROVED | { result: "declined"; cause: string } | { result: "unknown" }): void => {
  w.s.give({ type: "ReportCardOutcome", station: w.m.id, operation: 1, outcome: result });
};
const wait = (w: World, ms: number): void => { w.s.silence(ms); };
const press = (w: World, type: "CancelPayment" | "ChooseCard" | "AcceptRetention" | "ExtendPayment" | "PressReceipt" | "PressStationHelp"): void => {
  w.s.give({ type, station: w.m.id });
};
const DECLINED = { result: "declined", cause: "funds" } as const;

const REACH: Record<string, (w: World) => void> = {
  idle: () => {},
  "collecting by plate": (w) => { byPlate(w); choose(w); },
  notice: (w) => { w.s.give({ type: "InsertTicket", station: w.m.id, read: { readable: false } }); },
  collecting: (w) => insert(w, w.ticket),
  asking: (w) => { insert(w, w.ticket); w.m.offer(1000); },
  stacking: (w) => { insert(w, w.ticket); w.m.offer(500); },
  card: (w) => { insert(w, w.ticket); press(w, "ChooseCard"); },
  settled: (w) => { insert(w, w.ticket); coins(w, 500); },
  "paying out": (w) => { insert(w, w.ticket); coins(w, 500, 200); },
};

/** A car that came in by its plate, an hour ago. */
const byPlate = (w: World): void => { w.s.comeIn("E1", "plate", "p-visitor"); w.s.at(w.s.now + 40 * MINUTE); };
const stayOf = (w: World): string => [...w.s.state.rights.visitors.keys()].at(-1) ?? "";
const choose = (w: World): void => { w.s.give({ type: "ChooseStay", station: w.m.id, stay: stayOf(w) }); };

/** What else happened before the row begins. */
const pay = (w: World): void => { insert(w, w.ticket); coins(w, 500); wait(w, MINUTE); };
const GIVEN: Record<string, (w: World) => void> = {
  "same coin message again": (w) => coins(w, 50),
  "chosen stay": byPlate,
  "chosen stay, nothing due": (w) => {
    byPlate(w);
    w.s.give({ type: "PayStay", stay: stayOf(w), amountMinor: 500, means: "phone", reference: "R-1" });
  },
  "chosen stay, claimed": (w) => { byPlate(w); w.s.give({ type: "ClaimStay", stay: stayOf(w), by: { kind: "app", id: "exchange" } }); },
  "paid ticket": pay,
  "used ticket": (w) => { pay(w); w.s.wait(0).arrive("X1").insertAtExit("X1", w.ticket).driveThrough("X1"); },
  "ticket at the exit": (w) => { pay(w); w.s.wait(0).arrive("X1").insertAtExit("X1", w.ticket); },
  "void ticket": (w) => { w.s.give({ type: "ReplaceTicket", ticket: w.ticket, reason: "torn" }, "ann"); },
  "grace over": (w) => { pay(w); wait(w, 40 * MINUTE); },
  "grace over, nothing more due": (w) => { pay(w); wait(w, 17 * MINUTE); },
};

const readTicket = (w: World): void => insert(w, w.ticket);
const INPUT: Record<string, (w: World) => void> = {
  "live ticket": readTicket, "paid ticket": readTicket, "used ticket": readTicket, "void ticket": readTicket, "ticket at the exit": readTicket,
  "grace over": readTicket, "grace over, nothing more due": readTicket, "other ticket": (w) => insert(w, w.other),
  "unreadable ticket": (w) => { w.s.give({ type: "InsertTicket", station: w.m.id, read: { readable: false } }); },
  "date differs": (w) => { w.s.give({ type: "InsertTicket", station: w.m.id, read: { readable: true, number: w.ticket, date: "01/01/2020", time: "11/00/00" } }); },
  "season card": (w) => { w.s.give({ type: "InsertCard", station: w.m.id, card: "ours" as CredentialRef }); },
  "chosen stay": choose, "chosen stay, nothing due": choose, "chosen stay, claimed": choose,
  coin: (w) => coins(w, 50), "same coin message again": (w) => { w.m.countCoins(); },
  "enough coins": (w) => coins(w, 500), "too many coins": (w) => coins(w, 500, 200), "too many coins, no change": (w) => { w.m.jammed.add(50); w.m.hoppers.set(200, 200); w.m.hoppers.set(500, 200); coins(w, 500, 200); },
  "coin returned": (w) => { w.s.give({ type: "ReportTenderReturned", station: w.m.id, tender: "coin" }); },
  note: (w) => { w.m.offer(500); }, "note, 10.00 due": (w) => { w.m.offer(500); }, "foreign note": (w) => { w.m.offer(10_000); },
  "high note, no change": (w) => { w.m.offer(1000); },
  help: (w) => press(w, "PressStationHelp"), cancel: (w) => press(w, "CancelPayment"), card: (w) => press(w, "ChooseCard"),
  "more time": (w) => press(w, "ExtendPayment"), agreed: (w) => press(w, "AcceptRetention"), receipt: (w) => press(w, "PressReceipt"),
  "out of service": (w) => { w.s.give({ type: "SetStationMode", station: w.m.id, mode: "outOfService", reason: "cleaning" }, "ann"); },
  "ticket removed": (w) => { w.s.give({ type: "ReportTicketRemoved", station: w.m.id }); },
  "10 s": (w) => wait(w, 10 * SECOND), "20 s": (w) => wait(w, 20 * SECOND), "30 s": (w) => wait(w, 30 * SECOND), "45 s": (w) => wait(w, 45 * SECOND),
  "60 s": (w) => wait(w, 60 * SECOND), "90 s": (w) => wait(w, 90 * SECOND), "120 s": (w) => wait(w, 120 * SECOND),
  "owner restarts": (w) => { w.s.restart(); },
  "escrow returned by itself": (w) => { w.s.give({ type: "ReportEscrowReturned", station: w.m.id }); },
  "notes stacked": (w) => { w.s.give({ type: "CountNotes", station: w.m.id, counts: [{ denominationMinor: 500, stacked: 1 }] }); },
  approved: (w) => outcome(w, APPROVED), declined: (w) => outcome(w, DECLINED), unknown: (w) => outcome(w, { result: "unknown" }),
  "cancel, declined": (w) => { press(w, "CancelPayment"); outcome(w, DECLINED); },
  "unknown, 10 s": (w) => { outcome(w, { result: "unknown" }); wait(w, 10 * SECOND); },
  "unknown, approved": (w) => { outcome(w, { result: "unknown" }); outcome(w, APPROVED); },
  "unknown, 30 s": (w) => { outcome(w, { result: "unknown" }); wait(w, 30 * SECOND); },
  "unknown, 30 s, above trust": (w) => { outcome(w, { result: "unknown" }); wait(w, 30 * SECOND); },
  printed: (w) => { w.s.give({ type: "ReportValidationPrinted", station: w.m.id, printed: true }); },
  "not printed": (w) => { w.s.give({ type: "ReportValidationPrinted", station: w.m.id, printed: false }); },
  "paid out": (w) => { w.s.give({ type: "CountPayout", station: w.m.id, payout: 1, counts: [{ denominationMinor: 200, paidOut: 1 }], finished: true }); },
  "hopper jammed": (w) => { w.s.give({ type: "CountPayout", station: w.m.id, payout: 1, counts: [], finished: true }); },
  "nothing was paid out": (w) => { wait(w, 30 * SECOND); w.s.give({ type: "CountPayout", station: w.m.id, payout: 1, counts: [], finished: true }); },
  "staff give up": (w) => { w.s.give({ type: "AbandonPayout", station: w.m.id, reason: "driver waits" }, "ann"); },
};

/** Closed list of the phases; the compiler knows when one is missing. */
const STEPS: Record<StationPhase["step"], true> = {
  idle: true, notice: true, collecting: true, asking: true, stacking: true, card: true, settled: true,
};

describe("docs/machines/pay-station.md", () => {
  it.each(rows)("$state + $input -> $next ($events)", (row) => {
    const w = world(row);
    (REACH[row.state] ?? expect.fail(`no way into ${row.state}`))(w);
    GIVEN[row.input]?.(w);
    const before = w.s.log.length;
    (INPUT[row.input] ?? expect.fail(`no input ${row.input}`))(w);
    expect({ next: w.m.station.phase.step, events: w.s.log.slice(before).map((e) => e.type) }).toEqual({ next: row.next, events: row.events });
  });

  it("every phase of the code has a row", () => {
    expect(Object.keys(STEPS).filter((step) => !rows.some((row) => row.state === step))).toEqual([]);
  });
});
