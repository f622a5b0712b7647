/**
 * One simulated site from its first to its last moment, in one thread and virtual time:
 *
 *   world --says--> network --late, twice--> inbox --> owner --durable--> effects --> world
 *     ^                                                  ^ crash, restart                |
 *     '---------------- drivers look, arms move ---------'-------------------------------'
 *
 * Oracles look after every step. After the last day faults stop, everything is mended, and nobody new
 * comes: then the site has to drain, and belief has to equal truth.
 */
import { booksViolations, foldBooks } from "../../carpark/books/books.ts";
import type { FacilityCommand } from "../../carpark/facility/command.ts";
import type { FacilityConfig, LaneId } from "../../carpark/facility/config.ts";
import type { Recorded } from "../../carpark/facility/event.ts";
import type { FacilityCore } from "../../carpark/facility/decide.ts";
import { digestState } from "../../carpark/facility/snapshot.ts";
import { type Inbox, receive } from "../../devices/inbox.ts";
import type { TicketNumber } from "../../carpark/ticket/ticket.ts";
import { AssertionFailure } from "../../kernel/assert.ts";
import { DAY, HOUR, type Instant, MINUTE, SECOND } from "../../kernel/instant.ts";
import { type Rng, rngOf } from "../../kernel/random.ts";
import { createWorld, type World } from "../world/world.ts";
import { advance, apply, nextAt, order, readAll, takeOut } from "../world/step.ts";
import { breakDevice, mendAll, troublesOf } from "../world/trouble.ts";
import { cutPower } from "../world/power.ts";
import { scheduleOf, type Schedule } from "../world/schedule.ts";
import { type Blow, drawBlow, nextStrike, strikesOf } from "./faults.ts";
import { type Marks, createMarks } from "./marks.ts";
import { type InFlight, type Network, copies, createNetwork, linkDown, linkUp, placeOf, reboot, send } from "./network.ts";
import { admissionOracle } from "./oracle/admission.ts";
import { barrierOracle } from "./oracle/barrier.ts";
import { booksOracle } from "./oracle/books.ts";
import { moneyOracle } from "./oracle/money.ts";
import type { Oracle, Violation } from "./oracle/oracle.ts";
import { anomaliesIn, compareCash, compareTakings, driftOf } from "./oracle/physics.ts";
import { presenceOracle } from "./oracle/presence.ts";
import { reachedOracle } from "./oracle/reached.ts";
import { type Effect, type Owner, crash, createOwner, execute, flush, fold, nextDue, nextDurable, start } from "./owner.ts";
import { SIMULATION_START, SITE_TARIFF, drawCards, drawSite } from "./site.ts";
import { recountActs, staffActs } from "./staff.ts";
import { type Strike, type Swarm, drawSwarm } from "./swarm.ts";

export type SiteOptions = {
  readonly seed: number | string;
  readonly site: number;
  readonly days: number;
  readonly swarm?: (rng: Rng) => Swarm;
  readonly trace?: (line: string) => void;
  /** For planted faults: stands between the inbox and the owner, or between the owner and the world. */
  readonly sabotage?: Sabotage;
};

export type Sabotage = {
  /** Tampers with the state after a decision. */
  readonly state?: (core: FacilityCore, events: readonly Recorded[]) => void;
  readonly command?: (command: FacilityCommand) => readonly FacilityCommand[];
  readonly effect?: (effect: Effect) => Effect;
  readonly noDedup?: boolean;
};

export type SiteResult = {
  readonly violations: readonly Violation[];
  readonly marks: Marks;
  readonly steps: number;
  readonly events: number;
  readonly digest: string;
  readonly config: FacilityConfig;
  readonly totals: World["totals"];
  readonly swarm: Swarm;
};

/** A run stops looking after this many findings; the first are what matters. */
const VIOLATIONS_MAX = 20;
/** After the last day the site has this long to become empty. */
const DRAIN_MS = 36 * HOUR;

type Item =
  | { readonly do: "arrive"; readonly message: InFlight }
  | { readonly do: "strike"; readonly strike: Strike }
  | { readonly do: "restart" }
  | { readonly do: "linkUp"; readonly place: string }
  | { readonly do: "fireOver" }
  | { readonly do: "laneBack"; readonly lane: FacilityConfig["lanes"][number]["id"] }
  | { readonly do: "staff" }
  | { readonly do: "night" }
  | { readonly do: "probe" };

