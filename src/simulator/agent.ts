/** The device port in front of a simulated world: what real drivers would be in front of real devices. */
import type { FacilityCommand } from "../carpark/facility/command.ts";
import type { DeviceAgent } from "../devices/port.ts";
import { statusOf } from "./world/condition.ts";
import { apply, order, readAll, takeOut } from "./world/step.ts";
import type { World } from "./world/world.ts";

export type SimulatedAgent = DeviceAgent & {
  /** Hands what the devices have said to the receiver; true when there was something. */
  deliver(): boolean;
};

/** Messages kept while nobody listens; older ones are lost, as at a device with a full buffer. */
const UNHEARD_MAX = 5_000;

export function agentFor(world: World): SimulatedAgent {
  let receive: ((command: FacilityCommand) => void) | null = null;
  let look: Parameters<DeviceAgent["onReading"]>[0] | null = null;
  return {
    apply: (outputs) => apply(world, outputs),
    order: (one) => order(world, one),
    onInput: (callback) => { receive = callback; },
    onReading: (callback) => { look = callback; },
    readAll: () => readAll(world),
    status: () => statusOf(world),
    deliver() {
      if (!receive) {
        if (world.out.length > UNHEARD_MAX) world.out.splice(0, world.out.length - UNHEARD_MAX);
        return false;
      }
      const messages = takeOut(world);
      for (const { command } of messages) receive(command);
      const readings = world.seen.splice(0);
      for (const { lane, reading } of readings) look?.(lane, reading);
      return messages.length > 0 || readings.length > 0;
    },
  };
}
