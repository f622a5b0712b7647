/**
 * `gatehouse sandbox`: an exchange with everybody a partner needs to try it, the mock apps and the live diagram.
 *
 *   sandbox server (pages, messages, relay)  ->  exchange on a port of its own  ->  embedded PostgreSQL
 */
import { mkdirSync } from "node:fs";
import { seedWorld, subscribeParties } from "../sandbox/seed.ts";
import { startSandboxServer } from "../sandbox/server.ts";
import { Tap } from "../sandbox/tap.ts";
import type { SandboxWorld } from "../sandbox/contract.ts";
import { CONNECTIONS, CONTRACTS, sandboxWorld } from "../sandbox/world.ts";
import { startExchange } from "./exchange.ts";
import type { PartiesFile } from "./exchange-parties.ts";
import type { Logger } from "./log.ts";

export type SandboxOptions = {
  readonly dataDir: string; readonly host: string; readonly port: number; readonly pagesFolder: string; readonly log: Logger;
};

export type RunningSandbox = { readonly url: string; readonly world: SandboxWorld; stop(): Promise<void> };

const LOOPBACK = "127.0.0.1";

export async function startSandbox({ dataDir, host, port, pagesFolder, log }: SandboxOptions): Promise<RunningSandbox> {
  mkdirSync(dataDir, { recursive: true });
  const world = sandboxWorld(dataDir);
  let exchangePort = 0;
  const server = await startSandboxServer({ host, port, upstream: () => ({ host: LOOPBACK, port: exchangePort }), world, tap: new Tap(), pagesFolder });
  const stops: (() => Promise<void>)[] = [server.stop];
  const stop = async (): Promise<void> => { for (const one of stops.splice(0)) await one(); };
  try {
    const exchange = await startExchange({
      dataDir, databaseUrl: undefined, host: LOOPBACK, port: 0, currency: "GBP", behindTls: true, parties: partiesOf(world), log, tell: () => {},
      // The parties of the sandbox receive their deliveries on this machine, in plain text.
      allowedOrigins: [server.url],
    });
    stops.push(exchange.stop);
    exchangePort = Number(new URL(exchange.url).port);
    await seedWorld(exchange.url, world, Date.now());
    await subscribeParties(exchange.url, world, server.url);
    return { url: server.url, world, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function partiesOf({ actors }: SandboxWorld): PartiesFile {
  const organisation = (id: string): string => actors.find((actor) => actor.id === id)?.organisation ?? "";
  return {
    organisations: actors.map(({ organisation: id, role, name }) => ({ id, role, name })),
    clients: actors.map(({ clientId: id, organisation: of, clientSecret: secret }) => ({ id, organisation: of, secret })),
    connections: CONNECTIONS.map(([provider, operator]) => ({ provider: organisation(provider), operator: organisation(operator) })),
    contracts: CONTRACTS.map(([enforcement, operator]) => ({ enforcement: organisation(enforcement), operator: organisation(operator) })),
  };
}
