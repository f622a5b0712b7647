/** Subscribing the suite's receiver, and waiting for what arrives there. */
import { must, status } from "./checks.ts";
import type { Role } from "./fixture.ts";
import { at, each, listAt, textAt } from "./json.ts";
import type { Inbox, Received } from "./receiver.ts";
import type { Trial } from "./trial.ts";

export type Subscription = { readonly id: string; readonly secret: string; readonly inbox: Inbox };

/** An event has to be there within a second; a busy test machine is given more. */
export const DELIVERY_MS_MAX = 10_000;
/** So long nothing must come. */
export const SILENCE_MS = 1_500;

export async function subscribe(trial: Trial, role: Role, topics: readonly string[], more: Readonly<Record<string, unknown>> = {}): Promise<Subscription> {
  const inbox = (await trial.receiver()).open(role);
  const reply = status(await trial.as(role).post("/webhooks", { endpoint: inbox.url, topics, ...more }), 200);
  const id = textAt(reply.json, "id");
  must(id !== "", "POST /webhooks gave no id", reply);
  return { id, inbox, secret: textAt(reply.json, trial.fixture.names.webhookSecret) };
}

export function isAbout(topic: string, id: string): (received: Received) => boolean {
  return ({ json }) => at(json, "topic") === topic && each(listAt(json, "data"), "id").includes(id);
}

export async function delivered({ inbox }: Subscription, topic: string, id: string): Promise<Received> {
  const found = await inbox.next(isAbout(topic, id), DELIVERY_MS_MAX);
  must(found, `no ${topic} of ${id} arrived within ${DELIVERY_MS_MAX / 1_000} s`);
  return found;
}

export async function nothingAbout({ inbox }: Subscription, topic: string, id: string): Promise<void> {
  must(!(await inbox.next(isAbout(topic, id), SILENCE_MS)), `a ${topic} of ${id} arrived`);
}

/** The object of an event. */
export function objectOf(received: Received, id: string): unknown {
  return listAt(received.json, "data").find((one) => at(one, "id") === id);
}
