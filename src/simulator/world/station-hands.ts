/** What a driver can physically do at a pay station, the first in its queue. */
import { err } from "../../kernel/result.ts";
import { type Done, done, needs, nothing } from "./done.ts";
import { feedNote } from "./note-acceptor.ts";
import { readOf } from "./pillar.ts";
import { dropCoin, letGoSoon } from "./station.ts";
import { userOf } from "./station-queue.ts";
import { type Vehicle, type World, type WorldStation, happen, say, stationOf } from "./world.ts";

/** The station the driver stands at, first in its queue. */
export function stationAt(world: World, vehicle: Vehicle): WorldStation | null {
  if (vehicle.driver.at !== "station") return null;
  const station = stationOf(world, vehicle.driver.station);
  return userOf(world, station) === vehicle ? station : null;
}

export function insertAtStation(world: World, vehicle: Vehicle, station: WorldStation): Done {
  if (station.ticket || station.output?.slotOpen !== true || !vehicle.ticket) return err({ type: "slotTaken" });
  station.ticket = { ticket: vehicle.ticket, state: "in" };
  vehicle.ticket = null;
  vehicle.ticketTries++;
  letGoSoon(world, station);
  say(world, `${station.id}/ticket`, { type: "InsertTicket", station: station.id, read: readOf(world, station.ticket.ticket) });
  happen(world, "insertedTicket", vehicle.id, station.id);
  return done;
}

export function insertMoney(world: World, vehicle: Vehicle, kind: "coin" | "note", value: number, good: boolean): Done {
  const station = stationAt(world, vehicle);
  if (!station) return needs("station");
  if (good && !(kind === "coin" ? station.coins : station.notes).includes(value)) return insertMoney(world, vehicle, kind, value, false);
  vehicle.spentMinor += value;
  happen(world, kind === "coin" ? "insertedCoin" : "insertedNote", vehicle.id, station.id);
  if (kind === "coin") dropCoin(world, station, value, good);
  else feedNote(world, station, value, good);
  return done;
}

export function chooseCard(world: World, vehicle: Vehicle, answer: "approve" | "decline" | "silent"): Done {
  const station = stationAt(world, vehicle);
  if (!station) return needs("station");
  station.nextAnswer = answer;
  say(world, `${station.id}/screen`, { type: "ChooseCard", station: station.id });
  happen(world, "paidByCard", vehicle.id, station.id);
  return done;
}

/** Buttons that are always there; pressed in vain they change nothing. */
type ScreenButton = "CancelPayment" | "PressReceipt" | "ExtendPayment" | "AcceptRetention" | "PressStationHelp";

export function press(world: World, vehicle: Vehicle, type: ScreenButton): Done {
  const station = stationAt(world, vehicle);
  if (!station) return needs("station");
  say(world, `${station.id}/screen`, { type, station: station.id });
  if (type === "PressStationHelp") happen(world, "calledHelp", vehicle.id, station.id);
  return done;
}

/** Everything that lies ready: coins, notes, ticket, receipt, chit. */
export function takeFromStation(world: World, vehicle: Vehicle, station: WorldStation): Done {
  const money = [...station.tray].reduce((sum, [value, count]) => sum + value * count, 0);
  const ticket = station.ticket?.state === "out" ? station.ticket.ticket : null;
  if (money === 0 && !ticket && !station.receipt && !station.chit) return nothing("tray");
  station.tray.clear();
  vehicle.gotBackMinor += money;
  if (money > 0) happen(world, "tookChange", vehicle.id, station.id);
  if (station.receipt) happen(world, "tookReceipt", vehicle.id, station.id);
  station.receipt = false;
  station.chit = false;
  if (ticket) {
    vehicle.ticket = ticket;
    station.ticket = null;
    say(world, `${station.id}/ticket`, { type: "ReportTicketRemoved", station: station.id });
    happen(world, "tookTicket", vehicle.id, station.id);
  }
  return done;
}
