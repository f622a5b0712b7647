/** Items 1 to 13: transport and security. */
import { createHmac } from "node:crypto";
import { HOUR, campusBody, placeBody, rateBody, rightBody, sessionBody, specBody } from "../bodies.ts";
import { accepted, must, refused, status } from "../checks.ts";
import { type Reply, pause, requestToken } from "../http.ts";
import { type Item, Unseen, item } from "../item.ts";
import { at } from "../json.ts";
import type { Trial } from "../trial.ts";

const LISTS = ["/places", "/rights/specs", "/rates", "/rights/assigned", "/sessions"] as const;

async function plainHttp({ transport }: Trial): Promise<void> {
  const url = new URL(transport.base);
  if (url.protocol === "http:") throw new Unseen("the URL given is plain HTTP itself, as on a test machine");
  url.protocol = "http:";
  const reply = await fetch(`${url.href}/places`, { redirect: "manual", signal: AbortSignal.timeout(5_000) }).catch(() => null);
  if (reply === null) return;
  const body = await reply.text();
  // A TLS port that says 400 to plain HTTP has not answered the question.
  must(reply.status === 400 || (reply.status >= 300 && reply.status < 400 && body === ""), `plain HTTP was answered with ${reply.status}`);
}

async function tokens(trial: Trial): Promise<void> {
  const client = trial.client("sp1");
  const good = status(await requestToken(trial.transport, client), 200);
  must(typeof at(good.json, "access_token") === "string", "no access_token", good);
  must(String(at(good.json, "token_type")).toLowerCase() === "bearer", "token_type is not Bearer", good);
  must(Number(at(good.json, "expires_in")) > 0, "expires_in is no positive number", good);
  status(await requestToken(trial.transport, { ...client, clientSecret: `${client.clientSecret}x` }), 401);
  status(await requestToken(trial.transport, { ...client, clientId: `${client.clientId}x` }), 401);
}

async function scope(trial: Trial): Promise<void> {
  const reply = status(await requestToken(trial.transport, trial.client("sp1"), { scope: "po" }), 400, 401);
  must(at(reply.json, "error") === "invalid_scope", "error is not invalid_scope", reply);
}

async function withoutToken(trial: Trial): Promise<void> {
  const nobody = trial.bare();
  for (const path of [...LISTS, "/contacts"]) {
    refused(await nobody.get(path), 401);
    refused(await nobody.get(`${path}/x`), 401);
  }
  for (const path of LISTS) {
    refused(await nobody.post(path, { id: "x" }), 401);
    for (const method of ["PUT", "DELETE"] as const) refused(await nobody.send(method, `${path}/x`, method === "PUT" ? { body: { id: "x" } } : {}), 401);
  }
  refused(await nobody.post("/webhooks", {}), 401);
}

async function badTokens(trial: Trial): Promise<void> {
  const claims = { sub: trial.client("op1").clientId, scope: "ad po sp ep", exp: Math.floor(trial.now() / 1_000) + 3_600 };
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const unsigned = `${part({ alg: "none", typ: "JWT" })}.${part(claims)}.`;
  const head = `${part({ alg: "HS256", typ: "JWT" })}.${part(claims)}`;
  const forged = `${head}.${createHmac("sha256", "secret").update(head).digest("base64url")}`;
  for (const token of ["garbage", unsigned, forged, "x".repeat(4_000), "%00", ""]) {
    refused(await trial.bare({ authorization: `Bearer ${token}` }).get("/places"), 401);
  }
  const { clientId, clientSecret } = trial.client("op1");
  const basic = Buffer.from(`${clientId}:${clientSecret}`).toString("base64");
  refused(await trial.bare({ authorization: `Basic ${basic}` }).get("/places"), 401);
}

async function providerMayNotPublish(trial: Trial): Promise<void> {
  const { street } = await trial.world();
  const sp1 = trial.as("sp1");
  refused(await sp1.post("/places", placeBody(trial.names.id("forbidden"))), 403);
  refused(await sp1.post("/rights/specs", specBody(trial.names.id("forbidden"), [street])), 403);
  refused(await sp1.post("/rates", rateBody(trial.names.id("forbidden"))), 403);
}

async function enforcementMayNotWrite(trial: Trial): Promise<void> {
  const { street, streetSpec } = await trial.world();
  const es1 = trial.as("es1");
  const now = trial.now();
  const session = sessionBody(trial.names.id("session"), street, trial.names.plate(), now, now + HOUR);
  const right = rightBody(trial.names.id("right"), streetSpec, trial.names.plate(), now, now + HOUR);
  for (const [path, body] of [["/sessions", session], ["/rights/assigned", right]] as const) {
    refused(await es1.post(path, body), 403);
    accepted(await trial.as("sp1").post(path, body));
    refused(await es1.put(`${path}/${body["id"]}`, { ...body, version: 2 }), 403);
    refused(await es1.delete(`${path}/${body["id"]}`), 403);
  }
}

