/** The picture of the world that the browser draws. */
import type { Instant } from "../../kernel/instant.ts";
import type { MinorUnits } from "../../kernel/money.ts";
import { PASSABLE_DEGREES, degreesAt } from "./arm.ts";
import { LOOPS, STOP_X, frontAt } from "./geometry.ts";
import { pillarOf } from "./hands.ts";
import { stationAt } from "./station-hands.ts";
import { type PaperTicket, type Vehicle, type World, type WorldLane, type WorldStation, laneOf } from "./world.ts";
import type { ActionName, CoinPile, LaneView, StationView, TicketView, VehicleView, WorldView } from "./view.ts";

/** Positions to the centimetre, angles and shares as drawn: the picture stays small. */
const round = (value: number): number => Math.round(value * 100) / 100;

export function viewOf(world: World): WorldView {
  return {
    facility: world.config.id, at: world.now,
    lanes: [...world.lanes.values()].map((lane) => laneView(world, lane)),
    vehicles: [...world.vehicles.values()].map((vehicle) => vehicleView(world, vehicle)),
    stations: [...world.stations.values()].map(stationView),
    sign: world.sign, bays: world.bays.length - 20, inside: world.inside, traffic: world.traffic, happenings: [...world.happenings],
  };
}

function laneView(world: World, lane: WorldLane): LaneView {
  const degrees = degreesAt(lane.arm, world.now);
  const { arming, underArm, closing } = lane.loops;
  return {
    lane: lane.config.id, direction: lane.config.direction, loops: [arming.occupied, underArm.occupied, closing.occupied],
    armDegrees: Math.round(degrees), armMoving: degrees === lane.arm.goal || lane.arm.stuck ? null : lane.arm.goal === 90 ? "up" : "down",
    display: lane.display, mouth: mouthOf(lane), paper: lane.printer.paper, captured: lane.captured,
    connected: arming.trouble !== "silent",
  };
}

function mouthOf(lane: WorldLane): LaneView["mouth"] {
  if (lane.cardSlot) return lane.cardSlot.state === "in" ? "card" : "cardOut";
  if (lane.mouth.has !== "nothing") return lane.mouth.has;
  return lane.slot?.state === "out" ? "ticket" : null;
}

const share = (since: Instant, until: Instant, now: Instant): number =>
  until <= since ? 1 : round(Math.min(1, (now - since) / (until - since)));

function vehicleView(world: World, vehicle: Vehicle): VehicleView {
  return {
    id: vehicle.id, plate: vehicle.plate, plateCovered: vehicle.plateHidden, hue: vehicle.hue, lengthM: vehicle.lengthM, manual: vehicle.plan === null,
    place: placeView(world, vehicle), driver: driverView(world, vehicle), ticket: ticketView(vehicle.ticket),
    hasCard: vehicle.card !== null, can: vehicle.plan === null ? possible(world, vehicle) : [], mood: moodOf(world, vehicle),
  };
}

function placeView(world: World, vehicle: Vehicle): VehicleView["place"] {
  const { place } = vehicle;
  switch (place.in) {
    case "lane": {
      const front = frontAt(place.motion, world.now);
      return { in: "lane", lane: place.lane, x: round(front), speed: front === place.motion.goal ? 0 : place.motion.speed };
    }
    case "aisle": {
      const done = share(place.since, place.until, world.now);
      return { in: "aisle", bay: place.bay, from: place.from, lane: place.lane, done, speed: round(1_000 / Math.max(1, place.until - place.since)) };
    }
    case "bay": return { in: "bay", bay: place.bay };
  }
}

function driverView(world: World, vehicle: Vehicle): VehicleView["driver"] {
  const { driver } = vehicle;
  switch (driver.at) {
    case "car": return { at: "car" };
    case "station": return { at: "station", station: driver.station };
    case "walking":
      return { at: "walking", to: driver.to, station: driver.station, done: share(driver.since, driver.until, world.now) };
  }
}

const ticketView = (ticket: PaperTicket | null): TicketView | null =>
  ticket && { number: ticket.number, date: ticket.date, time: ticket.time, paid: ticket.paid, damaged: ticket.damaged };

function moodOf(world: World, vehicle: Vehicle): VehicleView["mood"] {
  if (vehicle.place.in !== "lane" || vehicle.place.motion.speed !== 0) return "driving";
  const waited = world.now - vehicle.waitingSince;
  const key = laneOf(world, vehicle.place.lane).display?.key;
  if (key === "refused" || key === "attendant") return "puzzled";
  return waited > 120_000 ? "impatient" : "waiting";
}

