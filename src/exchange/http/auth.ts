/**
 * Who asks: OAuth2 client credentials for everybody, the pilot's header under the pilot's prefix. And how
 * often: a budget per client, so that one client's flood is its own trouble.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { DurationMs } from "../../kernel/instant.ts";
import type { Caller } from "../client/caller.ts";
import type { Login, Parties } from "../store/parties.ts";
import type { Clock } from "../store/store.ts";
import { refusal, Refused } from "./status.ts";

const BEARER = /^Bearer ([A-Za-z0-9_-]{20,200})$/i;
const LEGACY = /^[A-Za-z0-9-]{8,200}$/;
/** Wrong secrets from one address, a second: enough for a misconfigured farm, too few to guess. */
const TOKEN_REQUESTS_PER_SECOND = 20;
/** A budget saved up while idle. */
const BURST_SECONDS = 2;
const BUCKETS_MAX = 10_000;

export type Authentication = {
  /** The caller of a request that passed `guard`. */
  callerOf(request: FastifyRequest): Caller;
  /** A hook: lets nobody in without a token, and nobody above their budget. */
  guard(pilot: boolean): (request: FastifyRequest) => Promise<void>;
};

export function authentication(parties: Parties, clock: Clock): Authentication {
  const callers = new WeakMap<FastifyRequest, Caller>();
  const budget = budgets(clock);
  return {
    callerOf: (request) => {
      const caller = callers.get(request);
      if (!caller) throw new Refused(401, "no token");
      return caller;
    },
    guard: (pilot) => async (request) => {
      const login = await loginOf(request, parties, pilot);
      if (!login) throw new Refused(401, "no valid token", { "www-authenticate": "Bearer" });
      spend(budget, login.caller.client, login.requestsPerSecond);
      callers.set(request, login.caller);
    },
  };
}

async function loginOf({ headers }: FastifyRequest, parties: Parties, pilot: boolean): Promise<Login | undefined> {
  const bearer = BEARER.exec(headers.authorization ?? "")?.[1];
  if (bearer !== undefined) return await parties.loginOfToken(bearer);
  const legacy = headers["x-mcc-access-token"];
  return pilot && typeof legacy === "string" && LEGACY.test(legacy) ? await parties.loginOfLegacyToken(legacy) : undefined;
}

export type Budget = (key: string, perSecond: number) => DurationMs;

/** Milliseconds until the next request is in budget; 0 when this one is. */
export function budgets(clock: Clock, burstSeconds = BURST_SECONDS): Budget {
  const buckets = new Map<string, { left: number; at: DurationMs }>();
  return (key, perSecond) => {
    const now = clock.elapsed();
    if (buckets.size > BUCKETS_MAX) buckets.clear();
    const bucket = buckets.get(key) ?? { left: perSecond * burstSeconds, at: now };
    bucket.left = Math.min(perSecond * burstSeconds, bucket.left + ((now - bucket.at) * perSecond) / 1_000);
    bucket.at = now;
    buckets.set(key, bucket);
    if (bucket.left < 1) return ((1 - bucket.left) * 1_000) / perSecond;
    bucket.left -= 1;
    return 0;
  };
}

export function spend(budget: Budget, key: string, perSecond: number): void {
  const wait = budget(key, perSecond);
  if (wait > 0) throw new Refused(
    429, "too many requests", { "retry-after": String(Math.max(1, Math.ceil(wait / 1_000))) }
  );
}

/** `POST /auth`: the platform's token address; `/oauth/token` is where most clients look. */
export function registerTokenRoutes(app: FastifyInstance, parties: Parties, clock: Clock): void {
  const budget = budgets(clock);
  void app.register(async (scope) => {
    scope.addContentTypeParser("application/x-www-form-urlencoded", { parseAs: "string" }, (_request, body, done) => {
      done(null, Object.fromEntries(new URLSearchParams(body.toString())));
    });
    for (const url of ["/auth", "/oauth/token"]) {
      scope.post(url, async (request, reply) => {
        spend(budget, request.ip, TOKEN_REQUESTS_PER_SECOND);
        return await issue(request, reply, parties);
      });
    }
  });
}

async function issue(request: FastifyRequest, reply: FastifyReply, parties: Parties): Promise<FastifyReply> {
  const form = formOf(request.body);
  const basic = basicOf(request.headers.authorization);
  const client = basic?.client ?? form["client_id"];
  const secret = basic?.secret ?? form["client_secret"];
  reply.header("cache-control", "no-store");
  const refuse = (code: number, error: string): FastifyReply => reply.status(code).send({
    ...refusal(code, error.replaceAll("_", " ")), error,
  });
  if (form["grant_type"] !== "client_credentials") return refuse(400, "unsupported_grant_type");
  if (!client || !secret) return refuse(401, "invalid_client");
  const issued = await parties.issueToken(client, secret, form["scope"]);
  if (issued === "invalid_client") return refuse(401, issued);
  if (issued === "invalid_scope") return refuse(400, issued);
  return reply.send({
    access_token: issued.token, token_type: "Bearer", expires_in: issued.expiresInSeconds, scope: issued.scope,
  });
}

function formOf(body: unknown): Readonly<Record<string, string>> {
  if (typeof body !== "object" || body === null) return {};
  return Object.fromEntries(Object.entries(body).filter((entry): entry is [string, string] => typeof entry[1] === "string" && !entry[1].includes("\0")));
}

function basicOf(header: string | undefined): { readonly client: string; readonly secret: string } | undefined {
  const encoded = /^Basic ([A-Za-z0-9+/=]{1,2000})$/i.exec(header ?? "")?.[1];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, "base64").toString("utf8");
  const colon = text.indexOf(":");
  if (colon < 1 || text.includes("\0")) return undefined;
  return { client: decoded(text.slice(0, colon)), secret: decoded(text.slice(colon + 1)) };
}

/** RFC 6749 encodes both halves; most clients do not, and a stray percent sign is then just that. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
