/** Handler of what a lane's devices report over HTTP, with the levels they are to show from now on. */
import type { LaneCommand } from "../../carpark/facility/command.ts";
import { desiredOutputs } from "../../carpark/facility/outputs.ts";
import { present } from "../../kernel/assert.ts";
import { displayWords } from "../../messages/words.ts";
import type { Routes } from "../contract/routes.ts";
import type { RouteHandler } from "../http/reply.ts";
import type { Site } from "../site.ts";
import { carry, facilityOf } from "./carry.ts";

export function inputHandlers(site: Site): { readonly laneInput: RouteHandler<Routes["laneInput"]> } {
  return {
    laneInput: async (asked) => {
      const found = facilityOf(site, asked.params.facility);
      if ("trouble" in found) return found;
      // The schema has the form of every lane command; ids are branded here.
      const command = asked.body as LaneCommand;
      const done = await carry(site, asked.params.facility, command, { ...asked, actor: null });
      if ("trouble" in done) return done;
      const { state, inputs } = found.facility.core;
      const outputs = desiredOutputs(state, inputs, site.now(), found.facility.storeHealthy);
      const lane = present(outputs.lanes.find((one) => one.lane === command.lane), `outputs of ${command.lane}`);
      const ordered = done.carried.events.find((event) => event.type === "TicketOrdered");
      return {
        answer: {
          seq: done.carried.seq, at: done.carried.at, events: done.carried.events.map(({ type }) => type), ticket: ordered?.number ?? null,
          display: displayWords(lane.display), barrier: lane.barrier,
        },
      };
    },
  };
}
