/** What a pay station shall show, and the one-shots its events ask of its devices. */
import type { DeepReadonly } from "../../kernel/readonly.ts";
import type { Instant } from "../../kernel/instant.ts";
import type { Recorded } from "../facility/event.ts";
import type { ReadonlyFacility } from "../facility/state.ts";
import type { PayStation, StationOrder, StationOutput } from "./paystation.ts";

export function stationOutput(
  _state: ReadonlyFacility, station: DeepReadonly<PayStation>, _now: Instant, _storeHealthy: boolean,
): StationOutput {
  return { station: station.id };
}

export const stationOrdersOf = (_event: Recorded): StationOrder[] => [];
