/**
 * Pay on departure, the operator's side: an app asks through the exchange what a car owes, and tells what it collected.
 *
 *   GET /sessions?place&credential_id   stays of that plate or ticket, with what is due and until when the price stands; claimed
 *   PUT /sessions/{id}                  a payment: 200 settled (or known), 409 not owed, 503 not now
 *
 * Answers at a public address (bearer-checked, app/exchange-endpoint.ts) or to the questions we fetch from behind NAT (questions.ts):
 * the same function. Amounts come from the car park's own pricing at that moment. No plate is in an answer's message or a log.
 */
import type { Refusal } from "../carpark/facility/refusal.ts";
import type { StoreRefusal } from "../carpark/application/owner.ts";
import { quoteOf } from "../carpark/claim/claim.ts";
import { dueOfStay } from "../carpark/rights/payment.ts";
import { providerPaymentsOf, THROUGH_EXCHANGE } from "../carpark/rights/provider-payment.ts";
import type { Stay } from "../carpark/stay/stay.ts";
import { parseTicketNumber } from "../carpark/ticket/ticket-number.ts";
import { type Instant, SECOND } from "../kernel/instant.ts";
import { minorOf } from "../kernel/money.ts";
import type { DeepReadonly } from "../kernel/readonly.ts";
import { readStrictJson } from "../kernel/strictJson.ts";
import { readPlate } from "../rights/plate/plate.ts";
import { isStoreRefusal, type LinkedCarPark } from "./car-park.ts";
import { type Json, type JsonObject, isObject, objectOr, objectsOf, textOf } from "./json.ts";
import { ownPayments } from "./session-body.ts";
import { isOwnTransaction, segmentIdOf, sessionIdOf, stayKeyIn, stayKeyOf } from "./session-id.ts";
import { transactionsOf } from "./session-money.ts";
import { instantIn } from "./sold-rights.ts";
import { wireInstant } from "./wire.ts";

export type DepartureQuestion = { readonly method: string; readonly path: string; readonly body: string | null };
export type DepartureReply = { readonly status: number; readonly body: JsonObject };
export type Departures = (question: DepartureQuestion) => Promise<DepartureReply>;

/** Cars of one plate at one place: two countries, a ticket beside. */
const STAYS_MAX = 5;
const CREDENTIALS_MAX = 20;
const JSON_LIMITS = { depth: 24, items: 20_000 };

const refused = (status: number, message: string, ids: readonly string[] = []): DepartureReply =>
  ({ status, body: { status: "error", code: status, message, ...(ids.length > 0 ? { ids } : {}) } });

