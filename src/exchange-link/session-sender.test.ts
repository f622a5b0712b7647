/** Telling a stay through a hostile line to an exchange in memory: whatever goes wrong on the way, what is there in the end is the stay. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { HOUR, MINUTE } from "../kernel/instant.ts";
import { err, ok } from "../kernel/result.ts";
import type { Ask, ExchangeClient, LinkFailure } from "./client.ts";
import { bringInLine } from "./publish.ts";
import type { Json, JsonObject } from "./json.ts";
import { sessionBody, spansOf } from "./session-body.ts";
import { sessionSender } from "./session-sender.ts";
import type { ToldStay } from "./told-stay.ts";

const START = Date.UTC(2026, 0, 15, 13);

/** DEC-9 and DEC-10, and nothing else of an exchange. */
class Exchange {
  readonly objects = new Map<string, JsonObject>();
  /** Versions of each object that somebody could have been told of. */
  readonly history: string[] = [];

  answer({ method, path, body }: Ask): Awaited<ReturnType<ExchangeClient["ask"]>> {
    const id = decodeURIComponent(path.split("/").slice(2).join("/"));
    const refused = (status: number) => err<LinkFailure>({ type: "refused", at: "resource", status, detail: null });
    if (method === "POST") {
      const sent = body as JsonObject;
      const known = this.objects.get(String(sent["id"]));
      if (known) return JSON.stringify(known) === JSON.stringify(sent) ? ok({ status: 201, body: null }) : refused(409);
      return this.#keep(String(sent["id"]), sent);
    }
    const known = this.objects.get(id);
    if (!known) return refused(404);
    if (method === "GET") return ok({ status: 200, body: known });
    if (method === "DELETE") {
      this.objects.delete(id);
      return ok({ status: 200, body: null });
    }
    const merged = { ...known, ...(body as JsonObject) };
    const [was, is] = [Number(known["version"]), Number(merged["version"])];
    if (is < was || (is === was && JSON.stringify(known) !== JSON.stringify(merged))) return refused(409);
    return is === was ? ok({ status: 200, body: null }) : this.#keep(id, merged);
  }

  #keep(id: string, object: JsonObject) {
    this.objects.set(id, object);
    this.history.push(JSON.stringify({ ...object, version: 0 }));
    return ok({ status: 200, body: null as Json });
  }
}

type Trouble = "none" | "lost" | "notSent" | "twice" | "failing" | "garbled" | "other";
const trouble = fc.constantFrom<Trouble>("none", "none", "lost", "notSent", "twice", "failing", "garbled", "other");

const FAILURES: Readonly<Record<"lost" | "notSent" | "failing" | "garbled", LinkFailure>> = {
  lost: { type: "unreachable", why: "late", status: null }, notSent: { type: "unreachable", why: "notConnected", status: null },
  failing: { type: "unreachable", why: "failing", status: 500 }, garbled: { type: "notUnderstood", why: "notJson", status: 200 },
};

/** A line on which each request meets the next trouble of the list, until there is no more. */
function lineOf(exchange: Exchange, troubles: Trouble[]): Pick<ExchangeClient, "ask"> {
  return {
    ask: async (ask) => {
      const next = troubles.shift() ?? "none";
      if (next === "notSent" || next === "failing") return err(FAILURES[next]);
      // Somebody else writes in between: a version of which we know nothing.
      if (next === "other") for (const [id, object] of exchange.objects) exchange.objects.set(id, { ...object, version: Number(object["version"]) + 1 });
      const answer = exchange.answer(ask);
      if (next === "twice") exchange.answer(ask);
      return next === "lost" || next === "garbled" ? err(FAILURES[next]) : answer;
    },
  };
}

const stay = (more: Partial<ToldStay> = {}): ToldStay => ({
  key: "s1", stay: "museum-000001", ticket: null, plate: "ref", enteredAt: START, exitedAt: null, tariffVersion: 1, covers: [], payments: [], byProviderMinor: 0, withdrawn: false, ...more,
});

/** A stay as it grows: opened, paid once or twice, closed; and perhaps withdrawn. */
const life = fc.record({ payments: fc.integer({ min: 0, max: 2 }), closed: fc.boolean(), withdrawn: fc.boolean() }).map(({ payments, closed, withdrawn }) => {
  const steps = [stay()];
  for (let n = 1; n <= payments; n++) steps.push(stay({ payments: Array.from({ length: n }, (_, i) => ({ at: START + (i + 1) * HOUR, amountMinor: 250 * (i + 1) })) }));
  if (closed) steps.push({ ...steps.at(-1)!, exitedAt: START + 3 * HOUR });
  if (withdrawn) steps.push({ ...steps.at(-1)!, withdrawn: true });
  return steps;
});

