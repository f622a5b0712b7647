/** What views are made of, and the one view all of them share. */
import type { Person } from "./person.ts";
import type { ReadonlyFacility } from "../../carpark/facility/state.ts";
import type { LaneInputs } from "../../carpark/lane/inputs.ts";
import type { Instant } from "../../kernel/instant.ts";
import type { DeviceStatusView } from "../contract/live.ts";
import type { DeviceReport } from "../site.ts";

/** What a view is made of: the facility as it is at one moment. */
export type Seen = {
  readonly state: ReadonlyFacility;
  readonly inputs: ReadonlyMap<string, LaneInputs>;
  readonly devices: readonly DeviceReport[];
  readonly seq: number;
  readonly now: Instant;
  readonly storeHealthy: boolean;
  readonly person: Person;
};

const DEVICE_STATE = { ok: "ok", warning: "warning", fault: "fault", offline: "lost" } as const satisfies Record<DeviceReport["health"], DeviceStatusView["state"]>;

export const deviceView = (device: DeviceReport): DeviceStatusView =>
  ({ device: device.device, state: DEVICE_STATE[device.health], detail: device.condition, lastSeenAt: device.lastSeen > 0 ? device.lastSeen : null });
