/** What the sandbox shows of messages: who, which route, which answer; never an id, a plate or a secret. */
import { type IncomingMessage, type Server, type ServerResponse, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { FLOW_HEADER, type Message } from "./contract.ts";
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

async function sandbox(upstream: { readonly host: string; readonly port: number }) {
  const world = sandboxWorld(folder());
  const tap = new Tap();
  const server = await startSandboxServer({ host: "127.0.0.1", port: 0, upstream: () => upstream, world, tap, pagesFolder: folder() });
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
  it("is filed under the flow that spoke just before, and under none long after", () => {
    const tap = new Tap();
    const said = { to: "exchange", method: "POST", route: "/sessions", status: 201, ms: 1 } as const;
    tap.record({ ...said, at: 1_000, from: "sp1", flow: "uc2" });
    tap.record({ ...said, at: 1_100, from: "op1", flow: null });
    expect([tap.flowAt(1_200), tap.flowAt(5_000)]).toEqual(["uc2", null]);
  });
});

describe("the world", () => {
  it("keeps its secrets over a restart and shares none between sandboxes", () => {
    const here = folder();
    expect(sandboxWorld(here)).toEqual(sandboxWorld(here));
    expect(sandboxWorld(folder()).actors[0]?.clientSecret).not.toBe(sandboxWorld(here).actors[0]?.clientSecret);
    expect(sandboxWorld(here).actors.map(({ role }) => role)).toEqual(["operator", "operator", "serviceProvider", "serviceProvider", "enforcement", "administrator"]);
  });
});
