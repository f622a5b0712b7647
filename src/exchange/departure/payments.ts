/**
 * Payments that the operator must hear of: told with the same key until it has answered, however long it is away.
 *
 *   2xx told      4xx disputed: the provider hears of it and refunds      else again, and an alert once a driver may be waiting
 */
import type { DurationMs, Instant } from "../../kernel/instant.ts";
import { MINUTE, SECOND } from "../../kernel/instant.ts";
import type { Parts } from "../application/parts.ts";
import type { Caller } from "../client/caller.ts";
import type { JsonObject } from "../json.ts";
import type { Payment } from "../store/departures.ts";
import { SYSTEM_EVENTS } from "../webhook/subscription.ts";
import type { Operators } from "./operator.ts";

export type PaymentTeller = { close(): Promise<void> };
export type PaymentTellerOptions = { readonly parts: Parts; readonly operators: Operators; readonly newId: () => string; readonly warn: (text: string) => void };

const POLL_MS = 100;
const STORE_PAUSE_MS = 1_000;
/** A barrier waits: quickly at first. Then as long as it takes, for it is money. */
const PAUSES: readonly DurationMs[] = [SECOND, 2 * SECOND, 5 * SECOND, 10 * SECOND, 30 * SECOND, MINUTE, 5 * MINUTE];
/** After this the driver may be standing at the barrier. */
const ALERT_AFTER_MS: DurationMs = 10 * SECOND;

export function startPaymentTeller({ parts, operators, newId, warn }: PaymentTellerOptions): PaymentTeller {
  const { departures, subscriptions, clock } = parts;
  let closed = false;
  let wake = (): void => {};

  const alert = async (payment: Payment, description: string, now: Instant): Promise<void> => {
    const id = newId();
    const at = new Date(now).toISOString();
    const body: JsonObject = {
      id, timestamp: at, start: at, type: "triggered", affectedSystem: payment.operator, metric: "departure.payment", impact: ["sessions"],
      condition: "a payment does not reach its operator", description,
    };
    warn(description);
    await subscriptions.alert(id, payment.operator, JSON.stringify(body), SYSTEM_EVENTS, now);
  };

  const tell = async (payment: Payment): Promise<void> => {
    const { session, version, operator, attempts } = payment;
    const reader: Caller = { client: "exchange", organisation: operator, role: "operator", amountsInMinorUnits: false };
    const body = await parts.reads.inEvent("session", session, version, reader);
    if (!body) return await departures.settle(payment, "disputed", "the session is not there any more");
    const answer = await operators.ask(operator, {
      method: "PUT", path: `/sessions/${encodeURIComponent(session)}`, body: JSON.stringify(body), idempotencyKey: `${session}:${version}`,
    });
    const now = clock.now();
    if (answer?.type === "answered" && answer.status >= 200 && answer.status < 300) {
      await departures.settle(payment, "told", null);
      return;
    }
    if (answer?.type === "answered" && answer.status >= 400 && answer.status < 500 && answer.status !== 401 && answer.status !== 403 && answer.status !== 429) {
      await departures.settle(payment, "disputed", `the operator answered ${answer.status}`);
      await departures.tellAgain(session, now);
      return await alert(payment, `Operator ${operator} refuses the payment of session ${session}: ${answer.status}.`, now);
    }
    const overdue = !payment.alerted && now - payment.at > ALERT_AFTER_MS;
    await departures.later(payment, now + (PAUSES[Math.min(attempts, PAUSES.length - 1)] ?? MINUTE), overdue);
    if (overdue) await alert(payment, `The payment of session ${session} does not reach operator ${operator}; it is tried again.`, now);
  };

  const running = (async () => {
    while (!closed) {
      let pause = POLL_MS;
      try {
        const due = await departures.takePayments(clock.now());
        await Promise.all(due.map(tell));
      } catch (error) {
        warn(`departure payments: ${error instanceof Error ? error.message : String(error)}`);
        pause = STORE_PAUSE_MS;
      }
      if (closed) return;
      await new Promise<void>((done) => {
        const timer = setTimeout(done, pause);
        wake = () => { clearTimeout(timer); done(); };
      });
    }
  })();
  return {
    close: async () => {
      closed = true;
      wake();
      await running;
    },
  };
}
