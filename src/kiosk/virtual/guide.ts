/**
 * The first steps of a newcomer, read off the world alone: the strip needs no memory, follows whatever the
 * newcomer does, and is right again after a reload.
 */
import type { StationView, VehicleView, WorldView } from "../../simulator/world/view.ts";

export const STAGES = [
  "arrive", "press", "take", "driveIn", "walk", "insert", "pay", "collect", "exit", "insertOut", "leave", "done",
] as const;
/** `identify`, `payHere`: what stands for pressing and for the ticket at the exit where there are no tickets. */
export type StageName = (typeof STAGES)[number] | "identify" | "payHere";
export const stepOf = (stage: StageName): number =>
  STAGES.indexOf(stage === "identify" ? "press" : stage === "payHere" ? "insertOut" : stage);

export const stationOfDriver = (world: WorldView, vehicle: VehicleView): StationView | null => {
  const { driver } = vehicle;
  return driver.at === "station" ? world.stations.find((one) => one.station === driver.station) ?? null : null;
};

/** Where this car's visit stands. `vehicle: null`: it is gone or was never there. */
export function stageOf(world: WorldView, vehicle: VehicleView | null, hasLeft: boolean): StageName {
  if (!vehicle) return hasLeft ? "done" : "arrive";
  const { place } = vehicle;
  if (place.in === "lane") {
    const lane = world.lanes.find((one) => one.lane === place.lane);
    const free = vehicle.can.includes("driveForward");
    if (lane?.direction === "exit" && !free && (lane.display?.key === "payHere" || lane.display?.key === "identify")) return "payHere";
    if (lane?.direction === "exit") return vehicle.ticket || vehicle.can.includes("presentCard") ? (free ? "leave" : "insertOut") : "leave";
    if (vehicle.ticket || free) return "driveIn";
    if (lane?.display?.key === "identify") return "identify";
    return lane?.mouth === "ticket" ? "take" : "press";
  }
  if (place.in === "aisle" && place.from === "bay") return "exit";
  const station = stationOfDriver(world, vehicle);
  if (station) return stageAtStation(station, vehicle);
  if (vehicle.driver.at === "walking" && vehicle.driver.to === "car") return "exit";
  if (vehicle.ticket === null || vehicle.ticket.paid !== null) return "exit";
  return place.in === "aisle" ? "driveIn" : "walk";
}

/** The machine still has this driver's ticket: it reads it, prints on it, or waits for money. */
export const isServing = (station: StationView, vehicle: VehicleView): boolean =>
  station.user === vehicle.id && vehicle.ticket === null && station.output !== null && station.output.screen.key !== "insertTicket" && station.output.screen.key !== "enterPlate";

function stageAtStation(station: StationView, vehicle: VehicleView): StageName {
  if (station.user !== null && station.user !== vehicle.id) return "walk";
  if (station.tray.length > 0 || station.ticketOut || station.chitOut || station.receiptOut) return "collect";
  if (station.ticketIn || isServing(station, vehicle)) return "pay";
  return vehicle.ticket && vehicle.ticket.paid === null ? "insert" : "exit";
}

/** So long the page says that the pay station's intercom was called; the machine itself does not show it. */
const CALL_SHOWN_MS = 60_000;

/** Only the attendant can go on: the intercom of the car's lane rings, or its driver called from the pay station. */
export function isCalling(world: WorldView, car: VehicleView | null): boolean {
  if (!car) return false;
  const { place, driver } = car;
  if (driver.at === "station") {
    return world.happenings.some(({ what, vehicle, where, at }) =>
      what === "calledHelp" && vehicle === car.id && where === driver.station && world.at - at < CALL_SHOWN_MS);
  }
  return place.in === "lane" && world.lanes.some((one) => one.lane === place.lane && one.display?.key === "attendant");
}
