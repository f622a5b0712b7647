/**
 * Server-sent events over fetch instead of EventSource, because the console must see what EventSource
 * hides: the heartbeat comments (is the line alive?) and the status of a refused connection.
 *
 *   bytes -> feed(text) -> events        id is remembered and sent as Last-Event-ID after a cut
 */
export type ServerEvent = { readonly id: string | null; readonly type: string; readonly data: string };

/** Splits the stream's text into events, however it was cut into pieces. Comments count as life only. */
export function eventParser(): (text: string) => ServerEvent[] {
  let rest = "";
  let id: string | null = null;
  let type = "message";
  let data: string[] = [];
  return (text) => {
    const found: ServerEvent[] = [];
    const lines = (rest + text).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? "";
    for (const line of lines) {
      if (line === "") {
        if (data.length > 0) found.push({ id, type, data: data.join("\n") });
        type = "message";
        data = [];
        continue;
      }
      const colon = line.indexOf(":");
      if (colon === 0) continue;
      const field = colon < 0 ? line : line.slice(0, colon);
      const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
      if (field === "id") id = value;
      else if (field === "event") type = value;
      else if (field === "data") data.push(value);
    }
    return found;
  };
}

export type Line = "connecting" | "open" | "lost" | "refused";

/** First wait after a cut, doubled up to the most: a restart is noticed at once, a dead server is not hammered. */
export const RECONNECT_MS_FIRST = 500;
export const RECONNECT_MS_MAX = 8_000;
/** Two missed heartbeats of 15 s: the line is dead even if nobody said so. */
export const SILENT_MS_MAX = 32_000;

export type Subscription = {
  readonly url: string;
  readonly onEvent: (event: ServerEvent) => void;
  readonly onLine: (line: Line) => void;
};

/** Stays connected until the returned function is called. A 401 or 403 is final: `refused`. */
export function subscribe(s: Subscription): () => void {
  const stop = new AbortController();
  void keepConnected(s, stop.signal);
  return () => stop.abort();
}

async function keepConnected(s: Subscription, stop: AbortSignal): Promise<void> {
  let lastId: string | null = null;
  let wait = RECONNECT_MS_FIRST;
  while (!stop.aborted) {
    s.onLine("connecting");
    const silent = new AbortController();
    try {
      const response = await fetch(s.url, {
        headers: { accept: "text/event-stream", ...(lastId === null ? {} : { "last-event-id": lastId }) },
        signal: AbortSignal.any([stop, silent.signal]),
      });
      if (response.status === 401 || response.status === 403) return s.onLine("refused");
      if (response.ok && response.body !== null) {
        s.onLine("open");
        wait = RECONNECT_MS_FIRST;
        lastId = await readAll(response.body, s, silent, lastId);
      }
    } catch {
      // A cut line is the normal case here: the badge says so and the loop tries again.
    }
    if (stop.aborted) return;
    s.onLine("lost");
    await pause(wait, stop);
    wait = Math.min(wait * 2, RECONNECT_MS_MAX);
  }
}

async function readAll(
  body: ReadableStream<Uint8Array>,
  s: Subscription,
  silent: AbortController,
  idBefore: string | null,
): Promise<string | null> {
  const parse = eventParser();
  const decoder = new TextDecoder();
  let lastId = idBefore;
  const reader = body.getReader();
  try {
    for (;;) {
      const watchdog = setTimeout(() => silent.abort(), SILENT_MS_MAX);
      const piece = await reader.read().finally(() => clearTimeout(watchdog));
      if (piece.done) return lastId;
      for (const event of parse(decoder.decode(piece.value, { stream: true }))) {
        if (event.id !== null) lastId = event.id;
        s.onEvent(event);
      }
    }
  } catch {
    return lastId;
  }
}

function pause(ms: number, stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    stop.addEventListener("abort", () => { clearTimeout(timer); resolve(); }, { once: true });
  });
}
