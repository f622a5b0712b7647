/**
 * What a car park is, as the exchange lists it: a place, the rate tables of the tariff in force, and what can be
 * bought there. Made from the facility's own configuration; nothing is kept beside it.
 *
 *   configuration + tariff in force  ->  place, rate tables, right specifications (in this order: each refers to those before)
 *
 * Single stays are sold only where the car park can honour them: it knows plates, and its prices are published as they
 * are. Otherwise the specification is suspended, with its prices if there are any. A provider's account needs no table:
 * the car park says what each stay costs.
 */
import type { DeepReadonly } from "../kernel/readonly.ts";
import type { Instant } from "../kernel/instant.ts";
import { zoneOf } from "../kernel/zone.ts";
import { type FacilityConfig, offers } from "../carpark/facility/config.ts";
import type { TariffVersion } from "../carpark/facility/pricing.ts";
import { publishedTariff } from "../tariff/published.ts";
import type { Json, JsonObject } from "./json.ts";

export type Resource = "/places" | "/rates" | "/rights/specs";

/** An object as we publish it, without a version: that is counted by what the exchange has. */
export type Published = { readonly resource: Resource; readonly id: string; readonly body: JsonObject };

/** Why the prices of a car park are not on the exchange; its place and spaces are. */
export type NotPublished = { readonly type: "noTariff" } | { readonly type: "notExpressible"; readonly reasons: readonly string[] };

export type Inventory = { readonly objects: readonly Published[]; readonly notPublished: NotPublished | null };

export type Described = {
  readonly config: DeepReadonly<FacilityConfig>;
  readonly tariffs: readonly DeepReadonly<TariffVersion>[];
  readonly place: string;
  readonly coordinates: { readonly latitude: number; readonly longitude: number } | null;
  /** Language of names and addresses in the city's file. */
  readonly language: string;
};

/** Ids at the exchange are one space for everybody: ours begin with the place. */
export const rateIdOf = (place: string, table: string): string => `${place}.${table}`;
/** Single stays, bought before or while parking. */
export const stayRightIdOf = (place: string): string => `${place}.stay`;
/** Account holders of a provider: it pays whatever the stay costs. */
export const accountRightIdOf = (place: string): string => `${place}.account`;

export function inventoryOf(described: Described, now: Instant): Inventory {
  const { config, place } = described;
  const placed: Published = { resource: "/places", id: place, body: placeBody(described) };
  const prices = pricesOf(described, now);
  const notPublished = "type" in prices ? prices : null;
  const tables = ("type" in prices ? [] : prices).map((table): Published => ({ resource: "/rates", id: rateIdOf(place, String(table["id"])), body: { ...table, id: rateIdOf(place, String(table["id"])) } }));
  const kinds = offers(config, "plates") ? (["oneTimeUseParking", "permitParking"] as const) : (["oneTimeUseParking"] as const);
  return { objects: [placed, ...tables, ...kinds.map((type) => specification(described, type, tables))], notPublished };
}

const text = (language: string, string: string): Json => [{ language, string }];

function placeBody({ config, place, coordinates, language }: Described): JsonObject {
  const plates = offers(config, "plates");
  const [outer] = config.groups.filter(({ id }) => id === config.allGroup);
  const spaces = Math.max(0, ...(outer?.capacity.map((rule) => rule.spaces) ?? []));
  const modes = [...(offers(config, "tickets") ? ["ticket"] : []), ...(plates ? ["app"] : []), ...(offers(config, "cards") ? ["permit"] : [])];
  return {
    id: place, type: "place", layer: 1, name: text(language, config.name), timeZone: config.zone,
    placeStreetAddress: { addressLines: [{ order: 1, type: "street", text: text(language, config.address) }] },
    characteristics: { openToPublic: true, accessControlled: true, spacesTotal: spaces, operatingModes: modes },
    ...(coordinates ? { indicativePlacePointLocation: [{ type: "Point", coordinates: [coordinates.longitude, coordinates.latitude] }] } : {}),
    // Where the camera knows the car, its stay can be told to a provider and paid from an app.
    "x-capabilities": plates ? ["frictionless", "podba"] : [],
  };
}

function pricesOf({ config, tariffs }: Described, now: Instant): readonly JsonObject[] | NotPublished {
  const inForce = tariffs.filter(({ effectiveFrom }) => effectiveFrom <= now).at(-1);
  const zone = zoneOf(config.zone);
  if (!inForce || !zone.ok) return { type: "noTariff" };
  // Read only is what a tariff is; its type says it once, in its own file.
  const published = publishedTariff(inForce.tariff as TariffVersion["tariff"], zone.value);
  if (published.ok) return published.value.tables as unknown as readonly JsonObject[];
  return { type: "notExpressible", reasons: Array.isArray(published.error) ? published.error as readonly string[] : ["tariffRefused"] };
}

function specification({ config, place, language }: Described, type: "oneTimeUseParking" | "permitParking", tables: readonly Published[]): Published {
  const account = type === "permitParking";
  const id = account ? accountRightIdOf(place) : stayRightIdOf(place);
  const sold = offers(config, "plates") && (account || tables.length > 0);
  const what = account ? `${config.name}: account of a provider` : `${config.name}: one stay`;
  return {
    resource: "/rights/specs", id, body: {
      id, type, description: text(language, what), transferable: false, hierarchyElements: [{ id: place, version: 1 }],
      credentials: [{ type: "licensePlate" }], validity: { validityStatus: sold ? "active" : "suspended" },
      rateEligibility: tables.map((table, n) => ({ id: `${id}.${n + 1}`, version: 1, priority: 1, rateTable: { id: table.id, version: 1 } })),
    },
  };
}