export type Run = {
  now: Instant;
  readonly options: SiteOptions;
  readonly config: FacilityConfig;
  readonly swarm: Swarm;
  readonly rng: { readonly faults: Rng; readonly owner: Rng };
  readonly world: World;
  readonly owner: Owner;
  readonly net: Network;
  inbox: Inbox;
  readonly agenda: Schedule<Item>;
  inFlight: number;
  readonly oracles: Oracle[];
  readonly violations: Violation[];
  readonly marks: Marks;
  steps: number;
  faultsStop: Instant;
  filledMinor: number;
  /** Truth about drift: how many anomalies explain it, and up to which event they are counted. */
  drift: { base: number; fromSeq: number; physical: number };
};

export function runSite(options: SiteOptions): SiteResult {
  const run = open(options);
  const end = SIMULATION_START + options.days * DAY;
  try {
    setUp(run);
    loop(run, end);
    calm(run);
    drain(run, end + DRAIN_MS);
    finish(run);
  } catch (failure) {
    if (!(failure instanceof StopRun)) complain(run, "crash", failure instanceof Error ? `${failure.message}\n${failure.stack ?? ""}` : String(failure));
  }
  const { violations, marks, steps, owner, config, world, swarm } = run;
  return { violations, marks, steps, events: owner.journal.length, digest: digestState(owner.mirror.state), config, totals: world.totals, swarm };
}

class StopRun extends Error {}

export function complain(run: Run, id: string, what: string): void {
  run.violations.push({ id, at: run.now, what });
  run.options.trace?.(`${stamp(run.now)} VIOLATION ${id}: ${what}`);
}

const stamp = (at: Instant): string => new Date(at).toISOString();

function open(options: SiteOptions): Run {
  const rng = rngOf(`${options.seed}/site-${options.site}`);
  const config = drawSite(rng.stream("site"), options.site);
  const swarm = (options.swarm ?? drawSwarm)(rng.stream("swarm"));
  const world = createWorld(config, `${options.seed}`, SIMULATION_START);
  world.quiet = swarm.quiet;
  const owner = createOwner(config);
  const marks = createMarks();
  const run: Run = {
    now: SIMULATION_START, options, config, swarm, world, owner, marks, net: createNetwork(rng.stream("net")), inbox: new Map(),
    rng: { faults: rng.stream("faults"), owner: rng.stream("owner") }, agenda: scheduleOf<Item>(rng.stream("agenda")),
    inFlight: 0, oracles: [], violations: [], steps: 0, faultsStop: SIMULATION_START + options.days * DAY, filledMinor: 0,
    drift: { base: 0, fromSeq: 0, physical: 0 },
  };
  const report = (id: string, what: string): void => complain(run, id, what);
  const events = (): Recorded[] => owner.journal.map((line) => JSON.parse(line) as Recorded);
  run.oracles.push(
    presenceOracle(config, report, events), admissionOracle(config, report, marks),
    barrierOracle(config, report, marks, swarm.commitMs + SECOND), moneyOracle(report, events), booksOracle(report, events), reachedOracle(marks),
  );
  return run;
}

function setUp(run: Run): void {
  const { config, owner, world } = run;
  const core = start(owner, run.now, 0);
  const give = (command: FacilityCommand, actor: string | null = null): void => void decideOne(run, core, command, actor);
  give({ type: "ConfigureFacility", config });
  give({ type: "PublishTariff", tariff: SITE_TARIFF });
  give({ type: "StartOwner", epoch: owner.epoch });
  const cards = drawCards(rngOf(`${run.options.seed}/cards-${run.options.site}`), config.id, run.now);
  cards.forEach(({ card, right, kind }, i) => {
    give({ type: "LearnCardRight", card, right, operatorSeq: i + 1 });
    world.cards.push({ card: { ref: card, kind }, carrier: null });
  });
  world.cards.push({ card: { ref: null, kind: "foreign" }, carrier: null });
  for (const station of world.stations.values()) {
    for (const denominationMinor of station.coins) {
      const count = run.rng.owner.int(station.hopperCapacity);
      if (count === 0) continue;
      station.hoppers.set(denominationMinor, count);
      run.filledMinor += count * denominationMinor;
      give({ type: "FillHopper", station: station.id, denominationMinor, count }, "anna");
    }
  }
  readAll(world);
  world.traffic = run.swarm.traffic;
  for (const strike of strikesOf(run.swarm)) plan(run, strike);
  run.agenda.put(run.now, { do: "staff" });
  run.agenda.put(run.now + 20 * HOUR, { do: "night" });
  run.agenda.put(run.now + HOUR, { do: "probe" });
}

