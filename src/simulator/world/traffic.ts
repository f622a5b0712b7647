/**
 * Who comes when: arrivals follow the weekday's curve, stays and quirks are drawn from the seed. The relative
 * curves are invented, in the shape every inner-city car park knows: office mornings, shopping Saturdays.
 */
import type { LaneId } from "../../carpark/facility/config.ts";
import type { CredentialRef } from "../../carpark/stay/stay.ts";
import { present } from "../../kernel/assert.ts";
import { HOUR, type Instant, MINUTE } from "../../kernel/instant.ts";
import type { Rng } from "../../kernel/random.ts";
import { zoneOf } from "../../kernel/zone.ts";
import { QUEUE_MAX, joinLane } from "./driving.ts";
import { standing } from "./geometry.ts";
import { type PaperTicket, type Plan, type PlasticCard, type Quirk, type Vehicle, type World, type WorldLane, happen, nudge } from "./world.ts";

/** Share of the day's arrivals in each hour, in thousandths. */
const WEEKDAY = [4, 3, 2, 2, 4, 12, 40, 95, 110, 85, 65, 60, 65, 60, 55, 55, 55, 60, 60, 45, 30, 18, 10, 5];
const SATURDAY = [12, 8, 5, 3, 3, 5, 10, 25, 45, 80, 105, 110, 100, 95, 85, 70, 55, 45, 45, 40, 25, 15, 10, 4];
const SUNDAY = [15, 10, 6, 4, 3, 4, 8, 15, 30, 55, 75, 85, 90, 95, 95, 90, 80, 70, 60, 45, 30, 20, 10, 5];

/** Vehicles a space sees on an ordinary day. */
const TURNOVER = 2.2;

/** How often each quirk shows in ordinary traffic, in thousandths; the rest are none. */
export type QuirkRates = Readonly<Partial<Record<Quirk, number>>>;
export const CALM_QUIRKS: QuirkRates = {
  payByCard: 300, falseCoin: 20, leaveReceipt: 100, backOutAfterPress: 4, backOutAfterTicket: 2, leaveQueue: 10,
};

/** Instant of the next arrival after `at`, by thinning the day's curve; null while the level is 0. */
export function nextArrival(world: World, at: Instant, spaces: number): Instant | null {
  if (world.traffic <= 0) return null;
  const perHourMax = (spaces * TURNOVER * 110 * world.traffic) / 1_000;
  if (perHourMax <= 0) return null;
  let t = at;
  for (let tries = 0; tries < 200; tries++) {
    t += Math.max(200, (-Math.log(1 - world.rng.traffic.next()) * HOUR) / perHourMax);
    if (world.rng.traffic.next() * 110 <= curveAt(world, t)) break;
  }
  return Math.ceil(t);
}

function curveAt(world: World, at: Instant): number {
  const zone = zoneOf(world.config.zone);
  const wall = zone.ok ? zone.value.wallOf(at) : { hour: 12, weekday: 1 };
  const curve = wall.weekday === 7 ? SUNDAY : wall.weekday === 6 ? SATURDAY : WEEKDAY;
  return present(curve[wall.hour], "hour of the curve");
}

/** A vehicle appears at the end of a lane's queue. */
export function arrive(world: World, lane: WorldLane, plan: Plan | null, card: PlasticCard | null, plate?: string): Vehicle | null {
  if (lane.queue.length >= QUEUE_MAX) return null;
  const vehicle = newVehicle(world, lane, plan, card, plate);
  world.totals.arrived++;
  joinLane(world, vehicle, lane);
  happen(world, "arrived", vehicle.id, lane.config.id);
  nudge(world, vehicle);
  return vehicle;
}

/** A car that was inside before this world began: in a bay, its driver with the ticket, leaving after a usual stay. */
export function parkWithTicket(world: World, ticket: PaperTicket): Vehicle | null {
  const vehicle = parkBefore(world, null);
  if (vehicle) vehicle.ticket = ticket;
  return vehicle;
}

export function parkWithCard(world: World, card: CredentialRef): Vehicle | null {
  const carried = world.cards.find((one) => one.card.ref === card && one.carrier === null);
  const vehicle = carried ? parkBefore(world, carried.card) : null;
  if (carried && vehicle) carried.carrier = vehicle.id;
  return vehicle;
}

