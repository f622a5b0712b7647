/**
 * What a driver can physically do, each with what the world needs for it. People at the screen and automatic
 * drivers use the same hands; a refusal says what is missing and changes nothing.
 */
import type { LaneId, StationId } from "../../carpark/facility/config.ts";
import { unreachable } from "../../kernel/assert.ts";
import { err } from "../../kernel/result.ts";
import type { VehicleAction } from "./action.ts";
import { PASSABLE_DEGREES, degreesAt } from "./arm.ts";
import { type Done, done, emptyHanded, needs, nothing } from "./done.ts";
import { QUEUE_MAX, joinLane, moveOn, startBacking } from "./driving.ts";
import { LOOPS, STOP_X, frontAt } from "./geometry.ts";
import { SLOT_WAIT_MS, readOf } from "./pillar.ts";
import { chooseCard, insertAtStation, insertMoney, press, stationAt, takeFromStation } from "./station-hands.ts";
import { showToTerminal } from "./terminal.ts";
import { userOf } from "./station-queue.ts";
import { type Vehicle, type World, type WorldLane, happen, laneOf, nudge, say, stationOf } from "./world.ts";

/** The lane at whose pillar the vehicle stands, its window beside the slot. */
export function pillarOf(world: World, vehicle: Vehicle): WorldLane | null {
  if (vehicle.place.in !== "lane" || vehicle.driver.at !== "car") return null;
  const front = frontAt(vehicle.place.motion, world.now);
  return vehicle.place.motion.speed === 0 && front > LOOPS.arming.from + 2 && front < 16 ? laneOf(world, vehicle.place.lane) : null;
}

export function act(world: World, vehicle: Vehicle, action: VehicleAction): Done {
  switch (action.type) {
    case "pressButton": return pressButton(world, vehicle);
    case "takeTicket": return takeTicket(world, vehicle);
    case "presentCard": return presentCard(world, vehicle);
    case "takeCard": return takeCard(world, vehicle);
    case "showPaymentCard": return showPaymentCard(world, vehicle, action.answer ?? "approve");
    case "showCode": return showCode(world, vehicle);
    case "coverPlate":
      vehicle.plateHidden = !vehicle.plateHidden;
      return done;
    case "driveForward": return driveForward(world, vehicle);
    case "tailgate": return tailgate(world, vehicle);
    case "backOut":
    case "leave": return backOut(world, vehicle);
    case "loseTicket": return loseTicket(world, vehicle);
    case "damageTicket": return damageTicket(world, vehicle);
    case "insertTicket": return insertTicket(world, vehicle);
    case "walkToStation": return walkToStation(world, vehicle, action.station);
    case "walkBack": return walkBack(world, vehicle);
    case "insertCoin": return insertMoney(world, vehicle, "coin", action.denominationMinor, true);
    case "insertNote": return insertMoney(world, vehicle, "note", action.denominationMinor, true);
    case "insertInvalid": return insertMoney(world, vehicle, action.kind, action.kind === "coin" ? 25 : 1_500, false);
    case "chooseCard": return chooseCard(world, vehicle, action.answer ?? "approve");
    case "cancel": return press(world, vehicle, "CancelPayment");
    case "pressReceipt": return press(world, vehicle, "PressReceipt");
    case "extendPayment": return press(world, vehicle, "ExtendPayment");
    case "acceptRetention": return press(world, vehicle, "AcceptRetention");
    case "takeFromTray": return takeFromTray(world, vehicle);
    case "callHelp": return callHelp(world, vehicle);
    case "driveToExit": return driveToExit(world, vehicle, action.lane);
    default: return unreachable(action);
  }
}

function pressButton(world: World, vehicle: Vehicle): Done {
  const lane = pillarOf(world, vehicle);
  if (lane?.config.direction !== "entry") return needs("entryPillar");
  vehicle.pressedAt = world.now;
  say(world, `${lane.config.id}/pillar`, { type: "PressButton", lane: lane.config.id });
  happen(world, "pressedButton", vehicle.id, lane.config.id);
  return done;
}

function takeTicket(world: World, vehicle: Vehicle): Done {
  const lane = pillarOf(world, vehicle);
  if (!lane) return needs("pillar");
  if (lane.config.direction === "exit") return takeEjected(world, vehicle, lane);
  if (lane.mouth.has !== "ticket") return nothing("ticket");
  const { ticket } = lane.mouth;
  lane.mouth = { has: "nothing" };
  vehicle.ticket = ticket;
  vehicle.ticketTries = 0;
  say(world, `${lane.config.id}/printer`, { type: "ReportTicketTaken", lane: lane.config.id, number: ticket.number as never });
  happen(world, "tookTicket", vehicle.id, lane.config.id);
  return done;
}

