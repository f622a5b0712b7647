/**
 * The sandbox's web server: its pages, the stream of messages, and the exchange behind the relay on one address.
 *
 *   /sandbox, /assets/*        the pages          /sandbox/world.json   who there is, with credentials
 *   /sandbox/messages          messages live      /sandbox/hooks/ACTOR  where deliveries arrive
 *   /sandbox/operator/ACTOR    the mock operator, asked at departure      /sandbox/departures/ACTOR   its cars, set by the page
 *   /sandbox/hooks/gone        where every delivery is refused for good: dead letters to look at
 *   everything else            the exchange
 */
import { existsSync, readFileSync } from "node:fs";
import { type IncomingMessage, type Server, type ServerResponse, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { basename, extname, join } from "node:path";
import { ACTORS, type ActorId, MESSAGES_PATH, type SandboxWorld, WORLD_PATH } from "./contract.ts";
import { atDesks } from "./desk.ts";
import type { MockOperator } from "./operator.ts";
import { createRelay } from "./relay.ts";
import type { Tap } from "./tap.ts";

const PAGE_POLICY = [
  "default-src 'self'", "style-src 'self' 'unsafe-inline'", "img-src 'self' data:", "object-src 'none'", "base-uri 'none'", "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");
const TYPES: Readonly<Record<string, string>> = { ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".woff2": "font/woff2" };
const GONE_PATH = "/sandbox/hooks/gone";
/** A browser that has seen nothing so long tries again; see the pages' stream. */
const HEARTBEAT_MS = 15_000;
/** An event with one object in it. */
const HOOK_BYTES_MAX = 1024 * 1024;
/** Diagrams open at once; each holds a connection. */
const STREAMS_MAX = 50;

export type SandboxServer = { readonly url: string; stop(): Promise<void> };

export type SandboxServerOptions = {
  readonly host: string; readonly port: number;
  /** Asked for each request: the exchange may start after this server, whose address it has to know. */
  readonly upstream: () => { readonly host: string; readonly port: number };
  readonly world: SandboxWorld; readonly tap: Tap;
  /** Asked at departure, and what the exchange shows them. */
  readonly operators: ReadonlyMap<ActorId, MockOperator>; readonly operatorToken: string;
  /** Where the built pages are. */
  readonly pagesFolder: string;
};

export async function startSandboxServer(options: SandboxServerOptions): Promise<SandboxServer> {
  const { tap, world } = options;
  const actors = new Map(world.actors.map(({ clientId, id }) => [clientId, id]));
  const relay = createRelay({ upstream: options.upstream, tap, partyOfClient: (client) => actors.get(client) ?? "somebody" });
  const streams = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    const path = (request.url ?? "/").split("?")[0] ?? "/";
    if (path === "/") return void response.writeHead(302, { location: "/sandbox" }).end();
    if (path === "/sandbox" || path === "/sandbox/") return sendPage(response, join(options.pagesFolder, "sandbox", "index.html"));
    if (path.startsWith("/assets/")) return sendAsset(response, join(options.pagesFolder, "assets", basename(path)));
    if (path === WORLD_PATH) return sendJson(response, world);
    if (path === MESSAGES_PATH) return stream(request, response, tap, streams);
    // A subscriber that is gone for good: what is sent here is a dead letter at once.
    if (path === GONE_PATH) return void response.writeHead(410).end();
    const hook = /^\/sandbox\/hooks\/(\w+)$/.exec(path)?.[1];
    if (hook !== undefined && isActor(hook)) return void takeDelivery(request, response, hook, tap);
    if (/^\/sandbox\/(operator|departures)\//.test(path)) return void desk(request, response, options);
    return relay(request, response);
  });
  await new Promise<void>((resolve, reject) => { server.once("error", reject).listen(options.port, options.host, resolve); });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${options.host}:${port}`,
    stop: () => stop(server, streams),
  };
}

const isActor = (text: string): text is ActorId => (ACTORS as readonly string[]).includes(text);

function sendPage(response: ServerResponse, file: string): void {
  if (!existsSync(file)) return void response.writeHead(404, { "content-type": "text/plain" }).end("The pages are not built. Run `npm run build`.\n");
  response.writeHead(200, { "content-type": "text/html; charset=utf-8", "content-security-policy": PAGE_POLICY, "cache-control": "no-cache", "x-content-type-options": "nosniff" });
  response.end(readFileSync(file));
}

function sendAsset(response: ServerResponse, file: string): void {
  const type = TYPES[extname(file)];
  if (type === undefined || !existsSync(file)) return void response.writeHead(404).end();
  response.writeHead(200, { "content-type": type, "cache-control": "public, max-age=31536000, immutable", "x-content-type-options": "nosniff" });
  response.end(readFileSync(file));
}

function sendJson(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { "content-type": "application/json", "cache-control": "no-store" }).end(JSON.stringify(value));
}

function stream(request: IncomingMessage, response: ServerResponse, tap: Tap, streams: Set<ServerResponse>): void {
  if (streams.size >= STREAMS_MAX) return void response.writeHead(503, { "retry-after": "5" }).end();
  streams.add(response);
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
  const send = (message: { readonly seq: number }): void => { response.write(`id: ${message.seq}\nevent: message\ndata: ${JSON.stringify(message)}\n\n`); };
  const seen = Number(request.headers["last-event-id"] ?? 0);
  for (const message of tap.since(Number.isFinite(seen) ? seen : 0)) send(message);
  const end = tap.listen(send);
  const beat = setInterval(() => response.write(": still here\n\n"), HEARTBEAT_MS);
  response.write(": open\n\n");
  response.on("close", () => {
    clearInterval(beat);
    end();
    streams.delete(response);
  });
}

/** A delivery is shown by its topic; what is in it stays unread. */
async function takeDelivery(request: IncomingMessage, response: ServerResponse, actor: ActorId, tap: Tap): Promise<void> {
  const began = Date.now();
  let text = "";
  for await (const part of request as AsyncIterable<Buffer>) {
    text += part.toString("utf8");
    if (text.length > HOOK_BYTES_MAX) return void response.writeHead(413).end();
  }
  const topic = /"topic"\s*:\s*"(\w{1,40})"/.exec(text)?.[1] ?? "SystemEvents";
  response.writeHead(200).end();
  tap.record({ at: began, from: "exchange", to: actor, method: "POST", route: topic, status: 200, ms: Date.now() - began, flow: tap.flowAt(began) });
}

async function desk(request: IncomingMessage, response: ServerResponse, { operators, operatorToken: token, tap }: SandboxServerOptions): Promise<void> {
  const taken = await atDesks(request, response, { operators, token, tap }).catch(() => { response.destroy(); return true; });
  if (!taken) response.writeHead(404).end();
}

function stop(server: Server, streams: ReadonlySet<ServerResponse>): Promise<void> {
  for (const response of streams) response.end();
  server.closeAllConnections();
  return new Promise((resolve) => { server.close(() => resolve()); });
}
