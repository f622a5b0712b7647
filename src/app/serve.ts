/** `gatehouse serve`: the product on the machine's clock, with the devices that report over HTTP. */
import { createHash, randomUUID, timingSafeEqual } from "node:crypto";
import type { FastifyInstance } from "fastify";
import type { City } from "../config/city.ts";
import type { Environment } from "../config/environment.ts";
import { httpAgent } from "../devices/http/agent.ts";
import { systemClock } from "./clock.ts";
import { linkAccessOf, startExchangeLink } from "./exchange-link.ts";
import type { Logger } from "./log.ts";
import { createServer } from "./server.ts";
import { startNotices } from "./notices.ts";
import { installationSecret } from "./secret.ts";
import { type RunningSite, startSite } from "./site.ts";

export type ServingOptions = {
  readonly city: City; readonly configFile: string; readonly dataDir: string; readonly databaseUrl: string | undefined;
  readonly host: string; readonly port: number; readonly environment: Environment; readonly pagesFolder: string; readonly log: Logger;
};

export type Serving = { readonly url: string; readonly app: FastifyInstance; readonly running: RunningSite; stop(): Promise<void> };

export async function startServing(options: ServingOptions): Promise<Serving> {
  const linkSecret = installationSecret(options.dataDir);
  const access = linkAccessOf(options.city, options.configFile, options.environment);
  const deviceLinks = new Map(options.city.facilities.map(({ config }) => [config.id as string, httpAgent(randomUUID())]));
  const running = await startSite({
    city: options.city, configFile: options.configFile, dataDir: options.dataDir, databaseUrl: options.databaseUrl, clock: systemClock,
    demo: false, log: options.log, deviceLinks,
    agentOf: (facility) => deviceLinks.get(facility) ?? null, ticking: true, adminPassword: options.environment.GATEHOUSE_ADMIN_PASSWORD,
    smtpPassword: options.environment.GATEHOUSE_SMTP_PASSWORD,
  });
  const app = await createServer({
    site: running.site, log: options.log.pino, behindTls: options.city.server.behindTls, pagesFolder: options.pagesFolder,
    deviceMayAct: deviceTokens(options.environment.GATEHOUSE_DEVICE_TOKENS), linkSecret,
    metricsToken: options.environment.GATEHOUSE_METRICS_TOKEN,
    exchange: { at: running.exchange, operatorToken: options.environment.GATEHOUSE_EXCHANGE_OPERATOR_TOKEN ?? null },
  });
  const url = await app.listen({ host: options.host, port: options.port });
  running.setListening(url);
  const notices = await startNotices({
    connectionString: running.postgres.connectionString, city: options.city, environment: options.environment, mailer: running.site.mailer, site: running.site, facilities: running.site.facilities,
    clock: systemClock, publicUrl: options.city.server.publicUrl ?? url, acknowledgementSecret: linkSecret, log: (text) => options.log.warn(text),
  });
  const link = access && startExchangeLink({ access, city: options.city, running, clock: systemClock, dataDir: options.dataDir, ringAt: publicly(options.city.server.publicUrl), log: options.log });
  if (running.site.logins.accounts.length === 0) {
    options.log.warn("There is no staff account yet. Set GATEHOUSE_ADMIN_PASSWORD (10 characters or more) once and start again.");
  }
  return {
    url, app, running,
    async stop() {
      await link?.close();
      await notices.close();
      await app.close();
      await running.stop();
    },
  };
}

/** An exchange delivers over TLS only. */
const publicly = (url: string | null | undefined): string | null => (url?.startsWith("https:") === true ? url.replace(/\/$/, "") : null);

/** `central=TOKEN,harbour=TOKEN`; compared by digest, in constant time. */
function deviceTokens(text: string | undefined): (facility: string, token: string) => boolean {
  const digest = (token: string): Buffer => createHash("sha256").update(token).digest();
  const tokens = new Map((text ?? "").split(",").flatMap((part) => {
    const [facility, token] = part.trim().split("=", 2);
    return facility && token ? [[facility, digest(token)] as const] : [];
  }));
  return (facility, token) => {
    const known = tokens.get(facility);
    return known !== undefined && timingSafeEqual(known, digest(token));
  };
}
