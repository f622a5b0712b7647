/**
 * An operator behind NAT, in the sandbox: it holds a request open at the exchange, and brings the answers to what comes.
 *
 *   GET /operator/questions?wait=10 -> questions        POST /operator/questions/{id} -> the answer of each
 */
import type { Actor } from "./contract.ts";
import type { MockOperator, OperatorQuestion } from "./operator.ts";
import { tokenOf } from "./seed.ts";
import type { Tap } from "./tap.ts";

export type QuestionPollerOptions = { readonly base: string; readonly actor: Actor; readonly operator: MockOperator; readonly tap: Tap };

const WAIT_SECONDS = 10;
/** After a failure, and while the operator is switched off. */
const PAUSE_MS = 500;

export function pollQuestions({ base, actor, operator, tap }: QuestionPollerOptions): { stop(): Promise<void> } {
  const ended = new AbortController();
  const { signal } = ended;
  const round = async (): Promise<void> => {
    const headers = { authorization: `Bearer ${await tokenOf(base, actor)}`, "content-type": "application/json" };
    // A token lives ten minutes; what is held open ends well before.
    for (let until = Date.now() + 5 * 60_000; Date.now() < until && operator.reachable;) {
      const asked = await fetch(`${base}/operator/questions?wait=${WAIT_SECONDS}`, { headers, signal });
      if (!asked.ok) throw new Error(`questions: ${asked.status}`);
      const { data } = await asked.json() as { readonly data: readonly ({ readonly id: string } & OperatorQuestion)[] };
      const at = Date.now();
      if (data.length > 0) tap.record({ at, from: actor.id, to: "exchange", method: "GET", route: "/operator/questions?wait", status: 200, ms: 0, flow: tap.flowAt(at) });
      if (!operator.reachable) return;
      for (const { id, ...question } of data) {
        const began = Date.now();
        const answered = await fetch(`${base}/operator/questions/${encodeURIComponent(id)}`, { method: "POST", headers, signal, body: JSON.stringify(operator.answer(question)) });
        tap.record({
          at: began, from: actor.id, to: "exchange", method: "POST", route: "/operator/questions/{id}", status: answered.status, ms: Date.now() - began, flow: tap.flowAt(began),
        });
      }
    }
  };
  const running = (async () => {
    while (!signal.aborted) {
      // An exchange that does not answer is asked again: the sandbox shows what is said, not this.
      if (operator.reachable) await round().catch(() => {});
      await new Promise<void>((done) => {
        const timer = setTimeout(done, PAUSE_MS);
        signal.addEventListener("abort", () => { clearTimeout(timer); done(); }, { once: true });
      });
    }
  })();
  return { stop: async () => { ended.abort(); await running; } };
}
