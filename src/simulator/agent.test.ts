import { rngOf } from "../kernel/random.ts";
import { describeDeviceAgent } from "../../test/devices/contract.ts";
import { agentFor } from "./agent.ts";
import { SIMULATION_START, drawSite } from "./simulation/site.ts";
import { degreesAt } from "./world/arm.ts";
import { standing } from "./world/geometry.ts";
import { advance } from "./world/step.ts";
import { arrive } from "./world/traffic.ts";
import { createWorld, laneOf } from "./world/world.ts";

describeDeviceAgent("simulated devices", () => {
  const config = drawSite(rngOf("contract"), 1);
  const world = createWorld(config, "contract", SIMULATION_START);
  const agent = agentFor(world);
  return {
    agent, config,
    pass(ms) {
      const until = world.now + ms;
      while (advance(world, until)) agent.deliver();
      agent.deliver();
    },
    blockArm(lane) {
      const vehicle = arrive(world, laneOf(world, lane), null, null);
      if (vehicle) vehicle.place = { in: "lane", lane, motion: standing(16, world.now) };
    },
    armDegrees: (lane) => Math.round(degreesAt(laneOf(world, lane).arm, world.now)),
    printed: (lane) => 4_000 - laneOf(world, lane).printer.paper,
  };
});
