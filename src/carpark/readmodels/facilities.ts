/** Each car park's configuration as it is now, for reports: name, zone, money, groups, administration. */
import type { FacilityConfig } from "../facility/config.ts";
import { allOf } from "./page.ts";
import type { Database, Json, Table } from "./table.ts";

export type FacilityRow = { readonly facility: string; readonly config: Json; readonly seq: number };

export const facilityTable: Table<FacilityRow> = {
  name: "read_facility",
  columns: { facility: "text", config: "jsonb", seq: "bigint" },
  key: ["facility"],
  indexes: [],
  changesOf: ({ facility, event: e }) => (e.type !== "FacilityConfigured" ? [] : [{
    // The journal's events are plain JSON.
    key: { facility }, fold: () => ({ facility, config: e.config as unknown as Json }),
  }]),
};

/** In the city's order: by number. */
export async function facilityConfigs(db: Database, facility?: string): Promise<readonly FacilityConfig[]> {
  const rows = await allOf<FacilityRow>(db, "read_facility", [["t.facility = ?", facility]], "(t.config->>'number')::int, t.facility");
  return rows.map(({ config }) => config as unknown as FacilityConfig);
}
