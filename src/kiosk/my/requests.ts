/** Requests of My parking: the login's own account and no other, with a named limit on waiting. */
const API = "/api/v1/my";
/** Longer than the server's own limit of 10 s, so that its answer arrives before we give up. */
const ANSWER_MS_MAX = 12_000;

/** What went wrong in the server's words: what, where, what next. `status` 0: no answer at all. */
export class Refused extends Error {
  constructor(readonly status: number, readonly detail: string, readonly next: string) {
    super(detail);
  }
}

export const fileUrl = (path: string): string => API + path;

export const read = <T>(path: string): Promise<T> => send<T>(path, { method: "GET" });

/** `key`: the same act pressed twice is done once. */
export const act = <T>(path: string, body: unknown, key: string): Promise<T> => send<T>(path, {
  method: "POST", body: JSON.stringify(body ?? {}), headers: { "content-type": "application/json", "idempotency-key": key },
});

/** Works on plain HTTP too, where `randomUUID` does not exist. */
export const newKey = (): string => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

async function send<T>(path: string, init: RequestInit): Promise<T> {
  const headers = { "accept-language": document.documentElement.lang, ...init.headers };
  const response = await fetch(API + path, { ...init, headers, signal: AbortSignal.timeout(ANSWER_MS_MAX) })
    .catch(() => { throw new Refused(0, "", ""); });
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) return body as T;
  const text = (name: string): string => (typeof body === "object" && body !== null && name in body ? String((body as Record<string, unknown>)[name]) : "");
  throw new Refused(response.status, text("detail") || text("title"), text("next"));
}
