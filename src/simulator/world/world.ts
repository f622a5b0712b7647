/**
 * The physical world of one facility: vehicles, drivers, tickets, coins, arms and loops. It knows nothing of
 * what the system believes; it is the truth that simulation compares with.
 *
 *   step ---> motion, hands, devices ---> out: messages of devices      (what the system hears)
 *   apply, order <--- levels and one-shots                              (what the system says)
 *
 * Everything that will happen is in `schedule`; nothing here reads a clock. A coin, a ticket and a vehicle are
 * each in exactly one place.
 */
import type { FacilityCommand } from "../../carpark/facility/command.ts";
import type { CardScheme, FacilityConfig, LaneConfig, LaneId, StationId } from "../../carpark/facility/config.ts";
import type { Display, EntranceSign } from "../../carpark/facility/outputs.ts";
import type { LoopName } from "../../carpark/lane/inputs.ts";
import type { StationOutput } from "../../carpark/paystation/outputs.ts";
import type { CredentialRef } from "../../carpark/stay/stay.ts";
import { assert, present } from "../../kernel/assert.ts";
import type { CameraReading } from "../../devices/camera/reading.ts";
import type { DurationMs, Instant } from "../../kernel/instant.ts";
import type { MinorUnits } from "../../kernel/money.ts";
import { type Rng, rngOf } from "../../kernel/random.ts";
import { type Zone, zoneOf } from "../../kernel/zone.ts";
import { type Arm, closedArm } from "./arm.ts";
import type { Motion } from "./geometry.ts";
import { type Schedule, scheduleOf } from "./schedule.ts";
import { type LaneTerminal, newTerminal } from "./terminal.ts";
import { HAPPENINGS_MAX, type Happening, type HappeningName } from "./view.ts";

/** A sheet of paper with a bar code. Where it is, is where it is referred to. */
export type PaperTicket = {
  readonly number: string;
  readonly date: string;
  readonly time: string;
  paid: string | null;
  damaged: boolean;
};

/** `parker`: of an account holder. */
export type CardKind = "season" | "service" | "parker" | "foreign";
/** A card in somebody's hand or in a slot; `ref` is null for a card of nobody here. */
export type PlasticCard = { readonly ref: CredentialRef | null; readonly kind: CardKind };

/** What an automatic driver is going to do with this visit. */
export type Quirk =
  | "none" | "leaveQueue" | "backOutAfterPress" | "backOutAfterTicket" | "backOutUnderArm" | "tailgateIn" | "tailgateOut"
  | "loseTicket" | "damageTicket" | "dawdle" | "skipPayment" | "cancelPayment" | "payByCard" | "ignoreTicket"
  | "leaveReceipt" | "falseCoin";

export type Plan = { readonly quirk: Quirk; readonly stayMs: DurationMs; readonly patienceMs: DurationMs };

export type Place =
  | { readonly in: "lane"; readonly lane: LaneId; motion: Motion }
  | { readonly in: "aisle"; readonly bay: number; readonly from: "lane" | "bay"; readonly lane: LaneId | null; readonly since: Instant; readonly until: Instant }
  | { readonly in: "bay"; readonly bay: number };

export type DriverPlace =
  | { readonly at: "car" }
  | { readonly at: "walking"; readonly to: "station" | "car"; readonly station: StationId; readonly since: Instant; readonly until: Instant }
  | { readonly at: "station"; readonly station: StationId };

export type Vehicle = {
  readonly id: number;
  readonly plate: string;
  /** Dirty, covered or gone: no camera reads it. */
  plateHidden: boolean;
  readonly hue: number;
  readonly lengthM: number;
  /** Null: driven by hand. */
  readonly plan: Plan | null;
  place: Place;
  driver: DriverPlace;
  ticket: PaperTicket | null;
  card: PlasticCard | null;
  /** What a terminal makes of the payment card in the driver's purse; never its number. */
  readonly payCard: CredentialRef;
  payCardTries: number;
  /** The code on the driver's phone. */
  code: CredentialRef | null;
  cardTried: boolean;
  /** Coins, notes and plastic in the purse are without limit; change taken is only counted. */
  spentMinor: MinorUnits;
  gotBackMinor: MinorUnits;
  ticketTries: number;
  stationVisits: number;
  waitingSince: Instant;
  pressedAt: Instant;
  enteredAt: Instant | null;
  /** Wants to go through as soon as the arm is up. */
  going: boolean;
  tailgating: boolean;
  /** Backing out for good; others that back only give way. */
  leaving: boolean;
  thinkAt: Instant | null;
};

