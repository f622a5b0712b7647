/**
 * G: whatever is sent to whatever route by whomever, the answer is below 500 and says so in its body. Routes are those the server
 * has, the pilot's dialect and the pages included; bodies are good ones with something wrong, or no bodies at all.
 */
import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Operators } from "../../src/exchange/departure/operator.ts";
import { registerQuestions } from "../../src/exchange/departure/questions.ts";
import { departureRelay } from "../../src/exchange/departure/relay.ts";
import { registerDocs } from "../../src/exchange/http/docs.ts";
import { BODY_BYTES_MAX } from "../../src/exchange/http/edge.ts";
import { registerWebhooks } from "../../src/exchange/http/webhooks.ts";
import { registerPages } from "../../src/exchange/pages/server.ts";
import { type Client, place, rates, right, session, spec, World } from "./harness.ts";

type Route = { readonly method: string; readonly url: string };

let world: World;
let operators: Operators | undefined;
const routes: Route[] = [];

beforeAll(async () => {
  const newId = (): string => randomUUID();
  world = await World.open({
    relay: (query, caller) => departureRelay(world.exchange, operators ??= new Operators(world.exchange.departures, world.clock), () => {})(query, caller),
    more: [
      (app) => {
        // What is registered lazily is heard here; what was registered before stands in the list below.
        app.addHook("onRoute", ({ method, url }) => { for (const one of [method].flat()) routes.push({ method: one, url }); });
      },
      (app, parts, auth) => registerWebhooks(app, { parts, auth, policy: { allowedOrigins: ["http://127.0.0.1:9"] }, newId }), registerQuestions,
      (app) => registerDocs(app, "1.2.3"), (app, parts) => registerPages(app, { parts, pagesFolder: "/nowhere", print: async () => Buffer.from("%PDF") }),
    ],
  });
  await world.app.ready();
  await world.parking("here", { "x-capabilities": ["frictionless"] });
  await world.ok("SP1", "POST", "/sessions", session("known", "here", "HO57ILE"));
});
afterAll(async () => {
  await operators?.close();
  await world.close();
});

const CLIENTS: readonly Client[] = ["OP1", "OP2", "SP1", "SP2", "ES1", "AD"];
const BODIES: readonly object[] = [
  place("here"), spec("spec-here", ["here"]), rates("rate-here"), session("known", "here", "HO57ILE"), right("right-here", "spec-here", "HO57ILE"),
  { endpoint: "https://127.0.0.1/", topics: ["SessionCreated"] }, { status: 200, body: { data: [] } }, { credentialId: "ZZ00ZZZ", reason: "asked" },
  { client: "x", secret: "y" }, { client_id: "x", client_secret: "y", grant_type: "client_credentials" }, { place: "here", plate: "HO57ILE" },
];

