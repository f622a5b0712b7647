/**
 * Items 114 to 118: pay on departure, with the suite as the operator.
 *
 *   SP1 -> exchange -> suite: GET sessions?credential_id&place     the suite answers with the amount due
 *   SP1 -> exchange -> suite: PUT sessions/{id}                    the payment
 */
import { HOUR, MINUTE, due, instant, paid, segmentBody, sessionBody } from "../bodies.ts";
import { equal, must, refused, status } from "../checks.ts";
import { type Reply, pause } from "../http.ts";
import { type Item, Unseen, item } from "../item.ts";
import { type Body, at, listAt, textAt } from "../json.ts";
import type { Answer, Inbox, Received } from "../receiver.ts";
import { type Trial } from "../trial.ts";

const SILENT_MS_MAX = 5_000;
const RELAY_MS_MAX = 10_000;

type Ticket = { readonly id: string; readonly plate: string; readonly from: number; readonly amount: number };

async function operatorOf(trial: Trial): Promise<Inbox> {
  const { operatorPath } = trial.fixture;
  if (operatorPath === undefined) throw new Unseen("the fixture has no operatorPath: the server asks no operator at the suite's address");
  return (await trial.receiver()).openAt(operatorPath);
}

function ticketOf(trial: Trial, amount = 10.8): Ticket {
  return { id: trial.names.id("ticket"), plate: trial.names.plate(), from: Math.floor(trial.now() / 1_000) * 1_000 - 2 * HOUR, amount };
}

function openSession(ticket: Ticket, place: string): Body {
  return sessionBody(ticket.id, place, ticket.plate, ticket.from, null, { financialTransactions: [due(ticket.amount)] });
}

/** Answers questions about the tickets and takes payments with 200. */
function operatorAnswers(place: string, tickets: readonly Ticket[]): (received: Received) => Answer {
  return ({ method, query }) => {
    if (method !== "GET") return { status: 200, body: { status: "ok", code: 200 } };
    const asked = query.get("credential_id");
    const data = tickets.filter(({ plate }) => plate === asked).map((ticket) => openSession(ticket, place));
    return { status: 200, body: { meta: { referenceInstant: Math.floor(Date.now() / 1_000), offset: 0, pageSize: 100, total: data.length }, data } };
  };
}

async function ask(trial: Trial, plate: string, role: "sp1" | "sp3" = "sp1"): Promise<Reply> {
  const { gated } = await trial.world();
  return trial.as(role).get("/sessions", { place: gated, credential_id: plate, start_before: "now", end_after: "now", expand: "all" });
}

function payment(ticket: Ticket, amount: number, transaction: string, at_: number): Body {
  const segment = segmentBody(`${ticket.id}-s1`, ticket.from, at_, { financialTransactions: [paid(amount, at_, transaction)] });
  return { id: ticket.id, actualEnd: instant(at_), segments: [segment] };
}

async function relayed(trial: Trial): Promise<void> {
  const { gated } = await trial.world();
  const operator = await operatorOf(trial);
  const ticket = ticketOf(trial);
  operator.answer(operatorAnswers(gated, [ticket]));
  const reply = status(await ask(trial, ticket.plate), 200);
  equal(listAt(reply.json, "data").length, 1, "sessions found", reply);
  equal(textAt(reply.json, "data.0.id"), ticket.id, "id", reply);
  equal(at(reply.json, "data.0.segments.0.financialTransactions.0.segmentValue"), 10.8, "amount due", reply);
  const asked = operator.received.find(({ query }) => query.get("credential_id") === ticket.plate);
  must(asked, "the operator was not asked");
  equal(asked.query.get("place"), gated, "place the operator was asked for");
  const stranger = status(await ask(trial, trial.names.plate()), 200);
  equal(listAt(stranger.json, "data"), [], "sessions of a car the operator does not know", stranger);
}

async function silent(trial: Trial): Promise<void> {
  const operator = await operatorOf(trial);
  operator.answer(() => ({ status: 500, body: { status: "error", code: 500 } }));
  refused(await ask(trial, trial.names.plate()), 502);
  operator.answer(() => ({ status: 200, text: "{\"meta\": {" }));
  refused(await ask(trial, trial.names.plate()), 502);
  operator.answer(() => null);
  const began = performance.now();
  refused(await ask(trial, trial.names.plate()), 504);
  const took = performance.now() - began;
  must(took < SILENT_MS_MAX, `504 after ${Math.round(took)} ms`);
  // After some silent answers nobody waits any more.
  let quickest = took;
  for (let n = 0; n < 8 && quickest > 1_000; n++) {
    const again = performance.now();
    refused(await ask(trial, trial.names.plate()), 504);
    quickest = Math.min(quickest, performance.now() - again);
  }
  must(quickest <= 1_000, `eight silent answers in a row, and the next still took ${Math.round(quickest)} ms`);
  await recovered(trial, operator);
}

