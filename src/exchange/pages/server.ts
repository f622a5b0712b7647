/**
 * The pages of the exchange: one page for the browser, and what it asks for.
 *
 *   /pages, /assets/*           the built page
 *   /pages-api/login            who is signed in; sign in, sign out
 *   /pages-api/places, .../offers      free spaces and prices
 *   /pages-api/sessions/search, /pages-api/sessions/:id (.pdf)      the session viewer; a plate is in a body, never in an address
 *   /pages-api/look-up          enforcement on foot
 *   /pages-api/partners, clients, deliveries
 */
import { existsSync, readFileSync } from "node:fs";
import { basename, extname, join } from "node:path";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Result } from "../../kernel/result.ts";
import type { Parts } from "../application/parts.ts";
import type { Caller } from "../client/caller.ts";
import type { RawQuery } from "../query/listQuery.ts";
import { availability, offersAt } from "./availability.ts";
import type { OfferedLogin, PageReason, SessionRecord, WhoAnswer } from "./contract.ts";
import { lookUp, lookUpPlaces } from "./lookUp.ts";
import { ownSiteOnly, PageLogins } from "./login.ts";
import { addClient, deliveries, partners, replay, revokeClient, rotateSecret } from "./office.ts";
import { readLookUp, readNewClient, readSearch, readSignIn } from "./read.ts";
import { Refused } from "../http/status.ts";
import { refusedWith } from "./reasons.ts";
import { searchSessions, sessionRecord } from "./records.ts";

/** A record on paper, in the language asked for. */
export type RecordPrinter = (record: SessionRecord, language: string, printedAt: number) => Promise<Buffer>;

export type PagesOptions = {
  readonly parts: Parts; readonly pagesFolder: string; readonly print: RecordPrinter;
  /** Clients that anybody who comes to the sign-in page may use: a demo's. */
  readonly offered?: readonly OfferedLogin[];
};

const POLICY = [
  "default-src 'self'", "img-src 'self' data:", "object-src 'none'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'",
].join("; ");
const TYPES: Readonly<Record<string, string>> = { ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".woff2": "font/woff2" };
const API = "/pages-api";

export function registerPages(app: FastifyInstance, options: PagesOptions): void {
  registerFiles(app, options.pagesFolder);
  const logins = new PageLogins(options.parts.parties, options.parts.clock);
  void app.register(async (scope) => {
    scope.addHook("onRequest", ownSiteOnly);
    scope.addHook("onSend", async (_request, reply) => { reply.header("cache-control", "no-store"); });
    scope.get(`${API}/login`, async (request): Promise<WhoAnswer> => {
      const who = await logins.who(request);
      return { who, offered: who === null ? options.offered ?? [] : [] };
    });
    scope.post(`${API}/login`, async (request, reply) => {
      await logins.signIn(request, reply, readSignIn(request.body));
      return {};
    });
    scope.delete(`${API}/login`, async (request, reply) => {
      await logins.signOut(request, reply);
      return {};
    });
    void scope.register(async (inside) => {
      inside.addHook("onRequest", logins.guard);
      registerReads(inside, options, logins);
      registerOffice(inside, options.parts, (request) => logins.callerOf(request));
    });
  });
}

