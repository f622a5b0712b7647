/** The black-box checklist against our own exchange, over a real port, with the parties its fixture wants. */
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pino from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CHECKLIST } from "../../src/conformance/checklist.ts";
import { type Fixture, ROLES, type Role as Player, fixtureOf } from "../../src/conformance/fixture.ts";
import { outcomeLines } from "../../src/conformance/report.ts";
import { type Summary, runChecklist } from "../../src/conformance/run.ts";
import { type OpenExchange, openExchange } from "../../src/exchange/application/open.ts";
import type { Role } from "../../src/exchange/client/caller.ts";
import { startDeliverer } from "../../src/exchange/delivery/deliverer.ts";
import { Operators } from "../../src/exchange/departure/operator.ts";
import { startPaymentTeller } from "../../src/exchange/departure/payments.ts";
import { departureRelay } from "../../src/exchange/departure/relay.ts";
import { BODY_BYTES_MAX } from "../../src/exchange/http/edge.ts";
import { registerQuestions } from "../../src/exchange/departure/questions.ts";
import { createServer } from "../../src/exchange/http/server.ts";
import { registerWebhooks } from "../../src/exchange/http/webhooks.ts";
import { freePort } from "../crash/server.ts";
import { type TestServer, testServer } from "../journal/harness.ts";

const ROLE: Readonly<Record<Player, Role>> = {
  op1: "operator", op2: "operator", sp1: "serviceProvider", sp2: "serviceProvider", sp3: "serviceProvider", es1: "enforcement", ad: "administrator",
};
/** The schedule of days, in seconds: the suite waits for the third attempt. */
const SCHEDULE = [300, 600, 1_200];
const OPERATOR_PATH = "/operator";
/** Small enough to be met by a test, and only by it. */
const SP3_REQUESTS_PER_SECOND = 50;
const MANY_REQUESTS = 5_000;
/** The one item that wants TLS, which a proxy ends. */
const PLAIN_HTTP = 1;

let postgres: TestServer;
let exchange: OpenExchange;
let close: () => Promise<void>;
let summary: Summary;

beforeAll(async () => {
  postgres = await testServer();
  const keyFolder = mkdtempSync(join(tmpdir(), "gh-conformance-"));
  const clock = { now: () => Date.now(), elapsed: () => performance.now() };
  exchange = await openExchange({ connectionString: await postgres.fresh(), keyFolder, clock, newId: () => randomUUID(), currency: "GBP" });
  const port = await freePort();
  const receiver = `http://127.0.0.1:${port}`;
  const newId = (): string => randomUUID();
  const policy = { allowedOrigins: [receiver] };
  const operators = new Operators(exchange.departures, clock);
  const app = createServer({
    parts: exchange, log: pino({ level: "silent" }), behindTls: false, relay: departureRelay(exchange, operators, () => {}),
    more: [(server, parts, auth) => registerWebhooks(server, { parts, auth, policy, newId }), registerQuestions],
  });
  const deliverer = startDeliverer({ parts: exchange, policy, schedule: SCHEDULE, newId, warn: () => {} });
  const teller = startPaymentTeller({ parts: exchange, operators, newId, warn: () => {} });
  const url = await app.listen({ host: "127.0.0.1", port: 0 });
  close = async () => {
    await deliverer.close();
    await teller.close();
    await app.close();
    await operators.close();
    await exchange.close();
    await postgres.stop();
    rmSync(keyFolder, { recursive: true, force: true });
  };
  summary = await runChecklist({ url, fixture: await register(port), run: "ci" });
}, 240_000);

afterAll(() => close());

async function register(port: number): Promise<Fixture> {
  const { parties, departures } = exchange;
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
  await departures.setEndpoint("OP1", { base: `http://127.0.0.1:${port}${OPERATOR_PATH}`, token: null });
  const fixture = fixtureOf({ clients, bodyBytesMax: BODY_BYTES_MAX, receiver: { port }, operatorPath: OPERATOR_PATH });
  if (typeof fixture === "string") throw new Error(fixture);
  return fixture;
}

describe("our exchange", () => {
  it("passes the checklist", () => {
    expect(summary.outcomes.filter(({ result }) => result === "failed").flatMap(outcomeLines)).toEqual([]);
    const judged = CHECKLIST.filter(({ type }) => type === "checked").map(({ no }) => no);
    expect(summary.outcomes.filter(({ result }) => result === "passed").map(({ item }) => item.no)).toEqual(judged.filter((no) => no !== PLAIN_HTTP));
  });

  it("leaves unseen only what a plain server on one machine cannot show", () => {
    expect(summary.outcomes.filter(({ result }) => result === "unseen").map(({ item }) => item.no)).toEqual([PLAIN_HTTP]);
  });
});
