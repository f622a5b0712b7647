/** What the sandbox shows of messages: who, which route, which answer; never an id, a plate or a secret. */
import { type IncomingMessage, type Server, type ServerResponse, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { FLOW_HEADER, type Message } from "./contract.ts";
import { deskActOf, MockOperator } from "./operator.ts";
import { routeOf } from "./route.ts";
import { startSandboxServer } from "./server.ts";
import { Tap } from "./tap.ts";
import { sandboxWorld } from "./world.ts";

const closers: (() => Promise<void> | void)[] = [];
afterEach(async () => { for (const close of closers.splice(0).toReversed()) await close(); });

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "gatehouse-sandbox-"));
  closers.push(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

/** An exchange that gives out a token and echoes what it was asked. */
async function echo(listener?: (request: IncomingMessage, response: ServerResponse) => void): Promise<{ readonly host: string; readonly port: number }> {
  const server: Server = createServer((request, response) => {
    if (listener) return listener(request, response);
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      response.writeHead(request.url === "/auth" ? 200 : 201, { "content-type": "application/json", "x-lint": "T5" });
      response.end(request.url === "/auth" ? JSON.stringify({ access_token: "token-of-sp1" }) : Buffer.concat(parts));
    });
    return undefined;
  });
  await new Promise<void>((resolve) => { server.listen(0, "127.0.0.1", resolve); });
  closers.push(() => new Promise((resolve) => { server.closeAllConnections(); server.close(() => resolve()); }));
  return { host: "127.0.0.1", port: (server.address() as AddressInfo).port };
}

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 0, 15, 12);
const operator = (at: { now: number } = { now: NOW }): MockOperator =>
  new MockOperator({ place: "220002", name: "Council", way: "address", rate: { hourMinor: 310, mostMinor: 2_200 }, now: () => at.now });

async function sandbox(upstream: { readonly host: string; readonly port: number }) {
  const world = sandboxWorld(folder());
  const tap = new Tap();
  const operators = new Map([["op1", operator()]] as const);
  const server = await startSandboxServer({ host: "127.0.0.1", port: 0, upstream: () => upstream, world, tap, operators, operatorToken: "good", pagesFolder: folder() });
  closers.push(() => server.stop());
  return { url: server.url, world, tap };
}

const brief = ({ from, to, method, route, status, flow }: Message) => ({ from, to, method, route, status, flow });

describe("the template of an address", () => {
  it.each([
    ["/places/805428?expand=all", "/places/{id}?expand"],
    ["/rights/assigned?place=805430&credential_id=AB12XYZ&end_after=now", "/rights/assigned?place&credential_id&end_after"],
    ["/rights/assigned/AB12XYZ", "/rights/assigned/{id}"],
    ["/v1/parking/sessions/x", "/v1/parking/sessions/{id}"],
    ["/auth", "/auth"],
    ["/AB12XYZ", "/..."],
    ["/places/a/AB12XYZ", "/..."],
    ["/sessions?AB12XYZ=1&Credential=2", "/sessions"],
  ])("of %s is %s", (url, template) => { expect(routeOf(url)).toBe(template); });
});

