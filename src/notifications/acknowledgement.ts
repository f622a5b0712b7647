/**
 * The link in a message: whoever has it acknowledges that one opening of that one fault, and nothing else.
 * A token is an HMAC-SHA256 over what it stands for, so none is stored and none can be made up.
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import type { Instant } from "../kernel/instant.ts";

export type Acknowledged = { readonly facility: string; readonly fault: number; readonly since: Instant };

export function acknowledgementToken(secret: string, { facility, fault, since }: Acknowledged): string {
  return createHmac("sha256", secret).update(`acknowledge\n${facility}\n${fault}\n${since}`).digest("base64url");
}

export function isAcknowledgement(secret: string, token: string, of: Acknowledged): boolean {
  const [given, right] = [Buffer.from(token), Buffer.from(acknowledgementToken(secret, of))];
  return given.length === right.length && timingSafeEqual(given, right);
}

/** A page of the console's server that posts the acknowledgement; opening it alone changes nothing. */
export function acknowledgementUrl(publicUrl: string, secret: string, of: Acknowledged): string {
  const url = new URL("acknowledge", publicUrl.endsWith("/") ? publicUrl : `${publicUrl}/`);
  url.search = new URLSearchParams({ facility: of.facility, fault: String(of.fault), token: acknowledgementToken(secret, of) }).toString();
  return url.toString();
}
