/**
 * One small car park with an entry and an exit, driven by hand in stories:
 *
 *   site.at("08:00").arrive("E1").press("E1").print("E1").take("E1").driveThrough("E1")
 *
 * Every call goes through the real decider; after each the story may look at the state and the outputs.
 */
import { MINUTE, SECOND, type Instant } from "../../src/kernel/instant.ts";
import { zoneOf } from "../../src/kernel/zone.ts";
import { type FacilityCore, createFacility, decide, evolve } from "../../src/carpark/facility/decide.ts";
import type { FacilityCommand } from "../../src/carpark/facility/command.ts";
import type { FacilityConfig, FacilityId, GroupId, LaneId, StationId } from "../../src/carpark/facility/config.ts";
import type { FacilityEvent, Recorded } from "../../src/carpark/facility/event.ts";
import { type LaneOutput, desiredOutputs } from "../../src/carpark/facility/outputs.ts";
import { digestState } from "../../src/carpark/facility/snapshot.ts";
import type { Refusal } from "../../src/carpark/facility/refusal.ts";
import type { TariffVersion } from "../../src/carpark/facility/pricing.ts";
import { ticketDateText, ticketTimeText } from "../../src/carpark/ticket/ticket-number.ts";
import type { TicketNumber, TicketRead } from "../../src/carpark/ticket/ticket.ts";
import type { CredentialRef } from "../../src/carpark/stay/stay.ts";
import type { RightsAct } from "../../src/carpark/operator/directory.ts";
import type { CredentialKind } from "../../src/rights/desk/state.ts";

export const ZONE = (() => {
  const zone = zoneOf("Australia/Sydney");
  if (!zone.ok) throw new Error("zone");
  return zone.value;
})();

/** Monday 2 March 2026 at the given time of day, or any "YYYY-MM-DD HH:mm". */
export function local(text: string): Instant {
  const parsed = ZONE.parseLocal(text.length > 8 ? text : `2026-03-02 ${text}`);
  if (!parsed.ok) throw new Error(`not a local time: ${text}`);
  return parsed.value;
}

const group = (id: string, within: string | null, weekday: number, weekend = weekday) => ({
  id: id as GroupId, name: id, within: within as GroupId | null,
  capacity: [{ days: [1, 2, 3, 4, 5] as const, spaces: weekday }, { spaces: weekend }],
});

export function siteConfig(spaces: { ordinary: number; season: number } = { ordinary: 3, season: 1 }): FacilityConfig {
  const all = spaces.ordinary + spaces.season;
  return {
    id: "north" as FacilityId, number: 7, name: "North", address: "1 North Street",
    administration: { name: "City administration", address: "1 Town Square", vatNumber: "AU 12 345" },
    zone: ZONE.name, currency: "AUD", taxRateBp: 1000,
    groups: [group("all", null, all), group("season", "all", spaces.season), group("ordinary", "all", spaces.ordinary, all)],
    ticketGroup: "ordinary" as GroupId, seasonGroup: "season" as GroupId, allGroup: "all" as GroupId,
    lanes: [
      { id: "E1" as LaneId, name: "Entry 1", direction: "entry" }, { id: "E2" as LaneId, name: "Entry 2", direction: "entry" },
      { id: "X1" as LaneId, name: "Exit 1", direction: "exit" },
    ],
    payStations: [{
      id: "P1" as StationId, name: "Pay station", coins: [50, 100, 200, 500], notes: [500, 1000, 2000, 5000],
      cards: ["mastercard", "visa", "debit"], hopperCapacity: 200,
    }],
    policy: {
      exitGraceMs: 15 * MINUTE, lostTicketFeeMinor: 6000, fourEyesAboveMinor: 10000, maxStayMs: 30 * 24 * 60 * MINUTE,
      acknowledgeFaultWithinMs: 60 * MINUTE,
    },
  };
}

export type Site = ReturnType<typeof siteOf>;

