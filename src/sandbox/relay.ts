/**
 * Stands before the exchange and passes everything on, so that the sandbox can show who said what to whom without
 * the exchange knowing of it.
 *
 *   partner -> relay -> exchange        the answer comes back the same way, and one message is recorded
 *
 * Whose token it is, the relay has seen when the token was given out. Nothing of a body is kept.
 */
import { createHash } from "node:crypto";
import { type IncomingMessage, type ServerResponse, request as httpRequest } from "node:http";
import { type Party, FLOW_HEADER } from "./contract.ts";
import { routeOf } from "./route.ts";
import type { Tap } from "./tap.ts";

/** Token requests and their answers are read to know the bearer; they are small. */
const TOKEN_BYTES_MAX = 16 * 1024;
/** Tokens remembered; the oldest are forgotten and then shown as somebody's. */
const TOKENS_MAX = 2_000;
/** Longer than the exchange itself waits for anybody. */
const ANSWER_MS_MAX = 20_000;
const HOP_BY_HOP = new Set(["connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "te", "trailer", "transfer-encoding", "upgrade"]);

export type RelayOptions = {
  readonly upstream: () => { readonly host: string; readonly port: number };
  readonly tap: Tap;
  readonly partyOfClient: (clientId: string) => Party;
};

export function createRelay({ upstream, tap, partyOfClient }: RelayOptions): (request: IncomingMessage, response: ServerResponse) => void {
  const bearers = new Map<string, Party>();
  const learn = (asked: string, answered: string): void => {
    const client = new URLSearchParams(asked).get("client_id");
    const token = accessTokenOf(answered);
    if (client === null || token === null) return;
    bearers.set(digest(token), partyOfClient(client));
    const oldest = bearers.keys().next();
    if (bearers.size > TOKENS_MAX && !oldest.done) bearers.delete(oldest.value);
  };
  return (request, response) => {
    const began = Date.now();
    tap.heard(flowOf(request), began);
    const url = request.url ?? "/";
    const isToken = request.method === "POST" && url.split("?")[0] === "/auth";
    const [asked, answered] = [new Kept(), new Kept()];
    const away = httpRequest({
      ...upstream(), method: request.method, path: url, timeout: ANSWER_MS_MAX,
      headers: passedOn(request.headers),
    });
    // The exchange's own pages speak to their own server, not to a partner.
    const done = (status: number): void => void (/^\/pages(-api)?(\/|\?|$)/.test(url) || tap.record({
      at: began, to: "exchange", method: request.method ?? "", route: routeOf(url), status, ms: Date.now() - began, flow: flowOf(request),
      from: isToken ? partyOfClient(new URLSearchParams(asked.text).get("client_id") ?? "") : bearers.get(digest(bearerOf(request))) ?? "somebody",
    }));
    away.on("response", (answer) => {
      response.writeHead(answer.statusCode ?? 502, passedOn(answer.headers));
      if (isToken) answer.on("data", (part: Buffer) => answered.add(part));
      answer.on("end", () => {
        if (isToken && answer.statusCode === 200) learn(asked.text, answered.text);
        done(answer.statusCode ?? 502);
      });
      answer.pipe(response);
    });
    away.on("timeout", () => away.destroy());
    away.on("error", () => {
      done(502);
      if (response.headersSent) return void response.destroy();
      response.writeHead(502, { "content-type": "application/json" });
      response.end(JSON.stringify({ status: "error", code: 502, message: "the exchange does not answer" }));
    });
    // A partner that goes away takes its request along.
    response.on("close", () => { if (!response.writableFinished) away.destroy(); });
    if (isToken) request.on("data", (part: Buffer) => asked.add(part));
    request.pipe(away);
  };
}

/** The first bytes of a small body. */
class Kept {
  #parts: Buffer[] = [];
  #bytes = 0;

  add(part: Buffer): void {
    this.#bytes += part.length;
    if (this.#bytes <= TOKEN_BYTES_MAX) this.#parts.push(part);
  }

  get text(): string {
    return Buffer.concat(this.#parts).toString("utf8");
  }
}

function passedOn(headers: IncomingMessage["headers"]): Record<string, string | string[]> {
  return Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => (value === undefined || HOP_BY_HOP.has(name) ? [] : [[name, value]])));
}

function flowOf(request: IncomingMessage): string | null {
  const given = request.headers[FLOW_HEADER];
  return typeof given === "string" && /^[a-z0-9-]{1,40}$/.test(given) ? given : null;
}

function bearerOf({ headers }: IncomingMessage): string {
  return /^Bearer (\S+)$/i.exec(headers.authorization ?? "")?.[1] ?? "";
}

const digest = (text: string): string => createHash("sha256").update(text).digest("base64");

function accessTokenOf(body: string): string | null {
  try {
    const read = JSON.parse(body) as { access_token?: unknown } | null;
    return typeof read?.access_token === "string" ? read.access_token : null;
  } catch {
    return null;
  }
}