async function administratorMayNotWrite(trial: Trial): Promise<void> {
  const { street, streetSpec } = await trial.world();
  const ad = trial.as("ad");
  const id = () => trial.names.id("forbidden");
  const now = trial.now();
  refused(await ad.post("/places", campusBody(id())), 403);
  refused(await ad.post("/rights/specs", specBody(id(), [street])), 403);
  refused(await ad.post("/rates", rateBody(id())), 403);
  refused(await ad.post("/rights/assigned", rightBody(id(), streetSpec, trial.names.plate(), now, now + HOUR)), 403);
  refused(await ad.post("/sessions", sessionBody(id(), street, trial.names.plate(), now, now + HOUR)), 403);
}

async function operatorSessions(trial: Trial): Promise<void> {
  const { street, gated } = await trial.world();
  const op1 = trial.as("op1");
  const now = trial.now();
  refused(await op1.post("/sessions", sessionBody(trial.names.id("session"), street, trial.names.plate(), now, null)), 403);
  status(await op1.post("/sessions", sessionBody(trial.names.id("session"), gated, trial.names.plate(), now, null)), 201);
}

async function otherRoutesWantToken(trial: Trial): Promise<void> {
  const nobody = trial.bare();
  refused(await nobody.post("/webhooks", { endpoint: "https://example.org/", topics: ["SystemEvents"] }), 401);
  // Not offered yet is allowed; answering is not.
  for (const path of ["/observability/events", "/reconciliation/transactions", "/reconciliation/reports"]) refused(await nobody.get(path), [401, 404]);
}

async function burst(trial: Trial): Promise<void> {
  const role = trial.fixture.clients.sp3 ? "sp3" : "sp2";
  const caller = trial.as(role);
  status(await caller.get("/contacts"), 200);
  let limited: Reply | undefined;
  for (let sent = 0; sent < trial.fixture.burstMax && !limited; sent += 50) {
    const replies = await Promise.all(Array.from({ length: 50 }, () => caller.send("GET", "/contacts", { hurry: true })));
    limited = replies.find((reply) => reply.status === 429);
    const odd = replies.find((reply) => reply.status !== 200 && reply.status !== 429);
    must(!odd, `a burst was answered with ${odd?.status}`, odd);
  }
  must(limited, `${trial.fixture.burstMax} requests of one client met no limit`);
  refused(limited, 429);
  const seconds = Number(limited.headers.get("retry-after"));
  must(seconds > 0, "429 without a Retry-After in seconds", limited);
  status(await trial.as("op1").send("GET", "/contacts", { hurry: true }), 200);
  await pause(Math.min(60, seconds) * 1_000);
  status(await caller.get("/contacts"), 200);
}

async function pilotToken(trial: Trial): Promise<void> {
  const { pilotToken: token } = trial.client("op1");
  if (token === undefined) throw new Unseen("the fixture has no pilotToken for op1");
  status(await trial.bare({ "x-mcc-access-token": token }).get("/v1/parking/places"), 200);
  status(await trial.bare({ "x-mcc-access-token": "00000000-0000-4000-8000-000000000000" }).get("/v1/parking/places"), 401);
  status(await trial.bare().get("/v1/parking/places"), 401);
}

async function noInsides({ transport }: Trial): Promise<void> {
  transport.watch.demand("noInsides");
}

export const TRANSPORT_ITEMS: readonly Item[] = [
  item(1, "S", "Plain HTTP is not answered, or redirected without a body", [], plainHttp, {
    rest: "seen at an https address only; ours listens to a proxy on its own machine, which ends TLS (docs/exchange/README.md)",
  }),
  item(2, "S", "The token endpoint gives a bearer token for the right secret and 401 for a wrong one", ["sp1"], tokens),
  item(3, "D", "A scope the client was not granted is invalid_scope", ["sp1"], scope),
  item(4, "S", "Every route without a token is 401 with a ResponseStatus body", [], withoutToken),
  item(5, "P", "A garbage, unsigned or forged token is 401", ["op1"], badTokens, { rest: "an expired token: test/exchange/walls.test.ts" }),
  item(6, "S", "A provider may not publish places, specifications or rates", ["op1", "sp1"], providerMayNotPublish),
  item(7, "S", "An enforcement supplier may not write sessions or rights", ["op1", "sp1", "es1"], enforcementMayNotWrite),
  item(8, "S", "The administrator writes none of the five resources", ["op1", "ad"], administratorMayNotWrite),
  item(9, "D", "An operator writes sessions only where frictionless or pay on departure is switched on", ["op1"], operatorSessions),
  item(10, "D", "Webhooks, observability and reconciliation want a token", [], otherRoutesWantToken),
  item(11, "S", "Too many requests of one client are 429 with Retry-After; others are not affected", ["op1", "sp2"], burst, { last: true }),
  item(12, "SL", "X-MCC-Access-Token works under /v1/parking; an unknown one is 401", ["op1"], pilotToken),
  item(13, "S", "No error body shows a stack trace or SQL", [], noInsides, { last: true }),
];
