/** What the read models say of a car park is what the car park itself knows, however its day went. */
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type ReadModelDatabase, readModelDatabase } from "../../../test/carpark/read-model-database.ts";
import { type Site, siteConfig, siteOf } from "../../../test/carpark/site.ts";
import { testTariff } from "../../../test/carpark/tariff.ts";
import { DAY, MINUTE } from "../../kernel/instant.ts";
import { occupancy } from "../counting/counting.ts";
import type { GroupId, LaneId } from "../facility/config.ts";
import type { CredentialRef } from "../stay/stay.ts";
import type { TicketNumber } from "../ticket/ticket.ts";
import { chits } from "./chits.ts";
import { faults } from "./faults.ts";
import { visits } from "./guards.ts";
import { paymentsOf } from "./payments.ts";
import { occupancyBetween, stays } from "./stays.ts";
import { tickets } from "./tickets.ts";

let base: ReadModelDatabase;
beforeAll(async () => {
  base = await readModelDatabase();
});
afterAll(() => base.stop());

const ALL = { facility: "north", rows: 200 };

type Step = readonly [name: string, act: (s: Site) => void];

/** The n-th ticket ever, as a reader would see it; none is none. */
const ticket = (s: Site, n: number): TicketNumber | undefined => [...s.state.tickets.keys()][n % Math.max(1, s.state.tickets.size)];
const pay = (n: number): Step => [`pay ${n}`, (s) => withTicket(s, n, (number) => {
  s.give({ type: "TakeOfficePayment", till: "office", ticket: number, tender: { kind: "cash", givenMinor: 20_000 } }, "ann");
})];
const replace = (n: number): Step => [`replace ${n}`, (s) => withTicket(s, n, (number) => {
  s.give({ type: "ReplaceTicket", ticket: number, reason: "torn" }, "ann");
})];
const leave = (n: number): Step => [`leave ${n}`, (s) => withTicket(s, n, (number) => {
  s.arrive("X1").insertAtExit("X1", number).driveThrough("X1");
})];
const wait = (minutes: number): Step => [`wait ${minutes} min`, (s) => { s.wait(minutes * MINUTE); }];
const LOST: Step = ["lost", (s) => {
  s.give({ type: "IssueLostTicket", till: "office", group: "ordinary" as GroupId, tender: { kind: "cash", givenMinor: 6_000 }, reason: "lost" }, "ann");
}];
const ADJUST: Step = ["adjust", (s) => { s.give({ type: "AdjustCount", group: "ordinary" as GroupId, delta: 1, reason: "seen" }, "ann"); }];
const FAULT: Step = ["fault", (s) => {
  s.give({ type: "ReportFault", asset: { kind: "barrier", id: "E1" }, details: "bent", operational: true }, "ann");
}];
const FIX: Step = ["fix", (s) => { s.give({ type: "FixFault", fault: 1, note: "" }, "bert"); }];
const REOPEN: Step = ["reopen", (s) => { s.give({ type: "ReopenFault", fault: 1, reason: "again" }, "ann"); }];
const GUARD: Step = ["guard", (s) => { s.give({ type: "PresentGuardCard", card: "g1" as CredentialRef }); }];
const ENTER: Step = ["enter", enter];
const BACK_OUT: Step = ["back out", (s) => { s.arrive("E1").press("E1").backOut("E1"); }];

/** Reaches everything the random days may miss. */
const FULL_DAY: readonly Step[] = [
  ENTER, GUARD, ENTER, BACK_OUT, FAULT, FAULT, wait(90), pay(0), leave(0), replace(1), FIX, REOPEN, LOST,
  ADJUST, GUARD, wait(10), GUARD, FIX,
];

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.constantFrom(ENTER, BACK_OUT, LOST, ADJUST, FAULT, FIX, REOPEN, GUARD),
  fc.constant(ENTER), fc.nat(6).map(pay), fc.nat(6).map(replace), fc.nat(6).map(leave), fc.integer({ min: 1, max: 120 }).map(wait),
);

