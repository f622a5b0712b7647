/**
 * The routes of the five resources, once for each profile:
 *
 *   /places ...               the standard's own, at the root
 *   /v1/parking, /v4/parking  the pilot's: tolerant of versions, answers in the pilot's shapes
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Done, Outcome } from "../application/outcome.ts";
import type { Json, JsonObject } from "../json.ts";
import { isObject } from "../json.ts";
import { KIND, KINDS, type Kind } from "../kind.ts";
import { type ListQuery, type RawQuery, readListQuery } from "../query/listQuery.ts";
import type { Caller } from "../client/caller.ts";
import { type Lint, lintHeader, lintOf } from "../tolerance/deviations.ts";
import { VERSION_MAX } from "../versioning/versions.ts";
import type { Parts } from "../application/parts.ts";
import type { Authentication } from "./auth.ts";
import { isCarriable } from "./edge.ts";
import { pilotBody, pilotDone } from "./pilot.ts";
import { refusalOf, Refused, type ResponseStatus } from "./status.ts";

/** A list that somebody else answers: pay on departure asks the operator. Undefined leaves it to us. */
export type ListRelay = (query: ListQuery, caller: Caller) => Promise<{ readonly status: number; readonly body: object } | undefined>;

export type ResourceOptions = { readonly parts: Parts; readonly auth: Authentication; readonly relay: ListRelay | undefined };

type Profile = { readonly prefix: string; readonly pilot: boolean };
const PROFILES: readonly Profile[] = [{ prefix: "", pilot: false }, { prefix: "/v1/parking", pilot: true }, { prefix: "/v4/parking", pilot: true }];

export function registerResources(app: FastifyInstance, options: ResourceOptions): void {
  for (const profile of PROFILES) {
    void app.register(async (scope) => {
      scope.addHook("onRequest", options.auth.guard(profile.pilot));
      scope.addHook("preValidation", carriable);
      for (const kind of KINDS) new Resource(kind, profile, options).register(scope);
      if (profile.pilot) registerPilotOnly(scope, profile, options);
    });
  }
}

/** The pilot had right specifications directly under /rights, and updated sessions without naming them in the path. */
function registerPilotOnly(scope: FastifyInstance, profile: Profile, options: ResourceOptions): void {
  const specs = new Resource("rightSpecification", profile, options);
  scope.get(`${profile.prefix}/rights/:id`, (request, reply) => specs.get(request, reply, "T3"));
  scope.put(`${profile.prefix}/rights/:id`, (request, reply) => specs.update(request, reply, idIn(request), "T3"));
  const sessions = new Resource("session", profile, options);
  scope.put(`${profile.prefix}/sessions`, (request, reply) => {
    const { id } = isObject(request.body) ? request.body : {};
    if (typeof id !== "string") throw new Refused(400, "missing attribute id");
    return sessions.update(request, reply, id, "T27");
  });
}

async function carriable(request: FastifyRequest): Promise<void> {
  if (!isCarriable(request.query) || !isCarriable(request.params)) throw new Refused(400, "the address is not understood");
}

const ALL_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;

/** Every other method on the address is refused with the list of those that are there. */
export function refuseOtherMethods(app: FastifyInstance, url: string, allowed: readonly (typeof ALL_METHODS)[number][]): void {
  const others = ALL_METHODS.filter((method) => !allowed.includes(method));
  if (others.length === 0) return;
  app.route({ method: others, url, handler: () => { throw new Refused(405, "not with this method", { allow: allowed.join(", ") }); } });
}

class Resource {
  readonly #kind: Kind;
  readonly #profile: Profile;
  readonly #options: ResourceOptions;

  constructor(kind: Kind, profile: Profile, options: ResourceOptions) {
    this.#kind = kind;
    this.#profile = profile;
    this.#options = options;
  }

  register(scope: FastifyInstance): void {
    const path = this.#profile.prefix + KIND[this.#kind].path;
    scope.get(path, (request, reply) => this.list(request, reply));
    scope.post(path, (request, reply) => this.create(request, reply));
    scope.get(`${path}/:id`, (request, reply) => this.get(request, reply));
    scope.put(`${path}/:id`, (request, reply) => this.update(request, reply, idIn(request)));
    scope.patch(`${path}/:id`, (request, reply) => this.update(request, reply, idIn(request), "T2"));
    scope.delete(`${path}/:id`, (request, reply) => this.remove(request, reply));
    const withoutId = this.#profile.pilot && this.#kind === "session" ? ["GET", "POST", "PUT"] as const : ["GET", "POST"] as const;
    refuseOtherMethods(scope, path, withoutId);
    refuseOtherMethods(scope, `${path}/:id`, ["GET", "PUT", "PATCH", "DELETE"]);
  }

