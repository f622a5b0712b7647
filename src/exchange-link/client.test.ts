/** What an exchange may do to its client, and what the client makes of it. The exchange here is a hostile one. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { exchangeUrl } from "./address.ts";
import { type ExchangeClient, failureText, openExchangeClient } from "./client.ts";

type Act = (request: IncomingMessage, response: ServerResponse) => void;

const json = (status: number, body: unknown, headers: Record<string, string> = {}): Act => (_request, response) => {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(typeof body === "string" ? body : JSON.stringify(body));
};

let acts: Act[];
let tokens: Act[];
let seen: string[];
let elapsed: number;
let client: ExchangeClient;
const server = createServer((request, response) => {
  seen.push(`${request.method} ${request.url} ${request.headers.authorization ?? ""}`);
  request.resume().on("end", () => {
    const list = request.url === "/base/auth" ? tokens : acts;
    (list.length > 1 ? list.shift() : list[0])?.(request, response);
  });
});

beforeEach(async () => {
  [acts, tokens, seen, elapsed] = [[json(200, { data: [] })], [json(200, { access_token: "token-of-a-test", expires_in: 600 })], [], 0];
  await new Promise<void>((done) => { server.listen(0, "127.0.0.1", done); });
  client = openExchangeClient({
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/base`, credentials: { clientId: "city", secret: "a secret of the city" }, elapsed: () => elapsed,
  });
});
afterEach(async () => {
  await client.close();
  server.closeAllConnections();
  await new Promise((done) => { server.close(done); });
});

const asks = (path: string): string[] => seen.filter((line) => line.startsWith(path));
const get = { method: "GET", path: "/places" } as const;

describe("the token", () => {
  test("is asked for once however many wait, kept, and renewed before it ends", async () => {
    await Promise.all([client.ask(get), client.ask(get), client.ask(get)]);
    expect([asks("POST /base/auth").length, asks("GET /base/places Bearer token-of-a-test").length]).toEqual([1, 3]);
    elapsed = 539_000;
    await client.ask(get);
    expect(asks("POST /base/auth")).toHaveLength(1);
    elapsed = 541_000;
    await client.ask(get);
    expect(asks("POST /base/auth")).toHaveLength(2);
  });

  test("taken back before its time is replaced once", async () => {
    acts = [json(401, {}), json(200, { fine: true })];
    expect(await client.ask(get)).toEqual({ ok: true, value: { status: 200, body: { fine: true } } });
    expect(asks("POST /base/auth")).toHaveLength(2);
    acts = [json(401, {})];
    const refused = await client.ask(get);
    expect(refused).toMatchObject({ ok: false, error: { type: "refused", at: "resource", status: 401 } });
    expect(asks("GET /base/places")).toHaveLength(4);
  });

  test("refused, or no token at all, is told apart from a refused request", async () => {
    tokens = [json(401, { error: "invalid_client", message: "a secret of the city is wrong" })];
    expect(await client.ask(get)).toEqual({ ok: false, error: { type: "refused", at: "token", status: 401, detail: null } });
    tokens = [json(200, { access_token: "bad\ntoken", expires_in: 600 })];
    expect(await client.ask(get)).toMatchObject({ error: { type: "notUnderstood", why: "shape" } });
  });
});

describe("what comes back", () => {
  test.each([
    ["a pause is asked for", json(429, {}, { "retry-after": "7" }), { type: "unreachable", why: "busy", status: 429, retryAfterMs: 7_000 }],
    ["a pause nobody believes", json(503, {}, { "retry-after": "99999999" }), { type: "unreachable", why: "gateway", status: 503, retryAfterMs: 600_000 }],
    ["trouble of its own", json(500, "<h1>AB12XYZ</h1>"), { type: "unreachable", why: "failing", status: 500 }],
    ["a refusal in words", json(400, { message: "timeZone: no IANA time zone" }), { type: "refused", at: "resource", status: 400, detail: "timeZone: no IANA time zone" }],
    ["a refusal without a body", json(404, ""), { type: "refused", at: "resource", status: 404, detail: null }],
    ["a page instead of JSON", json(200, "<html>"), { type: "notUnderstood", why: "notJson", status: 200 }],
    ["a key twice", json(200, "{\"a\":1,\"a\":2}"), { type: "notUnderstood", why: "notJson", status: 200 }],
    ["sent on elsewhere", json(302, "", { location: "http://127.0.0.1:1/" }), { type: "notUnderstood", why: "redirect", status: 302 }],
    ["more than anybody reads", json(200, `"${"x".repeat(5_000_000)}"`), { type: "notUnderstood", why: "tooLarge", status: 200 }],
  ] as const)("%s", async (_name, act, failure) => {
    acts = [act];
    expect(await client.ask(get)).toEqual({ ok: false, error: failure });
  });

  test("an answer that never comes, or never ends, is over in time", async () => {
    acts = [() => {}];
    expect(await client.ask({ ...get, withinMs: 60 })).toEqual({ ok: false, error: { type: "unreachable", why: "late", status: null } });
    acts = [(_request, response) => { response.writeHead(200).write("{"); }];
    expect(await client.ask({ ...get, withinMs: 60 })).toEqual({ ok: false, error: { type: "unreachable", why: "late", status: null } });
  });

  test("a connection lost on the way is tried once more, then told", async () => {
    acts = [(request) => { request.socket.destroy(); }, json(200, { fine: true })];
    expect(await client.ask(get)).toMatchObject({ ok: true });
    acts = [(request) => { request.socket.destroy(); }];
    seen = [];
    expect(await client.ask(get)).toEqual({ ok: false, error: { type: "unreachable", why: "notConnected", status: null } });
    expect(seen).toHaveLength(2);
  });
});

test("H6: no failure repeats what an exchange says of a plate", async () => {
  acts = [json(400, { message: "AB12XYZ is no plate", ids: ["AB12XYZ"] })];
  const session = { id: "s", identifiedCredentials: [{ type: "licensePlate", identifier: { id: "AB12XYZ", className: "Plate" } }] };
  for (const ask of [
    { method: "POST", path: "/sessions", body: session } as const,
    { method: "GET", path: "/rights/assigned", query: { credential_id: "AB12XYZ" } } as const,
    { method: "POST", path: "/operator/questions/7", body: { status: 200, body: {} } } as const,
  ]) {
    const answer = await client.ask(ask);
    expect(answer.ok ? "" : JSON.stringify(answer.error) + failureText(answer.error)).toMatch(/refused/);
    expect(JSON.stringify(answer)).not.toContain("AB12");
  }
});

test.each([
  ["https://exchange.example/v4/", "https://exchange.example/v4"], ["http://localhost:8090", "http://localhost:8090"], ["http://127.0.0.1:8090/", "http://127.0.0.1:8090"],
  ["http://[::1]:8090", "http://[::1]:8090"], ["http://exchange.example", null], ["http://127.0.0.1.example", null], ["https://user:secret@exchange.example", null],
  ["https://exchange.example/?a=1", null], ["ftp://localhost", null], ["exchange", null],
])("plates travel over TLS or stay on this machine: %s", (text, url) => expect(exchangeUrl(text)).toBe(url));
