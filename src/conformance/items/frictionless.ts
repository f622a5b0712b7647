/** Items 107 to 113: a car known to a provider drives in and out of an operator's place. */
import { DAY, HOUR, MINUTE, due, instant, paid, reference, rightBody, seconds, segmentBody, sessionBody } from "../bodies.ts";
import { accepted, equal, idsOf, must, refused, sameSet, status } from "../checks.ts";
import { type Item, item } from "../item.ts";
import { type Body, at, listAt, textAt } from "../json.ts";
import { delivered, nothingAbout, objectOf, subscribe } from "../subscriptions.ts";
import { type Trial, whole } from "../trial.ts";

type Stay = { readonly id: string; readonly right: string; readonly plate: string; readonly from: number };

async function account(trial: Trial, plate: string, from = trial.now() - DAY, to = trial.now() + 365 * DAY): Promise<string> {
  const { accountSpec } = await trial.world();
  const id = trial.names.id("account");
  accepted(await trial.as("sp1").post("/rights/assigned", rightBody(id, accountSpec, plate, from, to)));
  return id;
}

/** The car drives in: the operator finds the right and opens a session. */
async function driveIn(trial: Trial): Promise<Stay> {
  const { gated } = await trial.world();
  const plate = trial.names.plate();
  const right = await account(trial, plate);
  const id = trial.names.id("stay");
  const from = Math.floor(trial.now() / 1_000) * 1_000 - HOUR;
  status(await trial.as("op1").post("/sessions", sessionBody(id, gated, plate, from, null, { assignedRight: reference(right) })), 201);
  return { id, right, plate, from };
}

/** The members of the exit: end and amount due. */
function exitOf(stay: Stay, to: number, amount: number, version: number): Body {
  const segment = segmentBody(`${stay.id}-s1`, stay.from, to, { assignedRight: reference(stay.right), financialTransactions: [due(amount)] });
  return { id: stay.id, version, actualEnd: instant(to), segments: [segment] };
}

function paymentOf(stay: Stay, to: number, amount: number, version: number, transaction: string): Body {
  const financialTransactions = [paid(amount, to, transaction)];
  return { id: stay.id, version, segments: [segmentBody(`${stay.id}-s1`, stay.from, to, { assignedRight: reference(stay.right), financialTransactions })] };
}

async function several(trial: Trial): Promise<void> {
  const { gated } = await trial.world();
  const plate = trial.names.plate();
  const now = seconds(trial.now());
  const ask = async () => idsOf(status(await trial.as("op1").get("/rights/assigned", { place: gated, credential_id: plate, start_before: now + 1, end_after: now }), 200));
  equal(await ask(), [], "rights of a stranger");
  const later = await account(trial, plate, trial.now() - DAY);
  equal(await ask(), [later], "rights of an account holder");
  const earlier = await account(trial, plate, trial.now() - 2 * DAY);
  const first = await ask();
  sameSet(first, [earlier, later], "rights of a holder of two");
  for (let n = 0; n < 3; n++) equal(await ask(), first, "the order of the rights, asked again");
}

async function routed(trial: Trial): Promise<void> {
  const chosen = await subscribe(trial, "sp1", ["SessionCreated", "SessionUpdated"]);
  const other = await subscribe(trial, "sp2", ["SessionCreated", "SessionUpdated"]);
  const stay = await driveIn(trial);
  const event = await delivered(chosen, "SessionCreated", stay.id);
  equal(textAt(objectOf(event, stay.id), "segments.0.assignedRight.id"), stay.right, "the right in the event");
  await nothingAbout(other, "SessionCreated", stay.id);
}

async function money(trial: Trial): Promise<void> {
  const provider = await subscribe(trial, "sp1", ["SessionCreated", "SessionUpdated"]);
  const operator = await subscribe(trial, "op1", ["SessionUpdated"]);
  const stay = await driveIn(trial);
  await delivered(provider, "SessionCreated", stay.id);
  const to = Math.floor(trial.now() / 1_000) * 1_000;
  status(await trial.as("op1").put(`/sessions/${stay.id}`, exitOf(stay, to, 10.8, 2)), 200);
  const left = objectOf(await delivered(provider, "SessionUpdated", stay.id), stay.id);
  equal(at(left, "segments.0.financialTransactions.0.segmentValue"), 10.8, "amount in the provider's event");
  status(await trial.as("sp1").put(`/sessions/${stay.id}`, paymentOf(stay, to, 10.8, 3, "TX-77")), 200);
  const told = await operator.inbox.next(({ json }) => at(json, "topic") === "SessionUpdated" && JSON.stringify(json).includes("TX-77"), 10_000);
  must(told, "the operator was not told of the payment");
  must(textAt(objectOf(told, stay.id), "segments.0.financialTransactions.0.dateCollected") !== "", "the operator's event has no dateCollected");
}

