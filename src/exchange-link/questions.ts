/**
 * Questions of an exchange that cannot reach us: we hold a request open and bring the answers. Our exchange's own way
 * (`/operator/questions`); one that does not know it is left alone for long.
 */
import { type DurationMs, MINUTE, SECOND } from "../kernel/instant.ts";
import { type ExchangeClient, failureText, pathTo } from "./client.ts";
import type { Departures } from "./departure.ts";
import { type JsonObject, objectOr, objectsOf, textOf } from "./json.ts";

/** The exchange ends a held request after this, and an app waits three seconds for an answer. */
const WAIT_SECONDS = 10;
const HELD_MS_MAX: DurationMs = 15 * SECOND;
const ANSWER_MS_MAX: DurationMs = 3 * SECOND;
/** Without an answer: soon again, for a driver may stand at a barrier. */
const ABSENT_MS: DurationMs = 2 * SECOND;
const NOT_OFFERED_MS: DurationMs = 10 * MINUTE;

export type Questions = { close(): Promise<void> };
export type QuestionsOptions = {
  readonly client: Pick<ExchangeClient, "ask">; readonly answer: Departures; readonly warn: (text: string) => void;
  /** Ends early when it is closed. */
  readonly pause: (ms: DurationMs, closed: AbortSignal) => Promise<void>;
};

export function fetchQuestions({ client, answer, warn, pause }: QuestionsOptions): Questions {
  const closed = new AbortController();
  let told = "";
  const tell = (text: string): void => {
    if (text !== told && text !== "") warn(text);
    told = text;
  };

  const one = async (question: JsonObject): Promise<void> => {
    const [id, method, path] = [textOf(question["id"]), textOf(question["method"]), textOf(question["path"])];
    if (id === null || method === null || path === null) return;
    const { status, body } = await answer({ method, path, body: textOf(question["body"]) });
    // Nobody waiting any more is 404: the exchange has answered for us, and asks again.
    const done = await client.ask({ method: "POST", path: pathTo("/operator/questions", id), body: { status, body }, withinMs: ANSWER_MS_MAX });
    if (!done.ok && done.error.type !== "refused") tell(`An answer does not reach the exchange: ${failureText(done.error)}`);
  };

  const running = (async () => {
    while (!closed.signal.aborted) {
      const asked = await client.ask({ method: "GET", path: "/operator/questions", query: { wait: WAIT_SECONDS }, withinMs: HELD_MS_MAX });
      if (closed.signal.aborted) return;
      if (asked.ok) {
        tell("");
        await Promise.all(objectsOf(objectOr(asked.value.body)["data"]).map((question) => one(question)
          .catch((error: unknown) => tell(`A question of the exchange: ${error instanceof Error ? error.name : "?"}`))));
        continue;
      }
      tell(`Questions of the exchange cannot be fetched: ${failureText(asked.error)}`);
      await pause(asked.error.type === "unreachable" ? asked.error.retryAfterMs ?? ABSENT_MS : NOT_OFFERED_MS, closed.signal);
    }
  })();
  return {
    async close() {
      closed.abort();
      await running;
    },
  };
}
