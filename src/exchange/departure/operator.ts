/**
 * Asking an operator: at its address, or through the question it comes for itself when its site has no address that we
 * could reach.
 *
 *   ask -> answered (status, JSON) | silent (nothing within three seconds, or it has been silent lately) | garbled
 */
import { randomUUID } from "node:crypto";
import { Agent, request } from "undici";
import type { DurationMs } from "../../kernel/instant.ts";
import { readStrictJson } from "../../kernel/strictJson.ts";
import type { Json } from "../json.ts";
import type { Departures, OperatorReply, Question } from "../store/departures.ts";
import type { Clock } from "../store/store.ts";

export type OperatorAnswer =
  | { readonly type: "answered"; readonly status: number; readonly body: Json }
  | { readonly type: "silent" }
  | { readonly type: "garbled" };

/** A driver stands before an app: three seconds, then the app says that the operator is not reachable. */
export const OPERATOR_MS_MAX: DurationMs = 3_000;
const POLL_MS = 40;
/** After so many silent answers in a row nobody waits; one question in this time finds out whether it is back. */
const SILENT_MAX = 3;
const REST_MS: DurationMs = 5_000;
const BODY_BYTES_MAX = 262_144;
const JSON_LIMITS = { depth: 24, items: 20_000 };

type Circuit = { silent: number; restUntil: DurationMs };

export class Operators {
  readonly #departures: Departures;
  readonly #clock: Clock;
  readonly #agent = new Agent({ connect: { timeout: OPERATOR_MS_MAX }, pipelining: 1 });
  readonly #circuits = new Map<string, Circuit>();

  constructor(departures: Departures, clock: Clock) {
    this.#departures = departures;
    this.#clock = clock;
  }

  /** Undefined: the operator is not one that is asked. */
  async ask(operator: string, question: Question): Promise<OperatorAnswer | undefined> {
    const endpoint = await this.#departures.endpointOf(operator);
    if (!endpoint) return undefined;
    const circuit = this.#circuits.get(operator) ?? { silent: 0, restUntil: 0 };
    this.#circuits.set(operator, circuit);
    const now = this.#clock.elapsed();
    if (circuit.silent >= SILENT_MAX && now < circuit.restUntil) return { type: "silent" };
    // While this one finds out, others do not wait.
    if (circuit.silent >= SILENT_MAX) circuit.restUntil = now + REST_MS;
    const reply = endpoint.base === null ? await this.#awaited(operator, question) : await this.#sent(endpoint.base, endpoint.token, question);
    if (reply === undefined) {
      circuit.silent += 1;
      circuit.restUntil = this.#clock.elapsed() + REST_MS;
      return { type: "silent" };
    }
    circuit.silent = 0;
    const read = reply.body === "" ? null : readStrictJson(reply.body, JSON_LIMITS);
    if (read === null) return { type: "answered", status: reply.status, body: null };
    return read.ok ? { type: "answered", status: reply.status, body: read.value as Json } : reply.status >= 400 ? { type: "answered", status: reply.status, body: null } : { type: "garbled" };
  }

  async #sent(base: string, token: string | null, { method, path, body, idempotencyKey }: Question): Promise<OperatorReply | undefined> {
    try {
      const answer = await request(`${base.replace(/\/$/, "")}${path}`, {
        method, dispatcher: this.#agent, signal: AbortSignal.timeout(OPERATOR_MS_MAX),
        headers: {
          accept: "application/json", ...(body === null ? {} : { "content-type": "application/json; charset=utf-8" }),
          ...(token === null ? {} : { authorization: `Bearer ${token}` }), ...(idempotencyKey === null ? {} : { "idempotency-key": idempotencyKey }),
        },
        ...(body === null ? {} : { body }),
      });
      const text = await bounded(answer.body);
      return text === undefined ? { status: 500, body: "" } : { status: answer.statusCode, body: text };
    } catch {
      return undefined;
    }
  }

  async #awaited(operator: string, question: Question): Promise<OperatorReply | undefined> {
    const id = randomUUID();
    await this.#departures.ask(id, operator, question, this.#clock.now());
    const until = this.#clock.elapsed() + OPERATOR_MS_MAX;
    try {
      while (this.#clock.elapsed() < until) {
        const reply = await this.#departures.answerOf(id);
        if (reply) return reply;
        await new Promise((done) => { setTimeout(done, POLL_MS); });
      }
      return undefined;
    } finally {
      await this.#departures.forget(id);
    }
  }

  async close(): Promise<void> {
    await this.#agent.destroy();
  }
}

async function bounded(body: AsyncIterable<Buffer>): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > BODY_BYTES_MAX) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
