/**
 * The HTTP edge of the exchange: limits, strict JSON, one shape of refusal. Nothing a stranger sends becomes a
 * 5xx, and no log line carries a query string: plates travel in them.
 */
import { isUtf8 } from "node:buffer";
import Fastify, { LogController, type FastifyBaseLogger, type FastifyError, type FastifyInstance, type FastifyReply } from "fastify";
import { readStrictJson } from "../../kernel/strictJson.ts";
import { refusal, Refused } from "./status.ts";

/** Headers must be complete; then headers and body; a connection that says nothing at all. */
const HEADERS_TIMEOUT_MS = 5_000;
const REQUEST_TIMEOUT_MS = 10_000;
const CONNECTION_TIMEOUT_MS = 15_000;
const KEEP_ALIVE_TIMEOUT_MS = 5_000;
const CONNECTIONS_CHECK_MS = 1_000;
const CONNECTIONS_MAX = 5_000;
/** A rate table of a city with its recurring periods is the largest honest body. */
export const BODY_BYTES_MAX = 262_144;
const HEADER_BYTES_MAX = 16_384;
/** A qualification inside an eligibility inside a specification nests 12 deep. */
const JSON_LIMITS = { depth: 24, items: 20_000 };
/** An id has 255 characters, each up to four bytes, each byte three characters in a URL. */
const PARAM_CHARS_MAX = 3_100;
/** Requests being answered; more are told to come again, so that those inside finish. */
const IN_FLIGHT_MAX = 512;

export type EdgeOptions = { readonly log: FastifyBaseLogger; readonly behindTls: boolean };

export function createEdge({ log, behindTls }: EdgeOptions): FastifyInstance {
  const app = Fastify({
    loggerInstance: log,
    // Our own line leaves out the query; theirs would have it.
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: behindTls ? "loopback, linklocal, uniquelocal" : false,
    requestTimeout: REQUEST_TIMEOUT_MS, connectionTimeout: CONNECTION_TIMEOUT_MS, keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    bodyLimit: BODY_BYTES_MAX,
    routerOptions: { maxParamLength: PARAM_CHARS_MAX },
    // An address that no route can be looked up for: broken escapes, an id longer than any.
    frameworkErrors: (error, _request, reply) => {
      const code = error.statusCode === 414 ? 414 : 400;
      const plain = reply as FastifyReply;
      void plain.status(code).send(refusal(code, code === 414 ? "the address is too long" : "the address is not understood"));
    },
    http: { headersTimeout: HEADERS_TIMEOUT_MS, maxHeaderSize: HEADER_BYTES_MAX, connectionsCheckingInterval: CONNECTIONS_CHECK_MS, insecureHTTPParser: false },
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false, useDefaults: false } },
    forceCloseConnections: true,
  });
  app.server.maxConnections = CONNECTIONS_MAX;
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/json", { parseAs: "buffer" }, (request, body, done) => {
    const text = textIn(body as Buffer, request.headers["content-type"] ?? "");
    if (text === undefined) return done(new Refused(400, "the body is no text in UTF-8"), undefined);
    if (text === "") return done(null, undefined);
    const read = readStrictJson(text, JSON_LIMITS);
    if (!read.ok) return done(new Refused(400, READ_PROBLEMS[read.error]), undefined);
    if (!isCarriable(read.value)) return done(new Refused(400, "a text of the body has characters that no text has"), undefined);
    return done(null, read.value);
  });
  addErrors(app);
  addShedding(app);
  addLog(app);
  return app;
}

/** What is no UTF-8 is refused: read with replacements, one plate would become another. */
function textIn(body: Buffer, contentType: string): string | undefined {
  const charset = /;\s*charset="?([^\s;"]+)/i.exec(contentType)?.[1];
  return (charset === undefined || /^(utf-?8|us-ascii)$/i.test(charset)) && isUtf8(body) ? body.toString("utf8") : undefined;
}

const READ_PROBLEMS = {
  notJson: "the body is no JSON", tooDeep: "the body nests too deep", tooManyItems: "the body has too many members",
  duplicateKey: "the body has a member twice", forbiddenKey: "the body has a forbidden member", numberNotExact: "a number of the body cannot be kept exactly",
} as const;

const UNCARRIABLE = /\0|\p{Cs}/u;

/** No text with a zero character or half a character: no store could give it back as it was. */
export function isCarriable(value: unknown): boolean {
  if (typeof value === "string") return !UNCARRIABLE.test(value);
  if (typeof value !== "object" || value === null) return true;
  return Object.entries(value).every(([member, one]) => isCarriable(member) && isCarriable(one));
}

function addErrors(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    if (error instanceof Refused) return reply.status(error.body.code).headers(error.headers).send(error.body);
    const status = error.statusCode ?? 500;
    if (status === 413) return reply.status(413).send(refusal(413, `the body is larger than ${BODY_BYTES_MAX} bytes`));
    if (status === 415) return reply.status(415).send(refusal(415, "bodies are application/json"));
    if (status >= 400 && status < 500) return reply.status(status).send(refusal(status, "the request is not understood"));
    // Class 22 of SQL: a value of the right shape that a column cannot hold.
    if (error.code?.startsWith("22") === true) return reply.status(400).send(refusal(400, "a value of the request cannot be kept"));
    request.log.error({ code: error.code, route: request.routeOptions.url ?? "?" }, `our own error: ${error.name}`);
    if (isStoreTrouble(error)) return reply.status(503).header("retry-after", "2").send(refusal(503, "the store does not answer; send the same request again"));
    return reply.status(500).send(refusal(500, "our own error"));
  });
  app.setNotFoundHandler((_request, reply) => reply.status(404).send(refusal(404, "no such address")));
}

/** Connection lost, server starting or out of connections, statement or lock time-out. */
function isStoreTrouble(error: { readonly code?: string; readonly message: string }): boolean {
  return /^(08|53|57|58|55P03|25006|ECONN|ENOENT|EPIPE|ETIMEDOUT)/.test(error.code ?? "") || /timeout|terminated|Connection/.test(error.message);
}

function addShedding(app: FastifyInstance): void {
  let inFlight = 0;
  app.addHook("onRequest", async (_request, reply) => {
    inFlight += 1;
    reply.raw.once("close", () => (inFlight -= 1));
    if (inFlight > IN_FLIGHT_MAX) throw new Refused(503, "too many requests at once", { "retry-after": "1" });
  });
}

function addLog(app: FastifyInstance): void {
  app.addHook("onResponse", async (request, reply) => {
    request.log.debug({ method: request.method, route: request.routeOptions.url ?? "?", status: reply.statusCode, ms: Math.round(reply.elapsedTime) }, "request");
  });
}
