/** Any device may say anything at any time: no assertion breaks, no invariant is hurt, a replay agrees. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MINUTE, SECOND } from "../../kernel/instant.ts";
import { freeSpaces } from "../counting/counting.ts";
import type { CredentialRef } from "../stay/stay.ts";
import type { TicketNumber } from "../ticket/ticket.ts";
import { local, siteConfig, siteOf } from "../../../test/carpark/site.ts";
import { testTariff } from "../../../test/carpark/tariff.ts";
import type { FacilityCommand } from "./command.ts";
import type { GroupId, LaneId } from "./config.ts";
import { createFacility, decide, evolve } from "./decide.ts";
import { violations } from "./invariants.ts";
import { desiredOutputs } from "./outputs.ts";
import { decodeState, digestState, encodeState } from "./snapshot.ts";

const RUNS = Number(process.env.GATEHOUSE_FUZZ_RUNS ?? 600);

type Make = (ticket: TicketNumber, state: ReturnType<typeof siteOf>["state"]) => FacilityCommand;

const lane = fc.constantFrom("E1", "E2", "X1") as fc.Arbitrary<LaneId>;
const entry = fc.constantFrom("E1", "E2") as fc.Arbitrary<LaneId>;
const loop = fc.constantFrom("arming", "underArm", "closing");
const card = fc.constantFrom("ours", "other", "ghost", null) as fc.Arbitrary<CredentialRef | null>;
const ticketIndex = fc.integer({ min: 1, max: 6 });

const command: fc.Arbitrary<Make> = fc.oneof(
  { weight: 10, arbitrary: fc.record({ lane, loop, occupied: fc.boolean() }).map((r) => () => ({ type: "SenseLoop", ...r }) as FacilityCommand) },
  { weight: 2, arbitrary: fc.record({ lane, position: fc.constantFrom("open", "closed", "moving") }).map((r) => () => ({ type: "SenseBarrier", ...r }) as FacilityCommand) },
  { weight: 5, arbitrary: entry.map((l) => () => ({ type: "PressButton", lane: l }) as FacilityCommand) },
  { weight: 4, arbitrary: entry.map((l) => (t: TicketNumber) => ({ type: "ReportTicketPrinted", lane: l, number: t }) as FacilityCommand) },
  { weight: 4, arbitrary: entry.map((l) => (t: TicketNumber) => ({ type: "ReportTicketTaken", lane: l, number: t }) as FacilityCommand) },
  { weight: 1, arbitrary: fc.record({ lane: entry, retracted: fc.boolean() }).map((r) => (t: TicketNumber) => ({ type: "ReportTicketRetracted", ...r, number: t }) as FacilityCommand) },
  { weight: 1, arbitrary: entry.map((l) => (t: TicketNumber) => ({ type: "ReportTicketNotPrinted", lane: l, number: t, cause: "jam" }) as FacilityCommand) },
  { weight: 3, arbitrary: fc.record({ lane, card }).map((r) => () => ({ type: "PresentCard", ...r }) as FacilityCommand) },
  { weight: 3, arbitrary: lane.map((l) => () => ({ type: "ReportCardTaken", lane: l }) as FacilityCommand) },
  { weight: 4, arbitrary: lane.map((l) => (t: TicketNumber, s: Parameters<Make>[1]) => ({ type: "PresentTicket", lane: l, read: readOf(t, s) }) as FacilityCommand) },
  { weight: 1, arbitrary: lane.map((l) => () => ({ type: "PressHelp", lane: l }) as FacilityCommand) },
  { weight: 2, arbitrary: lane.map((l) => () => ({ type: "OpenByStaff", lane: l, reason: "queue" }) as FacilityCommand) },
  { weight: 1, arbitrary: fc.record({ lane, mode: fc.constantFrom("automatic", "closed", "heldOpen", "outOfService") }).map((r) => () => ({ type: "SetLaneMode", ...r, reason: "test" }) as FacilityCommand) },
  { weight: 1, arbitrary: fc.constantFrom("open", "closed").map((mode) => () => ({ type: "SetFacilityMode", mode, reason: "test" }) as FacilityCommand) },
  { weight: 1, arbitrary: fc.constantFrom("RaiseFireAlarm", "ResetFireAlarm").map((type) => () => ({ type, reason: "test" }) as FacilityCommand) },
  { weight: 1, arbitrary: fc.integer({ min: -2, max: 2 }).map((delta) => () => ({ type: "AdjustCount", group: "ordinary" as GroupId, delta, reason: "recount" }) as FacilityCommand) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 4 }).map((n) => () => ({ type: "CloseStay", stay: `north-${String(n).padStart(6, "0")}`, reason: "gone" }) as FacilityCommand) },
  { weight: 1, arbitrary: fc.constant((t: TicketNumber) => ({ type: "VoidTicket", ticket: t, reason: "test" }) as FacilityCommand) },
  { weight: 1, arbitrary: fc.constant((t: TicketNumber) => ({ type: "ExtendGrace", ticket: t, minutes: 5, reason: "lift broken" }) as FacilityCommand) },
  { weight: 1, arbitrary: fc.constant(() => ({ type: "StartOwner", epoch: 2 }) as FacilityCommand) },
  { weight: 1, arbitrary: fc.constant(() => ({ type: "ClosePeriod" }) as FacilityCommand) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 5 }).map((call) => () => ({ type: "EndCall", call, outcome: "advised" }) as FacilityCommand) },
);

const edges = (l: LaneId, way: readonly (readonly [string, boolean])[]): Make[] =>
  way.map(([name, occupied]) => () => ({ type: "SenseLoop", lane: l, loop: name, occupied }) as FacilityCommand);
const APPROACH = [["arming", true]] as const;
const THROUGH = [["underArm", true], ["arming", false], ["closing", true], ["underArm", false], ["closing", false]] as const;
const atLane = (state: Parameters<Make>[1], l: LaneId): TicketNumber => {
  const phase = state.lanes.get(l)?.movement?.phase;
  return phase && "ticket" in phase ? phase.ticket : ("07000000100" as TicketNumber);
};

/** Whole ways of a car, so that full car parks, queues and exits are reached; single commands disturb them. */
const way: fc.Arbitrary<readonly Make[]> = fc.oneof(
  { weight: 6, arbitrary: entry.map((l): Make[] => [
    ...edges(l, APPROACH), () => ({ type: "PressButton", lane: l }),
    (_, s) => ({ type: "ReportTicketPrinted", lane: l, number: atLane(s, l) }),
    (_, s) => ({ type: "ReportTicketTaken", lane: l, number: atLane(s, l) }), ...edges(l, THROUGH),
  ]) },
  { weight: 2, arbitrary: entry.map((l): Make[] => edges(l, APPROACH)) },
  { weight: 1, arbitrary: entry.map((l): Make[] => edges(l, [["arming", false]])) },
  { weight: 4, arbitrary: fc.constant<Make[]>([
    ...edges("X1" as LaneId, APPROACH), (t, s) => ({ type: "PresentTicket", lane: "X1" as LaneId, read: readOf(t, s) }),
    () => ({ type: "OpenByStaff", lane: "X1" as LaneId, reason: "queue" }), ...edges("X1" as LaneId, THROUGH),
  ]) },
  { weight: 2, arbitrary: lane.map((l): Make[] => [
    ...edges(l, APPROACH), () => ({ type: "PresentCard", lane: l, card: "ours" as CredentialRef }),
    () => ({ type: "ReportCardTaken", lane: l }), ...edges(l, THROUGH),
  ]) },
  { weight: 8, arbitrary: command.map((make): Make[] => [make]) },
);

