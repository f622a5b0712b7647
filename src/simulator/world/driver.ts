/**
 * Automatic drivers: each has a plan, looks now and then at what is in front of it, and does the next thing.
 * They know only what a person would see: displays, arms, what sticks out of a slot.
 */
import { MINUTE, SECOND } from "../../kernel/instant.ts";
import { PASSABLE_DEGREES, degreesAt } from "./arm.ts";
import { frontAt } from "./geometry.ts";
import { act, pillarOf } from "./hands.ts";
import type { Done } from "./done.ts";
import { thinkAtStation } from "./payer.ts";
import { type Plan, type Vehicle, type World, type WorldLane, laneOf, nudge, vehicleOf } from "./world.ts";

/** How long a driver looks before looking again when nothing changed. */
const LOOK_AGAIN_MS = 20 * SECOND;
/** A second press, when nothing happened after the first. */
const PRESS_AGAIN_MS = 10 * SECOND;
/** A driver gives the camera a moment before reaching for a card. */
const CAMERA_WAIT_MS = 6 * SECOND;
/** Longer than a space is kept for the one who was told of it. */
const DOZE_MS = 90 * SECOND;
/** Between two calls for help. */
const HELP_AGAIN_MS = 3 * MINUTE;

export function think(world: World, vehicle: Vehicle): void {
  vehicle.thinkAt = null;
  const { plan, place } = vehicle;
  if (!plan) return;
  switch (place.in) {
    case "aisle": return;
    case "bay": thinkInBay(world, vehicle, plan); return;
    case "lane": {
      const lane = laneOf(world, place.lane);
      if (place.motion.speed < 0) return;
      if (lane.config.direction === "entry") thinkAtEntry(world, vehicle, plan, lane);
      else thinkAtExit(world, vehicle, plan, lane);
      if (world.vehicles.has(vehicle.id)) nudge(world, vehicle, LOOK_AGAIN_MS);
    }
  }
}

const armUp = (world: World, lane: WorldLane): boolean =>
  lane.arm.goal === 90 && degreesAt(lane.arm, world.now) >= PASSABLE_DEGREES;

/** Does it, and looks again soon. */
function doIt(world: World, vehicle: Vehicle, type: "pressButton" | "takeTicket" | "presentCard" | "takeCard" | "driveForward" | "backOut" | "tailgate" | "callHelp" | "showPaymentCard" | "insertTicket" | "loseTicket" | "damageTicket" | "driveToExit" | "walkToStation"): Done {
  const result = act(world, vehicle, { type, vehicle: vehicle.id });
  nudge(world, vehicle);
  return result;
}

function thinkAtEntry(world: World, vehicle: Vehicle, plan: Plan, lane: WorldLane): void {
  const waited = world.now - vehicle.waitingSince;
  const front = vehicle.place.in === "lane" ? frontAt(vehicle.place.motion, world.now) : 0;
  if (plan.quirk === "backOutUnderArm" && front > 14 && front < 17) return void doIt(world, vehicle, "backOut");
  if (plan.quirk === "tailgateIn" && lane.queue.indexOf(vehicle.id) === 1) return void doIt(world, vehicle, "tailgate");
  if (pillarOf(world, vehicle) !== lane) {
    if (waited > plan.patienceMs || (plan.quirk === "leaveQueue" && waited > MINUTE)) doIt(world, vehicle, "backOut");
    return;
  }
  const key = lane.display?.key;
  if (plan.quirk === "backOutAfterPress" && vehicle.pressedAt > vehicle.waitingSince) return void doIt(world, vehicle, "backOut");
  if (lane.cardSlot?.state === "out") return void doIt(world, vehicle, "takeCard");
  if (lane.mouth.has === "ticket" && plan.quirk !== "ignoreTicket") return void doIt(world, vehicle, "takeTicket");
  if (plan.quirk === "backOutAfterTicket" && vehicle.ticket) return void doIt(world, vehicle, "backOut");
  if (armUp(world, lane) && (key === "driveIn" || key === "open")) {
    doIt(world, vehicle, "driveForward");
    return;
  }
  if (waited > plan.patienceMs && key !== "driveIn") return void doIt(world, vehicle, "backOut");
  if (key === "identify" && waited > CAMERA_WAIT_MS) {
    if (vehicle.card && !vehicle.cardTried) doIt(world, vehicle, "presentCard");
    else if (lane.config.terminal && vehicle.payCardTries === 0) doIt(world, vehicle, "showPaymentCard");
    else askForHelp(world, vehicle, waited);
  } else if (key === "pressButton" || (key === "full" && vehicle.card)) {
    if (vehicle.card && !vehicle.cardTried) doIt(world, vehicle, "presentCard");
    else if (key === "pressButton" && !dozes(plan, waited) && world.now - vehicle.pressedAt > PRESS_AGAIN_MS) doIt(world, vehicle, "pressButton");
  } else if (key === "refused" || key === "printerFault") {
    askForHelp(world, vehicle, waited);
  }
}

