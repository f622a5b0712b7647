import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Operators } from "../../src/exchange/departure/operator.ts";
import { type PaymentTeller, startPaymentTeller } from "../../src/exchange/departure/payments.ts";
import { registerQuestions } from "../../src/exchange/departure/questions.ts";
import { departureRelay } from "../../src/exchange/departure/relay.ts";
import { type Deliverer, startDeliverer } from "../../src/exchange/delivery/deliverer.ts";
import { type Answer, type Body, plate, World } from "./harness.ts";

/** OP1 has no address: it comes for its questions. What else there is, the checklist shows (items 114 to 118). */
let world: World;
let operators: Operators | undefined;
let teller: PaymentTeller;
let deliverer: Deliverer;
const warned: string[] = [];

beforeAll(async () => {
  const warn = (text: string): void => void warned.push(text);
  world = await World.open({
    relay: (query, caller) => {
      operators ??= new Operators(world.exchange.departures, world.clock);
      return departureRelay(world.exchange, operators, warn)(query, caller);
    },
    more: [registerQuestions],
  });
  operators ??= new Operators(world.exchange.departures, world.clock);
  const newId = (): string => randomUUID();
  deliverer = startDeliverer({ parts: world.exchange, policy: { allowedOrigins: [] }, schedule: [], newId, warn });
  teller = startPaymentTeller({ parts: world.exchange, operators, newId, warn });
  await world.exchange.departures.setEndpoint("OP1", { base: null, token: null });
  await world.parking("garage", { "x-capabilities": ["podba"] });
});
afterAll(async () => {
  await teller.close();
  await deliverer.close();
  await operators?.close();
  await world.close();
});

const open = (id: string, vrm: string, due: number): Body => ({
  id, version: 1, actualStart: "2026-01-15T11:00:00Z", hierarchyElement: { id: "garage", version: 1, className: "Place" }, identifiedCredentials: [plate(vrm)],
  segments: [{ id: `${id}-a`, version: 1, actualStart: "2026-01-15T11:00:00Z", validationType: ["licensePlate"], financialTransactions: [{ segmentValue: due, taxIncluded: true }] }],
});
const paid = (id: string, due: number): Body => {
  const { segments: [segment] } = open(id, "", due);
  const payment = { segmentValue: due, taxIncluded: true, dateCollected: "2026-01-15T13:00:00Z", transactionId: `TX-${id}` };
  return { id, actualEnd: "2026-01-15T13:00:00Z", segments: [{ ...segment, actualEnd: "2026-01-15T13:00:00Z", financialTransactions: [payment] }] };
};
const ask = (vrm: string): Promise<Answer> => world.call("SP1", "GET", `/sessions?place=garage&credential_id=${vrm}&start_before=now&end_after=now&expand=all`);

type Asked = { readonly id: string; readonly method: string; readonly path: string; readonly body: string | null; readonly idempotencyKey: string | null };
/** The next question of the kind, brought to the site by its own request. */
async function question(method: string): Promise<Asked> {
  for (let n = 0; n < 10; n++) {
    const { data } = await world.ok("OP1", "GET", "/operator/questions?wait=1") as { data: Asked[] };
    const found = data.find((one) => one.method === method);
    if (found) return found;
  }
  throw new Error(`no ${method} asked`);
}
const reply = (id: string, status: number, body: object | null): Promise<Answer> => world.call("OP1", "POST", `/operator/questions/${id}`, { status, body });

async function asked(vrm: string, sessions: readonly Body[]): Promise<Answer> {
  const answer = ask(vrm);
  const { id, path } = await question("GET");
  expect(new URLSearchParams(path.split("?")[1]).get("credential_id")).toBe(vrm);
  expect((await reply(id, 200, { data: sessions })).status).toBe(200);
  return await answer;
}

async function stateOf(id: string, state: string): Promise<void> {
  for (let n = 0; n < 100; n++) {
    if ((await world.ok("SP1", "GET", `/sessions/${id}?expand=all`))["x-operatorState"] === state) return;
    await new Promise((done) => { setTimeout(done, 50); });
  }
  throw new Error(`${id} is not ${state} within 5 s`);
}

describe("pay on departure with an operator behind NAT", () => {
  test("the operator comes for the question; the payment is brought once, with its key", async () => {
    const found = await asked("AB12XYZ", [open("ticket-1", "AB12XYZ", 10.8)]);
    expect(found.body.data).toMatchObject([{ id: "ticket-1", segments: [{ financialTransactions: [{ segmentValue: 10.8 }] }] }]);
    await world.ok("SP1", "PUT", "/sessions/ticket-1", paid("ticket-1", 10.8));
    expect((await world.ok("SP1", "GET", "/sessions/ticket-1?expand=all"))["x-operatorState"]).toBe("pendingOperator");
    const told = await question("PUT");
    expect([told.path, told.idempotencyKey]).toEqual(["/sessions/ticket-1", "ticket-1:2"]);
    expect(JSON.parse(told.body ?? "{}")).toMatchObject({ id: "ticket-1", segments: [{ financialTransactions: [{ transactionId: "TX-ticket-1" }] }] });
    await reply(told.id, 200, { status: "ok", code: 200 });
    await stateOf("ticket-1", "told");
    await world.ok("SP1", "PUT", "/sessions/ticket-1", paid("ticket-1", 10.8));
    expect((await world.ok("OP1", "GET", "/operator/questions?wait=1")).data).toEqual([]);
    expect((await reply(told.id, 200, null)).status).toBe(404);
  });

  test("an operator that refuses the payment leaves it disputed, and an alert", async () => {
    await asked("CD34EFG", [open("ticket-2", "CD34EFG", 4)]);
    await world.ok("SP1", "PUT", "/sessions/ticket-2", paid("ticket-2", 4));
    await reply((await question("PUT")).id, 409, { status: "error", code: 409 });
    await stateOf("ticket-2", "disputed");
    for (let n = 0; n < 100 && warned.length === 0; n++) await new Promise((done) => { setTimeout(done, 20); });
    expect(warned.join()).toContain("refuses the payment of session ticket-2");
  });

  test("nobody comes: 504, and never an empty list", async () => {
    expect((await ask("EF56GHI")).status).toBe(504);
  });

  test("questions are the operator's own; a provider without agreement asks in vain", async () => {
    const answer = ask("GH78IJK");
    expect((await world.call("SP1", "GET", "/operator/questions")).status).toBe(403);
    expect((await world.ok("OP2", "GET", "/operator/questions")).data).toEqual([]);
    const { id } = await question("GET");
    expect((await world.call("OP2", "POST", `/operator/questions/${id}`, { status: 200, body: { data: [] } })).status).toBe(404);
    await reply(id, 200, { data: [] });
    expect((await answer).body.data).toEqual([]);
    const other = await world.call("SP2", "GET", "/sessions?place=garage&credential_id=AB12XYZ&expand=all");
    expect([other.status, other.body.data]).toEqual([200, []]);
  });

  test("a plate in a question is in no byte of the tables", async () => {
    await asked("ZZ98YYX", []);
    const { rows } = await world.exchange.database.owner.query("select question, answer from exchange.operator_question");
    expect(JSON.stringify(rows)).not.toContain("ZZ98YYX");
  });
});
