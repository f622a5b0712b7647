/**
 * Where everything stands in the drawing, in pixels of a canvas as wide as the page gives.
 *
 *   wide                                     narrow (below 760 px)
 *   street | lanes ......... | bays          lanes, one below the other
 *          | ...             | bays          pay stations
 *          | pay stations    | bays          bays
 *
 * Pure geometry: a picture of the world in, poses out. Metres of a lane run from the street inwards.
 */
import type { LaneDirection } from "../../../carpark/facility/config.ts";
import type { VehicleView, WorldView } from "../../../simulator/world/view.ts";

/** `angle` in degrees, 0 looks right; `scale` 1 is a car in a lane. */
export type Pose = { readonly x: number; readonly y: number; readonly angle: number; readonly scale: number };
export type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
export type LaneBox = Box & { readonly lane: string; readonly direction: LaneDirection; readonly middle: number };
export type StationBox = Box & { readonly station: string };
export type BayGrid = Box & { readonly columns: number; readonly cell: { readonly width: number; readonly height: number }; readonly rows: number };

export type SceneLayout = {
  readonly width: number;
  readonly height: number;
  readonly narrow: boolean;
  readonly pxPerM: number;
  readonly street: number;
  readonly lanes: readonly LaneBox[];
  readonly stations: readonly StationBox[];
  readonly bays: BayGrid;
  /** The way between lanes and bays. */
  readonly spine: number;
};

const NARROW_BELOW = 760;
/** Metres drawn of each lane: two waiting cars before the pillar, and the way out behind the closing loop. */
export const LANE_FROM_M = -5;
export const LANE_TO_M = 24;
const LANE_HEIGHT = 84;
/** Above the lanes stands the sign of the entrance. */
const SIGN_HEIGHT = 34;
/** Room for drivers who stand in front. */
const STATION_GAP = 30;
const STATION = { width: 118, height: 96 };

export function layoutOf(world: Pick<WorldView, "lanes" | "stations" | "bays">, width: number): SceneLayout {
  const narrow = width < NARROW_BELOW;
  const street = narrow ? 18 : 46;
  const laneWidth = narrow ? width - street - 26 : Math.round(width * 0.5);
  const pxPerM = laneWidth / (LANE_TO_M - LANE_FROM_M);
  const lanes = world.lanes.map((lane, i): LaneBox => {
    const y = SIGN_HEIGHT + i * LANE_HEIGHT;
    return { lane: lane.lane, direction: lane.direction, x: street, y, width: laneWidth, height: LANE_HEIGHT, middle: y + LANE_HEIGHT * 0.62 };
  });
  const lanesBottom = SIGN_HEIGHT + lanes.length * LANE_HEIGHT;
  const perRow = Math.max(1, Math.floor((laneWidth + street) / (STATION.width + 8)));
  const stations = world.stations.map((station, i): StationBox => ({
    station: station.station, ...STATION,
    x: street + (i % perRow) * (STATION.width + 8), y: lanesBottom + STATION_GAP + Math.floor(i / perRow) * (STATION.height + 8),
  }));
  const stationsBottom = lanesBottom + STATION_GAP + Math.ceil(world.stations.length / perRow) * (STATION.height + 8);
  const bays = narrow
    ? bayGrid({ x: 40, y: stationsBottom + 30, width: width - 52, height: 0 }, world.bays)
    : bayGrid({ x: street + laneWidth + 64, y: 32, width: width - street - laneWidth - 76, height: Math.max(stationsBottom, 380) - 40 }, world.bays);
  return {
    width, narrow, street, pxPerM, lanes, stations, bays,
    spine: narrow ? width - 12 : street + laneWidth + 32,
    height: Math.ceil(Math.max(stationsBottom, bays.y + bays.height + 10)),
  };
}

/** Cells of 1 : 1.9 that fill the box; a box without height gets as much as 22 px wide cells need. */
function bayGrid(box: Box, bays: number): BayGrid {
  const ratio = 1.9;
  const wanted = box.height === 0 ? 22 : Math.sqrt((box.width * box.height) / (Math.max(1, bays) * ratio));
  const cellWidth = Math.max(9, Math.min(34, wanted));
  const columns = Math.max(1, Math.floor(box.width / cellWidth));
  const rows = Math.max(1, Math.ceil(bays / columns));
  const cellHeight = box.height === 0 ? cellWidth * ratio : Math.min(cellWidth * ratio, box.height / rows);
  return { x: box.x, y: box.y, width: columns * cellWidth, height: rows * cellHeight, columns, rows, cell: { width: cellWidth, height: cellHeight } };
}