function registerReads(app: FastifyInstance, { parts, print }: PagesOptions, logins: PageLogins): void {
  const caller = (request: FastifyRequest): Caller => logins.callerOf(request);
  app.get(`${API}/places`, async (request) => {
    const { text = "", free = "", latitude, longitude, radius } = request.query as RawQuery;
    const near = latitude === undefined ? {} : { latitude, longitude, radius };
    return worked(await availability(parts, { text: String(text).trim(), free: free === "1", near }, caller(request)));
  });
  app.get(`${API}/places/:id/offers`, async (request) => {
    const offers = await offersAt(parts, idIn(request), caller(request));
    if (!offers) throw refusedWith("noPlace");
    return offers;
  });
  app.post(`${API}/sessions/search`, async (request) => {
    const search = readSearch(request.body);
    if (search.similar === true && !logins.mayAskSimilar(request)) throw new Refused(429, "too many requests", { "retry-after": "2" });
    return worked(await searchSessions(parts, search, caller(request)));
  });
  app.get(`${API}/sessions/:id`, async (request) => await recordFor(request));
  app.get(`${API}/sessions/:id/pdf`, async (request, reply) => {
    const record = await recordFor(request);
    const { lang = "en" } = request.query as { readonly lang?: unknown };
    const pdf = await print(record, String(lang), parts.clock.now());
    return reply.type("application/pdf").header("content-disposition", `inline; filename="${fileName(record)}"`).send(pdf);
  });
  app.get(`${API}/look-up/places`, async (request) => await lookUpPlaces(parts, caller(request)));
  app.post(`${API}/look-up`, async (request) => {
    const by = caller(request);
    return worked(await lookUp(parts, readLookUp(request.body), by, by.role === "operator" && logins.mayAskSimilar(request)));
  });

  async function recordFor(request: FastifyRequest): Promise<SessionRecord> {
    const record = await sessionRecord(parts, idIn(request), caller(request));
    if (!record) throw refusedWith("noRecord");
    return record;
  }
}

function registerOffice(app: FastifyInstance, parts: Parts, caller: (request: FastifyRequest) => Caller): void {
  app.get(`${API}/partners`, async (request) => await partners(parts, caller(request)));
  app.post(`${API}/clients`, async (request) => worked(await addClient(parts, readNewClient(request.body), caller(request))));
  app.post(`${API}/clients/:id/secret`, async (request) => worked(await rotateSecret(parts, idIn(request), caller(request))));
  app.post(`${API}/clients/:id/revoke`, async (request) => worked(await revokeClient(parts, idIn(request), caller(request))) ?? {});
  app.get(`${API}/deliveries`, async (request) => await deliveries(parts, caller(request)));
  app.post(`${API}/deliveries/replay`, async (request) => worked(await replay(parts, null, caller(request))));
  app.post(`${API}/deliveries/:id/replay`, async (request) => {
    if (!/^\d{1,15}$/.test(idIn(request))) throw refusedWith("noDeadLetter");
    return worked(await replay(parts, Number(idIn(request)), caller(request)));
  });
}

function worked<T>(result: Result<T, PageReason>): T {
  if (!result.ok) throw refusedWith(result.error);
  return result.value;
}

const idIn = (request: FastifyRequest): string => (request.params as { readonly id: string }).id;

/** An id may be any text; a file name may not. */
const fileName = ({ row }: SessionRecord): string => `session-${row.id.replaceAll(/[^A-Za-z0-9-]/g, "").slice(0, 60)}.pdf`;

function registerFiles(app: FastifyInstance, folder: string): void {
  app.get("/", (_request, reply) => reply.redirect("/pages"));
  app.get("/pages", (_request, reply) => {
    const file = join(folder, "exchange", "index.html");
    if (!existsSync(file)) return reply.status(404).type("text/plain").send("The pages are not built. Run `npm run build`.\n");
    return reply.type("text/html; charset=utf-8").header("content-security-policy", POLICY).header("cache-control", "no-cache")
      .header("x-content-type-options", "nosniff").header("referrer-policy", "no-referrer").send(readFileSync(file));
  });
  app.get("/assets/:file", (request, reply) => asset(reply, join(folder, "assets", basename((request.params as { readonly file: string }).file))));
}

function asset(reply: FastifyReply, file: string): FastifyReply {
  const type = TYPES[extname(file)];
  if (type === undefined || !existsSync(file)) return reply.status(404).type("text/plain").send("There is no such file.\n");
  return reply.type(type).header("cache-control", "public, max-age=31536000, immutable").header("x-content-type-options", "nosniff").send(readFileSync(file));
}