/** A level sensor: what it reports may differ from what is there. */
export type Loop = { occupied: boolean; trouble: "none" | "stuckOn" | "silent"; troubleSince: Instant };

export type Mouth =
  | { readonly has: "nothing" }
  | { readonly has: "printing"; readonly ticket: PaperTicket; readonly order: string }
  | { readonly has: "ticket"; readonly ticket: PaperTicket };

export type WorldLane = {
  readonly config: LaneConfig;
  readonly loops: Record<LoopName, Loop>;
  readonly arm: Arm;
  display: Display | null;
  /** Ticket mouth of an entry. */
  mouth: Mouth;
  printer: { paper: number; jammed: boolean; slow: boolean; retracted: number; wontRetract: boolean };
  /** Ticket slot of an exit. */
  slot: { ticket: PaperTicket; state: "in" | "out"; since: Instant } | null;
  captured: number;
  cardSlot: { card: PlasticCard; state: "in" | "out"; since: Instant } | null;
  readonly terminal: LaneTerminal;
  /** `dirty`: what it says is wrong. */
  camera: "clear" | "silent" | "dirty";
  /** Vehicles in the lane, first one nearest to its end. */
  queue: number[];
};

export type NotesHeld = { readonly note: number; readonly denominationMinor: MinorUnits };

/** Card terminal: one operation at a time, its outcomes kept for ever. */
export type Operation = { readonly amountMinor: MinorUnits; outcome: "asking" | "approved" | "declined" | "refunded"; silent: boolean; reference: string };

export type WorldStation = {
  readonly id: StationId;
  readonly coins: readonly MinorUnits[];
  readonly notes: readonly MinorUnits[];
  readonly cards: readonly CardScheme[];
  readonly hopperCapacity: number;
  output: StationOutput | null;
  ticket: { ticket: PaperTicket; state: "in" | "out" } | null;
  /** When a ticket in the slot goes back, unless a payment holds it before. */
  letGoAt: Instant | null;
  cardIn: PlasticCard | null;
  /** Coins of each value in its hopper, the cash box, the note box, the tray. */
  readonly hoppers: Map<MinorUnits, number>;
  readonly cashBox: Map<MinorUnits, number>;
  readonly noteBox: Map<MinorUnits, number>;
  readonly tray: Map<MinorUnits, number>;
  escrow: NotesHeld[];
  /** Durable counters of the devices. */
  readonly toHopper: Map<MinorUnits, number>;
  readonly toCashBox: Map<MinorUnits, number>;
  readonly stacked: Map<MinorUnits, number>;
  readonly paidOut: Map<MinorUnits, number>;
  notesRead: number;
  lastPayout: number;
  payout: { readonly id: number; readonly coins: MinorUnits[] } | null;
  payoutJam: boolean;
  /** What the driver at the terminal is going to do; set when the card is chosen. */
  nextAnswer: "approve" | "decline" | "silent";
  readonly operations: Map<number, Operation>;
  receipt: boolean;
  chit: boolean;
  paper: number;
  queue: number[];
};

