/**
 * Who asks the exchange, beside it in a thread of its own: a client does not wait for the server's other work.
 * Every wait is measured from when the request was due to when its answer was read.
 */
import { randomUUID } from "node:crypto";
import { Agent, request } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import type { JsonObject } from "../../src/exchange/json.ts";
import { wireInstant } from "../../src/exchange/tolerance/instant.ts";

export const PLACES = 200;
export const CALLERS = 64;
export const SECONDS = 6;
export const SEQUENTIAL = 2_000;
const LOOKUPS_PER_SECOND = 500;
const HOUR = 3_600_000;

export const plateOf = (n: number): string => `BX${String(n).padStart(7, "0")}`;
export const placeOf = (n: number): string => `place-${n % PLACES}`;
export const rounded = (ms: number): number => Number(ms.toFixed(2));
const share = (sorted: readonly number[], part: number): number => rounded(sorted[Math.floor(sorted.length * part)] ?? 0);
export const figuresOf = (waits: number[]): { readonly p50Ms: number; readonly p95Ms: number; readonly p99Ms: number } => {
  waits.sort((a, b) => a - b);
  return { p50Ms: share(waits, 0.5), p95Ms: share(waits, 0.95), p99Ms: share(waits, 0.99) };
};

export type Http = { get(path: string): Promise<number>; post(path: string, body: object): Promise<number> };

export function httpTo(port: number, tokens: { readonly read: string; readonly write: string }): Http {
  const agent = new Agent({ keepAlive: true, maxSockets: CALLERS });
  const send = async (method: string, path: string, token: string, body: string | undefined): Promise<number> => await new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { "content-type": "application/json", "content-length": Buffer.byteLength(body) }) };
    const sent = request({ agent, port, host: "127.0.0.1", method, path, headers }, (answer) => {
      answer.resume();
      answer.on("end", () => resolve(answer.statusCode ?? 0));
    });
    sent.on("error", reject);
    sent.end(body);
  });
  return { get: (path) => send("GET", path, tokens.read, undefined), post: (path, body) => send("POST", path, tokens.write, JSON.stringify(body)) };
}

const lookup = (n: number, stored: number): string => {
  const known = n % 2 === 0 ? (n * 7_919) % stored : stored + n;
  return `/rights/assigned?place=${placeOf(known)}&credential_id=${plateOf(known)}&end_after=now`;
};

/** Sends at its own pace; a slow answer delays nothing but itself. */
async function openLoop(http: Http, stored: number): Promise<object> {
  const waits: number[] = [];
  let failed = 0;
  const pending: Promise<void>[] = [];
  const began = performance.now();
  for (let n = 0; n < LOOKUPS_PER_SECOND * SECONDS; n++) {
    const due = began + (n * 1_000) / LOOKUPS_PER_SECOND;
    if (due > performance.now() + 1) await delay(due - performance.now());
    pending.push((async () => {
      if (await http.get(lookup(n, stored)) !== 200) failed++;
      waits.push(performance.now() - due);
    })());
  }
  await Promise.all(pending);
  return { perSecond: Math.round((waits.length * 1_000) / (performance.now() - began)), failed, ...figuresOf(waits) };
}

async function oneByOne(http: Http, stored: number): Promise<number> {
  const waits: number[] = [];
  for (let n = 0; n < SEQUENTIAL; n++) {
    const from = performance.now();
    await http.get(lookup(n, stored));
    waits.push(performance.now() - from);
  }
  return figuresOf(waits.slice(SEQUENTIAL / 5)).p50Ms;
}

/** `n` tells the plate and the place. */
export const sessionBody = (n: number, now: number): JsonObject => ({
  id: randomUUID(), version: 1, actualStart: wireInstant(now), actualEnd: wireInstant(now + HOUR), hierarchyElement: { id: placeOf(n), version: 1 },
  identifiedCredentials: [{ type: "licensePlate", identifier: { id: plateOf(n), className: "UKNumberPlate" } }],
  segments: [{
    id: "a", version: 1, actualStart: wireInstant(now), actualEnd: wireInstant(now + HOUR), validationType: ["licensePlate"],
    financialTransactions: [{ segmentValue: 3.2, taxIncluded: true, dateCollected: wireInstant(now), transactionId: `TX-${n}` }],
  }],
});

export async function posts(send: (n: number) => Promise<boolean>): Promise<object> {
  const waits: number[] = [];
  let n = 0;
  let failed = 0;
  const began = performance.now();
  await Promise.all(Array.from({ length: CALLERS }, async () => {
    while (performance.now() - began < SECONDS * 1_000) {
      const from = performance.now();
      if (!await send(n++)) failed++;
      waits.push(performance.now() - from);
    }
  }));
  return { perSecond: Math.round((waits.length * 1_000) / (performance.now() - began)), failed, ...figuresOf(waits) };
}

export type LoadKind = "openLoop" | "oneByOne" | "posts";
export type Load = {
  readonly kind: LoadKind; readonly port: number; readonly tokens: { readonly read: string; readonly write: string };
  /** Rights stored: look-ups ask for these and for as many others. */
  readonly stored: number; readonly now: number;
};

/** In the thread. */
export async function perform({ kind, port, tokens, stored, now }: Load): Promise<unknown> {
  const http = httpTo(port, tokens);
  switch (kind) {
    case "openLoop": return await openLoop(http, stored);
    case "oneByOne": return await oneByOne(http, stored);
    case "posts": return await posts(async (n) => await http.post("/sessions", sessionBody(stored + n, now)) === 201);
  }
}

/** @param file the bundle, whose main program calls `perform` with what the thread is given */
export async function inThread<T>(file: string, load: Load): Promise<T> {
  return await new Promise<T>((resolve, reject) => {
    const worker = new Worker(file, { workerData: load });
    worker.once("message", resolve).once("error", reject);
  });
}