  async list(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { parts, auth, relay } = this.#options;
    const caller = auth.callerOf(request);
    const lint = this.#lint();
    const query = readListQuery(this.#kind, request.query as RawQuery, lint, parts.clock.now());
    if (!query.ok) throw new Refused(400, query.error.message);
    const relayed = await relay?.(query.value, caller);
    if (relayed) return reply.status(relayed.status).send(relayed.body);
    const listed = await parts.reads.list(query.value, expandIn(request), caller, lint);
    if (!listed.ok) return this.#refuse(reply, refusalOf(listed.error), lint);
    const { next, data, ...rest } = listed.value;
    if (next !== null) reply.header("link", `<${nextAddress(request, query.value.page + 1, next)}>; rel="next"`);
    return this.#send(reply, 200, { ...rest, data: this.#profile.pilot ? data.map((one) => pilotBody(this.#kind, one)) : data }, lint);
  }

  async get(request: FastifyRequest, reply: FastifyReply, deviation?: "T3"): Promise<FastifyReply> {
    const { parts, auth } = this.#options;
    const lint = this.#lint();
    if (deviation) lint.add(deviation, "path");
    const found = await parts.reads.get(this.#kind, idIn(request), versionIn(request), expandIn(request), auth.callerOf(request), lint);
    if (!found.ok) return this.#refuse(reply, refusalOf(found.error), lint);
    reply.header("etag", `"${found.value.version}"`);
    return this.#send(reply, 200, this.#profile.pilot ? pilotBody(this.#kind, found.value.body) : found.value.body, lint);
  }

  async create(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const options = this.#writeOptions(request);
    return this.#answer(reply, await this.#options.parts.writes.create(this.#kind, bodyOf(request), options), options.lint);
  }

  async update(request: FastifyRequest, reply: FastifyReply, id: string, deviation?: "T2" | "T3" | "T27"): Promise<FastifyReply> {
    const options = this.#writeOptions(request);
    if (deviation) options.lint.add(deviation, "path");
    return this.#answer(reply, await this.#options.parts.writes.update(this.#kind, id, bodyOf(request), options), options.lint);
  }

  async remove(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const options = this.#writeOptions(request);
    return this.#answer(reply, await this.#options.parts.writes.remove(this.#kind, idIn(request), versionIn(request), options), options.lint);
  }

  #writeOptions(request: FastifyRequest): { caller: Caller; lint: Lint; advisoryVersions: boolean; ifMatch: number | null } {
    return { caller: this.#options.auth.callerOf(request), lint: this.#lint(), advisoryVersions: this.#profile.pilot, ifMatch: ifMatchIn(request) };
  }

  #lint(): Lint {
    const lint = lintOf();
    if (this.#profile.pilot) lint.add("T1", "path");
    return lint;
  }

  #answer(reply: FastifyReply, outcome: Outcome, lint: Lint): FastifyReply {
    if (!outcome.ok) return this.#refuse(reply, refusalOf(outcome.error), lint);
    const done = outcome.value;
    if (done.replayed) reply.header("idempotent-replay", "true");
    if (this.#profile.pilot) return this.#send(reply, 200, pilotDone(this.#kind, done), lint);
    const code = done.what === "created" ? KIND[this.#kind].createdStatus : 200;
    if (done.what === "created") reply.header("location", `${KIND[this.#kind].path}/${encodeURIComponent(done.id)}`);
    return this.#send(reply, code, { status: "ok", code, message: messageOf(this.#kind, done, lint) }, lint);
  }

  #refuse(reply: FastifyReply, body: ResponseStatus, lint: Lint): FastifyReply {
    return this.#send(reply, body.code, body, lint);
  }

  #send(reply: FastifyReply, status: number, body: object, lint: Lint): FastifyReply {
    if (lint.warnings.length > 0) reply.header("x-lint", lintHeader(lint.warnings));
    return reply.status(status).type("application/json; charset=utf-8").send(JSON.stringify(body));
  }
}

function messageOf(kind: Kind, done: Done, lint: Lint): string {
  const what = done.what === "unchanged" ? "is as sent; nothing to update" : `${done.what} successfully`;
  const warnings = lint.warnings.map(({ id, at, detail }) => `${id} ${at}: ${detail}`);
  return [`${KIND[kind].className} ${what}.`, ...(done.message === undefined ? [] : [`${done.message}.`]), ...(warnings.length > 0 ? [`Accepted with ${warnings.join("; ")}`] : [])].join(" ");
}

const idIn = (request: FastifyRequest): string => (request.params as { readonly id: string }).id;
const bodyOf = (request: FastifyRequest): Json => (request.body === undefined ? null : (request.body as Json));

function queryText(request: FastifyRequest, name: string): string | null {
  const value = (request.query as RawQuery)[name];
  return typeof value === "string" ? value : value?.at(-1) ?? null;
}

function versionIn(request: FastifyRequest): number | null {
  const text = queryText(request, "version");
  if (text === null) return null;
  const version = Number(text);
  if (!/^\d{1,10}$/.test(text) || version < 1 || version > VERSION_MAX) throw new Refused(400, `version: a whole number from 1 to ${VERSION_MAX}`);
  return version;
}

function ifMatchIn({ headers }: FastifyRequest): number | null {
  const header = headers["if-match"];
  if (header === undefined || header === "*") return null;
  const match = /^"?(\d{1,10})"?$/.exec(header);
  if (!match) throw new Refused(400, 'If-Match: a version in quotation marks, as "3"');
  return Number(match[1]);
}

const expandIn = (request: FastifyRequest): readonly string[] =>
  (queryText(request, "expand") ?? "").split(",").map((one) => one.trim()).filter((one) => one !== "").slice(0, 50);

function nextAddress(request: FastifyRequest, page: number, after: number): string {
  const query = new URLSearchParams(Object.entries(request.query as JsonObject).filter((entry): entry is [string, string] => typeof entry[1] === "string"));
  query.set("page", String(page));
  query.set("after", String(after));
  return `${request.url.split("?")[0] ?? ""}?${query.toString()}`;
}

