/** Items 98 to 106: subscriptions and their deliveries. */
import { HOUR, instant, paid, placeBody, reference, rightBody, sessionBody, specBody } from "../bodies.ts";
import { accepted, equal, must, refused, status } from "../checks.ts";
import { type Item, item } from "../item.ts";
import { at, each, isBody, listAt } from "../json.ts";
import { signatureFits } from "../signature.ts";
import { DELIVERY_MS_MAX, SILENCE_MS, delivered, isAbout, nothingAbout, objectOf, subscribe } from "../subscriptions.ts";
import type { Trial } from "../trial.ts";

const RIGHT_TOPICS = ["AssignedRightCreated", "AssignedRightUpdated", "AssignedRightDeleted"];

async function newRight(trial: Trial, spec: string): Promise<{ readonly id: string; readonly change: (version: number) => Record<string, unknown> }> {
  const id = trial.names.id("right");
  const now = trial.now();
  accepted(await trial.as("sp1").post("/rights/assigned", rightBody(id, spec, trial.names.plate(), now, now + HOUR)));
  return { id, change: (version) => ({ id, version, expiry: instant(now + version * HOUR) }) };
}

async function endpoints(trial: Trial): Promise<void> {
  const es1 = trial.as("es1");
  const topics = ["AssignedRightCreated"];
  await subscribe(trial, "es1", topics);
  for (const endpoint of ["http://example.org/hook", "https://10.0.0.1/hook", "https://192.168.1.1/hook", "https://169.254.169.254/latest",
    "https://[fd00::1]/hook", "https://0x0a000001/hook", "ftp://example.org/hook", "not a url", "https://user:secret@example.org/hook"]) {
    refused(await es1.post("/webhooks", { endpoint, topics }), 400);
  }
  const { url } = (await trial.receiver()).open("topics");
  for (const wrong of [[], ["WeatherChanged"], undefined]) refused(await es1.post("/webhooks", { endpoint: url, topics: wrong }), 400);
}

async function created(trial: Trial): Promise<void> {
  const { streetSpec } = await trial.world();
  const subscription = await subscribe(trial, "es1", RIGHT_TOPICS);
  const { id } = await newRight(trial, streetSpec);
  const event = await delivered(subscription, "AssignedRightCreated", id);
  for (const member of ["data", "eventSubscriptionId", "eventTime", "topic"]) must(at(event.json, member) !== undefined, `the event has no ${member}`);
  equal(at(event.json, "eventSubscriptionId"), subscription.id, "eventSubscriptionId");
  equal(event.method, "POST", "method of a delivery");
  for (const member of ["rightHolder", "rightSpecification", "expiry", "issuanceTime"]) {
    must(at(objectOf(event, id), member) !== undefined, `the right in the event has no ${member}`);
  }
}

async function updates(trial: Trial): Promise<void> {
  const { streetSpec } = await trial.world();
  const subscription = await subscribe(trial, "es1", RIGHT_TOPICS);
  const { id, change } = await newRight(trial, streetSpec);
  const sp1 = trial.as("sp1");
  accepted(await sp1.put(`/rights/assigned/${id}`, change(2)));
  accepted(await sp1.put(`/rights/assigned/${id}`, change(2)));
  accepted(await sp1.delete(`/rights/assigned/${id}`));
  await delivered(subscription, "AssignedRightDeleted", id);
  await subscription.inbox.next(() => false, SILENCE_MS);
  const topics = each(subscription.inbox.received.filter(({ json }) => each(listAt(json, "data"), "id").includes(id)).map(({ json }) => json), "topic");
  equal(topics, RIGHT_TOPICS, "the topics of one right, in order");
}

