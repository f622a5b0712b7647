/** Fault messages to a maintenance company's own system (Standard Webhooks). */
import { HOUR, type Instant, SECOND, isoOf } from "../kernel/instant.ts";
import { acknowledgementUrl } from "./acknowledgement.ts";
import type { Sender } from "./fault-delivery.ts";
import type { FaultMessage } from "./fault-message.ts";
import { signedHeaders } from "./standard-webhook.ts";

export type WebhookSite = {
  readonly key: Buffer; readonly publicUrl: string; readonly acknowledgementSecret: string;
  readonly now: () => Instant;
};

/** A receiver has this long to answer; it should store and answer, not repair. */
const ANSWER_MS_MAX = 15 * SECOND;
/** A longer pause than this is not asked for by anybody who repairs barriers. */
const PAUSE_MS_MAX = HOUR;

export function faultWebhook(site: WebhookSite): Sender {
  return async (message, contact, id) => {
    const body = bodyOf(message, site);
    try {
      const response = await fetch(contact.webhook ?? "", {
        method: "POST", body, headers: signedHeaders(site.key, id, site.now(), body),
        // A redirect would send what we sign to somebody nobody has configured.
        redirect: "manual", signal: AbortSignal.timeout(ANSWER_MS_MAX),
      });
      await response.body?.cancel();
      const detail = `${message.audience}: answered ${response.status}`;
      if (response.status >= 200 && response.status < 300) return { type: "sent", detail };
      // 410 Gone is how a receiver says that it wants no more.
      if (response.status === 410) return { type: "refused", detail };
      const seconds = Number(response.headers.get("retry-after") ?? "");
      return { type: "failed", detail, ...(seconds > 0 ? { retryAfterMs: Math.min(seconds * SECOND, PAUSE_MS_MAX) } : {}) };
    } catch (error) {
      const late = error instanceof Error && error.name === "TimeoutError";
      return { type: "failed", detail: `${message.audience}: ${late ? "no answer in time" : "not reached"}` };
    }
  };
}

/** `{ type, timestamp, data }` as Standard Webhooks lays it out; instants as ISO text in UTC. */
function bodyOf(message: FaultMessage, { publicUrl, acknowledgementSecret }: WebhookSite): string {
  const { cause, facility, fault, asset, code, details, operational, organisation, reportedAt, since } = message;
  return JSON.stringify({
    type: `fault.${cause}`,
    timestamp: isoOf(since),
    data: {
      facility, fault, asset, code, details, operational, organisation, reportedAt: isoOf(reportedAt),
      openSince: isoOf(since),
      acknowledge: acknowledgementUrl(publicUrl, acknowledgementSecret, message),
    },
  });
}