function plan(run: Run, strike: Strike): void {
  const at = nextStrike(run.rng.faults, run.swarm, strike, run.now);
  if (at !== null && at < run.faultsStop) run.agenda.put(at, { do: "strike", strike });
}

/** Everything up to `end`, one moment after the other. */
function loop(run: Run, end: Instant): void {
  const { world, owner, agenda } = run;
  for (;;) {
    const due = nextDue(owner);
    const at = Math.min(agenda.nextAt() ?? Infinity, nextAt(world), nextDurable(owner) ?? Infinity, due ?? Infinity);
    if (at > end) return;
    run.now = Math.max(run.now, at);
    carryOutEffects(run);
    for (let item = agenda.take(run.now); item; item = agenda.take(run.now)) carryOut(run, item.item);
    if (owner.core && due !== null && due <= run.now) decideOne(run, owner.core, { type: "Tick" }, null);
    advance(world, run.now, { quirks: run.swarm.quirks });
    listen(run);
  }
}

/** What the devices have said goes onto the wire. */
function listen(run: Run): void {
  for (const out of takeOut(run.world)) {
    for (const { at, message } of send(run.net, out, wireOf(run), run.now)) travel(run, at, message);
  }
}

const CLEAN = { duplicate: 0, loss: 0, delay: 0 };
const wireOf = (run: Run): typeof CLEAN => (run.now < run.faultsStop ? run.swarm : CLEAN);

function travel(run: Run, at: Instant, message: InFlight): void {
  run.inFlight++;
  run.agenda.put(at, { do: "arrive", message });
}

function carryOutEffects(run: Run): void {
  for (let next = flush(run.owner, run.now); next; next = flush(run.owner, run.now)) {
    const effect = run.options.sabotage?.effect?.(next) ?? next;
    const outputs = effect.output;
    for (const oracle of run.oracles) oracle.onEffect?.(effect, run.owner.mirror.state, run.now);
    const reached = <T extends { readonly lane: string } | { readonly station: string }>(one: T): boolean =>
      !run.net.down.has("lane" in one ? one.lane : one.station);
    apply(run.world, { ...outputs, lanes: outputs.lanes.filter(reached), stations: outputs.stations.filter(reached) });
    for (const one of effect.orders) {
      if (!reached(one)) continue;
      order(run.world, one);
      if (run.rng.faults.chance(wireOf(run).duplicate)) order(run.world, one);
    }
  }
  if (run.violations.length >= VIOLATIONS_MAX) throw new StopRun();
}

function decideOne(run: Run, core: NonNullable<Owner["core"]>, command: FacilityCommand, actor: string | null): void {
  const { owner, rng, swarm } = run;
  const ownerNow = run.now + owner.clockOffset;
  run.steps++;
  let executed: ReturnType<typeof execute>;
  try {
    executed = execute(owner, core, command, actor, run.now, 2 + rng.owner.int(swarm.commitMs));
  } catch (failure) {
    if (!(failure instanceof AssertionFailure)) throw failure;
    complain(run, "assertion", `${JSON.stringify(command)}: ${failure.message}\n${failure.stack ?? ""}`);
    throw new StopRun();
  }
  const events = executed.events.map((e) => e.event);
  traceStep(run, command, actor, events, executed.refusal);
  for (let i = 1; i < events.length; i++) if (events[i]!.at < events[i - 1]!.at) complain(run, "F14", "time goes back in a batch");
  run.options.sabotage?.state?.(core, events);
  const step = { now: run.now, ownerNow: Math.max(ownerNow, core.state.now), core, command, actor, events, refusal: executed.refusal };
  for (const oracle of run.oracles) oracle.afterStep?.(step);
  if (events.length > 0 && run.violations.length > VIOLATIONS_MAX) throw new StopRun();
}