async function places(trial: Trial): Promise<void> {
  const { campus, street, streetSpec, accountSpec } = await trial.world();
  const only = await subscribe(trial, "es1", RIGHT_TOPICS, { hierarchyElements: [{ id: street, className: "Place" }] });
  const above = await subscribe(trial, "es1", RIGHT_TOPICS, { hierarchyElements: [{ id: campus, className: "Campus" }] });
  const below = await subscribe(trial, "es1", RIGHT_TOPICS, { hierarchyElements: [{ id: campus, className: "Campus" }], includeChildrenEvents: true });
  const here = await newRight(trial, streetSpec);
  const there = await newRight(trial, accountSpec);
  await delivered(only, "AssignedRightCreated", here.id);
  await delivered(below, "AssignedRightCreated", here.id);
  await delivered(below, "AssignedRightCreated", there.id);
  await nothingAbout(only, "AssignedRightCreated", there.id);
  await nothingAbout(above, "AssignedRightCreated", here.id);
}

async function retries(trial: Trial): Promise<void> {
  const { streetSpec } = await trial.world();
  const subscription = await subscribe(trial, "es1", RIGHT_TOPICS);
  let refusals = 2;
  subscription.inbox.answer(() => ({ status: refusals-- > 0 ? 500 : 200 }));
  const { id, change } = await newRight(trial, streetSpec);
  accepted(await trial.as("sp1").put(`/rights/assigned/${id}`, change(2)));
  // The schedule's first waits are five seconds and five minutes; only a server with shortened waits gets to the third.
  const created_ = () => subscription.inbox.received.filter(isAbout("AssignedRightCreated", id));
  await subscription.inbox.next(() => created_().length >= 3, 4 * DELIVERY_MS_MAX);
  must(created_().length >= 2, `${created_().length} deliveries of an event that was refused`);
  equal(new Set(created_().map(({ headers }) => headers["webhook-id"])).size, 1, "number of event ids of one event");
  must(created_().length >= 3, "the event refused twice was not sent a third time within 40 s");
  await delivered(subscription, "AssignedRightUpdated", id);
  equal(created_().length, 3, "deliveries of an event accepted at the third");
  const first = subscription.inbox.received.findIndex(isAbout("AssignedRightUpdated", id));
  const last = subscription.inbox.received.findLastIndex(isAbout("AssignedRightCreated", id));
  must(first > last, "the update arrived before the creation was accepted");
}

async function silentSubscriber(trial: Trial): Promise<void> {
  const { streetSpec } = await trial.world();
  const silent = await subscribe(trial, "es1", RIGHT_TOPICS);
  silent.inbox.answer(() => null);
  const other = await subscribe(trial, "es1", RIGHT_TOPICS);
  for (let n = 0; n < 5; n++) {
    const { id } = await newRight(trial, streetSpec);
    await delivered(other, "AssignedRightCreated", id);
  }
  accepted(await trial.as("es1").delete(`/webhooks/${silent.id}`));
}

async function signed(trial: Trial): Promise<void> {
  const { streetSpec } = await trial.world();
  const subscription = await subscribe(trial, "es1", RIGHT_TOPICS);
  must(subscription.secret !== "", `POST /webhooks gave no ${trial.fixture.names.webhookSecret}`);
  const { id } = await newRight(trial, streetSpec);
  const event = await delivered(subscription, "AssignedRightCreated", id);
  must(signatureFits(subscription.secret, event.headers, event.text), "the signature does not fit the body");
  must(!signatureFits(subscription.secret, event.headers, `${event.text} `), "the signature fits another body too");
  const age = Math.abs(trial.now() / 1_000 - Number(event.headers["webhook-timestamp"]));
  must(age < 60, "webhook-timestamp is not now");
}

