/**
 * Publishes the sandbox's places, tariffs and specifications as the operators would: over HTTP, with their own
 * credentials. A repeat at the next start is answered as the first time and changes nothing; what an earlier version of
 * the sandbox published otherwise is brought up to date.
 */
import type { Actor, ActorId, SandboxWorld } from "./contract.ts";
import { ACCOUNT_SPEC, DEPARTURE_RATES, PLACES } from "./world.ts";

type Body = { readonly [member: string]: unknown };
type Post = readonly [actor: ActorId, path: string, body: Body];

const text = (string: string): readonly Body[] => [{ language: "en", string }];
const reference = (id: string): Body => ({ id, version: 1 });

function place(id: string, name: string, [latitude, longitude]: readonly [number, number], characteristics: Body, more: Body = {}): Body {
  return {
    id, version: 1, type: "place", layer: 1, name: text(name), timeZone: "Europe/London",
    indicativePlacePointLocation: [{ type: "Point", coordinates: [longitude, latitude] }], characteristics: { openToPublic: true, ...characteristics },
    ...more,
  };
}

function rate(id: string, name: string, lines: readonly Body[], cap: Body = {}): Body {
  return {
    id, version: 1, rateTableName: text(name), availability: "public",
    rateLineCollections: [{
      collectionSequence: 1, applicableCurrency: "GBP", relativeTimes: true, resetTime: "00:00", taxIncluded: true, validStart: "2026-01-01T00:00:00Z",
      ...cap, rateLines: lines.map((line, index) => ({ id: `${id}-${index + 1}`, version: 1, sequence: index + 1, ...line })),
    }],
  };
}

function spec(id: string, place_: string, rate_: string, type: string): Body {
  return {
    id, version: 1, type, transferable: false, validity: { validityStatus: "active" }, hierarchyElements: [reference(place_)],
    rateEligibility: [{ id: `${id}-e1`, version: 1, priority: 1, rateTable: reference(rate_) }],
  };
}

const { [PLACES.garage]: GARAGE, [PLACES.quay]: QUAY } = DEPARTURE_RATES;
const hourly = (value: number): Body => ({ rateLineType: "incrementingRate", value, incrementPeriod: "PT1H", usageCondition: "unlimited" });

const POSTS: readonly Post[] = [
  ["op1", "/places", { id: "city-centre", version: 1, type: "campus", layer: 0, name: text("City centre") }],
  ["op1", "/places", place(PLACES.deck, "Deansgate deck", [53.4836, -2.2472], { spacesTotal: 340, structureType: "offStreetStructure", structureGrade: "aboveGround" }, { parentId: reference("city-centre") })],
  ["op1", "/places", place(PLACES.street, "Castle Street", [53.4771, -2.2545], { spacesTotal: 24, structureType: "onStreet", structureGrade: "groundLevel" }, { parentId: reference("city-centre") })],
  ["op1", "/places", place(PLACES.anpr, "Arndale, number plate entry", [53.4839, -2.2379], { spacesTotal: 180, accessControlled: true, structureType: "offStreetStructure", structureGrade: "underground" },
    { parentId: reference("city-centre"), "x-capabilities": ["frictionless"] })],
  ["op1", "/places", place(PLACES.garage, "Piccadilly garage, pay on departure", [53.4794, -2.2331], { spacesTotal: 90, accessControlled: true, structureType: "offStreetStructure", structureGrade: "aboveGround" },
    { parentId: reference("city-centre"), "x-capabilities": ["podba"] })],
  ["op2", "/places", place(PLACES.quay, "Harbour quay, pay on departure", [53.4742, -2.2652], { spacesTotal: 60, structureType: "offStreetSurface", structureGrade: "groundLevel" },
    { "x-capabilities": ["podba"] })],
  ["op1", "/rates", rate("rate-deck", "Deansgate deck", [hourly(2.4)], { maxValueCollection: 16 })],
  ["op1", "/rates", rate("rate-street", "Castle Street, up to 2 hours", [{ rateLineType: "incrementingRate", value: 1.6, incrementPeriod: "PT30M", usageCondition: "unlimited", durationStart: "00:00", durationEnd: "02:00" }])],
  ["op1", "/rates", rate("rate-anpr", "Arndale", [hourly(3.1)], { maxValueCollection: 22 })],
  ["op2", "/rates", rate("rate-quay", "Harbour quay", [{ rateLineType: "flatRate", value: QUAY.mostMinor / 100 }])],
  ["op1", "/rates", rate("rate-garage", "Piccadilly garage", [hourly(GARAGE.hourMinor / 100)], { maxValueCollection: GARAGE.mostMinor / 100 })],
  ["op1", "/rights/specs", spec("spec-805428", PLACES.deck, "rate-deck", "oneTimeUseParking")],
  ["op1", "/rights/specs", spec("spec-805430", PLACES.street, "rate-street", "oneTimeUseParking")],
  ["op1", "/rights/specs", spec("spec-220001", PLACES.anpr, "rate-anpr", "oneTimeUseParking")],
  ["op1", "/rights/specs", spec(ACCOUNT_SPEC, PLACES.anpr, "rate-anpr", "permitParking")],
  ["op1", "/rights/specs", spec("spec-220002", PLACES.garage, "rate-garage", "oneTimeUseParking")],
  ["op2", "/rights/specs", spec("spec-910001", PLACES.quay, "rate-quay", "oneTimeUseParking")],
];

