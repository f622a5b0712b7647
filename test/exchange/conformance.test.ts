/** The black-box checklist against our own exchange, over a real port, with the parties its fixture wants. */
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pino from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Fixture, ROLES, type Role as Player, fixtureOf } from "../../src/conformance/fixture.ts";
import { outcomeLines } from "../../src/conformance/report.ts";
import { type Summary, runChecklist } from "../../src/conformance/run.ts";
import { type OpenExchange, openExchange } from "../../src/exchange/application/open.ts";
import type { Role } from "../../src/exchange/client/caller.ts";
import { BODY_BYTES_MAX } from "../../src/exchange/http/edge.ts";
import { type Schedule, startDeliverer } from "../../src/exchange/delivery/deliverer.ts";
import { createServer } from "../../src/exchange/http/server.ts";
import { registerWebhooks } from "../../src/exchange/http/webhooks.ts";
import { freePort } from "../crash/server.ts";
import { type TestServer, testServer } from "../journal/harness.ts";

const ROLE: Readonly<Record<Player, Role>> = {
  op1: "operator", op2: "operator", sp1: "serviceProvider", sp2: "serviceProvider", sp3: "serviceProvider", es1: "enforcement", ad: "administrator",
};
/** Nothing waits three days here. */
const SCHEDULE: Schedule = Array.from({ length: 9 }, () => 200);
/** Small enough to be met by a test, and only by it. */
const SP3_REQUESTS_PER_SECOND = 50;
const MANY_REQUESTS = 5_000;

let postgres: TestServer;
let exchange: OpenExchange;
let close: () => Promise<void>;
let summary: Summary;

beforeAll(async () => {
  postgres = await testServer();
  const keyFolder = mkdtempSync(join(tmpdir(), "gh-conformance-"));
  const clock = { now: () => Date.now(), elapsed: () => performance.now() };
  exchange = await openExchange({ connectionString: await postgres.fresh(), keyFolder, clock, newId: () => randomUUID(), currency: "GBP" });
  const receiverPort = await freePort();
  const policy = { allowedOrigins: [`http://127.0.0.1:${receiverPort}`] };
  const newId = () => randomUUID();
  const app = createServer({
    parts: exchange, log: pino({ level: "silent" }), behindTls: false,
    more: [(server, parts, auth) => registerWebhooks(server, { parts, auth, policy, newId })],
  });
  const url = await app.listen({ host: "127.0.0.1", port: 0 });
  const deliverer = startDeliverer({ parts: exchange, policy, schedule: SCHEDULE, newId, warn: () => {} });
  close = async () => {
    await deliverer.close();
    await app.close();
    await exchange.close();
    await postgres.stop();
    rmSync(keyFolder, { recursive: true, force: true });
  };
  summary = await runChecklist({ url, fixture: await register(receiverPort), run: "ci" });
}, 240_000);

afterAll(() => close());

async function register(receiverPort: number): Promise<Fixture> {
  const { parties } = exchange;
  const clients: Record<string, unknown> = {};
  for (const player of ROLES) {
    const organisation = player.toUpperCase();
    await parties.registerOrganisation({ id: organisation, role: ROLE[player], name: organisation });
    const pilotToken = randomUUID();
    const requestsPerSecond = player === "sp3" ? SP3_REQUESTS_PER_SECOND : MANY_REQUESTS;
    const clientSecret = await parties.registerClient({ id: player, organisation, requestsPerSecond, legacyToken: pilotToken });
    clients[player] = { clientId: player, clientSecret, organisation, pilotToken };
  }
  for (const [provider, operator] of [["SP1", "OP1"], ["SP2", "OP2"], ["SP3", "OP1"]] as const) await parties.connect(provider, operator);
  await parties.contract("ES1", "OP1");
  const fixture = fixtureOf({ clients, bodyBytesMax: BODY_BYTES_MAX, receiver: { port: receiverPort } });
  if (typeof fixture === "string") throw new Error(fixture);
  return fixture;
}

describe("our exchange", () => {
  it("passes the checklist", () => {
    const failed = summary.outcomes.filter(({ result }) => result === "failed");
    expect(failed.flatMap(outcomeLines)).toEqual([]);
    expect(summary.passed).toBeGreaterThan(105);
  });

  it("leaves unseen only what a plain server on one machine cannot show", () => {
    expect(summary.outcomes.filter(({ result }) => result === "unseen").map(({ item }) => item.no)).toEqual([1, 114, 115, 116, 117, 118]);
  });
});
