/**
 * The HTTP edge: limits, strict JSON, problems, logs. Routes come from the contract (register.ts), pages and
 * files are added by the caller.
 */
import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from "fastify";

import * as limits from "./limits.ts";
import { readJson } from "./json.ts";
import { trouble, type Trouble } from "./problem.ts";
import { sendTrouble } from "./send-trouble.ts";

export type EdgeOptions = {
  readonly log: FastifyBaseLogger;
  /** A proxy in front ends TLS and tells the caller's address. */
  readonly behindTls: boolean;
};

export function createEdge(options: EdgeOptions): FastifyInstance {
  const app = Fastify({
    loggerInstance: options.log,
    // Our own line leaves out the query; theirs would have it.
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: options.behindTls ? "loopback, linklocal, uniquelocal" : false,
    requestTimeout: limits.REQUEST_TIMEOUT_MS,
    connectionTimeout: limits.CONNECTION_TIMEOUT_MS,
    keepAliveTimeout: limits.KEEP_ALIVE_TIMEOUT_MS,
    bodyLimit: limits.BODY_BYTES_MAX,
    routerOptions: { maxParamLength: limits.PARAM_CHARS_MAX },
    http: {
      headersTimeout: limits.HEADERS_TIMEOUT_MS, maxHeaderSize: limits.HEADER_BYTES_MAX,
      connectionsCheckingInterval: limits.CONNECTIONS_CHECK_MS, insecureHTTPParser: false,
    },
    // Schemas are read by register.ts; a route of Fastify's own without one must not fall back to coercion.
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false, useDefaults: false } },
    forceCloseConnections: true,
  });
  app.server.maxConnections = limits.CONNECTIONS_MAX;
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/json", { parseAs: "string" }, (_request, body, done) => {
    if (body === "") return done(null, undefined);
    const read = readJson(body.toString());
    if (read.ok) return done(null, read.value);
    return done(new TroubleError(trouble(read.error)), undefined);
  });
  addShedding(app);
  addOriginCheck(app);
  addLog(app);
  addErrors(app);
  return app;
}

/** Carries a problem out of a place that can only throw. */
export class TroubleError extends Error {
  override readonly name = "TroubleError";
  readonly trouble: Trouble;
  constructor(found: Trouble) {
    super(found.code);
    this.trouble = found;
  }
}

/** Beyond the limit the newest are told to come again, so that those inside finish; health is always answered. */
function addShedding(app: FastifyInstance): void {
  let inFlight = 0;
  app.addHook("onRequest", async (request, reply) => {
    inFlight += 1;
    reply.raw.once("close", () => (inFlight -= 1));
    if (inFlight > limits.IN_FLIGHT_MAX && !request.url.endsWith("/health")) {
      return sendTrouble(reply, trouble("tooBusy", undefined, { retryAfterSeconds: 1 }));
    }
  });
}

/** A page of another site cannot act with our cookie: it is SameSite=Strict, and this says so twice. */
function addOriginCheck(app: FastifyInstance): void {
  app.addHook("onRequest", async (request, reply) => {
    if (request.method === "GET" || request.method === "HEAD") return;
    const site = request.headers["sec-fetch-site"];
    const origin = request.headers.origin;
    const foreign = (site !== undefined && site !== "same-origin" && site !== "none") || (origin !== undefined && hostOf(origin) !== request.host);
    if (foreign) return sendTrouble(reply, trouble("otherOrigin"));
  });
}

function hostOf(origin: string): string | null {
  try {
    return new URL(origin).host;
  } catch {
    return null;
  }
}

/** The path without its query, which may hold what somebody searched for. */
function addLog(app: FastifyInstance): void {
  app.addHook("onResponse", async (request, reply) => {
    const line = {
      request: request.id, method: request.method, path: request.routeOptions.url ?? "unknown", status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 10) / 10,
    };
    if (reply.statusCode >= 500) request.log.error(line, "answered");
    else request.log.debug(line, "answered");
  });
}

function addErrors(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => {
    if (reply.sent) return reply;
    const found = troubleOf(error);
    if (found.status >= 500) request.log.error({ request: request.id, path: request.routeOptions.url, err: error }, found.title);
    return sendTrouble(reply, found);
  });
}

function troubleOf(error: unknown): Trouble {
  if (error instanceof TroubleError) return error.trouble;
  const status = statusOf(error);
  if (status === 413) return trouble("bodyTooLarge", `Bodies have at most ${limits.BODY_BYTES_MAX} bytes.`);
  if (status === 415) return trouble("mediaNotAccepted");
  if (status !== null && status >= 400 && status < 500) return trouble("requestNotUnderstood");
  return trouble("ourError", "We made an error; it is in our log under this request's number.", { next: "Try again; tell the technician if it stays." });
}

const statusOf = (error: unknown): number | null =>
  typeof error === "object" && error !== null && "statusCode" in error && typeof error.statusCode === "number" ? error.statusCode : null;