/** Free spaces at the start, so that the first page is not empty. */
const TAKEN: readonly (readonly [ActorId, string, number, number])[] = [
  ["op1", PLACES.deck, 125, 340], ["op1", PLACES.street, 19, 24], ["op1", PLACES.anpr, 61, 180], ["op1", PLACES.garage, 33, 90], ["op2", PLACES.quay, 60, 60],
];

/** @param at now, as epoch milliseconds; the time of the first counts */
export async function seedWorld(base: string, world: SandboxWorld, at: number): Promise<void> {
  const tokens = new Map<ActorId, string>();
  for (const id of ["op1", "op2"] as const) tokens.set(id, await tokenOf(base, world.actors.find((actor) => actor.id === id)!));
  for (const [actor, path, body] of POSTS) await publish(base, path, tokens.get(actor) ?? "", body);
  const timestamp = new Date(at).toISOString().replace(/\.\d+Z$/, "Z");
  for (const [actor, id, count, supplyQuantity] of TAKEN) {
    const hierarchyElementReference = {
      elementId: reference(id), supply: [{ supplyQuantity, supplyViewType: "vehicleView" }],
      demandTable: [{ frequency: "PT3M", timestamp, demandType: [{ count, occupancyCalculation: "counted", recordDateTime: timestamp }] }],
    };
    await send(base, "PUT", `/places/${id}`, tokens.get(actor) ?? "", { id, hierarchyElementReference });
  }
}

/** What each party wants to be told. */
const TOPICS: readonly (readonly [ActorId, readonly string[]])[] = [
  ["sp1", ["SessionCreated", "SessionUpdated", "SessionDeleted"]],
  ["op1", ["SessionCreated", "SessionUpdated", "SessionDeleted", "AssignedRightCreated"]],
  ["es1", ["AssignedRightCreated", "AssignedRightUpdated", "AssignedRightDeleted"]],
];

/** Subscribes the parties to their deliveries at the sandbox's own address; those of an earlier start end. */
export async function subscribeParties(base: string, world: SandboxWorld, sandboxUrl: string): Promise<void> {
  for (const [id, topics] of TOPICS) {
    const token = await tokenOf(base, world.actors.find((actor) => actor.id === id)!);
    const headers = { authorization: `Bearer ${token}` };
    const { data } = (await (await fetch(`${base}/webhooks`, { headers })).json()) as { readonly data: readonly { readonly id: string; readonly endpoint: string }[] };
    for (const old of data.filter(({ endpoint }) => endpoint.endsWith(hookPath(id)))) await fetch(`${base}/webhooks/${old.id}`, { method: "DELETE", headers });
    await send(base, "POST", "/webhooks", token, { endpoint: sandboxUrl + hookPath(id), topics });
  }
}

const hookPath = (id: ActorId): string => `/sandbox/hooks/${id}`;

/** Throws what the exchange says when it gives none. */
export async function tokenOf(base: string, { clientId, clientSecret, id }: Actor): Promise<string> {
  const body = new URLSearchParams({ grant_type: "client_credentials", client_id: clientId, client_secret: clientSecret });
  const response = await fetch(`${base}/auth`, { method: "POST", body });
  if (!response.ok) throw new Error(`the sandbox's exchange gives ${id} no token: ${response.status} ${await response.text()}`);
  return ((await response.json()) as { access_token: string }).access_token;
}

/** Published otherwise before: without a version, it is stored as the next one. */
async function publish(base: string, path: string, token: string, body: Body): Promise<void> {
  const response = await request(base, "POST", path, token, body);
  if (response.status !== 409) return await accepted(response, `POST ${path} ${String(body["id"])}`);
  const { version: _version, ...changed } = body;
  await send(base, "PUT", `${path}/${String(body["id"])}`, token, changed);
}

const request = (base: string, method: string, path: string, token: string, body: Body): Promise<Response> => fetch(base + path, {
  method, headers: { authorization: `Bearer ${token}`, "content-type": "application/json" }, body: JSON.stringify(body),
});

const send = async (base: string, method: string, path: string, token: string, body: Body): Promise<void> =>
  accepted(await request(base, method, path, token, body), `${method} ${path} ${String(body["id"])}`);

async function accepted(response: Response, what: string): Promise<void> {
  if (!response.ok) throw new Error(`the sandbox's world: ${what}: ${response.status} ${await response.text()}`);
}