const steps = fc.array(
  fc.record({
    waitMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 3 * SECOND }), fc.integer({ min: 0, max: 20 * MINUTE })),
    way, ticket: ticketIndex,
  }),
  { minLength: 5, maxLength: 40 },
);

function readOf(number: TicketNumber, state: { readonly tickets: ReadonlyMap<TicketNumber, { readonly issuedAt: number }> }) {
  const issuedAt = state.tickets.get(number)?.issuedAt;
  if (issuedAt === undefined) return { readable: false } as const;
  return site0.readAt(number, issuedAt);
}
const site0 = {
  readAt: (number: TicketNumber, at: number) => {
    const s = siteOf(siteConfig(), testTariff);
    s.state.tickets.set(number, { issuedAt: at } as never);
    return s.read(number);
  },
};

const ordinary = "ordinary" as GroupId;

function check(s: ReturnType<typeof siteOf>, command: FacilityCommand, reached: Map<string, number>): void {
  const before = s.log.length;
  const freeBefore = freeSpaces(s.state, ordinary, s.now);
  const phaseBefore = "lane" in command ? s.state.lanes.get(command.lane)?.movement?.phase.step : undefined;
  s.give(command, "amy");
  const caused = s.log.slice(before);
  expect(violations(s.state)).toEqual([]);
  for (const e of caused) {
    // A3, A5: a ticket is only printed into a free space or into the one kept for that very car.
    if (e.type === "TicketOrdered") expect(freeBefore > 0 || phaseBefore === "offered").toBe(true);
  }
  if (command.type === "StartOwner" && freeBefore <= 0) reached.set("full and crash", (reached.get("full and crash") ?? 0) + 1);
  // B1, B2: close is commanded only over loops that are read, fresh and clear.
  for (const output of desiredOutputs(s.state, s.core.inputs, s.now).lanes) {
    if (output.barrier !== "close") continue;
    const loops = s.core.inputs.get(output.lane)?.loops;
    for (const level of [loops?.underArm, loops?.closing]) {
      expect(level && !level.occupied && s.now - level.at <= 6 * SECOND).toBe(true);
    }
  }
}