/** Something that will happen; data only, looked up when it does. */
export type Due =
  | { readonly what: "motion"; readonly vehicle: number; readonly since: Instant }
  | { readonly what: "arm"; readonly lane: LaneId; readonly since: Instant }
  | { readonly what: "printed"; readonly lane: LaneId; readonly order: string }
  | { readonly what: "retract"; readonly lane: LaneId; readonly number: string }
  | { readonly what: "slotWait"; readonly lane: LaneId; readonly since: Instant }
  | { readonly what: "think"; readonly vehicle: number }
  | { readonly what: "aisle"; readonly vehicle: number }
  | { readonly what: "walked"; readonly vehicle: number }
  | { readonly what: "coin"; readonly station: StationId; readonly payout: number }
  | { readonly what: "validated"; readonly station: StationId; readonly ticket: string; readonly text: string }
  | { readonly what: "letGo"; readonly station: StationId; readonly at: Instant }
  | { readonly what: "offer"; readonly station: StationId; readonly note: number }
  | { readonly what: "answer"; readonly station: StationId; readonly operation: number; readonly approve: boolean }
  | { readonly what: "look"; readonly lane: LaneId; readonly vehicle: number }
  | { readonly what: "seenLate"; readonly lane: LaneId; readonly reading: CameraReading }
  | { readonly what: "saleDone"; readonly lane: LaneId; readonly operation: number; readonly approve: boolean }
  | { readonly what: "heartbeat" }
  | { readonly what: "traffic" }
  | { readonly what: "mend"; readonly trouble: number };

export type OutMessage = { readonly device: string; readonly command: FacilityCommand };

export type World = {
  readonly config: FacilityConfig;
  readonly rng: { readonly hands: Rng; readonly devices: Rng; readonly traffic: Rng };
  readonly schedule: Schedule<Due>;
  now: Instant;
  readonly lanes: Map<LaneId, WorldLane>;
  readonly stations: Map<StationId, WorldStation>;
  readonly vehicles: Map<number, Vehicle>;
  readonly bays: (number | null)[];
  sign: EntranceSign | null;
  /** Cards drivers of automatic traffic may carry. */
  readonly cards: { readonly card: PlasticCard; carrier: number | null }[];
  /** Codes of account holders that a driver may have on the phone. */
  readonly codes: CredentialRef[];
  readonly doneOrders: Set<string>;
  out: OutMessage[];
  /** What cameras have seen and not yet said. */
  readonly seen: { readonly lane: LaneId; readonly reading: CameraReading }[];
  /** The country whose plates most vehicles here have, as cameras name it. */
  readonly plateCountry: string;
  traffic: number;
  quiet: boolean;
  /** Whether a next heartbeat is planned; a quiet world at rest plans none. */
  beating: boolean;
  /** Vehicles whose rear crossed the closing loop inward and have not crossed outward. */
  inside: number;
  readonly totals: { arrived: number; entered: number; left: number; tailgatedIn: number; tailgatedOut: number; backedOut: number; armHits: number };
  happenings: Happening[];
  next: { vehicle: number; happening: number; trouble: number };
};

/** Orders a device remembers to recognise a repeat; a facility has far fewer under way. */
const ORDERS_REMEMBERED = 4_000;

export function createWorld(config: FacilityConfig, seed: number | string, at: Instant): World {
  const rng = rngOf(seed).stream(config.id);
  const world: World = {
    config, now: at, sign: null, out: [], seen: [], plateCountry: countryHere(config), traffic: 0, quiet: false, beating: true, inside: 0, happenings: [],
    rng: { hands: rng.stream("hands"), devices: rng.stream("devices"), traffic: rng.stream("traffic") },
    schedule: scheduleOf<Due>(rng.stream("ties")),
    lanes: new Map(config.lanes.map((lane) => [lane.id, newLane(lane)])),
    stations: new Map(config.payStations.map((s) => [s.id, newStation(s)])),
    vehicles: new Map(), bays: new Array<number | null>(baysOf(config)).fill(null), cards: [], codes: [], doneOrders: new Set(),
    totals: { arrived: 0, entered: 0, left: 0, tailgatedIn: 0, tailgatedOut: 0, backedOut: 0, armHits: 0 },
    next: { vehicle: 1, happening: 1, trouble: 1 },
  };
  world.schedule.put(at, { what: "heartbeat" });
  world.schedule.put(at, { what: "traffic" });
  return world;
}

/** The car park's zone says where it stands, as far as the simulated plates go. */
const countryHere = ({ zone }: FacilityConfig): string =>
  zone === "Europe/Vienna" ? "AUT" : zone === "Europe/Berlin" ? "DEU" : zone === "Europe/London" ? "GBR" : "AUS";

