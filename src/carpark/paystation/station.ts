/** Looking up a station and reporting its faults. */
import { present } from "../../kernel/assert.ts";
import type { DeepReadonly } from "../../kernel/readonly.ts";
import { reportFault } from "../fault/fault.ts";
import type { PayStationConfig, StationId } from "../facility/config.ts";
import type { Deciding } from "../facility/deciding.ts";
import type { PayStation } from "./paystation.ts";

/** The station as it is now; read again after every emit. */
export const stationOf = (d: Deciding, id: StationId): DeepReadonly<PayStation> => present(d.state.stations.get(id), `station ${id}`);

export const stationConfigOf = (d: Deciding, id: StationId): DeepReadonly<PayStationConfig> | null =>
  d.state.config?.payStations.find((station) => station.id === id) ?? null;

export function reportStationFault(d: Deciding, id: StationId, code: string, details: string): void {
  reportFault(d, { asset: { kind: "payStation", id }, code, details });
}
