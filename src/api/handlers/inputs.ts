/** What devices report over HTTP, and the levels and orders they fetch. Only durable levels leave the house. */
import type { LaneCommand } from "../../carpark/facility/command.ts";
import type { PayStationCommand } from "../../carpark/paystation/command.ts";
import { present } from "../../kernel/assert.ts";
import { displayWords } from "../../messages/words.ts";
import type { Routes } from "../contract/routes.ts";
import type { RouteHandler } from "../http/reply.ts";
import type { Site } from "../site.ts";
import { trouble } from "../http/problem.ts";
import { carry, facilityOf } from "./carry.ts";

type InputRoutes = "laneInput" | "stationInput" | "deviceOutputs";

export function inputHandlers(site: Site): { readonly [R in InputRoutes]: RouteHandler<Routes[R]> } {
  return {
    laneInput: async (asked) => {
      const found = facilityOf(site, asked.params.facility);
      if ("trouble" in found) return found;
      // The schema has the form of every lane command; ids are branded here.
      const command = asked.body as LaneCommand;
      const done = await carry(site, asked.params.facility, command, { ...asked, actor: null });
      if ("trouble" in done) return done;
      const lane = present(found.facility.outputs.lanes.find((one) => one.lane === command.lane), `outputs of ${command.lane}`);
      const ordered = done.carried.events.find((event) => event.type === "TicketOrdered");
      return {
        answer: {
          seq: done.carried.seq, at: done.carried.at, events: done.carried.events.map(({ type }) => type), ticket: ordered?.number ?? null,
          display: displayWords(lane.display), barrier: lane.barrier,
        },
      };
    },
    stationInput: async (asked) => {
      const command = asked.body as PayStationCommand;
      const done = await carry(site, asked.params.facility, command, { ...asked, actor: null });
      if ("trouble" in done) return done;
      const { seq, at, events } = done.carried;
      return { answer: { seq, at, events: events.map(({ type }) => type) } };
    },
    deviceOutputs: async (asked) => {
      const found = facilityOf(site, asked.params.facility);
      if ("trouble" in found) return found;
      const link = site.deviceLinks.get(found.facility.id);
      if (!link) return { trouble: trouble("notFound", "This car park's devices are not driven over HTTP.") };
      const orders = link.ordersAfter(Number(asked.query.after ?? 0));
      return { answer: { link: link.link, seq: found.facility.seq, outputs: link.outputs, orders: [...orders] } };
    },
  };
}