function traceStep(run: Run, command: FacilityCommand, actor: string | null, events: readonly Recorded[], refusal: unknown): void {
  const { trace } = run.options;
  if (!trace || (events.length === 0 && refusal === null && command.type !== "StartOwner")) return;
  trace(`${stamp(run.now)} ${actor ?? "-"} ${JSON.stringify(command).slice(0, 200)}`);
  for (const event of events) trace(`    ${JSON.stringify(event).slice(0, 300)}`);
  if (refusal !== null) trace(`    refused ${JSON.stringify(refusal)}`);
}

function carryOut(run: Run, item: Item): void {
  switch (item.do) {
    case "arrive": arrive(run, item.message); return;
    case "strike":
      if (run.now < run.faultsStop) strike(run, drawBlow(run.rng.faults, run.config, item.strike));
      plan(run, item.strike);
      return;
    case "restart": restart(run); return;
    case "linkUp":
      for (const message of linkUp(run.net, item.place)) {
        for (const { at, message: copy } of copies(run.net, message, wireOf(run), run.now)) travel(run, at, copy);
      }
      readAll(run.world);
      return;
    case "fireOver": fireOver(run); return;
    case "laneBack": staffDoes(run, { type: "SetLaneMode", lane: item.lane, mode: "automatic", reason: "back in service" }); return;
    case "staff": {
      run.agenda.put(run.now + 7 * SECOND, { do: "staff" });
      const { core } = run.owner;
      if (!core) return;
      for (const { command, actor } of staffActs(core, run.now + run.owner.clockOffset, run.swarm.staffSlow, (lane) => ticketHeldAt(run.world, lane))) {
        decideOne(run, core, command, actor);
      }
      return;
    }
    case "night": night(run); return;
    case "probe": probe(run); return;
  }
}

/** What the driver in front of the pillar reads to the attendant from the ticket in hand. */
function ticketHeldAt(world: World, lane: LaneId): TicketNumber | null {
  const first = world.lanes.get(lane)?.queue[0];
  const held = first === undefined ? null : world.vehicles.get(first)?.ticket;
  return held ? (held.number as TicketNumber) : null;
}

function staffDoes(run: Run, command: FacilityCommand): void {
  const { core } = run.owner;
  if (core) decideOne(run, core, command, "anna");
  else run.agenda.put(run.now + MINUTE, command.type === "SetLaneMode" ? { do: "laneBack", lane: command.lane } : { do: "fireOver" });
}

function arrive(run: Run, message: InFlight): void {
  run.inFlight--;
  const { core } = run.owner;
  if (!core) return;
  const { saidAt, ...rest } = message;
  const received = receive(run.inbox, { ...rest, ageMs: run.now - saidAt });
  const deliver = run.options.sabotage?.noDedup ? [message.command] : received.deliver;
  if (received.dropped) run.marks.sometimes(received.dropped === "duplicate" ? "duplicate dropped" : "history dropped");
  // A loop heard too late to keep its place in the order of edges may cost a count of one.
  if (message.command.type === "SenseLoop" && run.now - saidAt > SECOND && !received.dropped) run.drift.physical++;
  run.marks.sometimes("message delayed", run.now - saidAt > 5 * SECOND);
  for (const command of deliver) {
    for (const one of run.options.sabotage?.command?.(command) ?? [command]) decideOne(run, core, one, null);
  }
}

function strike(run: Run, blow: Blow): void {
  const { world, net, marks } = run;
  run.options.trace?.(`${stamp(run.now)} STRIKE ${JSON.stringify(blow)}`);
  switch (blow.do) {
    case "crash": die(run, blow); return;
    case "linkDown":
      linkDown(net, blow.place);
      marks.sometimes("link down");
      run.agenda.put(run.now + blow.forMs, { do: "linkUp", place: blow.place });
      return;
    case "reboot":
      for (const device of net.lines.keys()) if (placeOf(device) === blow.place) reboot(net, device);
      marks.sometimes("device reboot");
      readAll(world);
      return;
    case "trouble":
      breakDevice(world, blow.trouble, blow.forMs);
      marks.sometimes("arm stuck", blow.trouble.kind === "armStuck");
      marks.sometimes("silent loop", blow.trouble.kind === "loopSilent");
      if (blow.trouble.kind === "loopSilent" || blow.trouble.kind === "loopStuck") run.drift.physical += 4;
      return;
    case "fire":
      if (run.owner.core) decideOne(run, run.owner.core, { type: "RaiseFireAlarm" }, null);
      marks.sometimes("fire");
      run.agenda.put(run.now + blow.forMs, { do: "fireOver" });
      return;
    case "laneMode":
      staffDoes(run, { type: "SetLaneMode", lane: blow.lane, mode: blow.mode, reason: "drill" });
      run.agenda.put(run.now + blow.forMs, { do: "laneBack", lane: blow.lane });
      return;
  }
}

