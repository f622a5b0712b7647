/**
 * Deliveries of the exchange's webhook, signed as Standard Webhooks 1.0.0. What one says is not used: it rings, and the list is read
 * (follow.ts), so a delivery that is old, doubled, forged in its body or out of order can do no more than make us look.
 *
 *   secret known? time within 5 min? signature over id, time and body? -> seen before? -> ring
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import { type DurationMs, type Instant, MINUTE, SECOND } from "../kernel/instant.ts";

/** Clocks differ, and a delivery waits in a queue; an attempt is signed anew with its own time. */
const SIGNED_WITHIN_MS: DurationMs = 5 * MINUTE;
/** Ids seen within that time: a busy minute of ten car parks, several times over. */
const SEEN_MAX = 10_000;
/** While secrets change two are in force. */
const SIGNATURES_MAX = 8;

export type Delivery = { readonly id: string | undefined; readonly timestamp: string | undefined; readonly signature: string | undefined; readonly body: string };
/** `repeated`: heard already; it is acknowledged, or it would come again. */
export type Heard = "rung" | "repeated" | "unsigned" | "stale" | "forged";

export type Doorbell = { hear(delivery: Delivery): Heard };

/** @param secret as the exchange told it, `whsec_` and base64; null while there is no subscription */
export function openDoorbell(secret: () => string | null, now: () => Instant, ring: () => void): Doorbell {
  const seen = new Set<string>();
  return {
    hear({ id, timestamp, signature, body }) {
      const key = secret();
      if (key === null || !id || !signature || !/^\d{1,12}$/.test(timestamp ?? "")) return "unsigned";
      if (Math.abs(now() - Number(timestamp) * SECOND) > SIGNED_WITHIN_MS) return "stale";
      const expected = createHmac("sha256", Buffer.from(key.replace(/^whsec_/, ""), "base64")).update(`${id}.${timestamp}.${body}`).digest();
      const given = signature.split(" ").slice(0, SIGNATURES_MAX).flatMap((one) => (one.startsWith("v1,") ? [Buffer.from(one.slice(3), "base64")] : []));
      if (!given.some((one) => one.length === expected.length && timingSafeEqual(one, expected))) return "forged";
      if (seen.has(id)) return "repeated";
      seen.add(id);
      if (seen.size > SEEN_MAX) seen.delete(seen.values().next().value ?? "");
      ring();
      return "rung";
    },
  };
}
