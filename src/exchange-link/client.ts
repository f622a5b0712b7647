/**
 * A client of any APDS exchange: OAuth2 client credentials, JSON over HTTP.
 *
 *   ask -> token (kept, renewed before it ends, anew after a 401) -> request -> answer | failure
 *
 * Promise: a call ends within its time, reads a bounded answer, never throws for what the other side does, and no
 * failure carries a plate: of a request that names a credential the exchange's own words are not repeated.
 */
import { Pool } from "undici";
import { assert } from "../kernel/assert.ts";
import { type DurationMs, MINUTE, SECOND } from "../kernel/instant.ts";
import { err, ok, type Result } from "../kernel/result.ts";
import { readStrictJson } from "../kernel/strictJson.ts";
import { exchangeUrl } from "./address.ts";
import { isObject, type Json, objectOr, textOf } from "./json.ts";

export type ExchangeCredentials = { readonly clientId: string; readonly secret: string };

export type ExchangeClientOptions = {
  /** Base address, https or localhost; `exchangeUrl` has read it. */
  readonly url: string;
  readonly credentials: ExchangeCredentials;
  /** Counts while the process runs; only differences mean anything. */
  readonly elapsed: () => DurationMs;
};

export type Method = "GET" | "POST" | "PUT" | "DELETE";

export type Ask = {
  readonly method: Method;
  /** With a leading slash; ids in it are encoded by the caller (`pathTo`). */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number>>;
  readonly body?: Json;
  readonly headers?: Readonly<Record<string, string>>;
  /** All in all, the token included. */
  readonly withinMs?: DurationMs;
};

/** `next`: of a list, where it goes on (RFC 8288, rel="next"): the query of that page. */
export type Answer = { readonly status: number; readonly body: Json; readonly next?: Readonly<Record<string, string>> };

export type LinkFailure =
  /** No answer, or one that says "not now": the same request may succeed later. `status` null: no answer at all. */
  | {
    readonly type: "unreachable"; readonly why: "notConnected" | "late" | "busy" | "failing" | "gateway" | "closed";
    readonly status: number | null; readonly retryAfterMs?: DurationMs;
  }
  /** The exchange understood and says no; repeating it changes nothing. `at`: the token or the resource was refused. */
  | { readonly type: "refused"; readonly at: "token" | "resource"; readonly status: number; readonly detail: string | null }
  /** What came back is not what an exchange answers. */
  | { readonly type: "notUnderstood"; readonly why: "notJson" | "tooLarge" | "redirect" | "shape"; readonly status: number | null };

export type ExchangeClient = {
  readonly url: string;
  readonly ask: (ask: Ask) => Promise<Result<Answer, LinkFailure>>;
  /** Ends what is under way. */
  readonly close: () => Promise<void>;
};

/** Somebody who does not take the call in this time is not there. */
const CONNECT_MS_MAX: DurationMs = 3 * SECOND;
export const ANSWER_MS_MAX: DurationMs = 10 * SECOND;
/** A page of a thousand fully expanded sessions. */
const ANSWER_BYTES_MAX = 4_194_304;
const JSON_LIMITS = { depth: 32, items: 400_000 };
/** At once: enough for ten car parks' backlog, few enough not to be a flood. */
const CONNECTIONS_MAX = 8;
/** A token is renewed this long before it ends, or after nine tenths of a short life. */
const RENEW_BEFORE_MS: DurationMs = MINUTE;
/** The standard of OAuth2 leaves the life of a token open. */
const TOKEN_LIFE_MS: DurationMs = 5 * MINUTE;
/** A kept-alive connection may have been closed by the other side just now: tried once more at once, later is the caller's. */
const ATTEMPTS_MAX = 2;
/** A longer pause than this is not believed. */
const PAUSE_MS_MAX: DurationMs = 10 * MINUTE;
const DETAIL_CHARS_MAX = 200;

export const pathTo = (resource: string, id: string): string => `${resource}/${encodeURIComponent(id)}`;

type Token = { readonly text: string; readonly renewAt: DurationMs };
type Reply = { readonly status: number; readonly text: string; readonly retryAfter: string | null; readonly link: string | null };