describe("the relay", () => {
  it("passes everything on and says whose message it was", async () => {
    const { url, world, tap } = await sandbox(await echo());
    const sp1 = world.actors.find(({ id }) => id === "sp1")!;
    await fetch(`${url}/auth`, { method: "POST", body: new URLSearchParams({ grant_type: "client_credentials", client_id: sp1.clientId, client_secret: sp1.clientSecret }) });
    const headers = { authorization: "Bearer token-of-sp1", "content-type": "application/json", [FLOW_HEADER]: "uc2-7" };
    const reply = await fetch(`${url}/sessions?credential_id=AB12XYZ`, { method: "POST", headers, body: "{\"plate\":\"AB12XYZ\"}" });
    expect([reply.status, reply.headers.get("x-lint"), await reply.text()]).toEqual([201, "T5", "{\"plate\":\"AB12XYZ\"}"]);
    await fetch(`${url}/places`, { headers: { authorization: "Bearer stranger", [FLOW_HEADER]: "not a name!" } });
    expect(tap.since(0).map(brief)).toEqual([
      { from: "sp1", to: "exchange", method: "POST", route: "/auth", status: 200, flow: null },
      { from: "sp1", to: "exchange", method: "POST", route: "/sessions?credential_id", status: 201, flow: "uc2-7" },
      { from: "somebody", to: "exchange", method: "GET", route: "/places", status: 201, flow: null },
    ]);
    const shown = JSON.stringify(tap.since(0));
    for (const hidden of ["AB12XYZ", sp1.clientSecret, "token-of-sp1"]) expect(shown).not.toContain(hidden);
  });

  it("answers 502 for an exchange that is not there", async () => {
    const { url, tap } = await sandbox({ host: "127.0.0.1", port: 1 });
    const reply = await fetch(`${url}/places`);
    expect([reply.status, await reply.json()]).toEqual([502, { status: "error", code: 502, message: "the exchange does not answer" }]);
    expect(tap.since(0).map(({ status }) => status)).toEqual([502]);
  });
});

describe("the messages", () => {
  it("are streamed, those before first, and a delivery is shown by its topic", async () => {
    const { url, tap } = await sandbox(await echo());
    tap.record({ at: 1, from: "op1", to: "exchange", method: "PUT", route: "/places/{id}", status: 200, ms: 3, flow: null });
    const stop = new AbortController();
    const stream = await fetch(`${url}/sandbox/messages`, { signal: stop.signal });
    const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader();
    await fetch(`${url}/sandbox/hooks/es1`, { method: "POST", body: JSON.stringify({ topic: "AssignedRightCreated", data: [{ id: "AB12XYZ" }] }) });
    let seen = "";
    while (!seen.includes("AssignedRightCreated")) seen += (await reader.read()).value ?? "";
    stop.abort();
    expect(seen).toContain("id: 1\nevent: message\ndata: {\"at\":1,\"from\":\"op1\"");
    expect(seen).toContain("\"from\":\"exchange\",\"to\":\"es1\"");
    expect(seen).not.toContain("AB12XYZ");
  });

  it("of long ago are forgotten", () => {
    const tap = new Tap();
    for (let n = 0; n < 1_000; n++) tap.record({ at: n, from: "op1", to: "exchange", method: "GET", route: "/places", status: 200, ms: 1, flow: null });
    expect([tap.since(0).length, tap.since(990).map(({ seq }) => seq)]).toEqual([300, [991, 992, 993, 994, 995, 996, 997, 998, 999, 1_000]]);
  });
});

describe("a delivery", () => {
  it("is filed under a flow that waits for its answer", () => {
    const tap = new Tap();
    tap.heard("uc5", 1_000);
    expect([tap.flowAt(1_050), tap.flowAt(9_000)]).toEqual(["uc5", null]);
  });

  it("is filed under the flow that spoke just before, and under none long after", () => {
    const tap = new Tap();
    const said = { to: "exchange", method: "POST", route: "/sessions", status: 201, ms: 1 } as const;
    tap.record({ ...said, at: 1_000, from: "sp1", flow: "uc2" });
    tap.record({ ...said, at: 1_100, from: "op1", flow: null });
    expect([tap.flowAt(1_200), tap.flowAt(5_000)]).toEqual(["uc2", null]);
  });
});

