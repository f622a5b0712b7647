/**
 * The flows of the use cases, played by the parties themselves, one request after the other. What one step learns
 * the next one uses; a step that is refused ends the flow.
 */
import type { ActorId } from "../sandbox/contract.ts";
import * as bodies from "./bodies.ts";
import { departure } from "./departureFlow.ts";
import type { Exchange } from "./exchange.ts";
import { type Step, NotSo, demand, plate } from "./step.ts";
import { type Place, at, dataOf, placeOf, sessionOf, textAt } from "./read.ts";
import { type Offer, offerOf, priceOf } from "./tariff.ts";

export type FlowId = "uc1" | "uc2" | "uc3" | "uc4" | "uc5";
export const FLOWS: readonly FlowId[] = ["uc1", "uc2", "uc3", "uc4", "uc5"];

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NEARBY_M = 2_000;
const EXPANDED = "pointLocation,characteristics,occupancy,rightSpecifications";

/** Calls of one flow, filed under its name. */
function callsOf(exchange: Exchange, flow: FlowId) {
  return {
    list: async (actor: ActorId, path: string, query: Readonly<Record<string, string | number>>) =>
      dataOf((await exchange.call(actor, "GET", path, { query: { ...query, expand: "all" }, flow })).json),
    get: async (actor: ActorId, path: string) => (await exchange.call(actor, "GET", path, { query: { expand: "all" }, flow })).json,
    post: async (actor: ActorId, path: string, body: unknown) => { await exchange.call(actor, "POST", path, { body, flow }); },
    put: async (actor: ActorId, path: string, body: unknown) => { await exchange.call(actor, "PUT", path, { body, flow }); },
  };
}

async function offered(exchange: Exchange, id: string, flow: FlowId): Promise<{ readonly place: Place; readonly offer: Offer }> {
  const { json } = await exchange.call("sp1", "GET", `/places/${id}`, { query: { expand: EXPANDED }, flow });
  const place = placeOf(json, "en");
  const offer = await offerOf(exchange, "sp1", place, flow);
  if (offer === null) throw new NotSo("no tariff");
  return { place, offer };
}

export function stepsOf(exchange: Exchange, flow: FlowId): readonly Step[] {
  switch (flow) {
    case "uc1": return availability(exchange);
    case "uc2": return arrival(exchange);
    case "uc3": return checkInOut(exchange);
    case "uc4": return frictionless(exchange);
    case "uc5": return departure(exchange);
  }
}

const idOf = (exchange: Exchange, frictionless: boolean): string =>
  exchange.world.places.filter((place) => place.operator === "op1" && place.frictionless === frictionless).at(-1)?.id ?? "";

function availability(exchange: Exchange): readonly Step[] {
  const { list, get, put } = callsOf(exchange, "uc1");
  let places: readonly Place[] = [];
  let table = "";
  const first = () => places.find(({ free, specs }) => free !== null && specs.length > 0) ?? places[0]!;
  return [
    { word: "step.find", run: async () => {
      places = (await list("sp1", "/places", { ...exchange.world.centre, radius: NEARBY_M })).map((one) => placeOf(one, "en"));
      demand(places.length > 0, "no places");
    } },
    { word: "step.spec", run: async () => { table = textAt(await get("sp1", `/rights/specs/${first().specs[0]}`), "rateEligibility.0.rateTable.id"); } },
    { word: "step.rate", run: async () => { await get("sp1", `/rates/${table}`); } },
    { word: "step.count", run: async () => {
      const { id, spaces, free } = first();
      const operator = exchange.world.places.find((place) => place.id === id)?.operator ?? "op1";
      await put(operator, `/places/${id}`, bodies.occupancy(id, (spaces ?? 0) - (free ?? 0) + 1, spaces ?? 0, Date.now()));
    } },
    { word: "step.poll", run: async () => {
      const now = placeOf(await get("sp1", `/places/${first().id}`), "en");
      demand(now.free === Math.max(0, (first().free ?? 0) - 1), `${now.free} free`);
    } },
  ];
}

/** Rights that the patrol finds now. */
const rightsNow = (exchange: Exchange, flow: FlowId, actor: ActorId, place: string, plate_: string) => {
  const now = bodies.epoch(Date.now());
  return callsOf(exchange, flow).list(actor, "/rights/assigned", { place, credential_id: plate_, start_before: now + 1, end_after: now });
};