const nested = (depth: number, open: string, close: string): string => open.repeat(depth) + close.repeat(depth);
const VALUES: readonly unknown[] = [
  null, true, 0, -1, 1e308, 2 ** 53, 1.5, "", " ", "x".repeat(5_000), "\u0000", "\ud800", "\ufeff", "\u202e", "👩‍👩‍👧", "__proto__", "constructor", "now", "9999-12-31T23:59:59Z",
  "+275760-09-13T00:00:00Z", "0000-00-00T00:00:00Z", "2026-02-31T25:61:00Z", "P99999999999999999Y", "PT-1S", "Europe/Nowhere", "../../etc/passwd", "'; drop table object; --", "%00",
  [], {}, [[]], [null], Array.from({ length: 2_000 }, () => 1), { id: {} }, { id: "x", version: 1e9 }, { id: "known", version: 1 }, { $ref: "#" }, { toString: 1 }, { length: -1 },
];
const RAW: readonly (string | Buffer)[] = [
  "", "null", "[]", "7", '"x"', "{", "{}{}", '{"id":"a","id":"b"}', '{"__proto__":{"id":"a"}}', '{"id":1e999}', '{"id":00}', "{'id':'a'}", "\ufeff{}", '{"id":"\\u0000"}', '{"id":"\\ud800"}',
  nested(30_000, "[", "]"), nested(5_000, '{"a":', "}"), `{"id":"${"x".repeat(BODY_BYTES_MAX)}"}`, `[${"0,".repeat(50_000)}0]`,
  Buffer.from([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x3a, 0x31, 0x7d]), Buffer.from('{"id":"a"}', "utf16le"), Buffer.from([0x1f, 0x8b, 8, 0, 0]), Buffer.alloc(64, 0xff),
];
const LONG_ID = "x".repeat(3_500);
const IDS: readonly string[] = [
  "known", "here", "spec-here", "nobody", "%00", "%ff", "%", "%E2%82", "..%2f..%2fetc", "a%2Fb", "__proto__", "%20", "x".repeat(300), LONG_ID, "%F0%9F%9A%97", "1", "999999999999999999999", "-1",
  "'%20or%201=1",
];
const NAMES: readonly string[] = [
  "latitude", "longitude", "radius", "type", "place", "right_spec", "right_type", "credential_id", "credential_type", "structure_type", "name", "layer", "operator", "issuer", "start_after", "start_before",
  "end_after", "end_before", "modified_since", "page", "after", "version", "expand", "identifier_id", "text", "free", "lang", "nonsense", "__proto__",
];
const TEXTS: readonly string[] = [
  "", "here", "now", "1", "0", "-1", "1e9", "NaN", "Infinity", "91", "2026-01-15T13:00:00Z", "yesterday", "%00", "%ff", "%", "a,b,,", ",".repeat(300), "x".repeat(2_000), "%E2%80%AE", "'", "all", "9".repeat(30),
];
const HEADERS: readonly Readonly<Record<string, string>>[] = [
  {}, {}, {}, { "content-type": "text/xml" }, { "content-type": "application/json; charset=utf-16" }, { "content-type": "" }, { "content-type": "multipart/form-data" }, { "content-encoding": "gzip" },
  { "if-match": "x" }, { "if-match": '"99999999999"' }, { "if-match": "*" }, { accept: "image/png" }, { expect: "nothing" }, { "x-mcc-access-token": "x" }, { "x-mcc-access-token": "legacy-SP1-0000" },
  { origin: "https://elsewhere.example", "sec-fetch-site": "cross-site" }, { cookie: "exchange=forged; a=\"" }, { "last-event-id": "-1" },
];
const FORGED: readonly string[] = ["Bearer ", "Bearer x", `Bearer ${"A".repeat(43)}`, "Basic !!!", "Basic Zm9v", "Bearer eyJhbGciOiJub25lIn0.e30.", "Negotiate x", `Bearer ${"é".repeat(30)}`];

/** A good body in which one member, at any depth, is something else. */
const spoilt = fc.record({ of: fc.constantFrom(...BODIES), at: fc.nat(40), value: fc.constantFrom(...VALUES) }).map(({ of, at, value }) => {
  const body = structuredClone(of) as Record<string, unknown>;
  const places: [Record<string, unknown>, string][] = [];
  const walk = (one: unknown): void => {
    if (typeof one !== "object" || one === null) return;
    for (const name of Object.keys(one)) { places.push([one as Record<string, unknown>, name]); walk((one as Record<string, unknown>)[name]); }
  };
  walk(body);
  const chosen = places[at % places.length];
  if (chosen) chosen[0][chosen[1]] = value;
  return JSON.stringify(body);
});
const query = fc.array(fc.tuple(fc.constantFrom(...NAMES), fc.constantFrom(...TEXTS)), { maxLength: 4 }).map((pairs) => (pairs.length === 0 ? "" : `?${pairs.map(([name, text]) => `${name}=${text}`).join("&")}`));

type Sent = { readonly status: number; readonly text: string; readonly type: string };
async function send(route: Route, id: string, search: string, body: string | Buffer, authorization: string, headers: Readonly<Record<string, string>>): Promise<Sent> {
  const url = `${route.url.replace(/:\w+|\*/g, id)}${search}`;
  const bare = route.method === "GET" || route.method === "HEAD";
  const answer = await world.app.inject({
    method: route.method as "GET", url, headers: { ...(authorization === "" ? {} : { authorization }), ...(bare ? {} : { "content-type": "application/json" }), ...headers },
    ...(bare ? {} : { payload: body }),
  });
  return { status: answer.statusCode, text: answer.body, type: String(answer.headers["content-type"] ?? "") };
}

