/** What devices report over HTTP, and the levels and orders they fetch. Only durable levels leave the house. */
import type { LaneCommand } from "../../carpark/facility/command.ts";
import type { PayStationCommand } from "../../carpark/paystation/command.ts";
import { present } from "../../kernel/assert.ts";
import { displayWords } from "../../messages/words.ts";
import type { Routes } from "../contract/routes.ts";
import type { Asked, Reply, RouteHandler } from "../http/reply.ts";
import type { Site } from "../site.ts";
import { trouble } from "../http/problem.ts";
import type { StationId } from "../../carpark/facility/config.ts";
import { dueOfStay } from "../../carpark/rights/payment.ts";
import { Buckets } from "../http/rate.ts";
import { carry, facilityOf, recordedOf } from "./carry.ts";

type InputRoutes = "laneInput" | "stationInput" | "deviceOutputs" | "plateChoices" | "demoPlateChoices" | "demoChooseStay";

/** Drivers at one machine type slowly; who tries plates in a row is slower still. */
const TYPED = { burst: 8, perSecond: 1 / 8 };
/** More than these are not a slip of one character. */
const CHOICES_MAX = 6;

export function inputHandlers(site: Site): { readonly [R in InputRoutes]: RouteHandler<Routes[R]> } {
  const typed = new Buckets(TYPED);
  const choices = ({ params, body }: Pick<Asked<Routes["plateChoices"]>, "params" | "body">): Reply<Routes["plateChoices"]> => {
    const found = facilityOf(site, params.facility);
    if ("trouble" in found) return found;
    const wait = typed.take(`${params.facility}/${params.station}`, Date.now());
    if (wait > 0) return { trouble: trouble("tooManyAttempts", undefined, { retryAfterSeconds: wait }) };
    const { state } = found.facility.core;
    const stays = site.cameras.typed(params.facility, body.plate, true).filter(({ key }) => dueOfStay(state, key, site.now()).ok);
    return { answer: { choices: stays.slice(0, CHOICES_MAX).map(({ key, enteredAt, masked }) => ({ stay: key, enteredAt, plate: masked })) } };
  };
  return {
    plateChoices: (asked) => choices(asked),
    demoPlateChoices: (asked) => choices(asked) as Reply<Routes["demoPlateChoices"]>,
    // The schema has the form of a station's id; it is branded here.
    demoChooseStay: (asked) => recordedOf(site, asked.params.facility,
      { type: "ChooseStay", station: asked.params.station as StationId, stay: asked.body.stay }, { ...asked, actor: null }),
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
