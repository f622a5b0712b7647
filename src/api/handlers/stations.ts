/** Handlers of what staff do at an open pay station. */
import type { FacilityCommand } from "../../carpark/facility/command.ts";
import type { actRoutes } from "../contract/routes-acts.ts";
import type { Locale } from "../contract/words.ts";
import type { RouteHandler } from "../http/reply.ts";
import type { Site } from "../site.ts";
import { stationOf } from "./acts.ts";
import { recordedOf } from "./carry.ts";

type StationActs = Pick<typeof actRoutes, "fillHopper" | "emptyHopper" | "exchangeCashBox" | "setStationMode" | "abandonPayout" | "resetCashCounters">;

export function stationHandlers(site: Site): { readonly [N in keyof StationActs]: RouteHandler<StationActs[N]> } {
  type Made = { readonly params: { readonly facility: string }; readonly actor: string | null; readonly key: string | null; readonly locale: Locale; readonly body: unknown };
  const order = <A extends Made>(make: (asked: A) => FacilityCommand) => (asked: A) => recordedOf(site, asked.params.facility, make(asked), asked);
  return {
    fillHopper: order(({ params, body }) => ({ type: "FillHopper", station: stationOf(params.station), ...body })),
    emptyHopper: order(({ params, body }) => ({ type: "EmptyHopper", station: stationOf(params.station), ...body })),
    exchangeCashBox: order(({ params, body }) => ({ type: "ExchangeCashBox", station: stationOf(params.station), counted: body.counted })),
    setStationMode: order(({ params, body }) => ({ type: "SetStationMode", station: stationOf(params.station), ...body })),
    abandonPayout: order(({ params, body }) => ({ type: "AbandonPayout", station: stationOf(params.station), reason: body.reason })),
    resetCashCounters: order(({ params, body }) => ({ type: "ResetCashCounters", station: stationOf(params.station), reason: body.reason })),
  };
}