/** Below 500, and a refusal says what it is, without our insides. */
function judge(what: unknown, method: string, { status, text, type }: Sent): void {
  expect(status, `${JSON.stringify(what)}: ${text.slice(0, 300)}`).toBeLessThan(500);
  if (status < 400 || method === "HEAD") return;
  expect(text, JSON.stringify(what)).not.toBe("");
  if (type.includes("json")) expect(JSON.parse(text), JSON.stringify(what)).toMatchObject({ status: "error", code: status });
  expect(text).not.toMatch(/\bat .*\.[mt]s:|\bselect\b.*\bfrom\b|insert into|node_modules|syntax error/i);
}

describe("hostile input", () => {
  test("the routes of the test are those of the server, in both dialects", () => {
    const known = new Set(routes.map(({ method, url }) => `${method} ${url}`));
    for (const one of [
      "POST /auth", "GET /places", "PATCH /places/:id", "POST /rates", "PUT /rights/assigned/:id", "DELETE /sessions/:id", "GET /contacts/:id", "POST /webhooks", "PUT /webhooks/:id", "GET /deliveries",
      "POST /deliveries/:id/replay", "GET /operator/questions", "POST /operator/questions/:id", "POST /erasures", "GET /docs", "POST /v1/parking/sessions", "PUT /v1/parking/sessions",
      "GET /v1/parking/rights/:id", "PUT /v4/parking/places/:id", "POST /pages-api/login", "POST /pages-api/sessions/search",
    ]) expect([one, known.has(one)]).toEqual([one, true]);
    expect(routes.length).toBeGreaterThan(90);
  });

  test("gets less than 500 and a body, on every route, from everybody", async () => {
    await fc.assert(fc.asyncProperty(
      fc.nat(10_000), fc.constantFrom(...IDS), query, fc.oneof({ weight: 3, arbitrary: spoilt }, { weight: 1, arbitrary: fc.constantFrom(...RAW) }),
      fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...CLIENTS).map((client) => `token ${client}`) }, { weight: 1, arbitrary: fc.constantFrom("", ...FORGED) }), fc.constantFrom(...HEADERS),
      async (n, id, search, body, who, headers) => {
        const route = routes[n % routes.length] as Route;
        const authorization = who.startsWith("token ") ? `Bearer ${world.token(who.slice(6) as Client)}` : who;
        judge({ route, id: id.slice(0, 40), search: search.slice(0, 200), body: body.toString("utf8").slice(0, 300), who, headers }, route.method, await send(route, id, search, body, authorization, headers));
      },
    ), { numRuns: 600 });
  }, 120_000);

  test("no body that is no body is taken by a route that reads one", async () => {
    for (const route of routes.filter(({ method, url }) => method === "POST" && !url.includes("login") && !/replay|secret|revoke/.test(url))) {
      for (const [n, body] of RAW.entries()) {
        const answer = await send(route, "nobody", "", body, `Bearer ${world.token("SP1")}`, {});
        judge({ route, n }, "POST", answer);
        expect([route, n, answer.status >= 400]).toEqual([route, n, true]);
      }
    }
  }, 60_000);

  test.each(FORGED)("a forged token (%s) is 401 wherever a token is asked for", async (authorization) => {
    const open = /^\/(auth|oauth\/token|health|docs|openapi\.json|pages|assets|pages-api|$)/;
    for (const route of routes.filter(({ method, url }) => !open.test(url) && ["GET", "POST", "PUT", "DELETE"].includes(method))) {
      const answer = await send(route, "known", "", "{}", authorization, {});
      if (answer.status !== 401) expect([route, answer.status, authorization]).toEqual([route, route.url.endsWith("*") ? 404 : 401, authorization]);
    }
  });

  test("the server still answers, and what was there is there", async () => {
    expect((await world.call("SP1", "GET", "/sessions/known?expand=all")).status).toBe(200);
    expect(world.logged.filter((line) => line.includes("our own error"))).toEqual([]);
  });
});