describe("any sequence of inputs", () => {
  const reached = new Map<string, number>();

  it("keeps A1-A3, A6-A8, A10, B1, C1, C4 and the ticket totals, and replays to the same state (F6, F7, F9)", () => {
    fc.assert(fc.property(steps, (sequence) => {
      const s = siteOf(siteConfig({ ordinary: 2, season: 1 }), testTariff, local("07:00"));
      for (const [name, facilities] of [["ours", ["north"]], ["other", ["south"]]] as const) {
        s.give({
          type: "LearnCardRight", card: name as CredentialRef, operatorSeq: s.state.operatorSeq + 1,
          right: { right: name, kind: "season", facilities, validFrom: 0, validUntil: local("2030-01-01 00:00"), days: [1, 2, 3, 4, 5], blocked: false },
        });
      }
      s.readAll();
      for (const step of sequence) {
        s.wait(step.waitMs);
        for (const make of step.way) {
          const numbers = [...s.state.tickets.keys()];
          const ticket = numbers[Math.max(0, numbers.length - step.ticket)] ?? ("07000000100" as TicketNumber);
          check(s, make(ticket, s.state), reached);
        }
      }
      for (const e of s.log) reached.set(e.type, (reached.get(e.type) ?? 0) + 1);
      const again = createFacility(s.state.id);
      for (const event of s.log) evolve(again.state, JSON.parse(JSON.stringify(event)));
      expect(digestState(again.state)).toBe(s.digest());
      expect(digestState(decodeState(JSON.parse(JSON.stringify(encodeState(s.state)))))).toBe(s.digest());
    }), { numRuns: RUNS });
  }, 30 * MINUTE);

  it("reached what it is there to try", () => {
    const needed = ["TicketOrdered", "StayOpened", "StayClosed", "VehicleWaiting", "SpaceOffered", "OfferLapsed", "TicketVoided", "CallRang", "IrregularPassage", "full and crash"];
    expect(needed.filter((mark) => !reached.has(mark))).toEqual([]);
  });

  it("decides the same for the same input (F6, F9)", () => {
    const config = siteConfig();
    const run = (): string => {
      const core = createFacility(config.id);
      decide(core, { type: "ConfigureFacility", config }, { now: 1, actor: null });
      return digestState(core.state);
    };
    expect(run()).toBe(run());
  });
});
