/**
 * Where an exchange reaches us: its webhook rings, and it asks what a car owes.
 *
 *   POST /exchange/events                                    signed as Standard Webhooks
 *   GET  /exchange/operator/sessions, PUT .../sessions/{id}  Bearer token of the operator's endpoint
 *
 * Plates come over TLS or from this machine, and are in no log: paths are logged without their query.
 */
import { createHash, timingSafeEqual } from "node:crypto";
import { BlockList, isIPv6 } from "node:net";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { EVENTS_PATH, type ExchangeFace } from "./exchange-inward.ts";

const OPERATOR_PATH = "/exchange/operator";
/** A batch of a hundred fully expanded rights. */
const EVENT_BYTES_MAX = 1_000_000;
const PAYMENT_BYTES_MAX = 262_144;

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

/** @param token null: we are asked through questions that we fetch, and nobody is answered here */
export function addExchangeEndpoint(app: FastifyInstance, exchange: { readonly face: ExchangeFace | null }, token: string | null): void {
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", { parseAs: "string" }, (_request, body, done) => done(null, body));
    scope.addHook("onRequest", async (request, reply) => {
      if (!exchange.face) return refuse(reply, 404, "no exchange is linked");
      if (request.protocol !== "https" && !isThisMachine(request.ip)) return refuse(reply, 403, "over TLS only");
      if (request.url.startsWith(OPERATOR_PATH) && !mayAsk(request, token)) return refuse(reply, 401, "a bearer token is needed");
    });
    scope.post(EVENTS_PATH, { bodyLimit: EVENT_BYTES_MAX }, async (request, reply) => {
      const header = (name: string): string | undefined => [request.headers[name]].flat()[0];
      const heard = exchange.face?.hear({
        id: header("webhook-id"), timestamp: header("webhook-timestamp"), signature: header("webhook-signature"), body: textOf(request.body),
      });
      return heard === "rung" || heard === "repeated" ? reply.status(204).send() : refuse(reply, 401, "not signed as agreed");
    });
    for (const [method, path] of [["GET", "/sessions"], ["PUT", "/sessions/:id"]] as const) {
      scope.route({ method, url: OPERATOR_PATH + path, bodyLimit: PAYMENT_BYTES_MAX, handler: async (request, reply) => {
        const { face } = exchange;
        if (!face) return refuse(reply, 404, "no exchange is linked");
        const answered = await face.answer({ method: request.method, path: request.url.slice(OPERATOR_PATH.length), body: textOf(request.body) });
        return reply.status(answered.status).header("cache-control", "no-store").type("application/json; charset=utf-8").send(JSON.stringify(answered.body));
      } });
    }
  });
}

const textOf = (body: unknown): string => (typeof body === "string" ? body : "");

const refuse = (reply: FastifyReply, code: number, message: string): FastifyReply =>
  reply.status(code).type("application/json; charset=utf-8").send(JSON.stringify({ status: "error", code, message }));

const isThisMachine = (address: string): boolean => loopback.check(address.replace(/^::ffff:/i, ""), isIPv6(address) && !/^::ffff:/i.test(address) ? "ipv6" : "ipv4");

/** In constant time, and as long where there is no token. */
function mayAsk(request: FastifyRequest, token: string | null): boolean {
  const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
  const given = /^Bearer ([A-Za-z0-9_-]{20,200})$/.exec(request.headers.authorization ?? "")?.[1] ?? "";
  return timingSafeEqual(digest(given), digest(token ?? "")) && token !== null;
}
