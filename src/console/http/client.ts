/**
 * Talks to the site API of the same origin. An answer outside 2xx becomes a `Failure` with what went wrong
 * in the server's words (problem+json), a cut line one in ours; nobody sees a bare status code.
 */
import type { Problem as Answered } from "../../api/contract/words.ts";

/** `status` 0: no answer at all. The rest is what the server said. */
export type Problem = Pick<Answered, "type" | "title" | "status"> & Partial<Answered>;

export class Failure extends Error {
  constructor(readonly problem: Problem) {
    super(problem.title);
  }
}

/** Longer than the server's own limit of 10 s, so its answer arrives before we give up. */
const ANSWER_MS_MAX = 12_000;
export const API = "/api/v1";

type Query = Readonly<Record<string, string | number | boolean | undefined | null>>;

export function urlOf(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== "") search.set(name, String(value));
  }
  const text = search.toString();
  return `${API}${path}${text === "" ? "" : `?${text}`}`;
}

export const read = <T>(path: string, query: Query = {}): Promise<T> => send<T>("GET", urlOf(path, query));

/** `key` makes a repeated press or a retry after a cut line one act: same act, same key. */
export const act = <T>(path: string, body: unknown, key: string, method = "POST"): Promise<T> =>
  send<T>(method, urlOf(path), {
    headers: { "idempotency-key": key, ...(body === undefined ? {} : { "content-type": "application/json" }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

/** Works without a secure context too: a console on plain HTTP in the office network has no randomUUID. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

type Sent = { readonly headers?: Readonly<Record<string, string>>; readonly body?: string };

async function send<T>(method: string, url: string, init: Sent = {}): Promise<T> {
  // Refusals and log lines come worded in the language of the screen.
  const headers = { "accept-language": document.documentElement.lang, ...init.headers };
  const response = await fetch(url, { method, signal: AbortSignal.timeout(ANSWER_MS_MAX), ...init, headers }).catch(() => {
    throw new Failure({ type: "unreachable", title: "", status: 0 });
  });
  const text = await response.text();
  const body: unknown = text === "" ? null : parsed(text);
  if (response.ok) return body as T;
  throw new Failure(problemOf(body, response.status));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function problemOf(body: unknown, status: number): Problem {
  if (typeof body === "object" && body !== null && "title" in body) return { type: "about:blank", status, ...body } as Problem;
  return { type: "unexpected", title: `HTTP ${status}`, status };
}