function enter(s: Site): void {
  s.arrive("E1").press("E1");
  if (s.state.lanes.get("E1" as LaneId)?.movement?.phase.step !== "printing") s.backOut("E1");
  else s.print("E1").take("E1").driveThrough("E1");
}

function withTicket(s: Site, n: number, act: (number: TicketNumber) => void): void {
  const number = ticket(s, n);
  if (number !== undefined) act(number);
}

function dayOf(steps: readonly Step[]): Site {
  const s = siteOf(siteConfig(), testTariff);
  s.give({ type: "OpenShift", till: "office", floatMinor: 100_000 }, "ann");
  const guard = { card: "g1" as CredentialRef, company: "northguard", facilities: ["north"], blocked: false, maxVisitMs: 60 * MINUTE };
  s.give({ type: "LearnGuardCard", guard, operatorSeq: 1 });
  for (const [, act] of steps) act(s);
  return s;
}

it("A1, F8: tickets, stays, counts, faults, visits and payments agree with the state folded from the same events", async () => {
  const reached = new Map<string, number>();
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 45 }), async (steps) => {
    const s = dayOf(steps);
    for (const { type } of s.log) reached.set(type, (reached.get(type) ?? 0) + 1);
    await base.recreate();
    await base.follow(s.log.map((event, index) =>
      ({ stream: "facility/north", seq: index + 1, at: event.at, type: event.type, payload: JSON.parse(JSON.stringify(event)) as object })), 37);
    await agreesOnTickets(s);
    const open = await stays(base.db, { ...ALL, open: true });
    expect(open.rows.map(({ stay }) => stay).sort()).toEqual([...s.state.stays.keys()].sort());
    const points = await occupancyBetween(base.db, "north", s.now - 30 * DAY, s.now + DAY);
    const counted = ["ordinary", "season"].reduce((sum, grp) => sum + (points.findLast((point) => point.grp === grp)?.occupied ?? 0), 0);
    expect(counted).toBe(occupancy(s.state, "all" as GroupId));
    const known = new Map((await faults(base.db, ALL)).rows.map((row) => [row.fault, row]));
    for (const f of s.state.faults.values()) {
      expect(known.get(f.id)).toMatchObject({
        count: f.count, fixed_at: f.fixedAt, escalated_at: f.escalatedAt, reopened_at: f.reopenedAt,
        acknowledged_at: f.acknowledgedAt,
      });
    }
    const inside = (await visits(base.db, ALL)).rows.filter((row) => row.left_at === null && !row.departure_missing);
    expect(inside.map(({ visit }) => visit)).toEqual([...s.state.openVisits.values()].map(({ visit }) => visit));
    expect((await chits(base.db, { ...ALL, open: true })).rows).toHaveLength(s.state.chits.size);
  }), { numRuns: 20, examples: [[[...FULL_DAY]]] });
  for (const type of ["StayOpened", "StayClosed", "TicketPaid", "TicketReplaced", "LostTicketIssued", "FaultReopened", "GuardDepartureMissing"]) {
    expect(reached.get(type) ?? 0, `${type} was reached`).toBeGreaterThan(0);
  }
}, 120_000);

async function agreesOnTickets(s: Site): Promise<void> {
  const rows = new Map((await tickets(base.db, ALL)).rows.map((row) => [row.number, row]));
  for (const known of s.state.tickets.values()) {
    expect(rows.get(known.number), `ticket ${known.number}`).toMatchObject({
      state: known.state, stay: known.stay, paid_minor: known.paidMinor, paid_at: known.paidAt,
      leave_by: known.leaveBy, issued_at: known.issuedAt,
      void_reason: known.voidReason, replaces: known.replaces, ended_at: known.endedAt, grp: known.group,
      machine: known.machine.kind === "lane" ? known.machine.lane : "office",
    });
    const paid = (await paymentsOf(base.db, "north", known.number)).filter(({ kind }) => kind === "payment");
    if (known.replaces === null) expect(paid.reduce((sum, { amount_minor }) => sum + amount_minor, 0)).toBe(known.paidMinor);
  }
}