describe("the mock operator", () => {
  const asked = (mock: MockOperator, credential: string, place = "220002") =>
    (mock.answer({ method: "GET", path: `/sessions?place=${place}&credential_id=${credential}`, body: null }).body as { data: readonly { segments: readonly object[] }[] }).data;
  const payment = (minor: number, transactionId: string, at: number) =>
    JSON.stringify({ segments: [{ financialTransactions: [{ segmentValue: minor / 100, dateCollected: new Date(at).toISOString(), transactionId }] }] });

  it("asks by its rate for plate or ticket, and the amount stands until the hour is full", () => {
    const at = { now: NOW };
    const mock = operator(at);
    mock.act({ type: "park", plate: "AB12XYZ", minutesAgo: 130 });
    const [car] = mock.desk().cars;
    expect(asked(mock, "ab12 xyz")).toMatchObject([{ segments: [{ "x-quoteValidUntil": "2026-01-15T12:50:00Z", financialTransactions: [{ segmentValue: 9.3 }] }] }]);
    at.now += 49 * 60_000;
    expect(asked(mock, car?.ticket ?? "")).toMatchObject([{ segments: [{ financialTransactions: [{ segmentValue: 9.3 }] }] }]);
    at.now += 60_000;
    expect(mock.desk().cars[0]?.dueMinor).toBe(1_240);
    at.now += 20 * HOUR;
    expect(mock.desk().cars[0]?.dueMinor).toBe(2_200);
    expect([asked(mock, "AB12XYY"), asked(mock, "AB12XYZ", "910001")]).toEqual([[], []]);
  });

  it("takes the amount due once, told again the same, and no other amount", () => {
    const mock = operator();
    mock.act({ type: "park", plate: "AB12XYZ", minutesAgo: 130 });
    const [car] = mock.desk().cars;
    const told = (body: string) => mock.answer({ method: "PUT", path: `/sessions/${car?.session}`, body }).status;
    mock.act({ type: "validate", ticket: car?.ticket ?? "" });
    expect(told(payment(930, "TX-1", NOW))).toBe(409);
    expect([told(payment(620, "TX-1", NOW)), told(payment(620, "TX-1", NOW)), told(payment(620, "TX-2", NOW))]).toEqual([200, 200, 409]);
    expect([told("{"), mock.answer({ method: "PUT", path: "/sessions/other", body: "{}" }).status, asked(mock, "AB12XYZ")]).toEqual([400, 404, []]);
  });

  it("is asked at its address with the token only, and says nothing while it is switched off", async () => {
    const { url, tap } = await sandbox(await echo());
    const ask = (token: string, signal: AbortSignal = AbortSignal.timeout(5_000)) =>
      fetch(`${url}/sandbox/operator/op1/sessions?place=220002&credential_id=AB12XYZ`, { headers: { authorization: `Bearer ${token}` }, signal });
    const act = async (body: object) => (await fetch(`${url}/sandbox/departures/op1`, { method: "POST", body: JSON.stringify(body) })).status;
    expect(await act({ type: "park", plate: "AB12 XYZ", minutesAgo: 10 })).toBe(200);
    expect([(await ask("wrong")).status, ((await (await ask("good")).json()) as { data: object[] }).data.length]).toEqual([401, 1]);
    expect(await act({ type: "setReachable", reachable: false })).toBe(200);
    await expect(ask("good", AbortSignal.timeout(100))).rejects.toThrow(/timeout/i);
    await expect.poll(() => tap.since(0).map(({ status }) => status)).toEqual([401, 200, 0]);
    expect(JSON.stringify(tap.since(0))).not.toContain("AB12XYZ");
    expect([await act({ type: "validate", ticket: "none" }), await act({ type: "no" }), (await fetch(`${url}/sandbox/departures/op9`)).status]).toEqual([404, 400, 404]);
  });

  it.each([
    [{ type: "park", plate: "ab-12", minutesAgo: 5 }, { type: "park", plate: "AB12", minutesAgo: 5 }], [{ type: "park", plate: "", minutesAgo: 5 }, undefined],
    [{ type: "park", plate: "AB12", minutesAgo: -1 }, undefined], [{ type: "setReachable", reachable: "no" }, undefined], [null, undefined], ["park", undefined],
  ])("reads %j as %j", (sent, read) => { expect(deskActOf(sent)).toEqual(read); });
});

describe("the world", () => {
  it("keeps its secrets over a restart and shares none between sandboxes", () => {
    const here = folder();
    expect(sandboxWorld(here)).toEqual(sandboxWorld(here));
    expect(sandboxWorld(folder()).actors[0]?.clientSecret).not.toBe(sandboxWorld(here).actors[0]?.clientSecret);
    expect(sandboxWorld(here).actors.map(({ role }) => role)).toEqual(["operator", "operator", "serviceProvider", "serviceProvider", "enforcement", "administrator"]);
  });
});
