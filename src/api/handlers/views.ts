/** Handlers of live views, public views, health and status. */
import { offers } from "../../carpark/facility/config.ts";
import { present } from "../../kernel/assert.ts";
import type { FacilityView, PublicOverview, PublicView } from "../contract/live.ts";
import type { Routes } from "../contract/routes.ts";
import type { Status } from "../contract/status.ts";
import type { ExchangeLinkStatus } from "../../exchange-link/status.ts";
import type { RouteHandler } from "../http/reply.ts";
import { openStreams } from "../live/stream.ts";
import type { FacilityHandle, Site } from "../site.ts";
import { facilityView } from "../views/facility-view.ts";
import type { Seen } from "../views/seen.ts";
import { personOf } from "../views/person.ts";
import { facilitySummary } from "../views/summary.ts";
import { facilityOf } from "./carry.ts";

type Views = Pick<Routes, "overview" | "facilityLive" | "facilityConfig" | "status" | "health" | "publicLive" | "publicOverview">;

export function viewHandlers(site: Site): { readonly [N in keyof Views]: RouteHandler<Views[N]> } {
  return {
    overview: () => ({ answer: overviewOf(site) }),
    facilityLive: ({ params }) => {
      const found = facilityOf(site, params.facility);
      return "trouble" in found ? found : { answer: viewOf(site, found.facility) };
    },
    facilityConfig: ({ params }) => {
      const found = facilityOf(site, params.facility);
      if ("trouble" in found) return found;
      const { config, tariffs } = found.facility.core.state;
      return { answer: { config, tariffs: tariffs.map(({ version, effectiveFrom, tariff }) => ({ version, effectiveFrom, tariff })) } };
    },
    status: async () => ({
      answer: {
        version: site.version, startedAt: site.startedAt, uptimeMs: Math.round(process.uptime() * 1_000),
        store: { healthy: storeHealthy(site), embedded: site.embeddedStore, detail: site.embeddedStore ? "embedded PostgreSQL" : "external PostgreSQL" },
        facilities: [...site.facilities.values()].map((facility) => ({
          facility: facility.id, seq: facility.seq, mode: facility.core.state.mode, owner: facility.owner,
        })),
        followers: (await site.reads.status()).map((follower) => ({ ...follower })),
        exchange: exchangeOf(await site.exchangeLink()),
        memoryBytes: process.memoryUsage.rss(), liveStreams: openStreams(),
      },
    }),
    health: () => {
      const store = storeHealthy(site);
      return { answer: { status: store ? "ok" : "degraded", store } };
    },
    publicLive: ({ params }) => {
      const found = facilityOf(site, params.facility);
      return "trouble" in found ? found : { answer: publicViewOf(site, found.facility) };
    },
    publicOverview: () => ({ answer: publicOverviewOf(site) }),
  };
}

function exchangeOf(link: ExchangeLinkStatus | null): Status["exchange"] {
  if (!link) return null;
  const { url, reachability, waiting, refused } = link;
  const sent = link.facilities.flatMap(({ occupancySentAt: at }) => (at === null ? [] : [at]));
  return {
    url, state: reachability.type, since: reachability.type === "notAsked" ? null : reachability.since, why: reachability.type === "notReachable" ? reachability.why : null,
    waiting, refused, occupancySentAt: sent.length === 0 ? null : Math.max(...sent),
    facilities: link.facilities.map(({ facility, place, inventory, problem, notPublished }) => ({
      facility, place, inventory, problem, unpriced: notPublished === null ? [] : notPublished.type === "noTariff" ? ["noTariff"] : [...notPublished.reasons],
    })),
  };
}

const storeHealthy = (site: Site): boolean => [...site.facilities.values()].every((facility) => facility.storeHealthy);

export const seenOf = (site: Site, facility: FacilityHandle): Seen => ({
  state: facility.core.state, inputs: facility.core.inputs, devices: facility.devices(), seq: facility.seq, now: site.now(),
  storeHealthy: facility.storeHealthy,
  // One view for all who watch: the city's language.
  person: personOf(site.logins, site.city.locale),
});

export const viewOf = (site: Site, facility: FacilityHandle): FacilityView => facilityView(seenOf(site, facility));

export const overviewOf = (site: Site) =>
  ({ at: site.now(), city: site.city.name, facilities: [...site.facilities.values()].map((facility) => facilitySummary(seenOf(site, facility))) });

/** Money in a machine is nobody's business outside the demo. */
export function publicViewOf(site: Site, facility: FacilityHandle): PublicView {
  const view = viewOf(site, facility);
  const config = present(facility.core.state.config, "configuration");
  const free = view.groups.find(({ id }) => id === config.ticketGroup)?.free ?? 0;
  return {
    id: view.id, name: view.name, address: view.address, zone: view.zone, currency: view.currency, seq: view.seq, at: view.at, demo: site.demo,
    mode: view.mode, sign: view.sign, free, payByPlate: offers(config, "plates"),
    lanes: view.lanes.map(({ id, name, direction, display }) => ({ id, name, direction, display })),
    stations: view.stations.map((station) => (site.demo ? station : { ...station, hoppers: [], cashBox: [], devices: [] })),
  };
}

export const publicOverviewOf = (site: Site): PublicOverview => ({
  city: site.city.name, demo: site.demo,
  facilities: [...site.facilities.values()].map((facility) => {
    const view = publicViewOf(site, facility);
    return {
      id: view.id, name: view.name, address: view.address, sign: view.sign, free: view.free,
      lanes: view.lanes.map(({ id, name, direction }) => ({ id, name, direction })),
      stations: view.stations.map(({ id, name }) => ({ id, name })),
    };
  }),
});
