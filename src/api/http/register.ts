/**
 * Turns the table of routes into served routes.
 *
 *   access (before the body is read) -> params, query, body by their schemas -> handler -> JSON | document | stream | problem
 *
 * Promise: a route without a handler does not compile; nothing is coerced; what a schema does not know is
 * refused; every refusal and every error leaves as problem+json.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { z } from "zod";
import { localeOf } from "../../messages/locale.ts";
import { type Access, emptyBody, type RouteShape } from "../contract/route.ts";
import { type RouteName, type Routes, routes } from "../contract/routes.ts";
import type { Locale } from "../contract/words.ts";
import type { HolderLogins, HolderWho } from "../logins/holder-logins.ts";
import type { Logins, Who } from "../logins/logins.ts";
import { tokenOf } from "../logins/cookie.ts";
import { openStream } from "../live/stream.ts";
import { schemaTrouble, trouble, type Trouble } from "./problem.ts";
import { sendTrouble } from "./send-trouble.ts";
import type { Asked, Reply, RouteHandler } from "./reply.ts";

export const API_PREFIX = "/api/v1";

export type Handlers = { readonly [Name in RouteName]: RouteHandler<Routes[Name]> };

export type RegisterOptions = {
  readonly logins: Logins;
  readonly holderLogins: HolderLogins;
  readonly demo: boolean;
  readonly secureCookies: boolean;
  /** Whether the bearer token opens the device routes of this facility. */
  readonly deviceMayAct: (facility: string, token: string) => boolean;
  /** In tests every answer is read back by its schema; in the product it is sent as it is. */
  readonly checkAnswers?: boolean;
};

/** Opaque to us; as long as the longest random id in use. */
const IDEMPOTENCY_KEY = /^[A-Za-z0-9_-]{8,100}$/;

export function registerRoutes(app: FastifyInstance, handlers: Handlers, options: RegisterOptions): void {
  for (const name of Object.keys(routes) as RouteName[]) {
    const route: RouteShape = routes[name];
    if (route.demo && !options.demo) continue;
    // The table's key ties route and handler together; TypeScript cannot follow that through the loop.
    register(app, route, handlers[name] as unknown as RouteHandler<RouteShape>, options);
  }
}

function register(app: FastifyInstance, route: RouteShape, handler: RouteHandler<RouteShape>, options: RegisterOptions): void {
  const callers = new WeakMap<FastifyRequest, Caller>();
  app.route({
    method: route.method,
    url: API_PREFIX + route.path,
    onRequest: async (request, reply) => {
      const caller = callerOf(request, route.access, options);
      if ("trouble" in caller) return sendTrouble(reply, caller.trouble);
      callers.set(request, caller);
    },
    handler: async (request, reply) => {
      const asked = read(route, request, callers.get(request) ?? NOBODY);
      if ("trouble" in asked) return sendTrouble(reply, asked.trouble);
      return send(route, request, reply, await handler(asked.asked), options);
    },
  });
}

type Caller = { readonly who: Who | null; readonly holder: HolderWho | null; readonly token: string | null };
const NOBODY: Caller = { who: null, holder: null, token: null };

function callerOf(request: FastifyRequest, access: Access, options: RegisterOptions): Caller | { readonly trouble: Trouble } {
  if (access === "device") return deviceOf(request, options);
  if (access === "holder") return holderOf(request, options);
  const token = tokenOf(request.headers.cookie, options.secureCookies);
  const who = token === null ? null : options.logins.whoOf(token);
  if (access === "public") return { ...NOBODY, who, token };
  if (!who) return { trouble: trouble("notLoggedIn", undefined, { next: "Log in, then try again." }) };
  if (access !== "anyone" && !access.some((role) => who.account.roles.includes(role))) {
    return { trouble: trouble("notAllowed", `This needs one of: ${access.join(", ")}.`, { next: "Ask somebody with that role." }) };
  }
  return { ...NOBODY, who, token };
}

/** A login to My parking; a staff login is none, whatever its role. */
function holderOf(request: FastifyRequest, options: RegisterOptions): Caller | { readonly trouble: Trouble } {
  const token = tokenOf(request.headers.cookie, options.secureCookies, "holder");
  const holder = token === null ? null : options.holderLogins.whoOf(token);
  return holder ? { ...NOBODY, holder, token } : { trouble: trouble("notLoggedIn", undefined, { next: "Log in to My parking, then try again." }) };
}

function deviceOf(request: FastifyRequest, options: RegisterOptions): Caller | { readonly trouble: Trouble } {
  const params = request.params as { readonly facility?: string };
  const bearer = /^Bearer ([A-Za-z0-9_-]{20,200})$/.exec(request.headers.authorization ?? "")?.[1];
  const allowed = bearer !== undefined && params.facility !== undefined && options.deviceMayAct(params.facility, bearer);
  return allowed ? NOBODY : { trouble: trouble("deviceUnknown") };
}

function read(route: RouteShape, request: FastifyRequest, caller: Caller): { readonly asked: Asked<RouteShape> } | { readonly trouble: Trouble } {
  const params = route.params?.safeParse(request.params);
  if (params && !params.success) return { trouble: trouble("notFound") };
  const query = route.query?.safeParse(request.query);
  if (query && !query.success) return { trouble: schemaTrouble("queryNotUnderstood", query.error.issues) };
  const body = readBody(route.body, request.body);
  if (!body.success) return { trouble: schemaTrouble("bodyNotUnderstood", body.error.issues) };
  const key = request.headers["idempotency-key"];
  if (key !== undefined && (typeof key !== "string" || !IDEMPOTENCY_KEY.test(key))) {
    return { trouble: trouble("requestNotUnderstood", "Idempotency-Key: 8 to 100 letters, digits, - or _") };
  }
  const lastEventId = request.headers["last-event-id"];
  return {
    asked: {
      params: params?.data ?? {}, query: query?.data ?? {}, body: body.data, who: caller.who, holder: caller.holder, actor: caller.who?.account.id ?? caller.holder?.account ?? null,
      address: request.ip, key: key ?? null, locale: localeOfRequest(request, query?.data), token: caller.token,
      lastEventId: typeof lastEventId === "string" ? lastEventId : null,
    } as Asked<RouteShape>,
  };
}

/** A route without a body takes none, or an empty object. */
function readBody(schema: z.ZodType | undefined, body: unknown): z.ZodSafeParseResult<unknown> {
  if (schema) return schema.safeParse(body);
  return emptyBody.safeParse(body ?? undefined);
}

function localeOfRequest(request: FastifyRequest, query: Record<string, unknown> | undefined): Locale {
  const asked = query?.["locale"];
  return asked === "en" || asked === "de" ? asked : localeOf(request.headers["accept-language"]);
}

async function send(route: RouteShape, request: FastifyRequest, reply: FastifyReply, given: Reply<RouteShape>, options: RegisterOptions): Promise<FastifyReply> {
  if ("trouble" in given) return sendTrouble(reply, given.trouble);
  if ("stream" in given) return openStream(request, reply, given.stream);
  reply.header("cache-control", "no-store");
  if ("document" in given) {
    const { media, body, fileName } = given.document;
    if (fileName) reply.header("content-disposition", `attachment; filename="${fileName.replace(/[^A-Za-z0-9._-]/g, "_")}"`);
    return reply.type(media).send(typeof body === "string" ? body : Buffer.from(body));
  }
  if (options.checkAnswers) route.answer.parse(given.answer);
  if (given.cookie) reply.header("set-cookie", given.cookie);
  return reply.type("application/json; charset=utf-8").send(JSON.stringify(given.answer));
}
