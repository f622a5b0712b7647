/** Subscriptions and their dead letters over HTTP: everybody's own, and all of them for administrators to read. */
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Parts } from "../application/parts.ts";
import { checkedEndpoint, type EndpointPolicy, type EndpointRefusal } from "../delivery/endpoint.ts";
import { newSecret } from "../delivery/signature.ts";
import { isObject, type JsonObject } from "../json.ts";
import { SUBSCRIPTIONS_MAX } from "../store/subscriptions.ts";
import { ROTATE, shownSubscription, type Subscription, type Wanted, wantedIn } from "../webhook/subscription.ts";
import type { Authentication } from "./auth.ts";
import { refuseOtherMethods } from "./resources.ts";
import { refusalOf, Refused } from "./status.ts";

const WRONG_ENDPOINT: Readonly<Record<EndpointRefusal, string>> = {
  notAnAddress: "endpoint: no address", notHttps: "endpoint: https only", withCredentials: "endpoint: without name and password; deliveries are signed",
  notPublic: "endpoint: an address of the public internet", notFound: "endpoint: its name leads nowhere",
};

export type WebhookOptions = { readonly parts: Parts; readonly auth: Authentication; readonly policy: EndpointPolicy; readonly newId: () => string };

export function registerWebhooks(app: FastifyInstance, { parts, auth, policy, newId }: WebhookOptions): void {
  const { subscriptions, clock } = parts;
  const found = async (request: FastifyRequest): Promise<Subscription> => {
    const one = await subscriptions.get((request.params as { readonly id: string }).id, auth.callerOf(request));
    if (!one) throw new Refused(404, "no such object");
    return one;
  };
  /** An administrator reads what is others'. */
  const own = async (request: FastifyRequest): Promise<Subscription> => {
    const one = await found(request);
    if (one.organisation !== auth.callerOf(request).organisation) throw new Refused(403, "this subscription is another organisation's");
    return one;
  };
  const wanted = async (request: FastifyRequest, current: Subscription | undefined): Promise<Wanted> => {
    const read = wantedIn(bodyOf(request), current);
    if (!read.ok) throw refusedWith(refusalOf(read.error));
    const endpoint = await checkedEndpoint(read.value.endpoint, policy);
    if (!endpoint.ok) throw new Refused(400, WRONG_ENDPOINT[endpoint.error]);
    return read.value;
  };
  void app.register(async (scope) => {
    scope.addHook("onRequest", auth.guard(false));
    scope.get("/webhooks", async (request) => {
      const data = (await subscriptions.list(auth.callerOf(request))).map(shownSubscription);
      return { meta: { referenceInstant: Math.floor(clock.now() / 1_000), offset: 0, pageSize: SUBSCRIPTIONS_MAX, total: data.length }, data };
    });
    scope.post("/webhooks", async (request, reply) => {
      const caller = auth.callerOf(request);
      if (caller.role === "administrator") throw new Refused(403, "administrators read subscriptions");
      const [id, secret] = [newId(), newSecret()];
      const made = await subscriptions.add(id, caller, await wanted(request, undefined), secret, clock.now());
      if (!made) throw new Refused(400, `at most ${SUBSCRIPTIONS_MAX} subscriptions; delete one first`);
      return reply.send({ id, status: "ok", code: 200, secret, message: "Signed as Standard Webhooks; the secret is told once." });
    });
    scope.get("/webhooks/:id", async (request) => shownSubscription(await found(request)));
    for (const method of ["PUT", "PATCH"] as const) {
      scope.route({ method, url: "/webhooks/:id", handler: async (request) => {
        const current = await own(request);
        const secret = bodyOf(request)[ROTATE] === true ? newSecret() : null;
        await subscriptions.change(current.id, await wanted(request, current), secret, clock.now());
        return { status: "ok", code: 200, message: "Subscription updated.", ...(secret === null ? {} : { secret }) };
      } });
    }
    scope.delete("/webhooks/:id", async (request) => {
      await subscriptions.end((await own(request)).id, clock.now());
      return { status: "ok", code: 200, message: "Subscription ended." };
    });
    registerDeadLetters(scope, parts, auth);
    refuseOtherMethods(scope, "/webhooks", ["GET", "POST"]);
    refuseOtherMethods(scope, "/webhooks/:id", ["GET", "PUT", "PATCH", "DELETE"]);
  });
}

/** `/deliveries`: what every attempt failed to deliver, and sending it again. */
function registerDeadLetters(scope: FastifyInstance, { subscriptions, clock }: Parts, auth: Authentication): void {
  scope.get("/deliveries", async (request) => {
    const caller = auth.callerOf(request);
    const dead = await subscriptions.deadOf(caller);
    const data = dead.map(({ at, deadAt, ...rest }) => ({ ...rest, at: new Date(at).toISOString(), deadAt: new Date(deadAt).toISOString() }));
    return { meta: { referenceInstant: Math.floor(clock.now() / 1_000), offset: 0, pageSize: data.length || 1, total: data.length, waiting: await subscriptions.waiting(caller) }, data };
  });
  scope.post("/deliveries/:id/replay", async (request) => {
    const { id } = request.params as { readonly id: string };
    const replayed = /^\d{1,15}$/.test(id) && await subscriptions.replay(Number(id), auth.callerOf(request), clock.now());
    if (!replayed) throw new Refused(404, "no such dead letter");
    return { status: "ok", code: 200, message: "It is sent again." };
  });
  refuseOtherMethods(scope, "/deliveries", ["GET"]);
  refuseOtherMethods(scope, "/deliveries/:id/replay", ["POST"]);
}

function bodyOf(request: FastifyRequest): JsonObject {
  if (!isObject(request.body)) throw new Refused(400, "the body is one JSON object");
  return request.body;
}

const refusedWith = ({ code, message }: { readonly code: number; readonly message?: string }): Refused => new Refused(code, message ?? "");
