/** A problem leaves as problem+json, with the number under which it stands in our log. */
import type { FastifyReply } from "fastify";
import { localeOf } from "../../messages/locale.ts";
import { problemBody, type Trouble } from "./problem.ts";

export function sendTrouble(reply: FastifyReply, found: Trouble): FastifyReply {
  if (found.retryAfterSeconds !== undefined) reply.header("retry-after", String(found.retryAfterSeconds));
  return reply.status(found.status).header("cache-control", "no-store").type("application/problem+json; charset=utf-8")
    .send(JSON.stringify(problemBody(found, reply.request.id, localeOf(reply.request.headers["accept-language"]))));
}
