/** Standard Webhooks 1.0.0 as a receiver checks it, written apart from the sender. */
import { createHmac, timingSafeEqual } from "node:crypto";

/** @param headers with lower-case names */
export function signatureFits(secret: string, headers: Readonly<Record<string, string>>, body: string): boolean {
  const [id, timestamp, given] = [headers["webhook-id"], headers["webhook-timestamp"], headers["webhook-signature"]];
  if (id === undefined || timestamp === undefined || given === undefined) return false;
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const wanted = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest();
  return given.split(" ").some((one) => {
    const [version, value = ""] = one.split(",");
    const found = Buffer.from(value, "base64");
    return version === "v1" && found.length === wanted.length && timingSafeEqual(found, wanted);
  });
}