/** A car that was inside before, known by its plate. */
export const parkWithPlate = (world: World, plate: string): Vehicle | null => parkBefore(world, null, plate);

/** A car that came in with its driver's payment card. */
export function parkWithPayCard(world: World, payCard: CredentialRef): Vehicle | null {
  const vehicle = parkBefore(world, null);
  if (!vehicle) return null;
  const same: Vehicle = { ...vehicle, payCard };
  world.vehicles.set(vehicle.id, same);
  return same;
}

function parkBefore(world: World, card: PlasticCard | null, plate?: string): Vehicle | null {
  const bay = world.bays.indexOf(null);
  const lane = [...world.lanes.values()][0];
  if (bay < 0 || !lane) return null;
  const plan: Plan = { quirk: "none", stayMs: stayOf(world.rng.traffic), patienceMs: 10 * MINUTE };
  const vehicle = newVehicle(world, lane, plan, card, plate);
  vehicle.place = { in: "bay", bay };
  vehicle.enteredAt = world.now;
  world.bays[bay] = vehicle.id;
  world.inside++;
  world.totals.arrived++;
  nudge(world, vehicle, plan.stayMs);
  return vehicle;
}

function newVehicle(world: World, lane: WorldLane, plan: Plan | null, card: PlasticCard | null, plate?: string): Vehicle {
  const id = world.next.vehicle++;
  const rng = world.rng.traffic;
  const vehicle: Vehicle = {
    id, plate: plate ?? plateText(rng), plateHidden: false, hue: rng.int(360),
    lengthM: 4 + rng.int(11) / 10, plan, place: { in: "lane", lane: lane.config.id, motion: standing(0, world.now) },
    driver: { at: "car" }, ticket: null, card, cardTried: false, payCard: `pay_${world.config.id}x${id}` as CredentialRef, payCardTries: 0, code: null, spentMinor: 0, gotBackMinor: 0, ticketTries: 0,
    stationVisits: 0, waitingSince: world.now, pressedAt: 0, enteredAt: null, going: false, tailgating: false,
    leaving: false, thinkAt: null,
  };
  world.vehicles.set(id, vehicle);
  return vehicle;
}

const LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ";

function plateText(rng: Rng): string {
  const letter = (): string => LETTERS[rng.int(LETTERS.length)]!;
  return `${letter()}${letter()}${letter()}-${String(rng.int(1_000)).padStart(3, "0")}`;
}

/** The next automatic vehicle: entry with the shortest queue, a plan, sometimes a card that nobody drives with now. */
export function sendVehicle(world: World, rates: QuirkRates): Vehicle | null {
  const entries = [...world.lanes.values()].filter((lane) => lane.config.direction === "entry");
  const lane = entries.sort((a, b) => a.queue.length - b.queue.length)[0];
  if (!lane) return null;
  const rng = world.rng.traffic;
  const plan: Plan = { quirk: quirkOf(rng, rates), stayMs: stayOf(rng), patienceMs: (3 + rng.int(12)) * MINUTE };
  const free = world.cards.filter(({ card, carrier }) => carrier === null && card.kind !== "foreign");
  const carried = free.length > 0 && rng.chance(0.3) ? rng.pick(free) : null;
  const vehicle = arrive(world, lane, plan, carried?.card ?? null);
  if (vehicle && carried) carried.carrier = vehicle.id;
  return vehicle;
}

function quirkOf(rng: Rng, rates: QuirkRates): Quirk {
  let draw = rng.int(1_000);
  for (const [quirk, rate] of Object.entries(rates) as [Quirk, number][]) {
    if (draw < rate) return quirk;
    draw -= rate;
  }
  return "none";
}

/** Half an hour to a working day, mostly two hours. */
function stayOf(rng: Rng): number {
  const draw = rng.next();
  if (draw < 0.15) return (5 + rng.int(25)) * MINUTE;
  if (draw < 0.75) return (30 + rng.int(150)) * MINUTE;
  return (4 * 60 + rng.int(5 * 60)) * MINUTE;
}

export const entryLanes = (world: World): LaneId[] =>
  [...world.lanes.values()].filter((l) => l.config.direction === "entry").map((l) => l.config.id);
