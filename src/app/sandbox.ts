/**
 * `gatehouse sandbox`: an exchange with everybody a partner needs to try it, the mock apps and the live diagram.
 *
 *   sandbox server (pages, messages, relay)  ->  exchange on a port of its own  ->  embedded PostgreSQL
 *                  ^---- what is due at departure: the first operator is asked at its address, the second comes for questions
 */
import { mkdirSync } from "node:fs";
import { seedWorld, subscribeParties } from "../sandbox/seed.ts";
import { startSandboxServer } from "../sandbox/server.ts";
import { Tap } from "../sandbox/tap.ts";
import { type ActorId, operatorPath, type SandboxWorld } from "../sandbox/contract.ts";
import { MockOperator } from "../sandbox/operator.ts";
import { pollQuestions } from "../sandbox/questions.ts";
import { CONNECTIONS, CONTRACTS, DEPARTURE_RATES, operatorToken, PLACES, sandboxWorld } from "../sandbox/world.ts";
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
  const tap = new Tap();
  const operators = mockOperators(world);
  const token = operatorToken(dataDir);
  const server = await startSandboxServer({
    host, port, upstream: () => ({ host: LOOPBACK, port: exchangePort }), world, tap, operators, operatorToken: token, pagesFolder,
  });
  const stops: (() => Promise<void>)[] = [server.stop];
  const stop = async (): Promise<void> => { for (const one of stops.splice(0)) await one(); };
  try {
    const exchange = await startExchange({
      dataDir, databaseUrl: undefined, host: LOOPBACK, port: 0, currency: "GBP", behindTls: true, parties: partiesOf(world, { url: server.url + operatorPath("op1"), token }), log, tell: () => {},
      // The parties of the sandbox receive their deliveries on this machine, in plain text.
      allowedOrigins: [server.url], pagesFolder, offerLogins: true,
    });
    stops.push(exchange.stop);
    exchangePort = Number(new URL(exchange.url).port);
    await seedWorld(exchange.url, world, Date.now());
    await subscribeParties(exchange.url, world, server.url);
    const [behindNat, actor] = [operators.get("op2"), world.actors.find(({ id }) => id === "op2")];
    if (behindNat && actor) stops.unshift(pollQuestions({ base: exchange.url, actor, operator: behindNat, tap }).stop);
    return { url: server.url, world, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function mockOperators({ actors }: SandboxWorld): ReadonlyMap<ActorId, MockOperator> {
  const name = (id: ActorId): string => actors.find((actor) => actor.id === id)?.name ?? id;
  const of = (id: ActorId, place: keyof typeof DEPARTURE_RATES, way: "address" | "questions"): readonly [ActorId, MockOperator] =>
    [id, new MockOperator({ place, name: name(id), way, rate: DEPARTURE_RATES[place], now: Date.now })];
  return new Map([of("op1", PLACES.garage, "address"), of("op2", PLACES.quay, "questions")]);
}

function partiesOf({ actors }: SandboxWorld, first: { readonly url: string; readonly token: string }): PartiesFile {
  const departures: Partial<Record<ActorId, { url?: string; token?: string }>> = { op1: first, op2: {} };
  const organisation = (id: string): string => actors.find((actor) => actor.id === id)?.organisation ?? "";
  return {
    organisations: actors.map(({ id: actor, organisation: id, role, name }) => ({ id, role, name, departures: departures[actor] })),
    clients: actors.map(({ clientId: id, organisation: of, clientSecret: secret }) => ({ id, organisation: of, secret })),
    connections: CONNECTIONS.map(([provider, operator]) => ({ provider: organisation(provider), operator: organisation(operator) })),
    contracts: CONTRACTS.map(([enforcement, operator]) => ({ enforcement: organisation(enforcement), operator: organisation(operator) })),
  };
}