export function siteOf(config: FacilityConfig, tariff: TariffVersion, start = local("06:00")) {
  let core: FacilityCore = createFacility(config.id);
  let now = start;
  const log: Recorded[] = [];
  const give = (command: FacilityCommand, actor: string | null = null): Refusal | null => {
    const { events, refusal } = decide(core, command, { now, actor });
    log.push(...events);
    return refusal;
  };
  const sense = (lane: string, loop: "arming" | "underArm" | "closing", occupied: boolean): void => {
    give({ type: "SenseLoop", lane: lane as LaneId, loop, occupied });
  };
  give({ type: "ConfigureFacility", config });
  give({ type: "PublishTariff", tariff });
  const readAll = (): void => {
    for (const { id } of config.lanes) for (const loop of ["arming", "underArm", "closing"] as const) sense(id, loop, false);
  };
  readAll();
  const heartbeat = (): void => {
    for (const { id } of config.lanes) {
      const loops = core.inputs.get(id)?.loops;
      for (const loop of ["arming", "underArm", "closing"] as const) {
        const level = loops?.[loop];
        if (level) sense(id, loop, level.occupied);
      }
    }
  };
  const site = {
    get core() { return core; },
    get state() { return core.state; },
    get now() { return now; },
    log,
    give,
    /** Moves the clock, applies what is due; the devices confirm their levels. */
    at(text: string | Instant) {
      now = typeof text === "number" ? text : local(text);
      give({ type: "Tick" });
      heartbeat();
      return site;
    },
    /** Time passes and the devices say nothing. */
    silence(ms: number) { now += ms; give({ type: "Tick" }); return site; },
    wait(ms: number) { return site.at(now + ms); },
    arrive(lane: string) { sense(lane, "arming", true); give({ type: "SenseBarrier", lane: lane as LaneId, position: "closed" }); return site; },
    press(lane: string) { give({ type: "PressButton", lane: lane as LaneId }); return site; },
    ticketAt(lane: string): TicketNumber {
      const phase = core.state.lanes.get(lane as LaneId)?.movement?.phase;
      if (phase && "ticket" in phase) return phase.ticket;
      if (phase && "pass" in phase && phase.pass.by === "ticket") return phase.pass.ticket;
      throw new Error(`no ticket at ${lane}: ${phase?.step}`);
    },
    print(lane: string) { give({ type: "ReportTicketPrinted", lane: lane as LaneId, number: site.ticketAt(lane) }); return site; },
    take(lane: string) { give({ type: "ReportTicketTaken", lane: lane as LaneId, number: site.ticketAt(lane) }); return site; },
    armOpens(lane: string) { give({ type: "SenseBarrier", lane: lane as LaneId, position: "open" }); return site; },
    driveThrough(lane: string) {
      site.armOpens(lane);
      for (const [loop, on] of [["underArm", true], ["arming", false], ["closing", true], ["underArm", false], ["closing", false]] as const) {
        now += SECOND;
        sense(lane, loop, on);
      }
      give({ type: "SenseBarrier", lane: lane as LaneId, position: "closed" });
      return site;
    },
    backOut(lane: string) { sense(lane, "arming", false); return site.wait(2 * SECOND); },
    sense: (lane: string, loop: "arming" | "underArm" | "closing", occupied: boolean) => { sense(lane, loop, occupied); return site; },
    /** Drives a car in by ticket; the number of its ticket. */
    enter(lane = "E1"): TicketNumber {
      site.arrive(lane).press(lane).print(lane);
      const number = site.ticketAt(lane);
      site.take(lane).driveThrough(lane);
      return number;
    },
    read(number: TicketNumber): TicketRead {
      const issuedAt = core.state.tickets.get(number)?.issuedAt ?? 0;
      return { readable: true, number, date: ticketDateText(issuedAt, ZONE), time: ticketTimeText(issuedAt, ZONE) };
    },
    insertAtExit(lane: string, number: TicketNumber) { give({ type: "PresentTicket", lane: lane as LaneId, read: site.read(number) }); return site; },
    card(lane: string, card: string | null) { give({ type: "PresentCard", lane: lane as LaneId, card: card as CredentialRef | null }); return site; },
    takeCard(lane: string) { give({ type: "ReportCardTaken", lane: lane as LaneId }); return site; },
    /** Shows a plate, code, parker's card or payment card; null: nobody knows it. */
    show(lane: string, kind: CredentialKind, ref: string | null, readAt?: Instant) {
      const credential = ref === null ? null : { kind, ref };
      give({ type: "PresentCredential", lane: lane as LaneId, credential, ...(readAt === undefined ? {} : { readAt }) });
      return site;
    },
    /** What the operator's directory tells this car park, in its order. */
    learn(...acts: readonly RightsAct[]) {
      for (const act of acts) give({ type: "LearnRights", act, operatorSeq: core.state.operatorSeq + 1 });
      return site;
    },
    /** Drives a car in by what it shows. */
    comeIn(lane: string, kind: CredentialKind, ref: string) {
      site.arrive(lane).show(lane, kind, ref);
      if (kind === "card") site.takeCard(lane);
      return site.driveThrough(lane);
    },
    output(lane: string): LaneOutput {
      const output = desiredOutputs(core.state, core.inputs, now).lanes.find((l) => l.lane === lane);
      if (!output) throw new Error(`no output for ${lane}`);
      return output;
    },
    sign: () => desiredOutputs(core.state, core.inputs, now).sign,
    /** Types of the events since the last call. */
    seen: (() => { let from = 0; return (): string[] => { const types = log.slice(from).map((e) => e.type); from = log.length; return types; }; })(),
    last: <T extends FacilityEvent["type"]>(type: T): Extract<Recorded, { type: T }> => {
      const found = log.findLast((e) => e.type === type);
      if (!found) throw new Error(`no ${type}`);
      return found as Extract<Recorded, { type: T }>;
    },
    /** The process dies and starts again from the journal; inputs must be read anew. */
    restart() {
      const before = digestState(core.state);
      core = createFacility(config.id);
      for (const event of log) evolve(core.state, event);
      if (digestState(core.state) !== before) throw new Error("replay differs");
      give({ type: "StartOwner", epoch: 2 });
      return site;
    },
    readAll() { readAll(); return site; },
    digest: () => digestState(core.state),
  };
  return site;
}
