/** Where an exchange reaches us: who may ask, who may ring, and that no plate gets into a log. */
import pino from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { FastifyInstance } from "fastify";
import { createEdge } from "../api/http/server.ts";
import { addExchangeEndpoint } from "./exchange-endpoint.ts";
import type { ExchangeFace } from "./exchange-inward.ts";

const TOKEN = "a-token-of-the-operator-endpoint";
const here: { face: ExchangeFace | null } = { face: null };
const logged: string[] = [];
const asked: string[] = [];
const rung: string[] = [];
let app: FastifyInstance;

beforeAll(() => {
  app = createEdge({ log: pino({ level: "debug" }, { write: (line: string) => void logged.push(line) }), behindTls: false });
  addExchangeEndpoint(app, here, TOKEN);
});
afterAll(() => app.close());
beforeEach(() => {
  [asked.length, rung.length] = [0, 0];
  here.face = {
    answer: async ({ method, path, body }) => { asked.push(`${method} ${path} ${body}`); return { status: 200, body: { data: [] } }; },
    hear: ({ id, body }) => { rung.push(body); return id === "good" ? "rung" : id === "again" ? "repeated" : "forged"; },
  };
});

const bearer = { authorization: `Bearer ${TOKEN}` };
type Call = { readonly method?: "GET" | "PUT" | "POST"; readonly headers?: Record<string, string>; readonly payload?: string; readonly from?: string };
const call = async (url: string, { method = "GET", headers = {}, payload, from = "127.0.0.1" }: Call = {}) =>
  await app.inject({ method, url, remoteAddress: from, headers, ...(payload === undefined ? {} : { payload }) });

describe("what a car owes", () => {
  test("answered to the token alone, with the question as it was asked", async () => {
    expect((await call("/exchange/operator/sessions?place=P&credential_id=AB12XYZ", { headers: bearer })).statusCode).toBe(200);
    await call("/exchange/operator/sessions/P.s1", { method: "PUT", headers: { ...bearer, "content-type": "application/json" }, payload: "{\"a\":1}" });
    expect(asked).toEqual(["GET /sessions?place=P&credential_id=AB12XYZ ", "PUT /sessions/P.s1 {\"a\":1}"]);
    for (const headers of [{}, { authorization: `Bearer ${TOKEN}x` }, { authorization: "Bearer " }, { authorization: `Basic ${TOKEN}` }] as Record<string, string>[]) {
      expect((await call("/exchange/operator/sessions?place=P", { headers })).statusCode).toBe(401);
    }
    expect(asked).toHaveLength(2);
  });

  test("not over a line that others can read, and not while no exchange is linked", async () => {
    expect((await call("/exchange/operator/sessions?place=P", { headers: bearer, from: "203.0.113.9" })).statusCode).toBe(403);
    here.face = null;
    expect((await call("/exchange/operator/sessions?place=P", { headers: bearer })).statusCode).toBe(404);
    expect(asked).toEqual([]);
  });

  test("without a token of ours nobody is answered, whatever they send", async () => {
    const closed = createEdge({ log: pino({ level: "silent" }), behindTls: false });
    addExchangeEndpoint(closed, here, null);
    for (const authorization of ["Bearer ", `Bearer ${"0".repeat(20)}`]) {
      expect((await closed.inject({ method: "GET", url: "/exchange/operator/sessions", headers: { authorization } })).statusCode).toBe(401);
    }
    await closed.close();
  });
});

test("a ring is acknowledged when it is signed, new or repeated; the body reaches the check byte by byte", async () => {
  const ring = (id: string) => call("/exchange/events", { method: "POST", headers: { "webhook-id": id, "content-type": "application/json" }, payload: "{ \"a\" : 1 }" });
  expect([(await ring("good")).statusCode, (await ring("again")).statusCode, (await ring("bad")).statusCode]).toEqual([204, 204, 401]);
  expect(rung).toEqual(["{ \"a\" : 1 }", "{ \"a\" : 1 }", "{ \"a\" : 1 }"]);
  expect((await call("/exchange/events", { method: "POST", payload: "x".repeat(1_100_000), headers: { "content-type": "text/plain" } })).statusCode).toBe(413);
});

test("no plate in the log", () => {
  expect(logged.length).toBeGreaterThan(0);
  expect(logged.join("")).not.toContain("AB12XYZ");
});