/** What would succeed now, in the order a driver would think of it. */
function possible(world: World, vehicle: Vehicle): ActionName[] {
  switch (vehicle.place.in) {
    case "aisle": return [];
    case "bay": return possibleInBay(world, vehicle);
    case "lane": return possibleInLane(world, vehicle, laneOf(world, vehicle.place.lane));
  }
}

function possibleInBay(world: World, vehicle: Vehicle): ActionName[] {
  const has = { ticket: vehicle.ticket !== null };
  const paper: ActionName[] = has.ticket ? ["damageTicket", "loseTicket"] : [];
  if (vehicle.driver.at === "walking") return paper;
  if (vehicle.driver.at === "car") {
    const first: ActionName[] = vehicle.ticket && !vehicle.ticket.paid ? ["walkToStation", "driveToExit"] : ["driveToExit", "walkToStation"];
    return [...first, ...paper];
  }
  const station = stationAt(world, vehicle);
  if (!station) return ["walkBack", ...paper];
  return [...possibleAtStation(vehicle, station), "walkBack"];
}

function possibleAtStation(vehicle: Vehicle, station: WorldStation): ActionName[] {
  const can: ActionName[] = [];
  const { output } = station;
  const key = output?.screen.key;
  if (station.ticket?.state === "out" || station.tray.size > 0 || station.receipt || station.chit) can.push("takeFromTray");
  if (vehicle.ticket && !station.ticket && output?.slotOpen) can.push("insertTicket");
  if (output?.cashEnabled) can.push("insertCoin", "insertNote", "insertInvalid");
  if ((output?.cards.length ?? 0) > 0) can.push("chooseCard");
  if (key === "askRetention") can.push("acceptRetention");
  if (output?.cashEnabled || key === "askRetention") can.push("extendPayment", "cancel");
  if (key === "card") can.push("cancel");
  if ((output?.screen.key === "paid" || output?.screen.key === "paidNotPrinted") && output.screen.receiptOffered) can.push("pressReceipt");
  can.push("callHelp");
  return can;
}

function possibleInLane(world: World, vehicle: Vehicle, lane: WorldLane): ActionName[] {
  if (vehicle.place.in !== "lane" || vehicle.place.motion.speed !== 0) return [];
  const can: ActionName[] = [];
  const front = frontAt(vehicle.place.motion, world.now);
  const atPillar = pillarOf(world, vehicle) === lane;
  const up = lane.arm.goal === 90 && degreesAt(lane.arm, world.now) >= PASSABLE_DEGREES;
  if (atPillar) {
    if (lane.cardSlot?.state === "out") can.push("takeCard");
    if (lane.mouth.has === "ticket" || lane.slot?.state === "out") can.push("takeTicket");
  }
  if (up && front >= STOP_X - 0.5) can.push("driveForward");
  if (atPillar) {
    const key = lane.display?.key;
    if (lane.config.direction === "entry" && key !== "printing" && key !== "takeTicket" && key !== "driveIn" && key !== "identify") can.push("pressButton");
    if (lane.config.direction === "exit" && vehicle.ticket && !lane.slot) can.push("insertTicket");
    if (vehicle.card && !lane.cardSlot) can.push("presentCard");
    if (lane.config.terminal && key !== "driveIn" && key !== "driveOut") can.push("showPaymentCard");
    if (vehicle.code && key !== "driveIn" && key !== "driveOut") can.push("showCode");
    if (lane.config.camera) can.push("coverPlate");
    can.push("callHelp");
  }
  if (lane.queue.indexOf(vehicle.id) > 0) can.push("tailgate");
  if (front - vehicle.lengthM <= LOOPS.underArm.to) can.push("backOut");
  return can;
}

const piles = (map: ReadonlyMap<MinorUnits, number>): CoinPile[] =>
  [...map].filter(([, count]) => count > 0).map(([denominationMinor, count]) => ({ denominationMinor, count }));

function stationView(station: WorldStation): StationView {
  const sale = [...station.operations.values()].at(-1);
  const terminal = !sale ? "idle" : sale.outcome !== "asking" ? (sale.silent ? "silent" : "answered") : "asking";
  return {
    station: station.id, output: station.output, user: station.queue[0] ?? null, queue: station.queue.slice(1),
    ticketIn: station.ticket?.state === "in", ticketOut: station.ticket?.state === "out",
    hoppers: [...station.hoppers].map(([denominationMinor, count]) => ({ denominationMinor, count })),
    cashBox: piles(station.cashBox), noteBox: piles(station.noteBox),
    escrowMinor: station.escrow.reduce((sum, note) => sum + note.denominationMinor, 0), tray: piles(station.tray),
    receiptOut: station.receipt, chitOut: station.chit, terminal, paper: station.paper, connected: true,
  };
}
