/**
 * Our car parks at the exchange: started after the first page can be served, and never in the way of a lane.
 */
import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { City } from "../config/city.ts";
import type { Environment } from "../config/environment.ts";
import { type ExchangeCredentials, openExchangeClient } from "../exchange-link/client.ts";
import { type Reachability, watched, type WatchedClient } from "../exchange-link/health.ts";
import { openPublisher, type Publisher } from "../exchange-link/publisher.ts";
import type { ExchangeLinkStatus } from "../exchange-link/status.ts";
import { SetupFailed } from "./city-setup.ts";
import type { Clock } from "./clock.ts";
import { startInward } from "./exchange-inward.ts";
import { linkedFacilities, openSessionsOut, type SessionsOut } from "./exchange-sessions.ts";
import type { RunningSite } from "./site.ts";

/** Where the exchange is and as whom we speak to it. */
export type LinkAccess = { readonly url: string; readonly credentials: ExchangeCredentials };

export type ExchangeLinkOptions = {
  readonly access: LinkAccess;
  readonly city: City;
  readonly running: RunningSite;
  readonly clock: Clock;
  readonly dataDir: string;
  /** Where the exchange may ring when a right is sold; null: it has to be asked. */
  readonly ringAt: string | null;
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

export function startExchangeLink({ access, city, running, clock, dataDir, ringAt, log }: ExchangeLinkOptions): ExchangeLink {
  const elapsed = (): number => performance.now();
  const client = watched(openExchangeClient({ ...access, elapsed }), clock.now, (to) => log.info(reachabilityText(access.url, to)));
  const publisher = openPublisher({ client, facilities: () => linkedFacilities(city, running, clock.now()), now: clock.now, elapsed, warn: (text) => log.warn(text) });
  const places = placesOf(city);
  const sessions = openSessionsOut({ client, city, running, clock, publisher, places, warn: (text) => log.warn(text) });
  let out: SessionsOut | null = null;
  sessions.then((opened) => { out = opened; }, (error: unknown) => log.warn(`exchange: no sessions are told: ${String(error)}`));
  const turns = [publisher.turn, async () => await out?.turn()].map((work) => inTurn(work, (error) => log.warn(`exchange: ${String(error)}`)));
  const look = (): void => { for (const turn of turns) turn.look(); };
  const timer = setInterval(look, LOOK_MS);
  look();
  const status = async (): Promise<ExchangeLinkStatus> =>
    ({ url: access.url, reachability: client.reachability(), facilities: publisher.status(), ...(await out?.waiting() ?? { waiting: 0, refused: 0 }) });
  running.setExchangeLink(status);
  const inward = startInward({ client, places, running, clock, dataDir, ringAt, log });
  inward.catch((error: unknown) => log.warn(`exchange: nothing comes in: ${String(error)}`));
  return {
    client, places, publisher,
    async close() {
      clearInterval(timer);
      await client.close();
      await Promise.all(turns.map(({ done }) => done()));
      await sessions.then((opened) => opened.close(), () => {});
      await inward.then((one) => one.close(), () => {});
    },
  };
}

/** One at a time: whoever looks while it works has looked. */
function inTurn(work: () => Promise<void>, failed: (error: unknown) => void): { look(): void; done(): Promise<void> } {
  let turn: Promise<void> | null = null;
  return {
    look: () => { turn ??= work().catch(failed).finally(() => { turn = null; }); },
    done: async () => { await turn; },
  };
}

function reachabilityText(url: string, to: Reachability): string {
  switch (to.type) {
    case "notAsked": return `The exchange at ${url} was not asked yet.`;
    case "reachable": return `The exchange at ${url} answers.`;
    case "notReachable": return `The exchange at ${url} is not reachable: ${to.why}. What it is to be told waits.`;
  }
}