function takeEjected(world: World, vehicle: Vehicle, lane: WorldLane): Done {
  if (lane.slot?.state !== "out") return nothing("ticket");
  vehicle.ticket = lane.slot.ticket;
  lane.slot = null;
  happen(world, "tookTicket", vehicle.id, lane.config.id);
  return done;
}

function presentCard(world: World, vehicle: Vehicle): Done {
  const lane = pillarOf(world, vehicle);
  if (!lane) return needs("pillar");
  if (!vehicle.card) return emptyHanded("card");
  if (lane.cardSlot) return err({ type: "slotTaken" });
  lane.cardSlot = { card: vehicle.card, state: "in", since: world.now };
  vehicle.card = null;
  vehicle.cardTried = true;
  world.schedule.put(world.now + SLOT_WAIT_MS, { what: "slotWait", lane: lane.config.id, since: world.now });
  say(world, `${lane.config.id}/card`, { type: "PresentCard", lane: lane.config.id, card: lane.cardSlot.card.ref });
  happen(world, "insertedCard", vehicle.id, lane.config.id);
  return done;
}

function takeCard(world: World, vehicle: Vehicle): Done {
  const lane = pillarOf(world, vehicle);
  if (!lane) return needs("pillar");
  if (lane.cardSlot?.state !== "out") return nothing("card");
  vehicle.card = lane.cardSlot.card;
  lane.cardSlot = null;
  say(world, `${lane.config.id}/card`, { type: "ReportCardTaken", lane: lane.config.id });
  happen(world, "tookCard", vehicle.id, lane.config.id);
  return done;
}

function showPaymentCard(world: World, vehicle: Vehicle, answer: "approve" | "decline" | "silent"): Done {
  const lane = pillarOf(world, vehicle);
  if (!lane?.config.terminal) return needs("pillar");
  vehicle.payCardTries++;
  showToTerminal(world, lane, vehicle.payCard, answer);
  happen(world, "shownPaymentCard", vehicle.id, lane.config.id);
  return done;
}

function showCode(world: World, vehicle: Vehicle): Done {
  const lane = pillarOf(world, vehicle);
  if (!lane) return needs("pillar");
  if (!vehicle.code) return emptyHanded("card");
  say(world, `${lane.config.id}/reader`, { type: "PresentCredential", lane: lane.config.id, credential: { kind: "qr", ref: vehicle.code } });
  happen(world, "shownCode", vehicle.id, lane.config.id);
  return done;
}

function driveForward(world: World, vehicle: Vehicle): Done {
  if (vehicle.place.in === "bay") return driveToExit(world, vehicle, undefined);
  if (vehicle.place.in !== "lane") return needs("lane");
  if (vehicle.driver.at !== "car") return needs("car");
  const lane = laneOf(world, vehicle.place.lane);
  vehicle.going = true;
  const front = frontAt(vehicle.place.motion, world.now);
  moveOn(world, lane);
  if (vehicle.place.motion.speed > 0 || front >= LOOPS.closing.from) return done;
  vehicle.going = false;
  if (front < STOP_X - 0.5) return err({ type: "wayBlocked" });
  const up = lane.arm.goal === 90 && degreesAt(lane.arm, world.now) >= PASSABLE_DEGREES;
  return up ? err({ type: "wayBlocked" }) : err({ type: "armClosed", lane: lane.config.id });
}

/** Close behind the vehicle in front, which must be about to go or going. */
function tailgate(world: World, vehicle: Vehicle): Done {
  if (vehicle.place.in !== "lane") return needs("lane");
  const lane = laneOf(world, vehicle.place.lane);
  if (lane.queue.indexOf(vehicle.id) === 0) return err({ type: "wayBlocked" });
  vehicle.going = true;
  vehicle.tailgating = true;
  moveOn(world, lane);
  return done;
}

function backOut(world: World, vehicle: Vehicle): Done {
  if (vehicle.place.in !== "lane") return needs("lane");
  if (frontAt(vehicle.place.motion, world.now) - vehicle.lengthM > LOOPS.underArm.to) return err({ type: "wayBlocked" });
  startBacking(world, vehicle);
  return done;
}

function loseTicket(world: World, vehicle: Vehicle): Done {
  if (!vehicle.ticket) return emptyHanded("ticket");
  vehicle.ticket = null;
  happen(world, "lostTicket", vehicle.id, null);
  return done;
}

function damageTicket(world: World, vehicle: Vehicle): Done {
  if (!vehicle.ticket) return emptyHanded("ticket");
  vehicle.ticket.damaged = true;
  happen(world, "damagedTicket", vehicle.id, null);
  return done;
}