function die(run: Run, blow: Extract<Blow, { do: "crash" }>): void {
  const { owner, marks, world } = run;
  if (!owner.core) return;
  const state = owner.mirror.state;
  marks.sometimes("crash");
  marks.sometimes("power cut", blow.power);
  marks.sometimes("full and crash", state.waiting.length > 0);
  marks.sometimes("crash while opening", [...state.lanes.values()].some((l) => l.movement?.phase.step === "opening"));
  marks.sometimes("crash while printing", [...state.lanes.values()].some((l) => l.movement?.phase.step === "printing"));
  marks.sometimes("crash while collecting", [...state.stations.values()].some((s) => s.phase.step === "collecting"));
  const { lost, silent } = crash(owner, blow.survivors);
  marks.sometimes("crash with work in flight", lost > 0);
  marks.sometimes("durable and never told", silent > 0);
  run.drift.physical += 2 * run.config.lanes.length;
  if (blow.power) {
    cutPower(world);
    for (const device of run.net.lines.keys()) reboot(run.net, device);
  }
  run.agenda.put(run.now + blow.downMs, { do: "restart" });
}

function restart(run: Run): void {
  const { owner, swarm, rng, marks } = run;
  if (owner.core) return;
  const before = owner.clockOffset;
  const offset = swarm.clockStepMs > 0 ? rng.owner.int(2 * swarm.clockStepMs) - swarm.clockStepMs : 0;
  marks.sometimes("clock stepped back", offset < before);
  marks.sometimes("start from closed period", owner.closedAt >= 0);
  const core = start(owner, run.now, offset);
  run.inbox = new Map();
  const folded = digestState(core.state);
  if (folded !== digestState(owner.mirror.state)) complain(run, "F6", "the state after a restart differs from the journal's");
  for (const oracle of run.oracles) oracle.onRestart?.(owner.mirror.state, run.now);
  decideOne(run, core, { type: "StartOwner", epoch: owner.epoch }, null);
  readAll(run.world);
}

function fireOver(run: Run): void {
  const { core } = run.owner;
  if (core?.state.mode === "fire") decideOne(run, core, { type: "ResetFireAlarm", reason: "all clear" }, "anna");
  if (!core) run.agenda.put(run.now + MINUTE, { do: "fireOver" });
  else if (core.state.mode === "closed") {
    for (const act of recountActs(core, run.world.inside, run.now)) decideOne(run, core, act.command, act.actor);
    resetDrift(run);
    decideOne(run, core, { type: "SetFacilityMode", mode: "open", reason: "recounted" }, "anna");
  }
}

/** Once a day: count the cars, close the period. */
function night(run: Run): void {
  const { core } = run.owner;
  if (!core) {
    run.agenda.put(run.now + 10 * MINUTE, { do: "night" });
    return;
  }
  run.agenda.put(run.now + DAY, { do: "night" });
  for (const act of recountActs(core, run.world.inside, run.now)) decideOne(run, core, act.command, act.actor);
  resetDrift(run);
  decideOne(run, core, { type: "ClosePeriod" }, null);
}

function resetDrift(run: Run): void {
  run.drift = { base: 0, fromSeq: run.owner.seq, physical: run.config.lanes.length };
}

