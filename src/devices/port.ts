/**
 * The port between a facility and the devices in its lanes, pay stations and office. Real drivers and the
 * simulated devices implement it alike; `test/devices/contract.ts` is the suite both have to pass.
 *
 *   owner --apply(levels)--> agent --> displays, arms, signs, screens     asserted again at any time
 *   owner --order(one-shot)-> agent --> print, capture, return, dispense   each id carried out at most once
 *   owner <--onInput(command)-- agent <-- loops, buttons, readers, coins
 *   plates <--onReading-------- agent <-- cameras (what they read is bound to the vehicle before the owner learns of it)
 *
 * Promises of an agent: `apply` and `order` return at once and never throw; the same order id has one effect;
 * "close" is an attempt of this moment that lapses when the arm's own safety refuses it; the arm's controller,
 * not this software, keeps arms off vehicles. Before the first input of a lane is a full reading of its levels.
 */
import type { FacilityCommand } from "../carpark/facility/command.ts";
import type { LaneId, StationId } from "../carpark/facility/config.ts";
import type { DesiredOutputs, Order } from "../carpark/facility/outputs.ts";
import type { AssetKind } from "../carpark/fault/fault.ts";
import type { Instant } from "../kernel/instant.ts";
import type { CameraReading } from "./camera/reading.ts";

/** `offline`: not heard of for longer than `DEVICE_SILENT_MS`. */
export type DeviceHealth = "ok" | "warning" | "fault" | "offline";

export type DeviceCondition =
  | "ok" | "paperLow" | "paperOut" | "jammed" | "binFull" | "cashBoxFull" | "hopperLow" | "stuck" | "noAnswer";

/** One device as a technician names it: `L1/printer`, `P1/hopper`. */
export type DeviceStatus = {
  readonly device: string;
  readonly kind: AssetKind;
  readonly lane: LaneId | null;
  readonly station: StationId | null;
  readonly health: DeviceHealth;
  readonly condition: DeviceCondition;
  /** When it was last heard of; views show the age. */
  readonly lastSeen: Instant;
};

export type DeviceAgent = {
  /** Levels: what shall be shown and held from now on. */
  apply(outputs: DesiredOutputs): void;
  /** One-shot; a repeated id has no second effect. */
  order(order: Order): void;
  /** One receiver; a later call replaces it. */
  onInput(receive: (command: FacilityCommand) => void): void;
  /** What number-plate cameras see, each with the lane it looks at; one receiver as for inputs. */
  onReading(receive: (lane: LaneId, reading: CameraReading) => void): void;
  /** Every level input again (loops, arms, counters): after the owner started or a link came back. */
  readAll(): void;
  status(): readonly DeviceStatus[];
};

/** Devices report at least every two seconds; views refresh every ten, so one lost report is not yet silence. */
export const HEARTBEAT_MS = 2_000;
export const DEVICE_SILENT_MS = 10_000;
