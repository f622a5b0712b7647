/** Plates erased on request, and who had it done: everybody's own, and all of them for administrators. */
import { randomUUID } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { erasePlate, type ErasureWanted } from "../application/erasePlate.ts";
import type { Parts } from "../application/parts.ts";
import { CREDENTIAL_CHARS_MAX } from "../credential.ts";
import { isObject, type Json } from "../json.ts";
import { SHOWN_MAX } from "../store/erasures.ts";
import { wireInstant } from "../tolerance/instant.ts";
import type { Authentication } from "./auth.ts";
import { refuseOtherMethods } from "./resources.ts";
import { refusalOf, Refused } from "./status.ts";

const REASON_CHARS_MAX = 200;

export function registerErasures(app: FastifyInstance, parts: Parts, auth: Authentication): void {
  void app.register(async (scope) => {
    scope.addHook("onRequest", auth.guard(false));
    scope.post("/erasures", async (request, reply) => {
      const done = await erasePlate({ ...parts, newId: randomUUID }, auth.callerOf(request), wantedIn(request.body as Json | undefined));
      if (!done.ok) return reply.status(refusalOf(done.error).code).send(refusalOf(done.error));
      const { id, erased, kept, more } = done.value;
      const rest = `${kept.length > 0 ? ` ${kept.length} not over yet keep it.` : ""}${more ? " There are more: ask again." : ""}`;
      return reply.send({ id, status: "ok", code: 200, message: `Erased from ${erased.length} objects.${rest}`, erased, kept, more });
    });
    scope.get("/erasures", async (request) => {
      const { role, organisation } = auth.callerOf(request);
      if (role === "enforcement") throw new Refused(403, "enforcement erases nothing");
      const data = (await parts.erasures.list(role === "administrator" ? null : organisation)).map(({ at, ...rest }) => ({ ...rest, at: wireInstant(at) }));
      return { meta: { referenceInstant: Math.floor(parts.clock.now() / 1_000), offset: 0, pageSize: SHOWN_MAX, total: data.length }, data };
    });
    refuseOtherMethods(scope, "/erasures", ["GET", "POST"]);
  });
}

function wantedIn(body: Json | undefined): ErasureWanted {
  const { credentialId, reason } = isObject(body) ? body : {};
  const short = (value: Json | undefined, most: number): value is string => typeof value === "string" && value.trim() !== "" && value.length <= most;
  if (!short(credentialId, CREDENTIAL_CHARS_MAX)) throw new Refused(400, `credentialId: a text of 1 to ${CREDENTIAL_CHARS_MAX} characters`);
  if (!short(reason, REASON_CHARS_MAX)) throw new Refused(400, `reason: a text of 1 to ${REASON_CHARS_MAX} characters`);
  return { credential: credentialId, reason: reason.trim() };
}
