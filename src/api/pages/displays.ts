/** Pages in public view that the server words itself: pillar displays and the sign at the entrance. */
import { randomBytes } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { isLocale, localeOf } from "../../messages/locale.ts";
import { pillarPage, signPage } from "../../pages/server/pillar.ts";
import type { Locale } from "../contract/words.ts";
import { publicViewOf } from "../handlers/views.ts";
import { trouble } from "../http/problem.ts";
import { sendTrouble } from "../http/send-trouble.ts";
import type { Site } from "../site.ts";

type Options = { readonly locale: Locale; readonly nonce: string };

export function addDisplayPages(app: FastifyInstance, site: Site): void {
  app.get("/pillar/:facility/:lane", (request, reply) => {
    const { facility, lane } = request.params as { readonly facility: string; readonly lane: string };
    return shown(request, reply, site, facility, (view, options) => pillarPage(view, lane, options));
  });
  app.get("/sign/:facility", (request, reply) => {
    const { facility } = request.params as { readonly facility: string };
    return shown(request, reply, site, facility, signPage);
  });
}

function shown(
  request: FastifyRequest, reply: FastifyReply, site: Site, id: string,
  page: (view: ReturnType<typeof publicViewOf>, options: Options) => string | null,
): FastifyReply {
  const facility = site.facilities.get(id);
  if (!facility) return sendTrouble(reply, trouble("facilityUnknown"));
  const nonce = randomBytes(16).toString("base64");
  const markup = page(publicViewOf(site, facility), { locale: localeOfPage(request), nonce });
  return markup === null ? sendTrouble(reply, trouble("notFound")) : sendMarkup(reply, markup, nonce);
}

export function sendMarkup(reply: FastifyReply, markup: string, nonce: string): FastifyReply {
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'; img-src data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'`;
  return reply.header("content-security-policy", policy).header("cache-control", "no-store").type("text/html; charset=utf-8").send(markup);
}

export function localeOfPage(request: FastifyRequest): Locale {
  const asked = (request.query as { readonly locale?: unknown }).locale;
  return typeof asked === "string" && isLocale(asked) ? asked : localeOf(request.headers["accept-language"]);
}
