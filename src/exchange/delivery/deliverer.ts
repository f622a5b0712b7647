/**
 * Deliveries: what was committed leaves, signed, in order per object, at least once.
 *
 *   outbox --fan out--> delivery due, first of its object --POST, 5 s--> 2xx: gone
 *                                                          else: later, by the schedule; at its end dead, and told
 *
 * A failing object holds back itself only, a slow subscriber its own few slots. Two processes over one database share
 * the work: a delivery is leased to one of them.
 */
import { Agent, request } from "undici";
import type { DurationMs, Instant } from "../../kernel/instant.ts";
import type { Parts } from "../application/parts.ts";
import type { Caller } from "../client/caller.ts";
import { pilotBody } from "../http/pilot.ts";
import type { JsonObject } from "../json.ts";
import { KIND } from "../kind.ts";
import type { Delivery } from "../store/subscriptions.ts";
import { SYSTEM_EVENTS } from "../webhook/subscription.ts";
import { type EndpointPolicy, endpointOf, guardedConnector } from "./endpoint.ts";
import { signedHeaders } from "./signature.ts";

/** Pauses after the first, second ... failed attempt; after the last one the delivery is dead. */
export type Schedule = readonly DurationMs[];

export type DelivererOptions = {
  readonly parts: Parts; readonly policy: EndpointPolicy; readonly schedule: Schedule; readonly newId: () => string; readonly warn: (text: string) => void;
};
export type Deliverer = { close(): Promise<void> };

const POLL_MS = 100;
/** Under way at once to one subscription: a slow one waits for itself. */
const EACH_MAX = 8;
const ALL_MAX = 64;
const ANSWER_MS_MAX = 5_000;
/** A receiver may ask for a pause, up to the longest of the schedule. */
const RETRY_AFTER_SECONDS_MAX = 86_400;
/** A store that does not answer is asked again after this. */
const STORE_PAUSE_MS = 1_000;
const GONE = 410;

type Sent = { readonly type: "delivered" } | { readonly type: "failed"; readonly reason: string; readonly pauseMs: DurationMs; readonly hopeless: boolean };

export function startDeliverer(options: DelivererOptions): Deliverer {
  const runner = new Runner(options);
  return { close: () => runner.close() };
}

class Runner {
  readonly #options: DelivererOptions;
  readonly #agent: Agent;
  readonly #busy = new Map<string, number>();
  readonly #underWay = new Set<Promise<void>>();
  readonly #running: Promise<void>;
  #closed = false;
  #wake: () => void = () => {};

  constructor(options: DelivererOptions) {
    this.#options = options;
    this.#agent = new Agent({ connect: guardedConnector(options.policy), pipelining: 1 });
    this.#running = this.#run();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#wake();
    await this.#running;
    await Promise.allSettled(this.#underWay);
    await this.#agent.destroy();
  }

  async #run(): Promise<void> {
    while (!this.#closed) {
      try {
        const more = await this.#round();
        if (!more) await this.#sleep(POLL_MS);
      } catch (error) {
        this.#options.warn(`deliveries: ${error instanceof Error ? error.message : String(error)}`);
        await this.#sleep(STORE_PAUSE_MS);
      }
    }
  }

