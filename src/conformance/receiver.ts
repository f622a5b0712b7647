/**
 * The suite's own HTTP server: receives webhooks and plays the operator that pay on departure asks. Each item opens
 * a path of its own and says how that path answers.
 */
import { type IncomingMessage, type Server, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { pause } from "./http.ts";

export type Received = {
  readonly method: string; readonly path: string; readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>; readonly text: string; readonly json: unknown; readonly at: number;
};

/** `null` never answers; the connection stays open until the sender gives up. */
export type Answer = { readonly status: number; readonly body?: unknown; readonly text?: string } | null;

export type Inbox = {
  readonly url: string;
  /** What arrived so far, in order. */
  readonly received: readonly Received[];
  answer(with_: (received: Received, nth: number) => Answer): void;
  /** Waits for the first that fits; null when none came in time. */
  next(fits: (received: Received) => boolean, withinMs: number): Promise<Received | null>;
};

export type Receiver = { open(hint: string): Inbox; openAt(path: string): Inbox; close(): Promise<void> };

type Slot = { readonly received: Received[]; answer: (received: Received, nth: number) => Answer };

/** An event of one object; more is a sender gone wrong. */
const BODY_BYTES_MAX = 4 * 1024 * 1024;
const LOOK_EVERY_MS = 20;

export async function openReceiver(host: string, port: number, publicUrl: string | undefined): Promise<Receiver> {
  const slots = new Map<string, Slot>();
  const server = createServer((request, response) => {
    void take(request).then((received) => {
      const slot = [...slots].find(([path]) => received.path === path || received.path.startsWith(`${path}/`))?.[1];
      if (slot === undefined) return response.writeHead(404).end();
      slot.received.push(received);
      const answer = slot.answer(received, slot.received.length);
      if (answer === null) return undefined;
      response.writeHead(answer.status, { "content-type": "application/json" });
      return response.end(answer.text ?? (answer.body === undefined ? "" : JSON.stringify(answer.body)));
    }, () => response.destroy());
  });
  await new Promise<void>((resolve, reject) => { server.once("error", reject).listen(port, host, resolve); });
  const base = publicUrl ?? `http://${host}:${(server.address() as AddressInfo).port}`;
  let opened = 0;
  const openAt = (path: string): Inbox => {
    const slot: Slot = { received: [], answer: () => ({ status: 200 }) };
    slots.set(path, slot);
    return {
      url: base + path, received: slot.received,
      answer: (with_) => { slot.answer = with_; },
      next: (fits, withinMs) => waitFor(slot.received, fits, withinMs),
    };
  };
  return { open: (hint) => openAt(`/${hint}-${++opened}`), openAt, close: () => closeServer(server) };
}

async function waitFor(received: readonly Received[], fits: (one: Received) => boolean, withinMs: number): Promise<Received | null> {
  const until = Date.now() + withinMs;
  for (;;) {
    const found = received.find(fits);
    if (found || Date.now() >= until) return found ?? null;
    await pause(LOOK_EVERY_MS);
  }
}

async function take(request: IncomingMessage): Promise<Received> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > BODY_BYTES_MAX) throw new Error("the body is too large");
    parts.push(part);
  }
  const text = Buffer.concat(parts).toString("utf8");
  const url = new URL(request.url ?? "/", "http://receiver");
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
  return { method: request.method ?? "", path: url.pathname, query: url.searchParams, headers, text, json: jsonOf(text), at: Date.now() };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => { server.close(() => resolve()); });
}
