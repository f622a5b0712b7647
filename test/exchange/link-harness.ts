/** A city's own client of the exchange of a test, over real HTTP. */
import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import type { FacilityConfig } from "../../src/carpark/facility/config.ts";
import { readCity } from "../../src/config/read.ts";
import { type ExchangeClient, openExchangeClient } from "../../src/exchange-link/client.ts";
import type { World } from "./harness.ts";

export const SECRET = "the secret of the city in a test";

export type Link = { readonly client: ExchangeClient; readonly url: string };

/** Listens once; `client` speaks for OP1. */
export async function linked(world: World): Promise<Link> {
  await world.exchange.parties.registerClient({ id: "city", organisation: "OP1", secret: SECRET, requestsPerSecond: 100_000 });
  if (!world.app.server.listening) await world.app.listen({ host: "127.0.0.1", port: 0 });
  const url = `http://127.0.0.1:${(world.app.server.address() as AddressInfo).port}`;
  return { url, client: openExchangeClient({ url, credentials: { clientId: "city", secret: SECRET }, elapsed: () => performance.now() }) };
}

export function demoFacility(id: string): FacilityConfig {
  const city = readCity(readFileSync("config/demo.yaml", "utf8"));
  const found = city.ok ? city.value.facilities.find(({ config }) => config.id === id) : undefined;
  if (!found) throw new Error(id);
  return found.config;
}