/** The absent-minded look away when they have waited long, and may miss that a space has become free. */
const dozes = ({ quirk }: Plan, waited: number): boolean =>
  (quirk === "dawdle" || quirk === "ignoreTicket" || quirk === "loseTicket") && Math.floor(waited / DOZE_MS) % 2 === 1;

function thinkAtExit(world: World, vehicle: Vehicle, plan: Plan, lane: WorldLane): void {
  const waited = world.now - vehicle.waitingSince;
  if (plan.quirk === "tailgateOut" && lane.queue.indexOf(vehicle.id) === 1) return void doIt(world, vehicle, "tailgate");
  if (pillarOf(world, vehicle) !== lane) return;
  const key = lane.display?.key;
  if (lane.cardSlot?.state === "out") return void doIt(world, vehicle, "takeCard");
  if (lane.slot?.state === "out") return void doIt(world, vehicle, "takeTicket");
  if (armUp(world, lane) && (key === "driveOut" || key === "open")) {
    doIt(world, vehicle, "driveForward");
    return;
  }
  if ((key === "payHere" || (key === "identify" && waited > CAMERA_WAIT_MS)) && lane.config.terminal && vehicle.payCardTries < 3) {
    if (waited > 2 * SECOND) doIt(world, vehicle, "showPaymentCard");
    return;
  }
  const asked = key === "insertTicket";
  // Who came in on a ticket leaves on it, even with a season card in the pocket.
  if (asked && vehicle.ticket && vehicle.ticketTries < 3) doIt(world, vehicle, "insertTicket");
  else if (asked && vehicle.card && !vehicle.cardTried && !vehicle.ticket) doIt(world, vehicle, "presentCard");
  else if (asked || (waited > MINUTE && key !== "wait")) askForHelp(world, vehicle, waited);
}

function askForHelp(world: World, vehicle: Vehicle, waited: number): void {
  if (waited < 30 * SECOND || world.now - vehicle.pressedAt < HELP_AGAIN_MS) return;
  vehicle.pressedAt = world.now;
  vehicle.cardTried = false;
  vehicle.ticketTries = 0;
  doIt(world, vehicle, "callHelp");
}

/** The stay is over: pay if there is a ticket to pay, then go. */
function thinkInBay(world: World, vehicle: Vehicle, plan: Plan): void {
  if (vehicle.driver.at === "station") {
    thinkAtStation(world, vehicle, plan);
    return;
  }
  if (vehicle.driver.at === "walking") return;
  if (plan.quirk === "loseTicket" && vehicle.ticket) doIt(world, vehicle, "loseTicket");
  if (plan.quirk === "damageTicket" && vehicle.ticket && !vehicle.ticket.damaged) doIt(world, vehicle, "damageTicket");
  const mustPay = vehicle.ticket !== null && vehicle.ticket.paid === null && plan.quirk !== "skipPayment";
  if (mustPay && vehicle.stationVisits < 2 && world.stations.size > 0) {
    vehicle.stationVisits++;
    vehicle.ticketTries = 0;
    doIt(world, vehicle, "walkToStation");
    return;
  }
  if (plan.quirk === "dawdle" && vehicle.stationVisits < 10) {
    vehicle.stationVisits = 10;
    nudge(world, vehicle, 16 * MINUTE + world.rng.hands.int(20 * MINUTE));
    return;
  }
  vehicle.cardTried = false;
  vehicle.payCardTries = 0;
  vehicle.ticketTries = 0;
  if (!doIt(world, vehicle, "driveToExit").ok) nudge(world, vehicle, MINUTE);
}

/** Everybody near a pillar looks again: its display changed, or something came out of it. */
export function lookUp(world: World, lane: WorldLane): void {
  for (const id of lane.queue.slice(0, 2)) nudge(world, vehicleOf(world, id));
}
