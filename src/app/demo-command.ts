/** `gatehouse demo`: the demo city with simulated devices, a virtual clock and one-click logins. */
import type { FastifyInstance } from "fastify";
import type { FacilityId } from "../carpark/facility/config.ts";
import type { Environment } from "../config/environment.ts";
import type { City } from "../config/city.ts";
import type { Instant } from "../kernel/instant.ts";
import { VirtualClock } from "./clock.ts";
import { DemoDriver } from "./demo.ts";
import { demoStartOf } from "./demo-start.ts";
import { demoWorldFor } from "./demo-world.ts";
import type { Logger } from "./log.ts";
import { startDemoExchange } from "./demo-exchange.ts";
import { type ExchangeLink, type LinkAccess, linkAccessOf, startExchangeLink } from "./exchange-link.ts";
import { createServer } from "./server.ts";
import { simulatedPhonePayments } from "./plates/phone.ts";
import { startNotices } from "./notices.ts";
import { installationSecret } from "./secret.ts";
import { type RunningSite, startSite } from "./site.ts";

export type DemoOptions = {
  readonly city: City;
  readonly configFile: string;
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
  readonly host: string;
  readonly port: number;
  readonly pagesFolder: string;
  readonly seed: number;
  readonly traffic: number;
  /** Where the city's clock begins, unless the journal has got further. */
  readonly startAt: Instant;
  readonly environment: Environment;
  /** What starts the demo's own exchange; null: none, or the one that the file names. */
  readonly exchangeProgram: string | null;
  readonly log: Logger;
};

export type Running = { readonly url: string; readonly app: FastifyInstance; readonly running: RunningSite; stop(): Promise<void> };

export async function startDemo(options: DemoOptions): Promise<Running> {
  const { city, log } = options;
  const clock = new VirtualClock(options.startAt);
  const known = new Set<string>(city.facilities.map(({ config }) => config.id));
  const demoWorld = demoWorldFor(options, clock);
  const agentOf = (id: string) => (known.has(id) ? demoWorld.city().agentOf(id as FacilityId) : null);
  const linkSecret = installationSecret(options.dataDir);
  const running = await startSite({
    city, configFile: options.configFile, dataDir: options.dataDir, databaseUrl: options.databaseUrl, clock, demo: true, log, agentOf, phonePayments: simulatedPhonePayments,
    ticking: false, adminPassword: undefined, smtpPassword: options.environment.GATEHOUSE_SMTP_PASSWORD, beforeOwners: demoWorld.prepare,
  });
  const world = demoWorld.city();
  const driver = new DemoDriver(world, clock, running.owners, running.cameras, options.traffic, (text) => log.error(text));
  running.setDemoCity(driver.face);
  await demoStartOf(running, world, demoWorld.isNew());
  const app = await createServer({
    site: running.site, log: log.pino, behindTls: city.server.behindTls, pagesFolder: options.pagesFolder, deviceMayAct: () => false,
    linkSecret, metricsToken: options.environment.GATEHOUSE_METRICS_TOKEN,
    exchange: { at: running.exchange, operatorToken: options.environment.GATEHOUSE_EXCHANGE_OPERATOR_TOKEN ?? null },
  });
  const url = await app.listen({ host: options.host, port: options.port });
  running.setListening(url);
  const notices = await startNotices({
    connectionString: running.postgres.connectionString, city, environment: options.environment, mailer: running.site.mailer, site: running.site, facilities: running.site.facilities, clock,
    publicUrl: city.server.publicUrl ?? url, acknowledgementSecret: linkSecret, log: (text) => log.warn(text),
  });
  driver.start();
  const exchange = exchangeFor(options, running, clock, url);
  return {
    url, app, running,
    async stop() {
      await exchange.stop();
      await driver.stop();
      await notices.close();
      await app.close();
      await running.stop();
    },
  };
}

/** The exchange that the file names, else the demo's own, which is there a moment later. */
function exchangeFor(options: DemoOptions, running: RunningSite, clock: VirtualClock, url: string): { stop(): Promise<void> } {
  const { city, configFile, environment, exchangeProgram: program, dataDir, log } = options;
  const linked = (access: LinkAccess): ExchangeLink => startExchangeLink({ access, city, running, clock, dataDir, ringAt: url, log });
  const named = linkAccessOf(city, configFile, environment);
  if (named || program === null) {
    const link = named && linked(named);
    return { stop: async () => await link?.close() };
  }
  const own = startDemoExchange({
    city, dataDir, connectionString: running.postgres.connectionString, program, cityUrl: url, log,
    clock: () => ({ at: clock.now(), speed: clock.paused ? 0 : clock.speed }),
  });
  let link: ExchangeLink | null = null;
  let stopping = false;
  void own.access.then((access) => { if (!stopping) link = linked(access); });
  return {
    async stop() {
      stopping = true;
      await link?.close();
      await own.stop();
    },
  };
}