function insertTicket(world: World, vehicle: Vehicle): Done {
  if (!vehicle.ticket) return emptyHanded("ticket");
  const station = stationAt(world, vehicle);
  if (station) return insertAtStation(world, vehicle, station);
  const lane = pillarOf(world, vehicle);
  if (lane?.config.direction !== "exit") return needs("exitPillar");
  if (lane.slot) return err({ type: "slotTaken" });
  const { ticket } = vehicle;
  lane.slot = { ticket, state: "in", since: world.now };
  vehicle.ticket = null;
  vehicle.ticketTries++;
  world.schedule.put(world.now + SLOT_WAIT_MS, { what: "slotWait", lane: lane.config.id, since: world.now });
  say(world, `${lane.config.id}/slot`, { type: "PresentTicket", lane: lane.config.id, read: readOf(world, ticket) });
  happen(world, "insertedTicket", vehicle.id, lane.config.id);
  return done;
}

function walkToStation(world: World, vehicle: Vehicle, wanted: StationId | undefined): Done {
  if (vehicle.place.in !== "bay" || vehicle.driver.at !== "car") return needs("bay");
  const stations = [...world.stations.values()].sort((a, b) => a.queue.length - b.queue.length);
  const station = wanted ? world.stations.get(wanted) : stations[0];
  if (!station) return err({ type: "stationUnknown", station: wanted ?? "" });
  walk(world, vehicle, "station", station.id);
  happen(world, "walksToStation", vehicle.id, station.id);
  return done;
}

function walkBack(world: World, vehicle: Vehicle): Done {
  if (vehicle.driver.at !== "station") return needs("station");
  const station = stationOf(world, vehicle.driver.station);
  station.queue = station.queue.filter((id) => id !== vehicle.id);
  const next = userOf(world, station);
  if (next) nudge(world, next);
  walk(world, vehicle, "car", station.id);
  return done;
}

function walk(world: World, vehicle: Vehicle, to: "station" | "car", station: StationId): void {
  const until = world.now + (vehicle.plan ? 20_000 + world.rng.hands.int(50_000) : 4_000);
  vehicle.driver = { at: "walking", to, station, since: world.now, until };
  world.schedule.put(until, { what: "walked", vehicle: vehicle.id });
}

function takeFromTray(world: World, vehicle: Vehicle): Done {
  const station = stationAt(world, vehicle);
  if (station) return takeFromStation(world, vehicle, station);
  return pillarOf(world, vehicle) ? takeTicket(world, vehicle) : needs("station");
}

function callHelp(world: World, vehicle: Vehicle): Done {
  if (stationAt(world, vehicle)) return press(world, vehicle, "PressStationHelp");
  const lane = pillarOf(world, vehicle);
  if (!lane) return needs("pillar");
  say(world, `${lane.config.id}/pillar`, { type: "PressHelp", lane: lane.config.id });
  happen(world, "calledHelp", vehicle.id, lane.config.id);
  return done;
}

function driveToExit(world: World, vehicle: Vehicle, wanted: LaneId | undefined): Done {
  if (vehicle.place.in !== "bay") return needs("bay");
  if (vehicle.driver.at !== "car") return needs("car");
  const exits = [...world.lanes.values()].filter((l) => l.config.direction === "exit" && (!wanted || l.config.id === wanted));
  const lane = exits.sort((a, b) => a.queue.length - b.queue.length)[0];
  if (!lane) return err({ type: "laneUnknown", lane: wanted ?? "" });
  if (lane.queue.length >= QUEUE_MAX) return err({ type: "laneQueueFull", lane: lane.config.id, vehiclesMax: QUEUE_MAX });
  const { bay } = vehicle.place;
  if (bay >= 0) world.bays[bay] = null;
  const until = world.now + (vehicle.plan ? 10_000 + world.rng.hands.int(40_000) : 4_000);
  vehicle.place = { in: "aisle", bay, from: "bay", lane: lane.config.id, since: world.now, until };
  world.schedule.put(until, { what: "aisle", vehicle: vehicle.id });
  happen(world, "droveToExit", vehicle.id, lane.config.id);
  return done;
}

/** The way between lane and bay is over. */
export function onAisle(world: World, vehicle: Vehicle): void {
  const { place } = vehicle;
  if (place.in !== "aisle") return;
  if (place.from === "bay" && place.lane) {
    joinLane(world, vehicle, laneOf(world, place.lane));
    return;
  }
  vehicle.place = { in: "bay", bay: place.bay };
  happen(world, "parked", vehicle.id, null);
  if (vehicle.plan) nudge(world, vehicle, vehicle.plan.stayMs);
}

export function onWalked(world: World, vehicle: Vehicle): void {
  const { driver } = vehicle;
  if (driver.at !== "walking") return;
  if (driver.to === "car") {
    vehicle.driver = { at: "car" };
    nudge(world, vehicle);
    return;
  }
  vehicle.driver = { at: "station", station: driver.station };
  vehicle.waitingSince = world.now;
  stationOf(world, driver.station).queue.push(vehicle.id);
  nudge(world, vehicle);
}
