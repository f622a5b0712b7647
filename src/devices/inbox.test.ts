import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FacilityCommand } from "../carpark/facility/command.ts";
import type { LaneId, StationId } from "../carpark/facility/config.ts";
import { type DeviceMessage, HELD_MAX, type Inbox, receive } from "./inbox.ts";

const lane = "E1" as LaneId;
const press: FacilityCommand = { type: "PressButton", lane };
const sense = (occupied: boolean): FacilityCommand => ({ type: "SenseLoop", lane, loop: "arming", occupied });
const message = (seq: number, command: FacilityCommand, boot = 1, ageMs = 0): DeviceMessage =>
  ({ device: "E1/pillar", boot, seq, ageMs, command });

describe("the inbox of device messages", () => {
  it("delivers each message once and in order, whatever the network does (F12)", () => {
    const story = fc.record({
      count: fc.integer({ min: 1, max: 12 }),
      copies: fc.array(fc.integer({ min: 0, max: 11 }), { maxLength: 40 }),
    });
    fc.assert(fc.property(story, fc.infiniteStream(fc.nat()), ({ count, copies }, draws) => {
      const inbox: Inbox = new Map();
      receive(inbox, message(1, press));
      const copiesOf = [...copies.filter((c) => c < count), ...Array.from({ length: count }, (_, i) => i)];
      const order = copiesOf.map((i) => ({ i, key: Number(draws.next().value) })).sort((a, b) => a.key - b.key);
      const delivered = order.flatMap(({ i }) => receive(inbox, message(i + 2, { type: "ReportFault", asset: { kind: "other", id: String(i) }, details: "", operational: false })).deliver);
      expect(delivered.map((c) => (c.type === "ReportFault" ? c.asset.id : "?"))).toEqual(Array.from({ length: count }, (_, i) => String(i)));
    }), { numRuns: 300 });
  });

  it("takes no message of a rebooted device for a duplicate", () => {
    const inbox: Inbox = new Map();
    receive(inbox, message(1, press, 1));
    expect(receive(inbox, message(1, press, 2)).deliver).toEqual([press]);
    expect(receive(inbox, message(2, press, 1))).toEqual({ deliver: [], gap: null, dropped: "duplicate" });
  });

  it("drops an old press as history, but never an old level or counter", () => {
    const inbox: Inbox = new Map();
    expect(receive(inbox, message(1, press, 1, 60_000))).toEqual({ deliver: [], gap: null, dropped: "history" });
    const help: FacilityCommand = { type: "PressStationHelp", station: "P1" as StationId };
    expect(receive(new Map(), message(1, help, 1, 60_000)).dropped).toBe("history");
    expect(receive(inbox, message(2, sense(true), 1, 60_000)).deliver).toEqual([sense(true)]);
  });

  it("asks for what is missing, and goes on without it after a while", () => {
    const inbox: Inbox = new Map();
    receive(inbox, message(1, press));
    expect(receive(inbox, message(3, press)).gap).toBe(2);
    const later = Array.from({ length: HELD_MAX }, (_, i) => receive(inbox, message(4 + i, press)).deliver.length);
    expect(later.reduce((a, b) => a + b, 0)).toBe(HELD_MAX + 1);
  });
});
