/** The web server over a running site: API, pages, documentation. */
import type { FastifyBaseLogger, FastifyInstance } from "fastify";
import { addCameraEndpoint } from "../api/cameras/endpoint.ts";
import { registerRoutes } from "../api/http/register.ts";
import { createEdge } from "../api/http/server.ts";
import { Feed } from "../api/live/feed.ts";
import { addAcknowledgePage } from "../api/pages/acknowledge.ts";
import { addDisplayPages } from "../api/pages/displays.ts";
import { addDocs } from "../api/pages/docs.ts";
import { addBuiltPages } from "../api/pages/files.ts";
import { addMetrics } from "../api/pages/metrics.ts";
import { addPayPage } from "../api/pages/pay.ts";
import { addReceiptPage } from "../api/pages/receipt.ts";
import type { Site } from "../api/site.ts";
import { addExchangeEndpoint } from "./exchange-endpoint.ts";
import { handlersOf } from "./handlers.ts";
import type { RunningSite } from "./site.ts";

export type ServerOptions = {
  readonly site: Site;
  readonly log: FastifyBaseLogger;
  readonly behindTls: boolean;
  /** Where the built pages are. */
  readonly pagesFolder: string;
  readonly deviceMayAct: (facility: string, token: string) => boolean;
  /** Signs the links in fault messages. */
  readonly linkSecret: string;
  /** Opens `/metrics` to who is not on this machine. */
  readonly metricsToken?: string | undefined;
  readonly checkAnswers?: boolean;
  /** Where an exchange reaches us; `operatorToken` null: it does not ask here. */
  readonly exchange?: { readonly at: RunningSite["exchange"]; readonly operatorToken: string | null };
};

export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const { site } = options;
  const app = createEdge({ log: options.log, behindTls: options.behindTls });
  const feed = new Feed(site);
  app.addHook("onClose", () => feed.close());
  app.addHook("onSend", async (_request, reply) => {
    reply.header("x-content-type-options", "nosniff").header("referrer-policy", "no-referrer").header("cross-origin-opener-policy", "same-origin");
  });
  registerRoutes(app, handlersOf(site, feed), {
    logins: site.logins, holderLogins: site.holderLogins, demo: site.demo, secureCookies: site.secureCookies, deviceMayAct: options.deviceMayAct,
    ...(options.checkAnswers === undefined ? {} : { checkAnswers: options.checkAnswers }),
  });
  addCameraEndpoint(app, site);
  addDisplayPages(app, site);
  addReceiptPage(app, site);
  addPayPage(app, site, options.linkSecret);
  await addAcknowledgePage(app, site, options.linkSecret);
  if (options.exchange) addExchangeEndpoint(app, options.exchange.at, options.exchange.operatorToken);
  addMetrics(app, site, options.metricsToken);
  addDocs(app, { version: site.version, demo: site.demo });
  await addBuiltPages(app, options.pagesFolder);
  return app;
}