export function openExchangeClient({ url, credentials, elapsed }: ExchangeClientOptions): ExchangeClient {
  assert(exchangeUrl(url) === url, "the address of an exchange is https or localhost");
  const { origin, pathname } = new URL(url);
  const base = pathname.replace(/\/$/, "");
  const pool = new Pool(origin, { connections: CONNECTIONS_MAX, pipelining: 1, connect: { timeout: CONNECT_MS_MAX } });
  const send = sender(pool, base);
  const tokens = tokenKeeper(send, credentials, elapsed);
  let closed = false;

  const once = async (ask: Ask, until: DurationMs): Promise<Result<Answer, LinkFailure>> => {
    const token = await tokens.current(until);
    if (!token.ok) return token;
    const reply = await send(ask.method, ask.path, ask, { authorization: `Bearer ${token.value}`, ...ask.headers }, until - elapsed());
    if (reply.ok && reply.value.status === 401) tokens.forget(token.value);
    return reply.ok ? answerOf(reply.value, namesCredential(ask)) : reply;
  };
  return {
    url,
    async ask(ask) {
      if (closed) return err(CLOSED);
      const until = elapsed() + (ask.withinMs ?? ANSWER_MS_MAX);
      const first = await once(ask, until);
      if (closed) return err(CLOSED);
      // The token was taken back before its time: one new one.
      return !first.ok && first.error.type === "refused" && first.error.status === 401 && first.error.at === "resource" ? await once(ask, until) : first;
    },
    async close() {
      closed = true;
      await pool.destroy();
    },
  };
}

const CLOSED: LinkFailure = { type: "unreachable", why: "closed", status: null };

type Send = (
  method: Method, path: string, what: Pick<Ask, "query" | "body"> & { readonly form?: string }, headers: Readonly<Record<string, string>>, withinMs: DurationMs,
) => Promise<Result<Reply, LinkFailure>>;

function sender(pool: Pool, base: string): Send {
  return async (method, path, { query, body, form }, headers, withinMs) => {
    const sent = form ?? (body === undefined ? null : JSON.stringify(body));
    const kind = form === undefined ? "application/json; charset=utf-8" : "application/x-www-form-urlencoded";
    const asked = query === undefined ? "" : `?${new URLSearchParams(Object.entries(query).map(([name, value]): [string, string] => [name, String(value)])).toString()}`;
    const signal = AbortSignal.timeout(Math.max(1, Math.ceil(withinMs)));
    for (let attempt = 1; ; attempt++) {
      try {
        const reply = await pool.request({
          method, path: `${base}${path}${asked}`, signal, body: sent,
          headers: { accept: "application/json", ...(sent === null ? {} : { "content-type": kind }), ...headers },
        });
        const text = await bounded(reply.body);
        if (text === null) return err({ type: "notUnderstood", why: "tooLarge", status: reply.statusCode });
        const { "retry-after": after, link } = reply.headers;
        return ok({ status: reply.statusCode, text, retryAfter: typeof after === "string" ? after : null, link: typeof link === "string" ? link : null });
      } catch (error) {
        // Every request may be repeated (DEC-9), so a connection lost on the way is tried anew.
        if (!signal.aborted && attempt < ATTEMPTS_MAX && codeOf(error) !== "UND_ERR_CONNECT_TIMEOUT") continue;
        return err({ type: "unreachable", why: signal.aborted ? "late" : "notConnected", status: null });
      }
    }
  };
}

const codeOf = (error: unknown): unknown => (error instanceof Error && "code" in error ? error.code : null);

