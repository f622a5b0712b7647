/** `gatehouse exchange`: the national exchange, a process of its own with a database and keys of its own. */
import { randomUUID } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { type OpenExchange, openExchange } from "../exchange/application/open.ts";
import { type Schedule, startDeliverer } from "../exchange/delivery/deliverer.ts";
import { Operators } from "../exchange/departure/operator.ts";
import { startPaymentTeller } from "../exchange/departure/payments.ts";
import { departureRelay } from "../exchange/departure/relay.ts";
import { registerQuestions } from "../exchange/departure/questions.ts";
import { createServer, type ServerOptions } from "../exchange/http/server.ts";
import { registerDocs } from "../exchange/http/docs.ts";
import { registerWebhooks } from "../exchange/http/webhooks.ts";
import type { OfferedLogin } from "../exchange/pages/contract.ts";
import { type RecordPrinter, registerPages } from "../exchange/pages/server.ts";
import { STANDARD_WEBHOOKS_SCHEDULE } from "../journal/outbox.ts";
import { DAY, HOUR } from "../kernel/instant.ts";
import { isLocale } from "../messages/locale.ts";
import { startPostgres } from "../postgres/postgres.ts";
import { type Clock, systemClock } from "./clock.ts";
import type { Logger } from "./log.ts";
import { applyParties, type PartiesFile } from "./exchange-parties.ts";
import { VERSION } from "./version.ts";

export type ExchangeOptions = {
  readonly dataDir: string; readonly databaseUrl: string | undefined; readonly host: string; readonly port: number;
  readonly currency: string; readonly behindTls: boolean; readonly parties: PartiesFile; readonly log: Logger;
  /** Tells the secret of a client that had none, once. */
  readonly tell: (line: string) => void;
  readonly more?: ServerOptions["more"];
  /** Origins that deliveries may go to although they are not public or not https: a sandbox's, a test's. */
  readonly allowedOrigins?: readonly string[];
  readonly schedule?: Schedule;
  /** The sign-in page offers the clients of the file: a demo's, on this machine. */
  readonly offerLogins?: boolean;
  /** Where the built pages are; without them the exchange has none. */
  readonly pagesFolder?: string;
  /** The machine's, unless it runs beside a demo city. */
  readonly clock?: Clock;
};

export type RunningExchange = { readonly url: string; readonly app: FastifyInstance; readonly exchange: OpenExchange; stop(): Promise<void> };

/** Everybody of the file whose secret stands in it. */
const offeredIn = ({ organisations, clients }: PartiesFile): readonly OfferedLogin[] => clients.flatMap(({ id, secret, organisation }) => {
  const of = organisations.find((one) => one.id === organisation);
  return of && secret !== undefined ? [{ client: id, secret, name: of.name, role: of.role }] : [];
});

/** Appeals against a penalty take up to a year; then the plates of a month are erased together. */
const PLATES_KEPT_MS = 365 * DAY;
const ERASE_EVERY_MS = HOUR;

/** The makers of paper are large and seldom needed. */
const printRecord: RecordPrinter = async (record, language, at) =>
  (await import("../documents/session-record.ts")).recordPdf(record, isLocale(language) ? language : "en", at);

export async function startExchange(options: ExchangeOptions): Promise<RunningExchange> {
  const { log, pagesFolder, clock = systemClock } = options;
  const postgres = await startPostgres({
    dataDir: options.dataDir, databaseUrl: options.databaseUrl, log: (text) => log.info(text),
    onGivenUp: (reason) => { log.error(reason.message); process.exit(1); },
  });
  const keyFolder = join(options.dataDir, "keys");
  mkdirSync(keyFolder, { recursive: true, mode: 0o700 });
  const exchange = await openExchange({
    connectionString: postgres.connectionString, keyFolder, clock, newId: () => randomUUID(), currency: options.currency,
  });
  await applyParties(exchange, options.parties, options.tell);
  const policy = { allowedOrigins: options.allowedOrigins ?? [] };
  const newId = (): string => randomUUID();
  const warn = (text: string): void => log.warn(text);
  const operators = new Operators(exchange.departures, clock);
  const app = createServer({
    parts: exchange, log: log.pino, behindTls: options.behindTls,
    relay: departureRelay(exchange, operators, warn),
    more: [
      (server, parts, auth) => registerWebhooks(server, { parts, auth, policy, newId }), registerQuestions, (server) => registerDocs(server, VERSION),
      ...(pagesFolder === undefined ? [] : [(server: FastifyInstance) => registerPages(server, { parts: exchange, pagesFolder, print: printRecord, offered: options.offerLogins === true ? offeredIn(options.parties) : [] })]),
      ...(options.more ?? []),
    ],
  });
  const url = await app.listen({ host: options.host, port: options.port });
  const deliverer = startDeliverer({ parts: exchange, policy, newId, schedule: options.schedule ?? STANDARD_WEBHOOKS_SCHEDULE, warn });
  const teller = startPaymentTeller({ parts: exchange, operators, newId, warn });
  const erase = async (): Promise<void> => {
    const erased = await exchange.store.ring.erase(clock.now() - PLATES_KEPT_MS);
    if (erased.length > 0) log.info(`Plates erased of ${erased.join(", ")}.`);
  };
  await erase();
  const erasing = setInterval(() => { erase().catch((error: unknown) => log.warn(`erasing: ${String(error)}`)); }, ERASE_EVERY_MS);
  return {
    url, app, exchange,
    async stop() {
      clearInterval(erasing);
      await deliverer.close();
      await teller.close();
      await app.close();
      await operators.close();
      await exchange.close();
      await postgres.stop();
    },
  };
}
