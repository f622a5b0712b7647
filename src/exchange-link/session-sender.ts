/**
 * Brings the session of one stay in line with what the car park knows of it.
 *
 *   message -> stay as it is now -> GET session -> not there: POST | says it already: done | else PUT with the next version
 *
 * Any number of repetitions, by a retry or after a crash, has one effect: the id follows from the stay, and what is there
 * already is not said again. The plate is read from the vault at the last moment and goes nowhere else.
 *
 *   plate erased meanwhile: told before -> the session goes on without it; by a right -> the right's own credential;
 *   else the stay's number stands for it, so that times and amounts arrive and the plate does not
 */
import { assert } from "../kernel/assert.ts";
import { HOUR, type Instant, MINUTE, SECOND } from "../kernel/instant.ts";
import type { Currency, MinorUnits } from "../kernel/money.ts";
import { err, ok, type Result } from "../kernel/result.ts";
import type { DeliveryOutcome, RetrySchedule } from "../journal/outbox.ts";
import { type ExchangeClient, failureText, type LinkFailure, pathTo } from "./client.ts";
import { isAbsence } from "./health.ts";
import { accountRightIdOf } from "./inventory.ts";
import { type JsonObject, objectOr, objectsOf } from "./json.ts";
import { says, versionOf } from "./publish.ts";
import { dueFirst, sessionBody, spansOf, specificationOf } from "./session-body.ts";
import type { SessionMessage } from "./session-follower.ts";
import { sessionIdOf } from "./session-id.ts";
import type { ToldStay } from "./told-stay.ts";

/** A message that fails on its own (500, a wrong body) is tried for 30 days, hourly in the end; an absent exchange is not counted at all. */
export const SESSION_SCHEDULE: RetrySchedule = [10 * SECOND, MINUTE, 5 * MINUTE, 15 * MINUTE, ...Array.from({ length: 30 * 24 }, () => HOUR)];

export type LinkedPlace = {
  readonly place: string;
  readonly currency: Currency;
  /** Its place is at the exchange. */
  readonly published: boolean;
  /** What the whole stay costs by the tariff of its entry; null: it has no price. */
  readonly priceOf: (tariffVersion: number, from: Instant, to: Instant) => MinorUnits | null;
};

export type SessionSenderPorts = {
  readonly client: Pick<ExchangeClient, "ask">;
  /** Null: not linked any more. */
  readonly placeOf: (facility: string) => LinkedPlace | null;
  readonly stayOf: (message: SessionMessage) => Promise<ToldStay | null>;
  /** Null once erased. */
  readonly plateOf: (ref: string) => Promise<string | null>;
  readonly since: Instant;
  readonly now: () => Instant;
};

/** The exchange and a provider may change a session between our look and our word. */
const ATTEMPTS_MAX = 3;
const UNPUBLISHED: DeliveryOutcome = { type: "failed", reason: "the place is not published yet", retryAfterMs: MINUTE };
const DELIVERED: DeliveryOutcome = { type: "delivered" };

export function sessionSender(ports: SessionSenderPorts): (payload: unknown) => Promise<DeliveryOutcome> {
  return async (payload) => {
    const message = payload as SessionMessage;
    const linked = ports.placeOf(message.facility);
    const stay = await ports.stayOf(message);
    if (!linked || !stay || stay.enteredAt === null || (stay.exitedAt !== null && stay.exitedAt < ports.since)) return DELIVERED;
    if (!linked.published) return UNPUBLISHED;
    const told = new Telling(ports, linked, { ...stay, enteredAt: stay.enteredAt });
    const done = stay.withdrawn ? await told.withdraw() : await told.bring();
    return done.ok ? DELIVERED : outcomeOf(done.error);
  };
}

function outcomeOf(failure: LinkFailure): DeliveryOutcome {
  if (isAbsence(failure) || (failure.type === "unreachable" && failure.why === "closed")) return { type: "notThere", reason: failureText(failure) };
  const wait = failure.type === "unreachable" ? failure.retryAfterMs : undefined;
  return failure.type === "refused" ? { type: "hopeless", reason: failureText(failure) } : { type: "failed", reason: failureText(failure), ...(wait === undefined ? {} : { retryAfterMs: wait }) };
}

class Telling {
  readonly #ports: SessionSenderPorts;
  readonly #linked: LinkedPlace;
  readonly #stay: ToldStay & { readonly enteredAt: Instant };
  readonly #id: string;

  constructor(ports: SessionSenderPorts, linked: LinkedPlace, stay: ToldStay & { readonly enteredAt: Instant }) {
    this.#ports = ports;
    this.#linked = linked;
    this.#stay = stay;
    this.#id = sessionIdOf(linked.place, stay.key);
  }

