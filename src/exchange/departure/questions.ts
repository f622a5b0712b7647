/** For an operator that no address leads to: it comes for the questions, and brings the answers. */
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { DurationMs } from "../../kernel/instant.ts";
import type { Parts } from "../application/parts.ts";
import { isObject } from "../json.ts";
import type { Authentication } from "../http/auth.ts";
import { refuseOtherMethods } from "../http/resources.ts";
import { Refused } from "../http/status.ts";

/** A held request ends before anybody between us loses patience. */
const WAIT_SECONDS_MAX = 10;
const POLL_MS: DurationMs = 50;

export function registerQuestions(app: FastifyInstance, { departures, clock }: Parts, auth: Authentication): void {
  const operatorOf = (request: FastifyRequest): string => {
    const { role, organisation } = auth.callerOf(request);
    if (role !== "operator") throw new Refused(403, "questions are for operators");
    return organisation;
  };
  void app.register(async (scope) => {
    scope.addHook("onRequest", auth.guard(false));
    scope.get("/operator/questions", async (request) => {
      const operator = operatorOf(request);
      const wait = waitIn(request);
      const until = clock.elapsed() + wait * 1_000;
      for (;;) {
        const data = await departures.takeQuestions(operator, clock.now());
        if (data.length > 0 || clock.elapsed() >= until || request.raw.destroyed) return { data };
        await new Promise((done) => { setTimeout(done, POLL_MS); });
      }
    });
    scope.post("/operator/questions/:id", async (request) => {
      const operator = operatorOf(request);
      const { status, body } = isObject(request.body) ? request.body : {};
      if (typeof status !== "number" || !Number.isInteger(status) || status < 200 || status > 599) throw new Refused(400, "status: the HTTP status of the answer, 200 to 599");
      const text = body === undefined || body === null ? "" : JSON.stringify(body);
      const taken = await departures.answer((request.params as { readonly id: string }).id, operator, { status, body: text });
      if (!taken) throw new Refused(404, "nobody waits for this answer any more");
      return { status: "ok", code: 200 };
    });
    refuseOtherMethods(scope, "/operator/questions", ["GET"]);
    refuseOtherMethods(scope, "/operator/questions/:id", ["POST"]);
  });
}

function waitIn({ query }: FastifyRequest): number {
  const { wait = "0" } = query as { readonly wait?: string };
  const seconds = Number(wait);
  if (!/^\d{1,2}$/.test(wait) || seconds > WAIT_SECONDS_MAX) throw new Refused(400, `wait: 0 to ${WAIT_SECONDS_MAX} seconds`);
  return seconds;
}