/** As many bays as the outermost group ever has spaces, and a verge for those that drove in without asking. */
function baysOf(config: FacilityConfig): number {
  const all = present(config.groups.find((group) => group.id === config.allGroup), "outermost group");
  return Math.max(...all.capacity.map((rule) => rule.spaces)) + 20;
}

function newLane(config: LaneConfig): WorldLane {
  const loop = (): Loop => ({ occupied: false, trouble: "none", troubleSince: 0 });
  return {
    config, loops: { arming: loop(), underArm: loop(), closing: loop() }, arm: closedArm(), display: null,
    mouth: { has: "nothing" }, printer: { paper: 4_000, jammed: false, slow: false, retracted: 0, wontRetract: false },
    slot: null, captured: 0, cardSlot: null, terminal: newTerminal(), camera: "clear", queue: [],
  };
}

function newStation(config: FacilityConfig["payStations"][number]): WorldStation {
  const zero = (values: readonly MinorUnits[]): Map<MinorUnits, number> => new Map(values.map((v) => [v, 0]));
  const { coins, notes } = config;
  return {
    id: config.id, coins, notes, cards: config.cards, hopperCapacity: config.hopperCapacity, output: null, ticket: null,
    letGoAt: null, cardIn: null, hoppers: zero(coins), cashBox: zero(coins), noteBox: zero(notes), tray: new Map(), escrow: [],
    toHopper: zero(coins), toCashBox: zero(coins), stacked: zero(notes), paidOut: zero(coins), notesRead: 0,
    lastPayout: 0, payout: null, payoutJam: false, nextAnswer: "approve", operations: new Map(), receipt: false,
    chit: false, paper: 2_000, queue: [],
  };
}

export function zoneOfWorld(world: World): Zone {
  const zone = zoneOf(world.config.zone);
  assert(zone.ok, "a configured facility has a known zone");
  return zone.value;
}

export const laneOf = (world: World, lane: LaneId): WorldLane => present(world.lanes.get(lane), `lane ${lane}`);
export const stationOf = (world: World, id: StationId): WorldStation => present(world.stations.get(id), `station ${id}`);
export const vehicleOf = (world: World, id: number): Vehicle => present(world.vehicles.get(id), `vehicle ${id}`);

/** A device says something. Devices are named as in `DeviceStatus`. */
export function say(world: World, device: string, command: FacilityCommand): void {
  world.out.push({ device, command });
}

export function happen(world: World, what: HappeningName, vehicle: number | null, where: string | null): void {
  world.happenings.push({ n: world.next.happening++, at: world.now, what, vehicle, where });
  if (world.happenings.length > HAPPENINGS_MAX) world.happenings.shift();
}

/** Plans the next heartbeat, if none is. */
export function beat(world: World): void {
  if (world.beating) return;
  world.beating = true;
  world.schedule.put(world.now, { what: "heartbeat" });
}

/** True the first time an order id is seen. */
export function firstTime(world: World, order: string): boolean {
  if (world.doneOrders.has(order)) return false;
  world.doneOrders.add(order);
  if (world.doneOrders.size > ORDERS_REMEMBERED) {
    const oldest = world.doneOrders.values().next();
    if (!oldest.done) world.doneOrders.delete(oldest.value);
  }
  return true;
}

/** An automatic driver looks again after a while; an earlier look already planned stays. */
export function nudge(world: World, vehicle: Vehicle, afterMs?: DurationMs): void {
  if (!vehicle.plan) return;
  const at = world.now + (afterMs ?? 700 + world.rng.hands.int(2_300));
  if (vehicle.thinkAt !== null && vehicle.thinkAt <= at && vehicle.thinkAt > world.now) return;
  vehicle.thinkAt = at;
  world.schedule.put(at, { what: "think", vehicle: vehicle.id });
}

/** The first vehicle in the lane, whose driver faces the pillar or the arm. */
export function headOf(world: World, lane: WorldLane): Vehicle | null {
  const id = lane.queue.find((v) => {
    const place = vehicleOf(world, v).place;
    return place.in === "lane" && place.motion.goal < 16 && !vehicleOf(world, v).tailgating;
  });
  return id === undefined ? null : vehicleOf(world, id);
}
