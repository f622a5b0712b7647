import fc from "fast-check";
import { expect, test } from "vitest";
import type { VehicleView, WorldView } from "../../../simulator/world/view.ts";
import { type Pose, along, driverPose, layoutOf, poseOf } from "./layout.ts";
import { between } from "./motion.ts";

const lane = (id: string, direction: "entry" | "exit") => ({
  lane: id, direction, loops: [false, false, false], armDegrees: 0, armMoving: null, display: null, mouth: null, paper: 9, captured: 0, connected: true,
});
const world = (entries: number, exits: number, stations: number, bays: number) => ({
  bays,
  lanes: [...Array.from({ length: entries }, (_, i) => lane(`E${i}`, "entry")), ...Array.from({ length: exits }, (_, i) => lane(`X${i}`, "exit"))],
  stations: Array.from({ length: stations }, (_, i) => ({ station: `P${i}` })),
}) as unknown as WorldView;

const vehicle = (place: unknown, driver: unknown = { at: "car" }) => ({ id: 1, lengthM: 4.5, place, driver }) as unknown as VehicleView;
const worlds = fc.record({
  entries: fc.integer({ min: 1, max: 4 }), exits: fc.integer({ min: 1, max: 4 }), stations: fc.integer({ min: 1, max: 4 }),
  bays: fc.integer({ min: 1, max: 600 }), width: fc.integer({ min: 320, max: 1600 }),
});

test("every parked car, every way to a bay and every driver stays inside the drawing", () => {
  fc.assert(fc.property(worlds, fc.nat(), fc.double({ min: 0, max: 1, noNaN: true }), (shape, pick, done) => {
    const seen = world(shape.entries, shape.exits, shape.stations, shape.bays);
    const layout = layoutOf(seen, shape.width);
    const bay = pick % shape.bays;
    const poses = [
      poseOf(layout, vehicle({ in: "bay", bay })),
      poseOf(layout, vehicle({ in: "aisle", bay, from: "lane", lane: "E0", done, speed: 1 })),
      poseOf(layout, vehicle({ in: "aisle", bay, from: "bay", lane: "X0", done, speed: 1 })),
      driverPose(layout, vehicle({ in: "bay", bay }, { at: "walking", to: "station", station: "P0", done })),
    ];
    for (const pose of poses) {
      expect(pose!.x).toBeGreaterThanOrEqual(0);
      expect(pose!.x).toBeLessThanOrEqual(shape.width);
      expect(pose!.y).toBeGreaterThanOrEqual(0);
      expect(pose!.y).toBeLessThanOrEqual(layout.height);
    }
  }), { numRuns: 300 });
});

test("no two bays lie on each other, whatever the size of the car park", () => {
  fc.assert(fc.property(worlds, (shape) => {
    const layout = layoutOf(world(shape.entries, shape.exits, shape.stations, shape.bays), shape.width);
    const places = Array.from({ length: shape.bays }, (_, bay) => poseOf(layout, vehicle({ in: "bay", bay })));
    expect(new Set(places.map((pose) => `${pose.x.toFixed(2)},${pose.y.toFixed(2)}`)).size).toBe(shape.bays);
  }), { numRuns: 60 });
});

test("entries are driven away from the street, exits towards it", () => {
  const layout = layoutOf(world(1, 1, 1, 20), 1000);
  const at = (id: string, x: number) => poseOf(layout, vehicle({ in: "lane", lane: id, x, speed: 0 }));
  expect(at("E0", 20).x).toBeGreaterThan(at("E0", 10).x);
  expect(at("X0", 20).x).toBeLessThan(at("X0", 10).x);
  expect([at("E0", 10).angle, at("X0", 10).angle]).toEqual([0, 180]);
});

test("a way is followed from its start to its end without a jump", () => {
  const way: readonly Pose[] = [{ x: 0, y: 0, angle: 0, scale: 1 }, { x: 100, y: 0, angle: 0, scale: 1 }, { x: 100, y: 50, angle: 90, scale: 0.5 }];
  expect(along(way, 0)).toMatchObject({ x: 0, y: 0 });
  expect(along(way, 1)).toEqual({ x: 100, y: 50, angle: 90, scale: 0.5 });
  fc.assert(fc.property(fc.double({ min: 0, max: 0.99, noNaN: true }), (done) => {
    const [a, b] = [along(way, done), along(way, done + 0.01)];
    expect(Math.hypot(b.x - a.x, b.y - a.y)).toBeLessThan(1.6);
  }));
});

test("between two pictures a car turns the short way round", () => {
  const pose = (angle: number): Pose => ({ x: 0, y: 0, angle, scale: 1 });
  expect(between(pose(170), pose(-170), 0.5).angle).toBe(180);
  expect(between(pose(-90), pose(90), 0).angle).toBe(-90);
});