async function visibility(trial: Trial): Promise<void> {
  const { street, streetSpec } = await trial.world();
  const topics = [...RIGHT_TOPICS, "SessionCreated"];
  const stranger = await subscribe(trial, "sp2", topics);
  const foreign = await subscribe(trial, "op2", topics);
  const patrol = await subscribe(trial, "es1", topics);
  const seller = await subscribe(trial, "sp1", topics);
  const id = trial.names.id("sale");
  const now = trial.now();
  const body = sessionBody(id, street, trial.names.plate(), now, now + HOUR, { financialTransactions: [paid(3.2, now, "TX-SECRET")] });
  accepted(await trial.as("sp1").post("/sessions", body));
  const seen = await delivered(patrol, "SessionCreated", id);
  must(!seen.text.includes("TX-SECRET") && !seen.text.includes("segmentValue"), "the enforcement supplier's event has money");
  must((await delivered(seller, "SessionCreated", id)).text.includes("TX-SECRET"), "the provider's own event has no money");
  const { id: right } = await newRight(trial, streetSpec);
  for (const subscription of [stranger, foreign]) {
    await nothingAbout(subscription, "SessionCreated", id);
    await nothingAbout(subscription, "AssignedRightCreated", right);
  }
}

async function management(trial: Trial): Promise<void> {
  const { streetSpec } = await trial.world();
  const es1 = trial.as("es1");
  const subscription = await subscribe(trial, "es1", ["AssignedRightCreated"]);
  const path = `/webhooks/${subscription.id}`;
  const seen = status(await es1.get(path), 200);
  equal(at(seen.json, "topics"), ["AssignedRightCreated"], "topics", seen);
  must(isBody(seen.json) && !seen.text.includes(subscription.secret || "no secret given"), "GET shows the secret again", seen);
  for (const role of ["sp1", "op1"] as const) {
    refused(await trial.as(role).get(path), 404);
    refused(await trial.as(role).delete(path), 404);
  }
  status(await es1.put(path, { topics: ["AssignedRightDeleted"] }), 200);
  const first = await newRight(trial, streetSpec);
  await nothingAbout(subscription, "AssignedRightCreated", first.id);
  status(await es1.delete(path), 200);
  refused(await es1.get(path), 404);
  accepted(await trial.as("sp1").delete(`/rights/assigned/${first.id}`));
  await nothingAbout(subscription, "AssignedRightDeleted", first.id);
}

async function placeTopics(trial: Trial): Promise<void> {
  const { campus } = await trial.world();
  const subscription = await subscribe(trial, "sp1", ["PlaceCreated", "PlaceUpdated", "RightSpecificationCreated"]);
  const id = trial.names.id("place");
  accepted(await trial.as("op1").post("/places", placeBody(id, { parentId: reference(campus) })));
  await delivered(subscription, "PlaceCreated", id);
  const spec = trial.names.id("spec");
  accepted(await trial.as("op1").post("/rights/specs", specBody(spec, [id])));
  await delivered(subscription, "RightSpecificationCreated", spec);
}

async function created99(trial: Trial): Promise<void> {
  await created(trial);
  await placeTopics(trial);
}

export const WEBHOOK_ITEMS: readonly Item[] = [
  item(98, "SD", "A subscription gets an id; plain, private and malformed endpoints and empty topics are 400", ["op1", "sp1", "es1"], endpoints),
  item(99, "SPX", "A created object is delivered once with its data in full", ["op1", "sp1", "es1"], created99),
  item(100, "D", "Updates and deletions deliver their topics, repeats nothing", ["op1", "sp1", "es1"], updates),
  item(101, "XS", "hierarchyElements selects places; children only when asked", ["op1", "sp1", "es1"], places),
  item(102, "D", "An event refused twice is sent again with the same id, in its object's order", ["op1", "sp1", "es1"], retries,
    { rest: "needs a server whose retry waits are shortened" }),
  item(103, "D", "A subscriber that never answers delays nobody else", ["op1", "sp1", "es1"], silentSubscriber,
    { rest: "the alert after the last retry, 75 hours later: test/exchange/delivery.test.ts" }),
  item(104, "D", "The signature fits the body and no other", ["op1", "sp1", "es1"], signed),
  item(105, "D", "Nobody gets an event about what it may not read; enforcement gets no money", ["op1", "op2", "sp1", "sp2", "es1"], visibility),
  item(106, "X", "A subscription is read, changed and ended by its owner only", ["op1", "sp1", "es1"], management),
];
