/**
 * People sign in with a client of their organisation: the exchange knows organisations, and who of them looks is theirs to
 * know (docs/exchange/pages.md). A login is a random token in a cookie that scripts cannot read; it reads as its
 * client does, through both walls, and no bearer token opens these routes nor the other way round.
 *
 * Promise: a request that changes anything comes from our own pages. The cookie is not sent from other sites, a body is
 * JSON, and an origin that is told is our own.
 */
import type { FastifyReply, FastifyRequest } from "fastify";
import { SECOND } from "../../kernel/instant.ts";
import type { Caller } from "../client/caller.ts";
import { type Budget, budgets, spend } from "../http/auth.ts";
import { PAGE_LOGIN_LIFE_MS, type Login, type Parties } from "../store/parties.ts";
import type { Clock } from "../store/store.ts";
import type { SignIn, Who } from "./contract.ts";
import { refusedWith } from "./reasons.ts";

const NAME = "gatehouse-exchange";
const TOKEN = /^[A-Za-z0-9_-]{43}$/;
/** Wrong secrets from one address: a secret of 256 bits is not guessed, one from a file has 16 characters at least. */
const SIGN_INS_PER_SECOND = 0.5;
const SIGN_INS_BURST_SECONDS = 40;
/** Each near miss is some hundred look-ups; a person types no faster for long. */
const SIMILAR_PER_SECOND = 1;
const SIMILAR_BURST_SECONDS = 40;
/** Longer than any id or secret we make or take. */
const CREDENTIAL_CHARS_MAX = 255;

export class PageLogins {
  readonly #parties: Parties;
  readonly #signIns: Budget;
  /** As many as the client may ask of the API, in a bucket of its own: people do not starve machines. */
  readonly #requests: Budget;
  readonly #similar: Budget;
  readonly #logins = new WeakMap<FastifyRequest, Login>();

  constructor(parties: Parties, clock: Clock) {
    this.#parties = parties;
    this.#signIns = budgets(clock, SIGN_INS_BURST_SECONDS);
    this.#requests = budgets(clock);
    this.#similar = budgets(clock, SIMILAR_BURST_SECONDS);
  }

  async signIn(request: FastifyRequest, reply: FastifyReply, { client, secret }: SignIn): Promise<void> {
    spend(this.#signIns, request.ip, SIGN_INS_PER_SECOND);
    const readable = [client, secret].every((text) => text.length <= CREDENTIAL_CHARS_MAX && !text.includes("\0"));
    const token = readable ? await this.#parties.openPageLogin(client.trim(), secret.trim()) : undefined;
    if (token === undefined) throw refusedWith("signInRefused");
    reply.header("set-cookie", cookieOf(request, token, PAGE_LOGIN_LIFE_MS / SECOND));
  }

  async signOut(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const token = tokenIn(request);
    if (token !== undefined) await this.#parties.closePageLogin(token);
    reply.header("set-cookie", cookieOf(request, "", 0));
  }

  /** A hook: nobody gets on without a login, or above the budget of its people. */
  readonly guard = async (request: FastifyRequest): Promise<void> => {
    const login = await this.#loginOf(request);
    if (!login) throw refusedWith("notSignedIn");
    spend(this.#requests, login.caller.client, login.requestsPerSecond);
    this.#logins.set(request, login);
  };

  async who(request: FastifyRequest): Promise<Who | null> {
    const login = await this.#loginOf(request);
    if (!login) return null;
    const { client, organisation, role } = login.caller;
    const [found] = (await this.#parties.organisations([role])).filter(({ id }) => id === organisation);
    return { client, organisation, role, name: found?.name ?? organisation, until: login.expiresAt };
  }

  /** Whether near misses are in budget now; a look-up is answered without them. */
  mayAskSimilar(request: FastifyRequest): boolean {
    return this.#similar(this.callerOf(request).client, SIMILAR_PER_SECOND) === 0;
  }

  /** Of a request that passed `guard`. */
  callerOf(request: FastifyRequest): Caller {
    const login = this.#logins.get(request);
    if (!login) throw refusedWith("notSignedIn");
    return login.caller;
  }

  async #loginOf(request: FastifyRequest): Promise<Login | undefined> {
    const token = tokenIn(request);
    return token === undefined ? undefined : await this.#parties.loginOfPage(token);
  }
}

/** A hook for everything under the pages' prefix. */
export async function ownSiteOnly(request: FastifyRequest): Promise<void> {
  if (request.method === "GET" || request.method === "HEAD") return;
  const site = request.headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin") throw refusedWith("otherSite");
  const { origin } = request.headers;
  if (site === undefined && origin !== undefined && hostOf(origin) !== request.host) throw refusedWith("otherSite");
}

function hostOf(origin: string): string | null {
  try { return new URL(origin).host; } catch { return null; }
}

/** Behind TLS the prefix binds the cookie to this host; on a laptop without TLS there is no such cookie. */
const nameFor = ({ protocol }: FastifyRequest): string => (protocol === "https" ? `__Host-${NAME}` : NAME);

const cookieOf = (request: FastifyRequest, token: string, seconds: number): string =>
  `${nameFor(request)}=${token}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${seconds}${request.protocol === "https" ? "; Secure" : ""}`;

function tokenIn(request: FastifyRequest): string | undefined {
  for (const part of (request.headers.cookie ?? "").split(";", 50)) {
    const [name, value] = part.trim().split("=", 2);
    if (name === nameFor(request) && value !== undefined && TOKEN.test(value)) return value;
  }
  return undefined;
}