async function mirrored(trial: Trial): Promise<void> {
  const stay = await driveIn(trial);
  const to = Math.floor(trial.now() / 1_000) * 1_000;
  accepted(await trial.as("op1").put(`/sessions/${stay.id}`, exitOf(stay, to, 10.8, 2)));
  const owed = await whole(trial.as("sp1"), "/rights/assigned", stay.right);
  const value = at(owed.json, "monetaryValue.value.currencyValue") ?? at(owed.json, "monetaryValue.value");
  equal(value, 10.8, "monetaryValue of the right", owed);
  accepted(await trial.as("sp1").put(`/sessions/${stay.id}`, paymentOf(stay, to, 10.8, 3, "TX-78")));
  const settled = await whole(trial.as("sp1"), "/rights/assigned", stay.right);
  const payment = listAt(settled.json, "payments").find((one) => at(one, "transactionID") === "TX-78");
  must(payment, "payments of the right does not have the transaction", settled);
  const patrol = await whole(trial.as("es1"), "/rights/assigned", stay.right);
  must(at(patrol.json, "monetaryValue") === undefined && at(patrol.json, "payments") === undefined, "enforcement sees the amount", patrol);
}

async function paidTwice(trial: Trial): Promise<void> {
  const stay = await driveIn(trial);
  const to = Math.floor(trial.now() / 1_000) * 1_000;
  const sp1 = trial.as("sp1");
  accepted(await trial.as("op1").put(`/sessions/${stay.id}`, exitOf(stay, to, 4, 2)));
  const payment = paymentOf(stay, to, 4, 3, "TX-1");
  status(await sp1.put(`/sessions/${stay.id}`, payment), 200);
  status(await sp1.put(`/sessions/${stay.id}`, payment), 200);
  refused(await sp1.put(`/sessions/${stay.id}`, paymentOf(stay, to, 4, 4, "TX-2")), 409, stay.id);
  const seen = await whole(sp1, "/sessions", stay.id);
  equal(at(seen.json, "segments.0.financialTransactions.0.transactionId"), "TX-1", "transaction after a second payment", seen);
  // The amount of what is paid is not rewritten either.
  refused(await trial.as("op1").put(`/sessions/${stay.id}`, exitOf(stay, to, 5, 4)), 409, stay.id);
}

async function ended(trial: Trial): Promise<void> {
  const { gated } = await trial.world();
  const plate = trial.names.plate();
  const now = trial.now();
  const right = await account(trial, plate, now - 3 * DAY, now - DAY);
  const at_ = seconds(now);
  const reply = status(await trial.as("op1").get("/rights/assigned", { place: gated, credential_id: plate, start_before: at_ + 1, end_after: at_ }), 200);
  sameSet(idsOf(reply), [], "rights valid now", reply);
  const open = (plate_: string, right_: string) => sessionBody(trial.names.id("stay"), gated, plate_, now - MINUTE, null, { assignedRight: reference(right_) });
  refused(await trial.as("op1").post("/sessions", open(plate, right)), 400, right);
  // Another car's right does not serve either.
  const other = await account(trial, trial.names.plate());
  refused(await trial.as("op1").post("/sessions", open(plate, other)), 400, other);
}

async function silentProvider(trial: Trial): Promise<void> {
  const silent = await subscribe(trial, "sp1", ["SessionCreated"]);
  silent.inbox.answer(() => null);
  const stay = await driveIn(trial);
  status(await trial.as("op1").get(`/sessions/${stay.id}`), 200);
  status(await trial.as("sp1").get(`/sessions/${stay.id}`), 200);
  accepted(await trial.as("sp1").delete(`/webhooks/${silent.id}`));
}

export const FRICTIONLESS_ITEMS: readonly Item[] = [
  item(107, "D", "No, one or several rights are a list of that length in one order", ["op1", "sp1"], several),
  item(108, "S", "Only the provider of the chosen right hears of the operator's session", ["op1", "sp1", "sp2"], routed),
  item(109, "SD", "The provider hears the amount, the operator the payment", ["op1", "sp1"], money),
  item(110, "D", "Amount and payment are mirrored in the assigned right", ["op1", "sp1", "es1"], mirrored),
  item(111, "D", "A second, different payment of a segment is 409", ["op1", "sp1"], paidTwice),
  item(112, "D", "An expired right, or another car's, opens no session", ["op1", "sp1"], ended),
  item(113, "D", "A silent provider does not hide the session", ["op1", "sp1"], silentProvider,
    { rest: "the alert after the policy time is the subscription's dead letter: test/exchange/delivery.test.ts" }),
];