/** Waits until the exchange asks again, so that the next item finds it willing. */
async function recovered(trial: Trial, operator: Inbox): Promise<void> {
  const { gated } = await trial.world();
  operator.answer(operatorAnswers(gated, []));
  for (let n = 0; n < 60; n++) {
    if ((await ask(trial, trial.names.plate())).status === 200) return;
    await pause(1_000);
  }
  must(false, "the operator answers again, and a minute later the exchange still says it does not");
}

async function paidOnce(trial: Trial): Promise<void> {
  const { gated } = await trial.world();
  const operator = await operatorOf(trial);
  const ticket = ticketOf(trial);
  operator.answer(operatorAnswers(gated, [ticket]));
  status(await ask(trial, ticket.plate), 200);
  const body = payment(ticket, 10.8, "TX-P1", trial.now());
  status(await trial.as("sp1").put(`/sessions/${ticket.id}`, body), 200);
  const isPut = ({ method, path }: Received) => method === "PUT" && decodeURIComponent(path).endsWith(`/sessions/${ticket.id}`);
  const put = await operator.next(isPut, RELAY_MS_MAX);
  must(put, "the payment was not relayed to the operator");
  must((put.headers["idempotency-key"] ?? "") !== "", "the relayed payment has no Idempotency-Key");
  status(await trial.as("sp1").put(`/sessions/${ticket.id}`, body), 200);
  await pause(1_000);
  equal(operator.received.filter(isPut).length, 1, "number of payments relayed");
  await paidWhileAway(trial, operator);
}

/** The operator is away when the payment comes: it is kept, sent again, and its state can be seen. */
async function paidWhileAway(trial: Trial, operator: Inbox): Promise<void> {
  const { gated } = await trial.world();
  const ticket = ticketOf(trial, 5);
  const answers = operatorAnswers(gated, [ticket]);
  operator.answer(answers);
  status(await ask(trial, ticket.plate), 200);
  let away = true;
  operator.answer((received) => (received.method === "PUT" && away ? { status: 503 } : answers(received)));
  status(await trial.as("sp1").put(`/sessions/${ticket.id}`, payment(ticket, 5, "TX-P2", trial.now())), 200);
  const seen = status(await trial.as("sp1").get(`/sessions/${ticket.id}`, { expand: "all" }), 200);
  must(seen.text.includes("pendingOperator"), "the session does not show pendingOperator", seen);
  const before = operator.received.length;
  away = false;
  const again = await operator.next((received) => operator.received.indexOf(received) >= before && received.method === "PUT", 4 * RELAY_MS_MAX);
  must(again, "the payment was not sent again to the operator");
}

async function twoPayers(trial: Trial): Promise<void> {
  if (trial.fixture.clients.sp3 === undefined) throw new Unseen("a second provider connected to OP1 is needed: the fixture has no client sp3");
  const { gated } = await trial.world();
  const operator = await operatorOf(trial);
  const ticket = ticketOf(trial);
  operator.answer(operatorAnswers(gated, [ticket]));
  status(await ask(trial, ticket.plate), 200);
  status(await ask(trial, ticket.plate, "sp3"), 200);
  const replies = await Promise.all((["sp1", "sp3"] as const).map((role, n) =>
    trial.as(role).put(`/sessions/${ticket.id}`, payment(ticket, 10.8, `TX-${n}`, trial.now()))));
  const won = replies.filter((reply) => reply.status === 200).length;
  must(won === 1, `${won} of two payers succeeded`, replies[0]);
  refused(replies.find((reply) => reply.status !== 200)!, 409, ticket.id);
}

async function otherAmount(trial: Trial): Promise<void> {
  const { gated } = await trial.world();
  const operator = await operatorOf(trial);
  const ticket = ticketOf(trial);
  operator.answer(operatorAnswers(gated, [ticket]));
  status(await ask(trial, ticket.plate), 200);
  const sp1 = trial.as("sp1");
  for (const amount of [9.8, 11.8, 0]) refused(await sp1.put(`/sessions/${ticket.id}`, payment(ticket, amount, "TX-LESS", trial.now() + MINUTE)), 409, ticket.id);
  const unknown = ticketOf(trial);
  refused(await sp1.put(`/sessions/${unknown.id}`, payment(unknown, 1, "TX-NONE", trial.now())), 404);
}

export const DEPARTURE_ITEMS: readonly Item[] = [
  item(114, "S", "The provider's question reaches the operator, and its answer the provider", ["op1", "sp1"], relayed),
  item(115, "D", "A silent operator is 504 within five seconds and then at once; a failing one 502; never an empty list", ["op1", "sp1"], silent),
  item(116, "SD", "A payment reaches the operator once, with an idempotency key; an absent operator gets it later", ["op1", "sp1"], paidOnce),
  item(117, "D", "Of two providers that pay at once one is 200 and one 409", ["op1", "sp1", "sp3"], twoPayers),
  item(118, "D", "Another amount than the one due is 409 with ids", ["op1", "sp1"], otherAmount),
];