  async #round(): Promise<boolean> {
    const { subscriptions, clock } = this.#options.parts;
    const more = await subscriptions.fanOut(clock.now());
    if (this.#underWay.size >= ALL_MAX) return false;
    const taken = await subscriptions.take(clock.now(), EACH_MAX, this.#busy);
    for (const delivery of taken) this.#start(delivery);
    return more || taken.length > 0;
  }

  #start(delivery: Delivery): void {
    const { id } = delivery.subscription;
    this.#busy.set(id, (this.#busy.get(id) ?? 0) + 1);
    const work = this.#deliver(delivery)
      .catch((error: unknown) => this.#options.warn(`delivery ${delivery.id}: ${error instanceof Error ? error.message : String(error)}`))
      .finally(() => {
        this.#underWay.delete(work);
        const left = (this.#busy.get(id) ?? 1) - 1;
        if (left > 0) this.#busy.set(id, left);
        else this.#busy.delete(id);
        this.#wake();
      });
    this.#underWay.add(work);
  }

  async #deliver(delivery: Delivery): Promise<void> {
    const { parts: { subscriptions, clock }, schedule } = this.#options;
    const message = await this.#messageOf(delivery);
    if (message === undefined) return await subscriptions.delivered(delivery, false, clock.now());
    const sent = await this.#send(delivery, message);
    const now = clock.now();
    if (sent.type === "delivered") return await subscriptions.delivered(delivery, true, now);
    const pause = schedule[delivery.attempts];
    if (pause !== undefined && !sent.hopeless) return await subscriptions.failed(delivery.id, sent.reason, now + Math.max(pause, sent.pauseMs));
    await subscriptions.dead(delivery.id, sent.reason, now);
    if (delivery.topic !== SYSTEM_EVENTS) await this.#alert(delivery, now);
  }

  /** Undefined: the subscriber may not read it (any more). */
  async #messageOf({ subscription, topic, kind, objectId, version, at, body }: Delivery): Promise<{ method: "POST" | "PUT"; path: string; body: string } | undefined> {
    if (body !== null) return { method: "POST", path: "", body };
    if (kind === null || version === null) return undefined;
    const caller: Caller = { ...subscription, amountsInMinorUnits: false };
    const object = await this.#options.parts.reads.inEvent(kind, objectId, version, caller);
    if (object === undefined) return undefined;
    if (subscription.style === "pilotPut") {
      const verb = topic.endsWith("Created") ? "new" : topic.endsWith("Updated") ? "updated" : "deleted";
      return { method: "PUT", path: `${KIND[kind].path}/${verb}`, body: JSON.stringify(pilotBody(kind, object)) };
    }
    const event: JsonObject = { data: [object], eventSubscriptionId: subscription.id, eventTime: new Date(at).toISOString(), topic };
    return { method: "POST", path: "", body: JSON.stringify(event) };
  }

  async #send({ id, subscription, secrets }: Delivery, message: { readonly method: "POST" | "PUT"; readonly path: string; readonly body: string }): Promise<Sent> {
    const url = endpointOf(subscription.endpoint, this.#options.policy);
    if (!url.ok) return { type: "failed", reason: `endpoint ${url.error}`, pauseMs: 0, hopeless: false };
    if (message.path !== "") url.value.pathname = url.value.pathname.replace(/\/$/, "") + message.path;
    const seconds = Math.floor(this.#options.parts.clock.now() / 1_000);
    try {
      const answer = await request(url.value, {
        method: message.method, body: message.body, dispatcher: this.#agent, headersTimeout: ANSWER_MS_MAX, bodyTimeout: ANSWER_MS_MAX,
        signal: AbortSignal.timeout(ANSWER_MS_MAX),
        headers: { "content-type": "application/json; charset=utf-8", "user-agent": "Gatehouse exchange", ...signedHeaders(`evt_${id}`, seconds, message.body, secrets) },
      });
      await answer.body.dump();
      const { statusCode: status, headers } = answer;
      if (status >= 200 && status < 300) return { type: "delivered" };
      const asked = Number(headers["retry-after"]);
      const pauseMs = Number.isFinite(asked) ? Math.min(Math.max(0, asked), RETRY_AFTER_SECONDS_MAX) * 1_000 : 0;
      return { type: "failed", reason: `answered ${status}`, pauseMs, hopeless: status === GONE };
    } catch (error) {
      return { type: "failed", reason: reasonOf(error), pauseMs: 0, hopeless: false };
    }
  }

  async #alert({ subscription, topic, objectId }: Delivery, now: Instant): Promise<void> {
    const { parts: { subscriptions }, newId, warn } = this.#options;
    const id = newId();
    const at = new Date(now).toISOString();
    const alert: JsonObject = {
      id, timestamp: at, start: at, type: "triggered", affectedSystem: subscription.organisation, metric: "webhook.delivery", impact: ["sessions"],
      condition: "every attempt of a delivery failed", description: `${topic} of ${objectId} was not taken by subscription ${subscription.id}; it can be replayed`,
    };
    warn(`${topic} was not taken by subscription ${subscription.id}: every attempt failed.`);
    await subscriptions.alert(id, subscription.organisation, JSON.stringify(alert), SYSTEM_EVENTS, now);
  }

  async #sleep(ms: number): Promise<void> {
    if (this.#closed) return;
    await new Promise<void>((done) => {
      const timer = setTimeout(done, ms);
      this.#wake = () => {
        clearTimeout(timer);
        done();
      };
    });
    this.#wake = () => {};
  }
}

/** No address and no text of the receiver: its own words are its own. */
function reasonOf(error: unknown): string {
  if (error instanceof Error && error.name === "TimeoutError") return "no answer within 5 s";
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return code === "" ? (error instanceof Error ? error.message : "failed") : code;
}