/** Once an hour, and only when nothing is under way: belief against truth. */
function probe(run: Run): void {
  run.agenda.put(run.now + HOUR, { do: "probe" });
  const { owner, world } = run;
  if (!owner.core || run.inFlight > 0 || owner.pending.length > 0 || run.net.down.size > 0) return;
  const state = owner.core.state;
  if (digestState(state) !== digestState(owner.mirror.state)) complain(run, "F9", "the decided state differs from the journal's");
  if ([...world.lanes.values()].some((lane) => lane.queue.length > 0)) return;
  const events = owner.journal.slice(run.drift.fromSeq).map((line) => JSON.parse(line) as Recorded);
  const explained = anomaliesIn(events) + run.drift.physical + world.totals.tailgatedIn + world.totals.tailgatedOut;
  const drift = Math.abs(driftOf(world, state) - run.drift.base);
  if (drift > explained) complain(run, "truth", `count differs from the cars inside by ${drift}, ${explained} explained`);
}

/** Faults stop, everything is mended, nobody new comes. */
function calm(run: Run): void {
  const { world, owner } = run;
  run.faultsStop = run.now;
  mendAll(world);
  world.traffic = 0;
  for (const place of [...run.net.down.keys()]) carryOut(run, { do: "linkUp", place });
  if (!owner.core) restart(run);
  if (owner.core?.state.mode === "fire") fireOver(run);
  for (const lane of run.config.lanes) {
    if (owner.core?.state.lanes.get(lane.id)?.mode !== "automatic") carryOut(run, { do: "laneBack", lane: lane.id });
  }
  readAll(world);
}

/** Until the last vehicle has left, hour by hour. */
function drain(run: Run, limit: Instant): void {
  while (run.now < limit && run.world.vehicles.size > 0) loop(run, Math.min(limit, run.now + HOUR));
  loop(run, run.now + 10 * MINUTE);
  for (const vehicle of run.world.vehicles.values()) {
    const lane = vehicle.place.in === "lane" ? run.world.lanes.get(vehicle.place.lane)?.display?.key : "";
    complain(run, "liveness", `vehicle ${vehicle.id} is trapped: ${JSON.stringify(vehicle.place)} ${lane} driver ${vehicle.driver.at}, ${vehicle.plan?.quirk}`);
  }
}

/** Nothing strikes, nothing comes late or not at all, drivers do as they are told: then nothing is anomalous. */
function undisturbed({ rates, loss, delay, quirks }: Swarm): boolean {
  const harmless = ["payByCard", "falseCoin", "leaveReceipt"];
  const obedient = Object.entries(quirks).every(([quirk, rate]) => rate === 0 || harmless.includes(quirk));
  return obedient && loss === 0 && delay === 0 && Object.values(rates).every((rate) => rate === 0);
}

/** At rest: every coin, card and ticket is where the books say; lanes and machines are idle. */
function finish(run: Run): void {
  const { owner, world, config } = run;
  if (world.vehicles.size > 0 || !owner.core) return;
  const state = owner.core.state;
  const report = (id: string, what: string): void => complain(run, id, what);
  const events = owner.journal.map((line) => JSON.parse(line) as Recorded);
  compareCash(world, state, report);
  for (const { invariant, text } of booksViolations(foldBooks(events), state)) report(invariant, text);
  compareTakings(world, events, run.filledMinor, report);
  if (undisturbed(run.swarm) && anomaliesIn(events) > 0) {
    report("truth", `${anomaliesIn(events)} anomalies recorded where nothing was wrong`);
  }
  for (const lane of config.lanes) {
    const { movement } = state.lanes.get(lane.id)!;
    if (movement) report("liveness", `lane ${lane.id} still ${movement.phase.step} with nobody there`);
    if (world.lanes.get(lane.id)!.arm.goal !== 0) report("liveness", `arm of ${lane.id} still up`);
    else run.marks.sometimes("arm closed");
  }
  for (const station of state.stations.values()) {
    if (station.phase.step !== "idle") report("liveness", `station ${station.id} still ${station.phase.step}`);
    if (station.payout) report("liveness", `station ${station.id} still pays out`);
  }
  if (world.inside !== 0) report("world", `${world.inside} inside and no vehicle`);
  if (world.totals.armHits > 0) report("world", `an arm touched a vehicle ${world.totals.armHits} times`);
  if (troublesOf(world).length > 0) report("world", "something is still broken");
  if (digestState(fold(owner, -1).state) !== digestState(owner.mirror.state)) report("F6", "a replay from the beginning differs");
  if (owner.closedAt >= 0 && digestState(fold(owner, owner.closedAt).state) !== digestState(owner.mirror.state)) {
    report("F7", "a replay from the closed period differs");
  }
}