async function bounded(body: AsyncIterable<Buffer> & { destroy(): unknown }): Promise<string | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > ANSWER_BYTES_MAX) {
      body.destroy();
      return null;
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** One token for all, asked for once however many wait for it. */
function tokenKeeper(send: Send, { clientId, secret }: ExchangeCredentials, elapsed: () => DurationMs) {
  let token: Token | null = null;
  let asking: Promise<Result<Token, LinkFailure>> | null = null;
  const ask = async (withinMs: DurationMs): Promise<Result<Token, LinkFailure>> => {
    const form = new URLSearchParams({ grant_type: "client_credentials", client_id: clientId, client_secret: secret }).toString();
    const reply = await send("POST", "/auth", { form }, {}, withinMs);
    if (!reply.ok) return reply;
    const answer = answerOf(reply.value, true);
    if (!answer.ok) return answer.error.type === "refused" ? err({ ...answer.error, at: "token" }) : answer;
    const { access_token: text, expires_in: seconds } = objectOr(answer.value.body);
    if (typeof text !== "string" || !/^[\x21-\x7e]{8,4000}$/.test(text)) return err({ type: "notUnderstood", why: "shape", status: answer.value.status });
    const life = typeof seconds === "number" && seconds > 0 ? seconds * SECOND : TOKEN_LIFE_MS;
    return ok({ text, renewAt: elapsed() + Math.max(life - RENEW_BEFORE_MS, life * 0.9) });
  };
  return {
    async current(until: DurationMs): Promise<Result<string, LinkFailure>> {
      if (token && elapsed() < token.renewAt) return ok(token.text);
      asking ??= ask(ANSWER_MS_MAX).finally(() => { asking = null; });
      const got = await within(asking, until - elapsed());
      if (!got.ok) return got;
      token = got.value;
      return ok(got.value.text);
    },
    forget(text: string): void {
      if (token?.text === text) token = null;
    },
  };
}

/** Whoever has less time than the token takes does not wait for it; it is there for the next. */
async function within<T>(work: Promise<Result<T, LinkFailure>>, ms: DurationMs): Promise<Result<T, LinkFailure>> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Result<T, LinkFailure>>((done) => {
    timer = setTimeout(() => done(err({ type: "unreachable", why: "late", status: null })), Math.max(1, ms));
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Gateways and rate limits say so themselves; any other 5xx is trouble with this request, as far as anybody can tell. */
const GATEWAY: readonly number[] = [502, 503, 504];

function answerOf({ status, text, retryAfter, link }: Reply, secretive: boolean): Result<Answer, LinkFailure> {
  const pause = pauseOf(retryAfter);
  if (status === 429) return err({ type: "unreachable", why: "busy", status, ...pause });
  if (GATEWAY.includes(status)) return err({ type: "unreachable", why: "gateway", status, ...pause });
  if (status >= 500) return err({ type: "unreachable", why: "failing", status, ...pause });
  if (status >= 300 && status < 400) return err({ type: "notUnderstood", why: "redirect", status });
  const read = text === "" ? null : readStrictJson(text, JSON_LIMITS);
  if (status >= 400) return err({ type: "refused", at: "resource", status, detail: secretive || !read?.ok ? null : detailOf(read.value as Json) });
  if (status < 200 || read?.ok === false) return err({ type: "notUnderstood", why: "notJson", status });
  const next = nextIn(link);
  return ok({ status, body: read === null ? null : read.value as Json, ...(next ? { next } : {}) });
}

/** The address itself is not believed: only its query is taken, for the list that was asked. */
function nextIn(link: string | null): Readonly<Record<string, string>> | undefined {
  const target = link?.split(",").map((one) => /^\s*<([^>]*)>[^,]*;\s*rel="?next"?/.exec(one)?.[1]).find((one) => one !== undefined);
  const query = target?.split("?")[1];
  return query === undefined ? undefined : Object.fromEntries(new URLSearchParams(query));
}

function pauseOf(header: string | null): { readonly retryAfterMs?: DurationMs } {
  const seconds = Number(header ?? "");
  return header !== null && seconds > 0 ? { retryAfterMs: Math.min(seconds * SECOND, PAUSE_MS_MAX) } : {};
}

const detailOf = (body: Json): string | null => (isObject(body) ? textOf(body["message"])?.slice(0, DETAIL_CHARS_MAX) ?? null : null);

/** Whether a plate, ticket or card could be in it: then nothing of the answer's words is kept. */
const namesCredential = ({ query, body, path }: Ask): boolean =>
  query?.["credential_id"] !== undefined || path.startsWith("/operator/") || (body !== undefined && JSON.stringify(body).includes("\"identifier\""));

/** For logs and pages: what happened, in a few words; names no plate. */
export function failureText(failure: LinkFailure): string {
  switch (failure.type) {
    case "unreachable": return failure.status === null ? `no answer (${failure.why})` : `not now (${failure.status})`;
    case "refused": return failure.at === "token" ? `our credentials are refused (${failure.status})` : `refused (${failure.status})${failure.detail === null ? "" : `: ${failure.detail}`}`;
    case "notUnderstood": return `an answer that is not understood (${failure.why}${failure.status === null ? "" : `, ${failure.status}`})`;
  }
}
