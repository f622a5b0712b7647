/** The exchange's HTTP server: edge, tokens, resources, directory; others add their routes behind the same guard. */
import type { FastifyBaseLogger, FastifyInstance } from "fastify";
import type { Parts } from "../application/parts.ts";
import { type Authentication, authentication, registerTokenRoutes } from "./auth.ts";
import { registerContacts } from "./contacts.ts";
import { createEdge } from "./edge.ts";
import { registerErasures } from "./erasures.ts";
import { type ListRelay, registerResources } from "./resources.ts";

export type ServerOptions = {
  readonly parts: Parts;
  readonly log: FastifyBaseLogger;
  /** A proxy in front ends TLS; the exchange itself never answers strangers in plain text. */
  readonly behindTls: boolean;
  readonly relay?: ListRelay;
  /** Webhooks, pages, documents. */
  readonly more?: readonly ((app: FastifyInstance, parts: Parts, auth: Authentication) => void)[];
};

export function createServer({ parts, log, behindTls, relay, more = [] }: ServerOptions): FastifyInstance {
  const app = createEdge({ log, behindTls });
  const auth = authentication(parts.parties, parts.clock);
  app.get("/health", async () => ({ status: "ok", code: 200 }));
  registerTokenRoutes(app, parts.parties, parts.clock);
  registerResources(app, { parts, auth, relay });
  registerContacts(app, parts.parties, auth, parts.clock);
  registerErasures(app, parts, auth);
  for (const add of more) add(app, parts, auth);
  return app;
}
