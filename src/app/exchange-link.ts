/**
 * Our car parks at the exchange: started after the first page can be served, and never in the way of a lane.
 */
import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { capacity, occupancy } from "../carpark/counting/counting.ts";
import type { City } from "../config/city.ts";
import type { Environment } from "../config/environment.ts";
import { type ExchangeCredentials, openExchangeClient } from "../exchange-link/client.ts";
import { type Reachability, watched, type WatchedClient } from "../exchange-link/health.ts";
import { type LinkedFacility, openPublisher, type Publisher } from "../exchange-link/publisher.ts";
import type { Instant } from "../kernel/instant.ts";
import { SetupFailed } from "./city-setup.ts";
import type { Clock } from "./clock.ts";
import type { RunningSite } from "./site.ts";

/** Where the exchange is and as whom we speak to it. */
export type LinkAccess = { readonly url: string; readonly credentials: ExchangeCredentials };

export type ExchangeLinkOptions = {
  readonly access: LinkAccess;
  readonly city: City;
  readonly running: RunningSite;
  readonly clock: Clock;
  readonly log: { info(text: string): void; warn(text: string): void };
};

export type ExchangeLink = {
  readonly client: WatchedClient;
  /** Facility -> place id, of the linked ones. */
  readonly places: ReadonlyMap<string, string>;
  readonly publisher: Publisher;
  close(): Promise<void>;
};

/** How soon a change is looked at; what is due is sent at once then. */
const LOOK_MS = 1_000;

/** Null: the file names no exchange. */
export function linkAccessOf({ exchange }: City, configFile: string, environment: Environment): LinkAccess | null {
  if (!exchange) return null;
  const secret = exchange.secretFile === null ? environment.GATEHOUSE_EXCHANGE_SECRET : secretIn(resolve(dirname(configFile), exchange.secretFile));
  if (secret === undefined || secret === "") {
    throw new SetupFailed("The file names an exchange, and its client has no secret: set GATEHOUSE_EXCHANGE_SECRET or exchange.secretFile.");
  }
  return { url: exchange.url, credentials: { clientId: exchange.clientId, secret } };
}

function secretIn(file: string): string {
  try {
    return readFileSync(file, "utf8").trim();
  } catch {
    throw new SetupFailed(`exchange.secretFile ${file}: cannot be read`);
  }
}

export const placesOf = ({ facilities }: City): ReadonlyMap<string, string> =>
  new Map(facilities.flatMap(({ config, exchangePlace }) => (exchangePlace === null ? [] : [[config.id as string, exchangePlace] as const])));

export function startExchangeLink({ access, city, running, clock, log }: ExchangeLinkOptions): ExchangeLink {
  const elapsed = (): number => performance.now();
  const client = watched(openExchangeClient({ ...access, elapsed }), clock.now, (to) => log.info(reachabilityText(access.url, to)));
  const publisher = openPublisher({ client, facilities: () => linkedFacilities(city, running, clock.now()), now: clock.now, elapsed, warn: (text) => log.warn(text) });
  let turn: Promise<void> | null = null;
  const look = (): void => {
    turn ??= publisher.turn().catch((error: unknown) => log.warn(`exchange: ${String(error)}`)).finally(() => { turn = null; });
  };
  const timer = setInterval(look, LOOK_MS);
  look();
  return {
    client, places: placesOf(city), publisher,
    async close() {
      clearInterval(timer);
      await client.close();
      await turn;
    },
  };
}

/** The linked car parks as they stand now. */
function linkedFacilities(city: City, { owners }: RunningSite, now: Instant): readonly LinkedFacility[] {
  return city.facilities.flatMap(({ config: { id }, exchangePlace: place, coordinates }) => {
    const core = owners.find(({ core: { state } }) => state.id === id)?.core;
    if (place === null || !core?.state.config) return [];
    const { state } = core;
    const { config, tariffs } = core.state;
    const counted = { occupied: occupancy(state, config.allGroup), spaces: capacity(state, config.allGroup, now) };
    return [{ facility: id, config, tariffs, place, coordinates, language: city.locale, counted }];
  });
}

function reachabilityText(url: string, to: Reachability): string {
  switch (to.type) {
    case "notAsked": return `The exchange at ${url} was not asked yet.`;
    case "reachable": return `The exchange at ${url} answers.`;
    case "notReachable": return `The exchange at ${url} is not reachable: ${to.why}. What it is to be told waits.`;
  }
}
