/** Handlers of the live streams and of the demo's clock and world. */
import type { Routes } from "../contract/routes.ts";
import { trouble } from "../http/problem.ts";
import type { RouteHandler } from "../http/reply.ts";
import type { Feed } from "../live/feed.ts";
import type { Site } from "../site.ts";
import { facilityOf } from "./carry.ts";

type Streams = Pick<Routes, "events" | "publicEvents" | "demoClock" | "setDemoClock" | "setDemoTraffic" | "demoMails" | "demoWorld" | "demoAction">;

/** Ten pictures a second: smooth with the page's own interpolation. */
const WORLD_PACE_MS = 100;

export function streamHandlers(site: Site, feed: Feed): { readonly [N in keyof Streams]: RouteHandler<Streams[N]> } {
  const none = { trouble: trouble("notFound", "There is no demo here.") };
  const clock = () => (site.demoCity ? { answer: site.demoCity.clock() } : none);
  return {
    events: ({ query, locale, lastEventId }) => {
      const asked = query.facility === undefined ? [] : typeof query.facility === "string" ? [query.facility] : query.facility;
      const missing = asked.find((id) => !site.facilities.has(id));
      if (missing !== undefined) return { trouble: trouble("facilityUnknown", `There is no car park \`${missing}\`.`) };
      return { stream: (sink) => feed.watch(asked.length === 0 ? "overview" : "facility", asked, locale, lastEventId, sink) };
    },
    publicEvents: ({ params, locale }) => {
      const found = facilityOf(site, params.facility);
      if ("trouble" in found) return found;
      return { stream: (sink) => feed.watch("public", [params.facility], locale, null, sink) };
    },
    demoMails: () => (site.simulatedMailbox ? { answer: { rows: site.simulatedMailbox.letters().map((letter) => ({ ...letter, attachments: [...letter.attachments] })) } } : none),
    demoClock: clock,
    setDemoClock: ({ body }) => {
      site.demoCity?.setClock(body);
      feed.clockChanged();
      return clock();
    },
    setDemoTraffic: ({ body }) => {
      site.demoCity?.setTraffic(body.level);
      feed.clockChanged();
      return clock();
    },
    demoWorld: ({ params }) => {
      const { demoCity } = site;
      if (!demoCity || demoCity.world(params.facility) === null) return none;
      return {
        stream: (sink) => {
          let last = "";
          const send = (): void => {
            const world = demoCity.world(params.facility);
            const text = JSON.stringify(world);
            if (text !== last) sink.send("world", world);
            last = text;
          };
          send();
          const timer = setInterval(send, WORLD_PACE_MS);
          sink.onClose(() => clearInterval(timer));
        },
      };
    },
    demoAction: ({ params, body }) => {
      if (!site.demoCity) return none;
      const done = site.demoCity.act(params.facility, body);
      return { answer: done.ok ? { vehicle: done.value.vehicle, refusal: null } : { vehicle: null, refusal: { ...done.error } } };
    },
  };
}