  async bring(): Promise<Result<unknown, LinkFailure>> {
    let failure: LinkFailure | null = null;
    for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
      const there = await this.#there();
      if (!there.ok) return there;
      const done = await this.#said(there.value, true);
      if (done.ok) return done;
      failure = done.error;
      // Somebody was faster: look again.
      if (failure.type !== "refused" || (failure.status !== 409 && failure.status !== 412)) break;
    }
    assert(failure !== null, "there was an attempt");
    return err(failure);
  }

  async withdraw(): Promise<Result<unknown, LinkFailure>> {
    const done = await this.#ports.client.ask({ method: "DELETE", path: pathTo("/sessions", this.#id) });
    return !done.ok && done.error.type === "refused" && done.error.status === 404 ? ok(null) : done;
  }

  async #there(): Promise<Result<JsonObject | null, LinkFailure>> {
    const found = await this.#ports.client.ask({ method: "GET", path: pathTo("/sessions", this.#id), query: { expand: "all" } });
    if (found.ok) return ok(objectOr(found.value.body));
    return found.error.type === "refused" && found.error.status === 404 ? ok(null) : found;
  }

  async #said(there: JsonObject | null, withRights: boolean): Promise<Result<unknown, LinkFailure>> {
    const rights = withRights ? await this.#rights() : NO_RIGHTS;
    if (!rights.ok) return rights;
    const stay = withRights ? this.#stay : { ...this.#stay, covers: [] };
    const credential = there === null ? await this.#credential(rights.value) : this.#missing(there);
    const { place, currency } = this.#linked;
    const body = sessionBody(stay, { id: this.#id, place, currency, credential, dueMinor: this.#due(rights.value), now: this.#ports.now(), there });
    if (there && says(there, body)) return ok(null);
    const sent = there ? await this.#put(body, there) : await this.#ports.client.ask({ method: "POST", path: "/sessions", body: { ...body, version: 1 } });
    // A right that is gone, or not for this plate, does not make the stay unheard of.
    const rightRefused = !sent.ok && sent.error.type === "refused" && sent.error.status === 400 && withRights && this.#stay.covers.some(({ right }) => right !== null);
    return rightRefused ? await this.#said(there, false) : sent;
  }

  async #put(body: JsonObject, there: JsonObject): Promise<Result<unknown, LinkFailure>> {
    const path = pathTo("/sessions", this.#id);
    const version = versionOf(there);
    const first = dueFirst(body, there);
    if (first) {
      const said = await this.#ports.client.ask({ method: "PUT", path, body: { ...first, version: version + 1 } });
      if (!said.ok) return said;
    }
    return await this.#ports.client.ask({ method: "PUT", path, body: { ...body, version: version + (first ? 2 : 1) } });
  }

  /** The providers' rights that cover it, as the exchange has them. */
  async #rights(): Promise<Result<ReadonlyMap<string, JsonObject>, LinkFailure>> {
    const found = new Map<string, JsonObject>();
    for (const id of new Set(spansOf(this.#stay, this.#ports.now()).flatMap(({ right }) => (right === null ? [] : [right])))) {
      const right = await this.#ports.client.ask({ method: "GET", path: pathTo("/rights/assigned", id), query: { expand: "all" } });
      if (right.ok) found.set(id, objectOr(right.value.body));
      else if (right.error.type !== "refused" || isAbsence(right.error)) return right;
    }
    return ok(found);
  }

  async #credential(rights: ReadonlyMap<string, JsonObject>): Promise<JsonObject> {
    const plate = await this.#ports.plateOf(this.#stay.plate);
    if (plate !== null) return { type: "licensePlate", identifier: { id: plate, className: "NumberPlate" } };
    for (const right of rights.values()) {
      const [own] = objectsOf(objectOr(right["rightHolder"])["credentials"]);
      if (own) return own;
    }
    return this.#own();
  }

  #own(): JsonObject {
    return { type: "electronicID", identifier: { id: `stay ${this.#stay.stay ?? this.#stay.key}`, className: "OperatorStay" } };
  }

  /** A session whose plate was erased there needs something to be known by, and that is not the plate again. */
  #missing(there: JsonObject): JsonObject | null {
    return objectsOf(there["identifiedCredentials"]).length === 0 ? this.#own() : null;
  }

  /** An account of a provider pays what the stay costs less what was paid; other rights were bought for money already. */
  #due(rights: ReadonlyMap<string, JsonObject>): ReadonlyMap<string, MinorUnits> {
    const { tariffVersion, enteredAt, exitedAt, payments } = this.#stay;
    const account = [...rights].find(([, right]) => specificationOf(right) === accountRightIdOf(this.#linked.place))?.[0];
    if (account === undefined || exitedAt === null) return new Map();
    const price = this.#linked.priceOf(tariffVersion, enteredAt, exitedAt);
    const paid = payments.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
    return price === null ? new Map() : new Map([[account, Math.max(0, price - paid)]]);
  }
}

const NO_RIGHTS: Result<ReadonlyMap<string, JsonObject>, LinkFailure> = ok(new Map());