test("G10 G12: delivered means there; retried until delivered it is there once, and as if nothing had gone wrong", async () => {
  await fc.assert(fc.asyncProperty(life, fc.array(trouble, { maxLength: 30 }), async (steps, troubles) => {
    const [exchange, calm] = [new Exchange(), new Exchange()];
    let now = steps[0]!;
    const places = () => ({ place: "M", currency: "AUD", published: true, priceOf: () => null });
    const sender = (client: Pick<ExchangeClient, "ask">) => sessionSender({ client, since: 0, now: () => START + 30 * HOUR, placeOf: places, stayOf: async () => now, plateOf: async () => "HC01XYZ" });
    const [rough, smooth] = [sender(lineOf(exchange, [...troubles])), sender(lineOf(calm, []))];
    for (const step of steps) {
      now = step;
      let tries = 0;
      for (let outcome = await rough({}); outcome.type !== "delivered"; outcome = await rough({})) {
        expect(outcome.type).not.toBe("hopeless");
        expect(++tries).toBeLessThan(100);
      }
      expect((await smooth({})).type).toBe("delivered");
    }
    const content = (one: Exchange): unknown => [...one.objects.values()].map((object) => ({ ...object, version: 0 }));
    expect(content(exchange)).toEqual(content(calm));
    // Nobody was told the same twice: repetitions make no version.
    expect(new Set(exchange.history).size).toBe(exchange.history.length);
  }), { numRuns: 300 });
});

test("a session whose plate was erased at the exchange goes on under the stay's number, not under the plate", async () => {
  const exchange = new Exchange();
  let now = stay();
  const send = sessionSender({
    client: lineOf(exchange, []), since: 0, now: () => START + 30 * HOUR, stayOf: async () => now, plateOf: async () => "HC01XYZ",
    placeOf: () => ({ place: "M", currency: "AUD", published: true, priceOf: () => null }),
  });
  await send({});
  const { identifiedCredentials: _erased, ...rest } = exchange.objects.get("M.s1")!;
  exchange.objects.set("M.s1", { ...rest, "x-plateErased": true });
  now = stay({ exitedAt: START + HOUR });
  expect((await send({})).type).toBe("delivered");
  expect(exchange.objects.get("M.s1")).toMatchObject({ actualEnd: "2026-01-15T14:00:00Z", identifiedCredentials: [{ type: "electronicID", identifier: { id: "stay museum-000001" } }] });
});

test("an absent exchange stops the round, its trouble with one stay delays that stay, a refusal is for people", async () => {
  const outcomes: string[] = [];
  for (const failure of [
    { type: "unreachable", why: "notConnected", status: null }, { type: "unreachable", why: "busy", status: 429, retryAfterMs: MINUTE }, { type: "refused", at: "token", status: 401, detail: null },
    { type: "unreachable", why: "failing", status: 500 }, { type: "notUnderstood", why: "shape", status: 200 }, { type: "refused", at: "resource", status: 403, detail: null },
  ] as const satisfies readonly LinkFailure[]) {
    const send = sessionSender({
      client: { ask: async () => err(failure) }, since: 0, now: () => START + 30 * HOUR, stayOf: async () => stay(), plateOf: async () => "HC01XYZ",
      placeOf: () => ({ place: "M", currency: "AUD", published: true, priceOf: () => null }),
    });
    const outcome = await send({});
    outcomes.push(outcome.type);
    expect(JSON.stringify(outcome)).not.toContain("HC01");
  }
  expect(outcomes).toEqual(["notThere", "notThere", "notThere", "failed", "failed", "hopeless"]);
});

test("inventory is published through the same line: in the end it is there, and unchanged content made no version", async () => {
  await fc.assert(fc.asyncProperty(fc.array(trouble, { maxLength: 20 }), async (troubles) => {
    const exchange = new Exchange();
    const client = { ...lineOf(exchange, [...troubles]), url: "", close: async () => {} };
    const body = { id: "M", type: "place", name: [{ language: "en", string: "Museum" }] };
    let tries = 0;
    while (!(await bringInLine(client, { resource: "/places", id: "M", body })).ok) expect(++tries).toBeLessThan(60);
    expect(exchange.objects.get("M")).toMatchObject(body);
    expect(exchange.history).toHaveLength(1);
  }), { numRuns: 200 });
});

test.each([
  ["none", [], null, [[0, null]]],
  ["from the entry", [{ since: START - HOUR, right: "A" }], null, [[0, "A"]]],
  ["later, and over before the exit", [{ since: START + HOUR, right: "A" }, { since: START + 2 * HOUR, right: null }], null, [[0, null], [HOUR, "A"], [2 * HOUR, null]]],
  ["one after the other", [{ since: START, right: "A" }, { since: START + HOUR, right: "B" }], null, [[0, "A"], [HOUR, "B"]]],
  ["the same again", [{ since: START, right: "A" }, { since: START + HOUR, right: "A" }], null, [[0, "A"]]],
  ["within one second, or after the exit, is none", [{ since: START + 200, right: "A" }, { since: START + 400, right: null }, { since: START + HOUR, right: "B" }], START + HOUR, [[0, null]]],
] as const)("a provider's right is a segment of the session: %s", (_name, covers, exitedAt, expected) => {
  const spans = spansOf({ enteredAt: START, exitedAt, covers }, START + 30 * HOUR);
  expect(spans.map(({ from, right }) => [from - START, right])).toEqual(expected);
  const { segments } = sessionBody({ ...stay({ covers, exitedAt }), enteredAt: START }, { id: "M.s1", place: "M", currency: "AUD", credential: null, dueMinor: new Map(), now: START + 30 * HOUR, there: null });
  expect((segments as readonly unknown[]).length).toBe(expected.length);
});