function arrival(exchange: Exchange): readonly Step[] {
  const { post, put } = callsOf(exchange, "uc2");
  const [id, car, place] = [bodies.newId(), plate(), idOf(exchange, false)];
  const from = Date.now();
  let offer: Offer | null = null;
  const money = (a: number, b: number) => {
    const minor = offer === null ? null : priceOf(offer, a, b);
    if (offer === null || minor === null) throw new NotSo("no price");
    return { minor, currency: offer.currency, party: exchange.actor("sp1").name };
  };
  const first = () => bodies.segment(`${id}-1`, from, from + HOUR, { financialTransactions: [bodies.paid(money(from, from + HOUR), from)] });
  let sold = {};
  return [
    { word: "step.rate", run: async () => { ({ offer } = await offered(exchange, place, "uc2")); } },
    { word: "step.sell", run: async () => {
      sold = first();
      await post("sp1", "/sessions", bodies.session(id, place, car, from, from + HOUR, [sold]));
    } },
    { word: "step.patrol", run: async () => demand((await rightsNow(exchange, "uc2", "es1", place, car)).length === 1, "no right") },
    { word: "step.stranger", run: async () => demand((await rightsNow(exchange, "uc2", "es1", place, plate())).length === 0, "a right") },
    { word: "step.extend", run: async () => {
      const more = { ...money(from, from + HOUR), minor: money(from, from + 2 * HOUR).minor - money(from, from + HOUR).minor };
      const second = bodies.segment(`${id}-2`, from + HOUR, from + 2 * HOUR, { financialTransactions: [bodies.paid(more, Date.now())] });
      await put("sp1", `/sessions/${id}`, { id, version: 2, actualEnd: bodies.instant(from + 2 * HOUR), segments: [sold, second] });
    } },
    { word: "step.patrol", run: async () => demand((await rightsNow(exchange, "uc2", "es1", place, car)).length >= 1, "no right") },
  ];
}

function checkInOut(exchange: Exchange): readonly Step[] {
  const { post, put } = callsOf(exchange, "uc3");
  const [id, car, place] = [bodies.newId(), plate(), idOf(exchange, false)];
  const from = Date.now() - 20 * MINUTE;
  return [
    { word: "step.checkIn", run: () => post("sp1", "/sessions", bodies.session(id, place, car, from, null, [bodies.segment(`${id}-1`, from, null)])) },
    { word: "step.running", run: async () => demand((await rightsNow(exchange, "uc3", "es1", place, car)).length === 1, "no right") },
    { word: "step.checkOut", run: async () => {
      const { offer } = await offered(exchange, place, "uc3");
      const to = Date.now();
      const money = { minor: priceOf(offer, from, to) ?? 0, currency: offer.currency, party: exchange.actor("sp1").name };
      const segment = bodies.segment(`${id}-1`, from, to, { financialTransactions: [bodies.paid(money, to)] });
      await put("sp1", `/sessions/${id}`, { id, version: 2, actualEnd: bodies.instant(to), segments: [segment] });
    } },
  ];
}

function frictionless(exchange: Exchange): readonly Step[] {
  const { get, post, put } = callsOf(exchange, "uc4");
  const [id, right, car, place] = [bodies.newId(), bodies.newId(), plate(), idOf(exchange, true)];
  const now = Date.now();
  const from = now - 130 * MINUTE;
  let chosen = bodies.reference(right);
  let money: bodies.Money | null = null;
  const segment = (to: number | null, transactions: readonly unknown[]) =>
    bodies.segment(`${id}-1`, from, to, { assignedRight: chosen, ...(transactions.length > 0 ? { financialTransactions: transactions } : {}) });
  return [
    { word: "step.account", run: () => post("sp1", "/rights/assigned", bodies.right(right, exchange.world.accountSpec, car, from - 24 * HOUR, now + 365 * 24 * HOUR)) },
    { word: "step.entry", run: async () => {
      const found = await rightsNow(exchange, "uc4", "op1", place, car);
      demand(found.length === 1, `${found.length} rights`);
      chosen = bodies.reference(textAt(found[0], "id"), Number(at(found[0], "version") ?? 1));
    } },
    { word: "step.open", run: () => post("op1", "/sessions", bodies.session(id, place, car, from, null, [segment(null, [])])) },
    { word: "step.exit", run: async () => {
      const { offer } = await offered(exchange, place, "uc4");
      money = { minor: priceOf(offer, from, now) ?? 0, currency: offer.currency, party: exchange.actor("op1").name };
      await put("op1", `/sessions/${id}`, { id, version: 2, actualEnd: bodies.instant(now), segments: [segment(now, [bodies.due(money)])] });
    } },
    { word: "step.pay", run: async () => {
      if (money === null) throw new NotSo("no amount");
      await put("sp1", `/sessions/${id}`, { id, version: 3, segments: [segment(now, [bodies.paid(money, Date.now())])] });
    } },
    { word: "step.settled", run: async () => {
      const seen = sessionOf(await get("op1", `/sessions/${id}`), money?.currency ?? "GBP");
      demand(seen?.segments[0]?.paid === true, "not paid");
    } },
  ];
}
