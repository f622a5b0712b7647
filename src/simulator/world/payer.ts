/** An automatic driver at a pay station: ticket in, money in, take everything that comes out, walk back. */
import type { MinorUnits } from "../../kernel/money.ts";
import { MINUTE, SECOND } from "../../kernel/instant.ts";
import { act } from "./hands.ts";
import { stationAt } from "./station-hands.ts";
import { type Plan, type Vehicle, type World, type WorldStation, nudge } from "./world.ts";

/** After this long at a machine that does nothing a driver gives up and goes to the exit. */
const STATION_PATIENCE_MS = 12 * MINUTE;

export function thinkAtStation(world: World, vehicle: Vehicle, plan: Plan): void {
  const station = stationAt(world, vehicle);
  if (!station) {
    if (world.now - vehicle.waitingSince > STATION_PATIENCE_MS * 3) act(world, vehicle, { type: "walkBack", vehicle: vehicle.id });
    else nudge(world, vehicle, 20 * SECOND);
    return;
  }
  nudge(world, vehicle, 10 * SECOND);
  const screen = station.output?.screen;
  if (station.ticket?.state === "in") {
    payNext(world, vehicle, plan, station);
    return;
  }
  if (station.ticket?.state === "out") {
    const offered = screen?.key === "paid" && screen.receiptOffered;
    if (offered && plan.quirk !== "leaveReceipt" && vehicle.id % 3 === 0) act(world, vehicle, { type: "pressReceipt", vehicle: vehicle.id });
    act(world, vehicle, { type: "takeFromTray", vehicle: vehicle.id });
    nudge(world, vehicle, 4 * SECOND);
    return;
  }
  if (station.payout || station.tray.size > 0 || station.receipt) {
    act(world, vehicle, { type: "takeFromTray", vehicle: vehicle.id });
    nudge(world, vehicle, 2 * SECOND);
    return;
  }
  const finished = !vehicle.ticket || vehicle.ticket.paid !== null || vehicle.ticketTries >= 2;
  const tooLong = world.now - vehicle.waitingSince > STATION_PATIENCE_MS;
  if (finished || tooLong) {
    act(world, vehicle, { type: "walkBack", vehicle: vehicle.id });
    return;
  }
  act(world, vehicle, { type: "insertTicket", vehicle: vehicle.id });
}

function payNext(world: World, vehicle: Vehicle, plan: Plan, station: WorldStation): void {
  const screen = station.output?.screen;
  if (screen?.key === "askRetention") {
    act(world, vehicle, { type: "acceptRetention", vehicle: vehicle.id });
    return;
  }
  if (screen?.key !== "charge" && screen?.key !== "reminder") return;
  nudge(world, vehicle, 1_500 + world.rng.hands.int(2_500));
  const paid = screen.insertedMinor > 0;
  if (plan.quirk === "cancelPayment" && paid && vehicle.ticketTries < 2) {
    act(world, vehicle, { type: "cancel", vehicle: vehicle.id });
    return;
  }
  if (plan.quirk === "falseCoin" && world.rng.hands.chance(0.2)) {
    act(world, vehicle, { type: "insertInvalid", vehicle: vehicle.id, kind: "coin" });
    return;
  }
  if (plan.quirk === "payByCard" && !paid && (station.output?.cards.length ?? 0) > 0) {
    const draw = world.rng.hands.next();
    const answer = draw < 0.8 ? "approve" : draw < 0.92 ? "decline" : "silent";
    act(world, vehicle, { type: "chooseCard", vehicle: vehicle.id, scheme: "visa", answer });
    return;
  }
  const value = nextTender(world, station, screen.remainingMinor);
  if (value === null) return;
  const type = station.notes.includes(value) && !station.coins.includes(value) ? "insertNote" : "insertCoin";
  act(world, vehicle, { type, vehicle: vehicle.id, denominationMinor: value });
}

/** What comes out of the purse next: sometimes the largest that fits, sometimes too much. */
function nextTender(world: World, station: WorldStation, remainingMinor: MinorUnits): MinorUnits | null {
  const usable = [...(station.output?.coins ?? []), ...(station.output?.notes ?? [])];
  if (usable.length === 0 || remainingMinor <= 0) return null;
  if (world.rng.hands.chance(0.15)) return world.rng.hands.pick(usable);
  const fitting = usable.filter((value) => value <= remainingMinor);
  return fitting.length > 0 ? Math.max(...fitting) : Math.min(...usable);
}
