/**
 * Signatures of Standard Webhooks 1.0.0: `webhook-signature: v1,` and the base64 of an HMAC-SHA256 over
 * `id.timestamp.body`. A repetition has the same id, a new timestamp and a new signature.
 */
import { createHmac } from "node:crypto";
import type { Instant } from "../kernel/instant.ts";

/** Base64, with or without the prefix `whsec_`. */
export function webhookKey(secret: string): Buffer {
  return Buffer.from(secret.replace(/^whsec_/, ""), "base64");
}

export function signedHeaders(key: Buffer, id: string, at: Instant, body: string): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(at / 1_000));
  const signature = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
  return {
    "content-type": "application/json", "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": `v1,${signature}`,
  };
}
