/**
 * A provider's question "what does this car owe here?" goes to the operator, and its answer to the provider. What the operator
 * said is kept, so that a payment can be held against it.
 *
 *   silent 504, failing 502, never an empty list: empty means nothing to pay
 */
import type { Caller } from "../client/caller.ts";
import type { Parts } from "../application/parts.ts";
import type { ListRelay } from "../http/resources.ts";
import { refusal } from "../http/status.ts";
import { isObject, type Json, type JsonObject, objectsOf } from "../json.ts";
import type { ListQuery } from "../query/listQuery.ts";
import { lintOf } from "../tolerance/deviations.ts";
import type { Operators } from "./operator.ts";

/** Cars with one plate at one place; more is no answer. */
const SESSIONS_MAX = 50;

type Relayed = { readonly status: number; readonly body: object };

const failed = (code: 502 | 504, message: string): Relayed => ({ status: code, body: refusal(code, message) });

export function departureRelay(parts: Parts, operators: Operators, warn: (text: string) => void): ListRelay {
  return async (query, caller) => {
    if (query.kind !== "session" || caller.role !== "serviceProvider" || query.credentialId.length === 0 || query.place.length !== 1) return undefined;
    const place = (await parts.inventory.places(query.place)).get(query.place[0] ?? "");
    if (!place?.capabilities.includes("podba") || !(await parts.departures.isConnected(caller.organisation, place.operator))) return undefined;
    const answer = await operators.ask(place.operator, { method: "GET", path: `/sessions?${questionOf(query, place.id)}`, body: null, idempotencyKey: null });
    if (answer === undefined) return undefined;
    if (answer.type === "silent") return failed(504, "operator not reachable");
    if (answer.type === "garbled") return failed(502, "the operator's answer is no JSON");
    if (answer.status === 401 || answer.status === 403) warn(`Operator ${place.operator} refuses our questions: ${answer.status}.`);
    const sessions = answer.status === 200 ? sessionsIn(answer.body) : undefined;
    if (!sessions) return failed(502, "the operator's answer is not one of sessions");
    const data: JsonObject[] = [];
    for (const session of sessions) {
      const kept = await keep(parts, session, place.operator, caller);
      if (!kept) return failed(502, "a session of the operator's answer is not understood");
      data.push(kept);
    }
    return { status: 200, body: { meta: { referenceInstant: Math.floor(parts.clock.now() / 1_000), offset: 0, pageSize: SESSIONS_MAX, total: data.length }, data } };
  };
}

function questionOf(query: ListQuery, place: string): string {
  const seconds = (at: number | null): string | undefined => (at === null ? undefined : String(Math.floor(at / 1_000)));
  const asked: Readonly<Record<string, string | undefined>> = {
    place, credential_id: query.credentialId.join(","), credential_type: query.credentialType.length > 0 ? query.credentialType.join(",") : undefined,
    start_after: seconds(query.startAfter), start_before: seconds(query.startBefore), end_after: seconds(query.endAfter), end_before: seconds(query.endBefore), expand: "all",
  };
  return new URLSearchParams(Object.entries(asked).filter((one): one is [string, string] => one[1] !== undefined)).toString();
}

function sessionsIn(body: Json): readonly JsonObject[] | undefined {
  if (!isObject(body) || !Array.isArray(body["data"])) return undefined;
  const sessions = objectsOf(body["data"]);
  return sessions.length === body["data"].length && sessions.length <= SESSIONS_MAX && sessions.every(({ id }) => typeof id === "string") ? sessions : undefined;
}

/** As the operator's own session; what a provider has paid meanwhile stays paid. Undefined: it cannot be kept. */
async function keep({ writes, store, departures, reads }: Parts, session: JsonObject, operator: string, asker: Caller): Promise<JsonObject | undefined> {
  const caller: Caller = { client: "exchange", organisation: operator, role: "operator", amountsInMinorUnits: false };
  const id = String(session["id"]);
  const options = { caller, lint: lintOf(), advisoryVersions: true, ifMatch: null };
  const [current] = await store.load([{ kind: "session", id }], caller);
  if (current && current.owner !== operator) return undefined;
  const outcome = current ? await writes.update("session", id, session, options) : await writes.create("session", session, options);
  const paidMeanwhile = !outcome.ok && (outcome.error.code === "changedAfterPayment" || outcome.error.code === "alreadyPaid");
  if (!outcome.ok && !paidMeanwhile) return undefined;
  await departures.grant(id, asker.organisation);
  const shown = await reads.get("session", id, null, ["all"], asker, lintOf());
  return shown.ok ? shown.value.body : undefined;
}
