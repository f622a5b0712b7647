/**
 * What every implementation of the device port promises. A driver gives itself as a `DeviceRig`: an agent, a way
 * to let time pass, and a look at what its devices really did.
 */
import { describe, expect, it } from "vitest";
import type { FacilityCommand } from "../../src/carpark/facility/command.ts";
import type { FacilityConfig, LaneId } from "../../src/carpark/facility/config.ts";
import type { BarrierOutput, DesiredOutputs, DisplayKey, Order } from "../../src/carpark/facility/outputs.ts";
import type { TicketNumber } from "../../src/carpark/ticket/ticket.ts";
import type { DeviceAgent } from "../../src/devices/port.ts";

export type DeviceRig = {
  readonly agent: DeviceAgent;
  readonly config: FacilityConfig;
  /** Lets the devices do what they do in that time, and hands over what they say. */
  pass(ms: number): void;
  /** Puts a vehicle under the arm of the lane, whatever the arm does. */
  blockArm(lane: LaneId): void;
  armDegrees(lane: LaneId): number;
  /** Tickets that lie in the mouth of the lane or have been printed there. */
  printed(lane: LaneId): number;
};

export function describeDeviceAgent(name: string, rigOf: () => DeviceRig): void {
  const outputs = (rig: DeviceRig, barrier: BarrierOutput, key: DisplayKey = "welcome"): DesiredOutputs => ({
    facility: rig.config.id, sign: "spaces", stations: [],
    lanes: rig.config.lanes.map(({ id }) => ({ lane: id, barrier, display: { key, reason: null, flashing: false } })),
  });
  const print = (lane: LaneId, id: string): Order =>
    ({ type: "printTicket", lane, number: "01000000164" as TicketNumber, issuedAt: 1_772_700_000_000, id });
  const entryOf = (rig: DeviceRig): LaneId => rig.config.lanes.find((lane) => lane.direction === "entry")!.id;

  describe(`device port: ${name}`, () => {
    it("carries an order out once, however often its id comes (F12)", () => {
      const rig = rigOf();
      const lane = entryOf(rig);
      rig.agent.order(print(lane, "a:1:0"));
      rig.agent.order(print(lane, "a:1:0"));
      rig.pass(10_000);
      rig.agent.order(print(lane, "a:1:0"));
      rig.pass(10_000);
      expect(rig.printed(lane)).toBe(1);
    });

    it("opening again while open changes nothing (B4)", () => {
      const rig = rigOf();
      const lane = entryOf(rig);
      for (let i = 0; i < 5; i++) rig.agent.apply(outputs(rig, "open"));
      rig.pass(5_000);
      rig.agent.apply(outputs(rig, "open"));
      expect(rig.armDegrees(lane)).toBe(90);
    });

    it("a close its own safety refuses lapses; it is not done later (B3)", () => {
      const rig = rigOf();
      const lane = entryOf(rig);
      rig.agent.apply(outputs(rig, "open"));
      rig.pass(5_000);
      rig.blockArm(lane);
      rig.agent.apply(outputs(rig, "close"));
      rig.pass(60_000);
      expect(rig.armDegrees(lane)).toBe(90);
    });

    it("without any command an arm stays as it is (B8)", () => {
      const rig = rigOf();
      const lane = entryOf(rig);
      rig.agent.apply(outputs(rig, "open"));
      rig.pass(5_000);
      rig.agent.apply(outputs(rig, "hold"));
      rig.pass(3_600_000);
      expect(rig.armDegrees(lane)).toBe(90);
    });

    it("reads every loop and arm when asked", () => {
      const rig = rigOf();
      const heard: FacilityCommand[] = [];
      rig.agent.onInput((command) => heard.push(command));
      rig.agent.readAll();
      rig.pass(100);
      for (const { id } of rig.config.lanes) {
        for (const loop of ["arming", "underArm", "closing"]) {
          expect(heard).toContainEqual({ type: "SenseLoop", lane: id, loop, occupied: false });
        }
        expect(heard).toContainEqual({ type: "SenseBarrier", lane: id, position: "closed" });
      }
    });

    it("ignores lanes and stations it does not have", () => {
      const rig = rigOf();
      rig.agent.order(print("nowhere" as LaneId, "b:1:0"));
      rig.agent.apply({ ...outputs(rig, "open"), lanes: [{ lane: "nowhere" as LaneId, barrier: "open", display: { key: "open", reason: null, flashing: false } }] });
      rig.pass(1_000);
    });

    it("names each device once and says when it was heard of", () => {
      const rig = rigOf();
      rig.pass(5_000);
      const status = rig.agent.status();
      expect(new Set(status.map((s) => s.device)).size).toBe(status.length);
      expect(status.every((s) => s.lastSeen > 0)).toBe(true);
    });
  });
}