/** A place `m` metres into a lane; an exit is driven from the bays to the street. */
export function laneX(layout: SceneLayout, lane: LaneBox, m: number): number {
  const along = (m - LANE_FROM_M) * layout.pxPerM;
  return lane.direction === "entry" ? lane.x + along : lane.x + lane.width - along;
}

export function bayCentre(layout: SceneLayout, bay: number): { readonly x: number; readonly y: number } {
  const { bays } = layout;
  const column = bay % bays.columns;
  const row = Math.floor(bay / bays.columns);
  return { x: bays.x + (column + 0.5) * bays.cell.width, y: bays.y + (row + 0.5) * bays.cell.height };
}

const CAR_LENGTH_M = 4.5;

/** The middle of the car. */
export function poseOf(layout: SceneLayout, vehicle: VehicleView): Pose {
  const { place } = vehicle;
  switch (place.in) {
    case "lane": {
      const lane = layout.lanes.find((one) => one.lane === place.lane);
      if (!lane) return { x: layout.spine, y: 0, angle: 0, scale: 1 };
      const x = laneX(layout, lane, place.x - vehicle.lengthM / 2);
      return { x, y: lane.middle, angle: lane.direction === "entry" ? 0 : 180, scale: 1 };
    }
    case "bay": return parked(layout, place.bay);
    case "aisle": {
      const way = wayBetween(layout, place.bay, place.lane, place.from);
      return along(place.from === "lane" ? way : way.toReversed(), Math.min(1, Math.max(0, place.done)));
    }
  }
}

function parked(layout: SceneLayout, bay: number): Pose {
  return { ...bayCentre(layout, bay), angle: 90, scale: scaleInBay(layout) };
}

const scaleInBay = (layout: SceneLayout): number =>
  Math.min(1, (layout.bays.cell.height * 0.86) / (CAR_LENGTH_M * layout.pxPerM), (layout.bays.cell.width * 0.82) / (1.8 * layout.pxPerM));

/** Lane end, spine, along the top edge of the bay's row, into the bay. */
function wayBetween(layout: SceneLayout, bay: number, laneId: string | null, from: "lane" | "bay"): readonly Pose[] {
  const centre = bayCentre(layout, bay);
  const lane = layout.lanes.find((one) => one.lane === laneId)
    ?? layout.lanes.find((one) => one.direction === (from === "lane" ? "entry" : "exit")) ?? layout.lanes[0];
  const scale = scaleInBay(layout);
  const half = (1 + scale) / 2;
  const rowTop = centre.y - layout.bays.cell.height / 2;
  const start = lane ? { x: lane.x + lane.width, y: lane.middle } : { x: layout.spine, y: 0 };
  return [
    { ...start, angle: 0, scale: 1 },
    { x: layout.spine, y: start.y, angle: 45, scale: 1 },
    { x: layout.spine, y: rowTop, angle: 90, scale: half },
    { x: centre.x, y: rowTop, angle: 45, scale },
    { ...centre, angle: 90, scale },
  ];
}

/** A point on a polyline by share of its length; looks the way it moves. */
export function along(way: readonly Pose[], done: number): Pose {
  const lengths = way.slice(1).map((to, i) => Math.hypot(to.x - way[i]!.x, to.y - way[i]!.y));
  const total = lengths.reduce((sum, length) => sum + length, 0);
  let rest = done * total;
  for (const [i, length] of lengths.entries()) {
    const from = way[i]!;
    const to = way[i + 1]!;
    if (rest <= length || i === lengths.length - 1) {
      const share = length === 0 ? 1 : Math.min(1, rest / length);
      const angle = length < 0.5 ? to.angle : (Math.atan2(to.y - from.y, to.x - from.x) * 180) / Math.PI;
      return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share, angle, scale: from.scale + (to.scale - from.scale) * share };
    }
    rest -= length;
  }
  return way[way.length - 1]!;
}

/** The driver on foot; null while in the car. */
export function driverPose(layout: SceneLayout, vehicle: VehicleView): Pose | null {
  const { driver } = vehicle;
  if (driver.at === "car") return null;
  const box = layout.stations.find((one) => one.station === driver.station);
  const station = box ? { x: box.x + box.width / 2, y: box.y - 12 } : { x: layout.spine, y: layout.height - 20 };
  const car = poseOf(layout, vehicle);
  const done = driver.at === "station" ? 1 : driver.to === "station" ? driver.done : 1 - driver.done;
  return { x: car.x + (station.x - car.x) * done, y: car.y + (station.y - car.y) * done, angle: 0, scale: 1 };
}