export function openDepartures(parks: ReadonlyMap<string, LinkedCarPark>, now: () => Instant): Departures {
  return async ({ method, path, body }) => {
    if (!URL.canParse(path, "http://operator")) return refused(404, "no such address");
    const url = new URL(path, "http://operator");
    const named = /^\/sessions\/([^/]+)$/.exec(url.pathname)?.[1];
    if (method === "GET" && url.pathname === "/sessions") {
      const park = [...parks.values()].find(({ place }) => place === url.searchParams.get("place"));
      return park ? await due(park, url.searchParams, now()) : refused(404, "no such place");
    }
    const found = named === undefined ? undefined : stayNamed(parks, decoded(named));
    if (method === "PUT" && named !== undefined) return found ? await paid(found.park, found.key, body ?? "", now()) : refused(404, "no such session");
    return refused(404, "no such address");
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}

/** The longest place that fits: one place's id may begin with another's. */
function stayNamed(parks: ReadonlyMap<string, LinkedCarPark>, session: string): { readonly park: LinkedCarPark; readonly key: string } | undefined {
  return [...parks.values()].sort((a, b) => b.place.length - a.place.length).flatMap((park) => {
    const key = stayKeyIn(park.place, session);
    return key === null ? [] : [{ park, key }];
  })[0];
}

type Asked = { readonly stay: DeepReadonly<Stay>; readonly credential: JsonObject; readonly validation: "licensePlate" | "ticket" };

async function due(park: LinkedCarPark, query: URLSearchParams, now: Instant): Promise<DepartureReply> {
  const data: JsonObject[] = [];
  for (const asked of staysAsked(park, query)) {
    const answered = await sessionOf(park, asked, now);
    if (answered.type === "refused") return answered.reply;
    if (answered.type === "session") data.push(answered.session);
  }
  return { status: 200, body: { meta: { referenceInstant: Math.floor(now / SECOND), offset: 0, pageSize: STAYS_MAX, total: data.length }, data } };
}

/** By the whole plate only: a stranger's look-alike owes something else. */
function staysAsked({ state, desk }: LinkedCarPark, query: URLSearchParams): readonly Asked[] {
  const facility = state();
  const type = query.get("credential_type");
  const found: Asked[] = [];
  const add = (stay: DeepReadonly<Stay> | undefined, validation: Asked["validation"], id: string): void => {
    if (!stay || found.length >= STAYS_MAX || found.some((one) => one.stay.id === stay.id)) return;
    found.push({ stay, validation, credential: { type: validation, identifier: { id, className: validation === "ticket" ? "Ticket" : "NumberPlate" } } });
  };
  for (const text of (query.get("credential_id") ?? "").split(",").slice(0, CREDENTIALS_MAX)) {
    const plate = type === "ticket" ? null : readPlate(text, null);
    const keys = plate?.ok ? desk.staysOf(facility, plate.value, false).filter(({ exact }) => exact).map(({ key }) => key) : [];
    for (const stay of facility.stays.values()) if (keys.includes(stayKeyOf(stay as Stay)) && plate?.ok) add(stay, "licensePlate", plate.value.text);
    const number = type === "licensePlate" ? null : parseTicketNumber(text.trim());
    const ticket = number?.ok ? facility.tickets.get(number.value) : undefined;
    if (ticket && ticket.stay !== null) add(facility.stays.get(ticket.stay), "ticket", ticket.number);
  }
  return found;
}

/** `nobodys`: nothing that a driver pays. */
type Answered = { readonly type: "nobodys" } | { readonly type: "session"; readonly session: JsonObject } | { readonly type: "refused"; readonly reply: DepartureReply };
const notNow = (message: string): Answered => ({ type: "refused", reply: refused(503, message) });

async function sessionOf({ place, state, execute, taken }: LinkedCarPark, { stay, credential, validation }: Asked, now: Instant): Promise<Answered> {
  const key = stayKeyOf(stay as Stay);
  const owed = dueOfStay(state(), key, now);
  if (!owed.ok) return owed.error.type === "stayUnknown" ? { type: "nobodys" } : notNow("no price can be said");
  if (owed.value.dueMinor > 0) {
    const claimed = await execute({ type: "ClaimStay", stay: key, by: THROUGH_EXCHANGE });
    const stands = claimed.ok || claimed.error.type === "nothingToDo";
    // Never an empty list: that would mean nothing is to pay.
    if (!stands) return notNow(claimed.error.type === "stayClaimed" ? "the stay is being paid elsewhere; ask again in a moment" : "not now; ask again");
  }
  const quote = quoteOf(state(), key, THROUGH_EXCHANGE, now);
  if (owed.value.dueMinor > 0 && !quote) return notNow("not now; ask again");
  const id = sessionIdOf(place, key);
  const actualStart = wireInstant(owed.value.enteredAt);
  const own = ownPayments(await taken(key), id, state().config?.currency ?? "");
  const session: JsonObject = {
    id, version: 1, actualStart, hierarchyElement: { id: place, version: 1, className: "Place" }, identifiedCredentials: [credential],
    segments: [{
      id: segmentIdOf(id), version: 1, actualStart, validationType: [validation],
      financialTransactions: [...own, ...transactionsOf(state(), key, quote)],
    }],
  };
  return { type: "session", session };
}

type Collected = { readonly reference: string; readonly amountMinor: number; readonly collectedAt: Instant; readonly provider: string };

async function paid(park: LinkedCarPark, stay: string, text: string, now: Instant): Promise<DepartureReply> {
  const session = sessionIdOf(park.place, stay);
  const read = readStrictJson(text, JSON_LIMITS);
  const body = read.ok ? (read.value as Json) : null;
  if (!isObject(body)) return refused(400, "the body is one JSON object");
  const collectedThere = paymentsIn(body, park.state().config?.currency ?? "");
  // What we took ourselves comes back with the rest of the session.
  const told = collectedThere?.filter(({ reference }) => !isOwnTransaction(session, reference)) ?? null;
  if (told === null) return refused(400, "a payment is not understood", [session]);
  const known = providerPaymentsOf(park.state(), stay);
  if (told.some((one) => known.some(({ reference, amountMinor }) => reference === one.reference && amountMinor !== one.amountMinor))) {
    return refused(409, "the transaction is known with another amount", [session]);
  }
  const collected = together(told.filter((one) => !known.some(({ reference }) => reference.split(" ").includes(one.reference))));
  // Nothing new is told: a payment that is known, or a change of something else.
  if (!collected) return DONE;
  const done = await park.execute({ type: "TakeProviderPayment", stay, ...collected, collectedAt: Math.min(collected.collectedAt, now) });
  return done.ok ? DONE : replyTo(done.error, session);
}

const DONE: DepartureReply = { status: 200, body: { status: "ok", code: 200 } };

/** 4xx: the provider gives the money back. 503: it is told again. */
function replyTo(refusal: Refusal | StoreRefusal, session: string): DepartureReply {
  if (isStoreRefusal(refusal)) return refused(503, "not now; tell it again");
  switch (refusal.type) {
    case "paymentKnown": return refusal.same ? DONE : refused(409, "the transaction is known with another amount", [session]);
    case "stayUnknown": return refused(409, "amount expired: the car has left", [session]);
    case "amountExpired": return refused(409, "amount expired", [session]);
    case "paidOtherwise": return refused(409, "already paid", [session]);
    case "amountTooSmall": case "amountTooLarge": return refused(409, "the amount is not the amount due", [session]);
    // Somebody is at a machine after the quote was over: when that is decided, so is this.
    default: return refused(503, "not now; tell it again");
  }
}

const TEXT = /^[\w.:@/+#-]{1,100}$/;
const NAME = /^[\p{L}\d][\p{L}\d .,&'()-]{0,59}$/u;

/** Null: not understood. */
function paymentsIn(session: JsonObject, currency: string): readonly Collected[] | null {
  const told = objectsOf(session["segments"]).flatMap((segment) => objectsOf(segment["financialTransactions"])).filter((one) => one["dateCollected"] !== undefined);
  const read = told.flatMap((one): Collected[] => {
    const [reference, at] = [textOf(one["transactionId"]), instantIn(one["dateCollected"])];
    const minor = typeof one["segmentValue"] === "number" ? minorOf(one["segmentValue"], currency) : null;
    const name = textOf(objectOr(objectsOf(one["serviceProvider"])[0])["string"]);
    if (reference === null || !TEXT.test(reference) || typeof at !== "number" || !minor?.ok || minor.value <= 0) return [];
    return [{ reference, amountMinor: minor.value, collectedAt: at, provider: name !== null && NAME.test(name) ? name : THROUGH_EXCHANGE.id }];
  });
  return read.length === told.length ? read : null;
}

/** What settles an amount in parts is one payment. */
function together(parts: readonly Collected[]): Collected | undefined {
  const [first] = parts;
  return first && {
    ...first, reference: parts.map(({ reference }) => reference).join(" "), amountMinor: parts.reduce((sum, one) => sum + one.amountMinor, 0),
    collectedAt: Math.max(...parts.map(({ collectedAt }) => collectedAt)),
  };
}
