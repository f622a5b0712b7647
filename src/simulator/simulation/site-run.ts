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
import type { FacilityCommand } from "../../carpark/facility/command.ts";
import type { FacilityConfig, LaneId } from "../../carpark/facility/config.ts";
import type { Recorded } from "../../carpark/facility/event.ts";
import { digestState } from "../../carpark/facility/snapshot.ts";
import type { TicketNumber } from "../../carpark/ticket/ticket.ts";
import { type Instant, DAY, HOUR, MINUTE, SECOND } from "../../kernel/instant.ts";
import { rngOf } from "../../kernel/random.ts";
import { scheduleOf } from "../world/schedule.ts";
import { advance, nextAt, readAll } from "../world/step.ts";
import { mendAll } from "../world/trouble.ts";
import { type World, createWorld } from "../world/world.ts";
import { arrive, carryOutEffects, decideOne, listen } from "./deliver.ts";
import { drawBlow, nextStrike, strikesOf } from "./faults.ts";
import { type Marks, createMarks } from "./marks.ts";
import { createNetwork } from "./network.ts";
import { admissionOracle } from "./oracle/admission.ts";
import { barrierOracle } from "./oracle/barrier.ts";
import { booksOracle } from "./oracle/books.ts";
import { moneyOracle } from "./oracle/money.ts";
import type { Violation } from "./oracle/oracle.ts";
import { presenceOracle } from "./oracle/presence.ts";
import { reachedOracle } from "./oracle/reached.ts";
import { lookThroughCameras, sitePlates } from "./plates.ts";
import { createOwner, nextDue, nextDurable, start } from "./owner.ts";
import { type Item, type Run, type SiteOptions, StopRun, complain, resetDrift } from "./site-state.ts";
import { SIMULATION_START, SITE_TARIFF, drawAccount, drawCards, drawSite, isTicketless } from "./site.ts";
import { recountActs, staffActs } from "./staff.ts";
import { fireOver, laneBack, linkBack, restart, strike } from "./strike.ts";
import { type Strike, type Swarm, drawSwarm, withoutTickets } from "./swarm.ts";
import { finish, probe } from "./truth.ts";

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

/** After the last day the site has this long to become empty. */
const DRAIN_MS = 36 * HOUR;

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

function open(options: SiteOptions): Run {
  const rng = rngOf(`${options.seed}/site-${options.site}`);
  const config = drawSite(rng.stream("site"), options.site);
  const drawn = (options.swarm ?? drawSwarm)(rng.stream("swarm"));
  const swarm = options.swarm || !isTicketless(options.site) ? drawn : withoutTickets(drawn, rng.stream("ticketless"));
  const world = createWorld(config, `${options.seed}`, SIMULATION_START);
  world.quiet = swarm.quiet;
  const owner = createOwner(config);
  const marks = createMarks();
  const run: Run = {
    now: SIMULATION_START, options, config, swarm, world, owner, marks, plates: sitePlates(), net: createNetwork(rng.stream("net")), inbox: new Map(),
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
  const fleet = drawAccount(rngOf(`${run.options.seed}/fleet-${run.options.site}`), config);
  fleet.acts.forEach((act, i) => give({ type: "LearnRights", act, operatorSeq: cards.length + i + 1 }));
  for (const ref of fleet.cards) world.cards.push({ card: { ref, kind: "parker" }, carrier: null });
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
    lookThroughCameras(run);
  }
}

function carryOut(run: Run, item: Item): void {
  switch (item.do) {
    case "arrive": arrive(run, item.message); return;
    case "strike":
      if (run.now < run.faultsStop) strike(run, drawBlow(run.rng.faults, run.config, item.strike));
      plan(run, item.strike);
      return;
    case "restart": restart(run); return;
    case "linkUp": linkBack(run, item.place); return;
    case "fireOver": fireOver(run); return;
    case "laneBack": laneBack(run, item.lane); return;
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

/** Faults stop, everything is mended, nobody new comes. */
function calm(run: Run): void {
  const { world, owner } = run;
  run.faultsStop = run.now;
  mendAll(world);
  world.traffic = 0;
  for (const place of [...run.net.down.keys()]) linkBack(run, place);
  if (!owner.core) restart(run);
  if (owner.core?.state.mode === "fire") fireOver(run);
  for (const lane of run.config.lanes) {
    if (owner.core?.state.lanes.get(lane.id)?.mode !== "automatic") laneBack(run, lane.id);
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
