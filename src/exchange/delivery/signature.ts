/** Signatures of Standard Webhooks 1.0.0: HMAC-SHA256 over id, time and body, one for each secret in force. */
import { createHmac, randomBytes } from "node:crypto";

const SECRET_BYTES = 32;
const PREFIX = "whsec_";

export const newSecret = (): string => `${PREFIX}${randomBytes(SECRET_BYTES).toString("base64")}`;

/** Headers of a delivery; `seconds` since 1970 is the time of this attempt. */
export function signedHeaders(id: string, seconds: number, body: string, secrets: readonly string[]): Readonly<Record<string, string>> {
  const signature = (secret: string): string =>
    `v1,${createHmac("sha256", Buffer.from(secret.slice(PREFIX.length), "base64")).update(`${id}.${seconds}.${body}`).digest("base64")}`;
  return { "webhook-id": id, "webhook-timestamp": String(seconds), "webhook-signature": secrets.map(signature).join(" ") };
}
