/**
 * HTTP as the suite speaks it: one caller for each role, every exchange kept for the report, and nobody hurried.
 * A 429 is waited out as its Retry-After says, unless the item is about 429.
 */
import type { Client } from "./fixture.ts";
import type { Watch } from "./watch.ts";

export type Trace = { readonly who: string; readonly sent: string; readonly cameBack: string };

export type Reply = {
  readonly method: string; readonly path: string; readonly status: number; readonly headers: Headers;
  readonly text: string; readonly json: unknown; readonly trace: Trace;
};

export type Query = { readonly [name: string]: string | number | boolean };
export type Send = {
  readonly query?: Query; readonly body?: unknown;
  /** Sent as it is instead of `body`. */
  readonly raw?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The answer 429 is wanted, not waited out. */
  readonly hurry?: boolean;
};

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** An answer later than this is no answer; pay on departure is allowed five seconds. */
const ANSWER_MS_MAX = 15_000;
/** A server that says 429 this often to one request does not mean the limit of a client. */
const WAITS_MAX = 5;
const RETRY_AFTER_S_MAX = 60;
/** Enough of a body to see what is wrong. */
const SHOWN_CHARS_MAX = 1_200;

export type Caller = {
  readonly name: string;
  send(method: Method, path: string, send?: Send): Promise<Reply>;
  get(path: string, query?: Query): Promise<Reply>;
  post(path: string, body: unknown): Promise<Reply>;
  put(path: string, body: unknown): Promise<Reply>;
  patch(path: string, body: unknown): Promise<Reply>;
  delete(path: string, query?: Query): Promise<Reply>;
};

export type Transport = {
  readonly base: string; readonly tokenUrl: string; readonly watch: Watch;
  /** Called with every exchange, in order of the answers. */
  readonly keep: (trace: Trace) => void;
};

export function callerOf(transport: Transport, name: string, authorization: () => Promise<Readonly<Record<string, string>>>): Caller {
  const send = async (method: Method, path: string, options: Send = {}): Promise<Reply> => {
    for (let waits = 0; ; waits++) {
      const reply = await exchange(transport, name, method, path, options, await authorization());
      if (reply.status !== 429 || options.hurry || waits >= WAITS_MAX) {
        transport.keep(reply.trace);
        transport.watch.see(reply);
        return reply;
      }
      await pause(Math.min(RETRY_AFTER_S_MAX, Number(reply.headers.get("retry-after")) || 1) * 1_000);
    }
  };
  return {
    name, send,
    get: (path, query) => send("GET", path, query ? { query } : {}),
    post: (path, body) => send("POST", path, { body }),
    put: (path, body) => send("PUT", path, { body }),
    patch: (path, body) => send("PATCH", path, { body }),
    delete: (path, query) => send("DELETE", path, query ? { query } : {}),
  };
}

/** A caller with the client's own token, fetched when first needed and again before it ends. */
export function clientCaller(transport: Transport, name: string, client: Client): Caller {
  let token: { readonly text: string; readonly until: number } | null = null;
  return callerOf(transport, name, async () => {
    if (token === null || token.until < Date.now()) {
      const reply = await requestToken(transport, client);
      const text = (reply.json as { access_token?: unknown } | undefined)?.access_token;
      const seconds = Number((reply.json as { expires_in?: unknown } | undefined)?.expires_in ?? 60);
      if (reply.status !== 200 || typeof text !== "string") {
        throw new Error(`no token for ${name}: ${reply.trace.cameBack}`);
      }
      token = { text, until: Date.now() + seconds * 800 };
    }
    return { authorization: `Bearer ${token.text}` };
  });
}

export async function requestToken(transport: Transport, client: Client, more: Readonly<Record<string, string>> = {}): Promise<Reply> {
  const form = new URLSearchParams({ grant_type: "client_credentials", client_id: client.clientId, client_secret: client.clientSecret, ...more });
  const response = await fetch(transport.tokenUrl, {
    method: "POST", headers: { "content-type": "application/x-www-form-urlencoded" }, body: form.toString(),
    signal: AbortSignal.timeout(ANSWER_MS_MAX), redirect: "manual",
  });
  const path = new URL(transport.tokenUrl).pathname;
  return replyOf("token request", "POST", path, "grant_type=client_credentials (secret not shown)", response, await response.text());
}

async function exchange(
  transport: Transport, who: string, method: Method, path: string, options: Send, authorization: Readonly<Record<string, string>>,
): Promise<Reply> {
  const query = options.query ? `?${new URLSearchParams(Object.entries(options.query).map(([name, value]): [string, string] => [name, String(value)]))}` : "";
  const body = options.raw ?? (options.body === undefined ? undefined : JSON.stringify(options.body));
  const headers = { accept: "application/json", ...(body === undefined ? {} : { "content-type": "application/json" }), ...authorization, ...options.headers };
  try {
    const response = await fetch(transport.base + path + query, {
      method, headers, ...(body === undefined ? {} : { body }), redirect: "manual", signal: AbortSignal.timeout(ANSWER_MS_MAX),
    });
    return replyOf(who, method, path + query, body, response, await response.text());
  } catch (error) {
    // A connection that the server closes on an oversized body has no status.
    const cause = error instanceof Error ? `${error.message}${error.cause instanceof Error ? ` (${error.cause.message})` : ""}` : String(error);
    const trace = { who, sent: sentText(method, path + query, body), cameBack: `no answer: ${cause}` };
    return { method, path: path + query, status: 0, headers: new Headers(), text: "", json: undefined, trace };
  }
}

function replyOf(who: string, method: string, path: string, body: string | undefined, response: Response, text: string): Reply {
  const trace = { who, sent: sentText(method, path, body), cameBack: `${response.status} ${shown(text)}` };
  return { method, path, status: response.status, headers: response.headers, text, json: jsonOf(text), trace };
}

function sentText(method: string, path: string, body: string | undefined): string {
  return `${method} ${path}${body === undefined ? "" : ` ${shown(body)}`}`;
}

function shown(text: string): string {
  return text.length > SHOWN_CHARS_MAX ? `${text.slice(0, SHOWN_CHARS_MAX)}... (${text.length} characters)` : text;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => { setTimeout(resolve, ms); });
}
